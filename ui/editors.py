"""The kinds of field a form can have: each wraps one widget and speaks in values."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from casemgr.domain.dates import PartialDate
from casemgr.domain.readings import Reading, reason
from casemgr.domain.text import clean, nfc
from casemgr.i18n import N_, _, format_number
from ui.theme import sized, spaced
from ui.translation import Says
from ui.widgets.chips import FlowLayout
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.date_edit import DateEdit

W = TypeVar("W", bound=QWidget)
Value = Any
"""What a field holds: each editor knows its own kind."""


class Editor(QObject, Generic[W]):
    """A widget that holds one value; `changed` when the person changed it."""

    changed = Signal()

    def __init__(self, widget: W) -> None:
        super().__init__(widget)
        self.widget: W = widget

    def value(self) -> Value:
        """The value now."""
        raise NotImplementedError

    def set_value(self, value: Value) -> None:
        """Show a value."""
        raise NotImplementedError

    def problem(self) -> str:
        """Why what was typed is no value, "" when it is."""
        return ""

    def warning(self) -> str:
        """Something to look at that does not stop saving."""
        return ""

    def text(self) -> str:
        """The value in words, for reading mode."""
        return str(self.value() or "")


class LineEditor(Editor[QLineEdit]):
    """One line of text, cleaned when read; empty becomes `empty`."""

    def __init__(self, *, empty: str | None = "", longest: int = 200) -> None:
        super().__init__(QLineEdit())
        self._empty = empty
        self.widget.setMaxLength(longest)
        self.widget.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> str | None:
        """The cleaned text."""
        return clean(self.widget.text()) or self._empty

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self.widget.setText(value or "")


class NotesEditor(Editor[QPlainTextEdit]):
    """Several lines; Enter makes a line."""

    def __init__(self, *, lines: int = 3) -> None:
        super().__init__(QPlainTextEdit())
        self.widget.setTabChangesFocus(True)
        sized(self.widget, height=18 * lines + 16)
        self.widget.textChanged.connect(self.changed)

    def value(self) -> str:
        """The text as typed, in NFC."""
        return nfc(self.widget.toPlainText()).strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self.widget.setPlainText(value or "")


class PartialDateEditor(Editor[DateEdit]):
    """A date of any precision."""

    def __init__(self) -> None:
        super().__init__(DateEdit())
        self.widget.changed.connect(self.changed)

    def value(self) -> PartialDate | None:
        """The date."""
        return self.widget.value()

    def set_value(self, value: PartialDate | None) -> None:
        """Show a date."""
        self.widget.set_value(value)

    def problem(self) -> str:
        """Unreadable."""
        return self.widget.problem()

    def text(self) -> str:
        """As people write it."""
        value = self.value()
        return value.text if value else ""


class DayEditor(Editor[DateEdit]):
    """A whole day, up to `ahead` days from now."""

    def __init__(self, *, ahead: int = 0) -> None:
        super().__init__(DateEdit(whole=True, ahead=ahead))
        self.widget.changed.connect(self.changed)

    def value(self) -> datetime.date | None:
        """The day."""
        return self.widget.day()

    def set_value(self, value: datetime.date | None) -> None:
        """Show a day."""
        self.widget.set_value(value)

    def problem(self) -> str:
        """Unreadable."""
        return self.widget.problem()

    def text(self) -> str:
        """As typed."""
        return self.widget.text()


class ChoiceEditor(Editor[ChoiceBox[Any]]):
    """One of a list, or nothing when `nothing` has words for it."""

    def __init__(
        self, choices: Sequence[tuple[Any, Callable[[], str]]], *, nothing: Callable[[], str] | None = None
    ) -> None:
        super().__init__(ChoiceBox())
        self._nothing = nothing
        self.set_choices(choices)
        self.widget.chosen.connect(self.changed)

    def set_choices(self, choices: Sequence[tuple[Any, Callable[[], str]]]) -> None:
        """Replace the choices."""
        first = [] if self._nothing is None else [(None, self._nothing)]
        self.widget.set_choices([*first, *choices])

    def value(self) -> Value:
        """The value chosen."""
        return self.widget.value()

    def set_value(self, value: Value) -> None:
        """Show a value."""
        self.widget.set_value(value)

    def text(self) -> str:
        """The words of the choice, nothing for none."""
        return "" if self.value() is None else self.widget.currentText()


def labelled(labels: Mapping[Any, str]) -> list[tuple[Any, Callable[[], str]]]:
    """Choices from a table of N_ texts."""
    return [(value, partial(_, words)) for value, words in labels.items()]


class CheckEditor(Editor[QCheckBox]):
    """Yes or no; the words stand at the box."""

    def __init__(self, words: Callable[[], str]) -> None:
        super().__init__(QCheckBox())
        Says(self.widget, self.widget.setText, words)
        self.widget.clicked.connect(lambda _checked: self.changed.emit())

    def value(self) -> bool:
        """Whether it is checked."""
        return self.widget.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Check or not."""
        self.widget.setChecked(bool(value))

    def text(self) -> str:
        """Its words when it is so."""
        return self.widget.text() if self.value() else ""


