"""`casemgr review`: open a review, see its board and lists, add and take off households, export, close."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict, Unpack

import click

from casemgr.cli import Session, pass_session, rehearsal, review_sheets, review_steps
from casemgr.cli.help import Group
from casemgr.cli.outputs import OutputFile
from casemgr.cli.review_names import (
    DAY,
    as_json_option,
    case_of,
    day_of,
    day_option,
    hamlet_of,
    print_result,
    review_of,
    review_option,
)
from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.reviews import (
    CAMPAIGN_LABELS,
    CAMPAIGN_STATUS_LABELS,
    CASE_SOURCE_LABELS,
    CASE_STATE_LABELS,
    MOVEMENT_LABELS,
    CampaignData,
    CampaignKind,
    CaseSource,
    CaseState,
)
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_board, campaigns, households
from casemgr.services.campaign_board import BoardRow, CaseQuery, CaseRow
from casemgr.services.campaigns import CampaignView


@click.group("review", cls=Group, help=N_("The poverty review: open it, key its sheets, follow its steps, decide."))
def command() -> None:
    """`casemgr review`."""


@command.command("open", help=N_("Open a review; days and steps are proposed from the standard of its day."))
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in CampaignKind]),
    default=CampaignKind.PERIODIC.value,
    show_default=True,
    help=N_("periodic: yearly; in_year: on request; average: average living standard."),
)
@click.option("--year", type=int, help=N_("Year of the review; this year if not given."))
@click.option("--title", help=N_("Its name."))
@click.option("--opened", type=DAY, metavar="DATE", help=N_("Day it opened; the standard of that day judges."))
@click.option("--survey-from", type=DAY, metavar="DATE", help=N_("First day of the survey."))
@click.option("--survey-to", type=DAY, metavar="DATE", help=N_("Last day of the survey."))
@click.option("--due", type=DAY, metavar="DATE", help=N_("Day the decision is due."))
@click.option("--opinion/--no-opinion", default=None, help=N_("Whether the superior is asked before the decision."))
@as_json_option
@pass_session
def open_review(
    session: Session,
    kind: str,
    year: int | None,
    title: str | None,
    opened: datetime | None,
    survey_from: datetime | None,
    survey_to: datetime | None,
    due: datetime | None,
    opinion: bool | None,
    as_json: bool,
) -> None:
    """`casemgr review open`."""
    given: dict[str, Any] = {
        "title": title,
        "opened_on": day_of(opened),
        "survey_from": day_of(survey_from),
        "survey_to": day_of(survey_to),
        "due_on": day_of(due),
        "opinion_required": opinion,
    }
    with session.workspace() as workspace:
        data: CampaignData = workspace.read(campaigns.propose, CampaignKind(kind), year or workspace.now.year)
        data = replace(data, **{name: value for name, value in given.items() if value is not None})
        made = workspace.write(campaigns.open_campaign, data)
        view = workspace.read(campaigns.view, made)
    print_result(_plain_review(view), _review_line(view), as_json)


@command.command("list", help=N_("The reviews of the file, the newest first."))
@as_json_option
@pass_session
def list_reviews(session: Session, as_json: bool) -> None:
    """`casemgr review list`."""
    with session.workspace() as workspace:
        views = workspace.read(campaigns.campaigns)
    print_result([_plain_review(view) for view in views], "\n".join(map(_review_line, views)), as_json)


@command.command("board", help=N_("How far each hamlet is, and what is late."))
@review_option
@as_json_option
@pass_session
def show_board(session: Session, campaign: str, as_json: bool) -> None:
    """`casemgr review board`."""
    with session.workspace() as workspace:
        board = workspace.read(campaign_board.board, workspace.read(review_of, campaign))
    plain = {
        "hamlets": [_plain_board(row) for row in board.rows],
        "total": _plain_board(board.total),
        "survey_late": board.survey_late,
        "decision_late": board.decision_late,
    }
    lines = [_board_line(row, row.hamlet or _("Without a hamlet")) for row in board.rows]
    print_result(plain, "\n".join([*lines, _board_line(board.total, _("Together"))]), as_json)


class CaseOptions(TypedDict):
    """What the options of `_query_options` give a command."""

    hamlets: tuple[str, ...]
    states: tuple[str, ...]
    classes: tuple[str, ...]
    text: str
    changed: bool
    late: bool


def _query_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option(
            "--hamlet", "hamlets", multiple=True, help=N_('Only this hamlet, e.g. "Ấp Phú Nhơn"; repeat for more.')
        ),
        click.option(
            "--state",
            "states",
            multiple=True,
            type=click.Choice([state.value for state in CaseState]),
            help=N_("Only those that are so far."),
        ),
        click.option(
            "--class",
            "classes",
            multiple=True,
            type=click.Choice([value.value for value in HouseholdClass]),
            help=N_("Only those with this result."),
        ),
        click.option("--find", "text", default="", help=N_("Only those of this name or code.")),
        click.option("--changed", is_flag=True, help=N_("Only those whose class changes.")),
        click.option("--late", is_flag=True, help=N_("Only those that are late.")),
    ):
        function = option(function)
    return function


@command.command("cases", help=N_("The households of a review, in paper order."))
@review_option
@_query_options
@as_json_option
@pass_session
def list_cases(session: Session, /, campaign: str, as_json: bool, **wanted: Unpack[CaseOptions]) -> None:
    """`casemgr review cases`."""
    with session.workspace() as workspace:
        rows = workspace.read(_cases, campaign, wanted)
    print_result([_plain_case(row) for row in rows], "\n".join(map(_case_line, rows)), as_json)
    if not as_json:
        click.echo(ngettext("{count} household", "{count} households", len(rows)).format(count=len(rows)), err=True)


@command.command("export", help=N_("Write the list of a review to an Excel (.xlsx) or text table (.csv)."))
@review_option
@_query_options
@click.option("--out", type=OutputFile(), required=True, help=N_("The file to write."))
@pass_session
def export(session: Session, /, campaign: str, out: Path, **wanted: Unpack[CaseOptions]) -> None:
    """`casemgr review export`."""
    from casemgr.exchange.tables import write_table

    with session.workspace() as workspace:
        view = workspace.read(campaigns.view, workspace.read(review_of, campaign))
        rows = workspace.read(_cases, campaign, wanted)
    columns = [_(name) for name in _COLUMNS]
    write_table(out, columns, (_cells(number, row) for number, row in enumerate(rows, 1)), title=view.data.title)
    click.echo(ngettext("{count} household", "{count} households", len(rows)).format(count=len(rows)))


@command.command("add", help=N_("Put the households CODE... on the list of a review."))
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@review_option
@day_option("--date", N_("Day (dd/mm/yyyy); today if not given."))
@pass_session
def add(session: Session, codes: tuple[str, ...], campaign: str, on: datetime | None) -> None:
    """`casemgr review add`."""
    with session.workspace() as workspace:
        found = [workspace.read(households.by_code, code) for code in codes]
        review = workspace.read(review_of, campaign)
        workspace.write(campaigns.add_households, review, found, CaseSource.ADDED, on=day_of(on))


@command.command("remove", help=N_("Take the households CODE... off the list with a reason."))
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@review_option
@click.option("--reason", required=True, help=N_("The reason why."))
@day_option("--date", N_("Day (dd/mm/yyyy); today if not given."))
@pass_session
def remove(session: Session, codes: tuple[str, ...], campaign: str, reason: str, on: datetime | None) -> None:
    """`casemgr review remove`."""
    with session.workspace() as workspace:
        review = workspace.read(review_of, campaign)
        cases = [workspace.read(case_of, review, code) for code in codes]
        workspace.write(campaigns.remove_cases, cases, reason=reason, on=day_of(on))


@command.command("close", help=N_("Close a review for good; its numbers no longer move."))
@review_option
@pass_session
def close(session: Session, campaign: str) -> None:
    """`casemgr review close`."""
    with session.workspace() as workspace:
        workspace.write(campaigns.close_campaign, workspace.read(review_of, campaign))


review_sheets.attach(command)
review_steps.attach(command)
rehearsal.attach(command)


def _cases(uow: UnitOfWork, campaign: str, wanted: CaseOptions) -> list[CaseRow]:
    query = CaseQuery(
        review_of(uow, campaign),
        hamlets=tuple(hamlet_of(uow, name) for name in wanted["hamlets"]),
        states=tuple(CaseState(state) for state in wanted["states"]),
        text=wanted["text"],
        classes=wanted["classes"],
        changed_only=wanted["changed"],
        late_only=wanted["late"],
    )
    return campaign_board.rows(uow, campaign_board.cases(uow, query))


def _review_line(view: CampaignView) -> str:
    days = f"{format_date(view.data.survey_from)} – {format_date(view.data.survey_to)}"
    parts = (
        view.data.title,
        _(CAMPAIGN_LABELS[view.data.kind]),
        _(CAMPAIGN_STATUS_LABELS[view.status]),
        days,
        view.pack,
        ngettext("{count} household", "{count} households", view.cases).format(count=format_number(view.cases)),
    )
    return "  ".join(parts)


def _plain_review(view: CampaignView) -> dict[str, Any]:
    data = view.data
    return {
        "id": str(view.id),
        "title": data.title,
        "kind": data.kind.value,
        "year": data.year,
        "class_year": data.class_year,
        "status": view.status.value,
        "opened_on": data.opened_on.isoformat(),
        "survey_from": data.survey_from.isoformat(),
        "survey_to": data.survey_to.isoformat(),
        "due_on": data.due_on.isoformat(),
        "opinion_required": data.opinion_required,
        "pack": view.pack,
        "local_pack": view.local_pack,
        "cases": view.cases,
        "counts": {state.value: count for state, count in view.counts.items()},
    }


def _board_line(row: BoardRow, name: str) -> str:
    counts = [
        f"{_(CASE_STATE_LABELS[state])} {format_number(row.counts[state])}"
        for state in CaseState
        if state in row.counts
    ]
    late = [_("late {count}").format(count=format_number(row.late))] if row.late else []
    return "  ".join([name, format_number(row.cases), *counts, *late])


def _plain_board(row: BoardRow) -> dict[str, Any]:
    return {
        "hamlet": row.hamlet,
        "cases": row.cases,
        "counts": {state.value: row.counts.get(state, 0) for state in CaseState},
        "to_print": row.to_print,
        "printed": row.printed,
        "gone": row.gone,
        "late": row.late,
    }


def _case_line(row: CaseRow) -> str:
    result = _(CLASS_SHORT_LABELS[row.result]) if row.result else "-"
    classes = f"{_(CLASS_SHORT_LABELS[row.opening])} → {result}"
    return "  ".join((row.code, row.head, row.hamlet, _(CASE_STATE_LABELS[row.state]), classes))


def _plain_case(row: CaseRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "head": row.head,
        "hamlet": row.hamlet,
        "people": row.people,
        "state": row.state.value,
        "state_on": row.state_on.isoformat(),
        "source": row.source.value,
        "opening": row.opening.value,
        "class": row.result.value if row.result else None,
        "local_class": row.local.value if row.local else None,
        "movement": row.movement.value if row.movement else None,
        "b1": row.b1,
        "b2": row.b2,
        "gone": row.gone,
        "late": row.late,
    }


_COLUMNS = (
    N_("Order"),
    N_("Household code"),
    N_("Head of household"),
    N_("Hamlet"),
    N_("People"),
    N_("Why on the list"),
    N_("Class before"),
    N_("B1"),
    N_("B2"),
    N_("Result"),
    N_("Local result"),
    N_("Movement"),
    N_("Step"),
    N_("Since"),
)


def _cells(number: int, row: CaseRow) -> tuple[Any, ...]:
    return (
        number,
        row.code,
        row.head,
        row.hamlet,
        row.people,
        _(CASE_SOURCE_LABELS[row.source]),
        _(CLASS_SHORT_LABELS[row.opening]),
        row.b1,
        row.b2,
        _(CLASS_SHORT_LABELS[row.result]) if row.result else "",
        _(CLASS_SHORT_LABELS[row.local]) if row.local else "",
        _(MOVEMENT_LABELS[row.movement]) if row.movement else "",
        _(CASE_STATE_LABELS[row.state]),
        row.state_on,
    )
