"""The table of a campaign: hamlets down, steps across; every number is a door to its list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from casemgr.i18n import _, format_number
from ui.models.rows import NONE, Index
from ui.theme import theme
from ui.widgets.badge import badge_size, draw_badge

LATE: Final = "late"
TOTAL: Final = "total"
PRINTED: Final = "printed"
NOWHERE: Final = UUID(int=0)
"""What stands for no hamlet where None is the whole commune."""
NAME_WIDTH: Final = 190
LEAST_WIDTH: Final = 40
ROOMY_WIDTH: Final = 72
"""From this natural width on, two lines are enough for every title."""


@dataclass(frozen=True)
class Step:
    """One column; `key` is what the list is asked for."""

    key: str
    title: str


@dataclass(frozen=True)
class Line:
    """One hamlet with its numbers by column (None: the whole commune, NOWHERE: no hamlet)."""

    name: Callable[[], str]
    hamlet: UUID | None
    numbers: Mapping[str, int] = field(default_factory=dict)
    whole: bool = False


class BoardModel(QAbstractTableModel):
    """Numbers by hamlet and step; the last line sums up."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: Sequence[Step] = ()
        self.lines: Sequence[Line] = ()

    def show(self, steps: Sequence[Step], lines: Sequence[Line]) -> None:
        """Show other numbers; the same shape keeps selection and place."""
        same = (steps, [line.hamlet for line in lines]) == (self.steps, [line.hamlet for line in self.lines])
        if not same:
            self.beginResetModel()
        self.steps, self.lines = steps, lines
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(steps)))

    def number(self, row: int, column: int) -> int:
        """The number of a cell."""
        return self.lines[row].numbers.get(self.steps[column - 1].key, 0)

    def rowCount(self, parent: Index = NONE) -> int:
        """How many hamlets, and the sum."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NONE) -> int:
        """The hamlet and the steps."""
        return 0 if parent.isValid() else 1 + len(self.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.lines[row].name() if column == 0 else format_number(self.number(row, column))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if column == 0:
                return self.lines[row].name()
            return _("{hamlet}, {step}: {count}").format(
                hamlet=self.lines[row].name(),
                step=_(self.steps[column - 1].title).lower(),
                count=format_number(self.number(row, column)),
            )
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _("Hamlet") if section == 0 else _(self.steps[section - 1].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        return None


class _Painter(QStyledItemDelegate):
    """Nothing is a faint dash, late a badge, the sum in strong letters."""

    def __init__(self, model: BoardModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        look, cell = theme(), QRect(option.rect)
        row, column = index.row(), index.column()
        whole = self._model.lines[row].whole
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, look.colour("sel"))
        elif option.state & QStyle.StateFlag.State_MouseOver and column:
            painter.fillRect(cell, look.colour("hover"))
        painter.setPen(look.colour("edge" if whole else "line"))
        painter.drawLine(*((cell.topLeft(), cell.topRight()) if whole else (cell.bottomLeft(), cell.bottomRight())))
        inner = cell.adjusted(look.px(9), 0, -look.px(9), 0)
        painter.setFont(look.font(bold=whole or column == 0))
        painter.setPen(look.colour("text"))
        align = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        if column == 0:
            text = painter.fontMetrics().elidedText(
                self._model.lines[row].name(), Qt.TextElideMode.ElideRight, inner.width()
            )
        else:
            number = self._model.number(row, column)
            text = format_number(number) if number else "–"
            if not number:
                painter.setPen(look.colour("faint"))
            elif self._model.steps[column - 1].key == LATE:
                size = badge_size(text)
                spot = QRect(inner.right() - size.width() + look.px(6), 0, size.width(), size.height())
                spot.moveTop(cell.top() + (cell.height() - size.height()) // 2)
                draw_badge(painter, spot, text, "near")
                painter.restore()
                return
        painter.drawText(inner, int(align | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


class BoardTable(QTableView):
    """`opened` with the hamlet (None = all) and the key of the step."""

    opened = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("boardTable")
        self.setProperty("class", "framed")
        self.board = BoardModel()
        self.setModel(self.board)
        self.setItemDelegate(_Painter(self.board, self))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(lambda index: self._open(index))
        self.board.modelReset.connect(self._spread)
        self._measure()

    def show_board(self, steps: Sequence[Step], lines: Sequence[Line]) -> None:
        """Show the numbers."""
        self.board.show(steps, lines)
        if lines and not self.currentIndex().isValid():
            self.setCurrentIndex(self.board.index(0, 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the number."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Numbers look like doors."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        door = index.isValid() and (index.column() == 0 or self.board.number(index.row(), index.column()) > 0)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if door else Qt.CursorShape.ArrowCursor)

    def changeEvent(self, event: QEvent) -> None:
        """Other letters or another language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measure()
        elif event.type() == QEvent.Type.LanguageChange and self.board.steps:
            self.board.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.board.steps))
            self.setAccessibleName(_("Hamlets and steps"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Numbers share what the names leave."""
        super().resizeEvent(event)
        self._spread()

    def _open(self, index: QModelIndex | QPersistentModelIndex) -> None:
        line = self.board.lines[index.row()]
        if index.column() == 0:
            self.opened.emit(line.hamlet, TOTAL)
        elif self.board.number(index.row(), index.column()):
            self.opened.emit(line.hamlet, self.board.steps[index.column() - 1].key)

    def _measure(self) -> None:
        self.setAccessibleName(_("Hamlets and steps"))
        self.verticalHeader().setDefaultSectionSize(theme().row + theme().px(4))
        self._spread()

    def _spread(self) -> None:
        steps, look = len(self.board.steps), theme()
        room = self.viewport().width()
        if not steps or room <= 0:
            return
        name = min(look.room(NAME_WIDTH), room // 6)
        each = max(look.px(LEAST_WIDTH), (room - name) // steps)
        lines = 2 if each >= look.room(ROOMY_WIDTH) else 3
        self.horizontalHeader().setFixedHeight(round(look.font_px(12) * 1.3) * lines + look.px(12))
        self.setColumnWidth(0, max(name, room - each * steps))
        for number in range(1, steps + 1):
            self.setColumnWidth(number, each)
