"""Decisions about targets: the plan line of one, the common income of a year, figures of others recomputed."""

import re
from fractions import Fraction
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.offices import AREA_LABELS, Area
from casemgr.domain.target_plans import TargetData
from casemgr.domain.targets import COMPARISON_LABELS, UNIT_LABELS, Comparison, TargetUnit
from casemgr.errors import Problem
from casemgr.i18n import _, format_number, ngettext
from casemgr.services.target_plans import Benchmark
from casemgr.services.targets import Figure
from ui.theme import spaced, theme
from ui.widgets.choice_box import ChoiceBox

_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d{1,2})?")
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:[. ]\d{3})+")


def read_hundredths(text: str) -> int | None:
    """A value as people type it (1,5 or 100 or 1.500.000) times 100; None when it is no number."""
    plain = text.strip().removesuffix("%").strip()
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[. ]", "", plain)
    if not _NUMBER.fullmatch(plain):
        return None
    value = Fraction(plain.replace(",", ".")) * 100
    return int(value)


def words_of(hundredths: int) -> str:
    """The value for typing."""
    return format_number(hundredths // 100) if hundredths % 100 == 0 else format_number(hundredths / 100, decimals=2)


class _Dialog(QDialog):
    """A form with a sentence above, problems below, and its buttons."""

    def __init__(self, name: str, title: str, text: str, save: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        told = QLabel(text)
        told.setWordWrap(True)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.problem = QLabel()
        self.problem.setObjectName(f"{name}Problem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText(save)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setObjectName(f"{name}Save")
        self.buttons.accepted.connect(self.try_accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(16, 14, 16, 14), spacing=10)
        layout.addWidget(told)
        layout.addLayout(self.form)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(theme().px(440))

    def field(self, name: str, label: str, widget: QWidget) -> None:
        """One line of the form."""
        widget.setObjectName(name)
        widget.setAccessibleName(label)
        self.form.addRow(label, widget)

    def refuse(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        """Say why it cannot be saved."""
        self.problem.setText("\n".join(problem.message for problem in problems))

    def try_accept(self) -> None:
        """Close when everything can be read."""
        self.accept()


class PlanDialog(_Dialog):
    """The plan line of one measure for a year; the unit is the measure's own, so points and per cent cannot mix."""

    def __init__(self, figure: Figure, set_code: str, year: int, parent: QWidget | None = None) -> None:
        unit = _(UNIT_LABELS[figure.measure.unit])
        super().__init__(
            "planDialog",
            _("Plan line of {year}").format(year=year),
            f"{figure.measure.code}. {figure.measure.label}",
            _("Save the plan line"),
            parent,
        )
        self._figure, self._set, self._year = figure, set_code, year
        self.comparison: ChoiceBox[Comparison] = ChoiceBox()
        points = figure.measure.unit is TargetUnit.POINTS
        known = [one for one in Comparison if points or one is not Comparison.FALLS_BY]
        self.comparison.set_choices([(one, lambda one=one: _(COMPARISON_LABELS[one])) for one in known])  # type: ignore[misc]  # mypy and a default argument
        self.value, self.document, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.field("planComparison", _("Comparison"), self.comparison)
        self.field("planValue", _("Value ({unit})").format(unit=unit), self.value)
        self.field("planDocument", _("Document"), self.document)
        self.field("planNote", _("Note"), self.note)
        plan = figure.plan
        self.comparison.set_value(Comparison(plan.comparison) if plan else known[-1] if points else known[0])
        if plan is not None:
            self.value.setText(words_of(plan.value_hundredths))
            self.document.setText(plan.document)
            self.note.setText(plan.note)
        self.value.setFocus()
        self.value.selectAll()

    def data(self) -> TargetData:
        """What was typed."""
        return TargetData(
            set_code=self._set,
            indicator=self._figure.measure.code,
            year=self._year,
            comparison=(self.comparison.value() or Comparison.AT_LEAST).value,
            value_hundredths=read_hundredths(self.value.text()) or 0,
            unit=self._figure.measure.unit.value,
            document=self.document.text(),
            note=self.note.text(),
        )

    def try_accept(self) -> None:
        """Only with a number."""
        if read_hundredths(self.value.text()) is None:
            self.problem.setText(_("Write a number, with at most two decimals: 1,5 or 100."))
            self.value.setFocus()
            return
        self.accept()


class IncomeDialog(_Dialog):
    """The common income per person and month of an area, which target I02b compares with."""

    def __init__(self, year: int, known: list[Benchmark], parent: QWidget | None = None) -> None:
        super().__init__(
            "incomeDialog",
            _("Common income of {year}").format(year=year),
            _("Average income per person and month of the people of the area, with where the figure comes from."),
            _("Save the income"),
            parent,
        )
        self._year, self._known = year, {one.area: one for one in known if one.year == year}
        self.area: ChoiceBox[Area] = ChoiceBox()
        self.area.set_choices([(one, lambda one=one: _(AREA_LABELS[one])) for one in Area])  # type: ignore[misc]  # as above
        self.income, self.source = QLineEdit(), QLineEdit()
        self.field("incomeArea", _("Area"), self.area)
        self.field("incomeValue", _("Dong per person and month"), self.income)
        self.field("incomeSource", _("Source"), self.source)
        self.area.set_value(next(iter(self._known), Area.RURAL))
        self.area.chosen.connect(self._fill)
        self._fill()

    def data(self) -> Benchmark:
        """What was typed."""
        income = (read_hundredths(self.income.text()) or 0) // 100
        return Benchmark(self._year, self.area.value() or Area.RURAL, income, self.source.text())

    def _fill(self) -> None:
        found = self._known.get(self.area.value() or Area.RURAL)
        self.income.setText(format_number(found.income) if found else "")
        self.source.setText(found.source if found else "")


class FiguresDialog(QDialog):
    """Figures of somebody else's report, pasted: every percentage is worked out again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figuresDialog")
        self.setWindowTitle(_("Check figures"))
        told = QLabel(
            _("Paste lines from Excel: name, number, of how many, per cent. Every percentage is worked out again.")
        )
        told.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setObjectName("figuresText")
        self.text.setAccessibleName(_("Figures"))
        self.text.setPlainText(_table(QGuiApplication.clipboard().text()))
        self.found = QLabel()
        self.found.setObjectName("figuresFound")
        self.found.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(16, 14, 16, 14), spacing=10)
        layout.addWidget(told)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.found)
        layout.addWidget(buttons)
        self.resize(theme().px(620), theme().px(420))
        self.text.textChanged.connect(self.check)
        self.check()

    def check(self) -> None:
        """Say which figures are wrong."""
        from casemgr.exchange.targets import check_figures, read_figures

        figures, skipped = read_figures(line.split("\t") for line in self.text.toPlainText().splitlines())
        wrong = check_figures(figures)
        lines = [one.message for one in wrong]
        lines += [
            _("Row {row} could not be read: name, part, whole and per cent are wanted.").format(row=row)
            for row in skipped
        ]
        if figures and not wrong:
            words = ngettext("{count} figure agrees.", "{count} figures agree.", len(figures))
            lines.append(words.format(count=len(figures)))
        self.found.setText("\n".join(lines))
        self.found.setProperty("class", "problem" if wrong or skipped else "")
        self.found.style().polish(self.found)


def _table(text: str) -> str:
    """What was copied, if it can be lines of figures; other texts on the clipboard are none of ours."""
    return text if "\t" in text else ""
