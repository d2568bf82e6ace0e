"""Targets of the commune: indicators as data, plan lines, and what a value with its unknowns says about a plan.

An indicator is one line of the plan; its measures are the ways to compute it, where the text allows more than one
(`resources/targets/indicators.toml`). A percentage never stands without its two counts, percentage points and per cent
are different units, and what is not known is never counted as zero: it leaves the value open between two bounds.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from casemgr.assets import resource
from casemgr.domain.target_plans import TargetData
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, SOURCE_LANGUAGE, _, current, format_number

Params = Mapping[str, Any]

OWN_SET: Final = "own"
"""The office's own set: empty until somebody writes a plan line."""
OWN_PREFIX: Final = "OWN-"
"""Codes of indicators made by the office."""


class TargetUnit(StrEnum):
    """What a value is counted in."""

    PERCENT = "percent"
    POINTS = "points"
    """Percentage points: the difference of two percentages."""
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    DONG = "dong"
    COUNT = "count"
    """Works, sessions, positions."""


UNIT_LABELS = {
    TargetUnit.PERCENT: N_("per cent"),
    TargetUnit.POINTS: N_("percentage points"),
    TargetUnit.HOUSEHOLDS: N_("households"),
    TargetUnit.PEOPLE: N_("people"),
    TargetUnit.DONG: N_("dong"),
    TargetUnit.COUNT: N_("in number"),
}

SHARES: Final = (TargetUnit.PERCENT, TargetUnit.POINTS)


class Item(StrEnum):
    """What stands on the list behind a number."""

    HOUSEHOLD = "household"
    PERSON = "person"
    OFFICER = "officer"
    WORKS = "works"
    EVENT = "event"
    PROJECT = "project"


ITEM_LABELS = {
    Item.HOUSEHOLD: N_("Households"),
    Item.PERSON: N_("People"),
    Item.OFFICER: N_("Positions"),
    Item.WORKS: N_("Public works"),
    Item.EVENT: N_("Events"),
    Item.PROJECT: N_("Projects"),
}


class Cohort(StrEnum):
    """Whom an indicator is about, since lists change during the year."""

    ON = "on"
    START = "start"
    ANY = "any"
    NONE = ""


COHORT_LABELS = {
    Cohort.ON: N_("Households on the list on the day"),
    Cohort.START: N_("Households on the list at the start of the period"),
    Cohort.ANY: N_("Households on the list at any time of the period"),
    Cohort.NONE: N_("Not tied to a list"),
}


class Comparison(StrEnum):
    """How a plan line compares."""

    AT_LEAST = "ge"
    AT_MOST = "le"
    EQUAL = "eq"
    FALLS_BY = "falls_by"
    """A fall of at least so much; the measure itself is the fall."""


COMPARISON_LABELS = {
    Comparison.AT_LEAST: N_("at least"),
    Comparison.AT_MOST: N_("no more than"),
    Comparison.EQUAL: N_("exactly"),
    Comparison.FALLS_BY: N_("falls by at least"),
}


class State(StrEnum):
    """What can be said of a plan line."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    CANNOT_SAY = "cannot_say"
    NO_PLAN = "no_plan"


STATE_LABELS = {
    State.REACHED: N_("Reached"),
    State.NOT_REACHED: N_("Not reached"),
    State.CANNOT_SAY: N_("Cannot say"),
    State.NO_PLAN: N_("No plan line"),
}


@dataclass(frozen=True)
class Measure:
    """One way to compute an indicator."""

    code: str
    indicator: str
    name: str
    name_en: str
    unit: TargetUnit
    item: Item
    cohort: Cohort
    how: str
    """Which computation of the services it is."""
    rule: str
    """What is counted, in words for people."""
    programmes: tuple[str, ...]
    groups: tuple[str, ...]
    params: Params

    @property
    def label(self) -> str:
        """In the language in force."""
        return self.name_en if current() == SOURCE_LANGUAGE and self.name_en else self.name


@dataclass(frozen=True)
class Indicator:
    """One line of the plan."""

    code: str
    title: str
    title_en: str
    text: str
    """The words of the plan."""
    measures: tuple[Measure, ...]
    note: str = ""

    @property
    def label(self) -> str:
        """In the language in force."""
        return self.title_en if current() == SOURCE_LANGUAGE and self.title_en else self.title


@dataclass(frozen=True)
class TargetSet:
    """A ready-made set of plan lines."""

    code: str
    title: str
    year: int | None
    document: str
    note: str
    lines: tuple[TargetData, ...]


@dataclass(frozen=True)
class Table:
    """All indicators."""

    indicators: tuple[Indicator, ...]
    by_enrolment: frozenset[str]
    """Programmes in which taking part counts as having received."""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Measures by code, in order."""
        return MappingProxyType({one.code: one for indicator in self.indicators for one in indicator.measures})

    def measure(self, code: str) -> Measure:
        """The measure of a code, in any spelling."""
        found = {key.casefold(): one for key, one in self.measures.items()}.get(code.strip().casefold())
        if found is None:
            raise NotFoundError(
                _("There is no indicator {code}. `casemgr targets` shows those there are.").format(code=code)
            )
        return found


