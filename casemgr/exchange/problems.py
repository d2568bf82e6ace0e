"""The result of a dry run as an Excel file: the original rows, a column of reasons, a comment on each bad cell."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from casemgr.domain.imports import CellNote, ImportedList, Severity, TableUse
from casemgr.domain.people import SEX_LABELS
from casemgr.exchange.cells import plain
from casemgr.exchange.headers import decode_cell
from casemgr.exchange.tables import WORKBOOK_OPTIONS, sheet_name, write_text
from casemgr.exchange.workbooks import Sheet, Workbook
from casemgr.files import atomic_write
from casemgr.i18n import N_, _

SEVERITY_LABELS: Final = {
    Severity.ERROR: N_("Error"),
    Severity.DOUBT: N_("To check"),
    Severity.INFO: N_("For information"),
}
SKIPPED_LABELS: Final = {
    "section": N_("Section title"),
    "subtotal": N_("Total"),
    "numbering": N_("Numbering row"),
    "header": N_("Column titles again"),
    "signature": N_("Signatures: reading stopped here"),
    "after-signature": N_("Below the signatures"),
    "other-table": N_("Part of another table"),
    "text": N_("Not read as a person"),
}
_SEXES: Final = {sex.value: label for sex, label in SEX_LABELS.items()}
COMMENTS: Final = 5_000
"""Comments one file gets at most; Excel becomes slow with more. Colour and the column of reasons go on."""


@dataclass(frozen=True)
class _Styles:
    title: Format
    head: Format
    text: Format
    error: Format
    doubt: Format
    reason: Format

    def of(self, severity: Severity | None) -> Format:
        """The colour of a cell."""
        if severity is Severity.ERROR:
            return self.error
        return self.doubt if severity is Severity.DOUBT else self.text


def describe(note: CellNote) -> str:
    """A note in one line: what was read and why it is doubtful."""
    read = _read_words(note)
    if read:
        return _("{message} Read as: {read}").format(message=note.message, read=read)
    return note.message


def _read_words(note: CellNote) -> str:
    """What was read, in words where the reading is a code."""
    return _(_SEXES[note.read]) if note.field == "sex" and note.read in _SEXES else note.read


def problems_bytes(workbook: Workbook, imported: ImportedList) -> bytes:
    """The file as bytes."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, WORKBOOK_OPTIONS) as book:
        text = {"num_format": "@", "valign": "top", "border": 1, "border_color": "#C8CDD3"}
        styles = _Styles(
            title=book.add_format({"bold": True, "font_size": 14}),
            head=book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8EEF4"}),
            text=book.add_format(text),
            error=book.add_format(text | {"bg_color": "#F8C9C4"}),
            doubt=book.add_format(text | {"bg_color": "#FCE9B8"}),
            reason=book.add_format(text | {"text_wrap": True}),
        )
        names: list[str] = []
        summary = book.add_worksheet(sheet_name(_("Summary")))
        names.append(summary.get_name())
        _write_summary(summary, imported, styles)
        room = COMMENTS
        for table in imported.tables:
            sheet = next(one for one in workbook.sheets if one.name.strip() == table.sheet)
            names.append(sheet_name(table.sheet, names))
            page = book.add_worksheet(names[-1])
            room = _write_sheet(page, sheet, table, imported, styles, room)
    return memory.getvalue()


def write_problems(path: Path, workbook: Workbook, imported: ImportedList) -> None:
    """Write the file where the person asked for it."""
    atomic_write(path, problems_bytes(workbook, imported))


def _write_rows(page: Worksheet, row: int, rows: Sequence[Sequence[str]], style: Format) -> int:
    for texts in rows:
        for column, text in enumerate(texts):
            write_text(page, row, column, text, style)
        row += 1
    return row


def _write_summary(page: Worksheet, imported: ImportedList, styles: _Styles) -> None:
    write_text(page, 0, 0, _("Reading of {file}").format(file=imported.label), styles.title)
    counts = [
        [_("Households"), str(len(imported.households))],
        [_("People"), str(imported.people)],
        *([_(SEVERITY_LABELS[level]), str(imported.count(level))] for level in Severity),
    ]
    row = _write_rows(page, 2, counts, styles.text)
    row = _write_rows(page, row + 1, [[question.message] for question in imported.questions], styles.doubt)
    heads = [_("Sheet"), _("Place"), _("Weight"), _("In the file"), _("Read as"), _("Reason")]
    row = _write_rows(page, row + 1, [heads], styles.head)
    for note in imported.notes:
        texts = [note.sheet, note.place, _(SEVERITY_LABELS[note.severity]), note.raw, _read_words(note), note.message]
        row = _write_rows(page, row, [texts], styles.of(note.severity))
    skipped = [[one.sheet, str(one.row), _(SKIPPED_LABELS[one.kind]), one.text] for one in imported.skipped]
    if skipped:
        row = _write_rows(page, row + 1, [[_("Rows passed over")]], styles.head)
        _write_rows(page, row, skipped, styles.text)
    page.set_column(0, 2, 18)
    page.set_column(3, 5, 40)


def _notes_by_row(imported: ImportedList, sheet: str) -> dict[int, list[CellNote]]:
    found: dict[int, list[CellNote]] = {}
    for note in imported.all_notes():
        if note.sheet == sheet and note.row and note.severity is not Severity.INFO:
            found.setdefault(note.row, []).append(note)
    return found


def _write_sheet(
    page: Worksheet, sheet: Sheet, table: TableUse, imported: ImportedList, styles: _Styles, room: int
) -> int:
    """The rows at their own numbers, so that places stay true; returns how many comments are left."""
    notes = _notes_by_row(imported, table.sheet)
    last = sheet.width
    for row in sheet.rows:
        said = notes.get(row.number + 1, [])
        header = table.header_row <= row.number + 1 < table.first_row
        for column in range(len(row.values)):
            cell = row.cell(column)
            value = cell.value
            text = decode_cell(value, cell.font, "unicode") if isinstance(value, str) else plain(value) or cell.fault
            here = [note for note in said if note.column == column + 1]
            worst = Severity.ERROR if any(note.severity is Severity.ERROR for note in here) else None
            style = styles.of(worst or (Severity.DOUBT if here else None))
            if text or here:
                write_text(page, row.number, column, text, styles.head if header else style)
            if here and room > 0:
                page.write_comment(row.number, column, "\n".join(map(describe, here)), {"x_scale": 2})
                room -= 1
        if said:
            lines = [f"{note.place}: {describe(note)}" if note.column else describe(note) for note in said]
            write_text(page, row.number, last, "\n".join(lines), styles.reason)
    write_text(page, table.header_row - 1, last, _("Problems"), styles.head)
    page.set_column(0, last - 1, 16)
    page.set_column(last, last, 60)
    page.freeze_panes(table.first_row - 1, 0)
    return room
