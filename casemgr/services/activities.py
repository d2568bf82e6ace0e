"""Events households and officers take part in, who was there, and how many households they reach (I06, I10, I11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain import community
from casemgr.domain.activities import ActivityData, ActivityKind, AttendanceData
from casemgr.domain.permissions import Permission
from casemgr.domain.support import FundSource
from casemgr.domain.text import clean, fold
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Activity, Attendance, Household, Membership, Person, PovertyOfficer
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.keeping import NOWHERE, homes_of, keep_record
from casemgr.services.offices import hamlet_names

_AHEAD: Final = 366
"""How many days ahead an event may be planned."""


@dataclass(frozen=True)
class ActivityQuery:
    """What the list of events shows; empty means all."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True)
class ActivityRow:
    """One line of the list."""

    id: UUID
    kind: ActivityKind
    title: str
    on: date
    hamlet: str
    households: int
    """Distinct."""
    people: int
    """Lines of the list of participants."""
    days: int
    contribution: int


@dataclass(frozen=True)
class AttendanceRow:
    """A participant with the words a list needs."""

    data: AttendanceData
    name: str
    code: str
    hamlet: str


@dataclass(frozen=True)
class ActivityView:
    """An event with its participants in the order they were noted."""

    id: UUID
    version: int
    data: ActivityData
    hamlet: str
    attendance: tuple[AttendanceRow, ...]


@dataclass(frozen=True)
class ReachQuery:
    """Which events to count; `purpose` empty means any."""

    first: date
    last: date
    kinds: tuple[ActivityKind, ...] = ()
    purpose: str = ""


@dataclass(frozen=True)
class Reach:
    """What events of a period reached."""

    events: int
    households: frozenset[UUID]
    participants: int
    days: int
    contribution: int


def rows(uow: UnitOfWork, query: ActivityQuery) -> list[ActivityRow]:
    """Events, the newest first."""
    uow.require(Permission.READ)
    statement = select(Activity).order_by(Activity.on_date.desc(), Activity.id.desc())
    if query.kinds:
        statement = statement.where(Activity.kind.in_(query.kinds))
    if query.year is not None:
        statement = statement.where(Activity.on_date.between(date(query.year, 1, 1), date(query.year, 12, 31)))
    hamlets, counts, wanted = hamlet_names(uow), _counts(uow), fold(clean(query.text))
    found = []
    for record in uow.session.scalars(statement):
        hamlet = hamlets.get(record.hamlet_id, "") if record.hamlet_id else ""
        if wanted and wanted not in fold(f"{record.title} {record.place} {hamlet} {record.organiser}"):
            continue
        households, people, days, contribution = counts.get(record.id, (0, 0, 0, 0))
        found.append(
            ActivityRow(
                record.id,
                ActivityKind(record.kind),
                record.title,
                record.on_date,
                hamlet,
                households,
                people,
                days,
                contribution,
            )
        )
    return found


def years(uow: UnitOfWork) -> list[int]:
    """Years with events, the newest first."""
    return sorted({day.year for day in uow.session.scalars(select(Activity.on_date))}, reverse=True)


def view(uow: UnitOfWork, activity_id: UUID) -> ActivityView:
    """An event with its participants."""
    uow.require(Permission.READ)
    record = uow.record(Activity, activity_id)
    hamlet = hamlet_names(uow).get(record.hamlet_id, "") if record.hamlet_id else ""
    statement = select(Attendance).where(Attendance.activity_id == activity_id).order_by(Attendance.id)
    lines = [_attendance(line) for line in uow.session.scalars(statement)]
    return ActivityView(record.id, record.version, _data(record), hamlet, tuple(named(uow, lines)))


def named(uow: UnitOfWork, lines: Sequence[AttendanceData]) -> list[AttendanceRow]:
    """Participants with the names on record."""
    homes = homes_of(uow, {line.household_id for line in lines if line.household_id})
    people = _names(uow, Person.id, Person.full_name, {line.person_id for line in lines})
    officers = _names(uow, PovertyOfficer.id, PovertyOfficer.name, {line.officer_id for line in lines})
    made = []
    for line in lines:
        home = homes.get(line.household_id, NOWHERE) if line.household_id else NOWHERE
        known = people.get(line.person_id, "") or officers.get(line.officer_id, "")
        made.append(AttendanceRow(line, line.name or known or home.head, home.code, home.hamlet))
    return made


def keep_activity(uow: UnitOfWork, data: ActivityData, *, activity_id: UUID | None = None, version: int = 0) -> UUID:
    """Write an event down or correct it; its participants stay."""
    uow.require(Permission.EDIT)
    problems = _problems(uow, data)
    if problems:
        raise ValidationError(problems)
    values = {
        "kind": data.kind.value,
        "title": clean(data.title),
        "on_date": data.on,
        "to_on": data.to_on,
        "programme": data.programme or community.programme_of(data.kind),
        "hamlet_id": data.hamlet_id,
        "place": clean(data.place),
        "organiser": clean(data.organiser),
        "topics": data.topics,
        "purposes": data.purposes,
        "hours": data.hours,
        "cost": data.cost,
        "source": data.source.value,
        "note": data.note.strip(),
    }
    return keep_record(uow, Activity, values, activity_id, version, "activity.keep").id


def attend(uow: UnitOfWork, activity_id: UUID, version: int, lines: Sequence[AttendanceData]) -> None:
    """Write the whole list of participants: what is not in it was not there."""
    uow.require(Permission.EDIT)
    record = uow.record(Activity, activity_id, version)
    problems = _attendance_problems(uow, ActivityKind(record.kind), lines)
    if problems:
        raise ValidationError(problems)
    before = list(uow.session.scalars(select(Attendance.id).where(Attendance.activity_id == activity_id)))
    uow.delete_many(Attendance, before)
    uow.insert_many(Attendance, [_values(activity_id, line) for line in lines])
    uow.name_step("activity.attend", record)


