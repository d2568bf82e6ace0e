"""What is asked of one learner at a time: a step with its checks, a class, work found, a paper with its number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.domain.training import LEARNER_MACHINE, LearnerState
from casemgr.i18n import _
from casemgr.services import courses, learner_steps, training_papers
from casemgr.services.learner_steps import JobData
from casemgr.services.training_papers import REQUEST
from ui.pages.training import papers
from ui.pages.training.columns import month_words
from ui.pages.training.fields import MORE, PURPOSE, SEND, job_fields, place_fields
from ui.pages.training.learner_side import job_values
from ui.paper_pane import Drawing
from ui.step_form import StepForm
from ui.theme import spaced
from ui.translation import Says, Speaks
from ui.verb_card import VerbCard
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.services.learners import LearnerView
    from ui.desk import Desk
    from ui.jobs import Job

_OUTCOMES: Final = (LearnerState.IN_WORK, LearnerState.NO_WORK)


class LearnerAsking(Speaks):
    """One form at a time, in the side of the page."""

    done = Signal()
    said = Signal(Notice)
    paper_requested = Signal(Drawing)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("learnerAsking")
        self.desk = desk
        self._verb: VerbCard | None = None
        self.step = StepForm(name="learnerStep")
        self.step.done.connect(lambda _step: self._on_done())
        self.step.closed.connect(self.close_all)
        self.step.conflicted.connect(lambda error: self.said.emit(Notice(str(error), "near")))
        self.step.hide()
        self.column = QVBoxLayout(self)
        spaced(self.column)
        self.column.addWidget(self.step)

    @property
    def card(self) -> VerbCard | None:
        """The form of a few fields that is open."""
        return self._verb

    @property
    def today(self) -> date:
        """The day of the office."""
        return self.desk.workspace.now.astimezone().date()

    def begin_step(self, view: LearnerView, to: str) -> None:
        """Ask for a step: its checks first; a class is chosen, work is told in forms of their own."""
        self.close_all()
        if to == LearnerState.PLACED:
            self._begin_place(view)
        elif to in _OUTCOMES:
            self.begin_job(view, in_work=to == LearnerState.IN_WORK)
        else:
            self.step.begin(
                LEARNER_MACHINE,
                view.state,
                to,
                whom=f"{view.person} · {view.code}",
                on=self.today,
                check=lambda data: self.desk.workspace.read(learner_steps.check, view.id, data),
                submit=lambda data: self.desk.write(learner_steps.move_on, view.id, view.version, data),
                more=MORE.get(to, ()),
            )

    def begin_job(self, view: LearnerView, *, in_work: bool) -> None:
        """Ask about work."""
        if not self.desk.may(Permission.EDIT):
            return
        month = self.desk.workspace.read(learner_steps.next_month, view.id)
        months = self.desk.workspace.read(learner_steps.follow_up_months, view.ended_on or self.today)
        card = VerbCard(
            lambda: _("Work of {name}").format(name=view.person),
            lambda: _("Record"),
            job_fields({each: month_words(each) for each in (0, *months)}),
            lambda typed: self.desk.write(learner_steps.record_job, view.id, view.version, _job(typed)),
            name="learnerJob",
            columns=2,
        )
        self._ask(card, job_values(month, self.today, in_work=in_work))

    def _begin_place(self, view: LearnerView) -> None:
        choices = [one for one in self.desk.workspace.read(courses.courses) if one.closed_on is None]

        def place(typed: Mapping[str, Any]) -> Job:
            return self.desk.write(learner_steps.place, typed["course"], [view.id], on=typed["on"])

        card = VerbCard(
            lambda: _("Place {name} in a class").format(name=view.person),
            lambda: _("Place in the class"),
            place_fields(choices),
            place,
            name="learnerPlace",
        )
        fitting = [one.id for one in choices if one.data.trade == view.data.trade]
        self._ask(card, {"course": fitting[0] if fitting else None, "on": self.today})

    def begin_paper(self, view: LearnerView, code: str) -> None:
        """Draw a paper; those with a number ask what for first."""
        if code == REQUEST:
            self.paper_requested.emit(papers.paper_of(self.desk.workspace, code, view.id, self.today))
            return
        asked = PURPOSE if code == training_papers.CONFIRMATION else SEND

        def submit(typed: Mapping[str, Any]) -> Job:
            from casemgr.reports.office_papers import render_paper

            job = self.desk.write(
                training_papers.issue, code, view.id, on=self.today, render=render_paper, **dict(typed)
            )
            job.succeeded.connect(lambda paper: self.paper_requested.emit(papers.issued(paper, code)))
            return job

        card = VerbCard(lambda: _(papers.NAMES[code]), lambda: _("Issue"), asked, submit, name="learnerPaper")
        look = QPushButton()
        look.setObjectName("learnerPaperLook")
        for say in (look.setText, look.setAccessibleName):
            Says(look, say, lambda: _("Look first"))
        look.clicked.connect(
            lambda: self.paper_requested.emit(
                papers.paper_of(self.desk.workspace, code, view.id, self.today, **card.form.values())
            )
        )
        card.head.addWidget(look)
        card.go.setEnabled(self.desk.may(Permission.ISSUE))
        self._ask(card, {**dict.fromkeys((one.name for one in asked), ""), "valid": None})

    def _ask(self, card: VerbCard, values: Mapping[str, object]) -> None:
        self.close_all()
        self._verb = card
        self.column.addWidget(card)
        card.done.connect(self._on_done)
        card.closed.connect(self.close_all)
        card.begin(values)

    def close_all(self) -> None:
        """Ask nothing."""
        self.step.hide()
        if self._verb is not None:
            self._verb.hide()
            self._verb.deleteLater()
            self._verb = None

    def _on_done(self) -> None:
        self.close_all()
        self.done.emit()


def _job(typed: Mapping[str, Any]) -> JobData:
    return JobData(**{**typed, "month": typed["month"] or 0, "in_work": bool(typed["in_work"])})
