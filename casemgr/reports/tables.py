"""Long lists on paper: a table with a repeated head over as many pages as it takes, each marked with its owner."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from casemgr.i18n import _, format_moment
from casemgr.reports.fitting import Fitted, fit
from casemgr.reports.fonts import Face
from casemgr.reports.layout import Paper, draw_mark, draw_page_number
from casemgr.reports.pen import POINT, Pen

R = TypeVar("R")

_SIZE = 11.0
_SMALLEST = 9.0
_LEADING = 1.15
_PAD = 1.2
_ROW = 7.0
_EDGE = 15.0
"""Left, right and lower margin of a list; the right edge stays clear for the seal across the sheets."""

_TOP = 20.0
_FOOT = 12.0


@dataclass(frozen=True)
class OwnersMark:
    """Who printed personal data, when and what for; it stands on every page."""

    who: str
    at: datetime
    purpose: str


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: heading, share of the width, what it shows, and whether it is centred."""

    heading: str
    share: float
    value: Callable[[R], str]
    centred: bool = False


class ListTable(Generic[R]):
    """A table being drawn on a paper; the pale word `across` lies behind every page, if there is one."""

    def __init__(self, paper: Paper, columns: Sequence[Column[R]], mark: OwnersMark, *, across: str) -> None:
        self._paper, self._columns, self._mark = paper, columns, mark
        self._pen: Pen = paper.pen
        self._across = across
        draw_mark(self._pen, across, (paper.wide, paper.high))
        room = paper.wide - 2 * _EDGE
        whole = sum(column.share for column in columns)
        self._widths = [room * column.share / whole for column in columns]
        self._edges = [_EDGE + sum(self._widths[:index]) for index in range(len(columns) + 1)]
        self._page = 1

    @property
    def left(self) -> float:
        """Left edge of the table."""
        return self._edges[0]

    @property
    def right(self) -> float:
        """Right edge of the table."""
        return self._edges[-1]

    def draw(self, rows: Sequence[R], y: float) -> float:
        """Draw all rows from `y` on; gives the lower edge of the last one."""
        y = self._head(y)
        for row in rows:
            cells = [self._cell(index, row) for index in range(len(self._columns))]
            high = max(_ROW, max(len(cell.lines) * cell.size for cell in cells) * _LEADING * POINT + 2)
            if y + high > self._paper.high - _EDGE - _FOOT:
                self.new_page()
                y = self._head(_TOP)
            self._row(cells, Face.REGULAR, y, high)
            y += high
        return y

    def room_below(self, y: float) -> float:
        """Free height under `y` on this page."""
        return self._paper.high - _EDGE - _FOOT - y

    def new_page(self) -> None:
        """Close the page and start the next one."""
        self.close_page()
        self._page += 1
        draw_mark(self._pen, self._across, (self._paper.wide, self._paper.high))
        draw_page_number(self._pen, self._page, self._paper.wide)

    def close_page(self) -> None:
        """Put the owner's mark on the page and end it."""
        line = _("Printed by {who} at {moment}. Purpose: {purpose}").format(
            who=self._mark.who, moment=format_moment(self._mark.at), purpose=self._mark.purpose
        )
        fitted = fit(line, Face.ITALIC, 9, self.right - self.left, smallest=7, lines=2)
        self._pen.lines(self.left, self._paper.high - _EDGE, fitted, Face.ITALIC)
        self._paper.end_page()

    def _cell(self, index: int, row: R) -> Fitted:
        text = self._columns[index].value(row)
        return fit(text, Face.REGULAR, _SIZE, self._widths[index] - 2 * _PAD, smallest=_SMALLEST, lines=2)

    def _head(self, y: float) -> float:
        cells = [
            fit(column.heading, Face.BOLD, _SIZE, wide - 2, smallest=_SMALLEST, lines=3)
            for column, wide in zip(self._columns, self._widths, strict=True)
        ]
        high = max(9.0, max(len(cell.lines) * cell.size for cell in cells) * _LEADING * POINT + 3)
        self._row(cells, Face.BOLD, y, high)
        return y + high

    def _row(self, cells: Sequence[Fitted], face: Face, top: float, high: float) -> None:
        sides = zip(self._edges, self._widths, strict=False)
        self._pen.frames((x, top, wide, high) for x, wide in sides)
        for index, cell in enumerate(cells):
            step = cell.size * _LEADING * POINT
            first = top + high / 2 - (len(cell.lines) - 1) * step / 2 + cell.size * 0.33 * POINT
            centred = face is Face.BOLD or self._columns[index].centred
            x = self._edges[index] + (self._widths[index] / 2 if centred else _PAD)
            self._pen.lines(x, first, cell, face, leading=_LEADING, centred=centred)
