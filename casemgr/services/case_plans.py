"""The plan of a case: goals and actions agreed with the household, in versions that all stay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.casework import ActionData, GoalData, GoalStatus, PlanStatus
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import CaseAction, CaseGoal, CasePlan, Household
from casemgr.persistence.uow import UnitOfWork


@dataclass(frozen=True)
class ActionView:
    """An action on record."""

    id: UUID
    version: int
    data: ActionData


@dataclass(frozen=True)
class GoalView:
    """A goal on record."""

    id: UUID
    version: int
    data: GoalData
    actions: tuple[ActionView, ...]


@dataclass(frozen=True)
class PlanView:
    """One version of the plan."""

    id: UUID
    version: int
    number: int
    status: PlanStatus
    agreed_on: date | None
    summary: str
    goals: tuple[GoalView, ...]

    @property
    def done(self) -> tuple[int, int]:
        """How many actions are done, and how many there are."""
        actions = [action for goal in self.goals for action in goal.actions]
        return sum(action.data.done_on is not None for action in actions), len(actions)


def plans(uow: UnitOfWork, household_id: UUID) -> list[PlanView]:
    """Every version, the newest first."""
    uow.require(Permission.READ)
    found = list(
        uow.session.scalars(
            select(CasePlan).where(CasePlan.household_id == household_id).order_by(CasePlan.number.desc())
        )
    )
    goals = _goals(uow, [plan.id for plan in found])
    return [
        PlanView(
            id=plan.id,
            version=plan.version,
            number=plan.number,
            status=PlanStatus(plan.status),
            agreed_on=plan.agreed_on,
            summary=plan.summary,
            goals=goals.get(plan.id, ()),
        )
        for plan in found
    ]


def write(
    uow: UnitOfWork,
    household_id: UUID,
    goals: Sequence[GoalData],
    *,
    summary: str = "",
    plan_id: UUID | None = None,
    version: int = 0,
) -> UUID:
    """Write the plan: a draft is written over; what was agreed stays and the next version begins as a draft.

    Actions that were done keep their day and result when the next version takes them over.
    """
    uow.require(Permission.EDIT)
    problems = _problems(uow, goals)
    if problems:
        raise ValidationError(problems)
    home = uow.record(Household, household_id)
    record = uow.record(CasePlan, plan_id, version) if plan_id else None
    if record is not None and record.status == PlanStatus.REPLACED:
        raise ConflictError(_("A later plan replaced this one."))
    if record is None or record.status == PlanStatus.AGREED:
        known = plans(uow, household_id)
        if known and known[0].status is PlanStatus.DRAFT:
            raise ConflictError(_("A plan is being written already: go on with that one."))
        record = CasePlan(
            household_id=household_id,
            number=known[0].number + 1 if known else 1,
            status=PlanStatus.DRAFT.value,
            agreed_on=None,
            summary=clean(summary),
        )
        uow.add(record)
    else:
        record.summary = clean(summary)
        _clear(uow, record.id)
    _fill(uow, record, goals)
    uow.name_step("case.plan", home)
    uow.session.flush()
    return record.id


def agree(uow: UnitOfWork, plan_id: UUID, version: int, *, on: date) -> None:
    """The household agrees: the draft is in force and replaces the plan before."""
    uow.require(Permission.EDIT)
    record = uow.record(CasePlan, plan_id, version)
    if record.status != PlanStatus.DRAFT:
        raise ConflictError(_("This plan was agreed already."))
    if on > uow.today:
        raise ValidationError([Problem("on", _("The date lies in the future."))])
    statement = select(CasePlan).where(
        CasePlan.household_id == record.household_id, CasePlan.status == PlanStatus.AGREED.value
    )
    for before in uow.session.scalars(statement):
        before.status = PlanStatus.REPLACED.value
        _settle_open(uow, before.id, record.number)
    record.status, record.agreed_on = PlanStatus.AGREED.value, on
    uow.name_step("case.agree", uow.record(Household, record.household_id))


def done(uow: UnitOfWork, action_id: UUID, version: int | None = None, *, on: date, result: str = "") -> None:
    """An action was done; when it was the last of its goal somebody still judges whether the goal is reached."""
    uow.require(Permission.EDIT)
    record = uow.record(CaseAction, action_id, version)
    if record.done_on is not None:
        raise ConflictError(_("This was done already."))
    if on > uow.today:
        raise ValidationError([Problem("on", _("The date lies in the future."))])
    record.done_on, record.result = on, clean(result)
    uow.name_step("case.action", uow.record(Household, record.household_id))


def judge(uow: UnitOfWork, goal_id: UUID, version: int, status: GoalStatus) -> None:
    """Whether a goal is reached, given up, or worked on again."""
    uow.require(Permission.EDIT)
    record = uow.record(CaseGoal, goal_id, version)
    record.status = status.value
    plan = uow.record(CasePlan, record.plan_id)
    uow.name_step("case.action", uow.record(Household, plan.household_id))


def next_version(plan: PlanView) -> tuple[GoalData, ...]:
    """What the next version begins with: the goals still worked on, with actions not done yet."""
    return tuple(
        replace(goal.data, actions=tuple(one.data for one in goal.actions if one.data.done_on is None))
        for goal in plan.goals
        if goal.data.status is GoalStatus.OPEN
    )


def _fill(uow: UnitOfWork, plan: CasePlan, goals: Sequence[GoalData]) -> None:
    for place, goal in enumerate(goals):
        made = CaseGoal(
            plan_id=plan.id,
            position=place,
            text=clean(goal.text),
            dimension=goal.dimension,
            due_on=goal.due_on,
            status=goal.status.value,
        )
        uow.add(made)
        for at, action in enumerate(goal.actions):
            uow.add(
                CaseAction(
                    goal_id=made.id,
                    household_id=plan.household_id,
                    position=at,
                    text=clean(action.text),
                    owner=clean(action.owner),
                    officer_id=action.officer_id or (None if clean(action.owner) else uow.actor.user_id),
                    due_on=action.due_on,
                    done_on=action.done_on,
                    result=clean(action.result),
                )
            )


def _clear(uow: UnitOfWork, plan_id: UUID) -> None:
    for goal in uow.session.scalars(select(CaseGoal).where(CaseGoal.plan_id == plan_id)):
        for action in uow.session.scalars(select(CaseAction).where(CaseAction.goal_id == goal.id)):
            uow.session.delete(action)
        uow.session.flush()
        uow.session.delete(goal)


def _settle_open(uow: UnitOfWork, plan_id: UUID, number: int) -> None:
    """What was still open of a replaced plan goes on in the next one, or was left out on purpose."""
    statement = (
        select(CaseAction)
        .join(CaseGoal, CaseGoal.id == CaseAction.goal_id)
        .where(CaseGoal.plan_id == plan_id, CaseAction.done_on.is_(None))
    )
    for action in uow.session.scalars(statement):
        action.done_on = uow.today
        action.result = _("Taken over by plan {number}").format(number=number)


def _problems(uow: UnitOfWork, goals: Sequence[GoalData]) -> list[Problem]:
    problems = []
    if not goals:
        problems.append(Problem("goals", _("Write at least one goal.")))
    if any(not clean(goal.text) for goal in goals):
        problems.append(Problem("goals", _("Write what each goal is.")))
    actions = [action for goal in goals for action in goal.actions]
    if any(not clean(action.text) for action in actions):
        problems.append(Problem("actions", _("Write what each action is.")))
    if any(action.due_on and action.due_on < uow.today and action.done_on is None for action in actions):
        problems.append(Problem("due_on", _("The due date lies in the past.")))
    return problems


def _goals(uow: UnitOfWork, plan_ids: Sequence[UUID]) -> dict[UUID, tuple[GoalView, ...]]:
    if not plan_ids:
        return {}
    goals = list(
        uow.session.scalars(
            select(CaseGoal).where(CaseGoal.plan_id.in_(plan_ids)).order_by(CaseGoal.plan_id, CaseGoal.position)
        )
    )
    actions: dict[UUID, list[ActionView]] = {goal.id: [] for goal in goals}
    statement = select(CaseAction).where(CaseAction.goal_id.in_(actions)).order_by(CaseAction.position)
    for one in uow.session.scalars(statement):
        written = ActionData(one.text, one.owner, one.officer_id, one.due_on, one.done_on, one.result)
        actions[one.goal_id].append(ActionView(one.id, one.version, written))
    found: dict[UUID, list[GoalView]] = {}
    for goal in goals:
        own = tuple(actions[goal.id])
        status = GoalStatus(goal.status)
        data = GoalData(goal.text, goal.dimension, goal.due_on, status, tuple(one.data for one in own))
        found.setdefault(goal.plan_id, []).append(GoalView(goal.id, goal.version, data, own))
    return {plan: tuple(own) for plan, own in found.items()}
