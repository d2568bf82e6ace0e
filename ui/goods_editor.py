"""Goods as the pay-out list must name them: a small grid typed cell by cell, with room for one line more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableWidget, QTableWidgetItem

from casemgr.domain.money import read_money
from casemgr.domain.support import GoodsLine
from casemgr.domain.text import clean, fold, nfc
from casemgr.i18n import N_, _, format_number
from ui.editors import Editor
from ui.theme import theme
from ui.translation import Says

TITLES: Final = (
    N_("Goods"),
    N_("Quantity"),
    N_("Measure"),
    N_("Specification"),
    N_("Brand, mark"),
    N_("Maker"),
    N_("Unit price"),
)
_WIDTHS: Final = (180, 74, 84, 130, 110, 130, 96)
NAME, QUANTITY, MEASURE, SPECIFICATION, BRAND, MAKER, PRICE = range(7)
_NUMBERS: Final = (QUANTITY, PRICE)


class _Cells(QStyledItemDelegate):
    """Several Excel cells pasted into an open cell go to the grid."""

    def __init__(self, grid: GoodsGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cells of Excel spread over the grid."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = QGuiApplication.clipboard().text().rstrip("\r\n")
            if event.matches(QKeySequence.StandardKey.Paste) and ("\t" in text or "\n" in text):
                self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
                self._grid.paste()
                return True
        return super().eventFilter(watched, event)


class GoodsGrid(QTableWidget):
    """Typing starts at once; the last line is always free; Tab leaves from the last cell."""

    def __init__(self) -> None:
        super().__init__(1, len(TITLES))
        self.setObjectName("goodsGrid")
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(_Cells(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        Says(self, self.setAccessibleName, lambda: _("Goods handed over"))
        Says(self, lambda _text: self._say(), str)
        self.measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.measure()

    def paste(self) -> None:
        """Put cells of Excel in from the current cell on; a line of headings is passed over."""
        top, left = max(0, self.currentRow()), max(0, self.currentColumn())
        titles = {fold(_(title)) for title in TITLES}
        pasted = [line.split("\t") for line in nfc(QGuiApplication.clipboard().text()).rstrip("\r\n").splitlines()]
        lines = [cells for cells in pasted if not all(fold(cell) in titles for cell in cells if clean(cell))]
        for down, cells in enumerate(lines):
            for right, text in enumerate(cells[: self.columnCount() - left]):
                if (item := self.item(top + down, left + right)) is not None:
                    item.setText(clean(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for the bar where the columns need more than there is."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes cells of Excel, Delete clears a cell; Tab goes on to the next field from the last one."""
        item = self.currentItem()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            return
        if event.key() == Qt.Key.Key_Delete and item is not None:
            item.setText("")
            return
        last = self.rowCount() * self.columnCount() - 1
        if event.key() == Qt.Key.Key_Tab and self.currentRow() * self.columnCount() + self.currentColumn() >= last:
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def measure(self) -> None:
        """Lines and columns by the text size."""
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.row)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, round(width * look.unit * look.text))
        self.fit()

    def fit(self) -> None:
        """As high as up to four lines."""
        lines = max(2, min(4, self.rowCount()))
        wide = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + lines * theme().row + bar + 4)

    def _say(self) -> None:
        self.setHorizontalHeaderLabels([_(title) for title in TITLES])


class GoodsEditor(Editor[GoodsGrid]):
    """Holds a tuple of goods lines."""

    def __init__(self) -> None:
        super().__init__(GoodsGrid())
        self.set_value(())
        self.widget.itemChanged.connect(self._on_item)

    def value(self) -> tuple[GoodsLine, ...]:
        """The lines that name something."""
        lines = []
        for row in range(self.widget.rowCount()):
            words = [self._text(row, column) for column in range(len(TITLES))]
            if any(words):
                lines.append(
                    GoodsLine(
                        words[NAME],
                        _number(words[QUANTITY]) or 0,
                        words[MEASURE],
                        words[SPECIFICATION],
                        words[BRAND],
                        words[MAKER],
                        _number(words[PRICE]) or 0,
                    )
                )
        return tuple(lines)

    def set_value(self, value: Sequence[GoodsLine] | None) -> None:
        """Show lines and a free one."""
        lines = [
            (
                line.name,
                format_number(line.quantity) if line.quantity else "",
                line.measure,
                line.specification,
                line.brand,
                line.maker,
                format_number(line.unit_price) if line.unit_price else "",
            )
            for line in value or ()
        ]
        self.widget.blockSignals(True)
        self.widget.setRowCount(len(lines) + 1)
        for row, words in enumerate([*lines, ("",) * len(TITLES)]):
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                if column in _NUMBERS:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.widget.setItem(row, column, item)
        self.widget.blockSignals(False)
        self.widget.fit()

    def problem(self) -> str:
        """A number that cannot be read."""
        for row in range(self.widget.rowCount()):
            for column in _NUMBERS:
                text = self._text(row, column)
                if text and _number(text) is None:
                    return _("“{text}” is no whole number.").format(text=text)
        return ""

    def text(self) -> str:
        """The goods in one line."""
        return goods_words(self.value())

    def _text(self, row: int, column: int) -> str:
        item = self.widget.item(row, column)
        return clean(item.text()) if item is not None else ""

    def _on_item(self, item: QTableWidgetItem) -> None:
        if item.row() == self.widget.rowCount() - 1 and item.text().strip():
            self.widget.blockSignals(True)
            self.widget.insertRow(self.widget.rowCount())
            for column in range(len(TITLES)):
                self.widget.setItem(self.widget.rowCount() - 1, column, QTableWidgetItem(""))
            self.widget.blockSignals(False)
            self.widget.fit()
        self.changed.emit()


def goods_words(goods: Sequence[GoodsLine]) -> str:
    """Goods in one line: 15 kg Gạo tẻ; 2 con Bò cái."""
    parts = (" ".join(filter(None, (format_number(line.quantity), line.measure, line.name))) for line in goods)
    return "; ".join(parts)


def _number(text: str) -> int | None:
    return read_money(text).value if text else None
