"""Work abroad of a household: each case opens on its own screen, and a new one begins from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from casemgr.domain.abroad import ABROAD_MACHINE, INCIDENT_LABELS
from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _, format_date
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.places import Place
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.fit_table import FitTable, flat_button

if TYPE_CHECKING:
    from casemgr.services.abroad_board import AbroadRow


def _state(row: AbroadRow) -> str:
    happened = _(INCIDENT_LABELS[row.incident]) if row.incident is not None else ""
    return " · ".join(filter(None, (ABROAD_MACHINE.label(row.state), happened)))


def _due(row: AbroadRow) -> str:
    return format_date(row.due_on) if row.due_on else ""


COLUMNS: Final = (
    Column["AbroadRow"]("person", N_("Worker"), lambda row: row.person, 160, hint=lambda row: row.person),
    Column["AbroadRow"]("country", N_("Country"), lambda row: row.country, 100, spare=True),
    Column["AbroadRow"]("state", N_("State"), _state, 180, tone=lambda row: "near" if row.incident else "info"),
    Column["AbroadRow"]("due", N_("Due"), _due, 104, tone=lambda row: "poor" if row.overdue else "plain"),
)


class AbroadCard(Card):
    """`place_requested` leads to a case, or to a new one of somebody of this household."""

    place_requested = Signal(Place)

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("Work abroad"), margin=10)
        self.setObjectName("abroadCard")
        self._desk = desk
        self._household: UUID | None = None
        self._rows: Sequence[AbroadRow] = ()
        self.model: RowsModel[int, AbroadRow] = RowsModel(COLUMNS, lambda numbers: [self._rows[n] for n in numbers])
        self.table = FitTable(self.model, name="householdAbroad", most=4)
        self.table.opened.connect(self._on_open)
        Says(self.table, self.table.setAccessibleName, lambda: _("Cases of work abroad"))
        self.new = flat_button("householdAbroadNew", "airplane-takeoff")
        self.new.clicked.connect(self._on_new)
        Says(self.new, self.new.setText, lambda: _("Open a case"))
        Says(self.new, self.new.setAccessibleName, lambda: _("Open a case of work abroad for this household"))
        self.none = QLabel()
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        Says(self.none, self.none.setText, lambda: _("Nobody of this household works abroad or prepares for it."))
        self.head.addWidget(self.new)
        self.add(self.table)
        self.add(self.none)

    def show_household(self, household: UUID, *, ended: bool) -> None:
        """Show its cases, the newest first."""
        from casemgr.services import abroad_board  # not wanted before a household is open

        self._household = household
        self._rows = self._desk.workspace.read(abroad_board.of_household, household)
        self.model.set_ids(range(len(self._rows)))
        self.table.go(0)
        self.table.setVisible(bool(self._rows))
        self.none.setVisible(not self._rows)
        self.new.setEnabled(self._desk.may(Permission.EDIT) and not ended)

    def _on_open(self, row: int) -> None:
        self.place_requested.emit(Place("abroad", self._rows[row].id, "cases"))

    def _on_new(self) -> None:
        if self._household is not None:
            self.place_requested.emit(Place("abroad", self._household, wish="new"))
