"""The page of vocational training: learners, classes, support, career advice; attendance and papers take its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _, ngettext
from casemgr.services import households
from ui.actions import handles
from ui.page import Page
from ui.pages.training.advice_topic import AdviceTopic
from ui.pages.training.attendance_pane import AttendancePane
from ui.pages.training.classes_topic import ClassesTopic
from ui.pages.training.learners_topic import LearnersTopic
from ui.pages.training.support_topic import SupportTopic
from ui.paper_pane import PaperPane
from ui.places import Place
from ui.record_topic import RecordTopic, Topic
from ui.theme import spaced
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.paper_pane import Drawing

NAME: Final = "training"
LEARNERS, CLASSES, SUPPORT, ADVICE = "learners", "classes", "support", "advice"
ATTENDANCE: Final = "attendance"
NEW: Final = "new"
TOPICS: Final[tuple[tuple[str, str, type[Topic]], ...]] = (
    (LEARNERS, N_("Learners"), LearnersTopic),
    (CLASSES, N_("Training classes"), ClassesTopic),
    (SUPPORT, N_("Support"), SupportTopic),
    (ADVICE, N_("Career advice"), AdviceTopic),
)
"""Name used in `Place.text`, words, and the topic, which is made when first visited."""


class TrainingPage(Page):
    """`Place.text` names the topic, `Place.id` a record of it; with "new" a household whose need is written down."""

    tables = frozenset(
        {
            "learner",
            "course",
            "training_mark",
            "job_follow_up",
            "career_advice",
            "state_step",
            "delivery",
            "programme",
            "circumstance",
            "household",
            "household_class",
            "membership",
            "person",
            "hamlet",
        }
    )

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("trainingPage")
        self._made: dict[str, Topic] = {}
        self._here = ""
        self.tabs = QTabBar()
        self.tabs.setObjectName("trainingTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _topic in TOPICS:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._on_tab)
        self.topics = QStackedWidget()
        self.topics.setObjectName("trainingTopics")
        self.registers = QWidget()
        column = QVBoxLayout(self.registers)
        spaced(column, margins=(12, 6, 12, 10), spacing=8)
        column.addWidget(self.tabs)
        column.addWidget(self.topics, 1)
        self.paper = PaperPane(desk, printing, name="trainingPaper")
        self.attendance = AttendancePane(desk)
        self.stack = QStackedWidget()
        self.stack.setObjectName("trainingStack")
        for pane in (self.registers, self.paper, self.attendance):
            self.stack.addWidget(pane)
        for pane in (self.paper, self.attendance):
            pane.closed.connect(self._to_registers)
            pane.said.connect(self.said)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self.retranslate()
        self.show_topic(LEARNERS)

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Vocational training")

    def place(self) -> Place:
        """The topic and the record on show."""
        topic = self.topic
        return Place(NAME, topic.record if isinstance(topic, RecordTopic) else None, self._here)

    def show_place(self, place: Place) -> None:
        """Arrive at a topic and a record of it, at the attendance of a class, or begin a need."""
        if place.wish == NEW:
            if place.id is None:
                self.new_need()
            else:
                self._begin_need(place.id)
        elif place.id is not None and place.wish == ATTENDANCE:
            self._go(CLASSES)
            self.show_attendance(place.id)
        elif place.text in {name for name, *_rest in TOPICS} or place.id is not None:
            self._go(place.text or LEARNERS)
            if place.id is not None and self._here == (place.text or LEARNERS):
                self._to_registers()
                self.topic.show_id(place.id)
        if self.stack.currentWidget() is self.registers and place.id is None and not place.wish:
            self.topic.table.setFocus()

    def refresh(self) -> None:
        """Read again what was visited."""
        for topic in self._made.values():
            topic.refresh()
        if self.stack.currentWidget() is self.attendance:
            self.attendance.refresh()

    def leave(self) -> bool:
        """Ask about what is not saved."""
        if self.stack.currentWidget() is self.attendance and not self.attendance.may_leave():
            return False
        return self.topic.may_leave()

    def can(self, action: str) -> bool:
        """What makes sense now."""
        if action == "edit.save":
            return self.stack.currentWidget() is self.attendance
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

    @handles("edit.save")
    def save(self) -> None:
        """Write the attendance."""
        self.attendance.save()

    @handles("training.new")
    def new_need(self) -> None:
        """Write a need down."""
        if self._go(LEARNERS) and isinstance(self.topic, LearnersTopic):
            self._to_registers()
            self.topic.begin_new()

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
            topic.place_requested.connect(self._to_place)
            topic.paper_requested.connect(self._show_paper)
            if isinstance(topic, ClassesTopic):
                topic.attendance_requested.connect(self.show_attendance)
                topic.learner_requested.connect(lambda one: self._to_place(Place(NAME, one, LEARNERS)))
                topic.support_requested.connect(lambda one: self._to_place(Place(NAME, one, SUPPORT)))
            self._made[name] = topic
            self.topics.addWidget(topic)
        self._here = name
        self.topics.setCurrentWidget(self._made[name])
        self._mark_tab()

    def show_attendance(self, course: UUID) -> None:
        """The grid of a class, in place of the registers."""
        self.stack.setCurrentWidget(self.attendance)
        self.attendance.show_class(course)
        self.state_changed.emit()

    def _begin_need(self, household: UUID) -> None:
        if not self.desk.may(Permission.EDIT) or not self._go(LEARNERS):
            return
        try:
            self.desk.workspace.read(households.view, household)
        except NotFoundError as error:
            self.said.emit(Notice(str(error), "near"))
            return
        self._to_registers()
        if isinstance(self.topic, LearnersTopic):
            self.topic.begin_for(household)

    def _to_place(self, place: Place) -> None:
        if place.page == NAME:
            self.show_place(place)
        else:
            self.open_requested.emit(place)

    def _mark_tab(self) -> None:
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex([each for each, *_rest in TOPICS].index(self._here))
        self.tabs.blockSignals(False)

    def _on_tab(self, tab: int) -> None:
        self._go(TOPICS[tab][0])

    def _go(self, name: str) -> bool:
        """Go to a topic unless the present one keeps us."""
        if name != self._here and self.topic.may_leave():
            self.show_topic(name)
        self._mark_tab()
        return name == self._here

    # ---- papers

    def _show_paper(self, drawing: Drawing) -> None:
        self.stack.setCurrentWidget(self.paper)
        self.paper.begin(drawing)
        self.state_changed.emit()

    def _to_registers(self) -> None:
        if self.stack.currentWidget() is not self.registers:
            self.stack.setCurrentWidget(self.registers)
            self.topic.refresh()
            self.topic.table.setFocus()
            self.state_changed.emit()

    def retranslate(self) -> None:
        """Say the words again."""
        self.tabs.setAccessibleName(_("Vocational training"))
        for tab, (_name, words, _kind) in enumerate(TOPICS):
            self.tabs.setTabText(tab, _(words))
