"""Which colour goes with which state; the word always stands beside it."""

from typing import Final

from casemgr.domain.households import HouseholdClass

CLASS_TONES: Final = {
    HouseholdClass.POOR: "poor",
    HouseholdClass.NEAR_POOR: "near",
    HouseholdClass.AVERAGE: "info",
    HouseholdClass.NONE: "plain",
    HouseholdClass.ESCAPED_POOR: "ok",
    HouseholdClass.ESCAPED_NEAR_POOR: "ok",
    HouseholdClass.UNREVIEWED: "plain",
}


def class_tone(value: HouseholdClass) -> str:
    """The token of a class."""
    return CLASS_TONES[value]
