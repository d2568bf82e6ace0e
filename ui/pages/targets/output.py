"""A sheet of targets out of the program: as an Excel file, as PDF, or printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casemgr.i18n import _
from casemgr.jobs import Progress
from casemgr.services.target_sheets import TargetSheet
from ui.desk import Desk
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.printing import PrintDialog, PrintOrder, print_pdf, printers, save_pdf

MakeSheet = Callable[[], TargetSheet]
"""Reads the sheet; it runs in a job."""


@dataclass(frozen=True)
class Printing:
    """The printers there are, and the way to them."""

    names: Callable[[], Sequence[str]] = printers
    send: Callable[[bytes, PrintOrder, Progress], int] = print_pdf


SYSTEM: Final = Printing()


class TargetOutput(QObject):
    """Asks where to, works as a job, tells the end."""

    def __init__(self, parent: QWidget, desk: Desk, tell: Callable[[Notice], object], printing: Printing) -> None:
        super().__init__(parent)
        self._parent, self._desk, self._tell, self._printing = parent, desk, tell, printing

    def export(self, make: MakeSheet, name: str) -> None:
        """An Excel file."""
        ask_file(
            self._parent,
            _("Save as an Excel file"),
            _("Excel files") + " (*.xlsx)",
            lambda path: self._write(make, path),
            name=f"{name}.xlsx",
            suffix="xlsx",
        )

    def preview(self, make: MakeSheet, show: Callable[[bytes], object]) -> None:
        """Draw the paper and show it."""

        def draw(progress: Progress) -> bytes:
            from casemgr.reports.targets import render_targets

            progress(0, 0, _("Drawing the paper"))
            return render_targets(make())

        self._desk.jobs.start(draw, title=_("Drawing the paper"), done=show)

    def print(self, content: bytes, name: str) -> None:
        """Print a drawn sheet, or save it."""
        with PdfPages(content) as pages:
            dialog = PrintDialog(len(pages), self._parent, found=self._printing.names())
        dialog.finished.connect(lambda result: self._on_asked(dialog, result, content, name))
        dialog.open()

    def save(self, content: bytes, name: str) -> None:
        """Save a drawn sheet as PDF."""
        ask_file(
            self._parent,
            _("Save as PDF"),
            _("PDF files") + " (*.pdf)",
            lambda path: self._save(content, path),
            name=f"{name}.pdf",
            suffix="pdf",
        )

    def _write(self, make: MakeSheet, path: Path) -> None:
        def write(progress: Progress) -> Path:
            from casemgr.exchange.targets import write_targets

            progress(0, 0, _("Writing the Excel file"))
            write_targets(path, make())
            return path

        self._desk.jobs.start(
            write,
            title=_("Writing the Excel file"),
            done=lambda written: self._tell(Notice(_("Saved as {file}.").format(file=written), "ok")),
        )

    def _on_asked(self, dialog: PrintDialog, result: int, content: bytes, name: str) -> None:
        if result == PrintDialog.TO_FILE:
            self.save(content, name)
        elif result == PrintDialog.DialogCode.Accepted:
            order = dialog.order()
            self._desk.jobs.start(
                lambda progress: self._printing.send(content, order, progress),
                title=_("Printing the targets"),
                done=lambda _pages: self._tell(Notice(_("Sent to {printer}.").format(printer=order.printer), "ok")),
            )
        dialog.deleteLater()

    def _save(self, content: bytes, path: Path) -> None:
        save_pdf(content, path)
        self._tell(Notice(_("Saved as {file}.").format(file=path), "ok"))
