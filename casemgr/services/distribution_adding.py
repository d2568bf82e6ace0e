"""More beneficiaries for a list being prepared, found by pasted numbers, codes or names; the same reasons hold."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from casemgr.domain.distributions import DistributionData, RowData, goods_from_json
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryStatus, GoodsLine, Unit
from casemgr.domain.text import clean, fold
from casemgr.jobs import Progress, silent
from casemgr.persistence.models import Delivery, HouseholdIndex, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.distribution_lists import Excluded, Proposal, ProposedRow, propose
from casemgr.services.distribution_records import draft, entries_of
from casemgr.services.distributions import add_rows, view
from casemgr.services.programmes import catalogue

T = TypeVar("T")
_Whom = tuple[UUID, UUID | None]
"""A household, or one person of it."""
_PART: Final = 500
_CODE: Final = re.compile(r"h-?0*(\d{1,9})")
"""Codes of households as `fold` leaves them; a bare number is the place in somebody's list."""


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


def propose_as(
    uow: UnitOfWork,
    data: DistributionData,
    distribution_id: UUID,
    *,
    amount: int | None = None,
    goods: Sequence[GoodsLine] = (),
    progress: Progress = silent,
) -> Proposal:
    """A list of another programme for those of a list there is; what speaks against each is asked anew for it.

    Where both programmes are for people only the people of that list are meant, not everybody they live with.
    """
    uow.require(Permission.READ)
    entries = entries_of(uow, distribution_id)
    whom = {(entry.household_id, entry.person_id) for entry in entries if entry.status != DeliveryStatus.RETURNED}
    found = propose(uow, data, list(dict(whom)), amount=amount, goods=goods, progress=progress)
    people = {person for _home, person in whom}
    if catalogue(uow).programme(data.programme).unit is not Unit.PERSON or None in people:
        return found
    rows = tuple(row for row in found.rows if row.person_id in people)
    excluded = tuple(one for one in found.excluded if one.person_id is None or one.person_id in people)
    return replace(found, rows=rows, excluded=excluded)


def add_found(
    uow: UnitOfWork,
    distribution_id: UUID,
    version: int,
    lines: Sequence[str],
    *,
    reason: str = "",
    progress: Progress = silent,
) -> Added:
    """Put on a list whoever the lines name; whom something speaks against comes with a written `reason` only."""
    uow.require(Permission.EDIT)
    draft(uow, distribution_id, version)
    homes, people, unknown = _named(uow, lines)
    entries = entries_of(uow, distribution_id)
    listed = {(entry.household_id, entry.person_id) for entry in entries}
    found = propose(uow, view(uow, distribution_id).data, list(homes), progress=progress)
    why = clean(reason)
    usual = _usual(entries)
    added: list[RowData] = []
    refused: list[Excluded] = []
    already = 0
    everybody: tuple[ProposedRow | Excluded, ...] = (*found.rows, *found.excluded)
    for one in everybody:
        if homes[one.household_id] or one.person_id is None or one.person_id in people:
            if (one.household_id, one.person_id) in listed:
                already += 1
            elif (row := _row(one, usual, why)) is not None:
                added.append(row)
            else:
                refused.append(_as_refused(one))
    if added:
        add_rows(uow, distribution_id, version, added, progress=progress)
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
    split = [[fold(cell) for cell in line.split(";") if clean(cell)] for line in wanted]
    codes = _by_code(uow, {cell for cells in split for cell in cells})
    unsure = {cell for cells in split if not any(cell in codes for cell in cells) for cell in cells}
    names = _by_name(uow, [cell for cell in unsure if not cell.isdecimal()])
    found: dict[UUID, bool] = {}
    people: set[UUID] = set()
    unknown = []
    for line, cells in zip(wanted, split, strict=True):
        by_code = [codes[cell] for cell in cells if cell in codes]
        sure = next(iter(by_code or [names[cell] for cell in cells if cell in names]), set())
        if len(sure) != 1:
            unknown.append(line)
            continue
        household, named = next(iter(sure))
        found[household] = found.get(household, False) or named is None
        if named is not None:
            people.add(named)
    return found, people, tuple(unknown)


def _by_code(uow: UnitOfWork, cells: Collection[str]) -> dict[str, set[_Whom]]:
    """Households and people by code, identity number and old number."""
    found: dict[str, set[_Whom]] = defaultdict(set)
    written: dict[int, list[str]] = defaultdict(list)
    for cell in cells:
        if (code := _CODE.fullmatch(cell)) is not None:
            written[int(code[1])].append(cell)
    homes = select(HouseholdIndex.household_id, HouseholdIndex.number).where(HouseholdIndex.active)
    for part in _parts(list(written)):
        for household, number in uow.session.execute(homes.where(HouseholdIndex.number.in_(part))):
            for cell in written[number]:
                found[cell].add((household, None))
    digits = [cell for cell in cells if cell.isdecimal()]
    for column in (Person.id_number, Person.old_id_number):
        present = _present(column)
        for texts in _parts(digits):
            for household, person, number in uow.session.execute(present.where(column.in_(texts))):
                found[number].add((household, person))
    return found


def _by_name(uow: UnitOfWork, names: Sequence[str]) -> dict[str, set[_Whom]]:
    found: dict[str, set[_Whom]] = defaultdict(set)
    present = _present(Person.name_key)
    for part in _parts(names):
        for household, person, key in uow.session.execute(present.where(Person.name_key.in_(part))):
            found[key].add((household, person))
    return found


def _present(column: InstrumentedAttribute[Any]) -> Select[Any]:
    """Everybody who lives in a household now, with this column."""
    living = select(Membership.household_id, Person.id, column).join(Person, Person.id == Membership.person_id)
    return living.where(Membership.left_on.is_(None), Membership.left_reason.is_(None))


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _PART):
        yield values[start : start + _PART]
