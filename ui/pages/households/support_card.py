"""The strip of support on the household's page: receiving, ended, entitled and not received, each with its article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from casemgr.i18n import _
from ui.desk import Desk
from ui.models.rows import RowsModel
from ui.pages.households.support_lines import (
    COLUMNS,
    STATE_LABELS,
    State,
    SupportLine,
    of_strip,
    of_unknown,
    told_lines,
)
from ui.pages.households.support_stages import StagesBox
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.chips import Chip, Chips
from ui.widgets.fit_table import FitTable, flat_button
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.services.support_strip import Strip

_MOST: Final = 6
_USUAL: Final = (State.MISSED.value, State.RECEIVING.value, State.ENDED.value)


def _words(label: str) -> Callable[[], str]:
    return partial(_, label)


class SupportCard(Card):
    """`record_requested` with the line one is on, `circumstance_requested` with it where a fact is missing."""

    record_requested = Signal(object)
    circumstance_requested = Signal(object)
    place_requested = Signal(object)
    """A place in a programme, by a decision, for the line one is on."""
    opened = Signal(object)
    """Enter on a line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("Support"), margin=10)
        self.setObjectName("supportCard")
        self._desk = desk
        self._household: UUID | None = None
        self._names: Mapping[UUID, str] = {}
        self._strip: Strip | None = None
        self._rows: Sequence[SupportLine] = ()
        self.chips = Chips([Chip(state.value, _words(STATE_LABELS[state])) for state in State])
        self.chips.setObjectName("supportChips")
        self.chips.set_on(_USUAL)
        self.chips.changed.connect(self._show)
        self.record, self.note = flat_button("supportRecord", "handshake"), flat_button("supportNote", "note-pencil")
        self.enrol = flat_button("supportPlace", "list-plus")
        for button, words, act in (
            (self.note, lambda: _("Note a circumstance"), self.circumstance_requested),
            (self.enrol, lambda: _("Place in a programme"), self.place_requested),
            (self.record, lambda: _("Record support"), self.record_requested),
        ):
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            button.clicked.connect(lambda _checked=False, act=act: act.emit(self.current()))
            self.head.addWidget(button)
        self.model: RowsModel[int, SupportLine] = RowsModel(COLUMNS, lambda ids: [self._rows[each] for each in ids])
        self.table = FitTable(self.model, name="householdSupport", most=_MOST)
        self.table.opened.connect(lambda row: self.opened.emit(self._rows[row]))
        self.table.current_changed.connect(lambda _row: self._tell())
        Says(self.table, self.table.setAccessibleName, lambda: _("Support of the household"))
        self.told, self.stages = Told("supportTold"), StagesBox()
        self.none = QLabel()
        self.none.setObjectName("supportNone")
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        Says(self.none, self.none.setText, self._none_words)
        Says(self.told, lambda _text: self._tell(), str)
        for widget in (self.stages, self.chips, self.table, self.none, self.told):
            self.add(widget)

    def show_household(self, household: UUID, names: Mapping[UUID, str], on: date) -> None:
        """Read the strip of a household on a day."""
        from casemgr.services import staged, support_strip  # not wanted before a household is open

        if household != self._household:
            self.chips.set_on(_USUAL)
        self._household, self._names, self._on = household, names, on
        self._strip = self._desk.workspace.read(support_strip.strip, household, on)
        self.stages.show_cases(self._desk.workspace.read(staged.of_household, household))
        counts = {
            State.MISSED: len(self._strip.entitled_not_received),
            State.RECEIVING: len(self._strip.receiving),
            State.ENDED: len(self._strip.ended),
            State.UNKNOWN: self._strip.unknown,
        }
        self.chips.set_counts({state.value: count for state, count in counts.items()})
        self._show()

    def current(self) -> SupportLine | None:
        """The line one is on."""
        row = self.table.current()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rows(self) -> Sequence[SupportLine]:
        """The lines on show."""
        return self._rows

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        for button in (self.record, self.enrol, self.note):
            button.setEnabled(may)
        self.stages.enable(may=may)

    def _show(self) -> None:
        if self._strip is None or self._household is None:
            return
        kept, on = self.current(), self.chips.on()
        rows = [row for row in of_strip(self._strip) if row.state.value in on]
        if State.UNKNOWN.value in on and self._strip.unknown:
            rows += self._unknown(self._household)
        self._rows = rows
        self.model.set_ids(range(len(rows)))
        self.table.go(rows.index(kept) if kept in rows else 0)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.none.setText(self._none_words())
        self._tell()

    def _unknown(self, household: UUID) -> list[SupportLine]:
        from casemgr.services import entitlements, programmes

        read = self._desk.workspace.read
        found = read(entitlements.entitlements, household, self._on, refused=False)
        titles = {row.programme.code: row.programme.title for row in read(programmes.programmes)}
        return of_unknown(found, titles, self._names)

    def _tell(self) -> None:
        row = self.current()
        self.told.show_lines([Line(text, tone) for text, tone in told_lines(row)] if row is not None else [])

    def _none_words(self) -> str:
        strip = getattr(self, "_strip", None)
        if strip is not None and (strip.receiving or strip.ended or strip.entitled_not_received or strip.unknown):
            return _("Nothing to show here: switch a part on above.")
        return _("No support is on record, and no programme is known to be due.")
