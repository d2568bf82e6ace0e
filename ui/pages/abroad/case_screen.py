"""A case of work abroad on one screen: the facts at the left, what is to be checked and what happened at the right."""

from __future__ import annotations

from functools import partial
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

from casemgr.domain.abroad import ABROAD_MACHINE
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError, ValidationError
from casemgr.i18n import _
from casemgr.services import abroad_cases, abroad_file, abroad_steps, households
from ui.form_pane import ask_about_changes
from ui.pages.abroad import papers
from ui.pages.abroad.case_form import CaseForm
from ui.pages.abroad.case_head import CaseHead
from ui.pages.abroad.follow_up import FollowUp
from ui.pages.abroad.verbs import DETAIL_FIELDS, step_of
from ui.places import Place
from ui.step_form import StepForm
from ui.theme import spaced, theme
from ui.translation import Speaks
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from datetime import date

    from casemgr.services.abroad_cases import AbroadData
    from casemgr.services.abroad_file import CaseFile
    from casemgr.services.entitlement_rows import Entitlement
    from casemgr.services.households import HouseholdView
    from casemgr.services.state_steps import StepData
    from ui.desk import Desk
    from ui.jobs import Job
    from ui.paper_pane import Drawing

_SIDE: Final = 470
"""Natural width of the side."""
_ROOMY: Final = 1240
"""From this natural width of the window on the fields stand in two columns."""


