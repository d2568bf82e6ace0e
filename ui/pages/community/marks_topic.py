"""Poor households with a person of merit: who lives on social protection, who can leave poverty, who is sponsored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.exit_marks import EXIT_LABELS, ExitClass
from casemgr.domain.permissions import Permission
from casemgr.i18n import _, format_number, ngettext
from casemgr.services import exit_marks
from casemgr.services.exit_marks import MarkRow, Partition
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.community.columns import MARKS
from ui.pages.community.fields import MARK_FIELDS
from ui.places import Place
from ui.record_topic import Topic
from ui.theme import sized, spaced
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.chips import Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.jobs import Job

SPONSORED, OUTSIDE = "sponsored", "outside"
_CARD: Final = 330


class MarksTopic(Topic):
    """The three parts always make the whole; a mark is given to all lines selected."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("marksTopic")
        self._rows: dict[UUID, MarkRow] = {}
        self._selected: tuple[UUID, ...] = ()
        self.sum = QLabel()
        self.sum.setObjectName("marksSum")
        self.sum.setProperty("class", "h3")
        self.sum.setWordWrap(True)
        self.chips = Chips(
            [
                *(Chip(value.value, partial(_, words)) for value, words in EXIT_LABELS.items()),
                Chip(SPONSORED, lambda: _("Sponsored")),
                Chip(OUTSIDE, lambda: _("Sponsored, not on social protection")),
            ],
            single=True,
        )
        self.chips.setObjectName("marksChips")
        self.chips.changed.connect(self.refresh)
        self.button = QPushButton()
        self.button.setObjectName("marksMark")
        self.button.setProperty("class", "primary")
        self.button.setIcon(icon("tag", "on"))
        self.button.clicked.connect(self.begin_mark)
        Says(self.button, self.button.setText, lambda: _("Mark…"))
        Says(self.button, self.button.setAccessibleName, lambda: _("Mark the lines selected"))
        self.home = QPushButton()
        self.home.setObjectName("marksHousehold")
        self.home.setIcon(icon("house-line"))
        self.home.clicked.connect(self._open_household)
        Says(self.home, self.home.setText, lambda: _("Household"))
        Says(self.home, self.home.setAccessibleName, lambda: _("Open the household"))
        self.model: RowsModel[UUID, MarkRow] = RowsModel(MARKS, lambda ids: [self._rows[one] for one in ids])
        self._table = ListTable(self.model, name="marksTable")
        Says(self._table, self._table.setAccessibleName, lambda: _("Poor households with a person of merit"))
        self._table.opened.connect(lambda _row: self.begin_mark())
        self.empty = EmptyState(
            "medal",
            lambda: _("No poor household with a person of merit"),
            lambda: _("They stand here once a household is poor by decision and has a person of merit."),
        )
        self.empty.setObjectName("marksEmpty")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._table)
        self.stack.addWidget(self.empty)
        self.card = VerbCard(self._card_title, lambda: _("Mark"), MARK_FIELDS, self._mark, name="exitMark")
        sized(self.card, width=_CARD)
        self.card.hide()
        self.card.done.connect(self._on_marked)
        self.card.closed.connect(self._close_card)
        top, second, body = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.sum, 1)
        top.addWidget(self.home)
        top.addWidget(self.button)
        spaced(second)
        second.addWidget(self.chips, 1)
        spaced(body, spacing=8)
        body.addWidget(self.stack, 1)
        body.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addLayout(second)
        layout.addLayout(body, 1)
        self.refresh()

    @property
    def table(self) -> ListTable:
        """Its list."""
        return self._table

    def filter(self) -> None:
        """The chips are the filter here."""
        self.chips.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Read again; the line stays where it was."""
        made = self.desk.workspace.read(exit_marks.partition, self.today)
        rows = self.desk.workspace.read(exit_marks.rows, self.today)
        self._rows = {row.household_id: row for row in rows}
        ids = [row.household_id for row in rows if self._shown(row, made)]
        here = self._current()
        self.model.set_ids(ids)
        self._table.go(max(0, self.model.place_of(here)) if ids else -1)
        self.stack.setCurrentWidget(self._table if ids else self.empty)
        self.sum.setText(sum_words(made))
        self.chips.set_counts(
            {value.value: len(made.of(value)) for value in ExitClass}
            | {SPONSORED: len(made.sponsored), OUTSIDE: len(made.sponsored_outside)}
        )
        self.button.setEnabled(bool(ids) and self.desk.may(Permission.EDIT))
        self.home.setEnabled(bool(ids))

    def begin_mark(self) -> None:
        """Ask for the mark of the lines selected."""
        if not self.desk.may(Permission.EDIT):
            return
        rows = self._table.selected() or [self._table.current()]
        self._selected = tuple(self.model.ids[row] for row in rows if 0 <= row < len(self.model.ids))
        if not self._selected:
            return
        first = self._rows[self._selected[0]]
        self.card.begin({"value": first.value, "on": self.today, "reason": first.reason})
        label = self.card.findChild(QLabel)
        if label is not None:
            label.setText(self._card_title())

    def retranslate(self) -> None:
        """Say the words again."""
        self.refresh()

    def _shown(self, row: MarkRow, made: Partition) -> bool:
        on = self.chips.on()
        if not on:
            return True
        if on[0] == SPONSORED:
            return row.sponsored
        if on[0] == OUTSIDE:
            return row.household_id in made.sponsored_outside
        return row.value == on[0]

    def _current(self) -> UUID | None:
        row = self._table.current()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    def _card_title(self) -> str:
        count = len(self._selected)
        return ngettext("Mark {count} household", "Mark {count} households", count).format(count=count)

    def _mark(self, values: Mapping[str, Any]) -> Job:
        return self.desk.write(exit_marks.mark, self._selected, values["value"], values["on"], values["reason"])

    def _on_marked(self) -> None:
        self._close_card()
        self.refresh()
        self.said.emit(Notice(_("Marked."), "ok"))

    def _close_card(self) -> None:
        self.card.hide()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_household(self) -> None:
        here = self._current()
        if here is not None:
            self.place_requested.emit(Place("households", here))


def sum_words(made: Partition) -> str:
    """88 = 66 + 22 + 0, and how many of those on social protection are sponsored."""
    parts: Sequence[int] = [len(made.protected), len(made.able), len(made.unsorted)]
    whole = _("{whole} = {protected} on social protection + {able} able to leave + {unsorted} not sorted").format(
        whole=format_number(len(made.whole)),
        protected=format_number(parts[0]),
        able=format_number(parts[1]),
        unsorted=format_number(parts[2]),
    )
    sponsored = _("sponsored {sponsored} of {protected}").format(
        sponsored=format_number(len(made.sponsored_protected)), protected=format_number(parts[0])
    )
    return f"{whole}; {sponsored}"
