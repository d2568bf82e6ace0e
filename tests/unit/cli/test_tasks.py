"""`casemgr tasks` as support staff type it: due, added, done, exported as a calendar, handed over."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.domain.permissions import Role
from casemgr.services import offices
from casemgr.workspace import Workspace
from tests.support.workspaces import COMMUNE, PASSPHRASE, START, Make


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the clock of the machine: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


class Diary:
    """The command line on one case file with one household and two officers."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.file, self.folder = file, folder
        self.passphrase = folder / "passphrase.txt"
        self.passphrase.write_text(f"{PASSPHRASE}\n", "utf-8")

    def run(self, *words: str) -> Result:
        options = ["--language", "vi", "--file", str(self.file), "--passphrase-file", str(self.passphrase)]
        return CliRunner().invoke(main, [*options, "tasks", *words])

    def data(self, *words: str) -> list[dict[str, str]]:
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.output
        told: list[dict[str, str]] = json.loads(done.stdout)
        return told


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    workspace, _code = Workspace.create(
        tmp_path / "xa.casemgr",
        offices.default_office(COMMUNE),
        user=UserData("lan", "Nguyễn Thị Lan"),
        passphrase=PASSPHRASE,
    )
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
    workspace.write(offices.add_user, UserData("bich", "Trần Thị Bích", Role.OFFICER))
    Make(workspace).household("Nguyễn Thị Á")
    workspace.close()
    return Diary(tmp_path / "xa.casemgr", tmp_path)


def test_tasks_are_added_listed_by_urgency_and_done(diary: Diary) -> None:
    assert diary.run("add", "Thăm hộ sau bão", "--due", "30/11/2026", "--household", "H-00001").exit_code == 0
    late = diary.run("add", "Nộp báo cáo", "--due", "20/11/2026")
    assert (late.exit_code, "Traceback" in late.output) == (1, False)  # nothing is planned for a day that is over
    assert diary.run("add", "Nộp báo cáo", "--due", "24/11/2026").exit_code == 0
    assert diary.run("add", "Việc tháng sau", "--due", "31/12/2026").exit_code == 0
    rows = diary.data("due")
    assert [(row["title"], row["urgency"]) for row in rows] == [("Nộp báo cáo", "today"), ("Thăm hộ sau bão", "soon")]
    assert rows[1]["head"] == "Nguyễn Thị Á"
    assert len(diary.data("due", "--as-of", "2026-12-31")) == 3
    assert diary.run("done", rows[0]["id"], "--note", "Đã gửi").exit_code == 0
    assert len(diary.data("due")) == 1
    again = diary.run("done", rows[0]["id"])
    assert again.exit_code == 1
    assert "Traceback" not in again.output
    assert diary.run("drop", "xyz", "--note", "nhầm").exit_code == 1


def test_the_calendar_file_has_no_names_unless_asked(diary: Diary) -> None:
    diary.run("add", "Thăm hộ", "--due", "30/11/2026", "--household", "H-00001")
    plain, named = diary.folder / "viec.ics", diary.folder / "ten.ics"
    assert diary.run("export-ics", "--out", str(plain)).exit_code == 0
    assert "Nguyễn" not in plain.read_text("utf-8")
    assert "DTSTART;VALUE=DATE:20261130" in plain.read_text("utf-8")
    assert diary.run("export-ics", "--out", str(named), "--names").exit_code == 0
    assert "Nguyễn Thị Á" in named.read_text("utf-8")
    assert diary.run("export-ics", "--out", str(diary.file)).exit_code != 0


def test_work_is_handed_over_and_an_unknown_officer_is_refused(diary: Diary) -> None:
    assert diary.run("hand-over", "--from", "lan", "--to", "nobody").exit_code == 1
    done = diary.run("hand-over", "--from", "lan", "--to", "bich", "--json")
    assert json.loads(done.stdout) == {}
    assert diary.run("hand-over", "--from", "lan", "--to", "lan").exit_code == 1
