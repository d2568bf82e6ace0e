"""The page of loans, health insurance cards and school support: one topic at a time, papers and lists taken in."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.i18n import _, ngettext
from casemgr.services import households
from ui.actions import handles
from ui.desk import Desk
from ui.page import Page
from ui.pages.ledgers import intakes
from ui.pages.ledgers.cards_topic import CardsTopic
from ui.pages.ledgers.list_topic import ListTopic
from ui.pages.ledgers.loans_topic import LoansTopic
from ui.pages.ledgers.paste_pane import PastePane
from ui.pages.ledgers.school_topic import SchoolTopic
from ui.paper_pane import Drawing, PaperPane
from ui.places import Place
from ui.theme import spaced
from ui.who_editor import Chosen
from ui.widgets.chips import Chip, Chips
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

NAME = "ledgers"
LOANS, CARDS, SCHOOL = "loans", "cards", "school"


class LedgersPage(Page):
    """`Place` with the text "loans", "cards" or "school" opens a topic; an id is a loan, or with "new" a household."""

    tables = frozenset(
        {
            "loan",
            "loan_event",
            "loan_instalment",
            "insurance_card",
            "enrolment",
            "programme",
            "circumstance",
            "household",
            "household_class",
            "membership",
            "person",
            "person_condition",
            "hamlet",
            "decision",
        }
    )

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("ledgersPage")
        self.tabs = Chips(
            [
                Chip(LOANS, lambda: _("Loans")),
                Chip(CARDS, lambda: _("Health insurance cards")),
                Chip(SCHOOL, lambda: _("School support")),
            ],
            single=True,
        )
        self.tabs.setObjectName("ledgerTabs")
        self.tabs.set_on((LOANS,))
        self.tabs.changed.connect(self._on_tab)
        self.loans, self.cards, self.school = LoansTopic(desk), CardsTopic(desk), SchoolTopic(desk)
        self.topics: dict[str, ListTopic[object]] = {}
        self.stack = QStackedWidget()
        self.stack.setObjectName("ledgerStack")
        for key, topic in ((LOANS, self.loans), (CARDS, self.cards), (SCHOOL, self.school)):
            self.topics[key] = topic  # type: ignore[assignment]  # each topic has lines of its own kind
            self.stack.addWidget(topic)
            topic.said.connect(self.said)
            topic.place_requested.connect(self.open_requested)
            topic.paper_requested.connect(self._show_paper)
            topic.paste_requested.connect(self._on_paste)
        self.paper, self.paste = PaperPane(desk, printing, name="ledgerPaper"), PastePane(desk)
        self.whole = QStackedWidget()
        self.whole.setObjectName("ledgerWhole")
        self._lists = QWidget()
        column = QVBoxLayout(self._lists)
        spaced(column, margins=(12, 12, 12, 10), spacing=8)
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.tabs, 1)
        for topic in (self.loans, self.cards, self.school):
            head.addWidget(topic.tools)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        for pane in (self._lists, self.paper, self.paste):
            self.whole.addWidget(pane)
        for pane in (self.paper, self.paste):
            pane.closed.connect(self._show_lists)
            pane.said.connect(self.said)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.whole)
        self._stale = {LOANS, CARDS, SCHOOL}
        self._show_tools()
        self._read()
        self.retranslate()

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Loans, cards, school")

    def place(self) -> Place:
        """The topic."""
        return Place(NAME, text=self._key)

    def show_place(self, place: Place) -> None:
        """Open a topic, a loan, or write one down for a household."""
        if place.text in self.topics:
            self.tabs.set_on((place.text,))
            self._on_tab()
        if place.id is not None and place.wish == "new":
            self.new_loan(place.id)
        elif place.id is not None and self._key == LOANS:
            self.loans.reach(place.id)
        elif self.whole.currentWidget() is self._lists:
            self.topic.focus_filter()

    def refresh(self) -> None:
        """The visible topic is read now, the others when they are opened."""
        self._stale = set(self.topics)
        self._read()

    def leave(self) -> bool:
        """Asks about what is typed."""
        return self.loans.may_leave()

    def can(self, action: str) -> bool:
        """The actions of a list where a list is shown."""
        return self.whole.currentWidget() is self._lists

    @property
    def topic(self) -> ListTopic[object]:
        """The topic that is shown."""
        return self.topics[self._key]

    @property
    def _key(self) -> str:
        return next(iter(self.tabs.on()), LOANS)

    # ---- actions

    @handles("view.find")
    def filter(self) -> None:
        """Type into the filter."""
        self.topic.focus_filter()

    @handles("view.columns")
    def choose_columns(self) -> None:
        """Choose columns of the list."""
        self.topic.listed.choose_columns()

    @handles("edit.copy_table")
    def copy_table(self) -> None:
        """Copy the list for Excel."""
        count = self.topic.listed.copy_for_excel()
        words = ngettext(
            "{count} line copied; paste it into Excel.", "{count} lines copied; paste them into Excel.", count
        )
        self.said.emit(Notice(words.format(count=count), "ok"))

    @handles("edit.select_all")
    def select_all(self) -> None:
        """Select the whole list."""
        self.topic.listed.selectAll()
        self.topic.listed.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_loan(self, household: UUID | None = None) -> None:
        """Write down a loan a household asks for."""
        if self.desk.may(Permission.EDIT):
            if household is not None:
                self.desk.workspace.read(households.view, household)
            self.loans.begin_new(Chosen(household) if household is not None else None)

    # ---- inside

    def _on_tab(self) -> None:
        if not self.tabs.on():
            self.tabs.set_on((LOANS,))
        topic = self.topics[self._key]
        self.stack.setCurrentWidget(topic)
        self._show_tools()
        self._show_lists()
        self._read()
        topic.focus_filter()

    def _show_tools(self) -> None:
        for key, topic in self.topics.items():
            topic.tools.setVisible(key == self._key)

    def _read(self) -> None:
        if self._key in self._stale:
            self._stale.discard(self._key)
            self.topic.refresh()

    def _on_paste(self, what: str) -> None:
        if what == LOANS:
            self.paste.begin(intakes.repayments(self.desk))
        elif what == CARDS:
            self.paste.begin(intakes.cards(self.desk))
        else:
            programme, year = self.school.programme.value(), self.school.year.value()
            self.paste.begin(intakes.pupils(self.desk, programme or "", year or 0))
        self._go(self.paste)

    def _show_paper(self, drawing: Drawing) -> None:
        self._go(self.paper)
        self.paper.begin(drawing)

    def _show_lists(self) -> None:
        self._go(self._lists)

    def _go(self, pane: QWidget) -> None:
        self.whole.setCurrentWidget(pane)
        self.state_changed.emit()
