"""Dates of any precision: reading what was written, ages, order, and the date on papers."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.dates import PartialDate, official_date, read_date

TODAY = date(2026, 11, 24)
days = st.dates(date(1906, 1, 1), TODAY)
partial = st.one_of(
    days.map(PartialDate.of),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year)),
)


@given(partial)
def test_what_is_printed_is_read_back(value: PartialDate) -> None:
    assert read_date(value.text, today=TODAY).value == value
    assert read_date(value.iso, today=TODAY).value == value
    assert PartialDate.from_iso(value.iso) == value
    assert str(value) == value.text


@given(days)
def test_every_way_of_writing_a_day_gives_the_day(day: date) -> None:
    expected = PartialDate.of(day)
    d, m, y = day.day, day.month, day.year
    for text in (
        f"{d}/{m}/{y}", f"{d:02d}-{m:02d}-{y}", f"{d}.{m}.{y}", f"{d} {m} {y}", f"{d:02d}{m:02d}{y}",
        f"ngày {d} tháng {m} năm {y}", f"{d} tháng {m}, {y}", f"Sinh ngày {d}/{m}/{y}", f"{y}-{m:02d}-{d:02d}T00:00",
        official_date(day),
    ):  # fmt: skip
        assert read_date(text, today=TODAY).value == expected, text
    assert read_date(day, today=TODAY).value == expected
    assert read_date(datetime(y, m, d, 7, 30), today=TODAY).value == expected  # noqa: DTZ001 - Excel knows no zone
    serial = (day - date(1899, 12, 30)).days
    if serial > 2100:
        reading = read_date(float(serial), today=TODAY)
        assert (reading.value, reading.warnings) == (expected, ("excel-serial",))


@given(days)
def test_two_digit_years_lie_in_the_past_hundred_years(day: date) -> None:
    reading = read_date(f"{day.day}/{day.month}/{day.year % 100:02d}", today=TODAY)
    if reading.value is None:  # 29 February of a century that has none
        assert (day.month, day.day) == (2, 29)
        return
    assert reading.warnings == ("two-digit-year",)
    assert reading.value.year % 100 == day.year % 100
    assert 0 <= reading.value.age_on(TODAY) <= 100


@given(st.text() | st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_anything_is_read_or_refused(value: str | float) -> None:
    reading = read_date(value, today=TODAY)
    assert reading.value is None or reading.value.first_day <= TODAY


@pytest.mark.parametrize(
    ("value", "rejected"),
    [
        ("31/04/1990", "no-such-date"),
        ("25/12/2026", "future"),
        ("2030", "future"),
        (2030, "future"),
        ("01/01/1700", "too-old"),
        ("5/1956/3", "date-unclear"),
        ("1956/1957", "date-unclear"),
        ("05/00/1956", "date-unclear"),
        ("5/6", "date-unclear"),
        ("1/2/345", "date-unclear"),
        ("123/2/1990", "date-unclear"),
        (-5, "date-unclear"),
        (1956.5, "date-unclear"),
        (150_000, "date-unclear"),
        ("đầu năm", "date-unclear"),
        ("sn", "date-unclear"),
    ],
)
def test_refused(value: str | float, rejected: str) -> None:
    reading = read_date(value, today=TODAY)
    assert (reading.value, reading.rejected) == (None, rejected)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("??/03/1956", "1956-03"),
        ("00/03/1956", "1956-03"),
        ("xx/1956", "1956"),
        ("tháng 3 năm 1956", "1956-03"),
        ("năm 1956", "1956"),
        ("NS: 1956", None),
        ("SN: 1956", "1956"),
        ("1956/03/05", "1956-03-05"),
        (5031956, "1956-03-05"),
        (20519.75, "1956-03-05"),
        (date(1905, 5, 10), "1957"),
    ],
)
def test_less_usual_ways(value: str | float | date, iso: str | None) -> None:
    reading = read_date(value, today=TODAY)
    assert (reading.value and reading.value.iso) == iso


@pytest.mark.parametrize("value", [None, "", "  ", "-"])
def test_empty(value: str | None) -> None:
    assert read_date(value, today=TODAY).empty


@given(partial, partial)
def test_order_is_by_year_month_day_with_the_unknown_first(one: PartialDate, other: PartialDate) -> None:
    def key(value: PartialDate) -> str:
        return value.iso.ljust(10, "!")

    assert (one < other, one <= other, one > other, one >= other) == (
        key(one) < key(other), key(one) <= key(other), key(one) > key(other), key(one) >= key(other),
    )  # fmt: skip


def test_age_counts_full_years_and_the_earliest_day() -> None:
    assert PartialDate(1956, 11, 24).age_on(TODAY) == 70
    assert PartialDate(1956, 11, 25).age_on(TODAY) == 69
    assert PartialDate(1956, 11).age_on(TODAY) == 70
    assert PartialDate(1956, 12).age_on(TODAY) == 69
    assert PartialDate(1956).age_on(TODAY) == 70


def test_precision() -> None:
    assert [PartialDate.from_iso(text).precision for text in ("1956", "1956-03", "1956-03-05")] == [
        "year",
        "month",
        "day",
    ]


@pytest.mark.parametrize("text", ["", "56", "1956-3", "1956-13", "1956-02-30", "05/03/1956"])
def test_what_is_no_iso_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"ISO date|month|day"):
        PartialDate.from_iso(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="without a month"):
        PartialDate(1956, None, 5)


@given(days)
def test_official_date_pads_days_below_ten_and_two_months_only(day: date) -> None:
    text = official_date(day)
    _ngay, d, _thang, m, _nam, y = text.split()
    assert (int(d), int(m), int(y)) == (day.day, day.month, day.year)
    assert len(d) == 2
    assert m.startswith("0") is (day.month in (1, 2))


def test_official_date() -> None:
    assert official_date(date(2026, 3, 5)) == "ngày 05 tháng 3 năm 2026"
    assert official_date(date(2026, 1, 24)) == "ngày 24 tháng 01 năm 2026"
