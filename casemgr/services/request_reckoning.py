"""What can be reckoned of a request before and after it is taken in: when it is due, and what its income means."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from casemgr.domain.classification import Facts, Judgement, classify
from casemgr.domain.offices import Area
from casemgr.domain.pack_parts import Deadline
from casemgr.domain.packs import Pack
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import RequestKind
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import holidays, households, packs

_MONTHS = 12
_CERTAIN = "V"


@dataclass(frozen=True)
class Due:
    """When a request is to be answered, from which day its review runs, and how the days are counted."""

    received_on: date
    starts_on: date
    days: int
    working: bool
    """Working days, else calendar days."""
    due_on: date
    certain: bool
    """False when the standard marks the number of days as recalled or uncertain."""
    warning: str
    """About days the holiday table does not know; empty when it knows them all."""


@dataclass(frozen=True)
class AverageIncome:
    """The income of twelve months as the standard sees it."""

    people: int
    per_head: int
    """Đồng per person and month, rounded up."""
    judgement: Judgement


def due(uow: UnitOfWork, kind: RequestKind, received_on: date) -> Due:
    """When a request received that day is to be answered."""
    uow.require(Permission.READ)
    pack = packs.national(uow, received_on)
    starts = _month_day(received_on, int(pack.calendar["in_year_day"]))
    deadline = pack.deadlines["average_total" if kind is RequestKind.AVERAGE else "in_year_decision"]
    ends, warning = counted(uow, starts, deadline)
    return Due(
        received_on=received_on,
        starts_on=starts,
        days=deadline.days,
        working=deadline.working,
        due_on=ends,
        certain=deadline.certainty == _CERTAIN,
        warning=warning,
    )


def average_income(uow: UnitOfWork, household_id: UUID, income_year: int, on: date) -> AverageIncome | None:
    """What the household's income of the last 12 months means that day; None for a household without members.

    The income leaves out social allowances and is divided by the members and by 12 (QĐ 24/2021 Đ.2 k.2).
    """
    house = households.view(uow, household_id)
    if not house.members:
        return None
    pack: Pack = packs.national(uow, on)
    people = len(house.members)
    per_head = -(-income_year // (_MONTHS * people))
    facts = Facts(house.area or Area.RURAL, per_head, None, frozenset())
    return AverageIncome(people, per_head, classify(pack, facts))


def counted(uow: UnitOfWork, starts: date, deadline: Deadline) -> tuple[date, str]:
    """The last day, and what is to be said of years without a table of days off."""
    if not deadline.working:
        return starts + timedelta(days=deadline.days), ""
    ends = holidays.calendar(uow).add(starts, deadline.days)
    return ends, holidays.warning(uow, starts, ends) or ""


def _month_day(received_on: date, day: int) -> date:
    """The monthly day on or after the receipt."""
    if received_on.day <= day:
        return received_on.replace(day=day)
    following = received_on.replace(day=1) + timedelta(days=32)
    return following.replace(day=day)
