"""A page: one screen of the program. Everything a page must and may do for the window stands here."""

from PySide6.QtCore import Qt, Signal

from ui.desk import Desk
from ui.places import Place
from ui.translation import Speaks
from ui.widgets.message_bar import Notice


class Page(Speaks):
    """Base of all pages.

    `__init__` builds widgets, connects, and ends with `self.retranslate()`; `refresh()` reads and shows. The window
    calls `show_place` on arrival, then `refresh` after every write that touched one of `tables`. Methods marked
    `@handles("action.id")` (ui/actions.py) are menu entries, shortcuts and commands while the page is visible.
    """

    open_requested = Signal(Place)
    """Go there (the window asks `leave` first and keeps history)."""
    said = Signal(Notice)
    """Show this in the message bar."""
    handover_requested = Signal(object)
    """Do this with the case file closed (a `ui.handover.Handover`)."""
    counted = Signal(int)
    """How many things wait here; the number stands beside the section's name, 0 shows none."""
    state_changed = Signal()
    """What the page `can` do changed: actions are enabled anew."""

    tables: frozenset[str] = frozenset()
    """Names of the tables whose changes concern the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("class", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def title(self) -> str:
        """The page's name for the window title and history; never a person's name."""
        return ""

    def place(self) -> Place | None:
        """Where the page is now, for history; None = not worth coming back to."""
        return None

    def show_place(self, place: Place) -> None:
        """The window arrives here."""

    def refresh(self) -> None:
        """Read again and show."""

    def leave(self) -> bool:
        """Whether one may go away now; a page with unsaved work asks first."""
        return True

    def can(self, action: str) -> bool:
        """Whether a handled action makes sense at this moment."""
        return True
