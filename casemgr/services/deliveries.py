"""Use cases of single payments and hand-overs: planned, approved, handed out, received, returned, corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.distributions import (
    Cause,
    DistributionStatus,
    Finding,
    cleaned,
    goods_difference,
    goods_problems,
    needs_decision,
    worth,
)
from casemgr.domain.findings import Severity
from casemgr.domain.livelihoods import AssetState
from casemgr.domain.permissions import Permission
from casemgr.domain.support import (
    SETTLED,
    DeliveryData,
    DeliveryStatus,
    FundSource,
    GoodsLine,
    Receipt,
    ReceiptData,
)
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Asset, Delivery, Distribution, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import delivery_receipts, task_rules
from casemgr.services.delivery_checks import check, check_all, checked
from casemgr.services.delivery_entries import (
    data_of,
    decision_problems,
    finding_problems,
    noted,
    opposite,
    present,
    standings,
    taken_back,
    values,
)
from casemgr.services.programmes import catalogue

__all__ = ["check", "check_all"]


@dataclass(frozen=True)
class DeliveryView:
    """One payment or hand-over as the household's page shows it."""

    id: UUID
    version: int
    data: DeliveryData
    status: DeliveryStatus
    programme: str
    """Its title."""
    person: str
    """Name; empty for the whole household."""
    class_value: str
    receipt: ReceiptData | None
    distribution_id: UUID | None
    enrolment_id: UUID | None
    corrects_id: UUID | None
    """The entry this one corrects or takes back."""
    goods_value: int

    @property
    def worth(self) -> int:
        """Money and goods in đồng; negative where it takes something back."""
        return self.data.amount + self.goods_value

    @property
    def settled(self) -> bool:
        """Whether only a new entry can correct it."""
        return self.status in SETTLED

    @property
    def counts(self) -> bool:
        """Whether totals take it in."""
        taken_back = self.status is DeliveryStatus.RETURNED and self.corrects_id is not None
        return self.status in (DeliveryStatus.DELIVERED, DeliveryStatus.RECEIVED) or taken_back


def record(
    uow: UnitOfWork,
    data: DeliveryData,
    *,
    handed_out: bool = False,
    receipt: ReceiptData | None = None,
    enrolment_id: UUID | None = None,
) -> UUID:
    """Write down a payment or hand-over; it is approved when it names its decision, received with a receipt.

    What a rule forbids is refused; what a rule only warns of needs `data.override_reason`.
    """
    uow.require(Permission.EDIT)
    tidy, found = _tidy(uow, data, None)
    problems = _problems(uow, tidy, handed_out=handed_out or receipt is not None)
    problems += finding_problems(found, tidy.override_reason)
    if problems:
        raise ValidationError(problems)
    status = DeliveryStatus.APPROVED if tidy.decision_number and tidy.decision_on else DeliveryStatus.PLANNED
    if handed_out:
        status = DeliveryStatus.DELIVERED
    row = values(tidy, status, standings(uow, tidy.on, [tidy.household_id])[tidy.household_id])
    made = Delivery(**row, enrolment_id=enrolment_id, distribution_id=None)
    uow.add(made)
    uow.name_step("delivery.record", table="household", subject=tidy.household_id)
    uow.session.flush()
    if handed_out:
        task_rules.support_given(uow, [(tidy.programme, tidy.household_id, tidy.person_id)])
    if receipt is not None:
        delivery_receipts.collect(uow, {made.id: receipt})
    return made.id


