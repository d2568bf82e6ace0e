"""Where a form of a few fields appears beside a record: one at a time, with hints beside the fields while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casemgr.domain.findings import Severity
from ui.theme import spaced
from ui.verb_card import VerbCard
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.domain.findings import Finding
    from ui.forms import Field
    from ui.jobs import Job

_DELAY_MS: Final = 120


@dataclass(frozen=True)
class Verb:
    """Something to write down: words, fields, values to begin with, and the job that writes it."""

    name: str
    title: Callable[[], str]
    verb: Callable[[], str]
    fields: tuple[Field, ...]
    submit: Callable[[Mapping[str, Any]], Job]
    values: Mapping[str, Any] = field(default_factory=dict)
    check: Callable[[Mapping[str, Any]], Sequence[Finding]] | None = None
    """What speaks against it as it is typed."""


class VerbPlace(QWidget):
    """`begin` asks for something in place of what was asked before."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.card: VerbCard | None = None
        self.verb: Verb | None = None
        self.told = Told(f"{name}Told")
        self._layout = QVBoxLayout(self)
        spaced(self._layout, spacing=6)
        self._layout.addWidget(self.told)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self.check)
        self.hide()

    def begin(self, verb: Verb) -> VerbCard:
        """Ask for it."""
        if self.card is not None:
            self._layout.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
        card = VerbCard(verb.title, verb.verb, verb.fields, verb.submit, name=verb.name)
        self.card, self.verb = card, verb
        self._layout.addWidget(card)
        card.closed.connect(self.hide)
        card.done.connect(self.hide)
        card.form.changed.connect(self._delay.start)
        self.told.show_lines(())
        self.show()
        card.begin(verb.values)
        self.check()
        return card

    def check(self) -> None:
        """Say what speaks against it as it is typed, each beside its field."""
        card, verb = self.card, self.verb
        if card is None or verb is None or verb.check is None:
            return
        typed = card.form.values()
        beside: dict[str, list[str]] = {}
        wrong: set[str] = set()
        lines = []
        for one in verb.check(typed):
            if one.field in typed:
                beside.setdefault(one.field, []).append(one.words)
                if one.severity is Severity.REFUSE:
                    wrong.add(one.field)
            else:
                lines.append(Line(one.words, "near"))
        card.form.tell({name: "\n".join(texts) for name, texts in beside.items()}, wrong=wrong)
        self.told.show_lines(lines)
