"""From the meeting to the decision in the window: votes on the wall, posting, objections, opinion, decision, papers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from casemgr.domain.households import HouseholdClass
from casemgr.domain.paper_codes import case_qr
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.people import Disability
from casemgr.domain.reviews import CaseState, ObjectionOutcome
from casemgr.reports.certificate import render_certificate
from casemgr.services import campaigns, certificate_register, certificates, meetings, office_papers, opinions, postings
from casemgr.services.certificate_register import RegisterQuery
from casemgr.services.office_papers import PaperQuery
from casemgr.workspace import Workspace
from tests.support.pages import PrinterIntoFiles
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui.finding import find_everything
from ui.mainwindow import MainWindow
from ui.pages.review.bulk_pane import BulkPane
from ui.pages.review.case_list import CaseListPane
from ui.pages.review.meeting_window import MeetingWindow, public_reason
from ui.pages.review.page import ReviewPage
from ui.pages.review.papers import certificates_place
from ui.places import Place
from ui.translation import Languages
from ui.widgets.printing import PrintDialog, Printing

Settle = Callable[[], None]
POOR, NEAR, NONE = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NONE
LEAST = 28


@pytest.fixture(autouse=True)
def _english(languages: Languages) -> None:
    languages.switch("en")


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: not window.desk.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def households(window: MainWindow, make: Make) -> list[UUID]:
    secret = make.person("Nguyễn Thị Ánh", id_number="083179001234", disability=Disability.SEVERE)
    found = [make.household(secret), make.household("Trần Văn Bình"), make.household("Lê Thị Chín")]
    for household in found:
        make.poor(household, 2026)
    return found


@pytest.fixture
def review(make: Make, households: list[UUID]) -> Review:
    found = Review(make).open()
    for household, value in zip(households, (POOR, NEAR, NONE), strict=True):
        found.key(household, value)
    return found


@pytest.fixture
def printer(tmp_path: Path) -> PrinterIntoFiles:
    return PrinterIntoFiles(tmp_path)


@pytest.fixture
def page(window: MainWindow, review: Review, settle: Settle, printer: PrinterIntoFiles) -> ReviewPage:
    settle()
    window.activateWindow()
    window.go(Place("review"))
    settle()
    found = window.current_page
    assert isinstance(found, ReviewPage)
    found.routes._printing = Printing(printer.names, printer.send)  # before any paper pane is made
    return found


def run(window: MainWindow, action: str) -> None:
    window.commands.run(action)
    QApplication.processEvents()


def click(qtbot: QtBot, widget: QWidget, name: str) -> None:
    button = widget.findChild(QAbstractButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def on_wall(page: ReviewPage) -> MeetingWindow:
    wall = page.routes.wall
    assert wall is not None
    return wall


def count(qtbot: QtBot, wall: MeetingWindow, agreed: str) -> None:
    qtbot.keyClicks(wall.stage.agreed, agreed)
    qtbot.keyClick(wall.stage.agreed, Qt.Key.Key_Return)


def open_meeting(qtbot: QtBot, page: ReviewPage, window: MainWindow, settle: Settle) -> MeetingWindow:
    run(window, "review.meeting")
    pane = page.routes.meetings
    pane.opening.form.editor("present").set_value(40)
    pane.opening.form.editor("held_on").set_value(date(2026, 11, 2))
    click(qtbot, pane, "meetingOpenGo")
    settle()
    return on_wall(page)


# ---- the meeting


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
    click(qtbot, pane, "meetingEndingGo")
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
    click(qtbot, paper, "officePaperIssue")
    settle()
    (row,) = workspace.read(office_papers.papers, PaperQuery(subject_id=meeting))
    assert paper.content == workspace.read(office_papers.pdf, row.id)
    assert row.issued_on == date(2026, 11, 2)
    assert "NHÁP" not in paper.view.page_text(1)
    assert not paper._side.isVisible()
    click(qtbot, paper, "officePaperPrint")
    dialog = paper.findChild(PrintDialog)
    assert dialog is not None
    click(qtbot, dialog, "printNow")
    settle()
    assert printer.contents == [paper.content]


# ---- posting and objections


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
    click(qtbot, pane, "postGo")
    settle()
    assert [
        label.text() for label in form.findChildren(QLabel) if label.property("class") == "problem" and label.text()
    ]
    form.editor("until_on").set_value(date(2026, 11, 11))
    click(qtbot, pane, "postGo")
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
    click(qtbot, pane, "postGo")
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
    click(qtbot, page.routes.posting, "postingObject")
    page.routes.cases.table.go(0)
    page.take_verb("object")
    pane = page.routes.posting
    for name, value in (
        ("received_on", date(2026, 11, 9)),
        ("by_name", "Trần Văn Hàng Xóm"),
        ("content", "Hộ có xe ô tô"),
    ):
        pane.objecting.form.editor(name).set_value(value)
    click(qtbot, pane, "objectionGo")
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
    click(qtbot, pane, "settleGo")
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
    click(qtbot, pane, "postGo")
    settle()
    assert review.state(households[0]) is CaseState.POSTED_AGAIN
    assert pane.heading.note.text() == "No re-check is open"
    assert page.board.next.text() != "Post again…"


# ---- the superior and the decision


def test_the_superior_is_asked_and_the_answer_written_down(
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
    qtbot.mouseClick(page.board.next, Qt.MouseButton.LeftButton)
    pane = page.routes.opinion
    assert "Chủ tịch" in str(pane.sending.form.value("authority_name"))
    pane.sending.form.editor("number").set_value("12/BC-UBND")
    click(qtbot, pane, "opinionSendGo")
    settle()
    assert {review.state(one) for one in households} == {CaseState.OPINION}
    run(window, "review.opinion")
    assert pane.answering.isVisible()
    for name, value in (("agreed", True), ("answer_number", "88/UBND-KT")):
        pane.answering.form.editor(name).set_value(value)
    click(qtbot, pane, "opinionAnswerGo")
    settle()
    (view,) = workspace.read(opinions.opinions, review.id)
    assert (view.agreed, view.answer_number) == (True, "88/UBND-KT")


def test_each_reason_against_the_decision_leads_to_its_list(
    page: ReviewPage, window: MainWindow, review: Review, households: list[UUID], settle: Settle, make: Make
) -> None:
    review.meet(households[:2])
    later = make.household("Võ Thị Giang")
    make.poor(later, 2026)
    settle()
    run(window, "review.decide")
    pane = page.routes.decision
    assert not pane.go.isEnabled()
    assert pane.preview is not None
    kinds = [refusal.kind for refusal in pane.preview.refusals]
    assert {"unfinished", "unlisted"} <= set(kinds)
    pane.told.chosen.emit(str(kinds.index("unfinished")))
    assert isinstance(page.routes.currentWidget(), CaseListPane)
    assert len(page.routes.cases.model.ids) == 3
    run(window, "review.decide")
    pane.told.chosen.emit(str(kinds.index("unlisted")))
    bulk = page.routes.currentWidget()
    assert isinstance(bulk, BulkPane)
    assert bulk.ready == [later]
    bulk.submit()
    settle()
    assert review.state(later) is CaseState.LISTED


def test_the_decision_writes_classes_and_certificates_in_one_job(
    qtbot: QtBot,
    page: ReviewPage,
    window: MainWindow,
    review: Review,
    households: list[UUID],
    settle: Settle,
    workspace: Workspace,
    make: Make,
) -> None:
    review.meet(households)
    review.post()
    review.ask()
    settle()
    run(window, "review.decide")
    pane = page.routes.decision
    assert pane.preview is not None
    assert pane.preview.ready
    assert pane.chips._counts["poor"] == 1
    assert pane.chips._counts["near_poor"] == 1
    assert pane.chips._counts["escaped_poor"] == 2
    click(qtbot, pane, "decisionGo")
    assert not window.desk.jobs.busy  # no number yet
    number = pane.form.editor("number").widget
    assert isinstance(number, QLineEdit)
    assert number.hasFocus()
    qtbot.keyClicks(number, "145/QD-UBND")
    signed_on = date(2026, 11, 20)
    pane.form.editor("signed_on").set_value(signed_on)
    click(qtbot, pane, "decisionGo")
    assert pane.busy
    assert pane.bar.isVisible()
    settle()
    assert pane.done.isVisible()
    assert pane.done.title.text() == "Decision 145/QD-UBND is written"
    classes = [make.view(one).classes[0] for one in households]
    assert [(one.data.year, one.data.value) for one in classes] == [
        (2027, POOR),
        (2027, NEAR),
        (2027, HouseholdClass.ESCAPED_POOR),
    ]
    issued = workspace.read(certificate_register.find, RegisterQuery())
    assert len(issued) == 2
    with qtbot.waitSignal(page.open_requested) as went:
        click(qtbot, pane, "decidedCertificates")
    (place,) = went.args or ()
    assert place.wish == "papers"
    assert set(place.ids) == set(issued)
    papers = window.current_page
    assert papers is not None
    assert papers.objectName() == "certificatesPage"
    window.go(Place("review"))
    page.routes.show_board()
    run(window, "review.decide")
    settle()
    paper = page.routes.office_paper
    assert "145/QD-UBND" in paper.view.page_text(1)
    assert paper.form.value("on") == signed_on
    assert not paper.form.editor("on").widget.isEnabled()
    page.routes.explain_case(review.case(households[0]))
    assert "the same, byte for byte" in page.routes.explain.why.text()


def test_certificates_in_force_get_only_the_year_of_the_decision(
    qtbot: QtBot,
    page: ReviewPage,
    window: MainWindow,
    review: Review,
    households: list[UUID],
    settle: Settle,
    workspace: Workspace,
    make: Make,
) -> None:
    standing = workspace.write(
        certificates.issue, households[0], issued_on=date(2026, 1, 5), render=render_certificate
    ).id
    workspace.write(certificates.record_print, standing)
    review.meet(households)
    review.post()
    review.ask()
    settle()
    run(window, "review.decide")
    pane = page.routes.decision
    number = pane.form.editor("number").widget
    assert isinstance(number, QLineEdit)
    qtbot.keyClicks(number, "145/QD-UBND")
    click(qtbot, pane, "decisionGo")
    settle()
    assert pane.done.certificates.text() == "Print 1 certificate…"
    assert pane.done.blocks.text() == "Print the year on 1 certificate…"
    with qtbot.waitSignal(page.open_requested) as went:
        click(qtbot, pane, "decidedBlocks")
    (place,) = went.args or ()
    assert (place.wish, place.text, place.ids) == ("blocks", "2027", (standing,))
    title = window.current_page.findChild(QLabel, "batchTitle") if window.current_page else None
    assert title is not None
    assert title.text() == "Print the part of 2027 on 1 certificate"
    assert workspace.read(certificate_register.block_prints, [standing], 2027) == {standing: 0}
    view = page.board.view
    assert view is not None
    (new,) = (one for one in workspace.read(certificate_register.find, RegisterQuery()) if one != standing)
    assert certificates_place(workspace, view) == Place("certificates", ids=(new,), wish="papers")
    workspace.write(certificates.record_print, new)
    assert certificates_place(workspace, view) == place
    workspace.write(certificates.record_print, standing, block_year=2027)
    assert workspace.read(certificate_register.block_prints, [standing], 2027) == {standing: 1}
    assert certificates_place(workspace, view) == Place("certificates")


def test_a_sheet_scanned_into_the_one_search_box_is_its_household_in_the_review(
    window: MainWindow, page: ReviewPage, review: Review, households: list[UUID]
) -> None:
    case = review.case(households[1])
    (hit,) = find_everything(window.desk, f" {case_qr(case).lower()} ")
    assert hit.title == "Trần Văn Bình"
    assert hit.target == Place("review", case, wish="case")
    assert find_everything(window.desk, case_qr(households[1])) == []  # of another file
    assert find_everything(window.desk, "CM1R:12") == []


def test_a_decided_review_can_be_closed_for_good(
    page: ReviewPage,
    window: MainWindow,
    review: Review,
    households: list[UUID],
    settle: Settle,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    review.meet(households)
    review.post()
    review.ask()
    review.decide()
    settle()
    monkeypatch.setattr("ui.pages.review.page.ask", lambda *_args: "close")
    run(window, "review.close")
    settle()
    assert workspace.read(campaigns.view, review.id).closed_on is not None
    assert not page.can("review.close")
    assert not page.board.next.isVisible()