def change(uow: UnitOfWork, delivery_id: UUID, version: int, data: DeliveryData) -> None:
    """Correct an entry that is only planned; an approved one is cancelled and written anew."""
    uow.require(Permission.EDIT)
    found = uow.record(Delivery, delivery_id, version)
    if found.status != DeliveryStatus.PLANNED:
        raise ConflictError(_("It is no longer only planned: what is wrong is corrected by a new entry."))
    tidy, findings = _tidy(uow, data, delivery_id)
    problems = _problems(uow, tidy, handed_out=False)
    problems += finding_problems(findings, tidy.override_reason)
    if problems:
        raise ValidationError(problems)
    status = DeliveryStatus.APPROVED if tidy.decision_number and tidy.decision_on else DeliveryStatus.PLANNED
    row = values(tidy, status, standings(uow, tidy.on, [tidy.household_id])[tidy.household_id])
    uow.name_step("delivery.record", table="household", subject=tidy.household_id)
    for name, value in row.items():
        if getattr(found, name) != value:
            setattr(found, name, value)


def approve(uow: UnitOfWork, ids: Sequence[UUID], *, number: str, on: date) -> None:
    """A decision approves planned entries."""
    uow.require(Permission.EDIT)
    decided = decision_problems(uow, number, on)
    if decided:
        raise ValidationError(decided)
    for delivery_id in ids:
        found = uow.record(Delivery, delivery_id)
        if found.status != DeliveryStatus.PLANNED:
            raise ConflictError(_("Only what is planned can be approved."))
        _require_no_draft(uow, found)
        if found.on_date < on:
            message = _("The delivery of {date} lies before its decision of {decided}.")
            told = message.format(date=format_date(found.on_date), decided=format_date(on))
            raise ValidationError([Problem("decision_on", told)])
        found.status, found.decision_number, found.decision_on = DeliveryStatus.APPROVED.value, clean(number), on
        uow.name_step("delivery.record", table="household", subject=found.household_id)


def hand_out(uow: UnitOfWork, delivery_id: UUID, version: int) -> None:
    """It was handed out; the receipt is still to come."""
    uow.require(Permission.EDIT)
    found = uow.record(Delivery, delivery_id, version)
    _require_no_draft(uow, found)
    if found.status != DeliveryStatus.APPROVED and needs_decision(FundSource(found.source)):
        raise ConflictError(_("It is not approved by a decision yet."))
    if found.status not in (DeliveryStatus.PLANNED, DeliveryStatus.APPROVED):
        raise ConflictError(_("It was handed out, returned or cancelled already."))
    if found.on_date > uow.today:
        raise ValidationError([Problem("on", _("Its day lies in the future."))])
    found.status = DeliveryStatus.DELIVERED.value
    task_rules.support_given(uow, [(found.programme, found.household_id, found.person_id)])
    uow.name_step("delivery.receive", table="household", subject=found.household_id)


def receive(uow: UnitOfWork, delivery_id: UUID, version: int, receipt: ReceiptData) -> None:
    """Somebody collected it: the beneficiary, or a representative with a written authorisation."""
    uow.require(Permission.EDIT)
    found = uow.record(Delivery, delivery_id, version)
    _require_no_draft(uow, found)
    uow.name_step("delivery.receive", table="household", subject=found.household_id)
    delivery_receipts.collect(uow, {delivery_id: receipt}, versions={delivery_id: version})
    uow.session.expire_all()


def give_back(uow: UnitOfWork, delivery_id: UUID, version: int, *, on: date, reason: str) -> UUID:
    """It comes back. What was received before is taken back by an entry of its own, whose id is returned."""
    uow.require(Permission.EDIT)
    found = uow.record(Delivery, delivery_id, version)
    _require_reason(reason)
    if on > uow.today or on < found.on_date:
        raise ValidationError([Problem("on", _("The day lies before the delivery or in the future."))])
    uow.name_step("delivery.correct", table="household", subject=found.household_id)
    _animals_back(uow, found.id)
    if found.status == DeliveryStatus.DELIVERED:
        found.status, found.note = DeliveryStatus.RETURNED.value, noted(found.note, reason)
        return found.id
    if found.status != DeliveryStatus.RECEIVED or found.corrects_id is not None:
        raise ConflictError(_("Only what was handed out can come back."))
    if taken_back(uow, [found.id]):
        raise ConflictError(_("It was taken back already."))
    amount, goods = present(uow, found)
    made = Delivery(**opposite(found, on, clean(reason), amount, goods, DeliveryStatus.RETURNED))
    uow.add(made)
    uow.session.flush()
    return made.id


