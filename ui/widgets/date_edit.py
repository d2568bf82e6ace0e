"""A field for a date of any precision, typed as people type: 41126, 4/11/26, 1956, 03/1956."""

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from casemgr.domain.dates import PartialDate, read_date
from casemgr.i18n import _
from ui.translation import Says


def ways_to_read(text: str) -> tuple[str, ...]:
    """Digits without signs as people type them: 41126 and 041126 are 4/11/26, 031956 is 03/1956."""
    if text.isdecimal() and len(text) in (5, 6):
        return text, f"{text[:-4]}/{text[-4:-2]}/{text[-2:]}", f"{text[:-4]}/{text[-4:]}"
    return (text,)


class DateEdit(QLineEdit):
    """Reads when it is left; what is no date stays as typed and is marked. Up and Down move by a day, `=` is today."""

    changed = Signal()

    def __init__(self, *, whole: bool = False, ahead: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._ahead = datetime.timedelta(days=ahead)
        self._today = datetime.date.today  # the person's own day; use cases take theirs from the unit of work
        Says(self, self.setPlaceholderText, lambda: _("day/month/year") if self._whole else _("day/month/year or year"))
        self.editingFinished.connect(self._read)
        self.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> PartialDate | None:
        """The date typed; None when empty or unreadable (see `problem`)."""
        text = self.text().strip()
        if not text:
            return None
        latest = self._today() + self._ahead
        tries = (read_date(way, today=latest).value for way in ways_to_read(text))
        read = next((value for value in tries if value is not None), None)
        return None if read is None or (self._whole and read.precision != "day") else read

    def day(self) -> datetime.date | None:
        """The date when it is a whole day."""
        value = self.value()
        return datetime.date(value.year, value.month, value.day) if value and value.month and value.day else None

    def set_value(self, value: PartialDate | datetime.date | None) -> None:
        """Show a date."""
        if isinstance(value, datetime.date):
            value = PartialDate(value.year, value.month, value.day)
        self.setText(value.text if value else "")
        self._mark(wrong=False)

    def problem(self) -> str:
        """Why the text is no date, with an example; "" when it is one or empty."""
        if not self.text().strip() or self.value() is not None:
            return ""
        if self._whole:
            return _("Type the whole day, e.g. 5/3/2026")
        return _("Not a date. Type e.g. 5/3/1979, 03/1979 or 1979")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move by a day, "=" is today."""
        if event.text() == "=":
            self.set_value(self._today())
            self.changed.emit()
            return
        step = 1 if event.key() == Qt.Key.Key_Up else -1 if event.key() == Qt.Key.Key_Down else 0
        day = self.day()
        if step and day and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.set_value(day + datetime.timedelta(days=step))
            self.changed.emit()
            return
        super().keyPressEvent(event)

    def _read(self) -> None:
        value = self.value()
        if value is not None:
            self.set_value(value)
        else:
            self._mark(wrong=bool(self.text().strip()))

    def _mark(self, *, wrong: bool) -> None:
        if bool(self.property("invalid")) != wrong:
            self.setProperty("invalid", wrong)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setToolTip(self.problem())
