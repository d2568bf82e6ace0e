"""Working days: weekends, days off, days worked in exchange, and years nobody has entered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.workdays import Calendar, calendar_of

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(Calendar, st.frozensets(DAYS, max_size=40), st.frozensets(DAYS, max_size=20))


def test_three_working_days_run_over_the_weekend() -> None:
    friday = date(2026, 11, 6)
    assert Calendar().add(friday, 3) == date(2026, 11, 11)


def test_a_day_off_makes_the_period_one_day_longer() -> None:
    culture_day = date(2026, 11, 24)
    friday = date(2026, 11, 20)
    assert Calendar(frozenset({culture_day})).add(friday, 3) == date(2026, 11, 26)


def test_a_saturday_worked_in_exchange_counts() -> None:
    known = calendar_of([date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)], [date(2026, 8, 22)])
    assert known.is_workday(date(2026, 8, 22))
    assert known.between(date(2026, 8, 21), date(2026, 9, 3)) == 7


def test_a_day_both_off_and_worked_is_worked() -> None:
    saturday = date(2026, 1, 10)
    assert Calendar(frozenset({saturday}), frozenset({saturday})).is_workday(saturday)


def test_no_days_end_on_the_day_itself() -> None:
    sunday = date(2026, 11, 8)
    assert Calendar().add(sunday, 0) == sunday
    assert Calendar().between(sunday, sunday) == 0
    assert Calendar().between(sunday, sunday - timedelta(days=3)) == 0


def test_a_period_runs_forward() -> None:
    with pytest.raises(ValueError, match="forward"):
        Calendar().add(date(2026, 11, 6), -1)


def test_years_without_a_table_are_named() -> None:
    known = calendar_of([date(2026, 11, 24)], [])
    assert known.unknown_years(date(2026, 12, 30), date(2028, 1, 3)) == (2027, 2028)
    assert known.unknown_years(date(2026, 11, 1), date(2026, 12, 1)) == ()


@given(CALENDARS, DAYS, st.integers(0, 60))
def test_counting_back_gives_what_was_added(known: Calendar, day: date, count: int) -> None:
    end = known.add(day, count)
    assert known.between(day, end) == count
    assert count == 0 or known.is_workday(end)


@given(CALENDARS, DAYS, st.integers(0, 30), st.integers(0, 30))
def test_two_periods_after_each_other_are_one(known: Calendar, day: date, first: int, second: int) -> None:
    assert known.add(known.add(day, first), second) == known.add(day, first + second)


@given(CALENDARS, DAYS, DAYS, st.integers(1, 30))
def test_one_more_day_off_never_shortens_a_period(known: Calendar, more: date, day: date, count: int) -> None:
    longer = Calendar(known.holidays | {more}, known.extra_workdays)
    assert longer.add(day, count) >= known.add(day, count)
