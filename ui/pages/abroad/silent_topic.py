"""People abroad nobody heard of for longer than the office asks: the longest silence first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold
from casemgr.i18n import _, format_number
from casemgr.services import abroad_board, abroad_file
from casemgr.services.abroad_board import SilentRow
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.abroad import verbs
from ui.pages.abroad.columns import SILENT
from ui.record_topic import Topic
from ui.theme import sized, spaced
from ui.translation import Says
from ui.verb_place import VerbPlace
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable

if TYPE_CHECKING:
    from ui.desk import Desk


class SilentTopic(Topic):
    """`opened` with a case; a contact is recorded beside the list."""

    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("silentTopic")
        self._rows: dict[UUID, SilentRow] = {}
        self.verbs = VerbPlace("silentVerbs")
        sized(self.verbs, width=360)
        self.text = QLineEdit()
        self.text.setObjectName("silentFilter")
        self.text.setClearButtonEnabled(True)
        for say in (self.text.setPlaceholderText, self.text.setAccessibleName):
            Says(self.text, say, lambda: _("Name of the worker"))
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(120)
        self._delay.timeout.connect(self.refresh)
        self.text.textChanged.connect(lambda _text: self._delay.start())
        self.contact = QPushButton()
        self.contact.setObjectName("silentContact")
        self.contact.setProperty("class", "primary")
        self.contact.setIcon(icon("phone", "on"))
        self.contact.clicked.connect(lambda _checked=False: self.record_contact())
        Says(self.contact, self.contact.setText, lambda: _("Record a contact"))
        Says(self.contact, self.contact.setAccessibleName, lambda: _("Record a contact"))
        self.count = QLabel()
        self.count.setObjectName("silentCount")
        self.count.setProperty("class", "small")
        self.model: RowsModel[UUID, SilentRow] = RowsModel(SILENT, lambda ids: [self._rows[one] for one in ids])
        self._table = ListTable(self.model, name="silentTable")
        Says(self._table, self._table.setAccessibleName, lambda: _("Not heard of for long"))
        self._table.opened.connect(lambda row: self.opened.emit(self.model.ids[row]))
        self._table.current_changed.connect(lambda _row: self.verbs.hide())
        self.empty = EmptyState(
            "phone",
            lambda: _("Everybody abroad was heard of lately"),
            lambda: _("Who was not reached for as many days as the office asks stands here."),
        )
        self.empty.setObjectName("silentEmpty")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._table)
        self.stack.addWidget(self.empty)
        top, body = QHBoxLayout(), QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.text, 1)
        top.addWidget(self.count)
        top.addWidget(self.contact)
        side = QVBoxLayout()
        spaced(side)
        side.addWidget(self.verbs)
        side.addStretch()
        spaced(body, spacing=8)
        body.addWidget(self.stack, 1)
        body.addLayout(side)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addLayout(body, 1)
        self.refresh()

    @property
    def table(self) -> ListTable:
        """Its list."""
        return self._table

    def filter(self) -> None:
        """Type into the filter."""
        self.text.setFocus()
        self.text.selectAll()

    def refresh(self) -> None:
        """Read again."""
        wanted = fold(clean(self.text.text()))
        found = self.desk.workspace.read(abroad_board.silent)
        row = self._table.current()
        kept = self.model.ids[row] if 0 <= row < len(self.model.ids) else None
        self._rows = {one.row.id: one for one in found if wanted in fold(one.row.person)}
        self.model.set_ids(tuple(self._rows))
        self._table.go(max(self.model.place_of(kept), 0) if self._rows else -1)
        self.stack.setCurrentWidget(self._table if self._rows else self.empty)
        self.count.setText(format_number(len(self._rows)))
        self.count.setAccessibleName(_("{count} lines").format(count=len(self._rows)))
        self.contact.setEnabled(bool(self._rows) and self.desk.may(Permission.EDIT))

    def record_contact(self) -> None:
        """Write down a contact with the line one is on."""
        row = self._table.current()
        if 0 <= row < len(self.model.ids) and self.desk.may(Permission.EDIT):
            file = self.desk.workspace.read(abroad_file.open_case, self.model.ids[row])
            self.verbs.begin(verbs.contact(self.desk, file, self.today))
