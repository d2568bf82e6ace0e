"""A topic of the page: what the page asks of every one of them."""

from PySide6.QtCore import Signal

from ui.desk import Desk
from ui.places import Place
from ui.translation import Speaks
from ui.widgets.message_bar import Notice


class Topic(Speaks):
    """Base of the topics; `refresh` reads again, `may_leave` asks about what is not saved."""

    said = Signal(Notice)
    place_requested = Signal(Place)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def refresh(self) -> None:
        """Read again and show."""

    def may_leave(self) -> bool:
        """Whether one may go away now."""
        return True
