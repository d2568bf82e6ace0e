"""The class of a household on a day and how long ago it left the list, from every class on record with its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casemgr.domain.entitlement_facts import NEVER
from casemgr.domain.households import HouseholdClass
from casemgr.domain.indicator_members import months

LISTED = frozenset({HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value})
_ESCAPED = frozenset({HouseholdClass.ESCAPED_POOR.value, HouseholdClass.ESCAPED_NEAR_POOR.value})


@dataclass(frozen=True, slots=True)
class ClassEvent:
    """From a day on the household has this class."""

    since: str
    """ISO day."""
    value: str
    deprivations: str | None
    """JSON list of indicator codes; None: not surveyed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a household stands on a day."""

    value: str
    months_off: int
    """Months begun since it left the list; NEVER while it is on it or was never seen on it."""
    deprivations: str | None


UNREVIEWED = Standing(HouseholdClass.UNREVIEWED.value, NEVER, None)


def standing(events: Iterable[ClassEvent], on: date) -> Standing:
    """The latest class that holds that day."""
    day = on.isoformat()
    past = sorted((event for event in events if event.since <= day), key=lambda event: event.since)
    if not past:
        return UNREVIEWED
    last = past[-1]
    left = _left(past)
    return Standing(last.value, NEVER if left is None else begun_months(left, on), last.deprivations)


def _left(past: list[ClassEvent]) -> date | None:
    """The day it left the list; None while it is on it or was never seen on it."""
    left = None
    for event in reversed(past):
        if event.value in LISTED:
            return None if left is None else date.fromisoformat(left.since)
        left = event
    escaped = next((event for event in past if event.value in _ESCAPED), None)
    return None if escaped is None else date.fromisoformat(escaped.since)


def begun_months(since: date, on: date) -> int:
    """Months begun between two days: 36 on the very day three years later, 37 on the next."""
    whole = months(since, on)
    return whole if on.day == since.day else whole + 1
