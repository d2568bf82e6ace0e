"""Support of the state for going abroad: items with their ceilings, what they cost and what was paid, each once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.abroad import Generation, SupportGroup
from casemgr.domain.abroad_lists import CERTAIN, ItemRule, shipped
from casemgr.domain.abroad_reckoning import support_ceiling
from casemgr.domain.findings import Finding, Severity
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryData, DeliveryStatus, FundSource, ReceiptData
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import N_, _, format_money
from casemgr.persistence.models import AbroadCase, AbroadSupport, Delivery, Household, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import deliveries
from casemgr.services.abroad_cases import SUPPORT
from casemgr.services.abroad_numbers import numbers
from casemgr.services.programmes import catalogue

UNIT_LABELS = {
    "course": N_("courses"),
    "day": N_("days of class"),
    "month": N_("months of class"),
    "session": N_("sessions in the month"),
    "fee": N_("as the official fee"),
    "once": N_("once"),
}
_SINGLE = ("fee", "once")


@dataclass(frozen=True)
class SupportData:
    """One item as an officer writes it."""

    item: str
    generation: str = ""
    """Empty: the one of the case."""
    units: int = 1
    cost: int = 0
    """What it cost, by the receipt."""
    receipt: str = ""
    amount: int = 0
    """Asked for or paid."""
    asked_on: date | None = None
    override_reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class SupportView:
    """An item on record."""

    id: UUID
    version: int
    data: SupportData
    label: str
    ceiling: int | None
    law: str
    certainty: str
    paid_on: date | None


@dataclass(frozen=True)
class ItemLine:
    """An item this case may have."""

    item: str
    label: str
    unit: str
    ceiling: int | None
    """Of one unit for the groups of the case; None: what it cost."""
    law: str
    certainty: str
    taken: bool
    """Written down already."""


def items(uow: UnitOfWork, case_id: UUID, on: date | None = None) -> list[ItemLine]:
    """The items of the generation of a case with their ceilings."""
    uow.require(Permission.READ)
    case, day = uow.record(AbroadCase, case_id), on or uow.today
    taken = set(uow.session.scalars(select(AbroadSupport.item).where(AbroadSupport.case_id == case_id)))
    lines = []
    for item in shipped().items.values():
        rule = item.generations.get(case.generation)
        if rule is not None:
            most = support_ceiling(numbers(uow, day), rule, _groups(case), 1)
            lines.append(ItemLine(item.code, item.label, item.unit, most, rule.law, rule.certainty, item.code in taken))
    return lines


def check(uow: UnitOfWork, case_id: UUID, data: SupportData, *, support_id: UUID | None = None) -> tuple[Finding, ...]:
    """What speaks against an item as it is typed: ceiling, cost, and whether the policy was used before."""
    uow.require(Permission.READ)
    case = uow.record(AbroadCase, case_id)
    item, found = shipped().items.get(data.item), []
    rule = _rule(case, data)
    if item is None:
        return (Finding(Severity.REFUSE, "item", _("Choose the item of support.")),)
    if rule is None:
        told = _("This item does not exist in generation {generation}.")
        return (Finding(Severity.REFUSE, "item", told.format(generation=data.generation or case.generation)),)
    if data.units < 1 or (item.unit in _SINGLE and data.units != 1):
        found.append(Finding(Severity.REFUSE, "units", _("Write the number of days, months or sessions."), rule.law))
    if min(data.cost, data.amount) < 0:
        found.append(Finding(Severity.REFUSE, "amount", _("A number here is 0 or more.")))
    if data.asked_on is not None and data.asked_on > uow.today:
        found.append(Finding(Severity.REFUSE, "asked_on", _("The date lies in the future.")))
    day = data.asked_on or uow.today
    most = support_ceiling(numbers(uow, day), rule, _groups(case), max(data.units, 1))
    sure = Severity.REFUSE if rule.certainty == CERTAIN else Severity.WARN
    if most is not None and data.amount > most:
        told = _("Above the ceiling of {most}.").format(most=format_money(most))
        found.append(Finding(sure, "amount", told, rule.law))
    if most is None and rule.rate:
        found.append(Finding(Severity.WARN, "amount", _("No ceiling is known for that day."), rule.law))
    if item.unit not in ("day", "month", "once") and data.amount > data.cost:
        found.append(Finding(sure, "amount", _("More than the receipts show."), rule.law))
    if data.amount and item.unit == "fee" and not clean(data.receipt):
        found.append(Finding(Severity.WARN, "receipt", _("Write the number of the receipt."), rule.law))
    return (*found, *_once(uow, case, data, support_id))


def keep(
    uow: UnitOfWork, case_id: UUID, data: SupportData, *, support_id: UUID | None = None, version: int = 0
) -> UUID:
    """Write an item down, or correct it before it is paid; a warning is let through with its reason."""
    uow.require(Permission.EDIT)
    case = uow.record(AbroadCase, case_id)
    found = check(uow, case_id, data, support_id=support_id)
    stop = [one for one in found if one.severity is Severity.REFUSE or not clean(data.override_reason)]
    if stop:
        raise ValidationError([Problem(one.field, one.words) for one in stop])
    values = {
        "case_id": case_id,
        "item": data.item,
        "generation": data.generation or case.generation,
        "units": data.units,
        "cost": data.cost,
        "receipt": clean(data.receipt),
        "amount": data.amount,
        "asked_on": data.asked_on,
        "override_reason": clean(data.override_reason),
        "note": clean(data.note),
    }
    if support_id is None:
        record = AbroadSupport(**values, paid_on=None)
        uow.add(record)
    else:
        record = uow.record(AbroadSupport, support_id, version)
        if record.paid_on is not None:
            raise ConflictError(_("This item was paid; it is not changed any more."))
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("abroad.support", uow.record(Household, case.household_id))
    uow.session.flush()
    return record.id


@dataclass(frozen=True)
class PayOut:
    """What was paid to the worker at once."""

    on: date
    source: FundSource = FundSource.PROVINCE
    decision_number: str = ""
    decision_on: date | None = None
    received_by: str = ""
    """Empty: the worker."""
    authorisation: str = ""
    """When somebody else received it."""
    as_delivery: bool = True
    """Also an entry of the household's support, which its own page and the targets count."""
    override_reason: str = ""


