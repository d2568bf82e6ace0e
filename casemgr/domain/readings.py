"""What a cell or a typed value was understood as: the value, what was repaired, or why it was refused."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from casemgr.i18n import N_, _

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """One value read: no value and no reason means the cell was empty; a refused cell is never guessed."""

    value: T | None = None
    warnings: tuple[str, ...] = ()
    """Codes of `REASONS`: what was repaired or looks doubtful."""
    rejected: str | None = None
    """Code of `REASONS` when nothing could be read."""

    @property
    def empty(self) -> bool:
        """Whether there was nothing to read."""
        return self.value is None and self.rejected is None


REASONS: Final = MappingProxyType(
    {
        # repaired or doubtful
        "zero-restored": N_("The leading 0 lost in Excel was put back."),
        "two-digit-year": N_("The year has two digits; the century was chosen by the age."),
        "year-in-date-cell": N_("Excel turned a year into a date of 1905; read as the year alone."),
        "excel-serial": N_("The cell holds Excel's day number; read as the date it stands for."),
        "province-unknown": N_("The first three digits are no known province of birth registration."),
        "year-mismatch": N_("The year in the identity number is not the year of birth."),
        "sex-mismatch": N_("The sex in the identity number is not the sex given."),
        "several-names": N_("The cell seems to hold more than one name; separate them."),
        "name-doubtful": N_("The name holds digits or signs that names do not have."),
        # refused
        "blank": N_("Nothing is written here."),
        "date-unclear": N_("This is not a date: write day/month/year, month/year or the year."),
        "no-such-date": N_("This day does not exist in the calendar."),
        "future": N_("The date lies in the future."),
        "too-old": N_("The year is too long ago to be right."),
        "ambiguous": N_("The amount can be read in more than one way: write all digits, e.g. 1.500.000."),
        "negative": N_("The amount is below zero."),
        "ambiguous-10-digits": N_(
            "10 digits: an insurance number, a phone number or an identity number without its zeros?"
        ),
        "scientific": N_("Excel shortened the number and its last digits are lost: type it again as text."),
        "bad-length": N_("The number of digits is wrong: an identity number has 12, the old one has 9."),
        "non-digit": N_("The number holds something that is no digit, such as the letter O."),
        "sex-unclear": N_("This is no sex: write Nam or Nữ."),
        "mark-unclear": N_("This is no mark: write x or leave the cell empty."),
        "no-name": N_("There is no name in the cell."),
        "phone-retired": N_("11-digit mobile numbers were replaced in 2018: ask for the new number."),
        "phone-unclear": N_("This is not a phone number: 10 digits from 03, 05, 07, 08, 09, or 11 digits from 02."),
        "several-phones": N_("The cell holds more than one phone number: keep one."),
        "insurance-unclear": N_(
            "This is no health insurance number: 10 or 12 digits, or 15 characters such as HN2838312345678."
        ),
    }
)
"""A sentence for every code a reading may carry."""


def reason(code: str) -> str:
    """The sentence of a code in the language in force."""
    return _(REASONS[code])
