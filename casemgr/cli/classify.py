"""`casemgr classify`: the class of a household by the standard of a day, without any case file."""

from datetime import datetime

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command
from casemgr.cli.packs import views
from casemgr.domain.classification import VND, Facts, Judgement, classify
from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.offices import Area
from casemgr.domain.packs import Pack, known_codes, national_on, of_id
from casemgr.i18n import N_, _, format_money, ngettext


@click.command(
    "classify",
    cls=Command,
    help=N_(
        "The class of a household by the national standard of a day, with the reason. No case file is needed; "
        "with --file the packs accepted in it count too."
    ),
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    required=True,
    metavar="DATE",
    help=N_("Day of the review (yyyy-mm-dd or dd/mm/yyyy); it chooses the standard."),
)
@click.option("--area", type=click.Choice([area.value for area in Area]), required=True, help=N_("Area type."))
@click.option("--income", type=int, metavar="DONG", help=N_("Income per person and month, in dong."))
@click.option("--b1", type=int, metavar="POINTS", help=N_("Points B1 of the income sheet; they decide where given."))
@click.option(
    "--deprived",
    default="",
    metavar="CODES",
    help=N_("Indicators the household is deprived in, with commas between, e.g. bhyt,nha_tieu."),
)
@click.option("--pack", "pack_id", metavar="ID", help=N_("Judge by this pack instead of the one of the day."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def command(
    session: Session,
    as_of: datetime,
    area: str,
    income: int | None,
    b1: int | None,
    deprived: str,
    pack_id: str | None,
    as_json: bool,
) -> None:
    """`casemgr classify`."""
    on = as_of.date()
    packs = [view.pack for view in views(session)]
    pack = of_id(packs, pack_id) if pack_id else national_on(packs, on)
    codes = frozenset(code for code in (part.strip() for part in deprived.split(",")) if code)
    judged = classify(pack, Facts(Area(area), income, b1, codes), known=known_codes(packs))
    official = judged.official and pack.covers(on)
    if as_json:
        print_json(
            {
                "class": judged.value.value,
                "pack": judged.pack,
                "official": official,
                "reason": judged.reason,
                "margin": judged.margin,
                "unit": judged.unit,
                "deprivations": judged.deprivations,
                "b2": judged.b2,
                "counted": judged.counted,
                "ignored": judged.ignored,
                "citations": judged.citations,
                "notes": judged.notes,
            }
        )
        return
    _print(pack, judged, official=official)


def _print(pack: Pack, judged: Judgement, *, official: bool) -> None:
    click.echo(_(CLASS_LABELS[judged.value]))
    click.echo(judged.reason)
    for note in judged.notes:
        click.echo(note)
    click.echo(_("Standard: {title} ({id})").format(title=pack.title, id=pack.id))
    if not official:
        click.echo(_("Not official: nobody can be recognised by this standard on that day."))
    size = abs(judged.margin)
    amount = (
        format_money(size)
        if judged.unit == VND
        else ngettext("{count} point", "{count} points", size).format(count=size)
    )
    if judged.margin >= 0:
        click.echo(_("At or under the line by {amount}").format(amount=amount))
    else:
        click.echo(_("Over the line by {amount}").format(amount=amount))
    if judged.ignored:
        click.echo(_("Not counted by this standard: {codes}").format(codes=", ".join(judged.ignored)))
    for line in judged.citations:
        click.echo(f"  {line}")
