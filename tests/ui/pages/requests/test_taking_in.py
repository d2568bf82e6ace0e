"""Taking a request in: the household found, the due date counted, the receipt printed."""

import dataclasses
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.reviews import RequestKind
from casemgr.services import requests
from casemgr.services.request_reckoning import Due
from casemgr.services.requests import RequestQuery
from casemgr.workspace import Workspace
from tests.support.pages import OFFICE_PRINTER, PrinterIntoFiles, press, text_of
from tests.support.requests_page import TODAY, Settle, issued, print_dialog, receive, type_into, view
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.requests.page import RequestsPage
from ui.pages.requests.wording import due_warnings, due_words
from ui.places import Place


def find_household(qtbot: QtBot, page: RequestsPage, text: str) -> None:
    type_into(qtbot, page, "requestHousehold", text)
    box = page.findChild(QLineEdit, "requestHousehold")
    assert box is not None
    qtbot.keyClick(box, Qt.Key.Key_Return)


def test_from_the_name_to_the_printed_receipt_in_two_clicks(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make, printer: PrinterIntoFiles
) -> None:
    household = make.household("Nguyễn Thị Ngưỡng")
    page.start_new()
    assert page.entry.finder.box.hasFocus()
    find_household(qtbot, page, "nguyen thi nguong")
    assert text_of(page, "requestHouseholdName") == "Nguyễn Thị Ngưỡng"
    page.entry.form.put("reasons", ("flood",))
    assert text_of(page, "dueDay") == "30/12/2026"
    press(qtbot, page, "requestSaveReceipt")  # first click
    settle()
    dialog = print_dialog()
    dialog.print_button.click()  # second click
    settle()
    request = workspace.read(requests.find, RequestQuery())[0]
    found = view(workspace, request)
    assert (found.data.household_id, found.data.kind, found.row.number) == (household, RequestKind.ENTER, "01/2026")
    assert [order.printer for order in printer.orders] == [OFFICE_PRINTER]
    assert len(issued(workspace, request, PaperKind.RECEIPT)) == 1
    assert "Nguyễn Thị Ngưỡng" in page.paper.view.page_text(1)
    assert "30 tháng 12 năm 2026" in page.paper.view.page_text(1)


def test_the_same_box_finds_by_code_and_by_a_scanned_card(page: RequestsPage, qtbot: QtBot, make: Make) -> None:
    make.household("Lê Thị Bé Ba")
    make.household(make.person("Trần Văn Út", id_number="083076004321"))
    page.start_new()
    find_household(qtbot, page, "H-00001")
    assert text_of(page, "requestHouseholdName") == "Lê Thị Bé Ba"
    page.entry.finder.clear()
    find_household(qtbot, page, "083076004321||Trần Văn Út|01021976|Nam|Ấp Phú Nhơn|15042021")
    assert text_of(page, "requestHouseholdName") == "Trần Văn Út"


def test_an_unknown_card_chooses_nobody_but_shows_who_may_be_meant(
    page: RequestsPage, qtbot: QtBot, make: Make
) -> None:
    make.household("Nguyễn Thị Á")  # born 1979, no identity number on file
    page.start_new()
    find_household(qtbot, page, "083179001234||Nguyễn Thị Á|05031979|Nữ|Ấp Phú Nhơn|15042021")
    hits = page.entry.finder.box.hits()
    assert page.entry.finder.view is None
    assert [hit.title for hit in hits[1:]] == ["Nguyễn Thị Á", "New household…"]
    assert hits[0].target is None
    qtbot.keyClick(page.entry.finder.box, Qt.Key.Key_Down)
    qtbot.keyClick(page.entry.finder.box, Qt.Key.Key_Return)
    assert text_of(page, "requestHouseholdName") == "Nguyễn Thị Á"


def test_a_member_is_found_under_her_own_name_and_a_household_only_once(
    page: RequestsPage, qtbot: QtBot, make: Make
) -> None:
    make.household("Đặng Hữu Nghĩa")
    page.start_new()
    type_into(qtbot, page, "requestHousehold", "nghia")
    qtbot.waitUntil(lambda: bool(page.entry.finder.box.hits()))
    assert [hit.title for hit in page.entry.finder.box.hits()] == ["Đặng Hữu Nghĩa", "New household…"]


def test_a_household_not_in_the_file_is_entered_and_one_comes_back_with_what_was_typed(
    window: MainWindow, qtbot: QtBot, settle: Settle, make: Make
) -> None:
    i18n.choose("en")
    window.go(Place("requests", wish="new"))
    page = window.current_page
    assert isinstance(page, RequestsPage)
    page.entry.form.put("reasons", ("storm",))
    find_household(qtbot, page, "Phạm Thị Mới")  # only “New household…” is offered
    assert window.current_page is window.page("households")
    make.household("Phạm Thị Mới")
    settle()
    assert "H-00004" in window.messages.text
    verb = window.messages.findChild(QPushButton, "messageAction")
    assert verb is not None
    qtbot.mouseClick(verb, Qt.MouseButton.LeftButton)
    assert window.current_page is page
    assert page.stack.currentWidget() is page.entry
    assert text_of(page, "requestHouseholdName") == "Phạm Thị Mới"
    assert page.entry.form.value("reasons") == ("storm",)
    page.entry.forget()


