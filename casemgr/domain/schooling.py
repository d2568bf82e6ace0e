"""School years, what is written down of a child's school, and lists of pupils read; the calendar is dated data."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from casemgr.assets import resource
from casemgr.domain.dates import PartialDate, read_date
from casemgr.domain.identity import read_identity
from casemgr.domain.pasted_lists import Cell, cell_at, cell_text, heading
from casemgr.domain.readings import reason
from casemgr.domain.text import clean, fold
from casemgr.i18n import N_, _


class SchoolKind(StrEnum):
    """Who runs the school."""

    PUBLIC = "public"
    PRIVATE = "private"


SCHOOL_KIND_LABELS = {SchoolKind.PUBLIC: N_("Public school"), SchoolKind.PRIVATE: N_("Private school")}


class SchoolState(StrEnum):
    """How a child stands with a programme in a school year."""

    MISSING = "missing"
    """Entitled, and nothing is written down."""
    UNKNOWN = "unknown"
    """It is not known whether she is entitled."""
    PLANNED = "planned"
    APPROVED = "approved"
    OVER = "over"
    """Written down, but no longer entitled."""


SCHOOL_STATE_LABELS = {
    SchoolState.MISSING: N_("Entitled, not written down"),
    SchoolState.UNKNOWN: N_("To be clarified"),
    SchoolState.PLANNED: N_("On the list"),
    SchoolState.APPROVED: N_("Approved"),
    SchoolState.OVER: N_("No longer entitled"),
}


@dataclass(frozen=True)
class SchoolYear:
    """A school year by the year it begins in."""

    year: int
    first: date
    last: date
    months: int
    """Paid at most."""
    citation: str
    sure: str

    @property
    def label(self) -> str:
        """As papers write it: 2026-2027."""
        return f"{self.year}-{self.year + 1}"

    def months_of(self, from_on: date | None, to_on: date | None) -> int:
        """Months begun of a child's time in the year, never more than are paid."""
        start, end = max(from_on or self.first, self.first), min(to_on or self.last, self.last)
        begun = (end.year - start.year) * 12 + end.month - start.month + 1
        return max(0, min(self.months, begun))

    def day(self, today: date) -> date:
        """The day of the year on which it is judged who is entitled: today, or the nearest day inside."""
        return min(max(today, self.first), self.last)


@dataclass(frozen=True)
class SchoolData:
    """What is written down of a child for a school year."""

    school: str = ""
    grade: str = ""
    kind: SchoolKind = SchoolKind.PUBLIC
    decision_number: str = ""
    decision_on: date | None = None
    from_on: date | None = None
    """None: from the first day of the year."""
    to_on: date | None = None
    note: str = ""


def school_year(year: int) -> SchoolYear:
    """The school year that begins in that year."""
    found = [version for version in _versions() if int(str(version["from_year"])) <= year]
    version = (found or _versions())[-1 if found else 0]
    return SchoolYear(
        year=year,
        first=date.fromisoformat(f"{year}-{version['first_day']}"),
        last=date.fromisoformat(f"{year + 1}-{version['last_day']}"),
        months=int(str(version["months"])),
        citation=str(version["citation"]),
        sure=str(version["sure"]),
    )


def school_year_on(day: date) -> SchoolYear:
    """The school year of a day; in the holidays the one that follows."""
    found = school_year(day.year - 1)
    return found if day <= found.last else school_year(day.year)


@cache
def _versions() -> tuple[Mapping[str, object], ...]:
    raw = tomllib.loads(resource("data", "school-years.toml").read_text("utf-8"))
    return tuple(sorted(raw["version"], key=lambda version: int(version["from_year"])))


FIELDS: Final = ("name", "birth", "id_number", "hamlet", "school", "grade", "kind")
"""The columns of a pasted list without a heading, in this order."""

COLUMN_LABELS: Final[Mapping[str, str]] = {
    "name": N_("Full name"),
    "birth": N_("Date of birth"),
    "id_number": N_("Identity number"),
    "hamlet": N_("Hamlet"),
    "school": N_("Name of the school"),
    "grade": N_("Grade"),
    "kind": N_("Public or private"),
}
_HEADINGS: Final = (
    ("kind", ("loai truong", "loai hinh", "cong lap")),
    ("id_number", ("dinh danh", "cccd", "can cuoc")),
    ("school", ("truong",)),
    ("grade", ("lop", "khoi")),
    ("birth", ("ngay sinh", "nam sinh", "sinh ngay")),
    ("hamlet", ("thon", "ap ", "khu pho", "khom", "dia chi")),
    ("name", ("ho va ten", "ho ten", "ten")),
)
_PRIVATE: Final = ("ngoai cong lap", "tu thuc", "dan lap", "private")


@dataclass(frozen=True)
class PupilLine:
    """One line of a list of pupils as it was read."""

    line: int
    name: str
    birth: PartialDate | None
    id_number: str | None
    hamlet: str
    data: SchoolData
    problems: tuple[str, ...]


def read_pupils(rows: Sequence[Sequence[Cell]], *, today: date) -> list[PupilLine]:
    """The children of a list, with or without a heading."""
    columns: Mapping[str, int] = {name: place for place, name in enumerate(FIELDS)}
    first = 0
    for place, row in enumerate(rows[:20]):
        found = heading(row, _HEADINGS)
        if "name" in found and ("grade" in found or "school" in found):
            columns, first = found, place + 1
            break
    return [
        _line(number, row, columns, today)
        for number, row in enumerate(rows[first:], first + 1)
        if any(cell_text(cell) for cell in row)
    ]


def _line(number: int, row: Sequence[Cell], columns: Mapping[str, int], today: date) -> PupilLine:
    problems = []

    def cell(name: str) -> Cell:
        return cell_at(row, columns, name)

    written = cell("id_number")
    identity = read_identity(None if isinstance(written, date) else written)
    birth = read_date(cell("birth"), today=today)
    for name, rejected in (("id_number", identity.rejected), ("birth", birth.rejected)):
        if rejected:
            problems.append(_("{column}: {reason}").format(column=_(COLUMN_LABELS[name]), reason=reason(rejected)))
    private = any(word in fold(cell_text(cell("kind"))) for word in _PRIVATE)
    return PupilLine(
        line=number,
        name=clean(cell_text(cell("name"))),
        birth=birth.value,
        id_number=identity.value.number if identity.value else None,
        hamlet=clean(cell_text(cell("hamlet"))),
        data=SchoolData(
            school=clean(cell_text(cell("school"))),
            grade=clean(cell_text(cell("grade"))),
            kind=SchoolKind.PRIVATE if private else SchoolKind.PUBLIC,
        ),
        problems=tuple(problems),
    )
