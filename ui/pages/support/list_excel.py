"""A distribution out to Excel and back: written, read beside the window, its differences shown, taken over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from casemgr.errors import AppError
from casemgr.i18n import _
from ui.desk import Desk
from ui.pages.support import papers
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.exchange.distributions import ReadDistribution
    from casemgr.jobs import Progress
    from casemgr.services.distributions import DistributionRow, DistributionView

_SHEETS: Final = "Excel (*.xlsx *.xlsm *.xls *.csv)"
Shown = Callable[[], "tuple[DistributionView, Sequence[DistributionRow]] | None"]
"""The list on show, with what is typed and not saved yet."""


class ListExcel(QObject):
    """`read` carries the name of the file and what it says; `refused` why it could not be read."""

    said = Signal(Notice)
    read = Signal(str, object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, shown: Shown) -> None:
        super().__init__(parent)
        self._desk, self._window, self._shown = desk, parent, shown

    def give_out(self) -> None:
        """Ask where to, and write the list there."""
        name = _("Pay-out list") + ".xlsx"
        ask_file(self._window, _("Export the list"), "Excel (*.xlsx)", self._write, name=name, suffix="xlsx")

    def take_in(self) -> None:
        """Ask which file came back, and read it."""
        ask_file(self._window, _("Take in the Excel file that came back"), _SHEETS, self._read)

    def _write(self, file: Path) -> None:
        shown, workspace = self._shown(), self._desk.workspace
        if shown is None:
            return
        view, rows = shown

        def work(_progress: Progress) -> Path:
            return papers.write_excel(workspace, file, view, rows)

        self._desk.jobs.start(work, title=_("Writing the list"), done=self._on_written)

    def _on_written(self, file: Path) -> None:
        self.said.emit(Notice(_("The list is in {file}.").format(file=file), "ok"))

    def _read(self, file: Path) -> None:
        shown = self._shown()
        if shown is None:
            return
        view, rows = shown

        def work(progress: Progress) -> ReadDistribution:
            return papers.read_excel(file, view, rows, progress)

        job = self._desk.jobs.start(work, title=_("Reading the file"), done=partial(self._on_read, file.name))
        job.catch(AppError, self.refused.emit)

    def _on_read(self, name: str, read: ReadDistribution) -> None:
        self.read.emit(name, read)
