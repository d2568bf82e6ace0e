"""The meeting: votes on the wall, nothing private on it, minutes issued and printed."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from casemgr.domain.households import HouseholdClass
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.reviews import CaseState
from casemgr.services import meetings, office_papers
from casemgr.services.office_papers import PaperQuery
from casemgr.workspace import Workspace
from tests.support.pages import PrinterIntoFiles, press
from tests.support.review_steps import NEAR, NONE, POOR, Settle, run
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.review.meeting_window import MeetingWindow, public_reason
from ui.pages.review.page import ReviewPage
from ui.widgets.printing import PrintDialog

LEAST = 28


def on_wall(page: ReviewPage) -> MeetingWindow:
    wall = page.routes.wall
    assert wall is not None
    return wall


def open_meeting(qtbot: QtBot, page: ReviewPage, window: MainWindow, settle: Settle) -> MeetingWindow:
    run(window, "review.meeting")
    pane = page.routes.meetings
    pane.opening.form.editor("present").set_value(40)
    pane.opening.form.editor("held_on").set_value(date(2026, 11, 2))
    press(qtbot, pane, "meetingOpenGo")
    settle()
    return on_wall(page)


def test_under_half_the_household_goes_back_and_its_first_survey_stays(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, review: Review, households: list[UUID], settle: Settle
) -> None:
    wall = open_meeting(qtbot, page, window, settle)
    assert wall.isWindow()
    assert wall.current is not None
    assert wall.current.household_id == households[0]
    qtbot.keyClicks(wall.stage.agreed, "19")
    assert wall.stage.outcome.text == "Not yet 50 %: 47.5 %"
    qtbot.keyClick(wall.stage.agreed, Qt.Key.Key_Return)
    qtbot.keyClicks(wall.stage.agreed, "20")
    assert wall.stage.outcome.text == "Agreed: 50.0 %"
    qtbot.keyClick(wall.stage.agreed, Qt.Key.Key_Return)
    qtbot.keyClick(wall, Qt.Key.Key_A)  # everybody; it was the last household
    settle()
    pane = page.routes.meetings
    assert pane.ending.isVisible()
    for name, text in (("chair", "Nguyễn Văn Chủ"), ("secretary", "Lê Thị Ký"), ("representative", "Trần Văn Đại")):
        pane.ending.form.editor(name).set_value(text)
    press(qtbot, pane, "meetingEndingGo")
    settle()
    assert [review.state(one) for one in households] == [CaseState.LISTED, CaseState.VOTED, CaseState.VOTED]
    assert window.messages.text == "The meeting has ended: 2 households agreed; 1 goes back to survey."
    page.routes.explain_case(review.case(households[0]))
    assert "on record only" in page.routes.explain.rounds.text()
    assert "19 of 40" in page.routes.explain.steps.text()


def test_the_wall_shows_large_letters_and_nothing_private(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, settle: Settle
) -> None:
    wall = open_meeting(qtbot, page, window, settle)
    wall.showNormal()
    wall.resize(1366, 768)
    QApplication.processEvents()
    labels = [label for label in wall.findChildren(QLabel) if label.isVisible() and label.text()]
    words = " ".join([label.text() for label in labels] + [wall.stage.before.text, wall.stage.proposed.text])
    assert "Nguyễn Thị Ánh" in words
    assert "Poor household" in words
    assert "deprived in 4 indicators" in words
    for private in ("083179001234", "1979", "120", "disab", "Severe"):
        assert private not in words, private
    small = [label.objectName() for label in labels if QFontInfo(label.font()).pixelSize() < LEAST]
    assert small == []
    buttons = [button for button in wall.findChildren(QAbstractButton) if button.isVisible()]
    assert all(QFontInfo(button.font()).pixelSize() >= LEAST for button in buttons)
    assert all(button.sizeHint().width() <= button.width() for button in buttons)
    wall.close()
    settle()


def test_more_than_are_present_is_no_count_and_going_back_keeps_what_was_typed(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, settle: Settle, workspace: Workspace
) -> None:
    wall = open_meeting(qtbot, page, window, settle)
    qtbot.keyClick(wall.stage.agreed, Qt.Key.Key_Return)
    assert wall.problem.isVisible()
    assert wall.at == 0
    qtbot.keyClicks(wall.stage.agreed, "41")
    qtbot.keyClick(wall.stage.agreed, Qt.Key.Key_Return)
    assert wall.at == 0 or wall.stage.agreed.count() != 41
    wall.stage.agreed.setText("30")
    qtbot.keyClick(wall.stage.agreed, Qt.Key.Key_Right)
    assert wall.at == 1
    qtbot.keyClick(wall.stage.agreed, Qt.Key.Key_Left)
    assert wall.stage.agreed.text() == "30"
    qtbot.keyClick(wall, Qt.Key.Key_Escape)
    settle()
    (view,) = workspace.read(meetings.meetings, page.board.campaign)
    assert (view.voted, view.accepted, view.closed) == (1, 1, False)
    run(window, "review.meeting")  # goes on with the open meeting
    qtbot.keyClick(page.routes.meetings.wall, Qt.Key.Key_Return)
    assert on_wall(page).at == 1
    on_wall(page).close()
    settle()


def test_nothing_to_vote_on_keeps_the_wall_dark_and_says_what_to_do(
    page: ReviewPage, window: MainWindow, make: Make, settle: Settle
) -> None:
    run(window, "review.meeting")
    pane = page.routes.meetings
    for name, value in (("hamlet_id", make.hamlet("Quân An")), ("present", 20)):
        pane.opening.form.editor(name).set_value(value)
    pane.opening.submit()
    settle()
    assert page.routes.wall is None
    assert "No checked household" in window.messages.text


@pytest.mark.parametrize(
    ("proposed", "side"),
    [(POOR, "not over"), (NEAR, "not over"), (NONE, "is over"), (HouseholdClass.AVERAGE, "is over")],
)
def test_the_public_reason_says_the_side_of_the_line_only(proposed: HouseholdClass, side: str) -> None:
    told = public_reason(proposed, 3)
    assert side in told
    assert "3 indicators" in told


def test_minutes_are_issued_and_printed(
    qtbot: QtBot,
    page: ReviewPage,
    window: MainWindow,
    review: Review,
    households: list[UUID],
    settle: Settle,
    workspace: Workspace,
    printer: PrinterIntoFiles,
) -> None:
    meeting = review.meet(households)
    page.routes.show_paper(PaperKind.MINUTES, meeting)
    settle()
    paper = page.routes.office_paper
    assert paper.note.text() == "Draft"
    assert "NHÁP" in paper.view.page_text(1)
    assert paper.form.value("on") == date(2026, 11, 2)  # the day of the meeting
    assert not paper.form.editor("on").widget.isEnabled()
    press(qtbot, paper, "officePaperIssue")
    settle()
    (row,) = workspace.read(office_papers.papers, PaperQuery(subject_id=meeting))
    assert paper.content == workspace.read(office_papers.pdf, row.id)
    assert row.issued_on == date(2026, 11, 2)
    assert "NHÁP" not in paper.view.page_text(1)
    assert not paper._side.isVisible()
    press(qtbot, paper, "officePaperPrint")
    dialog = paper.findChild(PrintDialog)
    assert dialog is not None
    press(qtbot, dialog, "printNow")
    settle()
    assert printer.contents == [paper.content]
