"""What is asked of one fact: which fact, how it is compared, and with what, by the kind of its value."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.condition_drafts import (
    OPERATOR_LABELS,
    OPERATORS,
    Draft,
    Operator,
    compared,
    fact_draft,
    operator,
    values,
)
from casemgr.domain.entitlement_facts import ABOUT_LABELS, FactKind, choice_text, choices
from casemgr.i18n import _
from casemgr.services.programme_trials import codes_of
from ui.editors import ChecksEditor, NumberEditor
from ui.theme import spaced
from ui.translation import Says, Speaks
from ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from casemgr.domain.entitlement_facts import Fact
    from casemgr.domain.programmes import Catalogue

_MOST: Final = 1_000_000
_NOTHING, _CHECKS, _NUMBERS, _CODE = range(4)
_PAGES: Final = {
    FactKind.TRUTH: _NOTHING,
    FactKind.CHOICE: _CHECKS,
    FactKind.NUMBER: _NUMBERS,
    FactKind.CODES: _CODE,
}


class FactAsking(Speaks):
    """Shows a draft of one fact; `changed` carries the draft the person made of it."""

    changed = Signal(object)

    def __init__(self, found: Catalogue, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._found, self._name = found, name
        self._draft: Draft | None = None
        self._loading = False
        self.fact: ChoiceBox[str] = ChoiceBox()
        self.fact.setObjectName(f"{name}Fact")
        self.how: ChoiceBox[Operator] = ChoiceBox()
        self.how.setObjectName(f"{name}How")
        self.low, self.high = NumberEditor(most=_MOST), NumberEditor(most=_MOST)
        self.low.widget.setObjectName(f"{name}Low")
        self.high.widget.setObjectName(f"{name}High")
        self.code: ChoiceBox[str] = ChoiceBox()
        self.code.setObjectName(f"{name}Code")
        self.checks: ChecksEditor | None = None
        self._to = QLabel()
        numbers = QWidget()
        row = QHBoxLayout(numbers)
        spaced(row, spacing=6)
        for widget in (self.low.widget, self._to, self.high.widget):
            row.addWidget(widget)
        self._checks_place = QWidget()
        spaced(QVBoxLayout(self._checks_place))
        self.stack = QStackedWidget()
        for page in (QWidget(), self._checks_place, numbers, self.code):
            self.stack.addWidget(page)
        line = QHBoxLayout()
        spaced(line, spacing=6)
        line.addWidget(self.fact, 3)
        line.addWidget(self.how, 2)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        layout.addLayout(line)
        layout.addWidget(self.stack)
        self.fact.chosen.connect(self._on_fact)
        self.how.chosen.connect(self._on_how)
        self.code.chosen.connect(self._take)
        for editor in (self.low, self.high):
            editor.changed.connect(self._take)
        Says(self.fact, self.fact.setAccessibleName, lambda: _("Fact that is asked"))
        Says(self.how, self.how.setAccessibleName, lambda: _("How it is compared"))
        Says(self.low.widget, self.low.widget.setAccessibleName, lambda: _("Number, or the least"))
        Says(self.high.widget, self.high.widget.setAccessibleName, lambda: _("The most"))
        Says(self.code, self.code.setAccessibleName, lambda: _("What it must contain"))
        Says(self._to, self._to.setText, lambda: _("to"))

    def show_draft(self, draft: Draft, facts: list[Fact]) -> None:
        """Show what is asked of a fact; `facts` are those one can choose."""
        self._draft = draft
        self._loading = True
        known = self._found.facts.get(draft.fact)
        offered = facts if known is None or known in facts else [known, *facts]
        self.fact.set_choices([(fact.code, partial(_fact_words, fact)) for fact in offered])
        self.fact.set_value(draft.fact)
        if known is not None:
            self._show_values(draft, known)
        self._loading = False

    def _show_values(self, draft: Draft, fact: Fact) -> None:
        kind, how, said = fact.kind, operator(draft, fact.kind), values(draft, fact.kind)
        self.how.set_choices([(one, partial(_operator_words, fact, one)) for one in OPERATORS[kind]])
        self.how.set_value(how)
        self.how.setEnabled(len(OPERATORS[kind]) > 1)
        self.stack.setVisible(kind is not FactKind.TRUTH)
        self.stack.setCurrentIndex(_PAGES[kind])
        if kind is FactKind.CHOICE:
            self._show_checks(fact, said)
        elif kind is FactKind.CODES:
            self.code.set_choices([(code, partial(str, words)) for code, words in codes_of(self._found, fact)])
            self.code.set_value(said[0] if said else None)
        elif kind is FactKind.NUMBER:
            between = how is Operator.BETWEEN
            for editor, number in zip((self.low, self.high), (*said, None, None), strict=False):
                editor.set_value(number)
            self.high.widget.setVisible(between)
            self._to.setVisible(between)

    def _show_checks(self, fact: Fact, said: tuple[Any, ...]) -> None:
        if self.checks is not None:
            self.checks.widget.hide()
            self.checks.widget.deleteLater()
        self.checks = ChecksEditor({code: choice_text(fact.code, code) for code in choices(fact.code)})
        self.checks.widget.setObjectName(f"{self._name}Checks")
        self.checks.widget.setAccessibleName(_fact_words(fact))
        self.checks.set_value(said)
        self.checks.changed.connect(self._take)
        layout = self._checks_place.layout()
        if layout is not None:
            layout.addWidget(self.checks.widget)

    def _on_fact(self) -> None:
        fact = self._found.facts.get(self.fact.value() or "")
        if fact is not None and self._draft is not None and fact.code != self._draft.fact:
            self._give(fact_draft(fact))

    def _on_how(self) -> None:
        how = self.how.value()
        if how is Operator.BETWEEN and self.high.value() is None:
            self.high.set_value(self.low.value())
        self._take()

    def _take(self) -> None:
        """Make a draft of what stands in the fields."""
        fact = None if self._draft is None else self._found.facts.get(self._draft.fact)
        how = self.how.value()
        if self._loading or fact is None or self._draft is None or how is None:
            return
        typed: tuple[Any, ...] = ()
        if fact.kind is FactKind.CHOICE and self.checks is not None:
            before = values(self._draft, fact.kind)
            ticked = self.checks.value()
            typed = (*(one for one in before if one in ticked), *(one for one in ticked if one not in before))
        elif fact.kind is FactKind.CODES:
            typed = tuple(filter(None, (self.code.value(),)))
        elif fact.kind is FactKind.NUMBER:
            low = self.low.value()
            typed = (low, self.high.value()) if how is Operator.BETWEEN else (low,)
        self._give(compared(self._draft, fact.kind, how, typed))

    def _give(self, draft: Draft) -> None:
        self._draft = draft
        self.changed.emit(draft)


def _fact_words(fact: Fact) -> str:
    words = fact.label[:1].upper() + fact.label[1:]
    return _("{fact} ({about})").format(fact=words, about=_(ABOUT_LABELS[fact.about]).lower())


def _operator_words(fact: Fact, how: Operator) -> str:
    """A truth is told by its own two sentences."""
    if fact.kind is FactKind.TRUTH:
        return fact.says(value=how is Operator.TRUE)
    return _(OPERATOR_LABELS[how])
