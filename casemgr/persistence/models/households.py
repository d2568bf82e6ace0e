"""Records of households, people, memberships, classes and decisions, and the derived list rows."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Base, Record, Uid, derived, refers_to


class Household(Record):
    """A household; `number` is its own readable code H-00147."""

    __tablename__ = "household"
    __table_args__ = (UniqueConstraint("commune", "number"), Index(None, "hamlet_id"), STRICT)

    number: Mapped[int]
    hamlet_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("hamlet.id"))
    area: Mapped[str | None]
    address: Mapped[str]
    permanent_address: Mapped[str]
    phone: Mapped[str | None]
    flags: Mapped[tuple[str, ...]]
    notes: Mapped[str]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]


class Person(Record):
    """A person; `name_key` and `name_sort` follow the name."""

    __tablename__ = "person"
    __table_args__ = (
        Index(None, "name_key"),
        Index(None, "name_sort"),
        Index(None, "old_id_number"),
        # What is counted over everybody (targets), without the whole rows.
        Index(None, "id", "sex", "ethnic", "birth", "died_on", "merit", "work"),
        STRICT,
    )

    full_name: Mapped[str]
    name_key: Mapped[str] = derived()
    name_sort: Mapped[bytes] = derived()
    sex: Mapped[str | None]
    birth: Mapped[str | None]
    """ISO, as precise as known: 1956, 1956-03 or 1956-03-05."""
    id_number: Mapped[str | None] = mapped_column(unique=True)
    id_issued_on: Mapped[date | None]
    old_id_number: Mapped[str | None]
    ethnic: Mapped[str | None]
    education: Mapped[str | None]
    work: Mapped[str | None]
    occupation: Mapped[str]
    labour: Mapped[str | None]
    disability: Mapped[str | None]
    insurance_number: Mapped[str | None]
    merit: Mapped[bool]
    allowance: Mapped[bool]
    phone: Mapped[str | None]
    died_on: Mapped[date | None]
    notes: Mapped[str]


class Membership(Record):
    """A person's time in a household; `left_on` or `left_reason` ends it."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(None, "household_id", "person_id", "joined_on", "left_on", "left_reason"),
        Index(None, "person_id"),
        STRICT,
    )

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID] = mapped_column(Uid, refers_to("person.id"))
    relation: Mapped[str]
    relation_text: Mapped[str]
    """What the list or the officer called it, where the code is "other" or more exact words are known."""
    position: Mapped[int]
    """Order on paper; the head is 0."""
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    left_reason: Mapped[str | None]


class Decision(Record):
    """A decision of the chairman that recognises classes."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("commune", "year", "number"), STRICT)

    number: Mapped[str]
    signed_on: Mapped[date | None]
    year: Mapped[int]
    summary: Mapped[str]


class HouseholdClassRow(Record):
    """The class of a household in one year; past years stay."""

    __tablename__ = "household_class"
    __table_args__ = (
        UniqueConstraint("household_id", "year"),
        Index(None, "year", "value"),
        Index(None, "household_id", "year", "value", "since", "decision_id", "standard", "deprivations"),
        STRICT,
    )

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    year: Mapped[int]
    value: Mapped[str]
    since: Mapped[date | None]
    decision_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("decision.id"))
    b1: Mapped[int | None]
    b2: Mapped[int | None]
    standard: Mapped[str]
    """Id of the policy pack it was judged by; `deprivations` are codes of its indicators. Empty: not recorded."""
    deprivations: Mapped[tuple[str, ...]]
    causes: Mapped[tuple[str, ...]]
    note: Mapped[str]


class HouseholdIndex(Base):
    """Derived: what lists show and sort by, one row per household, rebuilt for whatever a transaction touched."""

    __tablename__ = "household_index"
    __table_args__ = (
        Index(None, "active", "head_sort", "household_id"),
        Index(None, "active", "number", "household_id"),
        Index(None, "active", "hamlet_id", "head_sort", "household_id"),
        Index(None, "active", "class_value", "head_sort", "household_id"),
        Index(None, "head_id", "household_id"),
        STRICT,
    )

    household_id: Mapped[UUID] = mapped_column(Uid, primary_key=True)
    commune: Mapped[str]
    number: Mapped[int]
    head_id: Mapped[UUID | None]
    head_name: Mapped[str]
    head_sort: Mapped[bytes]
    hamlet_id: Mapped[UUID | None]
    class_value: Mapped[str]
    class_year: Mapped[int | None]
    people: Mapped[int]
    active: Mapped[bool]
