"""A household as the file knows it: its class by year, policy flags, and its own readable code."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from casemgr.domain.offices import Area
from casemgr.i18n import N_


class HouseholdClass(StrEnum):
    """Result of a review as recognised by decision."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE = "average"
    NONE = "none"
    ESCAPED_POOR = "escaped_poor"
    ESCAPED_NEAR_POOR = "escaped_near_poor"
    UNREVIEWED = "unreviewed"


CLASS_LABELS = {
    HouseholdClass.POOR: N_("Poor household"),
    HouseholdClass.NEAR_POOR: N_("Near-poor household"),
    HouseholdClass.AVERAGE: N_("Household of average living standard"),
    HouseholdClass.NONE: N_("Not poor"),
    HouseholdClass.ESCAPED_POOR: N_("Escaped from poverty"),
    HouseholdClass.ESCAPED_NEAR_POOR: N_("Escaped from near-poverty"),
    HouseholdClass.UNREVIEWED: N_("Not yet reviewed"),
}

CLASS_SHORT_LABELS = {
    HouseholdClass.POOR: N_("Poor"),
    HouseholdClass.NEAR_POOR: N_("Near-poor"),
    HouseholdClass.AVERAGE: N_("Average"),
    HouseholdClass.NONE: N_("Not poor"),
    HouseholdClass.ESCAPED_POOR: N_("Escaped poor"),
    HouseholdClass.ESCAPED_NEAR_POOR: N_("Escaped near-poor"),
    HouseholdClass.UNREVIEWED: N_("Unreviewed"),
}


class PolicyFlag(StrEnum):
    """Attributes of a household used by programmes and reports (handbook: register columns U, V, W)."""

    ETHNIC_MINORITY = "ethnic_minority"
    NO_LABOUR = "no_labour"
    MERIT = "merit"
    SOCIAL_PROTECTION = "social_protection"


POLICY_LABELS = {
    PolicyFlag.ETHNIC_MINORITY: N_("Ethnic minority household"),
    PolicyFlag.NO_LABOUR: N_("Nobody able to work"),
    PolicyFlag.MERIT: N_("Has a person of merit"),
    PolicyFlag.SOCIAL_PROTECTION: N_("Receives social protection"),
}

POVERTY_CAUSES = {
    "1": N_("Lacks land for production"),
    "2": N_("Lacks capital"),
    "3": N_("Lacks labour"),
    "4": N_("Lacks tools for production"),
    "5": N_("Lacks knowledge of production"),
    "6": N_("Lacks working skills"),
    "7": N_("Illness or accident"),
    "8": N_("Other cause"),
}


class EndReason(StrEnum):
    """Why the office no longer keeps a household."""

    MOVED = "moved"
    MERGED = "merged"
    DIED_OUT = "died_out"
    MISTAKE = "mistake"


END_LABELS = {
    EndReason.MOVED: N_("Moved to another commune"),
    EndReason.MERGED: N_("Merged into another household"),
    EndReason.DIED_OUT: N_("Nobody left"),
    EndReason.MISTAKE: N_("Entered by mistake"),
}


@dataclass(frozen=True)
class HouseholdData:
    """What an officer may write of a household."""

    hamlet_id: UUID | None
    area: Area | None = None
    """Own area type where it differs from the hamlet's."""
    address: str = ""
    """Where it lives now, below the hamlet (house number, group)."""
    permanent_address: str = ""
    """Registered residence as on the identity card; empty = the same."""
    phone: str | None = None
    flags: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True)
class ClassData:
    """The class of one household in one year."""

    year: int
    value: HouseholdClass
    since: date | None = None
    decision_id: UUID | None = None
    b1: int | None = None
    b2: int | None = None
    deprivations: tuple[str, ...] = ()
    """Indicator codes of the standard then in force."""
    causes: tuple[str, ...] = ()
    note: str = ""
    standard: str = ""
    """Id of the policy pack it was judged by; empty = not recorded."""


_CODE = re.compile(r"\s*(?:[hH]\s*-?\s*)?0*(\d{1,9})\s*")


def household_code(number: int) -> str:
    """The readable code of a household; it carries neither class nor year."""
    return f"H-{number:05d}"


def parse_household_code(text: str) -> int | None:
    """The number in "H-00147", "h147" or "147"; None when it is no code."""
    match = _CODE.fullmatch(text)
    return int(match[1]) if match else None