def test_what_is_missing_is_said_at_its_place_and_nothing_is_taken_in(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    page.start_new()
    press(qtbot, page, "requestSave")
    assert text_of(page, "requestHouseholdProblem") == "Choose the household that asks."
    poor = make.household()
    make.poor(poor)
    page.entry.take_household(poor)
    assert page.entry.form.value("kind") is RequestKind.LEAVE  # who is poor asks to leave
    page.entry.form.put("kind", RequestKind.ENTER)
    press(qtbot, page, "requestSave")
    settle()
    assert page.stack.currentWidget() is page.entry
    told = [label.text() for label in page.entry.form.findChildren(QLabel) if label.property("class") == "problem"]
    assert any("H-00001" in words for words in told)
    assert any("Choose a reason" in words for words in told)
    assert workspace.read(requests.find, RequestQuery()) == []
    page.entry.forget()


def test_a_second_request_of_the_same_kind_is_shown_before_and_refused_with_its_number(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    household = make.household()
    receive(workspace, household)
    page.start_new(household)
    assert "01/2026" in text_of(page, "otherRequests")
    page.entry.form.put("reasons", ("flood",))
    press(qtbot, page, "requestSave")
    settle()
    assert "01/2026" in text_of(page, "requestHouseholdProblem")
    page.entry.forget()


def test_the_income_of_twelve_months_is_shown_per_head_with_what_it_means(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    page.start_new(make.household())
    assert page.entry.findChild(QLineEdit, "requestIncome_income_year").isVisible() is False  # type: ignore[union-attr]  # it is made with the pane
    page.entry.form.put("kind", RequestKind.AVERAGE)
    type_into(qtbot, page, "requestIncome_income_year", "27.000.000")
    assert "2,250,000" in text_of(page, "incomePerHead")
    assert "Average" in text_of(page, "incomeMeaning") or "average" in text_of(page, "incomeMeaning")
    type_into(qtbot, page, "requestIncome_income_year", "0")
    assert text_of(page, "incomeMeaning") == "Above the average living standard"
    page.entry.income.put("income_year", 12_000_000)
    assert "income line" in text_of(page, "incomeMeaning")
    page.entry.form.put("reasons", ("other",))
    press(qtbot, page, "requestSave")
    settle()
    request = workspace.read(requests.find, RequestQuery())[0]
    assert view(workspace, request).data.income_year == 12_000_000


def test_the_due_date_follows_the_day_of_receipt_and_says_how_it_is_counted(page: RequestsPage, make: Make) -> None:
    page.start_new(make.household())
    page.entry.form.put("received_on", date(2026, 11, 15))
    assert text_of(page, "dueDay") == "30/11/2026"
    assert "day of receipt" in text_of(page, "dueHow")
    page.entry.form.put("received_on", date(2026, 11, 16))
    assert text_of(page, "dueDay") == "30/12/2026"
    assert "15/12/2026" in text_of(page, "dueHow")
    page.entry.forget()


def test_uncertain_days_and_years_without_days_off_are_said() -> None:
    due = Due(TODAY, date(2026, 12, 15), 5, True, date(2026, 12, 22), False, "Chưa có bảng ngày nghỉ năm 2028.")
    assert "5 working days" in due_words(due)
    assert due_warnings(due)[0] == "Chưa có bảng ngày nghỉ năm 2028."
    assert len(due_warnings(due)) == 2
    assert due_warnings(dataclasses.replace(due, certain=True, warning="")) == []


def test_the_form_is_printed_filled_in_before_anything_is_saved(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    page.start_new(make.household("Kim Thị Sa Rây"))
    page.entry.form.put("reason_text", "Mất mùa hai vụ liền")
    press(qtbot, page, "requestFormPrint")
    settle()
    words = page.paper.view.page_text(1)
    assert "Kim Thị Sa Rây" in words
    assert "Mất mùa hai vụ liền" in words
    qtbot.keyClick(page.paper, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.entry  # what was typed is still there
    assert page.entry.form.value("reason_text") == "Mất mùa hai vụ liền"
    assert workspace.read(requests.find, RequestQuery()) == []
    page.entry.forget()


def test_leaving_asks_only_when_something_was_typed(page: RequestsPage, qtbot: QtBot, make: Make) -> None:
    page.start_new()
    assert page.leave()
    page.start_new(make.household())

    def discard() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        press(qtbot, dialog, "answer_discard")

    QTimer.singleShot(0, discard)
    assert page.leave()
    assert page.stack.currentWidget() is not page.entry
