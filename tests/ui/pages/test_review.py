"""The poverty review in the window: open, key in by keys alone, check, explain, print sheets."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSpinBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from casemgr.domain.households import HouseholdClass
from casemgr.domain.packs import QuickCheck
from casemgr.domain.paper_codes import case_qr
from casemgr.domain.reviews import CampaignKind, CaseState, Movement
from casemgr.services import campaign_board, campaigns, survey_sheets, surveys
from casemgr.services.campaign_board import CaseQuery
from casemgr.workspace import Workspace
from tests.support.review_story import Review
from tests.support.workspaces import Make
from ui import questions
from ui.mainwindow import MainWindow
from ui.pages.review.board_pane import BoardPane
from ui.pages.review.case_list import CaseListPane
from ui.pages.review.explain_pane import ExplainPane
from ui.pages.review.page import ReviewPage
from ui.pages.review.quick_signs import QuickSigns
from ui.paper_pane import PaperPane
from ui.places import Place
from ui.translation import Languages

Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def _english(languages: Languages) -> None:
    """Words of the screen in the source language."""
    languages.switch("en")


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: not window.desk.jobs.busy, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def households(window: MainWindow, make: Make) -> list[UUID]:
    """Three households of Phú Nhơn and one of Quân An on last year's list."""
    found = [make.household(name) for name in ("Nguyễn Thị Ánh", "Trần Văn Bình", "Lê Thị Chín")]
    found.append(make.household("Phan Văn Đông", hamlet="Quân An"))
    for household in found:
        make.poor(household, 2026)
    return found


@pytest.fixture
def review(make: Make, households: list[UUID]) -> Review:
    return Review(make).open()


@pytest.fixture
def page(window: MainWindow, review: Review, settle: Settle) -> ReviewPage:
    settle()
    window.activateWindow()
    window.go(Place("review"))
    settle()
    found = window.current_page
    assert isinstance(found, ReviewPage)
    return found


class Clicks(QObject):
    """Counts what the mouse does anywhere in the program."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            self.count += 1
        return False


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def run(window: MainWindow, action: str) -> None:
    """A command of the menu, and what it shows."""
    window.commands.run(action)
    QApplication.processEvents()


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focused(), key, modifier)


def type_keys(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(focused(), text)


def key_sheet(qtbot: QtBot, b1: str, deprived: str) -> None:
    """One sheet as an officer keys it: points, Enter, the numbers of what is deprived, N, Ctrl+Enter."""
    type_keys(qtbot, b1)
    press(qtbot, Qt.Key.Key_Return)
    type_keys(qtbot, deprived + "n")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def result(workspace: Workspace, case: UUID) -> HouseholdClass | None:
    return workspace.read(campaign_board.rows, [case])[0].result


def shown(page: ReviewPage) -> QWidget:
    widget = page.routes.currentWidget()
    assert widget is not None
    return widget


# ---- opening


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


# ---- the board


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


# ---- keying


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


# ---- steps for many


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


class Flashes(QObject):
    """Notes whatever shows itself as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_part_of_a_pane_flashes_as_a_window(
    qtbot: QtBot, page: ReviewPage, window: MainWindow, review: Review, households: list[UUID], settle: Settle
) -> None:
    flashes = Flashes()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(flashes)
    run(window, "review.key")
    key_sheet(qtbot, "120", "479")
    settle()
    page.routes.explain_case(review.case(households[0]))
    for action in ("open", "meeting", "post", "opinion", "decide", "sheets"):
        page.routes.show_board()
        run(window, f"review.{action}")
        settle()
    app.removeEventFilter(flashes)
    assert flashes.names == []


def test_every_control_of_the_page_has_a_name(
    page: ReviewPage, window: MainWindow, review: Review, settle: Settle
) -> None:
    for act in (
        lambda: page.routes.show_list(None, "total"),
        lambda: run(window, "review.key"),
        lambda: run(window, "review.open"),
        lambda: run(window, "review.meeting"),
        lambda: run(window, "review.post"),
        lambda: run(window, "review.opinion"),
        lambda: run(window, "review.decide"),
    ):
        page.routes.show_board()
        act()
        settle()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QTableView)
    nameless = [
        (type(widget).__name__, widget.objectName())
        for kind in kinds
        for widget in page.findChildren(kind)
        if not widget.objectName().startswith("qt_")
        and not (widget.objectName() and widget.accessibleName())
        and type(widget.parent()).__name__ not in ("QComboBox", "QComboBoxPrivateContainer", "ChoiceBox")
        and not isinstance(widget.parent(), (QLineEdit, QSpinBox, QTableView))
    ]
    assert not nameless, "\n".join(map(str, nameless))
