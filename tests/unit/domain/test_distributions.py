"""Periods, goods and what speaks against a delivery, as plain rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.distributions import (
    Cause,
    Finding,
    cleaned,
    goods_difference,
    goods_from_json,
    goods_gaps,
    goods_problems,
    goods_to_json,
    goods_value,
    months_of,
    needs_decision,
    overlap,
    period_on,
    refusals,
    reversed_goods,
    span_of,
    warnings,
    worth,
)
from casemgr.domain.findings import Severity
from casemgr.domain.programmes import Period
from casemgr.domain.support import FundSource, GoodsLine

RICE = GoodsLine("Gạo tẻ", 15, "kg", "loại 1", "Hạt Ngọc", "Công ty Lương thực", 16_000)

goods = st.lists(
    st.builds(
        GoodsLine,
        st.sampled_from(["Gạo tẻ", "Dầu ăn", "Chăn ấm"]),
        st.integers(1, 50),
        st.sampled_from(["kg", "chai", ""]),
        unit_price=st.integers(0, 200_000),
    ),
    max_size=5,
).map(tuple)


@pytest.mark.parametrize(
    ("period", "first", "last", "months"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), 12),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), 3),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), 1),
        ("2026-2027", date(2026, 9, 1), date(2027, 8, 31), 12),
    ],
)
def test_a_period_has_its_days_and_months(period: str, first: date, last: date, months: int) -> None:
    assert span_of(period) == (first, last)
    assert months_of(period) == months


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "2026-2028", "Tết"])
def test_other_words_are_no_period(text: str) -> None:
    assert span_of(text) is None
    assert months_of(text) == 1


def test_periods_overlap_when_they_share_a_day() -> None:
    assert overlap("2026-11", "2026-Q4")
    assert overlap("2026-2027", "2026")
    assert not overlap("2026-Q3", "2026-Q4")
    assert overlap("Tết 2027", "Tết 2027")
    assert not overlap("Tết 2027", "2027")


@given(day=st.dates(date(2020, 1, 1), date(2035, 12, 31)), kind=st.sampled_from(list(Period)))
def test_a_day_lies_in_its_own_period(day: date, kind: Period) -> None:
    period = period_on(kind, day)
    if kind is Period.ONCE:
        assert period == ""
        return
    span = span_of(period)
    assert span is not None
    assert span[0] <= day <= span[1]


@given(lines=goods)
def test_goods_are_kept_whole_and_taking_them_back_leaves_nothing(lines: tuple[GoodsLine, ...]) -> None:
    assert goods_from_json(goods_to_json(lines)) == lines
    assert goods_value(lines) + goods_value(reversed_goods(lines)) == 0
    assert goods_difference(lines, lines) == ()
    assert worth(5, lines) == 5 + goods_value(lines)


@given(right=goods, wrong=goods)
def test_the_difference_makes_the_wrong_goods_right(right: tuple[GoodsLine, ...], wrong: tuple[GoodsLine, ...]) -> None:
    fixed = goods_difference([*wrong, *goods_difference(right, wrong)], ())
    assert sorted(map(repr, fixed)) == sorted(map(repr, goods_difference(right, ())))


def test_goods_without_name_quantity_or_with_a_negative_price_are_refused() -> None:
    assert not goods_problems([RICE])
    for wrong in (GoodsLine("", 2), GoodsLine("Gạo", 0), GoodsLine("Gạo", 1, unit_price=-1)):
        assert len(goods_problems([wrong])) == 1
    assert cleaned([GoodsLine("  Gạo   tẻ ", 2), GoodsLine(" ", 0)]) == (GoodsLine("Gạo tẻ", 2),)
    assert goods_gaps([RICE, GoodsLine("Dầu ăn", 2)]) == ("Dầu ăn",)


def test_findings_are_told_with_where_they_come_from() -> None:
    hard = Finding(Cause.CAP, Severity.REFUSE, "Vượt mức.", "Nghị định số 1")
    soft = Finding(Cause.NUMBER, Severity.WARN, "Thiếu số.")
    assert hard.text == "Vượt mức. (Nghị định số 1)"
    assert soft.text == "Thiếu số."
    assert refusals([hard, soft]) == [hard]
    assert warnings([hard, soft]) == [soft]


def test_only_public_money_needs_a_decision() -> None:
    assert needs_decision(FundSource.CENTRAL)
    assert not needs_decision(FundSource.SPONSOR)
