"""A report as an Excel file laid out as the official sheet: office, grouped columns, their numbers, the figures."""

import io
from pathlib import Path
from textwrap import wrap
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from casemgr.domain.statistics import MEMBER_ROWS, Value, head_cells, sheet_words
from casemgr.exchange.tables import WORKBOOK_OPTIONS, sheet_name, write_text
from casemgr.files import atomic_write
from casemgr.services.statistic_rows import FigureRow
from casemgr.services.statistic_sheets import Sheet

A4, A3 = 9, 8
"""Excel's numbers of the paper sizes."""
TITLE_ROW: Final = 3
HEAD_ROW: Final = 5
"""Rows of title and head, from 0; with two rows of head the figures begin in row 9, as on the official sheet."""

_FONT: Final = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_CELL: Final = _FONT | {"border": 1, "font_size": 11}
_ROOM: Final = {A4: 138.0, A3: 205.0}
"""Letters of the usual size side by side in landscape: the columns fill the paper without being made smaller."""
_LINE: Final = 16
"""Height of a line in points."""


class _Styles:
    """The formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        def style(**more: object) -> Format:
            return book.add_format(_FONT | more)

        def cell(**more: object) -> Format:
            return book.add_format(_CELL | more)

        middle = {"align": "center", "text_wrap": True}
        self.agency = style(bold=True, **middle)
        self.motto = style(bold=True, underline=1, **middle)
        self.title = style(bold=True, font_size=14, **middle)
        self.lines = style(italic=True, **middle)
        self.place = style(italic=True, align="center")
        self.signature = style(bold=True, **middle)
        self.head = cell(bold=True, **middle)
        self.number = cell(italic=True, font_size=10, align="center", shrink=True)
        self._cells = {
            (kind, bold): cell(bold=bold, **shape)
            for kind, shape in (
                ("text", {"text_wrap": True, "num_format": "@"}),
                ("middle", {"align": "center", "num_format": "@"}),
                ("count", {"num_format": "#,##0", "align": "right"}),
                ("percent", {"num_format": "0.00", "align": "right"}),
            )
            for bold in (False, True)
        }

    def of(self, kind: str, *, bold: bool) -> Format:
        """The format of a figure or a text, bold in totals."""
        return self._cells[kind, bold]


def statistics_xlsx(sheet: Sheet) -> bytes:
    """The report as a workbook of one sheet; formulas are shown as their values."""
    memory = io.BytesIO()
    found = sheet.figures
    with xlsxwriter.Workbook(memory, WORKBOOK_OPTIONS) as book:
        book.set_properties({"title": found.title, "author": " ".join(sheet.agency_lines)})
        page = book.add_worksheet(sheet_name(f"{found.form.number}. {found.form.short}"))
        writer = _Writer(sheet, page, _Styles(book))
        writer.write()
    return memory.getvalue()


def write_statistics(path: Path, sheet: Sheet) -> None:
    """The report into a file a person chose."""
    atomic_write(path, statistics_xlsx(sheet))


class _Writer:
    """Writes one sheet from its head to its signatures."""

    def __init__(self, sheet: Sheet, page: Worksheet, styles: _Styles) -> None:
        self._sheet, self._page, self._styles = sheet, page, styles
        self._heads = sheet.heads
        self._last = len(self._heads) - 1
        self._paper = A3 if sheet.wide else A4
        shares = sheet.shares
        self._letters = [share * _ROOM[self._paper] / sum(shares) for share in shares]
        self._cells = head_cells(self._heads)
        depth = max(len(head) for head in self._heads)
        self._depth = max(depth, 2)
        self._spread = self._depth - depth

    def write(self) -> None:
        self._set_up()
        self._top()
        self._head()
        self._bottom(self._body(HEAD_ROW + self._depth + 1))

    def _set_up(self) -> None:
        page = self._page
        page.set_landscape()
        page.set_paper(self._paper)
        page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.repeat_rows(HEAD_ROW, HEAD_ROW + self._depth)
        owner = self._sheet.made_by.replace("&", "&&") if self._sheet.names_people else ""
        page.set_footer(f"&L{owner}&C&P/&N" if owner else "&C&P/&N")
        page.set_default_row(1.2 * _LINE)
        for column, letters in enumerate(self._letters):
            page.set_column(column, column, letters)
        page.freeze_panes(HEAD_ROW + self._depth + 1, len(self._sheet.figures.leads))

    def _top(self) -> None:
        found, styles = self._sheet.figures, self._styles
        half = max(1, round(self._last * 0.42))
        first, rest = self._sheet.agency_lines[:1], self._sheet.agency_lines[1:]
        self._merge(0, 0, half, " ".join(first), styles.agency)
        self._merge(1, 0, half, "\n".join(rest), styles.agency)
        self._merge(0, half + 1, self._last, self._sheet.country, styles.agency)
        self._merge(1, half + 1, self._last, self._sheet.motto, styles.motto)
        if self._sheet.sample:
            self._merge(2, 0, self._last, sheet_words().sample, styles.signature)
        self._merge(TITLE_ROW, 0, self._last, found.title, styles.title)
        self._page.set_row(TITLE_ROW, 2.4 * _LINE)
        self._merge(TITLE_ROW + 1, 0, self._last, "\n".join(found.lines), styles.lines)
        self._page.set_row(TITLE_ROW + 1, (len(found.lines) + 0.4) * _LINE)

    def _head(self) -> None:
        for cell in self._cells:
            top = HEAD_ROW + cell.row + (self._spread if cell.row else 0)
            rows = cell.rows + (self._spread if not cell.row else 0)
            self._merge(
                top, cell.column, cell.column + cell.columns - 1, cell.text, self._styles.head, last_row=top + rows - 1
            )
        for row, height in enumerate(self._head_heights()):
            self._page.set_row(HEAD_ROW + row, height)
        for column, text in enumerate(self._sheet.numbers):
            write_text(self._page, HEAD_ROW + self._depth, column, text, self._styles.number)

    def _head_heights(self) -> list[float]:
        """Heights of the head's rows by the lines their texts wrap to."""
        heights = [1.4 * _LINE] * self._depth
        for cell in sorted(self._cells, key=lambda one: one.rows):
            letters = sum(self._letters[cell.column : cell.column + cell.columns])
            need = (len(wrap(cell.text, max(4, int(letters * 0.85)))) + 0.4) * _LINE
            last = min(self._depth, cell.row + cell.rows + self._spread) - 1
            covered = sum(heights[cell.row : last + 1])
            heights[last] += max(0.0, need - covered)
        return heights

    def _body(self, top: int) -> int:
        for index, row in enumerate(self._sheet.figures.all_rows):
            self._row(top + index, index, row)
        return top + len(self._sheet.figures.all_rows)

    def _row(self, line: int, index: int, row: FigureRow) -> None:
        leads, joined = len(self._sheet.figures.leads), self._sheet.joins(index)
        for column, value in enumerate(self._sheet.cells(row)):
            if column < min(leads, 2) and joined != 1:
                if joined:
                    style = self._styles.of(self._kind(column), bold=row.total)
                    self._page.merge_range(line, column, line + joined - 1, column, "", style)
                    write_text(self._page, line, column, str(value or ""), style)
                continue
            self._value(line, column, value, row)

    def _value(self, line: int, column: int, value: Value, row: FigureRow) -> None:
        kind = self._kind(column)
        style = self._styles.of(kind, bold=row.total)
        if isinstance(value, (int, float)):
            self._page.write_number(line, column, value, style)
        else:
            write_text(self._page, line, column, value or "", style)

    def _kind(self, column: int) -> str:
        found = self._sheet.figures
        place = column - len(found.leads)
        if place < 0:
            return "text" if found.leads[column].number == "B" else "middle"
        own = found.columns[place]
        if found.form.rows == MEMBER_ROWS:
            return "text" if own.field in ("name", "relation") else "middle"
        return "percent" if own.percent else "count"

    def _bottom(self, line: int) -> None:
        half = self._last // 2
        styles, sheet = self._styles, self._sheet
        self._merge(line + 1, half + 1, self._last, sheet.place_line, styles.place)
        self._merge(line + 2, 0, half, sheet.preparer, styles.signature)
        self._merge(line + 2, half + 1, self._last, "\n".join(sheet.chair), styles.signature)
        self._page.set_row(line + 2, (len(sheet.chair) + 0.2) * _LINE)
        self._merge(line + 7, half + 1, self._last, sheet.chair_name, styles.signature)
        self._page.print_area(0, 0, line + 7, self._last)

    def _merge(self, row: int, first: int, last: int, text: str, style: Format, *, last_row: int | None = None) -> None:
        """One cell, or several joined; always text, never a formula."""
        bottom = row if last_row is None else last_row
        if last > first or bottom > row:
            self._page.merge_range(row, first, bottom, last, "", style)
        write_text(self._page, row, first, text, style)
