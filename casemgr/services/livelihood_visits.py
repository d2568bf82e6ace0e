"""Follow-up of a livelihood plan: visits, losses and acceptance, each as the sheet or minutes has it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy import ScalarResult, func, select

from casemgr.domain.livelihoods import AssetState, PlanState
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Rate
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import N_, _, format_date
from casemgr.persistence.models import Acceptance, Asset, Household, Livelihood, LivelihoodVisit, Loss
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import task_rules
from casemgr.services.livelihood_steps import KIND, next_due
from casemgr.services.programmes import catalogue

K = TypeVar("K", LivelihoodVisit, Loss, Acceptance)


class Use(StrEnum):
    """Whether the support is used as promised."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


USE_LABELS: Final = {
    Use.YES: N_("Used as promised"),
    Use.PARTLY: N_("Used in part"),
    Use.NO: N_("Not used as promised"),
}


class LossKind(StrEnum):
    """What happened."""

    DISEASE = "disease"
    DISASTER = "disaster"
    NATURAL = "natural"
    THEFT = "theft"
    SOLD = "sold"
    OTHER = "other"


LOSS_LABELS: Final = {
    LossKind.DISEASE: N_("Disease of animals or plants"),
    LossKind.DISASTER: N_("Natural disaster"),
    LossKind.NATURAL: N_("Natural death"),
    LossKind.THEFT: N_("Theft"),
    LossKind.SOLD: N_("Sold against the commitment"),
    LossKind.OTHER: N_("Another loss"),
}


@dataclass(frozen=True)
class VisitData:
    """A follow-up sheet."""

    on: date
    visitor: str
    use: Use = Use.YES
    quantity: int | None = None
    condition: str = ""
    income: int = 0
    expense: int = 0
    difficulty: str = ""
    advice: str = ""
    action: str = ""
    action_due_on: date | None = None
    next_on: date | None = None
    """None: by the rhythm."""


@dataclass(frozen=True)
class LossData:
    """Minutes of a loss."""

    on: date
    reported_on: date
    kind: LossKind
    quantity: int = 1
    value: int = 0
    asset_id: UUID | None = None
    objective: bool | None = None
    """True: no fault of the household; None: not established yet."""
    confirmed_by: str = ""
    proposal: str = ""


@dataclass(frozen=True)
class AcceptanceData:
    """Minutes of acceptance."""

    on: date
    planned: str
    actual: str
    value: int
    passed: bool
    own_paid: int = 0
    signers: str = ""
    note: str = ""


@dataclass(frozen=True)
class VisitView:
    """A visit on record."""

    id: UUID
    data: VisitData


@dataclass(frozen=True)
class LossView:
    """A loss on record."""

    id: UUID
    version: int
    data: LossData
    decision: str
    settled_on: date | None
    late: bool
    """Reported later than the data allow."""


@dataclass(frozen=True)
class AcceptanceView:
    """An acceptance on record."""

    id: UUID
    data: AcceptanceData


def visit(uow: UnitOfWork, livelihood_id: UUID, data: VisitData) -> UUID:
    """Write a follow-up sheet down; the next visit follows from it."""
    uow.require(Permission.EDIT)
    record = uow.record(Livelihood, livelihood_id)
    problems = _after_handover(record, data.on, uow.today)
    if not clean(data.visitor):
        problems.append(Problem("visitor", _("Write who visited.")))
    if data.next_on is not None and data.next_on <= data.on:
        problems.append(Problem("next_on", _("The next visit lies before this one.")))
    if data.action_due_on is not None and data.action_due_on < data.on:
        problems.append(Problem("action_due_on", _("The due date lies before the visit.")))
    if min(data.income, data.expense, data.quantity or 0) < 0:
        problems.append(Problem("income", _("A number here is 0 or more.")))
    if problems:
        raise ValidationError(problems)
    sheet = LivelihoodVisit(
        livelihood_id=record.id,
        on_date=data.on,
        visitor=clean(data.visitor),
        quantity=data.quantity,
        condition=clean(data.condition),
        proper_use=data.use.value,
        income=data.income,
        expense=data.expense,
        difficulty=clean(data.difficulty),
        advice=clean(data.advice),
        action=clean(data.action),
        action_due_on=data.action_due_on,
        next_on=data.next_on,
    )
    uow.add(sheet)
    uow.session.flush()
    record.due_on = next_due(uow, catalogue(uow), record)
    uow.name_step("livelihood.visit", uow.record(Household, record.household_id))
    return sheet.id


