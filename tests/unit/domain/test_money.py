"""Amounts: words read back by an independent reader, digits read back, doubtful cells refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.money import money_text, money_words, read_money

NUMERALS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
DIGITS = {word: value for value, word in enumerate(NUMERALS)}
DIGITS |= {"mốt": 1, "lăm": 5}
amounts = st.one_of(st.integers(0, 2_000), st.integers(0, 10**6), st.integers(0, 10**15))


def _heard(words: str) -> int:
    """What a listener understands: digits gather in a group, which its unit word closes."""
    billions = total = group = pending = 0
    for word in words.split():
        if word in DIGITS:
            pending = DIGITS[word]
        elif word == "lẻ":
            pending = 0
        elif word == "mười":
            group, pending = group + 10, 0
        elif word == "mươi":
            group, pending = group + pending * 10, 0
        elif word == "trăm":
            group, pending = group + pending * 100, 0
        elif word == "tỷ":
            billions = (billions + total + group + pending) * 10**9
            total = group = pending = 0
        else:
            total += (group + pending) * {"nghìn": 1_000, "triệu": 1_000_000}[word]
            group = pending = 0
    return billions + total + group + pending


@given(amounts)
def test_words_say_the_number(amount: int) -> None:
    assert _heard(money_words(amount)) == amount


@given(amounts)
def test_no_group_after_the_first_drops_its_hundreds(amount: int) -> None:
    parts = money_words(amount).replace(" tỷ", "|").replace(" triệu", "|").replace(" nghìn", "|").split("|")
    assert all(" trăm" in part for part in parts[1:] if part.strip())


def test_words_of_the_north_and_below_zero() -> None:
    assert money_words(1_001, zero_word="linh") == "một nghìn không trăm linh một"
    assert money_words(-15) == "âm mười lăm"
    assert money_words(1_500_000_000_000) == "một nghìn năm trăm tỷ"
    assert money_words(1_000_000_005_000) == "một nghìn tỷ không trăm lẻ năm nghìn"


@given(st.integers(0, 10**13))
def test_digits_are_read_back(amount: int) -> None:
    assert read_money(money_text(amount)).value == amount
    assert read_money(f"{amount:,}").value == amount
    assert read_money(amount).value == amount
    assert read_money(float(amount)).value == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.500 nghìn", 1_500_000),
        ("1tr500", 1_500_000),
        ("1 triệu 500 ngàn đồng", 1_500_000),
        ("2,25 triệu đồng/hộ/tháng", 2_250_000),
        ("1.500,00", 1_500),
        ("540000 đ/người/tháng", 540_000),
    ],
)
def test_other_ways_of_writing(text: str, amount: int) -> None:
    assert read_money(text).value == amount


@pytest.mark.parametrize(
    ("value", "rejected"),
    [
        ("1tr50", "ambiguous"),
        ("1.500 triệu", "ambiguous"),
        ("1,5 triệu 200", "ambiguous"),
        ("1.500.00", "ambiguous"),
        ("1.500,50", "ambiguous"),
        ("#REF!", "ambiguous"),
        (1.5, "ambiguous"),
        (-500, "negative"),
        ("-500.000", "negative"),
    ],
)
def test_refused(value: str | float, rejected: str) -> None:
    reading = read_money(value)
    assert (reading.value, reading.rejected) == (None, rejected)


def test_an_empty_cell_is_no_amount() -> None:
    assert read_money(None).empty
