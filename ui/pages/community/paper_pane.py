"""A paper of the page as it will be printed: look at it, print it, keep it as a PDF file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout

from casemgr.i18n import _
from ui.desk import Desk
from ui.icons import icon
from ui.pages.community.papers import Drawing
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice
from ui.widgets.pdf_view import PdfView
from ui.widgets.printing import SYSTEM, PrintDialog, Printing, save_pdf


class PaperPane(Speaks):
    """`begin` draws a paper as a job and shows it; with `ask` the printer is asked for at once."""

    closed = Signal()
    said = Signal(Notice)

    def __init__(self, desk: Desk, printing: Printing = SYSTEM, *, name: str = "communityPaper") -> None:
        super().__init__()
        self.setObjectName(f"{name}Pane")
        self._desk, self._printing = desk, printing
        self._title: Callable[[], str] = str
        self._note: Callable[[], str] = str
        self._file = ""
        self.content: bytes | None = None
        self.back = QToolButton()
        self.back.setObjectName(f"{name}Back")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.closed)
        self.title, self.note, self.waiting = QLabel(), ElidedLabel(), QLabel()
        self.title.setObjectName(f"{name}Title")
        self.title.setProperty("class", "h1")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note.setObjectName(f"{name}Note")
        for label in (self.note, self.waiting):
            label.setProperty("class", "soft")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.save, self.print = QPushButton(), QPushButton()
        self.save.setObjectName(f"{name}Save")
        self.print.setObjectName(f"{name}Print")
        self.print.setProperty("class", "primary")
        self.print.setIcon(icon("printer", "on"))
        self.save.clicked.connect(self.keep)
        self.print.clicked.connect(self.ask)
        self.view = PdfView()
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.title)
        words.addWidget(self.note)
        self.head = QHBoxLayout()
        spaced(self.head, spacing=8)
        self.head.addWidget(self.back)
        self.head.addLayout(words, 1)
        self.head.addWidget(self.save)
        self.head.addWidget(self.print)
        paper = Card(margin=1)
        paper.add(self.waiting)
        paper.add(self.view, 1)
        self.body = QHBoxLayout()
        spaced(self.body, spacing=10)
        self.body.addWidget(paper, 1)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addLayout(self.head)
        layout.addLayout(self.body, 1)
        self.retranslate()

    def begin(self, drawing: Drawing, *, ask: bool = False) -> None:
        """Draw a paper and show it."""
        self._title, self._note, self._file = drawing.title, drawing.note, drawing.file
        self.show_content(None)
        job = self._desk.jobs.start(drawing.render, title=_("Drawing the paper"))
        job.succeeded.connect(lambda content: self._on_drawn(content, ask=ask))
        job.failed.connect(lambda _error: self.closed.emit())
        job.cancelled.connect(self.closed)

    def show_content(self, content: bytes | None) -> None:
        """Show a drawn paper; None while it is being drawn."""
        self.content = content
        self.view.show_pdf(content)
        self.view.setVisible(content is not None)
        self.waiting.setVisible(content is None)
        for button in (self.save, self.print):
            button.setEnabled(content is not None)
        self.retranslate()

    def ask(self) -> None:
        """Ask for printer and copies, then print."""
        content = self.content
        if content is None:
            return
        dialog = PrintDialog(self.view.page_count, self, found=self._printing.names())
        dialog.finished.connect(lambda result: self._on_asked(dialog, result, content))
        dialog.open()

    def keep(self) -> None:
        """Save the PDF itself."""
        if self.content is not None:
            kinds = _("PDF files") + " (*.pdf)"
            ask_file(self, _("Save as PDF"), kinds, self._on_place, name=f"{self._file}.pdf", suffix="pdf")

    def retranslate(self) -> None:
        """Say the words again."""
        self.title.setText(self._title())
        self.note.setText(self._note())
        self.waiting.setText(_("Drawing the paper…"))
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words in ((self.save, _("Save as PDF…")), (self.print, _("Print…"))):
            button.setText(words)
            button.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter prints, Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask()
        else:
            super().keyPressEvent(event)

    def _on_drawn(self, content: bytes, *, ask: bool) -> None:
        self.show_content(content)
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)
        if ask and self.isVisible():
            self.ask()

    def _on_asked(self, dialog: PrintDialog, result: int, content: bytes) -> None:
        if result == PrintDialog.TO_FILE:
            self.keep()
        elif result == PrintDialog.DialogCode.Accepted:
            order = dialog.order()
            job = self._desk.jobs.start(
                lambda progress: self._printing.send(content, order, progress), title=_("Printing the paper")
            )
            job.succeeded.connect(
                lambda _pages: self.said.emit(Notice(_("Sent to {printer}.").format(printer=order.printer), "ok"))
            )
        dialog.deleteLater()

    def _on_place(self, place: Path) -> None:
        if self.content is not None:
            save_pdf(self.content, place)
            self.said.emit(Notice(_("Saved as {file}.").format(file=place), "ok"))
