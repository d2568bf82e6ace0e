"""A livelihood plan with everything that belongs to it, read at once: what one screen shows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.findings import Finding
from casemgr.domain.households import HouseholdClass
from casemgr.domain.livelihood_reckoning import reckon
from casemgr.domain.livelihoods import PlanState
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Rate
from casemgr.persistence.models import Livelihood
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    assets,
    households,
    livelihood_checks,
    livelihood_steps,
    livelihood_visits,
    livelihoods,
    packs,
    revolving,
    state_steps,
)
from casemgr.services.assets import AssetView
from casemgr.services.classes import classes_of, since_when
from casemgr.services.households import HouseholdView
from casemgr.services.keeping import NOWHERE, homes_of
from casemgr.services.livelihood_steps import NextMove
from casemgr.services.livelihood_visits import AcceptanceView, LossView, VisitView
from casemgr.services.livelihoods import BoardRow, LivelihoodData, LivelihoodView
from casemgr.services.programmes import catalogue
from casemgr.services.revolving import DutyView
from casemgr.services.state_steps import StepView

_REVIEWS = 2
"""After how many reviews a plan's result is looked at."""


@dataclass(frozen=True)
class Circumstances:
    """What a plan starts from: the household and its people."""

    household_id: UUID
    code: str
    head: str
    hamlet: str
    class_value: HouseholdClass
    people: int
    line: int | None
    """The income line of the area today, đồng per head and month."""
    members: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class Outcome:
    """What a review after the hand-over found."""

    year: int
    on: date | None
    value: HouseholdClass


@dataclass(frozen=True)
class PlanFile:
    """A plan opened: what is written, what happened, and what can happen next."""

    view: LivelihoodView
    household: Circumstances
    moves: tuple[NextMove, ...]
    steps: tuple[StepView, ...]
    assets: tuple[AssetView, ...]
    visits: tuple[VisitView, ...]
    losses: tuple[LossView, ...]
    acceptances: tuple[AcceptanceView, ...]
    duties: tuple[DutyView, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Taker:
    """A plan that can take part in drawing lots."""

    id: UUID
    code: str
    head: str
    hamlet: str
    product: str
    animals: int
    """Animals it has already."""


def circumstances(uow: UnitOfWork, household_id: UUID) -> Circumstances:
    """The household a plan is written with."""
    uow.require(Permission.READ)
    home = households.view(uow, household_id)
    line = packs.national(uow, uow.today).line(home.area) if home.area else None
    return _circumstances(home, line)


def open_plan(uow: UnitOfWork, livelihood_id: UUID) -> PlanFile:
    """Everything of one plan."""
    home = households.view(uow, uow.record(Livelihood, livelihood_id).household_id)
    view = livelihoods.view(uow, livelihood_id, home=home)
    return PlanFile(
        view=view,
        household=_circumstances(home, view.line),
        moves=tuple(livelihood_steps.moves(uow, livelihood_id)),
        steps=tuple(state_steps.of(uow, livelihood_id)),
        assets=tuple(assets.of_plan(uow, livelihood_id)),
        visits=tuple(livelihood_visits.visits(uow, livelihood_id)),
        losses=tuple(livelihood_visits.losses(uow, livelihood_id)),
        acceptances=tuple(livelihood_visits.acceptances(uow, livelihood_id)),
        duties=tuple(revolving.ledger(uow, livelihood_id=livelihood_id)),
        outcomes=outcomes(uow, livelihood_id),
    )


def judge(
    uow: UnitOfWork, data: LivelihoodData, people: int, line: int | None, decision_on: date | None = None
) -> tuple[Finding, ...]:
    """What speaks against a plan as it is typed."""
    uow.require(Permission.READ)
    reckoning = reckon(data.content, people=people, line=line)
    return livelihood_checks.findings(
        uow, livelihoods.subject_of(data, decision_on), data.content, reckoning, uow.today
    )


def ceiling(uow: UnitOfWork, programme: str, area: str, on: date | None = None) -> Rate | None:
    """How much of the costs the state may pay, on a day; None when no text with a number is known."""
    uow.require(Permission.READ)
    return livelihood_checks.ceiling(catalogue(uow), programme, area, on or uow.today)


def outcomes(uow: UnitOfWork, livelihood_id: UUID) -> tuple[Outcome, ...]:
    """The classes of the next reviews after the hand-over; nothing before it."""
    uow.require(Permission.READ)
    record = uow.record(Livelihood, livelihood_id)
    handed = state_steps.day_of(uow, livelihood_id, PlanState.HANDED_OVER)
    if handed is None:
        return ()
    later = [
        Outcome(one.data.year, since_when(one), one.data.value)
        for one in classes_of(uow, record.household_id)
        if (day := since_when(one)) is not None and day > handed
    ]
    return tuple(sorted(later, key=lambda one: (one.year, one.on or handed))[:_REVIEWS])


def takers(uow: UnitOfWork, livelihood_id: UUID) -> list[Taker]:
    """Plans that can draw lots together with this one: of the same project, else of the same programme and product."""
    uow.require(Permission.READ)
    record = uow.record(Livelihood, livelihood_id)
    statement = select(Livelihood).where(
        Livelihood.status.in_((PlanState.APPROVED.value, PlanState.COMMITTED.value)),
        Livelihood.programme == record.programme,
    )
    if record.project_id is not None:
        statement = statement.where(Livelihood.project_id == record.project_id)
    else:
        statement = statement.where(Livelihood.project_id.is_(None), Livelihood.trade == record.trade)
    found = list(uow.session.scalars(statement.order_by(Livelihood.id)))
    homes = homes_of(uow, {one.household_id for one in found})
    return [
        Taker(
            id=one.id,
            code=homes.get(one.household_id, NOWHERE).code,
            head=homes.get(one.household_id, NOWHERE).head,
            hamlet=homes.get(one.household_id, NOWHERE).hamlet,
            product=one.product,
            animals=len(assets.of_plan(uow, one.id)),
        )
        for one in found
    ]


def next_round(uow: UnitOfWork, livelihood_id: UUID) -> list[BoardRow]:
    """Plans of other households that what is given back can be passed on to: of the same project or programme."""
    uow.require(Permission.READ)
    record = uow.record(Livelihood, livelihood_id)
    wanted = tuple(
        state.value for state in (PlanState.APPROVED, PlanState.COMMITTED, PlanState.HANDED_OVER, PlanState.RUNNING)
    )
    query = livelihoods.BoardQuery(
        states=wanted,
        project_id=record.project_id,
        programme="" if record.project_id else record.programme,
        limit=100,
    )
    return [row for row in livelihoods.board(uow, query) if row.household_id != record.household_id]


def _circumstances(home: HouseholdView, line: int | None) -> Circumstances:
    found = home.current_class
    return Circumstances(
        household_id=home.id,
        code=home.code,
        head=home.name,
        hamlet=home.hamlet,
        class_value=found.data.value if found else HouseholdClass.UNREVIEWED,
        people=len(home.members),
        line=line,
        members=tuple((one.person_id, one.person.full_name) for one in home.members),
    )
