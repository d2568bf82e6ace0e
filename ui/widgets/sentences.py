"""Sentences of any length: a label, and a table whose words go on in the next line."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QSizePolicy, QStyleOptionViewItem

from ui.models.rows import RowsModel
from ui.theme import theme
from ui.widgets.list_table import CellPainter, ListTable


class _SentencePainter(CellPainter):
    """Measures words with the room they are drawn in, so that no line is cut."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the words need."""
        look, rect = theme(), QRect(option.rect)
        text = str(index.data() or "")
        room = max(1, rect.width() - 2 * (look.px(6) + 3))
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        words = QFontMetrics(look.font()).boundingRect(QRect(0, 0, room, 100_000), flags, text)
        return QSize(rect.width(), max(look.row, words.height() + look.px(10)))


class SentenceTable(ListTable):
    """A list whose words go on in the next line instead of being cut; for lists of tens of lines."""

    def __init__(self, model: RowsModel[Any, Any], *, name: str) -> None:
        super().__init__(model, name=name)
        self.setItemDelegate(_SentencePainter(self))
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths, other heights."""
        super().resizeEvent(event)
        self.resizeRowsToContents()


def sentence(name: str, look: str = "") -> QLabel:
    """A label for a sentence of any length."""
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    if look:
        label.setProperty("class", look)
    return label
