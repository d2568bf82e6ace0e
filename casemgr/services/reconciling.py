"""Compare a list with the file: what stands only here, only there, and what differs; nothing is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import RowMapping, select

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass, household_code, parse_household_code
from casemgr.domain.imports import ImportedHousehold, ImportedList
from casemgr.domain.people import Relation
from casemgr.domain.permissions import Permission
from casemgr.domain.reconciling import Difference, Differing, OnlyHere, OnlyThere, Reconciliation, Remark
from casemgr.i18n import _
from casemgr.jobs import Progress, silent, without_collecting
from casemgr.persistence.models import Decision, Household, HouseholdClassRow, HouseholdIndex, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.import_births import iso, names_day
from casemgr.services.import_matches import Match
from casemgr.services.import_matching import Matcher
from casemgr.services.import_places import HamletFinder
from casemgr.services.import_records import households_on_file, parts
from casemgr.services.import_twins import LISTED, each_once
from casemgr.services.imports import NO_HAMLETS, list_year
from casemgr.services.offices import hamlets
from casemgr.services.reconciling_fields import Comparison, Lookup, Sheets, birth_text

STEP = 1_000

Again = tuple[ImportedHousehold, ImportedHousehold]
"""A household that stands in the list a second time, and its first place."""


def reconcile(
    uow: UnitOfWork,
    imported: ImportedList,
    *,
    year: int | None = None,
    classes: Iterable[HouseholdClass] = (),
    progress: Progress = silent,
) -> Reconciliation:
    """Compare a list with the classes of a year on file.

    Expected in the list are the households here whose class that year is one of `classes` (else: those the list
    speaks of), in the one hamlet the list is about when it names only one. Codes of others are never a key.
    """
    uow.require(Permission.IMPORT)
    year = list_year(uow, imported, year)
    with without_collecting():
        return _reconcile(uow, imported, year, frozenset(classes) or _classes(imported), progress)


def _reconcile(
    uow: UnitOfWork, imported: ImportedList, year: int, classes: frozenset[HouseholdClass], progress: Progress
) -> Reconciliation:
    listed = each_once(imported.households)
    finder = HamletFinder(uow, listed.once, NO_HAMLETS)
    message = _("Looking for people who are already on file")
    matcher = Matcher(uow, listed.once, finder.find, year, progress, message)
    matches = matcher.matches
    _pair_by_head(uow, matcher, year)
    names: dict[UUID | None, str] = {view.id: view.data.full_name for view in hamlets(uow)}
    lookup = Lookup(
        names | {match.hamlet_id: finder.name(match.hamlet_id) for match in matches if match.hamlet_id},
        {one: (number, day) for one, number, day in uow.session.execute(_DECISIONS)},
    )
    sheets, differs, same = Sheets.of(imported), [], 0
    for number, match in enumerate(matches):
        if number % STEP == 0:
            progress(number, len(matches), _("Comparing households"))
        if match.on_file is not None:
            found = Comparison(match, sheets, lookup).found
            same += not found
            if found:
                differs.append(_differing(match, found, lookup))
    within = _one_hamlet(matches)
    expected = _expected(uow, year, classes, within)
    mentioned = _mentioned(matches)
    matched = {match.on_file.household["id"] for match in matches if match.on_file is not None}
    return Reconciliation(
        label=imported.label,
        year=year,
        classes=tuple(value for value in HouseholdClass if value in classes),
        hamlets=() if within is None else (lookup.hamlets.get(within, ""),),
        here=len(expected),
        there=len(imported.households),
        same=same,
        only_here=tuple(_only_here(expected, matched, mentioned, lookup)),
        only_there=tuple(_only_there(uow, matches, listed.again, lookup)),
        differs=tuple(differs),
    )


_DECISIONS = select(Decision.id, Decision.number, Decision.signed_on)


# --- the list ---


def _classes(imported: ImportedList) -> frozenset[HouseholdClass]:
    """The classes the list speaks of; one with a column of classes speaks of poor and near-poor households."""
    found = {one.value for one in imported.households if one.value is not None}
    fields = {use.field for table in imported.tables for use in table.columns}
    if not found or fields & {"class", "class_near_poor"}:
        found |= LISTED
    return frozenset(found)


def _one_hamlet(matches: Sequence[Match]) -> UUID | None:
    """The hamlet every household of the list lives in; None when there are several or none."""
    found = {match.hamlet_id for match in matches}
    return found.pop() if len(found) == 1 else None


def _pair_by_head(uow: UnitOfWork, matcher: Matcher, year: int) -> None:
    """Join what is left over on both sides where the heads have one name and one full birth: they moved hamlet."""
    wanted: dict[int, tuple[Match, UUID]] = {}
    for match in matcher.matches:
        birth = iso(match.source.head.data.birth)
        if match.on_file is not None or match.twice or not names_day(birth):
            continue
        for known in match.known:
            number = parse_household_code(known.household) if known.household else None
            if number and known.key == match.key(0) and known.birth == birth and not known.conflict:
                wanted[number] = (match, known.person_id)
    taken = {match.on_file.household["id"] for match in matcher.matches if match.on_file is not None}
    for part in parts(wanted):
        statement = select(Household.id).where(Household.number.in_(part), Household.ended_on.is_(None))
        found = uow.session.scalars(statement)
        for on_file in households_on_file(uow, set(found) - taken, year).values():
            match, head = wanted[on_file.household["number"]]
            if any(row["id"] == head and row["relation"] == Relation.HEAD for row in on_file.members):
                matcher.join(match, on_file)


# --- what stands on one side only ---


def _differing(match: Match, found: tuple[Difference, ...], lookup: Lookup) -> Differing:
    assert match.on_file is not None  # noqa: S101 - narrows the type
    row = match.on_file.household
    heads = (one["full_name"] for one in match.on_file.members if one["relation"] == Relation.HEAD)
    return Differing(
        household_id=row["id"],
        code=household_code(row["number"]),
        head=next(heads, match.source.head.data.full_name),
        hamlet=lookup.hamlets.get(row["hamlet_id"], ""),
        sheet=match.source.sheet,
        row=match.source.row,
        differences=found,
    )


def _expected(
    uow: UnitOfWork, year: int, classes: frozenset[HouseholdClass], hamlet: UUID | None
) -> Sequence[RowMapping]:
    """Households on file that should be in the list."""
    statement = (
        select(
            Household.id,
            Household.number,
            Household.hamlet_id,
            HouseholdIndex.head_name,
            HouseholdIndex.people,
            HouseholdClassRow.value,
            Person.birth,
        )
        .join(HouseholdClassRow, HouseholdClassRow.household_id == Household.id)
        .join(HouseholdIndex, HouseholdIndex.household_id == Household.id)
        .outerjoin(Person, Person.id == HouseholdIndex.head_id)
        .where(
            HouseholdClassRow.year == year,
            HouseholdClassRow.value.in_([value.value for value in classes]),
            Household.ended_on.is_(None),
        )
        .order_by(HouseholdIndex.hamlet_id, HouseholdIndex.head_sort, Household.number)
    )
    if hamlet is not None:
        statement = statement.where(Household.hamlet_id == hamlet)
    return uow.session.execute(statement).mappings().all()


def _mentioned(matches: Sequence[Match]) -> dict[str, list[Remark]]:
    """Where people of a household on file stand in the list under another household, by code."""
    found: dict[str, list[Remark]] = {}
    for match in matches:
        own = "" if match.on_file is None else household_code(match.on_file.household["number"])
        for known in match.known:
            if known.certain and not known.conflict and known.household not in ("", own):
                place = f"{known.key[0]}!{known.key[1]}"
                remark = Remark("in-list", (("name", known.on_file), ("place", place)))
                found.setdefault(known.household, []).append(remark)
    return found


def _only_here(
    expected: Sequence[RowMapping],
    matched: set[UUID],
    mentioned: Mapping[str, list[Remark]],
    lookup: Lookup,
) -> Iterator[OnlyHere]:
    for row in expected:
        if row["id"] not in matched:
            code = household_code(row["number"])
            yield OnlyHere(
                household_id=row["id"],
                code=code,
                head=row["head_name"],
                birth=birth_text(row["birth"]),
                hamlet=lookup.hamlets.get(row["hamlet_id"], ""),
                people=row["people"],
                value=HouseholdClass(row["value"]),
                remarks=tuple(mentioned.get(code, ())),
            )


def _only_there(
    uow: UnitOfWork, matches: Sequence[Match], again: Sequence[Again], lookup: Lookup
) -> Iterator[OnlyThere]:
    by_source = {(match.source.sheet, match.source.row): match for match in matches}
    alone = [match for match in matches if match.on_file is None]
    codes = {known.household for match in alone for known in match.known if known.household}
    on_file = _households(uow, codes)
    for match in alone:
        yield _alone(match, on_file, lookup)
    for household, first in again:
        twin = by_source[first.sheet, first.row]
        known_id = twin.on_file.household["id"] if twin.on_file is not None else None
        remark = Remark("twice", (("place", f"{first.sheet}!{first.row}"),))
        yield _there(household, lookup.hamlets.get(twin.hamlet_id, ""), known_id, (remark,))


def _alone(match: Match, on_file: Mapping[str, tuple[UUID, bool]], lookup: Lookup) -> OnlyThere:
    remarks = [Remark("taken")] if match.twice else []
    related: UUID | None = None
    for known in match.known:
        household, ended = on_file.get(known.household, (None, False))
        place = (("name", known.name), ("code", known.household))
        if known.conflict:
            remarks.append(Remark("number-taken", (("name", known.name), ("other", known.on_file))))
        elif not known.household:
            remarks.append(Remark("nowhere", place[:1]))
        elif ended:
            remarks.append(Remark("ended", place[1:]))
        else:
            remarks.append(Remark("elsewhere", place))
        related = related or household
    hamlet = lookup.hamlets.get(match.hamlet_id, "")
    return _there(match.source, hamlet, related, tuple(dict.fromkeys(remarks)))


def _there(household: ImportedHousehold, hamlet: str, related: UUID | None, remarks: tuple[Remark, ...]) -> OnlyThere:
    birth: PartialDate | None = household.head.data.birth
    return OnlyThere(
        sheet=household.sheet,
        row=household.row,
        head=household.head.data.full_name,
        birth=birth.text if birth else "",
        hamlet=hamlet or household.hamlet,
        people=household.stated_members or len(household.members),
        value=household.value,
        household_id=related,
        remarks=remarks,
    )


def _households(uow: UnitOfWork, codes: Iterable[str]) -> dict[str, tuple[UUID, bool]]:
    """Households by their readable code, and whether they have ended."""
    found: dict[str, tuple[UUID, bool]] = {}
    for part in parts({parse_household_code(code) for code in codes}):
        statement = select(Household.id, Household.number, Household.ended_on).where(Household.number.in_(part))
        rows = uow.session.execute(statement)
        found |= {household_code(number): (one, ended is not None) for one, number, ended in rows}
    return found
