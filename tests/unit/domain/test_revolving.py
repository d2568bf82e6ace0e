"""Ledgers in money and animals always balance."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.livelihoods import RevolvingRules
from casemgr.domain.revolving import DutyLine, EntryKind, Movement, balance, days_over, planned

DAY = date(2028, 2, 29)
MOVES = st.builds(
    Movement,
    st.sampled_from((EntryKind.PAID, EntryKind.WAIVED, EntryKind.PASSED_ON)),
    st.just(DAY),
    st.integers(0, 10**9),
    st.integers(0, 20),
)
DUTIES = st.lists(st.builds(DutyLine, st.just(DAY), st.integers(0, 10**9), st.integers(0, 20)), max_size=8)


@given(share=st.integers(0, 10_000), value=st.integers(0, 10**10), parts=st.integers(1, 24), animals=st.integers(0, 50))
def test_instalments_add_up_to_what_is_owed(share: int, value: int, parts: int, animals: int) -> None:
    cash = RevolvingRules("cash", share, first_after_months=12, every_months=6, instalments=parts)
    lines = planned(cash, value=value, handed_on=DAY)
    assert sum(line.amount for line in lines) == (value * share + 5_000) // 10_000
    herd = RevolvingRules("animals", animals=animals, first_after_months=24, every_months=12, instalments=parts)
    assert sum(line.animals for line in planned(herd, value=value, handed_on=DAY)) == animals
    assert planned(RevolvingRules(), value=value, handed_on=DAY) == ()


@given(duties=DUTIES, moves=st.lists(MOVES, max_size=12))
def test_what_is_owed_is_given_back_waived_or_still_open(duties: list[DutyLine], moves: list[Movement]) -> None:
    found = balance(duties, moves)
    assert found.owed == found.paid + found.waived + found.open
    assert found.owed_animals == found.paid_animals + found.waived_animals + found.open_animals
    assert found.paid == found.passed_on + found.fund
    assert found.paid_animals == found.passed_animals + found.fund_animals


@given(amount=st.integers(1, 10**9))
def test_a_correction_brings_the_ledger_back(amount: int) -> None:
    duties, paid = [DutyLine(DAY, amount)], Movement(EntryKind.PAID, DAY, amount)
    back = Movement(EntryKind.CORRECTED, DAY, -amount)
    assert balance(duties, [paid, back]) == balance(duties, [])


def test_a_duty_of_the_29th_of_february_is_due_the_last_day_of_february_in_other_years() -> None:
    rules = RevolvingRules("cash", 10_000, first_after_months=12, instalments=1)
    (line,) = planned(rules, value=1_000_000, handed_on=DAY)
    assert line.due_on == date(2029, 2, 28)
    open_one = balance([line], [])
    assert days_over(line, open_one, date(2029, 3, 1)) == 1
    assert days_over(line, open_one, date(2029, 2, 28)) == 0
    assert days_over(line, balance([line], [Movement(EntryKind.PAID, DAY, 1_000_000)]), date(2030, 1, 1)) == 0