def report_loss(uow: UnitOfWork, livelihood_id: UUID, data: LossData) -> UUID:
    """Write minutes of a loss; the plan is at risk until it is settled, and the animal is no longer kept."""
    uow.require(Permission.EDIT)
    record = uow.record(Livelihood, livelihood_id)
    problems = _after_handover(record, data.on, uow.today)
    if data.reported_on < data.on or data.reported_on > uow.today:
        problems.append(
            Problem("reported_on", _("The minutes are of the day of the loss or later, not of the future."))
        )
    if data.quantity <= 0:
        problems.append(Problem("quantity", _("Write how many were lost.")))
    asset = uow.record(Asset, data.asset_id) if data.asset_id else None
    if asset is not None and asset.livelihood_id != record.id:
        problems.append(Problem("asset_id", _("This animal belongs to another plan.")))
    if problems:
        raise ValidationError(problems)
    minutes = Loss(
        livelihood_id=record.id,
        asset_id=data.asset_id,
        on_date=data.on,
        reported_on=data.reported_on,
        kind=data.kind.value,
        objective=data.objective,
        quantity=data.quantity,
        value=data.value,
        confirmed_by=clean(data.confirmed_by),
        proposal=clean(data.proposal),
        decision="",
        settled_on=None,
    )
    uow.add(minutes)
    record.at_risk = True
    if asset is not None:
        asset.status, asset.status_on = _lost(data).value, data.on
    uow.name_step("livelihood.loss", uow.record(Household, record.household_id))
    uow.session.flush()
    task_rules.open_by_rule(
        uow,
        task_rules.LOSS_REPORTED,
        minutes.id,
        on=data.reported_on,
        household_id=record.household_id,
        person_id=record.person_id,
        subject_kind=KIND,
        subject_id=record.id,
        officer_id=record.officer_id,
        programme=record.programme,
        detail=asset.tag if asset is not None and asset.tag else record.product,
    )
    return minutes.id


def settle_loss(uow: UnitOfWork, loss_id: UUID, version: int, *, on: date, decision: str, objective: bool) -> None:
    """What was decided about a loss; when all are settled the plan is no longer at risk."""
    uow.require(Permission.EDIT)
    minutes = uow.record(Loss, loss_id, version)
    if minutes.settled_on is not None:
        raise ConflictError(_("This loss was settled already."))
    problems = [] if clean(decision) else [Problem("decision", _("Write what was decided."))]
    if not minutes.reported_on <= on <= uow.today:
        problems.append(Problem("on", _("The day lies between the minutes and today.")))
    if problems:
        raise ValidationError(problems)
    minutes.decision, minutes.settled_on, minutes.objective = clean(decision), on, objective
    uow.session.flush()
    record = uow.record(Livelihood, minutes.livelihood_id)
    task_rules.settle_by_rule(uow, task_rules.LOSS_REPORTED, minutes.id, record.household_id)
    left = select(func.count()).where(Loss.livelihood_id == record.id, Loss.settled_on.is_(None))
    record.at_risk = bool(uow.session.scalar(left))
    if minutes.asset_id is not None:
        asset = uow.record(Asset, minutes.asset_id)
        if asset.status in (AssetState.DIED_FAULT, AssetState.DIED_OBJECTIVE):
            asset.status = (AssetState.DIED_OBJECTIVE if objective else AssetState.DIED_FAULT).value
    uow.name_step("livelihood.loss", uow.record(Household, record.household_id))


