"""The log of states: every move of a livelihood plan, project, learner or work abroad, with its paper and reason."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.persistence.models import StateStep
from casemgr.persistence.uow import UnitOfWork


@dataclass(frozen=True)
class StepData:
    """One move as it is written down."""

    to: str
    on: date
    document_number: str = ""
    document_on: date | None = None
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)  # plain JSON: votes, conclusions
    """What else the state asks."""


@dataclass(frozen=True)
class StepView:
    """A move on record."""

    id: UUID
    kind: str
    from_state: str
    data: StepData


def record(
    uow: UnitOfWork, kind: str, subject_id: UUID, household_id: UUID | None, from_state: str, data: StepData
) -> UUID:
    """Add a move to the log; whoever calls has checked it, changes the state itself and names the step."""
    step = StateStep(
        kind=kind,
        subject_id=subject_id,
        household_id=household_id,
        from_state=from_state,
        to_state=data.to,
        on_date=data.on,
        document_number=clean(data.document_number),
        document_on=data.document_on,
        reason=clean(data.reason),
        detail=json.dumps(dict(data.detail), ensure_ascii=False, sort_keys=True),
    )
    uow.add(step)
    return step.id


def of(uow: UnitOfWork, subject_id: UUID) -> list[StepView]:
    """Every move of one case, the first one first."""
    uow.require(Permission.READ)
    statement = select(StateStep).where(StateStep.subject_id == subject_id).order_by(StateStep.on_date, StateStep.id)
    return [_view(step) for step in uow.session.scalars(statement)]


def day_of(uow: UnitOfWork, subject_id: UUID, state: str) -> date | None:
    """The last day a case came to a state; None when it never did."""
    days = [step.data.on for step in of(uow, subject_id) if step.data.to == state]
    return days[-1] if days else None


def _view(step: StateStep) -> StepView:
    data = StepData(
        to=step.to_state,
        on=step.on_date,
        document_number=step.document_number,
        document_on=step.document_on,
        reason=step.reason,
        detail=json.loads(step.detail),
    )
    return StepView(step.id, step.kind, step.from_state, data)
