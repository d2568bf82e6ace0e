"""`casemgr households`: find them, list them, show one."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.cli.outputs import OutputFile
from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.indicators import Proposal
from casemgr.domain.packs import Pack
from casemgr.domain.people import RELATION_LABELS
from casemgr.errors import NotFoundError
from casemgr.files import atomic_write
from casemgr.i18n import N_, _, ngettext
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import dossiers, households, offices, packs, proposals
from casemgr.services.households import HouseholdQuery, HouseholdRow, HouseholdView
from casemgr.services.members import MemberView
from casemgr.services.search import search

UNREVIEWED = HouseholdClass.UNREVIEWED


@click.group("households", cls=Group, help=N_("The households of the file: find, list, show."))
def command() -> None:
    """`casemgr households`."""


@command.command(
    "find", help=N_("Find households by a name (accents optional), code, identity or certificate number; best first.")
)
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help=N_("How many at most."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def find(session: Session, query: str, limit: int, as_json: bool) -> None:
    """`casemgr households find`."""
    with session.workspace() as workspace:
        rows = workspace.read(_found, query, limit)
    _print_rows(rows, as_json)


@command.command("list", help=N_("List the households of the file."))
@click.option("--hamlet", "hamlets", multiple=True, help=N_('Only this hamlet, e.g. "Ấp Phú Nhơn"; repeat for more.'))
@click.option(
    "--class",
    "classes",
    multiple=True,
    type=click.Choice([value.value for value in HouseholdClass]),
    help=N_("Only these."),
)
@click.option(
    "--order",
    type=click.Choice(["name", "code", "hamlet", "class", "people"]),
    default="name",
    show_default=True,
    help=N_("Order of the list; names by given name first."),
)
@click.option("--ended", is_flag=True, help=N_("The households the office no longer keeps."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def show_list(
    session: Session, hamlets: tuple[str, ...], classes: tuple[str, ...], order: str, ended: bool, as_json: bool
) -> None:
    """`casemgr households list`."""
    with session.workspace() as workspace:
        rows = workspace.read(_listed, hamlets, classes, order, ended=ended)
    _print_rows(rows, as_json)


@command.command("show", help=N_("Show one household with its members and classes."))
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def show(session: Session, code: str, as_json: bool) -> None:
    """`casemgr households show`."""
    with session.workspace() as workspace:
        view = workspace.read(_view, code)
    if as_json:
        print_json(_plain_view(view))
        return
    current = view.current_class
    click.echo(f"{view.code}  {view.name}")
    click.echo(view.address)
    click.echo(_class_text(current.data.value, current.data.year) if current else _class_text(UNREVIEWED, None))
    for member in view.members:
        born = member.person.birth.text if member.person.birth else ""
        relation = member.relation_text or _(RELATION_LABELS[member.relation])
        line = (member.person.full_name, relation, born, member.person.id_number or "")
        click.echo("  " + "  ".join(part for part in line if part))


@command.command(
    "propose",
    help=N_("What the file proposes for each deprivation indicator of a household, why, and what is missing."),
)
@click.argument("code")
@click.option("--pack", "pack_id", metavar="ID", help=N_("The indicators of this pack instead of the one of the day."))
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="DATE",
    help=N_("Day of the survey (yyyy-mm-dd or dd/mm/yyyy); today when left out."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def propose(session: Session, code: str, pack_id: str | None, on: datetime | None, as_json: bool) -> None:
    """`casemgr households propose`."""
    with session.workspace() as workspace:
        pack, told = workspace.read(_proposed, code, pack_id, on.date() if on else None)
    if as_json:
        print_json(
            {
                "pack": pack.id,
                "indicators": [
                    {
                        "code": code,
                        "deprived": proposal.value,
                        "applies": proposal.applies,
                        "why": proposal.why,
                        "missing": list(proposal.missing),
                    }
                    for code, proposal in told.items()
                ],
            }
        )
        return
    answers = {True: _("deprived"), False: _("not deprived"), None: _("not known")}
    click.echo(pack.title)
    for indicator in pack.indicators:
        proposal = told[indicator.code]
        why = "; ".join(proposal.missing) or proposal.why
        click.echo(f"  {indicator.number}. {indicator.name}: {answers[proposal.value]}. {why}")


def _proposed(uow: UnitOfWork, code: str, pack_id: str | None, on: date | None) -> tuple[Pack, dict[str, Proposal]]:
    day = on or uow.today
    pack = packs.by_id(uow, pack_id) if pack_id else packs.national(uow, day)
    return pack, proposals.proposals(uow, households.by_code(uow, code), pack, day)


def _found(uow: UnitOfWork, query: str, limit: int) -> list[HouseholdRow]:
    hits = search(uow, query, limit=limit)
    return households.rows(uow, list(dict.fromkeys(hit.household_id for hit in hits if hit.household_id)))


def _listed(
    uow: UnitOfWork, hamlets: tuple[str, ...], classes: tuple[str, ...], order: str, *, ended: bool
) -> list[HouseholdRow]:
    wanted = []
    for name in hamlets:
        hamlet = offices.find_hamlet(uow, name)
        if hamlet is None:
            raise NotFoundError(
                _("There is no hamlet {name}, or more than one; see `casemgr office show`.").format(name=name)
            )
        wanted.append(hamlet)
    query = HouseholdQuery(hamlets=tuple(wanted), classes=classes, order=order, ended=ended)
    return households.rows(uow, households.find(uow, query))


def _view(uow: UnitOfWork, code: str) -> HouseholdView:
    return households.view(uow, households.by_code(uow, code))


def _class_text(value: HouseholdClass, year: int | None) -> str:
    label = _(CLASS_SHORT_LABELS[value])
    return f"{label} {year}" if year else label


def _print_rows(rows: list[HouseholdRow], as_json: bool) -> None:
    if as_json:
        print_json([_plain_row(row) for row in rows])
        return
    for row in rows:
        people = ngettext("{count} person", "{count} people", row.people).format(count=row.people)
        click.echo("  ".join((row.code, row.head, row.hamlet, _class_text(row.class_value, row.class_year), people)))
    click.echo(ngettext("{count} household", "{count} households", len(rows)).format(count=len(rows)), err=True)


def _plain_row(row: HouseholdRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "head": row.head,
        "hamlet": row.hamlet,
        "class": row.class_value.value,
        "class_year": row.class_year,
        "people": row.people,
    }


def _plain_view(view: HouseholdView) -> dict[str, Any]:
    current = view.current_class
    return {
        "code": view.code,
        "head": view.name,
        "hamlet": view.hamlet,
        "class": (current.data.value if current else UNREVIEWED).value,
        "class_year": current.data.year if current else None,
        "people": len(view.members),
        "address": view.address,
        "permanent_address": view.permanent_address,
        "phone": view.data.phone,
        "flags": list(view.data.flags),
        "members": [_plain_member(member) for member in view.members],
        "former_members": [_plain_member(member) for member in view.former],
        "classes": [
            {
                "year": entry.data.year,
                "class": entry.data.value.value,
                "b1": entry.data.b1,
                "b2": entry.data.b2,
                "decision": entry.decision.number if entry.decision else None,
            }
            for entry in view.classes
        ],
    }


def _plain_member(member: MemberView) -> dict[str, Any]:
    person = member.person
    return {
        "name": person.full_name,
        "sex": person.sex.value if person.sex else None,
        "birth": person.birth.iso if person.birth else None,
        "id_number": person.id_number,
        "old_id_number": person.old_id_number,
        "relation": member.relation.value,
        "relation_text": member.relation_text,
        "ethnic": person.ethnic,
        "insurance_number": person.insurance_number,
        "left_on": member.left_on.isoformat() if member.left_on else None,
    }


@command.command(
    "dossier", help=N_("Write the dossier of a household as one PDF: cover, index, tables and its issued papers.")
)
@click.argument("code")
@click.option("--out", type=OutputFile(), required=True, help=N_("The PDF file to write."))
@pass_session
def dossier(session: Session, code: str, out: Path) -> None:
    """`casemgr households dossier`."""
    from casemgr.reports.dossier import render_dossier

    with session.workspace() as workspace:
        household = workspace.read(households.by_code, code)
        content = render_dossier(workspace.read(dossiers.dossier, household))
    atomic_write(out, content)
    click.echo(_("Saved as {file}.").format(file=out))
