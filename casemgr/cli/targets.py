"""`casemgr targets`: the commune's targets as of a day, the list behind one, and the check of figures of others."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command, Group
from casemgr.cli.outputs import OutputFile
from casemgr.errors import Problem, ValidationError
from casemgr.files import atomic_write
from casemgr.i18n import N_, _

if TYPE_CHECKING:
    from casemgr.services.target_findings import Part
    from casemgr.services.target_sheets import TargetSheet
    from casemgr.services.targets import Figure
    from casemgr.workspace import Workspace

_EXCEL, _PDF = ".xlsx", ".pdf"
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(
    "targets",
    cls=Group,
    invoke_without_command=True,
    help=N_("The commune's targets I01 to I25 as of a day, compared with a set of plan lines."),
)
@click.option("--set", "set_code", default="own", show_default=True, help=N_("The set of plan lines."))
@click.option("--as-of", "day", type=_DAY, help=N_("The day; today when not named."))
@click.option("--from", "start", type=_DAY, help=N_("The last day before the period; else the end of last year."))
@click.option("--only", multiple=True, help=N_("Only this indicator; repeat for more."))
@click.option("--out", type=OutputFile(), help=N_("The file to write: its ending says which kind."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@click.pass_context
def command(
    context: click.Context,
    set_code: str,
    day: datetime | None,
    start: datetime | None,
    only: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """`casemgr targets`."""
    if context.invoked_subcommand is not None:
        return
    from casemgr.services import target_sheets, targets

    session: Session = context.obj
    _kind(out)
    with session.workspace() as workspace:
        found = workspace.read(
            targets.board,
            _day(workspace, day),
            set_code,
            start=start.date() if start else None,
            only=only or None,
        )
        if out is not None:
            _write(workspace.read(target_sheets.board_sheet, found), out)
    for warning in found.warnings:
        click.echo(warning, err=True)
    if as_json:
        print_json(
            {
                "set": found.set_code,
                "title": found.title,
                "as_of": found.day.isoformat(),
                "from": found.start.isoformat(),
                "standard": found.standard,
                "targets": [_plain(figure) for figure in found.figures],
            }
        )
    elif out is None:
        for figure in found.figures:
            click.echo(_line(figure))


@command.command("list", cls=Command, help=N_("The list behind the number of CODE: households, people or other lines."))
@click.argument("code")
@click.option("--as-of", "day", type=_DAY, help=N_("The day; today when not named."))
@click.option("--from", "start", type=_DAY, help=N_("The last day before the period; else the end of last year."))
@click.option(
    "--which",
    type=click.Choice(["part", "whole", "unknown", "rest"]),
    default="part",
    show_default=True,
    help=N_("Who is counted, everybody, who is not known, or who is left to do."),
)
@click.option("--out", type=OutputFile(), help=N_("The file to write: its ending says which kind."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def listing(
    session: Session,
    code: str,
    day: datetime | None,
    start: datetime | None,
    which: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """`casemgr targets list`."""
    from casemgr.services import target_items, target_sheets, targets

    _kind(out)
    with session.workspace() as workspace:
        on = _day(workspace, day)
        figure = workspace.read(targets.figure, code, on, start=start.date() if start else None)
        rows = workspace.read(target_items.items, figure.measure.item, figure.ids(which))
        if out is not None:
            _write(workspace.read(target_sheets.list_sheet, figure, on, which), out)
    if as_json:
        print_json(
            _plain(figure)
            | {
                "which": which,
                "list": [
                    {
                        "id": str(row.id),
                        "name": row.name,
                        "household": row.code,
                        "hamlet": row.hamlet,
                        "detail": row.detail,
                    }
                    for row in rows
                ],
            }
        )
        return
    click.echo(_line(figure))
    for row in rows:
        click.echo("  ".join(part for part in (row.code, row.name, row.hamlet, row.detail) if part))


@command.command("left-behind", help=N_("Poor and near-poor households that received nothing for some months."))
@click.option("--months", type=int, default=12, show_default=True, help=N_("How many months back."))
@click.option("--as-of", "day", type=_DAY, help=N_("The day; today when not named."))
@click.option("--out", type=OutputFile(), help=N_("The file to write: its ending says which kind."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def left_out(session: Session, months: int, day: datetime | None, out: Path | None, as_json: bool) -> None:
    """`casemgr targets left-behind`."""
    from casemgr.services import left_behind, target_sheets

    _kind(out)
    with session.workspace() as workspace:
        found = workspace.read(left_behind.left_behind, _day(workspace, day), months)
        if out is not None:
            _write(workspace.read(target_sheets.left_behind_sheet, found), out)
    if as_json:
        print_json(
            {
                "as_of": found.day.isoformat(),
                "months": found.months,
                "listed": found.listed,
                "households": [
                    {
                        "household": row.code,
                        "head": row.head,
                        "hamlet": row.hamlet,
                        "class": row.value.value,
                        "last_on": row.last_on.isoformat() if row.last_on else None,
                        "last_programme": row.last_programme,
                    }
                    for row in found.rows
                ],
            }
        )
        return
    for row in found.rows:
        click.echo(f"{row.code}  {row.head}  {row.hamlet}")


@command.command(
    "check-figures",
    help=N_(
        "Work out again every percentage of FILE (CSV: name, part, whole, per cent) and tell those that are wrong; "
        "exit code 1 when there are some."
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@click.pass_context
def check_figures(context: click.Context, file: Path, as_json: bool) -> None:
    """`casemgr targets check-figures`."""
    from casemgr.exchange import targets as exchange

    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("{file} is no text in UTF-8. Save it as CSV UTF-8.").format(file=file.name)
        raise ValidationError([Problem("file", message)]) from error
    dialect = ";" if text.partition("\n")[0].count(";") >= exchange.COLUMNS - 1 else ","
    figures, skipped = exchange.read_figures(csv.reader(text.splitlines(), delimiter=dialect))
    found = exchange.check_figures(figures)
    if as_json:
        print_json(
            {
                "checked": len(figures),
                "not_read": skipped,
                "wrong": [
                    {
                        "row": one.figure.place,
                        "name": one.figure.name,
                        "printed": float(one.figure.printed),
                        "computed": float(one.computed) if one.computed is not None else None,
                        "message": one.message,
                    }
                    for one in found
                ],
            }
        )
    else:
        for one in found:
            click.echo(_("Row {row}: {message}").format(row=one.figure.place, message=one.message))
        for row in skipped:
            click.echo(_("Row {row} could not be read: name, part, whole and per cent are wanted.").format(row=row))
        click.echo(_("{count} figures checked.").format(count=len(figures)))
    if found or skipped:
        context.exit(1)


def _day(workspace: "Workspace", day: datetime | None) -> date:
    return day.date() if day else workspace.now.astimezone().date()


def _kind(out: Path | None) -> None:
    if out is not None and out.suffix.lower() not in (_EXCEL, _PDF):
        raise click.UsageError(_("Targets are written to a file ending in .xlsx or .pdf."))


def _write(sheet: "TargetSheet", out: Path) -> None:
    if out.suffix.lower() == _PDF:
        from casemgr.reports.targets import render_targets

        atomic_write(out, render_targets(sheet))
    else:
        from casemgr.exchange.targets import write_targets

        write_targets(out, sheet)
    click.echo(_("Written: {file}").format(file=out), err=True)


def _line(figure: "Figure") -> str:
    from casemgr.domain.targets import STATE_LABELS, State

    parts = [f"{figure.measure.code:<20}", figure.text, figure.counts]
    if figure.unknown:
        parts.append(_("{count} not known").format(count=figure.unknown))
    if figure.state is not State.NO_PLAN:
        parts.append(f"{figure.plan_words}: {_(STATE_LABELS[figure.state])}")
    parts += [figure.measure.label, figure.reason]
    return "  ".join(part for part in parts if part)


def _plain(figure: "Figure") -> dict[str, Any]:
    return {
        "code": figure.measure.code,
        "indicator": figure.indicator.code,
        "title": figure.indicator.title,
        "name": figure.measure.name,
        "text": figure.indicator.text,
        "rule": figure.measure.rule,
        "unit": figure.measure.unit.value,
        "cohort": figure.measure.cohort.value,
        "value": None if figure.value is None else round(float(figure.value), 4),
        "lowest": None if figure.bounds is None else round(float(figure.bounds.low), 4),
        "highest": None if figure.bounds is None else round(float(figure.bounds.high), 4),
        "numerator": None if figure.numerator is None else float(figure.numerator),
        "denominator": None if figure.denominator is None else float(figure.denominator),
        "unknown": figure.unknown,
        "reason": figure.reason,
        "plan": None
        if figure.plan is None
        else {
            "comparison": figure.plan.comparison,
            "value": figure.plan.value_hundredths / 100,
            "unit": figure.plan.unit,
            "year": figure.plan.year,
            "document": figure.plan.document,
        },
        "state": figure.state.value,
        "parts": [_part(part) for part in figure.parts],
        "notes": list(figure.notes),
    }


def _part(part: "Part") -> dict[str, Any]:
    return {"label": part.label, "value": float(part.value), "unit": part.unit.value}