_KNOWN: Final = frozenset(("code", "name", "name_en", "unit", "item", "cohort", "how", "rule", "programmes", "groups"))


@cache
def shipped() -> Table:
    """The indicators that come with the program."""
    raw = _file("indicators.toml")
    return Table(tuple(map(_indicator, raw["indicator"])), frozenset(raw["by_enrolment"]))


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("targets", name).read_text(encoding="utf-8"))


def _indicator(raw: Params) -> Indicator:
    return Indicator(
        code=raw["code"],
        title=raw["title"],
        title_en=raw["title_en"],
        text=raw["text"],
        note=raw.get("note", ""),
        measures=tuple(_measure(raw, one) for one in raw["measure"]),
    )


def _measure(indicator: Params, raw: Params) -> Measure:
    return Measure(
        code=raw["code"],
        indicator=indicator["code"],
        name=raw["name"],
        name_en=raw["name_en"],
        unit=TargetUnit(raw["unit"]),
        item=Item(raw.get("item", Item.HOUSEHOLD.value)),
        cohort=Cohort(raw.get("cohort", "")),
        how=raw["how"],
        rule=raw["rule"],
        programmes=tuple(raw.get("programmes", ())),
        groups=tuple(raw.get("groups", ())),
        params=MappingProxyType({name: value for name, value in raw.items() if name not in _KNOWN}),
    )


@cache
def shipped_sets() -> Mapping[str, TargetSet]:
    """The ready-made sets by code."""
    return MappingProxyType({one["code"]: _set(one) for one in _file("sets.toml")["set"]})


def _set(raw: Params) -> TargetSet:
    year: int | None = raw.get("year")
    document = raw.get("document", "")
    lines = tuple(
        TargetData(
            set_code=raw["code"],
            indicator=line["indicator"],
            year=year or 0,
            comparison=Comparison(line["comparison"]).value,
            value_hundredths=line["value_hundredths"],
            unit=TargetUnit(line["unit"]).value,
            document=line.get("document", document),
            note=line.get("note", ""),
        )
        for line in raw.get("line", ())
    )
    return TargetSet(raw["code"], raw["title"], year, document, raw.get("note", ""), lines)


@dataclass(frozen=True)
class Bounds:
    """Between which values the truth lies; equal where nothing is unknown."""

    low: Fraction
    high: Fraction


def share(part: int, whole: int, unknown: int = 0) -> tuple[Fraction | None, Bounds | None]:
    """Per cent of those known, and the bounds with the unknown ones on either side; None where nobody is known."""
    if whole <= 0:
        return None, None
    known = whole - unknown
    bounds = Bounds(Fraction(100 * part, whole), Fraction(100 * (part + unknown), whole))
    return (Fraction(100 * part, known) if known else None), bounds


def judge(comparison: Comparison, target_hundredths: int, bounds: Bounds | None) -> State:
    """Whether the plan is reached, whatever the unknown ones turn out to be."""
    if bounds is None:
        return State.CANNOT_SAY
    target = Fraction(target_hundredths, 100)
    if comparison in (Comparison.AT_LEAST, Comparison.FALLS_BY):
        sure, lost = bounds.low >= target, bounds.high < target
    elif comparison is Comparison.AT_MOST:
        sure, lost = bounds.high <= target, bounds.low > target
    else:
        sure = bounds.low == bounds.high == target
        lost = not bounds.low <= target <= bounds.high
    return State.REACHED if sure else State.NOT_REACHED if lost else State.CANNOT_SAY


