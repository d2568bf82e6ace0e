"""`casemgr backup`: make a backup, verify it, bring it back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.i18n import N_, _, format_moment, format_number, pgettext

if TYPE_CHECKING:
    from casemgr.services.backup import BackupInfo


@click.group("backup", cls=Group, help=N_("Backups: one file that holds everything, verified by opening it."))
def command() -> None:
    """`casemgr backup`."""


@command.command(
    "create", help=N_("Write a verified backup to DEST: a folder, or a new file name ending in .casemgr-backup.")
)
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--second", type=click.Path(path_type=Path, file_okay=False), help=N_("A second folder for a copy."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@click.pass_context
@pass_session
def create(session: Session, ctx: click.Context, dest: Path, second: Path | None, as_json: bool) -> None:
    """`casemgr backup create`."""
    from casemgr.persistence.archive import SUFFIX
    from casemgr.services.backup import create_backup

    named = dest.suffix == SUFFIX and not dest.is_dir()
    with session.workspace() as workspace:
        info = create_backup(
            workspace, dest.parent if named else dest, name=dest.name if named else None, second=second
        )
    _show(info, as_json=as_json)
    for problem in info.problems:
        click.echo(problem, err=True)
    if info.problems:
        ctx.exit(1)


@command.command(
    "verify", help=N_("Open the backup FILE with its passphrase and check every page, count and seal in it.")
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def verify(session: Session, file: Path, as_json: bool) -> None:
    """`casemgr backup verify`."""
    from casemgr.services.backup import Secret, verify_backup

    _show(verify_backup(file, Secret(passphrase=session.passphrase())), as_json=as_json)


@command.command(
    "restore",
    help=N_("Put the backup FILE in the place of the case file named by --file; what lay there is set aside."),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help=N_("Only show what the backup would bring back."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def restore(session: Session, file: Path, dry_run: bool, as_json: bool) -> None:
    """`casemgr backup restore`."""
    from casemgr.services.backup import Secret
    from casemgr.services.restore import preview_restore, restore_backup

    secret = Secret(passphrase=session.passphrase())
    if not dry_run:
        done = restore_backup(file, session.path(), secret)
        _show(done.info, as_json=as_json, aside=done.aside)
        if done.aside is not None and not as_json:
            click.echo(_("The file that was there lies in {folder}").format(folder=done.aside))
            click.echo(
                _(
                    "Papers issued after this backup are not in it. If there were any, enter the last number used: "
                    "certificates continue-after NUMBER --year YEAR"
                )
            )
        return
    seen = preview_restore(file, secret, session.path())
    if as_json:
        print_json(
            {
                **_document(seen.info),
                "same_case_file": seen.same_case_file,
                "steps_set_aside": seen.steps_set_aside,
                "differences": [
                    {"label": row.label, "present": row.present, "backup": row.backup} for row in seen.differences
                ],
            }
        )
        return
    _show(seen.info, as_json=False)
    for row in seen.differences:
        present = (
            pgettext("number in a file that is missing", "none") if row.present is None else format_number(row.present)
        )
        click.echo(
            _("{label}: {present} now, {backup} in the backup").format(
                label=row.label, present=present, backup=format_number(row.backup)
            )
        )
    if seen.steps_set_aside is None:
        click.echo(_("The backup is not an earlier state of the file that is there now."))
    else:
        click.echo(
            _("Steps done since the backup, which would be set aside: {count}").format(
                count=format_number(seen.steps_set_aside)
            )
        )


def _show(info: "BackupInfo", *, as_json: bool, aside: Path | None = None) -> None:
    if as_json:
        print_json({**_document(info), "aside": str(aside) if aside else None})
        return
    click.echo(
        _("Backup {file}, made {moment}, is verified. Households: {households}, people: {people}.").format(
            file=info.path,
            moment=format_moment(info.made),
            households=format_number(info.households),
            people=format_number(info.people),
        )
    )


def _document(info: "BackupInfo") -> dict[str, object]:
    return {
        "file": str(info.path),
        "made": info.made.isoformat(),
        "verified": info.verified.isoformat() if info.verified else None,
        "program": info.program,
        "schema": info.schema,
        "households": info.households,
        "people": info.people,
        "size": info.size,
        "copies": [str(copy) for copy in info.copies],
    }
