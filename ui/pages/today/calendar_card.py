"""The list as a calendar file: names of people go along only when the box is ticked."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton

from casemgr.i18n import _
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card


class CalendarCard(Card):
    """`file_requested` with whether names are wanted."""

    file_requested = Signal(bool)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(lambda: _("Calendar file of what is shown"), margin=10)
        self.setObjectName("dayCalendarCard")
        told = QLabel()
        told.setObjectName("dayCalendarTold")
        told.setWordWrap(True)
        told.setProperty("class", "soft")
        self.names = QCheckBox()
        self.names.setObjectName("dayCalendarNames")
        self.go, self.cancel = QPushButton(), QPushButton()
        self.go.setObjectName("dayCalendarGo")
        self.go.setProperty("class", "primary")
        self.cancel.setObjectName("dayCalendarCancel")
        spoken: tuple[tuple[QLabel | QCheckBox | QPushButton, Callable[[], str]], ...] = (
            (told, _told_words),
            (self.names, lambda: _("With the names of people")),
            (self.go, lambda: _("Choose the file…")),
            (self.cancel, lambda: _("Close")),
        )
        for widget, words in spoken:
            Says(widget, widget.setText, words)
            Says(widget, widget.setAccessibleName, words)
        self.go.clicked.connect(lambda _checked=False: self.file_requested.emit(self.names.isChecked()))
        self.cancel.clicked.connect(self.closed)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.names)
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        self.add(told)
        self.add(row)

    def begin(self) -> None:
        """Ask; names are never ticked beforehand."""
        self.names.setChecked(False)
        self.show()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _told_words() -> str:
    return _(
        "Calendars travel to phones: without the names only the codes of the households are written. "
        "Read in again, the file replaces the entries of the one before."
    )
