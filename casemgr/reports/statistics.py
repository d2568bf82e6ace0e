"""A report on paper: landscape A4 or A3, grouped head and column numbers on every page, signatures at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from casemgr.domain.statistics import MEMBER_ROWS, HeadCell, Value, head_cells, sheet_words
from casemgr.i18n import format_number, using
from casemgr.reports.fitting import STEP, Fitted, fit, wrap
from casemgr.reports.fonts import Face, nfc, width
from casemgr.reports.layout import A4_LANDSCAPE, Head, Paper, draw_head, draw_mark, draw_page_number, draw_signature
from casemgr.reports.pen import POINT
from casemgr.services.statistic_sheets import Sheet

A3_LANDSCAPE: Final = (420.0, 297.0)
PAPER_LANGUAGE: Final = "vi"

_LEFT, _RIGHT, _TOP, _BOTTOM = 20.0, 12.0, 18.0, 15.0
_SIZE, _SMALLEST, _HEAD_SMALLEST = 11.0, 7.5, 6.5
_LEADING, _PAD, _ROW = 1.15, 1.0, 6.4
_NUMBERS_HIGH: Final = 5.6
_NUMBER_SIZE: Final = 10.0
_CLOSING: Final = 48.0
"""Height of the signatures; they never stand alone on a page without a row of the table."""
_CENTRED: Final = 1.6


@dataclass(frozen=True)
class _Cell:
    """A fitted text at its place in a head or a row."""

    x: float
    y: float
    wide: float
    high: float
    text: Fitted
    face: Face
    align: str


def render_statistics(sheet: Sheet) -> bytes:
    """The report as a PDF, in Vietnamese whatever language the window speaks."""
    with using(PAPER_LANGUAGE):
        return _Drawing(sheet).render()


class _Drawing:
    """One report being drawn."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._found = sheet, sheet.figures
        self._paper = Paper(
            title=self._found.title,
            author=" ".join(sheet.agency_lines),
            size=A3_LANDSCAPE if sheet.wide else A4_LANDSCAPE,
        )
        self._pen = self._paper.pen
        self._page = 1
        room = self._paper.wide - _LEFT - _RIGHT
        shares = sheet.shares
        self._widths = [room * share / sum(shares) for share in shares]
        self._edges = [_LEFT + sum(self._widths[:index]) for index in range(len(shares) + 1)]
        self._heads = head_cells(sheet.heads)
        self._head_rows = self._heights()
        formulas = [_formula(text, wide - _CENTRED) for text, wide in zip(sheet.numbers, self._widths, strict=True)]
        self._numbers_high = max(_NUMBERS_HIGH, max(map(_text_height, formulas)) + 1.4)

    def render(self) -> bytes:
        """Draw everything."""
        y = self._table_head(self._top())
        rows = self._found.all_rows
        index = 0
        while index < len(rows):
            joined = max(1, self._sheet.joins(index))
            block = [self._fitted(place) for place in range(index, index + joined)]
            heights = [self._height(cells) for cells in block]
            closing = _CLOSING if index + joined >= len(rows) else 0.0
            if y + sum(heights) + closing > self._bottom and y > self._first_row:
                self._new_page()
                y = self._table_head(_TOP)
            self._block(index, block, heights, y)
            y += sum(heights)
            index += joined
        if y + _CLOSING > self._bottom:
            self._new_page()
            y = _TOP
        self._close(y + 6)
        self._end_page()
        return self._paper.finish()

    # ---- the page

    @property
    def _bottom(self) -> float:
        return self._paper.high - _BOTTOM

    def _top(self) -> float:
        sheet, found, pen = self._sheet, self._found, self._pen
        self._background()
        room = self._paper.wide - _LEFT - _RIGHT
        y = draw_head(pen, Head("", sheet.agency_lines, ""), left=_LEFT, room=room, top=_TOP - 6) + 3
        title = fit(found.title, Face.BOLD, 14, room - 10, smallest=12, lines=2)
        y = pen.lines(self._paper.wide / 2, y, title, Face.BOLD, centred=True) + 6
        for line in found.lines:
            fitted = fit(line, Face.ITALIC, 12, room, smallest=9)
            y = pen.lines(self._paper.wide / 2, y, fitted, Face.ITALIC, centred=True) + 5.4
        return y

    def _background(self) -> None:
        if self._sheet.sample:
            draw_mark(self._pen, sheet_words().sample, (self._paper.wide, self._paper.high))

    def _new_page(self) -> None:
        self._end_page()
        self._page += 1
        self._background()
        draw_page_number(self._pen, self._page, self._paper.wide)

    def _end_page(self) -> None:
        if self._sheet.names_people and self._sheet.made_by:
            room = self._paper.wide - _LEFT - _RIGHT
            fitted = fit(self._sheet.made_by, Face.ITALIC, 9, room, smallest=7)
            self._pen.lines(_LEFT, self._paper.high - 9, fitted, Face.ITALIC)
        self._paper.end_page()

    # ---- the head of the table

    def _heights(self) -> list[float]:
        """Height of each row of the head: what its tallest cell needs."""
        depth = max(cell.row + cell.rows for cell in self._heads)
        heights = [7.0] * depth
        for cell in sorted(self._heads, key=lambda one: one.rows):
            need = _text_height(self._head_text(cell)) + 2.4
            span = heights[cell.row : cell.row + cell.rows]
            if need > sum(span):
                heights[cell.row + cell.rows - 1] += need - sum(span)
        return heights

    def _head_text(self, cell: HeadCell) -> Fitted:
        wide = sum(self._widths[cell.column : cell.column + cell.columns])
        return _wrapped(cell.text, Face.BOLD, wide - _CENTRED, smallest=_HEAD_SMALLEST)

    def _table_head(self, top: float) -> float:
        for cell in self._heads:
            y = top + sum(self._head_rows[: cell.row])
            high = sum(self._head_rows[cell.row : cell.row + cell.rows])
            wide = sum(self._widths[cell.column : cell.column + cell.columns])
            self._draw(_Cell(self._edges[cell.column], y, wide, high, self._head_text(cell), Face.BOLD, "middle"))
        y = top + sum(self._head_rows)
        for column, text in enumerate(self._sheet.numbers):
            wide = self._widths[column]
            fitted = _formula(text, wide - _CENTRED)
            self._draw(_Cell(self._edges[column], y, wide, self._numbers_high, fitted, Face.ITALIC, "middle"))
        self._first_row = y + self._numbers_high
        return self._first_row

    # ---- rows

    def _fitted(self, index: int) -> list[tuple[Fitted, Face, str]]:
        row = self._found.all_rows[index]
        face = Face.BOLD if row.total else Face.REGULAR
        return [
            (
                fit(
                    self._words(column, value),
                    face,
                    _SIZE,
                    self._widths[column] - 2 * _PAD,
                    smallest=_SMALLEST,
                    lines=2,
                ),
                face,
                self._align(column),
            )
            for column, value in enumerate(self._sheet.cells(row))
        ]

    def _cell(self, column: int, value: Value, face: Face) -> Fitted:
        room = self._widths[column] - 2 * _PAD
        return _wrapped(self._words(column, value), face, room, smallest=_SMALLEST)

    def _height(self, cells: Sequence[tuple[Fitted, Face, str]]) -> float:
        return max(_ROW, max(_text_height(text) for text, _face, _align in cells) + 2)

    def _block(
        self, index: int, block: Sequence[Sequence[tuple[Fitted, Face, str]]], heights: Sequence[float], top: float
    ) -> None:
        """A hamlet's rows; its number and name stand once, beside both."""
        leads = min(2, len(self._found.leads))
        y = top
        for place, cells in enumerate(block):
            for column, (text, face, align) in enumerate(cells):
                if column < leads and len(block) > 1:
                    if place == 0:
                        self._draw(_Cell(self._edges[column], y, self._widths[column], sum(heights), text, face, align))
                    continue
                self._draw(_Cell(self._edges[column], y, self._widths[column], heights[place], text, face, align))
            y += heights[place]

    def _words(self, column: int, value: Value) -> str:
        if isinstance(value, (int, float)):
            place = column - len(self._found.leads)
            percent = place >= 0 and self._found.columns[place].percent
            return format_number(value, decimals=2 if percent else 0)
        return value or ""

    def _align(self, column: int) -> str:
        place = column - len(self._found.leads)
        if place < 0:
            return "left" if self._found.leads[column].number == "B" else "middle"
        if self._found.form.rows == MEMBER_ROWS:
            return "left" if self._found.columns[place].field in ("name", "relation") else "middle"
        return "right"

    def _draw(self, cell: _Cell) -> None:
        self._pen.frame(cell.x, cell.y, cell.wide, cell.high)
        step = cell.text.size * _LEADING * POINT
        first = cell.y + cell.high / 2 - (len(cell.text.lines) - 1) * step / 2 + cell.text.size * 0.33 * POINT
        for number, line in enumerate(cell.text.lines):
            y = first + number * step
            if cell.align == "right":
                self._pen.right(cell.x + cell.wide - _PAD, y, line, cell.face, cell.text.size)
            elif cell.align == "middle":
                self._pen.centred(cell.x + cell.wide / 2, y, line, cell.face, cell.text.size)
            else:
                self._pen.text(cell.x + _PAD, y, line, cell.face, cell.text.size)

    def _close(self, y: float) -> None:
        room = (self._paper.wide - _LEFT - _RIGHT) / 2
        left, right = _LEFT + room / 2, _LEFT + room + room / 2
        fitted = fit(self._sheet.place_line, Face.ITALIC, 13, room, smallest=11)
        self._pen.lines(right, y, fitted, Face.ITALIC, centred=True)
        for middle, titles, name in (
            (left, (self._sheet.preparer,), ""),
            (right, self._sheet.chair, self._sheet.chair_name),
        ):
            draw_signature(self._pen, middle, y + 6, room, titles=titles, name=name, space=18, size=13)


def _text_height(text: Fitted) -> float:
    return len(text.lines) * text.size * _LEADING * POINT


def _wrapped(text: str, face: Face, room: float, *, smallest: float) -> Fitted:
    """The text wrapped between words at the largest size at which no word must be cut."""
    size = _SIZE
    while size > smallest and any(width(word, face, size) > room for word in nfc(text).split()):
        size -= STEP
    return Fitted(size, wrap(text, face, size, room))


def _formula(text: str, room: float) -> Fitted:
    """A column number with its formula, broken before a sign where it is too long for one line."""
    lines, size = [text], _NUMBER_SIZE
    while any(width(line, Face.ITALIC, size) > room for line in lines):
        signs = [place for place, letter in enumerate(text) if letter in "+-*/…" and place > 1]
        wanted = len(lines) + 1
        if wanted > 3 or len(signs) < wanted - 1:
            return Fitted(size * room / max(width(line, Face.ITALIC, size) for line in lines), tuple(lines))
        cuts = [_nearest(signs, len(text) * part / wanted) for part in range(1, wanted)]
        lines = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
    return Fitted(size, tuple(lines))


def _nearest(places: Sequence[int], wanted: float) -> int:
    return min(places, key=lambda place: abs(place - wanted))
