"""A pay-out list and its entries as records, and whether they may still be changed or handed out."""

from uuid import UUID

from sqlalchemy import select

from casemgr.domain.distributions import DistributionStatus
from casemgr.domain.support import DeliveryStatus
from casemgr.errors import ConflictError
from casemgr.i18n import _
from casemgr.persistence.models import Delivery, Distribution
from casemgr.persistence.uow import UnitOfWork


def entries_of(uow: UnitOfWork, distribution_id: UUID) -> list[Delivery]:
    """The rows of the list that are not cancelled, without what corrects them."""
    statement = select(Delivery).where(
        Delivery.distribution_id == distribution_id,
        Delivery.corrects_id.is_(None),
        Delivery.status != DeliveryStatus.CANCELLED.value,
    )
    return list(uow.session.scalars(statement.order_by(Delivery.id)))


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
