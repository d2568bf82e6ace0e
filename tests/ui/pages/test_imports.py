"""A list on its way in, through the window: dropped, looked at, decided, imported, taken back."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from casemgr import i18n
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import CellNote, Severity
from casemgr.domain.people import Sex
from casemgr.domain.permissions import Role
from casemgr.services import households, imports, offices
from casemgr.services.households import HouseholdQuery, HouseholdView
from casemgr.services.imports import Action
from casemgr.workspace import Workspace
from tests.support.pages import answer_file_dialog
from tests.support.workbooks import large, nasty, write_xlsx
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.mainwindow import MainWindow
from ui.pages.imports.lines import note_line
from ui.pages.imports.page import ImportsPage
from ui.pages.imports.review_pane import ReviewPane
from ui.places import Place
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.message_bar import Notice

Settle = Callable[[], None]
TITLES = ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Ấp", "Loại hộ"]
HEAD: list[Any] = [1, "Nguyễn Thị Ngưỡng", "Chủ hộ", "05/03/1960", "Nữ", "083160001234", "Kinh", "Phú Nhơn", "Hộ nghèo"]
SON: list[Any] = [None, "Trần Văn Út", "Con", "05/03/1985", "Nam", "083085004321", "Kinh", None, None]
OTHER: list[Any] = [2, "Kim Văn Tám", "Chủ hộ", "1958", "Nam", None, "Khmer", "Quân An", "HCN"]
TITLE = ["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2026"]


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Settle:
    """Wait until every job has ended and its news has arrived; papers and workbooks may take long."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ImportsPage:
    made = ImportsPage(desk)
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def usual(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "ap-phu-nhon.xlsx", {"HN": [TITLE, TITLES, HEAD, SON, OTHER]})


