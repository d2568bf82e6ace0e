"""The one timeline of a household: what happened to it and what was changed on record, filtered by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QStyleOptionViewItem, QToolButton

from casemgr.i18n import N_, _, format_date
from ui.icons import draw, icon
from ui.models.rows import Column, RowsModel
from ui.pages.households.wording import event_words
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.chips import Chip, Chips
from ui.widgets.fit_table import FitTable
from ui.widgets.list_table import CellPainter

if TYPE_CHECKING:
    from casemgr.services.case_timeline import TimeLine
    from casemgr.services.history import Event

CHANGE: Final = "change"
_MOST: Final = 120
"""Lines at once; a switch shows what lies further back."""
KINDS: Final = {
    "visit": (N_("Visits"), "users"),
    "note": (N_("Case"), "note-pencil"),
    "referral": (N_("Referrals"), "paper-plane-tilt"),
    "decision": (N_("Decisions"), "flag"),
    "paper": (N_("Papers"), "file-text"),
    "money": (N_("Money"), "bank"),
    "move": (N_("Moves"), "truck"),
    "step": (N_("Steps"), "path"),
    CHANGE: (N_("Changes on record"), "pencil-simple"),
}
"""Word and picture of each kind of line."""

_TOLD: Final = (
    "case.note", "case.open", "case.close", "case.agree", "referral.", "delivery.", "livelihood.step", "project.step",
    "learner.step", "abroad.step",
)  # fmt: skip
"""Steps of the journal that have a line of their own."""


@dataclass(frozen=True)
class Shown:
    """One line as it is shown."""

    on: date
    kind: str
    text: str
    who: str


def _kind_words(line: Shown) -> str:
    return _("{day}: {kind}").format(day=format_date(line.on), kind=_(KINDS[line.kind][0]))


_COLUMNS: Final = (
    Column[Shown]("at", N_("Day"), lambda line: format_date(line.on), 116, hint=_kind_words),
    Column[Shown]("what", N_("What"), lambda line: line.text, 300),
    Column[Shown]("who", N_("Who"), lambda line: line.who, 132, spare=True),
)


class _Painter(CellPainter):
    """Draws the picture of the kind before the day."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        if index.column() == 0:
            side, cell = theme().px(14), option.rect
            line = self._table.rows.row(index.row())
            place = QRect(cell.left() + theme().px(8), cell.top() + (cell.height() - side) // 2, side, side)
            option.rect = cell.adjusted(side + theme().px(6), 0, 0, 0)
            super().paint(painter, option, index)
            draw(painter, place, KINDS[line.kind][1])
            return
        super().paint(painter, option, index)


class TimelineCard(Card):
    """What happened, newest first; the switches let a kind through, none on shows all."""

    def __init__(self) -> None:
        super().__init__(lambda: _("Timeline"), margin=10)
        self.setObjectName("timelineCard")
        self._events: Sequence[Shown] = ()
        self._untold: Sequence[Shown] = ()
        self._lines: Sequence[Shown] = ()
        self._shown: Sequence[Shown] = ()
        self._kinds: tuple[str, ...] = ()
        self.chips = Chips([])
        self.chips.setObjectName("timelineKinds")
        self.chips.changed.connect(self._show)
        self.model: RowsModel[int, Shown] = RowsModel(_COLUMNS, lambda numbers: [self._shown[n] for n in numbers])
        self.table = FitTable(self.model, name="timelineTable", most=40)
        self.table.setItemDelegate(_Painter(self.table))
        self.table.setWordWrap(True)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.setInterval(0)
        self._fit.timeout.connect(self.table.resizeRowsToContents)
        self.table.horizontalHeader().sectionResized.connect(lambda *_sizes: self._fit.start())  # words wrap anew
        self.add(self.chips)
        self.add(self.table, 1)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show what was changed on record; what happened follows."""
        shown = [
            (event, Shown(event.at.astimezone().date(), CHANGE, event_words(event), event.who)) for event in events
        ]
        self._events = [line for _event, line in shown]
        self._untold = [line for event, line in shown if event.undone or not event.action.startswith(_TOLD)]
        self._show()

    def forget(self) -> None:
        """Another household comes: what happened to this one is not shown with its changes."""
        self._lines = ()

    def show_lines(self, lines: Sequence[TimeLine]) -> None:
        """Show what happened among the changes; a step with a line of its own stands there once."""
        self._lines = [Shown(line.on, line.kind.value, line.text, line.who) for line in lines]
        self._show()

    def say(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(_("Timeline"))

    def _show(self) -> None:
        changes = self._untold if self._lines else self._events
        mixed = sorted([*changes, *self._lines], key=lambda line: line.on, reverse=True)
        if self._lines:
            counts = Counter(line.kind for line in mixed)
            self._offer(tuple(kind for kind in KINDS if counts[kind]))
            self.chips.set_counts(dict(counts))
        on = self.chips.on() if self._lines else ()
        self._shown = [line for line in mixed if not on or line.kind in on][:_MOST]
        self.model.set_ids(range(len(self._shown)))
        self.chips.setVisible(bool(self._lines))

    def _offer(self, kinds: tuple[str, ...]) -> None:
        """One switch for each kind there is."""
        if kinds == self._kinds:
            return
        self._kinds = kinds
        self.chips.set_chips([Chip(kind, partial(_, KINDS[kind][0])) for kind in kinds])
        for kind in kinds:
            for button in self.chips.findChildren(QToolButton, f"chip_{kind}"):
                button.setIcon(icon(KINDS[kind][1]))
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
