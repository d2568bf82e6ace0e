"""The page of sponsors, events, officers, public works and marks, one tab each; papers take its place while seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from casemgr.i18n import N_, _, ngettext
from ui.actions import handles
from ui.page import Page
from ui.pages.community.events_topic import EventsTopic
from ui.pages.community.marks_topic import MarksTopic
from ui.pages.community.officers_topic import OfficersTopic
from ui.pages.community.sponsors_topic import SponsorsTopic
from ui.pages.community.works_topic import WorksTopic
from ui.paper_pane import PaperPane
from ui.places import Place
from ui.record_topic import RecordTopic, Topic
from ui.theme import spaced
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.paper_pane import Drawing

NAME: Final = "community"
SPONSORS, EVENTS, OFFICERS, WORKS, MARKS = "sponsors", "events", "officers", "works", "marks"
TOPICS: Final[tuple[tuple[str, str, type[Topic]], ...]] = (
    (SPONSORS, N_("Sponsors"), SponsorsTopic),
    (EVENTS, N_("Events"), EventsTopic),
    (OFFICERS, N_("Officers"), OfficersTopic),
    (WORKS, N_("Public works"), WorksTopic),
    (MARKS, N_("Able to leave poverty"), MarksTopic),
)
"""Name used in `Place.text`, words, and the topic, which is made when first visited."""


class CommunityPage(Page):
    """`Place.text` names the topic, `Place.id` a record of it."""

    tables = frozenset(
        {
            "sponsor",
            "sponsorship",
            "delivery",
            "activity",
            "attendance",
            "poverty_officer",
            "works",
            "exit_mark",
            "household",
            "household_class",
            "review_case",
            "membership",
            "person",
            "hamlet",
        }
    )

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("communityPage")
        self._made: dict[str, Topic] = {}
        self._here = ""
        self.tabs = QTabBar()
        self.tabs.setObjectName("communityTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _topic in TOPICS:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._on_tab)
        self.topics = QStackedWidget()
        self.topics.setObjectName("communityTopics")
        self.registers = QWidget()
        column = QVBoxLayout(self.registers)
        spaced(column, margins=(12, 6, 12, 10), spacing=8)
        column.addWidget(self.tabs)
        column.addWidget(self.topics, 1)
        self.paper = PaperPane(desk, printing, name="communityPaper")
        self.paper.closed.connect(self._leave_paper)
        self.paper.said.connect(self.said)
        self.stack = QStackedWidget()
        self.stack.setObjectName("communityStack")
        self.stack.addWidget(self.registers)
        self.stack.addWidget(self.paper)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self.retranslate()
        self.show_topic(SPONSORS)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Sponsors and activities")

    def place(self) -> Place:
        """The topic and the record on show."""
        topic = self.topic
        return Place(NAME, topic.record if isinstance(topic, RecordTopic) else None, self._here)

    def show_place(self, place: Place) -> None:
        """Arrive at a topic and a record of it."""
        if place.text in {name for name, *_rest in TOPICS}:
            self._go(place.text)
            if place.id is not None:
                self.topic.show_id(place.id)
        self.topic.table.setFocus()

    def refresh(self) -> None:
        """Read again what was visited."""
        for topic in self._made.values():
            topic.refresh()

    def leave(self) -> bool:
        """Ask about what is not saved."""
        return self.topic.may_leave()

    def can(self, action: str) -> bool:
        """What makes sense now."""
        return self.stack.currentWidget() is self.registers

    @handles("view.find")
    def filter(self) -> None:
        """Type into the filter."""
        self.topic.filter()

    @handles("view.columns")
    def choose_columns(self) -> None:
        """Choose columns of the list."""
        self.topic.table.choose_columns()

    @handles("edit.copy_table")
    def copy_table(self) -> None:
        """Copy the list for Excel."""
        count = self.topic.table.copy_for_excel()
        words = ngettext(
            "{count} line copied; paste it into Excel.", "{count} lines copied; paste them into Excel.", count
        )
        self.said.emit(Notice(words.format(count=count), "ok"))

    @handles("edit.select_all")
    def select_all(self) -> None:
        """Select the whole list."""
        self.topic.table.selectAll()
        self.topic.table.setFocus()

    # ---- topics

    @property
    def topic(self) -> Topic:
        """The topic on show."""
        return self._made[self._here]

    def show_topic(self, name: str) -> None:
        """Go to a topic."""
        if name not in self._made:
            kind = next(kind for each, _words, kind in TOPICS if each == name)
            topic = kind(self.desk)
            topic.said.connect(self.said)
            topic.place_requested.connect(self.open_requested)
            topic.paper_requested.connect(self._show_paper)
            self._made[name] = topic
            self.topics.addWidget(topic)
        self._here = name
        self.topics.setCurrentWidget(self._made[name])
        self._mark_tab()

    def _mark_tab(self) -> None:
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex([each for each, *_rest in TOPICS].index(self._here))
        self.tabs.blockSignals(False)

    def _on_tab(self, tab: int) -> None:
        self._go(TOPICS[tab][0])

    def _go(self, name: str) -> None:
        """Go to a topic unless the present one keeps us."""
        if name != self._here and self.topic.may_leave():
            self.show_topic(name)
        self._mark_tab()

    # ---- papers

    def _show_paper(self, drawing: Drawing) -> None:
        self.stack.setCurrentWidget(self.paper)
        self.paper.begin(drawing)
        self.state_changed.emit()

    def _leave_paper(self) -> None:
        self.stack.setCurrentWidget(self.registers)
        self.topic.table.setFocus()
        self.state_changed.emit()

    def retranslate(self) -> None:
        """Say the words again."""
        self.tabs.setAccessibleName(_("Sponsors and activities"))
        for tab, (_name, words, _kind) in enumerate(TOPICS):
            self.tabs.setTabText(tab, _(words))