class ChecksEditor(Editor[QWidget]):
    """Any of a few codes, kept in the order of the table."""

    def __init__(self, labels: Mapping[Any, str]) -> None:
        super().__init__(QWidget())
        layout = FlowLayout(self.widget)
        spaced(layout)
        self._boxes: dict[str, QCheckBox] = {}
        self._others: tuple[str, ...] = ()
        for code, words in labels.items():
            box = QCheckBox()
            box.setObjectName(f"check_{code!s}")
            Says(box, box.setText, partial(_, words))
            box.clicked.connect(lambda _checked: self.changed.emit())
            layout.addWidget(box)
            self._boxes[str(code)] = box
        self.widget.setFocusProxy(next(iter(self._boxes.values()), None))  # type: ignore[arg-type]  # None takes the proxy away

    def value(self) -> tuple[str, ...]:
        """The codes checked; codes this version does not know are kept."""
        return (*(code for code, box in self._boxes.items() if box.isChecked()), *self._others)

    def set_value(self, value: Sequence[str] | None) -> None:
        """Check these."""
        codes = [str(code) for code in value or ()]
        for code, box in self._boxes.items():
            box.setChecked(code in codes)
        self._others = tuple(code for code in codes if code not in self._boxes)

    def text(self) -> str:
        """The words of those checked."""
        return ", ".join(box.text() for box in self._boxes.values() if box.isChecked())


class NumberEditor(Editor[QLineEdit]):
    """A whole number; dots between thousands are understood."""

    def __init__(self, *, least: int = 0, most: int = 10**12) -> None:
        super().__init__(QLineEdit())
        self._least, self._most = least, most
        self.widget.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> int | None:
        """The number, None when empty or unreadable."""
        digits = "".join(mark for mark in self.widget.text() if mark not in ". \u00a0")
        if not digits.isdecimal():
            return None
        number = int(digits)
        return number if self._least <= number <= self._most else None

    def set_value(self, value: int | None) -> None:
        """Show a number."""
        self.widget.setText("" if value is None else str(value))

    def problem(self) -> str:
        """Not a number in range."""
        if not self.widget.text().strip() or self.value() is not None:
            return ""
        return _("Type a whole number from {least} to {most}").format(
            least=format_number(self._least), most=format_number(self._most)
        )


class ReadingEditor(Editor[QLineEdit]):
    """Text that a rule of the domain reads; `of` turns what it read into what the record keeps."""

    def __init__(
        self,
        read: Callable[[str], Reading[Any]],
        *,
        of: Callable[[Any], Any] = lambda value: value,
    ) -> None:
        super().__init__(QLineEdit())
        self._read, self._of = read, of
        self.widget.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> Value:
        """What the rule read; None when empty or refused."""
        text = self.widget.text().strip()
        if not text:
            return None
        read = self._read(text).value
        return None if read is None else self._of(read)

    def set_value(self, value: str | None) -> None:
        """Show a value."""
        self.widget.setText(value or "")

    def problem(self) -> str:
        """Why the rule refuses."""
        text = self.widget.text().strip()
        reading = self._read(text) if text else None
        return reason(reading.rejected) if reading is not None and reading.rejected else ""

    def warning(self) -> str:
        """What the rule found odd."""
        text = self.widget.text().strip()
        return " ".join(reason(code) for code in self._read(text).warnings) if text else ""


NOTHING = N_("not stated")
"""What stands for an empty choice."""


def not_stated() -> str:
    """The words for an empty choice."""
    return _(NOTHING)
