"""A plan on one screen: its thirteen parts at the left, what it comes to and what happened at the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.livelihood_reckoning import reckon
from casemgr.domain.livelihoods import PLAN_MACHINE, PlanState
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError, ValidationError
from casemgr.i18n import N_, _
from casemgr.services import livelihood_file, livelihood_steps, livelihoods, templates
from ui.editors import NumberEditor
from ui.form_pane import ask_about_changes
from ui.forms import Field
from ui.pages.livelihoods.figures import FiguresCard
from ui.pages.livelihoods.followup import FollowUp
from ui.pages.livelihoods.plan_form import PlanForm
from ui.pages.livelihoods.plan_head import PlanHead
from ui.places import Place
from ui.step_form import StepForm
from ui.theme import spaced, theme
from ui.widgets.card import Card
from ui.widgets.message_bar import Notice
from ui.widgets.season_chart import SeasonBar, SeasonChart

if TYPE_CHECKING:
    from datetime import date

    from casemgr.services.livelihood_file import Circumstances, PlanFile
    from casemgr.services.state_steps import StepData
    from ui.desk import Desk
    from ui.jobs import Job

_SIDE: Final = 380
"""Natural width of the side."""
VOTES: Final = (
    Field("present", N_("&Present"), lambda: NumberEditor(most=5000), required=True),
    Field("agreed", N_("&Agreed"), lambda: NumberEditor(most=5000), required=True),
)


class PlanScreen(QWidget):
    """`begin_new` for a household, `open` for a plan on record."""

    closed = Signal()
    said = Signal(Notice)
    place_requested = Signal(Place)
    paper_requested = Signal(str)
    """A code of a paper of this plan."""
    lots_requested = Signal()
    changed_state = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("planScreen")
        self._desk = desk
        self.file: PlanFile | None = None
        self.home: Circumstances | None = None
        self.form: PlanForm | None = None
        self._saving = False
        self._ceiling_of: tuple[str, str] | None = None
        self.head = PlanHead()
        self.head.closed.connect(self._leave)
        self.head.household_requested.connect(self._to_household)
        self.head.step_requested.connect(self.step)
        self.head.paper_requested.connect(self.paper_requested)
        self.next = self.head.next
        self.step_form = StepForm(name="planStep")
        self.step_form.done.connect(lambda _result: self._on_step())
        self.step_form.closed.connect(self.step_form.hide)
        self.step_form.conflicted.connect(self._on_conflict)
        self.step_form.hide()
        self.figures = FiguresCard()
        self.season = SeasonChart(name="planSeason")
        self.season_card = Card(lambda: _("Calendar of the season"), margin=10)
        self.season_card.add(self.season)
        self.follow = FollowUp(desk)
        self.follow.said.connect(self.said)
        self.follow.lots_requested.connect(self.lots_requested)
        self.follow.begun.connect(self._show_side_top)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, margins=(0, 0, 6, 0), spacing=8)
        for widget in (self.step_form, self.follow.verbs, self.figures, self.season_card, self.follow):
            column.addWidget(widget)
        column.addStretch()
        self.side = QScrollArea()
        self.side.setObjectName("planSide")
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setFrameShape(QFrame.Shape.NoFrame)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setWidgetResizable(True)
        self.side.setWidget(inside)
        self.side.setMinimumWidth(theme().px(300))
        self.place = QWidget()
        self._form_layout = QVBoxLayout(self.place)
        spaced(self._form_layout)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setObjectName("planHalves")
        self.halves.setChildrenCollapsible(False)
        self.halves.setHandleWidth(8)
        self.halves.addWidget(self.place)
        self.halves.addWidget(self.side)
        self.halves.setStretchFactor(0, 3)
        self.halves.setStretchFactor(1, 2)
        self.halves.setSizes([theme().px(760), theme().px(_SIDE)])
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 10, 12, 10), spacing=8)
        layout.addWidget(self.head)
        layout.addWidget(self.halves, 1)

    # ---- what the page asks

    @property
    def plan(self) -> UUID | None:
        """The plan on show; None for a new one."""
        return self.file.view.id if self.file is not None else None

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self.form is not None and self.form.dirty

    def begin_new(self, household: UUID) -> None:
        """Write a new plan with what the program knows of the household."""
        read = self._desk.workspace.read
        self.file = None
        self._show_home(read(livelihood_file.circumstances, household))
        data = read(livelihoods.fresh, household)
        self._load(data)
        self._show_state()
        if self.form is not None:
            self.form.bar.show_state(dirty=False)
            self.form.jump("programme")

    def open(self, plan: UUID) -> None:
        """Show a plan on record."""
        self.file = self._desk.workspace.read(livelihood_file.open_plan, plan)
        self._show_home(self.file.household)
        self._load(self.file.view.data)
        self._show_state()

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        if self.file is None:
            return
        dirty = self.dirty
        self.file = self._desk.workspace.read(livelihood_file.open_plan, self.file.view.id)
        if not dirty:
            self._load(self.file.view.data)
        self._show_state()

    def may_leave(self) -> bool:
        """Whether one may go: asks when something changed; saving is waited for."""
        if not self.dirty:
            return True
        answer = ask_about_changes(self)
        if answer == "discard":
            self._discard()
            return True
        return answer == "save" and self._save_and_wait()

    def save(self) -> Job | None:
        """Save the plan; the job, None when something is missing."""
        form = self.form
        if form is None or self._saving or not form.check():
            return None
        self._saving = True
        form.bar.show_state(saving=True)
        view = self.file.view if self.file is not None else None
        job = self._desk.write(
            livelihoods.keep,
            form.data(),
            livelihood_id=view.id if view else None,
            version=view.version if view else 0,
        )
        job.succeeded.connect(self._on_saved)
        job.catch(ValidationError, lambda error: form.mark(error.problems))
        job.catch(ConflictError, self._on_conflict)
        job.finished.connect(self._on_finished)
        return job

    def step(self, to: str = "") -> None:
        """Ask for the next step, or another one."""
        if self.file is None or not self.may_leave():
            return
        view = self.file.view
        expected = PLAN_MACHINE.expected(view.state)
        target = to or (str(expected.to) if expected else "")
        if not target:
            return
        read, desk = self._desk.workspace.read, self._desk

        def submit(data: StepData) -> Job:
            version = self.file.view.version if self.file is not None else view.version
            return desk.write(livelihood_steps.move_on, view.id, version, data)

        self.follow.verbs.hide()
        self.step_form.begin(
            PLAN_MACHINE,
            view.state,
            target,
            whom=f"{view.code} · {view.head}",
            on=self._today(),
            check=lambda data: read(livelihood_steps.check, view.id, data),
            submit=submit,
            more=VOTES if target == PlanState.VOTED else (),
        )
        self._show_side_top()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Ctrl+Right to the next step."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_Right and held:
            self.step()
        else:
            super().keyPressEvent(event)

    # ---- inside

    def _show_side_top(self) -> None:
        """What is asked for stands at the top of the side."""
        self.side.verticalScrollBar().setValue(0)

    def _today(self) -> date:
        return self._desk.workspace.now.astimezone().date()

    def _show_home(self, home: Circumstances) -> None:
        self.home = home
        if self.form is not None:
            self._form_layout.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = PlanForm(self._desk, home, self._indicators())
        self.form.changed.connect(self._reckon)
        self.form.save_requested.connect(self.save)
        self.form.discard_requested.connect(self._discard)
        self._form_layout.addWidget(self.form)
        self._ceiling_of = None
        self.step_form.hide()
        self.follow.verbs.hide()

    def _indicators(self) -> Mapping[str, str]:
        template = self._desk.workspace.read(templates.current, "certificate", self._today())
        return dict(zip(template.indicator_codes, template.wording.indicators, strict=False))

    def _load(self, data: livelihoods.LivelihoodData) -> None:
        if self.form is None:
            return
        self.form.load(data)
        may = self._desk.may(Permission.EDIT)
        self.form.set_enabled(enabled=may)
        self.form.bar.setVisible(may)
        self._reckon()

    def _reckon(self) -> None:
        """Show what the plan comes to as it is typed, and what speaks against it."""
        form, home = self.form, self.home
        if form is None or home is None:
            return
        data, read = form.data(), self._desk.workspace.read
        found = reckon(data.content, people=home.people, line=home.line)
        decided = self.file.view.decision_on if self.file is not None else None
        wanted = (data.programme, data.area)
        if wanted != self._ceiling_of:
            self._ceiling_of = wanted
            self._ceiling = read(livelihood_file.ceiling, data.programme, data.area, decided)
        self.figures.show_figures(found, self._ceiling, home.line)
        bars = [SeasonBar(one.label, one.first_month, one.last_month) for one in data.content.season]
        self.season.show_bars(bars, self._today().month)
        if data.programme:
            form.show_findings(read(livelihood_file.judge, data, home.people, home.line, decided))

    def _show_state(self) -> None:
        if self.home is not None:
            self.head.show_plan(self.home, self.file, may=self._desk.may(Permission.EDIT))
            self.follow.show_file(self.file, self._today())
            self.changed_state.emit()

    def _leave(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def _to_household(self) -> None:
        if self.home is not None:
            self.place_requested.emit(Place("households", self.home.household_id))

    def _discard(self) -> None:
        if self.file is None:
            if self.form is not None and self.home is not None:
                self.form.load(self._desk.workspace.read(livelihoods.fresh, self.home.household_id))
            self.closed.emit()
        else:
            self._load(self.file.view.data)

    def _save_and_wait(self) -> bool:
        job = self.save()
        if job is None:
            return False
        loop = QEventLoop()
        job.finished.connect(loop.quit)
        loop.exec()
        return not self.dirty

    def _on_saved(self, plan: object) -> None:
        if isinstance(plan, UUID) and self.form is not None:
            self.form.load(self.form.data())
            self.open(plan) if self.file is None else self.refresh()
            self.said.emit(Notice(_("Saved."), "ok"))

    def _on_finished(self) -> None:
        self._saving = False
        if self.form is not None:
            self.form.bar.release()

    def _on_step(self) -> None:
        self.step_form.hide()
        self.refresh()
        if self.file is not None:
            words = _("Recorded: {state}").format(state=PLAN_MACHINE.label(self.file.view.state))
            self.said.emit(Notice(words, "ok"))
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_conflict(self, error: object) -> None:
        self.said.emit(Notice(str(error), "near", _("Show the present state"), self.refresh))
