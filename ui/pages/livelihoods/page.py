"""The page of livelihoods: plans, community projects, groups, the revolving ledger; a plan or paper takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _, ngettext
from ui.actions import handles
from ui.icons import icon
from ui.page import Page
from ui.pages.livelihoods import papers
from ui.pages.livelihoods.groups_topic import GroupsTopic
from ui.pages.livelihoods.ledger_topic import LedgerTopic
from ui.pages.livelihoods.lots import LotsDialog
from ui.pages.livelihoods.new_plan import NewPlan
from ui.pages.livelihoods.plan_screen import PlanScreen
from ui.pages.livelihoods.plans_topic import PlansTopic
from ui.pages.livelihoods.projects_topic import ProjectsTopic
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
    from casemgr.services.office_papers import IssuedPaper
    from ui.desk import Desk
    from ui.paper_pane import Drawing

NAME: Final = "livelihoods"
PLANS, PROJECTS, GROUPS, LEDGER = "plans", "projects", "groups", "ledger"
NEW: Final = "new"
"""The wish for a new plan: `Place.id` is the household then."""
TOPICS: Final[tuple[tuple[str, str, type[Topic]], ...]] = (
    (PLANS, N_("Plans of households"), PlansTopic),
    (PROJECTS, N_("Community projects"), ProjectsTopic),
    (GROUPS, N_("Groups of households"), GroupsTopic),
    (LEDGER, N_("Revolving ledger"), LedgerTopic),
)
"""Name used in `Place.text`, words, and the topic, which is made when first visited."""


class LivelihoodsPage(Page):
    """`Place.text` names the topic, `Place.id` a record of it: a plan opens on its own screen."""

    tables = frozenset(
        {
            "livelihood",
            "community_project",
            "livelihood_group",
            "group_member",
            "asset",
            "livelihood_visit",
            "loss",
            "acceptance",
            "revolving_duty",
            "revolving_entry",
            "state_step",
            "household",
            "household_class",
            "membership",
            "person",
            "hamlet",
        }
    )

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("livelihoodsPage")
        self._made: dict[str, Topic] = {}
        self._here = ""
        self.tabs = QTabBar()
        self.tabs.setObjectName("livelihoodsTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _topic in TOPICS:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._on_tab)
        self.topics = QStackedWidget()
        self.topics.setObjectName("livelihoodsTopics")
        self.new_plan = NewPlan(desk)
        self.new_plan.chosen.connect(self.begin_plan)
        self.new_plan.hide()
        self.registers = QWidget()
        column = QVBoxLayout(self.registers)
        spaced(column, margins=(12, 6, 12, 10), spacing=8)
        column.addWidget(self.tabs)
        column.addWidget(self.new_plan)
        column.addWidget(self.topics, 1)
        self.plan = PlanScreen(desk)
        self.plan.closed.connect(self._leave_plan)
        self.plan.said.connect(self.said)
        self.plan.place_requested.connect(self.open_requested)
        self.plan.paper_requested.connect(self._show_plan_paper)
        self.plan.lots_requested.connect(self.draw_lots)
        self.paper = PaperPane(desk, printing, name="livelihoodsPaper")
        self.paper.closed.connect(self._leave_paper)
        self.paper.said.connect(self.said)
        self.file_paper = QPushButton()
        self.file_paper.setObjectName("livelihoodsPaperFile")
        self.file_paper.setIcon(icon("archive"))
        self.file_paper.clicked.connect(self.put_on_file)
        self.paper.head.insertWidget(self.paper.head.count() - 1, self.file_paper)
        self._paper_code = ""
        self._before_paper: QWidget = self.registers
        self.stack = QStackedWidget()
        self.stack.setObjectName("livelihoodsStack")
        for widget in (self.registers, self.plan, self.paper):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self.retranslate()
        self.show_topic(PLANS)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Livelihoods")

    def place(self) -> Place:
        """The topic and the record on show."""
        if self.stack.currentWidget() is self.plan and self.plan.plan is not None:
            return Place(NAME, self.plan.plan, PLANS)
        topic = self.topic
        return Place(NAME, topic.record if isinstance(topic, RecordTopic) else None, self._here)

    def show_place(self, place: Place) -> None:
        """Arrive at a topic and a record of it."""
        if place.wish == NEW:
            self.show_topic(PLANS)
            if place.id is not None:
                self.begin_plan(place.id)
            else:
                self.ask_household()
            return
        if place.text in {name for name, *_rest in TOPICS}:
            self._go(place.text)
        if place.id is not None and self._here == PLANS:
            self.open_plan(place.id)
            return
        if place.id is not None:
            self.topic.show_id(place.id)
        if self.stack.currentWidget() is self.plan:
            self._show_registers()
        self._focus()

    def refresh(self) -> None:
        """Read again what was visited."""
        for topic in self._made.values():
            topic.refresh()
        if self.stack.currentWidget() is not self.registers:
            self.plan.refresh()

    def leave(self) -> bool:
        """Ask about what is not saved."""
        if self.stack.currentWidget() is self.plan:
            return self.plan.may_leave()
        return self.topic.may_leave()

    def can(self, action: str) -> bool:
        """What makes sense now."""
        shown = self.stack.currentWidget()
        if action == "edit.save":
            return shown is self.plan
        return shown is self.registers

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
        """Save the plan."""
        self.plan.save()

    def ask_household(self) -> None:
        """A new plan: which household."""
        if self.desk.may(Permission.EDIT):
            self.new_plan.begin()

    @handles("livelihoods.sheets")
    def print_sheets(self) -> None:
        """Follow-up sheets of every plan that is followed."""
        self._show_sheets(None)

    # ---- plans

    def begin_plan(self, household: UUID) -> None:
        """Write a new plan with a household."""
        self.new_plan.hide()
        if self.plan.may_leave():
            self.plan.begin_new(household)
            self._show(self.plan)

    def open_plan(self, plan: UUID) -> None:
        """A plan on its own screen."""
        if self.plan.may_leave():
            self.plan.open(plan)
            self._show(self.plan)
            self.plan.next.setFocus()

    def draw_lots(self) -> None:
        """Draw lots among the plans that can take part."""
        if self.plan.plan is not None:
            dialog = LotsDialog(self.desk, self.plan.plan, self)
            dialog.said.connect(self.said)
            dialog.open()

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
            if isinstance(topic, PlansTopic):
                topic.opened.connect(self.open_plan)
                topic.new_requested.connect(self.ask_household)
                topic.sheets_requested.connect(self._show_sheets)
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
        if isinstance(topic, PlansTopic):
            topic.focus()
        else:
            topic.table.setFocus()

    def _leave_plan(self) -> None:
        self.topic.refresh()
        self._show_registers()

    # ---- papers

    def _show_plan_paper(self, code: str) -> None:
        if self.plan.plan is not None and self.plan.may_leave():
            self._show_paper(papers.paper_of(self.desk.workspace, code, self.plan.plan, self.topic.today), code)

    def put_on_file(self) -> None:
        """Freeze the paper on show as it was issued today."""
        if self.plan.plan is None or not self._paper_code:
            return
        self.file_paper.setEnabled(False)
        job = self.desk.write(papers.put_on_file, self._paper_code, self.plan.plan, self.topic.today)
        job.succeeded.connect(self._on_filed)
        job.failed.connect(lambda _error: self.file_paper.setEnabled(True))

    def _on_filed(self, issued: IssuedPaper) -> None:
        self.paper.show_content(issued.pdf)
        self.said.emit(Notice(_("The paper is on file: {title}").format(title=issued.title), "ok"))

    def _show_sheets(self, hamlet: UUID | None) -> None:
        self._show_paper(papers.sheets_of(self.desk.workspace, hamlet, self.topic.today))

    def _show_paper(self, drawing: Drawing, code: str = "") -> None:
        self._paper_code = code
        self.file_paper.setVisible(bool(code) and self.desk.may(Permission.ISSUE))
        self.file_paper.setEnabled(True)
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
        self.tabs.setAccessibleName(_("Livelihoods"))
        self.file_paper.setText(_("Put on file"))
        self.file_paper.setAccessibleName(_("Put on file"))
        for tab, (_name, words, _kind) in enumerate(TOPICS):
            self.tabs.setTabText(tab, _(words))
