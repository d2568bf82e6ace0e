"""Who signs papers: a few lines of title and name, for the first entry."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from casemgr.domain.offices import SignatoryData
from casemgr.domain.text import clean
from casemgr.i18n import _
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.choice_box import ChoiceBox

TITLES: Final = (
    ("CHỦ TỊCH",),
    ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("Q. CHỦ TỊCH",),
    ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"),
)
"""Titles above a signature as Decree 30/2020 writes them (data of the field, not interface words)."""

_LINES: Final = 2


class SignatoryLines(Speaks):
    """The chairman and one deputy; who has no name is not entered."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signatoryLines")
        self._heads = (QLabel(), QLabel())
        self._lines: list[tuple[ChoiceBox[tuple[str, ...]], QLineEdit]] = []
        grid = QGridLayout(self)
        spaced(grid, spacing=6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for column, head in enumerate(self._heads):
            head.setProperty("class", "h2")
            grid.addWidget(head, 0, column)
        for number in range(_LINES):
            titles: ChoiceBox[tuple[str, ...]] = ChoiceBox()
            titles.setObjectName(f"signatoryTitle{number}")
            titles.set_choices([(each, partial(" / ".join, each)) for each in TITLES])
            titles.set_value(TITLES[number])
            name = QLineEdit()
            name.setObjectName(f"signatoryName{number}")
            name.setMaxLength(100)
            titles.chosen.connect(self.changed)
            name.textEdited.connect(lambda _text: self.changed.emit())
            name.returnPressed.connect(lambda: self.focusNextChild())
            grid.addWidget(titles, number + 1, 0)
            grid.addWidget(name, number + 1, 1, Qt.AlignmentFlag.AlignVCenter)
            self._lines.append((titles, name))
        self.retranslate()

    def signatories(self) -> tuple[SignatoryData, ...]:
        """Those with a name."""
        return tuple(
            SignatoryData(clean(name.text()), titles.value() or TITLES[0])
            for titles, name in self._lines
            if clean(name.text())
        )

    def retranslate(self) -> None:
        """Say the words again."""
        for head, words in zip(self._heads, (_("Title above the signature"), _("Full name of who signs")), strict=True):
            head.setText(words)
        for number, (titles, name) in enumerate(self._lines, 1):
            titles.setAccessibleName(_("Title of signatory {number}").format(number=number))
            name.setAccessibleName(_("Name of signatory {number}").format(number=number))
