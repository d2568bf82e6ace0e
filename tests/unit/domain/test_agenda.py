"""How urgent a due date is: weekends, days off, the end of February, and what waits for others."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.agenda import SOON_DAYS, Urgency, acting_day, urgency
from casemgr.domain.workdays import Calendar

TET = Calendar(
    holidays=frozenset(date(2027, 2, day) for day in range(4, 13)),
    extra_workdays=frozenset({date(2027, 1, 30)}),
    years_known=frozenset({2027}),
)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("due", "acting"),
    [
        (date(2026, 11, 25), date(2026, 11, 25)),
        (date(2026, 11, 28), date(2026, 11, 27)),  # Saturday
        (date(2026, 11, 29), date(2026, 11, 27)),  # Sunday
        (date(2027, 2, 10), date(2027, 2, 3)),  # within Tết
        (date(2027, 1, 30), date(2027, 1, 30)),  # Saturday worked in exchange
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2028, 3, 5), date(2028, 3, 3)),
    ],
)
def test_what_falls_on_a_day_off_is_done_the_working_day_before(due: date, acting: date) -> None:
    assert acting_day(due, TET) == acting


@pytest.mark.parametrize(
    ("due", "today", "waiting", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 24), False, Urgency.OVERDUE),
        (date(2026, 11, 24), date(2026, 11, 24), False, Urgency.TODAY),
        (date(2026, 11, 29), date(2026, 11, 27), False, Urgency.TODAY),  # Sunday, seen on Friday
        (date(2026, 11, 29), date(2026, 11, 26), False, Urgency.SOON),
        (date(2026, 12, 1), date(2026, 11, 24), False, Urgency.SOON),
        (date(2026, 12, 2), date(2026, 11, 24), False, Urgency.LATER),
        (date(2026, 12, 2), date(2026, 11, 24), True, Urgency.WAITING),
        (date(2026, 11, 23), date(2026, 11, 24), True, Urgency.OVERDUE),
        (date(2028, 2, 29), date(2028, 2, 28), False, Urgency.SOON),
        (date(2028, 2, 29), date(2028, 3, 1), False, Urgency.OVERDUE),
    ],
)
def test_where_a_due_date_stands(due: date, today: date, waiting: bool, expected: Urgency) -> None:
    assert urgency(due, today, TET, waiting=waiting) is expected


@given(due=DAYS, back=st.integers(0, 40))
def test_nothing_is_forgotten_between_soon_and_overdue(due: date, back: int) -> None:
    """Day by day up to the due day it only grows more urgent, and on the due day it is due."""
    order = (Urgency.LATER, Urgency.SOON, Urgency.TODAY)
    seen = [order.index(urgency(due, due - timedelta(days=days), TET)) for days in range(back, -1, -1)]
    assert seen == sorted(seen)
    assert seen[-1] == order.index(Urgency.TODAY)


@given(due=DAYS)
def test_the_acting_day_is_a_working_day_not_after_the_due_day(due: date) -> None:
    day = acting_day(due, TET)
    assert TET.is_workday(day)
    assert day <= due
    assert not any(TET.is_workday(day + timedelta(days=step)) for step in range(1, (due - day).days + 1))
    assert urgency(due, due - timedelta(days=SOON_DAYS), TET) is not Urgency.LATER
