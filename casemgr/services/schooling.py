"""Use cases of school support: per child and school year, who is entitled, who is written down, and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.pasted_lists import Cell
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue, Period
from casemgr.domain.schooling import (
    PupilLine,
    SchoolData,
    SchoolKind,
    SchoolState,
    SchoolYear,
    read_pupils,
    school_year,
)
from casemgr.domain.support import EnrolmentData, EnrolmentStatus
from casemgr.domain.text import fold
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.models import Enrolment, HouseholdClassRow, HouseholdIndex, Membership, Person, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import enrolments
from casemgr.services.enrolments import EnrolmentView
from casemgr.services.entitlement_reading import Reading
from casemgr.services.entitlements import Outcome, of_all
from casemgr.services.offices import hamlet_names
from casemgr.services.people_meant import meant
from casemgr.services.programmes import catalogue
from casemgr.services.proposals import present

LISTED: Final = (HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value)
_ASKED: Final = frozenset({"school", "grade"})
"""A programme whose catalogue entry asks for both is one for children at school."""
_PART: Final = 500
_STATES: Final = {
    EnrolmentStatus.NEED: SchoolState.PLANNED,
    EnrolmentStatus.PLANNED: SchoolState.PLANNED,
    EnrolmentStatus.APPROVED: SchoolState.APPROVED,
    EnrolmentStatus.RUNNING: SchoolState.APPROVED,
    EnrolmentStatus.SUSPENDED: SchoolState.APPROVED,
    EnrolmentStatus.ENDED: SchoolState.APPROVED,
}


@dataclass(frozen=True)
class SchoolQuery:
    """Which children are shown."""

    year: int
    """The school year begins in it."""
    programme: str
    text: str = ""
    hamlets: tuple[UUID, ...] = ()
    classes: tuple[str, ...] = LISTED
    """Of the households; empty means every household kept."""
    states: tuple[str, ...] = ()


@dataclass(frozen=True)
class SchoolRow:
    """One child with a programme in a school year."""

    person_id: UUID
    household_id: UUID
    code: str
    head: str
    hamlet: str
    name: str
    birth: PartialDate | None
    id_number: str
    class_value: str
    state: SchoolState
    enrolment_id: UUID | None
    version: int | None
    data: SchoolData
    monthly: int | None
    """Đồng each month, or each year where it is paid so; None where it is an exemption."""
    months: int
    amount: int
    """Đồng for the whole school year; 0 where it is an exemption or she is not entitled."""


@dataclass(frozen=True)
class SchoolTotal:
    """Sums of a list."""

    children: int
    entitled: int
    written: int
    missing: int
    unknown: int
    amount: int


@dataclass(frozen=True)
class PupilMatch:
    """A line of a list with the child it means, or why it cannot be taken."""

    line: PupilLine
    person_id: UUID | None
    household_id: UUID | None
    person: str
    household: str
    problem: str


def school_programmes(found: Catalogue) -> dict[str, str]:
    """Programmes for children at school, by code."""
    return {code: one.title for code, one in found.programmes.items() if {field.code for field in one.fields} >= _ASKED}


def children(uow: UnitOfWork, query: SchoolQuery, progress: Progress = silent) -> list[SchoolRow]:
    """Everybody who is entitled, may be, or is written down, by hamlet, household and name.

    Classes and members are those of the day. Which school somebody attends is known for today only: of a year that is
    over, what was written down then stands, and everybody else is to be clarified.
    """
    uow.require(Permission.READ)
    found, year = catalogue(uow), school_year(query.year)
    day = year.day(uow.today)
    over = day < uow.today
    homes = _households_then(uow, found, query, day) if over else _households(uow, query)
    judged = {
        one.person_id: one
        for one in of_all(uow, day, programme=query.programme, households=list(homes), progress=progress)
        if one.person_id is not None
    }
    written = _written(uow, query.programme, year)
    people = _people(uow, [person for person in {*judged, *written} if person is not None], day, homes)
    names = hamlet_names(uow)
    words = fold(query.text).split()
    rows = []
    for person, (record, home) in people.items():
        index, class_value = homes[home]
        row = _row(found, year, record, index, judged.get(person), written.get(person), names)
        row = replace(row, class_value=class_value)
        if over:
            row = _of_the_past(found, query.programme, year, row, written.get(person))
        told = fold(f"{row.name} {row.head} {row.code} {row.data.school} {row.data.grade}")
        if (not query.states or row.state.value in query.states) and all(word in told for word in words):
            rows.append((row.hamlet, index.head_sort, record.birth or "", row))
    return [row for *_key, row in sorted(rows, key=lambda one: one[:3])]


def total(rows: Sequence[SchoolRow]) -> SchoolTotal:
    """The sums of these lines."""
    return SchoolTotal(
        children=len(rows),
        entitled=sum(1 for row in rows if row.state not in (SchoolState.OVER, SchoolState.UNKNOWN)),
        written=sum(1 for row in rows if row.enrolment_id is not None),
        missing=sum(1 for row in rows if row.state is SchoolState.MISSING),
        unknown=sum(1 for row in rows if row.state is SchoolState.UNKNOWN),
        amount=sum(row.amount for row in rows),
    )


def keep(uow: UnitOfWork, person_id: UUID, programme: str, year: int, data: SchoolData) -> UUID:
    """Write a child down for a school year, or correct it; with a decision it is approved, else it is on the list."""
    uow.require(Permission.EDIT)
    found, when = catalogue(uow), school_year(year)
    if programme not in school_programmes(found):
        raise ValidationError([Problem("programme", _("Choose a programme for children at school."))])
    known = _written(uow, programme, when).get(person_id)
    household = known.data.household_id if known else _home(uow, person_id)
    if household is None:
        raise ValidationError([Problem("person_id", _("This person lives in no household of the file."))])
    first, last = data.from_on or when.first, data.to_on or when.last
    problems = []
    if not when.first <= first <= when.last:
        problems.append(Problem("from_on", _("The day lies outside the school year {year}.").format(year=when.label)))
    if not first <= last <= when.last:
        problems.append(Problem("to_on", _("The day lies outside the school year {year}.").format(year=when.label)))
    if problems:
        raise ValidationError(problems)
    decided = bool(data.decision_number.strip()) and data.decision_on is not None
    before = known.data if known else EnrolmentData(programme, household, person_id)
    kept = replace(
        before,
        status=EnrolmentStatus.APPROVED if decided else EnrolmentStatus.PLANNED,
        decision_number=data.decision_number,
        decision_on=data.decision_on,
        from_on=first,
        to_on=last,
        detail={**before.detail, "school": data.school, "grade": data.grade, "school_kind": data.kind.value},
        reason=before.reason or (_late_reason(data, first) if decided else ""),
        note=data.note,
    )
    return enrolments.keep_enrolment(
        uow, kept, enrolment_id=known.id if known else None, version=known.version if known else None
    )


def keep_many(uow: UnitOfWork, programme: str, year: int, entries: Sequence[tuple[UUID, SchoolData]]) -> list[UUID]:
    """Write many children down in one step; refused as a whole, naming each child it does not fit."""
    uow.require(Permission.EDIT)
    problems: list[Problem] = []
    kept: list[UUID] = []
    for person, data in entries:
        try:
            kept.append(keep(uow, person, programme, year, data))
        except ValidationError as error:
            name = uow.record(Person, person).full_name
            problems += [Problem("", f"{name}: {problem.message}") for problem in error.problems]
    if problems:
        raise ValidationError(problems)
    return kept


def drop(uow: UnitOfWork, enrolment_id: UUID, version: int) -> None:
    """Take a child off the list of a school year: it was written down by mistake."""
    uow.require(Permission.EDIT)
    record = uow.record(Enrolment, enrolment_id, version)
    uow.name_step("enrolment.end", table="household", subject=record.household_id)
    uow.session.delete(record)


def read_list(uow: UnitOfWork, rows: Sequence[Sequence[Cell]]) -> list[PupilMatch]:
    """Whom a pasted list of pupils means; nothing is written."""
    uow.require(Permission.READ)
    matches: list[PupilMatch] = []
    seen: dict[UUID, int] = {}
    for line in read_pupils(rows, today=uow.today):
        person, told = meant(uow, id_number=line.id_number, name=line.name, birth=line.birth, hamlet=line.hamlet)
        problem = "; ".join(line.problems) or told
        if person is not None and not problem:
            if person.household_id is None:
                problem = _("This person lives in no household of the file.")
            elif person.person_id in seen:
                problem = _("The same person stands in line {line} already.").format(line=seen[person.person_id])
            seen.setdefault(person.person_id, line.line)
        name, code = (person.name, person.code) if person else (line.name, "")
        home = person.household_id if person else None
        matches.append(PupilMatch(line, person.person_id if person else None, home, name, code, problem))
    return matches


def _late_reason(data: SchoolData, first: date) -> str:
    """School support runs from the first day of the year whenever it is decided; the place asks for a reason."""
    if data.decision_on is not None and first < data.decision_on.replace(day=1):
        return _("Entitled from the beginning of the school year.")
    return ""


def _row(
    found: Catalogue,
    year: SchoolYear,
    person: Person,
    index: HouseholdIndex,
    judged: Outcome | None,
    written: EnrolmentView | None,
    hamlets: dict[UUID, str],
) -> SchoolRow:
    result = judged.result if judged else False
    data = _school_data(written.data, year) if written else SchoolData()
    state = SchoolState.MISSING if result is True else SchoolState.UNKNOWN
    if written is not None:
        state = _STATES.get(written.data.status, SchoolState.OVER) if result is not False else SchoolState.OVER
    rule = found.rule(judged.rule) if judged and result is not False else None
    each = written.data.amount if written and written.data.amount is not None else judged.amount if judged else None
    monthly = rule is not None and rule.period is Period.MONTH
    months = year.months_of(data.from_on, data.to_on) if monthly else 1
    paid = state not in (SchoolState.OVER, SchoolState.UNKNOWN)
    return SchoolRow(
        person_id=person.id,
        household_id=index.household_id,
        code=household_code(index.number),
        head=index.head_name,
        hamlet=hamlets.get(index.hamlet_id, "") if index.hamlet_id else "",
        name=person.full_name,
        birth=PartialDate.from_iso(person.birth) if person.birth else None,
        id_number=person.id_number or "",
        class_value=index.class_value,
        state=state,
        enrolment_id=written.id if written else None,
        version=written.version if written else None,
        data=data,
        monthly=each if paid else None,
        months=months if monthly else 0,
        amount=(each or 0) * months if paid else 0,
    )


def _school_data(data: EnrolmentData, year: SchoolYear) -> SchoolData:
    kind = data.detail.get("school_kind", "")
    return SchoolData(
        school=data.detail.get("school", ""),
        grade=data.detail.get("grade", ""),
        kind=SchoolKind(kind) if kind in set(SchoolKind) else SchoolKind.PUBLIC,
        decision_number=data.decision_number,
        decision_on=data.decision_on,
        from_on=None if data.from_on == year.first else data.from_on,
        to_on=None if data.to_on == year.last else data.to_on,
        note=data.note,
    )


Homes = dict[UUID, tuple[HouseholdIndex, str]]
"""By household: its row and its class on the day."""


def _of_the_past(
    found: Catalogue, programme: str, year: SchoolYear, row: SchoolRow, written: EnrolmentView | None
) -> SchoolRow:
    """A year that is over: the written place with its own sum, else nothing that today's school could prove."""
    if written is None:
        return replace(row, state=SchoolState.UNKNOWN, monthly=None, amount=0)
    amounts = {found.amount(rule.amount, year.last): rule for rule in found.rules_on(programme, year.last)}
    each = (
        written.data.amount if written.data.amount is not None else next(iter(amounts)) if len(amounts) == 1 else None
    )
    monthly = any(rule.period is Period.MONTH for rule in amounts.values())
    months = year.months_of(row.data.from_on, row.data.to_on) if monthly else 1
    return replace(
        row,
        state=_STATES.get(written.data.status, SchoolState.OVER),
        monthly=each,
        months=months if monthly else 0,
        amount=(each or 0) * months,
    )


