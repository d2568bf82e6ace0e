"""Events households or officers take part in, and who was there."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from casemgr.domain.support import FundSource
from casemgr.i18n import N_


class ActivityKind(StrEnum):
    """Events households or officers take part in."""

    EXTENSION = "extension"
    COMMUNICATION = "communication"
    LEGAL_AID = "legal_aid"
    COMMUNITY_WORKS = "community_works"
    OFFICER_TRAINING = "officer_training"
    OTHER = "other"


ACTIVITY_LABELS = {
    ActivityKind.EXTENSION: N_("Extension training"),
    ActivityKind.COMMUNICATION: N_("Communication session"),
    ActivityKind.LEGAL_AID: N_("Legal aid"),
    ActivityKind.COMMUNITY_WORKS: N_("Community works"),
    ActivityKind.OFFICER_TRAINING: N_("Training of officers"),
    ActivityKind.OTHER: N_("Other event"),
}


@dataclass(frozen=True)
class ActivityData:
    """An event with a list of who was there."""

    kind: ActivityKind
    title: str
    on: date
    to_on: date | None = None
    programme: str = ""
    hamlet_id: UUID | None = None
    place: str = ""
    organiser: str = ""
    topics: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    """Of target I06: income, disaster, climate, market."""
    hours: int = 0
    cost: int = 0
    source: FundSource = FundSource.COMMUNE
    note: str = ""


@dataclass(frozen=True)
class AttendanceData:
    """One participant: a person of a household, or an officer by name."""

    household_id: UUID | None = None
    person_id: UUID | None = None
    officer_id: UUID | None = None
    name: str = ""
    days: int = 1
    contribution: int = 0
    """Đồng, or the value of what was given."""
    result: str = ""
