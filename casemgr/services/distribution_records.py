"""A pay-out list and its entries as records, and whether they may still be changed or handed out."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.distributions import DistributionStatus
from casemgr.domain.households import household_code
from casemgr.domain.support import DeliveryData, DeliveryStatus
from casemgr.errors import ConflictError
from casemgr.i18n import _
from casemgr.persistence.models import Delivery, Distribution, HouseholdIndex, Person
from casemgr.persistence.uow import UnitOfWork

_PART: Final = 500


def entries_of(uow: UnitOfWork, distribution_id: UUID) -> list[Delivery]:
    """The rows of the list that are not cancelled, without what corrects them."""
    statement = select(Delivery).where(
        Delivery.distribution_id == distribution_id,
        Delivery.corrects_id.is_(None),
        Delivery.status != DeliveryStatus.CANCELLED.value,
    )
    return list(uow.session.scalars(statement.order_by(Delivery.id)))


def names_of(uow: UnitOfWork, items: Sequence[DeliveryData]) -> list[str]:
    """The person, or the head of the household, with the code of the household, of each in turn."""
    homes: dict[UUID, tuple[str, str]] = {}
    people: dict[UUID, str] = {}
    for start in range(0, len(items), _PART):
        part = items[start : start + _PART]
        found = select(HouseholdIndex.household_id, HouseholdIndex.number, HouseholdIndex.head_name)
        wanted = found.where(HouseholdIndex.household_id.in_([item.household_id for item in part]))
        homes |= {one: (household_code(number), head) for one, number, head in uow.session.execute(wanted)}
        ids = [item.person_id for item in part if item.person_id is not None]
        named = select(Person.id, Person.full_name).where(Person.id.in_(ids))
        people.update((row[0], row[1]) for row in uow.session.execute(named))
    told = []
    for item in items:
        code, head = homes.get(item.household_id, ("", ""))
        name = (people.get(item.person_id, "") if item.person_id else "") or head
        told.append(f"{name} ({code})".strip() if code else name)
    return told


def draft(uow: UnitOfWork, distribution_id: UUID, version: int) -> Distribution:
    """A list that may still be changed."""
    record = uow.record(Distribution, distribution_id, version)
    if record.status != DistributionStatus.DRAFT:
        raise ConflictError(_("This list is approved or closed: nothing of it can be changed any more."))
    return record


def approved(uow: UnitOfWork, distribution_id: UUID, version: int) -> Distribution:
    """A list that may be handed out."""
    record = uow.record(Distribution, distribution_id, version)
    if record.status == DistributionStatus.DRAFT:
        raise ConflictError(_("Approve the list by its decision first."))
    if record.status == DistributionStatus.CANCELLED:
        raise ConflictError(_("This list is cancelled."))
    return record
