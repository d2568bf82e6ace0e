"""A sheet of targets as it will be on paper, with the way to the printer and to a PDF file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from casemgr.i18n import _
from ui.icons import icon
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.pdf_view import PdfView


class TargetPaper(Speaks):
    """Keeps the PDF that is shown and the name it is offered under."""

    closed = Signal()
    save_requested = Signal()
    print_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("targetPaper")
        self.content, self.name = b"", ""
        self.view = PdfView()
        self.back, self.save, self.print_button = QPushButton(), QPushButton(), QPushButton()
        bar = QHBoxLayout()
        spaced(bar, margins=(12, 8, 12, 0), spacing=8)
        for name, button, picture, signal in (
            ("targetPaperBack", self.back, "arrow-left", self.closed),
            ("targetPaperSave", self.save, "file-arrow-down", self.save_requested),
            ("targetPaperPrint", self.print_button, "printer", self.print_requested),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture, "on" if button is self.print_button else "soft"))
            button.clicked.connect(signal)
            bar.addWidget(button)
            if button is self.back:
                bar.addStretch()
        self.print_button.setProperty("class", "primary")
        layout = QVBoxLayout(self)
        spaced(layout, spacing=4)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        self.retranslate()

    def show_paper(self, content: bytes, name: str) -> None:
        """Show a drawn sheet."""
        self.content, self.name = content, name
        self.view.show_pdf(content)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words again."""
        self.back.setText(_("Back to the targets"))
        self.save.setText(_("Save as PDF…"))
        self.print_button.setText(_("Print…"))
