"""The last step: the recovery sheet, printed or saved and proved before the first record is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from casemgr.i18n import _
from ui.office.sheet import RecoverySheet
from ui.theme import spaced, theme
from ui.wizard.step import Step

if TYPE_CHECKING:
    from casemgr.domain.recovery import RecoveryCode
    from ui.jobs import JobRunner


class RecoveryStep(Step):
    """Shows the sheet; one goes on only with it on paper."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.setObjectName("stepRecovery")
        self.sheet = RecoverySheet(jobs)
        self.sheet.setMinimumHeight(theme().px(210))
        self.sheet.ready_changed.connect(self.changed)
        self.sheet.confirmed.connect(self.next_requested)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.sheet, 1)

    def show_sheet(self, code: RecoveryCode, content: bytes) -> None:
        """The file was made: this is its sheet."""
        self.sheet.show_sheet(code, content)

    def title(self) -> str:
        """The heading."""
        return _("The recovery sheet")

    def text(self) -> str:
        """What is asked."""
        return _(
            "Print it twice: one for the safe of the chairman, one for the higher office, in sealed envelopes. "
            "It opens the file when every passphrase is lost, and it is shown only now."
        )

    def verb(self) -> str:
        """The next thing that happens."""
        return _("Open the window")

    def check(self) -> str:
        """The sheet must be on paper."""
        return self.sheet.why_not()
