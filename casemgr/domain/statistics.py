"""The report forms of the poverty review as data: columns, numbers, formulas, and how one row is worked out."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from casemgr.assets import resource
from casemgr.domain.formulas import Number, columns_in, evaluate
from casemgr.errors import NotFoundError
from casemgr.i18n import _

Value = int | float | str | None

HOUSEHOLDS: Final = "households"
PEOPLE: Final = "people"

AREA_ROWS: Final = "area"
"""One row per hamlet."""
BOTH_ROWS: Final = "both"
"""Two rows per hamlet: Hộ and Nhân khẩu."""
MEMBER_ROWS: Final = "members"
"""One row per person of the households of one class."""

INDICATOR: Final = "indicator"
ETHNIC: Final = "ethnic"
_SUM: Final = re.compile(r"sum\((\w+)\)")
MOST_ETHNIC: Final = 9
"""Columns 1.2.1 to 1.2.9 of report 9."""


@dataclass(frozen=True)
class Column:
    """One column of a form; exactly how it is filled stands in resources/reports/forms.toml."""

    number: str
    heads: tuple[str, ...]
    """Groups from the outside in, and the column's own head last."""
    count: str = ""
    of: str = ""
    total: str = ""
    formula: str = ""
    share_of: str = ""
    field: str = ""
    each: str = ""
    shown: str = ""
    """What stands in the row of column numbers, e.g. 4=3/1*100."""

    @property
    def name(self) -> str:
        """The column in words: "Hộ nghèo, Số hộ"."""
        return ", ".join(self.heads)

    @property
    def percent(self) -> bool:
        """Whether it is a percentage, recomputed and never stored."""
        return bool(self.share_of) or "/" in self.formula

    @property
    def counts(self) -> bool:
        """Whether its number is that of a list of households one can open."""
        return bool(self.count)


@dataclass(frozen=True)
class Form:
    """One report form."""

    number: str
    slug: str
    short: str
    title: str
    sure: str
    columns: tuple[Column, ...]
    note: str = ""
    title_preliminary: str = ""
    annex: str = ""
    rows: str = AREA_ROWS
    balance: str = ""
    """poor or near_poor: the movement report of that list."""
    list_class: str = ""
    area: str = ""
    """What stands over the names of hamlets where it is not the usual word."""
    extra: bool = False
    """An export beside the 15 forms."""

    @property
    def each(self) -> frozenset[str]:
        """What some of its columns stand for one each of."""
        return frozenset(column.each for column in self.columns if column.each)


@dataclass(frozen=True)
class Lead:
    """A column before the figures: A, B, C."""

    number: str
    head: str


@dataclass(frozen=True)
class SheetWords:
    """What stands around the figures on paper."""

    country: str
    motto: str
    attached: str
    attached_in_year: str
    preliminary: str
    as_of: str
    review: str
    hamlet: str
    total: str
    no_hamlet: str
    households: str
    people: str
    preparer: str
    chair: tuple[str, ...]
    place: str
    mark: str
    sample: str
    lead: tuple[Lead, ...]


@cache
def _raw() -> Mapping[str, Any]:
    return tomllib.loads(resource("reports", "forms.toml").read_text(encoding="utf-8"))


@cache
def forms() -> tuple[Form, ...]:
    """All forms in the order of their numbers."""
    return tuple(
        Form(
            number=raw["number"],
            slug=raw["slug"],
            short=raw["short"],
            title=raw["title"],
            sure=raw["sure"],
            columns=tuple(_column(column) for column in raw["column"]),
            note=raw.get("note", ""),
            title_preliminary=raw.get("title_preliminary", ""),
            annex=raw.get("annex", ""),
            rows=raw.get("rows", AREA_ROWS),
            balance=raw.get("balance", ""),
            list_class=raw.get("list", ""),
            area=raw.get("area", ""),
            extra=raw.get("extra", False),
        )
        for raw in _raw()["form"]
    )


def _column(raw: Mapping[str, str]) -> Column:
    heads = tuple(part.strip() for part in raw["head"].split(" | "))
    return Column(heads=heads, **{name: value for name, value in raw.items() if name != "head"})


@cache
def sheet_words() -> SheetWords:
    """The words of the sheets."""
    raw = dict(_raw()["paper"])
    raw["chair"] = tuple(raw["chair"])
    raw["lead"] = tuple(Lead(**lead) for lead in raw["lead"])
    return SheetWords(**raw)


