"""Any list out of the program: .xlsx, .csv and the clipboard, in which text stays text and never becomes a formula."""

import csv
import datetime
import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from casemgr.domain.dates import PartialDate
from casemgr.files import atomic_write
from casemgr.i18n import _, format_date

Value = str | int | float | bool | datetime.date | PartialDate | None

WORKBOOK_OPTIONS: Final = {
    "in_memory": True,  # no temporary files with people's names in them
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CELL_LETTERS: Final = 32_767
"""What one Excel cell can hold."""

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SHEET_SIGNS: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_WIDEST = 60


def shown(value: Value) -> str:
    """A value as people read it; dates as dd/MM/yyyy."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, datetime.date):
        return format_date(value)
    return str(value)


def harmless(text: str) -> str:
    """Text that a spreadsheet does not take for a formula when it opens a text table."""
    return f"'{text}" if text.startswith(_RISKY) else text


def sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name Excel allows: 31 letters, none of its signs, not twice."""
    cleaned = name.translate(_SHEET_SIGNS).strip().strip("'")[:31] or "Sheet"
    used = {one.casefold() for one in taken}
    candidate, number = cleaned, 2
    while candidate.casefold() in used:
        candidate = f"{cleaned[:27]} {number}"
        number += 1
    return candidate


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """One cell, always as text; no text leaves it blank."""
    if text:
        sheet.write_string(row, column, text[:CELL_LETTERS], style)
    else:
        sheet.write_blank(row, column, None, style)


@dataclass(frozen=True)
class Table:
    """One list as a sheet of a workbook."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Value]]
    title: str = ""


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[Value]], *, title: str = "", sheet: str = "") -> bytes:
    """A list as an Excel file; whole numbers stay numbers, everything else is text with its leading zeros."""
    return workbook_bytes([Table(sheet or _("List"), columns, rows, title)])


def workbook_bytes(tables: Iterable[Table]) -> bytes:
    """Several lists as one Excel file, a sheet for each."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, WORKBOOK_OPTIONS) as book:
        styles = _Styles(
            head=book.add_format(
                {"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "bg_color": "#E8EEF4"}
            ),
            text=book.add_format({"num_format": "@", "valign": "top"}),
            number=book.add_format({"num_format": "#,##0", "valign": "top"}),
            title=book.add_format({"bold": True, "font_size": 14}),
        )
        for table in tables:
            page = book.add_worksheet(sheet_name(table.name, (one.get_name() for one in book.worksheets())))
            _write_sheet(page, table, styles)
    return memory.getvalue()


@dataclass(frozen=True)
class _Styles:
    head: Format
    text: Format
    number: Format
    title: Format


def _write_sheet(page: Worksheet, table: Table, styles: _Styles) -> None:
    top = 0
    if table.title:
        write_text(page, 0, 0, table.title, styles.title)
        top = 2
    widths = [len(name) for name in table.columns]
    for column, name in enumerate(table.columns):
        write_text(page, top, column, name, styles.head)
    last = top
    for last, row in enumerate(table.rows, top + 1):
        for column, value in enumerate(row):
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                page.write_number(last, column, value, styles.number)
                continue
            text = shown(value)
            widths[column] = max(widths[column], min(len(text), _WIDEST))
            write_text(page, last, column, text, styles.text)
    for column, width in enumerate(widths):
        page.set_column(column, column, width + 2)
    page.freeze_panes(top + 1, 0)
    if table.columns:
        page.autofilter(top, 0, last, len(table.columns) - 1)


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A list as a text table Excel opens: UTF-8 with mark, every cell quoted."""
    memory = io.StringIO(newline="")
    writer = csv.writer(memory, quoting=csv.QUOTE_ALL)
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([harmless(shown(value)) for value in row] for row in rows)
    return memory.getvalue().encode("utf-8-sig")


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Value]], *, title: str = "") -> None:
    """Write a list to a file chosen by the person: .csv by its name, else .xlsx."""
    if path.suffix.lower() == ".csv":
        atomic_write(path, csv_bytes(columns, rows))
    else:
        atomic_write(path, xlsx_bytes(columns, rows, title=title))


def clipboard_text(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """A list for the clipboard: columns by tabs, rows by line ends."""
    lines = ["\t".join(map(_one_line, columns))]
    lines += ["\t".join(_one_line(shown(value)) for value in row) for row in rows]
    return "\r\n".join(lines)


def _one_line(text: str) -> str:
    return harmless(" ".join(text.split()))


def clipboard_html(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """The same as a table whose cells a spreadsheet pastes as text: leading zeros stay, formulas are words."""
    cell = "<td style=\"mso-number-format:'\\@'\">"

    def line(texts: Iterable[str]) -> str:
        return "<tr>" + "".join(f"{cell}{html.escape(text)}</td>" for text in texts) + "</tr>"

    body = "".join(line(map(shown, row)) for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{line(columns)}{body}</table></body></html>'
