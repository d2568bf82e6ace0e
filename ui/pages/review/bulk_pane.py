"""A step for many households: the list comes first, who is ready and who is refused with the reason, then one verb."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from casemgr.errors import ValidationError
from casemgr.i18n import N_, _, format_number, ngettext
from ui.desk import Desk
from ui.forms import Field, Form
from ui.jobs import Job
from ui.models.rows import Column, RowsModel
from ui.pages.review.heading import Heading
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.chips import Chip, Chips
from ui.widgets.list_table import ListTable


@dataclass(frozen=True)
class Candidate:
    """One household of the list; `refusal` says why the step is not for it."""

    id: UUID
    code: str
    head: str
    hamlet: str
    state: str
    refusal: str = ""


@dataclass(frozen=True)
class Bulk:
    """The step: its words, what else it asks, and the job that does it to those who are ready."""

    title: Callable[[], str]
    verb: Callable[[], str]
    candidates: Sequence[Candidate]
    submit: Callable[[Sequence[UUID], Mapping[str, object]], Job]
    fields: Sequence[Field] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    picks: bool = False
    """Only for the lines selected, not for all who are ready."""


COLUMNS: Final = (
    Column[Candidate]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[Candidate]("head", N_("Head of household"), lambda row: row.head, 200),
    Column[Candidate]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 140),
    Column[Candidate]("state", N_("Step"), lambda row: row.state, 120),
    Column[Candidate](
        "refusal",
        N_("This step"),
        lambda row: row.refusal or _("Can be done"),
        340,
        hint=lambda row: row.refusal,
    ),
)
_READY, _REFUSED = "ready", "refused"


class BulkPane(Speaks):
    """`done` when the step was taken, `closed` when it was not."""

    done = Signal()
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("bulkPane")
        self._desk = desk
        self._bulk: Bulk | None = None
        self._form: Form | None = None
        self.heading = Heading("bulk")
        self.heading.back_requested.connect(self.closed)
        self.chips = Chips(
            (Chip(_READY, lambda: _("Can be done")), Chip(_REFUSED, lambda: _("Cannot be done"))), single=True
        )
        self.chips.setObjectName("bulkChips")
        self.chips.changed.connect(self._narrow)
        self.model: RowsModel[UUID, Candidate] = RowsModel(COLUMNS, self._fetch)
        self.table = ListTable(self.model, name="bulkTable")
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self.retranslate())
        self.problem = QLabel()
        self.problem.setObjectName("bulkProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.go, self.cancel = QPushButton(), QPushButton()
        self.go.setObjectName("bulkGo")
        self.go.setProperty("class", "primary")
        self.cancel.setObjectName("bulkCancel")
        self.go.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        self._card = Card(margin=12)
        sized(self._card, width=300)
        self._slot = QVBoxLayout()
        spaced(self._slot)
        buttons = QHBoxLayout()
        spaced(buttons, spacing=8)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        self._card.add(self._slot)
        self._card.add(self.problem)
        self._card.add(buttons)
        self._card.body.addStretch(1)
        left = QVBoxLayout()
        spaced(left, spacing=8)
        left.addWidget(self.chips)
        left.addWidget(self.table, 1)
        body = QHBoxLayout()
        spaced(body, spacing=8)
        body.addLayout(left, 1)
        body.addWidget(self._card)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addWidget(self.heading)
        layout.addLayout(body, 1)
        self.retranslate()

    def begin(self, bulk: Bulk) -> None:
        """Show the list of a step."""
        self._bulk = bulk
        if self._form is not None:
            self._slot.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None
        if bulk.fields:
            self._form = Form(bulk.fields, name="bulk", marks_changes=False)
            self._form.saves_at_end = True
            self._form.load(bulk.values)
            self._form.save_requested.connect(self.submit)
            self._slot.addWidget(self._form)
        self.chips.set_on(())
        self.problem.hide()
        self._narrow()
        self.retranslate()
        self.go.setEnabled(bool(self.ready))
        if self._form is not None:
            self._form.focus_first()
        else:
            (self.go if self.ready else self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def ready(self) -> list[UUID]:
        """The households the step is for."""
        return [each.id for each in self._candidates() if not each.refusal]

    @property
    def chosen(self) -> list[UUID]:
        """Those of them the verb is about: all, or the lines selected."""
        if self._bulk is None or not self._bulk.picks:
            return self.ready
        selected = {self.model.ids[row] for row in self.table.selected()}
        return [each for each in self.ready if each in selected]

    @property
    def refused(self) -> list[UUID]:
        """The households it is not for."""
        return [each.id for each in self._candidates() if each.refusal]

    def submit(self) -> None:
        """Take the step."""
        bulk = self._bulk
        if bulk is None or not self.go.isEnabled() or (self._form is not None and not self._form.check()):
            return
        self._set_busy(busy=True)
        job = bulk.submit(self.chosen, self._form.values() if self._form is not None else {})
        job.succeeded.connect(lambda _result: self.done.emit())
        job.catch(ValidationError, self._on_invalid)
        job.finished.connect(lambda: self._set_busy(busy=False))

    def retranslate(self) -> None:
        """Say the words again."""
        bulk = self._bulk
        self.table.setAccessibleName(_("Households"))
        self.cancel.setText(_("Close"))
        self.cancel.setAccessibleName(_("Close"))
        if bulk is None:
            return
        ready, refused = len(self.ready), len(self.refused)
        self.chips.set_counts({_READY: ready, _REFUSED: refused})
        self.heading.say(
            bulk.title(),
            _("{ready} can be done, {refused} cannot").format(
                ready=format_number(ready), refused=format_number(refused)
            ),
        )
        chosen = len(self.chosen)
        count = ngettext("{count} household", "{count} households", chosen).format(count=format_number(chosen))
        self.go.setText(f"{bulk.verb()} ({count})" if chosen else bulk.verb())
        self.go.setAccessibleName(self.go.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _candidates(self) -> Sequence[Candidate]:
        return self._bulk.candidates if self._bulk is not None else ()

    def _narrow(self) -> None:
        on = self.chips.on()
        ids = self.ready if on == (_READY,) else self.refused if on == (_REFUSED,) else [*self.refused, *self.ready]
        self.model.set_ids(ids)
        self.table.go(0)

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[Candidate]:
        known = {each.id: each for each in self._candidates()}
        return [known[each] for each in ids]

    def _on_invalid(self, error: ValidationError) -> None:
        others = self._form.mark(error.problems) if self._form is not None else list(error.problems)
        self.problem.setText("\n".join(problem.message for problem in others))
        self.problem.setVisible(bool(others))

    def _set_busy(self, *, busy: bool) -> None:
        self.go.setEnabled(not busy and bool(self.ready))
        if self._form is not None:
            self._form.set_enabled(enabled=not busy)
