"""A report on the screen: figures under grouped heads with their column numbers; a number opens its households."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from casemgr.domain.statistics import MEMBER_ROWS, HeadCell, Value, all_heads, head_cells, sheet_words
from casemgr.i18n import _, format_number
from casemgr.services.statistic_rows import FigureRow
from casemgr.services.statistics import Figures
from ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
NONE: Final = QModelIndex()

_LEADS: Final = {"A": 40, "B": 168, "C": 88}
_FIELDS: Final = {"household_number": 56, "member_number": 64, "name": 220, "ethnic": 84, "relation": 120}
_FIGURE: Final = 84
_LEAST: Final = 0.72
"""The share of their natural width to which columns shrink before the table scrolls."""
_RIGID: Final = ("A", "C")
"""Columns before the figures that never shrink: the line's number and the unit."""
_SMALLEST: Final = 0.75
"""How far a formula shrinks before it takes a second line."""
_LEFT_FIELDS: Final = ("name", "relation")
_LINE: Final = 17
_HEAD_LINES: Final = 4
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)


class FiguresModel(QAbstractTableModel):
    """The cells of one report."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Figures | None = None
        self._rows: tuple[FigureRow, ...] = ()
        self._leads = 0

    def show_figures(self, found: Figures | None) -> None:
        """Show a report, or none."""
        self.beginResetModel()
        self.found = found
        self._rows = found.all_rows if found else ()
        self._leads = len(found.leads) if found else 0
        self.endResetModel()

    def row_at(self, number: int) -> FigureRow:
        """The line at a place."""
        return self._rows[number]

    def column_number(self, column: int) -> str:
        """The number a column of figures has on the sheet; "" for those before."""
        place = column - self._leads
        return self.found.columns[place].number if self.found and place >= 0 else ""

    def opens(self, row: int, column: int) -> bool:
        """Whether a cell counts households one can look at."""
        found = self.found
        if found is None or column < self._leads:
            return False
        line = self._rows[row]
        if found.form.rows == MEMBER_ROWS:
            return line.household_id is not None
        return found.columns[column - self._leads].counts and bool(line.values[column - self._leads])

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        line = self._rows[row]
        if column < self._leads:
            return (line.number, line.label, _unit(line.unit))[column]
        return self._shown(line.values[column - self._leads], column)

    def rowCount(self, parent: Index = NONE) -> int:
        """Lines with the total."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NONE) -> int:
        """Columns with those before the figures."""
        return 0 if parent.isValid() or self.found is None else self._leads + len(self.found.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - signature of Qt
        """Words, side, weight and what a cell opens."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(column)
        if role == Qt.ItemDataRole.FontRole:
            return theme().font(bold=True) if self._rows[row].total else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().colour("accent") if self.opens(row, column) and self._leads else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return _("Enter or double-click: the households behind this number") if self.opens(row, column) else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {self.text(row, column)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - signature of Qt
        """The whole name of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal or self.found is None:
            return None
        if section < self._leads:
            return self.found.leads[section].head
        column = self.found.columns[section - self._leads]
        return f"{column.number}. {column.name}"

    def _side(self, column: int) -> int:
        found = self.found
        if found is None:
            return _CENTRE
        if column < self._leads:
            left = found.leads[column].number == "B"
        elif found.form.rows == MEMBER_ROWS:
            left = found.columns[column].field in _LEFT_FIELDS
        else:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) if left else _CENTRE

    def _shown(self, value: Value, column: int) -> str:
        if not isinstance(value, (int, float)):
            return value or ""
        percent = self.found is not None and self.found.columns[column - self._leads].percent
        return format_number(value, decimals=2 if percent else 0)


def _unit(unit: str) -> str:
    words = sheet_words()
    return {"households": words.households, "people": words.people}.get(unit, "")


