"""Columns of the cards beside a plan: animals, visits, losses, acceptance, duties, results, steps."""

from __future__ import annotations

from typing import Final

from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.livelihoods import ASSET_LABELS, PLAN_MACHINE
from casemgr.i18n import N_, _, format_date, format_money, format_number
from casemgr.services.assets import LOT, AssetView
from casemgr.services.livelihood_file import Outcome
from casemgr.services.livelihood_visits import LOSS_LABELS, USE_LABELS, AcceptanceView, LossView, Use, VisitView
from casemgr.services.revolving import DutyView
from casemgr.services.state_steps import StepView
from ui.models.rows import Column
from ui.tones import class_tone


def _weight(row: AssetView) -> str:
    parts = []
    if row.data.age_months:
        parts.append(_("{count} months").format(count=row.data.age_months))
    if row.data.weight_kg:
        parts.append(_("{count} kg").format(count=row.data.weight_kg))
    return " · ".join(parts)


def _chosen(row: AssetView) -> str:
    return _("by lot") if row.chosen_by == LOT else _("agreed")


def _born_of(row: AssetView) -> str:
    return _("of {tag}").format(tag=row.mother) if row.mother else _chosen(row)


def _use_tone(row: VisitView) -> str:
    return {Use.YES: "ok", Use.PARTLY: "near", Use.NO: "poor"}[row.data.use]


def _loss_state(row: LossView) -> str:
    if row.settled_on is not None:
        return _("settled {date}").format(date=format_date(row.settled_on))
    return _("reported late") if row.late else _("not settled")


def _owed(row: DutyView) -> str:
    return _sum(row.line.amount, row.line.animals)


def _open(row: DutyView) -> str:
    if row.balance.settled:
        return _("settled")
    return _sum(max(row.balance.open, 0), max(row.balance.open_animals, 0))


def duty_tone(row: DutyView) -> str:
    """Its colour."""
    if row.balance.settled:
        return "ok"
    return "poor" if row.overdue_days else "near" if row.alarm else "plain"


def duty_state(row: DutyView) -> str:
    """How a duty stands, in words."""
    if row.balance.settled:
        return _("settled")
    if row.overdue_days:
        return _("{count} days over").format(count=format_number(row.overdue_days))
    return _("due soon") if row.alarm else _("open")


def _sum(amount: int, animals: int) -> str:
    parts = [format_money(amount)] if amount else []
    if animals:
        parts.append(_("{count} animals").format(count=format_number(animals)))
    return " · ".join(parts)


def sum_words(amount: int, animals: int) -> str:
    """Money and animals beside each other; "0" where there is neither."""
    return _sum(amount, animals) or "0"


def _step_words(row: StepView) -> str:
    return PLAN_MACHINE.label(row.data.to)


def _step_paper(row: StepView) -> str:
    day = format_date(row.data.document_on) if row.data.document_on else ""
    votes = row.data.detail
    told = (
        _("{agreed} of {present} agreed").format(agreed=votes["agreed"], present=votes["present"])
        if "agreed" in votes and "present" in votes
        else ""
    )
    return " · ".join(filter(None, (row.data.document_number, day, told, row.data.reason)))


ASSETS: Final = (
    Column[AssetView]("tag", N_("Tag"), lambda row: row.data.tag, 80, code=True),
    Column[AssetView]("kind", N_("What it is"), lambda row: row.data.kind, 140),
    Column[AssetView]("weight", N_("Age, weight"), _weight, 130, spare=True),
    Column[AssetView]("chosen", N_("How chosen"), _born_of, 84, spare=True),
    Column[AssetView]("state", N_("State"), lambda row: _(ASSET_LABELS[row.state]), 150, tone=lambda row: "plain"),
)
VISITS: Final = (
    Column[VisitView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[VisitView]("visitor", N_("Visited by"), lambda row: row.data.visitor, 140),
    Column[VisitView]("use", N_("Use"), lambda row: _(USE_LABELS[row.data.use]), 150, tone=_use_tone),
    Column[VisitView]("action", N_("To be done"), lambda row: row.data.action, 150, spare=True),
)
LOSSES: Final = (
    Column[LossView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[LossView]("kind", N_("What happened"), lambda row: _(LOSS_LABELS[row.data.kind]), 180),
    Column[LossView]("state", N_("State"), _loss_state, 130, tone=lambda row: "ok" if row.settled_on else "near"),
)
ACCEPTANCES: Final = (
    Column[AcceptanceView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[AcceptanceView]("actual", N_("Found"), lambda row: row.data.actual, 180),
    Column[AcceptanceView](
        "passed",
        N_("Result"),
        lambda row: _("reached") if row.data.passed else _("not reached"),
        100,
        tone=lambda row: "ok" if row.data.passed else "near",
    ),
)
DUTY_LINES: Final = (
    Column[DutyView]("due", N_("Falls due on"), lambda row: format_date(row.line.due_on), 90, code=True),
    Column[DutyView]("owed", N_("Owed"), _owed, 130),
    Column[DutyView]("open", N_("Still open"), _open, 130),
    Column[DutyView]("state", N_("State"), duty_state, 100, tone=duty_tone),
)
OUTCOMES: Final = (
    Column[Outcome]("year", N_("Review of"), lambda row: str(row.year), 90, code=True),
    Column[Outcome]("on", N_("Day"), lambda row: format_date(row.on) if row.on else "", 90, code=True),
    Column[Outcome](
        "value", N_("Class"), lambda row: _(CLASS_LABELS[row.value]), 180, tone=lambda row: class_tone(row.value)
    ),
)
STEPS: Final = (
    Column[StepView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[StepView]("to", N_("Step"), _step_words, 160),
    Column[StepView]("paper", N_("Paper, reason"), _step_paper, 190, hint=_step_paper),
)
