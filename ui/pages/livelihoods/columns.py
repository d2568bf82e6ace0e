"""Columns of the lists of plans, projects, groups and the ledger."""

from __future__ import annotations

from typing import Final

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.livelihoods import PLAN_MACHINE, PROJECT_MACHINE, TRADE_LABELS, PlanState
from casemgr.i18n import N_, _, format_date, format_number
from casemgr.services.community_projects import ProjectView
from casemgr.services.livelihood_groups import REPRESENTATIVE, GroupView, MemberView
from casemgr.services.livelihoods import BoardRow
from casemgr.services.revolving import DutyView
from ui.due_words import due_tone, due_words
from ui.models.rows import Column
from ui.pages.livelihoods.figures import share_words
from ui.pages.livelihoods.side_cards import duty_state, duty_tone, sum_words
from ui.tones import class_tone

_STATE_TONES: Final = {
    PlanState.DRAFT: "plain",
    PlanState.RETURNED: "near",
    PlanState.REJECTED: "plain",
    PlanState.STOPPED: "plain",
    PlanState.COMPLETED: "ok",
}


def _class_words(row: BoardRow) -> str:
    return _(CLASS_SHORT_LABELS[HouseholdClass(row.class_value)]) if row.class_value else ""


def _trade(row: BoardRow) -> str:
    return _(TRADE_LABELS[row.trade]) if row.trade in TRADE_LABELS else row.trade


PLANS: Final = (
    Column[BoardRow]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[BoardRow]("head", N_("Head of household"), lambda row: row.head, 180),
    Column[BoardRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 140),
    Column[BoardRow](
        "class",
        N_("Class"),
        _class_words,
        110,
        tone=lambda row: class_tone(HouseholdClass(row.class_value or HouseholdClass.UNREVIEWED)),
        spare=True,
    ),
    Column[BoardRow]("product", N_("Livelihood"), lambda row: row.product, 160),
    Column[BoardRow]("trade", N_("Branch"), _trade, 120, spare=True, shown=False),
    Column[BoardRow](
        "state",
        N_("State"),
        lambda row: PLAN_MACHINE.label(row.state),
        190,
        tone=lambda row: _STATE_TONES.get(row.state, "info"),
    ),
    Column[BoardRow]("since", N_("Since"), lambda row: format_date(row.state_on), 92, code=True, spare=True),
    Column[BoardRow]("due", N_("Due"), due_words, 150, tone=due_tone),
    Column[BoardRow]("total", N_("Whole cost"), lambda row: format_number(row.total_cost), 110, right=True, spare=True),
    Column[BoardRow](
        "state_amount", N_("Paid by the state"), lambda row: format_number(row.state_amount), 110, right=True
    ),
    Column[BoardRow]("officer", N_("Officer"), lambda row: row.officer, 140, spare=True),
)
PROJECTS: Final = (
    Column[ProjectView]("title", N_("Project"), lambda row: row.data.title, 220, hint=lambda row: row.data.title),
    Column[ProjectView]("programme", N_("Programme"), lambda row: row.data.programme, 90, code=True),
    Column[ProjectView](
        "state", N_("State"), lambda row: PROJECT_MACHINE.label(row.state), 160, tone=lambda row: "info"
    ),
    Column[ProjectView]("group", N_("Group, lead unit"), lambda row: row.group or row.data.leader, 160, spare=True),
    Column[ProjectView]("plans", N_("Households"), lambda row: format_number(row.plans), 90, right=True),
    Column[ProjectView](
        "total", N_("Whole cost"), lambda row: format_number(row.data.total_cost), 120, right=True, spare=True
    ),
    Column[ProjectView]("share", N_("State's share"), lambda row: share_words(row.state_share), 100, right=True),
)


def _group_share(row: GroupView) -> str:
    return share_words(row.share_hundredths)


GROUPS: Final = (
    Column[GroupView](
        "name", N_("Group of households"), lambda row: row.data.name, 200, hint=lambda row: row.data.name
    ),
    Column[GroupView]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[GroupView](
        "members",
        N_("Members"),
        lambda row: format_number(sum(one.to_on is None for one in row.members)),
        84,
        right=True,
    ),
    Column[GroupView]("share", N_("Poor, near-poor"), _group_share, 104, right=True),
    Column[GroupView](
        "checks",
        N_("Checks"),
        lambda row: _("to look at") if row.findings else _("in order"),
        104,
        tone=lambda row: "near" if row.findings else "ok",
    ),
)


def _member_role(row: MemberView) -> str:
    parts = [_("representative")] if row.data.role == REPRESENTATIVE else []
    if row.data.experienced:
        parts.append(_("experienced"))
    if row.to_on is not None:
        parts.append(_("left {date}").format(date=format_date(row.to_on)))
    return " · ".join(parts)


MEMBERS: Final = (
    Column[MemberView]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[MemberView]("head", N_("Head of household"), lambda row: row.head, 160),
    Column[MemberView](
        "class",
        N_("Class"),
        lambda row: _(CLASS_SHORT_LABELS[HouseholdClass(row.class_value)]) if row.class_value else "",
        110,
        tone=lambda row: class_tone(HouseholdClass(row.class_value or HouseholdClass.UNREVIEWED)),
    ),
    Column[MemberView]("role", N_("Role"), _member_role, 180),
)
LEDGER: Final = (
    Column[DutyView]("code", N_("Code"), lambda row: row.home.code, 84, code=True),
    Column[DutyView]("head", N_("Who gives back"), lambda row: row.home.head, 170),
    Column[DutyView]("hamlet", N_("Hamlet"), lambda row: row.home.hamlet, 120, spare=True),
    Column[DutyView]("round", N_("Round"), lambda row: str(row.round), 64, right=True),
    Column[DutyView]("period", N_("Period"), lambda row: row.line.period, 100, spare=True),
    Column[DutyView]("due", N_("Falls due on"), lambda row: format_date(row.line.due_on), 92, code=True),
    Column[DutyView]("owed", N_("Owed"), lambda row: sum_words(row.line.amount, row.line.animals), 140),
    Column[DutyView]("paid", N_("Given back"), lambda row: sum_words(row.balance.paid, row.balance.paid_animals), 140),
    Column[DutyView](
        "open",
        N_("Still open"),
        lambda row: sum_words(max(row.balance.open, 0), max(row.balance.open_animals, 0)),
        140,
    ),
    Column[DutyView]("state", N_("State"), duty_state, 130, tone=duty_tone),
)
