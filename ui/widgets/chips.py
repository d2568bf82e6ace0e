"""Filter chips: small switches in one line, with the count of what each lets through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLayout, QLayoutItem, QToolButton, QWidget

from ui.theme import spaced, theme
from ui.translation import Speaks


class FlowLayout(QLayout):
    """Places items side by side and goes on below when the line is full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Qt hands over an item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove the item at a place."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that a width needs."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place everything."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest item."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, high, gap = rect.x(), rect.y(), 0, theme().px(6)
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if high and x + size.width() > rect.right() + 1:
                x, y, high = rect.x(), y + high + gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + gap
            high = max(high, size.height())
        return y + high - rect.y()


@dataclass(frozen=True)
class Chip:
    """One switch: its key, and its words asked anew after a switch of language."""

    key: str
    text: Callable[[], str]


class _Switch(QToolButton):
    """Has room for its words in the heavier letters of a switch that is on."""

    def sizeHint(self) -> QSize:
        """As wide on as off."""
        heavy = QFont(self.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        more = QFontMetrics(heavy).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(0, more), 0)


class Chips(Speaks):
    """A row of chips; with `single` at most one is on."""

    changed = Signal()

    def __init__(self, chips: Sequence[Chip], *, single: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._single = single
        self._layout = FlowLayout(self)
        spaced(self._layout)
        self._buttons: dict[str, tuple[Chip, QToolButton]] = {}
        self._counts: dict[str, int] = {}
        self.set_chips(chips)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Replace the chips; those that stay keep their state."""
        on = self.on()
        for _chip, button in self._buttons.values():
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for chip in chips:
            button = _Switch(self)
            button.setProperty("class", "chip")
            button.setObjectName(f"chip_{chip.key}")
            button.setCheckable(True)
            button.setChecked(chip.key in on)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda checked, key=chip.key: self._on_clicked(key, checked))
            self._layout.addWidget(button)
            button.show()
            self._buttons[chip.key] = (chip, button)
        self.retranslate()

    def on(self) -> tuple[str, ...]:
        """The keys of the chips that are on."""
        return tuple(key for key, (_chip, button) in self._buttons.items() if button.isChecked())

    def set_on(self, keys: Sequence[str]) -> None:
        """Switch exactly these on, silently."""
        for key, (_chip, button) in self._buttons.items():
            button.setChecked(key in keys)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many each chip lets through."""
        self._counts = counts
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        for key, (chip, button) in self._buttons.items():
            count = self._counts.get(key)
            text = chip.text() if count is None else f"{chip.text()}  {count}"
            button.setText(text)
            button.setAccessibleName(text)
        self.updateGeometry()

    def _on_clicked(self, key: str, checked: bool) -> None:
        if checked and self._single:
            self.set_on((key,))
        self.changed.emit()
