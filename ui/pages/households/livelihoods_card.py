"""The livelihood plans of a household: each opens on its own screen, and a new one begins from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from casemgr.domain.livelihoods import PLAN_MACHINE
from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _, format_date
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.places import Place
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.fit_table import FitTable, flat_button

if TYPE_CHECKING:
    from casemgr.services.livelihoods import BoardRow


def _due(row: BoardRow) -> str:
    return format_date(row.due_on) if row.due_on else ""


def _due_tone(row: BoardRow) -> str:
    return "poor" if row.overdue else "plain"


COLUMNS: Final = (
    Column["BoardRow"]("product", N_("Livelihood"), lambda row: row.product, 170, hint=lambda row: row.product),
    Column["BoardRow"]("state", N_("State"), lambda row: PLAN_MACHINE.label(row.state), 180, tone=lambda row: "info"),
    Column["BoardRow"]("due", N_("Due"), _due, 104, tone=_due_tone),
)


class LivelihoodsCard(Card):
    """`place_requested` leads to a plan, or to a new one of this household."""

    place_requested = Signal(Place)

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("Livelihoods"), margin=10)
        self.setObjectName("livelihoodsCard")
        self._desk = desk
        self._household: UUID | None = None
        self._rows: Sequence[BoardRow] = ()
        self.model: RowsModel[int, BoardRow] = RowsModel(COLUMNS, lambda numbers: [self._rows[n] for n in numbers])
        self.table = FitTable(self.model, name="householdLivelihoods", most=4)
        self.table.opened.connect(self._on_open)
        Says(self.table, self.table.setAccessibleName, lambda: _("Livelihood plans"))
        self.new = flat_button("householdLivelihoodNew", "leaf")
        self.new.clicked.connect(self._on_new)
        Says(self.new, self.new.setText, lambda: _("Write a livelihood plan"))
        Says(self.new, self.new.setAccessibleName, lambda: _("Write a livelihood plan with this household"))
        self.none = QLabel()
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        Says(self.none, self.none.setText, lambda: _("No livelihood plan of this household is on file."))
        self.head.addWidget(self.new)
        self.add(self.table)
        self.add(self.none)

    def show_household(self, household: UUID, *, ended: bool) -> None:
        """Show its plans, the newest first."""
        from casemgr.services import livelihoods  # not wanted before a household is open

        self._household = household
        self._rows = self._desk.workspace.read(livelihoods.of_household, household)
        self.model.set_ids(range(len(self._rows)))
        self.table.go(0)
        self.table.setVisible(bool(self._rows))
        self.none.setVisible(not self._rows)
        self.new.setEnabled(self._desk.may(Permission.EDIT) and not ended)

    def _on_open(self, row: int) -> None:
        self.place_requested.emit(Place("livelihoods", self._rows[row].id, "plans"))

    def _on_new(self) -> None:
        if self._household is not None:
            self.place_requested.emit(Place("livelihoods", self._household, wish="new"))
