"""The parts a policy pack is made of: lines, indicators, days, forms and words, each with how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from casemgr.domain.households import HouseholdClass
from casemgr.domain.offices import Area

VERIFIED: Final = "V"
RECALLED: Final = "R"
UNCERTAIN: Final = "U"
CERTAINTIES: Final = (VERIFIED, RECALLED, UNCERTAIN)
"""Read in a copy of the law; recalled or read second-hand, to be compared; not known."""

NATIONAL: Final = "national"
LOCAL: Final = "local"
SCOPES: Final = (NATIONAL, LOCAL)

IN_FORCE: Final = "in_force"
DRAFT: Final = "draft"
HISTORY: Final = "history"
STATUSES: Final = (IN_FORCE, DRAFT, HISTORY)

POOR_CLASSES: Final = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
BAND_CLASSES: Final = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.AVERAGE)
"""What a band can give, worst first; no band that fits gives `none`."""

AREAS: Final = tuple(Area)
DEADLINES: Final = (
    "posting",
    "recheck",
    "posting_again",
    "opinion",
    "in_year_decision",
    "average_total",
    "average_posting",
    "average_recheck",
)
CALENDAR: Final = ("survey_from", "survey_to", "in_year_day")
AUTHORITIES: Final = ("decides", "superior", "department", "office_unit")
FIGURES: Final = ("agreement_percent", "minutes_copies", "average_income_months", "newly_escaped_months")
TERMS: Final = (*AREAS, "period", *BAND_CLASSES, HouseholdClass.NONE)
LIMITS: Final = ("income", "b1", "b1_item")
ITEM_KINDS: Final = ("choice", "flag", "count_band")


@dataclass(frozen=True)
class Mark:
    """How sure one field of the pack is and what to check."""

    field: str
    certainty: str
    note: str


@dataclass(frozen=True)
class LegalLine:
    """A document the pack rests on: the line as papers print it and the short citation."""

    text: str
    citation: str
    about: str
    """class, points, average, procedure, ...: what it is cited for."""
    certainty: str
    note: str


@dataclass(frozen=True)
class Indicator:
    """One deprivation indicator of this pack; `number` is its place in this pack only."""

    code: str
    number: int
    service: str
    name: str
    threshold: str
    certainty: str
    note: str
    parameters: Mapping[str, int | float | str]
    """Ages, shares and code lists the proposals work with."""


@dataclass(frozen=True)
class Band:
    """A class for whoever is at or under `upper` and has at least so many deprivations; the first that fits wins."""

    value: HouseholdClass
    upper: Mapping[Area, int]
    min_deprivations: int
    reason: str
    """Key of the sentence in `Pack.reasons`."""
    certainty: str
    note: str


@dataclass(frozen=True)
class Anchor:
    """The only two values where points and money are known to meet."""

    points: int
    income: int


@dataclass(frozen=True)
class Score:
    """The law of the field: bands over points of B1, and what a deprivation adds to B2."""

    bands: tuple[Band, ...]
    points_per_indicator: int
    anchors: Mapping[Area, Anchor]


@dataclass(frozen=True)
class ScoreItem:
    """One line of the point table; `choice` and `count_band` exclude each other within a group, flags add up."""

    group: str
    item: str
    label: str
    kind: str
    points: Mapping[str, int]
    """By zone."""

    @property
    def code(self) -> str:
        """What answers call it: "1.2"."""
        return f"{self.group}.{self.item}"


@dataclass(frozen=True)
class ScoreTable:
    """The B1 point table: zones and items; shipped without items until the official table is loaded."""

    title: str
    source: str
    zones: Mapping[str, str]
    items: tuple[ScoreItem, ...]
    certainty: str
    note: str

    @property
    def loaded(self) -> bool:
        """Whether it can give points."""
        return bool(self.items)


@dataclass(frozen=True)
class QuickCheck:
    """Phiếu A: signs of a better-off life; with `pass_rule` signs or more the household gets no Phiếu B."""

    title: str
    items: tuple[tuple[str, str], ...]
    pass_rule: int | None
    certainty: str
    note: str


@dataclass(frozen=True)
class Deadline:
    """A number of days; working days leave out weekends and holidays."""

    days: int
    working: bool
    certainty: str
    note: str


@dataclass(frozen=True)
class Form:
    """A paper or form of the procedure."""

    name: str
    title: str
    source: str
    certainty: str
    note: str


@dataclass(frozen=True)
class Formality:
    """An administrative procedure (TTHC) as published."""

    code: str
    name: str
    days: int | None
    certainty: str
    note: str


@dataclass(frozen=True)
class Figure:
    """Any other number of the rules: share of votes, copies of minutes, months looked back."""

    value: int
    certainty: str
    note: str


@dataclass(frozen=True)
class Pack:
    """One revision of a poverty standard with everything the law says around it."""

    id: str
    revision: int
    title: str
    scope: str
    province: str
    """Province code of a local pack."""
    valid_from: date
    valid_to: date | None
    status: str
    source: str
    note: str
    bands: tuple[Band, ...]
    score: Score | None
    indicators: tuple[Indicator, ...]
    """Empty when only the rule is known: every deprivation given counts then."""
    low_income_worker: Mapping[Area, int]
    deadlines: Mapping[str, Deadline]
    calendar: Mapping[str, str]
    figures: Mapping[str, Figure]
    limits: Mapping[str, int]
    """What no real answer exceeds: `income`, `b1`, and `b1_item` of one line of the point table."""
    authorities: Mapping[str, str]
    terms: Mapping[str, str]
    forms: Mapping[str, Form]
    formalities: tuple[Formality, ...]
    procedure: Mapping[str, tuple[str, ...]]
    legal: tuple[LegalLine, ...]
    reasons: Mapping[str, str]
    quick_check: QuickCheck | None
    score_table: ScoreTable | None
    marks: tuple[Mark, ...]
    content: str
    """Canonical JSON the pack was read from."""
    sha256: str

    @property
    def official(self) -> bool:
        """Whether a class by this pack may be recognised; a draft never may."""
        return self.status != DRAFT

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Indicator codes in the order of their numbers."""
        return tuple(indicator.code for indicator in self.indicators)

    def covers(self, on: date) -> bool:
        """Whether the pack is meant for that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code in this pack; KeyError when it has none."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)

    def line(self, area: Area) -> int:
        """The income a household may have at most to be poor or near-poor."""
        return max(band.upper[area] for band in self.bands if band.value in POOR_CLASSES)

    def cut_off(self, area: Area) -> int | None:
        """The same in points of B1; None when the pack has no points."""
        if self.score is None:
            return None
        return max(band.upper[area] for band in self.score.bands if band.value in POOR_CLASSES)

    def mark(self, field: str) -> Mark | None:
        """How sure a field is, e.g. `authorities.superior`; None when nothing needs saying."""
        return next((mark for mark in self.marks if mark.field == field), None)


@dataclass(frozen=True)
class SignedPack:
    """A pack out of a signed file whose signature was verified."""

    pack: Pack
    key: str
    """Name of the public key that verified it."""
