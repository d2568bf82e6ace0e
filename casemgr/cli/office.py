"""`casemgr office`: found an office's case file and look at it."""

from pathlib import Path

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.cli.outputs import OutputFile
from casemgr.domain.offices import HamletData, SignatoryData, UserData
from casemgr.files import atomic_write
from casemgr.i18n import N_, _


@click.group("office", cls=Group, help=N_("The office that keeps the file: its commune, hamlets and signatories."))
def command() -> None:
    """`casemgr office`."""


@command.command("create", help=N_("Make a new case file for a commune; prints the recovery code once."))
@click.option("--commune", required=True, help=N_("Code of the commune, e.g. 28901 (see `office communes`)."))
@click.option(
    "--hamlet", "hamlets", multiple=True, help=N_('A hamlet with its kind, e.g. "Ấp Phú Nhơn"; repeat for each.')
)
@click.option("--signatory", default="", help=N_("Name of the chairman who signs papers."))
@click.option(
    "--title",
    "titles",
    multiple=True,
    default=("CHỦ TỊCH",),
    help=N_("Line above the signature; repeat for more lines."),
)
@click.option("--login", default="canbo", show_default=True, help=N_("Login name of the first user."))
@click.option("--name", default="", help=N_("Name of the first user."))
@click.option(
    "--recovery-sheet",
    type=OutputFile(),
    help=N_("Write the recovery sheet to this PDF."),
)
@click.option("--sample", is_flag=True, help=N_("An office of invented people; every paper says so."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def create(
    session: Session,
    commune: str,
    hamlets: tuple[str, ...],
    signatory: str,
    titles: tuple[str, ...],
    login: str,
    name: str,
    recovery_sheet: Path | None,
    sample: bool,
    as_json: bool,
) -> None:
    """`casemgr office create`."""
    from casemgr.services import areas, founding, offices

    office = offices.default_office(commune, sample=sample)
    default_area = areas.commune(commune).default_area
    new = founding.NewOffice(
        office=office,
        hamlets=tuple(offices.parse_hamlet(text, default_area) for text in hamlets),
        signatories=(SignatoryData(signatory, titles),) if signatory else (),
        user=UserData(login, name or login),
    )
    workspace, code = founding.found_office(session.path(), new, session.passphrase())
    try:
        if recovery_sheet is not None:
            from casemgr.reports.recovery import render_recovery_sheet

            atomic_write(recovery_sheet, render_recovery_sheet(code, office, made_on=workspace.now.astimezone().date()))
    except BaseException:
        founding.discard(workspace)  # without the sheet the code would be lost for good
        raise
    workspace.close()
    if as_json:
        print_json(
            {
                "file": str(session.path()),
                "commune": office.commune,
                "hamlets": [hamlet.full_name for hamlet in new.hamlets],
                "recovery": code.text,
            }
        )
    else:
        click.echo(_("Case file made: {file}").format(file=session.path()))
        click.echo(
            _("Recovery code (write it down or print the sheet; it is shown only now): {code}").format(code=code.text)
        )


@command.command("show", help=N_("The office of this case file."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def show(session: Session, as_json: bool) -> None:
    """`casemgr office show`."""
    from casemgr.services import offices

    with session.workspace() as workspace:
        office = workspace.read(offices.office)
        hamlets = workspace.read(offices.hamlets)
        signatories = workspace.read(offices.signatories)
    if as_json:
        print_json(
            {
                "commune": office.commune,
                "name": office.commune_name,
                "province": office.province_name,
                "hamlets": [
                    {"name": view.data.full_name, "area": view.data.area, "households": view.households}
                    for view in hamlets
                ],
                "signatories": [
                    {"name": view.data.name, "titles": list(view.data.title_lines)} for view in signatories
                ],
            }
        )
        return
    click.echo(f"{office.commune_name}, {office.province_name} ({office.commune})")
    for view in hamlets:
        click.echo(f"  {view.data.full_name}: {view.households}")


@command.command("communes", help=N_("Find a commune's code, typed without accents."))
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
def find(text: str, as_json: bool) -> None:
    """`casemgr office communes`."""
    from casemgr.services import areas

    units = areas.find_communes(text)
    if as_json:
        print_json([{"code": unit.code, "name": unit.full_name, "province": unit.province} for unit in units])
        return
    for unit in units:
        click.echo(f"{unit.code}  {unit.full_name}, {unit.province}")


@command.command("add-hamlet", help=N_('Add hamlets, each with its kind, e.g. "Ấp Phú Nhơn".'))
@click.argument("names", nargs=-1, required=True)
@pass_session
def add_hamlets(session: Session, names: tuple[str, ...]) -> None:
    """`casemgr office add-hamlet`."""
    from casemgr.services import areas, offices

    with session.workspace() as workspace:
        default = areas.commune(workspace.commune).default_area
        hamlets: list[HamletData] = [offices.parse_hamlet(text, default) for text in names]
        for hamlet in hamlets:
            workspace.write(offices.add_hamlet, hamlet)
    click.echo(_("Hamlets added: {count}").format(count=len(hamlets)))
