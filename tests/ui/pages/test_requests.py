"""Requests in the window: taken in at the counter, found again by their receipt, reviewed, refused, printed."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.households import HouseholdClass
from casemgr.domain.paper_codes import case_qr, request_qr
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.permissions import Role
from casemgr.domain.reviews import CampaignKind, RequestData, RequestKind, RequestStatus
from casemgr.services import campaigns, history, office_papers, requests
from casemgr.services.office_papers import PaperQuery, PaperRow
from casemgr.services.request_reckoning import Due
from casemgr.services.requests import RequestQuery, RequestView
from casemgr.workspace import Workspace
from tests.support.pages import OFFICE_PRINTER, PrinterIntoFiles
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.mainwindow import MainWindow
from ui.pages.requests.page import RequestsPage
from ui.pages.requests.wording import due_warnings, due_words
from ui.places import Place
from ui.request_words import days_words
from ui.widgets.message_bar import Notice
from ui.widgets.printing import PrintDialog, Printing

Settle = Callable[[], None]
TODAY = date(2026, 11, 24)
LONG = "Công Tằng Tôn Nữ Nguyễn Phước Thị Hoàng Ngọc Khánh Đoan Ánh"
REASON = "Thu nhập bình quân đầu người vượt chuẩn hộ cận nghèo."


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    """Words of the screen in the source language; the paper is Vietnamese all the same."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Settle:
    """Wait until every job has ended and its news has arrived."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def places() -> list[Place]:
    """Where the page asked to go."""
    return []


@pytest.fixture
def said() -> list[Notice]:
    """What the page told."""
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, printer: PrinterIntoFiles, places: list[Place], said: list[Notice]) -> RequestsPage:
    made = RequestsPage(desk, Printing(printer.names, printer.send))
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    made.open_requested.connect(places.append)
    made.said.connect(said.append)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


def receive(workspace: Workspace, household: UUID, kind: RequestKind = RequestKind.ENTER, **values: object) -> UUID:
    data = RequestData(kind, household, **{"received_on": TODAY, "reasons": ("flood",)} | values)  # type: ignore[arg-type]  # each test names its own fields
    return workspace.write(requests.receive, data)


def view(workspace: Workspace, request: UUID) -> RequestView:
    return workspace.read(requests.view, request)


def issued(workspace: Workspace, request: UUID, kind: PaperKind) -> list[PaperRow]:
    return workspace.read(office_papers.papers, PaperQuery(subject_id=request, kind=kind))


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    button = widget.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(qtbot: QtBot, widget: QWidget, name: str, text: str) -> None:
    line = widget.findChild(QLineEdit, name) or widget.findChild(QPlainTextEdit, name)
    assert line is not None
    assert line.isVisible()
    if text.isascii():
        qtbot.keyClicks(line, text)
        return
    typed = QInputMethodEvent()  # what a Vietnamese keyboard sends; QTest knows no such keys
    typed.setCommitString(text)
    QApplication.sendEvent(line, typed)


def tick(qtbot: QtBot, widget: QWidget, reason: str) -> None:
    box = widget.findChild(QCheckBox, f"check_{reason}")
    assert box is not None
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    if not box.isChecked():
        box.click()


def text_of(widget: QWidget, name: str) -> str:
    label = widget.findChild(QLabel, name)
    assert label is not None
    return label.text()


def find_household(qtbot: QtBot, page: RequestsPage, text: str) -> None:
    type_into(qtbot, page, "requestHousehold", text)
    box = page.findChild(QLineEdit, "requestHousehold")
    assert box is not None
    qtbot.keyClick(box, Qt.Key.Key_Return)


def print_dialog() -> PrintDialog:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, PrintDialog) and each.isVisible())


# ---- taking in


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


# ---- the list


def test_the_list_is_narrowed_by_state_kind_and_text(
    page: RequestsPage, qtbot: QtBot, workspace: Workspace, make: Make
) -> None:
    late = receive(workspace, make.household("Trần Văn Đủ"), received_on=date(2026, 9, 3))
    soon = receive(workspace, make.household("Lê Thị Hòa"), RequestKind.AVERAGE)
    page.refresh()
    assert list(page.list.model.ids) == [late, soon]
    chip = page.list.states.findChild(QToolButton, "chip_late")
    assert chip is not None
    assert chip.text().endswith("1")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert list(page.list.model.ids) == [late]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    average = page.list.kinds.findChild(QToolButton, "chip_average")
    assert average is not None
    qtbot.mouseClick(average, Qt.MouseButton.LeftButton)
    assert list(page.list.model.ids) == [soon]
    qtbot.mouseClick(average, Qt.MouseButton.LeftButton)
    type_into(qtbot, page, "requestFilter", "du")
    qtbot.waitUntil(lambda: list(page.list.model.ids) == [late])
    assert "55 days late" in next(iter(page.list.model.cells([0])))


def test_days_left_in_words() -> None:
    assert [days_words(days) for days in (None, -1, 0, 1, 6)] == [
        "",
        "1 day late",
        "due today",
        "1 day left",
        "6 days left",
    ]


def test_a_scanned_receipt_opens_its_request_and_other_codes_are_refused(
    page: RequestsPage, qtbot: QtBot, workspace: Workspace, make: Make, said: list[Notice]
) -> None:
    receive(workspace, make.household("Trần Văn Đủ"))
    second = receive(workspace, make.household("Lê Thị Hòa"))
    for code in (request_qr(second), request_qr(second).lower()):
        type_into(qtbot, page, "requestFilter", code)
        qtbot.keyClick(page.list.text, Qt.Key.Key_Return)
        assert text_of(page, "requestNumber") == "Request 02/2026"
        assert page.list.text.text() == ""
        assert list(page.list.selected()) == [second]
        page.close_request()
    for strange in (case_qr(second), request_qr(UUID(int=7))):
        type_into(qtbot, page, "requestFilter", strange)
        qtbot.keyClick(page.list.text, Qt.Key.Key_Return)
        assert said[-1].tone == "near"
        assert "UniKey" in said[-1].text


def test_a_receipt_scanned_into_the_one_search_box_opens_its_request(
    window: MainWindow, qtbot: QtBot, workspace: Workspace, make: Make
) -> None:
    request = receive(workspace, make.household(LONG))
    qtbot.keyClicks(window.search, request_qr(request))
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    page = window.current_page
    assert isinstance(page, RequestsPage)
    assert page.detail.view is not None
    assert page.detail.view.id == request


def test_an_empty_page_says_what_to_do_first(page: RequestsPage, qtbot: QtBot) -> None:
    assert page.list.stack.currentWidget() is page.list.empty
    button = page.list.empty.findChild(QPushButton, "emptyAction0")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is page.entry


def test_the_list_is_printed_with_the_owners_mark(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    receive(workspace, make.household(LONG))
    page.refresh()
    button = page.findChild(QToolButton, "requestListPrint")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    words = page.paper.view.page_text(1)
    assert "01/2026" in words
    assert "Nguyễn Thị Lan" in words


# ---- one request


def test_a_request_is_taken_into_the_running_review_and_shows_where_it_stands(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make, places: list[Place]
) -> None:
    workspace.write(campaigns.open_campaign, workspace.read(campaigns.propose, CampaignKind.IN_YEAR, 2026))
    request = receive(workspace, make.household())
    page.open_request(request)
    assert page.detail.expected() == "take"
    press(qtbot, page, "request_take")
    settle()
    assert view(workspace, request).row.status is RequestStatus.IN_REVIEW
    assert "2026" in text_of(page, "requestReview")
    assert page.detail.expected() == "see"
    press(qtbot, page, "request_see")
    assert page.detail.standing is not None
    assert places[-1] == Place("review", page.detail.standing.case_id, wish="case")


@pytest.mark.parametrize(
    ("kind", "review"), [(RequestKind.ENTER, CampaignKind.IN_YEAR), (RequestKind.AVERAGE, CampaignKind.AVERAGE)]
)
def test_without_a_running_review_one_of_its_kind_is_opened(
    window: MainWindow, qtbot: QtBot, workspace: Workspace, make: Make, kind: RequestKind, review: CampaignKind
) -> None:
    request = receive(workspace, make.household(), kind)
    window.go(Place("requests", request))
    page = window.current_page
    assert isinstance(page, RequestsPage)
    assert page.detail.expected() == "openReview"
    press(qtbot, page, "request_openReview")
    assert window.current_page is window.page("review")
    chosen = window.page("review").findChild(QWidget, "openReview_kind")
    assert chosen is not None
    assert chosen.property("currentText") == i18n._(
        {"in_year": "In-year review", "average": "Average living standard"}[review.value]
    )


def test_a_withdrawal_and_a_correction_are_written(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    request = receive(workspace, make.household())
    page.open_request(request)
    press(qtbot, page, "request_correct")
    assert not page.entry.finder.other.isVisible()
    page.entry.form.put("reasons", ("storm",))
    press(qtbot, page, "requestSave")
    settle()
    assert view(workspace, request).data.reasons == ("storm",)
    assert page.stack.currentWidget() is not page.entry
    press(qtbot, page, "request_withdraw")
    type_into(qtbot, page, "withdraw_reason", "da co viec lam")
    press(qtbot, page, "withdrawGo")
    settle()
    found = view(workspace, request)
    assert (found.row.status, found.answered_on) == (RequestStatus.WITHDRAWN, TODAY)
    assert not page.findChild(QPushButton, "request_withdraw").isVisible()  # type: ignore[union-attr]  # it is made with the pane


def test_a_receipt_is_issued_once_for_what_it_says_and_anew_after_a_correction(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    household = make.household()
    request = receive(workspace, household)
    page.open_request(request)
    for _time in range(2):
        press(qtbot, page, "request_receipt")
        settle()
        qtbot.keyClick(page.paper, Qt.Key.Key_Escape)
    assert len(issued(workspace, request, PaperKind.RECEIPT)) == 1
    data = RequestData(RequestKind.ENTER, household, TODAY, applicant="Lê Văn Thay", reasons=("flood",))
    workspace.write(requests.correct, request, view(workspace, request).version, data)
    page.refresh()
    press(qtbot, page, "request_receipt")
    settle()
    assert "Lê Văn Thay" in page.paper.view.page_text(1)
    assert len(issued(workspace, request, PaperKind.RECEIPT)) == 2


# ---- refusing


def test_the_letter_is_seen_while_its_reason_is_typed_then_issued_and_printed(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make, printer: PrinterIntoFiles
) -> None:
    request = receive(workspace, make.household("Nguyễn Thị Ngưỡng"))
    page.open_request(request)
    press(qtbot, page, "request_refuse")
    assert "Nguyễn Thị Ngưỡng" in page.refusal.view.page_text(1)
    press(qtbot, page, "refusalIssue")  # no reason yet
    assert view(workspace, request).row.status is RequestStatus.RECEIVED
    type_into(qtbot, page, "refusalForm_reason", REASON)
    qtbot.waitUntil(lambda: "vượt chuẩn hộ cận nghèo" in page.refusal.view.page_text(1))
    assert not page.refusal.print.isEnabled()  # a draft is looked at, not handed out
    press(qtbot, page, "refusalIssue")
    settle()
    found = view(workspace, request)
    assert (found.row.status, found.refusal_reason, found.answered_on) == (RequestStatus.REFUSED, REASON, TODAY)
    letters = issued(workspace, request, PaperKind.REFUSAL)
    assert [letter.number for letter in letters] == ["01/UBND"]
    assert "01/UBND" in page.refusal.view.page_text(1)
    press(qtbot, page, "refusalPrint")
    print_dialog().print_button.click()
    settle()
    assert printer.contents == [workspace.read(office_papers.pdf, letters[0].id)]
    qtbot.keyClick(page.refusal, Qt.Key.Key_Escape)
    settle()
    assert page.detail.expected() == ""
    press(qtbot, page, "requestPaper0")  # again, as it was
    settle()
    assert page.paper.content == printer.contents[0]


def test_a_refusal_dated_before_the_receipt_is_refused_in_place(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    request = receive(workspace, make.household())
    page.open_request(request)
    press(qtbot, page, "request_refuse")
    page.refusal.form.put("on", date(2026, 11, 23))
    page.refusal.form.put("reason", REASON)
    press(qtbot, page, "refusalIssue")
    settle()
    told = [label.text() for label in page.refusal.form.findChildren(QLabel) if label.property("class") == "problem"]
    assert any("between the receipt and today" in words for words in told)
    assert view(workspace, request).row.status is RequestStatus.RECEIVED
    assert issued(workspace, request, PaperKind.REFUSAL) == []


def test_a_refusal_takes_the_household_off_its_review_and_cannot_be_undone_once_numbered(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    request = receive(workspace, make.household())
    review = workspace.write(campaigns.open_campaign, workspace.read(campaigns.propose, CampaignKind.IN_YEAR, 2026))
    page.open_request(request)
    press(qtbot, page, "request_refuse")
    page.refusal.form.put("reason", REASON)
    press(qtbot, page, "refusalIssue")
    settle()
    assert workspace.read(campaigns.view, review).cases == 0
    step = workspace.read(history.next_undo)
    assert step is None or step.action != "request.refuse"
    qtbot.keyClick(page.refusal, Qt.Key.Key_Escape)
    assert "taken off" in text_of(page, "requestReview").lower()


def test_a_request_refused_by_the_decision_needs_only_its_letter(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    household = make.household()
    request = receive(workspace, household, RequestKind.AVERAGE, received_on=date(2026, 9, 20), income_year=48_000_000)
    story = Review(make, CampaignKind.AVERAGE, opinion=False, class_year=2026).open()
    story.key(household, HouseholdClass.NONE, income=4_000_000)
    story.post()
    story.decide()
    found = view(workspace, request)
    assert found.row.status is RequestStatus.REFUSED
    page.open_request(request)
    assert page.detail.expected() == "letter"
    press(qtbot, page, "request_letter")
    assert not page.refusal.form.editor("reason").widget.isEnabled()
    assert page.refusal.form.value("reason") == found.refusal_reason
    press(qtbot, page, "refusalIssue")
    settle()
    assert [letter.number for letter in issued(workspace, request, PaperKind.REFUSAL)] == ["01/UBND"]
    assert view(workspace, request).refusal_reason == found.refusal_reason


def test_a_recognised_household_gets_its_plain_confirmation_after_the_decision(
    page: RequestsPage, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    household = make.household("Kim Thị Sa Rây")
    request = receive(workspace, household, RequestKind.AVERAGE, received_on=date(2026, 9, 20), income_year=24_000_000)
    story = Review(make, CampaignKind.AVERAGE, opinion=False, class_year=2026).open()
    story.key(household, HouseholdClass.AVERAGE)
    story.post()
    page.open_request(request)
    assert "hangs until" in " ".join(label.text() for label in page.detail.steps.findChildren(QLabel))
    story.decide()
    page.refresh()
    assert view(workspace, request).row.status is RequestStatus.ACCEPTED
    assert "145/QĐ-UBND" in text_of(page, "requestAnswer")
    press(qtbot, page, "request_confirm")
    assert "Kim Thị Sa Rây" in page.confirmation.view.page_text(1)
    press(qtbot, page, "confirmationIssue")
    settle()
    assert [paper.number for paper in issued(workspace, household, PaperKind.CONFIRMATION)] == ["01/XN-UBND"]
    qtbot.keyClick(page.confirmation, Qt.Key.Key_Escape)
    settle()
    press(qtbot, page, "requestPaper0")
    settle()
    assert "01/XN-UBND" in page.paper.view.page_text(1)


def test_a_reason_not_issued_yet_is_still_there_when_one_comes_back(
    page: RequestsPage, qtbot: QtBot, workspace: Workspace, make: Make
) -> None:
    first, second = receive(workspace, make.household()), receive(workspace, make.household("Lê Thị Hòa"))
    page.open_request(first)
    press(qtbot, page, "request_refuse")
    page.refusal.form.put("reason", REASON)
    qtbot.keyClick(page.refusal, Qt.Key.Key_Escape)
    press(qtbot, page, "request_refuse")
    assert page.refusal.form.value("reason") == REASON
    qtbot.keyClick(page.refusal, Qt.Key.Key_Escape)
    page.open_request(second)
    press(qtbot, page, "request_refuse")
    assert page.refusal.form.value("reason") == ""


def test_a_viewer_only_looks(page: RequestsPage, workspace: Workspace, make: Make) -> None:
    request = receive(workspace, make.household())
    workspace.actor = dataclasses.replace(workspace.actor, role=Role.VIEWER)
    page.open_request(request)
    enabled = {name for name, button in page.detail.buttons.items() if button.isVisible() and button.isEnabled()}
    assert enabled == {"receipt", "form", "household"}
    page.start_new()
    assert page.stack.currentWidget() is not page.entry


# ---- the household's own page


def test_the_household_shows_its_requests_and_begins_a_new_one(
    window: MainWindow, qtbot: QtBot, settle: Settle, workspace: Workspace, make: Make
) -> None:
    household = make.household("Kim Thị Sa Rây")
    window.go(Place("households", household))
    card = window.page("households").findChild(QWidget, "requestsCard")
    assert card is not None
    press(qtbot, card, "householdRequestNew")
    page = window.current_page
    assert isinstance(page, RequestsPage)
    assert text_of(page, "requestHouseholdName") == "Kim Thị Sa Rây"
    page.entry.forget()
    page.close_request()
    request = receive(workspace, household)
    settle()
    window.go(Place("households", household))
    table = card.findChild(QWidget, "householdRequests")
    assert table is not None
    assert table.isVisible()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.current_page is page
    assert page.detail.view is not None
    assert page.detail.view.id == request


def test_long_names_fit_a_small_screen(page: RequestsPage, workspace: Workspace, make: Make) -> None:
    request = receive(workspace, make.household(LONG), reason_text="Nhà tốc mái sau bão. " * 20)
    page.resize(1080, 600)
    page.open_request(request)
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 1080
    for name in ("requestNumber", "requestMeta"):
        label = page.findChild(QLabel, name)
        assert label is not None
        assert label.geometry().right() <= page.detail.width()
