"""Career orientation of pupils: school, grade, the track chosen, who advised."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.domain.training import Track
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import CareerAdvice, Household, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.keeping import NOWHERE, Home, homes_of, keep_record


@dataclass(frozen=True)
class AdviceData:
    """One talk with a pupil."""

    person_id: UUID
    household_id: UUID
    on: date
    school: str
    grade: str
    track: Track
    adviser: str = ""
    note: str = ""


@dataclass(frozen=True)
class AdviceView:
    """A talk on record."""

    id: UUID
    version: int
    data: AdviceData
    person: str
    home: Home


def keep(uow: UnitOfWork, data: AdviceData, *, advice_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a talk down, or correct it."""
    uow.require(Permission.EDIT)
    problems = []
    if not clean(data.school):
        problems.append(Problem("school", _("Write the school.")))
    if data.on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if problems:
        raise ValidationError(problems)
    values = {
        "person_id": data.person_id,
        "household_id": data.household_id,
        "on_date": data.on,
        "school": clean(data.school),
        "grade": clean(data.grade),
        "track": data.track.value,
        "adviser": clean(data.adviser),
        "note": data.note.strip(),
    }
    uow.name_step("advice.keep", uow.record(Household, data.household_id))
    return keep_record(uow, CareerAdvice, values, advice_id, version, "advice.keep").id


def of_household(uow: UnitOfWork, household_id: UUID) -> list[AdviceView]:
    """The talks with pupils of a household, the newest first."""
    return _views(uow, _statement().where(CareerAdvice.household_id == household_id))


def of_year(uow: UnitOfWork, year: int) -> list[AdviceView]:
    """The talks of a year, the newest first."""
    return _views(uow, _statement().where(CareerAdvice.on_date.between(date(year, 1, 1), date(year, 12, 31))))


def by_track(uow: UnitOfWork, year: int) -> dict[Track, int]:
    """How many pupils chose which track in a year; a pupil advised twice counts with the last choice."""
    uow.require(Permission.READ)
    last = (
        select(CareerAdvice.person_id, func.max(CareerAdvice.on_date).label("day"))
        .where(CareerAdvice.on_date.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(CareerAdvice.person_id)
        .subquery()
    )
    statement = (
        select(CareerAdvice.track, func.count(CareerAdvice.person_id.distinct()))
        .join(last, (last.c.person_id == CareerAdvice.person_id) & (last.c.day == CareerAdvice.on_date))
        .group_by(CareerAdvice.track)
    )
    found = dict(uow.session.execute(statement).all())
    return {track: found.get(track.value, 0) for track in Track}


def _statement() -> Select[CareerAdvice, str]:
    return (
        select(CareerAdvice, Person.full_name)
        .join(Person, Person.id == CareerAdvice.person_id)
        .order_by(CareerAdvice.on_date.desc(), CareerAdvice.id.desc())
    )


def _views(uow: UnitOfWork, statement: Select[CareerAdvice, str]) -> list[AdviceView]:
    uow.require(Permission.READ)
    rows = uow.session.execute(statement).all()
    homes = homes_of(uow, {record.household_id for record, _name in rows})
    return [
        AdviceView(
            record.id,
            record.version,
            AdviceData(
                record.person_id,
                record.household_id,
                record.on_date,
                record.school,
                record.grade,
                Track(record.track),
                record.adviser,
                record.note,
            ),
            name,
            homes.get(record.household_id, NOWHERE),
        )
        for record, name in rows
    ]
