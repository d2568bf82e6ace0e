"""The board of any machine of states: columns, keys, dragging, and the form of a step."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casemgr.domain.findings import Finding, Severity
from casemgr.domain.livelihoods import PLAN_MACHINE, PlanState
from casemgr.jobs import Progress
from casemgr.services.state_steps import StepData
from ui.desk import Desk
from ui.editors import NumberEditor
from ui.forms import Field
from ui.step_form import StepForm
from ui.translation import Languages
from ui.widgets.board import Board, BoardCard
from ui.widgets.board_cards import MIME, CardsView


@pytest.fixture
def board(qtbot: QtBot, languages: Languages) -> Board:
    made = Board(PLAN_MACHINE, name="planBoard")
    qtbot.addWidget(made)
    made.resize(1366, 500)
    made.show()
    return made


def card(state: PlanState, name: str = "Nguyễn Thị Á", **more: str) -> BoardCard:
    return BoardCard(uuid4(), state, name, "H-00001 · Thôn Đông", "Nuôi bò sinh sản", **more)


def test_empty_and_final_columns_are_closed_until_somebody_opens_them(board: Board) -> None:
    board.show_cards([card(PlanState.DRAFT), card(PlanState.COMPLETED)])
    assert board.columns["draft"].is_open
    assert not board.columns["voted"].is_open
    assert not board.columns["completed"].is_open
    QTest.keyClick(board.columns["completed"].strip, Qt.Key.Key_Space)
    assert board.columns["completed"].is_open
    assert board.columns["completed"].view.isVisible()


def test_heads_count_all_even_when_not_all_are_given(board: Board) -> None:
    board.show_cards([card(PlanState.RUNNING)], {PlanState.RUNNING: 1234})
    assert board.columns["running"].count.text() == "1.234"
    asked: list[str] = []
    board.more_requested.connect(asked.append)
    assert "1.233" in board.columns["running"].more.text()
    board.columns["running"].more.click()
    assert asked == ["running"]


def test_enter_opens_and_ctrl_right_asks_for_the_expected_step(board: Board, qtbot: QtBot) -> None:
    first = card(PlanState.DRAFT)
    board.show_cards([first, card(PlanState.RUNNING, "Trần Văn Bền")])
    opened: list[UUID] = []
    asked: list[tuple[UUID, str]] = []
    board.opened.connect(opened.append)
    board.move_requested.connect(lambda id, to: asked.append((id, to)))
    board.go(first.id)
    view = board.columns["draft"].view
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert opened == [first.id]
    assert asked == [(first.id, "registered")]
    QTest.keyClick(view, Qt.Key.Key_Right)
    current = board.current
    assert current is not None
    shown = board.card(current)
    assert shown is not None
    assert shown.title == "Trần Văn Bền"


def test_the_menu_offers_the_expected_step_and_only_ways_that_exist(board: Board) -> None:
    one = card(PlanState.ACCEPTED)
    board.show_cards([one])
    words = [action.text() for action in board.menu_of(one.id).actions() if action.text()]
    assert words[1].endswith(PLAN_MACHINE.label("revolving"))
    assert len(words) == 1 + len(PLAN_MACHINE.moves_from("accepted"))


def drop(view: CardsView, id: UUID) -> QDropEvent:
    content = QMimeData()
    content.setData(MIME, id.bytes)
    action, button, held = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(5, 5).toPoint(), action, content, button, held)
    view.dragEnterEvent(entering)
    event = QDropEvent(QPointF(5, 5), action, content, button, held)
    view.dropEvent(event)
    return event


def test_a_card_is_dropped_only_where_a_way_leads(board: Board) -> None:
    one = card(PlanState.DRAFT)
    board.show_cards([one, card(PlanState.REGISTERED), card(PlanState.RUNNING)])
    asked: list[tuple[UUID, str]] = []
    board.move_requested.connect(lambda id, to: asked.append((id, to)))
    assert drop(board.columns["registered"].view, one.id).isAccepted()
    assert not drop(board.columns["running"].view, one.id).isAccepted()
    assert asked == [(one.id, "registered")]
    assert board.columns["draft"].total == 1, "nothing moves before the checks"


def begin(form: StepForm, desk: Desk, check: Callable[[StepData], tuple[Finding, ...]], kept: list[StepData]) -> None:
    def submit(data: StepData) -> object:
        def work(progress: Progress) -> None:
            kept.append(data)

        return desk.jobs.start(work)

    form.begin(
        PLAN_MACHINE,
        PlanState.REGISTERED,
        PlanState.VOTED,
        whom="H-00001 · Nguyễn Thị Á",
        on=date(2026, 11, 20),
        check=check,
        submit=submit,  # type: ignore[arg-type]  # a job, as the runner gives it
        more=(Field("present", "&Present", lambda: NumberEditor(most=5000)),),
    )


def test_the_form_of_a_step_shows_findings_beside_their_fields(
    qtbot: QtBot, desk: Desk, languages: Languages, settle: Callable[[], None]
) -> None:
    form = StepForm(name="planStep")
    qtbot.addWidget(form)
    form.show()
    kept: list[StepData] = []

    def check(data: StepData) -> tuple[Finding, ...]:
        found = [Finding(Severity.WARN, "dossier", "Hồ sơ chưa đủ.", "Điều 5 khoản 2")]
        if not data.document_number:
            found.append(Finding(Severity.REFUSE, "decision_number", "Ghi số quyết định.", "Điều 7"))
        return tuple(found)

    begin(form, desk, check, kept)
    assert form.form is not None
    assert form.told.texts[0] == "Hồ sơ chưa đủ. (Điều 5 khoản 2)"
    number = form.form.editor("document_number").widget
    assert number.property("invalid")
    assert "Điều 7" in number.accessibleDescription()
    QTest.keyClicks(number, "12/2026")
    qtbot.waitUntil(lambda: not number.property("invalid"))
    QTest.keyClicks(form.form.editor("present").widget, "35")
    form.go.click()
    settle()
    assert kept[0].document_number == "12/2026"
    assert kept[0].detail == {"present": 35}
