"""`casemgr entitlements`: what a household and its people are entitled to on a day, why, and what is missing."""

from datetime import datetime
from typing import Any

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command
from casemgr.domain.pack_changes import CERTAINTY_LABELS
from casemgr.domain.pack_parts import VERIFIED
from casemgr.i18n import N_, _
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import entitlements, households, programmes
from casemgr.services.entitlements import Entitlement
from casemgr.services.programme_views import amount_text


@click.command(
    "entitlements",
    cls=Command,
    help=N_(
        "What the household CODE and its people are entitled to on a day, with the reason, the law and what is "
        "missing. Programmes they are not entitled to are left out unless --all asks for them."
    ),
)
@click.argument("code")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="DATE",
    help=N_("The day (yyyy-mm-dd or dd/mm/yyyy); today when left out."),
)
@click.option("--programme", "codes", multiple=True, help=N_("Only this programme; repeat for more."))
@click.option("--all", "everything", is_flag=True, help=N_("Also what they are not entitled to, and why not."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def command(
    session: Session, code: str, as_of: datetime | None, codes: tuple[str, ...], everything: bool, as_json: bool
) -> None:
    """`casemgr entitlements`."""
    with session.workspace() as workspace:
        told, names, titles = workspace.read(_told, code, as_of, codes, everything)
    if as_json:
        print_json([_plain(one, names) for one in told])
        return
    results = {True: _("entitled"), False: _("not entitled"), None: _("cannot be said")}
    for one in told:
        who = names.get(one.person_id, "") if one.person_id else ""
        sum_text = amount_text(one.amount, one.limit, one.period)
        received = _("received already") if one.receiving else ""
        sure = "" if one.certainty == VERIFIED else _(CERTAINTY_LABELS[one.certainty])
        head = (one.programme, titles[one.programme], who, results[one.result], sum_text, received, sure)
        click.echo("  ".join(part for part in head if part))
        for line in (*one.reason, *one.conflicts):
            click.echo(f"    {line}")
        if one.missing:
            click.echo("    " + _("To be asked: {facts}").format(facts="; ".join(one.missing)))
        for paper in one.papers:
            click.echo(f"    - {paper}")
        click.echo(f"    {one.citation}")


def _told(
    uow: UnitOfWork, code: str, as_of: datetime | None, codes: tuple[str, ...], everything: bool
) -> tuple[list[Entitlement], dict[Any, str], dict[str, str]]:
    household = households.by_code(uow, code)
    found = programmes.catalogue(uow)
    wanted = [found.programme(one.upper()).code for one in codes]
    day = as_of.date() if as_of else uow.today
    told = entitlements.entitlements(uow, household, day, programmes=wanted or None, refused=everything)
    members = households.view(uow, household)
    names = {one.person_id: one.person.full_name for one in (*members.members, *members.former)}
    return told, names, {one: programme.title for one, programme in found.programmes.items()}


def _plain(one: Entitlement, names: dict[Any, str]) -> dict[str, Any]:
    return {
        "programme": one.programme,
        "person": str(one.person_id) if one.person_id else None,
        "name": names.get(one.person_id) if one.person_id else None,
        "result": {True: "entitled", False: "not_entitled", None: "unknown"}[one.result],
        "amount": one.amount,
        "limit": one.limit.value,
        "period": one.period.value if one.period else None,
        "rule": one.rule,
        "rule_title": one.rule_title,
        "reason": list(one.reason),
        "citation": one.citation,
        "missing": list(one.missing),
        "missing_facts": list(one.missing_facts),
        "papers": list(one.papers),
        "receiving": one.receiving,
        "received_on": one.received_on.isoformat() if one.received_on else None,
        "conflicts": list(one.conflicts),
        "certainty": one.certainty,
        "interest_millionths": one.interest,
    }
