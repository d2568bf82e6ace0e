"""The attendance of a class as a grid: learners down, days across, x / p / k typed into the cells, sums beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from casemgr.domain.training import MARK_LABELS, MARK_SIGNS, Mark
from casemgr.i18n import N_, _, format_date
from ui.theme import theme
from ui.translation import Says

if TYPE_CHECKING:
    from collections.abc import Callable

    from casemgr.services.courses import AttendanceRow

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[UUID, date]
NONE: Final = QModelIndex()
SUMS: Final = (Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT)
_SUM_TITLES: Final = {Mark.PRESENT: N_("Present"), Mark.EXCUSED: N_("Leave"), Mark.ABSENT: N_("Away")}
_DAY, _SUM, _NAME = 52, 64, 190
_KEYS: Final = {
    Qt.Key.Key_X: Mark.PRESENT,
    Qt.Key.Key_P: Mark.EXCUSED,
    Qt.Key.Key_K: Mark.ABSENT,
    Qt.Key.Key_Space: None,
    Qt.Key.Key_Delete: None,
    Qt.Key.Key_Backspace: None,
}
_TONES: Final = {Mark.PRESENT: "text", Mark.EXCUSED: "near", Mark.ABSENT: "poor"}
_WEEKDAYS: Final = (N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su"))
_DATA, _EDGE = Qt.ItemDataRole, int(Qt.AlignmentFlag.AlignCenter)


class AttendanceModel(QAbstractTableModel):
    """Days and, behind them, three sums; the last line sums up who was present on each day."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[AttendanceRow] = ()
        self.days: Sequence[date] = ()
        self.changes: dict[Cell, Mark | None] = {}
        self.problems: dict[Cell, str] = {}
        self.writable = True

    def show(self, rows: Sequence[AttendanceRow], days: Sequence[date], *, writable: bool) -> None:
        """Show a class and forget what was typed."""
        self.beginResetModel()
        self.rows, self.days, self.writable = rows, days, writable
        self.changes, self.problems = {}, {}
        self.endResetModel()

    def mark(self, row: int, column: int) -> Mark | None:
        """What a cell says now."""
        line, day = self.rows[row], self.days[column]
        cell = (line.learner_id, day)
        return self.changes[cell] if cell in self.changes else line.marks.get(day)

    def put(self, marks: Mapping[tuple[int, int], Mark | None]) -> None:
        """Type marks into cells."""
        if not self.writable:
            return
        for (row, column), mark in marks.items():
            line, day = self.rows[row], self.days[column]
            cell = (line.learner_id, day)
            self.problems.pop(cell, None)
            if line.marks.get(day) is mark:
                self.changes.pop(cell, None)
            else:
                self.changes[cell] = mark
        self._tell_all()
        self.edited.emit()

    def show_problems(self, problems: Mapping[Cell, str]) -> None:
        """Mark cells that are refused."""
        self.problems = dict(problems)
        self._tell_all()

    def place_of(self, cell: Cell) -> tuple[int, int] | None:
        """Row and column of a cell."""
        row = next((place for place, line in enumerate(self.rows) if line.learner_id == cell[0]), None)
        return None if row is None or cell[1] not in self.days else (row, self.days.index(cell[1]))

    def count(self, row: int, mark: Mark) -> int:
        """How often a learner has a mark."""
        return sum(self.mark(row, column) is mark for column in range(len(self.days)))

    def present_on(self, column: int) -> int:
        """How many are present on a day."""
        return sum(self.mark(row, column) is Mark.PRESENT for row in range(len(self.rows)))

    # ---- what Qt asks

    def rowCount(self, parent: Index = NONE) -> int:
        """Learners and the line of sums."""
        return 0 if parent.isValid() or not self.rows else len(self.rows) + 1

    def columnCount(self, parent: Index = NONE) -> int:
        """Days and sums."""
        return 0 if parent.isValid() else len(self.days) + len(SUMS)

    def data(self, index: Index, role: int = _DATA.DisplayRole) -> object:
        """A sign, its colour, and what is wrong with it."""
        row, column = index.row(), index.column()
        if role == _DATA.TextAlignmentRole:
            return _EDGE
        if role == _DATA.DisplayRole:
            return self._text(row, column)
        if row >= len(self.rows) or column >= len(self.days):
            return theme().colour("bg") if role == _DATA.BackgroundRole else None
        cell, mark = (self.rows[row].learner_id, self.days[column]), self.mark(row, column)
        if role == _DATA.ForegroundRole and mark is not None:
            return theme().colour(_TONES[mark])
        if role == _DATA.BackgroundRole:
            if cell in self.problems:
                return theme().colour("poorbg")
            return theme().colour("infobg") if cell in self.changes else None
        if role in (_DATA.ToolTipRole, _DATA.AccessibleDescriptionRole):
            return self.problems.get(cell) or None
        if role == _DATA.AccessibleTextRole:
            words = _(MARK_LABELS[mark]) if mark else _("empty")
            return f"{self.rows[row].person}, {format_date(self.days[column])}: {words}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DATA.DisplayRole) -> object:
        """Names at the left, days above."""
        if orientation is Qt.Orientation.Vertical:
            if role == _DATA.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            if section >= len(self.rows):
                return _("Present that day") if role == _DATA.DisplayRole else None
            if role == _DATA.DisplayRole:
                return self.rows[section].person
            if role == _DATA.ToolTipRole:
                return " · ".join(filter(None, (self.rows[section].person, self.rows[section].birth or "")))
            return None
        if role == _DATA.DisplayRole:
            if section >= len(self.days):
                return _(_SUM_TITLES[SUMS[section - len(self.days)]])
            day = self.days[section]
            return f"{day:%d/%m}\n{_(_WEEKDAYS[day.weekday()])}"
        if role == _DATA.ToolTipRole and section < len(self.days):
            return format_date(self.days[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Sums are only looked at."""
        flags = Qt.ItemFlag.ItemIsEnabled
        if index.row() < len(self.rows) and index.column() < len(self.days):
            flags |= Qt.ItemFlag.ItemIsSelectable
        return flags

    def _text(self, row: int, column: int) -> str:
        if column < len(self.days):
            if row >= len(self.rows):
                return str(self.present_on(column) or "")
            mark = self.mark(row, column)
            return MARK_SIGNS[mark] if mark is not None else ""
        which = SUMS[column - len(self.days)]
        if row < len(self.rows):
            return str(self.count(row, which) or "")
        return str(sum(self.count(each, which) for each in range(len(self.rows))) or "")

    def _tell_all(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))


class AttendanceGrid(QTableView):
    """x, p, k and space write the selected cells and go down; Ctrl+V pastes from Excel, Ctrl+C copies."""

    pasted = Signal(str)

    def __init__(self, model: AttendanceModel, *, name: str, title: Callable[[], str], sums: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.cells, self._sums = model, sums
        self.setModel(model)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setHighlightSections(not sums)
        self.verticalHeader().setVisible(not sums)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideNone)
        if sums:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        Says(self, self.setAccessibleName, title)
        model.modelReset.connect(self.measure)
        self.measure()

    def measure(self) -> None:
        """Widths by the text size; days here, sums there."""
        look, days = theme(), len(self.cells.days)
        self.verticalHeader().setDefaultSectionSize(look.row)
        self.verticalHeader().setFixedWidth(round(_NAME * look.unit * look.text))
        self.horizontalHeader().setFixedHeight(round(44 * look.unit * look.text))
        wide = 0
        for column in range(self.cells.columnCount()):
            hidden = (column < days) is self._sums
            self.setColumnHidden(column, hidden)
            self.setColumnWidth(column, round((_SUM if self._sums else _DAY) * look.unit * look.text))
            wide += 0 if hidden else self.columnWidth(column)
        if self._sums:
            bar = self.verticalScrollBar().sizeHint().width()
            self.setFixedWidth(wide + bar + 2 * self.frameWidth() + 2)

    def go(self, row: int, column: int) -> None:
        """Go to a cell."""
        self.setCurrentIndex(self.cells.index(row, column))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> list[tuple[int, int]]:
        """The cells selected, else the current one."""
        found = {(one.row(), one.column()) for one in self.selectedIndexes()}
        here = self.currentIndex()
        if not found and here.isValid():
            found = {(here.row(), here.column())}
        return sorted(cell for cell in found if cell[0] < len(self.cells.rows) and cell[1] < len(self.cells.days))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Marks by their keys."""
        key = Qt.Key(event.key())
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._as_text(self.chosen()))
        elif key in _KEYS and not held:
            self._write(_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self._step(1)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.measure()

    def keyboardSearch(self, search: str) -> None:
        """Letters are marks here, not a search."""

    def _write(self, mark: Mark | None) -> None:
        cells = self.chosen()
        self.cells.put(dict.fromkeys(cells, mark))
        if len(cells) == 1:
            self._step(1)

    def _step(self, down: int) -> None:
        here = self.currentIndex()
        row, column = here.row() + down, here.column()
        if row >= len(self.cells.rows) and column + 1 < len(self.cells.days):
            row, column = 0, column + 1
        if row < len(self.cells.rows):
            self.selectionModel().setCurrentIndex(
                self.cells.index(row, column), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _as_text(self, cells: Iterable[tuple[int, int]]) -> str:
        lines: dict[int, list[str]] = {}
        for row, column in cells:
            mark = self.cells.mark(row, column)
            lines.setdefault(row, []).append(MARK_SIGNS[mark] if mark else "")
        return "\n".join("\t".join(line) for line in lines.values())