class CaseScreen(Speaks):
    """`begin_new` for somebody of a household, `open` for a case on record."""

    closed = Signal()
    said = Signal(Notice)
    place_requested = Signal(Place)
    paper_requested = Signal(object)
    """A drawing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("abroadScreen")
        self._desk = desk
        self.file: CaseFile | None = None
        self.home: HouseholdView | None = None
        self.form: CaseForm | None = None
        self._fresh: AbroadData | None = None
        self._saving = False
        self.head = CaseHead()
        self.head.left.connect(self._leave)
        self.head.household_requested.connect(self._to_household)
        self.head.step_requested.connect(self.step)
        self.head.paper_requested.connect(self.show_paper)
        self.step_form = StepForm(name="abroadStep")
        self.step_form.done.connect(lambda _result: self._on_step())
        self.step_form.closed.connect(self.step_form.hide)
        self.step_form.conflicted.connect(self._on_conflict)
        self.step_form.hide()
        self.follow = FollowUp(desk)
        self.follow.said.connect(self.said)
        self.follow.begun.connect(self._on_begun)
        self.follow.issued.connect(lambda paper: self.paper_requested.emit(papers.issued(paper)))
        self.head.happened_requested.connect(self.follow.begin_incident)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, margins=(0, 0, 6, 0), spacing=8)
        for widget in (self.step_form, self.follow.verbs, self.follow):
            column.addWidget(widget)
        column.addStretch()
        self.side = QScrollArea()
        self.side.setObjectName("abroadSide")
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
        self.halves.setObjectName("abroadHalves")
        self.halves.setChildrenCollapsible(False)
        self.halves.setHandleWidth(8)
        self.halves.addWidget(self.place)
        self.halves.addWidget(self.side)
        self.halves.setStretchFactor(0, 1)
        self.halves.setStretchFactor(1, 1)
        self.halves.setSizes([theme().px(600), theme().px(_SIDE)])
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 8, 12, 10), spacing=6)
        layout.addWidget(self.head)
        layout.addWidget(self.halves, 1)

    # ---- what the page asks

    @property
    def case(self) -> UUID | None:
        """The case on show; None for a new one."""
        return self.file.view.id if self.file is not None else None

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self.form is not None and self.form.dirty

    def begin_new(self, household: UUID, person: UUID) -> None:
        """Write a new case with what the program knows of the person."""
        read = self._desk.workspace.read
        self.file = None
        self.home = read(households.view, household)
        self._fresh = read(abroad_cases.fresh, household, person)
        self._show_form(self._fresh)
        self._show_state()
        if self.form is not None:
            self.form.jump("form")

    def open(self, case: UUID) -> None:
        """Show a case on record."""
        self.file = self._desk.workspace.read(abroad_file.open_case, case)
        self.home, self._fresh = None, None
        self._show_form(self.file.view.data)
        self._show_state()
        self._ask_entitlement(self.file)

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        if self.file is None:
            return
        dirty = self.dirty
        self.file = self._desk.workspace.read(abroad_file.open_case, self.file.view.id)
        if not dirty and self.form is not None:
            self.form.load(self.file.view.data)
        self._show_state()
        self._ask_entitlement(self.file)

    def may_leave(self) -> bool:
        """Whether one may go: asks when something changed; saving is waited for."""
        if not self.dirty:
            return True
        answer = ask_about_changes(self)
        if answer == "discard":
            self._discard(leave=False)
            return True
        return answer == "save" and self._save_and_wait()

    def save(self) -> Job | None:
        """Save the case; the job, None when something is missing."""
        form = self.form
        if form is None or self._saving or not form.check():
            return None
        self._saving = True
        form.bar.show_state(saving=True)
        view = self.file.view if self.file is not None else None
        job = self._desk.write(
            abroad_cases.keep, form.data(), case_id=view.id if view else None, version=view.version if view else 0
        )
        job.succeeded.connect(self._on_saved)
        job.catch(ValidationError, lambda error: form.mark(error.problems))
        job.catch(ConflictError, self._on_conflict)
        job.finished.connect(self._on_finished)
        return job

    def step(self, to: str = "") -> None:
        """Ask for the next step, or another one."""
        if self.file is None or not self._desk.may(Permission.EDIT) or not self.may_leave():
            return
        view = self.file.view
        expected = next((one for one in self.file.moves if one.expected), None)
        target = to or (str(expected.move.to) if expected else "")
        if not target:
            return
        read, desk = self._desk.workspace.read, self._desk

        def submit(data: StepData) -> Job:
            version = self.file.view.version if self.file is not None else view.version
            return desk.write(abroad_steps.move_on, view.id, version, step_of(data))

        self.follow.verbs.hide()
        self.step_form.begin(
            ABROAD_MACHINE,
            view.state,
            target,
            whom=f"{view.code} · {view.person}",
            on=self._today(),
            check=lambda data: read(abroad_steps.check, view.id, step_of(data)),
            submit=submit,
            more=DETAIL_FIELDS.get(target, ()),
        )
        self.side.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Ctrl+Right to the next step."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_Right and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step()
        else:
            super().keyPressEvent(event)

    def show_paper(self, code: str) -> None:
        """Show a paper of this case."""
        if self.file is not None and self.may_leave():
            drawing: Drawing = papers.paper_of(self._desk.workspace, code, self.file, self._today())
            self.paper_requested.emit(drawing)

    def retranslate(self) -> None:
        """Say the words again."""
        self._show_state()

    # ---- inside

    def _today(self) -> date:
        return self._desk.workspace.now.astimezone().date()

    def _show_form(self, data: AbroadData) -> None:
        if self.form is not None:
            self._form_layout.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        loans = (
            self.file.loans
            if self.file is not None
            else self._desk.workspace.read(abroad_file.loans_of, data.household_id)
        )
        columns = 2 if self.window().width() >= theme().px(_ROOMY) else 1
        self.form = CaseForm(self._desk, data, loans, columns=columns)
        self.form.save_requested.connect(self.save)
        self.form.discard_requested.connect(self._discard)
        self._form_layout.addWidget(self.form)
        may = self._desk.may(Permission.EDIT)
        self.form.set_enabled(enabled=may)
        self.form.bar.setVisible(may)
        self.step_form.hide()
        self.follow.verbs.hide()

    def _show_state(self) -> None:
        file = self.file
        if file is not None:
            self.head.show_file(file, may=self._desk.may(Permission.EDIT))
        elif self.home is not None and self._fresh is not None:
            self.head.show_new(self.home, self._fresh.person_id)
        else:
            return
        self.follow.show_file(file, self._today())
        if self.form is not None and file is not None:
            self.form.show_findings(file.view.findings)

    def _ask_entitlement(self, file: CaseFile) -> None:
        """What the programme says is known a moment after the case."""
        read, data = self._desk.workspace.read, file.view.data
        job = self._desk.jobs.start(lambda _progress: read(abroad_file.entitled, data.household_id, data.person_id))
        job.succeeded.connect(partial(self._on_entitlement, file.view.id))

    def _on_entitlement(self, case: UUID, told: Entitlement | None) -> None:
        if self.case == case:
            self.follow.show_entitlement(told)

    def _leave(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def _to_household(self) -> None:
        home = self.file.view.data if self.file is not None else self._fresh
        if home is not None:
            self.place_requested.emit(Place("households", home.household_id))

    def _discard(self, *, leave: bool = True) -> None:
        if self.form is None:
            return
        if self.file is not None:
            self.form.load(self.file.view.data)
        elif self._fresh is not None:
            self.form.load(self._fresh)
            if leave:
                self.closed.emit()

    def _save_and_wait(self) -> bool:
        job = self.save()
        if job is None:
            return False
        loop = QEventLoop()
        job.finished.connect(loop.quit)
        loop.exec()
        return not self.dirty

    def _on_begun(self) -> None:
        self.step_form.hide()
        self.side.verticalScrollBar().setValue(0)

    def _on_saved(self, case: object) -> None:
        if isinstance(case, UUID) and self.form is not None:
            self.form.load(self.form.data())
            self.open(case) if self.file is None else self.refresh()
            self.said.emit(Notice(_("Saved."), "ok"))

    def _on_finished(self) -> None:
        self._saving = False
        if self.form is not None:
            self.form.bar.release()

    def _on_step(self) -> None:
        self.step_form.hide()
        self.refresh()
        if self.file is not None:
            words = _("Recorded: {state}").format(state=ABROAD_MACHINE.label(self.file.view.state))
            self.said.emit(Notice(words, "ok"))
        self.head.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_conflict(self, error: object) -> None:
        self.said.emit(Notice(str(error), "near", _("Show the present state"), self.refresh))