def correct(
    uow: UnitOfWork,
    delivery_id: UUID,
    *,
    on: date,
    reason: str,
    amount: int | None = None,
    goods: Sequence[GoodsLine] | None = None,
) -> UUID:
    """Put a received entry right by a new one that holds the difference; the old one stays as it was."""
    uow.require(Permission.EDIT)
    found = uow.record(Delivery, delivery_id)
    _require_reason(reason)
    if found.corrects_id is not None:
        raise ConflictError(_("This is itself a correction: correct the entry it belongs to."))
    if found.status != DeliveryStatus.RECEIVED or taken_back(uow, [found.id]):
        raise ConflictError(_("Only what was received and not taken back is corrected by a new entry."))
    problems = (
        []
        if found.on_date <= on <= uow.today
        else [Problem("on", _("The day lies before the delivery or in the future."))]
    )
    if amount is not None and amount < 0:
        problems.append(Problem("amount", _("An amount cannot be negative.")))
    lines = cleaned(goods) if goods is not None else None
    problems += goods_problems(lines or ())
    now_amount, now_goods = present(uow, found)
    more = (now_amount if amount is None else amount) - now_amount
    difference = goods_difference(lines, now_goods) if lines is not None else ()
    if not problems and not more and not difference:
        problems.append(Problem("amount", _("This is what stands there already.")))
    if not problems and worth(more, difference) > 0:
        problems += _above(uow, found, now_amount + more, now_goods if lines is None else lines)
    if problems:
        raise ValidationError(problems)
    corrected = replace(
        data_of(found), on=on, amount=more, goods=difference, note=clean(reason), override_reason=clean(reason)
    )
    place = (found.hamlet_id, found.class_value)
    made = Delivery(
        **values(corrected, DeliveryStatus.RECEIVED, place),
        corrects_id=found.id,
        distribution_id=found.distribution_id,
        enrolment_id=found.enrolment_id,
    )
    uow.name_step("delivery.correct", table="household", subject=found.household_id)
    uow.add(made)
    uow.session.flush()
    return made.id


def cancel(uow: UnitOfWork, delivery_id: UUID, version: int, *, reason: str) -> None:
    """Nothing will be handed out."""
    uow.require(Permission.EDIT)
    found = uow.record(Delivery, delivery_id, version)
    _require_reason(reason)
    if found.status not in (DeliveryStatus.PLANNED, DeliveryStatus.APPROVED):
        raise ConflictError(_("It was handed out already: let it come back instead."))
    uow.name_step("delivery.correct", table="household", subject=found.household_id)
    found.status, found.note = DeliveryStatus.CANCELLED.value, noted(found.note, reason)


def of_household(uow: UnitOfWork, household_id: UUID) -> list[DeliveryView]:
    """Everything a household and its people got or shall get, newest first."""
    uow.require(Permission.READ)
    statement = _views(uow).where(Delivery.household_id == household_id)
    rows = uow.session.execute(statement.order_by(Delivery.on_date.desc(), Delivery.id.desc()))
    titles = {code: one.title for code, one in catalogue(uow).programmes.items()}
    return [_view(one, name, titles) for one, name in rows]


def view(uow: UnitOfWork, delivery_id: UUID) -> DeliveryView:
    """One entry."""
    uow.require(Permission.READ)
    found = uow.record(Delivery, delivery_id)
    person = uow.session.get(Person, found.person_id) if found.person_id else None
    titles = {code: one.title for code, one in catalogue(uow).programmes.items()}
    return _view(found, person.full_name if person else None, titles)


