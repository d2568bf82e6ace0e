"""What the sheet says besides the answers: B1 or its table, income, day, surveyor, causes, note."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from casemgr.domain.households import POVERTY_CAUSES
from casemgr.domain.packs import Pack, ScoreTable
from casemgr.domain.reviews import SurveyData
from casemgr.domain.text import clean
from casemgr.errors import Problem
from casemgr.i18n import _, format_money, format_number
from ui.editors import DayEditor, Editor, LineEditor, NumberEditor
from ui.pages.review.cause_keys import CauseKeys
from ui.pages.review.quick_signs import QuickSigns
from ui.pages.review.score_panel import ScorePanel
from ui.theme import spaced
from ui.translation import Speaks


class SheetFields(Speaks):
    """Enter goes from field to field; after the points it `passed`."""

    changed = Signal()
    passed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheetFields")
        self._pack: Pack | None = None
        self.b1 = NumberEditor(most=10**4)
        self.income = NumberEditor()
        self.day, self.surveyor, self.note = DayEditor(), LineEditor(), LineEditor()
        self.b2 = QLabel()
        self.b2.setObjectName("sheetB2")
        self.b2.setProperty("class", "strong")
        self.money = QLabel()
        self.money.setProperty("class", "small")
        self.table = ScorePanel()
        self.causes = CauseKeys(POVERTY_CAUSES)
        self.signs = QuickSigns()
        self._labels: dict[str, QLabel] = {}
        self._problems: dict[str, QLabel] = {}
        grid = QGridLayout()
        spaced(grid, spacing=4)
        grid.setColumnStretch(1, 1)
        for name, widget in self._lines():
            label, problem = QLabel(), QLabel()
            label.setBuddy(widget)
            problem.setProperty("class", "problem")
            problem.setWordWrap(True)
            problem.hide()
            widget.setObjectName(f"sheet_{name}")
            self._labels[name], self._problems[name] = label, problem
            row = grid.rowCount()
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
            if name == "income":
                grid.addWidget(self.money, row + 1, 1)
            grid.addWidget(problem, row + 2, 0, 1, 2)
        for editor in self._editors().values():
            editor.changed.connect(self._on_changed)
            editor.widget.installEventFilter(self)
        self.table.changed.connect(self._on_table)
        self.causes.changed.connect(self._on_changed)
        self.signs.changed.connect(self._on_changed)
        self.causes.passed.connect(self._next_after_causes)
        self.causes_label = QLabel()
        self.causes_label.setProperty("class", "h2")
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        layout.addLayout(grid)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.causes_label)
        layout.addWidget(self.causes)
        layout.addWidget(self.signs)
        layout.addStretch(0)
        self.retranslate()

    def _editors(self) -> dict[str, Editor[Any]]:
        return {
            "b1": self.b1,
            "income": self.income,
            "surveyed_on": self.day,
            "surveyor": self.surveyor,
            "note": self.note,
        }

    def _lines(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            ("b1", self.b1.widget),
            ("b2", self.b2),
            ("income", self.income.widget),
            ("surveyed_on", self.day.widget),
            ("surveyor", self.surveyor.widget),
            ("note", self.note.widget),
        )

    # ---- what the pane uses

    def show_sheet(self, pack: Pack, table: ScoreTable | None, zone: str, data: SurveyData) -> None:
        """Show one household's sheet."""
        self._pack = pack
        self.b1.set_value(data.b1)
        self.income.set_value(data.income)
        self.day.set_value(data.surveyed_on)
        self.surveyor.set_value(data.surveyor)
        self.note.set_value(data.note)
        self.table.show_table(table, zone)
        self.table.show_answers(data.b1_answers)
        self.table.setVisible(self.table.usable)
        self.causes.set_on(data.causes)
        scored = pack.score is not None
        for name in ("b1", "b2"):
            self._labels[name].setVisible(scored)
            dict(self._lines())[name].setVisible(scored)
        self.mark(())
        self._say_money()

    def data(self, before: SurveyData) -> SurveyData:
        """The sheet as typed; what stands elsewhere is taken from `before`."""
        day: datetime.date | None = self.day.value()
        return replace(
            before,
            surveyed_on=day or before.surveyed_on,
            surveyor=clean(self.surveyor.widget.text()),
            income=self.income.value(),
            b1=self.b1.value(),
            b1_answers=self.table.answers() if self.table.usable else before.b1_answers,
            causes=self.causes.on(),
            quick_signs=self.signs.on() if self.signs.isVisibleTo(self) else before.quick_signs,
            note=clean(self.note.widget.text()),
        )

    def show_b2(self, b2: int | None, count: int) -> None:
        """The points of the deprivations."""
        points = "–" if b2 is None else format_number(b2)
        self.b2.setText(_("{points} ({count} deprivations)").format(points=points, count=format_number(count)))

    def problems(self) -> list[Problem]:
        """What cannot be read."""
        return [Problem(name, editor.problem()) for name, editor in self._editors().items() if editor.problem()]

    def mark(self, problems: Sequence[Problem]) -> list[Problem]:
        """Show problems beside their fields; those of no field here are returned."""
        for name, label in self._problems.items():
            text = "\n".join(problem.message for problem in problems if problem.field == name)
            label.setText(text)
            label.setVisible(bool(text))
            editor = self._editors().get(name)
            if editor is not None and bool(editor.widget.property("invalid")) != bool(text):
                editor.widget.setProperty("invalid", bool(text))
                editor.widget.style().unpolish(editor.widget)
                editor.widget.style().polish(editor.widget)
        return [problem for problem in problems if problem.field not in self._problems]

    def begin(self) -> None:
        """The cursor where the paper begins: in the points, or in the income where there are none."""
        scored = self._pack is not None and self._pack.score is not None
        first = self.b1.widget if scored else self.income.widget
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    def after_answers(self) -> None:
        """What follows the answers on the paper: the causes."""
        self.causes.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on; from the points to the answers."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        first = self.b1.widget if self._pack is not None and self._pack.score is not None else self.income.widget
        if watched is first:
            self.passed.emit()
        else:
            self.focusNextChild()
        return True

    def _next_after_causes(self) -> None:
        self.income.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.income.widget.selectAll()

    # ---- words

    def retranslate(self) -> None:
        """Say the words again."""
        for name, words in (
            ("b1", _("&B1 (income points)")),
            ("b2", _("B2 (deprivations)")),
            ("income", _("&Income per head and month")),
            ("surveyed_on", _("Surveyed &on")),
            ("surveyor", _("Sur&veyor")),
            ("note", _("No&te")),
        ):
            self._labels[name].setText(words)
            dict(self._lines())[name].setAccessibleName(words.replace("&", ""))
        self.income.widget.setPlaceholderText(_("may stay empty"))
        self.causes_label.setText(_("Causes of poverty (keys 1–8)"))
        self._say_money()

    def _on_table(self) -> None:
        points = self.table.points()
        if points is not None:
            self.b1.set_value(points)
        self._on_changed()

    def _on_changed(self) -> None:
        self._say_money()
        self.changed.emit()

    def _say_money(self) -> None:
        income = self.income.value()
        self.money.setText("" if income is None else format_money(income))
        self.money.setVisible(income is not None)
