"""The classes written down for households, as the targets of a period need them: of its start and of its end."""

from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, exists, func, select

from casemgr.domain.households import HouseholdClass
from casemgr.persistence.models import Decision, HouseholdClassRow
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.target_rows import Id, Ids, fetch, ids_of

POOR: Final = HouseholdClass.POOR.value
NEAR_POOR: Final = HouseholdClass.NEAR_POOR.value
LISTED: Final = (POOR, NEAR_POOR)

_TABLE: Final = HouseholdClassRow.__table__.c


def _begun(written: FromClause, made: FromClause) -> ColumnElement[Any]:
    """From when a class written down holds."""
    return func.coalesce(written.c.since, made.c.signed_on, func.printf("%d-01-01", written.c.year))


_BEGUN: Final = _begun(HouseholdClassRow.__table__, Decision.__table__)


class Written(NamedTuple):
    """A class, and what the household lacks: JSON text of indicator codes."""

    value: str
    lacking: str


class WrittenClasses:
    """Read in two passes: the newest of each household at the start, and those that began to hold since."""

    def __init__(self, uow: UnitOfWork, start: date, day: date) -> None:
        self._uow, self._start, self._day = uow, start, day

    @cached_property
    def at_start(self) -> dict[Id, Written]:
        """The poor and near-poor at the start."""
        newest = (
            # The engine takes the other columns from the row with the maximum.
            _written(_TABLE.household_id, _TABLE.value, _TABLE.deprivations, func.max(_TABLE.year).label("newest"))
            .where(self._start >= _BEGUN)
            .group_by(_TABLE.household_id)
            .subquery()
        )
        statement = select(newest.c.household_id, newest.c.value, newest.c.deprivations).where(
            newest.c.value.in_(LISTED)
        )
        return {home: Written(value, lacks) for home, value, lacks in fetch(self._uow, statement)}

    @cached_property
    def since(self) -> list[tuple[Id, str, str, str, int]]:
        """Household, class, deprivations, standard of what began to hold after the start, the newest last.

        The last column tells whether the class of a later year had begun by the start: written down late, it holds no
        more.
        """
        other, made = HouseholdClassRow.__table__.alias("other"), Decision.__table__.alias("its_decision")
        late = exists(
            select(other.c.id)
            .outerjoin(made, made.c.id == other.c.decision_id)
            .where(other.c.household_id == _TABLE.household_id, other.c.year > _TABLE.year)
            .where(self._start >= _begun(other, made))
        )
        statement = (
            _written(_TABLE.household_id, _TABLE.value, _TABLE.deprivations, _TABLE.standard, late)
            .where((self._start < _BEGUN) & (self._day >= _BEGUN))
            .order_by(_TABLE.household_id, _TABLE.year)
        )
        return [(home, value, lacks, by, late) for home, value, lacks, by, late in fetch(self._uow, statement)]

    @cached_property
    def on_day(self) -> dict[Id, Written]:
        """The poor and near-poor on the day: what began since goes before what held at the start."""
        found = dict(self.at_start)
        for home, value, lacks, _standard, late in self.since:
            if late:
                continue
            if value in LISTED:
                found[home] = Written(value, lacks)
            else:
                found.pop(home, None)
        return found


def recorded_by(uow: UnitOfWork, day: date) -> Ids:
    """Households with a class written down by a day, whichever."""
    return ids_of(uow, _written(_TABLE.household_id).where(day >= _BEGUN))


def _written(*columns: ColumnElement[Any]) -> Select[Any]:
    made = Decision.__table__
    return select(*columns).outerjoin_from(HouseholdClassRow.__table__, made, made.c.id == _TABLE.decision_id)
