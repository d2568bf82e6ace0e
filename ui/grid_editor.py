"""A small grid of lines typed cell by cell: a free line at the end, Excel cells pasted in, choices found by typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from casemgr.domain.dates import read_date
from casemgr.domain.money import read_money
from casemgr.domain.text import clean, fold, nfc
from casemgr.i18n import _, format_date, format_number
from ui.editors import Editor
from ui.theme import theme
from ui.translation import Says
from ui.widgets.choice_box import ChoiceBox

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_CODE: Final = Qt.ItemDataRole.UserRole
_WORDS: Final = Qt.ItemDataRole.UserRole + 1
"""The code of a choice, and the words that meant it: they may be of the language before."""
_LEAST, _MOST = 2, 8
_AHEAD: Final = 60


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class GridColumn:
    """A column: its name among the values, N_ title, natural width; `labels` of a choice by code."""

    key: str
    title: str
    width: int = 120
    kind: Kind = Kind.TEXT
    labels: Mapping[Any, str] | None = None
    help: str = ""


class _Cells(QStyledItemDelegate):
    """A closed list for choices; several Excel cells pasted into an open cell go to the grid."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list for a choice, a line for the rest."""
        column = self._grid.columns[index.column()]
        if column.labels is None:
            made: QWidget = super().createEditor(parent, option, index)
        else:
            box = ChoiceBox[Any](parent)
            box.set_choices([(code, partial(_, words)) for code, words in column.labels.items()])
            made = box
        made.setObjectName(f"{self._grid.objectName()}Cell")
        made.setAccessibleName(_(column.title))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell."""
        if isinstance(editor, ChoiceBox):
            editor.set_value(self._grid.code(index.row(), index.column()))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep the cell."""
        if isinstance(editor, ChoiceBox):
            if editor.value() is not None:
                model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cells of Excel spread over the grid."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _is_paste(event) and _cells():
            self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self._grid.paste()
            return True
        return super().eventFilter(watched, event)


