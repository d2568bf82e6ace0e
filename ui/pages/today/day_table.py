"""The table of the day's list: headings across the whole width, which the keys step over."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from ui.models.rows import Index, RowsModel
from ui.pages.today.columns import DayLine, Key
from ui.theme import theme
from ui.widgets.list_table import CellPainter, ListTable


class DayModel(RowsModel[Key, DayLine]):
    """Headings cannot be chosen."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What one can do with a cell."""
        if index.isValid() and self.row(index.row()).heading:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class DayPainter(CellPainter):
    """Draws headings as words with a line under them."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        model = index.model()
        heading = model.row(index.row()).heading if isinstance(model, DayModel) else ""
        if not heading:
            super().paint(painter, option, index)
            return
        look, cell = theme(), option.rect
        painter.setFont(look.font(13, bold=True))
        painter.setPen(look.colour("text"))
        side = look.px(6) + 3
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(cell.adjusted(side, 0, -side, 0), flags, heading)
        painter.setPen(look.colour("line"))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())


class DayTable(ListTable):
    """`settle_requested` on the space bar."""

    settle_requested = Signal()

    def __init__(self, model: DayModel) -> None:
        self._lines = model
        super().__init__(model, name="dayTable")
        self.setItemDelegate(DayPainter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionsMovable(False)  # a heading begins in the first column
        model.modelReset.connect(self._span)
        self._span()

    def go_near(self, place: int) -> None:
        """Make the line at a place current, or the nearest that is not a heading."""
        count = self._lines.rowCount()
        around = sorted(range(count), key=lambda row: (abs(row - place), row < place))
        found = next((row for row in around if not self._lines.row(row).heading), -1)
        self.go(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar settles; the table itself would only mark the line."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.settle_requested.emit()
            return
        super().keyPressEvent(event)

    def _span(self) -> None:
        self.clearSpans()
        columns = self._lines.columnCount()
        for place, key in enumerate(self._lines.ids):
            if key[0] == "heading" and columns > 1:
                self.setSpan(place, 0, 1, columns)
