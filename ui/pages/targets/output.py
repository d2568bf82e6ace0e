"""Sheets of targets out of the program: as an Excel file, and on the shared pane as paper."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casemgr.i18n import _
from casemgr.jobs import Progress
from casemgr.services.target_sheets import TargetSheet
from ui.desk import Desk
from ui.paper_pane import Drawing
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice

MakeSheet = Callable[[], TargetSheet]
"""Reads the sheet; it runs in a job."""


def drawing(make: MakeSheet, title: Callable[[], str], name: str) -> Drawing:
    """A sheet as a paper that also knows its Excel file."""

    def render(progress: Progress) -> bytes:
        from casemgr.reports.targets import render_targets

        progress(0, 0, _("Drawing the paper"))
        return render_targets(make())

    return Drawing(title, str, name, render, lambda path: _write(make, path))


def _write(make: MakeSheet, path: Path) -> None:
    from casemgr.exchange.targets import write_targets

    write_targets(path, make())


class TargetOutput(QObject):
    """Asks where to, works as a job, tells the end."""

    def __init__(self, parent: QWidget, desk: Desk, tell: Callable[[Notice], object]) -> None:
        super().__init__(parent)
        self._parent, self._desk, self._tell = parent, desk, tell

    def export(self, make: MakeSheet, name: str) -> None:
        """An Excel file."""
        ask_file(
            self._parent,
            _("Save as an Excel file"),
            _("Excel files") + " (*.xlsx)",
            lambda path: self._export(make, path),
            name=f"{name}.xlsx",
            suffix="xlsx",
        )

    def _export(self, make: MakeSheet, path: Path) -> None:
        def write(progress: Progress) -> Path:
            progress(0, 0, _("Writing the Excel file"))
            _write(make, path)
            return path

        self._desk.jobs.start(
            write,
            title=_("Writing the Excel file"),
            done=lambda written: self._tell(Notice(_("Saved as {file}.").format(file=written), "ok")),
        )
