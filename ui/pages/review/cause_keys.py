"""The causes of poverty as a short list of keys: 1–8 turn a cause."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy

from casemgr.i18n import _
from ui.theme import spaced, theme
from ui.translation import Says, Speaks


class CauseKeys(Speaks):
    """`changed` at every key; Enter `passed`."""

    changed = Signal()
    passed = Signal()

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("causes")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._boxes: dict[str, QCheckBox] = {}
        layout = QGridLayout(self)
        spaced(layout, spacing=0)
        for number, (code, words) in enumerate(labels.items()):
            box = QCheckBox()
            box.setObjectName(f"cause_{code}")
            box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            Says(box, box.setText, partial(self._words, code, words))
            Says(box, box.setAccessibleName, partial(_, words))
            box.clicked.connect(lambda _checked: self.changed.emit())
            layout.addWidget(box, number, 0)
            self._boxes[code] = box
        self.retranslate()

    def on(self) -> tuple[str, ...]:
        """The causes chosen."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def set_on(self, codes: Sequence[str]) -> None:
        """Choose exactly these."""
        for code, box in self._boxes.items():
            box.setChecked(code in codes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number turns its cause."""
        box = self._boxes.get(event.text())
        if box is not None:
            box.setChecked(not box.isChecked())
            self.changed.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.passed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame shows it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame goes."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring while the keys are about the causes."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().colour("focus"), 2))
            radius = theme().px(6)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)

    def retranslate(self) -> None:
        """Say the words again."""
        self.setAccessibleName(_("Causes of poverty (keys 1–8)"))

    @staticmethod
    def _words(code: str, words: str) -> str:
        return f"{code}. {_(words)}"
