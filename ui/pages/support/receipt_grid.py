"""The grid of the day after: who collected, ticked with Space; who came for whom, with what authorisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from casemgr.domain.support import DELIVERY_LABELS, DeliveryStatus, Receipt, ReceiptData
from casemgr.domain.text import clean
from casemgr.i18n import N_, _, format_date, format_number
from ui.goods_editor import goods_words
from ui.pages.support.looked_at import heighten, place_columns
from ui.theme import theme
from ui.translation import Says

if TYPE_CHECKING:
    from casemgr.services.distributions import DistributionRow

Index = QModelIndex | QPersistentModelIndex
NONE: Final = QModelIndex()
TICK, NAME, NUMBER, HAMLET, WORTH, STATE, BY, RELATION, AUTHORISATION, TOLD = range(10)
TITLES: Final = (
    N_("Collected"),
    N_("Full name"),
    N_("Identity number"),
    N_("Hamlet"),
    N_("Amount"),
    N_("State"),
    N_("Collected by"),
    N_("Relation"),
    N_("Authorisation"),
    N_("To be looked at"),
)
_LOOKED_AT: Final = (TICK, NAME, TOLD, BY, RELATION, AUTHORISATION, WORTH, STATE, NUMBER, HAMLET)
"""How the columns stand while something is to be looked at."""
_WIDTHS: Final = (72, 160, 122, 110, 110, 110, 150, 90, 120, 240)
_TYPED: Final = (BY, RELATION, AUTHORISATION)
WAITING: Final = (DeliveryStatus.APPROVED, DeliveryStatus.DELIVERED)


class ReceiptModel(QAbstractTableModel):
    """The rows of a list with the ticks that are not saved yet."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[DistributionRow] = []
        self.ticked: set[UUID] = set()
        self.wrong: dict[UUID, str] = {}
        """Why receipts were refused because of a row."""
        self._typed: dict[tuple[UUID, int], str] = {}

    def show(self, rows: Sequence[DistributionRow]) -> None:
        """Show other rows; ticks of rows that still wait stay."""
        self.beginResetModel()
        self.rows = list(rows)
        waiting = {row.id for row in rows if row.status in WAITING}
        self.ticked &= waiting
        self.wrong = {one: text for one, text in self.wrong.items() if one in waiting}
        self._typed = {key: text for key, text in self._typed.items() if key[0] in waiting}
        self.endResetModel()

    def forget(self) -> None:
        """No ticks any more."""
        self.ticked.clear()
        self.wrong.clear()
        self._typed.clear()

    def mark(self, wrong: Mapping[UUID, str]) -> int:
        """Say beside its row why receipts were refused; gives the first such row, -1 when there is none."""
        self.wrong = dict(wrong)
        if self.rows:
            self.dataChanged.emit(self.index(0, TICK), self.index(len(self.rows) - 1, TOLD))
        return next((place for place, row in enumerate(self.rows) if row.id in self.wrong), -1)

    def tick(self, rows: Sequence[int], *, on: bool) -> None:
        """Tick or untick rows that wait."""
        ids = {self.rows[row].id for row in rows if self.rows[row].status in WAITING}
        self.ticked = self.ticked | ids if on else self.ticked - ids
        if self.rows:
            self.dataChanged.emit(self.index(0, TICK), self.index(len(self.rows) - 1, STATE))
        self.changed.emit()

    def receipts(self, on: date, proof: Receipt) -> dict[UUID, ReceiptData]:
        """What is ticked, as the use case takes it."""
        return {
            row.id: ReceiptData(
                on,
                self._typed.get((row.id, BY), ""),
                self._typed.get((row.id, RELATION), ""),
                self._typed.get((row.id, AUTHORISATION), ""),
                proof,
            )
            for row in self.rows
            if row.id in self.ticked
        }

    def rowCount(self, parent: Index = NONE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NONE) -> int:
        """Ten columns."""
        return 0 if parent.isValid() else len(TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Those that wait can be ticked and typed in."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.rows[index.row()].status in WAITING:
            if index.column() == TICK:
                found |= Qt.ItemFlag.ItemIsUserCheckable
            elif index.column() in _TYPED:
                found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TICK:
            got = row.id in self.ticked or (row.status is DeliveryStatus.RECEIVED and not row.taken_back)
            return Qt.CheckState.Checked if got else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column == WORTH else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column == TOLD and row.id in self.wrong:
            return theme().colour("poor")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(row, column)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A tick, or what was typed; typing who collected ticks the row."""
        if role == Qt.ItemDataRole.CheckStateRole:
            self.tick([index.row()], on=Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        row = self.rows[index.row()]
        text = clean(str(value or ""))
        self._typed[row.id, index.column()] = text
        self.wrong.pop(row.id, None)
        if text:
            self.ticked.add(row.id)
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), AUTHORISATION))
        self.changed.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles above, numbers at the side."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _(TITLES[section]) if orientation == Qt.Orientation.Horizontal else section + 1

    def _words(self, row: DistributionRow, column: int) -> str:
        if column in _TYPED and row.id not in self.ticked and row.received_on is None:
            return self._typed.get((row.id, column), "")
        words = {
            TICK: "",
            NAME: row.name,
            NUMBER: row.id_number,
            HAMLET: row.hamlet,
            WORTH: "; ".join(filter(None, (format_number(row.amount) if row.amount else "", goods_words(row.goods)))),
            STATE: state_words(row),
            BY: self._typed.get((row.id, BY), row.received_by),
            RELATION: self._typed.get((row.id, RELATION), row.received_relation),
            AUTHORISATION: self._typed.get((row.id, AUTHORISATION), row.authorisation),
            TOLD: self.wrong.get(row.id, ""),
        }
        return words[column]


class ReceiptGrid(QTableView):
    """Space ticks the rows one has marked; typing begins in who collected."""

    def __init__(self, model: ReceiptModel, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.lines = model
        self.setProperty("class", "framed")
        self.setModel(model)
        model.dataChanged.connect(self._measure)
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
        Says(self, self.setAccessibleName, lambda: _("Who collected"))
        Says(self, lambda _text: model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(TITLES) - 1), str)
        self._measure()

    def stand_on(self, row: int) -> None:
        """Stand on a row and show it with what is to be looked at beside the name."""
        self.setCurrentIndex(self.lines.index(row, NAME))
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def selected(self) -> list[int]:
        """The marked rows."""
        return sorted({index.row() for index in self.selectionModel().selectedIndexes()})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks all marked rows, or unticks them when all are ticked."""
        marked = self.selected()
        if event.key() == Qt.Key.Key_Space and marked:
            all_on = all(self.lines.rows[row].id in self.lines.ticked for row in marked)
            self.lines.tick(marked, on=not all_on)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names take the room left."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measure()

    def _measure(self, *_changed: object) -> None:
        look, lines = theme(), self.lines
        self.verticalHeader().setDefaultSectionSize(look.row)
        widths = [round(width * look.unit * look.text) for width in _WIDTHS]
        self.setColumnHidden(TOLD, not lines.wrong)
        widths[TOLD] = widths[TOLD] if lines.wrong else 0
        place_columns(self, _LOOKED_AT if lines.wrong else range(len(TITLES)))
        widths[TOLD if lines.wrong else NAME] += max(0, self.viewport().width() - sum(widths))
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, width)
        told = {place: lines.wrong[row.id] for place, row in enumerate(lines.rows) if row.id in lines.wrong}
        heighten(self, TOLD, told)


def state_words(row: DistributionRow) -> str:
    """How far a row is."""
    if row.taken_back:
        return _("Taken back")
    words = _(DELIVERY_LABELS[row.status])
    if row.received_on is None:
        return words
    return _("{state} on {date}").format(state=words, date=format_date(row.received_on))
