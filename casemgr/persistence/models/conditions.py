"""Records of living conditions: one row per household and one per person, as last seen."""

from datetime import date
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Record, Uid, refers_to


class Dwelling(Record):
    """The house of a household (`domain/conditions.py`, DwellingData)."""

    __tablename__ = "dwelling"
    __table_args__ = (UniqueConstraint("household_id"), STRICT)

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    walls_durable: Mapped[bool | None]
    columns_durable: Mapped[bool | None]
    roof_durable: Mapped[bool | None]
    area_dm2: Mapped[int | None]
    water: Mapped[str | None]
    toilet: Mapped[str | None]
    internet: Mapped[bool | None]
    devices: Mapped[tuple[str, ...] | None]
    waste_handled: Mapped[bool | None]
    seen_on: Mapped[date | None]
    note: Mapped[str]


class PersonCondition(Record):
    """What the review asks of a person (`domain/conditions.py`, ConditionData)."""

    __tablename__ = "person_condition"
    __table_args__ = (UniqueConstraint("person_id"), STRICT)

    person_id: Mapped[UUID] = mapped_column(Uid, refers_to("person.id"))
    insured: Mapped[bool | None]
    school: Mapped[str | None]
    nutrition: Mapped[str | None]
    contract: Mapped[bool | None]
    wage_work: Mapped[bool | None]
    seeks_work: Mapped[bool | None]
    trained: Mapped[bool | None]
