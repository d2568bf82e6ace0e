"""The plan by which a loan is repaid: proposed in equal instalments, corrected by hand, exactly the whole sum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_low
from typing import Final

from casemgr.domain.dates import add_months
from casemgr.errors import Problem
from casemgr.i18n import _, format_date, format_money

RHYTHMS: Final = (6, 12)
"""Months between two instalments that are proposed."""
_WHOLE: Final = 1_000
"""Proposed instalments are told in whole thousands of đồng where that leaves something of them."""


@dataclass(frozen=True, order=True)
class Instalment:
    """What of the principal is to be repaid by a day."""

    due_on: date
    amount: int


Plan = tuple[Instalment, ...]


def proposed(principal: int, from_on: date, due_on: date, rhythm: int) -> Plan:
    """Equal instalments every `rhythm` months up to the due date; the last takes the rest."""
    days = []
    step = 1
    while (day := add_months(from_on, step * rhythm)) < due_on:
        days.append(day)
        step += 1
    days = [*days[: max(0, principal - 1)], due_on]
    each = principal // len(days)
    if each > _WHOLE:
        each -= each % _WHOLE
    return tuple(
        Instalment(day, each if place < len(days) - 1 else principal - each * place) for place, day in enumerate(days)
    )


def rhythm_of(plan: Sequence[Instalment]) -> int:
    """The rhythm a plan has; a year where one cannot be told."""
    days = sorted(one.due_on for one in plan)
    gaps = [(later.year - sooner.year) * 12 + later.month - sooner.month for sooner, later in pairwise(days)]
    if not gaps:
        return RHYTHMS[-1]
    usual = median_low(gaps)
    return min(RHYTHMS, key=lambda rhythm: abs(rhythm - usual))


def renewed(plan: Sequence[Instalment], repaid: int, owed: int, on: date, due_on: date, rhythm: int) -> Plan:
    """The plan after an extension: what was repaid stays as it fell due, what is owed is spread anew until `due_on`."""
    kept: dict[date, int] = {}
    rest = repaid
    for one in sorted(plan):
        part = min(rest, one.amount)
        if part:
            kept[one.due_on] = kept.get(one.due_on, 0) + part
            rest -= part
    if rest:
        kept[on] = kept.get(on, 0) + rest
    for one in proposed(owed, on, due_on, rhythm) if owed else ():
        kept[one.due_on] = kept.get(one.due_on, 0) + one.amount
    return tuple(Instalment(day, amount) for day, amount in sorted(kept.items()))


def whole(plan: Sequence[Instalment], principal: int, due_on: date | None) -> Plan:
    """The plan made to add up to what was paid out: what it leaves out falls due at the end, what is too much goes."""
    found: list[Instalment] = []
    rest = principal
    for one in sorted(plan):
        part = min(rest, one.amount)
        if part:
            found.append(Instalment(one.due_on, part))
            rest -= part
    if rest and due_on is not None:
        if found and found[-1].due_on >= due_on:
            found[-1] = Instalment(found[-1].due_on, found[-1].amount + rest)
        else:
            found.append(Instalment(due_on, rest))
    return tuple(found)


def unpaid(plan: Iterable[Instalment], repaid: int) -> Plan:
    """What is left of the instalments; a repayment settles the oldest first."""
    found = []
    rest = repaid
    for one in sorted(plan):
        part = min(rest, one.amount)
        rest -= part
        if part < one.amount:
            found.append(Instalment(one.due_on, one.amount - part))
    return tuple(found)


def plan_problems(plan: Sequence[Instalment], *, principal: int, from_on: date, due_on: date | None) -> list[Problem]:
    """Why a plan cannot be kept: not the whole sum, a day twice or outside the loan, an instalment of nothing."""
    problems = []
    days: set[date] = set()
    for one in plan:
        day = format_date(one.due_on)
        if one.amount <= 0:
            message = _("The instalment of {date} is nothing: write a sum or take the line away.")
            problems.append(Problem("plan", message.format(date=day)))
        if one.due_on <= from_on:
            message = _("The instalment of {date} lies before the pay-out of {paid}.")
            problems.append(Problem("plan", message.format(date=day, paid=format_date(from_on))))
        if due_on is not None and one.due_on > due_on:
            message = _(
                "The instalment of {date} lies after the due date of the loan, {due}. Record an extension first."
            )
            problems.append(Problem("plan", message.format(date=day, due=format_date(due_on))))
        if one.due_on in days:
            problems.append(Problem("plan", _("Two instalments fall due on {date}.").format(date=day)))
        days.add(one.due_on)
    told = sum(one.amount for one in plan)
    if told != principal:
        message = (
            _("The instalments add up to {told}; {principal} was paid out, {difference} is missing.")
            if told < principal
            else _("The instalments add up to {told}; {principal} was paid out, {difference} is too much.")
        )
        text = message.format(
            told=format_money(told), principal=format_money(principal), difference=format_money(abs(principal - told))
        )
        problems.append(Problem("plan", text))
    return problems
