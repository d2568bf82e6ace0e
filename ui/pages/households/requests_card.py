"""The requests of a household at the counter: each opens, and a new one begins from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _, format_date
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.places import Place
from ui.request_words import days_tone, days_words, kind_words, status_tone, status_words
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.fit_table import FitTable, flat_button

if TYPE_CHECKING:
    from casemgr.services.requests import RequestRow


def _state(row: RequestRow) -> str:
    """How long it still has, or how it was answered."""
    return days_words(row.days_left) or status_words(row)


def _tone(row: RequestRow) -> str:
    return status_tone(row) if row.days_left is None else days_tone(row.days_left)


def _hint(row: RequestRow) -> str:
    return " · ".join((status_words(row), format_date(row.due_on)))


_COLUMNS: Final = (
    Column["RequestRow"]("number", N_("Number"), lambda row: row.number, 84, code=True),
    Column["RequestRow"]("kind", N_("Asks for"), kind_words, 190, hint=kind_words),
    Column["RequestRow"]("state", N_("State"), _state, 160, tone=_tone, hint=_hint),
)


class RequestsCard(Card):
    """`place_requested` leads to a request, or to a new one of this household."""

    place_requested = Signal(Place)

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("Requests at the counter"), margin=10)
        self.setObjectName("requestsCard")
        self._desk = desk
        self._household: UUID | None = None
        self._rows: Sequence[RequestRow] = ()
        self.model: RowsModel[int, RequestRow] = RowsModel(_COLUMNS, lambda numbers: [self._rows[n] for n in numbers])
        self.table = FitTable(self.model, name="householdRequests", most=4)
        self.table.opened.connect(lambda row: self.place_requested.emit(Place("requests", self._rows[row].id)))
        Says(self.table, self.table.setAccessibleName, lambda: _("Requests at the counter"))
        self.new = flat_button("householdRequestNew", "tray")
        self.new.clicked.connect(self._on_new)
        Says(self.new, self.new.setText, lambda: _("Take a request"))
        Says(self.new, self.new.setAccessibleName, lambda: _("Take a request of this household"))
        self.none = QLabel()
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        Says(self.none, self.none.setText, lambda: _("No request of this household is on file."))
        self.head.addWidget(self.new)
        self.add(self.table)
        self.add(self.none)

    def show_household(self, household: UUID, *, ended: bool) -> None:
        """Show its requests, newest first."""
        from casemgr.services import requests  # not wanted before a household is open

        self._household = household
        self._rows = self._desk.workspace.read(requests.of_household, household)
        self.model.set_ids(range(len(self._rows)))
        self.table.go(0)
        self.table.setVisible(bool(self._rows))
        self.none.setVisible(not self._rows)
        self.new.setEnabled(self._desk.may(Permission.EDIT) and not ended)

    def _on_new(self) -> None:
        if self._household is not None:
            self.place_requested.emit(Place("requests", self._household, wish="new"))
