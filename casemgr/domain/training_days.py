"""Days of teaching as people write them, month by month, and cells of attendance pasted from a spreadsheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from casemgr.domain.dates import read_date
from casemgr.domain.text import clean, fold, nfc
from casemgr.domain.training import MARK_SIGNS, Mark

_MONTH = re.compile(r"(\d{1,2})/(\d{4})\s*:\s*([\d\s,;.]*)")
_SIGNS: Final = {sign: mark for mark, sign in MARK_SIGNS.items()}
_MORE_SIGNS: Final = {"+": Mark.PRESENT, "1": Mark.PRESENT, "v": Mark.ABSENT, "kp": Mark.ABSENT, "cp": Mark.EXCUSED}
_AHEAD: Final = 60


def days_text(days: Sequence[date]) -> str:
    """One line a month: “08/2026: 3, 4, 5”."""
    months = groupby(sorted(set(days)), key=lambda day: (day.month, day.year))
    return "\n".join(f"{month:02}/{year}: {', '.join(str(day.day) for day in part)}" for (month, year), part in months)


def read_days(text: str) -> tuple[tuple[date, ...], str]:
    """The days of such lines, and the first piece that cannot be read."""
    found: set[date] = set()
    for line in nfc(text).splitlines():
        if not line.strip():
            continue
        match = _MONTH.fullmatch(line.strip())
        if match is None:
            return (), line.strip()
        for piece in re.split(r"[\s,;.]+", match[3].strip()):
            if not piece:
                continue
            try:
                found.add(date(int(match[2]), int(match[1]), int(piece)))
            except ValueError:
                return (), f"{piece}/{match[1]}/{match[2]}"
    return tuple(sorted(found)), ""


def read_mark(text: str) -> Mark | None:
    """The mark a cell says; None when it says none."""
    word = fold(clean(text))
    return _SIGNS.get(word) or _MORE_SIGNS.get(word)


@dataclass(frozen=True)
class Pasted:
    """What pasted cells mean: marks by row and column of the grid, and what could not be placed."""

    marks: Mapping[tuple[int, int], Mark | None]
    unread: tuple[tuple[int, int, str], ...] = ()
    """Row, column and text of cells that hold no mark."""
    days: tuple[date, ...] = ()
    """Days of the heading on which the class does not teach."""
    names: tuple[str, ...] = ()
    """Names that nobody of the class has, or several have."""
    over: bool = False
    """Whether cells lay beyond the last line or day."""


def read_cells(text: str, names: Sequence[str], days: Sequence[date], at: tuple[int, int]) -> Pasted:
    """Read a block of cells. A heading of days and a first column of names say where they belong.

    Without them the block begins at `at` (row, column).
    """
    lines = [line.split("\t") for line in nfc(text).rstrip("\r\n").splitlines()]
    if not lines:
        return Pasted({})
    headed = any(_day(cell, days) for cell in lines[0])
    heading = [_day(cell, days) for cell in lines[0]] if headed else []
    body = lines[1:] if headed else lines
    named = bool(body) and all(_is_name(line[0]) for line in body if clean(line[0])) and any(clean(x[0]) for x in body)
    marks: dict[tuple[int, int], Mark | None] = {}
    unread: list[tuple[int, int, str]] = []
    strangers: list[str] = []
    over = False
    columns = {day: place for place, day in enumerate(days)}
    for down, line in enumerate(body):
        row: int | None = at[0] + down
        if named:
            row = _row_of(line[0], names)
            if row is None:
                strangers += [clean(line[0])] if clean(line[0]) else []
                continue
        for right, cell in enumerate(line):
            if named and right == 0:
                continue
            column: int | None = at[1] + right - int(named)
            if headed:
                day = heading[right] if right < len(heading) else None
                column = columns.get(day) if day else None
                if column is None:
                    continue
            if row is None or column is None or row >= len(names) or column >= len(days):
                over = over or bool(clean(cell))
                continue
            mark = read_mark(cell)
            if mark is None and clean(cell):
                unread.append((row, column, clean(cell)))
            else:
                marks[row, column] = mark
    outside = tuple(day for day in heading if day is not None and day not in columns)
    return Pasted(marks, tuple(unread), outside, tuple(dict.fromkeys(strangers)), over)


def _is_name(text: str) -> bool:
    word = clean(text)
    return len(word) > 1 and read_mark(word) is None and any(letter.isalpha() for letter in word)


def _row_of(text: str, names: Sequence[str]) -> int | None:
    wanted = fold(clean(text))
    found = [place for place, name in enumerate(names) if fold(name) == wanted]
    return found[0] if len(found) == 1 else None


def _day(text: str, days: Sequence[date]) -> date | None:
    """A whole day; “3/8” is of the year of the class."""
    word = clean(text)
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}", word) and days:
        day, month = (int(part) for part in re.split(r"[/.-]", word))
        years = dict.fromkeys(one.year for one in days)
        made = [_made(year, month, day) for year in years]
        return next((one for one in made if one in days), next((one for one in made if one), None))
    if not re.fullmatch(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", word):
        return None
    last = days[-1] if days else date(2100, 1, 1)
    read = read_date(word, today=date(last.year + _AHEAD, 1, 1)).value
    return date(read.year, read.month, read.day) if read and read.month and read.day else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
