"""`casemgr requests`: take requests in at the counter, list what is due, answer, and print the receipt."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.cli.outputs import OutputFile
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.reviews import REQUEST_LABELS, REQUEST_REASONS, REQUEST_STATUS_LABELS, RequestKind, RequestStatus
from casemgr.files import atomic_write
from casemgr.i18n import N_, _, format_date, ngettext

if TYPE_CHECKING:
    from casemgr.services.requests import RequestRow
    from casemgr.workspace import Workspace

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_ON = click.option("--date", "on", type=_DAY, metavar="DATE", help=N_("Date (dd/mm/yyyy); today if not given."))


@click.group("requests", cls=Group, help=N_("Requests of households at the counter (Mẫu số 01, Mẫu số 04)."))
def command() -> None:
    """`casemgr requests`."""


@command.command("receive", help=N_("Take in a request of the household CODE; prints its number and due date."))
@click.argument("code")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in RequestKind]),
    default=RequestKind.ENTER.value,
    show_default=True,
    help=N_("enter: to be reviewed; leave: to leave the list; average: average living standard."),
)
@click.option(
    "--reason", "reasons", type=click.Choice(list(REQUEST_REASONS)), multiple=True, help=N_("A reason of the form.")
)
@click.option("--text", default="", help=N_("The reason in the household's own words."))
@click.option("--applicant", default="", help=N_("Who signed the request; the head of household if not given."))
@click.option("--income-year", type=int, help=N_("Household income of the last 12 months in đồng (average only)."))
@_ON
@click.option("--receipt", type=OutputFile(), help=N_("Also write the receipt to this PDF."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def receive(
    session: Session,
    code: str,
    kind: str,
    reasons: tuple[str, ...],
    text: str,
    applicant: str,
    income_year: int | None,
    on: datetime | None,
    receipt: Path | None,
    as_json: bool,
) -> None:
    """`casemgr requests receive`."""
    from casemgr.domain.reviews import RequestData
    from casemgr.reports.office_papers import render_paper
    from casemgr.services import households, office_papers, requests

    with session.workspace() as workspace:
        data = RequestData(
            kind=RequestKind(kind),
            household_id=workspace.read(households.by_code, code),
            received_on=_day(workspace, on),
            applicant=applicant,
            reasons=reasons,
            reason_text=text,
            income_year=income_year,
        )
        request = workspace.write(requests.receive, data)
        row = workspace.read(requests.rows, [request])[0]
        if receipt is not None:
            paper = workspace.write(office_papers.issue, PaperKind.RECEIPT, request, render=render_paper)
            atomic_write(receipt, paper.pdf)
    if as_json:
        print_json(_plain(row))
        return
    click.echo(
        _("Request {number} received; to be answered by {date}.").format(
            number=row.number, date=format_date(row.due_on)
        )
    )


@command.command("list", help=N_("Requests, those due first at the top."))
@click.option(
    "--status",
    "statuses",
    type=click.Choice([status.value for status in RequestStatus]),
    multiple=True,
    help=N_("Only these."),
)
@click.option("--late", is_flag=True, help=N_("Only those past their due date."))
@click.option("--year", type=int, help=N_("Only numbers of this year."))
@click.option("--text", default="", help=N_("Only names or numbers like this, typed without accents."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def show_list(
    session: Session, statuses: tuple[str, ...], late: bool, year: int | None, text: str, as_json: bool
) -> None:
    """`casemgr requests list`."""
    from casemgr.services import requests
    from casemgr.services.requests import RequestQuery

    with session.workspace() as workspace:
        found = workspace.read(requests.find, RequestQuery(text=text, statuses=statuses, year=year, late=late))
        rows = workspace.read(requests.rows, found)
    if as_json:
        print_json([_plain(row) for row in rows])
        return
    for row in rows:
        click.echo(
            "  ".join((row.number, row.code, row.applicant, _(REQUEST_LABELS[row.kind]), format_date(row.due_on)))
            + f"  {_(REQUEST_STATUS_LABELS[row.status])}"
        )
    click.echo(ngettext("{count} request", "{count} requests", len(rows)).format(count=len(rows)), err=True)


@command.command("refuse", help=N_("Answer request NUMBER (e.g. 07/2026) with no; the letter states the reason."))
@click.argument("number")
@click.option("--reason", required=True, help=N_("Why; it stands in the letter."))
@_ON
@click.option("--letter", type=OutputFile(), help=N_("Also issue the letter and write it to this PDF."))
@pass_session
def refuse(session: Session, number: str, reason: str, on: datetime | None, letter: Path | None) -> None:
    """`casemgr requests refuse`."""
    from casemgr.reports.office_papers import render_paper
    from casemgr.services import requests
    from casemgr.services.request_refusals import refuse_in_writing

    with session.workspace() as workspace:
        view = workspace.read(requests.view, workspace.read(requests.by_number, number))
        day = _day(workspace, on)
        if letter is None:
            workspace.write(requests.refuse, view.id, view.version, on=day, reason=reason)
        else:
            paper = workspace.write(
                refuse_in_writing, view.id, view.version, on=day, reason=reason, signatory_id=None, render=render_paper
            )
            atomic_write(letter, paper.pdf)
    click.echo(_("Request {number} refused.").format(number=view.row.number))


@command.command("withdraw", help=N_("The household takes request NUMBER back."))
@click.argument("number")
@click.option("--reason", default="", help=N_("Why, if it was said."))
@_ON
@pass_session
def withdraw(session: Session, number: str, reason: str, on: datetime | None) -> None:
    """`casemgr requests withdraw`."""
    from casemgr.services import requests

    with session.workspace() as workspace:
        view = workspace.read(requests.view, workspace.read(requests.by_number, number))
        workspace.write(requests.withdraw, view.id, view.version, on=_day(workspace, on), reason=reason)
    click.echo(_("Request {number} withdrawn.").format(number=view.row.number))


def _day(workspace: "Workspace", on: datetime | None) -> date:
    return on.date() if on else workspace.now.astimezone().date()


def _plain(row: "RequestRow") -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind.value,
        "status": row.status.value,
        "code": row.code,
        "applicant": row.applicant,
        "hamlet": row.hamlet,
        "received_on": row.received_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "days_left": row.days_left,
    }
