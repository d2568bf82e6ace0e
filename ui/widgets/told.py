"""What stands against something and what should be looked at: lines with their sign, each a link to its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import spaced, theme

_PICTURES = {"poor": "warning-circle", "near": "warning", "ok": "check-circle", "info": "info"}


@dataclass(frozen=True)
class Line:
    """One line; with a `key` it is a link."""

    text: str
    tone: str = "poor"
    key: str = ""
    verb: str = ""


class Told(QWidget):
    """`chosen` carries the key of the link."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._widgets: list[QWidget] = []
        self._column = QVBoxLayout(self)
        spaced(self._column, spacing=6)
        self.texts: tuple[str, ...] = ()
        self.hide()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these in place of those before."""
        for widget in self._widgets:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets = [self._line(line, number) for number, line in enumerate(lines)]
        for widget in self._widgets:
            self._column.addWidget(widget)
        changed = self.texts != tuple(line.text for line in lines)
        self.texts = tuple(line.text for line in lines)
        self.setVisible(bool(lines))
        self.setAccessibleName("\n".join(self.texts))
        if changed and any(line.tone == "poor" for line in lines):
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _line(self, line: Line, number: int) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        spaced(row, spacing=6)
        sign, text = QLabel(), QLabel()
        side = theme().px(16)
        sign.setPixmap(icon(_PICTURES[line.tone], line.tone).pixmap(QSize(side, side)))
        text.setObjectName(f"{self.objectName()}{number}")
        text.setWordWrap(True)
        words = escape(line.text)
        if line.key:
            text.setText(f'{words} <a href="{escape(line.key)}">{escape(line.verb)}</a>')
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
            )
            text.linkActivated.connect(self.chosen)
        else:
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setText(line.text)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(line.text)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        return widget
