"""Learners: a board by state or a list, narrowed by hamlet, state, class and due day; one learner at the side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.domain.training import LEARNER_MACHINE, LearnerState, NeedContent
from casemgr.i18n import _, format_date, format_number, ngettext
from casemgr.services import courses, households, learners, offices, training_sheets
from casemgr.services.courses import CourseView
from casemgr.services.learners import CARDS, LearnerData, LearnerQuery, LearnerRow, LearnerView
from ui.due_words import due_words
from ui.icons import icon
from ui.pages.training import papers
from ui.pages.training.columns import LEARNERS
from ui.pages.training.fields import (
    NEED,
    form_height,
    learner_fields,
)
from ui.pages.training.learner_asking import LearnerAsking
from ui.pages.training.learner_side import JobsCard, StageCard
from ui.places import Place
from ui.record_topic import Kind, RecordTopic
from ui.theme import spaced
from ui.translation import Says
from ui.who_editor import Chosen
from ui.widgets.board import Board, BoardCard
from ui.widgets.chips import Chip, FlowLayout
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job

OVERDUE, SOON = "overdue", "soon"
_SOON_DAYS: Final = 30
_LIST_LIMIT: Final = 500
_EVERY: Final = 100_000
_OUTCOMES: Final = (LearnerState.IN_WORK, LearnerState.NO_WORK)


class LearnersTopic(RecordTopic):
    """The board and the list hold the same learners; a step is asked for at the side, with its checks."""

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "learners",
            "graduation-cap",
            lambda: _("New need"),
            lambda: _("Need, advice, registration"),
            lambda: _("No learners yet"),
            lambda: _("Write down who wants to learn a trade; class, support and work found follow from it."),
            lambda: _("Name of the learner"),
        )
        chips = [
            Chip(OVERDUE, lambda: _("Overdue")),
            Chip(SOON, lambda: _("Due within 30 days")),
        ]
        self.view: LearnerView | None = None
        today = desk.workspace.now.astimezone().date()
        super().__init__(desk, kind, LEARNERS, learner_fields(desk, today), chips)
        self.hamlet: ChoiceBox[UUID] = ChoiceBox()
        self.state: ChoiceBox[str] = ChoiceBox()
        self.course: ChoiceBox[UUID] = ChoiceBox()
        self.as_list, self.excel, self.decision = QPushButton(), QPushButton(), QPushButton()
        self._filters()
        self.board = Board(LEARNER_MACHINE, name="learnerBoard")
        self.board.opened.connect(self.show_id)
        self.board.current_changed.connect(self._on_card)
        self.board.move_requested.connect(self.begin_step)
        self.board.more_requested.connect(self._show_state)
        self.stack.addWidget(self.board)
        self.stage, self.jobs = StageCard(desk), JobsCard(desk)
        self.asking = LearnerAsking(desk)
        self._build_side()
        self.refresh()

    def _filters(self) -> None:
        line = QWidget()
        row = FlowLayout(line)
        spaced(row)
        for box, name, words in (
            (self.hamlet, "learnersHamlet", lambda: _("Hamlet")),
            (self.state, "learnersState", lambda: _("State")),
            (self.course, "learnersCourse", lambda: _("Training class")),
        ):
            box.setObjectName(name)
            Says(box, box.setAccessibleName, words)
            box.chosen.connect(self.refresh)
            row.addWidget(box)
        self.state.set_choices(
            [
                (None, lambda: _("All states")),
                *((state.code, partial(_, state.label)) for state in LEARNER_MACHINE.states),
            ]
        )
        self.state.set_value(None)
        self._tools(row)
        left = self.stack.parentWidget()
        layout = left.layout() if left is not None else None
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, line)

    def _tools(self, row: FlowLayout) -> None:
        for button, name, picture, words, act in (
            (self.as_list, "learnersAsList", "list-bullets", lambda: _("As a list"), self._on_view),
            (self.decision, "learnersDecision", "printer", lambda: _("List for the decision…"), self.print_decision),
            (self.excel, "learnersExcel", "table", lambda: _("Excel…"), self.export),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            for say in (button.setText, button.setAccessibleName):
                Says(button, say, words)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
        self.as_list.setCheckable(True)
        self.excel.setEnabled(self.desk.may(Permission.EXPORT))

    def _build_side(self) -> None:
        self.stage.step_requested.connect(self._on_stage)
        self.stage.paper_requested.connect(self._on_paper)
        self.stage.household_requested.connect(self._open_household)
        self.stage.course_requested.connect(self._open_course)
        self.jobs.new_requested.connect(self._on_job)
        self.asking.done.connect(self._on_step)
        self.asking.said.connect(self.said)
        self.asking.paper_requested.connect(self.paper_requested)
        self.extra.setStretch(0, 0)
        self.pane.setMinimumHeight(form_height(self.pane))
        for place, widget in enumerate((self.stage, self.asking, self.jobs)):
            self.extra.insertWidget(place, widget)
        self.stage.hide()
        self.jobs.hide()

    # ---- the register

    @property
    def query(self) -> LearnerQuery:
        """What the filters say."""
        on = self.chips.on()
        until = None
        if SOON in on:
            until = self.today + timedelta(_SOON_DAYS)
        if OVERDUE in on:
            until = self.today - timedelta(1)
        state = self.state.value()
        return LearnerQuery(
            states=(state,) if state else (),
            course_id=self.course.value(),
            hamlet_id=self.hamlet.value(),
            text=self.text.text(),
            due_until=until,
            limit=_LIST_LIMIT if state or self.as_list.isChecked() else CARDS,
        )

    def read_rows(self) -> Sequence[LearnerRow]:
        """Learners as narrowed."""
        read = self.desk.workspace.read
        self._choices(read(courses.courses))
        return read(learners.board, self.query)

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One learner."""
        self.view = self.desk.workspace.read(learners.view, record)
        data = self.view.data
        values = {**vars(data), **vars(data.need), "person_id": Chosen(data.household_id, data.person_id)}
        values["obstacle"] = data.need.obstacle or None
        values["advised_on"] = date.fromisoformat(data.need.advised_on) if data.need.advised_on else None
        return self.view.version, values

    def blank(self) -> Mapping[str, Any]:
        """A new need."""
        self.view = None
        values: dict[str, Any] = {one.name: one.default for one in fields_of(NeedContent)}
        for one in fields_of(LearnerData):
            values[one.name] = "" if one.type == "str" else () if one.name == "groups" else None
        return {**values, "obstacle": None, "advised_on": None, "trade": "", "result": "", "note": ""}

    def submit(self, form: Form) -> Job:
        """Write the need down."""
        typed = form.values()
        chosen: Chosen = typed.pop("person_id")
        person = chosen.person_id
        if person is None:  # a household was chosen: its head
            home = self.desk.workspace.read(households.view, chosen.household_id)
            person = home.head.person_id if home.head is not None else None
        advised = typed.pop("advised_on")
        need = NeedContent(
            can_read=typed.pop("can_read"),
            **{name: typed.pop(name) or "" for name in NEED},
            advised_on=advised.isoformat() if advised else "",
            provider_wanted=typed.pop("provider_wanted"),
        )
        officer = self.view.data.officer_id if self.view is not None else None
        data = LearnerData(
            household_id=chosen.household_id,
            person_id=person,  # type: ignore[arg-type]  # the use case says that nobody was chosen
            need=need,
            officer_id=officer,
            **typed,
        )
        return self.desk.write(learners.keep, data, learner_id=self.record, version=self.version)

    def refresh(self) -> None:
        """Read again; the board shows the same learners as the list."""
        if not hasattr(self, "board"):
            return
        super().refresh()
        rows: Sequence[LearnerRow] = tuple(self._rows.values())
        shown = self.query.states
        counted = self.desk.workspace.read(learners.counts, self.query)
        total = sum(count for state, count in counted.items() if not shown or state.value in shown)
        self.board.show_cards([_card(row, self.today) for row in rows], {str(key): n for key, n in counted.items()})
        told = ngettext("{count} learner", "{count} learners", total).format(count=format_number(total))
        self.count.setText(told)
        self.decision.setEnabled(bool(self._eligible()))
        if rows:
            self.stack.setCurrentWidget(self._table if self.as_list.isChecked() else self.board)

    def show_extra(self) -> None:
        """Stage and work of the learner; nothing for a new one."""
        known = self.record is not None and self.view is not None and self.view.id == self.record
        self.stage.setVisible(known)
        if known and self.view is not None:
            self.stage.show_learner(self.view)
            self.jobs.show_learner(self.view)
        else:
            self.jobs.hide()
            self.asking.close_all()

    def begin_for(self, household: UUID, person: UUID | None = None) -> None:
        """A new need of somebody of a household."""
        self.begin_new()
        self.pane.form.put("person_id", Chosen(household, person))

    # ---- steps

    def begin_step(self, learner: UUID, to: str) -> None:
        """Ask for a step: its checks first; a class is chosen, work is told in forms of their own."""
        if not self.desk.may(Permission.EDIT):
            return
        if learner != self.record:
            if not RecordTopic.may_leave(self):
                return
            self.show_id(learner)
        view = self.view
        if view is None:
            return
        self.right.show()
        self.asking.begin_step(view, to)
        self.right.ensureWidgetVisible(self.asking)

    def _on_stage(self, to: str) -> None:
        if self.record is not None:
            self.begin_step(self.record, to)

    def _on_job(self) -> None:
        if self.view is not None:
            self.asking.begin_job(self.view, in_work=True)

    def _on_paper(self, code: str) -> None:
        if self.view is not None:
            self.asking.begin_paper(self.view, code)

    # ---- lists

    def print_decision(self) -> None:
        """The list a decision approves: those chosen whose conditions are met, else all of them."""
        wanted = self._eligible()
        chosen = [self.model.ids[row] for row in self._table.selected()] if self.as_list.isChecked() else []
        some = [one for one in wanted if one in chosen]
        if wanted:
            self.paper_requested.emit(papers.decision_of(self.desk.workspace, some or wanted, self.today))

    def export(self) -> None:
        """The learners as narrowed, as an Excel file."""
        query = replace(self.query, limit=_EVERY)
        papers.ask_excel(self, lambda: self.desk.workspace.read(training_sheets.learner_sheet, query), "nguoi-hoc-nghe")

    def may_leave(self) -> bool:
        """Ask about what is not saved."""
        return super().may_leave()

    # ---- inside

    def _eligible(self) -> list[UUID]:
        wanted = (LearnerState.ELIGIBLE, LearnerState.APPROVED)
        return [row.id for row in self._rows.values() if row.state in wanted]

    def _choices(self, classes: Sequence[CourseView]) -> None:
        read = self.desk.workspace.read
        hamlets = [(one.id, partial(str, one.data.name)) for one in read(offices.hamlets)]
        self.hamlet.set_choices([(None, lambda: _("All hamlets")), *hamlets])
        named = [(one.id, partial(str, one.data.code)) for one in classes]
        self.course.set_choices([(None, lambda: _("All classes")), *named])
        for box in (self.hamlet, self.course):
            if box.currentIndex() < 0:
                box.setCurrentIndex(0)

    def _on_view(self) -> None:
        self.refresh()

    def _on_card(self, learner: UUID) -> None:
        if not self.right.isHidden() and learner != self.record and RecordTopic.may_leave(self):
            self._table.go(self.model.place_of(learner))

    def _show_state(self, state: str) -> None:
        self.state.set_value(state)
        self.as_list.setChecked(True)
        self.refresh()

    def _on_step(self) -> None:
        self.asking.close_all()
        if self.record is not None:
            record = self.record
            self.refresh()
            self.show_id(record)
            self.board.go(record)
        self.said.emit(Notice(_("Saved."), "ok"))

    def _open_household(self) -> None:
        if self.view is not None:
            self.place_requested.emit(Place("households", self.view.data.household_id))

    def _open_course(self) -> None:
        if self.view is not None and self.view.course_id is not None:
            self.place_requested.emit(Place("training", self.view.course_id, "classes"))


def _card(row: LearnerRow, today: date) -> BoardCard:
    soon = row.due_on is not None and row.due_on <= today + timedelta(_SOON_DAYS)
    return BoardCard(
        row.id,
        str(row.state),
        row.person,
        " · ".join(filter(None, (row.code, row.hamlet))),
        " · ".join(filter(None, (row.trade, row.course))),
        due_words(row) or format_date(row.state_on),
        "poor" if row.overdue else "near" if soon else "",
    )
