"""What came to households, read once for all targets: in the period, and in the months before that some look back."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from sqlalchemy import func, select

from casemgr.domain.support import SETTLED, DeliveryStatus
from casemgr.persistence.models import Delivery
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.target_rows import Id, fetch

_SETTLED: Final = tuple(status.value for status in SETTLED)
"""A return is an entry with the other sign: summed with what it takes back."""


class Received(NamedTuple):
    """One delivery that came, or its return."""

    day: str
    programme: str
    home: Id
    person: Id | None
    source: str
    promised: bool
    """Of a sponsor's promise."""
    money: int
    goods: int
    kept: bool
    """Received and not given back."""


class Receipts:
    """The deliveries from a day on; `after` is the last day nobody looks back to."""

    def __init__(self, uow: UnitOfWork, after: date, day: date) -> None:
        self._uow, self._after, self._day = uow, after, day

    @cached_property
    def _rows(self) -> list[Received]:
        return list(self._read(self._after))

    def since(self, after: date) -> Iterator[Received]:
        """What came after a day."""
        if after < self._after:
            return self._read(after)
        last = after.isoformat()
        return (row for row in self._rows if row.day > last)

    def _read(self, after: date) -> Iterator[Received]:
        day = func.coalesce(Delivery.received_on, Delivery.on_date)
        returned = select(Delivery.corrects_id).where(
            Delivery.corrects_id.is_not(None), Delivery.status == DeliveryStatus.RETURNED.value
        )
        kept = (Delivery.status == DeliveryStatus.RECEIVED.value) & Delivery.id.not_in(returned)
        statement = select(
            day,
            Delivery.programme,
            Delivery.household_id,
            Delivery.person_id,
            Delivery.source,
            Delivery.sponsorship_id.is_not(None),
            Delivery.amount,
            Delivery.goods_value,
            kept,
        ).where(Delivery.status.in_(_SETTLED), day > after, day <= self._day)
        return map(Received._make, fetch(self._uow, statement))


class Sums:
    """Money and goods of some deliveries, by programme and by household."""

    def __init__(self, rows: Iterable[Received], sources: tuple[str, ...] = ()) -> None:
        self.money = self.goods = 0
        self.by_programme: dict[str, int] = {}
        by_home: dict[Id, int] = {}
        for _day, programme, home, _person, source, promised, money, goods, _kept in rows:
            if sources and not promised and source not in sources:
                continue
            self.money += money
            self.goods += goods
            both = money + goods
            self.by_programme[programme] = self.by_programme.get(programme, 0) + both
            by_home[home] = by_home.get(home, 0) + both
        self.homes = frozenset(home for home, amount in by_home.items() if amount > 0)
