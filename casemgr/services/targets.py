"""Use cases of the commune's targets: values as of a day with their lists, compared with the plan; trend over years."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final
from uuid import UUID

from casemgr.domain.permissions import Permission
from casemgr.domain.target_plans import TargetData
from casemgr.domain.targets import (
    OWN_SET,
    Bounds,
    Comparison,
    Indicator,
    Item,
    Measure,
    State,
    Table,
    TargetUnit,
    judge,
    plan_text,
    shipped,
    value_text,
    year_start,
)
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date, format_number
from casemgr.jobs import without_collecting
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    own_indicators,
    target_abroad,
    target_cases,
    target_exits,
    target_indicators,
    target_loans,
    target_people,
    target_sums,
)
from casemgr.services.target_cohorts import Reading
from casemgr.services.target_findings import Finding, Part, counted, uuids
from casemgr.services.target_listings import NO_MINORITY, persons
from casemgr.services.target_plans import lines_of, set_of

Compute = Callable[[Reading, Measure], Finding]

HOWS: Final[Mapping[str, Compute]] = {
    **target_indicators.HOWS,
    **target_exits.HOWS,
    **target_people.HOWS,
    **target_abroad.HOWS,
    **target_cases.HOWS,
    **target_sums.HOWS,
    **target_loans.HOWS,
    **own_indicators.HOWS,
}

PART: Final = "part"
WHOLE: Final = "whole"
UNKNOWN: Final = "unknown"
REST: Final = "rest"
"""Of the whole, who is neither counted nor unknown: whom to go to."""
YEARS: Final = 5


@dataclass(frozen=True)
class Figure:
    """One measure as of a day, with its plan line."""

    indicator: Indicator
    measure: Measure
    value: Fraction | None
    bounds: Bounds | None
    numerator: Fraction | None
    denominator: Fraction | None
    """Of those known; None for counts and sums."""
    unknown: int
    reason: str
    plan: TargetData | None
    state: State
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    finding: Finding

    @property
    def text(self) -> str:
        """The value as people read it, or that it is not known."""
        return value_text(self.value, self.measure.unit) or _("not known")

    @property
    def counts(self) -> str:
        """Numerator and denominator: "25 / 66"; nothing where nobody is known."""
        if self.numerator is None or self.denominator == 0:
            return ""
        top = format_number(int(self.numerator))
        return top if self.denominator is None else f"{top} / {format_number(int(self.denominator))}"

    @property
    def plan_words(self) -> str:
        """The plan line in words."""
        if self.plan is None:
            return ""
        return plan_text(Comparison(self.plan.comparison), self.plan.value_hundredths, TargetUnit(self.plan.unit))

    def ids(self, which: str = PART) -> tuple[UUID, ...]:
        """A list behind the number."""
        found = self.finding
        lists = {
            PART: found.part,
            WHOLE: found.whole if found.whole is not None else found.part,
            UNKNOWN: found.unknown,
            REST: (found.whole or frozenset()) - found.part - found.unknown,
        }
        if which not in lists:
            raise NotFoundError(_("There is no list “{name}”.").format(name=which))
        return uuids(lists[which])


@dataclass(frozen=True)
class Board:
    """All targets as of a day."""

    set_code: str
    title: str
    day: date
    start: date
    standard: str
    figures: tuple[Figure, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class TrendPoint:
    """A measure at the end of a year, or on the day for the last one."""

    day: date
    value: Fraction | None
    text: str
    plan: Fraction | None


def table(uow: UnitOfWork) -> Table:
    """The shipped indicators and those of the office."""
    known = shipped()
    return Table((*known.indicators, *own_indicators.as_indicators(uow)), known.by_enrolment)


def board(
    uow: UnitOfWork,
    day: date,
    set_code: str = OWN_SET,
    *,
    start: date | None = None,
    only: Iterable[str] | None = None,
) -> Board:
    """Every measure, or some, as of a day; the period begins after `start`, usually the last day of the year before."""
    uow.require(Permission.READ)
    known, chosen, begin = table(uow), set_of(uow, set_code), start or year_start(day)
    if begin >= day:
        raise ValidationError([Problem("start", _("The period must begin before the day it is looked at."))])
    plans = lines_of(uow, set_code, day.year)
    reading = Reading(uow, known, begin, day)
    wanted = {code.casefold() for code in only} if only is not None else None
    with without_collecting():
        figures = tuple(
            _figure(reading, indicator, measure, plans.get(measure.code))
            for indicator in known.indicators
            for measure in indicator.measures
            if wanted is None or measure.code.casefold() in wanted or indicator.code.casefold() in wanted
        )
    warnings = []
    if chosen.year is not None and chosen.year != day.year:
        warnings.append(_("The plan is of {year}, the day is {day}.").format(year=chosen.year, day=format_date(day)))
    if chosen.note:
        warnings.append(chosen.note)
    if day > uow.today:
        warnings.append(_("{day} lies in the future: what is known today is shown.").format(day=format_date(day)))
    return Board(set_code, chosen.title, day, begin, reading.standard(day), figures, tuple(warnings))


def figure(uow: UnitOfWork, code: str, day: date, set_code: str = OWN_SET, *, start: date | None = None) -> Figure:
    """One measure with its list, split by sex and ethnic group where it is about households or people."""
    uow.require(Permission.READ)
    known = table(uow)
    measure = known.measure(code)
    indicator = next(one for one in known.indicators if one.code == measure.indicator)
    reading = Reading(uow, known, start or year_start(day), day)
    found = _figure(reading, indicator, measure, lines_of(uow, set_code, day.year).get(measure.code))
    split = _split(reading, found)
    return Figure(**{**found.__dict__, "parts": (*found.parts, *split)})


def trend(
    uow: UnitOfWork, code: str, day: date, set_code: str = OWN_SET, *, years: int = YEARS
) -> tuple[TrendPoint, ...]:
    """A measure at the end of the years before and on the day, each computed from what held then."""
    uow.require(Permission.READ)
    known = table(uow)
    measure = known.measure(code)
    indicator = next(one for one in known.indicators if one.code == measure.indicator)
    points = []
    for year in range(day.year - years + 1, day.year + 1):
        end = min(date(year, 12, 31), day)
        plan = lines_of(uow, set_code, year).get(measure.code)
        found = _figure(Reading(uow, known, year_start(end), end), indicator, measure, plan)
        planned = None if plan is None else Fraction(plan.value_hundredths, 100)
        points.append(TrendPoint(end, found.value, found.text, planned))
    return tuple(points)


def _figure(reading: Reading, indicator: Indicator, measure: Measure, plan: TargetData | None) -> Figure:
    found = HOWS[measure.how](reading, measure)
    value, bounds = found.result()
    state = State.NO_PLAN
    if plan is not None:
        fits = TargetUnit(plan.unit) is measure.unit
        state = judge(Comparison(plan.comparison), plan.value_hundredths, bounds) if fits else State.CANNOT_SAY
    numerator, denominator = found.numerator, found.denominator
    if numerator is None and found.value is None and not (found.reason and found.whole is None):
        numerator = Fraction(len(found.part))
        denominator = Fraction(len(found.whole) - len(found.unknown)) if found.whole is not None else None
    return Figure(
        indicator=indicator,
        measure=measure,
        value=value,
        bounds=bounds,
        numerator=numerator,
        denominator=denominator,
        unknown=len(found.unknown),
        reason=found.reason,
        plan=plan,
        state=state,
        parts=found.parts,
        notes=found.notes,
        finding=found,
    )


def _split(reading: Reading, found: Figure) -> tuple[Part, ...]:
    """How many of the counted are women and of minorities (target I24)."""
    part = found.finding.part
    if not part:
        return ()
    if found.measure.item is Item.HOUSEHOLD:
        women, minority = reading.on.women | reading.at_start.women, reading.on.minority | reading.at_start.minority
        return (counted(_("Headed by women"), part & women), counted(_("Ethnic minority"), part & minority))
    if found.measure.item is Item.PERSON:
        rows = list(persons(reading.uow, part))
        unit = TargetUnit.PEOPLE
        return (
            counted(_("Women"), (one.id for one in rows if one.sex == "female"), unit),
            counted(_("Ethnic minority"), (one.id for one in rows if one.ethnic not in (None, *NO_MINORITY)), unit),
        )
    return ()
