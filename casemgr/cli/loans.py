"""`casemgr loans`: loans of the policy bank listed and summed, written down, repaid and extended."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.domain.loans import LOAN_LABELS, LoanStatus, rate_text
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _, format_date, format_money, ngettext

if TYPE_CHECKING:
    from casemgr.services.loan_lists import LoanRow, LoanTotal
    from casemgr.workspace import Workspace

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_ON = click.option("--date", "on", type=_DAY, metavar="DATE", help=N_("Date (dd/mm/yyyy); today if not given."))
_DOCUMENT = click.option("--document", default="", help=N_("Number of the paper it rests on."))
_JSON = click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
_BY = ("programme", "hamlet", "organisation", "group", "class")


@click.group("loans", cls=Group, help=N_("Loans of the policy bank: list, record, repay, extend."))
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
@click.option("--as-of", "as_of", type=_DAY, metavar="DATE", help=N_("Balances at the end of this day."))
@_JSON
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
        day = _day(workspace, as_of)
        rows = workspace.read(loan_lists.rows, workspace.read(loan_lists.find, query), day)
        totals = loan_lists.summed(rows, by) if by else []
    if as_json:
        print_json([_total(one) for one in totals] if by else [_plain(row) for row in rows])
        return
    for one in totals:
        click.echo(f"{one.label}  {one.loans}  {format_money(one.balance)}")
    for row in () if by else rows:
        words = (row.code, row.borrower, row.programme, _(LOAN_LABELS[row.status]), format_money(row.standing.balance))
        due = format_date(row.standing.due_on) if row.standing.due_on else ""
        click.echo("  ".join(filter(None, (*words, due))))
    owed = sum(row.standing.balance for row in rows)
    told = ngettext("{count} loan, {amount} outstanding", "{count} loans, {amount} outstanding", len(rows))
    click.echo(told.format(count=len(rows), amount=format_money(owed)), err=True)


@command.command("record", help=N_("Write down a loan the household CODE asks for, or one the bank has paid out."))
@click.argument("code")
@click.option("--programme", required=True, metavar="CODE", help=N_("The programme, e.g. TD-HN."))
@click.option("--amount", required=True, type=int, help=N_("The sum in đồng."))
@click.option("--purpose", required=True, help=N_("What the money is for."))
@click.option("--term", type=int, default=0, help=N_("The term in months."))
@click.option("--member", type=click.IntRange(min=1), help=N_("The member who borrows, by her place in the household."))
@click.option("--group", default="", help=N_("The savings and loan group."))
@click.option("--organisation", default="", help=N_("The mass organisation that runs the group."))
@click.option("--asked", type=_DAY, metavar="DATE", help=N_("When it was asked for; today if not given."))
@click.option("--disbursed", type=_DAY, metavar="DATE", help=N_("When the bank paid it out, if it has."))
@click.option("--due", type=_DAY, metavar="DATE", help=N_("When it is due; from the term if not given."))
@_DOCUMENT
@_JSON
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
            asked_on=asked.date() if asked else paid or _day(workspace, None),
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
@_ON
@_DOCUMENT
@_JSON
@pass_session
def repay(session: Session, loan: str, amount: int, on: datetime | None, document: str, as_json: bool) -> None:
    """`casemgr loans repay`."""
    from casemgr.services import loans

    with session.workspace() as workspace:
        found, version = _named(workspace, loan)
        workspace.write(loans.repay, found, version, on=_day(workspace, on), amount=amount, document=document)
        _tell(workspace, found, as_json)


@command.command("extend", help=N_("Write down that the bank gave more time for LOAN."))
@click.argument("loan")
@click.option("--due", required=True, type=_DAY, metavar="DATE", help=N_("The new due date."))
@_ON
@_DOCUMENT
@_JSON
@pass_session
def extend(session: Session, loan: str, due: datetime, on: datetime | None, document: str, as_json: bool) -> None:
    """`casemgr loans extend`."""
    from casemgr.services import loans

    with session.workspace() as workspace:
        found, version = _named(workspace, loan)
        workspace.write(loans.extend, found, version, on=_day(workspace, on), due_on=due.date(), document=document)
        _tell(workspace, found, as_json)


def _named(workspace: "Workspace", text: str) -> tuple[UUID, int]:
    """The loan with this id, or the only one a household still owes."""
    from casemgr.services import households, loan_lists, loans
    from casemgr.services.loan_lists import LoanQuery

    try:
        view = workspace.read(loans.view, UUID(text))
    except ValueError:
        household = workspace.read(households.by_code, text)
        query = LoanQuery(household_id=household, statuses=(LoanStatus.RUNNING.value,))
        found = workspace.read(loan_lists.find, query)
        if len(found) != 1:
            message = ngettext(
                "{code} owes {count} loan: name the loan by its id (casemgr loans list --json).",
                "{code} owes {count} loans: name the loan by its id (casemgr loans list --json).",
                len(found),
            )
            raise NotFoundError(message.format(code=text, count=len(found))) from None
        view = workspace.read(loans.view, found[0])
    return view.id, view.version


def _tell(workspace: "Workspace", loan: UUID, as_json: bool) -> None:
    from casemgr.services import loan_lists

    (row,) = workspace.read(loan_lists.rows, [loan])
    if as_json:
        print_json(_plain(row))
        return
    due = format_date(row.standing.due_on) if row.standing.due_on else ""
    words = (row.code, row.borrower, row.programme_name, _(LOAN_LABELS[row.status]))
    balance = _("outstanding {amount}").format(amount=format_money(row.standing.balance))
    click.echo("  ".join(filter(None, (*words, balance, rate_text(row.rate_millionths), due))))


def _day(workspace: "Workspace", on: datetime | None) -> date:
    return on.date() if on else workspace.now.astimezone().date()


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
        "disbursed": row.standing.disbursed,
        "repaid": row.standing.repaid,
        "balance": row.standing.balance,
        "rate_millionths": row.rate_millionths,
        "due_on": row.standing.due_on.isoformat() if row.standing.due_on else None,
        "overdue_days": row.standing.overdue_days,
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