def pay_out(uow: UnitOfWork, case_id: UUID, data: PayOut) -> UUID | None:
    """Every item not paid yet was paid: one receipt, one entry of the household's support; its id where one is made."""
    uow.require(Permission.EDIT)
    case = uow.record(AbroadCase, case_id)
    statement = select(AbroadSupport).where(AbroadSupport.case_id == case_id, AbroadSupport.paid_on.is_(None))
    waiting = [one for one in uow.session.scalars(statement) if one.amount]
    if not waiting:
        raise ConflictError(_("No item with a sum waits to be paid."))
    for record in waiting:
        paid(uow, record.id, record.version, data.on)
    if not data.as_delivery:
        return None
    return deliveries.record(
        uow,
        DeliveryData(
            programme=SUPPORT,
            household_id=case.household_id,
            person_id=case.person_id,
            on=data.on,
            rule=_rule_id(uow, case, data.on),
            amount=sum(record.amount for record in waiting),
            source=data.source,
            decision_number=data.decision_number,
            decision_on=data.decision_on,
            override_reason=data.override_reason,
        ),
        handed_out=True,
        receipt=ReceiptData(
            data.on,
            clean(data.received_by) or uow.record(Person, case.person_id).full_name,
            authorisation=clean(data.authorisation),
        ),
    )


