"""The page of imports: drop a list, look at what is doubtful, import it; nothing is written before."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.domain.reconciling import Reconciliation
from casemgr.errors import AppError, ValidationError
from casemgr.i18n import _, ngettext
from casemgr.jobs import Work
from casemgr.services import history, offices
from casemgr.services.imports import ImportChoices
from ui.actions import handles
from ui.desk import Desk
from ui.jobs import Job
from ui.page import Page
from ui.pages.imports import reading as lists
from ui.pages.imports.compare_pane import ComparePane
from ui.pages.imports.done_pane import DonePane
from ui.pages.imports.output import ImportOutput
from ui.pages.imports.reading import Applied, Reading
from ui.pages.imports.review_pane import ReviewPane
from ui.pages.imports.work_pane import WorkPane
from ui.places import Place
from ui.theme import spaced
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice

NAME: Final = "imports"
KINDS: Final = (".xlsx", ".xlsm", ".xls", ".csv")
"""The files this page reads."""
_BUSY_MS: Final = 300
"""Work that is over sooner shows no progress of its own."""


class ImportsPage(Page):
    """`Place` with a path in `text` reads that file; the wish "choose" asks for one."""

    tables = frozenset({"household", "household_class", "membership", "person", "hamlet", "decision"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("importsPage")
        self._path = Path()
        self._review: ReviewPane | None = None
        self._job: Job | None = None
        self._next: Callable[[Reading], Work[Reading]] | None = None
        self._applied: Applied | None = None
        self.start = EmptyState(
            "file-arrow-down",
            lambda: _("Import a list"),
            lambda: _(
                "Drop an Excel list (.xlsx, .xls) or a .csv file on the window. You see what would change before "
                "anything is written."
            ),
            (lambda: _("Choose a file…"),),
        )
        self.start.setObjectName("importStart")
        self.start.chosen.connect(lambda _number: self.choose())
        self.refused = EmptyState(
            "warning-circle", lambda: "", lambda: "", (lambda: _("Choose another file…"), lambda: _("Read it again"))
        )
        self.refused.setObjectName("importRefused")
        self.refused.chosen.connect(self._on_refused_choice)
        self.work, self.done = WorkPane(), DonePane()
        self.work.stop_requested.connect(self._on_stop)
        self.done.households_requested.connect(lambda: self.open_requested.emit(Place("households")))
        self.done.another_requested.connect(self._show_start)
        self.done.undo_requested.connect(self._on_undo)
        self.stack = QStackedWidget()
        self.stack.setObjectName("importStack")
        self.output = ImportOutput(self, desk, self.said.emit)
        self.compared = ComparePane()
        self.compared.closed.connect(self._leave_comparison)
        self.compared.again_requested.connect(self.compare)
        self.compared.excel_requested.connect(self._on_comparison)
        self.compared.household_requested.connect(lambda one: self.open_requested.emit(Place("households", one)))
        for widget in (self.start, self.refused, self.work, self.done, self.compared):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.stack)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_BUSY_MS)
        self._late.timeout.connect(self._show_work)
        self.retranslate()

    # ---- what the window asks

    def title(self) -> str:
        """The page's name."""
        return _("Import a list")

    def place(self) -> Place:
        """Always the page itself: a list is not read again by going back."""
        return Place(NAME)

    def show_place(self, place: Place) -> None:
        """Read a file, or ask for one."""
        if place.text:
            self.read(Path(place.text))
        elif place.wish == "choose" and self._review is None and self._job is None:
            self.choose()

    def refresh(self) -> None:
        """The file changed: the plan is made anew; a comparison says that it is older."""
        if self.stack.currentWidget() is self.compared:
            self.compared.show_stale()
        if self._review is not None and self.stack.currentWidget() is self._review:
            self._again(lambda now: lambda progress: lists.decide(self.desk.workspace, now, now.choices, progress))

    def can(self, action: str) -> bool:
        """Another file only while none is being read or imported."""
        return self._job is None if action == "file.import" else True

    @property
    def review(self) -> ReviewPane | None:
        """The list under review."""
        return self._review

    # ---- from a file to a review

    @handles("file.import")
    def choose(self) -> None:
        """Ask for a file."""
        patterns = " ".join(f"*{kind}" for kind in KINDS)
        ask_file(self, _("Choose a list"), _("Lists") + f" ({patterns})", self.read)

    def read(self, path: Path) -> None:
        """Read a file."""
        if not self.desk.may(Permission.IMPORT):
            self.said.emit(Notice(_("You may not import lists here."), "near"))
            return
        if self._job is not None:
            self.said.emit(Notice(_("Another list is being read. Stop it first, or wait."), "near"))
            return
        self._path = path
        self._end_review()
        job = self._begin(
            lambda progress: lists.read(self.desk.workspace, path, progress),
            _("Reading the list"),
            lambda: _("Reading {file}").format(file=path.name),
        )
        job.succeeded.connect(self._on_read)
        job.cancelled.connect(self._show_start)
        job.catch(AppError, self._on_refused)

    def _begin(self, work: Work[Any], title: str, words: Callable[[], str]) -> Job:
        self.work.begin(words)
        self._late.start()
        job = self.desk.jobs.start(work, title=title)
        self._job = job
        job.progressed.connect(self.work.show_progress)
        job.finished.connect(lambda: self._on_finished(job))
        self.state_changed.emit()
        return job

    def _show_work(self) -> None:
        if self._job is not None:
            self.stack.setCurrentWidget(self.work)
            self.work.stop.setFocus()

    def _show_start(self) -> None:
        self._late.stop()
        self._end_review()
        self.stack.setCurrentWidget(self.start)

    def _on_read(self, now: Reading) -> None:
        self._late.stop()
        review = self._review = ReviewPane()
        review.closed.connect(self._show_start)
        review.apply_requested.connect(self.apply)
        review.problems_requested.connect(self._on_problems)
        review.compare_requested.connect(self.compare)
        review.options.decided.connect(self._on_decided)
        review.options.answered.connect(self._on_answered)
        review.columns.changed.connect(self._on_column)
        review.plan.known_chosen.connect(self._on_known)
        review.plan.skip_toggled.connect(self._on_skip)
        review.plan.household_requested.connect(lambda one: self.open_requested.emit(Place("households", one)))
        self.stack.addWidget(review)
        self.stack.setCurrentWidget(review)
        review.begin(now, self.desk.workspace.read(offices.hamlets, active_only=True))

    def _on_refused(self, error: AppError) -> None:
        self._late.stop()
        words = str(error)
        self.refused.say(lambda: _("This file was not read"), lambda: words)
        self.stack.setCurrentWidget(self.refused)

    def _on_refused_choice(self, number: int) -> None:
        if number == 0:
            self.choose()
        else:
            self.read(self._path)

    def _end_review(self) -> None:
        review, self._review = self._review, None
        self._next = None
        if review is not None:
            self.stack.removeWidget(review)
            review.deleteLater()

    # ---- decisions

    def _again(self, work: Callable[[Reading], Work[Reading]]) -> None:
        """Plan anew; decisions made while that runs come together in the next round."""
        review = self._review
        if review is None or review.reading is None:
            return
        if self._job is not None:
            before = self._next
            self._next = work if before is None else _both(before, work)
            return
        job = self.desk.jobs.start(work(review.reading), title=_("Looking at the list again"))
        self._job = job
        review.set_busy(busy=True)
        job.succeeded.connect(self._on_planned)
        job.cancelled.connect(lambda: self._on_planned(review.reading))
        job.catch(ValidationError, lambda error: review.options.mark(error.problems))
        job.finished.connect(lambda: self._on_finished(job))

    def _on_planned(self, now: Reading | None) -> None:
        if self._review is not None and now is not None:
            self._review.show_reading(now, self.desk.workspace.read(offices.hamlets, active_only=True))

    def _on_finished(self, job: Job) -> None:
        self._late.stop()
        if self._job is not job:
            return
        self._job = None
        if self._review is not None:
            self._review.set_busy(busy=False)
            work, self._next = self._next, None
            if work is not None:
                self._again(work)
        self.state_changed.emit()

    def _on_decided(self, choices: ImportChoices) -> None:
        def merged(now: Reading) -> ImportChoices:
            return replace(choices, known=now.choices.known, skip=now.choices.skip)

        self._again(lambda now: lambda progress: lists.decide(self.desk.workspace, now, merged(now), progress))

    def _on_known(self, key: tuple[str, int, int], choice: str) -> None:
        def merged(now: Reading) -> ImportChoices:
            known = {each: value for each, value in now.choices.known.items() if each != key}
            return replace(now.choices, known={**known, key: choice} if choice else known)

        self._again(lambda now: lambda progress: lists.decide(self.desk.workspace, now, merged(now), progress))

    def _on_skip(self, sheet: str, row: int) -> None:
        def merged(now: Reading) -> ImportChoices:
            return replace(now.choices, skip=now.choices.skip ^ {(sheet, row)})

        self._again(lambda now: lambda progress: lists.decide(self.desk.workspace, now, merged(now), progress))

    def _on_answered(self, answers: frozenset[str]) -> None:
        self._again(
            lambda now: lambda progress: lists.understand(self.desk.workspace, now, now.tables, answers, progress)
        )

    def _on_column(self, sheet: str, column: int, field: str, encoding: str) -> None:
        self._again(
            lambda now: (
                lambda progress: lists.understand(
                    self.desk.workspace,
                    now,
                    lists.column_as(now, sheet, column, field, encoding),
                    now.answers,
                    progress,
                )
            )
        )

    # ---- the end

    def apply(self) -> None:
        """Import everything that is ready, as one step."""
        review = self._review
        now = review.reading if review is not None else None
        if review is None or now is None or self._job is not None or not now.ready:
            return
        job = self._begin(
            lambda progress: lists.apply(self.desk.workspace, now, progress),
            _("Importing the list"),
            lambda: ngettext("Importing {count} household", "Importing {count} households", now.ready).format(
                count=now.ready
            ),
        )
        review.set_busy(busy=True)
        job.succeeded.connect(self._on_applied)
        job.cancelled.connect(self._on_apply_stopped)
        job.catch(ValidationError, self._on_apply_refused)
        job.failed.connect(lambda _error: self._show_review())

    def compare(self) -> None:
        """Compare the list with the file; nothing is written."""
        review = self._review
        now = review.reading if review is not None else None
        if review is None or now is None or self._job is not None:
            return
        job = self._begin(
            lambda progress: lists.compare(self.desk.workspace, now, progress),
            _("Comparing the list with the file"),
            lambda: _("Comparing {file}").format(file=now.path.name),
        )
        review.set_busy(busy=True)
        job.succeeded.connect(self._on_compared)
        job.cancelled.connect(self._show_review)
        job.failed.connect(lambda _error: self._show_review())

    def _on_compared(self, found: Reconciliation) -> None:
        self._late.stop()
        self.stack.setCurrentWidget(self.compared)
        self.compared.show_comparison(found)

    def _on_comparison(self) -> None:
        if self.compared.found is not None:
            self.output.comparison(self.compared.found)

    def _leave_comparison(self) -> None:
        self._show_review()
        if self.compared.is_stale:
            self.refresh()

    def _show_review(self) -> None:
        self._late.stop()
        if self._review is not None:
            self.stack.setCurrentWidget(self._review)

    def _on_apply_stopped(self) -> None:
        self._show_review()
        self.said.emit(Notice(_("The import was stopped. Nothing was written.")))

    def _on_apply_refused(self, error: ValidationError) -> None:
        if self._review is not None:
            others = self._review.options.mark(error.problems)
            if others:
                self.said.emit(Notice("\n".join(problem.message for problem in others), "poor"))

    def _on_applied(self, applied: Applied) -> None:
        self._late.stop()
        self._applied = applied
        self._end_review()
        self.done.show_result(applied)
        self.stack.setCurrentWidget(self.done)
        self.done.open.setFocus()

    def _on_undo(self) -> None:
        if self._applied is None or self._applied.step is None:
            return
        self.done.set_busy(busy=True)
        job = self.desk.write(history.undo, self._applied.step)
        job.succeeded.connect(lambda _step: self.done.show_undone())
        job.failed.connect(lambda _error: self.done.set_busy(busy=False))

    def _on_problems(self) -> None:
        now = self._review.reading if self._review is not None else None
        if now is not None:
            self.output.problems(now)

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _both(
    first: Callable[[Reading], Work[Reading]], second: Callable[[Reading], Work[Reading]]
) -> Callable[[Reading], Work[Reading]]:
    """One after the other, in one job."""
    return lambda now: lambda progress: second(first(now)(progress))(progress)
