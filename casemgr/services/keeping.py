"""What the registers of sponsors, events, officers and works share: writing one line, and households by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.households import household_code
from casemgr.persistence.base import Record
from casemgr.persistence.models import HouseholdIndex
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.offices import hamlet_names

R = TypeVar("R", bound=Record)
_MANY: Final = 500


@dataclass(frozen=True)
class Home:
    """A household as a line of a register names it."""

    code: str
    head: str
    hamlet: str


NOWHERE: Final = Home("", "", "")


def keep_record(
    uow: UnitOfWork, kind: type[R], values: Mapping[str, Any], record_id: UUID | None, version: int, action: str
) -> R:
    """Write a new record, or the changed fields of the one that was read in `version`."""
    if record_id is None:
        record = kind(**values)
        uow.add(record)
    else:
        record = uow.record(kind, record_id, version)
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step(action, record)
    uow.session.flush()
    return record


def homes_of(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, Home]:
    """Code, head and hamlet of these households."""
    hamlets, wanted = hamlet_names(uow), sorted(ids)
    columns = (
        HouseholdIndex.household_id,
        HouseholdIndex.number,
        HouseholdIndex.head_name,
        HouseholdIndex.hamlet_id,
    )
    return {
        home: Home(household_code(number), head, hamlets.get(hamlet, "") if hamlet else "")
        for start in range(0, len(wanted), _MANY)
        for home, number, head, hamlet in uow.session.execute(
            select(*columns).where(HouseholdIndex.household_id.in_(wanted[start : start + _MANY]))
        )
    }
