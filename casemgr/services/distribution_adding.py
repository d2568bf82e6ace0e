"""More beneficiaries for a list being prepared, found by pasted numbers, codes or names; the same reasons hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.distributions import RowData, goods_from_json
from casemgr.domain.households import household_code
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold
from casemgr.persistence.models import Delivery, HouseholdIndex, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.distribution_lists import Excluded, ProposedRow, propose
from casemgr.services.distribution_records import draft, entries_of
from casemgr.services.distributions import add_rows, view


@dataclass(frozen=True)
class Added:
    """What became of the lines."""

    rows: int
    already: int
    """Beneficiaries that stood on the list before."""
    refused: tuple[Excluded, ...]
    """Found, but not put on the list, each with its reasons."""
    unknown: tuple[str, ...]
    """Lines that name nobody, or more than one."""


def add_found(uow: UnitOfWork, distribution_id: UUID, version: int, lines: Sequence[str], *, reason: str = "") -> Added:
    """Put on a list whoever the lines name; whom something speaks against comes with a written `reason` only."""
    uow.require(Permission.EDIT)
    draft(uow, distribution_id, version)
    homes, people, unknown = _named(uow, lines)
    entries = entries_of(uow, distribution_id)
    listed = {(entry.household_id, entry.person_id) for entry in entries}
    found = propose(uow, view(uow, distribution_id).data, list(homes))
    why = clean(reason)
    usual = _usual(entries)
    added: list[RowData] = []
    refused: list[Excluded] = []
    already = 0
    for one in (*found.rows, *found.excluded):
        if homes[one.household_id] or one.person_id is None or one.person_id in people:
            if (one.household_id, one.person_id) in listed:
                already += 1
            elif (row := _row(one, usual, why)) is not None:
                added.append(row)
            else:
                refused.append(_as_refused(one))
    if added:
        add_rows(uow, distribution_id, version, added)
    return Added(len(added), already, tuple(refused), unknown)


def _row(one: ProposedRow | Excluded, usual: RowData | None, reason: str) -> RowData | None:
    """The row, unless it must not be or lacks its reason."""
    if one.findings and not reason:
        return None
    if isinstance(one, ProposedRow):
        if usual is not None and (usual.goods or not one.worth):
            one = replace(one, amount=usual.amount, goods=usual.goods)
        return one.data(reason if one.findings else "")
    if usual is None or not one.may_be_added:
        return None
    return replace(usual, household_id=one.household_id, person_id=one.person_id, override_reason=reason)


def _as_refused(one: ProposedRow | Excluded) -> Excluded:
    if isinstance(one, Excluded):
        return one
    return Excluded(one.household_id, one.person_id, one.code, one.name, one.hamlet, one.findings)


def _usual(entries: Sequence[Delivery]) -> RowData | None:
    """What every row of the list gives, when all give the same."""
    given = {(entry.amount, entry.goods) for entry in entries}
    if len(given) != 1:
        return None
    amount, goods = given.pop()
    return RowData(entries[0].household_id, None, amount, goods_from_json(goods))


def _named(uow: UnitOfWork, lines: Sequence[str]) -> tuple[dict[UUID, bool], set[UUID], tuple[str, ...]]:
    """Households (whether as a whole), people named themselves, and what names nobody or more than one."""
    wanted = list(dict.fromkeys(filter(None, (clean(line.replace("\t", ";")).strip("; ") for line in lines))))
    codes: dict[str, set[tuple[UUID, UUID | None]]] = {}
    names: dict[str, set[tuple[UUID, UUID | None]]] = {}
    homes = select(HouseholdIndex.household_id, HouseholdIndex.number).where(HouseholdIndex.active)
    for household, number in uow.session.execute(homes):
        codes.setdefault(fold(household_code(number)), set()).add((household, None))
    living = (
        select(Membership.household_id, Person.id, Person.id_number, Person.full_name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.left_on.is_(None))
    )
    for household, person, id_number, name in uow.session.execute(living):
        if id_number:
            codes.setdefault(fold(id_number), set()).add((household, person))
        names.setdefault(fold(name), set()).add((household, person))
    found: dict[UUID, bool] = {}
    people: set[UUID] = set()
    unknown = []
    for line in wanted:
        cells = [fold(cell) for cell in line.split(";")]
        sure = [codes[cell] for cell in cells if cell in codes] or [names[cell] for cell in cells if cell in names]
        if not sure or len(sure[0]) != 1:
            unknown.append(line)
            continue
        household, named = next(iter(sure[0]))
        found[household] = found.get(household, False) or named is None
        if named is not None:
            people.add(named)
    return found, people, tuple(unknown)
