"""A few fields and one verb: what an action needs to know, asked in place."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from casemgr.errors import ValidationError
from casemgr.i18n import _
from ui.forms import Field, Form
from ui.jobs import Job
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card


class VerbCard(Card):
    """`submit(values)` starts the job; `done` when it succeeded, `closed` when there is nothing more to ask."""

    done = Signal()
    closed = Signal()

    def __init__(
        self,
        title: Callable[[], str],
        verb: Callable[[], str],
        fields: Sequence[Field],
        submit: Callable[[Mapping[str, object]], Job],
        *,
        name: str,
        columns: int = 1,
    ) -> None:
        super().__init__(title, margin=10)
        self.setObjectName(f"{name}Card")
        self._submit = submit
        self._focus: QWidget | None = None
        self.form = Form(fields, name=name, columns=columns)
        self.form.saves_at_end = True
        self.problem = QLabel()
        self.problem.setObjectName(f"{name}Problem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.go, self.cancel = QPushButton(), QPushButton()
        self.go.setObjectName(f"{name}Go")
        self.go.setProperty("class", "primary")
        self.cancel.setObjectName(f"{name}Cancel")
        for button, words in ((self.go, verb), (self.cancel, lambda: _("Close"))):
            button.setAutoDefault(True)
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
        self.go.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        self.form.save_requested.connect(self.submit)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        self.add(self.form)
        self.add(self.problem)
        self.add(row)

    def begin(self, values: Mapping[str, object]) -> None:
        """Ask, with these values to start from."""
        self.form.load(values)
        self.problem.hide()
        self._set_busy(busy=False)
        self.show()
        self.form.focus_first()

    def submit(self) -> None:
        """Do it unless something is missing."""
        if not self.go.isEnabled() or not self.form.check():
            return
        self._set_busy(busy=True)
        job = self._submit(self.form.values())
        job.succeeded.connect(lambda _result: self.done.emit())
        job.catch(ValidationError, self._on_invalid)
        job.finished.connect(lambda: self._set_busy(busy=False))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_invalid(self, error: ValidationError) -> None:
        others = self.form.mark(error.problems)
        self.problem.setText("\n".join(problem.message for problem in others))
        self.problem.setVisible(bool(others))

    def _set_busy(self, *, busy: bool) -> None:
        if busy:
            self._focus = self.focusWidget()
        self.go.setEnabled(not busy)
        self.form.set_enabled(enabled=not busy)
        if not busy and self._focus is not None and self.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)  # what is disabled loses it
            self._focus = None
