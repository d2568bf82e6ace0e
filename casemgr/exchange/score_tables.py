"""Reads a B1 point table from a spreadsheet: one line per item, one column of points per zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from casemgr.domain.imports import column_letters
from casemgr.domain.packs import RECALLED, Pack, ScoreItem, ScoreTable
from casemgr.domain.text import clean, fold
from casemgr.errors import Problem, ValidationError
from casemgr.exchange.cells import plain
from casemgr.exchange.workbooks import Row, Sheet, Workbook, read_workbook
from casemgr.i18n import _
from casemgr.jobs import Progress, silent

COLUMNS: Final = MappingProxyType({"nhom": "group", "muc": "item", "noi dung": "label", "kieu": "kind"})
"""Titles of the columns that are not points, without accents."""

KINDS: Final = MappingProxyType(
    {
        "choice": "choice",
        "chon mot": "choice",
        "flag": "flag",
        "co/khong": "flag",
        "count_band": "count_band",
        "so luong": "count_band",
    }
)
"""Kinds as the table may write them, without accents."""

_CODE: Final = re.compile(r"[\w-]{1,20}")
_SEARCHED: Final = 30
"""Rows in which the titles are looked for."""


@dataclass(frozen=True)
class _Head:
    row: int
    places: dict[str, int]
    """Column of each field, from 0."""
    zones: dict[str, int]


def read_score_table(path: Path, pack: Pack, progress: Progress = silent) -> ScoreTable:
    """The table in a file (.xlsx, .xls, .csv) for the zones of `pack`; every fault is refused with its place."""
    return table_of(read_workbook(path, progress), pack)


def table_of(book: Workbook, pack: Pack) -> ScoreTable:
    """The table in the first sheet that has its titles."""
    if pack.score is None or pack.score_table is None:
        message = _("{pack} has no cut-offs in points, so it can have no point table.").format(pack=pack.id)
        raise ValidationError([Problem("pack", message)])
    for sheet in book.sheets:
        head = _head(sheet, pack.score_table)
        if head is not None:
            return _table(sheet, head, pack, pack.score_table, book.label)
    message = _(
        "No point table was found in {file}: its titles are nhóm, mục, nội dung, kiểu and one column for each zone "
        "({zones})."
    ).format(file=book.label, zones=", ".join(pack.score_table.zones))
    raise ValidationError([Problem("file", message)])


def _head(sheet: Sheet, schema: ScoreTable) -> _Head | None:
    zones = {fold(code): code for code in schema.zones} | {fold(name): code for code, name in schema.zones.items()}
    for row in sheet.rows[:_SEARCHED]:
        places: dict[str, int] = {}
        found: dict[str, int] = {}
        for column in range(len(row.values)):
            title = fold(_text(row, column))
            if title in COLUMNS:
                places.setdefault(COLUMNS[title], column)
            elif title in zones:
                found.setdefault(zones[title], column)
        if len(places) == len(COLUMNS):
            return _Head(row.number, places, found)
    return None


def _table(sheet: Sheet, head: _Head, pack: Pack, schema: ScoreTable, label: str) -> ScoreTable:
    problems = list(_missing_zones(sheet, head, schema))
    items: list[ScoreItem] = []
    seen: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for row in sheet.rows:
        if row.number <= head.row or not any(_text(row, column) for column in range(len(row.values))):
            continue
        item, found = _item(sheet, row, head, pack.limits["b1_item"])
        problems += found
        if not item.group or not item.item:
            continue
        if item.code in seen:
            problems.append(
                _problem(
                    sheet,
                    row,
                    head.places["item"],
                    _("item {code} already stands in row {row}.").format(code=item.code, row=seen[item.code]),
                )
            )
        seen.setdefault(item.code, row.number + 1)
        if item.kind and kinds.setdefault(item.group, item.kind) != item.kind:
            problems.append(
                _problem(
                    sheet,
                    row,
                    head.places["kind"],
                    _("all lines of group {group} are of one kind.").format(group=item.group),
                )
            )
        items.append(item)
    if not items and not problems:
        problems.append(
            Problem("file", _("Sheet {sheet}: there is no line below the titles.").format(sheet=sheet.name))
        )
    if problems:
        raise ValidationError(problems)
    return ScoreTable(schema.title, label, schema.zones, tuple(items), RECALLED, "")


def _missing_zones(sheet: Sheet, head: _Head, schema: ScoreTable) -> Iterator[Problem]:
    for code, name in schema.zones.items():
        if code not in head.zones:
            message = _("Sheet {sheet}, row {row}: there is no column of points for the zone {code} ({name}).").format(
                sheet=sheet.name, row=head.row + 1, code=code, name=name
            )
            yield Problem(code, message)


def _item(sheet: Sheet, row: Row, head: _Head, most: int) -> tuple[ScoreItem, list[Problem]]:
    problems = []
    texts = {field: _text(row, column) for field, column in head.places.items()}
    for field in ("group", "item"):
        if not _CODE.fullmatch(texts[field]):
            problems.append(_problem(sheet, row, head.places[field], _("a number or short code is missing.")))
            texts[field] = ""
    if not texts["label"]:
        problems.append(_problem(sheet, row, head.places["label"], _("the text of the line is missing.")))
    kind = KINDS.get(fold(texts["kind"]), "")
    if not kind:
        message = _("“{text}” is no kind: write chọn một, có/không or số lượng.").format(text=texts["kind"])
        problems.append(_problem(sheet, row, head.places["kind"], message))
    points = {}
    for zone, column in head.zones.items():
        value = row.cell(column).value
        if isinstance(value, str) and re.fullmatch(r"\s*-?\d+\s*", value):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            problems.append(_problem(sheet, row, column, _("whole points are missing.")))
        elif not 0 <= value <= most:
            message = _("{value} points cannot be right (0 to {most}).").format(value=value, most=most)
            problems.append(_problem(sheet, row, column, message))
        else:
            points[zone] = value
    return ScoreItem(texts["group"], texts["item"], texts["label"], kind, MappingProxyType(points)), problems


def _text(row: Row, column: int) -> str:
    return clean(plain(row.cell(column).value))


def _problem(sheet: Sheet, row: Row, column: int, message: str) -> Problem:
    letters, number = column_letters(column + 1), row.number + 1
    place = _("Sheet {sheet}, row {row}, column {column}: {message}").format(
        sheet=sheet.name, row=number, column=letters, message=message
    )
    return Problem(f"{sheet.name}!{letters}{number}", place)