def value_text(value: Fraction | None, unit: TargetUnit) -> str:
    """A value as people read it: 37,88 %, 1,25 điểm %, 25 hộ; nothing when it is not known."""
    if value is None:
        return ""
    if unit is TargetUnit.PERCENT:
        return _("{number} %").format(number=format_number(rounded(value), decimals=2))
    if unit is TargetUnit.POINTS:
        return _("{number} points").format(number=format_number(rounded(value), decimals=2))
    number = format_number(int(value)) if value.denominator == 1 else format_number(rounded(value), decimals=2)
    if unit is TargetUnit.DONG:
        return _("{amount} dong").format(amount=number)
    if unit is TargetUnit.HOUSEHOLDS:
        return _("{number} households").format(number=number)
    if unit is TargetUnit.PEOPLE:
        return _("{number} people").format(number=number)
    return number


def rounded(value: Fraction) -> float:
    """To two decimals, half away from zero as on paper."""
    hundredths = abs(value) * 100
    whole = int(hundredths + Fraction(1, 2))
    return (whole if value >= 0 else -whole) / 100


def plan_text(comparison: Comparison, value_hundredths: int, unit: TargetUnit) -> str:
    """A plan line as people read it: "ít nhất 100 %"."""
    if unit in SHARES and value_hundredths % 100 == 0:
        pattern = _("{number} %") if unit is TargetUnit.PERCENT else _("{number} points")
        value = pattern.format(number=format_number(value_hundredths // 100))
    else:
        value = value_text(Fraction(value_hundredths, 100), unit)
    return f"{_(COMPARISON_LABELS[comparison])} {value}"


def unit_problem(expected: TargetUnit, given: TargetUnit) -> str:
    """Why a plan line in this unit does not fit the indicator; empty when it does."""
    if expected is given:
        return ""
    if {expected, given} == set(SHARES):
        return _(
            "This indicator is measured in {expected}, not in {given}: a fall from 5 % to 4 % is 1 percentage point, "
            "but 20 per cent."
        ).format(expected=_(UNIT_LABELS[expected]), given=_(UNIT_LABELS[given]))
    return _("This indicator is measured in {expected}, not in {given}.").format(
        expected=_(UNIT_LABELS[expected]), given=_(UNIT_LABELS[given])
    )


def year_start(day: date) -> date:
    """The last day of the year before: the usual start of a period."""
    return date(day.year - 1, 12, 31) if day.year > 1 else date.min


@dataclass(frozen=True)
class OwnIndicatorData:
    """An indicator the office makes: which households, and what of them is counted."""

    code: str
    title: str
    classes: tuple[str, ...] = ()
    """Empty: every class."""
    hamlets: tuple[str, ...] = ()
    """Ids in hexadecimal; empty: all hamlets."""
    flags: tuple[str, ...] = ()
    """All of them."""
    received: tuple[str, ...] = ()
    """At least one of these programmes in the period."""
    not_received: tuple[str, ...] = ()
    """None of these programmes in the period."""
    months: int = 0
    """Length of the period up to the day; 0: from the start of the year."""
    share: bool = False
    """Per cent of the households of class, hamlet and flags instead of a number of households."""


def own_indicator(data: OwnIndicatorData) -> Indicator:
    """As the tables know it."""
    unit = TargetUnit.PERCENT if data.share else TargetUnit.HOUSEHOLDS
    measure = Measure(
        code=data.code,
        indicator=data.code,
        name=data.title,
        name_en=data.title,
        unit=unit,
        item=Item.HOUSEHOLD,
        cohort=Cohort.ON,
        how="own",
        rule="",
        programmes=(*data.received, *data.not_received),
        groups=(),
        params=MappingProxyType({"own": data}),
    )
    return Indicator(data.code, data.title, data.title, "", (measure,))
