"""The page of work abroad: cases, direct contracts, who was not heard of, the funnel, businesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _, ngettext
from casemgr.services import abroad_steps
from ui.actions import handles
from ui.page import Page
from ui.pages.abroad.case_screen import CaseScreen
from ui.pages.abroad.cases_topic import CasesTopic
from ui.pages.abroad.direct_topic import DirectTopic
from ui.pages.abroad.funnel_topic import FunnelTopic
from ui.pages.abroad.new_case import NewCase
from ui.pages.abroad.silent_topic import SilentTopic
from ui.pages.abroad.startups_topic import StartupsTopic
from ui.paper_pane import PaperPane
from ui.places import Place
from ui.record_topic import RecordTopic, Topic
from ui.theme import spaced
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

if TYPE_CHECKING:
    from pathlib import Path

    from casemgr.jobs import Progress
    from ui.desk import Desk
    from ui.paper_pane import Drawing

NAME: Final = "abroad"
CASES, DIRECT, SILENT, FUNNEL, STARTUPS = "cases", "direct", "silent", "funnel", "startups"
NEW: Final = "new"
"""The wish for a new case: `Place.id` is the household then, `Place.ids` the person."""
STARTUP: Final = "startup"
"""The wish for a business: `Place.id` is the business."""
TOPICS: Final[tuple[tuple[str, str, type[Topic]], ...]] = (
    (CASES, N_("Dossiers of work abroad"), CasesTopic),
    (DIRECT, N_("Direct contracts"), DirectTopic),
    (SILENT, N_("Not heard of for long"), SilentTopic),
    (FUNNEL, N_("Funnel"), FunnelTopic),
    (STARTUPS, N_("Businesses"), StartupsTopic),
)
"""Name used in `Place.text`, words, and the topic, which is made when first visited."""


class AbroadPage(Page):
    """`Place.text` names the topic, `Place.id` a record of it: a case opens on its own screen."""

    tables = frozenset(
        {
            "abroad_case",
            "abroad_document",
            "abroad_payment",
            "abroad_support",
            "abroad_contact",
            "abroad_claim",
            "direct_contract",
            "startup",
            "state_step",
            "delivery",
            "loan",
            "household",
            "household_class",
            "membership",
            "person",
            "hamlet",
        }
    )

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("abroadPage")
        self._made: dict[str, Topic] = {}
        self._here = ""
        self._watched = False
        self.tabs = QTabBar()
        self.tabs.setObjectName("abroadTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _topic in TOPICS:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._on_tab)
        self.topics = QStackedWidget()
        self.topics.setObjectName("abroadTopics")
        self.new_case = NewCase(desk)
        self.new_case.chosen.connect(self.begin_case)
        self.new_case.hide()
        self.registers = QWidget()
        column = QVBoxLayout(self.registers)
        spaced(column, margins=(12, 6, 12, 10), spacing=8)
        column.addWidget(self.tabs)
        column.addWidget(self.new_case)
        column.addWidget(self.topics, 1)
        self.case = CaseScreen(desk)
        self.case.closed.connect(self._leave_case)
        self.case.said.connect(self.said)
        self.case.place_requested.connect(self.open_requested)
        self.case.paper_requested.connect(self._show_paper)
        self.paper = PaperPane(desk, printing, name="abroadPaper")
        self.paper.closed.connect(self._leave_paper)
        self.paper.said.connect(self.said)
        self._before_paper: QWidget = self.registers
        self.stack = QStackedWidget()
        self.stack.setObjectName("abroadStack")
        for widget in (self.registers, self.case, self.paper):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self.retranslate()
        self.show_topic(CASES)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Work abroad")

    def place(self) -> Place:
        """The topic and the record on show."""
        if self.stack.currentWidget() is self.case and self.case.case is not None:
            return Place(NAME, self.case.case, CASES)
        topic = self.topic
        return Place(NAME, topic.record if isinstance(topic, RecordTopic) else None, self._here)

    def show_place(self, place: Place) -> None:
        """Arrive at a topic and a record of it."""
        self.watch()
        if place.wish == NEW:
            self.show_topic(CASES)
            if place.id is not None and place.ids:
                self.begin_case(place.id, place.ids[0])
            else:
                self.ask_person(place.id)
            return
        if place.wish == STARTUP:
            self._go(STARTUPS)
        elif place.text in {name for name, *_rest in TOPICS}:
            self._go(place.text)
        elif place.id is not None:
            self._go(CASES)
        if place.id is not None and self._here == CASES:
            self.open_case(place.id)
            return
        if place.id is not None:
            self.topic.show_id(place.id)
        if self.stack.currentWidget() is self.case:
            self._show_registers()
        self._focus()

    def refresh(self) -> None:
        """Read again what was visited."""
        for topic in self._made.values():
            topic.refresh()
        if self.stack.currentWidget() is not self.registers:
            self.case.refresh()

    def leave(self) -> bool:
        """Ask about what is not saved."""
        if self.stack.currentWidget() is self.case:
            return self.case.may_leave()
        return self.topic.may_leave()

    def can(self, action: str) -> bool:
        """What makes sense now."""
        shown = self.stack.currentWidget()
        if action == "edit.save":
            return shown is self.case
        return shown is self.registers

    def watch(self) -> None:
        """Once a session, open the protection tasks of those who were not reached or stayed longer than agreed."""
        if not self._watched and self.desk.may(Permission.EDIT):
            self._watched = True
            self.desk.write(abroad_steps.watch)

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

    @handles("file.export")
    def export(self) -> None:
        """The list on show as an Excel file."""
        kinds = _("Excel files") + " (*.xlsx)"
        ask_file(self, _("Save as Excel file"), kinds, self.export_to, name=f"{self._here}.xlsx", suffix="xlsx")

    @handles("edit.save")
    def save(self) -> None:
        """Save the case."""
        self.case.save()

    # ---- cases

    def ask_person(self, household: UUID | None = None) -> None:
        """A new case: who."""
        if self.desk.may(Permission.EDIT):
            if self.stack.currentWidget() is not self.registers:
                self._show_registers()
            self.new_case.begin(household)

    def begin_case(self, household: UUID, person: UUID) -> None:
        """Write a new case of somebody."""
        self.new_case.hide()
        if self.case.may_leave():
            self.case.begin_new(household, person)
            self._show(self.case)

    def open_case(self, case: UUID) -> None:
        """A case on its own screen."""
        if self.case.may_leave():
            self.case.open(case)
            self._show(self.case)
            self.case.head.next.setFocus()

    def show_behind(self, words: str, cases: list[UUID]) -> None:
        """The cases behind a number, as a list."""
        self._go(CASES)
        topic = self.topic
        if isinstance(topic, CasesTopic):
            topic.show_only(words, cases)
            topic.focus()

    # ---- Excel

    def export_to(self, path: Path) -> None:
        """Write the list on show into a file."""
        titles, model = self.topic.table.rows.titles(), self.topic.table.rows
        lines = list(model.cells(range(model.rowCount())))
        title = self.tabs.tabText([name for name, *_rest in TOPICS].index(self._here))

        def write(_progress: Progress) -> None:
            from casemgr.exchange.tables import write_table  # loads the writer of Excel files

            write_table(path, titles, lines, title=title)

        job = self.desk.jobs.start(write, title=_("Writing the Excel file"))
        job.succeeded.connect(lambda _nothing: self.said.emit(Notice(_("Saved as {file}.").format(file=path), "ok")))

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
            if isinstance(topic, CasesTopic | DirectTopic | SilentTopic):
                topic.opened.connect(self.open_case)
            if isinstance(topic, CasesTopic):
                topic.new_requested.connect(self.ask_person)
            if isinstance(topic, FunnelTopic):
                topic.behind.connect(self.show_behind)
            self._made[name] = topic
            self.topics.addWidget(topic)
        self._here = name
        self.topics.setCurrentWidget(self._made[name])
        self._mark_tab()
        self.state_changed.emit()

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

    def _show(self, widget: QWidget) -> None:
        self.stack.setCurrentWidget(widget)
        self.state_changed.emit()

    def _show_registers(self) -> None:
        self._show(self.registers)
        self._focus()

    def _focus(self) -> None:
        topic = self.topic
        if isinstance(topic, CasesTopic):
            topic.focus()
        else:
            topic.table.setFocus()

    def _leave_case(self) -> None:
        self.topic.refresh()
        self._show_registers()

    # ---- papers

    def _show_paper(self, drawing: Drawing) -> None:
        shown = self.stack.currentWidget()
        if shown is not None and shown is not self.paper:
            self._before_paper = shown
        self._show(self.paper)
        self.paper.begin(drawing)

    def _leave_paper(self) -> None:
        self._show(self._before_paper)
        if self._before_paper is self.registers:
            self._focus()

    def retranslate(self) -> None:
        """Say the words again."""
        self.tabs.setAccessibleName(_("Work abroad"))
        for tab, (_name, words, _kind) in enumerate(TOPICS):
            self.tabs.setTabText(tab, _(words))
