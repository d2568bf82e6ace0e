"""Who collected what, and how it is proved: checked for one delivery or for the ticks of a whole list."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.distributions import needs_decision
from casemgr.domain.people import RELATION_LABELS, Relation
from casemgr.domain.support import DeliveryStatus, FundSource, ReceiptData
from casemgr.domain.text import clean, fold
from casemgr.errors import ConflictError, NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date, using
from casemgr.persistence.models import Delivery, HouseholdIndex, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import task_rules
from casemgr.services.programmes import catalogue

_PART: Final = 500
_READY: Final = (DeliveryStatus.APPROVED.value, DeliveryStatus.DELIVERED.value)


class Waiting(NamedTuple):
    """A delivery that is to be received."""

    id: UUID
    version: int
    status: str
    source: str
    on_date: date
    decision_on: date | None
    programme: str
    rule: str
    household_id: UUID
    person_id: UUID | None
    name: str
    """The beneficiary, or the head of the household."""
    died_on: date | None
    received_on: date | None
    received_by: str
    received_relation: str
    authorisation: str
    proof: str | None
    corrects_id: UUID | None


def waiting(uow: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, Waiting]:
    """The deliveries with the name of whoever is to collect."""
    found: dict[UUID, Waiting] = {}
    beneficiary = func.coalesce(Delivery.person_id, HouseholdIndex.head_id)
    columns = (
        Delivery.id,
        Delivery.version,
        Delivery.status,
        Delivery.source,
        Delivery.on_date,
        Delivery.decision_on,
        Delivery.programme,
        Delivery.rule,
        Delivery.household_id,
        Delivery.person_id,
        func.coalesce(Person.full_name, HouseholdIndex.head_name),
        Person.died_on,
        Delivery.received_on,
        Delivery.received_by,
        Delivery.received_relation,
        Delivery.authorisation,
        Delivery.proof,
        Delivery.corrects_id,
    )
    statement = (
        select(*columns)
        .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Delivery.household_id)
        .outerjoin(Person, Person.id == beneficiary)
    )
    for start in range(0, len(ids), _PART):
        for row in uow.session.execute(statement.where(Delivery.id.in_(ids[start : start + _PART]))):
            found[row[0]] = Waiting._make(row)
    if len(found) < len(set(ids)):
        raise NotFoundError(_("A delivery of this list does not exist any more. Look at the present list."))
    return found


def collect(
    uow: UnitOfWork, receipts: Mapping[UUID, ReceiptData], *, versions: Mapping[UUID, int] | None = None
) -> None:
    """Write the receipts down, all or none; each refusal names its delivery as the field."""
    rows = waiting(uow, list(receipts))
    known = catalogue(uow)
    problems: list[Problem] = []
    changes: dict[UUID, dict[str, tuple[Any, Any]]] = {}
    people = _members(uow, [row.household_id for row in rows.values()])
    for delivery_id, receipt in receipts.items():
        row = rows[delivery_id]
        if versions is not None and row.version != versions.get(delivery_id, row.version):
            raise ConflictError(
                _("This record was changed in the meantime. Look at the present state, then make your change again.")
            )
        rule = known.rule(row.rule)
        told = _problems(row, receipt, uow.today, after_death=rule is not None and rule.after_death)
        problems += [Problem(str(delivery_id), f"{row.name}: {message}") for message in told]
        if not told:
            relation = clean(receipt.by_relation) or people.get((row.household_id, fold(receipt.by_name)), "")
            changes[delivery_id] = _changes(row, receipt, relation)
    if problems:
        raise ValidationError(problems)
    uow.update_many(Delivery, changes)
    task_rules.support_given(uow, [(row.programme, row.household_id, row.person_id) for row in rows.values()])


def somebody_else(beneficiary: str, receipt: ReceiptData) -> bool:
    """Whether another person than the beneficiary collected."""
    name = clean(receipt.by_name)
    return bool(name) and fold(name) != fold(beneficiary)


def _problems(row: Waiting, receipt: ReceiptData, today: date, *, after_death: bool) -> list[str]:
    if row.corrects_id is not None or row.status == DeliveryStatus.RECEIVED.value:
        return [_("it is received already; what is wrong is corrected by a new entry.")]
    if row.status not in _READY and not (
        row.status == DeliveryStatus.PLANNED.value and not needs_decision(FundSource(row.source))
    ):
        return [_("it is not approved by a decision yet.")]
    told = []
    if receipt.received_on > today:
        told.append(_("the day of the receipt lies in the future."))
    if row.decision_on is not None and receipt.received_on < row.decision_on:
        message = _("received before the decision of {date}.")
        told.append(message.format(date=format_date(row.decision_on)))
    other = somebody_else(row.name, receipt)
    dead = row.died_on is not None and row.died_on <= receipt.received_on and not after_death
    if row.died_on is not None and dead and (row.person_id is not None or not other):
        told.append(_("died on {date}.").format(date=format_date(row.died_on)))
    if other and not clean(receipt.authorisation):
        message = _("{other} collected: write the number or date of the written authorisation.")
        told.append(message.format(other=clean(receipt.by_name)))
    return told


def _changes(row: Waiting, receipt: ReceiptData, relation: str) -> dict[str, tuple[Any, Any]]:
    wanted = {
        "status": (row.status, DeliveryStatus.RECEIVED.value),
        "received_on": (row.received_on, receipt.received_on),
        "received_by": (row.received_by, clean(receipt.by_name) or row.name),
        "received_relation": (row.received_relation, relation if somebody_else(row.name, receipt) else ""),
        "authorisation": (row.authorisation, clean(receipt.authorisation)),
        "proof": (row.proof, receipt.proof.value),
    }
    return {name: pair for name, pair in wanted.items() if pair[0] != pair[1]}


def _members(uow: UnitOfWork, households: Sequence[UUID]) -> dict[tuple[UUID, str], str]:
    """Relation to the head in the list's own words, by household and folded name."""
    found: dict[tuple[UUID, str], str] = {}
    ordered = list(dict.fromkeys(households))
    for start in range(0, len(ordered), _PART):
        rows = (
            select(Membership.household_id, Person.full_name, Membership.relation, Membership.relation_text)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.household_id.in_(ordered[start : start + _PART]))
            .where(Membership.left_on.is_(None), Membership.left_reason.is_(None))
        )
        with using("vi"):
            for household, name, relation, words in uow.session.execute(rows):
                found[household, fold(name)] = words or _(RELATION_LABELS[Relation(relation)])
    return found
