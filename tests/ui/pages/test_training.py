"""A daughter learns to sew, in the window: need, steps with their checks, class, attendance, support, work, papers."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.offices import Area
from casemgr.domain.training import LearnerState, Mark, Track
from casemgr.persistence.models import Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import career_advice, courses, deliveries, learner_steps, learners
from casemgr.services.courses import CourseData
from casemgr.services.learners import LearnerQuery
from casemgr.workspace import Workspace
from tests.support.pages import PrinterIntoFiles, answer_file_dialog, file_dialog_open, press
from tests.support.support import Supported
from tests.unit.services.test_learners import SEWING, Training
from ui.desk import Desk
from ui.pages.training.advice_topic import AdviceTopic
from ui.pages.training.classes_topic import ClassesTopic
from ui.pages.training.learners_topic import LearnersTopic
from ui.pages.training.page import TrainingPage
from ui.pages.training.support_topic import SupportTopic
from ui.places import Place
from ui.who_editor import Chosen
from ui.widgets.message_bar import Notice
from ui.widgets.printing import Printing

Settle = Callable[[], None]
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def said() -> list[Notice]:
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, tmp_path: Path, said: list[Notice]) -> TrainingPage:
    printer = PrinterIntoFiles(tmp_path)
    made = TrainingPage(desk, Printing(printer.names, printer.send))
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    made.said.connect(said.append)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


def learners_of(page: TrainingPage) -> LearnersTopic:
    page.show_place(Place("training", text="learners"))
    assert isinstance(page.topic, LearnersTopic)
    return page.topic


def classes_of(page: TrainingPage, course: UUID | None = None) -> ClassesTopic:
    page.show_place(Place("training", course, "classes"))
    assert isinstance(page.topic, ClassesTopic)
    return page.topic


def beside(widget: QWidget, text: str) -> bool:
    """Whether a problem with these words is seen."""
    return any(text in label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def numbered(uow: UnitOfWork, person: UUID) -> None:
    uow.record(Person, person).id_number = "083304000123"
    uow.name_step("person.keep", table="person", subject=person)


def test_an_empty_file_says_what_to_do_first(page: TrainingPage) -> None:
    for name in ("learners", "classes", "advice"):
        page.show_place(Place("training", text=name))
        assert page.place() == Place("training", None, name)
        assert page.topic.stack.currentWidget() is page.topic.empty  # type: ignore[attr-defined]  # a register
    page.show_place(Place("training", text="support"))
    assert isinstance(page.topic, SupportTopic)
    assert page.topic.stack.currentWidget() is page.topic.empty
    assert not page.topic.begin.isEnabled()


def test_a_need_is_written_down_and_advised(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, settle: Settle
) -> None:
    people = Supported(workspace)
    home = people.household("birth=1980", "birth=2004;labour=able;sex=female", area=Area.RURAL)
    people.of_class(home, "poor")
    daughter = people.people(home)[1]
    page.show_place(Place("training", home, wish="new"))
    shown = page.topic
    assert isinstance(shown, LearnersTopic)
    shown.pane.form.put("person_id", Chosen(home, daughter))
    for name, value in {"trade": "May công nghiệp", "km": 155, "obstacle": "travel", "can_read": True}.items():
        shown.pane.form.put(name, value)
    assert shown.pane.save()
    settle()
    (row,) = workspace.read(learners.board, LearnerQuery())
    assert (row.person_id, row.state, row.trade) == (daughter, LearnerState.NEED, "May công nghiệp")
    view = workspace.read(learners.view, row.id)
    assert (view.data.km, view.data.need.obstacle, view.data.need.can_read) == (155, "travel", True)
    assert shown.stack.currentWidget() is shown.board
    assert beside(page, "Supported:")
    assert beside(page, "Nghị định số 338/2025/NĐ-CP")
    press(qtbot, page, "learnerNext")
    step = shown.asking.step
    assert step.form is not None
    step.form.put("adviser", "Cán bộ Lan")
    step.submit()
    settle()
    view = workspace.read(learners.view, row.id)
    assert (view.state, view.data.need.adviser) == (LearnerState.ADVISED, "Cán bộ Lan")
    assert view.data.need.advised_on == "2026-11-24"
    assert not step.isVisible()


def test_a_need_without_a_trade_is_refused_beside_its_field(
    page: TrainingPage, workspace: Workspace, settle: Settle
) -> None:
    shown = learners_of(page)
    shown.begin_new()
    assert not shown.pane.save()
    shown.pane.form.put("person_id", Chosen(Supported(workspace).household(), None))
    assert not shown.pane.save()
    shown.pane.form.put("trade", "May")
    shown.pane.form.editor("km").widget.setText("xa lắm")  # type: ignore[attr-defined]  # a line
    assert not shown.pane.save()
    assert beside(page, "Write kilometres")
    settle()
    assert workspace.read(learners.board, LearnerQuery()) == []


def test_a_step_without_its_reason_is_refused_and_dropping_out_says_why(
    page: TrainingPage, workspace: Workspace, settle: Settle
) -> None:
    record = Training(workspace).approved()
    shown = learners_of(page)
    shown.refresh()
    shown.board.move_requested.emit(record, "dropped")
    step = shown.asking.step
    assert step.isVisible()
    assert beside(step, "Write the reason.")
    step.submit()
    settle()
    assert workspace.read(learners.view, record).state is LearnerState.APPROVED
    assert step.form is not None
    step.form.put("drop", "work")
    step.form.put("reason", "Đi làm thuê ở Bình Dương")
    step.submit()
    settle()
    assert workspace.read(learners.view, record).state is LearnerState.DROPPED
    assert beside(page, "Went to work for wages · Đi làm thuê ở Bình Dương")


def test_a_class_gets_working_days_and_a_cost_above_the_ceiling_is_told(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, settle: Settle
) -> None:
    shown = classes_of(page)
    press(qtbot, page, "classesNew")
    form = shown.pane.form
    shown.propose_days()
    assert beside(page, "Write first when the class begins and ends.")
    for name, value in {
        "code": "MAY-01",
        "trade": "May công nghiệp",
        "start_on": date(2026, 8, 28),
        "end_on": date(2026, 9, 4),
        "tuition": 4_500_000,
    }.items():
        form.put(name, value)
    assert beside(page, "Nghị định số 338/2025/NĐ-CP, Điều 25")
    press(qtbot, page, "classDays")
    days = form.value("days")
    assert date(2026, 8, 29) not in days  # type: ignore[operator]  # days; a Saturday
    assert date(2026, 9, 2) not in days  # type: ignore[operator]  # National Day
    form.editor("days").widget.appendPlainText("10/2026: 1")  # type: ignore[attr-defined]  # lines
    assert shown.pane.save()
    settle()
    assert beside(page, "01/10/2026 lies outside the class.")
    press(qtbot, page, "classDays")
    assert shown.pane.save()
    settle()
    (made,) = workspace.read(courses.courses)
    assert made.data.days == days


def test_learners_are_placed_together_or_not_at_all(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, settle: Settle
) -> None:
    course = workspace.write(courses.keep, SEWING)
    records = [Training(workspace).approved() for _each in range(3)]
    shown = classes_of(page, course)
    press(qtbot, page, "classPlace")
    card = shown.card_of_verb
    assert card is not None
    ticked = [record for record in records if card.form.value(str(record))]
    assert len(ticked) == 2  # two seats
    for record in records:
        card.form.put(str(record), True)
    card.form.put("on", date(2026, 8, 1))
    card.submit()
    settle()
    assert beside(card, "The class has 2 places, 0 are taken.")
    assert workspace.read(courses.view, course).learners == 0
    card.form.put(str(records[2]), False)
    card.submit()
    settle()
    assert workspace.read(courses.view, course).learners == 2


@pytest.fixture
def sewing(workspace: Workspace) -> tuple[UUID, list[UUID]]:
    """A class of two who have begun."""
    course = workspace.write(courses.keep, SEWING)
    training = Training(workspace)
    records = [training.approved(), training.approved()]
    workspace.write(learner_steps.place, course, records, on=date(2026, 8, 1))
    return course, records


def test_attendance_is_typed_and_saved_in_one_step(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, settle: Settle, sewing: tuple[UUID, list[UUID]]
) -> None:
    course, _records = sewing
    classes_of(page, course)
    press(qtbot, page, "classAttend")
    pane = page.attendance
    assert page.stack.currentWidget() is pane
    qtbot.keyClicks(pane.grid, "xk")
    qtbot.keyClicks(pane.grid, "p")  # from the last learner to the next day
    assert (pane.model.mark(0, 0), pane.model.mark(1, 0), pane.model.mark(0, 1)) == (
        Mark.PRESENT,
        Mark.ABSENT,
        Mark.EXCUSED,
    )
    assert pane.model.present_on(0) == 1
    qtbot.keyClick(pane.grid, Qt.Key.Key_Up)
    pane.grid.go(0, 1)
    qtbot.keyClick(pane.grid, Qt.Key.Key_Space)
    assert pane.model.mark(0, 1) is None
    pane.grid.go(0, 2)
    press(qtbot, page, "attendanceFull")
    assert pane.dirty
    page.save()
    settle()
    assert not pane.dirty
    rows = workspace.read(courses.attendance, course)
    assert [len(row.marks) for row in rows] == [2, 2]
    qtbot.keyClick(pane, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.registers


def test_pasted_attendance_outside_the_class_is_told_with_its_article(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, settle: Settle, sewing: tuple[UUID, list[UUID]]
) -> None:
    course, _records = sewing
    page.show_attendance(course)
    pane = page.attendance
    pane.take_text("03/08/2026\t08/08/2026\nx\tx\nx\tq\n")
    assert pane.model.changes != {}
    assert any("08/08/2026 is no day of this class" in text for text in pane.told.texts)
    assert any("Nghị định số 338/2025/NĐ-CP" in text for text in pane.told.texts)
    QGuiApplication.clipboard().setText("x\t7")
    pane.grid.go(0, 0)
    press(qtbot, page, "attendanceExcel")
    assert any("“7” is no mark" in text for text in pane.told.texts)
    assert "“7” is no mark" in str(pane.model.data(pane.model.index(0, 1), Qt.ItemDataRole.ToolTipRole))
    pane.discard()
    assert not pane.dirty


def test_a_day_that_is_not_come_yet_is_refused_in_its_cell(
    page: TrainingPage, workspace: Workspace, settle: Settle
) -> None:
    days = (date(2026, 11, 23), date(2026, 11, 25))
    data = CourseData("MAY-03", "May", start_on=days[0], end_on=days[1], days=days, decision_number="1/QĐ-UBND")
    course = workspace.write(courses.keep, data)
    record = Training(workspace).approved()
    workspace.write(learner_steps.place, course, [record], on=TODAY)
    page.show_attendance(course)
    pane = page.attendance
    pane.model.put({(0, 0): Mark.PRESENT, (0, 1): Mark.PRESENT})
    pane.save()
    settle()
    assert pane.dirty
    assert list(pane.model.problems) == [(record, days[1])]
    assert (pane.grid.currentIndex().row(), pane.grid.currentIndex().column()) == (0, 1)
    pane.model.put({(0, 1): None})
    pane.save()
    settle()
    assert workspace.read(courses.attendance, course)[0].marks == {days[0]: Mark.PRESENT}


def test_the_support_of_a_class_is_paid_and_shows_on_the_household(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, settle: Settle, said: list[Notice], tmp_path: Path
) -> None:
    course, record = Training(workspace).certified()
    view = workspace.read(learners.view, record)
    workspace.write(numbered, view.data.person_id)
    page.show_place(Place("training", course, "support"))
    shown = page.topic
    assert isinstance(shown, SupportTopic)
    assert "Meals 900,000" in shown.sums.text()
    press(qtbot, page, "trainingSupportPaper")
    settle()
    assert page.paper.view.page_count >= 1
    page.paper.export()
    target = tmp_path / "ho-tro.xlsx"
    qtbot.waitUntil(file_dialog_open)
    answer_file_dialog(target)
    settle()
    assert target.exists()
    page.paper.closed.emit()
    press(qtbot, page, "trainingSupportPay")
    for name, value in {
        "on": date(2026, 9, 10),
        "decision_number": "",
        "decision_on": date(2026, 9, 8),
        "handed_out": True,
    }.items():
        shown.pay.form.put(name, value)
    shown.pay.submit()
    settle()
    assert beside(shown.pay, "Money is handed out after the decision")
    shown.pay.form.put("decision_number", "91/QĐ-UBND")
    shown.pay.submit()
    settle()
    assert not shown.pay.isVisible()
    assert "Everything is on a list" in shown.sums.text()
    assert said[-1].verb == "Open the list"
    (paid,) = workspace.read(deliveries.of_household, view.data.household_id)
    assert paid.data.amount == 1_100_000
    press(qtbot, page, "trainingSupportTuition")
    for name, value in {"decision_number": "92/QĐ-UBND", "decision_on": date(2026, 9, 8), "handed_out": True}.items():
        shown.pay_tuition.form.put(name, value)
    shown.pay_tuition.submit()
    settle()
    assert not shown.pay_tuition.isVisible()
    assert not shown.tuition.isEnabled()
    given = workspace.read(deliveries.of_household, view.data.household_id)
    assert {one.data.stage for one in given} == {"training_living", "training_tuition"}


def test_work_is_recorded_and_asked_again_after_three_months(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, settle: Settle
) -> None:
    _course, record = Training(workspace).certified()
    page.show_place(Place("training", record, "learners"))
    shown = page.topic
    assert isinstance(shown, LearnersTopic)
    press(qtbot, page, "learnerNext")
    card = shown.asking.card
    assert card is not None
    card.form.put("in_work", False)
    card.submit()
    settle()
    assert beside(page, "Write why there is no work yet.")
    for name, value in {"in_work": True, "on": date(2026, 9, 10), "employer": "Công ty May Bến Tre"}.items():
        card.form.put(name, value)
    card.submit()
    settle()
    view = workspace.read(learners.view, record)
    assert (view.state, view.due_on) == (LearnerState.IN_WORK, date(2026, 11, 28))
    assert workspace.read(learner_steps.next_month, record) == 3


def test_papers_of_a_learner_are_drawn_and_numbered(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, settle: Settle
) -> None:
    _course, record = Training(workspace).certified()
    page.show_place(Place("training", record, "learners"))
    shown = page.topic
    assert isinstance(shown, LearnersTopic)
    shown.stage.paper_requested.emit("case_training_request")
    settle()
    assert page.paper.view.page_count >= 1
    page.paper.closed.emit()
    shown.stage.paper_requested.emit("case_training_confirmation")
    card = shown.asking.card
    assert card is not None
    card.form.put("purpose", "xin việc làm")
    press(qtbot, page, "learnerPaperLook")
    settle()
    assert page.paper.view.page_count == 1
    page.paper.closed.emit()
    card = shown.asking.card
    assert card is not None
    card.submit()
    settle()
    assert page.paper.note.text().startswith("Number 0")
    assert page.paper.view.page_count == 1


def test_filters_narrow_board_and_list(page: TrainingPage, workspace: Workspace) -> None:
    training = Training(workspace)
    _course, certified = training.certified()
    need = training.learner()
    shown = learners_of(page)
    shown.refresh()
    assert {shown.board.card(one) is not None for one in (certified, need)} == {True}
    shown.state.set_value("need")
    shown.refresh()
    assert tuple(shown.model.ids) == (need,)
    shown.state.set_value(None)
    shown.chips.set_on(("soon",))
    shown.refresh()
    assert tuple(shown.model.ids) == (certified,)  # asked after three months, on 28/11/2026
    shown.chips.set_on(("overdue",))
    shown.refresh()
    assert not shown.model.ids
    shown.chips.set_on(())
    shown.as_list.setChecked(True)
    shown.refresh()
    assert shown.stack.currentWidget() is shown.table


def test_a_pupil_is_advised(page: TrainingPage, workspace: Workspace, settle: Settle) -> None:
    people = Supported(workspace)
    home = people.household("birth=1980", "birth=2011")
    page.show_place(Place("training", text="advice"))
    shown = page.topic
    assert isinstance(shown, AdviceTopic)
    shown.begin_new()
    for name, value in {
        "person_id": Chosen(home, people.people(home)[1]),
        "on": date(2026, 5, 5),
        "school": "THCS Phú Nhơn",
        "grade": "9A",
    }.items():
        shown.pane.form.put(name, value)
    assert shown.pane.save()
    settle()
    assert workspace.read(career_advice.by_track, 2026)[Track.VOCATIONAL] == 1
    assert "Vocational training: 1" in shown.tracks.text()
