"""The lists of a review: filtered, scanned into, and steps for many households at once."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from casemgr.domain.households import HouseholdClass
from casemgr.domain.paper_codes import case_qr
from casemgr.domain.reviews import CaseState, Movement
from casemgr.services import campaigns
from casemgr.workspace import Workspace
from tests.support.review_page import Settle, press, run, shown, type_keys
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.review.board_pane import BoardPane
from ui.pages.review.case_list import CaseListPane
from ui.pages.review.explain_pane import ExplainPane
from ui.pages.review.page import ReviewPage
from ui.paper_pane import PaperPane


def test_a_scanned_sheet_jumps_to_its_case(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, review: Review, households: list[UUID]
) -> None:
    run(window, "view.find")
    type_keys(qtbot, case_qr(review.case(households[3])))
    press(qtbot, Qt.Key.Key_Return)
    key = page.routes.key
    assert shown(page) is key
    assert key.sheet is not None
    assert key.sheet.household_id == households[3]
    run(window, "view.find")
    type_keys(qtbot, case_qr(review.case(households[1])))
    press(qtbot, Qt.Key.Key_Return)
    assert key.sheet.household_id == households[1]
    run(window, "view.find")
    type_keys(qtbot, "CM1R:ABC")
    press(qtbot, Qt.Key.Key_Return)
    assert "not the QR code of a survey sheet" in window.messages.text


def test_what_is_voted_on_is_explained_not_keyed(
    qtbot: QtBot, page: ReviewPage, review: Review, households: list[UUID]
) -> None:
    review.key(households[0], HouseholdClass.POOR)
    review.meet(households[:1])
    page.routes.open_case(review.case(households[0]))
    explain = page.routes.explain
    assert isinstance(shown(page), ExplainPane)
    assert explain.badge.text == "Poor household"
    assert "140" in explain.why.text()
    assert "07/2021/NĐ-CP" in explain.why.text()
    assert "Voted" in explain.steps.text()
    assert "Survey 1 of 06/10/2026" in explain.rounds.text()
    qtbot.keyClick(explain, Qt.Key.Key_Escape)
    assert isinstance(shown(page), BoardPane)


def test_checking_shows_the_list_first_with_those_it_is_not_for(
    qtbot: QtBot, page: ReviewPage, review: Review, households: list[UUID], window: MainWindow, settle: Settle
) -> None:
    from tests.support import reviews

    reviews.key(page.desk.workspace, review.case(households[0]), *reviews.POOR)
    page.routes.show_list(None, "total")
    run(window, "edit.select_all")
    page.take_verb("check")
    bulk = page.routes.bulk
    assert shown(page) is bulk
    assert (len(bulk.ready), len(bulk.refused)) == (1, 3)
    refusal = bulk.model.row(bulk.model.place_of(bulk.refused[0])).refusal
    assert refusal == "Its sheet is not keyed yet."
    assert review.state(households[0]) is CaseState.KEYED
    qtbot.mouseClick(bulk.go, Qt.MouseButton.LeftButton)
    settle()
    assert review.state(households[0]) is CaseState.CHECKED
    assert isinstance(shown(page), CaseListPane)


def test_sending_back_wants_a_reason_and_keeps_the_first_survey(
    qtbot: QtBot, page: ReviewPage, review: Review, households: list[UUID], settle: Settle
) -> None:
    review.key(households[0], HouseholdClass.POOR)
    page.routes.show_list(None, "checked")
    page.routes.cases.table.go(0)
    page.take_verb("back")
    bulk = page.routes.bulk
    qtbot.mouseClick(bulk.go, Qt.MouseButton.LeftButton)
    assert review.state(households[0]) is CaseState.CHECKED
    assert bulk._form is not None
    bulk._form.editor("reason").set_value("Số liệu thu nhập chưa rõ")
    bulk.submit()
    settle()
    assert review.state(households[0]) is CaseState.LISTED
    page.routes.explain_case(review.case(households[0]))
    assert "on record only" in page.routes.explain.rounds.text()
    assert "Số liệu thu nhập chưa rõ" in page.routes.explain.steps.text()


def test_survey_sheets_of_the_hamlet_are_drawn_as_a_job(
    page: ReviewPage, window: MainWindow, settle: Settle, review: Review
) -> None:
    page.board.table.setCurrentIndex(page.board.table.board.index(0, 1))
    run(window, "review.sheets")
    assert window.desk.jobs.busy
    settle()
    paper = shown(page)
    assert isinstance(paper, PaperPane)
    assert paper.note.text() == "Ấp Phú Nhơn · 3 households"
    assert paper.view.page_count == 6
    assert "Nguyễn Thị Ánh" in paper.view.page_text(1)


def test_filters_narrow_the_list_and_an_empty_one_says_so(
    page: ReviewPage, review: Review, households: list[UUID]
) -> None:
    review.key(households[0], HouseholdClass.NEAR_POOR)
    page.routes.show_list(None, "total")
    cases = page.routes.cases
    cases.classes.set_on(["changed"])
    cases.classes.changed.emit()
    assert [cases.model.row(row).head for row in range(cases.model.rowCount())] == ["Nguyễn Thị Ánh"]
    cases.classes.set_on(["late"])
    cases.classes.changed.emit()
    assert cases.empty.isVisible()


def test_a_household_that_is_not_listed_is_looked_for_in_the_commune_and_put_on_the_list(
    qtbot: QtBot, page: ReviewPage, review: Review, make: Make, settle: Settle
) -> None:
    other = make.household("Huỳnh Thị Lan")
    make.household("Huỳnh Văn Minh")
    settle()
    page.routes.show_list(None, "total")
    cases = page.routes.cases
    cases.text.setText("huynh")
    QApplication.processEvents()
    assert cases.empty.isVisible()
    button = cases.empty.findChild(QAbstractButton, "emptyAction0")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bulk = page.routes.bulk
    assert len(bulk.ready) == 2
    bulk.table.go(bulk.model.place_of(other))
    assert bulk.go.text() == "Put on the list (1 household)"
    qtbot.mouseClick(bulk.go, Qt.MouseButton.LeftButton)
    settle()
    assert review.state(other) is CaseState.LISTED
    assert isinstance(shown(page), CaseListPane)
    assert len(cases.model.ids) == 1


def test_the_days_of_a_running_review_are_corrected(
    page: ReviewPage, window: MainWindow, review: Review, workspace: Workspace, settle: Settle
) -> None:
    run(window, "edit.start")
    pane = page.routes.edit.pane
    pane.form.editor("due_on").set_value(date(2026, 12, 20))
    pane.form.editor("opinion_required").set_value(False)
    run(window, "edit.save")
    settle()
    view = workspace.read(campaigns.view, review.id)
    assert (view.data.due_on, view.data.opinion_required) == (date(2026, 12, 20), False)
    assert shown(page) is page.board


def test_who_brought_its_class_along_is_marked(
    page: ReviewPage, review: Review, make: Make, workspace: Workspace, settle: Settle
) -> None:
    newcomer = make.household("Huỳnh Thị Lan")
    review.add(newcomer)
    review.key(newcomer, HouseholdClass.POOR)
    settle()
    page.routes.explain_case(review.case(newcomer))
    explain = page.routes.explain
    assert explain.came_in.isVisible()
    explain.came_in.click()
    settle()
    assert review.record(newcomer).movement == Movement.POOR_IN.value
