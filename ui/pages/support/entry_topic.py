"""A list of entries of the catalogue with its form beside: what the topics of overlaps and of facts share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.errors import AppError
from casemgr.i18n import _
from casemgr.services import programmes
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.pages.support.keeping import keep_entry, take_out_entry
from ui.pages.support.topic import Topic
from ui.theme import sized, spaced
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice
from ui.widgets.sentences import sentence
from ui.widgets.told import Told

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.forms import Field
    from ui.jobs import Job

R = TypeVar("R")


class EntryTopic(Topic, Generic[R]):
    """Enter changes an entry, Insert writes one, Del takes one out or gives the shipped one its place back."""

    kind = ""
    """Of the entries, as the catalogue names it."""

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column[R]],
        fields: Sequence[Field],
        *,
        name: str,
        title: Callable[[], str],
        verb: Callable[[], str],
    ) -> None:
        super().__init__(desk)
        self.rows: Sequence[R] = ()
        self._old: str | None = None
        self._table: Mapping[str, Any] = {}
        self.hint = sentence(f"{name}Hint", "soft")
        self.add, self.edit, self.out = QPushButton(), QPushButton(), QPushButton()
        self.model: RowsModel[int, R] = RowsModel(tuple(columns), lambda ids: [self.rows[each] for each in ids])
        self.table = ListTable(self.model, name=f"{name}Table")
        self.table.opened.connect(lambda _row: self.begin_edit())
        self.table.current_changed.connect(lambda _row: self._on_row())
        self.told = Told(f"{name}Told")
        self.card = VerbCard(title, verb, fields, self._keep, name=name)
        self.card.hide()
        self.card.done.connect(self._on_done)
        self.card.closed.connect(self._close)
        top, left = QHBoxLayout(), QVBoxLayout()
        spaced(top, spacing=8)
        spaced(left, spacing=8)
        top.addWidget(self.hint, 1)
        for button, part, picture, act in (
            (self.out, "Out", "trash", self.take_out),
            (self.edit, "Edit", "pencil-simple", self.begin_edit),
            (self.add, "Add", "plus", self.begin_new),
        ):
            button.setObjectName(f"{name}{part}")
            button.setIcon(icon(picture))
            button.clicked.connect(lambda _checked=False, act=act: act())
            top.addWidget(button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, spacing=8)
        column.addWidget(self.card)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setObjectName(f"{name}Side")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        self.area.hide()
        sized(self.area, width=400)
        left.addLayout(top)
        left.addWidget(self.table, 1)
        left.addWidget(self.told)
        layout = QHBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addLayout(left, 1)
        layout.addWidget(self.area)
        Says(self.table, self.table.setAccessibleName, title)

    # ---- what the topics say

    def code(self, row: R) -> str:
        """The code of an entry."""
        raise NotImplementedError

    def read(self) -> Sequence[R]:
        """The entries."""
        raise NotImplementedError

    def values(self, table: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the form shows of a plain table; of an empty one for a new entry."""
        raise NotImplementedError

    def made(self, old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
        """The plain table after the form."""
        raise NotImplementedError

    def tell(self, row: R | None) -> None:
        """More of the entry one is on."""
        raise NotImplementedError

    # ---- showing and changing

    @property
    def current(self) -> R | None:
        """The entry one is on."""
        row = self.table.current()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        now = self.current
        self.go(self.code(now) if now is not None else "", self.read())

    def go(self, code: str, rows: Sequence[R] | None = None) -> None:
        """Be on an entry."""
        self.rows = self.rows if rows is None else rows
        self.model.set_ids(range(len(self.rows)))
        codes = [self.code(one) for one in self.rows]
        self.table.go(codes.index(code) if code in codes else 0)
        self._on_row()

    def begin_new(self) -> None:
        """An entry of the office."""
        if self.add.isEnabled():
            self._begin(None, {})

    def begin_edit(self) -> None:
        """Change the entry one is on."""
        row = self.current
        if row is not None and self.edit.isEnabled():
            code = self.code(row)
            self._begin(code, self.desk.workspace.read(programmes.content, self.kind, code))

    def take_out(self) -> None:
        """Take the entry out, or give the shipped one its place back."""
        row = self.current
        if row is None or not self.out.isEnabled():
            return
        found = self.desk.workspace.read(programmes.catalogue)
        job, done = take_out_entry(self.desk, found, self.kind, self.code(row))
        job.succeeded.connect(lambda _nothing: self.said.emit(done))
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))

    def may_leave(self) -> bool:
        """One stays to keep or close the form beside while something in it was changed."""
        typed = self.card.isVisible() and self.card.form.dirty
        if typed:
            self.said.emit(Notice(_("Keep or close the form first: something typed is not saved."), "near"))
        return not typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert writes an entry, Del takes one out."""
        if event.key() == Qt.Key.Key_Insert:
            self.begin_new()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.take_out()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say the words again."""
        for button, words in ((self.add, _("New…")), (self.edit, _("Change…")), (self.out, _("Remove"))):
            button.setText(words)
            button.setAccessibleName(words)
        self._on_row()

    def _begin(self, old: str | None, table: Mapping[str, Any]) -> None:
        self._old, self._table = old, table
        self.area.show()
        self.card.begin(dict(self.values(table)))

    def _keep(self, values: Mapping[str, Any]) -> Job:
        job = keep_entry(self.desk, self.kind, partial(self.made, self._table), values, replaces=self._old)
        job.succeeded.connect(self._on_kept)
        return job

    def _on_kept(self, code: object) -> None:
        self.go(str(code), self.read())

    def _on_done(self) -> None:
        self._close()
        self.refresh()

    def _close(self) -> None:
        self.card.hide()
        self.area.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row(self) -> None:
        may = self.desk.may(Permission.SETTINGS)
        self.add.setEnabled(may)
        for button in (self.edit, self.out):
            button.setEnabled(may and self.current is not None)
        self.tell(self.current)
