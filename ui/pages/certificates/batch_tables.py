"""The left half of a batch: households with what stands against them, or papers with how often they were printed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from casemgr.i18n import _
from casemgr.services import certificate_register, households
from casemgr.services.certificate_register import RegisterRow
from ui.desk import Desk
from ui.models.rows import RowsModel
from ui.pages.certificates.batch_list import CANDIDATES, PAPERS, Candidate, Checked
from ui.pages.certificates.doubts import Doubts
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.chips import Chip, Chips
from ui.widgets.list_table import ListTable


class BatchTables(Speaks):
    """Two lists, one at a time; Enter asks to go on, a double click opens."""

    moved = Signal()
    opened = Signal(UUID)
    go_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("batchTables")
        self._desk = desk
        self._households: Sequence[UUID] = ()
        self._checked: Checked | None = None
        self.chips = Chips(
            (Chip("ready", lambda: _("Ready")), Chip("refused", lambda: _("Cannot be issued"))), single=True
        )
        self.chips.setObjectName("batchChips")
        self.chips.changed.connect(self._narrow)
        self.candidates: RowsModel[UUID, Candidate] = RowsModel(CANDIDATES, self._fetch)
        self.papers: RowsModel[UUID, RegisterRow] = RowsModel(PAPERS, self._fetch_papers)
        self.table = ListTable(self.candidates, name="batchTable")
        self.paper_table = ListTable(self.papers, name="batchPapers")
        self._tables = QStackedWidget()
        for table in (self.table, self.paper_table):
            self._tables.addWidget(table)
            table.installEventFilter(self)
            table.current_changed.connect(lambda _row: self.moved.emit())
        self.table.opened.connect(lambda row: self.opened.emit(self.candidates.ids[row]))
        self.doubts = Doubts()
        column = QVBoxLayout(self)
        spaced(column, spacing=8)
        column.addWidget(self.chips)
        column.addWidget(self._tables, 1)
        column.addWidget(self.doubts)
        self.retranslate()

    def show_households(self, ids: Sequence[UUID], checked: Checked | None) -> None:
        """Show a selection, with what was found about each once somebody looked."""
        if ids != self._households:
            self.chips.set_on(())
        self._households, self._checked = ids, checked
        self._tables.setCurrentWidget(self.table)
        self.chips.setVisible(True)
        self.chips.setEnabled(checked is not None)
        if checked is not None:
            self.chips.set_counts({"ready": len(checked.ready), "refused": len(checked.refused)})
        self._narrow()

    def show_papers(self, ids: Sequence[UUID]) -> None:
        """Show papers that are issued."""
        self._tables.setCurrentWidget(self.paper_table)
        self.chips.setVisible(False)
        self.doubts.show_doubts((), ())
        self.papers.set_ids(ids)
        self.paper_table.go(0)

    def current(self) -> UUID | None:
        """The household or paper of the current line."""
        printing = self._tables.currentWidget() is self.paper_table
        return _current(self.paper_table, self.papers) if printing else _current(self.table, self.candidates)

    def retranslate(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(_("Households"))
        self.paper_table.setAccessibleName(_("Certificates"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a list goes on with the batch instead of opening a line."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.go_requested.emit()
            return True
        return False

    def _narrow(self) -> None:
        checked, on = self._checked, self.chips.on()
        current = _current(self.table, self.candidates)
        ids = self._households
        if checked is not None and on:
            ids = checked.ready if on[0] == "ready" else checked.refused
        self.candidates.set_ids(ids)
        self.table.go(max(0, self.candidates.place_of(current)))
        self.moved.emit()

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[Candidate]:
        rows = self._desk.workspace.read(households.rows, ids)
        reasons = self._checked.reasons if self._checked is not None else None
        return [Candidate(row, None if reasons is None else reasons.get(row.code, ())) for row in rows]

    def _fetch_papers(self, ids: Sequence[UUID]) -> Sequence[RegisterRow]:
        return self._desk.workspace.read(certificate_register.rows, ids)


def _current(table: ListTable, model: RowsModel[UUID, Any]) -> UUID | None:
    row = table.current()
    return model.ids[row] if 0 <= row < len(model.ids) else None
