"""What was paid and handed over, summed by programme, source, hamlet, class and year: always the sum of the entries.

Counted is what was handed out or received, by the day of the entry; a return or correction is an entry of its own with
the other sign, in the hamlet and class of the entry it belongs to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from casemgr.domain.distributions import COUNTED
from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.permissions import Permission
from casemgr.domain.support import FUND_LABELS, DeliveryStatus, FundSource
from casemgr.i18n import N_, _
from casemgr.persistence.models import Delivery
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.offices import hamlet_names
from casemgr.services.programmes import catalogue


class By(StrEnum):
    """What totals are told apart by."""

    PROGRAMME = "programme"
    SOURCE = "source"
    HAMLET = "hamlet"
    CLASS = "class"
    YEAR = "year"
    RULE = "rule"


BY_LABELS = {
    By.PROGRAMME: N_("Programme"),
    By.SOURCE: N_("Source"),
    By.HAMLET: N_("Hamlet"),
    By.CLASS: N_("Class"),
    By.YEAR: N_("Year"),
    By.RULE: N_("Legal basis"),
}

_YEAR: Final = func.substr(Delivery.on_date, 1, 4)
_COLUMNS: Final[dict[By, Any]] = {
    By.PROGRAMME: Delivery.programme,
    By.SOURCE: Delivery.source,
    By.HAMLET: Delivery.hamlet_id,
    By.CLASS: Delivery.class_value,
    By.YEAR: _YEAR,
    By.RULE: Delivery.rule,
}


@dataclass(frozen=True)
class TotalQuery:
    """Which entries are summed; None and empty mean all."""

    first: date | None = None
    last: date | None = None
    programmes: tuple[str, ...] = ()
    sources: tuple[FundSource, ...] = ()
    hamlets: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Total:
    """A line of totals."""

    key: str
    """Code, id or year; empty where the entry has none."""
    label: str
    households: int
    """Different households with anything in it, corrections aside."""
    entries: int
    """Hand-overs, corrections and returns aside."""
    money: int
    goods: int
    """Worth of goods in đồng."""

    @property
    def worth(self) -> int:
        """Money and goods in đồng."""
        return self.money + self.goods


def counted() -> ColumnElement[bool]:
    """Whether an entry is taken in."""
    taken_back = (Delivery.status == DeliveryStatus.RETURNED.value) & Delivery.corrects_id.is_not(None)
    return or_(Delivery.status.in_([one.value for one in COUNTED]), taken_back)


def totals(uow: UnitOfWork, by: By, query: TotalQuery | None = None) -> list[Total]:
    """One line for each value, the largest first; years in their order."""
    uow.require(Permission.READ)
    column = _COLUMNS[by]
    own = Delivery.corrects_id.is_(None)
    statement = (
        select(
            column,
            func.count(func.distinct(Delivery.household_id)).filter(own),
            func.count().filter(own),
            func.sum(Delivery.amount),
            func.sum(Delivery.goods_value),
        )
        .where(counted(), *_conditions(query or TotalQuery()))
        .group_by(column)
    )
    name = _namer(uow, by)
    found = [
        Total(_key(value), name(value), int(homes), int(entries), int(money), int(goods))
        for value, homes, entries, money, goods in uow.session.execute(statement)
    ]
    if by is By.YEAR:
        return sorted(found, key=lambda line: line.key)
    return sorted(found, key=lambda line: (-line.worth, line.label))


def whole(uow: UnitOfWork, query: TotalQuery | None = None) -> Total:
    """Everything in one line."""
    uow.require(Permission.READ)
    own = Delivery.corrects_id.is_(None)
    statement = select(
        func.count(func.distinct(Delivery.household_id)).filter(own),
        func.count().filter(own),
        func.coalesce(func.sum(Delivery.amount), 0),
        func.coalesce(func.sum(Delivery.goods_value), 0),
    ).where(counted(), *_conditions(query or TotalQuery()))
    homes, entries, money, goods = uow.session.execute(statement).one()
    return Total("", _("Total"), int(homes), int(entries), int(money), int(goods))


def household_ids(uow: UnitOfWork, by: By, key: str, query: TotalQuery | None = None) -> list[UUID]:
    """The households behind a line, for its list."""
    uow.require(Permission.READ)
    column = _COLUMNS[by]
    value: Any = UUID(key) if by is By.HAMLET and key else key
    same = column.is_(None) if by is By.HAMLET and not key else column == value
    statement = select(Delivery.household_id).where(counted(), same, Delivery.corrects_id.is_(None)).distinct()
    return list(uow.session.scalars(statement.where(*_conditions(query or TotalQuery()))))


def _conditions(query: TotalQuery) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.first is not None:
        found.append(Delivery.on_date >= query.first)
    if query.last is not None:
        found.append(Delivery.on_date <= query.last)
    if query.programmes:
        found.append(Delivery.programme.in_(query.programmes))
    if query.sources:
        found.append(Delivery.source.in_([one.value for one in query.sources]))
    if query.hamlets:
        found.append(Delivery.hamlet_id.in_(query.hamlets))
    return found


def _key(value: Any) -> str:  # noqa: ANN401 - a code, an id or nothing
    return "" if value is None else str(value)


def _namer(uow: UnitOfWork, by: By) -> Any:  # noqa: ANN401 - a function of the column's value
    if by is By.PROGRAMME:
        programmes = catalogue(uow).programmes
        return lambda code: programmes[code].title if code in programmes else code
    if by is By.SOURCE:
        return lambda code: _(FUND_LABELS[FundSource(code)])
    if by is By.HAMLET:
        names = hamlet_names(uow)
        return lambda one: names.get(one, "") or _("No hamlet")
    if by is By.CLASS:
        return lambda value: _(CLASS_LABELS[HouseholdClass(value)]) if value else _("Not known")
    if by is By.RULE:
        known = catalogue(uow)
        return lambda code: (rule.citation if (rule := known.rule(code)) else code) or _("No rule named")
    return _key
