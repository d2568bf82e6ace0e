"""A topic of the page: what the page asks of every one of them."""

from pathlib import Path

from PySide6.QtCore import Signal

from casemgr.domain.permissions import Permission
from casemgr.i18n import _
from ui.desk import Desk
from ui.places import Place
from ui.translation import Speaks
from ui.widgets.message_bar import Notice


class Topic(Speaks):
    """Base of the topics; `refresh` reads again, `may_leave` asks about what is not saved."""

    said = Signal(Notice)
    place_requested = Signal(Place)

    kinds: tuple[str, ...] = ()
    """Files it takes when they are dropped on it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def refresh(self) -> None:
        """Read again and show."""

    def take(self, path: Path) -> None:
        """Read a file that was dropped or named."""

    def may_leave(self) -> bool:
        """Whether one may go away now."""
        return True

    def may_change(self) -> bool:
        """Whether the person may change standards here; says so when not."""
        if self.desk.may(Permission.SETTINGS):
            return True
        self.said.emit(Notice(_("You may read the standards, points and days off here, but not change them."), "near"))
        return False
