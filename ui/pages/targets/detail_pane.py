"""One target beside the table: the words of the plan, how it is counted, its trend, parts, and the list behind."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.targets import COHORT_LABELS, ITEM_LABELS, Cohort, Item, value_text
from casemgr.i18n import N_, _, format_number
from casemgr.services.target_items import ItemRow
from casemgr.services.targets import PART, REST, UNKNOWN, WHOLE, Figure, TrendPoint
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.targets.columns import ITEM_COLUMNS, STATE_TONES, state_words
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.list_table import ListTable
from ui.widgets.trend_chart import ChartPoint, TrendChart

_LISTS: Final = (
    (PART, N_("Counted: {count}")),
    (REST, N_("Left to do: {count}")),
    (UNKNOWN, N_("Not known: {count}")),
    (WHOLE, N_("Everybody: {count}")),
)
_MOST_PARTS: Final = 14


class DetailPane(Speaks):
    """Knows the target shown; the page reads for it."""

    list_wanted = Signal(str)
    opened = Signal(UUID)
    all_requested = Signal(tuple)
    plan_wanted = Signal()
    output_wanted = Signal(str)
    """excel or print: of the list shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("targetDetail")
        self.figure: Figure | None = None
        self._rows: Mapping[UUID, ItemRow] = {}
        self._title, self._text, self._value, self._counts, self._rule = (QLabel() for _each in range(5))
        self._title.setProperty("class", "h2")
        self._title.setObjectName("targetTitle")
        self._value.setProperty("class", "h1")
        self._value.setObjectName("targetValue")
        self._counts.setObjectName("targetCounts")
        self._text.setProperty("class", "soft")
        self._rule.setProperty("class", "small")
        self._rule.setObjectName("targetRule")
        for label in (self._title, self._text, self._counts, self._rule):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.badge = Badge()
        self.chart = TrendChart()
        self._parts = QGridLayout()
        spaced(self._parts, spacing=2)
        self._parts.setColumnStretch(0, 1)
        self.plan_button = QPushButton()
        self.plan_button.setObjectName("targetPlan")
        self.plan_button.setIcon(icon("pencil-simple"))
        self.plan_button.clicked.connect(self.plan_wanted)
        self.which: ChoiceBox[str] = ChoiceBox()
        self.which.setObjectName("targetWhich")
        self.which.chosen.connect(lambda: self.list_wanted.emit(self.which.value() or PART))
        self.model: RowsModel[UUID, ItemRow] = RowsModel(ITEM_COLUMNS, self._fetch)
        self.table = ListTable(self.model, name="targetItems")
        self.table.opened.connect(self._on_opened)
        self.excel, self.print_button, self.all_button = QPushButton(), QPushButton(), QPushButton()
        for name, button, picture in (
            ("targetListExcel", self.excel, "table"),
            ("targetListPrint", self.print_button, "printer"),
            ("targetListAll", self.all_button, "house-line"),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
        self.excel.clicked.connect(lambda: self.output_wanted.emit("excel"))
        self.print_button.clicked.connect(lambda: self.output_wanted.emit("print"))
        self.all_button.clicked.connect(self._on_all)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        value = QHBoxLayout()
        spaced(value, spacing=8)
        value.addWidget(self._value)
        value.addWidget(self.badge)
        value.addStretch()
        value.addWidget(self.plan_button)
        told = QWidget()
        column = QVBoxLayout(told)
        spaced(column, margins=(2, 0, 8, 0), spacing=5)
        for item in (self._title, value, self._counts, self.chart, self._parts, self._text, self._rule):
            column.addLayout(item) if isinstance(item, QHBoxLayout | QGridLayout) else column.addWidget(item)
        column.addStretch()
        self._area = QScrollArea()
        self._area.setObjectName("targetTold")
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(told)
        line = QHBoxLayout()
        spaced(line, spacing=6)
        line.addWidget(self.which, 1)
        for button in (self.excel, self.print_button, self.all_button):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 10, 10, 10), spacing=8)
        layout.addWidget(self._area, 3)
        layout.addLayout(line)
        layout.addWidget(self.table, 2)

    def show_figure(self, figure: Figure | None) -> None:
        """Show a target; its list and trend follow."""
        self.figure = figure
        self._rows = {}
        self.model.set_ids(())
        self.chart.show_points(())
        self.which.set_choices(self._choices())
        self.which.set_value(PART)
        self._show_parts()
        self._area.verticalScrollBar().setValue(0)
        self.retranslate()

    def show_list(self, rows: Sequence[ItemRow]) -> None:
        """Show the lines behind the number."""
        self._rows = {row.id: row for row in rows}
        self.model.set_ids([row.id for row in rows])
        self.table.go(0)
        self.all_button.setEnabled(any(row.household_id for row in rows))

    def show_trend(self, points: Sequence[TrendPoint]) -> None:
        """Show the years."""
        self.chart.show_points(
            [
                ChartPoint(
                    str(point.day.year),
                    None if point.value is None else float(point.value),
                    point.text,
                    None if point.plan is None else float(point.plan),
                )
                for point in points
            ]
        )

    def retranslate(self) -> None:
        """Say the words again."""
        found = self.figure
        self.excel.setText(_("Excel…"))
        self.print_button.setText(_("Print…"))
        self.all_button.setText(_("Households"))
        self.all_button.setToolTip(_("Show in the list of households"))
        self.plan_button.setText(_("Plan…"))
        self.which.setAccessibleName(_("Which list"))
        self.table.setAccessibleName(_("The names behind the number"))
        if found is None:
            for label in (self._title, self._text, self._value, self._counts, self._rule):
                label.setText("")
            self.badge.show_text("", "plain")
            return
        self._title.setText(f"{found.measure.code}. {found.measure.label}")
        self._value.setText(found.text)
        self.badge.show_text(state_words(found), STATE_TONES[found.state])
        self._counts.setText(self._told(found))
        self._text.setText(_("Plan text: “{text}”").format(text=found.indicator.text) if found.indicator.text else "")
        rule = [found.measure.rule, found.indicator.note]
        if found.measure.cohort is not Cohort.NONE:
            rule.insert(0, _("Counted: {cohort}.").format(cohort=_(COHORT_LABELS[found.measure.cohort])))
        self._rule.setText("\n".join(part for part in rule if part))
        self.table.setAccessibleName(_(ITEM_LABELS[found.measure.item]))

    def _told(self, found: Figure) -> str:
        parts = [found.reason] if found.reason else []
        if found.counts and found.denominator is not None:
            parts.append(_("{counts} counted of those known").format(counts=found.counts))
        if found.unknown:
            parts.append(_("{count} not known").format(count=format_number(found.unknown)))
            if found.bounds is not None and found.bounds.low != found.bounds.high:
                low, high = (value_text(one, found.measure.unit) for one in (found.bounds.low, found.bounds.high))
                parts.append(_("between {low} and {high}").format(low=low, high=high))
        if found.plan_words:
            parts.append(_("plan: {plan}").format(plan=found.plan_words))
        return " · ".join((*parts, *found.notes))

    def _choices(self) -> list[tuple[str | None, partial[str]]]:
        if self.figure is None:
            return []
        choices: list[tuple[str | None, partial[str]]] = []
        for code, words in _LISTS:
            count = len(self.figure.ids(code))
            if count or code == PART:
                choices.append((code, partial(_list_words, words, count)))
        return choices

    def _show_parts(self) -> None:
        while self._parts.count():
            taken = self._parts.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.deleteLater()
        for line, part in enumerate(self.figure.parts[:_MOST_PARTS] if self.figure else ()):
            name, value = QLabel(part.label), QLabel(value_text(part.value, part.unit))
            name.setWordWrap(True)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            name.setProperty("class", "soft")
            self._parts.addWidget(name, line, 0)
            self._parts.addWidget(value, line, 1)

    def _on_opened(self, row: int) -> None:
        line = self._rows[self.model.ids[row]]
        if line.household_id is not None:
            self.opened.emit(line.household_id)

    def _on_all(self) -> None:
        homes = dict.fromkeys(row.household_id for row in self._rows.values() if row.household_id)
        if homes and self.figure is not None and self.figure.measure.item in (Item.HOUSEHOLD, Item.PERSON):
            self.all_requested.emit(tuple(homes))

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[ItemRow]:
        return [self._rows[one] for one in ids]


def _list_words(words: str, count: int) -> str:
    return _(words).format(count=format_number(count))