def _rule_id(uow: UnitOfWork, case: AbroadCase, day: date) -> str:
    """The rule of the case's generation that day; empty leaves the choice to the catalogue."""
    same = (one.id for one in catalogue(uow).rules_on(SUPPORT, day) if one.generation == case.generation)
    return next(same, "")


def paid(uow: UnitOfWork, support_id: UUID, version: int, on: date) -> None:
    """The item was paid to the worker."""
    uow.require(Permission.EDIT)
    record = uow.record(AbroadSupport, support_id, version)
    problems = [Problem("on", _("The date lies in the future."))] if on > uow.today else []
    if record.asked_on is not None and on < record.asked_on:
        problems.append(Problem("on", _("Paid before it was asked for.")))
    if problems:
        raise ValidationError(problems)
    record.paid_on = on
    case = uow.record(AbroadCase, record.case_id)
    uow.name_step("abroad.support", uow.record(Household, case.household_id))


def supports(uow: UnitOfWork, case_id: UUID) -> list[SupportView]:
    """The items of a case with their ceilings, in the order they were written."""
    uow.require(Permission.READ)
    case = uow.record(AbroadCase, case_id)
    statement = select(AbroadSupport).where(AbroadSupport.case_id == case_id).order_by(AbroadSupport.id)
    return [_view(uow, case, record) for record in uow.session.scalars(statement)]


def _view(uow: UnitOfWork, case: AbroadCase, record: AbroadSupport) -> SupportView:
    data = SupportData(
        item=record.item,
        generation=record.generation,
        units=record.units,
        cost=record.cost,
        receipt=record.receipt,
        amount=record.amount,
        asked_on=record.asked_on,
        override_reason=record.override_reason,
        note=record.note,
    )
    rule = _rule(case, data)
    day = record.asked_on or uow.today
    most = support_ceiling(numbers(uow, day), rule, _groups(case), record.units) if rule else None
    known = shipped().items.get(record.item)
    label = known.label if known else record.item
    law, sure = (rule.law, rule.certainty) if rule else ("", "U")
    return SupportView(record.id, record.version, data, label, most, law, sure, record.paid_on)


def _rule(case: AbroadCase, data: SupportData) -> ItemRule | None:
    item = shipped().items.get(data.item)
    generation = data.generation or case.generation
    known = generation in tuple(Generation)
    return item.generations.get(generation) if item is not None and known else None


def _groups(case: AbroadCase) -> tuple[SupportGroup, ...]:
    return tuple(SupportGroup(one) for one in case.groups)


def _once(uow: UnitOfWork, case: AbroadCase, data: SupportData, own: UUID | None) -> list[Finding]:
    """The policy is given once: an item twice asks for a reason, another case or another payment is a matter of law."""
    found = []
    same = select(AbroadSupport.id).where(AbroadSupport.case_id == case.id, AbroadSupport.item == data.item)
    if own is not None:
        same = same.where(AbroadSupport.id != own)
    if uow.session.scalar(same.limit(1)) is not None:
        found.append(Finding(Severity.WARN, "item", _("This item is written down already.")))
    before = (
        select(func.count())
        .select_from(AbroadSupport)
        .join(AbroadCase, AbroadCase.id == AbroadSupport.case_id)
        .where(AbroadCase.person_id == case.person_id, AbroadCase.id != case.id, AbroadSupport.paid_on.is_not(None))
    )
    delivered = select(func.count()).where(
        Delivery.programme == SUPPORT,
        Delivery.person_id == case.person_id,
        Delivery.status == DeliveryStatus.RECEIVED.value,
        Delivery.on_date < (case.registered_on or uow.today),
    )
    if uow.session.scalar(before) or uow.session.scalar(delivered):
        for one in catalogue(uow).exclusions_of(SUPPORT):
            if {one.programme_a, one.programme_b} == {SUPPORT}:
                severity = Severity.REFUSE if one.certainty == CERTAIN else Severity.WARN
                found.append(Finding(severity, "item", one.text, one.citation))
    return found
