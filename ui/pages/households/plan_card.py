"""The plan of a case: goals and actions, who does what by when and what is done, in versions that all stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from casemgr.domain.casework import GOAL_LABELS, PLAN_LABELS, GoalStatus, PlanStatus
from casemgr.i18n import N_, _, format_date
from ui.models.rows import Column, RowsModel
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.fit_table import FitTable, flat_button

if TYPE_CHECKING:
    from casemgr.services.case_plans import ActionView, GoalView, PlanView

_MOST: Final = 10


@dataclass(frozen=True)
class PlanLine:
    """An action under its goal; a goal without actions has one line of its own."""

    goal: GoalView
    action: ActionView | None
    first: bool
    today: date
    officers: dict[object, str]


def _goal(line: PlanLine) -> str:
    if not line.first:
        return ""
    data = line.goal.data
    if data.status is GoalStatus.OPEN:
        return data.text
    return _("{goal} ({state})").format(goal=data.text, state=_(GOAL_LABELS[data.status]).lower())


def _who(line: PlanLine) -> str:
    if line.action is None:
        return ""
    return line.action.data.owner or line.officers.get(line.action.data.officer_id, "")


def _due(line: PlanLine) -> str:
    due = line.action.data.due_on if line.action is not None else line.goal.data.due_on
    return format_date(due) if due is not None else ""


def _late(line: PlanLine) -> bool:
    action = line.action
    return action is not None and action.data.done_on is None and (action.data.due_on or line.today) < line.today


def _done(line: PlanLine) -> str:
    if line.action is None:
        return ""
    data = line.action.data
    if data.done_on is None:
        return _("overdue") if _late(line) else ""
    day = format_date(data.done_on)
    return _("{day}: {result}").format(day=day, result=data.result) if data.result else day


_COLUMNS: Final = (
    Column["PlanLine"]("goal", N_("Goal"), _goal, 230, hint=lambda line: line.goal.data.text),
    Column["PlanLine"]("action", N_("Action"), lambda line: line.action.data.text if line.action else "", 260),
    Column["PlanLine"]("who", N_("Who does it"), _who, 132),
    Column["PlanLine"]("due", N_("Due"), _due, 98, code=True),
    Column["PlanLine"](
        "done", N_("Done"), _done, 150, tone=lambda line: "poor" if _late(line) else "ok", hint=lambda line: _done(line)
    ),
)


class PlanCard(Card):
    """Space marks the current action as done."""

    write_requested = Signal()
    agree_requested = Signal()
    done_requested = Signal(object)
    """The action (ActionView)."""
    judge_requested = Signal(object)
    """The goal (GoalView)."""

    def __init__(self) -> None:
        super().__init__(lambda: _("Plan with the household"), margin=10)
        self.setObjectName("planCard")
        self._plans: Sequence[PlanView] = ()
        self._rows: Sequence[PlanLine] = ()
        self._officers: dict[object, str] = {}
        self._today = date.min
        self._may = False
        self.versions: ChoiceBox[int] = ChoiceBox()
        self.versions.setObjectName("planVersions")
        self.versions.setMinimumContentsLength(20)
        self.versions.chosen.connect(self._show)
        Says(self.versions, self.versions.setAccessibleName, lambda: _("Version of the plan"))
        self.head.addWidget(self.versions)
        self.write, self.agree = flat_button("planWrite", "pencil-simple"), flat_button("planAgree", "handshake")
        self.done, self.judge = flat_button("planDone", "check"), flat_button("planJudge", "target")
        for button, words, act in (
            (self.done, lambda: _("Done…"), self._on_done),
            (self.judge, lambda: _("Judge the goal…"), self._on_judge),
            (self.agree, lambda: _("Household agrees…"), self.agree_requested.emit),
            (self.write, self._write_words, self.write_requested.emit),
        ):
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self.head.addWidget(button)
        self.model: RowsModel[int, PlanLine] = RowsModel(_COLUMNS, lambda numbers: [self._rows[n] for n in numbers])
        self.table = FitTable(self.model, name="planTable", most=_MOST)
        self.table.opened.connect(lambda _row: self._on_done())
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.installEventFilter(self)
        Says(self.table, self.table.setAccessibleName, lambda: _("Plan with the household"))
        self.summary = QLabel()
        self.summary.setObjectName("planSummary")
        self.summary.setProperty("class", "soft")
        self.summary.setWordWrap(True)
        Says(self.summary, self.summary.setText, self._summary_words)
        self.add(self.summary)
        self.add(self.table)
        self.show_plans((), {}, date.min)

    @property
    def newest(self) -> PlanView | None:
        """The newest version, if there is a plan."""
        return self._plans[0] if self._plans else None

    @property
    def shown(self) -> PlanView | None:
        """The version on show."""
        wanted = self.versions.value()
        return next((plan for plan in self._plans if plan.number == wanted), self.newest)

    def current(self) -> PlanLine | None:
        """The line one is on."""
        row = self.table.current()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def show_plans(self, plans: Sequence[PlanView], officers: dict[object, str], today: date) -> None:
        """Show the newest version; the others can be chosen."""
        self._plans, self._officers, self._today = plans, officers, today
        self.versions.set_choices([(plan.number, partial(_version_words, plan)) for plan in plans])
        self.versions.set_value(plans[0].number if plans else None)
        self.versions.setVisible(len(plans) > 1)
        self.write.setText(self._write_words())
        self.write.setAccessibleName(self._write_words())
        self._show()

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        self._may = may
        self._enable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space in the table does what the button does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self._on_done()
            return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        plan, place = self.shown, self.table.current()
        self._rows = _lines(plan, self._today, self._officers) if plan is not None else ()
        self.model.set_ids(range(len(self._rows)))
        self.table.go(min(max(0, place), len(self._rows) - 1))
        self.table.setVisible(bool(self._rows))
        self.summary.setText(self._summary_words())
        self._enable()

    def _enable(self) -> None:
        plan, line = self.shown, self.current()
        present = plan is not None and plan is self.newest
        for button in (self.done, self.judge):
            button.setVisible(bool(self._rows))
        self.done.setEnabled(
            self._may and present and line is not None and line.action is not None and line.action.data.done_on is None
        )
        self.judge.setEnabled(self._may and present and line is not None)
        self.agree.setVisible(present and plan is not None and plan.status is PlanStatus.DRAFT)
        self.agree.setEnabled(self._may)
        self.write.setEnabled(self._may)

    def _on_done(self) -> None:
        line = self.current()
        if line is not None and line.action is not None and self.done.isEnabled():
            self.done_requested.emit(line.action)

    def _on_judge(self) -> None:
        line = self.current()
        if line is not None:
            self.judge_requested.emit(line.goal)

    def _write_words(self) -> str:
        plan = self.newest
        if plan is None:
            return _("Write a plan…")
        return _("Go on writing…") if plan.status is PlanStatus.DRAFT else _("New plan…")

    def _summary_words(self) -> str:
        plan = self.shown
        if plan is None:
            return _("No plan was made with this household yet.")
        finished, all_of_them = plan.done
        counted = _("{done} of {all} actions done").format(done=finished, all=all_of_them)
        return " · ".join(filter(None, (_version_words(plan), counted, plan.summary)))


def _version_words(plan: PlanView) -> str:
    words = _("Plan {number}: {status}").format(number=plan.number, status=_(PLAN_LABELS[plan.status]).lower())
    return f"{words}, {format_date(plan.agreed_on)}" if plan.agreed_on is not None else words


def _lines(plan: PlanView, today: date, officers: dict[object, str]) -> list[PlanLine]:
    lines = []
    for goal in plan.goals:
        actions: Sequence[ActionView | None] = goal.actions or (None,)
        lines += [PlanLine(goal, action, place == 0, today, officers) for place, action in enumerate(actions)]
    return lines
