"""Waits for a household that is entered on another page, to take it back to the request that asked for it."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from casemgr.domain.households import household_code
from casemgr.services import households
from ui.desk import Desk


class Returning(QObject):
    """`look` after each change; `entered` carries the first household opened since `start`."""

    entered = Signal(UUID)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._next: int | None = None

    @property
    def waiting(self) -> bool:
        """Whether a household is awaited."""
        return self._next is not None

    def start(self) -> None:
        """From now on."""
        self._next = self._desk.workspace.read(households.next_number)

    def stop(self) -> None:
        """No longer."""
        self._next = None

    def look(self) -> None:
        """Whether it is there."""
        awaited = self._next
        if awaited is None or self._desk.workspace.read(households.next_number) <= awaited:
            return
        self._next = None
        self.entered.emit(self._desk.workspace.read(households.by_code, household_code(awaited)))
