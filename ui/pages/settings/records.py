"""A list of the office's records with a form beside it: choose, correct, add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from casemgr.errors import AppError
from casemgr.i18n import _
from ui.form_pane import FormPane
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.theme import spaced, theme
from ui.translation import Says
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from ui.desk import Desk
    from ui.forms import Field, Form
    from ui.jobs import Job

V = TypeVar("V")


class RecordsPane(QWidget, Generic[V]):
    """`views` reads the records, `values` gives what the form shows, `submit(form, view)` writes (None = a new one)."""

    changed = Signal()
    said = Signal(Notice)

    def __init__(
        self,
        desk: Desk,
        *,
        name: str,
        about: Callable[[], str],
        add_words: Callable[[], str],
        columns: Sequence[Column[V]],
        fields: Sequence[Field],
        views: Callable[[], Sequence[V]],
        id_of: Callable[[V], UUID],
        values: Callable[[V | None], Mapping[str, Any]],
        submit: Callable[[Form, V | None], Job],
        may: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._desk, self._read, self._id_of, self._values, self._submit, self._may = (
            desk, views, id_of, values, submit, may,
        )  # fmt: skip
        self._views: dict[UUID, V] = {}
        self._editing: V | None = None
        self.about = QLabel()
        self.about.setProperty("class", "soft")
        self.about.setWordWrap(True)
        Says(self.about, self.about.setText, about)
        self.add = QPushButton()
        self.add.setObjectName(f"{name}Add")
        self.add.setIcon(icon("plus"))
        Says(self.add, self.add.setText, add_words)
        Says(self.add, self.add.setAccessibleName, add_words)
        self.add.clicked.connect(self.begin_new)
        self.model: RowsModel[UUID, V] = RowsModel(columns, lambda ids: [self._views[each] for each in ids])
        self.table = ListTable(self.model, name=f"{name}Table")
        self.table.opened.connect(self.begin)
        self.form = FormPane(
            lambda: _("Details"), fields, lambda form: self._submit(form, self._editing), name=name, columns=1
        )
        self.form.saved.connect(self._on_saved)
        self.form.closed.connect(self.close_form)
        self.form.conflicted.connect(self._on_conflict)
        self.form.hide()
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.about, 1)
        top.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.form)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        self.table.setMinimumWidth(theme().px(220))
        self.form.setMinimumWidth(theme().px(280))
        layout = QVBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addLayout(top)
        layout.addWidget(splitter, 1)

    def refresh(self) -> None:
        """Read the records again; what is being typed stays."""
        row = self.table.current()
        chosen = self.model.ids[row] if 0 <= row < len(self.model.ids) else None
        views = self._read()
        self._views = {self._id_of(view): view for view in views}
        self.model.set_ids(list(self._views))
        self.table.go(max(0, self.model.place_of(chosen)))
        self.add.setEnabled(self._may())

    def begin_new(self) -> None:
        """An empty form."""
        if self._may() and self.may_leave():
            self._show(None)

    def begin(self, row: int) -> None:
        """The form of a line."""
        if self._may() and self.may_leave():
            self._show(self.model.row(row))

    def close_form(self) -> None:
        """Back to the list."""
        self.form.hide()
        self._editing = None
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def may_leave(self) -> bool:
        """Ask about what was typed."""
        return self.form.isHidden() or self.form.may_leave()

    def _show(self, view: V | None) -> None:
        self._editing = view
        self.form.show()
        self.form.begin(self._values(view))

    def _on_saved(self, _result: object) -> None:
        self.close_form()
        self.changed.emit()

    def _on_conflict(self, error: AppError) -> None:
        self.refresh()
        fresh = self._views.get(self._id_of(self._editing)) if self._editing is not None else None
        self._editing = fresh  # what was typed is still there: saving again keeps it
        self.said.emit(Notice(str(error), "near"))
