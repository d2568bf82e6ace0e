"""The third step: the hamlets of the commune, entered line by line or pasted as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from casemgr.domain.offices import Area, HamletData
from casemgr.i18n import _, ngettext
from ui.icons import icon
from ui.office.hamlet_grid import HamletGrid
from ui.theme import spaced
from ui.wizard.step import Step

if TYPE_CHECKING:
    from casemgr.domain.offices import AdminUnit

_SOUTH: Final = 70
"""Codes of the southern provinces begin here: their hamlets are called ấp, elsewhere thôn."""


def usual_kind(unit: AdminUnit) -> str:
    """What hamlets are mostly called there; each line can say otherwise."""
    if unit.default_area is Area.URBAN:
        return "Khu phố" if int(unit.province_code) >= _SOUTH else "Tổ dân phố"
    return "Ấp" if int(unit.province_code) >= _SOUTH else "Thôn"


class HamletsStep(Step):
    """The grid, and a button for those who have the list on the clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stepHamlets")
        self.grid = HamletGrid()
        self.grid.changed.connect(self._on_changed)
        self.paste = QPushButton()
        self.paste.setObjectName("hamletsPaste")
        self.paste.setIcon(icon("clipboard-text"))
        self.paste.clicked.connect(self._on_paste)
        self.count = QLabel()
        self.count.setObjectName("hamletsCount")
        self.count.setProperty("class", "small")
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.paste)
        row.addWidget(self.count, 1)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(row)
        layout.addWidget(self.grid)
        layout.addStretch()
        self._told = ""
        self.retranslate()

    def set_unit(self, unit: AdminUnit) -> None:
        """The commune was chosen: new lines begin with what is usual there."""
        self.grid.set_defaults(usual_kind(unit), unit.default_area)

    def hamlets(self) -> tuple[HamletData, ...]:
        """What was entered."""
        return self.grid.hamlets()

    def title(self) -> str:
        """The heading."""
        return _("Its hamlets")

    def text(self) -> str:
        """What is asked."""
        return _(
            "Kind, name and area of each hamlet. A list from Word or Excel can be pasted, one hamlet a line. "
            "The area decides which poverty line holds. You can go on without and add hamlets later."
        )

    def enter(self) -> None:
        """Begin typing."""
        self.grid.focus_free()

    def check(self) -> str:
        """No hamlet twice."""
        return self.grid.problem()

    def retranslate(self) -> None:
        """Say the words again."""
        self.paste.setText(_("Paste a list"))
        self.paste.setAccessibleName(self.paste.text())
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the free line, the only one from which it comes here, goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QLineEdit):
            self.next_requested.emit()
            return
        super().keyPressEvent(event)

    def _on_paste(self) -> None:
        added = self.grid.paste(QGuiApplication.clipboard().text())
        self._told = (
            ngettext("{count} hamlet added.", "{count} hamlets added.", added).format(count=added)
            if added
            else _("There is no new hamlet on the clipboard. Copy the list first, one hamlet a line.")
        )
        self._say()
        self.grid.focus_free()

    def _on_changed(self) -> None:
        self._told = ""
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        count = len(self.grid.hamlets())
        number = ngettext("{count} hamlet", "{count} hamlets", count).format(count=count)
        self.count.setText(self._told or (number if count else ""))
        self.count.setAlignment(Qt.AlignmentFlag.AlignVCenter)
