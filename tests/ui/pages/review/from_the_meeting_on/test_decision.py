"""The superior's opinion, what stands against the decision, and what it writes."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from casemgr.domain.households import HouseholdClass
from casemgr.domain.paper_codes import case_qr
from casemgr.domain.reviews import CaseState
from casemgr.reports.certificate import render_certificate
from casemgr.services import campaigns, certificate_register, certificates, opinions
from casemgr.services.certificate_register import RegisterQuery
from casemgr.workspace import Workspace
from tests.support.pages import press
from tests.support.review_steps import NEAR, POOR, Settle, run
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui.finding import find_everything
from ui.mainwindow import MainWindow
from ui.pages.review.bulk_pane import BulkPane
from ui.pages.review.case_list import CaseListPane
from ui.pages.review.page import ReviewPage
from ui.pages.review.papers import certificates_place
from ui.places import Place


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
    press(qtbot, pane, "opinionSendGo")
    settle()
    assert {review.state(one) for one in households} == {CaseState.OPINION}
    run(window, "review.opinion")
    assert pane.answering.isVisible()
    for name, value in (("agreed", True), ("answer_number", "88/UBND-KT")):
        pane.answering.form.editor(name).set_value(value)
    press(qtbot, pane, "opinionAnswerGo")
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
    press(qtbot, pane, "decisionGo")
    assert not window.desk.jobs.busy  # no number yet
    number = pane.form.editor("number").widget
    assert isinstance(number, QLineEdit)
    assert number.hasFocus()
    qtbot.keyClicks(number, "145/QD-UBND")
    signed_on = date(2026, 11, 20)
    pane.form.editor("signed_on").set_value(signed_on)
    press(qtbot, pane, "decisionGo")
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
        press(qtbot, pane, "decidedCertificates")
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
    press(qtbot, pane, "decisionGo")
    settle()
    assert pane.done.certificates.text() == "Print 1 certificate…"
    assert pane.done.blocks.text() == "Print the year on 1 certificate…"
    with qtbot.waitSignal(page.open_requested) as went:
        press(qtbot, pane, "decidedBlocks")
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
