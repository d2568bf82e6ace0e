"""What sponsors gave in a period, by kind of sponsor, against what they had promised (target I17)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from casemgr.domain import community, sponsors
from casemgr.domain.permissions import Permission
from casemgr.persistence.models import Delivery, Sponsor, Sponsorship
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.sponsors import CAME, data_of


@dataclass(frozen=True)
class Giving:
    """What one kind of sponsor gave in a period."""

    kind: str
    sponsors: int
    households: int
    money: int
    goods: int
    promised: int
    """Fell due in the period."""
    kept: int
    """Came in the period on promises."""


def giving(uow: UnitOfWork, first: date, last: date) -> list[Giving]:
    """Money and goods by kind of sponsor in a period, and promises that fell due against what came on them."""
    uow.require(Permission.READ)
    kinds = {row[0]: row[1] for row in uow.session.execute(select(Sponsor.id, Sponsor.kind))}
    promises = {record.id: record for record in uow.session.scalars(select(Sponsorship))}
    statement = select(Delivery).where(
        Delivery.sponsorship_id.is_not(None), Delivery.on_date.between(first, last), CAME
    )
    came: dict[str, list[tuple[Sponsorship, Delivery]]] = {kind: [] for kind in community.SPONSOR_KIND_LABELS}
    for delivery in uow.session.scalars(statement):
        record = promises[delivery.sponsorship_id] if delivery.sponsorship_id else None
        if record is not None:
            came.setdefault(kinds[record.sponsor_id], []).append((record, delivery))
    due: dict[str, int] = {}
    for record in promises.values():
        data = data_of(record)
        before = sponsors.standing(data, (), first - timedelta(days=1)).expected
        due[kinds[record.sponsor_id]] = (
            due.get(kinds[record.sponsor_id], 0) + sponsors.standing(data, (), last).expected - before
        )
    return [
        Giving(
            kind=kind,
            sponsors=len({record.sponsor_id for record, _delivery in lines}),
            households=len({delivery.household_id for _record, delivery in lines}),
            money=sum(delivery.amount for _record, delivery in lines),
            goods=sum(delivery.goods_value for _record, delivery in lines),
            promised=due.get(kind, 0),
            kept=sum(
                delivery.amount + delivery.goods_value
                for record, delivery in lines
                if not sponsors.is_gift(data_of(record))
            ),
        )
        for kind, lines in came.items()
    ]
