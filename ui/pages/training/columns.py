"""Columns of the lists of learners, classes, support and career advice, and the words they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.training import LEARNER_MACHINE, LEVEL_LABELS, TRACK_LABELS, LearnerState
from casemgr.i18n import N_, _, format_date, format_money, format_number
from casemgr.services.career_advice import AdviceView
from casemgr.services.courses import CourseView
from casemgr.services.learner_steps import JobView
from casemgr.services.learners import LearnerRow
from casemgr.services.training_payments import PayLine
from ui.due_words import due_tone, due_words
from ui.models.rows import Column
from ui.tones import class_tone

if TYPE_CHECKING:
    from datetime import date

STATE_TONES: Final = {
    LearnerState.NOT_ELIGIBLE: "near",
    LearnerState.DROPPED: "near",
    LearnerState.NO_WORK: "near",
    LearnerState.CERTIFIED: "ok",
    LearnerState.IN_WORK: "ok",
}


def class_words(value: str) -> str:
    """The class of a household, short."""
    return _(CLASS_SHORT_LABELS[HouseholdClass(value)]) if value else ""


def _day(value: date | None) -> str:
    return format_date(value) if value else ""


def _tone(value: str) -> str:
    return class_tone(HouseholdClass(value or HouseholdClass.UNREVIEWED))


def state_words(row: LearnerRow) -> str:
    """The official word of the state."""
    return LEARNER_MACHINE.label(row.state)


def _span(row: CourseView) -> str:
    return " – ".join(filter(None, (_day(row.data.start_on), _day(row.data.end_on))))


def _seats(row: CourseView) -> str:
    if not row.data.capacity:
        return format_number(row.learners)
    return f"{format_number(row.learners)}/{format_number(row.data.capacity)}"


def _money(value: int) -> str:
    return format_number(value) if value else ""


def _practice(row: CourseView) -> str:
    percent = row.practice_percent
    return "" if percent is None else f"{percent} %"


def job_words(row: JobView) -> str:
    """At work where, or why not."""
    data = row.data
    if not data.in_work:
        return " · ".join(filter(None, (_("No work yet"), data.reason)))
    return " · ".join(filter(None, (data.employer or _("works for himself or herself"), data.contract)))


def month_words(month: int) -> str:
    """When it was asked."""
    return _("after {count} months").format(count=month) if month else _("when first known")


LEARNERS: Final = (
    Column[LearnerRow]("person", N_("Learner"), lambda row: row.person, 180),
    Column[LearnerRow]("code", N_("Household"), lambda row: row.code, 84, code=True),
    Column[LearnerRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[LearnerRow](
        "class",
        N_("Class of the household"),
        lambda row: class_words(row.class_value),
        110,
        tone=lambda row: _tone(row.class_value),
        spare=True,
    ),
    Column[LearnerRow]("trade", N_("Trade"), lambda row: row.trade, 150),
    Column[LearnerRow]("course", N_("Training class"), lambda row: row.course, 90, code=True),
    Column[LearnerRow]("state", N_("State"), state_words, 160, tone=lambda row: STATE_TONES.get(row.state, "info")),
    Column[LearnerRow]("due", N_("Due next"), due_words, 130, tone=due_tone),
    Column[LearnerRow]("since", N_("Since"), lambda row: _day(row.state_on), 92, spare=True, shown=False),
    Column[LearnerRow]("birth", N_("Born"), lambda row: row.birth or "", 92, spare=True, shown=False),
    Column[LearnerRow]("officer", N_("Officer"), lambda row: row.officer, 140, spare=True, shown=False),
)

CLASSES: Final = (
    Column[CourseView]("code", N_("Class code"), lambda row: row.data.code, 84, code=True),
    Column[CourseView]("trade", N_("Trade"), lambda row: row.data.trade, 170),
    Column[CourseView]("provider", N_("Provider"), lambda row: row.data.provider, 170, spare=True),
    Column[CourseView]("span", N_("From – to"), _span, 168),
    Column[CourseView]("seats", N_("Places taken"), _seats, 80, right=True),
    Column[CourseView](
        "days", N_("Teaching days"), lambda row: format_number(len(row.data.days)), 84, right=True, spare=True
    ),
    Column[CourseView]("practice", N_("Practice"), _practice, 76, right=True, spare=True),
    Column[CourseView]("level", N_("Level"), lambda row: _(LEVEL_LABELS[row.data.level]), 150, spare=True, shown=False),
    Column[CourseView]("closed", N_("Closed"), lambda row: _day(row.closed_on), 92, spare=True),
)

SUPPORT: Final = (
    Column[PayLine]("person", N_("Learner"), lambda row: row.line.person, 200),
    Column[PayLine](
        "class",
        N_("Class of the household"),
        lambda row: class_words(row.line.class_value),
        110,
        tone=lambda row: _tone(row.line.class_value),
        spare=True,
    ),
    Column[PayLine]("days", N_("Days present"), lambda row: format_number(row.line.support.days), 84, right=True),
    Column[PayLine]("meal", N_("Meals"), lambda row: _money(row.line.support.meal), 104, right=True),
    Column[PayLine]("travel", N_("Travel"), lambda row: _money(row.line.support.travel), 96, right=True),
    Column[PayLine](
        "learner", N_("To the learner"), lambda row: _money(row.line.support.paid_to_learner), 112, right=True
    ),
    Column[PayLine]("tuition", N_("Tuition"), lambda row: _money(row.line.support.tuition), 108, right=True),
    Column[PayLine]("cut", N_("Above the ceiling"), lambda row: _money(row.line.support.tuition_cut), 112, right=True),
    Column[PayLine]("paid", N_("On a list"), lambda row: _money(row.paid), 104, right=True),
)

ADVICE: Final = (
    Column[AdviceView]("day", N_("Day"), lambda row: _day(row.data.on), 92, code=True),
    Column[AdviceView]("person", N_("Pupil"), lambda row: row.person, 180),
    Column[AdviceView]("code", N_("Household"), lambda row: row.home.code, 84, code=True),
    Column[AdviceView]("hamlet", N_("Hamlet"), lambda row: row.home.hamlet, 130, spare=True),
    Column[AdviceView]("school", N_("Name of the school"), lambda row: row.data.school, 160),
    Column[AdviceView]("grade", N_("Grade"), lambda row: row.data.grade, 64),
    Column[AdviceView](
        "track", N_("Way chosen"), lambda row: _(TRACK_LABELS[row.data.track]), 160, tone=lambda _row: "info"
    ),
    Column[AdviceView]("adviser", N_("Adviser"), lambda row: row.data.adviser, 140, spare=True),
)

JOBS: Final = (
    Column[JobView]("day", N_("Day"), lambda row: _day(row.data.on), 92, code=True),
    Column[JobView]("month", N_("Asked"), lambda row: month_words(row.data.month), 110),
    Column[JobView](
        "work", N_("Work"), job_words, 180, tone=lambda row: "ok" if row.data.in_work else "near", hint=job_words
    ),
    Column[JobView]("wage", N_("Wage"), lambda row: format_money(row.data.wage) if row.data.wage else "", 110),
)
