"""One request: in its review, withdrawn, corrected, with the receipts it got."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.reviews import CampaignKind, RequestData, RequestKind, RequestStatus
from casemgr.services import campaigns, requests
from casemgr.workspace import Workspace
from tests.support.pages import press, text_of
from tests.support.requests_page import TODAY, Settle, issued, receive, type_into, view
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.requests.page import RequestsPage
from ui.places import Place


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
