"""Posting the results, objections to them, re-checks and the second posting."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casemgr.domain.reviews import CaseState, ObjectionOutcome
from casemgr.services import postings
from casemgr.workspace import Workspace
from tests.support.pages import press
from tests.support.review_steps import Settle, run
from tests.support.review_story import Review
from ui.mainwindow import MainWindow
from ui.pages.review.page import ReviewPage


def test_posting_proposes_its_last_working_day_and_draws_the_notice(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, review: Review, households: list[UUID], settle: Settle
) -> None:
    review.meet(households)
    settle()
    run(window, "review.post")
    pane = page.routes.posting
    form = pane.posting.form
    line = form.editor("posted_on")
    line.set_value(date(2026, 11, 6))
    line.changed.emit()
    assert form.value("until_on") == date(2026, 11, 11)  # over a week-end
    assert "ấp Phú Nhơn" in str(form.value("places"))
    form.editor("until_on").set_value(date(2026, 11, 9))
    press(qtbot, pane, "postGo")
    settle()
    assert [
        label.text() for label in form.findChildren(QLabel) if label.property("class") == "problem" and label.text()
    ]
    form.editor("until_on").set_value(date(2026, 11, 11))
    press(qtbot, pane, "postGo")
    settle()
    assert {review.state(one) for one in households} == {CaseState.POSTED}
    paper = page.routes.office_paper
    assert page.routes.currentWidget() is paper
    assert paper.form.value("on") == date(2026, 11, 6)  # the day it was hung
    assert paper.form.editor("on").widget.isEnabled()
    told = " ".join(paper.view.page_text(number) for number in range(1, paper.view.page_count + 1))
    assert "Nguyễn Thị Ánh" in told
    assert "083179001234" not in told


def test_a_hamlet_that_is_not_ready_is_refused_with_the_reason(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, settle: Settle
) -> None:
    run(window, "review.post")
    pane = page.routes.posting
    press(qtbot, pane, "postGo")
    settle()
    assert "Voted" in pane.posting.problem.text()
    assert pane.posting.problem.isVisible()


def test_an_objection_is_recorded_re_checked_and_settled(
    qtbot: QtBot,
    page: ReviewPage,
    window: MainWindow,
    review: Review,
    households: list[UUID],
    settle: Settle,
    workspace: Workspace,
) -> None:
    review.meet(households)
    review.post()
    settle()
    page.take_step("settle")  # the page of postings
    press(qtbot, page.routes.posting, "postingObject")
    page.routes.cases.table.go(0)
    page.take_verb("object")
    pane = page.routes.posting
    for name, value in (
        ("received_on", date(2026, 11, 9)),
        ("by_name", "Trần Văn Hàng Xóm"),
        ("content", "Hộ có xe ô tô"),
    ):
        pane.objecting.form.editor(name).set_value(value)
    press(qtbot, pane, "objectionGo")
    settle()
    first = households[0]
    assert review.state(first) is CaseState.RECHECK
    assert page.board.next.text() == "Re-check the objections"
    assert pane.heading.note.text() == "1 re-check is open"
    page.take_step("settle")
    pane.objection_table.go(0)
    pane.begin_settling()
    assert pane.settling.isVisible()
    assert pane.who[1].text() == "Nguyễn Thị Ánh\nTrần Văn Hàng Xóm objects: Hộ có xe ô tô"
    for name, value in (
        ("outcome", ObjectionOutcome.UPHELD),
        ("on", date(2026, 11, 12)),
        ("finding", "Đúng như phản ánh"),
    ):
        pane.settling.form.editor(name).set_value(value)
    press(qtbot, pane, "settleGo")
    settle()
    (view,) = workspace.read(postings.objections, review.id)
    assert view.outcome is ObjectionOutcome.UPHELD
    assert review.state(first) is CaseState.LISTED


def test_a_result_that_stands_after_its_re_check_is_said_to_wait_for_its_second_posting(
    qtbot: QtBot, page: ReviewPage, review: Review, households: list[UUID], settle: Settle, workspace: Workspace
) -> None:
    review.meet(households)
    review.post()
    case = review.case(households[0])
    workspace.write(
        postings.lodge_objection, case, received_on=date(2026, 11, 9), by_name="Trần Văn Bốn", content="Có xe ô tô"
    )
    (view,) = workspace.read(postings.objections, review.id)
    workspace.write(
        postings.settle_objection,
        view.id,
        view.version,
        on=date(2026, 11, 12),
        upheld=False,
        finding="Xe của người khác",
    )
    settle()
    assert page.board.next.text() == "Post again…"
    qtbot.mouseClick(page.board.next, Qt.MouseButton.LeftButton)
    pane = page.routes.posting
    assert pane.heading.note.text() == "1 re-checked household is to be posted again"
    pane.posting.form.editor("posted_on").set_value(date(2026, 11, 13))
    press(qtbot, pane, "postGo")
    settle()
    assert review.state(households[0]) is CaseState.POSTED_AGAIN
    assert pane.heading.note.text() == "No re-check is open"
    assert page.board.next.text() != "Post again…"
