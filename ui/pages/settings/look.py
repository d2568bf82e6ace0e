"""How the program looks on this computer: language, theme, scale, size of letters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout

from casemgr.i18n import LANGUAGES, N_, _
from ui.pages.settings.pane import Pane
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.chips import Chip, Chips

if TYPE_CHECKING:
    from ui.desk import Desk

THEMES: Final = (("system", N_("As the computer")), ("light", N_("Light")), ("dark", N_("Dark")))
SCALES: Final = (100, 110, 125, 150, 175, 200)
SIZES: Final = (9, 10, 11, 12, 14, 16)


class LookTopic(Pane):
    """Each choice holds at once and is kept on this computer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("settingsLook")
        card = Card(lambda: _("On this computer"))
        grid = QGridLayout()
        spaced(grid, spacing=12)
        grid.setColumnStretch(1, 1)
        self.language = Chips([Chip(code, partial(str, words)) for code, words in LANGUAGES.items()], single=True)
        self.theme = Chips([Chip(name, partial(_, words)) for name, words in THEMES], single=True)
        self.scale = Chips([Chip(str(scale), partial(_percent, scale)) for scale in SCALES], single=True)
        self.letters = Chips([Chip(str(size), partial(_points, size)) for size in SIZES], single=True)
        for row, (name, words, chips) in enumerate(
            (
                ("lookLanguage", N_("Language"), self.language),
                ("lookTheme", N_("Colours"), self.theme),
                ("lookScale", N_("Size of everything"), self.scale),
                ("lookSize", N_("Size of letters"), self.letters),
            )
        ):
            label = QLabel()
            Says(label, label.setText, partial(_, words))
            Says(chips, chips.setAccessibleName, partial(_, words))
            chips.setObjectName(name)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(chips, row, 1)
        card.add(grid)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addWidget(card)
        layout.addStretch(1)
        for chips in (self.language, self.theme, self.scale, self.letters):
            chips.changed.connect(partial(self._on_chosen, chips))
        desk.settings_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what holds."""
        chosen = self.desk.settings
        self.language.set_on((chosen.language,))
        self.theme.set_on((chosen.theme,))
        self.scale.set_on((str(chosen.scale),))
        self.letters.set_on((str(chosen.text_size),))

    def _on_chosen(self, chips: Chips) -> None:
        on = chips.on()
        if not on:  # pressed again: it stays
            self.refresh()
        elif chips is self.language:
            self.desk.prefer(language=on[0])
        elif chips is self.theme:
            self.desk.prefer(theme=on[0])
        elif chips is self.scale:
            self.desk.prefer(scale=int(on[0]))
        else:
            self.desk.prefer(text_size=int(on[0]))


def _percent(scale: int) -> str:
    return _("{number} %").format(number=scale)


def _points(size: int) -> str:
    return _("{number} pt").format(number=size)
