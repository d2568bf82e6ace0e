"""`casemgr programmes`: the catalogue of support programmes with their dated rules, without any case file."""

from datetime import date, datetime
from typing import Any

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.domain.pack_changes import CERTAINTY_LABELS
from casemgr.domain.programmes import Catalogue, Step
from casemgr.domain.staged import steps_of
from casemgr.domain.support import SUPPORT_KIND_LABELS, UNIT_LABELS
from casemgr.i18n import N_, _, ngettext
from casemgr.services import programme_views, programmes
from casemgr.services.programme_views import ProgrammeView, RuleView

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.group("programmes", cls=Group, help=N_("Support programmes as dated data: list, show."))
def command() -> None:
    """`casemgr programmes`."""


@command.command("list", help=N_("List the programmes; with --file as the office changed them."))
@click.option("--as-of", type=_DAY, metavar="DATE", help=N_("The rules of this day; today when left out."))
@click.option("--group", "group", help=N_("Only this group, e.g. housing."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def show_list(session: Session, as_of: datetime | None, group: str | None, as_json: bool) -> None:
    """`casemgr programmes list`."""
    found, day = _catalogue(session, as_of)
    if group is not None and group not in found.groups:
        raise click.UsageError(_("The groups are: {groups}.").format(groups=", ".join(found.groups)))
    rows = [row for row in programmes.listed(found, day) if group in (None, row.programme.group)]
    if as_json:
        print_json([_summary(found, row.programme.code, row.own, len(row.rules)) for row in rows])
        return
    for row in rows:
        one = row.programme
        rules = ngettext("{count} rule", "{count} rules", len(row.rules)).format(count=len(row.rules))
        sure = _(CERTAINTY_LABELS[one.certainty])
        click.echo(
            "  ".join((one.code, one.title, _(UNIT_LABELS[one.unit]), _(SUPPORT_KIND_LABELS[one.kind]), rules, sure))
        )


@command.command("show", help=N_("Everything about the programme CODE: rules, amounts, papers, law, how sure each is."))
@click.argument("code")
@click.option("--as-of", type=_DAY, metavar="DATE", help=N_("The amounts of this day; today when left out."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def show(session: Session, code: str, as_of: datetime | None, as_json: bool) -> None:
    """`casemgr programmes show`."""
    found, day = _catalogue(session, as_of)
    told = programme_views.view(found, code.upper(), day)
    if as_json:
        summary = _summary(found, told.programme.code, told.own, sum(rule.applies for rule in told.rules))
        print_json(summary | {"exclusions": list(told.exclusions), "rules": [_rule(one) for one in told.rules]})
        return
    _print(told)


def _catalogue(session: Session, as_of: datetime | None) -> tuple[Catalogue, date]:
    if session.file is None:
        return programmes.shipped_catalogue(), as_of.date() if as_of else datetime.now().astimezone().date()
    with session.workspace() as workspace:
        found = workspace.read(programmes.catalogue)
        return found, as_of.date() if as_of else workspace.now.astimezone().date()


def _summary(found: Catalogue, code: str, own: bool, rules: int) -> dict[str, Any]:
    one = found.programme(code)
    return {
        "code": one.code,
        "name": one.name,
        "name_en": one.name_en,
        "group": one.group,
        "unit": one.unit.value,
        "kind": one.kind.value,
        "recurring": one.recurring,
        "once": one.once,
        "lead": one.lead,
        "active_from": one.active_from.isoformat() if one.active_from else None,
        "active_to": one.active_to.isoformat() if one.active_to else None,
        "dimensions": list(one.dimensions),
        "certainty": one.certainty,
        "note": one.note,
        "own": own,
        "rules_in_force": rules,
        "stages": [{"code": stage.code, "label": stage.label, "percent": stage.percent} for stage in one.stages],
        "steps": [_step(step) for step in steps_of(one)],
        "fields": [{"code": field.code, "label": field.label} for field in one.fields],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "code": step.code,
        "label": step.label,
        "status": step.status.value if step.status else None,
        "document": step.document,
        "pays": step.pays or None,
        "asks": list(step.asks),
        "certainty": step.certainty,
    }


def _rule(one: RuleView) -> dict[str, Any]:
    rule = one.rule
    return {
        "id": rule.id,
        "title": rule.title,
        "generation": rule.generation,
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "applies": one.applies,
        "condition": one.condition,
        "scope": one.scope,
        "amount": one.amount,
        "limit": rule.amount.limit.value if rule.amount else None,
        "interest_millionths": one.interest,
        "term_months": rule.term_months,
        "period": rule.period.value if rule.period else None,
        "papers": [paper.text for paper in rule.papers],
        "legal": [{"citation": line.citation, "certainty": line.certainty} for line in rule.legal],
        "certainty": rule.certainty,
        "note": rule.note,
        "own": one.own,
    }


def _print(told: ProgrammeView) -> None:
    one = told.programme
    click.echo(f"{one.code}  {one.title}")
    click.echo(f"{told.group_name}  {_(UNIT_LABELS[one.unit])}  {_(SUPPORT_KIND_LABELS[one.kind])}  {told.certainty}")
    if one.note:
        click.echo(one.note)
    for stage in one.stages:
        click.echo(f"  {stage.percent} %  {stage.label}")
    for number, step in enumerate(steps_of(one), 1):
        sure = _(CERTAINTY_LABELS[step.certainty])
        click.echo("  ".join(filter(None, (f"  {number}.", step.label, step.document, sure))))
    for rule in told.rules:
        mark = "*" if rule.applies else " "
        title = "  ".join(part for part in (rule.rule.id, rule.rule.title, rule.validity, rule.certainty) if part)
        click.echo(f"{mark} {title}")
        within = _("Only within: {condition}").format(condition=rule.scope) if rule.scope else ""
        for line in (rule.condition, within, rule.amount_text, rule.interest_text, rule.rule.note):
            if line:
                click.echo(f"    {line}")
        for basis in rule.rule.legal:
            click.echo(f"    {basis.citation} ({_(CERTAINTY_LABELS[basis.certainty]).lower()})")
        for paper in rule.rule.papers:
            click.echo(f"    - {paper.text}")
    for limit in told.exclusions:
        click.echo(limit)
