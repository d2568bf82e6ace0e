"""Opening a review, its board, and the one step that is expected of it."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import CampaignKind
from casemgr.services import campaigns
from casemgr.workspace import Workspace
from tests.support.review_page import Settle, press, run, shown
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.review.case_list import CaseListPane
from ui.pages.review.page import ReviewPage
from ui.places import Place


def test_without_a_review_the_page_says_what_one_is_and_opens_it(
    qtbot: QtBot, window: MainWindow, households: list[UUID], workspace: Workspace, settle: Settle
) -> None:
    settle()
    window.go(Place("review"))
    page = window.current_page
    assert isinstance(page, ReviewPage)
    assert page.board.empty.isVisible()
    button = page.board.empty.findChild(QAbstractButton, "emptyAction0")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    form = page.routes.opening
    assert form.isVisible()
    assert "Poor household: 4" in form.lists.text()
    assert form.card.form.value("class_year") == 2027
    assert form.card.form.value("survey_to") == date(2026, 12, 14)
    qtbot.mouseClick(form.card.go, Qt.MouseButton.LeftButton)
    settle()
    (view,) = workspace.read(campaigns.campaigns)
    assert (view.data.kind, view.cases) == (CampaignKind.PERIODIC, 4)
    assert page.board.isVisible()
    assert page.board.table.board.lines[-1].numbers["total"] == 4
    assert "4 households to survey" in window.messages.text


def test_the_kind_changes_what_is_proposed_and_a_second_yearly_review_is_refused_in_place(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, settle: Settle
) -> None:
    run(window, "review.open")
    form = page.routes.opening
    form.card.submit()
    settle()
    assert "there already" in form.told.texts[0]
    assert form.isVisible()
    kind = form.card.form.editor("kind")
    kind.set_value(CampaignKind.IN_YEAR)
    kind.changed.emit()
    assert form.card.form.value("class_year") == 2026
    assert form.card.form.value("opinion_required") is False
    assert "Poor household" not in form.lists.text()
    press(qtbot, Qt.Key.Key_Escape)
    assert page.board.isVisible()


def test_every_number_opens_its_list(qtbot: QtBot, page: ReviewPage, review: Review, households: list[UUID]) -> None:
    review.key(households[0], HouseholdClass.POOR)
    page.board.refresh()
    table = page.board.table
    for row, line in enumerate(table.board.lines):
        for column, step in enumerate(table.board.steps, 1):
            number = table.board.number(row, column)
            if not number:
                continue
            page.routes.show_board()
            table.setCurrentIndex(table.board.index(row, column))
            qtbot.keyClick(table, Qt.Key.Key_Return)
            assert isinstance(shown(page), CaseListPane), step.key
            assert len(page.routes.cases.model.ids) == number, (line.name(), step.key)


def test_one_step_is_expected_and_it_follows_the_households(
    page: ReviewPage, review: Review, households: list[UUID], settle: Settle
) -> None:
    expected = []

    def look() -> None:
        settle()
        expected.append(page.board.next.text())

    look()
    review.key(households[0], HouseholdClass.POOR)
    look()
    for household in households[1:]:
        review.key(household, HouseholdClass.NEAR_POOR)
    look()
    review.meet(households[:3])
    review.meet(households[3:], hamlet="Quân An")
    look()
    review.post()
    look()
    review.ask()
    look()
    review.decide()
    look()
    assert expected == [
        "Print survey sheets…",
        "Key in the sheets",
        "Hold the meetings",
        "Post the results…",
        "Opinion of the superior…",
        "Decide…",
        "Print the certificates…",
    ]


def test_late_is_said_in_words(window: MainWindow, make: Make, households: list[UUID], settle: Settle) -> None:
    data = make.workspace.read(campaigns.propose, CampaignKind.PERIODIC, 2026)
    late = type(data)(**{**vars(data), "survey_to": date(2026, 11, 1)})
    make.workspace.write(campaigns.open_campaign, late)
    settle()
    window.go(Place("review"))
    page = window.current_page
    assert isinstance(page, ReviewPage)
    assert page.board.late.text() == "The survey days ended on 01/11/2026. 4 households are late."
    page.routes.show_list(None, "late")
    assert len(page.routes.cases.model.ids) == 4
