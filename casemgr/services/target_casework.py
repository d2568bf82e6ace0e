"""Case records as the targets count them: plans handed over, learners, models and those in them; as of a day."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Select, SQLColumnExpression, func, or_, select

from casemgr.domain.livelihoods import PLAN_MACHINE, PROJECT_MACHINE, PlanState, ProjectState
from casemgr.domain.training import LearnerState
from casemgr.persistence.models import (
    AbroadCase,
    CommunityProject,
    Course,
    GroupMember,
    Learner,
    Livelihood,
    Startup,
    StateStep,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.learners import PROGRAMME as TRAINING
from casemgr.services.target_rows import Id, Ids, fetch, ids_of
from casemgr.services.training_lists import DONE

ABROAD: Final = "NN-HT"
STARTUP: Final = "KNTN"
FINISHED: Final = frozenset(state.value for state in DONE)
RUNNING: Final = frozenset(
    state.value for state in (ProjectState.RUNNING, ProjectState.ACCEPTED, ProjectState.REVOLVING)
)
"""A model that runs: carried out, accepted, or passing on; a settled contract is over until it passes on."""
TAKING_PART: Final = frozenset(
    state.value
    for state in (
        PlanState.COMMITTED,
        PlanState.HANDED_OVER,
        PlanState.RUNNING,
        PlanState.ACCEPTED,
        PlanState.REVOLVING,
    )
)
"""A plan binds its household from the commitment on until it is completed or stopped."""
_HANDED: Final = tuple(
    state.value
    for state in (
        PlanState.HANDED_OVER,
        PlanState.RUNNING,
        PlanState.ACCEPTED,
        PlanState.REVOLVING,
        PlanState.COMPLETED,
        PlanState.STOPPED,
    )
)

Received = tuple[str, Id, Id | None]
"""Programme, household, person."""


class Learning(NamedTuple):
    """One way of a person from the need for training to the job."""

    id: Id
    person: Id
    home: Id
    class_value: str
    """Of the household when the person registered."""
    begun: str | None
    """First day of the class."""
    status: str
    ended: str | None

    def finished_by(self, day: str) -> bool:
        """Whether the class was finished by a day (ISO)."""
        return self.status in FINISHED and self.ended is not None and self.ended <= day

    def attending_on(self, day: str) -> bool:
        """Whether the person sat in the class on a day, even if it was finished or given up later."""
        if self.begun is None or self.begun > day:
            return False
        if self.status == LearnerState.LEARNING.value:
            return True
        over = self.status in FINISHED or self.status == LearnerState.DROPPED.value
        return over and self.ended is not None and self.ended > day


class Model(NamedTuple):
    """A community project of the programme of models."""

    id: Id
    group: Id | None
    copies: Id | None
    status: str
    since: str


class CaseRecords:
    """Read once per computation and only when a measure asks; `start` is the last day before the period."""

    def __init__(self, uow: UnitOfWork, start: date, day: date) -> None:
        self._uow, self._start, self._day = uow, start, day

    def _rows(self, statement: Executable) -> Iterator[tuple[Any, ...]]:
        return fetch(self._uow, statement)

    # ---- training

    @cached_property
    def learners(self) -> list[Learning]:
        """Everybody whose need was known by the day."""
        asked = func.coalesce(Learner.registered_on, Learner.status_on)
        begun = func.coalesce(Course.start_on, Learner.decision_on, Learner.registered_on)
        statement = (
            select(
                Learner.id,
                Learner.person_id,
                Learner.household_id,
                Learner.class_value,
                begun,
                Learner.status,
                Learner.ended_on,
            )
            .outerjoin(Course, Course.id == Learner.course_id)
            .where(asked <= self._day)
        )
        return [Learning(*row) for row in self._rows(statement)]

    @cached_property
    def finished(self) -> list[Learning]:
        """Who finished a class in the period."""
        first, last = self._start.isoformat(), self._day.isoformat()
        return [one for one in self.learners if one.finished_by(last) and not one.finished_by(first)]

    @cached_property
    def attending(self) -> list[Learning]:
        """Who sits in a class on the day."""
        last = self._day.isoformat()
        return [one for one in self.learners if one.attending_on(last)]

    # ---- received

    @cached_property
    def received(self) -> list[Received]:
        """What the case records of the period say was received: plans, classes, departures, businesses begun."""
        found: list[Received] = [*self._handed_over()]
        found += [(TRAINING, one.home, one.person) for one in (*self.finished, *self.attending)]
        left = select(AbroadCase.household_id, AbroadCase.person_id).where(self._inside(AbroadCase.departed_on))
        found += [(ABROAD, home, person) for home, person in self._rows(left)]
        begun = select(Startup.household_id, Startup.person_id).where(
            self._inside(Startup.start_on), Startup.status != "planned"
        )
        found += [(STARTUP, home, person) for home, person in self._rows(begun)]
        return found

    def _handed_over(self) -> Iterable[Received]:
        """Plans whose support was handed over in the period, and not taken back to the state before."""
        statement = (
            select(Livelihood.programme, Livelihood.household_id, Livelihood.person_id)
            .join(StateStep, StateStep.subject_id == Livelihood.id)
            .where(
                StateStep.kind == PLAN_MACHINE.kind,
                StateStep.to_state == PlanState.HANDED_OVER.value,
                self._inside(StateStep.on_date),
                Livelihood.status.in_(_HANDED),
            )
        )
        return ((programme, home, person) for programme, home, person in self._rows(statement))

    def _inside(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        return (column > self._start) & (column <= self._day)

    # ---- models

    def models(self, codes: Collection[str]) -> list[Model]:
        """The projects of some programmes."""
        one = CommunityProject
        statement = select(one.id, one.group_id, one.copies_id, one.status, one.status_on)
        return [Model(*row) for row in self._rows(statement.where(one.programme.in_(sorted(codes))))]

    def running(self, models: Iterable[Model], first: date, last: date) -> Ids:
        """Which of them ran at some time after a day up to another; the same day twice: on that day."""
        journeys = self._journeys(PROJECT_MACHINE.kind, select(CommunityProject.id))
        return frozenset(
            one.id
            for one in models
            if _was(journeys.get(one.id) or [(one.since, one.status)], RUNNING, first.isoformat(), last.isoformat())
        )

    def in_models(self, codes: Collection[str], first: date, last: date) -> Ids:
        """Households with a plan in a model, or in the group of one that ran, after a day up to another."""
        projects = select(CommunityProject.id).where(CommunityProject.programme.in_(sorted(codes)))
        own = or_(Livelihood.programme.in_(sorted(codes)), Livelihood.project_id.in_(projects))
        journeys = self._journeys(PLAN_MACHINE.kind, select(Livelihood.id).where(own))
        plans = select(Livelihood.id, Livelihood.household_id, Livelihood.status, Livelihood.status_on).where(own)
        begin, end = first.isoformat(), last.isoformat()
        homes = {
            home
            for plan, home, status, since in self._rows(plans)
            if _was(journeys.get(plan) or [(since, status)], TAKING_PART, begin, end)
        }
        models = self.models(codes)
        ran = self.running(models, first, last)
        groups = [one.group for one in models if one.id in ran and one.group is not None]
        if groups:
            member = GroupMember
            there = select(member.group_id, member.household_id).where(
                or_(member.from_on.is_(None), member.from_on <= last),
                or_(member.to_on.is_(None), member.to_on > first),
            )
            wanted = frozenset(groups)
            homes.update(home for group, home in self._rows(there) if group in wanted)
        return frozenset(homes)

    def _journeys(self, kind: str, subjects: Select[UUID]) -> Mapping[Id, list[tuple[str, str]]]:
        """Day and state of every move of some records, the newest last."""
        step = StateStep
        found: dict[Id, list[tuple[str, str]]] = {}
        statement = select(step.subject_id, step.on_date, step.to_state).where(
            step.kind == kind, step.subject_id.in_(subjects)
        )
        for subject, on, state in self._rows(statement.order_by(step.on_date, step.id)):
            found.setdefault(subject, []).append((on, state))
        return found

    # ---- work abroad

    @cached_property
    def registered_from_lists(self) -> Ids:
        """People whose household was poor or near-poor when they registered for work abroad."""
        return ids_of(self._uow, select(AbroadCase.person_id).where(AbroadCase.class_value.in_(("poor", "near_poor"))))


def _was(journey: list[tuple[str, str]], states: Collection[str], first: str, last: str) -> bool:
    """Whether one of the states held at some time after a day up to another; the same day twice: on that day."""
    for place, (on, state) in enumerate(journey):
        until = journey[place + 1][0] if place + 1 < len(journey) else None
        if state in states and on <= last and (until is None or until > first):
            return True
    return False