def _animals_back(uow: UnitOfWork, delivery_id: UUID) -> None:
    """Animals handed over by this entry wait for their hand-over again; those gone or passed on cannot come back."""
    for animal in uow.session.scalars(select(Asset).where(Asset.delivery_id == delivery_id)):
        if animal.status not in (AssetState.HANDED, AssetState.KEPT):
            raise ConflictError(
                _("{tag} is not as it was handed over any more: it cannot come back.").format(tag=animal.tag)
            )
        animal.handed_on = animal.delivery_id = None
        animal.status = AssetState.HANDED.value


def _require_reason(reason: str) -> None:
    if not clean(reason):
        raise ValidationError([Problem("reason", _("Write the reason."))])


def _require_no_draft(uow: UnitOfWork, found: Delivery) -> None:
    """A row of a list that is being prepared is approved with its list, then handed out."""
    if found.distribution_id is None:
        return
    if uow.record(Distribution, found.distribution_id).status == DistributionStatus.DRAFT:
        raise ConflictError(_("Approve the list by its decision first."))


def _above(uow: UnitOfWork, found: Delivery, amount: int, goods: Sequence[GoodsLine]) -> list[Problem]:
    """Ceilings and budgets that refuse an entry refuse it as corrected too."""
    whole = replace(data_of(found), amount=amount, goods=tuple(goods))
    return [
        Problem("amount", finding.text)
        for finding in check(uow, whole, but=found.id)
        if finding.severity is Severity.REFUSE and finding.cause in (Cause.CAP, Cause.BUDGET)
    ]


def _tidy(uow: UnitOfWork, data: DeliveryData, own: UUID | None) -> tuple[DeliveryData, list[Finding]]:
    """The data with tidy text, rule and period filled in where they are not given, and what speaks against it."""
    tidy = replace(
        data,
        goods=cleaned(data.goods),
        decision_number=clean(data.decision_number),
        override_reason=clean(data.override_reason),
        note=data.note.strip(),
    )
    full, found = checked(uow, [tidy], but=frozenset({own}) if own else frozenset())
    return full[0], found[0]


def _problems(uow: UnitOfWork, data: DeliveryData, *, handed_out: bool) -> list[Problem]:
    problems = goods_problems(data.goods)
    if not data.amount and not data.goods:
        problems.append(Problem("amount", _("Write the amount, or what is handed over.")))
    if handed_out and data.on > uow.today:
        problems.append(Problem("on", _("Its day lies in the future.")))
    if handed_out and needs_decision(data.source) and not (data.decision_number and data.decision_on):
        problems.append(Problem("decision_number", _("Public money is handed out by a decision: write its number.")))
    if data.decision_on is not None and data.decision_on > uow.today:
        problems.append(Problem("decision_on", _("The date of the decision lies in the future.")))
    if bool(data.decision_number) != (data.decision_on is not None):
        problems.append(Problem("decision_on", _("Write number and date of the decision, or neither.")))
    return problems


def _views(uow: UnitOfWork) -> Any:  # noqa: ANN401 - a select of record and name
    return select(Delivery, Person.full_name).outerjoin(Person, Person.id == Delivery.person_id)


def _view(found: Delivery, person: str | None, titles: dict[str, str]) -> DeliveryView:
    receipt = None
    if found.received_on is not None:
        receipt = ReceiptData(
            found.received_on,
            found.received_by,
            found.received_relation,
            found.authorisation,
            Receipt(found.proof) if found.proof else Receipt.SIGNATURE,
        )
    return DeliveryView(
        id=found.id,
        version=found.version,
        data=data_of(found),
        status=DeliveryStatus(found.status),
        programme=titles.get(found.programme, found.programme),
        person=person or "",
        class_value=found.class_value,
        receipt=receipt,
        distribution_id=found.distribution_id,
        enrolment_id=found.enrolment_id,
        corrects_id=found.corrects_id,
        goods_value=found.goods_value,
    )
