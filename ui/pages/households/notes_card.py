"""A visit and what follows from it in one strip, and the referrals with their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from casemgr.domain.casework import ANSWER_LABELS, NOTE_LABELS, NoteKind
from casemgr.errors import ValidationError
from casemgr.i18n import N_, _, format_date
from ui.editors import ChoiceEditor, DayEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field, Form
from ui.models.rows import Column, RowsModel
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.fit_table import FitTable, flat_button

if TYPE_CHECKING:
    from casemgr.services.case_notes import ReferralView
    from ui.jobs import Job

_AHEAD: Final = 3650
_NEXT_DAYS: Final = 7

NOTE_FIELDS: Final = (
    Field("kind", N_("&How"), lambda: ChoiceEditor(labelled(NOTE_LABELS)), required=True),
    Field("on", N_("&Day"), DayEditor, required=True),
    Field("text", N_("Seen and &said"), lambda: NotesEditor(lines=2), required=True, wide=True),
    Field("next_title", N_("Ne&xt to do"), LineEditor, N_("Empty: nothing follows"), wide=True),
    Field("next_due_on", N_("&By"), lambda: DayEditor(ahead=_AHEAD)),
)


class NoteCard(Card):
    """Write a visit and the next task down in one go; `keep` starts the job that writes them."""

    def __init__(self, keep: Callable[[Form], Job]) -> None:
        super().__init__(lambda: _("Visit, call or note"), margin=10)
        self.setObjectName("noteCard")
        self._keep = keep
        self._today = date.min
        self.form = Form(NOTE_FIELDS, name="noteForm", marks_changes=False)
        self.form.saves_at_end = True
        self.form.changed.connect(self._on_changed)
        self.form.save_requested.connect(self.save)
        self.problem = QLabel()
        self.problem.setObjectName("noteProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.go = QPushButton()
        self.go.setObjectName("noteSave")
        self.go.setProperty("class", "primary")
        Says(self.go, self.go.setText, lambda: _("Write down"))
        Says(self.go, self.go.setAccessibleName, lambda: _("Write the visit and the next task down"))
        self.go.clicked.connect(lambda _checked=False: self.save())
        row = QHBoxLayout()
        spaced(row)
        row.addWidget(self.problem, 1)
        row.addStretch()
        row.addWidget(self.go)
        self.add(self.form)
        self.add(row)

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return bool(self.form.value("text") or self.form.value("next_title"))

    def begin(self, today: date) -> None:
        """An empty strip: a visit of today."""
        self._today = today
        self.form.load({"kind": NoteKind.VISIT, "on": today, "text": "", "next_title": "", "next_due_on": None})
        self.problem.hide()

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        self.form.set_enabled(enabled=may)
        self.go.setEnabled(may)

    def save(self) -> None:
        """Write it down unless something is missing."""
        if not self.go.isEnabled() or not self.form.check():
            return
        self.go.setEnabled(False)
        job = self._keep(self.form)
        job.succeeded.connect(lambda _note: self.begin(self._today))
        job.catch(ValidationError, self._on_invalid)
        job.finished.connect(lambda: self.go.setEnabled(True))

    def _on_changed(self) -> None:
        if self.form.value("next_title") and self.form.editor("next_due_on").text() == "":
            self.form.editor("next_due_on").set_value(self._today + timedelta(days=_NEXT_DAYS))

    def _on_invalid(self, error: ValidationError) -> None:
        others = self.form.mark(error.problems)
        self.problem.setText("\n".join(problem.message for problem in others))
        self.problem.setVisible(bool(others))


def _state(row: ReferralView) -> str:
    if row.outcome is not None:
        return _(ANSWER_LABELS[row.outcome])
    if row.overdue and row.data.due_on is not None:
        return _("overdue since {date}").format(date=format_date(row.data.due_on))
    return _("waiting")


def _tone(row: ReferralView) -> str:
    if row.outcome is not None:
        return "plain"
    return "poor" if row.overdue else "near"


def _hint(row: ReferralView) -> str:
    return " · ".join(filter(None, (_state(row), row.answer, row.data.note)))


_COLUMNS: Final = (
    Column["ReferralView"]("sent", N_("Sent"), lambda row: format_date(row.data.sent_on), 96, code=True, spare=True),
    Column["ReferralView"]("office", N_("To"), lambda row: row.data.to_office, 150),
    Column["ReferralView"]("subject", N_("About"), lambda row: row.data.subject, 190),
    Column["ReferralView"]("state", N_("Answer"), _state, 150, tone=_tone, hint=_hint),
)


class ReferralsCard(Card):
    """Who was asked for help, and what they answered; Enter records the answer."""

    refer_requested = Signal()
    answer_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(lambda: _("Referrals"), margin=10)
        self.setObjectName("referralsCard")
        self._rows: Sequence[ReferralView] = ()
        self._may = False
        self.model: RowsModel[int, ReferralView] = RowsModel(_COLUMNS, lambda numbers: [self._rows[n] for n in numbers])
        self.table = FitTable(self.model, name="referralTable", most=4)
        self.table.opened.connect(lambda _row: self._on_answer())
        self.table.current_changed.connect(lambda _row: self._enable())
        Says(self.table, self.table.setAccessibleName, lambda: _("Referrals"))
        self.refer = flat_button("referralNew", "paper-plane-tilt")
        self.answer = flat_button("referralAnswer", "chat-text")
        for button, words, act in (
            (self.answer, lambda: _("Record the answer…"), self._on_answer),
            (self.refer, lambda: _("Refer…"), self.refer_requested.emit),
        ):
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self.head.addWidget(button)
        self.none = QLabel()
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        Says(self.none, self.none.setText, lambda: _("Nobody else was asked for help yet."))
        self.add(self.none)
        self.add(self.table)
        self.show_referrals(())

    def show_referrals(self, rows: Sequence[ReferralView]) -> None:
        """Show them, those without an answer first."""
        self._rows = rows
        self.model.set_ids(range(len(rows)))
        self.table.go(0)
        self.table.setVisible(bool(rows))
        self.answer.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self._enable()

    def current(self) -> ReferralView | None:
        """The referral one is on."""
        row = self.table.current()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        self._may = may
        self._enable()

    def _enable(self) -> None:
        row = self.current()
        self.refer.setEnabled(self._may)
        self.answer.setEnabled(self._may and row is not None and row.outcome is None)

    def _on_answer(self) -> None:
        row = self.current()
        if row is not None and self.answer.isEnabled():
            self.answer_requested.emit(row)
