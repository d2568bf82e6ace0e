"""Classes of vocational training: their dates and days, who sits in them, attendance, and what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Select, func, select

from casemgr.domain.findings import Finding, Severity
from casemgr.domain.permissions import Permission
from casemgr.domain.support import FundSource
from casemgr.domain.text import clean, fold, word_sort_key
from casemgr.domain.training import LearnerState, Level, Mark
from casemgr.errors import ConflictError, NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date, format_money
from casemgr.persistence.models import Course, Learner, Person, TrainingMark, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import holidays
from casemgr.services.keeping import keep_record
from casemgr.services.learners import PROGRAMME
from casemgr.services.programmes import catalogue

GENERATIONS: Final = ("A", "B", "C")


@dataclass(frozen=True)
class CourseData:
    """A class as an officer writes it."""

    code: str
    trade: str
    level: Level = Level.SHORT
    provider: str = ""
    contract: str = ""
    theory_hours: int = 0
    practice_hours: int = 0
    place: str = ""
    area: str = "other"
    start_on: date | None = None
    end_on: date | None = None
    days: tuple[date, ...] = ()
    """Days of teaching; attendance is only kept on them."""
    capacity: int = 0
    tuition: int = 0
    """Actual cost of one learner, đồng."""
    source: FundSource = FundSource.CENTRAL
    generation: str = "C"
    decision_number: str = ""
    decision_on: date | None = None
    officer_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True)
class CourseView:
    """A class with how it stands."""

    id: UUID
    version: int
    data: CourseData
    officer: str
    learners: int
    closed_on: date | None

    @property
    def practice_percent(self) -> int | None:
        """Share of practice; None without hours."""
        hours = self.data.theory_hours + self.data.practice_hours
        return self.data.practice_hours * 100 // hours if hours else None


@dataclass(frozen=True)
class AttendanceRow:
    """One learner's line of the attendance grid."""

    learner_id: UUID
    person: str
    birth: str | None
    marks: Mapping[date, Mark]

    @property
    def present(self) -> int:
        """Days present."""
        return sum(mark is Mark.PRESENT for mark in self.marks.values())


