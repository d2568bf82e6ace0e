"""Parts of the side: names with their words, and a row of verbs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import _
from ui.icons import icon
from ui.theme import spaced
from ui.translation import Says, Speaks
from ui.widgets.badge import Badge
from ui.widgets.chips import FlowLayout


class Facts(QWidget):
    """Names at the left, words at the right; empty ones are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        spaced(self._grid, spacing=5)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[QLabel] = []

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Replace what is shown."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for number, (name, words) in enumerate((name, words) for name, words in lines if words):
            left, right = QLabel(name), QLabel(words)
            left.setProperty("class", "small")
            right.setTextFormat(Qt.TextFormat.PlainText)
            right.setWordWrap(True)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(left, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(right, number, 1)
            self._labels += [left, right]


class SidePane(Speaks):
    """A title with a badge, verbs below it, then facts and whatever else is added to `body`; it scrolls."""

    closed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.title, self.meta = QLabel(), QLabel()
        self.title.setObjectName(f"{name}Title")
        self.title.setProperty("class", "h2")
        self.meta.setProperty("class", "soft")
        for label in (self.title, self.meta):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.close_button = QToolButton()
        self.close_button.setObjectName(f"{name}Close")
        self.close_button.setProperty("class", "flat")
        self.close_button.setIcon(icon("x"))
        self.close_button.clicked.connect(self.closed)
        Says(self.close_button, self.close_button.setAccessibleName, lambda: _("Close"))
        Says(self.close_button, self.close_button.setToolTip, lambda: _("Close (Esc)"))
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.badge = Badge()
        self.badge.setObjectName(f"{name}Badge")
        self.warning = QLabel()
        self.warning.setObjectName(f"{name}Warning")
        self.warning.setProperty("class", "problem")
        self.warning.setTextFormat(Qt.TextFormat.PlainText)
        self.warning.setWordWrap(True)
        self.warning.hide()
        self.verbs = QWidget()
        self._flow = FlowLayout(self.verbs)
        spaced(self._flow)
        self.facts = Facts()
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        spaced(self.body, margins=(2, 2, 10, 2), spacing=8)
        self.body.addLayout(head)
        for widget in (self.meta, self.badge, self.verbs, self.warning, self.facts):
            self.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if widget is self.badge else Qt.AlignmentFlag(0))
        area = QScrollArea()
        area.setObjectName(f"{name}Area")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(area)
        self._buttons: list[QPushButton] = []

    def finish(self) -> None:
        """Nothing more is added to the body."""
        self.body.addStretch(1)

    def add_verb(self, button: QPushButton) -> None:
        """A verb; the first visible one takes the focus."""
        self._flow.addWidget(button)
        self._buttons.append(button)

    def show_verbs(self, visible: Callable[[QPushButton], bool]) -> None:
        """Only these."""
        for button in self._buttons:
            button.setVisible(visible(button))
        self.verbs.setVisible(any(visible(button) for button in self._buttons))
        first = next((button for button in self._buttons if visible(button)), None)
        self.setFocusProxy(first)  # type: ignore[arg-type]  # None takes the proxy away

    def say_warning(self, lines: Sequence[str]) -> None:
        """What is to be looked at."""
        self.warning.setText("\n".join(lines))
        self.warning.setAccessibleName(_("To be looked at"))
        self.warning.setVisible(bool(lines))
