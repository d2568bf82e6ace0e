"""What work abroad may cost and what comes back: ceilings of fees and of support, refunds, days of the law."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from casemgr.domain.abroad import SupportGroup
from casemgr.domain.abroad_lists import ItemRule
from casemgr.domain.dates import add_months

YEAR_MONTHS: Final = 12
_TENTHS: Final = 10
_WHOLE: Final = 10_000
"""Hundredths of a per cent."""

Number = Callable[[str], int | None]
"""A dated figure by its code; None where the tables know none."""

_FULL: Final = (
    SupportGroup.POOR,
    SupportGroup.MINORITY,
    SupportGroup.MERIT,
    SupportGroup.LAND_LOST,
    SupportGroup.SERVICE_FINISHED,
)
_NEAR: Final = (SupportGroup.NEAR_POOR, SupportGroup.ESCAPED)


@dataclass(frozen=True)
class Ceiling:
    """The most a worker may be asked for, in đồng, and what it is reckoned from."""

    amount: int
    wages_tenths: int
    """Tenths of months of wage, rounded down; what the sum is."""
    of_market: bool
    """The ceiling of the market is known and counted."""


def fee_ceiling(number: Number, *, wage: int, months: int, sailor: bool = False, market: str = "") -> Ceiling | None:
    """The service fee's ceiling for a contract of so many months; None while wage, term or the figures are unknown.

    So many months of wage for each twelve months of the contract, shorter and broken years in proportion; long
    contracts have one ceiling, and so may a market.
    """
    yearly = number("ABROAD.FEE_SAILOR" if sailor else "ABROAD.FEE_YEARLY")
    long_from, long = number("ABROAD.FEE_LONG_MONTHS"), number("ABROAD.FEE_LONG")
    if wage <= 0 or months <= 0 or yearly is None or long_from is None or long is None:
        return None
    parts = min(yearly * months, long * YEAR_MONTHS) if months < long_from else long * YEAR_MONTHS
    of_market = number(f"ABROAD.FEE_MAX.{market}") if market else None
    if of_market is not None:
        parts = min(parts, of_market * YEAR_MONTHS)
    return Ceiling(wage * parts // (_TENTHS * YEAR_MONTHS), parts // YEAR_MONTHS, of_market is not None)


def extension_ceiling(number: Number, *, wage: int, months: int) -> Ceiling | None:
    """The service fee's ceiling of an extension of so many months."""
    yearly = number("ABROAD.FEE_EXTENSION")
    if wage <= 0 or months <= 0 or yearly is None:
        return None
    parts = yearly * months
    return Ceiling(wage * parts // (_TENTHS * YEAR_MONTHS), parts // YEAR_MONTHS, of_market=False)


def refund(fee: int, begin: date, end: date, returned: date) -> int:
    """What of a service fee belongs to the days of the contract not worked, rounded down to đồng."""
    days = (end - begin).days + 1
    if fee <= 0 or days <= 0:
        return 0
    rest = min(max((end - returned).days, 0), days)
    return fee * rest // days


def support_ceiling(number: Number, rule: ItemRule, groups: tuple[SupportGroup, ...], units: int) -> int | None:
    """The most one item may be paid for these groups, the most favourable one; None: what it cost."""
    if not rule.rate:
        return None
    full = any(one in (rule.full or _FULL) for one in groups)
    near = any(one in _NEAR for one in groups)
    code, share = rule.rate, ""
    if not full and near:
        code, share = rule.near or rule.rate, rule.near_share
    elif not full and not near:
        code, share = rule.other or rule.near or rule.rate, rule.other_share or rule.near_share
    each = number(code)
    if each is None:
        return None
    part = number(share) if share else None
    amount = each * units * (part if part is not None else _WHOLE) // _WHOLE
    most = number(rule.most) if rule.most else None
    return amount if most is None else min(amount, most)


def months_between(begin: date, end: date) -> int:
    """Months of a contract, a begun month as a whole one."""
    count = 0
    while add_months(begin, count) <= end:
        count += 1
    return count


def over_after(day: date, days: int) -> date:
    """The last day of a period of so many days after `day`."""
    return day + timedelta(days=days)


def contract_end(contract_to: date | None, returned_on: date | None) -> date | None:
    """When a contract came to its end: its last day, or the return where that was earlier."""
    known = [one for one in (contract_to, returned_on) if one is not None]
    return min(known) if known else None
