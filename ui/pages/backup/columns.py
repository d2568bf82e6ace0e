"""The columns of the list of backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemgr import paths
from casemgr.i18n import N_, _, format_date, format_moment, format_number
from ui.models.rows import Column
from ui.office.restore_pane import size_text

if TYPE_CHECKING:
    from casemgr.services.backup import BackupInfo


def place_text(info: BackupInfo) -> str:
    """Where a backup lies, in a word where there is one."""
    return _("This computer") if info.path.parent == paths.backup_folder() else str(info.path.parent)


def verified_text(info: BackupInfo) -> str:
    """When it was last opened and compared here."""
    if info.verified is None:
        return _("not verified here")
    return _("verified {date}").format(date=format_date(info.verified.astimezone().date()))


def columns() -> tuple[Column[BackupInfo], ...]:
    """What is known of a backup without its key."""
    return (
        Column("made", N_("Made at"), lambda info: format_moment(info.made), width=160),
        Column(
            "verified",
            N_("Verified"),
            verified_text,
            width=170,
            tone=lambda info: "plain" if info.verified is None else "ok",
        ),
        Column("households", N_("Households"), lambda info: format_number(info.households), width=90, right=True),
        Column("people", N_("People"), lambda info: format_number(info.people), width=90, right=True),
        Column("size", N_("Size"), lambda info: size_text(info.size), width=90, right=True),
        Column("place", N_("Place"), place_text, width=260, hint=lambda info: str(info.path)),
        Column("program", N_("Program version"), lambda info: info.program, width=120, shown=False),
    )
