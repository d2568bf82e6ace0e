"""`casemgr review`, the decision: what it would say, signing it, movements of the lists, judging again."""

from datetime import datetime
from typing import Any

import click

from casemgr.cli import Session, pass_session
from casemgr.cli.help import Command
from casemgr.cli.review_names import (
    as_json_option,
    case_of,
    day_of,
    day_option,
    print_result,
    review_of,
    review_option,
    signatory_of,
    today,
)
from casemgr.domain.reviews import MOVEMENT_LABELS, DecideData
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _
from casemgr.services import households, movements, review_decisions
from casemgr.services.decision_previews import DecisionPreview
from casemgr.services.review_decisions import Decided

_LISTS = {
    review_decisions.POOR: N_("Poor households"),
    review_decisions.NEAR_POOR: N_("Near-poor households"),
    review_decisions.ESCAPED_POOR: N_("Households that escape from poverty"),
    review_decisions.ESCAPED_NEAR_POOR: N_("Households that escape from near-poverty"),
    review_decisions.AVERAGE: N_("Households of average living standard"),
    review_decisions.REFUSED: N_("Requests to refuse in writing"),
    review_decisions.GONE: N_("Households gone from the list"),
}


@click.command(
    "preview-decision", cls=Command, help=N_("What the decision would say, and what stands against signing it.")
)
@review_option
@day_option("--date", N_("Day it would be signed (dd/mm/yyyy); today if not given."))
@as_json_option
@pass_session
def preview_decision(session: Session, campaign: str, on: datetime | None, as_json: bool) -> None:
    """`casemgr review preview-decision`."""
    with session.workspace() as workspace:
        made = workspace.read(review_decisions.preview, workspace.read(review_of, campaign), day_of(on))
    lines = [
        _("{list}: {households} households, {people} people").format(
            list=_(_LISTS[name]), households=count.households, people=count.people
        )
        for name, count in made.counts.items()
        if count.households
    ]
    lines += [f"- {refusal.message}" for refusal in made.refusals]
    lines += [f"! {warning}" for warning in made.warnings]
    print_result(_plain_preview(made), "\n".join(lines), as_json)


@click.command(
    "decide", cls=Command, help=N_("Sign the decision: classes, movements and certificates follow from it at once.")
)
@review_option
@day_option("--date", N_("Day it is signed (dd/mm/yyyy); today if not given."))
@click.option("--number", required=True, help=N_("Number of the decision, e.g. 45/QĐ-UBND."))
@click.option("--signatory", default="", help=N_("Name of who signs; the first on record when not given."))
@click.option("--certificates/--no-certificates", default=True, help=N_("Issue and confirm certificates with it."))
@as_json_option
@pass_session
def decide(
    session: Session,
    campaign: str,
    on: datetime | None,
    number: str,
    signatory: str,
    certificates: bool,
    as_json: bool,
) -> None:
    """`casemgr review decide`."""
    from casemgr.reports.certificate import render_certificate

    with session.workspace() as workspace:
        review = workspace.read(review_of, campaign)
        day = day_of(on) or workspace.read(today)
        who = workspace.read(signatory_of, signatory) if signatory else None
        data = DecideData(number, day, who, issue_certificates=certificates)
        made = workspace.write(review_decisions.decide, review, data, render_certificate=render_certificate)
    for told in (*made.warnings, *(problem.message for problem in made.not_issued)):
        click.echo(told, err=True)
    text = _("Decision {number}: {issued} certificates issued, {confirmed} confirmed, {returned} to be returned.")
    values = {"issued": len(made.issued), "confirmed": len(made.confirmed), "returned": len(made.to_return)}
    print_result(_plain_decided(made), text.format(number=made.number, **values), as_json)


@click.command("movements", cls=Command, help=N_("Who left the lists, who came, and whether reports 2 and 3 balance."))
@review_option
@as_json_option
@pass_session
def show_movements(session: Session, campaign: str, as_json: bool) -> None:
    """`casemgr review movements`."""
    with session.workspace() as workspace:
        report = workspace.read(movements.movements, workspace.read(review_of, campaign))
        codes = {
            row.id: row.code for group in report.groups.values() for row in workspace.read(households.rows, group.ids)
        }
    plain = {
        "decided": report.decided,
        "movements": {
            value.value: {
                "households": group.households,
                "people": group.people,
                "codes": [codes[household] for household in group.ids],
            }
            for value, group in report.groups.items()
        },
        "balance": {
            name: {"households": list(one.households.values), "people": list(one.people.values)}
            for name, one in (("poor", report.balance.poor), ("near_poor", report.balance.near_poor))
        },
        "gaps": list(report.balance.gaps),
        "warnings": list(report.warnings),
    }
    lines = [
        _("{list}: {households} households, {people} people").format(
            list=_(MOVEMENT_LABELS[value]), households=group.households, people=group.people
        )
        for value, group in report.groups.items()
    ]
    print_result(plain, "\n".join([*lines, *(f"! {warning}" for warning in report.warnings)]), as_json)


@click.command(
    "replay",
    cls=Command,
    help=N_("Judge a household again by the standard kept with it; exit code 1 when the result differs."),
)
@click.argument("code")
@review_option
@as_json_option
@pass_session
@click.pass_context
def replay(ctx: click.Context, session: Session, code: str, campaign: str, as_json: bool) -> None:
    """`casemgr review replay`."""
    with session.workspace() as workspace:
        review = workspace.read(review_of, campaign)
        found = workspace.read(review_decisions.replay, workspace.read(case_of, review, code))
    if not found:
        raise NotFoundError(_("{code} has no judgement: its sheet is not keyed yet.").format(code=code))
    plain = [
        {"scope": one.scope, "pack": one.pack, "same": one.same, "stored": one.stored, "again": one.again}
        for one in found
    ]
    lines = [
        (_("{pack}: the same, byte for byte.") if one.same else _("{pack}: differs.")).format(pack=one.pack)
        for one in found
    ]
    print_result(plain, "\n".join(lines), as_json)
    if not all(one.same for one in found):
        ctx.exit(1)


COMMANDS = (preview_decision, decide, show_movements, replay)


def _plain_preview(made: DecisionPreview) -> dict[str, Any]:
    return {
        "ready": made.ready,
        "lists": {name: [row.code for row in rows] for name, rows in made.lists.items()},
        "people": {name: count.people for name, count in made.counts.items()},
        "refusals": [{"kind": refusal.kind, "message": refusal.message} for refusal in made.refusals],
        "warnings": list(made.warnings),
        "certificates": {
            "issue": len(made.certificates.to_issue),
            "confirm": len(made.certificates.to_confirm),
            "return": [one.number for one in made.certificates.to_return],
        },
    }


def _plain_decided(made: Decided) -> dict[str, Any]:
    return {
        "number": made.number,
        "counts": {name: count.households for name, count in made.counts.items()},
        "issued": [paper.number for paper in made.issued],
        "confirmed": [paper.number for paper in made.confirmed],
        "not_issued": [problem.message for problem in made.not_issued],
        "return": [one.number for one in made.to_return],
        "refused": [row.code for row in made.refused],
        "warnings": list(made.warnings),
    }
