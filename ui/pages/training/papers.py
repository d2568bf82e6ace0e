"""Papers of training as drawings, and lists as Excel files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casemgr.i18n import N_, _, ngettext
from casemgr.jobs import Progress
from casemgr.services import training_papers, training_sheets
from casemgr.services.training_lists import CLASS_LIST, DECISION_LIST, SUPPORT_LIST
from casemgr.services.training_papers import CONFIRMATION, INTRODUCTION, REQUEST
from ui.paper_pane import Drawing
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from casemgr.services.office_papers import IssuedPaper
    from casemgr.services.training_sheets import TrainingSheet
    from casemgr.workspace import Workspace
    from ui.record_topic import Topic

NAMES: Final = {
    REQUEST: N_("Request to be trained"),
    CONFIRMATION: N_("Confirmation of the course"),
    INTRODUCTION: N_("Introduction to an employer"),
    CLASS_LIST: N_("List of the class"),
    SUPPORT_LIST: N_("Support list of the class"),
    DECISION_LIST: N_("List for the decision"),
}


def paper_of(workspace: Workspace, code: str, learner: UUID, on: date, **more: str | date | None) -> Drawing:
    """A paper of a learner as it would be issued that day."""

    def draw(_progress: Progress) -> bytes:
        from casemgr.reports.office_papers import render_paper

        return render_paper(workspace.read(training_papers.content, code, learner, on, **more))

    return Drawing(lambda: _(NAMES[code]), _note, _file(code), draw)


def issued(paper: IssuedPaper, code: str) -> Drawing:
    """A paper that has its number and stays as it is."""
    told = _("Number {number}, kept on file").format(number=paper.number)
    return Drawing(lambda: _(NAMES[code]), lambda: told, _file(code), lambda _progress: paper.pdf)


def list_of(workspace: Workspace, code: str, course: UUID, on: date) -> Drawing:
    """A list of a class."""

    def draw(_progress: Progress) -> bytes:
        from casemgr.reports.office_papers import render_paper

        return render_paper(workspace.read(training_papers.list_content, code, on, course_id=course))

    def excel(path: Path) -> None:
        _write(path, workspace.read(training_sheets.support_sheet, course))

    return Drawing(lambda: _(NAMES[code]), _note, _file(code), draw, excel if code == SUPPORT_LIST else None)


def decision_of(workspace: Workspace, learners: Sequence[UUID], on: date) -> Drawing:
    """The list a decision approves."""

    def draw(_progress: Progress) -> bytes:
        from casemgr.reports.office_papers import render_paper

        return render_paper(workspace.read(training_papers.decision_content, learners, on))

    def note() -> str:
        return ngettext("{count} learner", "{count} learners", len(learners)).format(count=len(learners))

    return Drawing(lambda: _(NAMES[DECISION_LIST]), note, _file(DECISION_LIST), draw)


def ask_excel(topic: Topic, read: Callable[[], TrainingSheet], name: str) -> None:
    """Ask where, then write a list as an Excel file."""

    def write(path: Path) -> None:
        def work(progress: Progress) -> Path:
            progress(0, 0, _("Writing the Excel file"))
            _write(path, read())
            return path

        topic.desk.jobs.start(
            work,
            title=_("Writing the Excel file"),
            done=lambda written: topic.said.emit(Notice(_("Saved as {file}.").format(file=written), "ok")),
        )

    kinds = _("Excel files") + " (*.xlsx)"
    ask_file(topic, _("Save as an Excel file"), kinds, write, name=f"{name}.xlsx", suffix="xlsx")


def _write(path: Path, sheet: TrainingSheet) -> None:
    from casemgr.exchange.tables import write_table  # loads the writer of Excel files

    write_table(path, sheet.columns, sheet.rows, title=sheet.title)


def _note() -> str:
    return _("Filled in from the file; dots stand for what is written by hand")


def _file(code: str) -> str:
    return code.removeprefix("case_").replace("_", "-")
