"""Phiếu A: signs of a better-off life, for households that ask; only where the standard lists them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout

from casemgr.domain.packs import QuickCheck
from casemgr.i18n import _, format_number
from ui.theme import spaced
from ui.translation import Speaks


class QuickSigns(Speaks):
    """Hidden where the standard has no list of signs."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quickSigns")
        self._check: QuickCheck | None = None
        self._boxes: dict[str, QCheckBox] = {}
        self._title, self._rule = QLabel(), QLabel()
        self._title.setProperty("class", "h2")
        self._rule.setProperty("class", "small")
        self._rule.setWordWrap(True)
        self._column = QVBoxLayout(self)
        spaced(self._column, spacing=2)
        self._column.addWidget(self._title)
        self._column.addWidget(self._rule)
        self.hide()

    def show_check(self, check: QuickCheck | None, signs: Sequence[str], *, asked: bool) -> None:
        """Show the signs of a standard for a household that asked."""
        if check != self._check:
            for box in self._boxes.values():
                self._column.removeWidget(box)
                box.hide()
                box.deleteLater()
            self._boxes = {}
            for code, label in check.items if check is not None else ():
                box = QCheckBox(label, self)
                box.setObjectName(f"sign_{code}")
                box.setAccessibleName(label)
                box.clicked.connect(lambda _checked: self._on_changed())
                self._column.addWidget(box)
                self._boxes[code] = box
            self._check = check
        for code, box in self._boxes.items():
            box.setChecked(code in signs)
        self.setVisible(bool(self._boxes) and asked)
        self.retranslate()

    def on(self) -> tuple[str, ...]:
        """The signs seen."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def retranslate(self) -> None:
        """Say the words again."""
        if self._check is None:
            return
        self._title.setText(self._check.title)
        limit = self._check.pass_rule
        words = _("With {limit} signs or more no Phiếu B is made; seen: {count}.")
        self._rule.setText(
            "" if limit is None else words.format(limit=format_number(limit), count=format_number(len(self.on())))
        )
        self._rule.setVisible(limit is not None)

    def _on_changed(self) -> None:
        self.retranslate()
        self.changed.emit()
