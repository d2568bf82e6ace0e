"""Tables inside official papers as strips: rows that grow with what they hold, the head repeated on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from casemgr.reports.fitting import STEP, Fitted, fit, wrap
from casemgr.reports.fonts import Face, nfc, width
from casemgr.reports.pen import POINT, Pen
from casemgr.reports.strips import Frame, Strip

_LEADING = 1.15
_PAD = 1.2
_HEAD_LINES = 4


@dataclass(frozen=True)
class Col:
    """A column: heading, share of the width, and whether its cells are centred."""

    heading: str
    share: float
    centred: bool = False


@dataclass(frozen=True)
class Row:
    """Cells of a row, in bold for a total."""

    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True)
class _Grid:
    columns: tuple[Col, ...]
    edges: tuple[float, ...]
    size: float

    def widths(self) -> list[float]:
        return [right - left for left, right in zip(self.edges, self.edges[1:], strict=False)]


def table(
    frame: Frame,
    columns: Sequence[Col],
    rows: Sequence[Row],
    *,
    size: float = 12,
    smallest: float = 9.5,
    row: float = 6.6,
    gap: float = 1.5,
    keep: bool = False,
) -> list[Strip]:
    """The head and the rows of a table as wide as the text; `keep` holds the last row to what follows."""
    whole = sum(column.share for column in columns)
    edges = [frame.left]
    for column in columns:
        edges.append(edges[-1] + frame.room * column.share / whole)
    grid = _Grid(tuple(columns), tuple(edges), size)
    head = _head(grid, smallest, gap)
    strips = [head, *(_row(grid, line, smallest, row, head) for line in rows)]
    return [*strips[:-1], replace(strips[-1], keep=keep or not rows)]


def _head(grid: _Grid, smallest: float, gap: float) -> Strip:
    cells = [
        _heading(column.heading, grid.size, wide - 1.6, smallest - 0.5)
        for column, wide in zip(grid.columns, grid.widths(), strict=True)
    ]
    high = max(9.0, max(len(cell.lines) * cell.size for cell in cells) * _LEADING * POINT + 2.6)
    return Strip(high, partial(_draw, grid, cells, Face.BOLD, high, heading=True), gap, keep=True)


def _heading(text: str, size: float, room: float, smallest: float) -> Fitted:
    """A heading wraps before it shrinks, and shrinks before a word is cut."""
    step = size
    while step > smallest:
        lines = wrap(text, Face.BOLD, step, room)
        if len(lines) <= _HEAD_LINES and all(width(word, Face.BOLD, step) <= room for word in nfc(text).split()):
            return Fitted(step, lines)
        step -= STEP
    return Fitted(smallest, wrap(text, Face.BOLD, smallest, room))


def _row(grid: _Grid, row: Row, smallest: float, least: float, head: Strip) -> Strip:
    cells = [
        fit(text, Face.BOLD if row.bold else Face.REGULAR, grid.size, wide - 2 * _PAD, smallest=smallest, lines=2)
        for text, wide in zip(row.cells, grid.widths(), strict=True)
    ]
    high = max(least, max(len(cell.lines) * cell.size for cell in cells) * _LEADING * POINT + 2)
    face = Face.BOLD if row.bold else Face.REGULAR
    return Strip(high, partial(_draw, grid, cells, face, high, heading=False), again=head)


def _draw(
    grid: _Grid, cells: Sequence[Fitted], face: Face, high: float, pen: Pen, top: float, *, heading: bool
) -> None:
    widths = grid.widths()
    pen.frames((x, top, wide, high) for x, wide in zip(grid.edges, widths, strict=False))
    for index, cell in enumerate(cells):
        centred = heading or grid.columns[index].centred
        x = grid.edges[index] + (widths[index] / 2 if centred else _PAD)
        _middle(pen, cell, face, x, top, high, centred=centred)


def _middle(pen: Pen, text: Fitted, face: Face, x: float, top: float, high: float, *, centred: bool) -> None:
    """Write lines so that they stand in the middle of a cell."""
    step = text.size * _LEADING * POINT
    first = top + high / 2 - (len(text.lines) - 1) * step / 2 + text.size * 0.33 * POINT
    pen.lines(x, first, text, face, leading=_LEADING, centred=centred)
