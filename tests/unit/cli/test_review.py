"""`casemgr review` from opening to the checked sheet, over a real case file, in this process."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from casemgr.cli import main
from casemgr.domain.households import HouseholdClass
from casemgr.domain.offices import Area, HamletData, UserData
from casemgr.domain.packs import of_id, shipped
from casemgr.services import offices, packs
from casemgr.workspace import Workspace
from tests.support.packfiles import local_pack, signed
from tests.support.reviews import POOR
from tests.support.workspaces import PASSPHRASE, START, Make

Run = Callable[..., Any]
DEPRIVED = ",".join(POOR)
PACK = of_id(shipped(), "VN-2022")


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The command line asks the machine's clock: it is 24 November 2026."""
    with time_machine.travel(START, tick=True):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A closed case file with two households on last year's list and one beside it."""
    path = tmp_path / "xa.casemgr"
    workspace, _code = Workspace.create(
        path, offices.default_office("28901"), user=UserData("lan", "Nguyễn Thị Lan"), passphrase=PASSPHRASE
    )
    workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
    make = Make(workspace)
    make.poor(make.household("Nguyễn Thị Ngưỡng"))
    make.poor(make.household("Trần Thị Bảy"), value=HouseholdClass.NEAR_POOR)
    make.household("Võ Văn Kỳ")
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


def data(run: Run, *arguments: object) -> Any:
    return json.loads(run(*arguments, "--json").stdout)


def refused(run: Run, *arguments: object) -> str:
    return str(run(*arguments, code=1).stderr)


def test_a_review_is_opened_and_shown(run: Run) -> None:
    assert "Open one first" in refused(run, "board")
    opened = data(run, "open", "--title", "Rà soát 2026", "--due", "10/12/2026", "--no-opinion")
    assert (opened["title"], opened["pack"], opened["cases"]) == ("Rà soát 2026", "VN-2022", 2)
    assert (opened["survey_from"], opened["due_on"], opened["opinion_required"]) == ("2026-09-01", "2026-12-10", False)
    assert data(run, "list") == [opened]
    assert "Rà soát 2026" in run("list").stdout
    assert "Rà soát 2026" in refused(run, "open")
    board = data(run, "board", "--campaign", "2026")
    assert board["total"]["counts"]["listed"] == 2
    assert [row["hamlet"] for row in board["hamlets"]] == ["Ấp Phú Nhơn"]
    assert "To survey 2" in run("board").stdout
    assert [row["code"] for row in data(run, "cases", "--hamlet", "Phú Nhơn", "--state", "listed")] == [
        "H-00002", "H-00001",
    ]  # fmt: skip
    shown = run("cases", "--find", "nguong")
    assert "Nguyễn Thị Ngưỡng" in shown.stdout
    assert "1 household" in shown.stderr
    assert "VN-2027" in refused(run, "open", "--kind", "in_year", "--opened", "2027-01-05")


def test_a_sheet_is_looked_at_keyed_and_checked(run: Run) -> None:
    run("open")
    sheet = data(run, "sheet", "H-00001")
    assert [row["code"] for row in sheet["answers"]] == list(PACK.codes)
    assert (sheet["keyed"], sheet["result"], sheet["state"]) == (False, None, "listed")
    assert "?" in run("sheet", "H-00001").stdout
    words = ("key", "H-00001", "--date", "05/10/2026", "--b1", 120, "--deprived", DEPRIVED, "--causes", "1,2")
    tried = data(run, *words, "--dry-run")
    assert (tried["class"], tried["kept"], tried["round"]) == ("poor", False, None)
    assert data(run, "sheet", "H-00001")["keyed"] is False
    kept = data(run, *words, "--b2", 40, "--surveyor", "Lê Văn Tám")
    assert (kept["class"], kept["kept"], kept["round"], kept["local"]) == ("poor", True, 1, None)
    assert "hộ nghèo" in kept["reason"]
    shown = data(run, "sheet", "1")
    assert (shown["surveyed_on"], shown["b1"], shown["result"]["class"]) == ("2026-10-05", 120, "poor")
    assert "Poor household" in run("sheet", "1").stdout
    checked = data(run, "check", "--all", "--date", "06/10/2026", "--dry-run")
    assert (checked["ready"], [one["code"] for one in checked["refused"]]) == (["H-00001"], ["H-00002"])
    said = run("check", "H-00001", "H-00002", "--dry-run").stdout
    assert "H-00002" in said
    assert "cấp được" not in said  # that is what certificates say
    assert "Trần Thị Bảy" in refused(run, "check", "H-00001", "H-00002", "--date", "06/10/2026")
    run("check", "--all", "--date", "06/10/2026")
    steps = data(run, "history", "H-00001")
    assert [step["state"] for step in steps] == ["listed", "keyed", "checked"]
    run("send-back", "H-00001", "--reason", "Thiếu chữ ký", "--date", "07/10/2026")
    assert "Thiếu chữ ký" in run("history", "H-00001").stdout
    assert "07/10/2026" in refused(run, *words)
    assert data(run, *words, "--date", "07/10/2026")["round"] == 2


