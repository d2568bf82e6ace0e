"""Tests of the rules of a loan: balances by property, due dates, extensions, rates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.dates import add_months
from casemgr.domain.findings import Severity
from casemgr.domain.loans import (
    LoanEventKind,
    LoanFinding,
    LoanMove,
    RateSpan,
    move_problems,
    rate_spans,
    rate_text,
    standing,
)
from casemgr.i18n import using

START = date(2026, 1, 5)
PAID, BACK, LONGER = LoanEventKind.DISBURSED, LoanEventKind.REPAID, LoanEventKind.EXTENDED


def lent(*repayments: int, amount: int = 50_000_000) -> list[LoanMove]:
    moves = [LoanMove(PAID, START, amount, date(2029, 1, 5))]
    return moves + [LoanMove(BACK, START + timedelta(30 * at), sum_) for at, sum_ in enumerate(repayments, 1)]


def test_the_balance_is_what_was_paid_out_less_what_came_back() -> None:
    found = standing(lent(5_000_000, 2_500_000), date(2026, 12, 31))
    assert (found.disbursed, found.repaid, found.balance) == (50_000_000, 7_500_000, 42_500_000)
    assert found.due_on == date(2029, 1, 5)


def test_a_day_before_the_repayment_still_owes_it() -> None:
    assert standing(lent(5_000_000), START + timedelta(29)).balance == 50_000_000
    assert standing(lent(5_000_000), START + timedelta(30)).balance == 45_000_000


@given(
    st.lists(st.tuples(st.sampled_from([PAID, BACK]), st.integers(0, 400), st.integers(1, 10**9)), max_size=12),
    st.integers(0, 500),
)
def test_accepted_events_never_owe_less_than_nothing(moves: list[tuple[LoanEventKind, int, int]], days: int) -> None:
    kept: list[LoanMove] = []
    for kind, day, amount in moves:
        move = LoanMove(kind, START + timedelta(day), amount, date(2030, 1, 1) if kind is PAID else None)
        if not move_problems([*kept, move], approved=10**10):
            kept.append(move)
    found = standing(kept, START + timedelta(days))
    until = [move for move in kept if move.on <= START + timedelta(days)]
    paid = sum(move.amount for move in until if move.kind is PAID)
    back = sum(move.amount for move in until if move.kind is BACK)
    assert found.balance == paid - back >= 0


@pytest.mark.parametrize("more", [1, 30_000_000])
def test_more_than_is_owed_cannot_be_repaid(more: int) -> None:
    problems = move_problems(lent(50_000_000, more), approved=50_000_000)
    assert [problem.field for problem in problems] == ["amount"]
    assert "0 đồng" in problems[0].message


def test_a_repayment_before_the_money_came_is_refused() -> None:
    early = [LoanMove(BACK, START - timedelta(1), 1_000_000), *lent()]
    assert move_problems(early, approved=50_000_000)


def test_no_more_is_paid_out_than_approved() -> None:
    assert not move_problems(lent(amount=50_000_000), approved=50_000_000)
    assert move_problems(lent(amount=50_000_001), approved=50_000_000)


def test_overdue_begins_the_day_after_the_due_date_and_ends_with_the_debt() -> None:
    moves = lent()
    assert standing(moves, date(2029, 1, 5)).overdue_days == 0
    assert standing(moves, date(2029, 1, 6)).overdue_days == 1
    paid = [*moves, LoanMove(BACK, date(2029, 1, 6), 50_000_000)]
    assert standing(paid, date(2029, 2, 1)).overdue_days == 0


def test_an_extension_moves_the_due_date_from_its_day_on() -> None:
    moves = [*lent(), LoanMove(LONGER, date(2028, 12, 1), 0, date(2031, 1, 5))]
    assert standing(moves, date(2028, 11, 30)).due_on == date(2029, 1, 5)
    assert standing(moves, date(2029, 6, 1)).overdue_days == 0
    assert not move_problems(moves, approved=50_000_000)


def test_an_extension_needs_a_debt_and_a_later_day() -> None:
    back = [*lent(50_000_000), LoanMove(LONGER, date(2026, 6, 1), 0, date(2031, 1, 5))]
    assert [problem.field for problem in move_problems(back, approved=50_000_000)] == ["on"]
    earlier = [*lent(), LoanMove(LONGER, date(2026, 6, 1), 0, date(2029, 1, 5))]
    assert [problem.field for problem in move_problems(earlier, approved=50_000_000)] == ["due_on"]


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 24), 120, date(2036, 11, 24)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later(day: date, months: int, wanted: date) -> None:
    assert add_months(day, months) == wanted


@pytest.mark.parametrize(
    ("rate", "digits"), [(62_400, "6,24"), (66_000, "6,60"), (74_880, "7,4880"), (79_248, "7,9248")]
)
def test_a_rate_is_read_from_whole_millionths(rate: int, digits: str) -> None:
    assert rate_text(rate).startswith(digits)
    assert rate_text(None) == ""
    with using("en"):
        assert rate_text(62_400).startswith("6.24")


def test_the_rate_changes_on_its_day() -> None:
    changes = [(None, date(2025, 11, 30), 66_000), (date(2025, 12, 1), None, 62_400)]
    assert rate_spans(changes, date(2025, 11, 1), date(2026, 1, 31)) == (
        RateSpan(date(2025, 11, 1), date(2025, 11, 30), 66_000),
        RateSpan(date(2025, 12, 1), date(2026, 1, 31), 62_400),
    )
    same = [(None, date(2025, 11, 30), 62_400), (date(2025, 12, 1), None, 62_400)]
    assert len(rate_spans(same, date(2025, 11, 1), date(2026, 1, 31))) == 1


def test_a_finding_names_what_it_rests_on() -> None:
    assert LoanFinding(Severity.WARN, "Quá mức", "Quyết định 12").text == "Quá mức (Quyết định 12)"
    assert LoanFinding(Severity.WARN, "Quá mức").text == "Quá mức"
