"""What is handed over, for many rows at once: a grid as wide as the list, typed or pasted from Excel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from casemgr.domain.distributions import goods_problems, goods_value
from casemgr.domain.support import GoodsLine
from casemgr.i18n import _, format_money, format_number, ngettext
from ui.goods_editor import GoodsEditor
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card


class GoodsCard(Card):
    """`given` carries the rows and what each of them gets."""

    given = Signal(list, tuple)
    closed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(margin=10)
        self.setObjectName(name)
        self._rows: list[int] = []
        self.title, self.sum, self.problem = QLabel(), QLabel(), QLabel()
        self.title.setProperty("class", "h2")
        self.title.setObjectName(f"{name}Title")
        self.sum.setProperty("class", "soft")
        self.sum.setObjectName(f"{name}Sum")
        self.problem.setProperty("class", "problem")
        self.problem.setObjectName(f"{name}Problem")
        self.problem.setWordWrap(True)
        self.editor = GoodsEditor()
        self.editor.widget.setObjectName(f"{name}Grid")
        self.editor.changed.connect(self._say)
        self.go, self.cancel = QPushButton(), QPushButton()
        self.go.setObjectName(f"{name}Go")
        self.go.setProperty("class", "primary")
        self.cancel.setObjectName(f"{name}Cancel")
        for button, words in ((self.go, lambda: _("Set the goods")), (self.cancel, lambda: _("Close"))):
            button.setAutoDefault(True)
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
        self.go.clicked.connect(self.give)
        self.cancel.clicked.connect(lambda _checked: self.closed.emit())
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            spaced(row, spacing=8)
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.sum)
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        self.add(head)
        self.add(self.editor.widget)
        self.add(foot)
        self.hide()
        Says(self, lambda _text: self._say(), str)

    def begin(self, rows: Sequence[int], goods: Sequence[GoodsLine]) -> None:
        """Ask what these rows get, from what they get now."""
        self._rows = list(rows)
        self.editor.set_value(goods)
        self.problem.setText("")
        self._say()
        self.show()
        self.editor.widget.setCurrentCell(0, 0)
        self.editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def give(self) -> None:
        """Hand it on unless something cannot be read or is missing."""
        goods = self.editor.value()
        told = list(filter(None, (self.editor.problem(), *(one.message for one in goods_problems(goods)))))
        self.problem.setText("\n".join(dict.fromkeys(told)))
        if not told:
            self.given.emit(self._rows, goods)
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Ctrl+Enter sets the goods."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held:
            self.give()
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        count = len(self._rows)
        words = ngettext("Goods of {count} row", "Goods of {count} rows", count)
        self.title.setText(words.format(count=format_number(count)))
        each = goods_value(self.editor.value())
        told = _("{each} each, {sum} together").format(each=format_money(each), sum=format_money(each * count))
        self.sum.setText(told if each else "")
