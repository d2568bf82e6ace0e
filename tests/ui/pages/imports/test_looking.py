"""Looking at what was read: every doubtful cell with its reason, and what is held back."""

from pathlib import Path

from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from casemgr import i18n
from casemgr.domain.imports import CellNote, Severity
from casemgr.domain.people import Sex
from casemgr.workspace import Workspace
from tests.support.imports_page import HEAD, OTHER, SON, TITLE, TITLES, Settle, changes, everyone, read
from tests.support.pages import answer_file_dialog, press, text_of
from tests.support.workbooks import nasty, write_xlsx
from ui.pages.imports.lines import note_line
from ui.pages.imports.page import ImportsPage
from ui.widgets.message_bar import Notice


def test_each_doubtful_cell_shows_what_it_read_and_why(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path, settle: Settle
) -> None:
    review = read(page, nasty(tmp_path / "cu.xlsx"), settle)
    plan = review.plan
    assert plan.chips.on() == ("doubtful",)
    assert plan.model.rowCount() == 1
    lines = [plan.line_model.row(number) for number in range(plan.line_model.rowCount())]
    cells = {line.place: (line.written, line.read, line.weight) for line in lines}
    assert cells["E12"] == ("8.3156E+10", "", "unread")
    assert cells["D12"] == ("09/05/1905", "1956", "to check")
    assert cells["E10"] == ("83160001234", "083160001234", "note")
    assert all(line.why for line in lines)
    assert review.apply.text() == "Import 2 households"
    assert text_of(review, "importLeftOut") == "1 household stays out until it is corrected."
    plan.chips.set_on(())
    plan.chips.changed.emit()
    assert plan.model.rowCount() == 3
    rows = [review.remark_model.row(number) for number in range(review.remark_model.rowCount())]
    assert ("Th¹ch ThÞ Sa R©y", "Thạch Thị Sa Rây") in {(row.written, row.read) for row in rows}
    assert "Hidden or filtered rows were read as well." in {row.why for row in rows}


def test_a_sex_read_from_the_number_is_a_word_of_the_language() -> None:
    note = CellNote("Ấp", 2, 3, "sex", "083063104112", Sex.MALE, "sex-from-id", Severity.DOUBT)
    assert note_line(note).read == "Male"
    i18n.choose("vi")
    assert note_line(note).read == "Nam"


def test_a_person_without_a_name_is_shown_with_the_household_she_would_be_missing_from(
    page: ImportsPage, tmp_path: Path, settle: Settle
) -> None:
    lost = list(SON)
    lost[TITLES.index("Họ và tên")] = ""
    review = read(page, write_xlsx(tmp_path / "thieu.xlsx", {"HN": [TITLE, TITLES, HEAD, SON, lost, OTHER]}), settle)
    assert review.plan.chips.on() == ("doubtful",)
    assert review.plan.model.rowCount() == 1
    row = review.plan.model.row(0)
    assert row.planned.row == 3
    assert any("no name" in reason for reason in row.reasons)


def test_unreadable_cells_come_in_only_when_one_says_so(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    review = read(page, nasty(tmp_path / "cu.xlsx"), settle)
    changes(qtbot, review, lambda: press(qtbot, review, "importKeepUnreadable"), settle)
    assert review.apply.text() == "Import 3 households"
    press(qtbot, review, "importApply")
    settle()
    assert "8.3156E+10" in str(everyone(workspace))


def test_the_problems_go_to_excel(qtbot: QtBot, page: ImportsPage, tmp_path: Path, settle: Settle) -> None:
    review = read(page, nasty(tmp_path / "cu.xlsx"), settle)
    press(qtbot, review, "importProblems")
    with qtbot.waitSignal(page.said) as told:
        answer_file_dialog(tmp_path / "loi.xlsx")
    notice = told.args[0]
    assert isinstance(notice, Notice)
    assert notice.tone == "ok"
    assert "8.3156E+10" in str(CalamineWorkbook.from_path(tmp_path / "loi.xlsx").get_sheet_by_index(1).to_python())
