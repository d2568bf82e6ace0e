"""`casemgr report`: one report form of a review or of a day, as an Excel file, on paper or as data."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command
from casemgr.cli.outputs import OutputFile
from casemgr.domain import statistics as forms
from casemgr.errors import Problem, ValidationError
from casemgr.files import atomic_write
from casemgr.i18n import N_, _

if TYPE_CHECKING:
    from casemgr.services.statistic_rows import FigureRow
    from casemgr.services.statistics import Figures
    from casemgr.workspace import Workspace

_EXCEL, _PDF = ".xlsx", ".pdf"


class _ReportCommand(Command):
    """A command whose help ends with the forms it knows."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Reports (NAME is the number or the word)")):
            formatter.write_dl([(f"{one.number}  {one.slug}", one.short) for one in forms.forms()])


@click.command(
    "report",
    cls=_ReportCommand,
    help=N_(
        "Write the report form NAME of a review: to an Excel file (.xlsx) or a PDF file (.pdf), or as JSON.\n\n"
        "What is empty, doubtful or does not balance is told on standard error; --strict refuses a report that does "
        "not balance."
    ),
)
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help=N_("List the report forms."))
@click.option("--year", type=click.IntRange(1993, 2200), help=N_("Year of the review."))
@click.option("--campaign", type=click.UUID, help=N_("Id of the review, where a year has several."))
@click.option(
    "--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help=N_("The state of this day instead of a review.")
)
@click.option("--hamlet", help=N_("Only this hamlet."))
@click.option("--out", type=OutputFile(), help=N_("The file to write: its ending says which kind."))
@click.option("--printed-formula", is_flag=True, help=N_("Fill “Khác” of report 8 by its printed formula."))
@click.option("--strict", is_flag=True, help=N_("Refuse a report that does not balance."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def command(
    session: Session,
    name: str | None,
    listing: bool,
    year: int | None,
    campaign: UUID | None,
    day: datetime | None,
    hamlet: str | None,
    out: Path | None,
    printed_formula: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """`casemgr report`."""
    if listing:
        _list(as_json=as_json)
        return
    if name is None:
        raise click.UsageError(_("Name a report; --list shows them."))
    if out is None and not as_json:
        raise click.UsageError(_("Say where to: --out FILE.xlsx, --out FILE.pdf, or --json."))
    if out is not None and out.suffix.lower() not in (_EXCEL, _PDF):
        raise click.UsageError(_("A report is written to a file ending in .xlsx or .pdf."))
    if (year is None and campaign is None) == (day is None):
        raise click.UsageError(_("Name the review with --year or --campaign, or a day with --as-of."))
    form = forms.form(name)
    with session.workspace() as workspace:
        found = _figures(
            workspace,
            form.number,
            year=year,
            campaign=campaign,
            day=day.date() if day else None,
            hamlet=hamlet,
            printed_formula=printed_formula or None,
        )
        for warning in found.warnings:
            click.echo(warning, err=True)
        if strict and found.gaps:
            message = _("Report {number} does not balance and is not written.").format(number=form.number)
            raise ValidationError([Problem("", message)])
        if out is not None:
            _write(workspace, found, out)
    if as_json:
        print_json(_plain(found))
    elif out is not None:
        click.echo(_("Report {number} written: {file}").format(number=form.number, file=out))


def _figures(
    workspace: "Workspace",
    form: str,
    *,
    year: int | None,
    campaign: UUID | None,
    day: date | None,
    hamlet: str | None,
    printed_formula: bool | None,
) -> "Figures":
    from casemgr.services import statistic_basis, statistics

    where = workspace.read(statistics.hamlet_of, hamlet) if hamlet else None
    if day is not None:
        return workspace.read(statistics.figures_as_of, form, day, hamlet=where, printed_formula=printed_formula)
    if campaign is None and year is not None:
        campaign = workspace.read(statistic_basis.campaign_of_year, year)
    if campaign is None:
        raise click.UsageError(_("Name the review with --year or --campaign, or a day with --as-of."))
    return workspace.read(statistics.figures, form, campaign, hamlet=where, printed_formula=printed_formula)


def _write(workspace: "Workspace", found: "Figures", out: Path) -> None:
    from casemgr.services import statistic_sheets

    sheet = workspace.read(statistic_sheets.sheet, found)
    if out.suffix.lower() == _PDF:
        from casemgr.reports.statistics import render_statistics

        atomic_write(out, render_statistics(sheet))
        return
    from casemgr.exchange.statistics import write_statistics

    write_statistics(out, sheet)


def _list(*, as_json: bool) -> None:
    if as_json:
        print_json(
            [{"number": one.number, "name": one.slug, "title": one.title, "sure": one.sure} for one in forms.forms()]
        )
        return
    for one in forms.forms():
        click.echo(f"{one.number:>2}  {one.slug:<30} {one.short}")


def _plain(found: "Figures") -> dict[str, Any]:
    return {
        "report": found.form.number,
        "name": found.form.slug,
        "title": found.title,
        "period": found.period,
        "standard": found.standard,
        "official": found.official,
        "columns": [{"number": one.number, "head": list(one.heads), "shown": one.shown} for one in found.columns],
        "rows": [_row(row) for row in found.rows],
        "total": [_row(row) for row in found.total],
        "warnings": list(found.warnings),
        "gaps": list(found.gaps),
    }


def _row(row: "FigureRow") -> dict[str, Any]:
    return {"key": row.key, "label": row.label, "unit": row.unit, "values": list(row.values)}