def test_what_cannot_be_is_refused_with_its_reason(run: Run) -> None:
    run("open")
    words = ("key", "H-00001", "--date", "05/10/2026", "--deprived", DEPRIVED)
    assert "5000" in refused(run, *words, "--b1", 5000)
    assert "multiple of 10" in refused(run, *words, "--b1", 120, "--b2", 45)
    assert "3 deprivations" in refused(run, *words, "--b1", 120, "--b2", 30)
    assert "Bảo hiểm y tế" in refused(run, "key", "H-00001", "--b1", 120)
    assert "income" in refused(run, *words)
    assert "01/09/2026" in refused(run, *words[:2], "--date", "31/08/2026", "--deprived", "", "--b1", 120)
    assert "o_to" in refused(run, "key", "H-00001", "--deprived", "o_to", "--b1", 120)
    assert "H-00003" in refused(run, "sheet", "H-00003")
    run("check", code=2)


def test_proposed_answers_are_taken_where_the_file_knows(run: Run) -> None:
    run("open")
    said = refused(run, "key", "H-00001", "--proposed", "--b1", 120)
    assert "Bảo hiểm y tế" in said
    assert "Dinh dưỡng" not in said  # nobody is under 16: the file knows
    against = refused(run, "key", "H-00001", "--b1", 120, "--deprived", "dinh_duong")
    assert "why the answer differs" in against
    kept = data(run, "key", "H-00001", "--b1", 120, "--deprived", "dinh_duong", "--reason", "Có cháu mới về")
    assert kept["class"] == "near_poor"
    assert [row["reason"] for row in data(run, "sheet", "H-00001")["answers"] if row["reason"]] == ["Có cháu mới về"]


def test_households_are_added_taken_off_and_the_review_closed(run: Run) -> None:
    run("open")
    run("surveyed", "H-00001", "--date", "05/10/2026")
    run("add", "H-00003", "--date", "05/10/2026")
    assert len(data(run, "cases")) == 3
    assert "3 households" in refused(run, "close")
    run("remove", "H-00001", "H-00002", "H-00003", "--reason", "Lập nhầm đợt")
    assert data(run, "cases") == []
    assert [row["code"] for row in data(run, "cases", "--state", "removed")] == ["H-00002", "H-00003", "H-00001"]
    run("close")
    assert data(run, "list")[0]["status"] == "closed"
    assert "nothing of it can be changed" in refused(run, "add", "H-00003")


def test_the_list_goes_into_a_file_as_text(run: Run, tmp_path: Path) -> None:
    run("open")
    run("key", "H-00001", "--date", "05/10/2026", "--b1", 120, "--deprived", DEPRIVED)
    out = tmp_path / "danh-sach.xlsx"
    assert "2 households" in run("export", "--out", out).stdout
    sheet = load_workbook(out).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[1], row[2], row[7], row[9]) for row in rows] == [
        ("H-00002", "Trần Thị Bảy", None, None), ("H-00001", "Nguyễn Thị Ngưỡng", 120, "Poor"),
    ]  # fmt: skip
    run("export", "--out", tmp_path / "doi-loai.csv", "--class", "poor", "--changed")
    assert len((tmp_path / "doi-loai.csv").read_text("utf-8-sig").splitlines()) == 1


def test_both_standards_are_told(run: Run, file: Path) -> None:
    workspace = Workspace.open(file, passphrase=PASSPHRASE)
    province = workspace.read(offices.office).province_code
    workspace.write(packs.accept_import, signed(local_pack(province)))
    workspace.close()
    assert data(run, "open")["local_pack"] == "VL-2026"
    words = ("key", "H-00001", "--b1", 150, "--income", 1_700_000, "--deprived", DEPRIVED)
    said = run(*words, "--dry-run").stdout
    assert "VL-2026" in said
    kept = data(run, *words)
    assert (kept["class"], kept["local"]["class"]) == ("none", "poor")
    assert data(run, "cases")[1]["local_class"] == "poor"


def test_one_of_several_reviews_is_named(run: Run) -> None:
    run("open", "--title", "Rà soát 2026")
    monthly = data(run, "open", "--kind", "in_year", "--title", "Tháng 11")
    assert data(run, "board", "--campaign", "tháng 11")["total"]["cases"] == 0
    assert data(run, "board", "--campaign", monthly["id"])["total"]["cases"] == 0
    assert data(run, "board")["total"]["cases"] == 2
    assert "Tháng 11" in refused(run, "board", "--campaign", "2025")
    assert "no hamlet" in refused(run, "cases", "--hamlet", "Bến Tre")


def test_a_locked_sheet_says_why(run: Run) -> None:
    run("open")
    run("remove", "H-00001", "--reason", "Chuyển đi")
    assert "off the list" in run("sheet", "H-00001").stdout
