"""Lists of training as rows for an Excel file: learners, the support of a class, its attendance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.permissions import Permission
from casemgr.domain.training import LEARNER_MACHINE, MARK_SIGNS, Mark
from casemgr.i18n import N_, _, format_date
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import courses, learners, training_payments
from casemgr.services.learners import LearnerQuery

Cell = str | int | date | None
_LEARNERS: Final = (
    N_("Learner"),
    N_("Born"),
    N_("Household"),
    N_("Head of household"),
    N_("Hamlet"),
    N_("Class of the household"),
    N_("Trade"),
    N_("Training class"),
    N_("State"),
    N_("Since"),
    N_("Due next"),
    N_("Officer"),
)
_SUPPORT: Final = (
    N_("Learner"),
    N_("Class of the household"),
    N_("Days present"),
    N_("Meals"),
    N_("Travel"),
    N_("To the learner"),
    N_("Tuition"),
    N_("Above the ceiling"),
    N_("On a list"),
)


@dataclass(frozen=True)
class TrainingSheet:
    """A list as a table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def learner_sheet(uow: UnitOfWork, query: LearnerQuery) -> TrainingSheet:
    """The learners as narrowed, in the order of the board."""
    uow.require(Permission.EXPORT)
    rows = [
        (
            row.person,
            row.birth,
            row.code,
            row.head,
            row.hamlet,
            _class(row.class_value),
            row.trade,
            row.course,
            LEARNER_MACHINE.label(row.state),
            row.state_on,
            row.due_on,
            row.officer,
        )
        for row in learners.board(uow, query)
    ]
    return TrainingSheet(_("Learners"), _titles(_LEARNERS), tuple(rows))


def support_sheet(uow: UnitOfWork, course_id: UUID) -> TrainingSheet:
    """What everybody of a class receives, with a line of sums."""
    uow.require(Permission.EXPORT)
    rows: list[tuple[Cell, ...]] = []
    sums = [0] * (len(_SUPPORT) - 2)
    for one in training_payments.lines(uow, course_id):
        told = one.line.support
        figures = (told.days, told.meal, told.travel, told.paid_to_learner, told.tuition, told.tuition_cut, one.paid)
        rows.append((one.line.person, _class(one.line.class_value), *figures))
        sums = [before + more for before, more in zip(sums, figures, strict=True)]
    data = courses.view(uow, course_id).data
    title = _("Support of class {code}").format(code=data.code)
    return TrainingSheet(title, _titles(_SUPPORT), (*rows, (_("Together"), "", *sums)))


def attendance_sheet(uow: UnitOfWork, course_id: UUID) -> TrainingSheet:
    """The grid of a class with its sums; it can be pasted back."""
    uow.require(Permission.EXPORT)
    data = courses.view(uow, course_id).data
    rows: list[tuple[Cell, ...]] = []
    for row in courses.attendance(uow, course_id):
        signs = [MARK_SIGNS[row.marks[day]] if day in row.marks else "" for day in data.days]
        marks = list(row.marks.values())
        rows.append((row.person, *signs, *(marks.count(which) for which in Mark)))
    columns = (_("Learner"), *(format_date(day) for day in data.days), _("Present"), _("Leave"), _("Away"))
    return TrainingSheet(_("Attendance of class {code}").format(code=data.code), columns, tuple(rows))


def _titles(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(_(title) for title in titles)


def _class(value: str) -> str:
    return _(CLASS_SHORT_LABELS[HouseholdClass(value)]) if value else ""
