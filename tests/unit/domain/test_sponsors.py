"""What was promised by a day against what came, and which promises hold."""

from datetime import date
from itertools import islice
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.dates import add_months
from casemgr.domain.sponsors import (
    SponsorshipData,
    SponsorshipStatus,
    due_days,
    is_active,
    is_gift,
    may_become,
    standing,
)

NOBODY = UUID(int=1)


def promise(**values: object) -> SponsorshipData:
    usual = {
        "amount": 500_000,
        "rhythm_months": 1,
        "from_on": date(2026, 1, 31),
        "status": SponsorshipStatus.RUNNING,
    }
    return SponsorshipData(NOBODY, NOBODY, **{**usual, **values})  # type: ignore[arg-type]  # each test names its own fields


def test_a_monthly_promise_is_owed_month_by_month_even_at_the_end_of_february() -> None:
    assert list(islice(due_days(promise()), 3)) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    found = standing(promise(), [(date(2026, 1, 31), 500_000), (date(2026, 3, 1), 300_000)], date(2026, 3, 30))
    assert (found.times, found.expected, found.received, found.arrears) == (2, 1_000_000, 800_000, 200_000)
    assert found.next_on == date(2026, 3, 31)


def test_what_comes_later_or_too_much_is_told_apart() -> None:
    found = standing(promise(), [(date(2026, 1, 31), 700_000), (date(2026, 4, 1), 500_000)], date(2026, 2, 1))
    assert (found.received, found.arrears, found.ahead) == (700_000, 0, 200_000)


def test_a_quarterly_promise_ends_with_its_last_day() -> None:
    quarterly = promise(rhythm_months=3, from_on=date(2026, 1, 15), to_on=date(2026, 7, 15))
    found = standing(quarterly, (), date(2027, 1, 1))
    assert (found.times, found.next_on) == (3, None)


def test_a_promise_once_falls_due_once() -> None:
    once = promise(rhythm_months=0)
    assert standing(once, (), date(2030, 1, 1)).expected == 500_000
    assert is_active(once, date(2026, 1, 31))
    assert not is_active(once, date(2026, 2, 1))


@pytest.mark.parametrize("status", [SponsorshipStatus.SOUGHT, SponsorshipStatus.PROMISED])
def test_who_is_still_sought_owes_nothing_and_a_mere_promise_is_no_sponsoring(status: SponsorshipStatus) -> None:
    waiting = promise(status=status)
    owed = standing(waiting, (), date(2026, 2, 1)).expected
    assert owed == (0 if status is SponsorshipStatus.SOUGHT else 500_000)
    assert not is_active(waiting, date(2026, 2, 1))


def test_a_gift_is_no_sponsoring_and_owes_nothing() -> None:
    gift = promise(rhythm_months=0, amount=0, status=SponsorshipStatus.ENDED, to_on=date(2026, 1, 31))
    assert is_gift(gift)
    assert not is_active(gift, date(2026, 1, 31))
    assert standing(gift, [(date(2026, 1, 31), 200_000)], date(2026, 2, 1)).ahead == 200_000


def test_an_ended_sponsorship_counted_while_it_lasted() -> None:
    ended = promise(status=SponsorshipStatus.ENDED, to_on=date(2026, 6, 30))
    assert [is_active(ended, day) for day in (date(2026, 1, 30), date(2026, 6, 30), date(2026, 7, 1))] == [
        False,
        True,
        False,
    ]
    assert not is_active(promise(from_on=None), date(2026, 6, 1))


def test_states_only_go_on() -> None:
    assert may_become(SponsorshipStatus.PROMISED, SponsorshipStatus.RUNNING)
    assert may_become(SponsorshipStatus.RUNNING, SponsorshipStatus.RUNNING)
    assert not may_become(SponsorshipStatus.PAUSED, SponsorshipStatus.RUNNING)
    assert not may_become(SponsorshipStatus.ENDED, SponsorshipStatus.PROMISED)


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(1, 24), st.integers(0, 60), st.integers(0, 10**9))
def test_what_is_owed_never_shrinks_and_what_came_is_never_lost(
    start: date, rhythm: int, later: int, came: int
) -> None:
    data = promise(from_on=start, rhythm_months=rhythm)
    day, after = add_months(start, later), add_months(start, later + 1)
    now, then = standing(data, [(start, came)], day), standing(data, [(start, came)], after)
    assert now.times == later // rhythm + 1
    assert now.expected <= then.expected
    assert now.expected + now.ahead == now.received + now.arrears
