"""The fields of case work: opening and closing, the plan, referrals and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from casemgr.domain.casework import ANSWER_LABELS, GOAL_LABELS, ActionData, GoalData, GoalStatus
from casemgr.i18n import N_, _
from ui.editors import ChoiceEditor, DayEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field
from ui.grid_editor import GridColumn, GridEditor, Kind

if TYPE_CHECKING:
    from casemgr.services.case_files import OfficerView
    from casemgr.services.households import HouseholdView

AHEAD: Final = 3650


def opening_fields(officers: Sequence[OfficerView], *, again: bool) -> tuple[Field, ...]:
    """A case that begins."""
    return (
        Field("on", N_("&Opened on"), DayEditor, required=True),
        officer_field(officers),
        Field("reason", N_("&Reason"), LineEditor, required=again, wide=True),
    )


def closing_fields() -> tuple[Field, ...]:
    """A case that ends."""
    return (
        Field("on", N_("&Closed on"), DayEditor, required=True),
        Field("reason", N_("&Reason"), LineEditor, required=True, wide=True),
    )


def officer_field(officers: Sequence[OfficerView]) -> Field:
    """Who keeps it."""
    choices = [(one.id, partial(str, one.name)) for one in officers]
    return Field("officer_id", N_("&Officer"), lambda: ChoiceEditor(choices), required=True)


def agreement_fields() -> tuple[Field, ...]:
    """The household agrees."""
    return (Field("on", N_("&Agreed on"), DayEditor, required=True),)


def action_fields() -> tuple[Field, ...]:
    """An action that was done."""
    return (
        Field("on", N_("&Done on"), DayEditor, required=True),
        Field("result", N_("What &came of it"), LineEditor, wide=True),
    )


def goal_fields() -> tuple[Field, ...]:
    """What became of a goal."""
    return (Field("status", N_("The &goal is"), lambda: ChoiceEditor(labelled(GOAL_LABELS)), required=True),)


def referral_fields(view: HouseholdView) -> tuple[Field, ...]:
    """Somebody else is asked for help."""
    people = [(member.person_id, partial(str, member.person.full_name)) for member in view.members]
    return (
        Field("to_office", N_("&To"), LineEditor, N_("E.g. the health station, the school, the bank"), required=True),
        Field("person_id", N_("&For"), lambda: ChoiceEditor(people, nothing=lambda: _("The whole household"))),
        Field("subject", N_("&About"), LineEditor, required=True, wide=True),
        Field("sent_on", N_("&Sent on"), DayEditor, required=True),
        Field("due_on", N_("Answer &by"), lambda: DayEditor(ahead=AHEAD)),
        Field("note", N_("Not&e"), lambda: NotesEditor(lines=2), wide=True),
    )


def answer_fields() -> tuple[Field, ...]:
    """What the other office answered."""
    return (
        Field("on", N_("&Answered on"), DayEditor, required=True),
        Field("outcome", N_("They"), lambda: ChoiceEditor(labelled(ANSWER_LABELS)), required=True),
        Field("answer", N_("In their &words"), LineEditor, N_("A refusal says why"), wide=True),
    )


@dataclass(frozen=True)
class GridLine:
    """One action as it is typed; an empty goal means the goal of the line above."""

    goal: str
    action: str
    owner: str
    officer_id: UUID | None
    due_on: date | None


def plan_fields(officers: Sequence[OfficerView]) -> tuple[Field, ...]:
    """The plan as a grid: a goal, and its actions line by line."""
    names = {one.id: one.name for one in officers}
    columns = (
        GridColumn("goal", N_("Goal"), 210, help=N_("Empty: the goal of the line above")),
        GridColumn("action", N_("Action"), 260),
        GridColumn(
            "owner", N_("Who does it"), 150, help=N_("Somebody of the household or another office; empty: the officer")
        ),
        GridColumn("officer_id", N_("Officer"), 140, Kind.CHOICE, names),
        GridColumn("due_on", N_("Due"), 100, Kind.DAY),
    )

    def make(values: Mapping[str, Any]) -> GridLine:
        return GridLine(**values)

    def editor() -> GridEditor[GridLine]:
        return GridEditor(columns, make, vars, name="planGrid", title=lambda: _("Goals and actions"))

    return (
        Field("lines", N_("Goals and actions"), editor, required=True, wide=True, bare=True),
        Field("summary", N_("&Summary"), lambda: NotesEditor(lines=2), wide=True),
    )


def grid_lines(goals: Sequence[GoalData]) -> tuple[GridLine, ...]:
    """A plan as it is typed."""
    lines = []
    for goal in goals:
        actions = goal.actions or (ActionData(""),)
        for place, one in enumerate(actions):
            lines.append(GridLine("" if place else goal.text, one.text, one.owner, one.officer_id, one.due_on))
    return tuple(lines)


def goals_of(lines: Sequence[GridLine], before: Sequence[GoalData]) -> list[GoalData]:
    """What was typed as a plan; a goal or action that stood there keeps its day, its state and its result."""
    goals: list[tuple[str, list[ActionData]]] = []
    for line in lines:
        if line.goal or not goals:
            goals.append((line.goal, []))
        if line.action:
            goals[-1][1].append(ActionData(line.action, line.owner, line.officer_id, line.due_on))
    known = {goal.text: goal for goal in before}
    made = []
    for text, actions in goals:
        old = known.get(text)
        done = {one.text: one for one in old.actions if one.done_on is not None} if old is not None else {}
        kept = tuple(
            ActionData(one.text, one.owner, one.officer_id, one.due_on, done[one.text].done_on, done[one.text].result)
            if one.text in done
            else one
            for one in actions
        )
        status = old.status if old is not None else GoalStatus.OPEN
        made.append(
            GoalData(text, old.dimension if old else "", old.due_on if old else None, status=status, actions=kept)
        )
    return made
