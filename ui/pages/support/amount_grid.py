"""The grid of amounts: typed cell by cell or pasted from Excel; what speaks against a line stands in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from casemgr.domain.money import read_money
from casemgr.domain.support import GoodsLine
from casemgr.domain.text import clean
from casemgr.i18n import N_, _, format_number
from ui.goods_editor import goods_words
from ui.pages.support.looked_at import heighten, place_columns
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
_ORDER: Final = (NAME, AMOUNT, TOLD, REASON, GOODS, NUMBER, HAMLET, CLASS)
"""How the columns stand: what is typed and what is wrong beside the name, however narrow the window is."""
_WIDTHS: Final = (180, 122, 110, 92, 112, 120, 200, 260)


@dataclass
class AmountLine:
    """One beneficiary; amount, goods and reason can be changed."""

    key: UUID
    """The household or person on a proposal, the entry on a list."""
    name: str
    code: str
    number: str
    hamlet: str
    class_words: str
    amount: int
    goods: tuple[GoodsLine, ...] = ()
    reason: str = ""
    told: str = ""
    """What asks for a reason."""
    wrong: str = ""
    """Why the list was refused because of this row."""

    @property
    def looked_at(self) -> str:
        """What is to be looked at."""
        return self.wrong or self.told


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

    def show_again(self, lines: Sequence[AmountLine], *, editable: bool) -> None:
        """Show the lines as read again: what is typed in them, and what is wrong with them, stays."""
        before, touched = {line.key: line for line in self.lines}, self.touched
        self.show(lines, editable=editable)
        for row, line in enumerate(self.lines):
            if (old := before.get(line.key)) is not None:
                if old.key in touched:
                    self._touch(row, amount=old.amount, goods=old.goods, reason=old.reason)
                line.wrong = old.wrong
        self._emit_all()

    def put(self, pasted: Pasted) -> None:
        """Write pasted amounts."""
        for row, amount in pasted.amounts.items():
            self._touch(row, amount=amount)
        self._emit_all()

    def put_amounts(self, amounts: Mapping[UUID, int], goods: Mapping[UUID, tuple[GoodsLine, ...]]) -> None:
        """Write amounts and goods of rows known by their key."""
        for row, line in enumerate(self.lines):
            self._touch(row, amount=amounts.get(line.key), goods=goods.get(line.key))
        self._emit_all()

    def put_goods_at(self, rows: Sequence[int], goods: tuple[GoodsLine, ...]) -> None:
        """The same goods for these lines."""
        for row in rows:
            self._touch(row, goods=goods)
        self._emit_all()

    def mark(self, wrong: Mapping[UUID, str]) -> int:
        """Say beside its row why the list was refused; gives the first such row, -1 when there is none."""
        for line in self.lines:
            line.wrong = wrong.get(line.key, "")
        self._emit_all()
        return next((row for row, line in enumerate(self.lines) if line.wrong), -1)

    def put_reason_at(self, rows: Sequence[int], reason: str) -> None:
        """One reason for these lines."""
        for row in rows:
            self._touch(row, reason=reason)
        self._emit_all()

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
        if role == Qt.ItemDataRole.ForegroundRole and column == TOLD and line.looked_at:
            return theme().colour("poor" if line.wrong else "near")
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return None
        words: tuple[Callable[[], str], ...] = (
            lambda: line.name,
            lambda: line.number,
            lambda: line.hamlet,
            lambda: line.class_words,
            lambda: format_number(line.amount) if line.amount else "",
            lambda: goods_words(line.goods),
            lambda: line.reason,
            lambda: line.looked_at,
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

    def _touch(
        self,
        row: int,
        *,
        amount: int | None = None,
        goods: tuple[GoodsLine, ...] | None = None,
        reason: str | None = None,
    ) -> None:
        line = self.lines[row]
        before = (line.amount, line.goods, line.reason)
        line.amount = line.amount if amount is None else amount
        line.goods = line.goods if goods is None else goods
        line.reason = line.reason if reason is None else reason
        if (line.amount, line.goods, line.reason) != before:
            line.wrong = ""
            self.touched.add(line.key)

    def _emit_all(self) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0, AMOUNT), self.index(len(self.lines) - 1, TOLD))
        self.changed.emit()


class AmountGrid(QTableView):
    """Typing begins at once in amounts and reasons; Enter goes down; Ctrl+V pastes; Del takes lines off a proposal."""

    pasted = Signal(object)
    remove_requested = Signal(list)
    goods_requested = Signal()
    """The goods of the marked rows are to be set."""

    def __init__(self, model: AmountModel, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.lines = model
        self.setProperty("class", "framed")
        self.setModel(model)
        model.modelReset.connect(self._measure)
        model.dataChanged.connect(self._measure)
        self.doubleClicked.connect(self._on_double_click)
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

    def marked(self) -> list[int]:
        """The rows with a marked cell."""
        return sorted({index.row() for index in self.selectionModel().selectedIndexes()})

    def stand_on(self, row: int) -> None:
        """Stand on the amount of a row and show it."""
        self.setCurrentIndex(self.lines.index(row, AMOUNT))
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

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
        """Ctrl+V pastes, Del takes lines off, F2 sets goods, Enter goes down."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and self.lines.open:
            self.remove_requested.emit(self.marked())
        elif event.key() == Qt.Key.Key_F2 and self.lines.open and index.column() == GOODS:
            self.goods_requested.emit()
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

    def _on_double_click(self, index: QModelIndex) -> None:
        if self.lines.open and index.column() == GOODS:
            self.goods_requested.emit()

    def _measure(self, *_changed: object) -> None:
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.row)
        widths = [round(width * look.unit * look.text) for width in _WIDTHS]
        lines = self.lines.lines
        for column, shown in (
            (GOODS, any(line.goods for line in lines)),
            (REASON, any(line.looked_at or line.reason for line in lines)),
            (TOLD, any(line.looked_at for line in lines)),
        ):
            self.setColumnHidden(column, not shown)
            widths[column] = widths[column] if shown else 0
        place_columns(self, _ORDER)
        wide = TOLD if widths[TOLD] else NAME
        widths[wide] += max(0, self.viewport().width() - sum(widths))
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, width)
        heighten(self, TOLD, {row: line.looked_at for row, line in enumerate(lines) if line.looked_at})
