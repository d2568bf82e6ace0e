"""Officers of poverty reduction and heads of hamlets with their terms, and who of them was trained (target I12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from casemgr.domain import community
from casemgr.domain.activities import ActivityKind
from casemgr.domain.officers import OfficerData
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold, person_sort_key
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Activity, Attendance, Hamlet, PovertyOfficer
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.keeping import keep_record
from casemgr.services.offices import hamlet_names


@dataclass(frozen=True)
class OfficerQuery:
    """What the list shows: `on` narrows to positions filled that day, None shows every term there was."""

    text: str = ""
    positions: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class Course:
    """A training an officer attended."""

    activity_id: UUID
    title: str
    on: date
    topics: tuple[str, ...]
    hours: int
    organiser: str
    result: str
    counts: bool
    """Within the term and not failed."""


@dataclass(frozen=True)
class OfficerRow:
    """One term of office with what it was trained in, at any time of the term."""

    id: UUID
    version: int
    data: OfficerData
    hamlet: str
    courses: tuple[Course, ...]

    def trained_in(self, first: date, last: date) -> frozenset[str]:
        """Topics of the qualifying courses in a period."""
        return frozenset(
            topic for course in self.courses if course.counts and first <= course.on <= last for topic in course.topics
        )

    def attended(self, first: date, last: date) -> bool:
        """Whether there was a qualifying course in the period."""
        return any(course.counts and first <= course.on <= last for course in self.courses)


@dataclass(frozen=True)
class Trained:
    """Positions filled on a day, and which of them had a qualifying course in the period; ids are terms."""

    filled: tuple[UUID, ...]
    trained: tuple[UUID, ...]
    by_topic: Mapping[str, tuple[UUID, ...]]
    """For each topic the plan asks for."""

    @property
    def untrained(self) -> tuple[UUID, ...]:
        """Those still to be trained."""
        done = set(self.trained)
        return tuple(officer for officer in self.filled if officer not in done)


def rows(uow: UnitOfWork, query: OfficerQuery) -> list[OfficerRow]:
    """Terms of office in Vietnamese order of the names, the newest term of a person first."""
    uow.require(Permission.READ)
    courses, hamlets, wanted = _courses(uow), hamlet_names(uow), fold(clean(query.text))
    found = []
    for record in uow.session.scalars(select(PovertyOfficer)):
        hamlet = hamlets.get(record.hamlet_id, "") if record.hamlet_id else ""
        if query.positions and record.position not in query.positions:
            continue
        if query.on is not None and not _filled(record, query.on):
            continue
        if wanted and wanted not in fold(f"{record.name} {hamlet}"):
            continue
        found.append(_row(record, hamlet, courses.get(record.id, ())))
    found.sort(key=lambda row: row.data.from_on or date.min, reverse=True)
    return sorted(found, key=lambda row: person_sort_key(row.data.name))


def view(uow: UnitOfWork, officer_id: UUID) -> OfficerRow:
    """One term of office."""
    uow.require(Permission.READ)
    record = uow.record(PovertyOfficer, officer_id)
    hamlet = hamlet_names(uow).get(record.hamlet_id, "") if record.hamlet_id else ""
    return _row(record, hamlet, _courses(uow).get(officer_id, ()))


def trained(uow: UnitOfWork, on: date, first: date, last: date) -> Trained:
    """Of the positions filled on a day, which had a qualifying course from `first` to `last`."""
    uow.require(Permission.READ)
    filled = rows(uow, OfficerQuery(on=on))
    by_topic = {
        topic: tuple(row.id for row in filled if topic in row.trained_in(first, last))
        for topic in community.required_topics()
    }
    return Trained(
        tuple(row.id for row in filled), tuple(row.id for row in filled if row.attended(first, last)), by_topic
    )


def keep_officer(uow: UnitOfWork, data: OfficerData, *, officer_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a term of office down or correct it; a place in a hamlet is held by one person at a time."""
    uow.require(Permission.EDIT)
    problems = _problems(uow, data, officer_id)
    if problems:
        raise ValidationError(problems)
    values = {
        "name": clean(data.name),
        "position": data.position,
        "hamlet_id": data.hamlet_id,
        "from_on": data.from_on,
        "to_on": data.to_on,
    }
    return keep_record(uow, PovertyOfficer, values, officer_id, version, "officer.keep").id


