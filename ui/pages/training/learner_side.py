"""What stands beside one learner: the stage with the next step, the entitlement and why, work found, papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Limit
from casemgr.domain.training import DROP_LABELS, LEARNER_MACHINE, LearnerState
from casemgr.i18n import _, format_date, format_money
from casemgr.services import learner_steps, state_steps
from casemgr.services.learner_steps import JobView
from casemgr.services.training_papers import CONFIRMATION, INTRODUCTION, REQUEST
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.training.columns import JOBS, class_words
from ui.pages.training.papers import NAMES
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.chips import FlowLayout
from ui.widgets.fit_table import FitTable
from ui.widgets.stage_line import StageLine
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from datetime import date

    from casemgr.services.entitlements import Entitlement
    from casemgr.services.learners import LearnerView
    from ui.desk import Desk

AFTER: Final = (LearnerState.FINISHED, LearnerState.CERTIFIED, LearnerState.IN_WORK, LearnerState.NO_WORK)
_PAPERS: Final = (REQUEST, CONFIRMATION, INTRODUCTION)


def entitlement_lines(told: Entitlement | None) -> list[Line]:
    """Whether training is supported for the person, why, how much, by which article."""
    if told is None:
        return [Line(_("No rule of today speaks of training for this person."), "info")]
    title = f"{told.rule_title}: " if told.rule_title else ""
    reason = "; ".join(told.reason)
    law = f" ({told.citation})" if told.citation else ""
    uncertain = " " + _("The rule is not certain: check it.") if told.certainty != "V" else ""
    if told.result is True:
        sum_words = ""
        if told.amount:
            words = _("tuition up to {amount}") if told.limit is Limit.AT_MOST else _("tuition {amount}")
            sum_words = "; " + words.format(amount=format_money(told.amount))
        return [Line(_("Supported: {reason}").format(reason=f"{title}{reason}{sum_words}{law}{uncertain}"), "ok")]
    if told.result is False:
        return [Line(_("Not supported: {reason}").format(reason=f"{title}{reason}{law}{uncertain}"), "poor")]
    missing = "; ".join(told.missing)
    words = _("Cannot be said yet; missing: {facts}") if missing else _("Cannot be said yet: {facts}")
    return [Line(words.format(facts=f"{missing or reason}{law}{uncertain}"), "near")]


class StageCard(Card):
    """Where a learner stands, the next step as one button, the others in a menu."""

    step_requested = Signal(str)
    paper_requested = Signal(str)
    household_requested = Signal()
    course_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("Where the learner stands"), margin=10)
        self.setObjectName("learnerStageCard")
        self._desk = desk
        self._view: LearnerView | None = None
        self.who, self.facts = QLabel(), QLabel()
        self.who.setObjectName("learnerWhoLine")
        self.who.setProperty("class", "strong")
        self.facts.setObjectName("learnerFacts")
        self.facts.setProperty("class", "soft")
        for label in (self.who, self.facts):
            label.setWordWrap(True)
        self.line = StageLine(LEARNER_MACHINE, name="learnerStage")
        self.told = Told("learnerEntitled")
        self.next, self.other, self.papers, self.home, self.course = (QPushButton() for _place in range(5))
        verbs = QWidget()
        row = FlowLayout(verbs)
        spaced(row)
        for button, name, picture, words in (
            (self.next, "learnerNext", "arrow-right", self._next_words),
            (self.other, "learnerOther", "dots-three", lambda: _("Other step…")),
            (self.papers, "learnerPapers", "printer", lambda: _("Papers…")),
            (self.course, "learnerCourse", "chalkboard-teacher", lambda: _("Open the class")),
            (self.home, "learnerHome", "house-line", lambda: _("Open the household")),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture, "on" if button is self.next else "soft"))
            for say in (button.setText, button.setAccessibleName):
                Says(button, say, words)
            row.addWidget(button)
        self.next.setProperty("class", "primary")
        self.next.clicked.connect(self._on_next)
        self.other.clicked.connect(lambda: self.menu().popup(self.other.mapToGlobal(self.other.rect().bottomLeft())))
        self.papers.clicked.connect(
            lambda: self.paper_menu().popup(self.papers.mapToGlobal(self.papers.rect().bottomLeft()))
        )
        self.home.clicked.connect(self.household_requested)
        self.course.clicked.connect(self.course_requested)
        for item in (self.who, self.facts, self.line, self.told, verbs):
            self.add(item)

    def show_learner(self, view: LearnerView) -> None:
        """Show where somebody stands."""
        self._view = view
        steps = self._desk.workspace.read(state_steps.of, view.id)
        self.line.show_state(view.state, {step.data.to for step in steps})
        self.who.setText(" · ".join(filter(None, (view.person, view.code, view.hamlet, class_words(view.class_value)))))
        self.facts.setText("\n".join(self._facts(view, steps)))
        self.told.show_lines(entitlement_lines(view.entitled))
        expected = LEARNER_MACHINE.expected(view.state)
        may = self._desk.may(Permission.EDIT)
        self.next.setVisible(expected is not None)
        self.next.setText(self._next_words())
        self.next.setAccessibleName(self._next_words())
        self.next.setEnabled(may)
        self.other.setEnabled(may and len(LEARNER_MACHINE.moves_from(view.state)) > 1)
        self.course.setVisible(view.course_id is not None)

    def menu(self) -> QMenu:
        """The steps that are not the expected one."""
        made = QMenu(self)
        made.setObjectName("learnerSteps")
        if self._view is not None:
            expected = LEARNER_MACHINE.expected(self._view.state)
            for move in LEARNER_MACHINE.moves_from(self._view.state):
                if move is not expected:
                    words = _("Back to: {state}") if move.back else _("Move to: {state}")
                    if move.to == LearnerState.DROPPED:
                        words = "{state}"
                    action = made.addAction(words.format(state=LEARNER_MACHINE.label(move.to)))
                    action.triggered.connect(lambda _on=False, to=str(move.to): self.step_requested.emit(to))
        made.aboutToHide.connect(made.deleteLater)
        return made

    def paper_menu(self) -> QMenu:
        """The papers of a learner."""
        made = QMenu(self)
        made.setObjectName("learnerPaperMenu")
        for code in _PAPERS:
            action = made.addAction(_(NAMES[code]))
            action.setEnabled(code == REQUEST or (self._view is not None and self._view.state in AFTER))
            action.triggered.connect(lambda _on=False, code=code: self.paper_requested.emit(code))
        made.aboutToHide.connect(made.deleteLater)
        return made

    def _facts(self, view: LearnerView, steps: Sequence[state_steps.StepView]) -> list[str]:
        lines = []
        if view.course:
            lines.append(_("Class: {course}").format(course=view.course))
        if view.decision_number:
            day = f" · {format_date(view.decision_on)}" if view.decision_on else ""
            lines.append(_("Approved by {number}").format(number=f"{view.decision_number}{day}"))
        if view.state is LearnerState.DROPPED:
            kind = next((step.data.detail.get("drop", "") for step in reversed(steps)), "")
            words = _(DROP_LABELS[kind]) if kind in DROP_LABELS else ""
            lines.append(_("Dropped out: {reason}").format(reason=" · ".join(filter(None, (words, view.drop_reason)))))
        if view.data.certificate_number:
            lines.append(_("Training certificate {number}").format(number=view.data.certificate_number))
        if view.due_on is not None:
            lines.append(_("Next due on {date}").format(date=format_date(view.due_on)))
        return lines

    def _next_words(self) -> str:
        expected = LEARNER_MACHINE.expected(self._view.state) if self._view else None
        return _("Next step: {state}").format(state=LEARNER_MACHINE.label(expected.to)) if expected else ""

    def _on_next(self) -> None:
        expected = LEARNER_MACHINE.expected(self._view.state) if self._view else None
        if expected is not None:
            self.step_requested.emit(str(expected.to))


class JobsCard(Card):
    """Work found and the follow-ups."""

    new_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("Work after training"), margin=10)
        self.setObjectName("learnerJobsCard")
        self._desk = desk
        self._rows: Sequence[JobView] = ()
        self.model: RowsModel[int, JobView] = RowsModel(JOBS, lambda ids: [self._rows[one] for one in ids])
        self.table = FitTable(self.model, name="learnerJobs", most=5)
        Says(self.table, self.table.setAccessibleName, lambda: _("Work after training"))
        self.new = QPushButton()
        self.new.setObjectName("learnerJobNew")
        self.new.setProperty("class", "flat")
        self.new.setIcon(icon("plus"))
        for say in (self.new.setText, self.new.setAccessibleName):
            Says(self.new, say, lambda: _("Record work…"))
        self.new.clicked.connect(self.new_requested)
        self.head.addWidget(self.new)
        self.add(self.table)

    def show_learner(self, view: LearnerView) -> None:
        """Show the follow-ups, where there may be some."""
        self._rows = self._desk.workspace.read(learner_steps.jobs, view.id)
        self.model.set_ids(range(len(self._rows)))
        self.table.setVisible(bool(self._rows))
        self.new.setEnabled(self._desk.may(Permission.EDIT))
        self.setVisible(view.state in AFTER or bool(self._rows))


def job_values(month: int, today: date, *, in_work: bool) -> dict[str, object]:
    """What the form of work starts from."""
    blank: dict[str, object] = dict.fromkeys(("employer", "contract", "reason", "note"), "")
    return {**blank, "on": today, "month": month, "in_work": in_work, "same_trade": None, "started_on": None, "wage": 0}
