"""The facts of a case as one scrolling form: each part a card, saved as a whole, what is to be looked at beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.abroad import SupportGroup
from casemgr.domain.abroad_words import Kept
from casemgr.errors import Problem
from casemgr.i18n import _
from ui.forms import EditBar, Form
from ui.pages.abroad.case_fields import CONTENT, TEXTS, TITLES, parts
from ui.theme import spaced
from ui.widgets.card import Card
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.domain.findings import Finding
    from casemgr.services.abroad_cases import AbroadData
    from casemgr.services.abroad_file import LoanChoice
    from ui.desk import Desk

_CONSENT = 4
"""The part that tells of consent."""


class CaseForm(QWidget):
    """`save_requested` from Ctrl+Enter or the bar; `data` is the case as it is typed."""

    save_requested = Signal()
    discard_requested = Signal()

    def __init__(self, desk: Desk, data: AbroadData, loans: Sequence[LoanChoice], *, columns: int = 2) -> None:
        super().__init__()
        self.setObjectName("abroadForm")
        self._data = data
        self.forms: list[Form] = []
        self.told: list[Told] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, margins=(0, 0, 6, 0), spacing=8)
        for number, (title, fields) in enumerate(zip(TITLES, parts(desk, loans), strict=True), 1):
            card = Card(partial(_, title), margin=10)
            card.setObjectName(f"abroadPart{number}")
            form = Form(fields, name=f"abroad{number}", columns=columns)
            form.changed.connect(self._on_changed)
            form.save_requested.connect(self.save_requested)
            told = Told(f"abroadTold{number}")
            self.forms.append(form)
            self.told.append(told)
            card.add(form)
            card.add(told)
            column.addWidget(card)
        column.addStretch()
        self.area = QScrollArea()
        self.area.setObjectName("abroadArea")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        self.bar = EditBar()
        self.bar.save_requested.connect(self.save_requested)
        self.bar.discard_requested.connect(self.discard_requested)
        self.bar.jump_requested.connect(self.jump)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.bar)
        self.load(data)

    @property
    def dirty(self) -> bool:
        """Whether anything typed is not saved."""
        return any(form.dirty for form in self.forms)

    def load(self, data: AbroadData) -> None:
        """Show a case."""
        self._data = data
        for form in self.forms:
            form.load({name: _of(data, name) for name in form.values()})
        self.bar.show_state(dirty=False)

    def data(self) -> AbroadData:
        """The case as it is typed; what cannot be read counts as nothing."""
        values = {name: value for form in self.forms for name, value in form.values().items()}
        for name, nothing in TEXTS.items():
            values[name] = nothing if values[name] is None else values[name]
        for name in ("wage", "private_debt", "contract_months", "remittance"):
            values[name] = values[name] or 0
        values["groups"] = tuple(SupportGroup(one) for one in values["groups"])
        values["kept"] = tuple(Kept(one) for one in values["kept"])
        content = {name: value for name, value in values.items() if name in CONTENT}
        own = {name: value for name, value in values.items() if name not in CONTENT}
        return replace(self._data, content=replace(self._data.content, **content), **own)

    def check(self) -> bool:
        """Mark what cannot be read and what is missing; whether all is well."""
        problems = [problem for form in self.forms for problem in form.problems()]
        self.mark(problems)
        return not problems

    def mark(self, problems: Sequence[Problem]) -> None:
        """Show problems beside their fields and in the bar."""
        plain = [Problem(one.field.removeprefix("content."), one.message) for one in problems]
        for form in reversed(self.forms):
            form.mark([problem for problem in plain if problem.field in form.values()])
        if plain:
            named = [one for form in self.forms for one in form.named(plain) if one.field in form.values()]
            known = {one.field for one in named}
            self.bar.show_state(problems=[*named, *(one for one in plain if one.field not in known)])

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what is to be looked at below the part it is about."""
        lines: dict[int, list[Line]] = {}
        for finding in findings:
            lines.setdefault(self._part_of(finding.field), []).append(Line(finding.words, "info"))
        for place, told in enumerate(self.told):
            told.show_lines(lines.get(place, []))

    def jump(self, field: str) -> None:
        """Go to a field."""
        for form in self.forms:
            if field in form.values():
                widget = form.editor(field).widget
                self.area.ensureWidgetVisible(widget)
                widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, name: str, value: object) -> None:
        """Fill a field as if it was typed."""
        next(form for form in self.forms if name in form.values()).put(name, value)

    def set_enabled(self, *, enabled: bool) -> None:
        """Allow typing or not."""
        for form in self.forms:
            form.set_enabled(enabled=enabled)

    def _part_of(self, field: str) -> int:
        return next((place for place, form in enumerate(self.forms) if field in form.values()), _CONSENT)

    def _on_changed(self) -> None:
        self.bar.show_state(dirty=self.dirty)


def _of(data: AbroadData, name: str) -> Any:  # noqa: ANN401 - each field has its own kind
    value = getattr(data.content, name) if name in CONTENT else getattr(data, name)
    return None if value == "" and name in TEXTS else value
