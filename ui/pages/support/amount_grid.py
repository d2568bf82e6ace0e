"""The grid of amounts: typed cell by cell or pasted from Excel; what speaks against a line stands in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from casemgr.domain.money import read_money
from casemgr.domain.text import clean
from casemgr.i18n import N_, _, format_number
from ui.pages.support.pasting import Pasted, read_pasted
from ui.theme import theme
from ui.translation import Says

Index = QModelIndex | QPersistentModelIndex
NONE: Final = QModelIndex()
NAME, NUMBER, HAMLET, CLASS, AMOUNT, GOODS, REASON, TOLD = range(8)
TITLES: Final = (
    N_("Full name"),
    N_("Identity number"),
    N_("Hamlet"),
    N_("Class"),
    N_("Amount in dong"),
    N_("Goods"),
    N_("Why it is right all the same"),
    N_("To be looked at"),
)
_WIDTHS: Final = (180, 122, 110, 92, 112, 120, 200, 260)


@dataclass
class AmountLine:
    """One beneficiary; amount and reason can be changed."""

    key: UUID
    """The household or person on a proposal, the entry on a list."""
    name: str
    code: str
    number: str
    hamlet: str
    class_words: str
    amount: int
    goods: str = ""
    reason: str = ""
    told: str = ""


class AmountModel(QAbstractTableModel):
    """The lines; `changed` after every change of one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[AmountLine] = []
        self.open = True
        self.touched: set[UUID] = set()

    def show(self, lines: Sequence[AmountLine], *, editable: bool) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines, self.open, self.touched = list(lines), editable, set()
        self.endResetModel()

    def put(self, pasted: Pasted) -> None:
        """Write pasted amounts."""
        for row, amount in pasted.amounts.items():
            self._touch(row, amount=amount)
        if self.lines:
            self.dataChanged.emit(self.index(0, AMOUNT), self.index(len(self.lines) - 1, AMOUNT))
        self.changed.emit()

    def put_reason_at(self, rows: Sequence[int], reason: str) -> None:
        """One reason for these lines."""
        for row in rows:
            self._touch(row, reason=reason)
        if self.lines:
            self.dataChanged.emit(self.index(0, REASON), self.index(len(self.lines) - 1, REASON))
        self.changed.emit()

    def remove(self, rows: Sequence[int]) -> None:
        """Take lines off."""
        for row in sorted(rows, reverse=True):
            self.beginRemoveRows(NONE, row, row)
            del self.lines[row]
            self.endRemoveRows()
        self.changed.emit()

    def keys(self) -> list[tuple[str, str, str]]:
        """What a line is known by in a spreadsheet."""
        return [(line.number, line.code, line.name) for line in self.lines]

    def rowCount(self, parent: Index = NONE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NONE) -> int:
        """Eight columns."""
        return 0 if parent.isValid() else len(TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Amount and reason can be typed."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.open and index.column() in (AMOUNT, REASON):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column == AMOUNT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.EditRole and column == AMOUNT:
            return str(line.amount) if line.amount else ""
        if role == Qt.ItemDataRole.ForegroundRole and column == TOLD and line.told:
            return theme().colour("near")
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return None
        words: tuple[Callable[[], str], ...] = (
            lambda: line.name,
            lambda: line.number,
            lambda: line.hamlet,
            lambda: line.class_words,
            lambda: format_number(line.amount) if line.amount else "",
            lambda: line.goods,
            lambda: line.reason,
            lambda: line.told,
        )
        return words[column]()

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What was typed; a sum that cannot be read leaves the old one."""
        text = clean(str(value or ""))
        if index.column() == AMOUNT:
            read = read_money(text)
            if text and read.value is None:
                return False
            self._touch(index.row(), amount=read.value or 0)
        else:
            self._touch(index.row(), reason=text)
        self.dataChanged.emit(index, index)
        self.changed.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles above, numbers at the side."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _(TITLES[section]) if orientation == Qt.Orientation.Horizontal else section + 1

    def _touch(self, row: int, *, amount: int | None = None, reason: str | None = None) -> None:
        line = self.lines[row]
        if amount is not None and amount != line.amount:
            line.amount = amount
            self.touched.add(line.key)
        if reason is not None and reason != line.reason:
            line.reason = reason
            self.touched.add(line.key)


class AmountGrid(QTableView):
    """Typing begins at once in amounts and reasons; Enter goes down; Ctrl+V pastes; Del takes lines off a proposal."""

    pasted = Signal(object)
    remove_requested = Signal(list)

    def __init__(self, model: AmountModel, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.lines = model
        self.setProperty("class", "framed")
        self.setModel(model)
        model.modelReset.connect(self._measure)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        Says(self, self.setAccessibleName, lambda: _("Amounts of the list"))
        Says(self, lambda _text: model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(TITLES) - 1), str)
        self._measure()

    def begin(self) -> None:
        """Stand on the first amount."""
        self.setCurrentIndex(self.lines.index(0, AMOUNT))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def paste(self) -> None:
        """Amounts from the clipboard."""
        if not self.lines.open:
            return
        found = read_pasted(QGuiApplication.clipboard().text(), self.lines.keys(), self.currentIndex().row())
        self.lines.put(found)
        self.pasted.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes, Del takes lines off, Enter goes down."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and self.lines.open:
            self.remove_requested.emit(sorted({each.row() for each in self.selectionModel().selectedIndexes()}))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and index.isValid():
            self.setCurrentIndex(self.lines.index(min(index.row() + 1, len(self.lines.lines) - 1), index.column()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names, or what is to be looked at, take the room left."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measure()

    def _measure(self) -> None:
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.row)
        widths = [round(width * look.unit * look.text) for width in _WIDTHS]
        lines = self.lines.lines
        for column, shown in (
            (GOODS, any(line.goods for line in lines)),
            (REASON, any(line.told or line.reason for line in lines)),
            (TOLD, any(line.told for line in lines)),
        ):
            self.setColumnHidden(column, not shown)
            widths[column] = widths[column] if shown else 0
        wide = TOLD if widths[TOLD] else NAME
        widths[wide] += max(0, self.viewport().width() - sum(widths))
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, width)
