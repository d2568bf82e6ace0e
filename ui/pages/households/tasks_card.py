"""What is to be done for a household: due days, done with one key, dropped with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from casemgr.i18n import N_, _, format_date
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.chips import FlowLayout
from ui.widgets.fit_table import FitTable, flat_button

if TYPE_CHECKING:
    from casemgr.services.tasks import TaskView


def _due(row: TaskView) -> str:
    return format_date(row.data.due_on)


def _tone(row: TaskView) -> str:
    return "poor" if row.overdue else "plain"


def _due_hint(row: TaskView) -> str:
    words = _("Overdue since {date}") if row.overdue else _("Due on {date}")
    return words.format(date=_due(row))


_COLUMNS: Final = (
    Column["TaskView"]("due", N_("Due"), _due, 110, code=True, tone=_tone, hint=_due_hint),
    Column["TaskView"]("title", N_("To do"), lambda row: row.data.title, 260),
    Column["TaskView"]("person", N_("For"), lambda row: row.person, 130, spare=True),
)


class TasksCard(Card):
    """Space marks the current task as done; `drop_requested` asks for the reason first."""

    new_requested = Signal()
    done_requested = Signal(object)
    drop_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("To do"), margin=10)
        self.setObjectName("tasksCard")
        self._desk = desk
        self._rows: Sequence[TaskView] = ()
        self.model: RowsModel[int, TaskView] = RowsModel(_COLUMNS, lambda ids: [self._rows[each] for each in ids])
        self.table = FitTable(self.model, name="householdTasks", most=5)
        self.table.opened.connect(lambda _row: self._on_done())
        self.table.installEventFilter(self)
        Says(self.table, self.table.setAccessibleName, lambda: _("What is to be done"))
        self.done, self.drop = flat_button("taskDone", "check"), flat_button("taskDrop", "x")
        self.new = flat_button("taskNew", "plus")
        inside = QWidget()
        verbs = FlowLayout(inside)
        spaced(verbs)
        self.head.addWidget(inside, 1)
        for button, words in (
            (self.done, lambda: _("Done")),
            (self.drop, lambda: _("Not needed…")),
            (self.new, lambda: _("New task")),
        ):
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            verbs.addWidget(button)
        self.done.clicked.connect(lambda _checked: self._on_done())
        self.drop.clicked.connect(lambda _checked: self._on_drop())
        self.new.clicked.connect(lambda _checked: self.new_requested.emit())
        self.none = QLabel()
        self.none.setProperty("class", "soft")
        Says(self.none, self.none.setText, lambda: _("Nothing is to be done."))
        self.add(self.table)
        self.add(self.none)

    def show_household(self, household: UUID) -> None:
        """Show the open tasks, what is due first."""
        from casemgr.services import tasks  # not wanted before a household is open

        self._rows = self._desk.workspace.read(tasks.of_household, household)
        self.model.set_ids(range(len(self._rows)))
        self.table.go(0)
        for widget in (self.table, self.done, self.drop):
            widget.setVisible(bool(self._rows))
        self.none.setVisible(not self._rows)

    def current(self) -> TaskView | None:
        """The task one is on."""
        row = self.table.current()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        for button in (self.done, self.drop, self.new):
            button.setEnabled(may)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space in the table does what the button does: the table itself would only mark the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self._on_done()
            return True
        return super().eventFilter(watched, event)

    def _on_done(self) -> None:
        task = self.current()
        if task is not None and self.done.isEnabled():
            self.done_requested.emit(task)

    def _on_drop(self) -> None:
        task = self.current()
        if task is not None:
            self.drop_requested.emit(task)
