"""`casemgr loans`: loans of the policy bank listed and summed, written down, repaid and extended."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from casemgr.cli import Session, loan_dues, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.cli.loan_names import DAY, JSON, ON, day, due_words, named
from casemgr.domain.loans import LOAN_LABELS, LoanStatus, rate_text
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _, format_money, ngettext

if TYPE_CHECKING:
    from casemgr.domain.loans import LoanStanding
    from casemgr.services.loan_lists import LoanRow, LoanTotal
    from casemgr.workspace import Workspace

_DOCUMENT = click.option("--document", default="", help=N_("Number of the paper it rests on."))
_BY = ("programme", "hamlet", "organisation", "group", "class")


@click.group(
    "loans", cls=Group, help=N_("Loans of the policy bank: list, record, repay, extend, instalments, what is due.")
)
def command() -> None:
    """`casemgr loans`."""


@command.command("list", help=N_("Loans with their balances, or sums of them."))
@click.option("--programme", "programmes", multiple=True, metavar="CODE", help=N_("Only this programme, e.g. TD-HN."))
@click.option(
    "--status", "statuses", type=click.Choice([one.value for one in LoanStatus]), multiple=True, help=N_("Only these.")
)
@click.option("--household", "code", default="", metavar="CODE", help=N_("Only the loans of this household."))
@click.option("--overdue", is_flag=True, help=N_("Only loans past their due date."))
@click.option("--by", type=click.Choice(_BY), help=N_("Print sums instead of loans."))
@click.option("--as-of", "as_of", type=DAY, metavar="DATE", help=N_("Balances at the end of this day."))
@JSON
@pass_session
def show_list(
    session: Session,
    programmes: tuple[str, ...],
    statuses: tuple[str, ...],
    code: str,
    overdue: bool,
    by: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """`casemgr loans list`."""
    from casemgr.services import households, loan_lists
    from casemgr.services.loan_lists import LoanQuery

    with session.workspace() as workspace:
        household = workspace.read(households.by_code, code) if code else None
        query = LoanQuery(programmes=programmes, statuses=statuses, household_id=household, overdue=overdue)
        last = day(workspace, as_of)
        rows = workspace.read(loan_lists.rows, workspace.read(loan_lists.find, query), last)
        totals = workspace.read(loan_lists.totals, by, last, query) if by else []
    if as_json:
        print_json([_total(one) for one in totals] if by else [_plain(row) for row in rows])
        return
    for one in totals:
        click.echo(f"{one.label}  {one.loans}  {format_money(one.balance)}")
    for row in () if by else rows:
        owed = format_money(row.balance) if row.balance is not None else ""
        click.echo("  ".join((row.code, row.borrower, row.programme, _(LOAN_LABELS[row.status]), owed, due_words(row))))
    if any(row.balance is None for row in rows):
        click.echo(_("What is owed is not shown: your role does not allow it."), err=True)
        return
    sum_ = sum(row.balance or 0 for row in rows)
    told = ngettext("{count} loan, {amount} outstanding", "{count} loans, {amount} outstanding", len(rows))
    click.echo(told.format(count=len(rows), amount=format_money(sum_)), err=True)


@command.command("record", help=N_("Write down a loan the household CODE asks for, or one the bank has paid out."))
@click.argument("code")
@click.option("--programme", required=True, metavar="CODE", help=N_("The programme, e.g. TD-HN."))
@click.option("--amount", required=True, type=int, help=N_("The sum in đồng."))
@click.option("--purpose", required=True, help=N_("What the money is for."))
@click.option("--term", type=int, default=0, help=N_("The term in months."))
@click.option("--member", type=click.IntRange(min=1), help=N_("The member who borrows, by her place in the household."))
@click.option("--group", default="", help=N_("The savings and loan group."))
@click.option("--organisation", default="", help=N_("The mass organisation that runs the group."))
@click.option("--asked", type=DAY, metavar="DATE", help=N_("When it was asked for; today if not given."))
@click.option("--disbursed", type=DAY, metavar="DATE", help=N_("When the bank paid it out, if it has."))
@click.option("--due", type=DAY, metavar="DATE", help=N_("When it is due; from the term if not given."))
@_DOCUMENT
@JSON
@pass_session
def record(
    session: Session,
    code: str,
    programme: str,
    amount: int,
    purpose: str,
    term: int,
    member: int | None,
    group: str,
    organisation: str,
    asked: datetime | None,
    disbursed: datetime | None,
    due: datetime | None,
    document: str,
    as_json: bool,
) -> None:
    """`casemgr loans record`."""
    from casemgr.domain.loans import LoanData
    from casemgr.services import households, loans

    with session.workspace() as workspace:
        house = workspace.read(households.view, workspace.read(households.by_code, code))
        if member is not None and member > len(house.members):
            raise NotFoundError(_("The household {code} has no member {number}.").format(code=code, number=member))
        paid = disbursed.date() if disbursed else None
        data = LoanData(
            programme=programme,
            household_id=house.id,
            person_id=house.members[member - 1].person_id if member else None,
            purpose=purpose,
            group_name=group,
            organisation=organisation,
            asked_on=asked.date() if asked else paid or day(workspace, None),
            amount=amount,
            term_months=term,
        )
        if paid is None:
            loan = workspace.write(loans.keep, None, None, data)
        else:
            loan = workspace.write(
                loans.take_over, data, on=paid, amount=amount, due_on=due.date() if due else None, document=document
            )
        findings = workspace.read(loans.view, loan).findings
        _tell(workspace, loan, as_json)
    for finding in findings:
        click.echo(finding.text, err=True)


@command.command("repay", help=N_("Write down a repayment of LOAN: its id, or the code of a household with one loan."))
@click.argument("loan")
@click.option("--amount", required=True, type=int, help=N_("The sum in đồng."))
@ON
@_DOCUMENT
@JSON
@pass_session
def repay(session: Session, loan: str, amount: int, on: datetime | None, document: str, as_json: bool) -> None:
    """`casemgr loans repay`."""
    from casemgr.services import loans

    with session.workspace() as workspace:
        found, version = named(workspace, loan)
        workspace.write(loans.repay, found, version, on=day(workspace, on), amount=amount, document=document)
        _tell(workspace, found, as_json)


@command.command("extend", help=N_("Write down that the bank gave more time for LOAN."))
@click.argument("loan")
@click.option("--due", required=True, type=DAY, metavar="DATE", help=N_("The new due date."))
@ON
@_DOCUMENT
@JSON
@pass_session
def extend(session: Session, loan: str, due: datetime, on: datetime | None, document: str, as_json: bool) -> None:
    """`casemgr loans extend`."""
    from casemgr.services import loans

    with session.workspace() as workspace:
        found, version = named(workspace, loan)
        workspace.write(loans.extend, found, version, on=day(workspace, on), due_on=due.date(), document=document)
        _tell(workspace, found, as_json)


def _tell(workspace: "Workspace", loan: UUID, as_json: bool) -> None:
    from casemgr.services import loan_lists

    (row,) = workspace.read(loan_lists.rows, [loan])
    if as_json:
        print_json(_plain(row))
        return
    words = (row.code, row.borrower, row.programme_name, _(LOAN_LABELS[row.status]))
    balance = _("outstanding {amount}").format(amount=format_money(row.balance)) if row.balance is not None else ""
    click.echo("  ".join(filter(None, (*words, balance, rate_text(row.rate_millionths), due_words(row)))))


def _plain(row: "LoanRow") -> dict[str, Any]:
    return {
        "id": str(row.id),
        "household": row.code,
        "borrower": row.borrower,
        "hamlet": row.hamlet,
        "programme": row.programme,
        "status": row.status.value,
        "purpose": row.purpose,
        "group": row.group_name,
        "organisation": row.organisation,
        "amount": row.amount,
        "rate_millionths": row.rate_millionths,
        "listed_on": row.listed_on.isoformat() if row.listed_on else None,
        **_standing(row.standing),
    }


def _standing(one: "LoanStanding | None") -> dict[str, Any]:
    """Nothing for whoever may not see balances."""
    if one is None:
        return {}
    next_due = one.next_due
    return {
        "disbursed": one.disbursed,
        "repaid": one.repaid,
        "balance": one.balance,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "overdue_days": one.overdue_days,
        "overdue": one.overdue,
        "next_due": {"due_on": next_due.due_on.isoformat(), "amount": next_due.amount} if next_due else None,
    }


def _total(one: "LoanTotal") -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "loans": one.loans,
        "disbursed": one.disbursed,
        "repaid": one.repaid,
        "balance": one.balance,
        "overdue": one.overdue,
        "overdue_balance": one.overdue_balance,
    }


loan_dues.attach(command)
