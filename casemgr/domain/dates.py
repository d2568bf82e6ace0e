"""Dates as people know them: a day, a month or only a year, read from papers and Excel cells."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from casemgr.domain.readings import Reading

Precision = Literal["year", "month", "day"]

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as it is known; `month` and `day` are None where they are not."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day without a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """From "1956", "1956-03" or "1956-03-05"."""
        match = _ISO.fullmatch(text)
        if not match:
            raise ValueError(f"not an ISO date: {text!r}")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The whole day."""
        return cls(day.year, day.month, day.day)

    @property
    def iso(self) -> str:
        """For the file and for machines: "1956", "1956-03" or "1956-03-05"."""
        if self.month is None:
            return f"{self.year:04d}"
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day is not None else "")

    @property
    def text(self) -> str:
        """For people: "1956", "03/1956" or "05/03/1956"."""
        if self.month is None:
            return f"{self.year:04d}"
        return (f"{self.day:02d}/" if self.day is not None else "") + f"{self.month:02d}/{self.year:04d}"

    @property
    def precision(self) -> Precision:
        """How much is known."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def age_on(self, day: date) -> int:
        """Full years on that day; what is not known counts as the earliest day it can be."""
        born = self.first_day
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def _order(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    def __lt__(self, other: "PartialDate") -> bool:
        return self._order() < other._order()

    def __le__(self, other: "PartialDate") -> bool:
        return self._order() <= other._order()

    def __gt__(self, other: "PartialDate") -> bool:
        return self._order() > other._order()

    def __ge__(self, other: "PartialDate") -> bool:
        return self._order() >= other._order()

    def __str__(self) -> str:
        return self.text


_EARLIEST: Final = 1890
_EXCEL_ZERO: Final = date(1899, 12, 30)
_FIRST_SERIAL: Final = 2101  # below it a number is a year

_SEPARATED: Final = re.compile(r"(\d{1,4})(?:\s*[/.\-\\,]\s*|\s+)(?:(\d{1,2})(?:\s*[/.\-\\,]\s*|\s+))?(\d{1,4})")
_UNKNOWN: Final = re.compile(r"[?xX_.…*-]{1,4}")
_WITH_UNKNOWN: Final = re.compile(r"\s*([?xX_.…*-]{1,4}|\d{1,2})\s*/\s*(?:([?xX_.…*-]{1,4}|\d{1,2})\s*/\s*)?(\d{4})\s*")
_WORDS: Final = re.compile(
    r"(?:ngày\s*(\d{1,2})\s*,?\s*)?(?:tháng\s*(\d{1,2})\s*,?\s*)?(?:năm\s*)?(\d{4})|(\d{1,2})\s*tháng\s*(\d{1,2})\s*,?\s*(?:năm\s*)?(\d{4})"
)
_PREFIX: Final = re.compile(r"(?:sn|s\.n|năm sinh|ngày sinh|sinh năm|sinh ngày|sinh)\b[\s:.]*", re.IGNORECASE)
_TIME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_WHOLE_FLOAT: Final = re.compile(r"(\d+)\.0+")
_NOTHING: Final = frozenset(("", "-", "--", "–", "—"))

_BAD_DAY: Final[Reading[PartialDate]] = Reading(rejected="no-such-date")
_UNCLEAR: Final[Reading[PartialDate]] = Reading(rejected="date-unclear")


def _build(year: int, month: int | None, day: int | None, today: date, *warnings: str) -> Reading[PartialDate]:
    month = month or None
    day = day or None
    if month is None:
        if day is not None:
            return _UNCLEAR
        if year > today.year:
            return Reading(rejected="future")
    try:
        value = PartialDate(year, month, day)
    except ValueError:
        return _BAD_DAY
    if value.first_day > today:
        return Reading(rejected="future")
    if year < _EARLIEST:
        return Reading(rejected="too-old")
    return Reading(value, warnings)


def _from_day(day: date, today: date) -> Reading[PartialDate]:
    serial = (day - _EXCEL_ZERO).days
    if 1900 <= serial <= today.year:
        return Reading(PartialDate(serial), ("year-in-date-cell",))
    return _build(day.year, day.month, day.day, today)


def _from_digits(digits: str, today: date) -> Reading[PartialDate]:
    if len(digits) == 4:
        return _build(int(digits), None, None, today)
    if len(digits) in (7, 8):
        digits = digits.zfill(8)
        return _build(int(digits[4:]), int(digits[2:4]), int(digits[:2]), today)
    return _UNCLEAR


def _from_number(value: float, today: date) -> Reading[PartialDate]:
    whole = int(value)
    if whole != value and not _FIRST_SERIAL <= whole < 100_000:
        return _UNCLEAR
    if _FIRST_SERIAL <= whole < 100_000:
        day = _EXCEL_ZERO + timedelta(days=whole)
        return _build(day.year, day.month, day.day, today, "excel-serial")
    return _from_digits(str(whole), today) if whole > 0 else _UNCLEAR


def _century(year: int, month: int, day: int, today: date) -> int:
    recent = 2000 + year
    return recent if (recent, month, day) <= (today.year, today.month, today.day) else 1900 + year


def _from_separated(match: re.Match[str], today: date) -> Reading[PartialDate]:
    first, middle, last = match.groups()
    if len(first) == 4:  # 1956-03-05, 1956/03
        if len(last) > 2:
            return _UNCLEAR
        return _build(int(first), int(middle or last), int(last) if middle else None, today)
    if len(first) > 2 or len(last) == 3 or len(last) == 1:
        return _UNCLEAR
    if middle is None:
        return _build(int(last), int(first), None, today) if len(last) == 4 else _UNCLEAR
    if len(last) == 4:
        return _build(int(last), int(middle), int(first), today)
    year = _century(int(last), int(middle), int(first), today)
    return _build(year, int(middle), int(first), today, "two-digit-year")


def _number_or_none(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _from_text(text: str, today: date) -> Reading[PartialDate]:
    text = _PREFIX.sub("", text, count=1) if text[:1] in "sSnN" else text
    if text.isdecimal():
        return _from_digits(text, today)
    if whole := _WHOLE_FLOAT.fullmatch(text):
        return _from_digits(whole[1], today)
    if timed := _TIME.fullmatch(text):
        text = timed[1]
    if match := _SEPARATED.fullmatch(text):
        return _from_separated(match, today)
    if match := _WITH_UNKNOWN.fullmatch(text):
        first, middle, year = match.groups()
        month = middle if middle is not None else first
        day = first if middle is not None else None
        return _build(int(year), _number_or_none(month), _number_or_none(day), today)
    if match := _WORDS.fullmatch(text.lower()):
        day, month, year, short_day, short_month, short_year = match.groups()
        return _build(
            int(year or short_year), _number_or_none(month or short_month), _number_or_none(day or short_day), today
        )
    return _UNCLEAR


def read_date(value: str | float | date | datetime | None, *, today: date) -> Reading[PartialDate]:
    """What a cell says about a day; nothing after `today`, never a first of January that nobody wrote."""
    if value is None:
        return Reading()
    if isinstance(value, datetime):
        return _from_day(value.date(), today)
    if isinstance(value, date):
        return _from_day(value, today)
    if isinstance(value, int | float):
        return _from_number(value, today)
    text = value.strip()
    return Reading() if text in _NOTHING else _from_text(text, today)


def official_date(day: date) -> str:
    """As papers write it (NĐ 30/2020): days below 10 and the months 1 and 2 take a leading 0."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
