"""The matrix of a trial: classes now down, classes by the standard across; every number is a door to its list."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.rehearsal import Cell, Rehearsal, same_standing
from casemgr.i18n import _, format_number
from ui.models.rows import NONE, Index
from ui.theme import theme

NAME_WIDTH: Final = 230


def class_words(value: HouseholdClass | None) -> str:
    """A class, or that it stays open."""
    return _("Not determined") if value is None else _(CLASS_LABELS[value])


class MatrixModel(QAbstractTableModel):
    """Numbers of a trial with a sum at the right and below; `cells` are what a number stands for."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Rehearsal | None = None
        self._olds: tuple[HouseholdClass, ...] = ()
        self._news: tuple[HouseholdClass | None, ...] = ()

    def show(self, found: Rehearsal) -> None:
        """Show another trial."""
        self.beginResetModel()
        self._found, self._olds, self._news = found, found.olds, found.news
        self.endResetModel()

    def cells(self, row: int, column: int) -> tuple[Cell, ...]:
        """The pairs of classes a number counts; the name of a class stands for its whole line."""
        olds = self._olds if row >= len(self._olds) else (self._olds[row],)
        news = self._news if not 0 < column <= len(self._news) else (self._news[column - 1],)
        counts = self._found.counts if self._found is not None else {}
        return tuple((old, new) for old in olds for new in news if (old, new) in counts)

    def number(self, row: int, column: int) -> int:
        """The number of a cell."""
        counts = self._found.counts if self._found is not None else {}
        return sum(counts[cell] for cell in self.cells(row, column))

    def is_sum(self, row: int, column: int) -> bool:
        """Whether the cell sums up."""
        return row >= len(self._olds) or column > len(self._news)

    def changes(self, row: int, column: int) -> bool:
        """Whether the households of the cell change class."""
        if self.is_sum(row, column) or column == 0:
            return False
        new = self._news[column - 1]
        return new is not None and not same_standing(self._olds[row], new)

    def name(self, row: int) -> str:
        """The class of a line."""
        return _("Total") if row >= len(self._olds) else class_words(self._olds[row])

    def words(self, row: int, column: int) -> str:
        """What a number counts."""
        if column == 0 or column > len(self._news):
            return self.name(row)
        new = class_words(self._news[column - 1])
        return new if row >= len(self._olds) else f"{self.name(row)} → {new}"

    def rowCount(self, parent: Index = NONE) -> int:
        """Classes now, and the sum."""
        return 0 if parent.isValid() or not self._olds else len(self._olds) + 1

    def columnCount(self, parent: Index = NONE) -> int:
        """The name, the classes by the standard, and the sum."""
        return 0 if parent.isValid() or not self._olds else len(self._news) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(row) if column == 0 else format_number(self.number(row, column))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self.words(row, column)}: {format_number(self.number(row, column))}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section == 0:
                return _("Class now")
            return _("Total") if section > len(self._news) else class_words(self._news[section - 1])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        return None


class _Painter(QStyledItemDelegate):
    """Nothing is a faint dash, sums are strong, a change has the colour of changes and an arrow."""

    def __init__(self, model: MatrixModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._model = model

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        look, cell = theme(), QRect(option.rect)
        row, column = index.row(), index.column()
        total = self._model.is_sum(row, column)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, look.colour("sel"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, look.colour("hover"))
        painter.setPen(look.colour("line"))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        inner = cell.adjusted(look.px(9), 0, -look.px(9), 0)
        changes = self._model.changes(row, column)
        painter.setFont(look.font(bold=total or changes or column == 0))
        number = self._model.number(row, column)
        align = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        if column == 0:
            text = self._model.name(row)
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        else:
            text = format_number(number) if number else "–"
        colour = "text" if column == 0 or number else "faint"
        painter.setPen(look.colour("near" if changes and number else colour))
        painter.drawText(inner, int(align | Qt.AlignmentFlag.AlignVCenter), f"→ {text}" if changes and number else text)
        painter.restore()


class Matrix(QTableView):
    """`opened` with the cells of the number that was chosen, and its words."""

    opened = Signal(tuple, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rehearsalMatrix")
        self.setProperty("class", "framed")
        self.numbers = MatrixModel()
        self.setModel(self.numbers)
        self.setItemDelegate(_Painter(self.numbers, self))
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
        self.clicked.connect(self._open)
        self.numbers.modelReset.connect(self._measure)
        self._measure()

    def show_trial(self, found: Rehearsal) -> None:
        """Show the numbers."""
        self.numbers.show(found)
        if found.households:
            self.setCurrentIndex(self.numbers.index(0, 1))

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
        door = index.isValid() and self.numbers.number(index.row(), index.column()) > 0
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if door else Qt.CursorShape.ArrowCursor)

    def changeEvent(self, event: QEvent) -> None:
        """Other letters or another language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Numbers share what the names leave."""
        super().resizeEvent(event)
        self._spread()

    def sizeHint(self) -> QSize:
        """All of it, where there is room."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def _open(self, index: QModelIndex | QPersistentModelIndex) -> None:
        cells = self.numbers.cells(index.row(), index.column())
        if cells:
            self.opened.emit(cells, self.numbers.words(index.row(), index.column()))

    def _measure(self) -> None:
        self.setAccessibleName(_("Classes now and by the standard tried"))
        look = theme()
        each, head = look.row + look.px(2), round(look.font_px(12) * 1.3) * 2 + look.px(10)
        self.verticalHeader().setDefaultSectionSize(each)
        self.horizontalHeader().setFixedHeight(head)
        self.setMinimumHeight(head + 3 * each)
        self.setMaximumHeight(head + each * self.numbers.rowCount() + look.px(4))
        self._spread()

    def _spread(self) -> None:
        columns, look = self.numbers.columnCount() - 1, theme()
        room = self.viewport().width()
        if columns <= 0 or room <= 0:
            return
        name = min(look.room(NAME_WIDTH), room // 3)
        each = (room - name) // columns
        self.setColumnWidth(0, room - each * columns)
        for number in range(1, columns + 1):
            self.setColumnWidth(number, each)
