"""A report out of the program: as an Excel file, and on the shared pane as paper; always through the same sheet."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.services import statistic_sheets
from casemgr.services.statistics import Figures
from casemgr.workspace import Workspace
from ui.desk import Desk
from ui.paper_pane import Drawing
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice


def file_name(found: Figures) -> str:
    """The name a file is offered under: no person's name in it."""
    return f"bieu-{int(found.form.number):02d}-{found.form.slug}"


def drawing(workspace: Workspace, found: Figures) -> Drawing:
    """The report as a paper that also knows its Excel file."""

    def render(progress: Progress) -> bytes:
        from casemgr.reports.statistics import render_statistics

        progress(0, 0, _("Drawing the report"))
        return render_statistics(_sheet(workspace, found))

    return Drawing(
        lambda: f"{found.form.number}. {found.form.short}",
        str,
        file_name(found),
        render,
        lambda path: write_excel(workspace, found, path),
    )


def write_excel(workspace: Workspace, found: Figures, path: Path, progress: Progress = silent) -> Path:
    """The report as an Excel file."""
    from casemgr.exchange.statistics import write_statistics

    progress(0, 0, _("Writing the Excel file"))
    write_statistics(path, _sheet(workspace, found))
    return path


def _sheet(workspace: Workspace, found: Figures) -> statistic_sheets.Sheet:
    return workspace.read(statistic_sheets.sheet, found)


class ReportOutput(QObject):
    """Asks where to, works as a job, tells the end."""

    def __init__(self, parent: QWidget, desk: Desk, tell: Callable[[Notice], object]) -> None:
        super().__init__(parent)
        self._parent, self._desk, self._tell = parent, desk, tell

    def export(self, found: Figures) -> None:
        """An Excel file."""
        ask_file(
            self._parent,
            _("Save the report as an Excel file"),
            _("Excel files") + " (*.xlsx)",
            lambda path: self._write(found, path),
            name=f"{file_name(found)}.xlsx",
            suffix="xlsx",
        )

    def _write(self, found: Figures, path: Path) -> None:
        workspace = self._desk.workspace
        self._desk.jobs.start(
            lambda progress: write_excel(workspace, found, path, progress),
            title=_("Writing the Excel file"),
            done=lambda written: self._tell(Notice(_("Saved as {file}.").format(file=written), "ok")),
        )
