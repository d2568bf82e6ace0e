"""The fourth step: what stands at the head of every paper, and who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout

from casemgr.i18n import _
from ui.office.letterhead import LetterheadPane
from ui.office.signatories import SignatoryLines
from ui.theme import spaced
from ui.translation import Says
from ui.wizard.step import Step

if TYPE_CHECKING:
    from casemgr.domain.offices import OfficeData, SignatoryData


class LetterheadStep(Step):
    """Proposed from the commune, corrected by the officer, seen as on paper."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stepLetterhead")
        self._commune = ""
        self.pane = LetterheadPane()
        self.signatories = SignatoryLines()
        head = QLabel()
        head.setProperty("class", "h2")
        Says(head, head.setText, lambda: _("Signatures"))
        layout = QVBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addWidget(self.pane)
        layout.addWidget(head)
        layout.addWidget(self.signatories)
        layout.addStretch()
        self.pane.form.changed.connect(self.changed)
        self._last = self.signatories.findChildren(QLineEdit)[-1]
        self._last.installEventFilter(self)
        self.pane.form.save_requested.connect(self.next_requested)

    def propose(self, office: OfficeData) -> None:
        """Another commune was chosen; what was typed for the same one stays."""
        if office.commune != self._commune:
            self._commune = office.commune
            self.pane.load(office)

    def lines(self) -> tuple[tuple[str, ...], str, str]:
        """Agency lines, place name, symbol."""
        form = self.pane.form
        return form.value("agency_lines"), form.value("place_name"), form.value("certificate_symbol")

    def people(self) -> tuple[SignatoryData, ...]:
        """Who signs."""
        return self.signatories.signatories()

    def title(self) -> str:
        """The heading."""
        return _("Letterhead and signatures")

    def text(self) -> str:
        """What is asked."""
        return _(
            "This stands on every paper, drawn below as it will be printed. Compare it with a paper of your office; "
            "all of it can be changed later, papers already issued keep theirs."
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the last field goes on to the next step."""
        pressed = watched is self._last and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_requested.emit()
            return True
        return bool(super().eventFilter(watched, event))

    def enter(self) -> None:
        """Begin typing."""
        self.pane.form.editor("agency_lines").widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> str:
        """The letterhead must be whole."""
        return "" if self.pane.form.check() else _("The letterhead is not complete.")
