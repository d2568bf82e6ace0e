"""The instalments of a loan as a small grid: a day and a sum each, one free line, and how much is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from casemgr.domain.dates import read_date
from casemgr.domain.loan_plans import Instalment, Plan
from casemgr.domain.money import read_money
from casemgr.i18n import N_, _, format_date, format_money, format_number
from ui.editors import Editor
from ui.theme import theme
from ui.translation import Says

if TYPE_CHECKING:
    from collections.abc import Callable

TITLES: Final = (N_("Repay by"), N_("Sum in đồng"))
DAY, SUM = range(2)
_AHEAD: Final = 366 * 40
_MOST_LINES: Final = 8


class PlanGrid(QTableWidget):
    """Typing starts at once; the last line is always free; Tab leaves from the last cell."""

    def __init__(self) -> None:
        super().__init__(1, len(TITLES))
        self.setObjectName("loanPlanGrid")
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        Says(self, self.setAccessibleName, lambda: _("Instalments"))
        Says(self, lambda _text: self._say(), str)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears a line; Tab goes on to the next field from the last cell."""
        if event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            for column in range(len(TITLES)):
                item = self.item(self.currentRow(), column)
                if item is not None:
                    item.setText("")
            return
        last = self.rowCount() * self.columnCount() - 1
        if event.key() == Qt.Key.Key_Tab and self.currentRow() * self.columnCount() + self.currentColumn() >= last:
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def fit(self) -> None:
        """As high as its lines, up to a few."""
        self.verticalHeader().setDefaultSectionSize(theme().row)
        lines = max(3, min(_MOST_LINES, self.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + lines * theme().row + 4)

    def _say(self) -> None:
        self.setHorizontalHeaderLabels([_(title) for title in TITLES])


class PlanEditor(Editor[PlanGrid]):
    """Holds a tuple of instalments; `principal` is what they have to add up to, `today` what a short date means."""

    def __init__(self, principal: Callable[[], int], today: Callable[[], date]) -> None:
        super().__init__(PlanGrid())
        self._principal, self._today = principal, today
        self.set_value(())
        self.widget.itemChanged.connect(self._on_item)

    def value(self) -> Plan:
        """The lines that are whole."""
        found = []
        for row in range(self.widget.rowCount()):
            day, amount = self._day(row), read_money(self._text(row, SUM)).value
            if day is not None and amount:
                found.append(Instalment(day, amount))
        return tuple(found)

    def set_value(self, value: Sequence[Instalment] | None) -> None:
        """Show instalments and a free line."""
        lines = [(format_date(one.due_on), format_number(one.amount)) for one in value or ()]
        self.widget.blockSignals(True)
        self.widget.setRowCount(len(lines) + 1)
        for row, words in enumerate([*lines, ("", "")]):
            for column, text in enumerate(words):
                self.widget.setItem(row, column, _cell(column, text))
        self.widget.blockSignals(False)
        self.widget.fit()

    def problem(self) -> str:
        """A day or a sum that cannot be read, or one without the other."""
        for row in range(self.widget.rowCount()):
            day, amount = self._text(row, DAY), self._text(row, SUM)
            if day and self._day(row) is None:
                return _("“{text}” is no whole date.").format(text=day)
            if amount and not read_money(amount).value:
                return _("“{text}” is no whole number.").format(text=amount)
            if bool(day) != bool(amount):
                return _("Each instalment has a day and a sum.")
        return ""

    def warning(self) -> str:
        """How much the lines add up to, where it is not the whole sum."""
        plan, principal = self.value(), self._principal()
        told = sum(one.amount for one in plan)
        if not plan or told == principal:
            return ""
        message = (
            _("Adds up to {told}, missing {rest}.") if told < principal else _("Adds up to {told}, {rest} too much.")
        )
        return message.format(told=format_money(told), rest=format_money(abs(principal - told)))

    def text(self) -> str:
        """The instalments in one line."""
        return plan_words(self.value(), "; ")

    def _day(self, row: int) -> date | None:
        text = self._text(row, DAY)
        today = self._today()
        read = read_date(text, today=today.replace(year=today.year + _AHEAD // 366, day=1)).value if text else None
        return date(read.year, read.month, read.day) if read and read.month and read.day else None

    def _text(self, row: int, column: int) -> str:
        item = self.widget.item(row, column)
        return item.text().strip() if item is not None else ""

    def _on_item(self, item: QTableWidgetItem) -> None:
        if item.row() == self.widget.rowCount() - 1 and item.text().strip():
            self.widget.blockSignals(True)
            self.widget.insertRow(self.widget.rowCount())
            for column in range(len(TITLES)):
                self.widget.setItem(self.widget.rowCount() - 1, column, _cell(column, ""))
            self.widget.blockSignals(False)
            self.widget.fit()
        self.changed.emit()


def plan_words(plan: Sequence[Instalment], between: str = "\n") -> str:
    """Instalments in words: 02/02/2027 · 10.000.000."""
    return between.join(f"{format_date(one.due_on)} · {format_number(one.amount)}" for one in plan)


def _cell(column: int, text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    if column == SUM:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
