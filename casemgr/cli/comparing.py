"""What `casemgr import compare` prints and writes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.reconciling import Reconciliation
from casemgr.files import atomic_write
from casemgr.i18n import _, format_moment, format_number

if TYPE_CHECKING:
    from casemgr.workspace import Workspace

SHOWN = 200
"""Lines of each kind printed at most; --json and --out give all."""


def write(path: Path, found: Reconciliation, workspace: "Workspace") -> None:
    """The differences as an Excel file that says who made it."""
    from casemgr.exchange.comparisons import reconciliation_workbook

    mark = _("Made by {who} at {time}").format(who=workspace.actor.name, time=format_moment(workspace.now))
    atomic_write(path, reconciliation_workbook(found, mark=mark))


def _code(value: HouseholdClass | None) -> str | None:
    return None if value is None else value.value


def plain(found: Reconciliation) -> dict[str, Any]:
    """The comparison as JSON knows it."""
    return {
        "file": found.label,
        "year": found.year,
        "classes": [value.value for value in found.classes],
        "hamlets": list(found.hamlets),
        "here": found.here,
        "there": found.there,
        "same": found.same,
        "only_here": [
            {
                "code": one.code,
                "head": one.head,
                "birth": one.birth,
                "hamlet": one.hamlet,
                "people": one.people,
                "class": one.value.value,
                "remarks": [remark.message for remark in one.remarks],
            }
            for one in found.only_here
        ],
        "only_there": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "head": one.head,
                "birth": one.birth,
                "hamlet": one.hamlet,
                "people": one.people,
                "class": _code(one.value),
                "remarks": [remark.message for remark in one.remarks],
            }
            for one in found.only_there
        ],
        "differs": [
            {
                "code": one.code,
                "head": one.head,
                "hamlet": one.hamlet,
                "sheet": one.sheet,
                "row": one.row,
                "differences": [
                    {"field": each.field, "who": each.who, "here": each.here, "there": each.there}
                    for each in one.differences
                ],
            }
            for one in found.differs
        ],
    }


def show(found: Reconciliation) -> None:
    """The comparison for a person."""
    classes = ", ".join(_(CLASS_SHORT_LABELS[value]) for value in found.classes)
    click.echo(_("{file} against the classes of {year} ({classes})").format(
        file=found.label, year=found.year, classes=classes
    ))  # fmt: skip
    if found.hamlets:
        click.echo(_("Only {hamlet} was looked at: the list is about it.").format(hamlet=", ".join(found.hamlets)))
    for words, count in (
        (_("The same"), found.same),
        (_("Differs"), len(found.differs)),
        (_("Only in this file"), len(found.only_here)),
        (_("Only in the list"), len(found.only_there)),
    ):
        click.echo(f"  {words}: {format_number(count)}")
    nothing = _("(empty)")
    for one in found.differs[:SHOWN]:
        for each in one.differences:
            click.echo(f"{one.code}  {each.who}  {each.label}: {each.here or nothing} | {each.there or nothing}")
    for here in found.only_here[:SHOWN]:
        told = " ".join(remark.message for remark in here.remarks)
        click.echo("  ".join((_("Only in this file"), here.code, here.head, here.hamlet, told)).rstrip())
    for there in found.only_there[:SHOWN]:
        told = " ".join(remark.message for remark in there.remarks)
        place = f"{there.sheet}!{there.row}"
        click.echo("  ".join((_("Only in the list"), place, there.head, there.hamlet, told)).rstrip())
