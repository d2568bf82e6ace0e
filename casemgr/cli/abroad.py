"""`casemgr abroad`: people who work abroad: listed by state, their risk flags, one case, a step, the funnel."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command, Group
from casemgr.cli.loan_names import DAY, JSON, ON, day
from casemgr.domain.abroad import ABROAD_MACHINE, INCIDENT_LABELS, AbroadState, ReturnReason
from casemgr.domain.abroad_lists import shipped
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _, format_date, ngettext

if TYPE_CHECKING:
    from casemgr.domain.abroad_flags import Assessment
    from casemgr.services.abroad_board import AbroadRow
    from casemgr.workspace import Workspace

_STATE = click.Choice([one.value for one in AbroadState])


@click.group("abroad", cls=Group, help=N_("Work abroad: list, risk flags, one case, a step, the funnel."))
def command() -> None:
    """`casemgr abroad`."""


@command.command("list", cls=Command, help=N_("Cases of work abroad by state, what is due first at the top."))
@click.option("--state", "states", type=_STATE, multiple=True, help=N_("Only these."))
@click.option("--market", type=click.Choice(list(shipped().markets)), help=N_("Only this market."))
@click.option("--abroad-on", "on", type=DAY, metavar="DATE", help=N_("Only people abroad at the end of this day."))
@click.option("--limit", type=click.IntRange(min=1), default=500, show_default=True, help=N_("At most so many."))
@JSON
@pass_session
def show_list(
    session: Session, states: tuple[str, ...], market: str | None, on: datetime | None, limit: int, as_json: bool
) -> None:
    """`casemgr abroad list`."""
    from casemgr.services import abroad_board
    from casemgr.services.abroad_board import AbroadQuery

    with session.workspace() as workspace:
        if on is not None:
            rows = workspace.read(abroad_board.abroad_on, on.date(), limit=limit)
        else:
            rows = workspace.read(abroad_board.board, AbroadQuery(states=states, market=market or "", limit=limit))
    rows = [row for row in rows if (not market or row.market == market) and (not states or row.state.value in states)]
    if as_json:
        print_json([_plain(row) for row in rows])
        return
    for row in rows:
        due = format_date(row.due_on) if row.due_on else ""
        words = (row.code, row.person, ABROAD_MACHINE.label(row.state), row.country, due)
        click.echo("  ".join(filter(None, words)))
    click.echo(ngettext("{count} case", "{count} cases", len(rows)).format(count=len(rows)), err=True)


@command.command("flags", cls=Command, help=N_("Risk flags of PERSON: an identity number, an id, or a case id."))
@click.argument("person")
@click.option("--as-of", "as_of", type=DAY, metavar="DATE", help=N_("As seen on this day; today if not given."))
@JSON
@pass_session
def flags(session: Session, person: str, as_of: datetime | None, as_json: bool) -> None:
    """`casemgr abroad flags`."""
    from casemgr.services import abroad_checks

    with session.workspace() as workspace:
        last = day(workspace, as_of)
        found = workspace.read(abroad_checks.flags_of, _cases(workspace, person), last)
    if as_json:
        print_json([_flags(case, one) for case, one in found.items()])
        return
    for told in found.values():
        for flag in told.flags:
            click.echo("  ".join((flag.code, flag.text, flag.detail, flag.law, _doubt(flag.certainty))).rstrip())
        for open_one in told.unjudged:
            why = _("not known: {why}").format(why=open_one.why)
            click.echo(f"{open_one.code}  {why}", err=True)
    raised = sum(len(told.flags) for told in found.values())
    click.echo(ngettext("{count} thing to check", "{count} things to check", raised).format(count=raised), err=True)


@command.command("show", cls=Command, help=N_("The cases of PERSON with what could be done next."))
@click.argument("person")
@JSON
@pass_session
def show(session: Session, person: str, as_json: bool) -> None:
    """`casemgr abroad show`."""
    from casemgr.services import abroad_cases, abroad_documents, abroad_steps

    told = []
    with session.workspace() as workspace:
        for case in _cases(workspace, person):
            view = workspace.read(abroad_cases.view, case)
            papers = workspace.read(abroad_documents.checklist, case)
            steps = workspace.read(abroad_steps.moves, case)
            told.append(
                {
                    "id": str(view.id),
                    "household": view.code,
                    "person": view.person,
                    "state": view.state.value,
                    "incident": view.incident.value if view.incident else None,
                    "country": view.data.country,
                    "firm": view.data.firm,
                    "departed_on": _iso(view.departed_on),
                    "contract_to": _iso(view.data.contract_to),
                    "returned_on": _iso(view.returned_on),
                    "due_on": _iso(view.due_on),
                    "documents": [
                        {"kind": one.kind, "state": one.state, "before_departure": one.before_departure}
                        for one in papers
                    ],
                    "flags": [one.code for one in view.flags],
                    "steps": [
                        {"to": one.move.to, "expected": one.expected, "findings": [f.text for f in one.findings]}
                        for one in steps
                    ],
                }
            )
            if not as_json:
                click.echo("  ".join((view.code, view.person, ABROAD_MACHINE.label(view.state))))
                if view.incident:
                    click.echo(_(INCIDENT_LABELS[view.incident]))
                for flag in view.flags:
                    click.echo(f"! {flag.text} {flag.detail}".rstrip())
                for finding in view.findings:
                    click.echo(f"- {finding.text}")
                for step in steps:
                    click.echo(("-> " if step.expected else "   ") + step.label)
    if as_json:
        print_json(told)


@command.command("step", cls=Command, help=N_("Move the case of PERSON on to a state."))
@click.argument("person")
@click.argument("state", type=_STATE)
@ON
@click.option("--reason", default="", help=N_("Why, where something speaks against it or it goes back."))
@click.option("--contract-to", "until", type=DAY, metavar="DATE", help=N_("New end of the contract (extended)."))
@click.option("--months", type=click.IntRange(min=1), help=N_("Months of the extension."))
@click.option(
    "--return-reason", "cause", type=click.Choice([one.value for one in ReturnReason]), help=N_("Why she came back.")
)
@pass_session
def step(
    session: Session,
    person: str,
    state: str,
    on: datetime | None,
    reason: str,
    until: datetime | None,
    months: int | None,
    cause: str | None,
) -> None:
    """`casemgr abroad step`."""
    from casemgr.services import abroad_cases, abroad_steps
    from casemgr.services.state_steps import StepData

    detail: dict[str, Any] = {}
    if until is not None:
        detail |= {"contract_to": until.date().isoformat(), "months": months}
    if cause is not None:
        detail["reason"] = cause
    with session.workspace() as workspace:
        case = _cases(workspace, person)[0]
        view = workspace.read(abroad_cases.view, case)
        data = StepData(state, day(workspace, on), reason=reason, detail=detail)
        workspace.write(abroad_steps.move_on, case, view.version, data)
        told = workspace.read(abroad_cases.view, case)
    click.echo("  ".join((told.code, told.person, ABROAD_MACHINE.label(told.state))))


@command.command("funnel", cls=Command, help=N_("How many people of each market came how far."))
@click.option("--from", "first", type=DAY, metavar="DATE", help=N_("Registered from this day on."))
@click.option("--to", "last", type=DAY, metavar="DATE", help=N_("Registered up to this day."))
@JSON
@pass_session
def funnel(session: Session, first: datetime | None, last: datetime | None, as_json: bool) -> None:
    """`casemgr abroad funnel`."""
    from casemgr.services import abroad_board

    with session.workspace() as workspace:
        rows = workspace.read(
            abroad_board.funnel, first=first.date() if first else None, last=last.date() if last else None
        )
    if as_json:
        print_json(
            [
                {
                    "market": row.market,
                    "total": row.total,
                    "reached": {state.value: count for state, count in row.counts.items()},
                    "abroad": row.abroad,
                    "cancelled": row.cancelled,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        click.echo(f"{row.label}: {row.total}")
        for state, count in row.counts.items():
            if count:
                click.echo(f"  {ABROAD_MACHINE.label(state)}: {count}")


def _cases(workspace: "Workspace", text: str) -> list[UUID]:
    """The cases of a person, the newest first, or the one case of this id."""
    from casemgr.services import abroad_board

    found = workspace.read(abroad_board.cases_named, text)
    if not found:
        raise NotFoundError(_("Nobody who works abroad is known by “{text}”.").format(text=text))
    return found


def _doubt(mark: str) -> str:
    """How sure the article is, where it is not certain."""
    return "" if mark == "V" else f"[{mark}]"


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _flags(case: UUID, told: "Assessment") -> dict[str, Any]:
    return {
        "case": str(case),
        "flags": [
            {
                "code": one.code,
                "level": one.level,
                "text": one.text,
                "detail": one.detail,
                "law": one.law,
                "certainty": one.certainty,
            }
            for one in told.flags
        ],
        "not_judged": [{"code": one.code, "why": one.why} for one in told.unjudged],
    }


def _plain(row: "AbroadRow") -> dict[str, Any]:
    return {
        "id": str(row.id),
        "household": row.code,
        "person": row.person,
        "hamlet": row.hamlet,
        "state": row.state.value,
        "state_on": row.state_on.isoformat(),
        "incident": row.incident.value if row.incident else None,
        "form": row.form,
        "market": row.market,
        "country": row.country,
        "firm": row.firm,
        "departed_on": _iso(row.departed_on),
        "contract_to": _iso(row.contract_to),
        "returned_on": _iso(row.returned_on),
        "due_on": _iso(row.due_on),
        "overdue": row.overdue,
    }
