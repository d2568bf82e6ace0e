"""Use cases of circumstances: dated facts of a person or household that programmes ask for and nothing else records."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from casemgr.domain.entitlement_facts import About, Fact
from casemgr.domain.permissions import Permission
from casemgr.domain.support import CircumstanceData
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Circumstance, Household, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.programmes import catalogue


@dataclass(frozen=True)
class CircumstanceView:
    """A circumstance on record."""

    id: UUID
    version: int
    data: CircumstanceData
    label: str
    """What the fact is called."""
    sentence: str
    """What it says."""


def circumstances(uow: UnitOfWork, household_id: UUID) -> list[CircumstanceView]:
    """Everything noted of the household and its present people, newest first."""
    uow.require(Permission.READ)
    people = select(Membership.person_id).where(
        Membership.household_id == household_id, Membership.left_on.is_(None), Membership.left_reason.is_(None)
    )
    rows = uow.session.scalars(
        select(Circumstance)
        .where(or_(Circumstance.household_id == household_id, Circumstance.person_id.in_(people)))
        .order_by(Circumstance.from_on.desc().nulls_last(), Circumstance.id.desc())
    )
    known = catalogue(uow).facts
    return [_view(row, known.get(row.code)) for row in rows]


def askable(uow: UnitOfWork, about: About) -> list[Fact]:
    """The facts an officer can note of a person or of a household."""
    uow.require(Permission.READ)
    return [fact for fact in catalogue(uow).facts.values() if not fact.recorded and fact.about is about]


def keep(
    uow: UnitOfWork, data: CircumstanceData, circumstance_id: UUID | None = None, version: int | None = None
) -> UUID:
    """Write a circumstance; a new one ends what was noted of the same fact before, the day before it begins."""
    uow.require(Permission.EDIT)
    fact = _checked(uow, data)
    values = {
        "code": data.code,
        "holds": data.holds,
        "household_id": data.household_id,
        "person_id": data.person_id,
        "from_on": data.from_on,
        "to_on": data.to_on,
        "note": clean(data.note),
    }
    subject = _subject(uow, data)
    uow.name_step("circumstance.keep", subject)
    if circumstance_id is not None:
        record = uow.record(Circumstance, circumstance_id, version)
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
        return record.id
    for earlier in _of_same(uow, data, fact):
        if earlier.to_on is None and data.from_on is not None and (earlier.from_on or data.from_on) < data.from_on:
            earlier.to_on = data.from_on.fromordinal(data.from_on.toordinal() - 1)
    record = Circumstance(**values)
    uow.add(record)
    return record.id


def remove(uow: UnitOfWork, circumstance_id: UUID, version: int | None = None) -> None:
    """Take back what was noted by mistake."""
    uow.require(Permission.EDIT)
    record = uow.record(Circumstance, circumstance_id, version)
    subject = uow.session.get(Household, record.household_id) if record.household_id else None
    uow.name_step("circumstance.remove", subject or uow.session.get(Person, record.person_id))
    uow.session.delete(record)


def _checked(uow: UnitOfWork, data: CircumstanceData) -> Fact:
    problems = []
    fact = catalogue(uow).facts.get(data.code)
    if fact is None or fact.recorded or fact.about is About.COMMUNE:
        raise ValidationError([Problem("code", _("Choose a circumstance from the list."))])
    if (data.household_id is None) == (data.person_id is None):
        problems.append(Problem("person_id", _("A circumstance is of one person or of one household.")))
    elif (fact.about is About.PERSON) != (data.person_id is not None):
        message = (
            _("“{fact}” is noted of a person.")
            if fact.about is About.PERSON
            else _("“{fact}” is noted of a household.")
        )
        problems.append(Problem("person_id", message.format(fact=fact.label)))
    if data.from_on and data.to_on and data.to_on < data.from_on:
        problems.append(Problem("to_on", _("The last day is before the first.")))
    if problems:
        raise ValidationError(problems)
    return fact


def _subject(uow: UnitOfWork, data: CircumstanceData) -> Household | Person:
    if data.household_id is not None:
        return uow.record(Household, data.household_id)
    assert data.person_id is not None  # noqa: S101 - checked before
    return uow.record(Person, data.person_id)


def _of_same(uow: UnitOfWork, data: CircumstanceData, fact: Fact) -> Sequence[Circumstance]:
    column = Circumstance.person_id if fact.about is About.PERSON else Circumstance.household_id
    return uow.session.scalars(
        select(Circumstance).where(column == (data.person_id or data.household_id), Circumstance.code == data.code)
    ).all()


def _view(row: Circumstance, fact: Fact | None) -> CircumstanceView:
    return CircumstanceView(
        id=row.id,
        version=row.version,
        data=CircumstanceData(
            code=row.code,
            holds=row.holds,
            household_id=row.household_id,
            person_id=row.person_id,
            from_on=row.from_on,
            to_on=row.to_on,
            note=row.note,
        ),
        label=fact.label if fact else row.code,
        sentence=fact.says(value=row.holds) if fact else row.code,
    )
