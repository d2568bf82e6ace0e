"""A file that was refused, with every reason in its line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
)

from casemgr.errors import AppError, ValidationError
from casemgr.i18n import N_, _, ngettext
from ui.models.rows import Column, RowsModel
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.sentences import SentenceTable, sentence

REASONS: Final = (Column[str]("reason", N_("What is wrong"), lambda row: row, 600),)


def reasons(error: AppError) -> tuple[str, ...]:
    """Every reason of a refusal as a line."""
    if isinstance(error, ValidationError):
        return tuple(problem.message for problem in error.problems)
    return (str(error),)


class RefusedPane(Speaks):
    """What was refused and why; another file can be chosen, or the same read again once it is corrected."""

    another_requested = Signal()
    again_requested = Signal()
    closed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Refused")
        self._file = ""
        self._reasons: Sequence[str] = ()
        self._title = sentence(f"{name}RefusedTitle", "h3")
        self._note = sentence(f"{name}RefusedNote", "soft")
        self.model: RowsModel[int, str] = RowsModel(REASONS, lambda ids: [self._reasons[each] for each in ids])
        self.table = SentenceTable(self.model, name=f"{name}RefusedTable")
        self.close_button, self.again, self.another = QPushButton(), QPushButton(), QPushButton()
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addStretch()
        for button, part, signal in (
            (self.close_button, "Close", self.closed),
            (self.again, "Again", self.again_requested),
            (self.another, "Another", self.another_requested),
        ):
            button.setObjectName(f"{name}Refused{part}")
            button.clicked.connect(signal)
            row.addWidget(button)
        self.another.setProperty("class", "primary")
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self._title)
        layout.addWidget(self._note)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self.retranslate()

    @property
    def reasons(self) -> Sequence[str]:
        """What is wrong, line by line."""
        return self._reasons

    def show_error(self, file: str, error: AppError) -> None:
        """Show a refusal."""
        self._file, self._reasons = file, reasons(error)
        self.model.set_ids(range(len(self._reasons)))
        self.table.go(0)
        self.retranslate()
        self.another.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say the words again."""
        self._title.setText(_("{file} was not accepted").format(file=self._file))
        count = len(self._reasons)
        self._note.setText(
            ngettext(
                "Nothing was changed. {count} thing is wrong; correct it at its source.",
                "Nothing was changed. {count} things are wrong; correct them at their source.",
                count,
            ).format(count=count)
        )
        self.table.setAccessibleName(_("What is wrong"))
        for button, words in (
            (self.close_button, _("Back")),
            (self.again, _("Read it again")),
            (self.another, _("Choose another file…")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
