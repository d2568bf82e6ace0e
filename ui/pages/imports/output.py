"""What leaves the page of imports as an Excel file: the problems of a list, and its comparison with the file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from casemgr.domain.reconciling import Reconciliation
from casemgr.i18n import _, ngettext
from ui.desk import Desk
from ui.pages.imports import reading as lists
from ui.pages.imports.reading import Reading
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice


class ImportOutput:
    """Asks where to, works as a job, tells the end."""

    def __init__(self, parent: QWidget, desk: Desk, tell: Callable[[Notice], object]) -> None:
        self._parent, self._desk, self._tell = parent, desk, tell

    def problems(self, now: Reading) -> None:
        """The list again with a comment on each bad cell."""
        self._ask(
            _("Write the problems to Excel"),
            _("{list}-problems.xlsx").format(list=now.path.stem),
            lambda path: lists.save_problems(now, path),
            lambda count: ngettext("{count} remark written: {file}", "{count} remarks written: {file}", count),
        )

    def comparison(self, found: Reconciliation) -> None:
        """What differs, one sheet for each side."""
        workspace = self._desk.workspace
        self._ask(
            _("Write the differences to Excel"),
            _("comparison.xlsx"),
            lambda path: lists.save_comparison(workspace, found, path),
            lambda count: ngettext("{count} household written: {file}", "{count} households written: {file}", count),
        )

    def _ask(self, title: str, name: str, save: Callable[[Path], int], words: Callable[[int], str]) -> None:
        def write(path: Path) -> None:
            job = self._desk.jobs.start(lambda _progress: save(path), title=_("Writing the Excel file"))
            job.succeeded.connect(lambda count: self._tell(Notice(words(count).format(count=count, file=path), "ok")))

        ask_file(self._parent, title, _("Excel files") + " (*.xlsx)", write, name=name, suffix="xlsx")
