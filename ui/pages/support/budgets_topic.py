"""Budgets of a year: set aside, spent, planned and left, by programme and source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from casemgr.domain.permissions import Permission
from casemgr.domain.support import FUND_LABELS, BudgetData, FundSource
from casemgr.errors import AppError
from casemgr.i18n import N_, _, format_money
from casemgr.services import budgets, programmes
from casemgr.services.budgets import BudgetView
from ui.desk import Desk
from ui.editors import ChoiceEditor, LineEditor, NumberEditor, labelled
from ui.forms import Field
from ui.icons import icon
from ui.jobs import Job
from ui.models.rows import Column, RowsModel
from ui.pages.support.topic import Topic
from ui.programme_choices import programme_choices
from ui.theme import sized, spaced
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice
from ui.widgets.sentences import sentence


def _tone(view: BudgetView) -> str:
    return "poor" if view.left < 0 else "near" if view.left == 0 else "ok"


class BudgetsTopic(Topic):
    """Enter corrects a line, Insert enters one, Del takes one out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("supportBudgets")
        self._views: Sequence[BudgetView] = ()
        self._titles: Mapping[str, str] = {}
        self._editing: BudgetView | None = None
        self.year: ChoiceBox[int] = ChoiceBox()
        self.year.setObjectName("budgetYear")
        self.year.chosen.connect(self._show)
        self.add, self.edit, self.out = QPushButton(), QPushButton(), QPushButton()
        columns = (
            Column[BudgetView](
                "programme", N_("Programme"), lambda row: self._titles.get(row.data.programme, row.data.programme), 260
            ),
            Column[BudgetView]("source", N_("Source"), lambda row: _(FUND_LABELS[row.data.source]), 150),
            Column[BudgetView]("amount", N_("Set aside"), lambda row: format_money(row.data.amount), 128, right=True),
            Column[BudgetView]("spent", N_("Spent"), lambda row: format_money(row.spent), 128, right=True),
            Column[BudgetView]("planned", N_("On lists"), lambda row: format_money(row.planned), 128, right=True),
            Column[BudgetView]("left", N_("Left"), lambda row: format_money(row.left), 136, tone=_tone, code=True),
            Column[BudgetView]("document", N_("Document"), lambda row: row.data.document, 160, spare=True),
        )
        self.model: RowsModel[int, BudgetView] = RowsModel(columns, lambda ids: [self._views[each] for each in ids])
        self.table = ListTable(self.model, name="budgetTable")
        self.table.opened.connect(lambda _row: self.begin_edit())
        self.table.current_changed.connect(lambda _row: self._enable())
        Says(self.table, self.table.setAccessibleName, lambda: _("Budgets of the year"))
        self.sum = sentence("budgetSum", "strong")
        rows = desk.workspace.read(programmes.programmes)
        self.card = VerbCard(
            lambda: _("Budget"), lambda: _("Keep the budget"), _fields(rows), self._keep, name="budget"
        )
        self.card.hide()
        self.card.done.connect(self._on_done)
        self.card.closed.connect(self._close)
        sized(self.card, width=340)
        self.nothing = EmptyState(
            "wallet",
            lambda: _("No budget of {year} is entered").format(year=self.year.value() or ""),
            lambda: _("With a budget the program says at every payment what is left, and refuses to spend more."),
            (lambda: _("Enter a budget…"),),
        )
        self.nothing.setObjectName("budgetNothing")
        self.nothing.chosen.connect(lambda _number: self.begin_new())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        self._lay_out()
        self.retranslate()
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        spaced(top, spacing=8)
        label = QLabel()
        label.setBuddy(self.year)
        Says(label, label.setText, lambda: _("&Year"))
        sized(self.year, width=110)
        top.addWidget(label)
        top.addWidget(self.year)
        top.addWidget(self.sum, 1)
        for button, name, picture, act in (
            (self.out, "budgetOut", "trash", self.take_out),
            (self.edit, "budgetEdit", "pencil-simple", self.begin_edit),
            (self.add, "budgetAdd", "plus", self.begin_new),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            button.clicked.connect(act)
            top.addWidget(button)
        side = QVBoxLayout()
        spaced(side)
        side.addWidget(self.card)
        side.addStretch()
        middle = QHBoxLayout()
        spaced(middle, spacing=10)
        middle.addWidget(self.stack, 1)
        middle.addLayout(side)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addLayout(middle, 1)

    def refresh(self) -> None:
        """Read the budgets again; what is being typed stays."""
        read = self.desk.workspace.read
        self._titles = {row.programme.code: row.programme.title for row in read(programmes.programmes)}
        now = self.desk.workspace.now.astimezone().year
        years = sorted({view.data.year for view in read(budgets.budgets)} | {now, now + 1}, reverse=True)
        self.year.set_choices([(year, str(year).__str__) for year in years])
        if self.year.value() is None:
            self.year.set_value(now)
        self._show()

    def _show(self) -> None:
        row = self.table.current()
        kept = self._views[row].id if 0 <= row < len(self._views) else None
        self._views = self.desk.workspace.read(budgets.budgets, self.year.value())
        self.model.set_ids(range(len(self._views)))
        ids = [view.id for view in self._views]
        self.table.go(ids.index(kept) if kept in ids else 0)
        self.stack.setCurrentWidget(self.table if self._views else self.nothing)
        self.nothing.retranslate()
        self._say_sum()
        self._enable()

    @property
    def current(self) -> BudgetView | None:
        """The budget one is on."""
        row = self.table.current()
        return self._views[row] if 0 <= row < len(self._views) else None

    def begin_new(self) -> None:
        """Ask for a budget."""
        if self.desk.may(Permission.EDIT):
            self._editing = None
            self.card.begin(
                {
                    "year": self.year.value(),
                    "programme": None,
                    "source": FundSource.CENTRAL,
                    "amount": None,
                    "document": "",
                }
            )

    def begin_edit(self) -> None:
        """Ask what is to be corrected."""
        view = self.current
        if view is not None and self.desk.may(Permission.EDIT):
            self._editing = view
            self.card.begin(vars(view.data))

    def take_out(self) -> None:
        """Take a budget out that nothing was paid from."""
        view = self.current
        if view is not None and self.desk.may(Permission.EDIT):
            job = self.desk.write(budgets.remove_budget, view.id, view.version)
            job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert enters a budget, Del takes one out."""
        if event.key() == Qt.Key.Key_Insert:
            self.begin_new()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.take_out()
        else:
            super().keyPressEvent(event)

    def _keep(self, values: Mapping[str, Any]) -> Job:
        old = self._editing
        own: UUID | None = old.id if old is not None else None
        data = BudgetData(
            values["year"], values["programme"], FundSource(values["source"]), values["amount"] or 0, values["document"]
        )
        self.year.set_value(values["year"])
        version = old.version if old is not None else None
        return self.desk.write(budgets.keep_budget, data, budget_id=own, version=version)

    def _on_done(self) -> None:
        self._close()
        self.refresh()

    def _close(self) -> None:
        self.card.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        may = self.desk.may(Permission.EDIT)
        self.add.setEnabled(may)
        for button in (self.edit, self.out):
            button.setEnabled(may and self.current is not None)

    def _say_sum(self) -> None:
        views = self._views
        words = _("Set aside {amount}, spent {spent}, left {left}").format(
            amount=format_money(sum(view.data.amount for view in views)),
            spent=format_money(sum(view.spent for view in views)),
            left=format_money(sum(view.left for view in views)),
        )
        self.sum.setText(words if views else "")

    def retranslate(self) -> None:
        """Say the words again."""
        self.year.setAccessibleName(_("Year"))
        for button, words in (
            (self.add, _("Enter a budget…")),
            (self.edit, _("Correct…")),
            (self.out, _("Remove")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self._say_sum()


def _fields(rows: Sequence[programmes.ProgrammeListRow]) -> tuple[Field, ...]:
    return (
        Field("year", N_("&Year"), lambda: NumberEditor(least=2000, most=2100), required=True),
        Field("programme", N_("&Programme"), lambda: ChoiceEditor(programme_choices(rows)), required=True),
        Field("source", N_("&Source"), lambda: ChoiceEditor(labelled(FUND_LABELS)), required=True),
        Field("amount", N_("&Amount in dong"), NumberEditor, required=True),
        Field("document", N_("&Document"), LineEditor, N_("The decision that sets it aside")),
    )
