"""`casemgr review rehearse`: try a standard on everybody; nothing is written to the case file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command
from casemgr.cli.outputs import OutputFile
from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.rehearsal import Line, Rehearsal
from casemgr.errors import NotFoundError
from casemgr.files import atomic_write
from casemgr.i18n import N_, _, format_moment, format_number, ngettext
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices, packs, rehearsal
from casemgr.services.entitlement_changes import BEGINS, EFFECT_LABELS, ENDS, MAY_BEGIN, ProgrammeEffect

SHOWN = 50
"""Changes printed at most; --json and --out give all."""


def attach(review: click.Group) -> None:
    """Put the command into `casemgr review`."""
    review.add_command(rehearse)


@click.command(
    "rehearse",
    cls=Command,
    help=N_(
        "Judge every household by a standard, from its newest survey, else its class: who changes class, and which "
        "answers are missing. Nothing is written to the case file."
    ),
)
@click.option("--pack", "pack_id", required=True, metavar="ID", help=N_("The standard, e.g. VN-2027."))
@click.option("--hamlet", help=N_("Only this hamlet."))
@click.option(
    "--out", type=OutputFile(), help=N_("Write an Excel file with the classes, the changes and what is missing.")
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def rehearse(session: Session, pack_id: str, hamlet: str | None, out: Path | None, as_json: bool) -> None:
    """`casemgr review rehearse`."""
    with session.workspace() as workspace:
        found, effects = workspace.read(_run, pack_id, hamlet)
        who, when = workspace.actor.name, workspace.now
    if out is not None:
        from casemgr.exchange.comparisons import rehearsal_workbook

        mark = _("Made by {who} at {time}").format(who=who, time=format_moment(when))
        atomic_write(out, rehearsal_workbook(found, effects, mark=mark))
    if as_json:
        print_json(_plain(found) | {"supports": _supports(effects)})
    else:
        _print(found)
        _print_supports(effects)


def _run(uow: UnitOfWork, pack_id: str, hamlet: str | None) -> tuple[Rehearsal, tuple[ProgrammeEffect, ...]]:
    where: UUID | None = None
    if hamlet is not None:
        where = offices.find_hamlet(uow, hamlet)
        if where is None:
            raise NotFoundError(_("There is no hamlet “{name}”, or more than one.").format(name=hamlet))
    found = rehearsal.rehearse(uow, packs.by_id(uow, pack_id), hamlet_id=where)
    return found, rehearsal.effects(uow, found)


def _code(value: HouseholdClass | None) -> str | None:
    return None if value is None else value.value


def _line(one: Line) -> dict[str, Any]:
    return {
        "id": str(one.household_id),
        "code": one.code,
        "head": one.head,
        "hamlet": one.hamlet,
        "old": one.old.value,
        "new": _code(one.new),
        "surveyed": one.surveyed,
    }


def _plain(found: Rehearsal) -> dict[str, Any]:
    return {
        "pack": found.pack.id,
        "revision": found.pack.revision,
        "official": found.official,
        "note": found.note,
        "households": found.households,
        "counts": [
            {"old": old.value, "new": _code(new), "households": found.counts[old, new]}
            for old in found.olds
            for new in found.news
            if (old, new) in found.counts
        ],
        "changes": [_line(one) | {"reason": one.reason} for one in found.changes],
        "missing": [
            _line(one) | {"possible": [value.value for value in one.possible], "missing": list(one.codes)}
            for one in found.missing
        ],
    }


def _supports(effects: Sequence[ProgrammeEffect]) -> list[dict[str, Any]]:
    return [
        {
            "programme": one.programme,
            "title": one.title,
            BEGINS: [str(home) for home in one.begins],
            MAY_BEGIN: [str(home) for home in one.may_begin],
            ENDS: [str(home) for home in one.ends],
            "begins_for": one.begins_for,
            "ends_for": one.ends_for,
        }
        for one in effects
    ]


def _print_supports(effects: Sequence[ProgrammeEffect]) -> None:
    for one in effects:
        told = ", ".join(f"{_(EFFECT_LABELS[what])} {format_number(len(homes))}" for what, homes, _people in one.lists)
        click.echo(f"  {one.programme}  {one.title}: {told}")


def _short(value: HouseholdClass | None) -> str:
    return _("Not determined") if value is None else _(CLASS_SHORT_LABELS[value])


def _print(found: Rehearsal) -> None:
    click.echo(
        ngettext("{title}: {count} household", "{title}: {count} households", found.households).format(
            title=found.pack.title, count=format_number(found.households)
        )
    )
    if not found.official:
        click.echo(_("Draft, for preparation only: {note}").format(note=found.note))
    for old in found.olds:
        for new in found.news:
            if (old, new) in found.counts:
                click.echo(f"  {_short(old)} → {_short(new)}: {format_number(found.counts[old, new])}")
    for change in found.changes[:SHOWN]:
        classes = f"{_short(change.old)} → {_short(change.new)}"
        click.echo(f"{change.code}  {change.head}  {change.hamlet}  {classes}  {change.reason}")
    if len(found.changes) > SHOWN:
        more = len(found.changes) - SHOWN
        click.echo(ngettext("… and {count} more change", "… and {count} more changes", more).format(count=more))
    if found.missing:
        click.echo(
            ngettext(
                "{count} household cannot be judged yet: answers are missing.",
                "{count} households cannot be judged yet: answers are missing.",
                len(found.missing),
            ).format(count=format_number(len(found.missing)))
        )
