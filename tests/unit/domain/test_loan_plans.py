"""Plans of loans by property: the whole sum, the oldest instalment settled first, spread anew after more time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.dates import add_months
from casemgr.domain.loan_plans import RHYTHMS, Instalment, plan_problems, proposed, renewed, rhythm_of, unpaid, whole
from casemgr.domain.loans import LoanEventKind, LoanMove, standing

START = date(2026, 2, 2)
END = date(2031, 2, 2)


def test_equal_instalments_and_the_last_takes_the_rest() -> None:
    plan = proposed(50_000_001, START, END, 12)
    assert [one.amount for one in plan] == [10_000_000] * 4 + [10_000_001]
    assert [one.due_on.year for one in plan] == [2027, 2028, 2029, 2030, 2031]
    assert (len(proposed(50_000_000, START, END, 6)), rhythm_of(proposed(50_000_000, START, END, 6))) == (10, 6)


@given(st.integers(1, 10**9), st.integers(1, 200), st.sampled_from(RHYTHMS))
def test_a_proposal_is_always_the_whole_sum_and_can_be_kept(principal: int, months: int, rhythm: int) -> None:
    due = add_months(START, months)
    plan = proposed(principal, START, due, rhythm)
    assert sum(one.amount for one in plan) == principal
    assert plan[-1].due_on == due
    assert plan_problems(plan, principal=principal, from_on=START, due_on=due) == []


@given(st.integers(1, 10**9), st.integers(0, 100), st.integers(1, 100), st.sampled_from(RHYTHMS), st.booleans())
def test_an_extension_spreads_what_is_owed_and_keeps_the_sum(
    principal: int, percent: int, more: int, rhythm: int, planned: bool
) -> None:
    repaid = principal * percent // 100
    plan = proposed(principal, START, END, rhythm) if planned else ()
    later = add_months(END, more)
    found = renewed(plan, repaid, principal - repaid, date(2028, 5, 5), later, rhythm)
    assert sum(one.amount for one in found) == principal
    assert len({one.due_on for one in found}) == len(found)
    assert sum(one.amount for one in unpaid(found, repaid)) == principal - repaid


@given(
    st.lists(st.tuples(st.integers(1, 2000), st.integers(1, 10**8)), max_size=8, unique_by=lambda one: one[0]),
    st.integers(1, 10**9),
    st.integers(0, 100),
    st.integers(0, 3000),
)
def test_what_is_open_is_always_the_balance(
    drawn: list[tuple[int, int]], principal: int, percent: int, days: int
) -> None:
    plan = tuple(Instalment(START + timedelta(day), amount) for day, amount in drawn)
    moves = [
        LoanMove(LoanEventKind.DISBURSED, START, principal, END),
        LoanMove(LoanEventKind.REPAID, START, principal * percent // 100),
    ]
    found = standing(moves, START + timedelta(days), plan)
    assert sum(one.amount for one in found.open) == found.balance
    assert 0 <= found.overdue <= found.balance
    assert sum(one.amount for one in whole(plan, principal, END)) == principal


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ([(date(2027, 2, 2), 49)], "49"),
        ([(date(2027, 2, 2), 25), (date(2027, 2, 2), 25)], "02/02/2027"),
        ([(date(2026, 2, 2), 50)], "02/02/2026"),
        ([(date(2031, 2, 3), 50)], "03/02/2031"),
        ([(date(2027, 2, 2), 50), (date(2028, 2, 2), 0)], "02/02/2028"),
    ],
)
def test_a_plan_that_is_not_the_loan_is_refused(plan: list[tuple[date, int]], words: str) -> None:
    problems = plan_problems([Instalment(*one) for one in plan], principal=50, from_on=START, due_on=END)
    assert [problem.field for problem in problems] == ["plan"]
    assert words in problems[0].message


def test_before_an_extension_the_new_plan_does_not_hold_yet() -> None:
    moves = [
        LoanMove(LoanEventKind.DISBURSED, START, 50, date(2027, 2, 2)),
        LoanMove(LoanEventKind.EXTENDED, date(2027, 2, 1), 0, date(2028, 2, 2)),
    ]
    plan = (Instalment(date(2026, 8, 2), 10), Instalment(date(2028, 2, 2), 40))
    assert standing(moves, date(2026, 12, 1), plan).overdue == 0
    assert standing(moves, date(2027, 3, 1), plan).overdue == 10
