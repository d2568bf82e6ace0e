"""Cases of work abroad: a board by state or a list, narrowed by hamlet, market, form, due day, incident and a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.abroad import ABROAD_MACHINE
from casemgr.domain.agenda import SOON_DAYS
from casemgr.domain.permissions import Permission
from casemgr.i18n import _, format_number, ngettext
from casemgr.services import abroad_board, abroad_checks, abroad_steps, offices
from casemgr.services.abroad_board import AbroadQuery, AbroadRow
from ui.due_words import due_words
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.abroad.case_fields import form_choices, market_choices
from ui.pages.abroad.columns import CASES, check_words, incident_words, market_words
from ui.pages.abroad.verbs import DETAIL_FIELDS, step_of
from ui.record_topic import Topic
from ui.step_form import StepForm
from ui.theme import sized, spaced
from ui.translation import Says
from ui.widgets.board import Board, BoardCard
from ui.widgets.chips import Chip, Chips
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.domain.abroad_flags import Assessment
    from casemgr.services.state_steps import StepData
    from ui.desk import Desk
    from ui.jobs import Job

BOARD, LIST = "board", "list"
OVERDUE, SOON, HAPPENED = "overdue", "soon", "happened"
_CARDS: Final = 60
"""So many cards of a state are shown; the list has the others."""
_LINES: Final = 2000


class CasesTopic(Topic):
    """`opened` with a case; a step is asked for beside the board."""

    opened = Signal(object)
    new_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("abroadCasesTopic")
        self._rows: dict[UUID, AbroadRow] = {}
        self._checks: dict[UUID, Assessment] = {}
        self._counts: dict[str, int] = {}
        self._only: tuple[str, tuple[UUID, ...]] | None = None
        self.text = QLineEdit()
        self.text.setObjectName("abroadFilter")
        self.text.setClearButtonEnabled(True)
        for say in (self.text.setPlaceholderText, self.text.setAccessibleName):
            Says(self.text, say, lambda: _("Name of the worker"))
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(120)
        self._delay.timeout.connect(self.refresh)
        self.text.textChanged.connect(lambda _text: self._delay.start())
        self.text.returnPressed.connect(self._to_cases)
        self.hamlet: ChoiceBox[UUID] = ChoiceBox()
        self.market, self.form, self.state_box = ChoiceBox[str](), ChoiceBox[str](), ChoiceBox[str]()
        for box, name, words in (
            (self.hamlet, "abroadHamlet", lambda: _("Hamlet")),
            (self.market, "abroadMarket", lambda: _("Market")),
            (self.form, "abroadFormBox", lambda: _("Way of going")),
            (self.state_box, "abroadState", lambda: _("State")),
        ):
            box.setObjectName(name)
            Says(box, box.setAccessibleName, words)
            box.chosen.connect(self.refresh)
            sized(box, width=138)
        self.chips = Chips(
            [
                Chip(OVERDUE, lambda: _("Overdue")),
                Chip(SOON, lambda: _("Due within a week")),
                Chip(HAPPENED, lambda: _("Something happened")),
            ]
        )
        self.chips.setObjectName("abroadChips")
        self.chips.changed.connect(self.refresh)
        self.ways = Chips([Chip(BOARD, lambda: _("Board")), Chip(LIST, lambda: _("List"))], single=True)
        self.ways.setObjectName("abroadWays")
        self.ways.set_on((BOARD,))
        sized(self.ways, width=200)
        self.ways.changed.connect(self._on_way)
        self.count = QLabel()
        self.count.setObjectName("abroadCount")
        self.count.setProperty("class", "small")
        self.all = QPushButton()
        self.all.setObjectName("abroadAll")
        self.all.setProperty("class", "flat")
        self.all.setIcon(icon("x"))
        self.all.clicked.connect(lambda _checked=False: self.show_only("", None))
        self.new = QPushButton()
        self.new.setObjectName("abroadNew")
        self.new.setProperty("class", "primary")
        self.new.setIcon(icon("plus", "on"))
        self.new.clicked.connect(lambda _checked=False: self.new_requested.emit())
        Says(self.new, self.new.setText, lambda: _("New case…"))
        Says(self.new, self.new.setAccessibleName, lambda: _("New case…"))
        self.board = Board(ABROAD_MACHINE, name="abroadBoard")
        self.board.opened.connect(self.opened)
        self.board.move_requested.connect(self.ask_step)
        self.board.more_requested.connect(self.show_state)
        self.model: RowsModel[UUID, AbroadRow] = RowsModel(CASES, lambda ids: [self._rows[one] for one in ids])
        self._table = ListTable(self.model, name="abroadTable")
        Says(self._table, self._table.setAccessibleName, lambda: _("Cases of work abroad"))
        self._table.opened.connect(lambda row: self.opened.emit(self.model.ids[row]))
        self.empty = EmptyState("airplane-takeoff", _none, _hint, (lambda: _("New case…"),))
        self.empty.setObjectName("abroadEmpty")
        self.empty.chosen.connect(lambda _number: self.new_requested.emit())
        self.stack = QStackedWidget()
        for widget in (self.board, self._table, self.empty):
            self.stack.addWidget(widget)
        self.step_form = StepForm(name="abroadBoardStep")
        self.step_form.done.connect(lambda _result: self._on_step())
        self.step_form.closed.connect(self._close_step)
        self.step_form.conflicted.connect(lambda error: self.said.emit(Notice(str(error), "near")))
        sized(self.step_form, width=340)
        self.step_form.hide()
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        top, second, body = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        spaced(top, spacing=8)
        top.addWidget(self.text, 1)
        for box in (self.hamlet, self.market, self.form, self.state_box):
            top.addWidget(box)
        top.addWidget(self.new)
        spaced(second, spacing=8)
        second.addWidget(self.ways)
        second.addWidget(self.chips, 1)
        second.addWidget(self.all)
        second.addWidget(self.count)
        spaced(body, spacing=8)
        body.addWidget(self.stack, 1)
        body.addWidget(self.step_form)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addLayout(second)
        layout.addLayout(body, 1)

    # ---- what the page uses

    @property
    def table(self) -> ListTable:
        """Its list."""
        return self._table

    @property
    def current(self) -> UUID | None:
        """The case one is on."""
        if self.way == BOARD:
            return self.board.current
        row = self._table.current()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    @property
    def way(self) -> str:
        """Board or list."""
        return next(iter(self.ways.on()), BOARD)

    def filter(self) -> None:
        """Type into the filter."""
        self.text.setFocus()
        self.text.selectAll()

    def refresh(self) -> None:
        """Read again what fits the filters."""
        self._offer()
        read, board = self.desk.workspace.read, self.way == BOARD
        query = self._query(_CARDS if board else _LINES)
        rows = read(abroad_board.board, query)
        counts = {str(state): count for state, count in read(abroad_board.counts, query).items()}
        if self._only is not None:
            rows = [row for row in rows if row.id in set(self._only[1])]
            counts = {state: sum(row.state == state for row in rows) for state in counts}
        kept = self.current
        self._rows = {row.id: row for row in rows}
        total = sum(counts.values())
        self.count.setText(ngettext("{count} case", "{count} cases", total).format(count=format_number(total)))
        self.count.setAccessibleName(self.count.text())
        self.all.setVisible(self._only is not None)
        self.new.setEnabled(self.desk.may(Permission.EDIT))
        self.model.set_ids(tuple(self._rows))
        self._table.go(self.model.place_of(kept))
        if board:
            self._counts = counts
            self._show_cards()
            shown = tuple(self._rows)
            job = self.desk.jobs.start(lambda _progress: read(abroad_checks.flags_of, shown))
            job.succeeded.connect(self._on_checks)
        self._say_empty()
        self.stack.setCurrentWidget(self.empty if not total else self.board if board else self._table)

    def _show_cards(self) -> None:
        cards = [_card(row, self._checks.get(row.id)) for row in self._rows.values()]
        self.board.show_cards(cards, self._counts)

    def _on_checks(self, found: dict[UUID, Assessment]) -> None:
        """What is to be checked is known a moment after the cards."""
        if self.way == BOARD and found != self._checks and set(found) == set(self._rows):
            self._checks = found
            self._show_cards()

    def show_state(self, state: str) -> None:
        """The list of one state."""
        self.ways.set_on((LIST,))
        self.state_box.set_value(state)
        self.refresh()
        self._table.setFocus()

    def show_only(self, words: str, cases: Sequence[UUID] | None, *, market: str = "", state: str = "") -> None:
        """The list of these cases and no others; None for all of them again."""
        self._only = (words, tuple(cases)) if cases is not None else None
        self.text.clear()
        self._delay.stop()
        self.chips.set_on(())
        self.hamlet.set_value(None)
        self.form.set_value(None)
        self.market.set_value(market or None)
        self.state_box.set_value(state or None)
        self.ways.set_on((LIST,))
        self.all.setText(words)
        self.all.setAccessibleName(words)
        self.all.setToolTip(_("Show all cases again"))
        self.refresh()

    def focus(self) -> None:
        """Go to the cases."""
        if self.stack.currentWidget() is self.board:
            self.board.focus()
        elif (shown := self.stack.currentWidget()) is not None:
            shown.setFocus()

    def ask_step(self, case: UUID, to: str) -> None:
        """Show the checks of a step, with its form."""
        row = self._rows.get(case)
        if row is None or not self.desk.may(Permission.EDIT):
            return
        read, desk = self.desk.workspace.read, self.desk

        def submit(data: StepData) -> Job:
            return desk.write(abroad_steps.move_on, case, row.version, step_of(data))

        self.step_form.begin(
            ABROAD_MACHINE,
            row.state,
            to,
            whom=f"{row.code} · {row.person}",
            on=self.today,
            check=lambda data: read(abroad_steps.check, case, step_of(data)),
            submit=submit,
            more=DETAIL_FIELDS.get(str(to), ()),
        )

    # ---- inside

    def _offer(self) -> None:
        hamlets = self.desk.workspace.read(offices.hamlets, active_only=True)
        self.hamlet.set_choices(
            [(None, lambda: _("All hamlets")), *((one.id, partial(str, one.data.name)) for one in hamlets)]
        )
        self.market.set_choices([(None, lambda: _("All markets")), *market_choices()])
        self.form.set_choices([(None, lambda: _("All ways of going")), *form_choices()])
        states = ((str(one.code), partial(ABROAD_MACHINE.label, one.code)) for one in ABROAD_MACHINE.states)
        self.state_box.set_choices([(None, lambda: _("All states")), *states])

    def _query(self, limit: int) -> AbroadQuery:
        on, state, until = self.chips.on(), self.state_box.value(), None
        if OVERDUE in on:
            until = self.today - timedelta(days=1)
        if SOON in on:
            until = self.today + timedelta(days=SOON_DAYS)
        return AbroadQuery(
            states=(state,) if state else (),
            hamlet_id=self.hamlet.value(),
            market=self.market.value() or "",
            form=self.form.value() or "",
            incident=True if HAPPENED in on else None,
            text=self.text.text(),
            due_until=until,
            limit=limit,
        )

    def _say_empty(self) -> None:
        boxes = (self.hamlet, self.market, self.form, self.state_box)
        narrowed = self.text.text().strip() or self.chips.on() or self._only or any(one.value() for one in boxes)
        if narrowed:
            self.empty.say(lambda: _("Nothing fits"), lambda: _("Take away a filter, or try fewer letters."))
        else:
            self.empty.say(_none, _hint)

    def _on_way(self) -> None:
        if not self.ways.on():
            self.ways.set_on((BOARD,))
        if self.way == BOARD:
            self.state_box.set_value(None)
            self._only = None
        self.refresh()
        self.focus()

    def _on_step(self) -> None:
        self._close_step()
        self.said.emit(Notice(_("Step recorded."), "ok"))

    def _close_step(self) -> None:
        self.step_form.hide()
        self.focus()

    def _to_cases(self) -> None:
        if self._delay.isActive():
            self._delay.stop()
            self.refresh()
        self.focus()


def _none() -> str:
    return _("No case of work abroad yet")


def _hint() -> str:
    return _("A case begins with advice: costs, loan and what nobody may ask money for. It belongs to one person.")


def _card(row: AbroadRow, told: Assessment | None) -> BoardCard:
    due, marks = due_words(row), incident_words(row) or check_words(told)
    beside = marks if due else ""  # there is room for one badge
    return BoardCard(
        id=row.id,
        state=str(row.state),
        title=row.person,
        line=" · ".join(filter(None, (row.code, row.hamlet))),
        detail=" · ".join(filter(None, (beside, market_words(row)))),
        due=due[:1].upper() + due[1:],
        tone="poor" if row.overdue else "",
        mark="" if due else marks,
    )
