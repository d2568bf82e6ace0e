"""Use cases of living conditions: the dwelling of a household, and what the review asks of each member."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.conditions import ConditionData, Device, DwellingData, Nutrition, SchoolLevel, Toilet, WaterSource
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Dwelling, Household, Membership, PersonCondition
from casemgr.persistence.uow import UnitOfWork

LARGEST_DM2: Final = 1_000_000
"""Nobody lives in more than 10,000 m²: such a number is a slip of the key."""


def dwelling(uow: UnitOfWork, household_id: UUID) -> tuple[int | None, DwellingData]:
    """Version and data of the dwelling; no version and nothing known while nobody noted it."""
    uow.require(Permission.READ)
    record = _dwelling(uow, household_id)
    return (None, DwellingData()) if record is None else (record.version, dwelling_data(record))


def keep_dwelling(uow: UnitOfWork, household_id: UUID, version: int | None, data: DwellingData) -> None:
    """Write the dwelling as last seen; `version` None where nothing was noted before."""
    uow.require(Permission.EDIT)
    household = uow.record(Household, household_id)
    values = _checked(uow, data)
    record = _dwelling(uow, household_id)
    if (None if record is None else record.version) != version:
        raise ConflictError(
            _("The housing was noted by somebody else meanwhile. Look at the present state, then make your change.")
        )
    uow.name_step("dwelling.keep", household)
    if record is None:
        uow.add(Dwelling(household_id=household_id, **values))
        return
    _write(record, values)


def conditions(uow: UnitOfWork, household_id: UUID) -> dict[UUID, ConditionData]:
    """What is noted of the present members, by person; whoever has no note yet is in it with nothing known."""
    uow.require(Permission.READ)
    rows = uow.session.execute(
        select(Membership.person_id, PersonCondition)
        .outerjoin(PersonCondition, PersonCondition.person_id == Membership.person_id)
        .where(Membership.household_id == household_id)
        .where(Membership.left_on.is_(None), Membership.left_reason.is_(None))
        .order_by(Membership.position, Membership.id)
    )
    return {person: condition_data(record) if record else ConditionData() for person, record in rows}


def keep_conditions(uow: UnitOfWork, household_id: UUID, data: Mapping[UUID, ConditionData]) -> None:
    """Write what was noted of these present members; the others stay as they are."""
    uow.require(Permission.EDIT)
    household = uow.record(Household, household_id)
    present = conditions(uow, household_id)
    if set(data) - set(present):
        raise ValidationError([Problem("conditions", _("Only present members of the household can be noted."))])
    uow.name_step("conditions.keep", household)
    changed = {person: entry for person, entry in data.items() if entry != present[person]}
    records = {
        record.person_id: record
        for record in uow.session.scalars(select(PersonCondition).where(PersonCondition.person_id.in_(list(changed))))
    }
    for person, entry in changed.items():
        if person in records:
            _write(records[person], condition_values(entry))
        else:
            uow.add(PersonCondition(person_id=person, **condition_values(entry)))


def dwelling_data(record: Dwelling) -> DwellingData:
    """The dwelling as plain data."""
    return DwellingData(
        walls_durable=record.walls_durable,
        columns_durable=record.columns_durable,
        roof_durable=record.roof_durable,
        area_dm2=record.area_dm2,
        water=WaterSource(record.water) if record.water else None,
        toilet=Toilet(record.toilet) if record.toilet else None,
        internet=record.internet,
        devices=record.devices,
        waste_handled=record.waste_handled,
        seen_on=record.seen_on,
        note=record.note,
    )


def condition_data(record: PersonCondition) -> ConditionData:
    """The conditions of a person as plain data."""
    return ConditionData(
        insured=record.insured,
        school=SchoolLevel(record.school) if record.school else None,
        nutrition=Nutrition(record.nutrition) if record.nutrition else None,
        contract=record.contract,
        wage_work=record.wage_work,
        seeks_work=record.seeks_work,
        trained=record.trained,
    )


def condition_values(data: ConditionData) -> dict[str, Any]:
    """The columns of a person's conditions."""
    values: dict[str, Any] = dict(vars(data))
    values["school"] = data.school.value if data.school else None
    values["nutrition"] = data.nutrition.value if data.nutrition else None
    return values


def _dwelling(uow: UnitOfWork, household_id: UUID) -> Dwelling | None:
    return uow.session.scalars(select(Dwelling).where(Dwelling.household_id == household_id)).first()


def _checked(uow: UnitOfWork, data: DwellingData) -> dict[str, Any]:
    problems = []
    if data.area_dm2 is not None and not 0 < data.area_dm2 <= LARGEST_DM2:
        problems.append(Problem("area_dm2", _("Write the living area in m², e.g. 36,5.")))
    if data.devices is not None and set(data.devices) - set(Device):
        problems.append(Problem("devices", _("Choose means of information from the list.")))
    if data.seen_on is not None and data.seen_on > uow.today:
        problems.append(Problem("seen_on", _("The date lies in the future.")))
    if problems:
        raise ValidationError(problems)
    values: dict[str, Any] = dict(vars(data))
    values["water"] = data.water.value if data.water else None
    values["toilet"] = data.toilet.value if data.toilet else None
    if data.devices is not None:
        values["devices"] = tuple(device.value for device in Device if device in data.devices)
    values["note"] = clean(data.note)
    return values


def _write(record: Dwelling | PersonCondition, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
