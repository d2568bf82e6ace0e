"""`casemgr abroad` as support staff type it: list, flags, show, a step and the funnel."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.abroad import AbroadState
from casemgr.domain.abroad_words import PaymentKind
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.services import abroad_money, offices
from casemgr.services.abroad_money import PaymentData
from casemgr.workspace import Workspace
from tests.support.abroad import Abroad
from tests.support.workspaces import COMMUNE, PASSPHRASE, START


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the clock of the machine: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


class Desk:
    """The command line on one case file with one worker abroad and one who prepares."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "xa.casemgr"
        self.passphrase = folder / "passphrase.txt"
        self.passphrase.write_text(f"{PASSPHRASE}\n", "utf-8")
        workspace, _code = Workspace.create(
            self.file,
            offices.default_office(COMMUNE),
            user=UserData("lan", "Nguyễn Thị Lan"),
            passphrase=PASSPHRASE,
        )
        workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
        people = Abroad(workspace)
        home = people.home()
        self.person = str(home[1])
        self.away = people.departed(home)
        self.ready = people.signed(market="KOREA", country="Hàn Quốc")
        broker = PaymentData(PaymentKind.BROKER, START.date(), 20_000_000)
        workspace.write(abroad_money.pay, self.ready, broker)
        workspace.close()

    def run(self, *words: str) -> Result:
        options = ["--language", "vi", "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, "abroad", *words])

    def data(self, *words: str) -> Any:
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_cases_are_listed_by_state_market_and_day(desk: Desk) -> None:
    (row,) = desk.data("list", "--state", "departed")
    assert (row["id"], row["state"], row["departed_on"], row["overdue"]) == (
        str(desk.away),
        "departed",
        "2026-02-10",
        True,
    )
    assert [one["id"] for one in desk.data("list", "--market", "KOREA")] == [str(desk.ready)]
    assert [one["id"] for one in desk.data("list", "--abroad-on", "2026-11-24")] == [str(desk.away)]
    assert desk.data("list", "--abroad-on", "2026-02-09") == []
    plain = desk.run("list")
    assert plain.exit_code == 0
    assert "Nhật Bản" in plain.stdout
    assert desk.run("list", "--state", "lost").exit_code == 2


def test_flags_are_told_with_law_and_day(desk: Desk) -> None:
    (told,) = desk.data("flags", desk.person)
    assert [one["code"] for one in told["flags"]] == ["MAT_LIEN_LAC"]
    assert desk.data("flags", desk.person, "--as-of", "2026-03-01")[0]["flags"] == []
    (told,) = desk.data("flags", str(desk.ready))
    assert "MOI_GIOI" in [one["code"] for one in told["flags"]]
    assert told["flags"][0]["law"]
    plain = desk.run("flags", str(desk.ready))
    assert "Cần kiểm tra" in plain.stdout
    assert "vi phạm" not in plain.stdout
    assert desk.run("flags", "079000000001").exit_code == 1


def test_a_case_is_shown_and_moved_on(desk: Desk) -> None:
    (told,) = desk.data("show", str(desk.ready))
    assert (told["state"], told["country"]) == ("advised", "Hàn Quốc")
    assert "MOI_GIOI" in told["flags"]
    assert [one["to"] for one in told["steps"] if one["expected"]] == ["registered"]
    assert desk.run("step", str(desk.ready), "departed", "--date", "20/11/2026").exit_code == 1
    moved = desk.run("step", str(desk.ready), "registered", "--date", "20/11/2026")
    assert moved.exit_code == 0, moved.output
    (told,) = desk.data("show", str(desk.ready))
    assert told["state"] == AbroadState.REGISTERED
    assert desk.run("show", str(desk.ready)).exit_code == 0
    extended = desk.run(
        *("step", str(desk.away), "extended", "--contract-to", "31/01/2030", "--months", "12"),
    )
    assert extended.exit_code == 0, extended.output
    back = desk.run("step", str(desk.away), "returned", "--return-reason", "own_wish")
    assert back.exit_code == 0, back.output
    assert desk.data("show", desk.person)[0]["returned_on"] == "2026-11-24"


def test_the_funnel_counts_by_market(desk: Desk) -> None:
    rows = {one["market"]: one for one in desk.data("funnel")}
    assert (rows["JAPAN"]["abroad"], rows["JAPAN"]["reached"]["departed"]) == (1, 1)
    assert rows["KOREA"]["total"] == 1
    assert desk.data("funnel", "--from", "2026-11-25") == []
    assert "Nhật Bản" in desk.run("funnel", "--to", "24/11/2026").stdout
