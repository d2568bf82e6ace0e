"""What stands where a list is empty: what this place is for and what to do first."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import spaced, theme
from ui.translation import Speaks

Words = Callable[[], str]


class EmptyState(Speaks):
    """A picture, a sentence and at most two buttons; `chosen` carries the number of the button."""

    chosen = Signal(int)

    def __init__(
        self, picture: str, title: Words, text: Words, buttons: tuple[Words, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = picture
        self._title_words, self._text_words = title, text
        self._picture, self._title, self._text = QLabel(), QLabel(), QLabel()
        self._title.setProperty("class", "h3")
        self._text.setProperty("class", "soft")
        self._text.setWordWrap(True)
        self._text.setMaximumWidth(theme().px(420))
        for label in (self._picture, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addStretch()
        self._buttons: list[tuple[Words, QPushButton]] = []
        for number, words in enumerate(buttons):
            button = QPushButton()
            button.setObjectName(f"emptyAction{number}")
            if number == 0:
                button.setProperty("class", "primary")
            button.clicked.connect(lambda _checked=False, number=number: self.chosen.emit(number))
            self._buttons.append((words, button))
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        spaced(layout, margins=(8, 24, 8, 24), spacing=8)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addStretch(2)
        layout.addWidget(self._picture)
        layout.addWidget(self._title)
        middle = QHBoxLayout()  # an alignment would give the text the height of its natural width only
        middle.addStretch(1)
        middle.addWidget(self._text, 100)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addSpacing(theme().px(8))
        layout.addLayout(row)
        layout.addStretch(3)
        self.retranslate()

    def say(self, title: Words, text: Words) -> None:
        """Change what it says."""
        self._title_words, self._text_words = title, text
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        side = theme().px(40)
        self._picture.setPixmap(icon(self._name, "faint").pixmap(QSize(side, side)))
        self._title.setText(self._title_words())
        self._text.setText(self._text_words())
        for words, button in self._buttons:
            button.setText(words())
            button.setAccessibleName(words())
