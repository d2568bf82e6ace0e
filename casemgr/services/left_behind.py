"""The list "left behind": poor and near-poor households that received nothing for n months (target I20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.dates import add_months
from casemgr.domain.households import HouseholdClass
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryStatus
from casemgr.domain.targets import shipped, year_start
from casemgr.domain.text import person_sort_key
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Delivery, Loan
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.keeping import NOWHERE, homes_of
from casemgr.services.target_cohorts import Reading
from casemgr.services.target_rows import Ids

DEFAULT_MONTHS: Final = 12
MOST_MONTHS: Final = 120
_PART: Final = 500


@dataclass(frozen=True)
class LeftBehindRow:
    """A household of the list, with the last thing it ever received."""

    household_id: UUID
    code: str
    head: str
    hamlet: str
    value: HouseholdClass
    last_on: date | None
    last_programme: str
    """Code of the programme; empty when nothing was ever received."""
    people: int


@dataclass(frozen=True)
class LeftBehind:
    """The list of a day."""

    day: date
    months: int
    listed: int
    """Poor and near-poor households of the day."""
    rows: tuple[LeftBehindRow, ...]


def without_support(reading: Reading, listed: Ids, months: int) -> Ids:
    """Of these households, who received nothing in the months up to the day."""
    after = add_months(reading.day, -months)
    given = {row.home for row in reading.receipts.since(after) if row.kept}
    lent = reading.ids(select(Loan.household_id).where(Loan.disbursed_on > after, Loan.disbursed_on <= reading.day))
    return listed - given - lent


def left_behind(uow: UnitOfWork, day: date, months: int = DEFAULT_MONTHS) -> LeftBehind:
    """The list, by hamlet and head."""
    uow.require(Permission.READ)
    if not 1 <= months <= MOST_MONTHS:
        raise ValidationError(
            [Problem("months", _("Write a number of months from 1 to {most}.").format(most=MOST_MONTHS))]
        )
    reading = Reading(uow, shipped(), year_start(day), day)
    listed = frozenset(reading.on.homes)
    ids = [UUID(bytes=one) for one in without_support(reading, listed, months)]
    values = {UUID(bytes=one): HouseholdClass(value) for one, value in reading.on.homes.items()}
    people: dict[UUID, int] = {}
    if ids:
        for raw in reading.on.members.values():
            people[UUID(bytes=raw)] = people.get(UUID(bytes=raw), 0) + 1
    homes, last = homes_of(uow, ids), _last(uow, ids, day)
    rows = []
    for one in ids:
        home, (on, programme) = homes.get(one, NOWHERE), last.get(one, (None, ""))
        rows.append(
            LeftBehindRow(one, home.code, home.head, home.hamlet, values[one], on, programme, people.get(one, 0))
        )
    rows.sort(key=lambda row: (row.hamlet, person_sort_key(row.head), row.code))
    return LeftBehind(day, months, len(listed), tuple(rows))


def _last(uow: UnitOfWork, ids: Sequence[UUID], day: date) -> dict[UUID, tuple[date | None, str]]:
    """The last delivery each household ever received by the day."""
    found: dict[UUID, tuple[date | None, str]] = {}
    on = func.coalesce(Delivery.received_on, Delivery.on_date)
    for start in range(0, len(ids), _PART):
        rows = uow.session.execute(
            select(Delivery.household_id, on, Delivery.programme)
            .where(Delivery.household_id.in_(ids[start : start + _PART]), on <= day)
            .where(Delivery.status == DeliveryStatus.RECEIVED.value)
            .order_by(on, Delivery.id)
        )
        for home, when, programme in rows:
            found[home] = (when, programme)
    return found
