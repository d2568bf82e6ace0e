"""`casemgr review` from the meeting to the decision, over a real case file, in this process."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.households import HouseholdClass
from casemgr.domain.offices import Area, HamletData, SignatoryData, UserData
from casemgr.services import offices
from casemgr.workspace import Workspace
from tests.support.review_story import Review
from tests.support.workspaces import PASSPHRASE, START, Make

POOR, NEAR, NONE = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NONE
Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the machine's clock: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A case file with a review whose three households are checked; closed, with keys as strong as a real one's."""
    path = tmp_path / "xa.casemgr"
    workspace, _code = Workspace.create(
        path, offices.default_office("28901"), user=UserData("lan", "Nguyễn Thị Lan"), passphrase=PASSPHRASE
    )
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
    workspace.write(offices.add_signatory, SignatoryData("Trần Văn Hòa", ("CHỦ TỊCH",)))
    make = Make(workspace)
    homes = [make.household(name) for name in ("Nguyễn Thị Ngưỡng", "Trần Thị Bảy", "Võ Văn Kỳ")]
    for home in homes:
        make.poor(home)
    told = Review(make).open()
    for home, value in zip(homes, (POOR, NEAR, NONE), strict=True):
        told.key(home, value)
    workspace.close()
    return path


@pytest.fixture
def run(file: Path, tmp_path: Path) -> Run:
    key = tmp_path / "passphrase.txt"
    key.write_text(PASSPHRASE, encoding="utf-8")

    def run_it(*arguments: object, code: int = 0) -> Result:
        line = ["--language", "en", "--file", str(file), "--passphrase-file", str(key), "review"]
        done = CliRunner().invoke(main, [*line, *map(str, arguments)], catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done

    return run_it


def _data(run: Run, *arguments: object) -> Any:
    return json.loads(run(*arguments, "--json").stdout)


def _refused(run: Run, *arguments: object) -> str:
    told: str = run(*arguments, code=1).stderr
    return told


def test_from_the_meeting_to_the_decision(run: Run) -> None:
    opened = _data(run, "meeting", "open", "Ấp Phú Nhơn", "--date", "02/11/2026", "--present", 30, "--chair", "Lê Ngỡ")
    meeting = opened["id"]
    assert (opened["hamlet"], opened["percent"]) == ("Ấp Phú Nhơn", 50)
    assert [row["proposed"] for row in _data(run, "meeting", "votes", meeting)] == ["near_poor", "none", "poor"]
    run("vote", meeting, "H-1", "H-2", "H-3", "--agreed", 28)
    assert "3 of 3" in run("meeting", "list").stdout
    assert _data(run, "meeting", "close", meeting) == {"accepted": 3, "sent_back": 0, "waiting": 0}

    assert "not posted" in run("preview-decision").stdout
    refused = _refused(run, "post", "--date", "06/11/2026", "--until", "10/11/2026", "--places", "Trụ sở xã")
    assert "11/11/2026" in refused
    posted = _data(run, "post", "--date", "06/11/2026", "--places", "Trụ sở xã")
    assert (posted["until"], posted["households"], posted["warning"]) == ("2026-11-11", 3, "")

    lodged = _data(
        run, "objection", "lodge", "H-1", "--date", "09/11/2026", "--by", "Phạm Văn Sự", "--content", "Có xe tải"
    )
    assert lodged["due"] == "2026-11-18"
    assert "H-00001" in run("objection", "list").stdout
    run("objection", "settle", lodged["id"], "--dismissed", "--finding", "Xe thuê", "--date", "12/11/2026")
    run("take-down", posted["id"], "--date", "11/11/2026")
    again = _data(run, "post", "--date", "13/11/2026", "--places", "Trụ sở xã", "--again")
    assert (again["until"], again["households"]) == ("2026-11-18", 1)

    asked = _data(run, "opinion", "send", "--number", "12/BC-UBND", "--date", "19/11/2026")
    assert (asked["due"], asked["households"]) == ("2026-11-27", 3)
    run("opinion", "answer", asked["id"], "--agreed", "--number", "88/UBND", "--date", "23/11/2026")

    preview = _data(run, "preview-decision")
    assert preview["ready"]
    assert preview["lists"]["poor"] == ["H-00001"]
    assert preview["certificates"] == {"issue": 2, "confirm": 0, "return": []}
    assert "number" in _refused(run, "decide", "--number", " ")
    decided = _data(run, "decide", "--number", "145/QĐ-UBND", "--signatory", "tran van hoa")
    assert (decided["counts"]["escaped_poor"], len(decided["issued"]), decided["not_issued"]) == (2, 2, [])

    moved = _data(run, "movements")
    assert moved["balance"]["poor"]["households"] == [3, 1, 1, 0, 0, 0, 0, 0, 1]
    assert (moved["gaps"], moved["decided"]) == ([], True)
    assert moved["movements"]["poor_escaped"]["codes"] == ["H-00003"]
    assert "Stays poor" in run("movements").stdout
    (again,) = _data(run, "replay", "H-1")
    assert (again["same"], again["pack"]) == (True, "VN-2022")


def test_words_that_mean_nothing_are_refused(run: Run) -> None:
    assert "Rà soát 2026" in _refused(run, "meeting", "list", "--campaign", "1999")
    assert run("meeting", "list", "--campaign", "2026").stdout == ""
    assert run("meeting", "list", "--campaign", "ra soat 2026").stdout == ""
    assert "Quân An" in _refused(run, "meeting", "open", "Quân An", "--present", 3)
    assert "H-00009" in _refused(run, "replay", "H-00009")
    assert "Nguyễn Văn" in _refused(run, "decide", "--number", "1/QĐ", "--signatory", "Nguyễn Văn")
    run("meeting", "close", UUID(int=3), code=1)
