"""What the use cases of entitlements give back: one programme for one beneficiary, with words or without."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from casemgr.domain.programmes import Limit, Period


@dataclass(frozen=True)
class Entitlement:
    """What one programme gives one beneficiary, in words an officer can check."""

    programme: str
    household_id: UUID
    person_id: UUID | None
    result: bool | None
    """True: entitled; False: not; None: cannot be said, or the rule itself is not certain."""
    amount: int | None
    """Đồng by the rate of the day; None: no sum is known."""
    limit: Limit
    period: Period | None
    rule: str
    """Id of the rule version that counts."""
    rule_title: str
    reason: tuple[str, ...]
    """Why, or why not."""
    citation: str
    missing: tuple[str, ...]
    """Facts still to be asked."""
    missing_facts: tuple[str, ...]
    """Their codes, as `circumstances.keep` takes them."""
    papers: tuple[str, ...]
    """Papers the rule asks for that the office does not hold."""
    receiving: bool
    received_on: date | None
    """When something of it was last handed over."""
    conflicts: tuple[str, ...]
    """Overlaps to be looked at before it is given."""
    certainty: str
    """V, R or U: how sure the rule is with the figures it rests on."""
    interest: int | None = None
    """Yearly rate of a loan in millionths."""


class Outcome(NamedTuple):
    """The same without words, for many."""

    household_id: UUID
    person_id: UUID | None
    programme: str
    rule: str
    result: bool | None
    amount: int | None
    receiving: bool
