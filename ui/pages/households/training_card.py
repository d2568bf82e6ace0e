"""Who of a household learns a trade: each opens on the page of training, and a new need begins from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from casemgr.domain.permissions import Permission
from casemgr.domain.training import LEARNER_MACHINE
from casemgr.i18n import N_, _, format_date
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.places import Place
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.fit_table import FitTable, flat_button

if TYPE_CHECKING:
    from casemgr.services.learners import LearnerRow


def _due(row: LearnerRow) -> str:
    return format_date(row.due_on) if row.due_on else ""


def _due_tone(row: LearnerRow) -> str:
    return "poor" if row.overdue else "plain"


COLUMNS: Final = (
    Column["LearnerRow"]("person", N_("Learner"), lambda row: row.person, 150, hint=lambda row: row.person),
    Column["LearnerRow"]("trade", N_("Trade"), lambda row: row.trade, 130, hint=lambda row: row.trade),
    Column["LearnerRow"](
        "state", N_("State"), lambda row: LEARNER_MACHINE.label(row.state), 160, tone=lambda _row: "info"
    ),
    Column["LearnerRow"]("due", N_("Due"), _due, 104, tone=_due_tone),
)


class TrainingCard(Card):
    """`place_requested` leads to a learner, or to a new need of this household."""

    place_requested = Signal(Place)

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("Learning a trade"), margin=10)
        self.setObjectName("trainingCard")
        self._desk = desk
        self._household: UUID | None = None
        self._rows: Sequence[LearnerRow] = ()
        self.model: RowsModel[int, LearnerRow] = RowsModel(COLUMNS, lambda numbers: [self._rows[n] for n in numbers])
        self.table = FitTable(self.model, name="householdLearners", most=4)
        self.table.opened.connect(self._on_open)
        Says(self.table, self.table.setAccessibleName, lambda: _("Learning a trade"))
        self.new = flat_button("householdLearnerNew", "graduation-cap")
        self.new.clicked.connect(self._on_new)
        Says(self.new, self.new.setText, lambda: _("Write down a need"))
        Says(self.new, self.new.setAccessibleName, lambda: _("Write down who of this household wants to learn"))
        self.none = QLabel()
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        Says(self.none, self.none.setText, lambda: _("Nobody of this household learns a trade."))
        self.head.addWidget(self.new)
        self.add(self.table)
        self.add(self.none)

    def show_household(self, household: UUID, *, ended: bool) -> None:
        """Show its learners, the newest first."""
        from casemgr.services import learners  # not wanted before a household is open

        self._household = household
        self._rows = self._desk.workspace.read(learners.of_household, household)
        self.model.set_ids(range(len(self._rows)))
        self.table.go(0)
        self.table.setVisible(bool(self._rows))
        self.none.setVisible(not self._rows)
        self.new.setEnabled(self._desk.may(Permission.EDIT) and not ended)

    def _on_open(self, row: int) -> None:
        self.place_requested.emit(Place("training", self._rows[row].id, "learners"))

    def _on_new(self) -> None:
        if self._household is not None:
            self.place_requested.emit(Place("training", self._household, wish="new"))
