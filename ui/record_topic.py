"""A topic of the page: a register at the left with its filter, one record at the right with its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.permissions import Permission
from casemgr.i18n import _, format_number
from ui.form_pane import FormPane
from ui.forms import Field, Form
from ui.icons import icon
from ui.jobs import Job
from ui.models.rows import Column, RowsModel
from ui.paper_pane import Drawing
from ui.places import Place
from ui.theme import spaced, theme
from ui.translation import Says, Speaks
from ui.widgets.chips import Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from datetime import date

    from ui.desk import Desk

Words = Callable[[], str]
LEAST: Final = 300
"""Natural width neither half goes below."""


class Topic(Speaks):
    """Base of the topics; `refresh` reads again, `may_leave` asks about what is not saved."""

    said = Signal(Notice)
    place_requested = Signal(Place)
    paper_requested = Signal(Drawing)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    @property
    def today(self) -> date:
        """The day of the office."""
        return self.desk.workspace.now.astimezone().date()

    def refresh(self) -> None:
        """Read again and show."""

    def may_leave(self) -> bool:
        """Whether one may go away now."""
        return True

    def filter(self) -> None:
        """Type into the filter."""

    def show_id(self, record: UUID) -> None:
        """Go to a record."""

    @property
    def table(self) -> ListTable:
        """Its list."""
        raise NotImplementedError


@dataclass(frozen=True)
class Kind:
    """What a register says about itself."""

    name: str
    """Of its widgets."""
    picture: str
    new: Words
    title: Words
    """Above the form."""
    none: Words
    hint: Words
    filter: Words


class RecordTopic(Topic):
    """The list and the form of one record; what else belongs to a record stands in `extra` below the form."""

    form_columns = 2
    """One where the labels are long."""

    def __init__(
        self, desk: Desk, kind: Kind, columns: Sequence[Column[Any]], fields: Sequence[Field], chips: Sequence[Chip]
    ) -> None:
        super().__init__(desk)
        self.setObjectName(f"{kind.name}Topic")
        self.kind = kind
        self.record: UUID | None = None
        self.version = 0
        self._rows: dict[UUID, Any] = {}
        self._quiet = False
        self.text = QLineEdit()
        self.text.setObjectName(f"{kind.name}Filter")
        self.text.setClearButtonEnabled(True)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)
        self._delay.timeout.connect(self.refresh)
        self.text.textChanged.connect(lambda _text: self._delay.start())
        self.text.returnPressed.connect(self._to_table)
        self.chips = Chips(chips)
        self.chips.setObjectName(f"{kind.name}Chips")
        self.chips.changed.connect(self.refresh)
        self.count = QLabel()
        self.count.setObjectName(f"{kind.name}Count")
        self.count.setProperty("class", "small")
        self.new = QPushButton()
        self.new.setObjectName(f"{kind.name}New")
        self.new.setProperty("class", "primary")
        self.new.setIcon(icon("plus", "on"))
        self.new.clicked.connect(self.begin_new)
        Says(self.new, self.new.setText, kind.new)
        Says(self.new, self.new.setAccessibleName, kind.new)
        for say in (self.text.setPlaceholderText, self.text.setAccessibleName):
            Says(self.text, say, kind.filter)
        self.model: RowsModel[UUID, Any] = RowsModel(columns, lambda ids: [self._rows[one] for one in ids])
        self._table = ListTable(self.model, name=f"{kind.name}Table")
        Says(self._table, self._table.setAccessibleName, kind.title)
        self._table.opened.connect(self._begin_typing)
        self._table.current_changed.connect(self._on_current)
        self.empty = EmptyState(kind.picture, kind.none, kind.hint, (kind.new,))
        self.empty.setObjectName(f"{kind.name}Empty")
        self.empty.chosen.connect(lambda _number: self.begin_new())
        self.stack = QStackedWidget()
        self.stack.addWidget(self._table)
        self.stack.addWidget(self.empty)
        self.pane = FormPane(kind.title, fields, self.submit, name=kind.name, columns=self.form_columns)
        self.pane.saved.connect(self._on_saved)
        self.pane.closed.connect(self._on_closed)
        self.pane.conflicted.connect(self._on_conflict)
        inside = QWidget()
        self.right = QScrollArea()
        self.right.setObjectName(f"{kind.name}Side")
        self.right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.right.setFrameShape(QFrame.Shape.NoFrame)
        self.right.setWidgetResizable(True)
        self.right.setWidget(inside)
        self.extra = QVBoxLayout(inside)
        spaced(self.extra, spacing=8)
        self.extra.addWidget(self.pane, 1)
        self._lay_out()

    def _lay_out(self) -> None:
        self.top, second = QHBoxLayout(), QHBoxLayout()
        spaced(self.top, spacing=8)
        self.top.addWidget(self.text, 1)
        self.top.addWidget(self.new)
        spaced(second, spacing=8)
        second.addWidget(self.chips, 1)
        second.addWidget(self.count)
        left = QWidget()
        column = QVBoxLayout(left)
        spaced(column, spacing=8)
        column.addLayout(self.top)
        column.addLayout(second)
        column.addWidget(self.stack, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setObjectName(f"{self.kind.name}Halves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(left)
        halves.addWidget(self.right)
        left.setMinimumWidth(theme().px(LEAST))
        self.right.setMinimumWidth(theme().px(LEAST))
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 1)
        halves.setSizes([500, 620])
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(halves, 1)
        self.right.hide()

    @property
    def dirty(self) -> bool:
        """Whether something typed in the form is not saved."""
        return not self.right.isHidden() and self.pane.dirty

    # ---- what a register says

    def read_rows(self) -> Sequence[Any]:
        """The lines shown; each has an `id`."""
        raise NotImplementedError

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """Version and values of a record for the form."""
        raise NotImplementedError

    def blank(self) -> Mapping[str, Any]:
        """Values of a new record."""
        raise NotImplementedError

    def submit(self, form: Form) -> Job:
        """Write what is typed; the job gives the id."""
        raise NotImplementedError

    def show_extra(self) -> None:
        """Show what else belongs to `record`, which is None for a new one."""

    # ---- what the page uses

    @property
    def table(self) -> ListTable:
        """Its list."""
        return self._table

    def filter(self) -> None:
        """Type into the filter."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def refresh(self) -> None:
        """Read the list again; what is being typed stays."""
        rows = self.read_rows()
        self._rows = {row.id: row for row in rows}
        ids = tuple(self._rows)
        self._quiet = True
        if ids == tuple(self.model.ids):
            self.model.reload()
        else:
            self.model.set_ids(ids)
        self._table.go(self.model.place_of(self.record))
        self._quiet = False
        self.stack.setCurrentWidget(self._table if ids else self.empty)
        narrowed = bool(self.text.text().strip() or self.chips.on())
        if narrowed:
            self.empty.say(lambda: _("Nothing fits"), lambda: _("Take away a filter, or try fewer letters."))
        else:
            self.empty.say(self.kind.none, self.kind.hint)
        self.count.setText(format_number(len(ids)))
        self.count.setAccessibleName(_("{count} lines").format(count=len(ids)))
        self.new.setEnabled(self.desk.may(Permission.EDIT))
        if self.record is not None and not self.dirty:
            if self.record in self._rows or narrowed:
                self._load(self.record)
            else:
                self._forget()
        if self.record is not None:
            self.show_extra()

    def begin_new(self) -> None:
        """Start a new record."""
        if not self.desk.may(Permission.EDIT) or not RecordTopic.may_leave(self):
            return
        self.record, self.version = None, 0
        self._quiet = True
        self._table.go(-1)
        self._quiet = False
        self.right.show()
        self.show_extra()
        self.pane.begin(self.blank())

    def show_id(self, record: UUID) -> None:
        """Go to a record; filters that hide it go."""
        if record not in self._rows:
            self.text.clear()
            self.chips.set_on(())
            self._delay.stop()
            self.refresh()
        self._table.go(self.model.place_of(record))
        self._show(record)

    def may_leave(self) -> bool:
        """Ask about what is not saved."""
        return not self.dirty or self.pane.may_leave()

    # ---- inside

    def _begin_typing(self, _row: int) -> None:
        if self.desk.may(Permission.EDIT):
            self.pane.form.focus_first()

    def _show(self, record: UUID) -> None:
        self.right.show()
        self._load(record)
        self.show_extra()

    def _load(self, record: UUID) -> None:
        self.record = record
        self.version, values = self.read_record(record)
        self.pane.form.load(values)
        self.pane.form.set_enabled(enabled=self.desk.may(Permission.EDIT))
        self.pane.bar.setVisible(self.desk.may(Permission.EDIT))
        self.pane.bar.show_state(dirty=False)

    def _forget(self) -> None:
        self.record = None
        self.right.hide()

    def _on_current(self, row: int) -> None:
        if self._quiet or not 0 <= row < len(self.model.ids):
            return
        record = self.model.ids[row]
        if record == self.record:
            return
        if not RecordTopic.may_leave(self):
            self._quiet = True
            self._table.go(self.model.place_of(self.record))
            self._quiet = False
            return
        self._show(record)

    def _on_saved(self, record: object) -> None:
        if isinstance(record, UUID):
            self.record = record
            self.refresh()
            self.show_id(record)
            self.said.emit(Notice(_("Saved."), "ok"))

    def _on_closed(self) -> None:
        if self.record is None:
            self._forget()
        else:
            self._load(self.record)
        self._to_table()

    def _on_conflict(self, error: object) -> None:
        self.said.emit(Notice(str(error), "near"))

    def _to_table(self) -> None:
        if self._delay.isActive():
            self._delay.stop()
            self.refresh()
        if self.model.ids:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._table.current() < 0:
                self._table.go(0)
        else:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
