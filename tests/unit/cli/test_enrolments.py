"""`casemgr enrolments` as support staff type it: a house listed, led on and paid."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.domain.support import EnrolmentData
from casemgr.services import enrolments, offices
from casemgr.workspace import Workspace
from tests.support.workspaces import COMMUNE, PASSPHRASE, START, Make


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the clock of the machine: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    """A case file with one house asked for."""
    workspace, _code = Workspace.create(
        tmp_path / "xa.casemgr",
        offices.default_office(COMMUNE),
        user=UserData("lan", "Nguyễn Thị Lan"),
        passphrase=PASSPHRASE,
    )
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
    make = Make(workspace)
    home = make.household("Nguyễn Thị Á")
    make.poor(home)
    workspace.write(enrolments.keep_enrolment, EnrolmentData("NHA-DA5", home, need_on=date(2026, 2, 2)))
    workspace.close()
    word = tmp_path / "passphrase.txt"
    word.write_text(f"{PASSPHRASE}\n", "utf-8")
    return ["--language", "vi", "--file", str(tmp_path / "xa.casemgr"), "--passphrase-file", str(word), "enrolments"]


def run(options: list[str], *words: str) -> Result:
    return CliRunner().invoke(main, [*options, *words])


def data(options: list[str], *words: str) -> Any:
    done = run(options, *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_house_is_led_on_and_its_first_stage_paid(options: list[str]) -> None:
    row = data(options, "list")[0]
    assert (row["household"], row["waits_for"], row["since"]) == ("H-00001", "vote", "2026-02-02")
    data(options, "reach", "H-00001", "vote", "--date", "20/02/2026", "--document", "02/BB")
    decided = ("--date", "02/03/2026", "--document", "30/QĐ-UBND", "--amount", "39999999")
    assert data(options, "reach", row["id"], "approve", *decided)["amount"] == 39_999_999
    data(options, "reach", "H-00001", "start", "--date", "01/04/2026")
    early = run(options, "pay", "H-00001", "pay_1")
    assert early.exit_code == 1
    assert "Hoàn thành móng" in early.output
    data(options, "reach", "H-00001", "foundation", "--date", "01/05/2026", "--document", "05/BB")
    paid = data(
        options, "pay", "H-00001", "pay_1", "--date", "04/05/2026", "--received", "--reason", "Theo văn bản của tỉnh"
    )
    assert (paid["paid"], paid["next"]) == (27_999_999, "completion")
    shown = run(options, "show", "H-00001")
    assert "04/05/2026" in shown.output
    assert [one["count"] for one in data(options, "list", "--by", "step")] == [1]
    assert data(options, "list", "--waits-for", "vote") == []


def test_the_minutes_are_written_and_kept(options: list[str], tmp_path: Path) -> None:
    out = tmp_path / "bien-ban.pdf"
    done = run(options, "minutes", "H-00001", "foundation", "--out", str(out), "--issue")
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF")
    assert run(options, "minutes", "H-00001", "vote", "--out", str(out)).exit_code == 1


def test_a_household_without_a_case_is_told(options: list[str]) -> None:
    assert run(options, "show", "H-00002").exit_code == 1
    assert run(options, "list", "--programme", "NHA-XYZ").exit_code == 1
    assert run(options, "reach", "H-00001", "vote", "--answer", "works").exit_code == 2


def test_the_catalogue_shows_steps_with_how_sure_they_are() -> None:
    done = CliRunner().invoke(main, ["--language", "vi", "programmes", "show", "NHA-DA5", "--json"])
    steps = {step["code"]: step["certainty"] for step in json.loads(done.stdout)["steps"]}
    assert steps["vote"] == "U"
    assert steps["pay_1"] == "V"
    made = CliRunner().invoke(main, ["--language", "vi", "programmes", "show", "NCC-NHA", "--json"])
    assert [step["code"] for step in json.loads(made.stdout)["steps"]] == [
        "register",
        "approve",
        "done_1",
        "pay_1",
        "end",
    ]
    plain = CliRunner().invoke(main, ["--language", "vi", "programmes", "show", "TGPL"])
    assert "Phiếu thụ lý" in plain.output
