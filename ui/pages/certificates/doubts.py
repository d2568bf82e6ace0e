"""What stands against a paper and what should be looked at, one line each with its sign."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import spaced, theme


class Doubts(QWidget):
    """Refusals first, then doubts; empty takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperDoubts")
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        spaced(self._column, spacing=6)
        self.hide()

    def show_doubts(self, refusals: Sequence[str], warnings: Sequence[str]) -> None:
        """Show these in place of those before."""
        said = tuple(dict.fromkeys(refusals)), tuple(dict.fromkeys(warnings))
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [
            *(self._line(words, "warning-circle", "poor") for words in said[0]),
            *(self._line(words, "warning", "near") for words in said[1]),
        ]
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(self._lines))
        self.setAccessibleName("\n".join((*said[0], *said[1])))
        if said[0]:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @property
    def texts(self) -> list[str]:
        """The lines shown, in order."""
        return [label.text() for line in self._lines for label in line.findChildren(QLabel) if label.text()]

    def _line(self, words: str, picture: str, tone: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        spaced(row, spacing=6)
        sign, text = QLabel(), QLabel(words)
        side = theme().px(16)
        sign.setPixmap(icon(picture, tone).pixmap(QSize(side, side)))
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setObjectName("refusal" if tone == "poor" else "doubt")
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        return line
