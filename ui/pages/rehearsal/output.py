"""A trial out of the program: as an Excel file, and what is missing as a list to work off in each hamlet."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from casemgr.domain.rehearsal import Missing, Rehearsal
from casemgr.files import atomic_write
from casemgr.i18n import _, format_moment
from casemgr.jobs import Progress
from casemgr.services import survey_prints
from casemgr.services.entitlement_changes import ProgrammeEffect
from casemgr.services.survey_prints import TodoItem
from casemgr.workspace import Workspace
from ui.desk import Desk
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice
from ui.widgets.printing import PrintDialog, Printing, save_pdf


def write_excel(workspace: Workspace, found: Rehearsal, effects: Sequence[ProgrammeEffect], path: Path) -> None:
    """The matrix, the changes, what is missing and what happens to support, with who made it and when."""
    from casemgr.exchange.comparisons import rehearsal_workbook

    mark = _("Made by {who} at {time}").format(who=workspace.actor.name, time=format_moment(workspace.now))
    atomic_write(path, rehearsal_workbook(found, effects, mark=mark))


def draw_todo(workspace: Workspace, found: Rehearsal, lines: Sequence[Missing]) -> bytes:
    """What is missing, hamlet after hamlet, each on pages of its own."""
    from casemgr.reports.tables import OwnersMark
    from casemgr.reports.todo_list import render_todo_list

    items = [TodoItem(one.hamlet, one.code, one.head, tuple(map(found.name_of, one.codes))) for one in lines]
    today = workspace.now.astimezone().date()
    period = _("Trial of {title} ({id})").format(title=found.pack.title, id=found.pack.id)
    content = workspace.read(survey_prints.todo_list, items, today, period=period)
    return render_todo_list(content, OwnersMark(workspace.actor.name, workspace.now, _("preparing the review")))


class TrialOutput:
    """Asks where to, works as a job, tells the end."""

    def __init__(self, parent: QWidget, desk: Desk, tell: Callable[[Notice], object], printing: Printing) -> None:
        self._parent, self._desk, self._tell, self._printing = parent, desk, tell, printing

    def export(self, found: Rehearsal, effects: Sequence[ProgrammeEffect]) -> None:
        """An Excel file."""
        workspace = self._desk.workspace

        def write(path: Path) -> None:
            def work(_progress: Progress) -> None:
                write_excel(workspace, found, effects, path)

            job = self._desk.jobs.start(work, title=_("Writing the Excel file"))
            job.succeeded.connect(lambda _none: self._tell(Notice(_("Saved as {file}.").format(file=path), "ok")))

        ask_file(
            self._parent,
            _("Write the trial to Excel"),
            _("Excel files") + " (*.xlsx)",
            write,
            name=f"thu-chuan-{found.pack.id}.xlsx",
            suffix="xlsx",
        )

    def print(self, found: Rehearsal, lines: Sequence[Missing]) -> None:
        """The list of what is missing on paper, or as a PDF file."""
        workspace = self._desk.workspace
        job = self._desk.jobs.start(
            lambda _progress: draw_todo(workspace, found, lines), title=_("Drawing the to-do list")
        )
        job.succeeded.connect(lambda content: self._ask(content, found.pack.id))

    def _ask(self, content: bytes, pack: str) -> None:
        from ui.widgets.pdf_pages import PdfPages

        with PdfPages(content) as pages:
            dialog = PrintDialog(len(pages), self._parent, found=self._printing.names())
        dialog.finished.connect(lambda result: self._on_asked(dialog, result, content, pack))
        dialog.open()

    def _on_asked(self, dialog: PrintDialog, result: int, content: bytes, pack: str) -> None:
        if result == PrintDialog.TO_FILE:
            ask_file(
                self._parent,
                _("Save the to-do list as PDF"),
                _("PDF files") + " (*.pdf)",
                lambda path: self._save(content, path),
                name=f"viec-can-bo-sung-{pack}.pdf",
                suffix="pdf",
            )
        elif result == PrintDialog.DialogCode.Accepted:
            order = dialog.order()
            job = self._desk.jobs.start(
                lambda progress: self._printing.send(content, order, progress), title=_("Printing the to-do list")
            )
            job.succeeded.connect(
                lambda _pages: self._tell(Notice(_("Sent to {printer}.").format(printer=order.printer), "ok"))
            )
        dialog.deleteLater()

    def _save(self, content: bytes, path: Path) -> None:
        save_pdf(content, path)
        self._tell(Notice(_("Saved as {file}.").format(file=path), "ok"))
