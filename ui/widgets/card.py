"""A card: a titled group of things that belong together, set off by a hairline."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from ui.theme import sized, spaced
from ui.translation import Says


class Card(QFrame):
    """A panel with an optional head; `head` takes buttons, `body` the content."""

    def __init__(
        self, title: Callable[[], str] | None = None, *, margin: int = 12, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("class", "card")
        layout = QVBoxLayout(self)
        spaced(layout, margins=(margin, margin - 2, margin, margin), spacing=6)
        self.head = QHBoxLayout()
        spaced(self.head, spacing=6)
        self.body = QVBoxLayout()
        spaced(self.body, spacing=6)
        if title is not None:
            label = QLabel()
            label.setProperty("class", "h2")
            sized(label, height=26)  # heads with and without buttons stand in one line
            Says(label, label.setText, title)
            Says(label, self.setAccessibleName, title)
            self.head.addWidget(label)
            self.head.addStretch()
            layout.addLayout(self.head)
        layout.addLayout(self.body, 1)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something into the card."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)
