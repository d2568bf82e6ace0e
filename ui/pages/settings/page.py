"""The page of settings: topics at the left, one of them on show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout

from casemgr.i18n import N_, _
from ui.icons import icon
from ui.page import Page
from ui.pages.settings.accounts import AccountsTopic
from ui.pages.settings.letterhead import LetterheadTopic
from ui.pages.settings.lists import HamletsTopic, SignatoriesTopic
from ui.pages.settings.look import LookTopic
from ui.pages.settings.paper_wording import PaperWordingTopic
from ui.pages.settings.places import PlacesTopic
from ui.pages.settings.wording import WordingTopic
from ui.places import Place
from ui.theme import sized, spaced, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from ui.desk import Desk
    from ui.pages.settings.pane import Pane

NAME: Final = "settings"
TOPICS: Final[tuple[tuple[str, str, str, Callable[[Desk], Pane]], ...]] = (
    ("letterhead", N_("Letterhead"), "article", LetterheadTopic),
    ("hamlets", N_("Hamlets"), "map-pin", HamletsTopic),
    ("signatories", N_("Signatories"), "pencil-line", SignatoriesTopic),
    ("wording", N_("Wording of papers"), "text-aa", WordingTopic),
    ("papers", N_("Papers of the review"), "files", PaperWordingTopic),
    ("accounts", N_("Accounts and keys"), "users", AccountsTopic),
    ("places", N_("File and backups"), "hard-drive", PlacesTopic),
    ("look", N_("Look and language"), "palette", LookTopic),
)
"""Name used in `Place.text`, words, icon, and how the topic is made when first visited."""

NEW_CODE: Final = "new_code"
"""Wish of a `Place`: make a new recovery code at once."""
_NARROW: Final = 900


class SettingsPage(Page):
    """`Place.text` names the topic."""

    tables = frozenset({"office", "hamlet", "household", "signatory", "user", "template", "setting"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("settingsPage")
        self._panes: dict[str, Pane] = {}
        self.topics = QListWidget()
        self.topics.setObjectName("settingsTopics")
        self.topics.setProperty("class", "framed")
        for name, _words, picture, _make in TOPICS:
            item = QListWidgetItem(icon(picture), "")
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.topics.addItem(item)
        sized(self.topics, width=184)
        self.topics.currentRowChanged.connect(self._on_row)
        self.stack = QStackedWidget()
        self.stack.setObjectName("settingsStack")
        row = QHBoxLayout()
        spaced(row, spacing=12)
        row.addWidget(self.topics)
        row.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(16, 14, 16, 14))
        layout.addLayout(row)
        self._here = ""
        self._narrow = False
        self.retranslate()
        self.show_topic(TOPICS[0][0])

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Settings")

    def place(self) -> Place:
        """The topic on show."""
        return Place(NAME, text=self._here)

    def show_place(self, place: Place) -> None:
        """Arrive at a topic."""
        self.show_topic(place.text if place.text in {name for name, *_rest in TOPICS} else self._here)
        if place.wish == NEW_CODE and isinstance(self.pane, AccountsTopic):
            self.pane.make_new_code()

    def refresh(self) -> None:
        """Read again what is shown."""
        for pane in self._panes.values():
            pane.refresh()

    def leave(self) -> bool:
        """Ask about what is not saved."""
        return self.pane.may_leave()

    # ---- topics

    @property
    def pane(self) -> Pane:
        """The topic on show."""
        return self._panes[self._here]

    def show_topic(self, name: str) -> None:
        """Go to a topic; it is made when it is first visited."""
        if name not in self._panes:
            make = next(make for each, _words, _picture, make in TOPICS if each == name)
            pane = make(self.desk)
            pane.said.connect(self.said)
            pane.handover_requested.connect(self.handover_requested)
            self._panes[name] = pane
            self.stack.addWidget(pane)
        self._here = name
        self.stack.setCurrentWidget(self._panes[name])
        self.topics.blockSignals(True)
        self.topics.setCurrentRow([each for each, *_rest in TOPICS].index(name))
        self.topics.blockSignals(False)

    def retranslate(self) -> None:
        """Say the words again and measure."""
        self.topics.setAccessibleName(_("Topics of the settings"))
        side = theme().px(18)
        self.topics.setIconSize(QSize(side, side))
        for row, (_name, words, _picture, _make) in enumerate(TOPICS):
            item = self.topics.item(row)
            item.setText("" if self._narrow else _(words))
            item.setToolTip(_(words))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _(words))
            item.setSizeHint(QSize(0, theme().row + theme().px(6)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window gives the room to the topic: icons only."""
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_NARROW)
        sized(self.topics, width=44 if narrow else 184)
        if narrow != self._narrow:
            self._narrow = narrow
            self.retranslate()

    def _on_row(self, row: int) -> None:
        name = TOPICS[row][0]
        if name == self._here:
            return
        if self.pane.may_leave():
            self.show_topic(name)
        else:
            self.topics.blockSignals(True)
            self.topics.setCurrentRow([each for each, *_rest in TOPICS].index(self._here))
            self.topics.blockSignals(False)
