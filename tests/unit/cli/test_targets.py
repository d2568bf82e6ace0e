"""`casemgr targets` over a real case file, in this process."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.services import offices
from casemgr.workspace import Workspace
from tests.support.target_story import NEAR, Story
from tests.support.workspaces import PASSPHRASE, START, Make

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(START, tick=True):
        yield


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a file with one poor and one near-poor household."""
    path = tmp_path / "xa.casemgr"
    user = UserData("lan", "Nguyễn Thị Lan")
    workspace, _code = Workspace.create(path, offices.default_office("28901"), user=user, passphrase=PASSPHRASE)
    for name in ("Phú Nhơn", "Quân An"):
        workspace.write(offices.add_hamlet, HamletData("Ấp", name, Area.RURAL))
    story = Story(workspace, Make(workspace))
    story.home("Một")
    story.home("Hai", NEAR)
    workspace.close()
    key = tmp_path / "key.txt"
    key.write_text(PASSPHRASE, encoding="utf-8")

    def run_it(*arguments: str | Path) -> Result:
        base = ["--language", "vi", "--file", str(path), "--passphrase-file", str(key)]
        return CliRunner().invoke(main, [*base, *map(str, arguments)])

    return run_it


def test_the_ready_made_set_as_json(run: Run) -> None:
    found = run("targets", "--set", "bentre-2023", "--as-of", "2026-11-24", "--json")
    assert found.exit_code == 0, found.output
    data = json.loads(found.stdout)
    by_code = {one["code"]: one for one in data["targets"]}
    assert (data["set"], data["as_of"], data["from"]) == ("bentre-2023", "2026-11-24", "2025-12-31")
    assert (by_code["I20"]["value"], by_code["I20"]["state"]) == (2, "not_reached")
    assert (by_code["I01"]["value"], by_code["I01"]["state"]) == (None, "cannot_say")
    assert by_code["I07"]["unknown"] == 2
    assert "2023" in found.stderr


def test_lines_for_people_and_some_only(run: Run) -> None:
    found = run("targets", "--set", "bentre-2023", "--only", "i20", "--as-of", "2026-11-24")
    assert found.exit_code == 0
    (line,) = [line for line in found.stdout.splitlines() if line.startswith("I")]
    assert line.startswith("I20")


def test_the_list_behind_one(run: Run, tmp_path: Path) -> None:
    found = run("targets", "list", "i20", "--as-of", "2026-11-24", "--json")
    assert found.exit_code == 0, found.output
    data = json.loads(found.stdout)
    assert {one["name"] for one in data["list"]} == {"Nguyễn Thị Một", "Nguyễn Thị Hai"}
    assert len(data["list"]) == data["value"]
    plain = run("targets", "list", "I07", "--which", "unknown", "--as-of", "2026-11-24", "--out", tmp_path / "a.pdf")
    assert "Nguyễn Thị Hai" in plain.stdout
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_left_behind(run: Run, tmp_path: Path) -> None:
    found = run("targets", "left-behind", "--months", "6", "--json", "--out", tmp_path / "a.xlsx")
    assert found.exit_code == 0, found.output
    assert len(json.loads(found.stdout)["households"]) == 2
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert "H-00001" in run("targets", "left-behind").stdout
    assert run("targets", "left-behind", "--months", "0").exit_code == 1


def test_what_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("targets", "--set", "khong-co").exit_code == 1
    assert "I99" in run("targets", "list", "I99").stderr
    assert run("targets", "--out", tmp_path / "a.txt").exit_code == 2
    assert run("targets", "--out", tmp_path / "a.pdf").exit_code == 0


def test_the_typing_error_of_the_ministry(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bo.csv"
    file.write_text("Hộ nghèo;17.060;400.496;4,26\nHộ cận nghèo;15.996;400.496;4,24\n", encoding="utf-8")
    found = run("targets", "check-figures", file)
    assert found.exit_code == 1
    assert "16.996" in found.stdout
    data = json.loads(run("targets", "check-figures", file, "--json").stdout)
    assert [one["row"] for one in data["wrong"]] == ["2"]
    file.write_text("Hộ nghèo,17060,400496,4.26\n", encoding="utf-8")
    assert run("targets", "check-figures", file).exit_code == 0
    file.write_text("Hộ nghèo,x,400496,4.26\n", encoding="utf-8")
    assert run("targets", "check-figures", file).exit_code == 1
    file.write_bytes("Hộ".encode("utf-16"))
    assert run("targets", "check-figures", file).exit_code == 1
