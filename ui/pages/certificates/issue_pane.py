"""One household's certificate: the real page beside a narrow form, issued and printed in one gesture."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout

from casemgr.domain.certificates import number_text
from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.permissions import Permission
from casemgr.errors import AppError, ValidationError
from casemgr.i18n import _, ngettext
from casemgr.services import certificates
from casemgr.services.certificates import BlockView, IssuedView
from ui.desk import Desk
from ui.icons import icon
from ui.jobs import Job
from ui.pages.certificates.delivery import Paper, Run, deliver
from ui.pages.certificates.issue_form import IssueForm
from ui.pages.certificates.outcome import Outcome, Told
from ui.pages.certificates.ways import Shown, Situation, Way, show, situation
from ui.places import Place
from ui.theme import sized, spaced
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.file_choice import ask_file
from ui.widgets.pdf_view import PdfView
from ui.widgets.printing import SYSTEM, Printing, PrintOrder

FORM_WIDTH: Final = 336
_PAUSE_MS: Final = 120


class IssuePane(Speaks):
    """Shows what would be printed; `go` makes it real and prints it."""

    closed = Signal()
    open_requested = Signal(Place)

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__()
        self.setObjectName("issuePane")
        self._desk, self._send = desk, printing.send
        self._now: Situation | None = None
        self._shown: Shown | None = None
        self._run: Run | None = None
        self._job: Job | None = None
        self.back = QToolButton()
        self.back.setObjectName("issueBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.closed)
        self.name, self.meta = QLabel(), QLabel()
        self.name.setObjectName("issueName")
        self.name.setProperty("class", "h1")
        self.meta.setProperty("class", "soft")
        for label in (self.name, self.meta):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.badge, self.state = Badge(), Badge()
        self.state.setObjectName("issueState")
        self.view = PdfView()
        self.form = IssueForm(desk, printing)
        self.outcome = Outcome("issueOutcome")
        self._side = QStackedWidget()
        self._side.setObjectName("issueSide")
        self._side.addWidget(self.form)
        self._side.addWidget(self.outcome)
        self._lay_out()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PAUSE_MS)
        self._delay.timeout.connect(self.preview)
        self.form.changed.connect(self._delay.start)
        self.form.go_requested.connect(self.go)
        self.form.only_requested.connect(partial(self._begin, printing=False))
        self.form.household_requested.connect(self._on_back)
        self.outcome.back_requested.connect(self._on_back)
        self.outcome.again_requested.connect(self._on_again)
        self.outcome.register_requested.connect(self._on_register)
        self.outcome.stop_requested.connect(self._on_stop)
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.name)
        words.addWidget(self.meta)
        head = QHBoxLayout()
        spaced(head, spacing=10)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        head.addWidget(self.state)
        head.addWidget(self.badge)
        paper, side = Card(margin=1), Card(margin=12)
        paper.add(self.view, 1)
        side.add(self._side, 1)
        sized(side, width=FORM_WIDTH)
        body = QHBoxLayout()
        spaced(body, spacing=10)
        body.addWidget(paper, 1)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    # ---- what the page uses

    @property
    def household(self) -> UUID | None:
        """Whose certificate it is."""
        return self._now.household.id if self._now else None

    @property
    def busy(self) -> bool:
        """Whether the paper is being made or printed."""
        return self._job is not None

    def show_household(self, household: UUID, way: Way | None = None) -> None:
        """Begin with a household."""
        self._now = situation(self._desk.workspace, household)
        self._run = None
        self._side.setCurrentWidget(self.form)
        self.form.begin(self._now, way)
        self.retranslate()
        if self.form.way is Way.BLOCK:
            self.view.fit_page()
        else:
            self.view.fit_width()
        self.preview()
        (self.form.go if self.form.go.isEnabled() else self.form.fix).setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self.form.to_top)  # once the new height is known

    def refresh(self) -> None:
        """Something changed in the file: the same choices on the new state."""
        if self._now is None or self.busy or self._side.currentWidget() is self.outcome:
            return
        now = situation(self._desk.workspace, self._now.household.id)
        if now != self._now:
            self._now = now
            self.form.begin(now, self.form.way)
            self.retranslate()
        self.preview()

    def preview(self) -> None:
        """Draw the paper as it would be now."""
        from casemgr.reports.certificate import render_certificate

        now = self._now
        if now is None:
            return
        self._shown = show(self._desk.workspace, now, self.form.wanted())
        drawn = self._shown
        if self.form.way is Way.BLOCK and self.form.whole.isChecked() and drawn.content is not None:
            drawn = replace(drawn, content=replace(drawn.content, only_block=None))
        self.view.show_pdf(drawn.pdf(render_certificate))
        refusals = [problem.message for problem in self._shown.refusals]
        if not self._desk.may(Permission.ISSUE):
            refusals.append(_("You may look at certificates here, but not issue or print them."))
        self.form.doubts.show_doubts(refusals, self._shown.warnings)
        self.form.show_state(possible=not refusals, refused=bool(self._shown.refusals), number=self._next_number())
        self._say_state()

    def go(self) -> None:
        """Make the paper real and send it where it should go."""
        self._begin(printing=True)

    # ---- making

    def _begin(self, *, printing: bool) -> None:
        if self._job is not None or not self.form.go.isEnabled():
            return
        if self._delay.isActive():  # what is typed last counts
            self._delay.stop()
            self.preview()
        if not self.form.check() or not self.form.go.isEnabled():
            return
        if not printing:
            self._make(None, None)
            return
        order = self.form.target.order(max(1, self.view.page_count))
        if order is None:
            return
        self.form.target.remember()
        if self.form.target.to_file:
            ask_file(
                self,
                _("Save the paper as PDF"),
                _("PDF files") + " (*.pdf)",
                lambda path: self._make(order, path),
                name=self._file_name(),
                suffix="pdf",
            )
        else:
            self._make(order, None)

    def _make(self, order: PrintOrder | None, path: Path | None) -> None:
        from casemgr.reports.certificate import render_certificate

        now, wanted, standing = self._now, self.form.wanted(), self._now.standing if self._now else None
        if now is None or self._job is not None:
            return
        if wanted.way is Way.PRINT and standing is not None and order is not None:
            paper = Paper(standing.row.id, wanted.block_year)
            self._deliver(Run((paper,), order, path, self.form.reason, self._send), standing.row.number)
            return
        if wanted.way is Way.BLOCK and standing is not None and wanted.year is not None:
            job = self._desk.write(
                certificates.add_year_block,
                standing.row.id,
                year=wanted.year,
                confirmed_on=wanted.on,
                signatory_id=wanted.signatory,
                render=render_certificate,
            )
        elif wanted.way is Way.REISSUE and standing is not None:
            job = self._desk.write(
                certificates.reissue,
                standing.row.id,
                reason=self.form.reason,
                year=wanted.year,
                issued_on=wanted.on,
                signatory_id=wanted.signatory,
                render=render_certificate,
            )
        else:
            job = self._desk.write(
                certificates.issue,
                now.household.id,
                year=wanted.year,
                issued_on=wanted.on,
                signatory_id=wanted.signatory,
                render=render_certificate,
            )
        self._job = job
        self.form.setEnabled(False)
        job.succeeded.connect(lambda made: self._on_made(made, order, path))
        job.catch(ValidationError, self._on_refused)
        job.finished.connect(lambda: self._on_finished(job))

    def _on_made(self, made: IssuedView | BlockView, order: PrintOrder | None, path: Path | None) -> None:
        paper = Paper(made.id) if isinstance(made, IssuedView) else Paper(made.certificate_id, made.year)
        self.view.show_pdf(made.pdf)
        number = made.number
        self._job = None
        self.state.show_text(number, "ok")
        if order is None:
            self._run = Run((paper,), PrintOrder(""), None, "", self._send)
            self._tell(
                Told("ok", lambda: _("Issued: {number}").format(number=number), _later_words, again=_print_words)
            )
            return
        self._deliver(Run((paper,), order, path, "", self._send), number)

    def _on_refused(self, error: ValidationError) -> None:
        """The file changed meanwhile, or a date is impossible: the form says which."""
        others = [*self.form.main.mark(error.problems)]
        self.form.doubts.show_doubts([problem.message for problem in others], ())

    def _deliver(self, run: Run, number: str) -> None:
        self._run = run
        where = run.path.name if run.path is not None else run.order.printer
        title = _("Saving a certificate") if run.path is not None else _("Printing a certificate")
        job = self._desk.jobs.start(lambda progress: deliver(self._desk.workspace, run, progress), title=title)
        self._job = job
        issued = partial(self._issued_words, number)
        self._tell(Told("info", issued, lambda: _("Printing on {printer}…").format(printer=where), working=True))
        job.progressed.connect(self.outcome.show_progress)
        if run.path is not None:
            folder = run.path.parent
            done = Told(
                "ok", issued, lambda: _("Saved as {file} in the folder {folder}.").format(file=where, folder=folder)
            )
        else:
            copies = run.order.copies
            done = Told(
                "ok",
                issued,
                lambda: ngettext(
                    "Sent to {printer}, {copies} copy.", "Sent to {printer}, {copies} copies.", copies
                ).format(printer=where, copies=copies),
            )
        job.succeeded.connect(lambda _count: self._tell(done))
        job.cancelled.connect(
            lambda: self._tell(
                Told(
                    "near",
                    issued,
                    lambda: _("Printing was stopped. The paper is in the register and can be printed at any time."),
                    again=_print_words,
                )
            )
        )
        job.catch(AppError, lambda error: self._tell(Told("poor", issued, partial(_unprinted, error), _print_words)))
        job.finished.connect(lambda: self._on_finished(job))

    def _tell(self, told: Told) -> None:
        self.form.setEnabled(True)
        self._side.setCurrentWidget(self.outcome)
        self.outcome.tell(told)

    def _on_finished(self, job: Job) -> None:
        if self._job is job:
            self._job = None
        self.form.setEnabled(True)
        self.refresh()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_again(self) -> None:
        """The paper exists: choose where to print it."""
        if self._now is not None:
            self.show_household(self._now.household.id, Way.PRINT)

    def _on_back(self) -> None:
        if self._now is not None:
            self.open_requested.emit(Place("households", self._now.household.id))

    def _on_register(self) -> None:
        if self._run is not None:
            self.open_requested.emit(Place("certificates", self._run.papers[0].certificate))

    # ---- words

    def _issued_words(self, number: str) -> str:
        return _("Certificate {number}").format(number=number)

    def _next_number(self) -> str:
        wanted, shown = self.form.wanted(), self._shown
        if wanted.way not in (Way.ISSUE, Way.REISSUE) or wanted.on is None or shown is None or shown.content is None:
            return ""
        number = self._desk.workspace.read(certificates.next_number, wanted.on.year)
        return number_text(number, shown.content.symbol)

    def _file_name(self) -> str:
        code = self._now.household.code if self._now else ""
        return f"GCN-{code}.pdf"

    def _say_state(self) -> None:
        way, standing = self.form.way, self._now.standing if self._now else None
        if way is Way.PRINT and standing is not None:
            self.state.show_text(standing.row.number, "ok")
        elif way is Way.BLOCK:
            self.state.show_text(_("Not yet confirmed"), "near")
        else:
            self.state.show_text(_("Draft"), "near")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._side.currentWidget() is self.form:
            self.go()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say the words again."""
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back to the household (Esc)"))
        now = self._now
        if now is None:
            return
        view = now.household
        name = view.name or _("Household without members")
        self.name.setText(name)
        self.name.setToolTip(name)
        self.meta.setText(" · ".join(filter(None, (view.code, view.hamlet))))
        current = view.current_class
        if current is None:
            self.badge.show_text(_("Not yet reviewed"), "plain")
        else:
            words = _("{name} {year}").format(name=_(CLASS_LABELS[current.data.value]), year=current.data.year)
            self.badge.show_text(words, class_tone(current.data.value))


def _later_words() -> str:
    return _("It waits in the register and can be printed at any time.")


def _print_words() -> str:
    return _("Print it now…")


def _unprinted(error: AppError) -> str:
    return _("It was not printed: {reason} The paper keeps its number and can be printed again.").format(
        reason=str(error)
    )
