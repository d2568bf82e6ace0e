"""Targets and the lists behind them on paper: landscape A4, head on every page, signature at the end."""

from collections.abc import Sequence
from typing import Final

from casemgr.i18n import using
from casemgr.reports.fitting import Fitted, fit
from casemgr.reports.fonts import Face
from casemgr.reports.layout import A4_LANDSCAPE, Head, Paper, draw_head, draw_mark, draw_page_number, draw_signature
from casemgr.reports.pen import POINT
from casemgr.services.target_sheets import PAPER_LANGUAGE, TargetSheet

_LEFT, _RIGHT, _TOP, _BOTTOM = 20.0, 12.0, 18.0, 16.0
_SIZE, _SMALLEST = 11.0, 8.0
_LEADING, _PAD, _ROW = 1.15, 1.2, 6.4
_LINES: Final = 4
_CLOSING: Final = 46.0
"""Height of place, titles and name; they never stand alone on a page."""


def render_targets(sheet: TargetSheet) -> bytes:
    """The sheet as a PDF, in Vietnamese whatever language the window speaks."""
    with using(PAPER_LANGUAGE):
        return _Drawing(sheet).render()


class _Drawing:
    """One sheet being drawn."""

    def __init__(self, sheet: TargetSheet) -> None:
        self._sheet = sheet
        self._paper = Paper(title=sheet.title, author=" ".join(sheet.agency_lines), size=A4_LANDSCAPE)
        self._pen = self._paper.pen
        self._page = 1
        self._room = self._paper.wide - _LEFT - _RIGHT
        whole = sum(column.share for column in sheet.columns)
        self._widths = [self._room * column.share / whole for column in sheet.columns]
        self._edges = [_LEFT + sum(self._widths[:index]) for index in range(len(self._widths))]

    def render(self) -> bytes:
        """Draw everything."""
        y = self._head(self._top())
        for index, row in enumerate(self._sheet.rows):
            cells = self._fit(row, Face.REGULAR)
            high = self._height(cells)
            last = index == len(self._sheet.rows) - 1
            if y + high + (_CLOSING if last else 0) > self._paper.high - _BOTTOM:
                self._next_page()
                y = self._head(_TOP)
            self._row(cells, Face.REGULAR, y, high)
            y += high
        if y + _CLOSING > self._paper.high - _BOTTOM:
            self._next_page()
            y = _TOP
        self._close(y + 6)
        self._end_page()
        return self._paper.finish()

    def _top(self) -> float:
        draw_mark(self._pen, self._sheet.sample, (self._paper.wide, self._paper.high))
        head = Head("", self._sheet.agency_lines, "")
        y = draw_head(self._pen, head, left=_LEFT, room=self._room, top=_TOP - 6) + 3
        middle = _LEFT + self._room / 2
        title = fit(self._sheet.title, Face.BOLD, 14, self._room - 10, smallest=12, lines=2)
        y = self._pen.lines(middle, y, title, Face.BOLD, centred=True) + 6
        for line in self._sheet.lines:
            fitted = fit(line, Face.ITALIC, 12, self._room, smallest=9, lines=3)
            y = self._pen.lines(middle, y, fitted, Face.ITALIC, centred=True) + 5.4
        return y

    def _head(self, y: float) -> float:
        cells = self._fit([column.heading for column in self._sheet.columns], Face.BOLD)
        high = self._height(cells)
        self._row(cells, Face.BOLD, y, high)
        return y + high

    def _fit(self, texts: Sequence[str], face: Face) -> list[Fitted]:
        return [
            fit(text, face, _SIZE, wide - 2 * _PAD, smallest=_SMALLEST, lines=_LINES)
            for text, wide in zip(texts, self._widths, strict=True)
        ]

    def _height(self, cells: Sequence[Fitted]) -> float:
        return max(_ROW, max(len(cell.lines) * cell.size for cell in cells) * _LEADING * POINT + 2)

    def _row(self, cells: Sequence[Fitted], face: Face, top: float, high: float) -> None:
        self._pen.frames((x, top, wide, high) for x, wide in zip(self._edges, self._widths, strict=True))
        for index, cell in enumerate(cells):
            step = cell.size * _LEADING * POINT
            first = top + high / 2 - (len(cell.lines) - 1) * step / 2 + cell.size * 0.33 * POINT
            centred = face is Face.BOLD or self._sheet.columns[index].centred
            x = self._edges[index] + (self._widths[index] / 2 if centred else _PAD)
            self._pen.lines(x, first, cell, face, leading=_LEADING, centred=centred)

    def _close(self, y: float) -> None:
        room = self._room / 2
        middle = _LEFT + self._room - room / 2
        place = fit(self._sheet.place_line, Face.ITALIC, 13, room, smallest=11)
        y = self._pen.lines(middle, y, place, Face.ITALIC, centred=True) + 6
        titles, name = self._sheet.titles, self._sheet.signatory
        draw_signature(self._pen, middle, y, room, titles=titles, name=name, space=18)

    def _next_page(self) -> None:
        self._end_page()
        self._page += 1
        draw_mark(self._pen, self._sheet.sample, (self._paper.wide, self._paper.high))
        draw_page_number(self._pen, self._page, self._paper.wide)

    def _end_page(self) -> None:
        fitted = fit(self._sheet.made_by, Face.ITALIC, 9, self._room, smallest=7)
        self._pen.lines(_LEFT, self._paper.high - 9, fitted, Face.ITALIC)
        self._paper.end_page()
