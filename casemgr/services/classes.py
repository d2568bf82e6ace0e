"""Use cases of the class of a household by year, and the decisions that recognise it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.domain.offices import DecisionData
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Decision, Household, HouseholdClassRow
from casemgr.persistence.uow import UnitOfWork

FIRST_YEAR = 1993
"""The first year with a national poverty line; earlier years are typing errors."""


@dataclass(frozen=True)
class ClassView:
    """The class of one year with the decision that made it."""

    id: UUID
    version: int
    data: ClassData
    decision: DecisionData | None


def classes_of(uow: UnitOfWork, household_id: UUID) -> tuple[ClassView, ...]:
    """All classes on record, newest year first."""
    pairs = uow.session.execute(
        select(HouseholdClassRow, Decision)
        .outerjoin(Decision, Decision.id == HouseholdClassRow.decision_id)
        .where(HouseholdClassRow.household_id == household_id)
        .order_by(HouseholdClassRow.year.desc())
    )
    return tuple(
        ClassView(
            id=row.id,
            version=row.version,
            data=ClassData(
                year=row.year,
                value=HouseholdClass(row.value),
                since=row.since,
                decision_id=row.decision_id,
                b1=row.b1,
                b2=row.b2,
                deprivations=row.deprivations,
                causes=row.causes,
                note=row.note,
                standard=row.standard,
            ),
            decision=DecisionData(made.number, made.signed_on, made.year, made.summary) if made else None,
        )
        for row, made in pairs
    )


def set_class(uow: UnitOfWork, household_id: UUID, data: ClassData) -> UUID:
    """Write the class of one year; what stood there before is in the history."""
    uow.require(Permission.EDIT)
    if not FIRST_YEAR <= data.year <= uow.today.year + 1:
        raise ValidationError([Problem("year", _("Write the year of the review with four digits."))])
    household = uow.record(Household, household_id)
    record = uow.session.scalars(
        select(HouseholdClassRow).where(
            HouseholdClassRow.household_id == household_id, HouseholdClassRow.year == data.year
        )
    ).first()
    uow.name_step("household.class", household)
    values = {
        "value": data.value.value,
        "since": data.since,
        "decision_id": data.decision_id,
        "b1": data.b1,
        "b2": data.b2,
        "deprivations": tuple(data.deprivations),
        "causes": tuple(data.causes),
        "note": clean(data.note),
        "standard": data.standard,
    }
    if record is None:
        record = HouseholdClassRow(household_id=household_id, year=data.year, **values)
        uow.add(record)
    else:
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    return record.id


def record_decision(uow: UnitOfWork, data: DecisionData) -> UUID:
    """The decision with this number and year, written down if it is not yet."""
    uow.require(Permission.EDIT)
    number = clean(data.number)
    if not number:
        raise ValidationError([Problem("number", _("Write the number of the decision, e.g. 45/QĐ-UBND."))])
    record = uow.session.scalars(select(Decision).where(Decision.year == data.year, Decision.number == number)).first()
    if record is None:
        record = Decision(number=number, signed_on=data.signed_on, year=data.year, summary=clean(data.summary))
        uow.add(record)
        uow.name_step("decision.record", record)
    elif data.signed_on and record.signed_on != data.signed_on:
        record.signed_on = data.signed_on
        uow.name_step("decision.correct", record)
    return record.id


def decisions(uow: UnitOfWork) -> list[tuple[UUID, DecisionData]]:
    """Decisions on record, newest first."""
    rows = uow.session.scalars(
        select(Decision).order_by(Decision.year.desc(), Decision.signed_on.desc(), Decision.number)
    )
    return [(row.id, DecisionData(row.number, row.signed_on, row.year, row.summary)) for row in rows]


def class_on(classes: tuple[ClassView, ...], year: int) -> ClassView | None:
    """The class of that year."""
    return next((view for view in classes if view.data.year == year), None)


def since_when(view: ClassView) -> date | None:
    """From when a class holds: its own date, else the decision's."""
    return view.data.since or (view.decision.signed_on if view.decision else None)
