"""`casemgr packs`: the poverty standards of the program and of a case file, newer ones and point tables from files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.cli.outputs import OutputFile
from casemgr.domain.offices import AREA_LABELS, Area
from casemgr.domain.pack_changes import CERTAINTY_LABELS, STATUS_LABELS, WORDS
from casemgr.domain.packs import Pack, of_id, shipped
from casemgr.files import atomic_write
from casemgr.i18n import N_, _, format_date, format_money, ngettext

if TYPE_CHECKING:
    from casemgr.services.packs import PackImport, PackView

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("packs", cls=Group, help=N_("Poverty standards as dated data: list, show, import a newer one."))
def command() -> None:
    """`casemgr packs`."""


@command.command("list", help=N_("List the standards; with --file also those accepted in the case file."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def show_list(session: Session, as_json: bool) -> None:
    """`casemgr packs list`."""
    found = views(session)
    if as_json:
        print_json([_summary(view) for view in found])
        return
    for view in found:
        pack = view.pack
        until = format_date(pack.valid_to) if pack.valid_to else ""
        click.echo(
            f"{pack.id}  r{pack.revision}  {format_date(pack.valid_from)} - {until}  "
            f"{_(STATUS_LABELS[pack.status])}  {pack.title}"
        )


@command.command("show", help=N_("Everything the standard ID says, with how sure each part is."))
@click.argument("pack_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def show(session: Session, pack_id: str, as_json: bool) -> None:
    """`casemgr packs show`."""
    found = views(session)
    pack = of_id([view.pack for view in found], pack_id)
    view = next(view for view in found if view.pack is pack)
    if as_json:
        print_json(_summary(view) | _details(pack))
    else:
        _print(pack)


@command.command(
    "import",
    help=N_(
        "Read a signed policy pack (FILE.casepack) and say what it would change; --accept uses it from then on. "
        "With --score-table, FILE is a point table (.xlsx, .csv) for that standard."
    ),
)
@click.argument("file", type=_FILE)
@click.option("--accept", is_flag=True, help=N_("Use it from now on; without it nothing is written."))
@click.option("--score-table", "table_for", metavar="ID", help=N_("FILE is the B1 point table of this standard."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def import_file(session: Session, file: Path, accept: bool, table_for: str | None, as_json: bool) -> None:
    """`casemgr packs import`."""
    if table_for is not None:
        _import_table(session, file, table_for, accept=accept, as_json=as_json)
        return
    from casemgr.exchange.packfile import read_packfile
    from casemgr.services import packs

    session.path()
    signed = read_packfile(file)
    with session.workspace() as workspace:
        preview = workspace.read(packs.preview_import, signed)
        if accept:
            workspace.write(packs.accept_import, signed)
    if as_json:
        print_json(_import_json(preview, accepted=accept))
        return
    _print_import(preview)
    click.echo(
        _("{id} revision {revision} is in use now.").format(id=signed.pack.id, revision=signed.pack.revision)
        if accept
        else _("Nothing was written; --accept uses this standard from now on.")
    )


@command.command(
    "sign", help=N_("Make a signed policy pack from the TOML files in FOLDER, with a private key of one's own.")
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--key", "key_file", type=_FILE, required=True, help=N_("Private Ed25519 key (PEM)."))
@click.option("--name", "key", required=True, help=N_("Name of its public key in the program."))
@click.option("--out", type=OutputFile(), required=True, help=N_("Write the signed file here (*.casepack)."))
def sign(folder: Path, key_file: Path, key: str, out: Path) -> None:
    """`casemgr packs sign`."""
    from casemgr.exchange.packfile import sign_folder

    atomic_write(out, sign_folder(folder, key_file, key))
    click.echo(_("Signed: {file}").format(file=out))


def _import_table(session: Session, file: Path, pack_id: str, *, accept: bool, as_json: bool) -> None:
    from casemgr.exchange.score_tables import read_score_table
    from casemgr.services import packs, score_tables

    session.path()
    with session.workspace() as workspace:
        table = read_score_table(file, workspace.read(packs.by_id, pack_id))
        if accept:
            workspace.write(score_tables.import_score_table, pack_id, table)
    if as_json:
        print_json({"pack": pack_id, "items": len(table.items), "zones": list(table.zones), "accepted": accept})
        return
    click.echo(
        ngettext(
            "{count} line of points for {pack}, zones: {zones}",
            "{count} lines of points for {pack}, zones: {zones}",
            len(table.items),
        ).format(count=len(table.items), pack=pack_id, zones=", ".join(table.zones))
    )
    click.echo(
        _("The point table is in use now.")
        if accept
        else _("Nothing was written; --accept uses this table from now on.")
    )


def views(session: Session) -> "list[PackView]":
    """The packs of the case file; the shipped ones where none is named or the named one does not exist yet."""
    from casemgr.services import packs

    if session.file is not None and session.file.exists():
        with session.workspace() as workspace:
            return workspace.read(packs.packs)
    if session.file is not None:
        click.echo(
            _("There is no case file {file}: the shipped standards are used.").format(file=session.file), err=True
        )
    return [packs.PackView(pack, packs.SHIPPED, "", None) for pack in shipped()]


def _summary(view: "PackView") -> dict[str, Any]:
    pack = view.pack
    return {
        "id": pack.id,
        "revision": pack.revision,
        "title": pack.title,
        "scope": pack.scope,
        "province": pack.province,
        "valid_from": pack.valid_from.isoformat(),
        "valid_to": pack.valid_to.isoformat() if pack.valid_to else None,
        "status": pack.status,
        "official": pack.official,
        "lines": {area.value: pack.line(area) for area in Area},
        "origin": view.origin,
        "signed_by": view.signed_by,
        "sha256": pack.sha256,
    }


def _details(pack: Pack) -> dict[str, Any]:
    from casemgr.domain.pack_reading import plain_content

    return {"indicators": list(pack.codes), "content": plain_content(pack)}


def _print(pack: Pack) -> None:
    click.echo(f"{pack.title} ({pack.id}, r{pack.revision})")
    until = format_date(pack.valid_to) if pack.valid_to else ""
    click.echo(f"{_(STATUS_LABELS[pack.status])}, {format_date(pack.valid_from)} - {until}")
    click.echo(pack.source)
    if pack.note:
        click.echo(pack.note)
    for area in Area:
        click.echo(
            _("Line, {area}: {amount} per person and month").format(
                area=_(AREA_LABELS[area]), amount=format_money(pack.line(area))
            )
        )
    for one in pack.indicators:
        click.echo(f"{one.number:2}. {one.name} ({one.code}) [{_(CERTAINTY_LABELS[one.certainty])}]")
        for text in filter(None, (one.threshold, one.note)):
            click.echo(f"    {text}")
    for name, deadline in pack.deadlines.items():
        days = (
            ngettext("{count} working day", "{count} working days", deadline.days)
            if deadline.working
            else ngettext("{count} day", "{count} days", deadline.days)
        ).format(count=deadline.days)
        click.echo(f"{_(WORDS[name])}: {days} [{_(CERTAINTY_LABELS[deadline.certainty])}]")
    for line in pack.legal:
        click.echo(f"{line.citation} [{_(CERTAINTY_LABELS[line.certainty])}]")


def _import_json(preview: "PackImport", *, accepted: bool) -> dict[str, Any]:
    pack = preview.signed.pack
    return {
        "id": pack.id,
        "revision": pack.revision,
        "replaces": preview.replaces.revision if preview.replaces else None,
        "key": preview.signed.key,
        "official": pack.official,
        "accepted": accepted,
        "changes": [
            {"place": one.place, "label": one.label, "old": one.old, "new": one.new} for one in preview.changes
        ],
    }


def _print_import(preview: "PackImport") -> None:
    pack = preview.signed.pack
    click.echo(f"{pack.title} ({pack.id}, r{pack.revision})")
    click.echo(_("Signed with the key “{key}”.").format(key=preview.signed.key))
    for one in preview.changes:
        click.echo(f"{one.label}: {one.old or '–'} → {one.new or '–'}")
