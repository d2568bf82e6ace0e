"""The report as it will be on paper, with the way to the printer and to a PDF file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from casemgr.i18n import _
from ui.icons import icon
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.pdf_view import PdfView


class PaperPane(Speaks):
    """Keeps the PDF that is shown."""

    closed = Signal()
    save_requested = Signal()
    print_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reportPaper")
        self.content = b""
        self.view = PdfView()
        self.back, self.save, self.print_button = QPushButton(), QPushButton(), QPushButton()
        bar = QHBoxLayout()
        spaced(bar, margins=(12, 8, 12, 0), spacing=8)
        for name, button, picture, signal in (
            ("paperBack", self.back, "arrow-left", self.closed),
            ("paperSave", self.save, "file-arrow-down", self.save_requested),
            ("paperPrint", self.print_button, "printer", self.print_requested),
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

    def show_paper(self, content: bytes) -> None:
        """Show a drawn report."""
        self.content = content
        self.view.show_pdf(content)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words again."""
        self.back.setText(_("Back to the report"))
        self.save.setText(_("Save as PDF…"))
        self.print_button.setText(_("Print…"))
