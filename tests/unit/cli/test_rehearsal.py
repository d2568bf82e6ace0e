"""`casemgr review rehearse` as support staff type it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from casemgr.workspace import Workspace
from tests.support.commandline import PASSPHRASE, Terminal
from tests.support.rehearsal_oracle import read
from tests.support.surveyed import add_golden

WHATS = ("begins", "may_begin", "ends")


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A terminal with the golden set; these tests only read it."""
    terminal = Terminal(tmp_path_factory.mktemp("office"), tmp_path_factory.mktemp("case") / "xa.casemgr")
    terminal.ok("office", "create", "--commune", "28901", "--hamlet", "Ấp Phú Nhơn")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(terminal.folder / "home"))
        workspace = Workspace.open(terminal.file, passphrase=PASSPHRASE)
        workspace.write(add_golden, read())
        workspace.close()
    return terminal


def test_the_golden_set_by_the_standard_of_2027(terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "thu-chuan.xlsx"
    found = terminal.data("review", "rehearse", "--pack", "VN-2027", "--out", out)
    assert (found["pack"], found["official"], bool(found["note"])) == ("VN-2027", False, True)
    assert sum(one["households"] for one in found["counts"]) == found["households"] == len(read())
    assert {(one["old"], one["new"]) for one in found["changes"]} >= {("average", "poor"), ("poor", "near_poor")}
    assert all(one["reason"] for one in found["changes"])
    assert all(one["missing"] for one in found["missing"])
    sheets = load_workbook(out).worksheets
    effects = [(one["programme"], what, one[what]) for one in found["supports"] for what in WHATS if one[what]]
    assert [sheet.max_row - 3 for sheet in sheets[1:]] == [len(found["changes"]), len(found["missing"]), len(effects)]
    moved = {one["id"] for one in found["changes"]}
    assert effects
    assert all(set(homes) <= moved for _programme, _what, homes in effects)
    falls = {one["id"] for one in found["changes"] if (one["old"], one["new"]) == ("poor", "near_poor")}
    (loans,) = (one for one in found["supports"] if one["programme"] == "TD-HN")
    assert falls <= set(loans["ends"])
    said = terminal.ok("review", "rehearse", "--pack", "VN-2027")
    assert loans["title"] in said
    assert found["note"] in said
    assert "→" in said


def test_an_official_standard_has_no_draft_mark(terminal: Terminal) -> None:
    found = terminal.data("review", "rehearse", "--pack", "VN-2022", "--hamlet", "Phú Nhơn")
    assert (found["official"], found["note"]) == (True, "")


def test_unknown_names_are_refused(terminal: Terminal) -> None:
    assert "VN-2099" in terminal.refused("review", "rehearse", "--pack", "VN-2099")
    assert "Ấp Đâu Đó" in terminal.refused("review", "rehearse", "--pack", "VN-2027", "--hamlet", "Ấp Đâu Đó")
