"""What became of the paper: being printed, done, or stuck, and what to do next."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout

from casemgr.i18n import _
from ui.icons import icon
from ui.theme import spaced, theme
from ui.translation import Speaks

Words = Callable[[], str]
_PICTURES = {"ok": "check-circle", "near": "warning", "poor": "warning-circle", "info": "printer"}


@dataclass(frozen=True)
class Told:
    """One state: its tone, what happened, more about it, and the buttons that make sense."""

    tone: str
    title: Words
    text: Words
    again: Words | None = None
    back: Words | None = None
    working: bool = False


class Outcome(Speaks):
    """A card that tells the end of an action."""

    back_requested = Signal()
    again_requested = Signal()
    register_requested = Signal()
    stop_requested = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._told: Told | None = None
        self._picture, self.title, self.text = QLabel(), QLabel(), QLabel()
        self.title.setObjectName(f"{name}Title")
        self.title.setProperty("class", "h3")
        self.text.setObjectName(f"{name}Text")
        for label in (self.title, self.text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setObjectName(f"{name}Progress")
        self.bar.setTextVisible(False)
        self.stop, self.back, self.again, self.register = (QPushButton() for _each in range(4))
        for part, button, signal in (
            ("Stop", self.stop, self.stop_requested),
            ("Back", self.back, self.back_requested),
            ("Again", self.again, self.again_requested),
            ("Register", self.register, self.register_requested),
        ):
            button.setObjectName(f"{name}{part}")
            button.setAutoDefault(True)
            button.clicked.connect(signal)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(4, 8, 4, 4), spacing=8)
        layout.addWidget(self._picture)
        for widget in (self.title, self.text, self.bar, self.stop):
            layout.addWidget(widget)
        layout.addStretch()
        for widget in (self.again, self.register, self.back):
            layout.addWidget(widget)
        self.retranslate()

    def tell(self, told: Told) -> None:
        """Show a state; the expected button gets the focus."""
        self._told = told
        expected = self.again if told.again and told.tone != "ok" else self.back
        for button in (self.again, self.back):
            button.setProperty("class", "primary" if button is expected else "")
            button.style().unpolish(button)
            button.style().polish(button)
        self.bar.setVisible(told.working)
        self.bar.setRange(0, 0)
        self.stop.setVisible(told.working)
        self.again.setVisible(told.again is not None)
        self.back.setVisible(not told.working)
        self.register.setVisible(not told.working)
        self.retranslate()
        (self.stop if told.working else expected).setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleEvent(self.title, QAccessible.Event.Alert))

    def show_progress(self, done: int, total: int, message: str) -> None:
        """Work under way reports."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if message:
            self.text.setText(message)

    @property
    def tone(self) -> str:
        """The tone of what is told."""
        return self._told.tone if self._told else ""

    def retranslate(self) -> None:
        """Say the words again."""
        told = self._told
        for button, words in (
            (self.stop, _("Stop")),
            (self.register, _("Show in the register")),
            (self.back, told.back() if told and told.back else _("Back to the household")),
            (self.again, told.again() if told and told.again else _("Again")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.bar.setAccessibleName(_("Progress"))
        if told is not None:
            side = theme().px(28)
            self._picture.setPixmap(icon(_PICTURES[told.tone], told.tone).pixmap(QSize(side, side)))
            self.title.setText(told.title())
            self.text.setText(told.text())
            self.text.setVisible(bool(told.text()) or told.working)