class Grid(QTableWidget):
    """Typing starts at once; the last line is always free; Tab leaves from the last cell."""

    def __init__(self, columns: Sequence[GridColumn], *, name: str, title: Callable[[], str]) -> None:
        super().__init__(0, len(columns))
        self.columns = tuple(columns)
        self.setObjectName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(_Cells(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        widest = max(range(len(columns)), key=lambda place: columns[place].width)
        head.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        Says(self, self.setAccessibleName, title)
        Says(self, lambda _text: self._say(), str)
        self.itemChanged.connect(self._on_item)
        self.show_lines([])
        self.measure()

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these and a free line."""
        self.blockSignals(True)
        self.setRowCount(0)
        for words in [*lines, ("",) * len(self.columns)]:
            self._add(words)
        self.blockSignals(False)
        self.fit()

    def words(self, row: int, column: int) -> str:
        """What a cell says."""
        item = self.item(row, column)
        return clean(item.text()) if item is not None else ""

    def code(self, row: int, column: int) -> object:
        """The code of a choice; None when the words mean none."""
        labels, wanted = self.columns[column].labels or {}, fold(self.words(row, column))
        item = self.item(row, column)
        if item is not None and item.data(_CODE) in labels and item.data(_WORDS) == item.text():
            return next(code for code in labels if code == item.data(_CODE))
        return next((code for code, words in labels.items() if wanted and wanted in (fold(_(words)), str(code))), None)

    def _keep(self, item: QTableWidgetItem, code: object) -> None:
        """Remember what the words of a choice mean, and say them in full."""
        labels = self.columns[item.column()].labels or {}
        if code is not None:
            item.setText(_(labels[code]))
        item.setData(_CODE, code)
        item.setData(_WORDS, item.text())

    def paste(self) -> None:
        """Put cells of Excel in, from the current cell on."""
        top, left = max(0, self.currentRow()), max(0, self.currentColumn())
        for down, line in enumerate(nfc(QGuiApplication.clipboard().text()).rstrip("\r\n").splitlines()):
            for right, text in enumerate(line.split("\t")):
                if left + right < len(self.columns):
                    item = self.item(top + down, left + right)
                    if item is not None:
                        item.setText(clean(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes cells of Excel, Delete clears a cell, Ctrl+Delete takes the line out; Tab leaves at the end."""
        row, held = self.currentRow(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        last = self.rowCount() * len(self.columns) - 1
        if _is_paste(event):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and row >= 0:
            item = self.currentItem()
            if held and row < self.rowCount() - 1:
                self.removeRow(row)
                self.fit()
                self.itemChanged.emit(self.item(min(row, self.rowCount() - 1), 0))
            elif item is not None and not held:
                item.setText("")
        elif event.key() == Qt.Key.Key_Tab and row * len(self.columns) + self.currentColumn() >= last:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.measure()

    def measure(self) -> None:
        """Lines and columns by the text size."""
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.row)
        for place, column in enumerate(self.columns):
            self.setColumnWidth(place, round(column.width * look.unit * look.text))
        self.fit()

    def fit(self) -> None:
        """As high as its lines, up to a few."""
        lines = max(_LEAST, min(_MOST, self.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + lines * theme().row + 4)

    def _say(self) -> None:
        self.setHorizontalHeaderLabels([_(column.title) for column in self.columns])
        self.blockSignals(True)
        for row in range(self.rowCount()):
            for place, column in enumerate(self.columns):
                item = self.item(row, place)
                if column.labels is not None and item is not None:
                    self._keep(item, self.code(row, place))
        self.blockSignals(False)

    def _add(self, words: Sequence[str]) -> None:
        row = self.rowCount()
        self.insertRow(row)
        for place, (column, text) in enumerate(zip(self.columns, words, strict=True)):
            item = QTableWidgetItem(text)
            if column.kind is Kind.NUMBER:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if column.help:
                item.setToolTip(_(column.help))
            self.setItem(row, place, item)
            if column.labels is not None:
                self._keep(item, self.code(row, place))

    def _on_item(self, item: QTableWidgetItem) -> None:
        self.blockSignals(True)
        column = self.columns[item.column()]
        if column.kind is Kind.NUMBER and (number := _number(item.text())) is not None:
            item.setText(format_number(number))
        elif column.labels is not None:
            self._keep(item, self.code(item.row(), item.column()))
        if item.row() == self.rowCount() - 1 and item.text().strip():
            self._add(("",) * len(self.columns))
            self.fit()
        self.blockSignals(False)


class GridEditor(Editor[Grid], Generic[T]):
    """Holds a tuple of lines: `make` builds one from its values by key, `take` gives the values of one."""

    def __init__(
        self,
        columns: Sequence[GridColumn],
        make: Callable[[Mapping[str, Any]], T],
        take: Callable[[T], Mapping[str, Any]],
        *,
        name: str,
        title: Callable[[], str],
    ) -> None:
        super().__init__(Grid(columns, name=name, title=title))
        self._make, self._take = make, take
        self.widget.itemChanged.connect(lambda _item: self.changed.emit())

    def value(self) -> tuple[T, ...]:
        """The lines that say something."""
        return tuple(self._make(self._values(row)) for row in self._rows())

    def set_value(self, value: Sequence[T] | None) -> None:
        """Show lines."""
        columns = self.widget.columns
        taken = [self._take(line) for line in value or ()]
        self.widget.show_lines([[_words(column, line[column.key]) for column in columns] for line in taken])

    def problem(self) -> str:
        """The first cell that cannot be read."""
        for row in self._rows():
            for place, column in enumerate(self.widget.columns):
                text = self.widget.words(row, place)
                if text and _read(column, text, self.widget.code(row, place)) is None:
                    return _PROBLEMS[column.kind]().format(text=text)
        return ""

    def text(self) -> str:
        """The lines one under the other."""
        columns = range(len(self.widget.columns))
        lines = ([self.widget.words(row, place) for place in columns] for row in self._rows())
        return "\n".join(" · ".join(filter(None, words)) for words in lines)

    def _rows(self) -> list[int]:
        columns = range(len(self.widget.columns))
        return [row for row in range(self.widget.rowCount()) if any(self.widget.words(row, place) for place in columns)]

    def _values(self, row: int) -> dict[str, Any]:
        return {
            column.key: _read(column, self.widget.words(row, place), self.widget.code(row, place))
            for place, column in enumerate(self.widget.columns)
        }


_PROBLEMS: Final[Mapping[Kind, Callable[[], str]]] = {
    Kind.TEXT: lambda: "",
    Kind.NUMBER: lambda: _("“{text}” is no whole number."),
    Kind.DAY: lambda: _("“{text}” is no whole date."),
    Kind.CHOICE: lambda: _("“{text}” is not on the list of this column."),
}


def _read(column: GridColumn, text: str, code: object) -> object:
    match column.kind:
        case Kind.NUMBER:
            return _number(text)
        case Kind.DAY:
            return _day(text)
        case Kind.CHOICE:
            return code
    return text


def _words(column: GridColumn, value: Any) -> str:  # noqa: ANN401 - each kind has its own
    if value is None or value == "":
        return ""
    match column.kind:
        case Kind.NUMBER:
            return format_number(value) if value else ""
        case Kind.DAY:
            return format_date(value)
        case Kind.CHOICE:
            labels = column.labels or {}
            return _(labels[value]) if value in labels else str(value)
    return str(value)


def _number(text: str) -> int | None:
    return read_money(text).value if text.strip() else None


def _day(text: str) -> date | None:
    if not text:
        return None
    today = date.today()  # noqa: DTZ011 - only how two digits of a year are read
    read = read_date(text, today=today.replace(year=today.year + _AHEAD, day=1)).value
    return date(read.year, read.month, read.day) if read and read.month and read.day else None


def _is_paste(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Paste)


def _cells() -> bool:
    """Whether the clipboard holds more than one cell."""
    text = QGuiApplication.clipboard().text().rstrip("\r\n")
    return "\t" in text or "\n" in text
