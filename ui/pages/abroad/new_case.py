"""Who a new case is opened for: somebody of a household, found by name, code, identity number or card."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from casemgr.i18n import _
from casemgr.services import households
from ui.theme import spaced
from ui.translation import Says
from ui.who_editor import WhoWidget
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from ui.desk import Desk


class NewCase(Card):
    """`chosen` with household and person; a household alone asks which of its people."""

    chosen = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("New case: who wants to work abroad"), margin=10)
        self.setObjectName("newAbroad")
        self._desk = desk
        self._household: UUID | None = None
        self.who = WhoWidget(desk, "newAbroadWho")
        self.who.changed.connect(self._on_changed)
        self.member: ChoiceBox[UUID] = ChoiceBox()
        self.member.setObjectName("newAbroadMember")
        self.member.chosen.connect(self._on_member)
        Says(self.member, self.member.setAccessibleName, lambda: _("Member of the household"))
        self.ask = QLabel()
        self.ask.setObjectName("newAbroadAsk")
        self.ask.setBuddy(self.member)
        Says(self.ask, self.ask.setText, lambda: _("&Who of the household"))
        self.close_button = QPushButton()
        self.close_button.setObjectName("newAbroadClose")
        self.close_button.clicked.connect(self.hide)
        Says(self.close_button, self.close_button.setText, lambda: _("Close"))
        Says(self.close_button, self.close_button.setAccessibleName, lambda: _("Close"))
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.who, 1)
        row.addWidget(self.ask)
        row.addWidget(self.member)
        row.addWidget(self.close_button)
        self.add(row)
        self._show_members(None)

    def begin(self, household: UUID | None = None) -> None:
        """Ask; of a household that is known only which of its people."""
        self.who.show_chosen(None)
        self._show_members(household)
        self.show()
        first = self.member if household is not None else self.who.box
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _show_members(self, household: UUID | None) -> None:
        self._household = household
        if household is not None:
            home = self._desk.workspace.read(households.view, household)
            people = [(one.person_id, partial(str, one.person.full_name)) for one in home.members]
            self.member.set_choices([(None, lambda: _("choose")), *people])
        for widget in (self.ask, self.member):
            widget.setVisible(household is not None)
        self.who.setVisible(household is None)

    def _on_changed(self) -> None:
        found = self.who.chosen
        if found is None:
            return
        if found.person_id is not None:
            self.chosen.emit(found.household_id, found.person_id)
        else:
            self._show_members(found.household_id)
            self.member.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_member(self) -> None:
        person = self.member.value()
        if self._household is not None and person is not None:
            self.chosen.emit(self._household, person)
