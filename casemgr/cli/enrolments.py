"""`casemgr enrolments`: cases in steps of support programmes listed, shown, led on and paid stage by stage."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command, Group
from casemgr.cli.outputs import OutputFile
from casemgr.domain.support import ENROLMENT_LABELS, FundSource, Receipt
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _, format_date, format_money, ngettext

if TYPE_CHECKING:
    from casemgr.domain.staged import Line
    from casemgr.services.staged import StagedCase
    from casemgr.services.staged_lists import CaseLine, CaseSum
    from casemgr.workspace import Workspace

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_ON = click.option("--date", "on", type=_DAY, metavar="DATE", help=N_("Date (dd/mm/yyyy); today if not given."))
_JSON = click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))


@click.group(
    "enrolments", cls=Group, help=N_("Cases in steps (housing, water, legal aid): list, show, reach, pay, minutes.")
)
def command() -> None:
    """`casemgr enrolments`."""


@command.command("list", cls=Command, help=N_("Who waits for what, those that wait longest first."))
@click.option("--programme", default="", metavar="CODE", help=N_("Only this programme, e.g. NHA-DA5."))
@click.option("--waits-for", "step", default="", metavar="STEP", help=N_("Only cases whose next step has this code."))
@click.option("--over", is_flag=True, help=N_("Those that ended as well."))
@click.option("--by", type=click.Choice(["step", "hamlet"]), help=N_("Print sums instead of cases."))
@_JSON
@pass_session
def show_list(session: Session, programme: str, step: str, over: bool, by: str | None, as_json: bool) -> None:
    """`casemgr enrolments list`."""
    from casemgr.services import programmes, staged_lists

    with session.workspace() as workspace:
        if programme:
            workspace.read(programmes.catalogue).programme(programme.upper())
        found = workspace.read(staged_lists.case_lines, programme=programme.upper(), over=over)
        rows = [row for row in found if step in ("", row.step)]
        totals = staged_lists.sums(rows, staged_lists.By(by)) if by else []
    if as_json:
        print_json([_sum(one) for one in totals] if by else [_plain(row) for row in rows])
        return
    for one in totals:
        click.echo("  ".join(filter(None, (one.hamlet, one.programme, one.waits_for, str(one.count)))))
    for row in () if by else rows:
        since = _("since {date}").format(date=format_date(row.since)) if row.since else ""
        parts = (row.code, row.head, row.hamlet, row.programme, row.waits_for, since, str(row.enrolment_id))
        click.echo("  ".join(filter(None, parts)))
    told = ngettext("{count} case", "{count} cases", len(rows))
    click.echo(told.format(count=len(rows)), err=True)


@command.command("show", cls=Command, help=N_("One case with its steps: its id, or the code of a household with one."))
@click.argument("case")
@_JSON
@pass_session
def show(session: Session, case: str, as_json: bool) -> None:
    """`casemgr enrolments show`."""
    with session.workspace() as workspace:
        _tell(_named(workspace, case), as_json=as_json)


@command.command("reach", cls=Command, help=N_("Write down the next step of CASE: its id, or the code of a household."))
@click.argument("case")
@click.argument("step")
@_ON
@click.option("--document", default="", help=N_("Number and day of the paper that proves it."))
@click.option("--amount", type=int, help=N_("What the decision gives, in đồng."))
@click.option("--answer", "answers", multiple=True, metavar="FIELD=TEXT", help=N_("An answer the step asks for."))
@click.option("--note", default="", help=N_("A note."))
@_JSON
@pass_session
def reach(
    session: Session,
    case: str,
    step: str,
    on: datetime | None,
    document: str,
    amount: int | None,
    answers: tuple[str, ...],
    note: str,
    as_json: bool,
) -> None:
    """`casemgr enrolments reach`."""
    from casemgr.domain.staged import StepData
    from casemgr.services import staged

    given = [answer.partition("=") for answer in answers]
    if any(not sign for _name, sign, _text in given):
        raise click.UsageError(_("Write an answer as FIELD=TEXT."))
    with session.workspace() as workspace:
        found = _named(workspace, case)
        data = StepData(step, on.date() if on else _today(workspace), document, note)
        workspace.write(
            staged.reach,
            found.enrolment.id,
            found.enrolment.version,
            data,
            answers={name.strip(): text for name, _sign, text in given},
            amount=amount,
        )
        _tell(workspace.read(staged.view, found.enrolment.id), as_json=as_json)


@command.command("pay", cls=Command, help=N_("Pay the next stage of CASE out: its id, or the code of a household."))
@click.argument("case")
@click.argument("step")
@_ON
@click.option("--amount", type=int, help=N_("Đồng; the whole stage if not given."))
@click.option(
    "--source",
    type=click.Choice([one.value for one in FundSource]),
    default=FundSource.CENTRAL.value,
    help=N_("Where the money comes from."),
)
@click.option("--received", is_flag=True, help=N_("It was collected that day."))
@click.option("--by", "by_name", default="", help=N_("Who collected it; the beneficiary if not given."))
@click.option("--authorisation", default="", help=N_("Number or date of the written authorisation."))
@click.option("--reason", default="", help=N_("Why it is right although a rule warns."))
@_JSON
@pass_session
def pay(
    session: Session,
    case: str,
    step: str,
    on: datetime | None,
    amount: int | None,
    source: str,
    received: bool,
    by_name: str,
    authorisation: str,
    reason: str,
    as_json: bool,
) -> None:
    """`casemgr enrolments pay`."""
    from casemgr.domain.support import ReceiptData
    from casemgr.services import staged

    with session.workspace() as workspace:
        found = _named(workspace, case)
        day = on.date() if on else _today(workspace)
        payment = staged.PaymentData(step, day, amount, source=FundSource(source), override_reason=reason)
        receipt = ReceiptData(day, by_name, "", authorisation, Receipt.SIGNATURE) if received else None
        workspace.write(staged.pay, found.enrolment.id, found.enrolment.version, payment, receipt=receipt)
        _tell(workspace.read(staged.view, found.enrolment.id), as_json=as_json)


@command.command("minutes", cls=Command, help=N_("Minutes C11 of a step of CASE as a PDF."))
@click.argument("case")
@click.argument("step")
@_ON
@click.option("--out", required=True, type=OutputFile(), metavar="FILE", help=N_("The PDF file to write."))
@click.option("--issue", is_flag=True, help=N_("Keep it in the register of papers as it is now."))
@pass_session
def minutes(session: Session, case: str, step: str, on: datetime | None, out: Path, issue: bool) -> None:
    """`casemgr enrolments minutes`."""
    from casemgr.files import atomic_write
    from casemgr.reports.office_papers import render_paper
    from casemgr.services import staged_papers

    with session.workspace() as workspace:
        found = _named(workspace, case).enrolment.id
        day = on.date() if on else _today(workspace)
        if issue:
            content = workspace.write(staged_papers.issue, found, step, on=day, render=render_paper).pdf
        else:
            content = render_paper(workspace.read(staged_papers.prepare, found, step, on=day))
    atomic_write(out, content)
    click.echo(str(out), err=True)


def _today(workspace: "Workspace") -> date:
    return workspace.now.astimezone().date()


def _named(workspace: "Workspace", text: str) -> "StagedCase":
    """The case with this id, or the only open one of a household."""
    from casemgr.services import households, staged

    try:
        return workspace.read(staged.view, UUID(text))
    except ValueError:
        found = workspace.read(staged.of_household, workspace.read(households.by_code, text))
    if len(found) != 1:
        message = ngettext(
            "{code} has {count} case in steps: name the case by its id (casemgr enrolments list --json).",
            "{code} has {count} cases in steps: name the case by its id (casemgr enrolments list --json).",
            len(found),
        )
        raise NotFoundError(message.format(code=text, count=len(found)))
    return found[0]


def _tell(case: "StagedCase", *, as_json: bool) -> None:
    if as_json:
        print_json(_case(case))
        return
    data = case.enrolment.data
    parts = (case.programme.code, case.programme.title, case.enrolment.person, _(ENROLMENT_LABELS[data.status]))
    click.echo("  ".join(filter(None, parts)))
    if data.amount is not None:
        told = _("{paid} of {decided} paid")
        click.echo(told.format(paid=format_money(case.paid), decided=format_money(data.amount)))
    for line in case.lines:
        mark = "x" if line.passed else ">" if line is case.next else " "
        reached = line.reached
        day = format_date(reached.on) if reached else ""
        sum_ = format_money(line.amount) if line.amount is not None else ""
        words = (line.step.code, line.step.label, day, reached.document if reached else "", sum_)
        click.echo(f"{mark} " + "  ".join(filter(None, words)))


def _case(case: "StagedCase") -> dict[str, Any]:
    data = case.enrolment.data
    return {
        "id": str(case.enrolment.id),
        "programme": data.programme,
        "household_id": str(data.household_id),
        "person": case.enrolment.person or None,
        "status": data.status.value,
        "decision_number": data.decision_number,
        "decision_on": data.decision_on.isoformat() if data.decision_on else None,
        "amount": data.amount,
        "paid": case.paid,
        "next": case.next.step.code if case.next else None,
        "steps": [_line(line) for line in case.lines],
    }


def _line(line: "Line") -> dict[str, Any]:
    return {
        "code": line.step.code,
        "label": line.step.label,
        "on": line.reached.on.isoformat() if line.reached else None,
        "document": line.reached.document if line.reached else "",
        "passed": line.passed,
        "pays": line.step.pays or None,
        "amount": line.amount,
        "certainty": line.step.certainty,
    }


def _plain(row: "CaseLine") -> dict[str, Any]:
    return {
        "id": str(row.enrolment_id),
        "household": row.code,
        "head": row.head,
        "person": row.person or None,
        "hamlet": row.hamlet,
        "programme": row.programme,
        "reached": row.reached or None,
        "since": row.since.isoformat() if row.since else None,
        "days": row.days,
        "waits_for": row.step or None,
        "waits_for_label": row.waits_for,
        "amount": row.amount,
    }


def _sum(one: "CaseSum") -> dict[str, Any]:
    return {
        "hamlet": one.hamlet or None,
        "programme": one.programme,
        "waits_for": one.step or None,
        "count": one.count,
        "oldest": one.oldest.isoformat() if one.oldest else None,
        "amount": one.amount,
    }
