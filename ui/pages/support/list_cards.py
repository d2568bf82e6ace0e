"""What is asked beside a distribution: the decision, the day of the receipts, a reason, why a batch was wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casemgr.domain.support import RECEIPT_LABELS, Receipt
from casemgr.errors import Problem
from casemgr.i18n import N_, _
from ui.editors import ChoiceEditor, DayEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field
from ui.jobs import Job
from ui.pages.support.told_lines import row_words
from ui.theme import spaced
from ui.verb_card import VerbCard

APPROVE, RECEIVE, MISSED, REASON, CANCEL = "approve", "receive", "missed", "reason", "cancel"
ADD: Final = "add"

_MOST_TOLD: Final = 3

_FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    APPROVE: (
        Field("decision_number", N_("&Number of the decision"), LineEditor, N_("For example: 45/QĐ-UBND")),
        Field("decision_on", N_("&Date of the decision"), DayEditor, required=True),
    ),
    RECEIVE: (
        Field("on", N_("&Collected on"), DayEditor, required=True),
        Field("proof", N_("&Proved by"), lambda: ChoiceEditor(labelled(RECEIPT_LABELS)), required=True),
    ),
    MISSED: (Field("reason", N_("&Why not collected"), LineEditor, required=True),),
    REASON: (Field("reason", N_("&Why it is right all the same"), LineEditor, required=True),),
    ADD: (
        Field(
            "who",
            N_("&Who, one a line"),
            lambda: NotesEditor(lines=8),
            N_("Identity number, code of the household or full name; several can be pasted"),
            required=True,
        ),
        Field("reason", N_("&Why it is right all the same"), LineEditor, N_("Only for those something speaks against")),
    ),
    CANCEL: (
        Field("on", N_("&Day it is taken back"), DayEditor, required=True),
        Field("reason", N_("&What is wrong with it"), LineEditor, required=True),
    ),
}
_TITLES: Final = {
    APPROVE: (N_("Approve the list"), N_("Approve")),
    RECEIVE: (N_("Receipts of those ticked"), N_("Save the receipts")),
    MISSED: (N_("Not collected"), N_("Not collected")),
    REASON: (N_("One reason for all marked"), N_("Write the reason")),
    ADD: (N_("Put more on the list"), N_("Put them on the list")),
    CANCEL: (N_("Take the whole list back"), N_("Take it back")),
}


class ListCards(QWidget):
    """One card at a time; `acts` start the jobs."""

    done = Signal(str)
    closed = Signal()

    def __init__(self, acts: Mapping[str, Callable[[Mapping[str, Any]], Job]], today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("listCards")
        self._today = today
        self.cards: dict[str, VerbCard] = {}
        layout = QVBoxLayout(self)
        spaced(layout)
        for key, act in acts.items():
            title, verb = _TITLES[key]
            card = VerbCard(
                lambda words=title: _(words),  # type: ignore[misc]  # a default binds the word
                lambda words=verb: _(words),  # type: ignore[misc]  # a default binds the word
                _FIELDS[key],
                act,
                name=f"list_{key}",
            )
            card.hide()
            card.done.connect(lambda key=key: self._on_done(key))
            card.closed.connect(self.close_all)
            self.cards[key] = card
            layout.addWidget(card)
        layout.addStretch(1)
        self.hide()

    def ask(self, key: str) -> None:
        """Ask one thing."""
        self._hide()
        self.show()
        today = self._today()
        values = {"decision_number": "", "decision_on": today, "on": today, "proof": Receipt.SIGNATURE, "reason": ""}
        values["who"] = ""
        self.cards[key].begin({field.name: values[field.name] for field in _FIELDS[key]})

    def refuse(self, key: str, problems: Sequence[Problem], rows: Mapping[UUID, str]) -> None:
        """What stands in the way: beside its field, or in a few words below; `rows` say theirs beside themselves."""
        card = self.cards[key]
        told = [one.message for one in card.form.mark(problems)]
        told += list(rows.values())[:_MOST_TOLD]
        if rows:
            told.append(row_words(len(rows)))
        card.problem.setText("\n".join(dict.fromkeys(told)))
        card.problem.setVisible(bool(told))

    def close_all(self) -> None:
        """Ask nothing."""
        self._hide()
        self.closed.emit()

    def _hide(self) -> None:
        for card in self.cards.values():
            card.hide()
        self.hide()

    def _on_done(self, key: str) -> None:
        self._hide()
        self.done.emit(key)
