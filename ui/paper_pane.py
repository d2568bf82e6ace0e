"""A paper as it will be printed: look at it, print it, keep it as a PDF or an Excel file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.i18n import _
from casemgr.jobs import Progress
from casemgr.services.office_papers import IssuedPaper
from ui.desk import Desk
from ui.icons import icon
from ui.kept_paper import KeptPaper
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice
from ui.widgets.pdf_view import PdfView
from ui.widgets.printing import SYSTEM, PrintDialog, Printing, save_pdf


@dataclass(frozen=True)
class Drawing:
    """A paper to look at: its words (asked again after a switch of language), a file name, how to draw it."""

    title: Callable[[], str]
    note: Callable[[], str]
    file: str
    """The name it is offered under, without its kind; never a person's name."""
    render: Callable[[Progress], bytes]
    excel: Callable[[Path], object] | None = None
    """Writes the same list as an Excel file."""
    kept: KeptPaper | None = None
    """Numbers and freezes the paper; its `render` is the drawing's own."""


class PaperPane(Speaks):
    """`begin` draws a paper as a job and shows it; with `ask` the printer is asked for at once."""

    closed = Signal()
    said = Signal(Notice)

    def __init__(self, desk: Desk, printing: Printing = SYSTEM, *, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Pane")
        self._desk, self._printing = desk, printing
        self._title: Callable[[], str] = str
        self._note: Callable[[], str] = str
        self._drawing: Drawing | None = None
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
        self.save, self.print, self.excel = QPushButton(), QPushButton(), QPushButton()
        self.freeze_button = QPushButton()
        self.freeze_button.setObjectName(f"{name}Freeze")
        self.freeze_button.setIcon(icon("check-square"))
        self.freeze_button.clicked.connect(self.number_it)
        self.save.setObjectName(f"{name}Save")
        self.excel.setObjectName(f"{name}Excel")
        self.excel.setIcon(icon("export"))
        self.excel.clicked.connect(self.export)
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
        self.head.addWidget(self.freeze_button)
        self.head.addWidget(self.excel)
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
        self._title, self._note, self._drawing = drawing.title, drawing.note, drawing
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
        self.excel.setVisible(self._drawing is not None and self._drawing.excel is not None)
        for button in (self.save, self.print, self.excel):
            button.setEnabled(content is not None)
        kept = self._drawing.kept if self._drawing is not None else None
        self.freeze_button.setVisible(kept is not None and self._desk.may(Permission.ISSUE))
        self.freeze_button.setEnabled(kept is not None and content is not None and kept.open)
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
        if self.content is not None and self._drawing is not None:
            kinds = _("PDF files") + " (*.pdf)"
            ask_file(self, _("Save as PDF"), kinds, self._on_place, name=f"{self._drawing.file}.pdf", suffix="pdf")

    def number_it(self) -> None:
        """Give the paper its number and freeze it."""
        kept = self._drawing.kept if self._drawing is not None else None
        if kept is None or not kept.open:
            return
        self.freeze_button.setEnabled(False)
        job = self._desk.jobs.start(kept.issue, title=_("Issuing the paper"))
        job.succeeded.connect(self._on_frozen)
        job.finished.connect(lambda: self.freeze_button.setEnabled(kept.open))

    def export(self) -> None:
        """Keep the list as an Excel file."""
        drawing = self._drawing
        if drawing is not None and drawing.excel is not None:
            kinds = _("Excel files") + " (*.xlsx)"
            ask_file(self, _("Save as Excel file"), kinds, self._on_excel, name=f"{drawing.file}.xlsx", suffix="xlsx")

    def retranslate(self) -> None:
        """Say the words again."""
        self.title.setText(self._title())
        kept = self._drawing.kept if self._drawing is not None else None
        self.note.setText(" · ".join(filter(None, (self._note(), kept.words() if kept is not None else ""))))
        self.waiting.setText(_("Drawing the paper…"))
        self.freeze_button.setText(_("Issue the paper"))
        self.freeze_button.setAccessibleName(_("Issue the paper"))
        self.freeze_button.setToolTip(_("It gets its number and is never changed again."))
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words in ((self.save, _("Save as PDF…")), (self.print, _("Print…")), (self.excel, _("Excel…"))):
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

    def _on_frozen(self, paper: IssuedPaper) -> None:
        self.show_content(paper.pdf)
        words = _("The paper is issued: {number}.").format(number=paper.number or paper.title)
        self.said.emit(Notice(words, "ok"))

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

    def _on_excel(self, place: Path) -> None:
        drawing = self._drawing
        if drawing is None or drawing.excel is None:
            return
        write = drawing.excel
        job = self._desk.jobs.start(lambda _progress: write(place), title=_("Writing the Excel file"))
        job.succeeded.connect(lambda _nothing: self.said.emit(Notice(_("Saved as {file}.").format(file=place), "ok")))
