"""Learners: a board by state or a list, narrowed by hamlet, state, class and due day; one learner at the side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.domain.training import LEARNER_MACHINE, LearnerState, NeedContent
from casemgr.i18n import _, format_date, format_number, ngettext
from casemgr.services import courses, households, learner_steps, learners, offices, training_papers, training_sheets
from casemgr.services.courses import CourseView
from casemgr.services.learner_steps import JobData
from casemgr.services.learners import LearnerData, LearnerQuery, LearnerRow, LearnerView
from casemgr.services.training_papers import REQUEST
from ui.icons import icon
from ui.pages.training import papers
from ui.pages.training.columns import LEARNERS, due_words, month_words
from ui.pages.training.fields import MORE, NEED, PURPOSE, SEND, job_fields, learner_fields, place_fields
from ui.pages.training.learner_side import JobsCard, StageCard, job_values
from ui.places import Place
from ui.record_topic import Kind, RecordTopic
from ui.step_form import StepForm
from ui.theme import spaced
from ui.translation import Says
from ui.verb_card import VerbCard
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
_FORM: Final = 420
"""Natural height at which most fields of a learner are seen."""
_LIST_LIMIT: Final = 500
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
        self._filters()
        self.as_list, self.excel, self.decision = QPushButton(), QPushButton(), QPushButton()
        self._tools()
        self.board = Board(LEARNER_MACHINE, name="learnerBoard")
        self.board.opened.connect(self.show_id)
        self.board.current_changed.connect(self._on_card)
        self.board.move_requested.connect(self.begin_step)
        self.board.more_requested.connect(self._show_state)
        self.stack.addWidget(self.board)
        self.stage, self.jobs = StageCard(desk), JobsCard(desk)
        self.step = StepForm(name="learnerStep")
        self.verbs = QWidget()
        self._verb: VerbCard | None = None
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
        left = self.stack.parentWidget()
        layout = left.layout() if left is not None else None
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, line)

    def _tools(self) -> None:
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
            self.top.addWidget(button)
        self.as_list.setCheckable(True)
        self.excel.setEnabled(self.desk.may(Permission.EXPORT))

    def _build_side(self) -> None:
        self.stage.step_requested.connect(self._on_stage)
        self.stage.paper_requested.connect(self.begin_paper)
        self.stage.household_requested.connect(self._open_household)
        self.stage.course_requested.connect(self._open_course)
        self.jobs.new_requested.connect(lambda: self.begin_job(in_work=True))
        self.step.done.connect(self._on_step)
        self.step.closed.connect(self._close_asking)
        self.step.conflicted.connect(lambda error: self.said.emit(Notice(str(error), "near")))
        self.step.hide()
        column = QVBoxLayout(self.verbs)
        spaced(column)
        self.extra.setStretch(0, 0)
        self.pane.setMinimumHeight(self._form_height())
        for place, widget in enumerate((self.stage, self.step, self.verbs, self.jobs)):
            self.extra.insertWidget(place, widget)
        self.stage.hide()
        self.jobs.hide()

    def _form_height(self) -> int:
        return max(
            self.pane.sizeHint().height(), self.pane.form.sizeHint().height() + self.pane.bar.sizeHint().height()
        )

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
            limit=_LIST_LIMIT if state else LearnerQuery().limit,
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
        values["advised_on"] = date.fromisoformat(data.need.advised_on) if data.need.advised_on else None
        return self.view.version, values

    def blank(self) -> Mapping[str, Any]:
        """A new need."""
        self.view = None
        values: dict[str, Any] = {one.name: one.default for one in fields_of(NeedContent)}
        for one in fields_of(LearnerData):
            values[one.name] = "" if one.type == "str" else () if one.name == "groups" else None
        return {**values, "advised_on": None, "trade": "", "result": "", "note": ""}

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
            self._close_asking()

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
        self._close_asking()
        self.right.show()
        if to == LearnerState.PLACED:
            self._begin_place(view)
        elif to in _OUTCOMES:
            self.begin_job(in_work=to == LearnerState.IN_WORK)
        else:
            self.step.begin(
                LEARNER_MACHINE,
                view.state,
                to,
                whom=f"{view.person} · {view.code}",
                on=self.today,
                check=lambda data: self.desk.workspace.read(learner_steps.check, view.id, data),
                submit=lambda data: self.desk.write(learner_steps.move_on, view.id, view.version, data),
                more=MORE.get(to, ()),
            )
            self.right.ensureWidgetVisible(self.step)

    def begin_job(self, *, in_work: bool) -> None:
        """Ask about work."""
        view = self.view
        if view is None or not self.desk.may(Permission.EDIT):
            return
        month = self.desk.workspace.read(learner_steps.next_month, view.id)
        months = self.desk.workspace.read(learner_steps.follow_up_months, view.ended_on or self.today)
        card = VerbCard(
            lambda: _("Work of {name}").format(name=view.person),
            lambda: _("Record"),
            job_fields({each: month_words(each) for each in (0, *months)}),
            lambda typed: self.desk.write(learner_steps.record_job, view.id, view.version, _job(typed)),
            name="learnerJob",
            columns=2,
        )
        self._ask(card, job_values(month, self.today, in_work=in_work))

    def _on_stage(self, to: str) -> None:
        if self.record is not None:
            self.begin_step(self.record, to)

    def _begin_place(self, view: LearnerView) -> None:
        choices = [one for one in self.desk.workspace.read(courses.courses) if one.closed_on is None]

        def place(typed: Mapping[str, Any]) -> Job:
            return self.desk.write(learner_steps.place, typed["course"], [view.id], on=typed["on"])

        card = VerbCard(
            lambda: _("Place {name} in a class").format(name=view.person),
            lambda: _("Place"),
            place_fields(choices),
            place,
            name="learnerPlace",
        )
        fitting = [one.id for one in choices if one.data.trade == view.data.trade]
        self._ask(card, {"course": fitting[0] if fitting else None, "on": self.today})

    def begin_paper(self, code: str) -> None:
        """Draw a paper; those with a number ask what for first."""
        view = self.view
        if view is None:
            return
        if code == REQUEST:
            self.paper_requested.emit(papers.paper_of(self.desk.workspace, code, view.id, self.today))
            return
        asked = PURPOSE if code == training_papers.CONFIRMATION else SEND

        def submit(typed: Mapping[str, Any]) -> Job:
            from casemgr.reports.office_papers import render_paper

            job = self.desk.write(
                training_papers.issue, code, view.id, on=self.today, render=render_paper, **dict(typed)
            )
            job.succeeded.connect(lambda paper: self.paper_requested.emit(papers.issued(paper, code)))
            return job

        card = VerbCard(lambda: _(papers.NAMES[code]), lambda: _("Issue"), asked, submit, name="learnerPaper")
        look = QPushButton()
        look.setObjectName("learnerPaperLook")
        for say in (look.setText, look.setAccessibleName):
            Says(look, say, lambda: _("Look first"))
        look.clicked.connect(
            lambda: self.paper_requested.emit(
                papers.paper_of(self.desk.workspace, code, view.id, self.today, **card.form.values())
            )
        )
        card.head.addWidget(look)
        card.go.setEnabled(self.desk.may(Permission.ISSUE))
        self._ask(card, {**dict.fromkeys((one.name for one in asked), ""), "valid": None})

    def _ask(self, card: VerbCard, values: Mapping[str, object]) -> None:
        self._close_asking()
        self._verb = card
        layout = self.verbs.layout()
        if layout is not None:
            layout.addWidget(card)
        card.done.connect(lambda: self._on_step(None))
        card.closed.connect(self._close_asking)
        self.right.show()
        card.begin(values)
        self.right.ensureWidgetVisible(card)

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
        query = self.query
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
        if self._rows:
            self.stack.setCurrentWidget(self._table if self.as_list.isChecked() else self.board)

    def _on_card(self, learner: UUID) -> None:
        if not self.right.isHidden() and learner != self.record and RecordTopic.may_leave(self):
            self._table.go(self.model.place_of(learner))

    def _show_state(self, state: str) -> None:
        self.state.set_value(state)
        self.as_list.setChecked(True)
        self.refresh()

    def _on_step(self, _result: object) -> None:
        self._close_asking()
        if self.record is not None:
            record = self.record
            self.refresh()
            self.show_id(record)
            self.board.go(record)
        self.said.emit(Notice(_("Saved."), "ok"))

    def _close_asking(self) -> None:
        self.step.hide()
        if self._verb is not None:
            self._verb.hide()
            self._verb.deleteLater()
            self._verb = None

    def _open_household(self) -> None:
        if self.view is not None:
            self.place_requested.emit(Place("households", self.view.data.household_id))

    def _open_course(self) -> None:
        if self.view is not None and self.view.course_id is not None:
            self.place_requested.emit(Place("training", self.view.course_id, "classes"))


def _job(typed: Mapping[str, Any]) -> JobData:
    return JobData(**{**typed, "month": typed["month"] or 0, "in_work": bool(typed["in_work"])})


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
