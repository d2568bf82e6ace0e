"""The form of a step from one state to another: what speaks against it first, then day, paper and reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from casemgr.domain.findings import Finding, Severity
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import N_, _
from casemgr.services.state_steps import StepData
from ui.editors import DayEditor, LineEditor, NotesEditor
from ui.forms import Field, Form
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.domain.states import Machine
    from ui.jobs import Job

Check = Callable[[StepData], Sequence[Finding]]
Submit = Callable[[StepData], "Job"]

SAME_FIELD: Final = {
    "decision_number": "document_number",
    "decision_on": "document_on",
    "contract_number": "document_number",
    "contract_on": "document_on",
    "asked_on": "on",
    "committed_on": "on",
    "published_on": "on",
}
"""Fields of findings that are asked for under the common name."""
_DELAY_MS: Final = 150
_TONES: Final = {Severity.REFUSE: "poor", Severity.WARN: "near"}


def step_fields(*, ahead: int = 0, more: Sequence[Field] = ()) -> tuple[Field, ...]:
    """Day, number and day of the paper, what else the state asks (`more`, kept in `StepData.detail`), reason."""
    return (
        Field("on", N_("&Day of the step"), lambda: DayEditor(ahead=ahead), required=True),
        Field("document_number", N_("&Number of the paper"), LineEditor),
        Field("document_on", N_("Da&y of the paper"), DayEditor),
        *more,
        Field("reason", N_("&Reason"), lambda: NotesEditor(lines=2), wide=True),
    )


class StepForm(Card):
    """Asks for one step. `begin` shows it with the checks as they are; they are made anew while one types."""

    done = Signal(object)
    """The step is written; what the use case gave."""
    closed = Signal()
    conflicted = Signal(object)
    """The record was changed meanwhile (ConflictError)."""

    def __init__(self, *, name: str, columns: int = 1) -> None:
        super().__init__(lambda: _("Next step"), margin=10)
        self.setObjectName(f"{name}Card")
        self._name, self._columns = name, columns
        self._check: Check = lambda _data: ()
        self._submit: Submit | None = None
        self._to = ""
        self._more: tuple[str, ...] = ()
        self.form: Form | None = None
        self.whom = QLabel()
        self.whom.setObjectName(f"{name}Whom")
        self.whom.setProperty("class", "strong")
        self.whom.setWordWrap(True)
        self.way = QLabel()
        self.way.setObjectName(f"{name}Way")
        self.way.setWordWrap(True)
        self.told = Told(f"{name}Told")
        self.place = QVBoxLayout()
        self.go, self.cancel = QPushButton(), QPushButton()
        self.go.setObjectName(f"{name}Go")
        self.go.setProperty("class", "primary")
        self.cancel.setObjectName(f"{name}Cancel")
        verbs: tuple[tuple[QPushButton, Callable[[], str]], ...] = (
            (self.go, lambda: _("Record the step")),
            (self.cancel, lambda: _("Close")),
        )
        for button, words in verbs:
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
        self.go.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self.check)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        for item in (self.whom, self.way, self.told, self.place, row):
            self.add(item)
        self.body.addStretch()

    def begin(
        self,
        machine: Machine,
        state: str,
        to: str,
        *,
        whom: str,
        on: date,
        check: Check,
        submit: Submit,
        more: Sequence[Field] = (),
        values: Mapping[str, Any] | None = None,
        ahead: int = 0,
    ) -> None:
        """Ask for the step of `whom` from a state to another; `more` fields of this state go to `StepData.detail`."""
        self._check, self._submit, self._to = check, submit, str(to)
        self._more = tuple(field.name for field in more)
        told = _("“{state}” → “{to}”").format(state=machine.label(state), to=machine.label(to))
        self.way.setText(told)
        self.way.setAccessibleName(told)
        self.whom.setText(whom)
        self.whom.setAccessibleName(whom)
        if self.form is not None:
            self.place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        fields = step_fields(ahead=ahead, more=more)
        self.form = Form(fields, name=self._name, columns=self._columns, marks_changes=False)
        self.form.save_requested.connect(self.submit)
        self.form.changed.connect(self._delay.start)
        self.place.addWidget(self.form)
        blank = {"on": on, "document_number": "", "document_on": None, "reason": ""}
        self.form.load({**blank, **dict.fromkeys(self._more), **(values or {})})
        self._set_busy(busy=False)
        self.show()
        self.check()
        self.form.focus_first()

    def data(self) -> StepData | None:
        """The step as it is typed; None while its day is not readable."""
        typed = self.form.values() if self.form is not None else {}
        if typed.get("on") is None:
            return None
        return StepData(
            to=self._to,
            on=typed["on"],
            document_number=typed["document_number"] or "",
            document_on=typed["document_on"],
            reason=typed["reason"] or "",
            detail={name: _plain(typed[name]) for name in self._more if typed[name] not in (None, "", ())},
        )

    def check(self) -> None:
        """Say what speaks against the step as it is typed, each beside its field."""
        data = self.data()
        if self.form is None or data is None:
            return
        beside: dict[str, list[str]] = {}
        wrong: set[str] = set()
        lines = []
        for one in self._check(data):
            field = self._field(one.field)
            if field and not (one.severity is Severity.WARN and data.reason):
                beside.setdefault(field, []).append(one.words)
                if one.severity is Severity.REFUSE:
                    wrong.add(field)
            elif not field:
                lines.append(Line(one.words, _TONES[one.severity]))
        warned = any(line.tone == "near" for line in lines)
        if warned and not data.reason:
            lines.append(Line(_("With a reason the step can be recorded all the same."), "info"))
        self.told.show_lines(lines)
        self.form.tell({field: "\n".join(texts) for field, texts in beside.items()}, wrong=wrong)

    def submit(self) -> None:
        """Write the step unless something is missing."""
        if self._submit is None or self.form is None or not self.go.isEnabled() or not self.form.check():
            return
        data = self.data()
        if data is None:
            return
        self._delay.stop()
        self._set_busy(busy=True)
        job = self._submit(data)
        job.succeeded.connect(self.done)
        job.catch(ValidationError, self._on_invalid)
        job.catch(ConflictError, self.conflicted.emit)
        job.finished.connect(lambda: self._set_busy(busy=False))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _field(self, name: str) -> str:
        """The field of this form a finding is about, "" for the whole."""
        known = SAME_FIELD.get(name, name)
        if known in ("on", "document_number", "document_on", "reason", *self._more):
            return known
        return self._more[0] if name == "votes" and self._more else ""

    def _on_invalid(self, error: ValidationError) -> None:
        if self.form is None:
            return
        problems = [Problem(self._field(problem.field), problem.message) for problem in error.problems]
        others = self.form.mark(problems)
        self.told.show_lines([Line(problem.message) for problem in others])

    def _set_busy(self, *, busy: bool) -> None:
        self.go.setEnabled(not busy)
        if self.form is not None:
            self.form.set_enabled(enabled=not busy)


def _plain(value: object) -> object:
    """As JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value