class FiguresHead(QHeaderView):
    """The head of a report: groups over their columns, and the row of column numbers with the formulas."""

    def __init__(self, model: FiguresModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._cells: tuple[HeadCell, ...] = ()
        self._numbers: tuple[str, ...] = ()
        self._heights: list[int] = []
        self.setObjectName("figuresHead")
        self.sectionResized.connect(lambda *_sizes: self.measure())

    def show_heads(self) -> None:
        """Take the heads of the model's report."""
        found = self._model.found
        self._cells = head_cells(all_heads(found.leads, found.columns)) if found else ()
        self._numbers = (*(lead.number for lead in found.leads), *(one.shown for one in found.columns)) if found else ()
        self.measure()

    def measure(self) -> None:
        """Give every row of the head the height its words need."""
        depth = max((cell.row + cell.rows for cell in self._cells), default=0)
        least = theme().font_px(_LINE) + theme().px(6)
        heights = [least] * depth
        metrics = self.fontMetrics()
        for cell in sorted(self._cells, key=lambda one: one.rows):
            wide = sum(self.sectionSize(cell.column + place) for place in range(cell.columns)) - theme().px(8)
            flags = int(Qt.TextFlag.TextWordWrap) | _CENTRE
            need = metrics.boundingRect(QRect(0, 0, max(20, wide), 2000), flags, cell.text).height() + theme().px(8)
            most = theme().font_px(_LINE) * _HEAD_LINES + theme().px(8)
            span = sum(heights[cell.row : cell.row + cell.rows])
            if min(need, most) > span:
                heights[cell.row + cell.rows - 1] += min(need, most) - span
        if heights != self._heights:
            self._heights = heights
            self.updateGeometries()
            self.viewport().update()
            self.geometriesChanged.emit()

    def sizeHint(self) -> QSize:
        """As high as the rows of the head and the row of numbers."""
        return QSize(super().sizeHint().width(), sum(self._heights) + self._numbers_high())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groups, heads and numbers with hairlines between."""
        painter, look = QPainter(self.viewport()), theme()
        painter.fillRect(event.rect(), look.colour("panel"))
        painter.setFont(look.font(12, bold=True))
        for cell in self._cells:
            rect = QRect(
                self.sectionViewportPosition(cell.column),
                sum(self._heights[: cell.row]),
                sum(self.sectionSize(cell.column + place) for place in range(cell.columns)),
                sum(self._heights[cell.row : cell.row + cell.rows]),
            )
            self._draw(painter, rect, cell.text)
        numbers: QFont = look.font(11)
        numbers.setItalic(True)
        painter.setFont(numbers)
        for column, text in enumerate(self._numbers):
            rect = QRect(
                self.sectionViewportPosition(column), sum(self._heights), self.sectionSize(column), self._numbers_high()
            )
            self._draw(painter, rect, text, tone="soft")

    def _draw(self, painter: QPainter, rect: QRect, text: str, *, tone: str = "text") -> None:
        look = theme()
        painter.setPen(look.colour("line"))
        painter.drawRect(rect.adjusted(-1, -1, -1, -1))
        painter.setPen(look.colour(tone))
        inner = rect.adjusted(look.px(3), look.px(2), -look.px(4), -look.px(2))
        flags = _CENTRE | int(Qt.TextFlag.TextWordWrap)
        painter.save()
        if tone == "soft":  # a formula has no spaces to break at
            flags |= int(Qt.TextFlag.TextWrapAnywhere)
            wide = painter.fontMetrics().horizontalAdvance(text) + 2
            if wide > inner.width() > 0:
                font = painter.font()
                font.setPixelSize(max(1, int(font.pixelSize() * max(_SMALLEST, inner.width() / wide))))
                painter.setFont(font)
        painter.drawText(inner, flags, text)
        painter.restore()

    def _numbers_high(self) -> int:
        longest = max((len(text) for text in self._numbers), default=0)
        return theme().font_px(_LINE) * (2 if longest > 9 else 1) + theme().px(4)


class FiguresTable(QTableView):
    """Walks from number to number with the arrow keys."""

    opened = Signal(str, str)
    """Row and column number of the cell whose households are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figuresTable")
        self.setProperty("class", "framed")
        self.figures = FiguresModel()
        self.setModel(self.figures)
        self._head = FiguresHead(self.figures, self)
        self.setHorizontalHeader(self._head)
        self._head.setSectionsClickable(False)
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(lambda index: self._open(index.row(), index.column()))

    def show_figures(self, found: Figures | None) -> None:
        """Show a report; the current cell stays where it was if the form is the same."""
        before = self.figures.found
        same = before is not None and found is not None and before.form.number == found.form.number
        row, column = self.currentIndex().row(), self.currentIndex().column()
        self.figures.show_figures(found)
        self._measure()
        self._join()
        if found is None or not self.figures.rowCount():
            return
        if not same:
            row, column = 0, len(found.leads)
        last = self.figures.rowCount() - 1
        self.setCurrentIndex(self.figures.index(min(max(row, 0), last), max(column, 0)))

    def copy_cells(self) -> int:
        """Put the selected cells on the clipboard as a table; how many lines."""
        chosen = self.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        if len(chosen) <= 1:
            rows, columns = list(range(self.figures.rowCount())), list(range(self.figures.columnCount()))
        lines = ["\t".join(self.figures.text(row, column) for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
        return len(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the households, Ctrl+C copies."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex().row(), self.currentIndex().column())
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_cells()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow text size and scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and self.figures.found is not None:
            self._measure()

    def _open(self, row: int, column: int) -> None:
        if row >= 0 and column >= 0 and self.figures.opens(row, column):
            self.opened.emit(self.figures.row_at(row).key, self.figures.column_number(column))

    def _measure(self) -> None:
        found = self.figures.found
        if found is None:
            self._head.show_heads()
            return
        natural = [_LEADS[lead.number] for lead in found.leads]
        natural += [_FIELDS.get(column.field, _FIGURE) for column in found.columns]
        scale = theme().unit * max(1.0, theme().text)
        room = self.viewport().width()
        spare = room / (sum(natural) * scale) if room > 0 else 1.0
        grow = min(1.6, max(_LEAST, spare))
        for column, width in enumerate(natural):
            rigid = column < len(found.leads) and found.leads[column].number in _RIGID
            self.setColumnWidth(column, int(width * scale * (max(1.0, grow) if rigid else grow)))
        self.verticalHeader().setDefaultSectionSize(theme().row)
        self._head.show_heads()

    def _join(self) -> None:
        """A hamlet's number and name stand once beside its two rows."""
        self.clearSpans()
        found = self.figures.found
        if found is None or len(found.leads) < 3:
            return
        for row in range(0, self.figures.rowCount() - 1, 2):
            for column in (0, 1):
                self.setSpan(row, column, 2, 1)
