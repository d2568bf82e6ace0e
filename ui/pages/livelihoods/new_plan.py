"""Which household a new plan is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from casemgr.i18n import _
from ui.theme import spaced
from ui.translation import Says
from ui.who_editor import WhoWidget
from ui.widgets.card import Card

if TYPE_CHECKING:
    from ui.desk import Desk


class NewPlan(Card):
    """`chosen` with the household."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(lambda: _("New plan: which household"), margin=10)
        self.setObjectName("newPlan")
        self.who = WhoWidget(desk, "newPlanWho")
        self.who.changed.connect(self._on_changed)
        self.close_button = QPushButton()
        self.close_button.setObjectName("newPlanClose")
        self.close_button.clicked.connect(self.hide)
        Says(self.close_button, self.close_button.setText, lambda: _("Close"))
        Says(self.close_button, self.close_button.setAccessibleName, lambda: _("Close"))
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.who, 1)
        row.addWidget(self.close_button)
        self.add(row)

    def begin(self) -> None:
        """Ask."""
        self.who.show_chosen(None)
        self.show()
        self.who.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _on_changed(self) -> None:
        if self.who.chosen is not None:
            self.chosen.emit(self.who.chosen.household_id)
