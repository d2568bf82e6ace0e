"""The form of a loan: what somebody asks for, or one the bank has paid out before it was written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casemgr.domain.loans import LoanData
from casemgr.i18n import _
from casemgr.services import loan_lists, loans
from casemgr.services.loan_rules import loan_programmes
from casemgr.services.programmes import catalogue
from ui.form_pane import FormPane
from ui.pages.ledgers import fields
from ui.who_editor import Chosen

if TYPE_CHECKING:
    from casemgr.services.loans import LoanView
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job

Asked = tuple[FormPane, Mapping[str, Any]]
"""A form, and what it begins with once it is shown."""


def new_loan(desk: Desk, chosen: Chosen | None) -> Asked:
    """A form for a new loan."""
    blank: dict[str, Any] = dict(vars(LoanData("", UUID(int=0), asked_on=desk.workspace.now.astimezone().date())))
    return _pane(desk, None, {**blank, "who": chosen, "programme": None, "amount": None, "term_months": None})


def correction(desk: Desk, view: LoanView) -> Asked:
    """A form with a loan in it."""
    data = view.data
    who = Chosen(data.household_id, data.person_id)
    return _pane(desk, view, {**vars(data), "who": who, "organisation": data.organisation or None})


def _pane(desk: Desk, view: LoanView | None, values: Mapping[str, Any]) -> Asked:
    read = desk.workspace.read
    asked = fields.loan_fields(desk, loan_programmes(read(catalogue)), read(loan_lists.names_used)[1], new=view is None)
    pane = FormPane(lambda: _("Loan"), asked, lambda form: _submit(desk, view, form), name="loan", columns=1)
    return pane, values


def _submit(desk: Desk, view: LoanView | None, form: Form) -> Job:
    values: dict[str, Any] = form.values()
    who: Chosen = values.pop("who")
    numbers: dict[str, Any] = {"amount": values.pop("amount") or 0, "term_months": values.pop("term_months") or 0}
    organisation, paid_on = values.pop("organisation") or "", values.pop("paid_on", None)
    data = LoanData(
        household_id=who.household_id,
        person_id=desk.workspace.read(loans.borrower, who.household_id, who.person_id, values["programme"]),
        organisation=organisation,
        override_reason=view.data.override_reason if view else "",
        **numbers,
        **values,
    )
    if paid_on is not None:
        return desk.write(loans.take_over, data, on=paid_on, amount=data.amount)
    loan, version = (view.id, view.version) if view else (None, None)
    return desk.write(loans.keep, loan, version, data)
