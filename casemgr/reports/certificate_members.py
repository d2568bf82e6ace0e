"""The member table of the certificate: rows that grow with what they hold, over as many pages as it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from casemgr.domain.certificates import CertificateWording, MemberLine
from casemgr.domain.people import Sex
from casemgr.reports.fitting import Fitted, fit
from casemgr.reports.fonts import Face
from casemgr.reports.layout import LEFT
from casemgr.reports.pen import POINT, Pen

COLUMNS = (10.0, 51.0, 20.0, 26.0, 14.0, 14.0, 30.0)
"""Order, name, ethnic group, relation, male, female, note; together the width of the text."""

ROW = 7.3
_SIZE = 12.0
_SMALLEST = 10.0
_LEADING = 1.15
_PAD = 1.2
_EDGES = tuple(LEFT + sum(COLUMNS[:index]) for index in range(len(COLUMNS) + 1))
_LEFT_ALIGNED = {1, 6}


@dataclass(frozen=True)
class Row:
    """One row ready to draw; `spanning` is the year of birth of somebody whose sex is not known."""

    cells: tuple[Fitted | None, ...]
    high: float
    spanning: Fitted | None = None


def _cell(text: str, column: int) -> Fitted | None:
    if not text:
        return None
    return fit(text, Face.REGULAR, _SIZE, COLUMNS[column] - 2 * _PAD, smallest=_SMALLEST, lines=2)


def member_row(order: int, member: MemberLine) -> Row:
    """The row of a member."""
    male = member.birth_year if member.sex == Sex.MALE else ""
    female = member.birth_year if member.sex == Sex.FEMALE else ""
    texts = (str(order), member.name, member.ethnic, member.relation, male, female, member.note)
    cells = tuple(_cell(text, column) for column, text in enumerate(texts))
    spanning = _cell(member.birth_year, 4) if member.sex is None else None
    tallest = max(len(cell.lines) * cell.size for cell in cells if cell)
    return Row(cells, max(ROW, tallest * _LEADING * POINT + 2), spanning)


def empty_row() -> Row:
    """A row for a later change, written by hand."""
    return Row((None,) * len(COLUMNS), ROW)


def head_height(*, short: bool) -> float:
    """Height of the head of the table; the repeated one leaves out the explanation in the last column."""
    return 10.5 if short else 20.0


def draw_grid(
    pen: Pen, wording: CertificateWording, top: float, shape: Sequence[tuple[float, bool]], *, short: bool
) -> None:
    """Draw the head and lines of the table; `shape` gives each row's height and whether its two years are one cell."""
    high = head_height(short=short)
    middle_y = top + high / 2
    bottom = top + high + sum(height for height, _spanning in shape)
    pen.frame(LEFT, top, sum(COLUMNS), bottom - top)
    for index in (1, 2, 3, 4, 6):
        pen.post(_EDGES[index], top, bottom)
    pen.rule(_EDGES[4], _EDGES[6], middle_y)
    pen.post(_EDGES[5], middle_y, top + high)
    y = top + high
    for height, spanning in shape:
        pen.rule(LEFT, _EDGES[-1], y)
        if not spanning:
            pen.post(_EDGES[5], y, y + height)
        y += height
    note = wording.column_note.split("(")[0].strip() if short else wording.column_note
    _heading(pen, wording.column_order, 0, 1, top, high)
    _heading(pen, wording.column_name, 1, 2, top, high)
    _heading(pen, wording.column_ethnic, 2, 3, top, high)
    _heading(pen, wording.column_relation, 3, 4, top, high)
    _heading(pen, wording.column_birth, 4, 6, top, high / 2)
    _heading(pen, wording.column_male, 4, 5, middle_y, high / 2)
    _heading(pen, wording.column_female, 5, 6, middle_y, high / 2)
    _heading(pen, note, 6, 7, top, high)


def _heading(pen: Pen, text: str, first: int, end: int, top: float, high: float) -> None:
    if not text:
        return
    left, right = _EDGES[first], _EDGES[end]
    fitted = fit(text, Face.BOLD, 11.5, right - left - 1.5, smallest=9.5, lines=4)
    _middle(pen, fitted, Face.BOLD, (left + right) / 2, top, high, centred=True)


def draw_rows(pen: Pen, rows: Sequence[Row], top: float) -> None:
    """Write the rows into the grid; `top` is the upper edge of the first."""
    for row in rows:
        for column, cell in enumerate(row.cells):
            if cell:
                centred = column not in _LEFT_ALIGNED
                x = (_EDGES[column] + _EDGES[column + 1]) / 2 if centred else _EDGES[column] + _PAD
                _middle(pen, cell, Face.REGULAR, x, top, row.high, centred=centred)
        if row.spanning:
            _middle(pen, row.spanning, Face.REGULAR, _EDGES[5], top, row.high, centred=True)
        top += row.high


def _middle(pen: Pen, text: Fitted, face: Face, x: float, top: float, high: float, *, centred: bool) -> None:
    """Write lines so that they stand in the middle of a cell."""
    step = text.size * _LEADING * POINT
    first = top + high / 2 - (len(text.lines) - 1) * step / 2 + text.size * 0.33 * POINT
    pen.lines(x, first, text, face, leading=_LEADING, centred=centred)
