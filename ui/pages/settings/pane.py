"""A topic of the settings: what the page asks of every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.translation import Speaks
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from ui.desk import Desk


class Pane(Speaks):
    """Base of all topics; `refresh` reads again, `may_leave` asks about what is not saved."""

    said = Signal(Notice)
    handover_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def refresh(self) -> None:
        """Read again and show, unless something is being edited."""

    def may_leave(self) -> bool:
        """Whether one may go away now."""
        return True
