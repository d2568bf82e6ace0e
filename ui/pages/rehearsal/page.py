"""Try a standard on today's data: who changes class, what is missing, what happens to support; nothing is written."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.packs import Pack
from casemgr.domain.rehearsal import Cell, Rehearsal
from casemgr.errors import AppError
from casemgr.i18n import _
from casemgr.services import offices, packs, rehearsal
from casemgr.services.entitlement_changes import ProgrammeEffect
from ui.desk import Desk
from ui.icons import icon
from ui.jobs import Job
from ui.page import Page
from ui.pages.rehearsal.lists_pane import ListsPane
from ui.pages.rehearsal.matrix import Matrix
from ui.pages.rehearsal.output import TrialOutput
from ui.places import Place
from ui.theme import sized, spaced
from ui.widgets.badge import Badge
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.message_bar import Notice
from ui.widgets.printing import SYSTEM, Printing

NAME: Final = "rehearsal"


class RehearsalPage(Page):
    """`Place` with a standard's id in `text` tries it at once."""

    tables = frozenset(
        {"household", "household_class", "membership", "person", "hamlet", "review_case", "survey", "dwelling",
         "person_condition", "policy_pack", "circumstance", "enrolment", "delivery", "programme"}
    )  # fmt: skip

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__(desk)
        self.setObjectName("rehearsalPage")
        self._packs: dict[str, Pack] = {}
        self._found: Rehearsal | None = None
        self._effects: tuple[ProgrammeEffect, ...] | None = None
        self._to_weigh: Rehearsal | None = None
        self._job: Job | None = None
        self.output = TrialOutput(self, desk, self.said.emit, printing)
        self.pack: ChoiceBox[str] = ChoiceBox()
        self.hamlet: ChoiceBox[UUID] = ChoiceBox()
        self.run, self.stop, self.excel, self.paper = QPushButton(), QPushButton(), QPushButton(), QPushButton()
        self.bar = QProgressBar()
        self.draft = Badge()
        self.heading = ElidedLabel()
        self.note, self.stale = QLabel(), QLabel()
        self.matrix, self.lists = Matrix(), ListsPane(desk)
        self.start = EmptyState(
            "scales",
            lambda: _("Try a standard"),
            lambda: _(
                "Every household is judged by another standard, from its newest survey, else its class. You see who "
                "would change class, which answers are missing and which support would begin or end. Nothing is "
                "written."
            ),
            (self._run_words,),
        )
        self._name_parts()
        self._lay_out()
        self._wire()
        self._load_choices()
        self.retranslate()
        self._show_running(running=False)

    def _name_parts(self) -> None:
        for widget, name, look in (
            (self.pack, "rehearsalPack", ""),
            (self.hamlet, "rehearsalHamlet", ""),
            (self.run, "rehearsalRun", "primary"),
            (self.stop, "rehearsalStop", ""),
            (self.excel, "rehearsalExcel", ""),
            (self.paper, "rehearsalPrint", ""),
            (self.bar, "rehearsalProgress", ""),
            (self.draft, "rehearsalDraft", ""),
            (self.heading, "rehearsalHeading", "h1"),
            (self.note, "rehearsalNote", "small"),
            (self.stale, "rehearsalStale", "problem"),
            (self.start, "rehearsalStart", ""),
        ):
            widget.setObjectName(name)
            if look:
                widget.setProperty("class", look)
        for label in (self.note, self.stale):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setWordWrap(True)
        self.excel.setIcon(icon("table"))
        self.paper.setIcon(icon("printer"))
        self.run.setAutoDefault(True)
        self.bar.setTextVisible(False)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.heading, 1)
        for widget in (self.pack, self.hamlet, self.run, self.stop):
            top.addWidget(widget)
        sized(self.pack, width=210)
        sized(self.hamlet, width=180)
        sized(self.bar, height=4)
        state = QHBoxLayout()
        spaced(state, spacing=8)
        state.addWidget(self.draft, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self.note, 1)
        self.lists.add_button(self.paper)
        self.lists.add_button(self.excel)
        halves = self.halves = QSplitter(Qt.Orientation.Vertical)
        halves.setObjectName("rehearsalHalves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(self.matrix)
        halves.addWidget(self.lists)
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 1)
        shown = QWidget()
        column = QVBoxLayout(shown)
        spaced(column, spacing=8)
        column.addLayout(state)
        column.addWidget(self.stale)
        column.addWidget(halves, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(shown)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 10, 12, 10), spacing=8)
        layout.addLayout(top)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self.stale.setVisible(False)

    def _wire(self) -> None:
        self.run.clicked.connect(self.rehearse)
        self.start.chosen.connect(lambda _number: self.rehearse())
        self.stop.clicked.connect(self._on_stop)
        self.pack.chosen.connect(self._on_pack)
        self.hamlet.chosen.connect(self._on_hamlet)
        self.excel.clicked.connect(self._on_excel)
        self.paper.clicked.connect(self._on_print)
        self.matrix.opened.connect(self._on_number)
        self.lists.household_requested.connect(lambda one: self.open_requested.emit(Place("households", one)))

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Try a standard")

    def place(self) -> Place:
        """The page; a trial is not made again by going back."""
        return Place(NAME)

    def show_place(self, place: Place) -> None:
        """Try the standard that is named."""
        self._load_choices()
        if place.text in self._packs:
            self.pack.set_value(place.text)
            self.rehearse()

    def refresh(self) -> None:
        """The file changed: the trial on show is older."""
        self._load_choices()
        self.stale.setVisible(self._found is not None)

    # ---- choices

    def _load_choices(self) -> None:
        views = self.desk.workspace.read(packs.packs)
        self._packs = {view.pack.id: view.pack for view in views}
        self.pack.set_choices([(one.id, partial(self._pack_words, one)) for one in self._packs.values()])
        if self.pack.value() is None:
            self.pack.set_value(self._usual())
        hamlets = self.desk.workspace.read(offices.hamlets, active_only=True)
        choices = [(view.id, partial(str, view.data.full_name)) for view in hamlets]
        self.hamlet.set_choices([(None, lambda: _("The whole commune")), *choices])

    def _usual(self) -> str | None:
        """The national standard that comes next, else the one in force, else the last."""
        today = self.desk.workspace.now.astimezone().date()
        ahead = [one for one in self._packs.values() if one.scope == "national" and one.valid_from > today]
        now = [one for one in self._packs.values() if one.scope == "national" and one.covers(today)]
        return next((one.id for one in (*ahead, *now, *reversed(self._packs.values()))), None)

    def _pack_words(self, pack: Pack) -> str:
        return pack.id if pack.official else _("{id} (draft)").format(id=pack.id)

    def _run_words(self) -> str:
        return _("Try {id}").format(id=self.pack.value() or "")

    def _on_pack(self) -> None:
        self.retranslate()

    def _on_hamlet(self) -> None:
        if self._found is not None:
            self.rehearse()

    # ---- the trial

    def rehearse(self) -> None:
        """Try the standard chosen, as a job."""
        pack = self._packs.get(self.pack.value() or "")
        if pack is None or self._job is not None:
            return
        workspace, hamlet = self.desk.workspace, self.hamlet.value()
        job = self.desk.jobs.start(
            lambda progress: workspace.read(rehearsal.rehearse, pack, hamlet_id=hamlet, progress=progress),
            title=_("Trying {id}").format(id=pack.id),
        )
        self._follow(job, self._on_found)

    def _weigh(self, found: Rehearsal) -> None:
        """Find what the changes do to support, as a job of its own: the classes are on show meanwhile."""
        workspace = self.desk.workspace
        job = self.desk.jobs.start(
            lambda progress: workspace.read(rehearsal.effects, found, progress=progress),
            title=_("Weighing support"),
        )
        self._follow(job, self._on_effects)

    def _follow(self, job: Job, show: Callable[..., None]) -> None:
        self._job = job
        self._show_running(running=True)
        job.progressed.connect(self._on_progress)
        job.succeeded.connect(show)
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))
        job.finished.connect(self._on_finished)

    @property
    def found(self) -> Rehearsal | None:
        """The trial on show."""
        return self._found

    def _on_progress(self, done: int, total: int, _message: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_found(self, found: Rehearsal) -> None:
        self._found, self._effects = found, None
        self._to_weigh = found
        self.stale.setVisible(False)
        self.stack.setCurrentIndex(1)
        self.matrix.show_trial(found)
        self._share_height()
        self.lists.show_trial(found)
        self.retranslate()
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def _share_height(self) -> None:
        """The whole matrix where there is room, but most of the page for the lists where there is not."""
        room = self.halves.height()
        above = min(self.matrix.maximumHeight(), room * 3 // 5)
        self.halves.setSizes([above, room - above])

    def _on_effects(self, effects: tuple[ProgrammeEffect, ...]) -> None:
        self._effects = effects
        self.lists.show_effects(effects)

    def _on_finished(self) -> None:
        self._job = None
        self._show_running(running=False)
        found, self._to_weigh = self._to_weigh, None
        if found is not None:
            self._weigh(found)

    def _show_running(self, *, running: bool) -> None:
        self.bar.setRange(0, 0)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.setVisible(running)
        self.run.setVisible(not running and self._found is not None)
        self.stop.setVisible(running)
        for widget in (self.pack, self.hamlet, self.excel, self.paper, self.start):
            widget.setEnabled(not running)

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_number(self, cells: tuple[Cell, ...], words: str) -> None:
        if self._found is None:
            return
        lists = self._found.lists
        ids = lists[cells[0]] if len(cells) == 1 else [one for cell in cells for one in lists[cell]]
        self.lists.show_behind(ids, words)

    # ---- out of the program

    def _on_excel(self) -> None:
        if self._found is not None:
            self.output.export(self._found, self._effects or ())

    def _on_print(self) -> None:
        lines = self.lists.shown_missing
        if self._found is None or not lines:
            self.said.emit(Notice(_("Nothing is missing: there is no list to print.")))
            return
        self.output.print(self._found, lines)

    def retranslate(self) -> None:
        """Say the words again."""
        self.pack.setAccessibleName(_("Standard to try"))
        self.hamlet.setAccessibleName(_("Hamlet"))
        self.bar.setAccessibleName(_("Progress"))
        self.heading.setText(self.title())
        for button, words in (
            (self.run, self._run_words()),
            (self.stop, _("Stop")),
            (self.excel, _("Write to Excel…")),
            (self.paper, _("Print the to-do list…")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.start.retranslate()
        self.stale.setText(_("The file has changed since this trial. Try again to see it."))
        found = self._found
        if found is None:
            return
        self.heading.setText(found.pack.title)
        self.draft.show_text("" if found.official else _("Draft: for preparation only"), "near")
        self.note.setText(found.note)
