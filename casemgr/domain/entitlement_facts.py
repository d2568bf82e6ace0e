"""Facts programmes ask for: what each is called, whom it is about, where it comes from and how its value reads.

The table itself is data (`resources/programmes/facts.toml` and what the office adds). A value of None always means "not
known"; a number is kept as the least and the most it can be, so that an age known by its year stays a range.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final

from casemgr.domain.conditions import SCHOOL_LABELS
from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.offices import AREA_LABELS
from casemgr.domain.packs import shipped as shipped_packs
from casemgr.domain.people import DISABILITY_LABELS, EDUCATION_LABELS, LABOUR_LABELS, SEX_LABELS, WORK_LABELS
from casemgr.i18n import N_, SOURCE_LANGUAGE, _, current, format_number

Number = tuple[int, int]
Value = bool | str | Number | frozenset[str] | None

NEVER: Final = 100_000
"""Months since something that never happened."""


class FactKind(StrEnum):
    """What a fact's value is."""

    TRUTH = "truth"
    CHOICE = "choice"
    NUMBER = "number"
    CODES = "codes"


class About(StrEnum):
    """Whom a fact is about."""

    PERSON = "person"
    HOUSEHOLD = "household"
    COMMUNE = "commune"


ABOUT_LABELS = {
    About.PERSON: N_("Of a person"),
    About.HOUSEHOLD: N_("Of the household"),
    About.COMMUNE: N_("Of the commune"),
}


@dataclass(frozen=True)
class Fact:
    """One fact: its words, and what counts while nobody noted it."""

    code: str
    kind: FactKind
    about: About
    recorded: bool
    """The file itself tells it; otherwise an officer notes it as a circumstance or sets it for the commune."""
    name: str
    name_en: str
    yes: str = ""
    no: str = ""
    yes_en: str = ""
    no_en: str = ""
    assumed: bool | None = None
    """What a fact nobody noted counts as: rare ones as "no", the others stay unknown."""
    assumed_from_age: int | None = None
    """From this age on it counts as "no" while nobody noted it: nobody asks a grandmother for her school."""
    certainty: str = "V"
    note: str = ""

    @property
    def label(self) -> str:
        """In the language in force."""
        return self.name_en if current() == SOURCE_LANGUAGE and self.name_en else self.name

    def says(self, *, value: bool) -> str:
        """The sentence of a truth."""
        if current() == SOURCE_LANGUAGE and self.yes_en:
            return self.yes_en if value else self.no_en
        return self.yes if value else self.no


@dataclass(frozen=True)
class Facts:
    """What is known of one household or one person on a day."""

    values: Mapping[str, Value]
    assumed: frozenset[str] = frozenset()
    """Facts nobody noted, that count as their table says."""
    name: str = ""
    """Of the person."""
    members: tuple["Facts", ...] = field(default=(), compare=False)
    """Of a household: its people."""


RECORDED: Final[Mapping[str, tuple[FactKind, About]]] = {
    "class": (FactKind.CHOICE, About.HOUSEHOLD),
    "months_off_list": (FactKind.NUMBER, About.HOUSEHOLD),
    "area": (FactKind.CHOICE, About.HOUSEHOLD),
    "minority_household": (FactKind.TRUTH, About.HOUSEHOLD),
    "no_labour": (FactKind.TRUTH, About.HOUSEHOLD),
    "merit_household": (FactKind.TRUTH, About.HOUSEHOLD),
    "protected_household": (FactKind.TRUTH, About.HOUSEHOLD),
    "deprivations": (FactKind.CODES, About.HOUSEHOLD),
    "certificate": (FactKind.TRUTH, About.HOUSEHOLD),
    "household_receives": (FactKind.CODES, About.HOUSEHOLD),
    "age": (FactKind.NUMBER, About.PERSON),
    "sex": (FactKind.CHOICE, About.PERSON),
    "head": (FactKind.TRUTH, About.PERSON),
    "minority": (FactKind.TRUTH, About.PERSON),
    "merit": (FactKind.TRUTH, About.PERSON),
    "allowance": (FactKind.TRUTH, About.PERSON),
    "disability": (FactKind.CHOICE, About.PERSON),
    "labour": (FactKind.CHOICE, About.PERSON),
    "work": (FactKind.CHOICE, About.PERSON),
    "education": (FactKind.CHOICE, About.PERSON),
    "school": (FactKind.CHOICE, About.PERSON),
    "studying": (FactKind.TRUTH, About.PERSON),
    "malnourished": (FactKind.TRUTH, About.PERSON),
    "insured": (FactKind.TRUTH, About.PERSON),
    "seeks_work": (FactKind.TRUTH, About.PERSON),
    "identified": (FactKind.TRUTH, About.PERSON),
    "receives": (FactKind.CODES, About.PERSON),
}
"""What the file itself tells; the services supply exactly these."""

NO_DISABILITY: Final = "none"

_CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "class": {code.value: label for code, label in CLASS_LABELS.items()},
    "area": {code.value: label for code, label in AREA_LABELS.items()},
    "sex": {code.value: label for code, label in SEX_LABELS.items()},
    "disability": {NO_DISABILITY: N_("No certified disability")}
    | {code.value: label for code, label in DISABILITY_LABELS.items()},
    "labour": {code.value: label for code, label in LABOUR_LABELS.items()},
    "work": {code.value: label for code, label in WORK_LABELS.items()},
    "education": {code.value: label for code, label in EDUCATION_LABELS.items()},
    "school": {code.value: label for code, label in SCHOOL_LABELS.items()},
}


def choices(code: str) -> tuple[str, ...]:
    """The values a fact of the kind choice can have."""
    return tuple(_CHOICES.get(code, {}))


def choice_text(code: str, value: str) -> str:
    """What a value of a choice is called."""
    label = _CHOICES.get(code, {}).get(value)
    return _(label) if label else value


@cache
def _indicators() -> Mapping[str, str]:
    return {indicator.code: indicator.name for pack in shipped_packs() for indicator in pack.indicators}


def code_text(code: str) -> str:
    """What a code of a set is called: the name of an indicator, otherwise the code."""
    return _indicators().get(code, code)


def number_text(value: Number) -> str:
    """A number, or the range it lies in."""
    low, high = value
    if low >= NEVER:
        return _("never")
    if low == high:
        return format_number(low)
    if high >= NEVER:
        return _("not known")
    return _("{low} to {high}").format(low=format_number(low), high=format_number(high))
