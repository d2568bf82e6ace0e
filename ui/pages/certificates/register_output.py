"""The register out of the program: as an Excel file, or on paper with the owner's mark on every page."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casemgr.domain.certificates import STATUS_LABELS
from casemgr.i18n import _, format_moment, ngettext
from casemgr.jobs import Progress
from casemgr.services import certificate_register, offices
from casemgr.services.certificate_register import RegisterRow
from casemgr.workspace import Workspace
from ui.desk import Desk
from ui.pages.certificates.columns import class_words
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice
from ui.widgets.printing import PrintDialog, Printing, save_pdf

_PART = 500


def read_rows(workspace: Workspace, ids: list[UUID], progress: Progress) -> list[RegisterRow]:
    """All lines of a list."""
    rows: list[RegisterRow] = []
    for start in range(0, len(ids), _PART):
        progress(start, len(ids), _("Reading the register"))
        rows += workspace.read(certificate_register.rows, ids[start : start + _PART])
    return rows


def write_excel(workspace: Workspace, ids: list[UUID], path: Path, progress: Progress) -> int:
    """The list as an Excel file whose first line says who made it and when."""
    from casemgr.exchange.tables import write_table

    rows = read_rows(workspace, ids, progress)
    head = (
        _("Number"),
        _("Year"),
        _("Issued on"),
        _("Head of household"),
        _("Household"),
        _("Hamlet"),
        _("Class"),
        _("State"),
        _("Printed"),
        _("Collected on"),
        _("Collected by"),
    )
    lines = (
        (
            row.number,
            str(row.year),
            row.issued_on,
            row.head,
            row.code,
            row.hamlet,
            class_words(row),
            _(STATUS_LABELS[row.status]),
            row.prints,
            row.collected_on,
            row.collected_by,
        )
        for row in rows
    )
    title = _("Register of certificates, made by {who} at {time}").format(
        who=workspace.actor.name, time=format_moment(workspace.now)
    )
    write_table(path, head, lines, title=title)
    return len(rows)


def draw_register(workspace: Workspace, ids: list[UUID], year: int | None, progress: Progress) -> bytes:
    """The list as it is printed, oldest number first."""
    from casemgr.reports.registers import render_register
    from casemgr.reports.tables import OwnersMark

    rows = sorted(read_rows(workspace, ids, progress), key=lambda row: (row.year, row.number.zfill(24)))
    mark = OwnersMark(workspace.actor.name, workspace.now, _("file of the office"))
    period = _("Year {year}").format(year=year) if year else _("All years")
    return render_register(rows, workspace.read(offices.office), mark, period=period)


class RegisterOutput(QObject):
    """Asks where to, works as a job, tells the end."""

    def __init__(self, parent: QWidget, desk: Desk, tell: Callable[[Notice], object], printing: Printing) -> None:
        super().__init__(parent)
        self._parent, self._desk, self._tell, self._printing = parent, desk, tell, printing

    def export(self, ids: list[UUID]) -> None:
        """An Excel file of these entries."""
        ask_file(
            self._parent,
            _("Export the register as an Excel file"),
            _("Excel files") + " (*.xlsx *.csv)",
            lambda path: self._write(ids, path),
            name="so-cap-giay-chung-nhan.xlsx",
            suffix="xlsx",
        )

    def print(self, ids: list[UUID], year: int | None) -> None:
        """Print these entries, or save them as PDF."""
        job = self._desk.jobs.start(
            lambda progress: draw_register(self._desk.workspace, ids, year, progress), title=_("Drawing the register")
        )
        job.succeeded.connect(self._ask)

    def _write(self, ids: list[UUID], path: Path) -> None:
        workspace = self._desk.workspace
        job = self._desk.jobs.start(
            lambda progress: write_excel(workspace, ids, path, progress), title=_("Writing the Excel file")
        )
        job.succeeded.connect(
            lambda count: self._tell(
                Notice(
                    ngettext("{count} line written: {file}", "{count} lines written: {file}", count).format(
                        count=count, file=path
                    ),
                    "ok",
                )
            )
        )

    def _ask(self, content: bytes) -> None:
        from ui.widgets.pdf_pages import PdfPages

        with PdfPages(content) as pages:
            dialog = PrintDialog(len(pages), self._parent, found=self._printing.names())
        dialog.finished.connect(lambda result: self._on_asked(dialog, result, content))
        dialog.open()

    def _on_asked(self, dialog: PrintDialog, result: int, content: bytes) -> None:
        if result == PrintDialog.TO_FILE:
            ask_file(
                self._parent,
                _("Save the register as PDF"),
                _("PDF files") + " (*.pdf)",
                lambda path: self._save(content, path),
                name="so-cap-giay-chung-nhan.pdf",
                suffix="pdf",
            )
        elif result == PrintDialog.DialogCode.Accepted:
            order = dialog.order()
            job = self._desk.jobs.start(
                lambda progress: self._printing.send(content, order, progress), title=_("Printing the register")
            )
            job.succeeded.connect(
                lambda _pages: self._tell(Notice(_("Sent to {printer}.").format(printer=order.printer), "ok"))
            )
        dialog.deleteLater()

    def _save(self, content: bytes, path: Path) -> None:
        save_pdf(content, path)
        self._tell(Notice(_("Saved as {file}.").format(file=path), "ok"))
