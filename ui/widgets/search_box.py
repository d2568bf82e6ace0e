"""The one box (Ctrl+K): type, see people, households, papers and commands in a list below, Enter opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import _
from ui.icons import draw, icon
from ui.theme import spaced, theme
from ui.translation import Says
from ui.widgets.badge import badge_size, draw_badge

_HIT: Final = Qt.ItemDataRole.UserRole + 1
_SHOWN: Final = 9


@dataclass(frozen=True)
class Hit:
    """One thing found: `target` is a Place or the id of an action."""

    icon: str
    title: str
    detail: str
    target: object
    badge: str = ""
    tone: str = "plain"


class _HitPainter(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(_HIT)
        look, rect = theme(), QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("sel"))
        gap, side = look.px(10), look.px(18)
        inner = rect.adjusted(gap, 0, -gap, 0)
        draw(painter, QRect(inner.left(), inner.center().y() - side // 2, side, side), hit.icon, "soft")
        inner.setLeft(inner.left() + side + gap)
        if hit.badge:
            size = badge_size(hit.badge)
            spot = QRect(
                inner.right() - size.width(), inner.center().y() - size.height() // 2, size.width(), size.height()
            )
            draw_badge(painter, spot, hit.badge, hit.tone)
            inner.setRight(spot.left() - gap)
        bold, plain = look.font(13, bold=True), look.font(12)
        title_width = QFontMetrics(bold).horizontalAdvance(hit.title)
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(bold)
        painter.setPen(look.colour("text"))
        painter.drawText(
            inner, middle, QFontMetrics(bold).elidedText(hit.title, Qt.TextElideMode.ElideRight, inner.width())
        )
        inner.setLeft(inner.left() + title_width + gap)
        if inner.width() > look.px(24):
            painter.setFont(plain)
            painter.setPen(look.colour("soft"))
            painter.drawText(
                inner, middle, QFontMetrics(plain).elidedText(hit.detail, Qt.TextElideMode.ElideRight, inner.width())
            )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme().px(200), theme().row + theme().px(4))


class SearchBox(QLineEdit):
    """Asks `find(text)` as one types and offers the hits below; nothing is ever completed inside the line."""

    chosen = Signal(object)
    """The target of the hit the person chose."""

    def __init__(self, find: Callable[[str], Sequence[Hit]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        self._find = find
        self.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("x"), "", self)
        self._clear.triggered.connect(self.leave)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        Says(
            self,
            self.setPlaceholderText,
            lambda: _("Search people, households, codes, certificates, commands  (Ctrl+K)"),
        )
        Says(self, self.setAccessibleName, lambda: _("Search everything"))
        self._popup = QFrame(self)
        self._popup.setObjectName("palette")
        self._popup.hide()
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setObjectName("searchHits")
        Says(self._list, self._list.setAccessibleName, lambda: _("What was found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitPainter(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(lambda _index: self._choose())
        layout = QVBoxLayout(self._popup)
        spaced(layout, margins=(4, 4, 4, 4), spacing=0)
        layout.addWidget(self._list)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)  # after the key was painted, so that typing never waits for searching
        self._delay.timeout.connect(self._search)
        self.textChanged.connect(self._on_text)

    def hits(self) -> list[Hit]:
        """What is offered now."""
        return [self._model.item(row).data(_HIT) for row in range(self._model.rowCount())]

    @property
    def popup(self) -> QFrame:
        """The list below the box."""
        return self._popup

    def leave(self) -> None:
        """Forget the text and close the list."""
        self.clear()
        self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move in the list, Enter opens, Esc leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self._popup.isVisible():
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN, Qt.Key.Key_PageUp: -_SHOWN}[
                Qt.Key(key)
            ]
            row = max(0, min(self._model.rowCount() - 1, self._list.currentIndex().row() + step))
            self._list.setCurrentIndex(self._model.index(row, 0))
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._delay.isActive():
                self._delay.stop()
                self._search()
            self._choose()
            return
        if key == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list closes when one goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """No list without its box."""
        super().hideEvent(event)
        self._popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the list below the box when the window changes size."""
        if event.type() == QEvent.Type.Resize and self._popup.isVisible():
            self._place()
        return False

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        if text.strip():
            self._delay.start()
        else:
            self._delay.stop()
            self._model.clear()
            self._popup.hide()

    def _search(self) -> None:
        text = self.text().strip()
        if not text:
            return
        hits = self._find(text)
        self._model.clear()
        for hit in hits:
            item = QStandardItem(f"{hit.title}, {hit.detail}")
            item.setData(hit, _HIT)
            item.setEditable(False)
            self._model.appendRow(item)
        if not hits:
            nothing = QStandardItem(_("Nothing found"))
            nothing.setData(
                Hit("magnifying-glass", _("Nothing found"), _("Try fewer letters, or a code or number"), None), _HIT
            )
            nothing.setEnabled(False)
            self._model.appendRow(nothing)
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._place()
        self._popup.show()
        self._popup.raise_()

    def _place(self) -> None:
        window = self.window()
        if self._popup.parent() is not window:
            self._popup.setParent(window)
            window.installEventFilter(self)
        rows = min(_SHOWN, self._model.rowCount())
        height = rows * (theme().row + theme().px(4)) + theme().px(12)
        self._popup.setGeometry(
            QRect(self.mapTo(window, QPoint(0, self.height() + theme().px(4))), QSize(self.width(), height))
        )

    def _choose(self) -> None:
        index = self._list.currentIndex()
        if not self._popup.isVisible() or not index.isValid():
            return
        hit: Hit = index.data(_HIT)
        if hit.target is not None:
            self.leave()
            self.chosen.emit(hit.target)
