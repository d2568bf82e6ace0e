"""A report out of the program: as an Excel file, as PDF, or printed; always through the same sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casemgr.i18n import _
from casemgr.jobs import Progress
from casemgr.services import statistic_sheets
from casemgr.services.statistics import Figures
from casemgr.workspace import Workspace
from ui.desk import Desk
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.printing import PrintDialog, PrintOrder, print_pdf, printers, save_pdf

Send = Callable[[bytes, PrintOrder, Progress], int]
"""How a PDF reaches a printer."""


@dataclass(frozen=True)
class Printing:
    """The printers there are, and the way to them."""

    names: Callable[[], Sequence[str]] = printers
    send: Send = print_pdf


SYSTEM: Final = Printing()


def file_name(found: Figures) -> str:
    """The name a file is offered under: no person's name in it."""
    return f"bieu-{int(found.form.number):02d}-{found.form.slug}"


def draw(workspace: Workspace, found: Figures, progress: Progress) -> bytes:
    """The report as PDF."""
    from casemgr.reports.statistics import render_statistics

    progress(0, 0, _("Drawing the report"))
    return render_statistics(_sheet(workspace, found))


def write_excel(workspace: Workspace, found: Figures, path: Path, progress: Progress) -> Path:
    """The report as an Excel file."""
    from casemgr.exchange.statistics import write_statistics

    progress(0, 0, _("Writing the Excel file"))
    write_statistics(path, _sheet(workspace, found))
    return path


def _sheet(workspace: Workspace, found: Figures) -> statistic_sheets.Sheet:
    return workspace.read(statistic_sheets.sheet, found)


class ReportOutput(QObject):
    """Asks where to, works as a job, tells the end."""

    def __init__(self, parent: QWidget, desk: Desk, tell: Callable[[Notice], object], printing: Printing) -> None:
        super().__init__(parent)
        self._parent, self._desk, self._tell, self._printing = parent, desk, tell, printing

    def export(self, found: Figures) -> None:
        """An Excel file."""
        ask_file(
            self._parent,
            _("Save the report as an Excel file"),
            _("Excel files") + " (*.xlsx)",
            lambda path: self._write(found, path),
            name=f"{file_name(found)}.xlsx",
            suffix="xlsx",
        )

    def preview(self, found: Figures, show: Callable[[bytes], object]) -> None:
        """Draw the paper and show it."""
        workspace = self._desk.workspace
        self._desk.jobs.start(
            lambda progress: draw(workspace, found, progress), title=_("Drawing the report"), done=show
        )

    def print(self, found: Figures, content: bytes) -> None:
        """Print a drawn report, or save it."""
        with PdfPages(content) as pages:
            dialog = PrintDialog(len(pages), self._parent, found=self._printing.names())
        dialog.finished.connect(lambda result: self._on_asked(dialog, result, found, content))
        dialog.open()

    def save(self, found: Figures, content: bytes) -> None:
        """Save a drawn report as PDF."""
        ask_file(
            self._parent,
            _("Save the report as PDF"),
            _("PDF files") + " (*.pdf)",
            lambda path: self._save(content, path),
            name=f"{file_name(found)}.pdf",
            suffix="pdf",
        )

    def _write(self, found: Figures, path: Path) -> None:
        workspace = self._desk.workspace
        self._desk.jobs.start(
            lambda progress: write_excel(workspace, found, path, progress),
            title=_("Writing the Excel file"),
            done=lambda written: self._tell(Notice(_("Saved as {file}.").format(file=written), "ok")),
        )

    def _on_asked(self, dialog: PrintDialog, result: int, found: Figures, content: bytes) -> None:
        if result == PrintDialog.TO_FILE:
            self.save(found, content)
        elif result == PrintDialog.DialogCode.Accepted:
            order = dialog.order()
            self._desk.jobs.start(
                lambda progress: self._printing.send(content, order, progress),
                title=_("Printing the report"),
                done=lambda _pages: self._tell(Notice(_("Sent to {printer}.").format(printer=order.printer), "ok")),
            )
        dialog.deleteLater()

    def _save(self, content: bytes, path: Path) -> None:
        save_pdf(content, path)
        self._tell(Notice(_("Saved as {file}.").format(file=path), "ok"))
