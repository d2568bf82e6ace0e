"""Restoring: what a backup would bring back beside what is here, then one of three verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout

from casemgr.i18n import _
from ui.office.restore_pane import RestorePane
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.card import Card

if TYPE_CHECKING:
    from pathlib import Path

    from ui.desk import Desk


class RestoreView(Speaks):
    """A card with the comparison and the verbs below it."""

    kept = Signal()
    """The present file stays."""
    restore_requested = Signal(bool)
    """Restore; True = make a backup of the present file first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("restoreView")
        self._target = desk.workspace.path
        self.pane = RestorePane(desk.jobs, present=desk.workspace)
        self.safe = QLabel()
        self.safe.setProperty("class", "soft")
        self.safe.setWordWrap(True)
        card = Card(lambda: _("Restore a backup"))
        card.add(self.pane)
        card.add(self.safe)
        inner = Card(margin=0)
        inner.setProperty("class", "")
        inner.add(card)
        inner.body.addStretch()
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.look, self.keep, self.replace, self.first = QPushButton(), QPushButton(), QPushButton(), QPushButton()
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addStretch()
        for name, button in (
            ("restoreKeep", self.keep),
            ("restoreReplace", self.replace),
            ("restoreFirst", self.first),
            ("restoreLook", self.look),
        ):
            button.setObjectName(name)
            row.addWidget(button)
        self.first.setProperty("class", "primary")
        self.look.setProperty("class", "primary")
        self.look.clicked.connect(self.pane.look)
        self.keep.clicked.connect(self.kept)
        self.replace.clicked.connect(lambda: self.restore_requested.emit(False))
        self.first.clicked.connect(lambda: self.restore_requested.emit(True))
        self.pane.looked.connect(self._on_looked)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addWidget(area, 1)
        layout.addLayout(row)
        self.retranslate()

    def show_backup(self, file: Path) -> None:
        """Compare this one."""
        self.pane.show_backup(file, self._target)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        self.safe.setText(
            _("The present file is never deleted: it is set aside, whole, in a folder beside. Then sign in again.")
        )
        self.look.setText(_("Look into the backup"))
        self.keep.setText(_("Keep the present file"))
        self.replace.setText(_("Set it aside and restore"))
        self.first.setText(_("Back it up first, then restore"))
        for button in (self.look, self.keep, self.replace, self.first):
            button.setAccessibleName(button.text())
        shown = self.pane.preview is not None
        self.replace.setVisible(shown)
        self.first.setVisible(shown)
        self.look.setVisible(not shown)

    def set_busy(self, *, busy: bool) -> None:
        """While work is under way nothing can be chosen."""
        for button in (self.look, self.keep, self.replace, self.first):
            button.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc keeps the present file."""
        if event.key() == Qt.Key.Key_Escape and self.keep.isEnabled():
            self.kept.emit()
        else:
            super().keyPressEvent(event)

    def _on_looked(self) -> None:
        self.retranslate()
        self.keep.setFocus()
