"""Printing a PDF through the system's printers: which one, how many copies, which pages, always at 100 %."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from casemgr.errors import AppError
from casemgr.files import atomic_write
from casemgr.i18n import _
from casemgr.jobs import Progress
from ui.theme import spaced
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.pdf_pages import POINTS_PER_INCH, PdfPages

PRINT_DPI: Final = 300
MM_PER_INCH: Final = 25.4


class PrinterError(AppError):
    """The printer refuses, is gone, or there is none."""


@dataclass(frozen=True)
class PrintOrder:
    """What the person asked for; pages from 1, none = all; the shift corrects how a printer feeds existing paper."""

    printer: str
    copies: int = 1
    pages: tuple[int, ...] = ()
    right_mm: float = 0
    down_mm: float = 0


def printers() -> list[str]:
    """The printers of this machine, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name.casefold()))


def read_pages(text: str, count: int) -> tuple[int, ...]:
    """Pages typed as "1-3, 5"; empty means all; ValueError for anything else."""
    chosen: list[int] = []
    for part in text.replace(";", ",").split(","):
        if not part.strip():
            continue
        first, dash, last = part.partition("-")
        start, end = int(first), int(last) if dash else int(first)
        if not 1 <= start <= end <= count:
            raise ValueError(part)
        chosen.extend(range(start, end + 1))
    return tuple(dict.fromkeys(chosen))


def print_pdf(content: bytes, order: PrintOrder, progress: Progress) -> int:
    """Send a PDF to a printer, as a job; how many sheets were sent. Each page comes out at its own size, not fitted."""
    found = QPrinterInfo.printerInfo(order.printer)
    printer = QPrinter(found, QPrinter.PrinterMode.HighResolution)
    if found.isNull() or not printer.isValid():
        raise PrinterError(
            _("The printer {printer} is not there. Switch it on, or choose another printer or a PDF file.").format(
                printer=order.printer
            )
        )
    return paint(content, printer, order, progress)


def paint(content: bytes, printer: QPrinter, order: PrintOrder, progress: Progress) -> int:
    """Draw the pages on a printer that is set up."""
    printer.setFullPage(True)
    printer.setResolution(PRINT_DPI)
    own_copies = printer.supportsMultipleCopies()
    if own_copies:
        printer.setCopyCount(order.copies)
    with PdfPages(content) as pages:
        wanted = [number - 1 for number in order.pages] or list(range(len(pages)))
        run = [number for _copy in range(1 if own_copies else order.copies) for number in wanted]
        painter = QPainter()
        for done, number in enumerate(run):
            progress(done, len(run), _("Printing page {page}").format(page=number + 1))
            width, height = pages.sizes[number]
            landscape = width > height
            size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point)
            orientation = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
            printer.setPageLayout(QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0)))
            started = printer.newPage() if painter.isActive() else painter.begin(printer)
            if not started:
                raise PrinterError(
                    _("The printer took no page. Look whether it is on and has paper, then print again.")
                )
            image = pages.image(number, PRINT_DPI)
            dots = printer.resolution() / POINTS_PER_INCH
            paper = printer.paperRect(QPrinter.Unit.DevicePixel)
            right, down = (shift * printer.resolution() / MM_PER_INCH for shift in (order.right_mm, order.down_mm))
            painter.drawImage(QRectF(right - paper.x(), down - paper.y(), width * dots, height * dots), image)
        painter.end()
        progress(len(run), len(run), "")
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise PrinterError(_("The printer stopped with an error. Look at the printer, then print again."))
    return len(run)


def save_pdf(content: bytes, path: Path) -> None:
    """Keep the PDF itself in a file, whole or not at all."""
    atomic_write(path, content)


Send = Callable[[bytes, PrintOrder, Progress], int]
"""How a PDF reaches a printer."""


@dataclass(frozen=True)
class Printing:
    """The printers there are, and the way to them."""

    names: Callable[[], Sequence[str]] = printers
    send: Send = print_pdf


SYSTEM: Final = Printing()
"""The printers of this machine."""


class PrintDialog(QDialog):
    """Asks for printer, copies and pages; with no printer it says so and offers the PDF file."""

    TO_FILE: Final = 2

    def __init__(self, page_count: int, parent: QWidget | None = None, *, found: Sequence[str] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("printDialog")
        self.setWindowTitle(_("Print"))
        self._page_count = page_count
        names = printers() if found is None else list(found)
        self.printer: ChoiceBox[str] = ChoiceBox()
        self.printer.setObjectName("printPrinter")
        self.printer.setAccessibleName(_("Printer"))
        self.printer.set_choices([(name, partial(str, name)) for name in names])
        self.printer.setCurrentIndex(0 if names else -1)
        self.copies = QSpinBox()
        self.copies.setObjectName("printCopies")
        self.copies.setAccessibleName(_("Copies"))
        self.copies.setRange(1, 99)
        self.pages = QLineEdit()
        self.pages.setObjectName("printPages")
        self.pages.setAccessibleName(_("Pages"))
        self.pages.setPlaceholderText(_("all; or e.g. 1-3, 5"))
        self.problem = QLabel()
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        form = QFormLayout()
        spaced(form, spacing=8)
        form.addRow(_("&Printer"), self.printer)
        form.addRow(_("&Copies"), self.copies)
        form.addRow(_("Pa&ges"), self.pages)
        size = QLabel(_("Printed at 100 %, exactly as in the preview."))
        size.setProperty("class", "small")
        self.print_button, self.file_button, cancel = (
            QPushButton(_("Print")),
            QPushButton(_("Save as PDF…")),
            QPushButton(_("Cancel")),
        )
        for name, button in (
            ("printNow", self.print_button),
            ("printToFile", self.file_button),
            ("printCancel", cancel),
        ):
            button.setObjectName(name)
        self.print_button.setProperty("class", "primary" if names else "")
        self.file_button.setProperty("class", "" if names else "primary")
        (self.print_button if names else self.file_button).setDefault(True)
        self.print_button.setEnabled(bool(names))
        self.print_button.clicked.connect(self._on_print)
        self.file_button.clicked.connect(lambda: self.done(self.TO_FILE))
        cancel.clicked.connect(self.reject)
        if not names:
            self.problem.setText(
                _("This computer has no printer. You can save the paper as a PDF file and print it elsewhere.")
            )
            for widget in (self.printer, self.copies, self.pages):
                widget.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addStretch()
        buttons.addWidget(self.file_button)
        buttons.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(20, 16, 20, 16), spacing=12)
        layout.addLayout(form)
        layout.addWidget(size)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)
        self.setMinimumWidth(420)

    def order(self) -> PrintOrder:
        """What was asked for."""
        return PrintOrder(
            self.printer.value() or "", self.copies.value(), read_pages(self.pages.text(), self._page_count)
        )

    def _on_print(self) -> None:
        try:
            self.order()
        except ValueError:
            self.problem.setText(_("Type pages between 1 and {count}, e.g. 1-3, 5.").format(count=self._page_count))
            self.pages.setFocus()
            return
        self.accept()
