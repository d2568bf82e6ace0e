"""What a verb of a loan asks for: the list 03/TD, a pay-out, a repayment, an extension, instalments, a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from casemgr.domain.loan_plans import RHYTHMS, rhythm_of
from casemgr.errors import ConflictError
from casemgr.i18n import _
from casemgr.services import loan_plans, loans
from ui.forms import Field
from ui.pages.ledgers import fields
from ui.verb_card import VerbCard
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from datetime import date

    from casemgr.services.loans import LoanView
    from ui.desk import Desk
    from ui.jobs import Job


class LoanCards(QObject):
    """The cards at the side; each acts on the loan that was shown when it was asked for."""

    said = Signal(Notice)
    done = Signal(str)
    """The name of the card whose work is written."""
    closed = Signal()
    shown = Signal(QWidget)

    def __init__(
        self,
        desk: Desk,
        side: QStackedWidget,
        view: Callable[[], LoanView | None],
        chosen: Callable[[], Sequence[UUID]],
    ) -> None:
        super().__init__(side)
        self._desk = desk
        self._shown = view
        self._chosen = chosen
        """The loans asked for that are selected in the list."""
        self.cards: dict[str, VerbCard] = {}
        plan_fields = fields.plan_fields(self._principal, self.today)
        made: tuple[tuple[str, Callable[[], str], Callable[[], str], Sequence[Field], Any], ...] = (
            ("list", lambda: _("Put on the list 03/TD"), lambda: _("Put on the list"), fields.LIST_FIELDS, self._list),
            ("pay", lambda: _("The bank paid out"), lambda: _("Record the pay-out"), fields.PAY_FIELDS, self._disburse),
            ("repay", lambda: _("Repayment"), lambda: _("Record the repayment"), fields.REPAY_FIELDS, self._repay),
            ("extend", lambda: _("Extension"), lambda: _("Record the extension"), fields.EXTEND_FIELDS, self._extend),
            ("plan", lambda: _("Instalments"), lambda: _("Keep the instalments"), plan_fields, self._plan),
            ("refuse", lambda: _("Refuse the loan"), lambda: _("Refuse"), fields.REFUSE_FIELDS, self._refuse),
        )
        for name, title, verb, asked, submit in made:
            card = VerbCard(title, verb, asked, submit, name=f"loan_{name}")
            card.done.connect(partial(self.done.emit, name))
            card.closed.connect(self.closed)
            card.body.addStretch(1)
            side.addWidget(card)
            self.cards[name] = card
        self.cards["plan"].form.editor("every").changed.connect(self._propose)

    def today(self) -> date:
        """The day of the file."""
        return self._desk.workspace.now.astimezone().date()

    # ---- asking

    def ask_list(self) -> None:
        """For the day of the list."""
        self._ask("list", {"on": self.today(), "reason": ""})

    def ask_disburse(self) -> None:
        """For the sum the bank paid out."""
        view = self._view
        left = view.data.amount - (view.standing.disbursed if view.standing else 0)
        self._ask("pay", {"on": self.today(), "amount": left, "due_on": None, "document": ""})

    def ask_repay(self) -> None:
        """For the sum that came back; the instalment that is due is offered."""
        now = self._view.standing
        due = now.next_due.amount if now and now.next_due and self._view.plan else None
        self._ask("repay", {"on": self.today(), "amount": due, "document": ""})

    def ask_extend(self) -> None:
        """For the new due date."""
        self._ask("extend", {"on": self.today(), "due_on": None, "document": ""})

    def ask_plan(self) -> None:
        """For the instalments: those agreed, else a proposal."""
        view = self._view
        rhythm = rhythm_of(view.plan)
        plan = view.plan or self._desk.workspace.read(loan_plans.propose, view.id, rhythm)
        self._ask("plan", {"every": rhythm, "plan": plan})

    def ask_refuse(self) -> None:
        """For the reason."""
        self._ask("refuse", {"on": self.today(), "reason": "", "document": ""})

    def _ask(self, name: str, values: Mapping[str, object]) -> None:
        card = self.cards[name]
        self.shown.emit(card)
        card.begin(values)

    def _propose(self) -> None:
        every = self.cards["plan"].form.value("every")
        if every in RHYTHMS:
            plan = self._desk.workspace.read(loan_plans.propose, self._view.id, every)
            self.cards["plan"].form.put("plan", plan)

    # ---- doing

    def _list(self, values: Mapping[str, Any]) -> Job:
        ids = list(self._chosen()) or [self._view.id]
        return self._caught(self._desk.write(loans.put_on_list, ids, on=values["on"], reason=values["reason"]))

    def _disburse(self, values: Mapping[str, Any]) -> Job:
        return self._caught(self._desk.write(loans.disburse, self._view.id, self._view.version, **values))

    def _repay(self, values: Mapping[str, Any]) -> Job:
        return self._caught(self._desk.write(loans.repay, self._view.id, self._view.version, **values))

    def _extend(self, values: Mapping[str, Any]) -> Job:
        return self._caught(self._desk.write(loans.extend, self._view.id, self._view.version, **values))

    def _plan(self, values: Mapping[str, Any]) -> Job:
        return self._caught(self._desk.write(loan_plans.keep, self._view.id, self._view.version, values["plan"]))

    def _refuse(self, values: Mapping[str, Any]) -> Job:
        return self._caught(self._desk.write(loans.refuse, self._view.id, self._view.version, **values))

    def _caught(self, job: Job) -> Job:
        return job.catch(ConflictError, lambda error: self.said.emit(Notice(str(error), "near")))

    def _principal(self) -> int:
        view = self._shown()
        return view.standing.disbursed if view is not None and view.standing is not None else 0

    @property
    def _view(self) -> LoanView:
        view = self._shown()
        assert view is not None  # noqa: S101 - verbs are shown for a loan only
        return view