def replace_officer(uow: UnitOfWork, officer_id: UUID, version: int, name: str, on: date) -> UUID:
    """Somebody else takes the place over: the old term ends the day before, the new one begins untrained."""
    uow.require(Permission.EDIT)
    record = uow.record(PovertyOfficer, officer_id, version)
    if record.from_on is not None and on <= record.from_on:
        message = _("The term of {name} began on {date}; the new one begins later.")
        raise ValidationError([Problem("from_on", message.format(name=record.name, date=format_date(record.from_on)))])
    record.to_on = on - timedelta(days=1)
    uow.name_step("officer.keep", record)
    uow.session.flush()
    return keep_officer(uow, OfficerData(name, record.position, record.hamlet_id, on))


def _row(record: PovertyOfficer, hamlet: str, courses: tuple[tuple[Activity, Attendance], ...]) -> OfficerRow:
    data = OfficerData(record.name, record.position, record.hamlet_id, record.from_on, record.to_on)
    attended = tuple(
        Course(
            activity_id=activity.id,
            title=activity.title,
            on=activity.on_date,
            topics=activity.topics,
            hours=activity.hours,
            organiser=activity.organiser,
            result=attendance.result,
            counts=_filled(record, activity.on_date) and community.counts_as_trained(attendance.result),
        )
        for activity, attendance in courses
    )
    return OfficerRow(record.id, record.version, data, hamlet, attended)


def _courses(uow: UnitOfWork) -> dict[UUID, tuple[tuple[Activity, Attendance], ...]]:
    statement = (
        select(Activity, Attendance)
        .join(Attendance, Attendance.activity_id == Activity.id)
        .where(Activity.kind == ActivityKind.OFFICER_TRAINING.value, Attendance.officer_id.is_not(None))
        .order_by(Activity.on_date.desc(), Activity.id)
    )
    found: dict[UUID, list[tuple[Activity, Attendance]]] = {}
    for activity, attendance in uow.session.execute(statement):
        if attendance.officer_id is not None:
            found.setdefault(attendance.officer_id, []).append((activity, attendance))
    return {officer: tuple(courses) for officer, courses in found.items()}


def _filled(record: PovertyOfficer, on: date) -> bool:
    begun = record.from_on is None or record.from_on <= on
    return begun and (record.to_on is None or on <= record.to_on)


def _problems(uow: UnitOfWork, data: OfficerData, own: UUID | None) -> list[Problem]:
    problems = []
    if not clean(data.name):
        problems.append(Problem("name", _("Write the full name, e.g. Nguyễn Thị Ánh.")))
    if data.position not in community.codes(community.POSITIONS):
        problems.append(Problem("position", _("Choose a position from the list.")))
    if data.from_on and data.to_on and data.to_on < data.from_on:
        problems.append(Problem("to_on", _("The end lies before the beginning.")))
    if community.in_hamlet(data.position):
        if data.hamlet_id is None or uow.session.get(Hamlet, data.hamlet_id) is None:
            problems.append(Problem("hamlet_id", _("Choose the hamlet of the position.")))
        elif other := _in_the_way(uow, data, own):
            message = _("{name} holds this place then; let the new person take it over.")
            problems.append(Problem("from_on", message.format(name=other)))
    return problems


def _in_the_way(uow: UnitOfWork, data: OfficerData, own: UUID | None) -> str:
    """Who holds the same place in a hamlet at a time of this term."""
    same = select(PovertyOfficer).where(
        PovertyOfficer.position == data.position, PovertyOfficer.hamlet_id == data.hamlet_id
    )
    for record in uow.session.scalars(same):
        before = data.to_on is not None and record.from_on is not None and data.to_on < record.from_on
        after = record.to_on is not None and data.from_on is not None and record.to_on < data.from_on
        if record.id != own and not before and not after:
            return record.name
    return ""
