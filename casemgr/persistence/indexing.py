"""Keeps the derived rows, list and search, in step with whatever a transaction touched."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row, RowMapping, delete, func, select, text
from sqlalchemy.orm import Session

from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import Relation
from casemgr.domain.searching import exact, loose, loose_tokens, number_tokens
from casemgr.persistence.bulk import insert_rows
from casemgr.persistence.models import (
    Certificate,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    Membership,
    Person,
    SearchEntry,
)

BATCH = 400
_as_int = attrgetter("int")

_SOURCES = {
    "person": (select(Membership.household_id), Membership.person_id),
    "membership": (select(Membership.household_id), Membership.id),
    "household_class": (select(HouseholdClassRow.household_id), HouseholdClassRow.id),
    "certificate": (select(Certificate.household_id), Certificate.id),
}
"""How to get from a changed record (of `INDEXED_TABLES`) to the households whose derived rows show it."""

_INSERT_TEXT = text("INSERT INTO search_text(rowid, kind, loose, exact) VALUES (:id, :kind, :loose, :exact)")
_DELETE_TEXT = text("DELETE FROM search_text WHERE rowid = :id")


def refresh(session: Session, records: dict[str, set[UUID]], households: Iterable[UUID] = ()) -> None:
    """Rebuild the derived rows of every household that the changed records belong to.

    `households` adds those whose link to the record is already gone (a deleted membership).
    """
    stale = set(records.get("household", ())) | set(households)
    for table, (query, key) in _SOURCES.items():
        for part in _parts(records.get(table, ())):
            stale.update(session.scalars(query.where(key.in_(part))))
    rebuild(session, stale)


def rebuild(session: Session, stale: Iterable[UUID]) -> None:
    """Rebuild the derived rows of the households `stale`."""
    next_id = (session.execute(select(func.max(SearchEntry.id))).scalar() or 0) + 1
    for part in _parts(stale):
        old = session.execute(select(SearchEntry.id).where(SearchEntry.household_id.in_(part))).scalars().all()
        if old:
            session.execute(_DELETE_TEXT, [{"id": row} for row in old])
            session.execute(delete(SearchEntry).where(SearchEntry.household_id.in_(part)))
        session.execute(delete(HouseholdIndex).where(HouseholdIndex.household_id.in_(part)))
        listing, entries, texts = _derive(session, part, next_id)
        next_id += len(entries)
        insert_rows(session, HouseholdIndex, listing)
        insert_rows(session, SearchEntry, entries)
        if texts:
            session.execute(_INSERT_TEXT, texts)


def _parts(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    ordered = sorted(ids, key=_as_int)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def _derive(
    session: Session, part: Sequence[UUID], first_id: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    households = session.execute(
        select(
            Household.id, Household.commune, Household.number, Household.hamlet_id, Household.phone, Household.ended_on
        ).where(Household.id.in_(part))
    ).mappings()
    members: dict[UUID, list[Row[*tuple[Any, ...]]]] = {}
    query = (
        select(
            Membership.household_id,
            Membership.relation,
            Person.id,
            Person.full_name,
            Person.name_key,
            Person.name_sort,
            Person.id_number,
            Person.old_id_number,
            Person.insurance_number,
            Person.phone,
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.household_id.in_(part), Membership.left_on.is_(None), Membership.left_reason.is_(None))
        .order_by(Membership.household_id, Membership.position)
    )
    for member in session.execute(query):
        members.setdefault(member.household_id, []).append(member)
    classes: dict[UUID, tuple[int, str]] = {}
    for household_id, year, value in session.execute(
        select(HouseholdClassRow.household_id, HouseholdClassRow.year, HouseholdClassRow.value)
        .where(HouseholdClassRow.household_id.in_(part))
        .order_by(HouseholdClassRow.year)
    ):
        classes[household_id] = (year, value)
    papers: dict[UUID, list[RowMapping]] = {}
    for row in session.execute(
        select(
            Certificate.id,
            Certificate.household_id,
            Certificate.number,
            Certificate.year,
            Certificate.symbol,
            Certificate.head_name,
        ).where(Certificate.household_id.in_(part))
    ).mappings():
        papers.setdefault(row["household_id"], []).append(row)
    listing: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []

    def entry(kind: str, record: UUID, household: RowMapping, title: str, key: str, found_by: str, tones: str) -> None:
        number = first_id + len(entries)
        entries.append(
            {
                "id": number,
                "commune": household["commune"],
                "kind": kind,
                "record_id": record,
                "household_id": household["id"],
                "title": title,
                "name_key": key,
            }
        )
        texts.append({"id": number, "kind": kind, "loose": found_by, "exact": tones})

    for household in households:
        people = members.get(household["id"], [])
        head = next((row for row in people if row.relation == Relation.HEAD), people[0] if people else None)
        latest = classes.get(household["id"])
        listing.append(
            {
                "household_id": household["id"],
                "commune": household["commune"],
                "number": household["number"],
                "head_id": head.id if head else None,
                "head_name": head.full_name if head else "",
                "head_sort": head.name_sort if head else b"",
                "hamlet_id": household["hamlet_id"],
                "class_value": latest[1] if latest else HouseholdClass.UNREVIEWED.value,
                "class_year": latest[0] if latest else None,
                "people": len(people),
                "active": household["ended_on"] is None,
            }
        )
        codes = f"{household['number']:05d} {household['number']}"  # no "h" before it: names begin with h
        name = head.full_name if head else ""
        numbers = _numbers(head) if head else ""
        entry(
            "household",
            household["id"],
            household,
            name,
            head.name_key if head else "",
            loose_tokens(name, codes, numbers, number_tokens(household["phone"])),
            exact(name),
        )
        for member in people:
            if member is not head:
                name = member.full_name
                entry(
                    "person",
                    member.id,
                    household,
                    name,
                    member.name_key,
                    loose_tokens(name, _numbers(member)),
                    exact(name),
                )
        for row in papers.get(household["id"], []):
            number = f"{row['number']} {row['number']:02d} {row['year']} {loose(row['symbol'])}"
            entry("certificate", row["id"], household, row["head_name"], "", number, "")
    return listing, entries, texts


def _numbers(row: Row[*tuple[Any, ...]]) -> str:
    return number_tokens(row.id_number, row.old_id_number, row.insurance_number, row.phone)
