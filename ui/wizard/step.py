"""A step of the wizard: what every step must and may do for its frame."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from ui.theme import sized, spaced
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


class StepList(QFrame):
    """The names of all steps at the left, the one on show in bold."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.setProperty("class", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        sized(self, width=216)
        column = QVBoxLayout(self)
        spaced(column, margins=(20, 24, 16, 20), spacing=10)
        self._names = [QLabel() for _number in range(count)]
        for number, label in enumerate(self._names):
            label.setObjectName(f"stepName{number}")
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch()

    def show_steps(self, titles: Sequence[str], here: int) -> None:
        """Say the names; `here` is -1 when none of them is on show."""
        for number, (label, words) in enumerate(zip(self._names, titles, strict=True)):
            label.setText(f"{number + 1}.  {words}")
            label.setProperty("class", "strong" if number == here else "soft")
            label.style().unpolish(label)
            label.style().polish(label)