def accept(uow: UnitOfWork, livelihood_id: UUID, data: AcceptanceData) -> UUID:
    """Write minutes of acceptance."""
    uow.require(Permission.EDIT)
    record = uow.record(Livelihood, livelihood_id)
    problems = _after_handover(record, data.on, uow.today)
    if not clean(data.actual):
        problems.append(Problem("actual", _("Write what was found.")))
    if data.value < 0 or data.own_paid < 0:
        problems.append(Problem("value", _("A number here is 0 or more.")))
    if problems:
        raise ValidationError(problems)
    minutes = Acceptance(
        livelihood_id=record.id,
        project_id=None,
        on_date=data.on,
        planned=clean(data.planned),
        actual=clean(data.actual),
        value=data.value,
        own_paid=data.own_paid,
        passed=data.passed,
        signers=clean(data.signers),
        note=data.note.strip(),
    )
    uow.add(minutes)
    uow.name_step("livelihood.accept", uow.record(Household, record.household_id))
    uow.session.flush()
    return minutes.id


def visits(uow: UnitOfWork, livelihood_id: UUID) -> list[VisitView]:
    """The sheets of a plan, the newest first."""
    return [
        VisitView(
            one.id,
            VisitData(
                on=one.on_date,
                visitor=one.visitor,
                use=Use(one.proper_use),
                quantity=one.quantity,
                condition=one.condition,
                income=one.income,
                expense=one.expense,
                difficulty=one.difficulty,
                advice=one.advice,
                action=one.action,
                action_due_on=one.action_due_on,
                next_on=one.next_on,
            ),
        )
        for one in _of(uow, LivelihoodVisit, livelihood_id)
    ]


def losses(uow: UnitOfWork, livelihood_id: UUID) -> list[LossView]:
    """The losses of a plan, the newest first."""
    known = catalogue(uow)
    return [
        LossView(
            id=one.id,
            version=one.version,
            data=LossData(
                on=one.on_date,
                reported_on=one.reported_on,
                kind=LossKind(one.kind),
                quantity=one.quantity,
                value=one.value,
                asset_id=one.asset_id,
                objective=one.objective,
                confirmed_by=one.confirmed_by,
                proposal=one.proposal,
            ),
            decision=one.decision,
            settled_on=one.settled_on,
            late=_late(known.rate("SK.LOSS_DAYS", one.on_date), one),
        )
        for one in _of(uow, Loss, livelihood_id)
    ]


def acceptances(uow: UnitOfWork, livelihood_id: UUID) -> list[AcceptanceView]:
    """The minutes of acceptance of a plan, the newest first."""
    return [
        AcceptanceView(
            one.id,
            AcceptanceData(
                on=one.on_date,
                planned=one.planned,
                actual=one.actual,
                value=one.value,
                passed=one.passed,
                own_paid=one.own_paid,
                signers=one.signers,
                note=one.note,
            ),
        )
        for one in _of(uow, Acceptance, livelihood_id)
    ]


def _of(uow: UnitOfWork, kind: type[K], livelihood_id: UUID) -> ScalarResult[K]:
    uow.require(Permission.READ)
    statement = select(kind).where(kind.livelihood_id == livelihood_id)
    return uow.session.scalars(statement.order_by(kind.on_date.desc(), kind.id.desc()))


def _late(most: Rate | None, record: Loss) -> bool:
    return most is not None and record.reported_on > record.on_date + timedelta(days=most.value)


def _lost(data: LossData) -> AssetState:
    if data.kind is LossKind.THEFT:
        return AssetState.MISSING
    if data.kind is LossKind.SOLD:
        return AssetState.SOLD
    return AssetState.DIED_FAULT if data.objective is False else AssetState.DIED_OBJECTIVE


def _after_handover(record: Livelihood, on: date, today: date) -> list[Problem]:
    if record.status in (PlanState.DRAFT, PlanState.REJECTED):
        raise ConflictError(_("Nothing was handed over yet."))
    problems = []
    if on > today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if record.decision_on is not None and on < record.decision_on:
        text = _("The decision is of {date}; nothing is handed over or promised before it.")
        problems.append(Problem("on", text.format(date=format_date(record.decision_on))))
    return problems
