"""Finding the column titles of a sheet: the row with most known titles, with what is stacked above and below it."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from casemgr.domain import legacy
from casemgr.domain.imports import FIELDS, ColumnUse, TableUse
from casemgr.domain.text import clean
from casemgr.exchange.columns import JOIN, SEVERAL, field_of, label_key
from casemgr.exchange.workbooks import Cell, Row, Sheet
from casemgr.exchange.xlsxstyles import FONTS, Merge

LOOKED_AT = 60
"""Rows in which titles are searched for."""

_STACK = 2
_NAMES = frozenset({"name", "head_name", "member_name"})
_SURE = frozenset(
    {
        *("number", "household_number", "name", "member_name", "birth", "identity", "old_identity"),
        *("relation", "members", "phone", "ethnic"),
    }
)
"""Fields whose titles no cell of data looks like."""
_SUBTITLES = frozenset(
    {"nam", "nu", "hn", "hcn", "b1", "b2", "ngay", "thang", "ho ngheo", "ho can ngheo", "ho", "ten", "so"}
)
_ENCODING_OF_MARK = {mark: name for name, mark in FONTS.items()}

Remembered = Mapping[str, tuple[ColumnUse, ...]]
"""Mappings people confirmed before, by fingerprint."""


def decode_cell(text: str, font: int, vote: str) -> str:
    """Text of a cell in Unicode: by its font, else the vote of its column; letters beyond Latin-1 prove Unicode."""
    if text.isascii() or font == FONTS["decoded"] or max(text) > "\xff":
        return text
    encoding = _ENCODING_OF_MARK.get(font, vote)
    if encoding == "vni":
        return legacy.decode_vni(text)
    if encoding in {"tcvn3", "tcvn3-upper"}:
        return legacy.decode_tcvn3(text, upper_font=encoding == "tcvn3-upper")
    return text


def title_text(cell: Cell) -> str:
    """A title in Unicode, trying the old encodings where the font says nothing and only they make sense of it."""
    if not isinstance(cell.value, str):
        return "" if cell.value is None else str(cell.value)
    text = decode_cell(cell.value, cell.font, "unicode")
    if text.isascii() or cell.font or max(text) > "\xff" or field_of(text):
        return clean(text)
    readings = (clean(decode_cell(text, 0, encoding)) for encoding in ("tcvn3", "vni"))
    return next((reading for reading in readings if field_of(reading)), clean(text))


class _Titles:
    """The texts of a few rows with merged areas filled."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows: dict[int, Row] = {row.number: row for row in sheet.rows if row.number < LOOKED_AT + 8}
        self.width = sheet.width
        self.merges = [merge for merge in sheet.merges if merge[0] < LOOKED_AT + 8]
        self._anchor = {
            (row, column): (merge[0], merge[1])
            for merge in self.merges
            for row in range(merge[0], min(merge[2], LOOKED_AT + 8) + 1)
            for column in range(merge[1], min(merge[3], self.width) + 1)
        }

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell whose content shows at this place."""
        return self._anchor.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        """The title that shows at this place."""
        row, column = self.anchor(row, column)
        return title_text(self.rows[row].cell(column)) if row in self.rows else ""

    def own(self, row: int) -> dict[int, str]:
        """The texts that stand in this very row, by column."""
        if row not in self.rows:
            return {}
        texts = ((column, title_text(self.rows[row].cell(column))) for column in range(len(self.rows[row].values)))
        return {column: text for column, text in texts if text}


def known_fields(texts: Mapping[int, str]) -> set[str]:
    """The fields named in a row of titles; long sentences are no titles."""
    return {field for text in texts.values() if len(text) < 90 and (field := field_of(text))}


def title_strength(texts: Mapping[int, str]) -> int:
    """How much a row looks like column titles; 0 when everything in it could be data, such as "Chủ hộ" or "Nam"."""
    fields = known_fields(texts)
    sure = len(fields & _SURE)
    return len(fields) + sure if sure and len(fields) >= 2 else 0


def _best_row(titles: _Titles) -> int | None:
    strengths = [title_strength(titles.own(row)) for row in range(LOOKED_AT)]
    most = max(strengths)  # a second table further down may have more titles: the first that can be one is meant
    return next((row for row, strength in enumerate(strengths) if strength and 2 * strength >= most), None)


def _crosses(merges: list[Merge], above: int, below: int) -> bool:
    return any(merge[0] <= above and merge[2] >= below for merge in merges)


def _top(titles: _Titles, row: int) -> int:
    top = row
    for above in range(row - 1, max(row - 1 - _STACK, -1), -1):
        texts = titles.own(above)
        groups = [m for m in titles.merges if m[0] == above and 1 <= m[3] - m[1] < max(2, titles.width * 0.6)]
        named = any(field_of(text) for text in texts.values())
        if _crosses(titles.merges, above, top) or (groups and named) or len(known_fields(texts)) >= 2:
            top = above
        else:
            break
    return top


def _bottom(titles: _Titles, row: int) -> int:
    bottom = row
    name_columns = [column for column, text in titles.own(row).items() if field_of(text) in _NAMES]
    for below in range(row + 1, row + 1 + _STACK):
        texts = titles.own(below)
        if _crosses(titles.merges, bottom, below) and not is_numbering(texts):
            bottom = below
            continue
        stacked = all(label_key(text) in _SUBTITLES or field_of(text) for text in texts.values())
        spanned = any(not titles.text(bottom, column) for column in texts)  # under a title that spans several columns
        if spanned and stacked and not is_numbering(texts) and not any(column in texts for column in name_columns):
            bottom = below
        else:
            break
    return bottom


_NUMERAL = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?(\s*=.*)?")


def is_numbering(texts: Mapping[int, str]) -> bool:
    """A row such as (1) (2) (3) or A B 1 2 under the titles."""
    return len(texts) >= 3 and all(_NUMERAL.fullmatch(text) for text in texts.values())


def _label(titles: _Titles, top: int, bottom: int, column: int) -> str:
    seen: list[tuple[int, int]] = []
    parts: list[str] = []
    for row in range(top, bottom + 1):
        anchor = titles.anchor(row, column)
        text = titles.text(row, column)
        if not text and row < bottom and column and titles.text(bottom, column):
            text = _left_neighbour(titles, row, bottom, column)
        if text and anchor not in seen and (not parts or parts[-1] != text):
            seen.append(anchor)
            parts.append(text)
    return JOIN.join(parts)


def _left_neighbour(titles: _Titles, row: int, bottom: int, column: int) -> str:
    """The title to the left that spans this column too where merges are not known (a text table)."""
    if titles.merges:
        return ""
    for left in range(column - 1, -1, -1):
        if not titles.text(bottom, left):
            return ""
        if text := titles.text(row, left):
            return text
    return ""


def _assign(labels: Mapping[int, str]) -> tuple[ColumnUse, ...]:
    uses: list[ColumnUse] = []
    for column, label in labels.items():
        field = field_of(label)
        taken = any(use.field == field for use in uses)
        uses.append(ColumnUse(column + 1, label, "" if taken and field not in SEVERAL else field))
    fields = {use.field for use in uses}
    promoted = {"old_identity": "identity"} if "identity" not in fields else {}
    if "name" in fields and "head_name" in fields and "member_name" not in fields:
        promoted["name"] = "member_name"
    return tuple(replace(use, field=promoted.get(use.field, use.field)) for use in uses)


def fingerprint(labels: Mapping[int, str]) -> str:
    """What a header is recognised by next time: its titles and their order."""
    text = "\n".join(f"{column}:{label_key(label)}" for column, label in labels.items())
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def find_table(sheet: Sheet, remembered: Remembered) -> TableUse | None:
    """The titles of a sheet and what its columns mean, as remembered for the same titles; none when there are none."""
    titles = _Titles(sheet)
    row = _best_row(titles)
    if row is None:
        return None
    top, bottom = _top(titles, row), _bottom(titles, row)
    labels = {column: _label(titles, top, bottom, column) for column in range(titles.width)}
    labels = {column: label for column, label in labels.items() if label}
    key = fingerprint(labels)
    columns = _assign(labels)
    if key in remembered:
        known = {use.column: use for use in remembered[key] if use.field == "" or use.field in FIELDS}
        columns = tuple(
            replace(use, field=known[use.column].field, encoding=known[use.column].encoding)
            if use.column in known
            else use
            for use in columns
        )
    if not any(use.field in _NAMES for use in columns):
        return None
    return TableUse(sheet.name.strip(), top + 1, bottom + 2, key, columns)


def title_lines(sheet: Sheet, header_row: int) -> Iterator[str]:
    """The texts above the titles."""
    for row in sheet.rows:
        if row.number + 1 >= header_row:
            return
        for column in range(len(row.values)):
            if text := title_text(row.cell(column)):
                yield text
