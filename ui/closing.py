"""The end of a working day: a verified backup, told while it is made, before the window goes."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from casemgr.errors import AppError
from casemgr.i18n import _
from casemgr.jobs import Progress
from casemgr.services import backup
from ui.desk import Desk
from ui.questions import Answer, ask


class Closing(QObject):
    """Makes the backup; `ended` carries whether the program may close now."""

    ended = Signal(bool)

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._refused: AppError | None = None
        self._made = False

    def begin(self) -> None:
        """Back up what changed since the last backup, as a job."""
        self._refused, self._made = None, False
        second = self._desk.settings.second_backup
        workspace = self._desk.workspace

        def work(progress: Progress) -> backup.BackupInfo | None:
            return backup.back_up_changes(workspace, second=Path(second) if second else None, progress=progress)

        job = self._desk.jobs.start(work, title=_("Backing up before closing"))
        job.succeeded.connect(self._on_made)
        job.catch(AppError, self._on_refused)
        job.finished.connect(self._on_finished)

    def _on_made(self, info: backup.BackupInfo | None) -> None:
        self._made = True
        if info is not None and info.problems:
            self._refused = AppError("\n".join(info.problems))

    def _on_refused(self, error: AppError) -> None:
        self._refused = error

    def _on_finished(self) -> None:
        if self._made and self._refused is None:
            self.ended.emit(True)
            return
        reason = str(self._refused) if self._refused is not None else _("The backup was stopped.")
        if self._made:
            title = _("The second place got no copy")
            text = _("{reason} The backup on this computer is made and verified.").format(reason=reason)
        else:
            title = _("The backup could not be made")
            text = _("{reason} Your data is saved in the case file all the same.").format(reason=reason)
        answer = ask(
            self._window,
            title,
            text,
            (
                Answer("stay", _("Stay in the program")),
                Answer("close", _("Close all the same") if self._made else _("Close without a backup")),
                Answer("again", _("Try again"), "primary"),
            ),
        )
        if answer == "again":
            self.begin()
        else:
            self.ended.emit(answer == "close")
