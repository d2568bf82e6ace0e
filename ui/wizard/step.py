"""A step of the wizard: what every step must and may do for its frame."""

from PySide6.QtCore import Signal

from ui.translation import Speaks


class Step(Speaks):
    """Base of all steps. `enter` is called on arrival, `check` before going on; what was typed stays on Back."""

    next_requested = Signal()
    """Enter at the end of the step."""
    changed = Signal()
    """Something was typed or became possible."""

    def title(self) -> str:
        """The heading."""
        raise NotImplementedError

    def text(self) -> str:
        """One or two sentences: what is asked and why."""
        raise NotImplementedError

    def verb(self) -> str:
        """What the button that goes on says; "" for the usual word."""
        return ""

    def enter(self) -> None:
        """Arrive: show and focus."""

    def check(self) -> str:
        """Mark what is missing at its place; the sentence that sums it up, "" when one may go on."""
        return ""
