"""Plans of households: a board by state or a list, narrowed by hamlet, officer, due day and a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.agenda import SOON_DAYS
from casemgr.domain.livelihoods import PLAN_MACHINE, PlanState
from casemgr.domain.permissions import Permission
from casemgr.i18n import _, format_number, ngettext
from casemgr.services import case_files, livelihood_steps, livelihoods, offices
from casemgr.services.livelihoods import BoardQuery, BoardRow
from ui.due_words import due_words
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.livelihoods.columns import PLANS
from ui.pages.livelihoods.plan_screen import VOTES
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
    from casemgr.services.state_steps import StepData
    from ui.desk import Desk
    from ui.jobs import Job

BOARD, LIST = "board", "list"
OVERDUE, SOON, RISK = "overdue", "soon", "risk"
_CARDS: Final = 100
"""So many cards of a state are shown; the list has the others."""
_LINES: Final = 2000


class PlansTopic(Topic):
    """`opened` with a plan; a step is asked for beside the board."""

    opened = Signal(object)
    new_requested = Signal()
    sheets_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("plansTopic")
        self._rows: dict[UUID, BoardRow] = {}
        self._state = ""
        self.text = QLineEdit()
        self.text.setObjectName("plansFilter")
        self.text.setClearButtonEnabled(True)
        for say in (self.text.setPlaceholderText, self.text.setAccessibleName):
            Says(self.text, say, lambda: _("Name of the head"))
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(120)
        self._delay.timeout.connect(self.refresh)
        self.text.textChanged.connect(lambda _text: self._delay.start())
        self.text.returnPressed.connect(self._to_plans)
        self.hamlet, self.officer = ChoiceBox[UUID](), ChoiceBox[UUID]()
        self.state_box: ChoiceBox[str] = ChoiceBox()
        for box, name, words in (
            (self.hamlet, "plansHamlet", lambda: _("Hamlet")),
            (self.officer, "plansOfficer", lambda: _("Officer")),
            (self.state_box, "plansState", lambda: _("State")),
        ):
            box.setObjectName(name)
            Says(box, box.setAccessibleName, words)
            box.chosen.connect(self.refresh)
            sized(box, width=138)
        self.chips = Chips(
            [
                Chip(OVERDUE, lambda: _("Overdue")),
                Chip(SOON, lambda: _("Due within a week")),
                Chip(RISK, lambda: _("At risk")),
            ]
        )
        self.chips.setObjectName("plansChips")
        self.chips.changed.connect(self.refresh)
        self.ways = Chips([Chip(BOARD, lambda: _("Board")), Chip(LIST, lambda: _("List"))], single=True)
        self.ways.setObjectName("plansWays")
        self.ways.set_on((BOARD,))
        sized(self.ways, width=200)
        self.ways.changed.connect(self._on_way)
        self.count = QLabel()
        self.count.setObjectName("plansCount")
        self.count.setProperty("class", "small")
        self.new, self.sheets = QPushButton(), QPushButton()
        self.new.setObjectName("plansNew")
        self.new.setProperty("class", "primary")
        self.new.setIcon(icon("plus", "on"))
        self.new.clicked.connect(self.new_requested)
        self.sheets.setObjectName("plansSheets")
        self.sheets.setIcon(icon("printer"))
        self.sheets.clicked.connect(lambda: self.sheets_requested.emit(self.hamlet.value()))
        for button, says in ((self.new, lambda: _("New plan…")), (self.sheets, lambda: _("Follow-up sheets"))):
            Says(button, button.setText, says)
            Says(button, button.setAccessibleName, says)
        self.board = Board(PLAN_MACHINE, name="plansBoard")
        self.board.opened.connect(self.opened)
        self.board.move_requested.connect(self.ask_step)
        self.board.more_requested.connect(self.show_state)
        self.model: RowsModel[UUID, BoardRow] = RowsModel(PLANS, lambda ids: [self._rows[one] for one in ids])
        self._table = ListTable(self.model, name="plansTable")
        Says(self._table, self._table.setAccessibleName, lambda: _("Livelihood plans"))
        self._table.opened.connect(lambda row: self.opened.emit(self.model.ids[row]))
        self.empty = EmptyState(
            "leaf",
            lambda: _("No livelihood plan yet"),
            lambda: _(
                "A plan begins with a household: its causes of poverty and its income are taken from the review."
            ),
            (lambda: _("New plan…"),),
        )
        self.empty.setObjectName("plansEmpty")
        self.empty.chosen.connect(lambda _number: self.new_requested.emit())
        self.stack = QStackedWidget()
        for widget in (self.board, self._table, self.empty):
            self.stack.addWidget(widget)
        self.step_form = StepForm(name="plansStep")
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
        for box in (self.hamlet, self.officer, self.state_box):
            top.addWidget(box)
        top.addWidget(self.new)
        spaced(second, spacing=8)
        second.addWidget(self.ways)
        second.addWidget(self.chips, 1)
        second.addWidget(self.count)
        second.addWidget(self.sheets)
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
        """The plan one is on."""
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
        rows = read(livelihoods.board, query)
        counts = read(livelihoods.counts, query)
        self._rows = {row.id: row for row in rows}
        total = sum(counts.values())
        self.count.setText(ngettext("{count} plan", "{count} plans", total).format(count=format_number(total)))
        self.count.setAccessibleName(self.count.text())
        self.new.setEnabled(self.desk.may(Permission.EDIT))
        kept = self.current
        self.model.set_ids(tuple(self._rows))
        self._table.go(self.model.place_of(kept))
        if board:
            self.board.show_cards([_card(row) for row in rows], {str(state): count for state, count in counts.items()})
        if not total:
            self._say_empty()
            self.stack.setCurrentWidget(self.empty)
        else:
            self.stack.setCurrentWidget(self.board if board else self._table)

    def show_state(self, state: str) -> None:
        """The list of one state."""
        self.ways.set_on((LIST,))
        self.state_box.set_value(state)
        self.refresh()
        self._table.setFocus()

    def focus(self) -> None:
        """Go to the plans."""
        if self.stack.currentWidget() is self.board:
            self.board.focus()
        elif (shown := self.stack.currentWidget()) is not None:
            shown.setFocus()

    def ask_step(self, plan: UUID, to: str) -> None:
        """Show the checks of a step, with its form."""
        row = self._rows.get(plan)
        if row is None or not self.desk.may(Permission.EDIT):
            return
        read, desk = self.desk.workspace.read, self.desk

        def submit(data: StepData) -> Job:
            return desk.write(livelihood_steps.move_on, plan, row.version, data)

        self.step_form.begin(
            PLAN_MACHINE,
            row.state,
            to,
            whom=f"{row.code} · {row.head}",
            on=self.today,
            check=lambda data: read(livelihood_steps.check, plan, data),
            submit=submit,
            more=VOTES if to == PlanState.VOTED else (),
        )

    # ---- inside

    def _offer(self) -> None:
        read = self.desk.workspace.read
        self.hamlet.set_choices(
            [
                (None, lambda: _("All hamlets")),
                *((one.id, partial(str, one.data.name)) for one in read(offices.hamlets, active_only=True)),
            ]
        )
        self.officer.set_choices(
            [
                (None, lambda: _("All officers")),
                *((one.id, partial(str, one.name)) for one in read(case_files.officers)),
            ]
        )
        self.state_box.set_choices(
            [
                (None, lambda: _("All states")),
                *((str(one.code), partial(PLAN_MACHINE.label, one.code)) for one in PLAN_MACHINE.states),
            ]
        )

    def _query(self, limit: int) -> BoardQuery:
        on = self.chips.on()
        until = None
        if OVERDUE in on:
            until = self.today - timedelta(days=1)
        if SOON in on:
            until = self.today + timedelta(days=SOON_DAYS)
        state = self.state_box.value()
        return BoardQuery(
            states=(state,) if state else (),
            hamlet_id=self.hamlet.value(),
            officer_id=self.officer.value(),
            at_risk=True if RISK in on else None,
            text=self.text.text(),
            due_until=until,
            limit=limit,
        )

    def _narrowed(self) -> bool:
        boxes: Sequence[ChoiceBox[UUID] | ChoiceBox[str]] = (self.hamlet, self.officer, self.state_box)
        return bool(self.text.text().strip() or self.chips.on() or any(box.value() for box in boxes))

    def _say_empty(self) -> None:
        if self._narrowed():
            self.empty.say(lambda: _("Nothing fits"), lambda: _("Take away a filter, or try fewer letters."))
        else:
            self.empty.say(
                lambda: _("No livelihood plan yet"),
                lambda: _(
                    "A plan begins with a household: its causes of poverty and its income are taken from the review."
                ),
            )

    def _on_way(self) -> None:
        if not self.ways.on():
            self.ways.set_on((BOARD,))
        if self.way == BOARD:
            self.state_box.set_value(None)
        self.refresh()
        self.focus()

    def _on_step(self) -> None:
        self._close_step()
        self.said.emit(Notice(_("Step recorded."), "ok"))

    def _close_step(self) -> None:
        self.step_form.hide()
        self.focus()

    def _to_plans(self) -> None:
        if self._delay.isActive():
            self._delay.stop()
            self.refresh()
        self.focus()


def _card(row: BoardRow) -> BoardCard:
    due = due_words(row)
    return BoardCard(
        id=row.id,
        state=str(row.state),
        title=row.head,
        line=" · ".join(filter(None, (row.code, row.hamlet))),
        detail=row.product,
        due=due[:1].upper() + due[1:],
        tone="poor" if row.overdue else "",
        mark=_("At risk") if row.at_risk else "",
    )
