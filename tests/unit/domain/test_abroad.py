"""Work abroad: every move the table of states allows or refuses, ceilings and refunds to the đồng, the lists."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.abroad import (
    ABROAD_MACHINE,
    AWAY,
    PREPARING,
    AbroadContent,
    AbroadState,
    SupportGroup,
    context_of,
)
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_reckoning import (
    contract_end,
    extension_ceiling,
    fee_ceiling,
    months_between,
    over_after,
    refund,
    support_ceiling,
)
from casemgr.domain.findings import Severity, refused
from casemgr.i18n import using
from casemgr.services.programmes import shipped_catalogue

TABLE = Path(__file__).parents[2] / "data" / "casework" / "abroad_states.csv"


def number(code: str, day: date = date(2026, 11, 24)) -> int | None:
    rate = shipped_catalogue().rate(code, day)
    return rate.value if rate else None


def pairs() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["from"], to, row[to]) for row in csv.DictReader(file) for to in row if to != "from"]


@pytest.mark.parametrize(("origin", "to", "kind"), pairs())
def test_every_pair_of_states_is_as_the_table_says(origin: str, to: str, kind: str) -> None:
    everything = {need.code: True for move in ABROAD_MACHINE.moves_from(origin) for need in move.needs}
    bare = ABROAD_MACHINE.check(origin, to, everything)
    reasoned = ABROAD_MACHINE.check(origin, to, everything, reason="Ghi nhầm")
    if kind == "":
        assert [one.field for one in reasoned] == ["to"]
        assert refused(reasoned)
    elif kind == "back":
        assert [one.field for one in bare] == ["reason"]
        assert reasoned == ()
    else:
        assert bare == ()


def test_the_order_before_the_departure_is_free() -> None:
    free = PREPARING[2:]
    for one in free:
        for other in free:
            move = ABROAD_MACHINE.move(one, other)
            assert one is other or (move is not None and not move.back)


@pytest.mark.parametrize(
    ("origin", "to", "need", "severity"),
    [
        ("signed", "deposit", "acceptance", Severity.REFUSE),
        ("papers", "deposit", "contract", Severity.REFUSE),
        ("signed", "direct", "is_direct", Severity.REFUSE),
        ("papers", "departed", "contract", Severity.REFUSE),
        ("papers", "departed", "dossier", Severity.WARN),
        ("papers", "departed", "confirmed", Severity.WARN),
        ("papers", "departed", "adult", Severity.WARN),
        ("advised", "registered", "no_ban", Severity.WARN),
        ("working", "returned", "return_reason", Severity.REFUSE),
        ("working", "extended", "new_term", Severity.REFUSE),
        ("returned", "ended", "loan_repaid", Severity.WARN),
    ],
)
def test_what_a_step_needs_is_told_when_it_is_missing(origin: str, to: str, need: str, severity: Severity) -> None:
    move = ABROAD_MACHINE.move(origin, to)
    assert move is not None
    facts = {one.code: True for one in move.needs}
    assert ABROAD_MACHINE.check(origin, to, facts) == ()
    (found,) = ABROAD_MACHINE.check(origin, to, facts | {need: False})
    assert found.severity is severity
    (unknown,) = ABROAD_MACHINE.check(origin, to, {name: fact for name, fact in facts.items() if name != need})
    assert unknown.severity is Severity.WARN  # what is not known is not "no"


def test_nobody_leaves_the_states_abroad_without_a_return_or_a_reason() -> None:
    for state in AWAY:
        for move in ABROAD_MACHINE.moves_from(state):
            assert move.to in (*AWAY, AbroadState.RETURNED) or move.back


# --- money -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "sailor", "most"),
    [
        (12, False, 30_000_000),
        (24, False, 60_000_000),
        (18, False, 45_000_000),
        (35, False, 87_500_000),
        (36, False, 90_000_000),
        (60, False, 90_000_000),
        (12, True, 45_000_000),
        (30, True, 90_000_000),  # 1,5 a year would be 112,5 million
    ],
)
def test_the_service_fee_is_capped_by_months_of_wage(months: int, sailor: bool, most: int) -> None:
    ceiling = fee_ceiling(number, wage=30_000_000, months=months, sailor=sailor)
    assert ceiling is not None
    assert ceiling.amount == most


def test_a_ceiling_of_the_market_counts_where_the_office_entered_it() -> None:
    def own(code: str) -> int | None:
        return 5 if code == "ABROAD.FEE_MAX.JAPAN" else number(code)

    capped = fee_ceiling(own, wage=30_000_000, months=36, market="JAPAN")
    assert capped is not None
    assert (capped.amount, capped.of_market) == (15_000_000, True)
    other = fee_ceiling(own, wage=30_000_000, months=36, market="KOREA")
    assert other is not None
    assert (other.amount, other.of_market) == (90_000_000, False)


def test_without_wage_or_term_there_is_no_ceiling() -> None:
    assert fee_ceiling(number, wage=0, months=36) is None
    assert fee_ceiling(number, wage=30_000_000, months=0) is None
    assert fee_ceiling(lambda _code: None, wage=30_000_000, months=36) is None
    assert extension_ceiling(number, wage=30_000_000, months=0) is None


def test_an_extension_costs_half_a_month_a_year_at_most() -> None:
    ceiling = extension_ceiling(number, wage=30_000_000, months=12)
    assert ceiling is not None
    assert ceiling.amount == 15_000_000


@given(st.integers(1, 10**9), st.integers(1, 120), st.booleans())
def test_a_longer_contract_never_has_a_lower_ceiling(wage: int, months: int, sailor: bool) -> None:
    short = fee_ceiling(number, wage=wage, months=months, sailor=sailor)
    longer = fee_ceiling(number, wage=wage, months=months + 1, sailor=sailor)
    assert short is not None
    assert longer is not None
    assert 0 <= short.amount <= longer.amount <= 3 * wage


def test_a_refund_is_in_proportion_to_the_days_not_worked() -> None:
    begin, end = date(2024, 1, 1), date(2026, 12, 31)  # 1096 days, one of them 29 February
    assert refund(109_600_000, begin, end, date(2025, 12, 31)) == 36_500_000
    assert refund(109_600_000, begin, end, date(2023, 12, 1)) == 109_600_000
    assert refund(109_600_000, begin, end, end) == 0
    assert refund(109_600_000, begin, end, date(2027, 3, 1)) == 0
    assert refund(0, begin, end, date(2025, 1, 1)) == 0
    assert refund(5, end, begin, begin) == 0


@given(
    st.integers(0, 10**10),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 2000),
    st.integers(-50, 2100),
)
def test_a_refund_is_never_more_than_was_paid(fee: int, begin: date, length: int, after: int) -> None:
    end, returned = begin + timedelta(days=length), begin + timedelta(days=after)
    back = refund(fee, begin, end, returned)
    assert 0 <= back <= fee
    assert refund(fee, begin, end, returned + timedelta(days=1)) <= back


P, N, M, O = SupportGroup.POOR, SupportGroup.NEAR_POOR, SupportGroup.MINORITY, SupportGroup.OTHER  # noqa: E741


@pytest.mark.parametrize(
    ("item", "generation", "groups", "units", "day", "most"),
    [
        ("language", "A", (P,), 1, date(2025, 6, 1), 3_000_000),
        ("language", "B", (P,), 1, date(2026, 6, 1), 4_000_000),
        ("language", "B", (N,), 1, date(2026, 6, 1), 2_800_000),
        ("language", "B", (N, M), 1, date(2026, 6, 1), 4_000_000),
        ("language", "B", (O,), 1, date(2026, 6, 1), 2_000_000),
        ("language", "C", (N,), 1, date(2026, 6, 1), 4_000_000),
        ("orientation", "C", (P,), 1, date(2026, 6, 1), 530_000),
        ("meals", "A", (P,), 10, date(2025, 6, 1), 400_000),
        ("meals", "C", (P,), 10, date(2026, 6, 1), 500_000),
        ("lodging", "B", (P,), 3, date(2026, 6, 1), 1_200_000),
        ("kit", "B", (P,), 1, date(2026, 6, 1), 600_000),
        ("kit", "C", (P,), 1, date(2026, 6, 1), None),
        ("travel", "C", (P,), 1, date(2026, 6, 1), 200_000),
        ("travel_hard", "C", (P,), 1, date(2026, 6, 1), 300_000),
        ("health", "A", (P,), 1, date(2025, 6, 1), 750_000),
        ("passport", "C", (P,), 1, date(2026, 6, 1), None),
        ("adviser", "B", (P,), 8, date(2026, 6, 1), 400_000),
        ("adviser", "B", (P,), 12, date(2026, 6, 1), 500_000),
        ("meals", "B", (P,), 10, date(2027, 1, 4), None),  # the money of generation B ended
    ],
)
def test_support_has_the_ceiling_of_its_generation_and_group(
    item: str, generation: str, groups: tuple[SupportGroup, ...], units: int, day: date, most: int | None
) -> None:
    rule = shipped().items[item].generations[generation]
    assert support_ceiling(lambda code: number(code, day), rule, groups, units) == most


@given(st.lists(st.sampled_from(list(SupportGroup)), max_size=4), st.sampled_from(list(SupportGroup)))
def test_another_group_never_lowers_a_ceiling(groups: list[SupportGroup], more: SupportGroup) -> None:
    for item in shipped().items.values():
        for generation, rule in item.generations.items():
            day = date(2025, 6, 1) if generation == "A" else date(2026, 6, 1)
            at_first = support_ceiling(lambda code, at=day: number(code, at), rule, tuple(groups), 1)  # type: ignore[misc]  # the day is bound
            then = support_ceiling(lambda code, at=day: number(code, at), rule, (*groups, more), 1)  # type: ignore[misc]  # the day is bound
            assert at_first is None or (then is not None and then >= at_first)


# --- days ------------------------------------------------------------------------------------------------------------


def test_months_of_a_contract_count_a_begun_one() -> None:
    assert months_between(date(2026, 2, 1), date(2029, 1, 31)) == 36
    assert months_between(date(2024, 2, 29), date(2025, 2, 28)) == 13
    assert months_between(date(2024, 2, 29), date(2025, 2, 27)) == 12
    assert months_between(date(2026, 2, 1), date(2026, 1, 31)) == 0


def test_the_end_of_a_contract_is_its_last_day_or_an_earlier_return() -> None:
    assert contract_end(date(2026, 5, 1), None) == date(2026, 5, 1)
    assert contract_end(date(2026, 5, 1), date(2026, 3, 1)) == date(2026, 3, 1)
    assert contract_end(None, None) is None
    assert over_after(date(2027, 8, 30), 183) == date(2028, 2, 29)


# --- lists -----------------------------------------------------------------------------------------------------------


def test_the_lists_are_whole_and_every_figure_they_name_exists() -> None:
    lists, rates = shipped(), {one.code for one in shipped_catalogue().rates}
    assert (len(lists.forms), len(lists.markets), len(lists.contents), len(lists.flags)) == (6, 7, 10, 19)
    named = [kind.rate for kind in (*lists.documents.values(), *lists.claims.values())]
    for item in lists.items.values():
        for rule in item.generations.values():
            named += [rule.rate, rule.near, rule.other, rule.near_share, rule.other_share, rule.most]
    assert {one for one in named if one} <= rates
    needs = {need.code for moves in ABROAD_MACHINE.moves.values() for move in moves for need in move.needs}
    assert set(lists.needs) <= needs


def test_a_flag_asks_to_check_and_accuses_nobody() -> None:
    for flag in shipped().flags.values():
        with using("vi"):
            assert flag.label.startswith("Cần kiểm tra: ")
            assert "vi phạm" not in flag.label
        with using("en"):
            assert flag.label.startswith("To be checked: ")
        assert flag.level in ("red", "amber")
        assert flag.law
        assert flag.certainty in ("V", "R", "U")


def test_an_orientation_certificate_is_for_a_firm_a_job_and_a_country() -> None:
    assert context_of("Công ty  Á Âu", "Hàn", "Nhật Bản") == context_of("công ty á âu", "hàn", "NHẬT BẢN")
    assert context_of("Công ty Á Âu", "Hàn", "Nhật Bản") != context_of("Công ty Á Âu", "Hàn", "Đức")


def test_what_is_voluntary_is_known() -> None:
    assert AbroadContent().voluntary == ()
    assert AbroadContent(contact_home="Mẹ", remittance=5).voluntary == ("contact_home", "remittance")
