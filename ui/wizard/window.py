"""The wizard's frame: the steps, the one on show, Back and on; it makes the file and never leaves half of one."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
)

from casemgr.errors import AppError
from casemgr.i18n import _
from ui.gate import SUFFIX
from ui.icons import icon
from ui.questions import Answer, ask
from ui.theme import sized, spaced, theme
from ui.translation import Speaks
from ui.widgets.file_choice import ask_file
from ui.wizard.commune import CommuneStep
from ui.wizard.hamlets import HamletsStep
from ui.wizard.letterhead import LetterheadStep
from ui.wizard.person import PersonStep
from ui.wizard.recovery import RecoveryStep
from ui.wizard.restore import RestoreStep
from ui.wizard.step import Step, StepList
from ui.wizard.welcome import WelcomeStep

if TYPE_CHECKING:
    from collections.abc import Callable

    from casemgr.domain.recovery import RecoveryCode
    from casemgr.jobs import Progress, Work
    from casemgr.services.founding import NewOffice
    from casemgr.workspace import Workspace
    from ui.jobs import Job, JobRunner
    from ui.translation import Languages

    Made = tuple[Workspace, RecoveryCode, bytes]

_WIDE: Final = 840
"""Below this natural width the list of steps is left out: the heading says where one is."""


class Wizard(Speaks):
    """From a fresh machine to an open file; everything typed stays until the wizard ends."""

    opened = Signal(object)
    """The new (or sample) file is open."""
    file_chosen = Signal(object)
    """Sign in to this file instead."""
    closed = Signal()

    def __init__(self, jobs: JobRunner, languages: Languages) -> None:
        super().__init__()
        self.setObjectName("wizard")
        self.setWindowTitle("casemgr")
        self.setProperty("class", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs = jobs
        self._job: Job | None = None
        self._workspace: Workspace | None = None
        self.welcome = WelcomeStep(languages)
        self.commune, self.hamlets, self.letterhead = CommuneStep(), HamletsStep(), LetterheadStep()
        self.person, self.recovery, self.restore = PersonStep(), RecoveryStep(jobs), RestoreStep(jobs)
        self._steps: tuple[Step, ...] = (
            self.welcome, self.commune, self.hamlets, self.letterhead, self.person, self.recovery,
        )  # fmt: skip
        self._build()
        self._wire()
        self.resize(theme().px(1024), theme().px(680))
        room = QGuiApplication.primaryScreen().availableGeometry().size()
        self.resize(self.size().boundedTo(QSize(room.width(), room.height() - theme().px(32))))
        self.show_step(self.welcome)

    # ---- building

    def _build(self) -> None:
        self._list = StepList(len(self._steps))
        self.where, self.heading, self.text = QLabel(), QLabel(), QLabel()
        self.where.setObjectName("wizardWhere")
        self.where.setProperty("class", "small")
        self.heading.setObjectName("wizardHeading")
        self.heading.setProperty("class", "h1")
        self.text.setProperty("class", "soft")
        for label in (self.heading, self.text):
            label.setWordWrap(True)
        self.stack = QStackedWidget()
        self._areas: dict[Step, QScrollArea] = {}
        for step in (*self._steps, self.restore):
            area = QScrollArea()
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(step)
            self._areas[step] = area
            self.stack.addWidget(area)
        self.problem = QLabel()
        self.problem.setObjectName("wizardProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.bar, self.doing = QProgressBar(), QLabel()
        self.bar.setObjectName("wizardProgress")
        self.bar.setTextVisible(False)
        sized(self.bar, width=160)
        self.doing.setProperty("class", "small")
        self.cancel, self.back, self.next = QPushButton(), QPushButton(), QPushButton()
        for name, button, act in (
            ("wizardCancel", self.cancel, self._on_cancel),
            ("wizardBack", self.back, self._on_back),
            ("wizardNext", self.next, self._on_next),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
        self.cancel.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.next.setProperty("class", "primary")
        foot = QHBoxLayout()
        spaced(foot, spacing=8)
        for widget in (self.cancel, self.doing, self.bar):
            foot.addWidget(widget)
        foot.addStretch()
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        right = QVBoxLayout()
        spaced(right, margins=(28, 20, 28, 16), spacing=8)
        for label in (self.where, self.heading, self.text):
            right.addWidget(label)
        right.addSpacing(theme().px(6))
        right.addWidget(self.stack, 1)
        right.addWidget(self.problem)
        right.addLayout(foot)
        whole = QHBoxLayout(self)
        spaced(whole, spacing=0)
        whole.addWidget(self._list)
        whole.addLayout(right, 1)

    def _wire(self) -> None:
        self.welcome.new_requested.connect(partial(self.show_step, self.commune))
        self.welcome.open_requested.connect(self._on_open)
        self.welcome.restore_requested.connect(partial(self.show_step, self.restore))
        self.welcome.sample_requested.connect(self._on_sample)
        self.welcome.stop_requested.connect(self._on_stop)
        self.restore.restored.connect(self.file_chosen)
        self.restore.changed.connect(self.retranslate)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # before any field or button sees them
            QShortcut(QKeySequence(keys), self, self._on_next)
        for step in (*self._steps, self.restore):
            step.next_requested.connect(self._on_next)
            step.changed.connect(partial(self._say_problem, ""))

    # ---- steps

    @property
    def step(self) -> Step:
        """The step on show."""
        area = self.stack.currentWidget()
        return next(step for step, each in self._areas.items() if each is area)

    def show_step(self, step: Step) -> None:
        """Go to a step, whatever it needs from those before."""
        if step is self.hamlets and self.commune.unit is not None:
            self.hamlets.set_unit(self.commune.unit)
        if step is self.letterhead and self.commune.unit is not None:
            from casemgr.services.offices import default_office

            self.letterhead.propose(default_office(self.commune.unit.code))
        if step is self.person and self.commune.unit is not None:
            self.person.propose(self.commune.unit.full_name)
        self.stack.setCurrentWidget(self._areas[step])
        self._say_problem("")
        self.retranslate()
        step.enter()

    def _on_back(self) -> None:
        if self._job is not None:
            return
        step = self.step
        if step is self.recovery:
            if not self._may_discard():
                return
            self._discard()
        before = self.welcome if step is self.restore else self._steps[self._steps.index(step) - 1]
        self.show_step(before)

    def _on_next(self) -> None:
        if self._job is not None or not self.next.isVisibleTo(self):
            return
        step = self.step
        told = step.check()
        self._say_problem(told)
        if told:
            return
        if step is self.person:
            self._make()
        elif step is self.recovery:
            self._finish()
        elif step is self.restore:
            self.restore.go()
        else:
            self.show_step(self._steps[self._steps.index(step) + 1])

    def _on_cancel(self) -> None:
        """Back to the welcome; what was typed stays, a file already made does not."""
        if self._job is not None:
            self._job.cancel()
        elif self.step is not self.recovery or self._may_discard():
            self._discard()
            self.show_step(self.welcome)

    # ---- the file

    def _new_office(self) -> NewOffice:
        from casemgr.services.founding import NewOffice
        from casemgr.services.offices import default_office

        unit = self.commune.unit
        if unit is None:  # no step lets one pass without
            raise LookupError
        lines, place, symbol = self.letterhead.lines()
        office = replace(default_office(unit.code), agency_lines=lines, place_name=place, certificate_symbol=symbol)
        return NewOffice(office, self.hamlets.hamlets(), self.letterhead.people(), self.person.user)

    def _make(self) -> None:
        new, secret, path = self._new_office(), self.person.secret, self.person.path
        today = datetime.date.today()  # noqa: DTZ011 - the person's own day

        def work(progress: Progress) -> Made:
            from casemgr.reports.recovery import render_recovery_sheet
            from casemgr.services import founding

            workspace, code = founding.found_office(path, new, secret, progress=progress)
            return workspace, code, render_recovery_sheet(code, new.office, made_on=today)

        self._run(work, _("Making the case file"), self._on_made)

    def _on_made(self, made: Made) -> None:
        self._workspace, code, content = made
        self.person.forget_secret()
        self.recovery.show_sheet(code, content)
        self.show_step(self.recovery)

    def _finish(self) -> None:
        workspace = self._workspace
        if workspace is None:
            return

        def work(progress: Progress) -> Workspace:
            from casemgr.services import founding

            workspace.write(founding.note_recovery_sheet)
            return workspace

        self._run(work, _("Opening the window"), self._on_ready)

    def _on_ready(self, workspace: Workspace) -> None:
        self._workspace = None
        self.recovery.sheet.forget()
        self.opened.emit(workspace)

    def _may_discard(self) -> bool:
        if self._workspace is None:
            return True
        answer = ask(
            self,
            _("The new file is not in use yet"),
            _("Going back removes the file just made with its recovery code. What you typed stays here."),
            (Answer("stay", _("Stay here"), "primary"), Answer("remove", _("Go back and remove it"))),
        )
        return answer == "remove"

    def _discard(self) -> None:
        workspace, self._workspace = self._workspace, None
        self.recovery.sheet.forget()
        if workspace is not None:
            from casemgr.services import founding

            founding.discard(workspace)

    # ---- other ways

    def _on_open(self) -> None:
        ask_file(self, _("Open a case file"), _("Case files") + f" (*{SUFFIX})", self.file_chosen.emit)

    def _on_sample(self) -> None:
        def work(progress: Progress) -> Workspace:
            from casemgr.services import founding

            return founding.open_sample(progress=progress)

        self._run(work, _("Making the sample office"), self.opened.emit)
        self.welcome.show_work(_("Making the sample office"))

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # ---- work

    def _run(self, work: Work[Any], title: str, done: Callable[[Any], object]) -> None:
        self._say_problem("")
        job = self._jobs.start(work, title=title, done=done)
        self._job = job
        self._say_work(title)
        job.progressed.connect(lambda now, total, message: self._say_work(message or title, now, total))
        job.catch(AppError, lambda error: self._say_problem(str(error)))
        job.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._job = None
        self._say_work("")

    def _say_work(self, words: str, done: int = 0, total: int = 0) -> None:
        here = self.step
        self.welcome.show_work(words if here is self.welcome else "", done, total)
        for widget in (self.bar, self.doing):
            widget.setVisible(bool(words) and here is not self.welcome)
        self.doing.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.stack.setEnabled(not words or here is self.welcome)
        self.back.setEnabled(not words)
        self.next.setEnabled(not words)
        self.cancel.setText(_("Stop") if words else _("Cancel"))
        self.cancel.setAccessibleName(self.cancel.text())

    # ---- words and measures

    def retranslate(self) -> None:
        """Say the words again."""
        here = self.step
        place = self._steps.index(here) if here in self._steps else -1
        self.heading.setText(here.title())
        self.text.setText(here.text())
        self.setAccessibleName(here.title())
        self.where.setText(
            _("Step {step} of {steps}").format(step=place + 1, steps=len(self._steps)) if place >= 0 else ""
        )
        titles = [_("Welcome") if step is self.welcome else step.title() for step in self._steps]
        self._list.show_steps(titles, place)
        self.back.setText(_("Back"))
        self.next.setText(here.verb() or _("Next"))
        for button in (self.back, self.next):
            button.setAccessibleName(button.text())
            button.setVisible(here is not self.welcome)
        self.cancel.setVisible(here is not self.welcome)
        if self._job is None:
            self._say_work("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels, Alt+Left goes back."""
        keys, held = Qt.Key, event.modifiers()
        if event.key() == keys.Key_Escape and self.step is not self.welcome:
            self._on_cancel()
        elif event.key() == keys.Key_Left and held & Qt.KeyboardModifier.AltModifier and self.back.isVisible():
            self._on_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window leaves the list of steps out."""
        super().resizeEvent(event)
        self._list.setVisible(self.width() >= theme().px(_WIDE))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is leaving: a file that nobody has a sheet for does not stay."""
        if self._job is not None:
            self._job.cancel()
            event.ignore()
            return
        if self._workspace is not None and not self._may_discard():
            event.ignore()
            return
        self._discard()
        event.accept()
        self.closed.emit()

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.setAccessibleDescription(text)
