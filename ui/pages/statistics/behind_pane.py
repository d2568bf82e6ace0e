"""The households behind one number of a report, beside it: Enter opens one, a button shows all in the list."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout

from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.i18n import N_, _, format_number, ngettext
from casemgr.services import households
from casemgr.services.households import HouseholdRow
from ui.desk import Desk
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.theme import spaced
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.list_table import ListTable

_COLUMNS: Final = (
    Column[HouseholdRow]("head", N_("Head of household"), lambda row: row.head, 170),
    Column[HouseholdRow]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[HouseholdRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[HouseholdRow](
        "class",
        N_("Class now"),
        lambda row: _(CLASS_SHORT_LABELS[row.class_value]),
        104,
        tone=lambda row: class_tone(row.class_value),
    ),
    Column[HouseholdRow]("people", N_("People"), lambda row: format_number(row.people), 84, right=True),
)


class BehindPane(Speaks):
    """Knows the households of the last number that was opened."""

    opened = Signal(UUID)
    all_requested = Signal(tuple)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("behindPane")
        self._desk = desk
        self._what = ""
        self._title, self._count = QLabel(), QLabel()
        self._title.setProperty("class", "h2")
        self._title.setWordWrap(True)
        self._count.setProperty("class", "small")
        self._count.setObjectName("behindCount")
        self.close_button = QToolButton()
        self.close_button.setObjectName("behindClose")
        self.close_button.setProperty("class", "flat")
        self.close_button.setIcon(icon("x"))
        self.close_button.clicked.connect(self.closed)
        self.all_button = QPushButton()
        self.all_button.setObjectName("behindAll")
        self.all_button.clicked.connect(lambda: self.all_requested.emit(tuple(self.model.ids)))
        self.model: RowsModel[UUID, HouseholdRow] = RowsModel(_COLUMNS, self._fetch)
        self.table = ListTable(self.model, name="behindTable")
        self.table.opened.connect(lambda row: self.opened.emit(self.model.ids[row]))
        head = QHBoxLayout()
        spaced(head, spacing=6)
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 10, 10, 10), spacing=6)
        layout.addLayout(head)
        layout.addWidget(self._count)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.all_button)
        self.retranslate()

    def show_households(self, what: str, ids: Sequence[UUID]) -> None:
        """Show the households of a number; `what` says which."""
        self._what = what
        self.model.set_ids(ids)
        self.table.go(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        count = len(self.model.ids)
        self._title.setText(self._what)
        self._count.setText(
            ngettext("{count} household", "{count} households", count).format(count=format_number(count))
        )
        self.all_button.setText(_("Show in the list of households"))
        self.close_button.setToolTip(_("Close"))
        self.close_button.setAccessibleName(_("Close"))
        self.table.setAccessibleName(self._what or _("Households behind the number"))

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[HouseholdRow]:
        return self._desk.workspace.read(households.rows, ids)
