"""A refusal: its letter seen while the reason is typed, dated, issued and printed."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
)
from pytestqt.qtbot import QtBot

from casemgr.domain.households import HouseholdClass
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.reviews import CampaignKind, RequestKind, RequestStatus
from casemgr.services import campaigns, history, office_papers
from casemgr.workspace import Workspace
from tests.support.pages import PrinterIntoFiles, press, text_of
from tests.support.requests_page import TODAY, Settle, issued, print_dialog, receive, type_into, view
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui.pages.requests.page import RequestsPage

REASON = "Thu nhập bình quân đầu người vượt chuẩn hộ cận nghèo."


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
