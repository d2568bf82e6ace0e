"""The lists behind the numbers as lines of words: households, people, officers, works, events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.activities import ACTIVITY_LABELS, ActivityKind
from casemgr.domain.community import POSITIONS, WORKS, label
from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.livelihoods import PROJECT_MACHINE
from casemgr.domain.permissions import Permission
from casemgr.domain.targets import Item
from casemgr.domain.text import person_sort_key, word_sort_key
from casemgr.i18n import _, format_date
from casemgr.persistence.models import (
    Activity,
    CommunityProject,
    HouseholdIndex,
    LivelihoodGroup,
    Membership,
    Person,
    PovertyOfficer,
    Works,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.keeping import NOWHERE, homes_of
from casemgr.services.offices import hamlet_names

_PART = 500


@dataclass(frozen=True)
class ItemRow:
    """One line behind a number."""

    id: UUID
    name: str
    code: str
    """Of the household."""
    hamlet: str
    detail: str
    household_id: UUID | None
    """Where to go; None for what belongs to no household."""


def items(uow: UnitOfWork, item: Item, ids: Sequence[UUID]) -> tuple[ItemRow, ...]:
    """The lines of a list, by hamlet and name."""
    uow.require(Permission.READ)
    made = _READERS[item](uow, ids)
    return tuple(sorted(made, key=lambda row: (word_sort_key(row.hamlet), person_sort_key(row.name), row.code)))


def _pieces(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [ids[start : start + _PART] for start in range(0, len(ids), _PART)]


def _households(uow: UnitOfWork, ids: Sequence[UUID]) -> list[ItemRow]:
    homes = homes_of(uow, ids)
    index = HouseholdIndex
    values = {
        home: value
        for part in _pieces(ids)
        for home, value in uow.session.execute(
            select(index.household_id, index.class_value).where(index.household_id.in_(part))
        )
    }
    return [
        ItemRow(
            one,
            home.head,
            home.code,
            home.hamlet,
            _(CLASS_SHORT_LABELS[HouseholdClass(values.get(one, HouseholdClass.UNREVIEWED))]),
            one,
        )
        for one, home in homes.items()
    ]


def _people(uow: UnitOfWork, ids: Sequence[UUID]) -> list[ItemRow]:
    found: dict[UUID, tuple[str, str | None, UUID | None]] = {}
    for part in _pieces(ids):
        statement = (
            select(Person.id, Person.full_name, Person.birth, Membership.household_id)
            .outerjoin(Membership, Membership.person_id == Person.id)
            .where(Person.id.in_(part))
            .order_by(Membership.left_on.is_(None), Membership.id)
        )
        for row in uow.session.execute(statement):
            found[row[0]] = (row[1], row[2], row[3])
    homes = homes_of(uow, {home for _name, _birth, home in found.values() if home is not None})
    rows = []
    for person, (name, birth, home) in found.items():
        where = homes.get(home, NOWHERE) if home is not None else NOWHERE
        rows.append(ItemRow(person, name, where.code, where.hamlet, (birth or "")[:4], home))
    return rows


def _register(
    uow: UnitOfWork,
    ids: Sequence[UUID],
    model: Any,  # noqa: ANN401 - a mapped class
    words: Callable[[Any], tuple[str, str]],
) -> list[ItemRow]:
    hamlets = hamlet_names(uow)
    rows = []
    for part in _pieces(ids):
        for record in uow.session.scalars(select(model).where(model.id.in_(part))):
            name, detail = words(record)
            rows.append(ItemRow(record.id, name, "", hamlets.get(record.hamlet_id, ""), detail, None))
    return rows


def _officers(uow: UnitOfWork, ids: Sequence[UUID]) -> list[ItemRow]:
    return _register(uow, ids, PovertyOfficer, lambda record: (record.name, label(POSITIONS, record.position)))


def _works(uow: UnitOfWork, ids: Sequence[UUID]) -> list[ItemRow]:
    return _register(uow, ids, Works, lambda record: (record.name, label(WORKS, record.kind)))


def _events(uow: UnitOfWork, ids: Sequence[UUID]) -> list[ItemRow]:
    return _register(
        uow,
        ids,
        Activity,
        lambda record: (
            record.title,
            f"{_(ACTIVITY_LABELS[ActivityKind(record.kind)])}, {format_date(record.on_date)}",
        ),
    )


def _projects(uow: UnitOfWork, ids: Sequence[UUID]) -> list[ItemRow]:
    hamlets, rows = hamlet_names(uow), []
    for part in _pieces(ids):
        statement = (
            select(CommunityProject, LivelihoodGroup.name, LivelihoodGroup.hamlet_id)
            .outerjoin(LivelihoodGroup, LivelihoodGroup.id == CommunityProject.group_id)
            .where(CommunityProject.id.in_(part))
        )
        for record, group, hamlet in uow.session.execute(statement):
            told = PROJECT_MACHINE.label(record.status)
            detail = f"{told}, {group}" if group else told
            place = hamlets.get(hamlet, "") if hamlet else ""
            rows.append(ItemRow(record.id, record.title, "", place, detail, None))
    return rows


_READERS: dict[Item, Callable[[UnitOfWork, Sequence[UUID]], list[ItemRow]]] = {
    Item.HOUSEHOLD: _households,
    Item.PERSON: _people,
    Item.OFFICER: _officers,
    Item.WORKS: _works,
    Item.EVENT: _events,
    Item.PROJECT: _projects,
}
