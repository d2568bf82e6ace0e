"""`casemgr distribute`: a pay-out for a list, from who is on it to the ticks of who collected."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.distribute_names import found_distribution, goods_line, households_of
from casemgr.cli.distribute_plain import plain_line, plain_proposal, plain_row, plain_view
from casemgr.cli.help import Group
from casemgr.cli.outputs import OutputFile
from casemgr.domain.distributions import DISTRIBUTION_LABELS, DistributionData
from casemgr.domain.households import HouseholdClass
from casemgr.domain.support import FundSource
from casemgr.errors import ValidationError
from casemgr.files import atomic_write
from casemgr.i18n import N_, _, format_date, format_money, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from casemgr.exchange.distributions import ReadDistribution
    from casemgr.services.distribution_lists import Proposal
    from casemgr.services.distribution_views import DistributionView
    from casemgr.workspace import Workspace

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_ON = click.option("--date", "on", type=_DAY, metavar="DATE", help=N_("Date (dd/mm/yyyy); today if not given."))
_JSON = click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
_PAPERS = ("pay-list", "receipt-list", "handover", "authorisation")


class ListOptions(TypedDict):
    """What the options of `_list_options` give a command."""

    codes: Path | None
    like: str | None
    hamlets: tuple[str, ...]
    classes: tuple[str, ...]
    on: datetime | None
    period: str
    rule: str
    stage: str
    amount: int | None
    goods: tuple[str, ...]
    source: str


def _list_options(function: "Callable[..., None]") -> "Callable[..., None]":
    """What says which list it is; shared by `propose` and `make`."""
    options = (
        click.argument("programme"),
        click.option(
            "--households",
            "codes",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help=N_("Only the households of this text file, one code a line."),
        ),
        click.option("--like", metavar="LIST", help=N_("Those on this list, asked anew for PROGRAMME.")),
        click.option("--hamlet", "hamlets", multiple=True, metavar="NAME", help=N_("Only this hamlet.")),
        click.option(
            "--class",
            "classes",
            type=click.Choice([value.value for value in HouseholdClass]),
            multiple=True,
            help=N_("Only households of this class."),
        ),
        _ON,
        click.option("--period", default="", metavar="PERIOD", help=N_("2026, 2026-Q4, 2026-11 or 2026-2027.")),
        click.option("--rule", default="", metavar="ID", help=N_("The rule that pays, where several apply.")),
        click.option("--stage", default="", metavar="CODE", help=N_("Of a staged programme.")),
        click.option("--amount", type=click.IntRange(min=0), help=N_("Đồng for each; else what the rule gives.")),
        click.option(
            "--goods",
            multiple=True,
            metavar="NAME;QUANTITY;MEASURE;PRICE;SPECIFICATION;BRAND;MAKER",
            help=N_("Goods for each; parts after the quantity may be left out."),
        ),
        click.option(
            "--source",
            type=click.Choice([value.value for value in FundSource]),
            default=FundSource.CENTRAL.value,
            show_default=True,
            help=N_("Where the money comes from."),
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@click.group("distribute", cls=Group, help=N_("Pay-outs and hand-overs for a list of households."))
def command() -> None:
    """`casemgr distribute`."""


@command.command("propose", help=N_("Who would be on the list of PROGRAMME, and who is left out and why."))
@_list_options
@click.option("--out", type=OutputFile(), help=N_("Also write both lists to this Excel file."))
@_JSON
@pass_session
def propose(
    session: Session, /, programme: str, out: Path | None, *, as_json: bool, **given: Unpack[ListOptions]
) -> None:
    """`casemgr distribute propose`."""
    with session.workspace() as workspace:
        found = _proposal(workspace, programme, programme, given)
        if out is not None:
            from casemgr.exchange.distributions import proposal_workbook

            atomic_write(out, proposal_workbook(found, mark=_mark(workspace)))
    if as_json:
        print_json(plain_proposal(found))
        return
    for row in found.rows:
        reasons = "; ".join(finding.text for finding in row.findings)
        click.echo(
            "  ".join(part for part in (row.code, row.name, row.hamlet, format_money(row.worth), reasons) if part)
        )
    for one in found.excluded:
        click.echo(_("Left out: {code} {name}: {reason}").format(code=one.code, name=one.name, reason=one.reason))
    _tell(len(found.rows), found.total)


@command.command("make", help=N_("Prepare the list of PROGRAMME; prints its id."))
@_list_options
@click.option("--title", required=True, help=N_("What the list is called on its papers."))
@click.option("--place", default="", help=N_("Where it is handed out."))
@click.option("--budget", default="", metavar="ID", help=N_("The budget that pays."))
@click.option("--reason", default="", help=N_("Why rows a rule warns about are lawful; without it they are left out."))
@_JSON
@pass_session
def make(
    session: Session,
    /,
    programme: str,
    title: str,
    place: str,
    budget: str,
    reason: str,
    *,
    as_json: bool,
    **given: Unpack[ListOptions],
) -> None:
    """`casemgr distribute make`."""
    from casemgr.services import distributions

    with session.workspace() as workspace:
        found = _proposal(workspace, programme, title, given, place=place, budget=budget)
        rows = [row.data(reason if row.findings else "") for row in found.rows if reason or not row.findings]
        one = workspace.write(distributions.make, found.data, rows, excluded=found.excluded)
        view = workspace.read(distributions.view, one)
    if as_json:
        print_json(plain_view(view))
        return
    click.echo(str(one))
    _tell(view.progress.total, view.progress.sum)


@command.command("list", help=N_("All lists, newest first."))
@click.option("--programme", metavar="CODE", help=N_("Only this programme."))
@click.option("--year", type=int, help=N_("Only this year."))
@_JSON
@pass_session
def show_list(session: Session, programme: str | None, year: int | None, *, as_json: bool) -> None:
    """`casemgr distribute list`."""
    from casemgr.services import distributions

    with session.workspace() as workspace:
        rows = workspace.read(distributions.find, programme=programme, year=year)
    if as_json:
        print_json([plain_row(row) for row in rows])
        return
    for row in rows:
        state = _(DISTRIBUTION_LABELS[row.status])
        click.echo(
            f"{row.id}  {format_date(row.on)}  {row.title}  {state}  {row.received}/{row.rows}  {format_money(row.sum)}"
        )


@command.command("show", help=N_("The rows of the list LIST (its id or title)."))
@click.argument("which", metavar="LIST")
@_JSON
@pass_session
def show(session: Session, which: str, *, as_json: bool) -> None:
    """`casemgr distribute show`."""
    from casemgr.services import distributions

    with session.workspace() as workspace:
        view = workspace.read(distributions.view, found_distribution(workspace, which))
        rows = workspace.read(distributions.rows, view.id)
    if as_json:
        print_json(plain_view(view) | {"lines": [plain_line(row) for row in rows]})
        return
    for row in rows:
        click.echo(f"{row.code}  {row.name}  {row.hamlet}  {format_money(row.worth)}  {row.received_by}".rstrip())
    _tell(view.progress.total, view.progress.sum)


@command.command("amounts", help=N_("Take amounts and goods of the returned Excel file FILE over into LIST."))
@click.argument("which", metavar="LIST")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_session
def amounts(session: Session, which: str, file: Path) -> None:
    """`casemgr distribute amounts`."""
    from casemgr.services import distributions

    with session.workspace() as workspace:
        view = workspace.read(distributions.view, found_distribution(workspace, which))
        read = _read(workspace, view, file)
        workspace.write(distributions.set_amounts, view.id, view.version, read.amounts, goods=read.goods)
    _changed(len(read.amounts.keys() | read.goods.keys()))


@command.command("approve", help=N_("The decision that approves LIST."))
@click.argument("which", metavar="LIST")
@click.option("--number", default="", help=N_("Number of the decision, e.g. 128/QĐ-UBND."))
@_ON
@pass_session
def approve(session: Session, which: str, number: str, on: datetime | None) -> None:
    """`casemgr distribute approve`."""
    from casemgr.services import distributions

    with session.workspace() as workspace:
        view = workspace.read(distributions.view, found_distribution(workspace, which))
        workspace.write(distributions.approve, view.id, view.version, number=number, on=_day(workspace, on))
    click.echo(_("“{title}” is approved.").format(title=view.data.title))


@command.command("receive", help=N_("Ticks of who collected: from the returned Excel file FILE, or --all."))
@click.argument("which", metavar="LIST")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "everybody", is_flag=True, help=N_("Every open row was collected by its beneficiary."))
@_ON
@pass_session
def receive(session: Session, which: str, file: Path | None, *, everybody: bool, on: datetime | None) -> None:
    """`casemgr distribute receive`."""
    from casemgr.domain.support import ReceiptData
    from casemgr.services import distributions

    if (file is None) is not everybody:
        raise click.UsageError(_("Name the returned file, or --all."))
    with session.workspace() as workspace:
        view = workspace.read(distributions.view, found_distribution(workspace, which))
        if file is not None:
            receipts = dict(_read(workspace, view, file).receipts)
        else:
            day = _day(workspace, on)
            rows = workspace.read(distributions.rows, view.id)
            receipts = {row.id: ReceiptData(day) for row in rows if row.status.value in ("approved", "delivered")}
        workspace.write(distributions.receive_many, view.id, view.version, receipts)
    _changed(len(receipts))


@command.command("cancel", help=N_("Take the whole LIST back; what was received comes back by entries of its own."))
@click.argument("which", metavar="LIST")
@click.option("--reason", required=True, help=N_("The reason why."))
@_ON
@pass_session
def cancel(session: Session, which: str, reason: str, on: datetime | None) -> None:
    """`casemgr distribute cancel`."""
    from casemgr.services import distributions

    with session.workspace() as workspace:
        view = workspace.read(distributions.view, found_distribution(workspace, which))
        back = workspace.write(distributions.cancel, view.id, view.version, on=_day(workspace, on), reason=reason)
    told = ngettext("Cancelled; {count} receipt taken back.", "Cancelled; {count} receipts taken back.", back)
    click.echo(told.format(count=back))


@command.command("print", help=N_("A paper of LIST as PDF."))
@click.argument("which", metavar="LIST")
@click.option("--paper", type=click.Choice(_PAPERS), default=_PAPERS[0], show_default=True, help=N_("Which paper."))
@click.option("--out", type=OutputFile(), required=True, help=N_("The PDF to write."))
@pass_session
def print_paper(session: Session, which: str, paper: str, out: Path) -> None:
    """`casemgr distribute print`."""
    from casemgr.reports import handover, pay_lists
    from casemgr.services import distribution_papers

    with session.workspace() as workspace:
        one = found_distribution(workspace, which)
        if paper == "pay-list":
            pdf = pay_lists.render_pay_list(workspace.read(distribution_papers.pay_list, one))
        elif paper == "receipt-list":
            pdf = pay_lists.render_receipt_list(workspace.read(distribution_papers.receipt_list, one))
        elif paper == "handover":
            pdf = handover.render_handovers(workspace.read(distribution_papers.handovers, one))
        else:
            pdf = handover.render_authorisations(workspace.read(distribution_papers.authorisations, one))
    atomic_write(out, pdf)


@command.command("export", help=N_("LIST as an Excel file to fill in and give back."))
@click.argument("which", metavar="LIST")
@click.option("--out", type=OutputFile(), required=True, help=N_("The Excel file to write."))
@pass_session
def export(session: Session, which: str, out: Path) -> None:
    """`casemgr distribute export`."""
    from casemgr.exchange.distributions import distribution_workbook
    from casemgr.services import distributions

    with session.workspace() as workspace:
        view = workspace.read(distributions.view, found_distribution(workspace, which))
        rows = workspace.read(distributions.rows, view.id)
        atomic_write(out, distribution_workbook(view, rows, mark=_mark(workspace)))


def _proposal(
    workspace: "Workspace", programme: str, title: str, given: ListOptions, *, place: str = "", budget: str = ""
) -> "Proposal":
    from casemgr.services import distribution_adding, distributions

    data = DistributionData(
        title=title,
        programme=programme.upper(),
        on=_day(workspace, given["on"]),
        period=given["period"],
        rule=given["rule"],
        place=place,
        source=FundSource(given["source"]),
        budget_id=UUID(budget) if budget else None,
        stage=given["stage"],
    )
    goods = [goods_line(text) for text in given["goods"]]
    if given["like"]:
        if given["codes"] or given["hamlets"] or given["classes"]:
            raise click.UsageError(_("--like names everybody already: leave out --households, --hamlet and --class."))
        like = found_distribution(workspace, given["like"])
        return workspace.read(distribution_adding.propose_as, data, like, amount=given["amount"], goods=goods)
    query = households_of(workspace, given["codes"], given["hamlets"], given["classes"])
    return workspace.read(distributions.propose, data, query, amount=given["amount"], goods=goods)


def _read(workspace: "Workspace", view: "DistributionView", file: Path) -> "ReadDistribution":
    from casemgr.exchange.distributions import read_distribution
    from casemgr.exchange.workbooks import read_workbook
    from casemgr.services import distributions

    read = read_distribution(read_workbook(file), view, workspace.read(distributions.rows, view.id))
    if read.problems:
        raise ValidationError(read.problems)
    return read


def _day(workspace: "Workspace", on: datetime | None) -> date:
    return on.date() if on else workspace.now.astimezone().date()


def _mark(workspace: "Workspace") -> str:
    return f"{workspace.actor.name}, {format_date(workspace.now.astimezone().date())}"


def _tell(rows: int, total: int) -> None:
    told = ngettext("{count} row, {sum}", "{count} rows, {sum}", rows)
    click.echo(told.format(count=rows, sum=format_money(total)), err=True)


def _changed(rows: int) -> None:
    click.echo(ngettext("{count} row changed.", "{count} rows changed.", rows).format(count=rows))
