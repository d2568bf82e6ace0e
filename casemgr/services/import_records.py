"""What the matching of an imported list reads from the file: people with their households, in large statements."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, select

from casemgr.persistence.models import Household, HouseholdClassRow, Membership, Person
from casemgr.persistence.uow import UnitOfWork

CHUNK = 400
_CURRENT = Membership.left_on.is_(None) & Membership.left_reason.is_(None)


@dataclass
class OnFile:
    """A household on file with its people and its class of the year."""

    household: RowMapping
    members: list[RowMapping]
    class_row: RowMapping | None = None


def parts(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Chunks small enough for one statement."""
    ordered = list(items)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


_PERSON = [column for column in Person.__table__.columns if column.name not in {"commune", "name_sort"}]
_MEMBER = [
    Membership.id.label("membership_id"),
    Membership.household_id,
    Membership.relation,
    Membership.relation_text,
    Membership.position,
    Membership.left_on,
    Membership.left_reason,
]


def people(uow: UnitOfWork, condition: ColumnElement[bool]) -> Sequence[RowMapping]:
    """People with the household they live in now, if any."""
    current = (Membership.person_id == Person.id) & _CURRENT
    statement = (
        select(*_PERSON, *_MEMBER, Household.number, Household.hamlet_id, Household.ended_on)
        .select_from(Person)
        .outerjoin(Membership, current)
        .outerjoin(Household, Household.id == Membership.household_id)
        .where(condition)
    )
    return uow.session.execute(statement).mappings().all()


def people_on_file(uow: UnitOfWork, ids: Sequence[UUID]) -> Sequence[RowMapping]:
    """These people with the household they live in now, if any."""
    return people(uow, Person.id.in_(ids))


def household_sizes(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many people live in these households."""
    sizes: dict[UUID, int] = {}
    for part in parts(ids):
        statement = (
            select(Membership.household_id, func.count())
            .where(Membership.household_id.in_(part), _CURRENT)
            .group_by(Membership.household_id)
        )
        sizes.update((household, count) for household, count in uow.session.execute(statement))
    return sizes


def households_on_file(uow: UnitOfWork, ids: Iterable[UUID], year: int) -> dict[UUID, OnFile]:
    """These households with their people and their class of the year."""
    loaded: dict[UUID, OnFile] = {}
    for part in parts(ids):
        rows = uow.session.execute(select(Household.__table__).where(Household.id.in_(part))).mappings()
        loaded.update((row["id"], OnFile(row, [])) for row in rows)
        members = (
            select(*_PERSON, *_MEMBER)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.household_id.in_(part), _CURRENT)
            .order_by(Membership.household_id, Membership.position)
        )
        for row in uow.session.execute(members).mappings():
            loaded[row["household_id"]].members.append(row)
        classes = select(HouseholdClassRow.__table__).where(
            HouseholdClassRow.household_id.in_(part), HouseholdClassRow.year == year
        )
        for row in uow.session.execute(classes).mappings():
            loaded[row["household_id"]].class_row = row
    return loaded