def reach(uow: UnitOfWork, query: ReachQuery) -> Reach:
    """Distinct households, participation days and contributions of the events of a period."""
    uow.require(Permission.READ)
    statement = select(Activity).where(Activity.on_date.between(query.first, query.last))
    if query.kinds:
        statement = statement.where(Activity.kind.in_([kind.value for kind in query.kinds]))
    events = [
        record.id for record in uow.session.scalars(statement) if not query.purpose or query.purpose in record.purposes
    ]
    lines = list(uow.session.scalars(select(Attendance).where(Attendance.activity_id.in_(events))))
    return Reach(
        events=len(events),
        households=frozenset(line.household_id for line in lines if line.household_id),
        participants=len(lines),
        days=sum(line.days for line in lines),
        contribution=sum(line.contribution for line in lines),
    )


def _counts(uow: UnitOfWork) -> dict[UUID, tuple[int, int, int, int]]:
    statement = select(
        Attendance.activity_id,
        func.count(Attendance.household_id.distinct()),
        func.count(),
        func.sum(Attendance.days),
        func.sum(Attendance.contribution),
    ).group_by(Attendance.activity_id)
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in uow.session.execute(statement)}


def _names(uow: UnitOfWork, key: Any, name: Any, ids: set[UUID | None]) -> dict[UUID | None, str]:  # noqa: ANN401 - mapped columns
    wanted = [one for one in ids if one is not None]
    return {row[0]: row[1] for row in uow.session.execute(select(key, name).where(key.in_(wanted)))}


def _problems(uow: UnitOfWork, data: ActivityData) -> list[Problem]:
    problems = []
    if not clean(data.title):
        problems.append(Problem("title", _("Write what the event is called.")))
    if (data.on - uow.today).days > _AHEAD:
        problems.append(Problem("on", _("The day lies more than a year ahead.")))
    if data.to_on is not None and data.to_on < data.on:
        problems.append(Problem("to_on", _("The end lies before the beginning.")))
    if set(data.topics) - community.codes(community.TOPICS):
        problems.append(Problem("topics", _("Choose topics from the list.")))
    if set(data.purposes) - community.codes(community.PURPOSES):
        problems.append(Problem("purposes", _("Choose purposes from the list.")))
    if data.kind is ActivityKind.OFFICER_TRAINING and not data.topics:
        problems.append(Problem("topics", _("Choose at least one topic: training is counted topic by topic.")))
    for name, value in (("hours", data.hours), ("cost", data.cost)):
        if value < 0:
            problems.append(Problem(name, _("A number here is 0 or more.")))
    return problems


def _attendance_problems(uow: UnitOfWork, kind: ActivityKind, lines: Sequence[AttendanceData]) -> list[Problem]:
    problems = []
    seen: dict[tuple[object, ...], int] = {}
    for number, line in enumerate(lines, 1):
        told = _line_problem(uow, kind, line)
        key = (line.household_id, line.person_id, line.officer_id, fold(clean(line.name)))
        if not told and key in seen:
            told = _("the same participant as line {number}").format(number=seen[key])
        seen.setdefault(key, number)
        if told:
            problems.append(
                Problem(f"line{number}", _("Line {number}: {problem}.").format(number=number, problem=told))
            )
    return problems


def _line_problem(uow: UnitOfWork, kind: ActivityKind, line: AttendanceData) -> str:
    if line.household_id is None and line.officer_id is None and not clean(line.name):
        return _("nobody is named")
    if line.household_id is not None and uow.session.get(Household, line.household_id) is None:
        return _("the household is not in the file")
    if line.person_id is not None and not _belongs(uow, line.person_id, line.household_id):
        return _("the person does not belong to the household")
    if line.officer_id is not None and uow.session.get(PovertyOfficer, line.officer_id) is None:
        return _("the officer is not in the register")
    if line.days < 0 or line.contribution < 0:
        return _("days and contributions are 0 or more")
    if line.result and kind is ActivityKind.OFFICER_TRAINING and line.result not in community.codes(community.RESULTS):
        return _("choose a result from the list")
    return ""


def _belongs(uow: UnitOfWork, person_id: UUID, household_id: UUID | None) -> bool:
    statement = select(Membership.id).where(Membership.person_id == person_id, Membership.household_id == household_id)
    return uow.session.scalars(statement).first() is not None


def _data(record: Activity) -> ActivityData:
    return ActivityData(
        kind=ActivityKind(record.kind),
        title=record.title,
        on=record.on_date,
        to_on=record.to_on,
        programme=record.programme,
        hamlet_id=record.hamlet_id,
        place=record.place,
        organiser=record.organiser,
        topics=record.topics,
        purposes=record.purposes,
        hours=record.hours,
        cost=record.cost,
        source=FundSource(record.source),
        note=record.note,
    )


def _attendance(record: Attendance) -> AttendanceData:
    return AttendanceData(
        household_id=record.household_id,
        person_id=record.person_id,
        officer_id=record.officer_id,
        name=record.name,
        days=record.days,
        contribution=record.contribution,
        result=record.result,
    )


def _values(activity_id: UUID, line: AttendanceData) -> dict[str, Any]:
    return {
        "activity_id": activity_id,
        "household_id": line.household_id,
        "person_id": line.person_id,
        "officer_id": line.officer_id,
        "name": clean(line.name),
        "days": line.days,
        "contribution": line.contribution,
        "result": clean(line.result),
    }
