"""Whether a poor household with a person of merit can leave poverty."""

from enum import StrEnum

from casemgr.i18n import N_


class ExitClass(StrEnum):
    """Whether a poor household with a person of merit can leave poverty (target I16)."""

    PROTECTED = "protected"
    """Lives on social protection."""
    ABLE = "able"
    UNSORTED = "unsorted"


EXIT_LABELS = {
    ExitClass.PROTECTED: N_("Lives on social protection"),
    ExitClass.ABLE: N_("Able to leave poverty"),
    ExitClass.UNSORTED: N_("Not sorted yet"),
}