def _households(uow: UnitOfWork, query: SchoolQuery) -> Homes:
    statement = select(HouseholdIndex).where(HouseholdIndex.active)
    if query.classes:
        statement = statement.where(HouseholdIndex.class_value.in_(query.classes))
    if query.hamlets:
        statement = statement.where(HouseholdIndex.hamlet_id.in_(query.hamlets))
    return {index.household_id: (index, index.class_value) for index in uow.session.scalars(statement)}


def _households_then(uow: UnitOfWork, found: Catalogue, query: SchoolQuery, on: date) -> Homes:
    """Those of the classes on an earlier day, the office may keep them no longer."""
    statement = select(HouseholdIndex)
    if query.hamlets:
        statement = statement.where(HouseholdIndex.hamlet_id.in_(query.hamlets))
    if query.classes:
        classed = select(HouseholdClassRow.household_id).where(HouseholdClassRow.value.in_(query.classes))
        decided = select(ReviewCase.household_id).where(ReviewCase.result_class.in_(query.classes))
        statement = statement.where(HouseholdIndex.household_id.in_(classed.union(decided)))
    known = {index.household_id: index for index in uow.session.scalars(statement)}
    ids = sorted(known)
    homes: Homes = {}
    for start in range(0, len(ids), _PART):
        reading = Reading(uow, found, on, ids[start : start + _PART])
        for home in reading.homes.values():
            if not query.classes or home.standing.value in query.classes:
                homes[home.id] = (known[home.id], home.standing.value)
    return homes


