"""Records of vocational training: classes, learners, attendance, work found, and career orientation of pupils."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Record, Uid, refers_to


class Course(Record):
    """A class of vocational training."""

    __tablename__ = "course"

    code: Mapped[str]
    trade: Mapped[str]
    level: Mapped[str]
    """elementary or under_3_months."""
    provider: Mapped[str]
    contract: Mapped[str]
    theory_hours: Mapped[int]
    practice_hours: Mapped[int]
    place: Mapped[str]
    area: Mapped[str]
    """Area type for travel money."""
    start_on: Mapped[date | None]
    end_on: Mapped[date | None]
    days: Mapped[tuple[str, ...]]
    """Days of teaching, ISO."""
    capacity: Mapped[int]
    tuition: Mapped[int]
    """Actual cost of one learner, đồng."""
    source: Mapped[str]
    generation: Mapped[str]
    """Legal generation that pays: A, B or C."""
    decision_number: Mapped[str]
    decision_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))
    note: Mapped[str]


class Learner(Record):
    """A person from the need for training to the job."""

    __tablename__ = "learner"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "household_id"),
        Index(None, "status", "due_on"),
        Index(None, "due_on"),
        Index(None, "course_id"),
        STRICT,
    )

    person_id: Mapped[UUID] = mapped_column(Uid, refers_to("person.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    status: Mapped[str]
    status_on: Mapped[date]
    trade: Mapped[str]
    class_value: Mapped[str]
    """Of the household when the person registered."""
    groups: Mapped[tuple[str, ...]]
    """Codes of the groups that are supported."""
    km: Mapped[int | None]
    """From home to the class, in tenths of a kilometre."""
    course_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("course.id"))
    registered_on: Mapped[date | None]
    decision_number: Mapped[str]
    decision_on: Mapped[date | None]
    trained_before: Mapped[bool | None]
    """Under another policy of the state; None: not asked."""
    ended_on: Mapped[date | None]
    drop_reason: Mapped[str]
    result: Mapped[str]
    certificate_number: Mapped[str]
    certificate_on: Mapped[date | None]
    certificate_by: Mapped[str]
    due_on: Mapped[date | None]
    """Of the next follow-up or step."""
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))
    content: Mapped[str]
    """JSON: answers of the survey and the advice given (`domain/training.NeedContent`)."""
    note: Mapped[str]


class TrainingMark(Record):
    """A learner on one day of the class."""

    __tablename__ = "training_mark"
    __table_args__ = (UniqueConstraint("commune", "learner_id", "on_date"), STRICT)

    learner_id: Mapped[UUID] = mapped_column(Uid, refers_to("learner.id"))
    on_date: Mapped[date]
    mark: Mapped[str]
    """present, excused or absent."""


class JobFollowUp(Record):
    """Whether somebody trained is at work 0, 3, 6 or 12 months later."""

    __tablename__ = "job_follow_up"
    __table_args__ = (Index(None, "learner_id", "on_date"), STRICT)

    learner_id: Mapped[UUID] = mapped_column(Uid, refers_to("learner.id"))
    month: Mapped[int]
    on_date: Mapped[date]
    in_work: Mapped[bool]
    employer: Mapped[str]
    """Empty: works for himself or herself."""
    same_trade: Mapped[bool | None]
    started_on: Mapped[date | None]
    wage: Mapped[int]
    contract: Mapped[str]
    reason: Mapped[str]
    note: Mapped[str]


class CareerAdvice(Record):
    """Career orientation of a pupil."""

    __tablename__ = "career_advice"
    __table_args__ = (Index(None, "person_id"), Index(None, "household_id"), STRICT)

    person_id: Mapped[UUID] = mapped_column(Uid, refers_to("person.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    on_date: Mapped[date]
    school: Mapped[str]
    grade: Mapped[str]
    track: Mapped[str]
    """upper_secondary, vocational or continuing."""
    adviser: Mapped[str]
    note: Mapped[str]
