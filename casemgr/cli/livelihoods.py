"""`casemgr livelihoods`: plans of households by state, one plan, a step, the projects, the revolving ledger."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command, Group
from casemgr.cli.loan_names import DAY, JSON, ON, day
from casemgr.domain.findings import SEVERITY_LABELS, Finding
from casemgr.domain.livelihoods import PLAN_MACHINE, PROJECT_MACHINE, PlanState, ProjectState
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _, format_date, format_money, ngettext

if TYPE_CHECKING:
    from casemgr.services.livelihoods import BoardRow
    from casemgr.services.revolving import DutyView
    from casemgr.workspace import Workspace

_MOST = 100_000
_PLAN = click.argument("plan", metavar="PLAN")


@click.group("livelihoods", cls=Group, help=N_("Livelihoods: plans by state, a step, projects, the revolving ledger."))
def command() -> None:
    """`casemgr livelihoods`."""


@command.command("list", cls=Command, help=N_("Plans by state, what is due first at the top."))
@click.option(
    "--state", "states", type=click.Choice([one.value for one in PlanState]), multiple=True, help=N_("Only these.")
)
@click.option("--hamlet", default="", metavar="NAME", help=N_("Only this hamlet."))
@click.option("--due", "due_until", type=DAY, metavar="DATE", help=N_("Only what is due until this day."))
@JSON
@pass_session
def show_list(
    session: Session, states: tuple[str, ...], hamlet: str, due_until: datetime | None, as_json: bool
) -> None:
    """`casemgr livelihoods list`."""
    from casemgr.services import livelihoods, offices
    from casemgr.services.livelihoods import BoardQuery

    with session.workspace() as workspace:
        found = workspace.read(offices.find_hamlet, hamlet) if hamlet else None
        if hamlet and found is None:
            raise NotFoundError(_("There is no hamlet “{name}”.").format(name=hamlet))
        query = BoardQuery(
            states=states, hamlet_id=found, due_until=due_until.date() if due_until else None, limit=_MOST
        )
        rows = workspace.read(livelihoods.board, query)
    if as_json:
        print_json([_row(row) for row in rows])
        return
    for row in rows:
        due = format_date(row.due_on) if row.due_on else ""
        words = (row.code, row.head, row.hamlet, PLAN_MACHINE.label(row.state), row.product, due)
        click.echo("  ".join(filter(None, words)))
    click.echo(ngettext("{count} plan", "{count} plans", len(rows)).format(count=len(rows)), err=True)


@command.command(
    "show", cls=Command, help=N_("One plan: what it comes to and what it needs next (PLAN: id or household).")
)
@_PLAN
@JSON
@pass_session
def show(session: Session, plan: str, as_json: bool) -> None:
    """`casemgr livelihoods show`."""
    from casemgr.services import livelihood_file

    with session.workspace() as workspace:
        file = workspace.read(livelihood_file.open_plan, _named(workspace, plan))
    view, found = file.view, file.view.reckoning
    if as_json:
        print_json(
            {
                "id": str(view.id),
                "household": view.code,
                "head": view.head,
                "state": view.state.value,
                "since": view.state_on.isoformat(),
                "programme": view.data.programme,
                "product": view.data.product,
                "total": found.total,
                "state_amount": found.state,
                "state_share": found.state_share,
                "own_share": found.own_share,
                "payback_months": found.payback_months,
                "added_income": found.added_income,
                "expected_income": found.expected_income,
                "income_line": view.line,
                "due": view.due_on.isoformat() if view.due_on else None,
                "findings": [_finding(one) for one in view.findings],
                "moves": [
                    {
                        "to": str(one.move.to),
                        "expected": one.expected,
                        "findings": [_finding(each) for each in one.findings],
                    }
                    for one in file.moves
                ],
                "animals": [{"tag": one.data.tag, "state": one.state.value} for one in file.assets],
                "reviews_after": [{"year": one.year, "class": one.value.value} for one in file.outcomes],
            }
        )
        return
    click.echo("  ".join((view.code, view.head, view.data.product, PLAN_MACHINE.label(view.state))))
    click.echo(
        _("Whole cost {total}, paid by the state {state}").format(
            total=format_money(found.total), state=format_money(found.state)
        )
    )
    for finding in view.findings:
        click.echo(_told(finding))
    for one in file.moves:
        click.echo(f"→ {one.label}")
        for finding in one.findings:
            click.echo(f"   {_told(finding)}")


@command.command("step", cls=Command, help=N_("Take a step (PLAN: id or household); refused with the article."))
@_PLAN
@click.argument("to", metavar="STATE", type=click.Choice([one.value for one in PlanState]))
@ON
@click.option("--number", default="", metavar="TEXT", help=N_("Number of the paper."))
@click.option("--paper-date", type=DAY, metavar="DATE", help=N_("Day of the paper."))
@click.option("--reason", default="", metavar="TEXT", help=N_("The reason, where one is asked for."))
@click.option("--present", type=int, metavar="N", help=N_("Present at the hamlet's meeting."))
@click.option("--agreed", type=int, metavar="N", help=N_("Agreed at the hamlet's meeting."))
@pass_session
def step(
    session: Session,
    plan: str,
    to: str,
    on: datetime | None,
    number: str,
    paper_date: datetime | None,
    reason: str,
    present: int | None,
    agreed: int | None,
) -> None:
    """`casemgr livelihoods step`."""
    from casemgr.services import livelihood_steps, livelihoods
    from casemgr.services.state_steps import StepData

    votes = {name: value for name, value in (("present", present), ("agreed", agreed)) if value is not None}
    with session.workspace() as workspace:
        view = workspace.read(livelihoods.view, _named(workspace, plan))
        data = StepData(
            to=to,
            on=day(workspace, on),
            document_number=number,
            document_on=paper_date.date() if paper_date else None,
            reason=reason,
            detail=votes,
        )
        workspace.write(livelihood_steps.move_on, view.id, view.version, data)
    click.echo("  ".join((view.code, view.head, PLAN_MACHINE.label(to))))


@command.command("projects", cls=Command, help=N_("Community projects with their shares and what speaks against them."))
@click.option(
    "--state", "states", type=click.Choice([one.value for one in ProjectState]), multiple=True, help=N_("Only these.")
)
@JSON
@pass_session
def show_projects(session: Session, states: tuple[str, ...], as_json: bool) -> None:
    """`casemgr livelihoods projects`."""
    from casemgr.services import community_projects

    with session.workspace() as workspace:
        found = workspace.read(community_projects.projects, states=states)
    if as_json:
        print_json(
            [
                {
                    "id": str(one.id),
                    "title": one.data.title,
                    "programme": one.data.programme,
                    "state": one.state.value,
                    "plans": one.plans,
                    "total": one.data.total_cost,
                    "state_amount": one.data.state_amount,
                    "state_share": one.state_share,
                    "findings": [_finding(each) for each in one.findings],
                }
                for one in found
            ]
        )
        return
    for one in found:
        click.echo("  ".join((one.data.title, PROJECT_MACHINE.label(one.state), str(one.plans))))
        for finding in one.findings:
            click.echo(f"   {_told(finding)}")


@command.command("ledger", cls=Command, help=N_("The revolving ledger: what is owed, given back, passed on, over."))
@click.option("--open", "open_only", is_flag=True, help=N_("Only what is still owed."))
@JSON
@pass_session
def show_ledger(session: Session, open_only: bool, as_json: bool) -> None:
    """`casemgr livelihoods ledger`."""
    from casemgr.services import revolving

    with session.workspace() as workspace:
        rows = workspace.read(revolving.ledger, open_only=open_only)
    found = revolving.total(rows)
    if as_json:
        print_json(
            {
                "lines": [_duty(row) for row in rows],
                "open": found.open,
                "open_animals": found.open_animals,
                "fund": found.fund,
                "fund_animals": found.fund_animals,
            }
        )
        return
    for row in rows:
        words = (row.home.code, row.home.head, format_date(row.line.due_on), format_money(row.balance.open))
        over = _("{count} days over").format(count=row.overdue_days) if row.overdue_days else ""
        click.echo("  ".join(filter(None, (*words, str(row.balance.open_animals or ""), over))))
    told = _("Still owed: {money} and {animals} animals").format(
        money=format_money(found.open), animals=found.open_animals
    )
    click.echo(told, err=True)


def _named(workspace: "Workspace", text: str) -> UUID:
    """The plan with this id, or the newest of the household with this code."""
    from casemgr.services import households, livelihoods

    try:
        return workspace.read(livelihoods.view, UUID(text)).id
    except ValueError:
        rows = workspace.read(livelihoods.of_household, workspace.read(households.by_code, text))
    if not rows:
        raise NotFoundError(_("Household {code} has no livelihood plan.").format(code=text))
    return rows[0].id


def _row(row: "BoardRow") -> dict[str, Any]:
    return {
        "id": str(row.id),
        "household": row.code,
        "head": row.head,
        "hamlet": row.hamlet,
        "class": row.class_value,
        "state": row.state.value,
        "since": row.state_on.isoformat(),
        "at_risk": row.at_risk,
        "programme": row.programme,
        "product": row.product,
        "total": row.total_cost,
        "state_amount": row.state_amount,
        "due": row.due_on.isoformat() if row.due_on else None,
        "overdue": row.overdue,
        "officer": row.officer,
    }


def _duty(row: "DutyView") -> dict[str, Any]:
    return {
        "id": str(row.id),
        "household": row.home.code,
        "round": row.round,
        "due": row.line.due_on.isoformat(),
        "amount": row.line.amount,
        "animals": row.line.animals,
        "open": row.balance.open,
        "open_animals": row.balance.open_animals,
        "overdue_days": row.overdue_days,
        "alarm": row.alarm,
    }


def _finding(found: Finding) -> dict[str, str]:
    return {"severity": found.severity.value, "field": found.field, "text": found.text, "law": found.citation}


def _told(found: Finding) -> str:
    words = f"{_(SEVERITY_LABELS[found.severity])}: {found.text}"
    return f"{words} ({found.citation})" if found.citation else words
