"""Contracts signed directly: what waits for the commune's answer, its checklist, and the answer in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _, format_date, format_number
from casemgr.services import abroad_board, direct_contracts
from ui.icons import icon
from ui.models.rows import Column, RowsModel
from ui.pages.abroad import papers, support_verbs
from ui.pages.abroad.side_cards import direct_state, direct_tone
from ui.record_topic import Topic
from ui.theme import spaced, theme
from ui.translation import Says
from ui.verb_place import VerbPlace
from ui.widgets.card import Card
from ui.widgets.chips import FlowLayout
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.services.abroad_board import AbroadRow
    from casemgr.services.direct_contracts import DirectLine, DirectView
    from casemgr.services.office_papers import IssuedPaper
    from ui.desk import Desk
    from ui.verb_place import Verb


class DirectTopic(Topic):
    """`opened` with the case of a registration."""

    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("directTopic")
        self.record: UUID | None = None
        self._rows: dict[UUID, DirectView] = {}
        self._people: dict[UUID, AbroadRow] = {}
        columns = (
            Column["DirectView"]("person", N_("Worker"), self._person, 170, hint=self._person),
            Column["DirectView"]("code", N_("Code"), self._code, 84, code=True),
            Column["DirectView"]("country", N_("Country"), self._country, 110, spare=True),
            Column["DirectView"]("on", N_("Received"), lambda row: format_date(row.data.received_on), 92, code=True),
            Column["DirectView"]("state", N_("Answer"), direct_state, 170, tone=direct_tone),
        )
        self.model: RowsModel[UUID, DirectView] = RowsModel(columns, lambda ids: [self._rows[one] for one in ids])
        self._table = ListTable(self.model, name="directTable")
        Says(self._table, self._table.setAccessibleName, lambda: _("Registrations of direct contracts"))
        self._table.current_changed.connect(self._on_current)
        self._table.opened.connect(lambda row: self.opened.emit(self._rows[self.model.ids[row]].case_id))
        self.empty = EmptyState(
            "file-text",
            lambda: _("No registration waits for an answer"),
            lambda: _("A registration is received on the screen of a case whose contract is signed directly."),
        )
        self.empty.setObjectName("directEmpty")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._table)
        self.stack.addWidget(self.empty)
        self.verbs = VerbPlace("directVerbs")
        self.card = Card(lambda: _("Papers and contents of the contract"), margin=10)
        self.card.setObjectName("directChecklist")
        self.who = QLabel()
        self.who.setObjectName("directWho")
        self.who.setProperty("class", "strong")
        self.who.setWordWrap(True)
        self.due = Told("directDue")
        self.papers, self.contents = Told("directPapers"), Told("directContents")
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        holder = QWidget()
        row = FlowLayout(holder)
        spaced(row)
        for name, picture, words, act in (
            ("directYes", "check", lambda: _("Confirm…"), self._confirm),
            ("directFound", "check-square", lambda: _("Check the papers"), self._complete),
            ("directNo", "x", lambda: _("Refuse…"), self._refuse),
            ("directOpen", "arrow-right", lambda: _("Open the case"), self._open),
        ):
            button = QPushButton()
            button.setObjectName(name)
            button.setIcon(icon(picture, "on" if name == "directYes" else "soft"))
            if name == "directYes":
                button.setProperty("class", "primary")
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
            self.buttons[name] = button
        for widget in (self.who, self.due, holder, self.papers, self.contents):
            self.card.add(widget)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, margins=(0, 0, 6, 0), spacing=8)
        column.addWidget(self.verbs)
        column.addWidget(self.card)
        column.addStretch()
        self.right = QScrollArea()
        self.right.setObjectName("directSide")
        self.right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.right.setFrameShape(QFrame.Shape.NoFrame)
        self.right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.right.setWidgetResizable(True)
        self.right.setWidget(inside)
        self.right.setMinimumWidth(theme().px(300))
        self.stack.setMinimumWidth(theme().px(300))
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setObjectName("directHalves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(self.stack)
        halves.addWidget(self.right)
        halves.setSizes([theme().px(600), theme().px(480)])
        layout = QHBoxLayout(self)
        spaced(layout)
        layout.addWidget(halves)

    # ---- what the page uses

    @property
    def table(self) -> ListTable:
        """Its list."""
        return self._table

    def refresh(self) -> None:
        """Read again what waits."""
        read = self.desk.workspace.read
        found = read(direct_contracts.open_ones)
        self._people = {row.id: row for row in read(abroad_board.of_cases, [one.case_id for one in found])}
        self._rows = {one.id: one for one in found}
        self.model.set_ids(tuple(self._rows))
        self.stack.setCurrentWidget(self._table if self._rows else self.empty)
        if self.record not in self._rows:
            self.record = next(iter(self._rows), None)
            self.verbs.hide()
        self._table.go(self.model.place_of(self.record))
        self._show()

    def show_id(self, record: UUID) -> None:
        """Go to a registration."""
        self.record = record
        self.refresh()

    # ---- inside

    def _person(self, row: DirectView) -> str:
        return self._people[row.case_id].person if row.case_id in self._people else ""

    def _code(self, row: DirectView) -> str:
        return self._people[row.case_id].code if row.case_id in self._people else ""

    def _country(self, row: DirectView) -> str:
        return self._people[row.case_id].country if row.case_id in self._people else ""

    @property
    def line(self) -> DirectView | None:
        """The registration one is on."""
        return self._rows.get(self.record) if self.record is not None else None

    def _on_current(self, row: int) -> None:
        if 0 <= row < len(self.model.ids) and self.model.ids[row] != self.record:
            self.record = self.model.ids[row]
            self.verbs.hide()
            self._show()

    def _show(self) -> None:
        line = self.line
        self.card.setVisible(line is not None)
        if line is None:
            return
        self.who.setText(" · ".join(filter(None, (self._person(line), self._code(line), self._country(line)))))
        state = direct_state(line)
        told = [Line(state[:1].upper() + state[1:], "near" if not line.late else "poor")]
        if line.warning:
            told.append(Line(line.warning, "info"))
        self.due.show_lines(told)
        self.papers.show_lines([_check(one) for one in line.lines if one.paper])
        self.contents.show_lines([_check(one) for one in line.lines if not one.paper])
        may = self.desk.may(Permission.EDIT)
        issue = may and self.desk.may(Permission.ISSUE)
        self.buttons["directFound"].setEnabled(may)
        self.buttons["directYes"].setEnabled(issue and all(one.present for one in line.lines))
        self.buttons["directNo"].setEnabled(issue)
        missing = sum(not one.present for one in line.lines)
        words = _("{count} of the list are missing").format(count=format_number(missing)) if missing else ""
        self.buttons["directYes"].setToolTip(words)

    def _begin(self, verb: Verb) -> None:
        self.verbs.begin(verb)
        self.right.verticalScrollBar().setValue(0)

    def _open(self) -> None:
        if self.line is not None:
            self.opened.emit(self.line.case_id)

    def _complete(self) -> None:
        if self.line is not None:
            self._begin(support_verbs.complete(self.desk, self.line, self.today))

    def _confirm(self) -> None:
        if self.line is not None:
            self._begin(support_verbs.confirm(self.desk, self.line, self.today, self._issued))

    def _refuse(self) -> None:
        if self.line is not None:
            self._begin(support_verbs.refuse(self.desk, self.line, self.today, self._issued))

    def _issued(self, paper: IssuedPaper) -> None:
        self.paper_requested.emit(papers.issued(paper))


def _check(line: DirectLine) -> Line:
    if line.present:
        return Line(_("{what}: found").format(what=line.label), "ok")
    return Line(_("{what}: missing ({law})").format(what=line.label, law=line.law), "near")
