"""Certificates of many households: the list first, then issued together, then printed with a stop and a resume."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedWidget, QToolButton, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.errors import AppError, ValidationError
from casemgr.i18n import _, format_number, ngettext
from casemgr.jobs import Progress
from casemgr.services import certificate_register, certificates
from casemgr.services.certificates import IssuedView
from ui.desk import Desk
from ui.icons import icon
from ui.jobs import Job
from ui.pages.certificates.batch_form import BatchForm
from ui.pages.certificates.batch_list import Checked, check
from ui.pages.certificates.batch_tables import BatchTables
from ui.pages.certificates.delivery import Paper, Run, deliver
from ui.pages.certificates.outcome import Outcome, Told
from ui.pages.certificates.ways import show, situation
from ui.places import Place
from ui.theme import sized, spaced, theme
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.file_choice import ask_file
from ui.widgets.pdf_view import PdfView
from ui.widgets.printing import SYSTEM, Printing, PrintOrder

FORM_WIDTH: Final = 300
PREVIEW_FROM: Final = 940
_PAUSE_MS: Final = 150


class BatchPane(Speaks):
    """First who is ready, then the papers."""

    closed = Signal()
    open_requested = Signal(Place)

    def __init__(self, desk: Desk, printing: Printing = SYSTEM) -> None:
        super().__init__()
        self.setObjectName("batchPane")
        self._desk, self._send = desk, printing.send
        self._households: tuple[UUID, ...] = ()
        self._checked: Checked | None = None
        self._run: Run | None = None
        self._job: Job | None = None
        self._printing = False
        self._block_year: int | None = None
        self._delay, self._recheck = QTimer(self), QTimer(self)
        for timer, act in ((self._delay, self._preview), (self._recheck, self._check)):
            timer.setSingleShot(True)
            timer.setInterval(_PAUSE_MS)
            timer.timeout.connect(act)
        self.back = QToolButton()
        self.back.setObjectName("batchBack")
        self.back.setProperty("class", "flat")
        self.back.setIcon(icon("arrow-left"))
        self.back.clicked.connect(self.closed)
        self.heading, self.meta = QLabel(), QLabel()
        self.heading.setObjectName("batchTitle")
        self.heading.setProperty("class", "h1")
        self.meta.setObjectName("batchMeta")
        self.meta.setProperty("class", "soft")
        self.tables = BatchTables(desk)
        self.tables.moved.connect(self._delay.start)
        self.tables.go_requested.connect(self.go)
        self.tables.opened.connect(lambda one: self.open_requested.emit(Place("households", one)))
        self.view = PdfView()
        self.form = BatchForm(desk, printing)
        self.form.go_requested.connect(self.go)
        self.form.only_requested.connect(lambda: self._begin(printing=False))
        self.form.changed.connect(self._recheck_soon)
        self.outcome = Outcome("batchOutcome")
        self.outcome.back_requested.connect(self._on_back)
        self.outcome.again_requested.connect(self._on_again)
        self.outcome.register_requested.connect(lambda: self.open_requested.emit(Place("certificates")))
        self.outcome.stop_requested.connect(self._on_stop)
        self._side = QStackedWidget()
        self._side.setObjectName("batchSide")
        self._side.addWidget(self.form)
        self._side.addWidget(self.outcome)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.heading)
        words.addWidget(self.meta)
        head = QHBoxLayout()
        spaced(head, spacing=10)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        self._middle = middle = Card(margin=1)
        side = Card(margin=12)
        middle.add(self.view, 1)
        side.add(self._side, 1)
        sized(side, width=FORM_WIDTH)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setObjectName("batchSplitter")
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(8)
        for pane, stretch in ((self.tables, 5), (middle, 4)):
            panes.addWidget(pane)
            panes.setStretchFactor(panes.count() - 1, stretch)
        body = QHBoxLayout()
        spaced(body, spacing=8)
        body.addWidget(panes, 1)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    # ---- what the page uses

    @property
    def busy(self) -> bool:
        """Whether papers are being made or printed."""
        return self._job is not None

    def begin(self, selection: Sequence[UUID]) -> None:
        """Look at a selection of households."""
        self._households, self._checked, self._run = tuple(selection), None, None
        self._start(printing=False)
        self.tables.show_households(self._households, None)
        self._check()

    def begin_printing(self, papers: Sequence[UUID], *, block_year: int | None = None) -> None:
        """Print certificates that are issued, or only the block of a later year on each."""
        self._block_year = block_year
        self._run = Run(tuple(Paper(one, block_year) for one in papers), PrintOrder(""), send=self._send)
        self._start(printing=True)
        self.tables.show_papers(tuple(papers))
        self._show_papers()

    def refresh(self) -> None:
        """Something changed in the file."""
        if self._printing:
            self.tables.papers.reload()
            if not self.busy:
                self._show_papers()
        elif not self.busy and self._households:
            self._check()

    def go(self) -> None:
        """Issue those that are ready and print them, or print what is left."""
        self._begin(printing=True)

    # ---- looking

    def _start(self, *, printing: bool) -> None:
        self._printing = printing
        self.form.begin(printing=printing)
        self._side.setCurrentWidget(self.form)
        self.retranslate()

    def _recheck_soon(self) -> None:
        self._recheck.start()

    def _check(self) -> None:
        if self._job is not None:
            return
        self._recheck.stop()
        wanted, ids = self.form.wanted(), self._households
        self.form.show_state(0, possible=False)

        def work(progress: Progress) -> Checked:
            return check(self._desk.workspace, ids, wanted, progress)

        job = self._desk.jobs.start(work, title=_("Looking at the households"))
        self._job = job
        self.retranslate()
        job.succeeded.connect(self._on_checked)
        job.catch(ValidationError, lambda error: self.form.main.mark(error.problems))
        job.finished.connect(lambda: self._on_finished(job))

    def _on_checked(self, checked: Checked) -> None:
        self._checked = checked
        self.tables.show_households(self._households, checked)
        self.form.show_state(len(checked.ready), possible=self._desk.may(Permission.ISSUE))
        if self._side.currentWidget() is self.form:
            self.form.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_papers(self) -> None:
        left = [paper.certificate for paper in self._run.left] if self._run else []
        if self._block_year is None:
            again = any(row.prints for row in self._desk.workspace.read(certificate_register.rows, left))
        else:
            prints = self._desk.workspace.read(certificate_register.block_prints, left, self._block_year)
            again = any(prints.values())
        self.form.show_state(
            len(left),
            possible=self._desk.may(Permission.ISSUE),
            needs_reason=again,
            blocks=self._block_year is not None,
        )
        self.retranslate()
        self.form.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _preview(self) -> None:
        from casemgr.reports.certificate import render_certificate

        current = self.tables.current()
        if current is None:
            self.view.show_pdf(None)
            return
        if self._printing:
            content = self._desk.workspace.read(certificate_register.pdf, current, block_year=self._block_year)
            self.view.show_pdf(content)
            return
        shown = show(self._desk.workspace, situation(self._desk.workspace, current), self.form.wanted())
        self.view.show_pdf(shown.pdf(render_certificate))
        self.tables.doubts.show_doubts([problem.message for problem in shown.refusals], shown.warnings)

    # ---- making

    def _begin(self, *, printing: bool) -> None:
        if self._job is not None or not self.form.go.isEnabled() or not self.form.check():
            return
        if self._recheck.isActive():  # another date was typed just now: look again first
            self._check()
            return
        if not printing:
            self._make(None, None)
            return
        order = self.form.target.order(1)
        if order is None:
            return
        self.form.target.remember()
        if self.form.target.to_file:
            ask_file(
                self,
                _("Save the papers as PDF"),
                _("PDF files") + " (*.pdf)",
                lambda path: self._make(order, path),
                name="GCN.pdf",
                suffix="pdf",
            )
        else:
            self._make(order, None)

    def _make(self, order: PrintOrder | None, path: Path | None) -> None:
        if self._printing and self._run is not None and order is not None:
            self._run.order, self._run.path, self._run.reason = order, path, self.form.reason
            self._deliver(self._run)
            return
        if self._checked is None:
            return
        from casemgr.reports.certificate import render_certificate

        ready, wanted, workspace = self._checked.ready, self.form.wanted(), self._desk.workspace

        def work(progress: Progress) -> list[IssuedView]:
            return workspace.write(
                certificates.issue_batch,
                ready,
                year=wanted.year,
                issued_on=wanted.on,
                signatory_id=wanted.signatory,
                render=render_certificate,
                progress=progress,
            )

        self._watch(
            self._desk.jobs.start(work, title=_("Issuing certificates")),
            Told("info", lambda: _("Issuing certificates"), lambda: "", working=True),
            Told(
                "near",
                lambda: _("Stopped"),
                lambda: _("No certificate was issued and no number was used."),
                again=lambda: _("Begin again"),
                back=lambda: _("Back to the list"),
            ),
        ).succeeded.connect(lambda issued: self._on_issued(issued, order, path))

    def _on_issued(self, issued: Sequence[IssuedView], order: PrintOrder | None, path: Path | None) -> None:
        self._job = None
        self.begin_printing([paper.id for paper in issued])
        if order is not None and self._run is not None:
            self._run.order, self._run.path = order, path
            self._deliver(self._run)

    def _deliver(self, run: Run) -> None:
        title = _("Saving certificates") if run.path is not None else _("Printing certificates")
        job = self._desk.jobs.start(lambda progress: deliver(self._desk.workspace, run, progress), title=title)
        self._watch(
            job,
            Told("info", lambda: _("Printing certificates"), lambda: "", working=True),
            Told("near", lambda: _("Printing was stopped"), self._done_words, again=self._rest_words, back=_back_words),
        )
        done = Told("ok", lambda: _("All papers are out"), self._done_words, back=_back_words)
        job.succeeded.connect(lambda _count: self._tell(done))
        job.catch(
            AppError,
            lambda error: self._tell(
                Told("poor", lambda: str(error), self._done_words, again=self._rest_words, back=_back_words)
            ),
        )

    def _watch(self, job: Job, working: Told, stopped: Told) -> Job:
        self._job = job
        self._tell(working)
        job.progressed.connect(self.outcome.show_progress)
        job.cancelled.connect(lambda: self._tell(stopped))
        job.finished.connect(lambda: self._on_finished(job))
        return job

    def _tell(self, told: Told) -> None:
        self._side.setCurrentWidget(self.outcome)
        self.outcome.tell(told)

    def _on_finished(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            if self._side.currentWidget() is self.outcome and self.outcome.stop.isVisibleTo(self.outcome):
                self._side.setCurrentWidget(self.form)  # it failed in a way the message bar tells
        self.retranslate()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_again(self) -> None:
        self._side.setCurrentWidget(self.form)
        if self._printing:
            self._show_papers()
        else:
            self._check()

    def _on_back(self) -> None:
        self.open_requested.emit(Place("households") if self._households else Place("certificates"))

    # ---- words

    def _done_words(self) -> str:
        run = self._run
        if run is None:
            return ""
        return _("{done} of {total} papers are out.").format(
            done=format_number(len(run.done)), total=format_number(len(run.papers))
        )

    def _rest_words(self) -> str:
        left = len(self._run.left) if self._run else 0
        return ngettext("Go on with {count} paper…", "Go on with {count} papers…", left).format(count=left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the list comes before the preview."""
        super().resizeEvent(event)
        self._middle.setVisible(self.width() >= theme().px(PREVIEW_FROM))

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
        self.back.setToolTip(_("Back (Esc)"))
        if self._printing:
            count = len(self.tables.papers.ids)
            words = (
                ngettext("Print {count} certificate", "Print {count} certificates", count)
                if self._block_year is None
                else ngettext(
                    "Print the part of {year} on {count} certificate",
                    "Print the part of {year} on {count} certificates",
                    count,
                )
            )
            self.heading.setText(words.format(count=count, year=self._block_year))
            self.meta.setText(self._done_words())
            return
        count = len(self._households)
        self.heading.setText(
            ngettext("Certificates of {count} household", "Certificates of {count} households", count).format(
                count=format_number(count)
            )
        )
        if self._checked is None:
            self.meta.setText(_("Looking who can get a certificate…"))
        else:
            ready, refused = len(self._checked.ready), len(self._checked.refused)
            self.meta.setText(
                _("{ready} ready, {refused} refused").format(ready=format_number(ready), refused=format_number(refused))
            )


def _back_words() -> str:
    return _("Back to the list")
