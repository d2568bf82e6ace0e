"""The dossier of the open household, written as one PDF where the person says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemgr.files import atomic_write
from casemgr.i18n import _
from casemgr.services import dossiers
from ui.widgets.file_choice import ask_file
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from casemgr.jobs import Progress
    from ui.desk import Desk


def save_dossier(parent: QWidget, desk: Desk, household: UUID, code: str, say: Callable[[Notice], object]) -> None:
    """Ask for the file, then gather, draw and write it in a job."""

    def write(file: Path) -> None:
        def work(_progress: Progress) -> Path:
            from casemgr.reports.dossier import render_dossier  # loads ReportLab

            atomic_write(file, render_dossier(desk.workspace.read(dossiers.dossier, household)))
            return file

        def done(written: Path) -> None:
            say(Notice(_("Saved as {file}.").format(file=written), "ok"))

        desk.jobs.start(work, title=_("Putting the dossier together"), done=done)

    kinds = _("PDF files") + " (*.pdf)"
    ask_file(parent, _("Dossier as a PDF"), kinds, write, name=f"{code}.pdf", suffix="pdf")
