"""Records of case work: who keeps a case, what is planned, notes, referrals, and the log of states."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Record, Uid, refers_to


class CaseFile(Record):
    """The case of a household: open with an officer, or closed with a reason; reopening writes another one."""

    __tablename__ = "case_file"
    __table_args__ = (Index(None, "household_id"), Index(None, "officer_id", "closed_on"), STRICT)

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))
    opened_on: Mapped[date]
    open_reason: Mapped[str]
    closed_on: Mapped[date | None]
    close_reason: Mapped[str]


class CasePlan(Record):
    """One version of what was agreed with a household; a later version replaces it and both stay."""

    __tablename__ = "case_plan"
    __table_args__ = (UniqueConstraint("household_id", "number"), STRICT)

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    number: Mapped[int]
    """1, 2, 3 … within the household."""
    status: Mapped[str]
    """draft, agreed or replaced."""
    agreed_on: Mapped[date | None]
    summary: Mapped[str]


class CaseGoal(Record):
    """One goal of a plan."""

    __tablename__ = "case_goal"
    __table_args__ = (Index(None, "plan_id", "position"), STRICT)

    plan_id: Mapped[UUID] = mapped_column(Uid, refers_to("case_plan.id"))
    position: Mapped[int]
    text: Mapped[str]
    dimension: Mapped[str]
    """The dimension of deprivation it works on; empty: none."""
    due_on: Mapped[date | None]
    status: Mapped[str]
    """open, reached or dropped."""


class CaseAction(Record):
    """One thing to do for a goal."""

    __tablename__ = "case_action"
    __table_args__ = (
        Index(None, "goal_id", "position"),
        Index(None, "household_id"),
        Index(None, "done_on", "due_on"),
        STRICT,
    )

    goal_id: Mapped[UUID] = mapped_column(Uid, refers_to("case_goal.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    position: Mapped[int]
    text: Mapped[str]
    owner: Mapped[str]
    """Who does it, in words; empty: the officer."""
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    result: Mapped[str]


class CaseNote(Record):
    """A visit, call or meeting with the household."""

    __tablename__ = "case_note"
    __table_args__ = (Index(None, "household_id", "on_date"), STRICT)

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    kind: Mapped[str]
    """visit, call, meeting or note."""
    on_date: Mapped[date]
    text: Mapped[str]
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))


class Referral(Record):
    """A household or person sent to another office, and its answer."""

    __tablename__ = "referral"
    __table_args__ = (Index(None, "household_id"), Index(None, "answered_on", "due_on"), STRICT)

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    to_office: Mapped[str]
    subject: Mapped[str]
    sent_on: Mapped[date]
    due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    outcome: Mapped[str]
    """accepted, refused or no_answer; empty while waiting."""
    answer: Mapped[str]
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))
    note: Mapped[str]


class StateStep(Record):
    """One change of state of a livelihood plan, project, learner or work abroad; never edited, the next one follows."""

    __tablename__ = "state_step"
    __table_args__ = (Index(None, "subject_id", "on_date"), Index(None, "household_id"), STRICT)

    kind: Mapped[str]
    """livelihood, project, learner or abroad."""
    subject_id: Mapped[UUID] = mapped_column(Uid)
    household_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("household.id"))
    from_state: Mapped[str]
    to_state: Mapped[str]
    on_date: Mapped[date]
    document_number: Mapped[str]
    document_on: Mapped[date | None]
    reason: Mapped[str]
    detail: Mapped[str]
    """JSON: votes, conclusions and what else the state asks."""
