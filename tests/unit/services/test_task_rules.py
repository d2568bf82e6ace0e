"""Tasks by rules: one for one cause, due by working days and months, holidays and 29 February included."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.programmes import Measure
from casemgr.domain.task_rules import due_day, task_rules
from casemgr.domain.workdays import calendar_of
from casemgr.errors import NotFoundError
from casemgr.persistence.base import new_id
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import agenda, programmes, tasks
from casemgr.services import task_rules as rules
from casemgr.workspace import Workspace
from tests.support.support import Supported

NATIONAL_DAY = calendar_of([date(2026, 9, 2)], [date(2026, 8, 22)])


@pytest.mark.parametrize(
    ("begin", "number", "measure", "due"),
    [
        (date(2026, 8, 28), 1, Measure.WORKDAYS, date(2026, 8, 31)),  # Friday, then Monday
        (date(2026, 9, 1), 1, Measure.WORKDAYS, date(2026, 9, 3)),  # over the holiday
        (date(2026, 8, 21), 1, Measure.WORKDAYS, date(2026, 8, 22)),  # a Saturday that is worked
        (date(2026, 8, 28), 5, Measure.DAYS, date(2026, 9, 2)),  # days of the calendar keep the holiday
        (date(2027, 1, 31), 1, Measure.MONTHS, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, Measure.MONTHS, date(2028, 2, 29)),
        (date(2028, 2, 29), 1, Measure.YEARS, date(2029, 2, 28)),
        (date(2028, 2, 29), 4, Measure.YEARS, date(2032, 2, 29)),
        (date(2026, 12, 15), 1, Measure.MONTHS, date(2027, 1, 15)),
        (date(2026, 11, 24), 0, Measure.DAYS, date(2026, 11, 24)),
    ],
)
def test_the_due_day(begin: date, number: int, measure: Measure, due: date) -> None:
    assert due_day(begin, number, measure, NATIONAL_DAY) == due


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_months_end_in_their_month_and_never_early(begin: date, number: int) -> None:
    due = due_day(begin, number, Measure.MONTHS, NATIONAL_DAY)
    assert (due.year * 12 + due.month) - (begin.year * 12 + begin.month) == number
    assert due.day <= begin.day


def test_every_rule_says_by_when_and_by_which_text(workspace: Workspace) -> None:
    known = workspace.read(programmes.catalogue)
    for rule in task_rules().values():
        assert rule.law, rule.code
        assert rule.certainty in "VRU", rule.code
        assert rule.rate or rule.number, rule.code
        assert not rule.rate or known.rate(rule.rate, date(2026, 11, 24)), rule.code


def open_loss(uow: UnitOfWork, cause: UUID, home: UUID) -> UUID | None:
    made = rules.open_by_rule(
        uow, "LOSS_REPORTED", cause, on=date(2026, 11, 20), household_id=home, detail="bò chết, thẻ tai 0123"
    )
    uow.name_step("task.open")
    return made


def test_one_cause_opens_one_task(workspace: Workspace) -> None:
    home, cause = Supported(workspace).household(), new_id()
    made = workspace.write(open_loss, cause, home)
    assert made is not None
    assert workspace.write(open_loss, cause, home) is None
    workspace.write(tasks.done, made)
    assert workspace.write(open_loss, cause, home) is None
    assert workspace.write(open_loss, new_id(), home) is not None
    (row,) = workspace.read(agenda.due)
    assert row.title.endswith(": bò chết, thẻ tai 0123")
    assert row.due_on == date(2026, 11, 25)


def test_the_figure_of_the_office_decides_the_day(workspace: Workspace) -> None:
    assert workspace.read(rules.due_of, "LOSS_REPORTED", date(2026, 11, 20)) == date(2026, 11, 25)
    assert workspace.read(rules.due_of, "SUPPORT_DECIDED", date(2026, 11, 20)) == date(2026, 11, 30)  # 24/11 is off


def test_what_is_taken_back_is_dropped(workspace: Workspace) -> None:
    home, cause = Supported(workspace).household(), new_id()
    workspace.write(open_loss, cause, home)

    def back(uow: UnitOfWork) -> int:
        uow.name_step("task.done")
        return rules.drop_by_rule(uow, "LOSS_REPORTED", cause, home, note="Ghi nhầm")

    assert workspace.write(back) == 1
    assert workspace.read(agenda.due) == []
    with pytest.raises(NotFoundError):
        workspace.read(rules.due_of, "NOWHERE", date(2026, 1, 1))
