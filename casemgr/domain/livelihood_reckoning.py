"""What a livelihood plan comes to: shares of the costs, payback, and the income per head against the poverty line.

Plain whole-number arithmetic on what was entered; nothing here is law. Ceilings come with the dated data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casemgr.domain.livelihoods import PlanContent
from casemgr.domain.support import FundSource

STATE_SOURCES: Final = frozenset({FundSource.CENTRAL, FundSource.PROVINCE, FundSource.COMMUNE})
_WHOLE: Final = 10_000


@dataclass(frozen=True)
class Reckoning:
    """Money in đồng, shares in hundredths of a per cent, None where there is nothing to divide by."""

    by_source: Mapping[FundSource, int]
    total: int
    state: int
    own: int
    own_paid: int
    state_share: int | None
    own_share: int | None
    profit: int
    """Of one cycle."""
    payback_months: int | None
    """Months until the profit has paid the whole cost; None when there is no profit."""
    added_income: int | None
    """Of one head in a month."""
    expected_income: int | None
    above_line: bool | None


def reckon(content: PlanContent, *, people: int, line: int | None) -> Reckoning:
    """Add the plan up for a household of `people`; `line` is the income line of its area, đồng per head and month.

    The own share is counted once: lines of the costs paid by the household and the lines of its own share together.
    """
    by_source: dict[FundSource, int] = {}
    for cost in content.costs:
        by_source[cost.source] = by_source.get(cost.source, 0) + cost.amount
    put_in = sum(line_.amount for line_ in content.own)
    if put_in:
        by_source[FundSource.HOUSEHOLD] = by_source.get(FundSource.HOUSEHOLD, 0) + put_in
    total = sum(by_source.values())
    state = sum(by_source.get(source, 0) for source in STATE_SOURCES)
    own = by_source.get(FundSource.HOUSEHOLD, 0)
    profit = content.cycle_income - content.cycle_cost
    added = _per_head(profit, content.cycle_months, people)
    expected = None if added is None else content.income_now + added
    return Reckoning(
        by_source=by_source,
        total=total,
        state=state,
        own=own,
        own_paid=sum(line_.paid for line_ in content.own),
        state_share=_share(state, total),
        own_share=_share(own, total),
        profit=profit,
        payback_months=_payback(total, profit, content.cycle_months),
        added_income=added,
        expected_income=expected,
        above_line=None if expected is None or line is None else expected > line,
    )


def _share(part: int, total: int) -> int | None:
    """Rounded half up."""
    return None if total <= 0 else (part * _WHOLE * 2 + total) // (2 * total)


def _payback(total: int, profit: int, cycle_months: int) -> int | None:
    if profit <= 0 or cycle_months <= 0 or total <= 0:
        return None
    return -(-total * cycle_months // profit)


def _per_head(profit: int, months: int, people: int) -> int | None:
    if months <= 0 or people <= 0:
        return None
    return profit // (months * people) if profit >= 0 else -(-profit // (months * people))
