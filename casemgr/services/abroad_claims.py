"""Claims after a return: refunds of the firm and benefits of the Overseas Employment Fund, until they are paid."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.abroad import Incident
from casemgr.domain.abroad_lists import ClaimKind, shipped
from casemgr.domain.abroad_words import ClaimDecision, PaymentKind
from casemgr.domain.findings import Finding, Severity
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_money
from casemgr.persistence.models import AbroadCase, AbroadClaim, Household
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import abroad_dues, abroad_money
from casemgr.services.abroad_numbers import numbers

REFUND_FEE, REFUND_DEPOSIT = "refund_fee", "refund_deposit"


@dataclass(frozen=True)
class ClaimData:
    """A claim as an officer writes it."""

    kind: str
    asked_on: date
    amount: int
    note: str = ""


@dataclass(frozen=True)
class ClaimView:
    """A claim on record."""

    id: UUID
    version: int
    data: ClaimData
    label: str
    decision: ClaimDecision
    decided_on: date | None
    paid: int
    paid_on: date | None
    law: str
    certainty: str


@dataclass(frozen=True)
class ClaimLine:
    """A claim worth asking for, with the most it can come to."""

    kind: str
    label: str
    most: int | None
    """None: no figure is known."""
    law: str
    certainty: str


def proposed(uow: UnitOfWork, case_id: UUID) -> list[ClaimLine]:
    """What fits the reason of the return or the incident and was not asked for yet."""
    uow.require(Permission.READ)
    case = uow.record(AbroadCase, case_id)
    asked = set(uow.session.scalars(select(AbroadClaim.kind).where(AbroadClaim.case_id == case_id)))
    lines = []
    for kind in shipped().claims.values():
        fits = bool(case.return_reason) and case.return_reason in kind.reasons
        fits = fits or (kind.code == "fund_death" and case.incident == Incident.DEAD_OR_MISSING)
        most = _most(uow, case, kind)
        if fits and kind.code not in asked and (most is None or most > 0):
            lines.append(ClaimLine(kind.code, kind.label, most, kind.law, kind.certainty))
    return lines


def check(uow: UnitOfWork, case_id: UUID, data: ClaimData) -> tuple[Finding, ...]:
    """What speaks against a claim as it is typed; the decision is not the commune's, so a sum only warns."""
    uow.require(Permission.READ)
    kind, found = shipped().claims.get(data.kind), []
    if kind is None:
        return (Finding(Severity.REFUSE, "kind", _("Choose what is claimed.")),)
    if data.amount <= 0:
        found.append(Finding(Severity.REFUSE, "amount", _("Write the sum in đồng.")))
    if data.asked_on > uow.today:
        found.append(Finding(Severity.REFUSE, "asked_on", _("The date lies in the future.")))
    most = _most(uow, uow.record(AbroadCase, case_id), kind)
    if most is not None and data.amount > most:
        told = _("Above the ceiling of {most}.").format(most=format_money(most))
        found.append(Finding(Severity.WARN, "amount", told, kind.law))
    return tuple(found)


def keep(uow: UnitOfWork, case_id: UUID, data: ClaimData, *, claim_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a claim down, or correct it before it is decided."""
    uow.require(Permission.EDIT)
    case = uow.record(AbroadCase, case_id)
    found = check(uow, case_id, data)
    stop = [one for one in found if one.severity is Severity.REFUSE or not clean(data.note)]
    if stop:
        raise ValidationError([Problem(one.field, one.text) for one in stop])
    values = {"kind": data.kind, "asked_on": data.asked_on, "amount": data.amount, "note": clean(data.note)}
    if claim_id is None:
        if case.returned_on is None and case.incident != Incident.DEAD_OR_MISSING:
            raise ConflictError(_("Claims are made after the return."))
        record = AbroadClaim(
            **values, case_id=case_id, decision=ClaimDecision.WAITING.value, decided_on=None, paid=0, paid_on=None
        )
        uow.add(record)
    else:
        record = uow.record(AbroadClaim, claim_id, version)
        if record.decided_on is not None:
            raise ConflictError(_("This claim was decided; it is not changed any more."))
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    abroad_dues.settle(uow, case, abroad_dues.CLAIM)
    uow.name_step("abroad.claim", uow.record(Household, case.household_id))
    uow.session.flush()
    return record.id


def decide(uow: UnitOfWork, claim_id: UUID, version: int, decision: ClaimDecision, *, on: date, paid: int = 0) -> None:
    """The firm or the Fund answered; `paid` is what came with a granted claim."""
    uow.require(Permission.EDIT)
    record = uow.record(AbroadClaim, claim_id, version)
    problems = []
    if not record.asked_on <= on <= uow.today:
        problems.append(Problem("on", _("Write a day between the claim and today.")))
    if paid < 0 or (paid and decision is not ClaimDecision.GRANTED):
        problems.append(Problem("paid", _("Money is paid on a granted claim only.")))
    if decision is ClaimDecision.WAITING:
        problems.append(Problem("decision", _("Choose the answer.")))
    if problems:
        raise ValidationError(problems)
    record.decision, record.decided_on = decision.value, on
    if paid:
        record.paid, record.paid_on = paid, on
    case = uow.record(AbroadCase, record.case_id)
    uow.name_step("abroad.claim", uow.record(Household, case.household_id))


def claims(uow: UnitOfWork, case_id: UUID) -> list[ClaimView]:
    """The claims of a case, the first one first."""
    uow.require(Permission.READ)
    statement = select(AbroadClaim).where(AbroadClaim.case_id == case_id)
    return [_view(one) for one in uow.session.scalars(statement.order_by(AbroadClaim.asked_on, AbroadClaim.id))]


def open_claims(uow: UnitOfWork, case_id: UUID) -> bool:
    """Whether an answer is still waited for."""
    return any(one.decision is ClaimDecision.WAITING for one in claims(uow, case_id))


def _most(uow: UnitOfWork, case: AbroadCase, kind: ClaimKind) -> int | None:
    if kind.code == REFUND_FEE:
        told = abroad_money.refund_of(uow, case.id)
        return told.refund if told else 0
    if kind.code == REFUND_DEPOSIT:
        kept = abroad_money.payments(uow, case.id)
        return sum(one.data.amount for one in kept if one.data.kind is PaymentKind.DEPOSIT and one.returned_on is None)
    return numbers(uow, case.returned_on or uow.today)(kind.rate)


def _view(record: AbroadClaim) -> ClaimView:
    kind = shipped().claims[record.kind]
    return ClaimView(
        id=record.id,
        version=record.version,
        data=ClaimData(record.kind, record.asked_on, record.amount, record.note),
        label=kind.label,
        decision=ClaimDecision(record.decision),
        decided_on=record.decided_on,
        paid=record.paid,
        paid_on=record.paid_on,
        law=kind.law,
        certainty=kind.certainty,
    )
