"""A case of work abroad on one screen: the facts at the left, what is to be checked and what happened at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.abroad import ABROAD_MACHINE, INCIDENT_LABELS, AbroadState
from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError, ValidationError
from casemgr.i18n import _, format_date
from casemgr.services import abroad_cases, abroad_file, abroad_steps, households
from ui.form_pane import ask_about_changes
from ui.icons import icon
from ui.pages.abroad import papers
from ui.pages.abroad.case_form import CaseForm
from ui.pages.abroad.follow_up import FollowUp
from ui.pages.abroad.verbs import DETAIL_FIELDS, step_of
from ui.places import Place
from ui.step_form import StepForm, finding_words
from ui.theme import spaced, theme
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.message_bar import Notice
from ui.widgets.stage_line import StageLine, main_way

if TYPE_CHECKING:
    from datetime import date

    from casemgr.services.abroad_cases import AbroadData
    from casemgr.services.abroad_file import CaseFile
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
        self.back = QToolButton()
        self.back.setObjectName("abroadBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self._leave)
        self.name = ElidedLabel()
        self.name.setObjectName("abroadName")
        self.name.setProperty("class", "h1")
        self.meta = ElidedLabel()
        self.meta.setObjectName("abroadMeta")
        self.meta.setProperty("class", "soft")
        self.class_badge, self.incident, self.state = Badge(), Badge(), Badge()
        self.household, self.papers, self.happened = QPushButton(), QPushButton(), QPushButton()
        self.other, self.next = QPushButton(), QPushButton()
        for button, name, picture in (
            (self.household, "abroadHousehold", "house-line"),
            (self.happened, "abroadHappened", "shield-check"),
            (self.papers, "abroadPapersMenu", "printer"),
            (self.other, "abroadOther", "dots-three"),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
        self.next.setObjectName("abroadNext")
        self.next.setProperty("class", "primary")
        self.next.setIcon(icon("arrow-right", "on"))
        self.next.clicked.connect(lambda _checked=False: self.step())
        self.household.clicked.connect(self._to_household)
        self.other_menu, self.papers_menu = QMenu(self), QMenu(self)
        self.other.setMenu(self.other_menu)
        self.papers.setMenu(self.papers_menu)
        self.stage = StageLine(ABROAD_MACHINE, name="abroadStage")
        self.step_form = StepForm(name="abroadStep")
        self.step_form.done.connect(lambda _result: self._on_step())
        self.step_form.closed.connect(self.step_form.hide)
        self.step_form.conflicted.connect(self._on_conflict)
        self.step_form.hide()
        self.follow = FollowUp(desk)
        self.follow.said.connect(self.said)
        self.follow.begun.connect(self._on_begun)
        self.follow.issued.connect(lambda paper: self.paper_requested.emit(papers.issued(paper)))
        self.happened.clicked.connect(self.follow.begin_incident)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            spaced(row, spacing=8)
        first.addWidget(self.back)
        first.addWidget(self.name, 1)
        for badge in (self.class_badge, self.state, self.incident):
            first.addWidget(badge)
        second.addWidget(self.meta, 1)
        for row, button in (
            (first, self.next),
            (second, self.household),
            (second, self.happened),
            (second, self.papers),
            (second, self.other),
        ):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
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
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.stage)
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

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        if self.file is None:
            return
        dirty = self.dirty
        self.file = self._desk.workspace.read(abroad_file.open_case, self.file.view.id)
        if not dirty and self.form is not None:
            self.form.load(self.file.view.data)
        self._show_state()

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

    def retranslate(self) -> None:
        """Say the words again."""
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        for button, words in (
            (self.household, _("Household")),
            (self.happened, _("Something happened…")),
            (self.papers, _("Papers")),
            (self.other, _("Other steps")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
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
        file, home = self.file, self.home
        view = file.view if file is not None else None
        may = self._desk.may(Permission.EDIT)
        if view is not None:
            self.name.setText(view.person)
            parts = [view.birth, view.code, view.head, view.hamlet, view.data.country]
            if view.data.contract_to is not None:
                parts.append(_("contract until {date}").format(date=format_date(view.data.contract_to)))
            self.class_badge.show_text(_(CLASS_SHORT_LABELS[view.class_now]), class_tone(view.class_now))
        elif home is not None and self._fresh is not None:
            person = self._fresh.person_id
            self.name.setText(next((one.person.full_name for one in home.members if one.person_id == person), ""))
            parts = [home.code, home.name, home.hamlet]
            self.class_badge.show_text("", "plain")
        else:
            return
        self.meta.setText(" · ".join(filter(None, parts)))
        state = view.state if view is not None else AbroadState.ADVISED
        aside = view is not None and str(state) not in main_way(ABROAD_MACHINE)
        words = ABROAD_MACHINE.label(state) if aside else "" if view is not None else _("New case")
        self.state.show_text(words, "info")
        happened = view.incident if view is not None else None
        self.incident.show_text(_(INCIDENT_LABELS[happened]) if happened is not None else "", "near")
        passed = {step.data.to for step in file.steps} | {AbroadState.ADVISED} if file is not None else ()
        self.stage.show_state(state, passed)
        self.happened.setVisible(view is not None and view.departed_on is not None)
        self.happened.setEnabled(may)
        self._show_moves(may=may)
        self._show_papers()
        self.follow.show_file(file, self._today())
        if self.form is not None and view is not None:
            self.form.show_findings(view.findings, finding_words)

    def _show_moves(self, *, may: bool) -> None:
        self.other_menu.clear()
        expected = None
        for one in self.file.moves if self.file is not None else ():
            if one.expected:
                expected = one
                continue
            words = _("Move to: {state}").format(state=one.label)
            self.other_menu.addAction(words).triggered.connect(partial(self._other, str(one.move.to)))
        self.next.setVisible(expected is not None)
        self.next.setEnabled(may)
        self.other.setVisible(not self.other_menu.isEmpty())
        self.other.setEnabled(may)
        if expected is not None:
            self.next.setText(_("Next: {state}").format(state=expected.label))
            self.next.setAccessibleName(self.next.text())
            told = "\n".join(map(finding_words, expected.findings))
            self.next.setToolTip(told or _("Nothing speaks against it (Ctrl+Right)"))

    def _other(self, to: str, _checked: bool = False) -> None:
        self.step(to)

    def _show_papers(self) -> None:
        self.papers_menu.clear()
        for code in papers.offered(self.file):
            self.papers_menu.addAction(_(papers.NAMES[code])).triggered.connect(partial(self._paper, code))
        self.papers.setVisible(not self.papers_menu.isEmpty())

    def _paper(self, code: str, _checked: bool = False) -> None:
        if self.file is not None and self.may_leave():
            drawing: Drawing = papers.paper_of(self._desk.workspace, code, self.file, self._today())
            self.paper_requested.emit(drawing)

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
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_conflict(self, error: object) -> None:
        self.said.emit(Notice(str(error), "near", _("Show the present state"), self.refresh))
