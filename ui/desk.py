"""What a page is given: the open file, the runner of jobs, the preferences, and the news of what changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from casemgr import settings as preferences
from casemgr.domain.permissions import Permission, Role, allows
from casemgr.jobs import Progress
from casemgr.settings import Settings
from ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from casemgr.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")

_READING = (Permission.READ, Permission.EXPORT, Permission.SEE_BALANCES)
"""What remains where the file cannot be written."""


class Desk(QObject):
    """Handed to every page; `changed` carries the names of the tables a write touched."""

    changed = Signal(frozenset)
    settings_changed = Signal()
    _touched = Signal(object)

    def __init__(
        self, workspace: Workspace, jobs: JobRunner, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.jobs = jobs
        self.settings = settings
        self._touched.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        workspace.on_change(self._touched.emit)

    def write(self, use_case: Callable[Concatenate[Any, P], R], *args: P.args, **kwargs: P.kwargs) -> Job:
        """Run a writing use case as a job; connect `succeeded` and `catch` the failures that concern the page."""

        def work(progress: Progress) -> R:
            return self.workspace.write(use_case, *args, **kwargs)

        return self.jobs.start(work)

    def may(self, permission: Permission) -> bool:
        """Whether the signed-in person may do it here."""
        if self.workspace.read_only and permission not in _READING:
            return False
        return allows(Role(self.workspace.actor.role), permission)

    def prefer(self, **changes: str | int | Mapping[str, tuple[str, ...]]) -> None:
        """Change preferences of this machine and keep them."""
        self.settings = dataclasses.replace(self.settings, **changes)  # type: ignore[arg-type]  # each setting has its own kind
        preferences.save(self.settings)
        self.settings_changed.emit()
