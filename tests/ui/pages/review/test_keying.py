"""Keying the sheets with the keyboard alone: answers, reasons, verdicts, refusals."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from casemgr.domain.households import HouseholdClass
from casemgr.domain.packs import QuickCheck
from casemgr.domain.reviews import CaseState
from casemgr.services import campaign_board, survey_sheets, surveys
from casemgr.services.campaign_board import CaseQuery
from casemgr.workspace import Workspace
from tests.support.review_page import Settle, key_sheet, press, run, shown, type_keys
from tests.support.review_story import Review
from ui import questions
from ui.mainwindow import MainWindow
from ui.pages.review.case_list import CaseListPane
from ui.pages.review.page import ReviewPage
from ui.pages.review.quick_signs import QuickSigns
from ui.places import Place


class Clicks(QObject):
    """Counts what the mouse does anywhere in the program."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            self.count += 1
        return False


def result(workspace: Workspace, case: UUID) -> HouseholdClass | None:
    return workspace.read(campaign_board.rows, [case])[0].result


def test_three_households_are_keyed_with_the_keyboard_alone(
    qtbot: QtBot, page: ReviewPage, workspace: Workspace, review: Review, settle: Settle
) -> None:
    clicks = Clicks()
    QApplication.instance().installEventFilter(clicks)  # type: ignore[union-attr]  # the tests have an application
    cases = list(workspace.read(campaign_board.cases, CaseQuery(review.id)))
    qtbot.keyClick(page.board.table, Qt.Key.Key_Return)  # the hamlet's households
    press(qtbot, Qt.Key.Key_Return)  # the first sheet
    key = page.routes.key
    assert shown(page) is key
    verdicts = []
    for b1, deprived in (("120", "479"), ("140", "4"), ("176", "0-=")):
        type_keys(qtbot, b1)
        press(qtbot, Qt.Key.Key_Return)
        type_keys(qtbot, deprived + "n")
        verdicts.append(key.verdict.value)
        press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    QApplication.instance().removeEventFilter(clicks)  # type: ignore[union-attr]  # as above
    assert verdicts == [HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NONE]
    assert [result(workspace, case) for case in cases[:3]] == verdicts
    assert clicks.count == 0  # the budget is two clicks per household
    assert isinstance(shown(page), CaseListPane)  # the hamlet is done


def test_the_next_sheet_is_there_before_the_last_one_is_saved(
    qtbot: QtBot, page: ReviewPage, workspace: Workspace, settle: Settle, window: MainWindow
) -> None:
    run(window, "review.key")
    key = page.routes.key
    assert key.sheet is not None
    first = key.sheet.case_id
    key_sheet(qtbot, "120", "47")
    assert key.sheet.case_id != first
    assert workspace.read(surveys.sheet, first).state is CaseState.LISTED
    assert key.fields.b1.widget.hasFocus()
    assert key.fields.b1.widget.text() == ""
    settle()
    assert workspace.read(surveys.sheet, first).state is CaseState.KEYED


def test_after_a_hamlet_the_next_one_is_offered(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, settle: Settle
) -> None:
    run(window, "review.key")
    for _number in range(3):
        key_sheet(qtbot, "120", "")
    settle()
    assert window.messages.text == "Every sheet of this hamlet is keyed."
    button = window.messages.findChild(QAbstractButton, "messageAction")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.routes.key.sheet is not None
    assert page.routes.key.sheet.head == "Phan Văn Đông"
    key_sheet(qtbot, "120", "")
    settle()
    assert window.messages.text == "Every sheet of this review is keyed."


def test_an_unanswered_question_keeps_the_sheet_and_says_which(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, workspace: Workspace
) -> None:
    run(window, "review.key")
    key = page.routes.key
    type_keys(qtbot, "120")
    press(qtbot, Qt.Key.Key_Return)
    type_keys(qtbot, "47")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not window.desk.jobs.busy
    assert "Not answered yet" in key.problem.text()
    assert "nhà tiêu hợp vệ sinh" in key.problem.text()
    assert key.answers.hasFocus()
    assert not key.answers.row("nha_tieu").value
    assert key.answers.row("nha_tieu").badge.text == "Not answered"


def test_an_answer_that_differs_from_the_proposal_wants_its_reason_beside_it(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, workspace: Workspace, settle: Settle
) -> None:
    run(window, "review.key")
    key = page.routes.key
    assert key.sheet is not None
    case = key.sheet.case_id
    row = key.answers.row("dinh_duong")  # nobody is under 16: proposed not deprived
    assert row.proposal.value is False
    type_keys(qtbot, "120")
    press(qtbot, Qt.Key.Key_Return)
    type_keys(qtbot, "3n")
    assert row.reason.isVisible()
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not window.desk.jobs.busy
    assert row.reason.hasFocus()
    assert "Write why" in key.problem.text()
    type_keys(qtbot, "chau ngoai o cung")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    kept = workspace.read(survey_sheets.sheet, case)
    assert kept.data.answers["dinh_duong"] is True
    assert kept.data.override_reasons == {"dinh_duong": "chau ngoai o cung"}
    page.routes.explain_case(case)
    told = page.routes.explain.answers.text()
    assert "chau ngoai o cung" in told
    assert "proposed: not deprived" in told


