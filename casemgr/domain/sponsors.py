"""What a sponsor promised by a day against what came, and which promises hold on a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from typing import Final
from uuid import UUID

from casemgr.domain.dates import add_months
from casemgr.i18n import N_


class SponsorshipStatus(StrEnum):
    """How a sponsorship stands."""

    SOUGHT = "sought"
    PROMISED = "promised"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


SPONSORSHIP_LABELS = {
    SponsorshipStatus.SOUGHT: N_("Being sought"),
    SponsorshipStatus.PROMISED: N_("Promised"),
    SponsorshipStatus.RUNNING: N_("Sponsored"),
    SponsorshipStatus.PAUSED: N_("Paused"),
    SponsorshipStatus.ENDED: N_("Ended"),
}


@dataclass(frozen=True)
class SponsorData:
    """Somebody who gives."""

    name: str
    kind: str = "organisation"
    """organisation, enterprise or person."""
    contact: str = ""
    phone: str | None = None
    note: str = ""


@dataclass(frozen=True)
class SponsorshipData:
    """A promise to a household or person."""

    sponsor_id: UUID
    household_id: UUID
    person_id: UUID | None = None
    form: str = ""
    """Cash every month, gifts, scholarship, days of work, animals."""
    amount: int = 0
    """Đồng each time."""
    rhythm_months: int = 1
    """0: once."""
    from_on: date | None = None
    to_on: date | None = None
    status: SponsorshipStatus = SponsorshipStatus.PROMISED
    end_reason: str = ""
    note: str = ""


MOVES: Final = {
    SponsorshipStatus.SOUGHT: (SponsorshipStatus.PROMISED, SponsorshipStatus.RUNNING, SponsorshipStatus.ENDED),
    SponsorshipStatus.PROMISED: (SponsorshipStatus.RUNNING, SponsorshipStatus.PAUSED, SponsorshipStatus.ENDED),
    SponsorshipStatus.RUNNING: (SponsorshipStatus.PAUSED, SponsorshipStatus.ENDED),
    SponsorshipStatus.PAUSED: (SponsorshipStatus.ENDED,),
    SponsorshipStatus.ENDED: (),
}
"""Where a sponsorship may go; one that was paused goes on as a new promise, so that the pause is not owed."""

STOPPED: Final = (SponsorshipStatus.PAUSED, SponsorshipStatus.ENDED)
BINDING: Final = (SponsorshipStatus.PROMISED, SponsorshipStatus.RUNNING, *STOPPED)


@dataclass(frozen=True)
class Standing:
    """A promise on a day: how often it fell due, how much that is, what came, in đồng."""

    times: int
    expected: int
    received: int
    next_on: date | None
    """When it falls due next; None: never again."""

    @property
    def arrears(self) -> int:
        """What is still to come of what fell due."""
        return max(0, self.expected - self.received)

    @property
    def ahead(self) -> int:
        """What came beyond what fell due."""
        return max(0, self.received - self.expected)


def is_gift(data: SponsorshipData) -> bool:
    """A single gift that nobody promised before."""
    return data.rhythm_months == 0 and data.amount == 0


def due_days(data: SponsorshipData) -> Iterator[date]:
    """The days a promise falls due, first to last; one without an end never stops."""
    if data.status not in BINDING or data.from_on is None or is_gift(data):
        return
    for number in count():
        day = add_months(data.from_on, number * data.rhythm_months)
        if data.to_on is not None and day > data.to_on:
            return
        yield day
        if data.rhythm_months == 0:
            return


def standing(data: SponsorshipData, received: Iterable[tuple[date, int]], on: date) -> Standing:
    """The promise on a day; `received` are days and đồng of what came."""
    times, next_on = 0, None
    for day in due_days(data):
        if day > on:
            next_on = day
            break
        times += 1
    came = sum(value for day, value in received if day <= on)
    return Standing(times, times * data.amount, came, next_on)


def is_active(data: SponsorshipData, on: date) -> bool:
    """Whether the household or person is sponsored on that day; gifts and mere promises are not sponsoring."""
    if is_gift(data) or data.from_on is None or on < data.from_on:
        return False
    if data.status not in (SponsorshipStatus.RUNNING, *STOPPED):
        return False
    last = data.to_on or (data.from_on if data.rhythm_months == 0 else None)
    return last is None or on <= last


def may_become(old: SponsorshipStatus, new: SponsorshipStatus) -> bool:
    """Whether a sponsorship may go from one state to the other."""
    return old is new or new in MOVES[old]
