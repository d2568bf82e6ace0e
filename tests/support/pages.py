"""For pages under test: clicks by name, a printer that prints into files, and answers to the file dialog."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from casemgr.jobs import Progress
from ui.widgets.printing import PrinterError, PrintOrder, paint

OFFICE_PRINTER = "Máy in văn phòng"


@dataclass
class PrinterIntoFiles:
    """Takes what a printer would take and keeps it as PDF files; out of paper when told so."""

    folder: Path
    jams_at: int = -1
    """The paper at which it stops, counted from 0."""
    orders: list[PrintOrder] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    before: Callable[[int], object] = lambda _count: None
    """Called with the number of papers printed so far, before the next one."""

    def names(self) -> Sequence[str]:
        """The printers there are."""
        return (OFFICE_PRINTER,)

    def send(self, content: bytes, order: PrintOrder, progress: Progress) -> int:
        """Print."""
        count = len(self.contents)
        self.before(count)
        if count == self.jams_at:
            self.jams_at = -1
            raise PrinterError("Máy in hết giấy.")
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / f"paper-{count}.pdf"))
        sheets = paint(content, printer, order, progress)
        self.orders.append(order)
        self.contents.append(content)
        return sheets


def no_printers() -> Sequence[str]:
    """A computer without a printer."""
    return ()


def answer_file_dialog(path: Path) -> None:
    """Type a path into the file dialog that is open and accept it, as a person does."""
    dialog = next(
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QFileDialog) and widget.isVisible()
    )
    dialog.findChildren(QLineEdit)[0].setText(str(path))
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    which = (
        QDialogButtonBox.StandardButton.Save
        if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        else QDialogButtonBox.StandardButton.Open
    )
    box.button(which).click()


def file_dialog_open() -> bool:
    """Whether a file dialog is waiting."""
    return any(isinstance(widget, QFileDialog) and widget.isVisible() for widget in QApplication.topLevelWidgets())


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    """Click a button as a person can: it is there, to be seen, and enabled."""
    button = widget.findChild(QAbstractButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def text_of(widget: QWidget, name: str) -> str:
    """What a label says."""
    label = widget.findChild(QLabel, name)
    assert label is not None
    return label.text()
