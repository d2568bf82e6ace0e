"""`casemgr loans schedule|due|import`: instalments agreed, what is due, and repayments taken from the bank's list."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command
from casemgr.cli.loan_names import DAY, JSON, day, named
from casemgr.domain.loan_plans import RHYTHMS, Instalment
from casemgr.domain.loans import DUE_DAYS
from casemgr.domain.text import fold
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import N_, _, format_date, format_money, ngettext

if TYPE_CHECKING:
    from casemgr.services.loan_lists import DueRow
    from casemgr.services.loan_repayments import RepaymentMatch


class InstalmentType(click.ParamType[Instalment]):
    """DATE=AMOUNT."""

    name = "instalment"

    def convert(self, value: str | Instalment, param: click.Parameter | None, ctx: click.Context | None) -> Instalment:
        """A day and a sum in đồng."""
        if isinstance(value, Instalment):
            return value
        told, _equals, amount = value.partition("=")
        if not amount.isdecimal():
            self.fail(_("Write an instalment as 02/02/2027=10000000."), param, ctx)
        return Instalment(DAY.convert(told, param, ctx).date(), int(amount))


@click.command("schedule", cls=Command, help=N_("Show the instalments of LOAN, propose or write them."))
@click.argument("loan")
@click.option("--every", type=click.Choice([str(one) for one in RHYTHMS]), help=N_("Propose one every so many months."))
@click.option(
    "--instalment",
    "typed",
    type=InstalmentType(),
    multiple=True,
    metavar="DATE=AMOUNT",
    help=N_("An instalment as agreed, e.g. 02/02/2027=10000000; together they are the whole sum."),
)
@click.option("--whole", is_flag=True, help=N_("No instalments: the whole loan is due at its due date."))
@click.option("--write", is_flag=True, help=N_("Write what is proposed or given; without it only shown."))
@JSON
@pass_session
def schedule(
    session: Session,
    loan: str,
    every: str | None,
    typed: tuple[Instalment, ...],
    *,
    whole: bool,
    write: bool,
    as_json: bool,
) -> None:
    """`casemgr loans schedule`."""
    from casemgr.services import loan_plans, loans

    with session.workspace() as workspace:
        found, version = named(workspace, loan)
        plan = workspace.read(loans.view, found).plan
        if every:
            plan = workspace.read(loan_plans.propose, found, int(every))
        elif typed or whole:
            plan = () if whole else typed
        if write:
            workspace.write(loan_plans.keep, found, version, plan)
    if as_json:
        print_json([{"due_on": one.due_on.isoformat(), "amount": one.amount} for one in plan])
        return
    for one in plan:
        click.echo(f"{format_date(one.due_on)}  {format_money(one.amount)}")
    if not plan:
        click.echo(_("No instalments: the whole loan is due at its due date."))


@click.command("due", cls=Command, help=N_("Instalments that are overdue or fall due soon, by hamlet and group."))
@click.option("--within", type=click.IntRange(min=0), default=DUE_DAYS, show_default=True, help=N_("So many days."))
@click.option("--hamlet", default="", metavar="NAME", help=N_("Only this hamlet."))
@click.option("--group", default="", help=N_("Only this savings and loan group."))
@click.option("--as-of", "as_of", type=DAY, metavar="DATE", help=N_("As of this day."))
@JSON
@pass_session
def due(session: Session, within: int, hamlet: str, group: str, as_of: datetime | None, *, as_json: bool) -> None:
    """`casemgr loans due`."""
    from casemgr.services import loan_lists, offices

    with session.workspace() as workspace:
        on = day(workspace, as_of)
        place = workspace.read(offices.find_hamlet, hamlet) if hamlet else None
        if hamlet and place is None:
            raise NotFoundError(_("There is no hamlet called {name}.").format(name=hamlet))
        query = loan_lists.LoanQuery(statuses=("running", "repaid"), hamlets=(place,) if place else ())
        found = workspace.read(loan_lists.due, query, on + timedelta(min(within, (date.max - on).days)), on)
        found = [row for row in found if fold(group) in fold(row.group_name)]
    if as_json:
        print_json([_plain(row) for row in found])
        return
    for row in found:
        late = ngettext("overdue {count} day", "overdue {count} days", row.late_days).format(count=row.late_days)
        words = (row.hamlet, row.group_name, row.code, row.borrower, row.programme, format_date(row.due_on))
        click.echo("  ".join(filter(None, (*words, format_money(row.amount), late if row.late_days else ""))))
    overdue, soon = (sum(row.amount for row in found if bool(row.late_days) is late) for late in (True, False))
    told = _("Overdue {overdue}, to come {soon}")
    click.echo(told.format(overdue=format_money(overdue), soon=format_money(soon)), err=True)


@click.command(
    "import",
    cls=Command,
    help=N_("Take in repayments from an Excel list of the bank; shown first, written with --write."),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help=N_("Write every line that fits; the others stay in the list."))
@JSON
@pass_session
def import_list(session: Session, file: Path, *, write: bool, as_json: bool) -> None:
    """`casemgr loans import`."""
    from casemgr.domain.loan_repayments import MATCH_LABELS
    from casemgr.exchange.workbooks import read_workbook
    from casemgr.services import loan_repayments

    book = read_workbook(file)
    sheet = next((one for one in book.sheets if one.rows), None)
    if sheet is None:
        raise ValidationError([Problem("", _("The file has no lines."))])
    rows = [[row.cell(place).value for place in range(sheet.width)] for row in sheet.rows]
    with session.workspace() as workspace:
        matches = workspace.read(loan_repayments.read_list, rows)
        ready = tuple(match.data for match in matches if match.data is not None)
        if write and ready:
            workspace.write(loan_repayments.keep_many, ready)
    if as_json:
        print_json([_match(match) for match in matches])
    else:
        for match in matches:
            words = (str(match.line.line), match.borrower, match.household, match.programme)
            state = match.problem or _(MATCH_LABELS[match.state])
            click.echo("  ".join(filter(None, (*words, format_money(match.line.amount), state))))
    told = (
        ngettext("{count} repayment written", "{count} repayments written", len(ready))
        if write
        else ngettext("{count} repayment would be written", "{count} repayments would be written", len(ready))
    )
    left = ngettext("{count} line does not fit", "{count} lines do not fit", len(matches) - len(ready))
    both = (told.format(count=len(ready)), left.format(count=len(matches) - len(ready)))
    click.echo(", ".join(both), err=True)


def attach(loans: click.Group) -> None:
    """Put these commands into `casemgr loans`."""
    for one in (schedule, due, import_list):
        loans.add_command(one)


def _plain(row: "DueRow") -> dict[str, Any]:
    return {
        "loan": str(row.loan_id),
        "household": row.code,
        "borrower": row.borrower,
        "hamlet": row.hamlet,
        "group": row.group_name,
        "organisation": row.organisation,
        "programme": row.programme,
        "due_on": row.due_on.isoformat(),
        "amount": row.amount,
        "late_days": row.late_days,
    }


def _match(match: "RepaymentMatch") -> dict[str, Any]:
    return {
        "line": match.line.line,
        "state": match.state.value,
        "loan": str(match.data.loan_id) if match.data else None,
        "borrower": match.borrower,
        "household": match.household,
        "programme": match.programme,
        "on": match.line.on.isoformat() if match.line.on else None,
        "amount": match.line.amount,
        "problem": match.problem,
    }
