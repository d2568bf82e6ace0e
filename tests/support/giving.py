"""What sponsors gave, written straight into the case file: the checks of deliveries are tested elsewhere."""

from datetime import date
from uuid import UUID

from casemgr.domain.support import DeliveryStatus, FundSource
from casemgr.persistence.models import Delivery, Sponsorship
from casemgr.persistence.uow import UnitOfWork


def plant(
    uow: UnitOfWork,
    sponsorship: UUID,
    on: date,
    amount: int,
    *,
    goods: str = "",
    goods_value: int = 0,
    status: DeliveryStatus = DeliveryStatus.RECEIVED,
    received_by: str = "",
    note: str = "",
) -> UUID:
    """One delivery of a sponsorship."""
    promise = uow.record(Sponsorship, sponsorship)
    record = Delivery(
        programme="DO-DAU",
        rule="",
        household_id=promise.household_id,
        person_id=promise.person_id,
        class_value="poor",
        on_date=on,
        period="",
        amount=amount,
        goods=goods,
        goods_value=goods_value,
        source=FundSource.SPONSOR.value,
        sponsorship_id=sponsorship,
        decision_number="",
        stage="",
        status=status.value,
        override_reason="",
        received_on=on,
        received_by=received_by,
        received_relation="",
        authorisation="",
        note=note,
    )
    uow.add(record)
    uow.session.flush()
    return record.id
