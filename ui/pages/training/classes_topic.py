"""Classes: the form with its days of teaching, who sits in one, attendance, lists, closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.domain.training import LearnerState
from casemgr.i18n import N_, _, format_number, ngettext
from casemgr.services import courses, learner_steps, learners, training_sheets
from casemgr.services.courses import CourseData, CourseView
from casemgr.services.learners import LearnerQuery, LearnerRow
from casemgr.services.training_lists import CLASS_LIST
from ui.editors import CheckEditor, DayEditor
from ui.forms import Field
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.training import papers
from ui.pages.training.columns import CLASSES, LEARNERS
from ui.pages.training.fields import course_fields, form_height
from ui.record_topic import Kind, RecordTopic
from ui.theme import spaced
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.card import Card
from ui.widgets.chips import Chip, FlowLayout
from ui.widgets.fit_table import FitTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job

RUNNING, CLOSED = "running", "closed"
_SEATS = ("person", "code", "hamlet", "state")


class ClassesTopic(RecordTopic):
    """Below the form of a class: its learners, and what can be done with it."""

    attendance_requested = Signal(object)
    learner_requested = Signal(object)
    support_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "classes",
            "chalkboard-teacher",
            lambda: _("New class"),
            lambda: _("Training class"),
            lambda: _("No classes yet"),
            lambda: _("Write a class down with its days; learners of the approved list are placed in it together."),
            lambda: _("Code, trade or provider"),
        )
        chips = [Chip(RUNNING, lambda: _("Running today")), Chip(CLOSED, lambda: _("Closed"))]
        self.view: CourseView | None = None
        super().__init__(desk, kind, CLASSES, course_fields(), chips)
        self._seats: Sequence[LearnerRow] = ()
        shown = tuple(column for column in LEARNERS if column.key in _SEATS)
        self.seats: RowsModel[int, LearnerRow] = RowsModel(shown, lambda ids: [self._seats[one] for one in ids])
        self.seat_table = FitTable(self.seats, name="classLearners", most=12)
        self.seat_table.opened.connect(lambda row: self.learner_requested.emit(self._seats[row].id))
        Says(self.seat_table, self.seat_table.setAccessibleName, lambda: _("Learners of the class"))
        self.buttons: dict[str, QPushButton] = {}
        self.verbs = QWidget()
        self._verb: VerbCard | None = None
        self._build_side()
        self.pane.form.changed.connect(self._say_cost)
        self.refresh()

    def _build_side(self) -> None:
        bar = QWidget()
        row = FlowLayout(bar)
        spaced(row)
        for name, picture, words, act in (
            ("classAttend", "check-square", lambda: _("Attendance…"), self._attend),
            ("classPlace", "users-three", lambda: _("Place learners…"), self.begin_place),
            ("classSupport", "coin", lambda: _("Support…"), self._support),
            ("classList", "printer", lambda: _("List of the class…"), self.print_list),
            ("classSheet", "table", lambda: _("Attendance as Excel…"), self.export),
            ("classClose", "archive", lambda: _("Close the class…"), self.begin_close),
        ):
            button = QPushButton()
            button.setObjectName(name)
            button.setIcon(icon(picture))
            for say in (button.setText, button.setAccessibleName):
                Says(button, say, words)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
            self.buttons[name] = button
        self.buttons["classAttend"].setProperty("class", "primary")
        self.buttons["classAttend"].setIcon(icon("check-square", "on"))
        self.none = QLabel()
        self.none.setObjectName("classNone")
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        Says(self.none, self.none.setText, lambda: _("Nobody is placed in this class yet."))
        self.card = Card(lambda: _("Learners of the class"), margin=10)
        for item in (bar, self.seat_table, self.none):
            self.card.add(item)
        self.days = QPushButton()
        self.days.setObjectName("classDays")
        self.days.setIcon(icon("calendar-check"))
        for say in (self.days.setText, self.days.setAccessibleName):
            Says(self.days, say, lambda: _("Propose working days"))
        self.days.clicked.connect(self.propose_days)
        self.pane.card.head.addWidget(self.days)
        column = QVBoxLayout(self.verbs)
        spaced(column)
        self.extra.setStretch(0, 0)
        self.pane.setMinimumHeight(form_height(self.pane))
        for place, widget in enumerate((self.card, self.verbs)):
            self.extra.insertWidget(place, widget)
        self.card.hide()

    @property
    def card_of_verb(self) -> VerbCard | None:
        """The form of a few fields that is open."""
        return self._verb

    # ---- the register

    def read_rows(self) -> Sequence[CourseView]:
        """Classes as narrowed."""
        on = self.chips.on()
        day = self.today if RUNNING in on else None
        found = self.desk.workspace.read(courses.courses, running_on=day, text=self.text.text())
        return [one for one in found if one.closed_on is not None] if CLOSED in on else found

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One class."""
        self.view = self.desk.workspace.read(courses.view, record)
        return self.view.version, dict(vars(self.view.data))

    def blank(self) -> Mapping[str, Any]:
        """A new class."""
        self.view = None
        return dict(vars(CourseData("", "")))

    def submit(self, form: Form) -> Job:
        """Write the class down."""
        officer = self.view.data.officer_id if self.view is not None else None
        data = form.data(CourseData, officer_id=officer)
        return self.desk.write(courses.keep, data, course_id=self.record, version=self.version)

    def show_extra(self) -> None:
        """Who sits in it."""
        known = self.record is not None and self.view is not None and self.view.id == self.record
        self.card.setVisible(known)
        if not known or self.view is None:
            self._close_asking()
            return
        view = self.view
        self._seats = self.desk.workspace.read(learners.of_course, view.id)
        self.seats.set_ids(range(len(self._seats)))
        self.seat_table.setVisible(bool(self._seats))
        self.none.setVisible(not self._seats)
        may, open_ = self.desk.may(Permission.EDIT), view.closed_on is None
        self.buttons["classAttend"].setEnabled(bool(self._seats) and bool(view.data.days))
        self.buttons["classPlace"].setEnabled(may and open_)
        self.buttons["classClose"].setEnabled(may and open_)
        self.buttons["classSheet"].setEnabled(self.desk.may(Permission.EXPORT) and bool(self._seats))
        for name in ("classSupport", "classList"):
            self.buttons[name].setEnabled(bool(self._seats))
        self.days.setEnabled(may and open_)
        self._say_cost()

    # ---- days and cost

    def propose_days(self) -> None:
        """Fill in the working days between beginning and end; days with attendance stay."""
        first, last = self.pane.form.value("start_on"), self.pane.form.value("end_on")
        if first is None or last is None or last < first:
            told = _("Write first when the class begins and ends.")
            self.pane.form.tell({"days": told}, wrong={"days"})
            return
        self.pane.form.put("days", self.desk.workspace.read(courses.working_days, first, last))

    def _say_cost(self) -> None:
        """A cost above the ceiling, beside its field, with the article."""
        typed = self.pane.form.values()
        if not typed["tuition"] or typed["generation"] is None:
            return
        data = CourseData("", "", start_on=typed["start_on"], tuition=typed["tuition"], generation=typed["generation"])
        found = self.desk.workspace.read(courses.cost_finding, data)
        if found is not None:
            self.pane.form.tell({"tuition": f"{found.text} ({found.citation})"})

    # ---- verbs

    def begin_place(self) -> None:
        """Choose learners of the approved list; all are placed or none."""
        view = self.view
        if view is None:
            return
        query = LearnerQuery(states=(LearnerState.APPROVED.value,), limit=500)
        waiting = self.desk.workspace.read(learners.board, query)
        if not waiting:
            told = _("Nobody is waiting on an approved list.")
            self.said.emit(Notice(told, "near"))
            return
        waiting.sort(key=lambda row: row.trade != view.data.trade)
        fields = (
            Field("on", N_("&Day"), DayEditor, required=True),
            *(Field(str(row.id), "", partial(CheckEditor, partial(_who, row)), wide=True) for row in waiting),
        )

        def submit(typed: Mapping[str, Any]) -> Job:
            chosen = [row.id for row in waiting if typed[str(row.id)]]
            return self.desk.write(learner_steps.place, view.id, chosen, on=typed["on"])

        card = VerbCard(
            lambda: _("Place learners in {code}").format(code=view.data.code),
            lambda: _("Place in the class"),
            fields,
            submit,
            name="classPlacing",
        )
        room = view.data.capacity - view.learners if view.data.capacity else len(waiting)
        fitting = [row.id for row in waiting if row.trade == view.data.trade][: max(0, room)]
        self._ask(card, {"on": self.today, **{str(row.id): row.id in fitting for row in waiting}})

    def begin_close(self) -> None:
        """The class is over and settled."""
        view = self.view
        if view is None:
            return

        def close(typed: Mapping[str, Any]) -> Job:
            return self.desk.write(courses.close, view.id, view.version, on=typed["on"])

        card = VerbCard(
            lambda: _("Close class {code}").format(code=view.data.code),
            lambda: _("Close the class"),
            (Field("on", N_("&Day"), DayEditor, required=True),),
            close,
            name="classClosing",
        )
        self._ask(card, {"on": self.today})

    def print_list(self) -> None:
        """The list of the class."""
        if self.view is not None:
            self.paper_requested.emit(papers.list_of(self.desk.workspace, CLASS_LIST, self.view.id, self.today))

    def export(self) -> None:
        """The attendance as an Excel file."""
        if self.view is not None:
            course = self.view.id
            papers.ask_excel(
                self, lambda: self.desk.workspace.read(training_sheets.attendance_sheet, course), "diem-danh"
            )

    # ---- inside

    def _attend(self) -> None:
        if self.view is not None and self.may_leave():
            self.attendance_requested.emit(self.view.id)

    def _support(self) -> None:
        if self.view is not None and self.may_leave():
            self.support_requested.emit(self.view.id)

    def _ask(self, card: VerbCard, values: Mapping[str, object]) -> None:
        self._close_asking()
        self._verb = card
        layout = self.verbs.layout()
        if layout is not None:
            layout.addWidget(card)
        card.done.connect(self._on_done)
        card.closed.connect(self._close_asking)
        card.begin(values)
        self.right.ensureWidgetVisible(card)

    def _on_done(self) -> None:
        self._close_asking()
        record = self.record
        self.refresh()
        if record is not None:
            self.show_id(record)
        told = ngettext(
            "Saved; {count} learner in the class.", "Saved; {count} learners in the class.", len(self._seats)
        )
        self.said.emit(Notice(told.format(count=format_number(len(self._seats))), "ok"))

    def _close_asking(self) -> None:
        if self._verb is not None:
            self._verb.hide()
            self._verb.deleteLater()
            self._verb = None


def _who(row: LearnerRow) -> str:
    return " · ".join(filter(None, (row.person, row.code, row.hamlet, row.trade)))
