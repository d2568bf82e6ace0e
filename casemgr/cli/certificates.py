"""`casemgr certificates`: issue papers, look into their register, print them again, take them out of force."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.cli.outputs import OutputFile
from casemgr.domain.certificates import STATUS_LABELS
from casemgr.errors import NotFoundError, StorageError
from casemgr.files import atomic_write
from casemgr.i18n import N_, _, format_date, ngettext

if TYPE_CHECKING:
    from casemgr.services.certificate_register import RegisterRow
    from casemgr.services.certificates import IssuedView
    from casemgr.workspace import Workspace

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_OUT = OutputFile()


@click.group("certificates", cls=Group, help=N_("Certificates of poor and near-poor households (Mẫu số 03)."))
def command() -> None:
    """`casemgr certificates`."""


@command.command(
    "issue", help=N_("Issue certificates for the households CODE..., all or none, and write them to one PDF.")
)
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--out", type=_OUT, required=True, help=N_("Write the issued papers to this PDF."))
@click.option("--year", type=int, help=N_("Year of the class; the newest on record when not given."))
@click.option(
    "--date", "issued_on", type=_DAY, metavar="DATE", help=N_("Date on the paper (dd/mm/yyyy); today if not given.")
)
@click.option("--signatory", default="", help=N_("Name of who signs; the first on record when not given."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def issue(
    session: Session,
    codes: tuple[str, ...],
    out: Path,
    year: int | None,
    issued_on: datetime | None,
    signatory: str,
    as_json: bool,
) -> None:
    """`casemgr certificates issue`."""
    from casemgr.reports.certificate import render_certificate
    from casemgr.reports.joining import join
    from casemgr.services import certificates, households

    with session.workspace() as workspace:
        ids = [workspace.read(households.by_code, code) for code in dict.fromkeys(codes)]
        issued = workspace.write(
            certificates.issue_batch,
            ids,
            year=year,
            issued_on=_day(issued_on),
            signatory_id=_signatory(workspace, signatory),
            render=render_certificate,
        )
        with _kept_in_register([paper.number for paper in issued]):
            atomic_write(out, join([paper.pdf for paper in issued]))
        workspace.write(certificates.record_prints, [paper.id for paper in issued])
    if as_json:
        print_json([_issued(paper) for paper in issued])
        return
    for paper in issued:
        click.echo(f"{paper.number}  {paper.code}  {paper.head}")
        for warning in paper.warnings:
            click.echo(f"  {warning}", err=True)
    click.echo(
        ngettext("{count} certificate issued: {file}", "{count} certificates issued: {file}", len(issued)).format(
            count=len(issued), file=out
        )
    )


@command.command("preview", help=N_("Draw the certificate of the household CODE as a draft; nothing is issued."))
@click.argument("code")
@click.option("--out", type=_OUT, required=True, help=N_("Write the draft to this PDF."))
@click.option("--year", type=int, help=N_("Year of the class; the newest on record when not given."))
@pass_session
def preview(session: Session, code: str, out: Path, year: int | None) -> None:
    """`casemgr certificates preview`."""
    from casemgr.reports.certificate import render_certificate
    from casemgr.services import certificate_drafts, households

    with session.workspace() as workspace:
        household = workspace.read(households.by_code, code)
        today = workspace.now.astimezone().date()
        draft = workspace.read(certificate_drafts.draft, household, today, year=year)
    atomic_write(out, render_certificate(draft.content))
    for problem in draft.refusals:
        click.echo(problem.message, err=True)
    for warning in draft.warnings:
        click.echo(warning, err=True)
    click.echo(_("Draft written: {file}").format(file=out))


@command.command("register", help=N_("The register of issued certificates, oldest number first."))
@click.option("--year", type=int, help=N_("Only numbers of this year."))
@click.option("--text", default="", help=N_("Only heads or numbers like this, typed without accents."))
@click.option("--out", type=_OUT, help=N_("Also write the list to this PDF."))
@click.option("--purpose", default="", help=N_("What the printed list is for; it stands on every page."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def register(session: Session, year: int | None, text: str, out: Path | None, purpose: str, as_json: bool) -> None:
    """`casemgr certificates register`."""
    from casemgr.services import certificate_register
    from casemgr.services.certificate_register import RegisterQuery

    with session.workspace() as workspace:
        query = RegisterQuery(year=year, text=text, descending=False)
        rows = workspace.read(certificate_register.rows, workspace.read(certificate_register.find, query))
        if out is not None:
            _print_register(workspace, rows, out, year, purpose)
    if as_json:
        print_json([_line(row) for row in rows])
        return
    for row in rows:
        click.echo(
            f"{row.number}/{row.year}  {row.code}  {row.head}  {format_date(row.issued_on)}  "
            f"{_(STATUS_LABELS[row.status])}"
        )
    if out is not None:
        click.echo(_("List written: {file}").format(file=out))


@command.command("reprint", help=N_("Write the frozen paper NUMBER again, byte for byte, and note it in the register."))
@click.argument("number")
@click.option("--year", type=int, required=True, help=N_("Year of the number."))
@click.option("--reason", required=True, help=N_("Why it is printed again; it stays in the register."))
@click.option("--block", "block_year", type=int, help=N_("Only the over-print of this later year."))
@click.option("--out", type=_OUT, required=True, help=N_("Write the paper to this PDF."))
@pass_session
def reprint(session: Session, number: str, year: int, reason: str, block_year: int | None, out: Path) -> None:
    """`casemgr certificates reprint`."""
    from casemgr.services import certificate_register, certificates

    with session.workspace() as workspace:
        found = workspace.read(certificate_register.by_number, number, year=year)
        paper = workspace.read(certificate_register.pdf, found, block_year=block_year)
        atomic_write(out, paper)
        workspace.write(certificates.record_print, found, reason=reason, block_year=block_year)
    click.echo(_("Paper written: {file}").format(file=out))


@command.command(
    "confirm", help=N_("Confirm a later year on the existing paper NUMBER; the PDF holds only that year's block.")
)
@click.argument("number")
@click.option("--of", "number_year", type=int, required=True, help=N_("Year of the number."))
@click.option("--year", type=int, required=True, help=N_("The later year to confirm."))
@click.option(
    "--date", "confirmed_on", type=_DAY, metavar="DATE", help=N_("Date of the confirmation; today if not given.")
)
@click.option("--signatory", default="", help=N_("Name of who signs; the first on record when not given."))
@click.option("--out", type=_OUT, required=True, help=N_("Write the over-print to this PDF."))
@pass_session
def confirm(
    session: Session,
    number: str,
    number_year: int,
    year: int,
    confirmed_on: datetime | None,
    signatory: str,
    out: Path,
) -> None:
    """`casemgr certificates confirm`."""
    from casemgr.reports.certificate import render_certificate
    from casemgr.services import certificate_register, certificates

    with session.workspace() as workspace:
        found = workspace.read(certificate_register.by_number, number, year=number_year)
        block = workspace.write(
            certificates.add_year_block,
            found,
            year=year,
            confirmed_on=_day(confirmed_on),
            signatory_id=_signatory(workspace, signatory),
            render=render_certificate,
        )
        with _kept_in_register([number]):
            atomic_write(out, block.pdf)
        workspace.write(certificates.record_print, found, block_year=year)
    click.echo(_("Confirmation of {year} written: {file}").format(year=year, file=out))


@command.command("void", help=N_("Take the certificate NUMBER out of force; its number is never used again."))
@click.argument("number")
@click.option("--year", type=int, required=True, help=N_("Year of the number."))
@click.option("--reason", required=True, help=N_("Why; it stays in the register."))
@pass_session
def void(session: Session, number: str, year: int, reason: str) -> None:
    """`casemgr certificates void`."""
    from casemgr.services import certificate_register, certificates

    with session.workspace() as workspace:
        found = workspace.read(certificate_register.by_number, number, year=year)
        workspace.write(certificates.void, found, reason=reason)
    click.echo(_("Certificate {number} of {year} is void.").format(number=number, year=year))


@command.command(
    "continue-after",
    help=N_("After an older backup was restored: say the last NUMBER used on paper, so that none is given out twice."),
)
@click.argument("number", type=click.IntRange(1))
@click.option("--year", type=int, required=True, help=N_("Year of the number."))
@pass_session
def continue_after(session: Session, number: int, year: int) -> None:
    """`casemgr certificates continue-after`."""
    from casemgr.services import certificates

    with session.workspace() as workspace:
        following = workspace.write(certificates.continue_after, year=year, number=number)
    click.echo(_("The next certificate gets the number {number}.").format(number=following))


@command.command("check-code", help=N_("Compare the TEXT of a scanned QR code with the register."))
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def check_code(session: Session, text: str, as_json: bool) -> None:
    """`casemgr certificates check-code`."""
    from casemgr.services import certificate_register

    with session.workspace() as workspace:
        row = workspace.read(certificate_register.by_qr, text).row
    if as_json:
        print_json(_line(row))
        return
    click.echo(f"{row.number}/{row.year}  {row.code}  {row.head}  {_(STATUS_LABELS[row.status])}")


def _print_register(
    workspace: "Workspace", rows: Sequence["RegisterRow"], out: Path, year: int | None, purpose: str
) -> None:
    from casemgr.reports.registers import render_register
    from casemgr.reports.tables import OwnersMark
    from casemgr.services import offices

    mark = OwnersMark(workspace.actor.name, workspace.now, purpose or _("file of the office"))
    period = _("Year {year}").format(year=year) if year else _("All years")
    atomic_write(out, render_register(rows, workspace.read(offices.office), mark, period=period))


def _signatory(workspace: "Workspace", name: str) -> UUID | None:
    from casemgr.domain.text import fold
    from casemgr.services import offices

    if not name:
        return None
    for view in workspace.read(offices.signatories, active_only=True):
        if fold(view.data.name) == fold(name):
            return view.id
    raise NotFoundError(_("Nobody called {name} signs papers here.").format(name=name))


@contextmanager
def _kept_in_register(numbers: Sequence[str]) -> Iterator[None]:
    """When the PDF cannot be written the papers are issued all the same: say so, and how to get them."""
    try:
        yield
    except StorageError as error:
        raise StorageError(
            _(
                "{reason} The papers are issued and kept in the register: {numbers}. "
                "Write them to another place with `certificates reprint`."
            ).format(reason=error, numbers=", ".join(numbers))
        ) from error


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _issued(paper: "IssuedView") -> dict[str, Any]:
    return {
        "code": paper.code,
        "head": paper.head,
        "number": paper.number,
        "year": paper.year,
        "sha256": paper.sha256,
        "warnings": list(paper.warnings),
    }


def _line(row: "RegisterRow") -> dict[str, Any]:
    return {
        "number": row.number,
        "year": row.year,
        "code": row.code,
        "head": row.head,
        "hamlet": row.hamlet,
        "issued_on": row.issued_on.isoformat(),
        "class": row.class_value.value,
        "class_year": row.class_year,
        "status": row.status.value,
        "prints": row.prints,
        "collected_on": row.collected_on.isoformat() if row.collected_on else None,
        "collected_by": row.collected_by,
    }
