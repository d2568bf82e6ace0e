"""The table of every list: rows that follow the text size, badges, copy for Excel, a choice of columns."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from casemgr.i18n import _
from ui.models.rows import RowsModel
from ui.theme import theme
from ui.widgets.badge import badge_size, draw_badge

RIGID: Final = 128
"""Natural width up to which a column neither grows nor shrinks."""
CRAMPED: Final = 0.62
LEAST: Final = 0.35
"""Below the first share of their width, words make spare columns step aside; below the second they do not shrink."""


_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class CellPainter(QStyledItemDelegate):
    """Draws the cells of a RowsModel itself: the style sheet would take three times as long for each."""

    def __init__(self, table: "ListTable") -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell: words, or a badge."""
        rows, look = self._table.rows, theme()
        column, row = rows.columns[index.column()], rows.row(index.row())
        cell: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, look.colour("sel"))
        text = column.text(row)
        if not text:
            return
        if column.tone is not None:
            size, left = badge_size(text), look.px(8)
            top = cell.top() + (cell.height() - size.height()) // 2
            width = min(size.width(), cell.width() - left)
            draw_badge(painter, QRect(cell.left() + left, top, width, size.height()), text, column.tone(row))
            return
        side = look.px(6) + 3
        inner = cell.adjusted(side, 0, -side, 0)
        flags = _RIGHT if column.right else _LEFT
        if self._table.wordWrap():
            flags |= int(Qt.TextFlag.TextWordWrap)
        else:
            text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.setFont(option.font)
        painter.setPen(look.colour("text"))
        painter.drawText(inner, flags, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Lines of more than one row keep a distance."""
        wanted = super().sizeHint(option, index)
        return QSize(wanted.width(), max(theme().row, wanted.height() + theme().px(8)))


class _TopEdge(QWidget):
    """The upper edge of a framed table once more, over the header, which would cut the round corners off."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def fit(self) -> None:
        """Lie over the header only, so that scrolling does not repaint it."""
        self.setVisible(self._table.property("class") == "framed" and not self._table.horizontalHeader().isHidden())
        self.setGeometry(0, 0, self._table.width(), theme().px(8) + 2)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As the style sheet draws the frame."""
        look, focused = theme(), self._table.hasFocus()
        width, radius = (2 if focused else 1), look.px(8)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("focus" if focused else "line"), width))
        inset = width / 2
        frame = QRectF(self._table.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, radius - inset, radius - inset)


class ListTable(QTableView):
    """A table over a RowsModel; `opened` on Enter or double click, `current_changed` when another line is current."""

    opened = Signal(int)
    current_changed = Signal(int)
    columns_chosen = Signal(tuple)

    def __init__(self, model: RowsModel[Any, Any], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.rows = model
        self.setProperty("class", "framed")
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(False)
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(24)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.sectionClicked.connect(self._on_header)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._on_header_menu)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.current_changed.emit(now.row()))
        model.modelReset.connect(self._fit_columns)
        head.sectionResized.connect(self._on_resized)
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self._spreading = False
        self._own_widths = False
        self._edge = _TopEdge(self)
        self._measure()
        self._fit_columns()

    def current(self) -> int:
        """The current line, -1 for none."""
        return self.currentIndex().row() if self.currentIndex().isValid() else -1

    def go(self, row: int) -> None:
        """Make a line current and show it."""
        if 0 <= row < self.rows.rowCount():
            index = self.rows.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag  # said outright: a Ctrl still held would take the line away again
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def selected(self) -> list[int]:
        """The selected lines in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def copy_for_excel(self) -> int:
        """Put the selected lines (all when at most one is selected) on the clipboard; how many they were."""
        chosen: Sequence[int] = self.selected()
        if len(chosen) <= 1:
            chosen = range(self.rows.rowCount())
        from casemgr.exchange.tables import clipboard_html, clipboard_text  # loads the writer of Excel files

        titles, lines = self.rows.titles(), list(self.rows.cells(chosen))
        content = QMimeData()
        content.setText(clipboard_text(titles, lines))
        content.setHtml(clipboard_html(titles, lines))
        QGuiApplication.clipboard().setMimeData(content)
        return len(chosen)

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        head = self.horizontalHeader()
        self._on_header_menu(QPoint(head.width() - theme().px(180), head.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.current() >= 0
        ):
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow text size and language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measure()
            self._spread()
        elif event.type() == QEvent.Type.LanguageChange:
            self.rows.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns fill the width until somebody drags them."""
        super().resizeEvent(event)
        self._spread()
        self._edge.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame shows it."""
        super().focusInEvent(event)
        self._edge.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame shows it."""
        super().focusOutEvent(event)
        self._edge.update()

    def sizeHint(self) -> QSize:
        """Roomy enough to be useful."""
        return QSize(theme().px(320), theme().row * 8)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row)

    def _fit_columns(self) -> None:
        self._own_widths = False
        self._spread()

    def _spread(self) -> None:
        """Fill the width: words grow or shrink, codes, dates and counts keep their room."""
        columns, room = self.rows.columns, self.viewport().width()
        if not columns or self._own_widths or room <= 0:
            return
        scale = theme().unit * theme().text
        shown = list(range(len(columns)))
        while True:
            soft = [number for number in shown if columns[number].width > RIGID and not columns[number].code]
            spare = room - sum(columns[number].width for number in shown) * scale
            soft_total = sum(columns[number].width for number in soft) * scale
            factor = 1 + spare / soft_total if soft else 1.0
            yielding = [number for number in shown if columns[number].spare]
            if factor >= CRAMPED or not yielding:
                break
            shown.remove(yielding[-1])
        factor = max(LEAST, factor)
        widths = [columns[number].width * scale * (factor if number in soft else 1) for number in range(len(columns))]
        for number in range(len(columns)):
            self.setColumnHidden(number, number not in shown)
        self._spreading = True
        for number, width in enumerate(widths):
            self.setColumnWidth(number, int(width))
        self._spreading = False

    def _on_resized(self) -> None:
        if not self._spreading and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._own_widths = True

    def _on_header(self, section: int) -> None:
        was, order = self._sorted
        turned = was == section and order == Qt.SortOrder.AscendingOrder
        order = Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder
        self._sorted = (section, order)
        self.rows.sort(section, order)

    def _on_header_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        shown = [column.key for column in self.rows.columns]
        for column in self.rows.all_columns:
            action = menu.addAction(_(column.title))
            action.setCheckable(True)
            action.setChecked(column.key in shown)
            action.triggered.connect(lambda checked, key=column.key: self._on_column(key, checked))
        menu.addSeparator()
        menu.addAction(_("Usual columns")).triggered.connect(lambda: self._show_columns(()))
        menu.popup(self.horizontalHeader().mapToGlobal(point))

    def _on_column(self, key: str, checked: bool) -> None:
        shown = [column.key for column in self.rows.columns]
        order = [column.key for column in self.rows.all_columns]
        wanted = {*shown, key} if checked else set(shown) - {key}
        self._show_columns(tuple(each for each in order if each in wanted))

    def _show_columns(self, keys: tuple[str, ...]) -> None:
        current = self.current()
        self.rows.set_columns(keys)
        self.go(current)
        self.columns_chosen.emit(keys)