def test_arrows_and_space_answer_too_and_an_answer_turns_back(
    qtbot: QtBot, page: ReviewPage, window: MainWindow
) -> None:
    run(window, "review.key")
    answers = page.routes.key.answers
    answers.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    assert answers.row("bhyt").value is True
    press(qtbot, Qt.Key.Key_Left)
    assert answers.row("bhyt").value is False
    type_keys(qtbot, "4")
    assert answers.row("bhyt").value is True
    qtbot.mouseClick(answers.row("bhyt"), Qt.MouseButton.LeftButton)
    assert answers.row("bhyt").value is False


def test_the_verdict_follows_every_key_under_both_standards(qtbot: QtBot, page: ReviewPage, window: MainWindow) -> None:
    run(window, "review.key")
    key = page.routes.key
    type_keys(qtbot, "120")
    press(qtbot, Qt.Key.Key_Return)
    type_keys(qtbot, "n")
    assert key.verdict.badge.text == "Near-poor household"
    assert key.fields.b2.text() == "0 (0 deprivations)"
    type_keys(qtbot, "47")
    assert key.verdict.badge.text == "Near-poor household"
    type_keys(qtbot, "8")
    assert key.verdict.badge.text == "Poor household"
    assert key.fields.b2.text() == "30 (3 deprivations)"
    assert "140" in key.verdict.reason.text()
    assert key.verdict.margin.text() == "20 points under the line"
    titles = [line.title for line in key.verdict._lines]
    assert any("2027" in title and "draft" in title for title in titles)


def test_impossible_points_are_refused_beside_the_field(qtbot: QtBot, page: ReviewPage, window: MainWindow) -> None:
    run(window, "review.key")
    key = page.routes.key
    type_keys(qtbot, "12x")
    press(qtbot, Qt.Key.Key_Return)
    type_keys(qtbot, "n")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not window.desk.jobs.busy
    assert key.fields._problems["b1"].isVisible()


def test_a_sheet_refused_while_saving_comes_back_with_everything_typed(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, settle: Settle
) -> None:
    run(window, "review.key")
    key = page.routes.key
    assert key.sheet is not None
    first = key.sheet.case_id
    key.fields.day.set_value(date(2026, 8, 1))  # before the survey began
    key_sheet(qtbot, "120", "47")
    type_keys(qtbot, "99")  # the next sheet is begun already
    settle()
    assert key.sheet.case_id == first
    assert key.fields.b1.widget.text() == "120"
    assert key.answers.row("bhyt").value is True
    assert key.fields._problems["surveyed_on"].isVisible()
    key.fields.day.set_value(date(2026, 11, 1))
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert key.sheet.case_id != first
    assert key.fields.b1.widget.text() == "99"  # nothing typed is lost


def test_leaving_asks_about_what_is_not_saved(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(self: questions.QuestionDialog) -> int:
        asked.append(self.windowTitle())
        return 0

    monkeypatch.setattr(questions.QuestionDialog, "exec", answer)
    run(window, "review.key")
    key = page.routes.key
    press(qtbot, Qt.Key.Key_Escape)
    assert asked == []
    run(window, "review.key")
    type_keys(qtbot, "120")
    press(qtbot, Qt.Key.Key_Escape)
    assert asked == ["Changes not saved yet"]
    assert shown(page) is key
    assert not window.go(Place("households"))


def test_signs_of_phieu_a_are_asked_where_the_standard_lists_them(qtbot: QtBot) -> None:
    signs = QuickSigns()
    qtbot.addWidget(signs)
    check = QuickCheck("Phiếu A", (("o_to", "Có xe ô tô"), ("dieu_hoa", "Có máy điều hòa")), 2, "U", "")
    signs.show_check(check, ("o_to",), asked=True)
    assert signs.isVisibleTo(None)
    assert signs.on() == ("o_to",)
    box = signs.findChild(QAbstractButton, "sign_dieu_hoa")
    assert box is not None
    with qtbot.waitSignal(signs.changed):
        box.click()
    assert signs.on() == ("o_to", "dieu_hoa")
    assert "seen: 2" in signs._rule.text()
    signs.show_check(QuickCheck("Phiếu A", (), None, "U", ""), (), asked=True)
    assert not signs.isVisibleTo(None)
