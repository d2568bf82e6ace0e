"""A plan as one scrolling form: each of the thirteen parts a card, saved as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.households import POVERTY_CAUSES
from casemgr.domain.livelihoods import PlanContent
from casemgr.errors import Problem
from casemgr.i18n import _
from casemgr.services.livelihoods import LivelihoodData
from ui.forms import EditBar, Form
from ui.pages.livelihoods.plan_fields import TITLES, parts
from ui.theme import spaced
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.domain.findings import Finding
    from casemgr.services.livelihood_file import Circumstances
    from ui.desk import Desk

_CONTENT: Final = frozenset(field.name for field in fields_of(PlanContent))
_REVIEW: Final = 1
"""The part that is read from the review."""
_DELAY_MS: Final = 120


class PlanForm(QWidget):
    """`changed` shortly after something was typed; `save_requested` from Ctrl+Enter or the bar."""

    changed = Signal()
    save_requested = Signal()
    discard_requested = Signal()

    def __init__(self, desk: Desk, home: Circumstances, indicators: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("planForm")
        self._data = LivelihoodData(home.household_id, "")
        self.forms: list[Form] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, margins=(0, 0, 6, 0), spacing=8)
        self.review = QLabel()
        self.review.setObjectName("planReview")
        self.review.setWordWrap(True)
        self.review.setTextFormat(Qt.TextFormat.PlainText)
        self._indicators = indicators
        self.told: list[Told] = []
        for number, (title, fields) in enumerate(zip(TITLES, parts(desk, home, indicators), strict=True), 1):
            card = Card(partial(_heading, number, title), margin=10)
            card.setObjectName(f"planPart{number}")
            if fields:
                form = Form(fields, name=f"plan{number}", columns=2)
                form.changed.connect(self._on_changed)
                form.save_requested.connect(self.save_requested)
                self.forms.append(form)
                card.add(form)
            else:
                card.add(self.review)
            told = Told(f"planTold{number}")
            self.told.append(told)
            card.add(told)
            column.addWidget(card)
        column.addStretch()
        self.area = QScrollArea()
        self.area.setObjectName("planArea")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self.changed)
        Says(self.review, lambda _text: self._say_review(), str)

    @property
    def dirty(self) -> bool:
        """Whether anything typed is not saved."""
        return any(form.dirty for form in self.forms)

    def load(self, data: LivelihoodData) -> None:
        """Show a plan."""
        self._data = data
        for form in self.forms:
            form.load({name: _of(data, name) for name in form.values()})
        self.bar.show_state(dirty=False)
        self._say_review()

    def data(self) -> LivelihoodData:
        """The plan as it is typed; what cannot be read counts as nothing."""
        values = {name: value for form in self.forms for name, value in form.values().items()}
        content = {name: value for name, value in values.items() if name in _CONTENT}
        plain: dict[str, Any] = {"generation": "", "area": "other", "trade": "", "programme": ""}
        own: dict[str, Any] = {
            name: plain.get(name) if value is None else value for name, value in values.items() if name not in _CONTENT
        }
        numbers = {name: 0 for name, value in content.items() if value is None}
        return replace(self._data, content=replace(self._data.content, **content | numbers), **own)

    def check(self) -> bool:
        """Mark what cannot be read and what is missing; whether all is well."""
        problems = [problem for form in self.forms for problem in form.problems()]
        self.mark(problems)
        return not problems

    def mark(self, problems: Sequence[Problem]) -> None:
        """Show problems beside their fields and in the bar."""
        for form in reversed(self.forms):
            form.mark([problem for problem in problems if problem.field in form.values()])
        if problems:
            named = [one for form in self.forms for one in form.named(problems) if one.field in form.values()]
            known = {one.field for one in named}
            self.bar.show_state(problems=[*named, *(one for one in problems if one.field not in known)])

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what speaks against the plan below the part it is about."""
        lines: dict[int, list[Line]] = {}
        for finding in findings:
            lines.setdefault(self._part_of(finding.field), []).append(Line(finding.words, "near"))
        for place, told in enumerate(self.told):
            told.show_lines(lines.get(place, []))

    def jump(self, field: str) -> None:
        """Go to a field."""
        for form in self.forms:
            if field in form.values():
                widget = form.editor(field).widget
                self.area.ensureWidgetVisible(widget)
                widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_enabled(self, *, enabled: bool) -> None:
        """Allow typing or not."""
        for form in self.forms:
            form.set_enabled(enabled=enabled)

    def _part_of(self, field: str) -> int:
        for place, form in enumerate(self.forms):
            if field in form.values():
                return place + (place >= _REVIEW)
        return 0

    def _on_changed(self) -> None:
        self.bar.show_state(dirty=self.dirty)
        self._delay.start()

    def _say_review(self) -> None:
        content = self._data.content
        causes = ", ".join(_(POVERTY_CAUSES.get(code, code)) for code in content.causes)
        lacking = ", ".join(self._indicators.get(code, code) for code in content.deprived)
        self.review.setText(
            "\n".join(
                (
                    _("Causes: {causes}").format(causes=causes or _("none on record")),
                    _("Deprived of: {list}").format(list=lacking or _("nothing on record")),
                )
            )
        )
        self.review.setAccessibleName(self.review.text())


def _heading(number: int, title: str) -> str:
    return f"{number}. {_(title)}"


def _of(data: LivelihoodData, name: str) -> Any:  # noqa: ANN401 - each field has its own kind
    value = getattr(data.content, name) if name in _CONTENT else getattr(data, name)
    return None if value == "" and name in ("trade", "programme") else value
