"""Reports 2 and 3 balance, by themselves and against each other, for every set of households."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.households import HouseholdClass
from casemgr.domain.movements import (
    AGAIN,
    CLOSING,
    ESCAPED,
    FROM_OTHER,
    NEW,
    OPENING,
    OTHER_IN,
    OTHER_OUT,
    TO_OTHER,
    Balance,
    Columns,
    ListBalance,
    MovementLine,
    balance,
    column_of,
)
from casemgr.domain.reviews import Movement, gone, movement

POOR, NEAR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR
LINES = st.lists(st.builds(MovementLine, st.sampled_from(Movement), st.integers(0, 12), st.integers(0, 12)))


@given(LINES)
def test_both_reports_balance_for_any_households(lines: list[MovementLine]) -> None:
    made = balance(lines)
    assert made.gaps == ()
    for report, value in ((made.poor, POOR), (made.near_poor, NEAR)):
        assert min(report.households.values + report.people.values) >= 0
        assert report.households[CLOSING] == report.households.computed_closing
        assert report.people[CLOSING] == report.people.computed_closing
        stands = [line for line in lines if value in _closing(line.movement)]
        assert report.people[CLOSING] == sum(line.people for line in stands)
        assert report.households[CLOSING] == len(stands)
    assert made.poor.households[TO_OTHER] == made.near_poor.households[FROM_OTHER]
    assert made.near_poor.people[TO_OTHER] == made.poor.people[FROM_OTHER]


@given(LINES)
def test_the_opening_is_what_stood_on_the_list(lines: list[MovementLine]) -> None:
    made = balance(lines)
    for report, value in ((made.poor, POOR), (made.near_poor, NEAR)):
        stood = [line for line in lines if value in _opening(line.movement)]
        assert report.households[OPENING] == len(stood)
        assert report.people[OPENING] == sum(line.opening_people for line in stood)


def test_poor_at_start_near_poor_at_end() -> None:
    made = balance([MovementLine(Movement.POOR_TO_NEAR_POOR, 5, 4)])
    assert made.poor.households.values == (1, 1, 0, 0, 0, 0, 0, 0, 0)
    assert made.poor.people.values == (5, 4, 0, 1, 0, 0, 0, 0, 0)
    assert made.near_poor.households.values == (0, 0, 0, 0, 1, 0, 0, 0, 1)
    assert made.near_poor.people.values == (0, 0, 0, 0, 4, 0, 0, 0, 4)


def test_a_child_born_in_a_household_that_stays_is_another_increase() -> None:
    made = balance([MovementLine(Movement.STAYED_POOR, 4, 5)])
    assert made.poor.households.values == (1, 0, 0, 0, 0, 0, 0, 0, 1)
    assert made.poor.people.values == (4, 0, 0, 0, 0, 0, 0, 1, 5)


def test_moved_away_is_another_decrease_with_everybody() -> None:
    made = balance([MovementLine(Movement.NEAR_POOR_OUT, 3, 2)])
    assert made.near_poor.people.values == (3, 0, 0, 3, 0, 0, 0, 0, 0)
    assert made.poor.people.values == (0,) * 9


@pytest.mark.parametrize(
    ("opening", "result", "left_before", "value", "column"),
    [
        (POOR, NEAR, False, POOR, TO_OTHER),
        (POOR, NEAR, False, NEAR, FROM_OTHER),
        (NEAR, POOR, False, NEAR, TO_OTHER),
        (NEAR, POOR, False, POOR, FROM_OTHER),
        (HouseholdClass.ESCAPED_POOR, POOR, True, POOR, AGAIN),
        (HouseholdClass.UNREVIEWED, NEAR, False, NEAR, NEW),
        (POOR, HouseholdClass.NONE, False, POOR, ESCAPED),
        (POOR, POOR, False, POOR, None),
        (HouseholdClass.NONE, HouseholdClass.AVERAGE, False, POOR, None),
    ],
)
def test_the_column_of_a_household(
    opening: HouseholdClass, result: HouseholdClass, left_before: bool, value: HouseholdClass, column: int | None
) -> None:
    assert column_of(movement(opening, result, left_before=left_before), value) == column


def test_gone_and_come_in_are_other_columns() -> None:
    assert column_of(gone(POOR), POOR) == OTHER_OUT
    assert column_of(movement(HouseholdClass.NONE, NEAR, came_in=True), NEAR) == OTHER_IN


def test_numbers_that_do_not_balance_are_named() -> None:
    right = Columns((0, 0, 0, 0, 0, 0, 0, 0, 0))
    wrong = Columns((1, 1, 0, 0, 0, 0, 0, 0, 1))
    made = Balance(ListBalance(wrong, right), ListBalance(right, right))
    assert made.gaps == ("(2).9", "(2).2 = (3).5")
    assert Balance(ListBalance(right, wrong), ListBalance(wrong, right)).gaps == (
        "(2).9",
        "(3).9",
        "(2).2 = (3).5",
        "(3).2 = (2).5",
    )


def _opening(value: Movement) -> tuple[HouseholdClass, ...]:
    return (POOR,) if value in POOR_BEFORE else (NEAR,) if value in NEAR_BEFORE else ()


def _closing(value: Movement) -> tuple[HouseholdClass, ...]:
    return (POOR,) if value in POOR_AFTER else (NEAR,) if value in NEAR_AFTER else ()


POOR_BEFORE = (Movement.STAYED_POOR, Movement.POOR_TO_NEAR_POOR, Movement.POOR_ESCAPED, Movement.POOR_OUT)
NEAR_BEFORE = (
    Movement.STAYED_NEAR_POOR,
    Movement.NEAR_POOR_TO_POOR,
    Movement.NEAR_POOR_ESCAPED,
    Movement.NEAR_POOR_OUT,
)
POOR_AFTER = (
    Movement.STAYED_POOR,
    Movement.NEAR_POOR_TO_POOR,
    Movement.POOR_AGAIN,
    Movement.POOR_NEW,
    Movement.POOR_IN,
)
NEAR_AFTER = (
    Movement.STAYED_NEAR_POOR,
    Movement.POOR_TO_NEAR_POOR,
    Movement.NEAR_POOR_AGAIN,
    Movement.NEAR_POOR_NEW,
    Movement.NEAR_POOR_IN,
)
