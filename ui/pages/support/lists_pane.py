"""All distributions of the office, newest first; chips narrow them, Enter opens one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.distributions import DISTRIBUTION_LABELS, DistributionStatus
from casemgr.domain.permissions import Permission
from casemgr.i18n import _, format_money
from casemgr.services import distributions
from ui.desk import Desk
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.support.distribution_words import LISTS
from ui.theme import spaced
from ui.translation import Says, Speaks
from ui.widgets.chips import Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable

if TYPE_CHECKING:
    from casemgr.services.distributions import DistributionListRow


class ListsPane(Speaks):
    """`opened` carries the id of a list."""

    opened = Signal(UUID)
    new_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("distributionLists")
        self._desk = desk
        self._all: Sequence[DistributionListRow] = ()
        self._rows: Sequence[DistributionListRow] = ()
        self.chips = Chips([Chip(one.value, partial(_, DISTRIBUTION_LABELS[one])) for one in DistributionStatus])
        self.chips.changed.connect(self._show)
        self.new = QPushButton()
        self.new.setObjectName("distributionNew")
        self.new.setProperty("class", "primary")
        self.new.setIcon(icon("plus", "on"))
        self.new.clicked.connect(lambda _checked: self.new_requested.emit())
        self.model: RowsModel[int, DistributionListRow] = RowsModel(LISTS, lambda ids: [self._rows[n] for n in ids])
        self.table = ListTable(self.model, name="distributionTable")
        self.table.opened.connect(lambda row: self.opened.emit(self._rows[row].id))
        Says(self.table, self.table.setAccessibleName, lambda: _("Distributions"))
        self.sum = QLabel()
        self.sum.setProperty("class", "soft")
        self.nothing = EmptyState(
            "hand-palm",
            lambda: _("No distribution yet"),
            lambda: _(
                "Choose a programme and a list of households: the program proposes who is entitled and how much, and "
                "says of everybody else why not."
            ),
            (lambda: _("New distribution…"),),
        )
        self.nothing.setObjectName("distributionNothing")
        self.nothing.chosen.connect(lambda _number: self.new_requested.emit())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.chips, 1)
        top.addWidget(self.sum)
        top.addWidget(self.new)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addWidget(self.stack, 1)
        self.retranslate()

    def refresh(self) -> None:
        """Read the lists again."""
        self._all = self._desk.workspace.read(distributions.find)
        counts = {one.value: sum(row.status is one for row in self._all) for one in DistributionStatus}
        self.chips.set_counts(counts)
        may = self._desk.may(Permission.EDIT)
        self.new.setEnabled(may)
        self._show()

    def focus(self) -> None:
        """Begin in the table."""
        (self.table if self._rows else self.new).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        on, row = self.chips.on(), self.table.current()
        kept = self._rows[row].id if 0 <= row < len(self._rows) else None
        self._rows = [one for one in self._all if not on or one.status.value in on]
        self.model.set_ids(range(len(self._rows)))
        ids = [one.id for one in self._rows]
        self.table.go(ids.index(kept) if kept in ids else 0)
        self.stack.setCurrentWidget(self.nothing if not self._all else self.table)
        total = sum(one.sum for one in self._rows if one.status is not DistributionStatus.CANCELLED)
        self.sum.setText(_("Together {sum}").format(sum=format_money(total)) if self._rows else "")

    def retranslate(self) -> None:
        """Say the words again."""
        self.new.setText(_("New distribution…"))
        self.new.setAccessibleName(self.new.text())
        if self._all:
            self._show()