def form(name: str) -> Form:
    """The form of a number ("2") or a slug ("dien-bien-ho-ngheo")."""
    wanted = name.strip().lower()
    for one in forms():
        if wanted in (one.number, one.slug):
            return one
    known = "; ".join(f"{one.number} {one.slug}" for one in forms())
    raise NotFoundError(_("There is no report “{name}”. Reports: {known}.").format(name=name, known=known))


def lead_columns(of: Form) -> tuple[Lead, ...]:
    """The columns before the figures; C only where a hamlet has two rows, none in a list of people."""
    if of.rows == MEMBER_ROWS:
        return ()
    first, second, third = sheet_words().lead
    second = replace(second, head=of.area or second.head)
    return (first, second, third) if of.rows == BOTH_ROWS else (first, second)


def expand(of: Form, choices: Mapping[str, Sequence[tuple[str, str]]]) -> tuple[Column, ...]:
    """The columns with one for each indicator or people: `choices` gives their codes and names."""
    columns: list[Column] = []
    last = 0
    for column in of.columns:
        if not column.each:
            columns.append(replace(column, number=column.number.format(n=last, last=last + 1)))
            continue
        plain = "." not in column.number
        for place, (code, name) in enumerate(choices.get(column.each, ()), 1):
            last = len(columns) + 1 if plain else place
            columns.append(
                replace(
                    column,
                    number=column.number.format(n=last),
                    heads=tuple(head.format(name=name) for head in column.heads),
                    count=column.count.format(code=code),
                )
            )
    return tuple(_finished(column, columns) for column in columns)


def _finished(column: Column, columns: Sequence[Column]) -> Column:
    match = _SUM.fullmatch(column.formula)
    if not match:
        shown = f"{column.number}={column.formula}" if column.formula else column.number
        return replace(column, shown=shown)
    parts = [one.number for one in columns if one.each == match[1]]
    formula = "+".join(parts) or "0"
    short = f"{parts[0]}+…+{parts[-1]}" if len(parts) > 3 else formula
    return replace(column, formula=formula, shown=f"{column.number}={short}")


def fill(
    columns: Sequence[Column], known: Mapping[str, Number | None], *, printed: frozenset[str] = frozenset()
) -> tuple[Number | None, ...]:
    """The values of a row: `known` holds what was counted or typed, the rest follows by formula.

    `printed` names counted columns whose printed formula the office prefers.
    """
    names = frozenset(column.number for column in columns)
    values: dict[str, Number | None] = {}
    by_number = {column.number: column for column in columns}

    def value_of(number: str) -> Number | None:
        if number not in values:
            values[number] = work_out(by_number[number])
        return values[number]

    def work_out(column: Column) -> Number | None:
        if column.share_of:
            whole, part = value_of(column.share_of), known.get(column.number)
            return part / whole * 100 if whole and part is not None else None
        if column.formula and (column.number in printed or not (column.count or column.total)):
            return evaluate(column.formula, names, value_of)
        return known.get(column.number)

    return tuple(value_of(column.number) for column in columns)


def by_formula(column: Column, columns: Sequence[Column], values: Sequence[Number | None]) -> Number | None:
    """What the printed formula of a counted column gives for a row."""
    by_number = {one.number: value for one, value in zip(columns, values, strict=True)}
    return evaluate(column.formula, frozenset(by_number), by_number.__getitem__)


def empty_because(column: Column, columns: Sequence[Column], values: Sequence[Value]) -> tuple[str, ...]:
    """The numbers of the empty columns that leave a percentage empty."""
    by_number = {one.number: value for one, value in zip(columns, values, strict=True)}
    needed = columns_in(column.formula, frozenset(by_number)) if column.formula else ()
    return tuple(number for number in needed if by_number[number] is None)


@dataclass(frozen=True)
class HeadCell:
    """One cell of a grouped head: where it begins and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def head_cells(heads: Sequence[tuple[str, ...]]) -> tuple[HeadCell, ...]:
    """The cells of the head of columns: equal groups side by side become one, short heads reach down to the bottom."""
    depth = max((len(one) for one in heads), default=1)
    cells = []
    for row in range(depth):
        column = 0
        while column < len(heads):
            own = heads[column]
            wide = 1
            if row >= len(own):
                column += 1
                continue
            if row < len(own) - 1:
                while column + wide < len(heads) and heads[column + wide][: row + 1] == own[: row + 1]:
                    wide += 1
            last = row == len(own) - 1
            cells.append(HeadCell(row, column, depth - row if last else 1, wide, own[row]))
            column += wide
    return tuple(cells)


def all_heads(leads: Sequence[Lead], columns: Sequence[Column]) -> tuple[tuple[str, ...], ...]:
    """The heads of a sheet from its first column on."""
    return (*((lead.head,) for lead in leads), *(column.heads for column in columns))
