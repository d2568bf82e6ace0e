"""The page of standards and deadlines: what the law says, by which points, which days are off, who decides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from casemgr.i18n import N_, _
from ui.actions import handles
from ui.page import Page
from ui.pages.standards.authorities_topic import AuthoritiesTopic
from ui.pages.standards.days_topic import DaysTopic
from ui.pages.standards.packs_topic import PACK_FILES, PacksTopic
from ui.pages.standards.score_topic import ScoreTopic
from ui.places import Place
from ui.theme import spaced

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ui.desk import Desk
    from ui.pages.standards.topic import Topic

NAME: Final = "standards"
PACKS, SCORES, DAYS, AUTHORITIES = "packs", "scores", "days", "authorities"
TOPICS: Final[tuple[tuple[str, str, type[Topic]], ...]] = (
    (PACKS, N_("Poverty standards"), PacksTopic),
    (SCORES, N_("Point table B1"), ScoreTopic),
    (DAYS, N_("Days off and deadlines"), DaysTopic),
    (AUTHORITIES, N_("Authorities"), AuthoritiesTopic),
)
"""Name used in `Place.text`, words, and the topic, which is made when first visited."""
IMPORT: Final = "import"
"""Wish of a `Place`: ask for a signed policy pack."""


class StandardsPage(Page):
    """`Place.text` names the topic, or is the path of a signed policy pack to read."""

    tables = frozenset({"policy_pack", "score_table", "holiday", "setting", "office"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("standardsPage")
        self.setAcceptDrops(True)
        self.packs = PacksTopic(desk)
        self._made: dict[str, Topic] = {}
        self._here = ""
        self.tabs = QTabBar()
        self.tabs.setObjectName("standardsTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _topic in TOPICS:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._on_tab)
        self.stack = QStackedWidget()
        self.stack.setObjectName("standardsStack")
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 6, 12, 10), spacing=8)
        layout.addWidget(self.tabs)
        layout.addWidget(self.stack, 1)
        self.retranslate()
        self.show_topic(PACKS)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Standards")

    def place(self) -> Place:
        """The topic on show; a file is not read again by going back."""
        return Place(NAME, text=self._here)

    def show_place(self, place: Place) -> None:
        """Arrive at a topic, read a file, or ask for one."""
        if place.text in {name for name, *_rest in TOPICS}:
            self.show_topic(place.text)
        elif place.text:
            self.take(Path(place.text))
        if place.wish == IMPORT:
            self.import_pack()

    def refresh(self) -> None:
        """Read again what was visited."""
        for topic in self._made.values():
            topic.refresh()

    def leave(self) -> bool:
        """Ask about what is not saved."""
        return self.topic.may_leave()

    @handles("standards.import")
    def import_pack(self) -> None:
        """Ask for a signed policy pack."""
        if self._go(PACKS):
            self.packs.choose()

    # ---- topics

    @property
    def topic(self) -> Topic:
        """The topic on show."""
        return self._made[self._here]

    def show_topic(self, name: str) -> None:
        """Go to a topic."""
        if name not in self._made:
            kind = next(kind for each, _words, kind in TOPICS if each == name)
            topic = self.packs if name == PACKS else kind(self.desk)
            topic.said.connect(self.said)
            topic.place_requested.connect(self.open_requested)
            self._made[name] = topic
            self.stack.addWidget(topic)
        self._here = name
        self.stack.setCurrentWidget(self._made[name])
        self._mark_tab()

    def _mark_tab(self) -> None:
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex([each for each, *_rest in TOPICS].index(self._here))
        self.tabs.blockSignals(False)

    def _on_tab(self, tab: int) -> None:
        if not self._go(TOPICS[tab][0]):
            self._mark_tab()

    def _go(self, name: str) -> bool:
        """Go to a topic unless the present one keeps us."""
        if name != self._here:
            if not self.topic.may_leave():
                return False
            self.show_topic(name)
        return True

    # ---- files dropped here

    def take(self, path: Path) -> None:
        """Read a file: a signed pack anywhere, another one where its topic is on show."""
        if path.suffix.lower() in PACK_FILES:
            if self._go(PACKS):
                self.packs.take(path)
        else:
            self.topic.take(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take the files the page knows; the window asks about the others."""
        if self._dropped(event.mimeData().urls()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        path = self._dropped(event.mimeData().urls())
        if path is not None:
            event.acceptProposedAction()
            self.take(path)

    def _dropped(self, urls: list[QUrl]) -> Path | None:
        known = (*PACK_FILES, *self.topic.kinds)
        paths = (Path(url.toLocalFile()) for url in urls if url.isLocalFile())
        return next((path for path in paths if path.suffix.lower() in known), None)

    def retranslate(self) -> None:
        """Say the words again."""
        self.tabs.setAccessibleName(_("Topics of the standards"))
        for tab, (_name, words, _kind) in enumerate(TOPICS):
            self.tabs.setTabText(tab, _(words))
