"""The cards of one column of a board: painted rows of a list that can be dragged to another column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import theme
from ui.widgets.badge import badge_size, draw_badge

if TYPE_CHECKING:
    from collections.abc import Callable

MIME: Final = "application/x-casemgr-card"
Index = QModelIndex | QPersistentModelIndex
NONE: Final = QModelIndex()


@dataclass(frozen=True)
class BoardCard:
    """One card: all words in the language in force."""

    id: UUID
    state: str
    title: str
    """Whom it is about, e.g. the head of the household."""
    line: str = ""
    """Code and hamlet."""
    detail: str = ""
    """What it is about."""
    due: str = ""
    """When the next thing is due, "" for nothing."""
    tone: str = ""
    """Of the due day: "" calm, "near" soon, "poor" overdue; the words of `due` say it too."""
    mark: str = ""
    """A word that stands out, e.g. at risk."""
    mark_tone: str = "near"

    @property
    def told(self) -> str:
        """Everything the card says, for a reader of screens and the tool tip."""
        return "\n".join(filter(None, (self.title, self.line, self.detail, self.mark, self.due)))


class CardsModel(QAbstractListModel):
    """The cards of one state."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: tuple[BoardCard, ...] = ()

    def show_cards(self, cards: Sequence[BoardCard]) -> None:
        """Show these in place of those before."""
        self.beginResetModel()
        self.cards = tuple(cards)
        self.endResetModel()

    def place_of(self, id: UUID | None) -> int:
        """The place of a card, -1 when it is not here."""
        return next((place for place, card in enumerate(self.cards) if card.id == id), -1)

    def rowCount(self, parent: Index = NONE) -> int:
        """How many cards."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a card says."""
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return card.title
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return card.told
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards are dragged; columns take them, not cards."""
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return plain if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        """Only for this board."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The id of the card under way: nothing that another program could read."""
        content = QMimeData()
        content.setData(MIME, self.cards[indexes[0].row()].id.bytes)
        return content


class CardPainter(QStyledItemDelegate):
    """Draws a card: name, code and place, what it is about, and the day it is due."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        model, look = index.model(), theme()
        if not isinstance(model, CardsModel):
            return
        card = model.cards[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_Active) and option.widget.hasFocus()
        gap = look.px(4)
        box: QRect = option.rect.adjusted(gap, gap // 2, -gap, -(gap // 2))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colour("sel" if chosen else "panel"))
        painter.setPen(QPen(look.colour("focus" if focused else "line"), 2 if focused else 1))
        painter.drawRoundedRect(box, look.px(6), look.px(6))
        inner = box.adjusted(look.px(8), look.px(6), -look.px(8), -look.px(6))
        title, small = look.font(13, bold=True), look.font(12)
        high, low = QFontMetrics(title).height(), QFontMetrics(small).height()
        line = QRect(inner.left(), inner.top(), inner.width(), high)
        self._words(painter, line, card.title, title, "text")
        line = QRect(inner.left(), line.bottom() + look.px(2), inner.width(), low)
        self._words(painter, line, card.line, small, "soft")
        line = QRect(inner.left(), line.bottom() + look.px(2), inner.width(), low)
        self._words(painter, line, card.detail, small, "text")
        if card.due or card.mark:
            self._foot(painter, QRect(inner.left(), line.bottom() + look.px(4), inner.width(), low + look.px(3)), card)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its lines."""
        look, model = theme(), index.model()
        card = model.cards[index.row()] if isinstance(model, CardsModel) else None
        foot = card is not None and bool(card.due or card.mark)
        high, low = QFontMetrics(look.font(13, bold=True)).height(), QFontMetrics(look.font(12)).height()
        lines = high + 2 * (low + look.px(2)) + (low + look.px(7) if foot else 0)
        return QSize(look.px(120), lines + look.px(12) + look.px(6))

    def _foot(self, painter: QPainter, line: QRect, card: BoardCard) -> None:
        """The day it is due, and at the right what stands out."""
        look, used = theme(), 0
        if card.due and card.tone:
            used = min(badge_size(card.due, natural=11).width(), line.width())
            draw_badge(painter, QRect(line.left(), line.top(), used, line.height()), card.due, card.tone, natural=11)
        elif card.due:
            used = min(QFontMetrics(look.font(12)).horizontalAdvance(card.due), line.width())
            self._words(painter, line, card.due, look.font(12), "soft")
        room = line.width() - used - look.px(4)
        if card.mark and room > look.px(24):
            wide = min(badge_size(card.mark, natural=11).width(), room)
            place = QRect(line.right() - wide + 1, line.top(), wide, line.height())
            draw_badge(painter, place, card.mark, card.mark_tone, natural=11)

    @staticmethod
    def _words(painter: QPainter, place: QRect, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(theme().colour(colour))
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), fitting)


class CardsView(QListView):
    """The list of a column: Enter opens, Ctrl+Right asks for the next step, arrows go to the columns beside."""

    opened = Signal(object)
    next_requested = Signal(object)
    sideways = Signal(int)
    """-1 or 1: the column beside."""
    menu_requested = Signal(object, object)
    """The card and where on the screen."""
    dropped = Signal(object)
    current_changed = Signal(object)

    def __init__(self, name: str, takes: Callable[[UUID], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.cards = CardsModel()
        self._takes = takes
        self.setModel(self.cards)
        self.setItemDelegate(CardPainter(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDragEnabled(True)
        self.setDropIndicatorShown(False)
        self.setProperty("class", "cards")
        self.doubleClicked.connect(lambda index: self.opened.emit(self.cards.cards[index.row()].id))
        self.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))

    def current(self) -> UUID | None:
        """The card the keys are about."""
        index = self.currentIndex()
        return self.cards.cards[index.row()].id if index.isValid() else None

    def go(self, place: int) -> None:
        """Make a card current."""
        if 0 <= place < len(self.cards.cards):
            index = self.cards.index(place, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.current_changed.emit(self.cards.cards[index.row()].id)

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Ctrl+Right, Left, Right and the menu key; the rest as in every list."""
        card, held = self.current(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card is not None and not held:
            self.opened.emit(card)
        elif key == Qt.Key.Key_Right and held:
            if card is not None:
                self.next_requested.emit(card)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not held:
            self.sideways.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A card is current as soon as one comes here by keys."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go(0)
        else:
            self._tell(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The verbs of a card."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index, where = self.indexAt(event.pos()), event.globalPos()
            if index.isValid():
                self.go(index.row())
        else:
            index = self.currentIndex()
            where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        if index.isValid():
            self.menu_requested.emit(self.cards.cards[index.row()].id, where)

    # ---- dragging

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what may come here."""
        self._answer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take what may come here."""
        self._answer(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Nothing moves yet: the checks come first."""
        card = self._answer(event)
        if card is not None:
            event.setDropAction(Qt.DropAction.IgnoreAction)  # the list it comes from keeps it
            self.dropped.emit(card)

    def _answer(self, event: QDropEvent) -> UUID | None:
        content = event.mimeData()
        if content.hasFormat(MIME):
            card = UUID(bytes=bytes(content.data(MIME).data()))
            if self._takes(card):
                event.setAccepted(True)
                return card
        event.ignore()
        return None
