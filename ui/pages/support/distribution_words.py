"""Columns and words of distributions: the list of lists, who is left out, lines for the grid of amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casemgr.domain.distributions import DISTRIBUTION_LABELS, DistributionStatus
from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.support import FUND_LABELS
from casemgr.i18n import N_, _, format_date, format_money, format_number, ngettext
from casemgr.services.distribution_lists import Excluded
from casemgr.services.distributions import DistributionListRow
from ui.editors import ChecksEditor, ChoiceEditor, DayEditor, LineEditor, NumberEditor, labelled
from ui.forms import Field
from ui.goods_editor import GoodsEditor
from ui.models.rows import Column
from ui.pages.support.amount_grid import AmountLine
from ui.programme_choices import programme_choices

if TYPE_CHECKING:
    from uuid import UUID

    from casemgr.services.distribution_lists import Proposal, ProposedRow
    from casemgr.services.distributions import DistributionRow, DistributionView
    from casemgr.services.programmes import ProgrammeListRow

AHEAD: Final = 366
TONES: Final = {
    DistributionStatus.DRAFT: "info",
    DistributionStatus.APPROVED: "near",
    DistributionStatus.DONE: "ok",
    DistributionStatus.CANCELLED: "plain",
}
LISTED: Final = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.AVERAGE, HouseholdClass.ESCAPED_POOR)
"""Classes a list is usually made of; none ticked means everybody."""


def status_words(status: DistributionStatus) -> str:
    """How far a list is."""
    return _(DISTRIBUTION_LABELS[status])


LISTS: Final = (
    Column[DistributionListRow]("on", N_("Day"), lambda row: format_date(row.on), 92, code=True),
    Column[DistributionListRow]("title", N_("List"), lambda row: row.title, 250),
    Column[DistributionListRow]("programme", N_("Programme"), lambda row: row.programme, 230, spare=True),
    Column[DistributionListRow]("period", N_("Period"), lambda row: row.period, 84, code=True, spare=True),
    Column[DistributionListRow](
        "rows", N_("Collected"), lambda row: f"{format_number(row.received)}/{format_number(row.rows)}", 92, right=True
    ),
    Column[DistributionListRow]("sum", N_("Sum"), lambda row: format_money(row.sum), 150, right=True, code=True),
    Column[DistributionListRow](
        "state",
        N_("State"),
        lambda row: status_words(row.status),
        130,
        code=True,
        tone=lambda row: TONES[row.status],
    ),
)

LEFT_OUT: Final = (
    Column[Excluded]("code", N_("Code"), lambda row: row.code, 84, code=True),
    Column[Excluded]("name", N_("Full name"), lambda row: row.name, 170),
    Column[Excluded]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 120, spare=True),
    Column[Excluded]("reason", N_("Why left out"), lambda row: row.reason, 420),
)


def make_fields(programmes: Sequence[ProgrammeListRow], hamlets: Mapping[UUID, str]) -> tuple[Field, ...]:
    """What a list is made for, and of whom."""
    classes = {one.value: CLASS_SHORT_LABELS[one] for one in LISTED}
    return (
        Field("programme", N_("&Programme"), lambda: ChoiceEditor(programme_choices(programmes)), required=True),
        Field("title", N_("&Name of the list"), LineEditor, N_("For example: Tết gifts 2027"), required=True),
        Field("classes", N_("C&lasses"), lambda: ChecksEditor(classes), N_("None ticked: everybody")),
        Field("hamlets", N_("&Hamlets"), lambda: ChecksEditor(hamlets), N_("None ticked: all")),
        Field("on", N_("D&ay of the hand-over"), lambda: DayEditor(ahead=AHEAD), required=True),
        Field("period", N_("P&eriod"), LineEditor, N_("Empty: as the rule has it")),
        Field("source", N_("S&ource of the money"), lambda: ChoiceEditor(labelled(FUND_LABELS)), required=True),
        Field("budget_id", N_("&Budget"), lambda: ChoiceEditor((), nothing=lambda: _("from no budget"))),
        Field("amount", N_("Amount &each, in dong"), NumberEditor, N_("Empty: as the rule has it")),
        Field("place", N_("&Where"), LineEditor),
        Field("goods", N_("&Goods"), GoodsEditor, bare=True),
    )


def proposed_line(row: ProposedRow) -> AmountLine:
    """A beneficiary on a proposal."""
    return AmountLine(
        key=row.person_id or row.household_id,
        name=row.name,
        code=row.code,
        number=row.id_number,
        hamlet=row.hamlet,
        class_words=class_words(row.class_value),
        amount=row.amount,
        goods=row.goods,
        told="; ".join(finding.text for finding in row.findings),
    )


def entry_line(row: DistributionRow) -> AmountLine:
    """A beneficiary on a list that is being prepared."""
    return AmountLine(
        key=row.id,
        name=row.name,
        code=row.code,
        number=row.id_number,
        hamlet=row.hamlet,
        class_words=class_words(row.class_value),
        amount=row.amount,
        goods=row.goods,
        reason=row.override_reason,
    )


def class_words(value: str) -> str:
    """A class in a word."""
    return _(CLASS_SHORT_LABELS[HouseholdClass(value)]) if value else ""


def proposal_words(proposal: Proposal) -> str:
    """How many, how much, and how many left out."""
    listed = ngettext("{count} on the list", "{count} on the list", len(proposal.rows))
    left = ngettext("{count} left out", "{count} left out", len(proposal.excluded))
    parts = [listed.format(count=format_number(len(proposal.rows))), format_money(proposal.total)]
    if proposal.excluded:
        parts.append(left.format(count=format_number(len(proposal.excluded))))
    if proposal.marked:
        marked = ngettext("{count} needs a reason", "{count} need a reason", proposal.marked)
        parts.append(marked.format(count=format_number(proposal.marked)))
    return " · ".join(parts)


def meta_words(view: DistributionView) -> str:
    """Programme, day, period, source, decision and budget in a line."""
    decision = ""
    if view.decision_number and view.decision_on:
        decision = _("Decision {number} of {date}").format(
            number=view.decision_number, date=format_date(view.decision_on)
        )
    left = ""
    if view.budget is not None:
        left = _("budget: {amount} left").format(amount=format_money(max(0, view.budget.left)))
    data = view.data
    source = _(FUND_LABELS[data.source])
    return " · ".join(
        filter(None, (view.programme, format_date(data.on), data.period, data.place, source, decision, left))
    )


def progress_words(view: DistributionView) -> str:
    """How many have collected, of how much."""
    found = view.progress
    if view.status is DistributionStatus.DRAFT:
        words = ngettext("{count} on the list", "{count} on the list", found.total)
        return f"{words.format(count=format_number(found.total))} · {format_money(found.sum)}"
    return _("Collected: {done} of {total} · {money} of {sum}").format(
        done=format_number(found.received),
        total=format_number(found.total),
        money=format_money(found.received_sum),
        sum=format_money(found.sum),
    )


def budget_choices(views: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Budgets with what is left."""
    return [(one.id, partial(_budget_words, one)) for one in views]


def _budget_words(view: Any) -> str:  # noqa: ANN401 - a BudgetView, imported lazily
    left = _("{amount} left").format(amount=format_money(max(0, view.left)))
    return " · ".join(filter(None, (str(view.data.year), view.data.document, left)))