def read(page: ImportsPage, path: Path, settle: Settle) -> ReviewPane:
    page.show_place(Place("imports", text=str(path)))
    settle()
    review = page.review
    assert review is not None
    assert page.stack.currentWidget() is review
    return review


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    button = widget.findChild(QAbstractButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(widget: QWidget, name: str, value: object) -> None:
    box = widget.findChild(ChoiceBox, name)
    assert box is not None
    box.set_value(value)
    box.activated.emit(box.currentIndex())


def said(widget: QWidget, name: str) -> str:
    label = widget.findChild(QLabel, name)
    assert label is not None
    return label.text()


def everyone(workspace: Workspace) -> list[HouseholdView]:
    ids = workspace.read(households.find, HouseholdQuery(order="code"))
    return [workspace.read(households.view, each) for each in ids]


def changes(qtbot: QtBot, review: ReviewPane, act: Callable[[], object], settle: Settle) -> None:
    """Decide something and wait for the plan it makes."""
    before = review.reading
    act()
    qtbot.waitUntil(lambda: review.reading is not before, timeout=60_000)
    settle()


def test_an_empty_page_says_what_to_do_and_asks_for_a_file(
    qtbot: QtBot, page: ImportsPage, usual: Path, settle: Settle
) -> None:
    press(qtbot, page.start, "emptyAction0")
    answer_file_dialog(usual)
    settle()
    assert page.review is not None


def test_three_actions_drop_look_import(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, usual: Path, settle: Settle
) -> None:
    i18n.choose("en")
    before = len(everyone(workspace))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(usual))])
    enter = QDragEnterEvent(
        QPoint(500, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(
        QPoint(500, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, drop)  # 1: drop
    qtbot.waitUntil(lambda: isinstance(window.current_page, ImportsPage))
    page = window.current_page
    assert isinstance(page, ImportsPage)
    qtbot.waitUntil(lambda: page.review is not None, timeout=60_000)
    settle()
    assert page.review is not None
    assert page.review.apply.text() == "Import 2 households"  # 2: look
    assert len(everyone(workspace)) == before
    qtbot.keyClick(page.review.apply, Qt.Key.Key_Return)  # 3: import
    settle()
    assert len(everyone(workspace)) == before + 2
    assert said(page, "importDoneTitle") == "2 households imported"


def test_what_was_read_is_written_and_can_be_taken_back(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    assert said(review, "importMeta") == "2 households · 3 people · HN"
    assert everyone(workspace) == []
    press(qtbot, review, "importApply")
    settle()
    first, second = everyone(workspace)
    assert [member.person.full_name for member in first.members] == ["Nguyễn Thị Ngưỡng", "Trần Văn Út"]
    assert second.classes[0].data.value is HouseholdClass.NEAR_POOR
    assert second.classes[0].data.year == 2026
    with qtbot.waitSignal(page.open_requested) as went:
        press(qtbot, page, "importOpen")
    assert went.args == [Place("households")]
    press(qtbot, page, "importUndo")
    settle()
    assert everyone(workspace) == []
    assert said(page, "importDoneTitle") == "The import was taken back"
    press(qtbot, page, "importAnother")
    assert page.stack.currentWidget() is page.start


def test_the_same_list_again_changes_nothing(qtbot: QtBot, page: ImportsPage, usual: Path, settle: Settle) -> None:
    press(qtbot, read(page, usual, settle), "importApply")
    settle()
    review = read(page, usual, settle)
    assert review.reading is not None
    assert review.reading.plan.count(Action.UNCHANGED) == 2
    assert review.apply.text() == "Nothing to import"
    assert not review.apply.isEnabled()


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
    assert said(review, "importLeftOut") == "1 household stays out until it is corrected."
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


def test_known_people_are_a_question_that_holds_the_household_back(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, make: Make, usual: Path, settle: Settle
) -> None:
    elsewhere = make.household(
        make.person("Trần Văn Út", id_number="083085004321", birth=PartialDate(1985, 3, 5)), hamlet="Quân An"
    )
    review = read(page, usual, settle)
    assert review.apply.text() == "Import 1 household"
    assert "same identity number as Trần Văn Út" in said(review, "known0Text")
    changes(qtbot, review, lambda: choose(review, "known0", "link"), settle)
    assert review.reading is not None
    assert "head-elsewhere" not in str(review.reading.plan.households[0].blocks)
    assert review.apply.text() == "Import 2 households"
    press(qtbot, review, "importApply")
    settle()
    assert [member.person.full_name for member in workspace.read(households.view, elsewhere).members] == []


def test_one_answer_serves_all_known_people(
    qtbot: QtBot, page: ImportsPage, make: Make, usual: Path, settle: Settle
) -> None:
    make.household(make.person("Trần Văn Út", id_number="083085004321", birth=PartialDate(1985, 3, 5)))
    review = read(page, usual, settle)
    changes(qtbot, review, lambda: choose(review, "importKnownDefault", "skip"), settle)
    assert review.reading is not None
    assert review.reading.plan.households[0].new_people == 1
    assert review.apply.text() == "Import 2 households"


def test_a_household_can_be_left_out_and_taken_in_again(
    qtbot: QtBot, page: ImportsPage, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    review.plan.table.go(1)
    changes(qtbot, review, lambda: press(qtbot, review, "importSkip"), settle)
    assert review.apply.text() == "Import 1 household"
    assert review.plan.skip.text() == "Take it in again"
    changes(qtbot, review, lambda: press(qtbot, review, "importSkip"), settle)
    assert review.apply.text() == "Import 2 households"


def test_year_decision_and_class_are_said_for_the_whole_list(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    bare = [row[:-1] for row in (TITLES, HEAD, OTHER)]
    review = read(page, write_xlsx(tmp_path / "khong-loai.xlsx", {"Ds": bare}), settle)
    assert review.options.hint.text() == "The list names no class for 2 households."
    line = review.findChild(QLineEdit, "importOption_year")
    number = review.findChild(QLineEdit, "importOption_number")
    assert line is not None
    assert number is not None
    line.clear()
    qtbot.keyClicks(line, "2025")
    qtbot.keyClicks(number, "45/QD-UBND")
    changes(qtbot, review, lambda: choose(review, "importOption_value", HouseholdClass.POOR), settle)
    press(qtbot, review, "importApply")
    settle()
    (one, _two) = everyone(workspace)
    assert (one.classes[0].data.year, one.classes[0].data.value) == (2025, HouseholdClass.POOR)
    assert one.classes[0].decision is not None
    assert one.classes[0].decision.number == "45/QD-UBND"


def test_what_was_typed_last_is_shown_before_it_is_imported(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    line = review.findChild(QLineEdit, "importOption_year")
    assert line is not None
    line.clear()
    qtbot.keyClicks(line, "2027")
    press(qtbot, review, "importApply")
    settle()
    assert everyone(workspace) == []
    assert review.reading is not None
    assert review.reading.plan.year == 2027
    line.clear()
    qtbot.keyClicks(line, "1066")
    press(qtbot, review, "importApply")
    assert everyone(workspace) == []
    assert line.property("invalid")


def test_a_new_hamlet_is_added_or_said_to_be_another(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, make: Make, tmp_path: Path, settle: Settle
) -> None:
    moved = [[*HEAD[:7], "Ấp Tân Thới", "HN"], [*OTHER[:7], "Vĩnh Đức", "HCN"]]
    review = read(page, write_xlsx(tmp_path / "ap-moi.xlsx", {"Ds": [TITLES, *moved]}), settle)
    changes(qtbot, review, lambda: choose(review, "importHamlet1", make.hamlet("Quân An")), settle)
    press(qtbot, review, "importApply")
    settle()
    names = [view.data.full_name for view in workspace.read(offices.hamlets)]
    assert "Ấp Tân Thới" in names
    assert not any("Vĩnh Đức" in name for name in names)
    assert [view.hamlet for view in everyone(workspace)] == ["Ấp Tân Thới", "Ấp Quân An"]


def test_a_column_can_be_read_otherwise_and_is_remembered(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    titles = [*TITLES[:5], "Mã thẻ", *TITLES[6:]]
    path = write_xlsx(tmp_path / "ma-the.xlsx", {"Ds": [titles, HEAD, OTHER]})
    review = read(page, path, settle)
    review.tabs.setCurrentIndex(1)
    assert [label.text() for label in review.columns.findChildren(QLabel) if label.text() == "Mã thẻ"]
    changes(qtbot, review, lambda: choose(review, "field_Ds_F", "identity"), settle)
    assert review.reading is not None
    assert review.reading.imported.households[0].head.data.id_number == "083160001234"
    press(qtbot, review, "importApply")
    settle()
    assert len(workspace.read(imports.remembered_columns)) == 1
    again = read(page, path, settle)
    assert again.reading is not None
    assert again.reading.imported.households[0].head.data.id_number == "083160001234"


def test_a_question_of_the_reader_is_answered_in_place(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path, settle: Settle
) -> None:
    rows = [
        [n, f"Nguyễn Văn {chr(64 + n)}n", "Chủ hộ", f"01/01/{1950 + n}", "Nam", None, "Kinh", "Phú Nhơn", "HN"]
        for n in range(1, 13)
    ]
    review = read(page, write_xlsx(tmp_path / "mot-mot.xlsx", {"Ds": [TITLES, *rows]}), settle)
    box = review.findChild(QCheckBox, "importQuestion0")
    assert box is not None
    assert "01/01" in box.accessibleName()
    changes(qtbot, review, lambda: qtbot.keyClick(box, Qt.Key.Key_Space), settle)
    assert review.reading is not None
    assert review.reading.imported.households[0].head.data.birth == PartialDate(1951)
    again = review.findChildren(QCheckBox, "importQuestion0")[-1]
    assert again.isChecked()


def test_a_file_that_is_no_list_is_refused_with_reason_and_another_way(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path, usual: Path, settle: Settle
) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    page.read(broken)
    settle()
    assert page.stack.currentWidget() is page.refused
    words = [label.text() for label in page.refused.findChildren(QLabel)]
    assert any("hong.xlsx" in text and "damaged" in text for text in words)
    usual.replace(broken)
    press(qtbot, page.refused, "emptyAction1")
    settle()
    assert page.review is not None


def test_stopping_while_reading_leads_back_to_the_start(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    page.read(large(tmp_path / "lon.xlsx", 1500))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.work, timeout=60_000)
    press(qtbot, page.work, "importStop")
    settle()
    assert page.stack.currentWidget() is page.start
    assert everyone(workspace) == []


def test_stopping_while_importing_leaves_no_trace(
    qtbot: QtBot, page: ImportsPage, workspace: Workspace, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    press(qtbot, review, "importApply")
    page.work.stop_requested.emit()
    settle()
    assert page.stack.currentWidget() is review
    assert everyone(workspace) == []
    assert workspace.read(imports.remembered_columns) == {}
    press(qtbot, review, "importApply")
    settle()
    assert len(everyone(workspace)) == 2


def test_the_plan_follows_what_is_saved_meanwhile(
    qtbot: QtBot, page: ImportsPage, make: Make, usual: Path, settle: Settle
) -> None:
    review = read(page, usual, settle)
    changes(
        qtbot,
        review,
        lambda: make.household(
            make.person("Nguyễn Thị Ngưỡng", id_number="083160001234", birth=PartialDate(1960, 3, 5))
        ),
        settle,
    )
    assert review.reading is not None
    assert review.reading.plan.count(Action.UPDATE) == 1


def test_who_may_not_import_is_told(page: ImportsPage, qtbot: QtBot, workspace: Workspace, usual: Path) -> None:
    workspace.actor = dataclasses.replace(workspace.actor, role=Role.VIEWER)
    with qtbot.waitSignal(page.said) as told:
        page.read(usual)
    assert told.args == [Notice("You may not import lists here.", "near")]
    assert page.review is None


def test_every_control_has_a_name_for_tests_and_for_readers(
    page: ImportsPage, make: Make, tmp_path: Path, settle: Settle
) -> None:
    make.household(make.person("Trần Văn Út", id_number="083085004321", birth=PartialDate(1985, 3, 5)))
    rows = [TITLES, HEAD, SON, [*OTHER[:7], "Vĩnh Đức", "HCN"]]
    review = read(page, write_xlsx(tmp_path / "moi.xlsx", {"Ds": rows}), settle)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTableView)
    nameless = [
        (type(widget).__name__, widget.objectName())
        for kind in kinds
        for widget in review.findChildren(kind)
        if not widget.objectName().startswith(("qt_", "Scroll"))
        and not (widget.objectName() and widget.accessibleName())
        and not isinstance(widget.parent(), (QLineEdit, QTableView))
    ]
    assert not nameless, "\n".join(map(str, nameless))
    assert [button.text() for button in review.findChildren(QPushButton) if not button.text()] == []
