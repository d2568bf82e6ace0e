"""Records of support: programmes the office edits, who takes part, what was handed out, loans, sponsors, events."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Record, Uid, refers_to


class ProgrammeRow(Record):
    """A programme, rule, rate or exclusion the office wrote or changed; it wins over the shipped one of its code."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("commune", "kind", "code"), STRICT)

    kind: Mapped[str]
    code: Mapped[str]
    content: Mapped[str]
    """JSON as `domain/programmes.py` reads it."""
    removed: Mapped[bool]


class Circumstance(Record):
    """A dated fact of a person or household that programmes ask for."""

    __tablename__ = "circumstance"
    __table_args__ = (Index(None, "household_id"), Index(None, "person_id"), STRICT)

    code: Mapped[str]
    holds: Mapped[bool]
    household_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    note: Mapped[str]


class Enrolment(Record):
    """A household's or person's place in a programme."""

    __tablename__ = "enrolment"
    __table_args__ = (
        Index(None, "household_id"),
        Index(None, "person_id"),
        Index(None, "programme", "status"),
        STRICT,
    )

    programme: Mapped[str]
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    status: Mapped[str]
    need_on: Mapped[date | None]
    eligible: Mapped[bool | None]
    decision_number: Mapped[str]
    decision_on: Mapped[date | None]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    amount: Mapped[int | None]
    detail: Mapped[str]
    """JSON, field code to text."""
    reason: Mapped[str]
    note: Mapped[str]


class Distribution(Record):
    """A pay-out or hand-over for a list of households or people."""

    __tablename__ = "distribution"

    title: Mapped[str]
    programme: Mapped[str]
    rule: Mapped[str]
    period: Mapped[str]
    on_date: Mapped[date]
    place: Mapped[str]
    source: Mapped[str]
    budget_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("budget.id"))
    decision_number: Mapped[str]
    decision_on: Mapped[date | None]
    status: Mapped[str]
    """draft, approved, done or cancelled."""
    excluded: Mapped[str]
    """JSON: who was left out and why, as it stood when the list was made."""
    note: Mapped[str]


class Delivery(Record):
    """One payment or hand-over; a settled one is corrected by another entry, never edited."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index(None, "household_id", "on_date"),
        Index(None, "person_id"),
        Index(None, "programme", "on_date"),
        Index(None, "distribution_id"),
        Index(None, "corrects_id"),
        STRICT,
    )

    programme: Mapped[str]
    rule: Mapped[str]
    distribution_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("distribution.id"))
    enrolment_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("enrolment.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    hamlet_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("hamlet.id"))
    """As it was on the day."""
    class_value: Mapped[str]
    """Of the household on the day."""
    on_date: Mapped[date]
    period: Mapped[str]
    amount: Mapped[int]
    goods: Mapped[str]
    """JSON list of GoodsLine."""
    goods_value: Mapped[int]
    source: Mapped[str]
    budget_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("budget.id"))
    sponsorship_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("sponsorship.id"))
    decision_number: Mapped[str]
    decision_on: Mapped[date | None]
    stage: Mapped[str]
    status: Mapped[str]
    corrects_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("delivery.id"))
    override_reason: Mapped[str]
    received_on: Mapped[date | None]
    received_by: Mapped[str]
    received_relation: Mapped[str]
    authorisation: Mapped[str]
    proof: Mapped[str | None]
    note: Mapped[str]


class Budget(Record):
    """Money set aside for a programme in a year."""

    __tablename__ = "budget"

    year: Mapped[int]
    programme: Mapped[str]
    source: Mapped[str]
    amount: Mapped[int]
    document: Mapped[str]


class InsuranceCard(Record):
    """A health insurance card of a person."""

    __tablename__ = "insurance_card"
    __table_args__ = (Index("ix_insurance_card_days", "person_id", "valid_from", "valid_to"), STRICT)

    person_id: Mapped[UUID] = mapped_column(Uid, refers_to("person.id"))
    number: Mapped[str]
    group: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    facility: Mapped[str]
    payer_percent: Mapped[int | None]
    household_class: Mapped[str]
    """Of the household when it was issued."""


class Loan(Record):
    """A loan of the policy bank."""

    __tablename__ = "loan"
    __table_args__ = (Index(None, "household_id"), Index(None, "programme", "status"), STRICT)

    programme: Mapped[str]
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    purpose: Mapped[str]
    group_name: Mapped[str]
    organisation: Mapped[str]
    asked_on: Mapped[date | None]
    amount: Mapped[int]
    term_months: Mapped[int]
    status: Mapped[str]
    rate_millionths: Mapped[int | None]
    """Yearly rate of the day it was paid out: 6.24 % is 62400."""
    disbursed_on: Mapped[date | None]
    due_on: Mapped[date | None]
    class_value: Mapped[str]
    """Of the household when it was signed."""
    listed_on: Mapped[date | None]
    """Day of the confirmed list 03/TD."""
    reason: Mapped[str]
    """Why it was refused."""
    override_reason: Mapped[str]
    """Why it is lawful although a rule warned."""
    note: Mapped[str]


class LoanInstalment(Record):
    """What of a loan's principal is to be repaid by a day; an extension writes another plan."""

    __tablename__ = "loan_instalment"
    __table_args__ = (UniqueConstraint("commune", "loan_id", "due_on"), STRICT)

    loan_id: Mapped[UUID] = mapped_column(Uid, refers_to("loan.id"))
    due_on: Mapped[date]
    amount: Mapped[int]


