"""A board of any machine of states: a column for each, cards that are opened, and moved by dragging or by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import _, format_number, ngettext
from ui.icons import icon
from ui.theme import sized, spaced, theme
from ui.translation import Speaks
from ui.widgets.board_cards import BoardCard, CardsView

if TYPE_CHECKING:
    from uuid import UUID

    from casemgr.domain.states import Machine, State

__all__ = ["Board", "BoardCard"]

NARROWEST: Final = 184
"""Natural width of an open column."""
STRIP: Final = 34
"""Natural width of a closed one."""


class _Strip(QAbstractButton):
    """A closed column: its word along the edge and how many cards it has."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.count = ""

    def sizeHint(self) -> QSize:
        """Narrow."""
        return QSize(theme().px(STRIP), theme().px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the count, and the word downwards."""
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(look.colour("focus" if focused else "line"), 2 if focused else 1))
        painter.setBrush(look.colour("hover" if self.underMouse() else "bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.px(8), look.px(8))
        painter.setPen(look.colour("soft"))
        painter.setFont(look.font(12, bold=True))
        top = look.px(30)
        painter.drawText(
            QRectF(0, look.px(6), self.width(), look.px(22)), int(Qt.AlignmentFlag.AlignCenter), self.count
        )
        painter.setFont(look.font(12))
        painter.translate(self.width(), top)
        painter.rotate(90)
        room = self.height() - top - look.px(8)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        line = QRectF(0, 0, room, self.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)


class _Column(QFrame):
    """One state: open with its cards, or closed to a strip."""

    more_requested = Signal(str)

    def __init__(self, board: Board, state: State, name: str) -> None:
        super().__init__()
        self.state = state
        self.chosen: bool | None = None
        """Opened or closed by the person; None: by what it holds."""
        self.label = QLabel()
        self.label.setProperty("class", "h2")
        self.label.setWordWrap(True)
        sized(self.label, height=34)
        self.count = QLabel()
        self.count.setObjectName(f"{name}Count_{state.code}")
        self.count.setProperty("class", "small")
        self.close_button = QToolButton()
        self.close_button.setObjectName(f"{name}Close_{state.code}")
        self.close_button.setProperty("class", "flat")
        self.close_button.setIcon(icon("caret-left"))
        self.view = CardsView(f"{name}Cards_{state.code}", lambda card: board.takes(card, state.code))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.more = QPushButton()
        self.more.setObjectName(f"{name}More_{state.code}")
        self.more.setProperty("class", "flat")
        self.more.clicked.connect(lambda: self.more_requested.emit(state.code))
        self.more.hide()
        self.open = QFrame()
        self.open.setProperty("class", "column")
        head = QHBoxLayout()
        spaced(head, margins=(8, 2, 2, 0), spacing=4)
        head.addWidget(self.label, 1)
        head.addWidget(self.count)
        head.addWidget(self.close_button)
        inside = QVBoxLayout(self.open)
        spaced(inside, margins=(1, 1, 1, 4), spacing=2)
        inside.addLayout(head)
        inside.addWidget(self.view, 1)
        inside.addWidget(self.more)
        self.strip = _Strip(f"{name}Open_{state.code}")
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.open)
        layout.addWidget(self.strip)
        self.close_button.clicked.connect(lambda: self._choose(opened=False))
        self.strip.clicked.connect(lambda: self._choose(opened=True))
        self.total = 0
        self.show_cards((), 0)

    @property
    def is_open(self) -> bool:
        """Whether its cards are seen."""
        return self.chosen if self.chosen is not None else bool(self.total) and not self.state.final

    def show_cards(self, cards: Sequence[BoardCard], total: int) -> None:
        """Show these cards; there may be more than are shown."""
        self.total = total
        self.view.cards.show_cards(cards)
        self.count.setText(format_number(total))
        self.strip.count = format_number(total)
        hidden = total - len(cards)
        words = ngettext("{count} more in the list", "{count} more in the list", hidden)
        self.more.setText(words.format(count=format_number(hidden)))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(hidden > 0)
        self._fit()

    def say(self, label: str) -> None:
        """Say the words again."""
        self.label.setText(label)
        self.label.setToolTip(label)
        self.strip.setText(label)
        self.strip.setToolTip(label)
        counted = ngettext("{state}, {count} card", "{state}, {count} cards", self.total)
        told = counted.format(state=label, count=format_number(self.total))
        self.count.setAccessibleName(told)
        self.view.setAccessibleName(told)
        self.strip.setAccessibleName(_("Open the column “{state}”").format(state=label))
        words = _("Close the column “{state}”").format(state=label)
        self.close_button.setAccessibleName(words)
        self.close_button.setToolTip(words)

    def _choose(self, *, opened: bool) -> None:
        self.chosen = opened
        self._fit()
        (self.view if opened else self.strip).setFocus()

    def _fit(self) -> None:
        opened = self.is_open
        self.open.setVisible(opened)
        self.strip.setVisible(not opened)
        policy = QSizePolicy.Policy.Expanding if opened else QSizePolicy.Policy.Fixed
        self.setSizePolicy(policy, QSizePolicy.Policy.Expanding)
        sized(self, width=0 if opened else STRIP)
        if opened:
            self.setMinimumWidth(theme().px(NARROWEST))
            self.setMaximumWidth(theme().px(NARROWEST * 2))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()


class Board(Speaks):
    """Columns by state. Nothing is written here: who uses it shows the checks and takes the step."""

    opened = Signal(object)
    """The id of a card: Enter or double click."""
    move_requested = Signal(object, str)
    """The id of a card and the state it should come to (dragged, Ctrl+Right or chosen from its menu)."""
    current_changed = Signal(object)
    more_requested = Signal(str)
    """The state of which more cards exist than are shown."""

    def __init__(self, machine: Machine, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._machine = machine
        self._cards: dict[UUID, BoardCard] = {}
        self._current: UUID | None = None
        self.columns = {state.code: _Column(self, state, name) for state in machine.states}
        inside = QWidget()
        row = QHBoxLayout(inside)
        spaced(row, spacing=6)
        for column in self.columns.values():
            column.more_requested.connect(self.more_requested)
            view = column.view
            view.opened.connect(self.opened)
            view.next_requested.connect(self.request_next)
            view.dropped.connect(lambda card, to=column.state.code: self.move_requested.emit(card, to))
            view.menu_requested.connect(self._show_menu)
            view.sideways.connect(lambda way, code=column.state.code: self._go_beside(code, way))
            view.current_changed.connect(self._on_current)
            row.addWidget(column)
        row.addStretch()
        self.area = QScrollArea()
        self.area.setObjectName(f"{name}Area")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.area)
        self.retranslate()

    def show_cards(self, cards: Sequence[BoardCard], counts: Mapping[str, int] | None = None) -> None:
        """Show these cards; `counts` has how many there are of each state when not all are given."""
        by_state: dict[str, list[BoardCard]] = {}
        for card in cards:
            by_state.setdefault(card.state, []).append(card)
        self._cards = {card.id: card for card in cards}
        kept = self._current
        for code, column in self.columns.items():
            here = by_state.get(code, [])
            column.show_cards(here, max(len(here), (counts or {}).get(code, 0)))
        self.retranslate()
        self._current = None
        self.go(kept)

    @property
    def current(self) -> UUID | None:
        """The card the keys are about."""
        return self._current

    def card(self, id: UUID) -> BoardCard | None:
        """A card by its id."""
        return self._cards.get(id)

    def go(self, id: UUID | None) -> None:
        """Make a card current, in whichever column it is now."""
        card = self._cards.get(id) if id is not None else None
        if card is not None:
            column = self.columns[card.state]
            column.view.go(column.view.cards.place_of(card.id))

    def focus(self) -> None:
        """Go to the current card, else the first one."""
        card = self._cards.get(self._current) if self._current else None
        opened = [column for column in self.columns.values() if column.is_open]
        column = self.columns[card.state] if card else next((each for each in opened if each.total), None)
        if column is not None:
            column.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def takes(self, id: UUID, to: str) -> bool:
        """Whether there is a way from where a card is to a state."""
        card = self._cards.get(id)
        return card is not None and self._machine.move(card.state, to) is not None

    def request_next(self, id: UUID) -> None:
        """Ask for the expected step of a card."""
        card = self._cards.get(id)
        move = self._machine.expected(card.state) if card else None
        if move is not None:
            self.move_requested.emit(id, str(move.to))

    def menu_of(self, id: UUID) -> QMenu:
        """The verbs of a card: open, the expected step, the other ways."""
        card = self._cards[id]
        expected = self._machine.expected(card.state)
        menu = QMenu(self)
        menu.setObjectName(f"{self.objectName()}Menu")
        menu.addAction(_("Open")).triggered.connect(lambda: self.opened.emit(id))
        menu.addSeparator()
        for move in self._machine.moves_from(card.state):
            label = self._machine.label(move.to)
            words = _("Next step: {state}") if move is expected else _("Move to: {state}")
            action = menu.addAction(words.format(state=label))
            if move is expected:
                action.setIcon(icon("arrow-right", "accent"))
            action.triggered.connect(lambda _checked=False, to=str(move.to): self.move_requested.emit(id, to))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def retranslate(self) -> None:
        """Say the words of the states again."""
        self.setAccessibleName(_("Board by state"))
        for code, column in self.columns.items():
            column.say(self._machine.label(code))

    def _show_menu(self, id: UUID, where: QPoint) -> None:
        self.menu_of(id).popup(where)

    def _on_current(self, id: UUID) -> None:
        if id == self._current:
            return
        before = self._cards.get(self._current) if self._current else None
        self._current = id
        card = self._cards[id]
        if before is not None and before.state != card.state:
            self.columns[before.state].view.clearSelection()
        self.area.ensureWidgetVisible(self.columns[card.state])
        self.current_changed.emit(id)

    def _go_beside(self, code: str, way: int) -> None:
        order = [each for each, column in self.columns.items() if (column.is_open and column.total) or each == code]
        place = order.index(code) + way
        if 0 <= place < len(order):
            beside = self.columns[order[place]].view
            beside.go(max(0, min(self.columns[code].view.currentIndex().row(), len(beside.cards.cards) - 1)))
            beside.setFocus(Qt.FocusReason.OtherFocusReason)
