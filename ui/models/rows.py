"""The model of every list: it holds ids and fetches the lines in windows of 200 as they come into view."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from casemgr.i18n import _

Row = TypeVar("Row")
Id = TypeVar("Id", bound=Hashable)
Index = QModelIndex | QPersistentModelIndex

WINDOW: Final = 200
_KEPT: Final = 10
RowRole: Final = Qt.ItemDataRole.UserRole + 1
"""The whole line, for painters."""
NONE: Final = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: `text` is what is shown; a `code` keeps its room when the table is narrow."""

    key: str
    title: str
    text: Callable[[Row], str]
    width: int = 120
    sort: str = ""
    """The order `find` is asked for when the header is clicked; "" = not sortable."""
    right: bool = False
    code: bool = False
    tone: Callable[[Row], str] | None = None
    """Draw as a badge with this tone."""
    hint: Callable[[Row], str] | None = None
    shown: bool = True
    """Shown unless the person chose otherwise."""
    spare: bool = False
    """Steps aside where the table is too narrow for all."""


class RowsModel(QAbstractTableModel, Generic[Id, Row]):
    """Lines of `ids`, fetched by `fetch(ids)` which returns one line per id in the same order."""

    sort_requested = Signal(str, bool)
    """order key, descending"""

    def __init__(self, columns: Sequence[Column[Row]], fetch: Callable[[Sequence[Id]], Sequence[Row]]) -> None:
        super().__init__()
        self.all_columns = tuple(columns)
        self._columns = tuple(column for column in columns if column.shown)
        self._fetch = fetch
        self._ids: Sequence[Id] = ()
        self._windows: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._order = ("", False)

    # ---- what pages use

    @property
    def ids(self) -> Sequence[Id]:
        """The ids shown, in order."""
        return self._ids

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns shown, in order."""
        return self._columns

    def set_ids(self, ids: Sequence[Id]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._ids = ids
        self._windows.clear()
        self.endResetModel()

    def reload(self) -> None:
        """Fetch the lines again, the ids being the same; selection and place stay."""
        self._windows.clear()
        if self._ids and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))

    def set_columns(self, keys: Sequence[str]) -> None:
        """Show these columns in this order; unknown keys are left out, nothing left means the usual ones."""
        known = {column.key: column for column in self.all_columns}
        chosen = tuple(known[key] for key in keys if key in known)
        self.beginResetModel()
        self._columns = chosen or tuple(column for column in self.all_columns if column.shown)
        self.endResetModel()

    def row(self, number: int) -> Row:
        """The line at a place."""
        first = number - number % WINDOW
        window = self._windows.get(first)
        if window is None:
            window = self._fetch(self._ids[first : first + WINDOW])
            self._windows[first] = window
            if len(self._windows) > _KEPT:
                self._windows.popitem(last=False)
        else:
            self._windows.move_to_end(first)
        return window[number - first]

    def place_of(self, id: Id | None) -> int:
        """The place of an id, -1 when it is not in the list."""
        if id is None:
            return -1
        try:
            return self._ids.index(id)
        except ValueError:
            return -1

    def titles(self) -> list[str]:
        """The titles of the columns shown."""
        return [_(column.title) for column in self._columns]

    def cells(self, numbers: Iterable[int]) -> Iterator[list[str]]:
        """The words of these lines, column by column."""
        for row in map(self.row, numbers):
            yield [column.text(row) for column in self._columns]

    # ---- what Qt asks

    def rowCount(self, parent: Index = NONE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NONE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return column.text(self.row(index.row()))
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(
                    (Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft)
                    | Qt.AlignmentFlag.AlignVCenter
                )
            case Qt.ItemDataRole.ToolTipRole:
                row = self.row(index.row())
                return column.hint(row) if column.hint else column.text(row)
            case _ if role == RowRole:
                return self.row(index.row())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            mark = ""
            if column.sort and column.sort == self._order[0]:
                mark = " ▾" if self._order[1] else " ▴"
            return _(column.title) + mark
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(
                (Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft)
                | Qt.AlignmentFlag.AlignVCenter
            )
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """The header was clicked: the page asks for another order."""
        if 0 <= column < len(self._columns) and self._columns[column].sort:
            key, descending = self._columns[column].sort, order == Qt.SortOrder.DescendingOrder
            if (key, descending) != self._order:
                self.show_order(key, descending=descending)
                self.sort_requested.emit(key, descending)

    def show_order(self, key: str, *, descending: bool = False) -> None:
        """Mark the column the list is ordered by."""
        self._order = (key, descending)
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def retranslate(self) -> None:
        """Titles and cells in the new language."""
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        self.reload()
