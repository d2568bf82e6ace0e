"""What a sponsor gives: recorded as a delivery of a promise, or of a single gift nobody promised before."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casemgr.domain import community, sponsors
from casemgr.domain.permissions import Permission
from casemgr.domain.sponsors import SponsorshipData, SponsorshipStatus
from casemgr.domain.support import DeliveryData, FundSource, GoodsLine, Receipt, ReceiptData
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Sponsorship
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import deliveries
from casemgr.services.sponsors import keep_sponsorship, sponsorship


@dataclass(frozen=True)
class GiftData:
    """What was given and who took it."""

    on: date
    amount: int = 0
    """Đồng."""
    goods: tuple[GoodsLine, ...] = ()
    received_by: str = ""
    by_relation: str = ""
    authorisation: str = ""
    """Where somebody outside the household took it."""
    proof: Receipt = Receipt.SIGNATURE
    note: str = ""
    """What it was for; it stands on the receipt."""
    override_reason: str = ""


def give(uow: UnitOfWork, sponsorship_id: UUID, gift: GiftData) -> UUID:
    """Record what came on a promise; the first of a promise makes it a running sponsorship."""
    uow.require(Permission.EDIT)
    row = sponsorship(uow, sponsorship_id, uow.today)
    data = row.data
    if data.status is SponsorshipStatus.SOUGHT:
        message = _("Nothing is promised yet: note the promise first.")
        raise ValidationError([Problem("status", message)])
    programme = community.programme_for_sponsoring(gift=sponsors.is_gift(data))
    made = deliveries.record(
        uow,
        DeliveryData(
            programme=programme,
            household_id=data.household_id,
            person_id=data.person_id,
            on=gift.on,
            period=gift.on.isoformat(),
            amount=gift.amount,
            goods=gift.goods,
            source=FundSource.SPONSOR,
            sponsorship_id=sponsorship_id,
            override_reason=gift.override_reason,
            note=gift.note,
        ),
        handed_out=True,
        receipt=_receipt(gift),
    )
    if data.status is SponsorshipStatus.PROMISED:
        uow.record(Sponsorship, sponsorship_id).status = SponsorshipStatus.RUNNING.value
    return made


def give_once(
    uow: UnitOfWork,
    sponsor_id: UUID,
    household_id: UUID,
    gift: GiftData,
    *,
    person_id: UUID | None = None,
    form: str = "",
) -> UUID:
    """Record a gift nobody promised before; gives the id of the delivery."""
    uow.require(Permission.EDIT)
    uow.name_step("delivery.record", table="household", subject=household_id)
    data = SponsorshipData(
        sponsor_id=sponsor_id,
        household_id=household_id,
        person_id=person_id,
        form=form,
        amount=0,
        rhythm_months=0,
        from_on=gift.on,
        to_on=gift.on,
        status=SponsorshipStatus.ENDED,
        note=clean(gift.note),
    )
    return give(uow, keep_sponsorship(uow, data), gift)


def _receipt(gift: GiftData) -> ReceiptData | None:
    if not clean(gift.received_by):
        return None
    return ReceiptData(gift.on, clean(gift.received_by), clean(gift.by_relation), clean(gift.authorisation), gift.proof)
