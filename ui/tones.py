"""Which colour goes with which state; the word always stands beside it."""

from typing import Final

from casemgr.domain.households import HouseholdClass
from casemgr.i18n import _

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


CERTAINTY_TONES: Final = {"V": "ok", "R": "info", "U": "near"}
"""How sure a statement of the law is."""


def certainty_words(certainty: str) -> str:
    """How sure a statement is, in calm words."""
    from casemgr.domain.pack_changes import CERTAINTY_LABELS  # not wanted at the start

    return _(CERTAINTY_LABELS[certainty]) if certainty in CERTAINTY_LABELS else ""