class LoanEvent(Record):
    """What changed a loan's balance or due date."""

    __tablename__ = "loan_event"
    __table_args__ = (Index(None, "loan_id", "on_date"), STRICT)

    loan_id: Mapped[UUID] = mapped_column(Uid, refers_to("loan.id"))
    kind: Mapped[str]
    on_date: Mapped[date]
    amount: Mapped[int]
    due_on: Mapped[date | None]
    document: Mapped[str]
    note: Mapped[str]


class Sponsor(Record):
    """Somebody who gives."""

    __tablename__ = "sponsor"

    name: Mapped[str]
    kind: Mapped[str]
    contact: Mapped[str]
    phone: Mapped[str | None]
    note: Mapped[str]


class Sponsorship(Record):
    """A promise to a household or person."""

    __tablename__ = "sponsorship"
    __table_args__ = (Index(None, "household_id"), Index(None, "sponsor_id"), STRICT)

    sponsor_id: Mapped[UUID] = mapped_column(Uid, refers_to("sponsor.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    form: Mapped[str]
    amount: Mapped[int]
    rhythm_months: Mapped[int]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    status: Mapped[str]
    end_reason: Mapped[str]
    note: Mapped[str]


class Activity(Record):
    """An event with a list of who was there."""

    __tablename__ = "activity"
    __table_args__ = (Index(None, "kind", "on_date"), STRICT)

    kind: Mapped[str]
    title: Mapped[str]
    on_date: Mapped[date]
    to_on: Mapped[date | None]
    programme: Mapped[str]
    hamlet_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("hamlet.id"))
    place: Mapped[str]
    organiser: Mapped[str]
    topics: Mapped[tuple[str, ...]]
    purposes: Mapped[tuple[str, ...]]
    hours: Mapped[int]
    cost: Mapped[int]
    source: Mapped[str]
    note: Mapped[str]


class Attendance(Record):
    """One participant of an event."""

    __tablename__ = "attendance"
    __table_args__ = (Index(None, "activity_id"), Index(None, "household_id"), STRICT)

    activity_id: Mapped[UUID] = mapped_column(Uid, refers_to("activity.id"))
    household_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("poverty_officer.id"))
    name: Mapped[str]
    days: Mapped[int]
    contribution: Mapped[int]
    result: Mapped[str]


class PovertyOfficer(Record):
    """Somebody who works on poverty reduction or heads a hamlet."""

    __tablename__ = "poverty_officer"

    name: Mapped[str]
    position: Mapped[str]
    hamlet_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("hamlet.id"))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class Works(Record):
    """Public works of the commune."""

    __tablename__ = "works"

    name: Mapped[str]
    kind: Mapped[str]
    programme: Mapped[str]
    hamlet_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("hamlet.id"))
    investor: Mapped[str]
    approval: Mapped[str]
    budget: Mapped[int]
    contribution: Mapped[int]
    contribution_days: Mapped[int]
    land: Mapped[int]
    """Square metres given by people."""
    budget_sources: Mapped[str]
    """JSON, fund source to đồng; adds up to `budget`."""
    maintenance: Mapped[str]
    """The group that keeps it up."""
    maintained_on: Mapped[date | None]
    """Last upkeep."""
    maintenance_due: Mapped[date | None]
    start_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    progress: Mapped[int]
    disbursed: Mapped[int]
    households: Mapped[int]
    planned_for: Mapped[bool]
    note: Mapped[str]


class ExitMark(Record):
    """Whether a poor household with a person of merit can leave poverty, with date and reason (target I16)."""

    __tablename__ = "exit_mark"
    __table_args__ = (Index(None, "household_id", "on_date"), STRICT)

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    value: Mapped[str]
    on_date: Mapped[date]
    reason: Mapped[str]


class Target(Record):
    """One line of a plan."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("commune", "set_code", "indicator", "year"), STRICT)

    set_code: Mapped[str]
    indicator: Mapped[str]
    year: Mapped[int]
    comparison: Mapped[str]
    value_hundredths: Mapped[int]
    unit: Mapped[str]
    document: Mapped[str]
    note: Mapped[str]


class OwnIndicator(Record):
    """An indicator the office made from filters; `definition` is JSON."""

    __tablename__ = "own_indicator"
    __table_args__ = (UniqueConstraint("commune", "code"), STRICT)

    code: Mapped[str]
    title: Mapped[str]
    definition: Mapped[str]


class Task(Record):
    """Something to do, by a rule or by hand."""

    __tablename__ = "task"
    __table_args__ = (Index(None, "status", "due_on"), Index(None, "household_id"), Index(None, "cause_id"), STRICT)

    kind: Mapped[str]
    title: Mapped[str]
    due_on: Mapped[date]
    household_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    programme: Mapped[str]
    cause_id: Mapped[UUID | None]
    """The decision or record that opened it."""
    rule: Mapped[str]
    """What opened it, so that it is not opened twice for the same cause; empty: a person did."""
    subject_kind: Mapped[str]
    """livelihood, project, learner, abroad, loan …: where it is worked on; empty: the household's page."""
    subject_id: Mapped[UUID | None]
    remind_on: Mapped[date | None]
    """Not shown before this day."""
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))
    status: Mapped[str]
    """open, done or dropped."""
    done_at: Mapped[datetime | None]
    note: Mapped[str]
