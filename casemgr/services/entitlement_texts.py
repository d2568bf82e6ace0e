"""What the texts the database glues together say of a person: a day, a truth, schooling, insurance."""

from datetime import date
from typing import Final

from casemgr.domain.conditions import SchoolLevel
from casemgr.domain.people import Work

_NOT_AT_SCHOOL: Final = (Work.EMPLOYED, Work.UNEMPLOYED, Work.HOME, Work.RETIRED, Work.TOO_YOUNG)


def day_of(text: str | None) -> date | None:
    """The day an ISO text names."""
    return date.fromisoformat(text) if text else None


def truth_of(text: str) -> bool | None:
    """1 is yes, any other text no, no text not known."""
    return text == "1" if text else None


def at_school(school: str, work: str) -> bool | None:
    """The school noted decides; without one, what the person does."""
    if school:
        return school != SchoolLevel.NONE
    if work == Work.STUDYING:
        return True
    return False if work in _NOT_AT_SCHOOL else None


def is_insured(card: bool | None, noted: str, number: str) -> bool | None:
    """A card on record decides; then what the surveyor noted; a number alone says yes."""
    if card is not None:
        return card
    if noted:
        return noted == "1"
    return True if number == "1" else None
