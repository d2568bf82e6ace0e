"""A closed list that finds by typing without accents; never editable, so no completion spoils Vietnamese."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from casemgr.domain.text import fold
from ui.icons import draw
from ui.theme import theme

T = TypeVar("T")
_PAUSE_MS = 1200


class ChoiceBox(QComboBox, Generic[T]):
    """Choices as (value, words); typing "ho ngh" goes to “Hộ nghèo”, the mouse wheel changes nothing by accident."""

    chosen = Signal()
    """The person chose another value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(False)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self._values: list[T | None] = []
        self._words: list[Callable[[], str]] = []
        self._typed = ""
        self._clock = QElapsedTimer()
        self.view().installEventFilter(self)
        self.activated.connect(lambda _index: self.chosen.emit())

    def set_choices(self, choices: Sequence[tuple[T | None, Callable[[], str]]]) -> None:
        """Replace the choices, keeping the present value where it still exists."""
        kept = self.value()
        self._values = [value for value, _words in choices]
        self._words = [words for _value, words in choices]
        self.blockSignals(True)
        self.clear()
        self.addItems([words() for words in self._words])
        self.set_value(kept)
        self.blockSignals(False)

    def value(self) -> T | None:
        """The value chosen."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: T | None) -> None:
        """Show a value; one that is not among the choices shows nothing."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def changeEvent(self, event: QEvent) -> None:
        """Say the choices again after a switch of language."""
        if event.type() == QEvent.Type.LanguageChange:
            for index, words in enumerate(self._words):
                self.setItemText(index, words())
        super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find by typing; everything else as usual."""
        if not self._find(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Find by typing in the open list too."""
        if (
            watched is self.view()
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._find(event)
        ):
            return True
        return bool(super().eventFilter(watched, event))  # type: ignore[arg-type]  # Qt passes a QObject

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow from the icon set."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme().px(12)
        draw(
            painter,
            QRect(self.width() - side - theme().px(8), (self.height() - side) // 2, side, side),
            "caret-down",
            "soft" if self.isEnabled() else "faint",
        )

    def _find(self, event: QKeyEvent) -> bool:
        text = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if held or not text or not text.isprintable():
            return False
        fresh = not self._clock.isValid() or self._clock.elapsed() > _PAUSE_MS
        if fresh and text == " ":
            return False
        self._typed = text if fresh else self._typed + text
        self._clock.restart()
        wanted = fold(self._typed)
        found = self._match(wanted) if wanted else None
        if found is not None:
            self.setCurrentIndex(found)
            self.view().setCurrentIndex(self.model().index(found, self.modelColumn()))
            if not self.view().isVisible():
                self.chosen.emit()
        return True

    def _match(self, wanted: str) -> int | None:
        folded = [fold(self.itemText(index)) for index in range(self.count())]
        for fits in (str.startswith, lambda words, part: f" {part}" in words, lambda words, part: part in words):
            for index, words in enumerate(folded):
                if fits(words, wanted):
                    return index
        return None