def keep(uow: UnitOfWork, data: CourseData, *, course_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a class down, or correct it; days on which attendance was kept stay."""
    uow.require(Permission.EDIT)
    problems = _problems(uow, data, course_id)
    if problems:
        raise ValidationError(problems)
    values = {
        "code": clean(data.code),
        "trade": clean(data.trade),
        "level": data.level.value,
        "provider": clean(data.provider),
        "contract": clean(data.contract),
        "theory_hours": data.theory_hours,
        "practice_hours": data.practice_hours,
        "place": clean(data.place),
        "area": data.area,
        "start_on": data.start_on,
        "end_on": data.end_on,
        "days": tuple(day.isoformat() for day in sorted(set(data.days))),
        "capacity": data.capacity,
        "tuition": data.tuition,
        "source": data.source.value,
        "generation": data.generation,
        "decision_number": clean(data.decision_number),
        "decision_on": data.decision_on,
        "officer_id": data.officer_id or uow.actor.user_id,
        "note": data.note.strip(),
    }
    if course_id is None:
        values["closed_on"] = None
    return keep_record(uow, Course, values, course_id, version, "course.keep").id


def close(uow: UnitOfWork, course_id: UUID, version: int, *, on: date) -> None:
    """The class is over and settled: attendance is not changed any more."""
    uow.require(Permission.EDIT)
    record = uow.record(Course, course_id, version)
    if record.end_on is None or on < record.end_on or on > uow.today:
        raise ValidationError([Problem("on", _("A class is closed between its last day and today."))])
    record.closed_on = on
    uow.name_step("course.keep", record)


def working_days(uow: UnitOfWork, first: date, last: date) -> tuple[date, ...]:
    """Proposed days of teaching: the working days of a period."""
    uow.require(Permission.READ)
    days = holidays.calendar(uow)
    every = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return tuple(day for day in every if days.is_workday(day))


def view(uow: UnitOfWork, course_id: UUID) -> CourseView:
    """A class opened as a whole."""
    uow.require(Permission.READ)
    record = uow.record(Course, course_id)
    return _view(uow, record, _sizes(uow))


def courses(uow: UnitOfWork, *, running_on: date | None = None, text: str = "") -> list[CourseView]:
    """The classes, the newest first; `running_on` leaves out those not running that day."""
    uow.require(Permission.READ)
    statement = select(Course)
    if running_on is not None:
        statement = statement.where(Course.start_on <= running_on, Course.end_on >= running_on)
    wanted, sizes = fold(clean(text)), _sizes(uow)
    found = [one for one in uow.session.scalars(statement) if wanted in fold(f"{one.code} {one.trade} {one.provider}")]
    found.sort(key=lambda one: (-(one.start_on or date.min).toordinal(), word_sort_key(one.code)))
    return [_view(uow, one, sizes) for one in found]


def by_code(uow: UnitOfWork, code: str) -> UUID:
    """The class with this code."""
    uow.require(Permission.READ)
    found = uow.session.scalar(select(Course.id).where(Course.code == clean(code)))
    if found is None:
        raise NotFoundError(_("There is no class “{code}”.").format(code=code))
    return found


def attendance(uow: UnitOfWork, course_id: UUID) -> list[AttendanceRow]:
    """The grid: every learner of the class by name, with a mark for each day that has one."""
    uow.require(Permission.READ)
    statement = (
        select(Learner.id, Person.full_name, Person.birth)
        .join(Person, Person.id == Learner.person_id)
        .where(Learner.course_id == course_id)
        .order_by(Person.name_sort, Learner.id)
    )
    people = uow.session.execute(statement).all()
    marks: dict[UUID, dict[date, Mark]] = {learner: {} for learner, _name, _birth in people}
    kept = (
        select(TrainingMark).join(Learner, Learner.id == TrainingMark.learner_id).where(Learner.course_id == course_id)
    )
    for one in uow.session.scalars(kept):
        marks[one.learner_id][one.on_date] = Mark(one.mark)
    return [AttendanceRow(learner, name, birth, marks[learner]) for learner, name, birth in people]


def keep_attendance(
    uow: UnitOfWork, course_id: UUID, marks: Mapping[tuple[UUID, date], Mark | None], version: int | None = None
) -> int:
    """Write the cells of the grid that were changed (None empties one); nothing is saved when one is wrong.

    Attendance lies on days of teaching, not in the future, and while the learner is in the class.
    """
    uow.require(Permission.EDIT)
    course = uow.record(Course, course_id, version)
    if course.closed_on is not None:
        raise ConflictError(_("The class is closed; its attendance is settled."))
    learners = {one.id: one for one in uow.session.scalars(select(Learner).where(Learner.course_id == course_id))}
    problems = []
    for learner, day in marks:
        problems += _mark_problems(uow, course, learners.get(learner), learner, day)
    if problems:
        raise ValidationError(problems)
    present = {
        (one.learner_id, one.on_date): one
        for one in uow.session.scalars(select(TrainingMark).where(TrainingMark.learner_id.in_(learners)))
    }
    changed = 0
    for (learner, day), mark in marks.items():
        record = present.get((learner, day))
        if record is None and mark is not None:
            uow.add(TrainingMark(learner_id=learner, on_date=day, mark=mark.value))
        elif record is not None and mark is None:
            uow.session.delete(record)
        elif record is not None and mark is not None and record.mark != mark:
            record.mark = mark.value
        else:
            continue
        changed += 1
    uow.name_step("course.attend", course)
    uow.session.flush()
    return changed


def days_present(uow: UnitOfWork, learner_id: UUID) -> list[date]:
    """The days a learner was present."""
    statement = select(TrainingMark.on_date).where(
        TrainingMark.learner_id == learner_id, TrainingMark.mark == Mark.PRESENT.value
    )
    return sorted(uow.session.scalars(statement))


def data_of(record: Course) -> CourseData:
    """What was written down of a class."""
    return CourseData(
        code=record.code,
        trade=record.trade,
        level=Level(record.level),
        provider=record.provider,
        contract=record.contract,
        theory_hours=record.theory_hours,
        practice_hours=record.practice_hours,
        place=record.place,
        area=record.area,
        start_on=record.start_on,
        end_on=record.end_on,
        days=tuple(date.fromisoformat(day) for day in record.days),
        capacity=record.capacity,
        tuition=record.tuition,
        source=FundSource(record.source),
        generation=record.generation,
        decision_number=record.decision_number,
        decision_on=record.decision_on,
        officer_id=record.officer_id,
        note=record.note,
    )


def cell(learner_id: UUID, day: date) -> str:
    """The field a problem of one cell of the grid is about."""
    return f"marks.{learner_id}.{day.isoformat()}"


def days_law(uow: UnitOfWork, on: date) -> str:
    """The article that pays by days present."""
    rate = catalogue(uow).rate(f"{PROGRAMME}.MEAL_DAY", on)
    return rate.law if rate else ""


def outside(uow: UnitOfWork, data: CourseData, day: date) -> str:
    """What is said of a day on which the class does not teach, with its article."""
    law = days_law(uow, data.start_on or day)
    text = _("{date} is no day of this class ({first} to {last}).").format(
        date=format_date(day),
        first=format_date(data.start_on) if data.start_on else "…",
        last=format_date(data.end_on) if data.end_on else "…",
    )
    return f"{text} ({law})" if law else text


def _mark_problems(
    uow: UnitOfWork, course: Course, learner: Learner | None, learner_id: UUID, day: date
) -> list[Problem]:
    field, text = cell(learner_id, day), ""
    if learner is None:
        text = _("This learner does not sit in the class.")
    elif day.isoformat() not in course.days:
        text = outside(uow, data_of(course), day)
    elif day > uow.today:
        text = _("Attendance of {date} cannot be known yet.").format(date=format_date(day))
    elif learner.status == LearnerState.DROPPED and learner.ended_on is not None and day > learner.ended_on:
        text = _("The learner dropped out on {date}.").format(date=format_date(learner.ended_on))
    return [Problem(field, text)] if text else []


def cost_finding(uow: UnitOfWork, data: CourseData) -> Finding | None:
    """Which groups do not get the whole cost of a learner paid, with the article; what lies above is not paid."""
    on = data.start_on or uow.today
    known = catalogue(uow)
    rules = [rule for rule in known.rules_on(PROGRAMME, on) if rule.amount and rule.generation == data.generation]
    caps = [(rule, most) for rule in rules if (most := known.amount(rule.amount, on)) and most < data.tuition]
    if not caps:
        return None
    listed = "; ".join(f"{rule.title}: {format_money(most)}" for rule, most in caps)
    text = _("Above the highest tuition, the rest is not supported: {caps}").format(caps=listed)
    return Finding(Severity.WARN, "tuition", text, "; ".join(dict.fromkeys(rule.citation for rule, _most in caps)))


def _problems(uow: UnitOfWork, data: CourseData, own: UUID | None) -> list[Problem]:
    problems = []
    if not clean(data.code):
        problems.append(Problem("code", _("Write the code of the class.")))
    elif uow.session.scalar(select(Course.id).where(Course.code == clean(data.code), Course.id != own)):
        problems.append(Problem("code", _("Another class has this code.")))
    if not clean(data.trade):
        problems.append(Problem("trade", _("Write the trade that is taught.")))
    if data.start_on and data.end_on and data.end_on < data.start_on:
        problems.append(Problem("end_on", _("The end lies before the beginning.")))
    outside = [day for day in data.days if not (data.start_on or day) <= day <= (data.end_on or day)]
    if outside:
        text = _("{date} lies outside the class.").format(date=format_date(outside[0]))
        problems.append(Problem("days", text))
    if min(data.theory_hours, data.practice_hours, data.capacity, data.tuition) < 0:
        problems.append(Problem("capacity", _("A number here is 0 or more.")))
    if data.decision_on and data.start_on and data.decision_on > data.start_on:
        problems.append(Problem("decision_on", _("The decision is dated after the class began.")))
    if own is not None:
        kept = set(uow.session.scalars(_kept_days(own)))
        lost = sorted(kept - set(data.days))
        if lost:
            text = _("Attendance of {date} is kept already; the day stays.").format(date=format_date(lost[0]))
            problems.append(Problem("days", text))
    return problems


def _kept_days(course_id: UUID) -> Select[date]:
    return (
        select(TrainingMark.on_date)
        .join(Learner, Learner.id == TrainingMark.learner_id)
        .where(Learner.course_id == course_id)
        .distinct()
    )


def _sizes(uow: UnitOfWork) -> dict[UUID, int]:
    statement = (
        select(Learner.course_id, func.count()).where(Learner.course_id.is_not(None)).group_by(Learner.course_id)
    )
    return {course: count for course, count in uow.session.execute(statement) if course}


def _view(uow: UnitOfWork, record: Course, sizes: Mapping[UUID, int]) -> CourseView:
    officer = uow.session.get(User, record.officer_id) if record.officer_id else None
    return CourseView(
        id=record.id,
        version=record.version,
        data=data_of(record),
        officer=officer.name if officer else "",
        learners=sizes.get(record.id, 0),
        closed_on=record.closed_on,
    )
