"""Notices and expected failures in one line under the menu, never in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from casemgr.i18n import _
from ui.icons import icon
from ui.theme import spaced, theme
from ui.translation import Says

GOOD_SECONDS: Final = 8
_ICONS: Final = {"ok": "check-circle", "info": "info", "near": "warning", "poor": "warning-circle"}


@dataclass(frozen=True)
class Notice:
    """Something to tell, perhaps with one thing to do; `tone` is "ok", "info", "near" (warning) or "poor" (failure)."""

    text: str
    tone: str = "info"
    verb: str = ""
    act: Callable[[], object] | None = None


class MessageBar(QFrame):
    """Shows the last notice; good news goes by itself, the rest stays until closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._notice: Notice | None = None
        self._picture = QLabel()
        self._text = QLabel()
        self._text.setObjectName("messageText")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._verb = QPushButton()
        self._verb.setObjectName("messageAction")
        self._verb.clicked.connect(self._on_verb)
        self._close = QToolButton()
        self._close.setObjectName("messageClose")
        self._close.setProperty("class", "flat")
        self._close.setIcon(icon("x"))
        Says(self._close, self._close.setAccessibleName, lambda: _("Close the message"))
        Says(self._close, self._close.setToolTip, lambda: _("Close the message"))
        self._close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        spaced(layout, margins=(16, 6, 10, 6), spacing=10)
        layout.addWidget(self._picture)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._verb)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GOOD_SECONDS * 1000)
        self._timer.timeout.connect(self.clear)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the one before."""
        self._notice = notice
        self._text.setText(notice.text)
        self._text.setAccessibleName(notice.text)
        size = theme().px(18)
        self._picture.setPixmap(icon(_ICONS[notice.tone], notice.tone).pixmap(QSize(size, size)))
        self._verb.setText(notice.verb)
        self._verb.setAccessibleName(notice.verb)
        self._verb.setVisible(bool(notice.verb))
        self.setProperty("tone", notice.tone)
        for widget in (self, self._text):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))
        if notice.tone == "ok" and not notice.verb:
            self._timer.start()
        else:
            self._timer.stop()

    def clear(self) -> None:
        """Take the notice away."""
        self._notice = None
        self._timer.stop()
        self.hide()

    @property
    def text(self) -> str:
        """What is shown now."""
        return self._notice.text if self._notice else ""

    @property
    def tone(self) -> str:
        """The tone of what is shown now."""
        return self._notice.tone if self._notice else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_verb(self) -> None:
        act = self._notice.act if self._notice else None
        self.clear()
        if act is not None:
            act()
