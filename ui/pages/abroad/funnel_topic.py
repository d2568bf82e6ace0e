"""How far people got, by market, and who is abroad on a day: every number opens the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.abroad import ABROAD_MACHINE, PREPARING, AbroadState
from casemgr.i18n import N_, _, format_date, format_number
from casemgr.services import abroad_behind, abroad_board
from casemgr.services.abroad_behind import ABROAD, CANCELLED, TOTAL
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.record_topic import Topic
from ui.theme import sized, spaced
from ui.translation import Says
from ui.widgets.date_edit import DateEdit
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from casemgr.services.abroad_board import FunnelRow
    from ui.desk import Desk

_STATES: Final = (*PREPARING, AbroadState.DEPARTED, AbroadState.RETURNED, AbroadState.ENDED)
_EVERY: Final = "*"


@dataclass(frozen=True)
class StageRow:
    """One state with its numbers: of all markets, then of each."""

    key: str
    words: str
    counts: dict[str, int]


class FunnelTopic(Topic):
    """`behind` with words and the cases of a number."""

    behind = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("funnelTopic")
        self._rows: dict[str, StageRow] = {}
        self._markets: tuple[str, ...] = ()
        self.first, self.last, self.day = DateEdit(whole=True), DateEdit(whole=True), DateEdit(whole=True, ahead=366)
        self.labels: list[QLabel] = []
        top, on = QHBoxLayout(), QHBoxLayout()
        spaced(top, spacing=8)
        spaced(on, spacing=8)
        for row, field, name, words in (
            (top, self.first, "funnelFirst", lambda: _("Registered &from")),
            (top, self.last, "funnelLast", lambda: _("un&til")),
            (on, self.day, "funnelDay", lambda: _("Abroad &on")),
        ):
            label = QLabel()
            label.setObjectName(f"{name}Label")
            label.setBuddy(field)
            field.setObjectName(name)
            sized(field, width=130)
            field.changed.connect(self.refresh)
            Says(label, label.setText, words)
            row.addWidget(label)
            row.addWidget(field)
        self.day.set_value(self.today)
        top.addStretch()
        self.abroad = QPushButton()
        self.abroad.setObjectName("funnelAbroad")
        self.abroad.setProperty("class", "flat")
        self.abroad.setIcon(icon("airplane-takeoff"))
        self.abroad.clicked.connect(lambda _checked=False: self.open_abroad())
        on.addWidget(self.abroad)
        on.addStretch()
        self.model: RowsModel[str, StageRow] = RowsModel((), lambda ids: [self._rows[one] for one in ids])
        self._place = QVBoxLayout()
        spaced(self._place)
        self._table = self._make_table(())
        self.empty = EmptyState(
            "funnel",
            lambda: _("No case in this period"),
            lambda: _("The numbers come from the steps of the cases; nothing is typed here."),
        )
        self.empty.setObjectName("funnelEmpty")
        self.hint = QLabel()
        self.hint.setObjectName("funnelHint")
        self.hint.setProperty("class", "small")
        Says(self.hint, self.hint.setText, lambda: _("Enter or a double click on a number opens its list."))
        self.stack = QStackedWidget()
        self.stack.addWidget(self._table)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(on)
        layout.addLayout(top)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.hint)
        self.refresh()

    @property
    def table(self) -> ListTable:
        """Its list."""
        return self._table

    def refresh(self) -> None:
        """Count again."""
        read, day = self.desk.workspace.read, self.day.day() or self.today
        count = read(abroad_board.count_abroad, day)
        words = _("{count} abroad on {date}").format(count=format_number(count), date=format_date(day))
        self.abroad.setText(words)
        self.abroad.setAccessibleName(words)
        self.abroad.setEnabled(bool(count))
        found = read(abroad_board.funnel, first=self.first.day(), last=self.last.day())
        markets = tuple(row.market for row in found)
        if markets != self._markets or not self.model.all_columns:
            self._markets = markets
            self._replace_table(found)
        self._rows = {row.key: row for row in _stages(found)} if found else {}
        self.model.set_ids(tuple(self._rows))
        self.stack.setCurrentWidget(self._table if found else self.empty)

    def open_abroad(self) -> None:
        """Who was abroad on the day."""
        day = self.day.day() or self.today
        rows = self.desk.workspace.read(abroad_board.abroad_on, day, limit=5000)
        self.behind.emit(_("Abroad on {date}").format(date=format_date(day)), [row.id for row in rows])

    def open_number(self, key: str, market: str) -> None:
        """The cases behind a number."""
        row = self._rows[key]
        cases: list[UUID] = self.desk.workspace.read(
            abroad_behind.behind,
            key,
            None if market == _EVERY else market,
            first=self.first.day(),
            last=self.last.day(),
        )
        label = next((column.title for column in self.model.all_columns if column.key == f"m_{market}"), "")
        self.behind.emit(" · ".join(filter(None, (row.words, label))), cases)

    # ---- inside

    def _make_table(self, columns: tuple[Column[StageRow], ...]) -> ListTable:
        self.model = RowsModel(columns, lambda ids: [self._rows[one] for one in ids])
        table = ListTable(self.model, name="funnelTable")
        Says(table, table.setAccessibleName, lambda: _("Funnel by state and market"))
        table.opened.connect(self._on_opened)
        return table

    def _replace_table(self, found: list[FunnelRow]) -> None:
        columns = [
            Column[StageRow]("stage", N_("State"), lambda row: row.words, 200, hint=lambda row: row.words),
            Column[StageRow](f"m_{_EVERY}", N_("All markets"), _count(_EVERY), 110, right=True),
            *(Column[StageRow](f"m_{row.market}", row.label, _count(row.market), 110, right=True) for row in found),
        ]
        old, self._table = self._table, self._make_table(tuple(columns))
        self.stack.insertWidget(0, self._table)
        self.stack.removeWidget(old)
        old.hide()
        old.deleteLater()

    def _on_opened(self, row: int) -> None:
        index = self._table.currentIndex()
        column = self.model.columns[index.column()] if index.isValid() else self.model.columns[0]
        market = column.key.removeprefix("m_") if column.key.startswith("m_") else _EVERY
        self.open_number(self.model.ids[row], market)


def _count(market: str) -> Callable[[StageRow], str]:
    return lambda row: format_number(row.counts.get(market, 0))


def _reached(state: AbroadState, row: FunnelRow) -> int:
    return row.counts.get(state, 0)


def _stages(found: list[FunnelRow]) -> list[StageRow]:
    """States as lines, markets as columns."""

    def line(key: str, words: str, number: Callable[[FunnelRow], int]) -> StageRow:
        counts = {row.market: number(row) for row in found}
        return StageRow(key, words, counts | {_EVERY: sum(counts.values())})

    return [
        line(TOTAL, _("All cases"), lambda row: row.total),
        *(
            line(state.value, ABROAD_MACHINE.label(state), partial(_reached, state))
            for state in _STATES
            if state is not AbroadState.ADVISED
        ),
        line(ABROAD, _("Abroad now"), lambda row: row.abroad),
        line(CANCELLED, ABROAD_MACHINE.label(AbroadState.CANCELLED), lambda row: row.cancelled),
    ]