def _written(uow: UnitOfWork, programme: str, year: SchoolYear) -> dict[UUID, EnrolmentView]:
    """Places that begin in the school year, by child; a refused one is none."""
    rows = select(Enrolment.id, Enrolment.person_id).where(
        Enrolment.programme == programme,
        Enrolment.from_on >= year.first,
        Enrolment.from_on <= year.last,
        Enrolment.status != EnrolmentStatus.REFUSED.value,
        Enrolment.person_id.is_not(None),
    )
    return {person: enrolments.view(uow, place) for place, person in uow.session.execute(rows) if person is not None}


def _people(uow: UnitOfWork, ids: Sequence[UUID], on: date, homes: Homes) -> dict[UUID, tuple[Person, UUID]]:
    """Those of the people who lived in one of the households on the day."""
    found: dict[UUID, tuple[Person, UUID]] = {}
    for start in range(0, len(ids), _PART):
        statement = (
            select(Person, Membership.household_id)
            .join(Membership, Membership.person_id == Person.id)
            .where(Person.id.in_(ids[start : start + _PART]), present(on))
        )
        for person, home in uow.session.execute(statement):
            if home in homes:
                found[person.id] = (person, home)
    return found


def _home(uow: UnitOfWork, person_id: UUID) -> UUID | None:
    rows = select(Membership.household_id).where(
        Membership.person_id == person_id, Membership.left_on.is_(None), Membership.left_reason.is_(None)
    )
    return uow.session.scalars(rows).first()
