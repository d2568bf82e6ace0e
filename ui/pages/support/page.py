"""The page of support: distributions, programmes with their rules, budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from casemgr.i18n import N_, _
from ui.actions import handles
from ui.page import Page
from ui.pages.support.budgets_topic import BudgetsTopic
from ui.pages.support.cases_topic import CasesTopic
from ui.pages.support.distributions_topic import DistributionsTopic
from ui.pages.support.facts_topic import FactsTopic
from ui.pages.support.overlaps_topic import OverlapsTopic
from ui.pages.support.programmes_topic import ProgrammesTopic
from ui.pages.support.rates_topic import RatesTopic
from ui.places import Place
from ui.theme import spaced
from ui.widgets.printing import SYSTEM, Printing

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk
    from ui.pages.support.topic import Topic

NAME: Final = "support"
DISTRIBUTIONS, PROGRAMMES, RATES, BUDGETS = "distributions", "programmes", "rates", "budgets"
OVERLAPS, FACTS, CASES = "overlaps", "facts", "cases"
TOPICS: Final = (
    (DISTRIBUTIONS, N_("Distributions")),
    (CASES, N_("Cases in steps")),
    (PROGRAMMES, N_("Programmes")),
    (OVERLAPS, N_("Overlaps")),
    (FACTS, N_("Facts asked")),
    (RATES, N_("Rates and the commune")),
    (BUDGETS, N_("Budgets")),
)
"""Name used in `Place.text`, and words."""
NEW: Final = "new"
"""Wish of a `Place`: a new distribution."""


class SupportPage(Page):
    """`Place.text` names the topic; an id is a distribution; the wish "new" begins one."""

    tables = frozenset(
        {"programme", "budget", "delivery", "distribution", "enrolment", "setting", "household", "hamlet"}
    )

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("supportPage")
        self.distributions = DistributionsTopic(desk, printing)
        self._made: dict[str, Topic] = {}
        self._here = ""
        self.tabs = QTabBar()
        self.tabs.setObjectName("supportTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _topic in TOPICS:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._on_tab)
        self.stack = QStackedWidget()
        self.stack.setObjectName("supportStack")
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 6, 12, 10), spacing=8)
        layout.addWidget(self.tabs)
        layout.addWidget(self.stack, 1)
        self.retranslate()
        self.show_topic(DISTRIBUTIONS)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Support")

    def place(self) -> Place:
        """The topic on show."""
        return Place(NAME, text=self._here)

    def show_place(self, place: Place) -> None:
        """Arrive at a topic, at a distribution, or begin one."""
        if place.wish == NEW:
            self.start_new()
        elif place.id is not None:
            if self._go(DISTRIBUTIONS):
                self.distributions.open_list(place.id)
        elif place.text in {name for name, _words in TOPICS}:
            self.show_topic(place.text)

    def refresh(self) -> None:
        """Read again what was visited."""
        for topic in self._made.values():
            topic.refresh()
        self.state_changed.emit()

    def leave(self) -> bool:
        """Ask about what is not saved."""
        return self.topic.may_leave()

    def can(self, action: str) -> bool:
        """Saving where there is something to save."""
        return self._here == DISTRIBUTIONS if action == "edit.save" else True

    @handles("support.distribute")
    def start_new(self) -> None:
        """A new distribution."""
        if self._go(DISTRIBUTIONS):
            self.distributions.start_new()

    @handles("edit.save")
    def save(self) -> None:
        """Save what is typed in the list on show."""
        self.distributions.save()

    # ---- topics

    @property
    def topic(self) -> Topic:
        """The topic on show."""
        return self._made[self._here]

    def show_topic(self, name: str) -> None:
        """Go to a topic."""
        if name not in self._made:
            topic = self._make(name)
            topic.said.connect(self.said)
            topic.place_requested.connect(self.open_requested)
            self._made[name] = topic
            self.stack.addWidget(topic)
        self._here = name
        self.stack.setCurrentWidget(self._made[name])
        self._mark_tab()
        self.state_changed.emit()

    def _make(self, name: str) -> Topic:
        if name == DISTRIBUTIONS:
            return self.distributions
        kinds: dict[str, Callable[[Desk], Topic]] = {
            CASES: CasesTopic,
            PROGRAMMES: ProgrammesTopic,
            OVERLAPS: OverlapsTopic,
            FACTS: FactsTopic,
            RATES: RatesTopic,
            BUDGETS: BudgetsTopic,
        }
        return kinds[name](self.desk)

    def _mark_tab(self) -> None:
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex([name for name, _words in TOPICS].index(self._here))
        self.tabs.blockSignals(False)

    def _on_tab(self, tab: int) -> None:
        if not self._go(TOPICS[tab][0]):
            self._mark_tab()

    def _go(self, name: str) -> bool:
        if name != self._here and not self.topic.may_leave():
            return False
        self.show_topic(name)
        return True

    def retranslate(self) -> None:
        """Say the words again."""
        self.tabs.setAccessibleName(_("Topics of support"))
        for tab, (_name, words) in enumerate(TOPICS):
            self.tabs.setTabText(tab, _(words))
