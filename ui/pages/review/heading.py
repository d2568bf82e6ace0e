"""The head of a pane: the way back, what this is, one line about it, and its verbs at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from casemgr.i18n import _
from ui.icons import icon
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.elided_label import ElidedLabel


class Heading(QWidget):
    """`say` title and note; `add` puts a verb at the right."""

    back_requested = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.back = QToolButton()
        self.back.setObjectName(f"{name}Back")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.back_requested)
        Says(self.back, self.back.setAccessibleName, lambda: _("Back"))
        Says(self.back, self.back.setToolTip, lambda: _("Back (Esc)"))
        self.title, self.note = ElidedLabel(), ElidedLabel()
        self.title.setObjectName(f"{name}Title")
        self.title.setProperty("class", "h1")
        self.note.setObjectName(f"{name}Note")
        self.note.setProperty("class", "soft")
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.title)
        words.addWidget(self.note)
        self._row = QHBoxLayout(self)
        spaced(self._row, spacing=8)
        self._row.addWidget(self.back)
        self._row.addLayout(words, 1)

    def say(self, title: str, note: str = "") -> None:
        """Show title and note."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def add(self, widget: QWidget) -> None:
        """Put a verb at the right."""
        self._row.addWidget(widget)
