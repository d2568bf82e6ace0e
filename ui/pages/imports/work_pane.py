"""Reading or importing under way: what is being done, how far it is, and a way to stop it without a trace."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout

from casemgr.i18n import _
from ui.theme import sized, spaced
from ui.translation import Speaks


class WorkPane(Speaks):
    """Progress in the middle of the page."""

    stop_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importWork")
        self._words: Callable[[], str] = str
        self.title, self.text = QLabel(), QLabel()
        self.title.setObjectName("importWorkTitle")
        self.title.setProperty("class", "h3")
        self.text.setObjectName("importWorkText")
        self.text.setProperty("class", "soft")
        self.bar = QProgressBar()
        self.bar.setObjectName("importProgress")
        self.bar.setTextVisible(False)
        sized(self.bar, width=360)
        self.stop = QPushButton()
        self.stop.setObjectName("importStop")
        self.stop.setAutoDefault(True)
        self.stop.clicked.connect(self.stop_requested)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(24, 24, 24, 24), spacing=10)
        layout.addStretch(2)
        for widget in (self.title, self.text, self.bar, self.stop):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.retranslate()

    def begin(self, words: Callable[[], str]) -> None:
        """Something begins."""
        self._words = words
        self.show_progress(0, 0, "")
        self.retranslate()

    def show_progress(self, done: int, total: int, message: str) -> None:
        """The work reports."""
        last = bool(total) and done >= total  # what comes now is the commit, which nobody can stop half-way
        self.bar.setRange(0, 0 if last else total)
        self.bar.setValue(done)
        self.text.setText(_("Finishing…") if last else message)
        self.stop.setEnabled(not last)

    def retranslate(self) -> None:
        """Say the words again."""
        self.title.setText(self._words())
        self.bar.setAccessibleName(_("Progress"))
        self.stop.setText(_("Stop; nothing is written"))
        self.stop.setAccessibleName(self.stop.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        else:
            super().keyPressEvent(event)
