"""The revolving ledger of the commune: what is owed, given back and passed on, with its alarms and totals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.domain.revolving import ENTRY_LABELS
from casemgr.domain.text import clean, fold
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.services import livelihood_file, revolving
from casemgr.services.revolving import DutyView, EntryView
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.pages.livelihoods import verbs
from ui.pages.livelihoods.columns import LEDGER
from ui.pages.livelihoods.followup import VerbPlace
from ui.pages.livelihoods.side_cards import sum_words
from ui.places import Place
from ui.record_topic import Topic
from ui.rows_card import RowsCard
from ui.theme import sized, spaced
from ui.translation import Says
from ui.widgets.chips import Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable

if TYPE_CHECKING:
    from ui.desk import Desk

OPEN, ALARM, OVER = "open", "alarm", "over"
ENTRIES = (
    Column[EntryView]("on", N_("Day"), lambda row: format_date(row.data.on), 92, code=True),
    Column[EntryView]("kind", N_("Kind"), lambda row: _(ENTRY_LABELS[row.data.kind]), 120),
    Column[EntryView]("sum", N_("How much"), lambda row: sum_words(row.data.amount, row.data.animals), 130),
    Column[EntryView](
        "paper",
        N_("Paper, to whom"),
        lambda row: " · ".join(filter(None, (row.data.document, row.next_head, row.data.note))),
        170,
    ),
)


class LedgerTopic(Topic):
    """Enter writes an entry for the line one is on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("ledgerTopic")
        self._rows: dict[UUID, DutyView] = {}
        self.text = QLineEdit()
        self.text.setObjectName("revolvingFilter")
        self.text.setClearButtonEnabled(True)
        for say in (self.text.setPlaceholderText, self.text.setAccessibleName):
            Says(self.text, say, lambda: _("Name of the head or code"))
        self.text.textChanged.connect(lambda _text: self.refresh())
        self.chips = Chips(
            [
                Chip(OPEN, lambda: _("Still open")),
                Chip(ALARM, lambda: _("Due soon or over")),
                Chip(OVER, lambda: _("Over")),
            ]
        )
        self.chips.setObjectName("revolvingChips")
        self.chips.changed.connect(self.refresh)
        self.total = QLabel()
        self.total.setObjectName("revolvingTotal")
        self.total.setWordWrap(True)
        self.model: RowsModel[UUID, DutyView] = RowsModel(LEDGER, lambda ids: [self._rows[one] for one in ids])
        self._table = ListTable(self.model, name="revolvingTable")
        Says(self._table, self._table.setAccessibleName, lambda: _("Revolving ledger"))
        self._table.opened.connect(lambda _row: self.write_entry())
        self._table.current_changed.connect(lambda _row: self._show_entries())
        self.empty = EmptyState(
            "arrows-clockwise",
            lambda: _("Nothing is owed"),
            lambda: _("Duties to pass on are written on the screen of a plan, after the hand-over."),
        )
        self.empty.setObjectName("revolvingEmpty")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._table)
        self.stack.addWidget(self.empty)
        self.write, self.plan = QPushButton(), QPushButton()
        for button, name, picture, words, act in (
            (self.plan, "revolvingPlan", "leaf", lambda: _("Open the plan"), self._open_plan),
            (self.write, "revolvingWrite", "plus", lambda: _("Entry of the ledger"), self.write_entry),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            button.clicked.connect(lambda _checked=False, act=act: act())
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
        self.entries = RowsCard(
            "revolvingEntries", lambda: _("Entries"), ENTRIES, lambda: _("Nothing was given back yet."), most=8
        )
        self.verbs = VerbPlace()
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        top, second, body, side = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for row in (top, second, body, side):
            spaced(row, spacing=8)
        top.addWidget(self.text, 1)
        top.addWidget(self.plan)
        top.addWidget(self.write)
        second.addWidget(self.chips, 1)
        side.addWidget(self.verbs)
        side.addWidget(self.entries, 0, Qt.AlignmentFlag.AlignTop)
        side.addStretch()
        body.addWidget(self.stack, 1)
        body.addLayout(side)
        sized(self.verbs, width=360)
        sized(self.entries, width=360)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addLayout(second)
        layout.addWidget(self.total)
        layout.addLayout(body, 1)

    @property
    def table(self) -> ListTable:
        """Its list."""
        return self._table

    def filter(self) -> None:
        """Type into the filter."""
        self.text.setFocus()
        self.text.selectAll()

    def show_id(self, record: UUID) -> None:
        """Go to a line."""
        self._table.go(self.model.place_of(record))

    def refresh(self) -> None:
        """Read the ledger again."""
        on, wanted = self.chips.on(), fold(clean(self.text.text()))
        kept = self._current()
        rows = [
            row
            for row in self.desk.workspace.read(revolving.ledger, open_only=OPEN in on)
            if (ALARM not in on or row.alarm)
            and (OVER not in on or row.overdue_days)
            and (wanted in fold(row.home.head) or wanted in fold(row.home.code))
        ]
        self._rows = {row.id: row for row in rows}
        self.model.set_ids(tuple(self._rows))
        self._table.go(max(0, self.model.place_of(kept.id if kept else None)))
        self.stack.setCurrentWidget(self._table if rows else self.empty)
        self._say_total(rows)
        self._show_entries()

    def write_entry(self) -> None:
        """Something was given back, waived, passed on or taken back."""
        line = self._current()
        if line is None or not self.desk.may(Permission.EDIT):
            return
        others = self.desk.workspace.read(livelihood_file.next_round, line.livelihood_id)
        self.verbs.begin(verbs.entry(self.desk, line, others, self.today))

    def _say_total(self, rows: list[DutyView]) -> None:
        found = revolving.total(rows)
        late = sum(bool(row.overdue_days) for row in rows)
        values: Mapping[str, str] = {
            "owed": sum_words(found.owed, found.owed_animals),
            "paid": sum_words(found.paid, found.paid_animals),
            "waived": sum_words(found.waived, found.waived_animals),
            "open": sum_words(max(found.open, 0), max(found.open_animals, 0)),
            "fund": sum_words(found.fund, found.fund_animals),
        }
        parts = [
            _("Owed {owed}; given back {paid}; waived {waived}; still open {open}; in the fund {fund}.").format(
                **values
            )
        ]
        if late:
            parts.append(
                ngettext("{count} duty is over.", "{count} duties are over.", late).format(count=format_number(late))
            )
        self.total.setText(" ".join(parts) if rows else "")
        self.total.setAccessibleName(self.total.text())
        self.total.setVisible(bool(rows))

    def _show_entries(self) -> None:
        line = self._current()
        self.entries.setVisible(line is not None)
        self.entries.show_lines(line.entries if line is not None else ())
        self.plan.setEnabled(line is not None)
        self.write.setEnabled(line is not None and self.desk.may(Permission.EDIT))

    def _current(self) -> DutyView | None:
        row = self._table.current()
        return self._rows[self.model.ids[row]] if 0 <= row < len(self.model.ids) else None

    def _open_plan(self) -> None:
        line = self._current()
        if line is not None:
            self.place_requested.emit(Place("livelihoods", line.livelihood_id, "plans"))
