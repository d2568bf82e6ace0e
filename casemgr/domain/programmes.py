"""Support programmes as dated data: what each gives to whom, by which rule of which day, and what excludes what.

The tables are `resources/programmes/*.toml` overlaid by what the office wrote (read by `domain/programme_reading.py`).
Nothing here knows a programme, an age or an amount.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from casemgr.domain.entitlement_facts import Fact
from casemgr.domain.entitlements import Condition
from casemgr.domain.pack_parts import CERTAINTIES, VERIFIED
from casemgr.domain.support import EnrolmentStatus, SupportKind, Unit
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, SOURCE_LANGUAGE, _, current

MILLION: Final = 1_000_000
"""Factors and yearly rates are whole millionths: 1.5 is 1500000, 6.24 % is 62400."""

GENERATION_LABELS: Final[Mapping[str, str]] = {
    "A": N_("Rules before 2026"),
    "B": N_("Programme 2021–2025, money until the end of 2026"),
    "C": N_("Rules from 2026"),
}


class Period(StrEnum):
    """How often a rule pays."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    ONCE = "once"


PERIOD_LABELS = {
    Period.MONTH: N_("Every month"),
    Period.QUARTER: N_("Every quarter"),
    Period.YEAR: N_("Every year"),
    Period.SCHOOL_YEAR: N_("Every school year"),
    Period.ONCE: N_("Once"),
}


class Measure(StrEnum):
    """What the number of a rate counts."""

    DONG = "dong"
    YEARLY = "yearly"
    """Millionths of a yearly rate."""
    PERCENT = "percent"
    """Hundredths of a per cent."""
    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"
    YEARS = "years"
    KILOMETRES = "kilometres"
    COUNT = "count"
    TENTHS = "tenths"
    """Tenths, as in months of wage: 15 is 1.5."""


class Limit(StrEnum):
    """What an amount means."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


MEASURE_LABELS = {
    Measure.DONG: N_("Đồng"),
    Measure.YEARLY: N_("Yearly rate"),
    Measure.PERCENT: N_("Per cent"),
    Measure.DAYS: N_("days"),
    Measure.WORKDAYS: N_("working days"),
    Measure.MONTHS: N_("months"),
    Measure.YEARS: N_("years"),
    Measure.KILOMETRES: N_("km"),
    Measure.COUNT: N_("Number"),
    Measure.TENTHS: N_("Tenths"),
}

LIMIT_LABELS = {
    Limit.EXACT: N_("Exactly"),
    Limit.AT_LEAST: N_("At least"),
    Limit.AT_MOST: N_("At most"),
}


class Action(StrEnum):
    """What an exclusion does."""

    BLOCK = "block"
    WARN = "warn"
    TAKE_HIGHER = "take_higher"


ACTION_LABELS = {
    Action.BLOCK: N_("Not given"),
    Action.WARN: N_("Warned, with a reason"),
    Action.TAKE_HIGHER: N_("The higher one"),
}


class Span(StrEnum):
    """Over which time an exclusion looks."""

    LIFETIME = "lifetime"
    PERIOD = "period"
    """The same period of support, and what is received at the same time."""


SPAN_LABELS = {Span.LIFETIME: N_("Once in a lifetime"), Span.PERIOD: N_("At the same time")}


@dataclass(frozen=True)
class Field:
    """What a programme asks beyond the common columns."""

    code: str
    label: str
    choices: tuple[str, ...] = ()
    """What it may say; empty for free text."""


@dataclass(frozen=True)
class Stage:
    """A part payment: after which step, how many per cent."""

    code: str
    label: str
    percent: int


@dataclass(frozen=True)
class Step:
    """One state a staged case goes through, in the order of the table."""

    code: str
    label: str
    status: EnrolmentStatus | None = None
    """Standing the enrolment takes with it; None leaves it."""
    document: str = ""
    """Paper that proves it; empty when none is needed."""
    pays: str = ""
    """Code of the stage it pays out: it is reached by the payment itself."""
    asks: tuple[str, ...] = ()
    """Codes of the fields that must be answered by then."""
    paper: str = ""
    """Code of the paper the office prints for it; empty when there is none."""
    certainty: str = VERIFIED
    """How sure it is that the law wants this step."""


@dataclass(frozen=True)
class Programme:
    """One programme."""

    code: str
    name: str
    name_en: str
    group: str
    unit: Unit
    kind: SupportKind
    recurring: bool
    once: bool
    lead: str
    active_from: date | None
    active_to: date | None
    dimensions: tuple[str, ...]
    """Deprivation dimensions it acts on."""
    fields: tuple[Field, ...]
    stages: tuple[Stage, ...]
    certainty: str
    note: str
    document: str = ""
    """What the person ends up holding or the office keeps."""
    entitles: bool = True
    """False: no household or person is entitled by a rule (works, training of officers)."""
    sponsored: bool = False
    """What sponsors promise is counted under it."""
    recorded_by: str = ""
    """A truth of the person that says it is received, where the file has no entry of its own."""
    follow: bool = False
    """A change of class opens a task for it."""
    due_days: int = 0
    """Days until that task is due."""
    steps: tuple[Step, ...] = ()
    """States of a case that takes more than one entry; empty where there are none."""

    @property
    def title(self) -> str:
        """In the language in force."""
        return self.name_en if current() == SOURCE_LANGUAGE and self.name_en else self.name

    def active(self, day: date) -> bool:
        """Whether it runs that day."""
        return _covers(self.active_from, self.active_to, day)


@dataclass(frozen=True)
class Legal:
    """One legal basis."""

    text: str
    citation: str
    certainty: str


@dataclass(frozen=True)
class Paper:
    """A paper a rule asks for; `on_file` holds when the office has it anyway."""

    text: str
    on_file: Condition | None = None


@dataclass(frozen=True)
class Amount:
    """How much: a fixed sum or a rate of the day, times a factor, times the members for whom `each` holds."""

    fixed: int | None = None
    rate: str = ""
    factor: int = MILLION
    """Millionths."""
    limit: Limit = Limit.EXACT
    each: Condition | None = None


@dataclass(frozen=True)
class Rule:
    """One version of a programme's rule."""

    id: str
    programme: str
    generation: str
    legal: tuple[Legal, ...]
    valid_from: date | None
    valid_to: date | None
    scope: Condition
    """Whoever is outside is meant by no reading of the rule, however uncertain it is."""
    condition: Condition
    amount: Amount | None
    interest: Amount | None
    """Yearly rate of a loan, in millionths."""
    term_months: int | None
    period: Period | None
    papers: tuple[Paper, ...]
    certainty: str
    note: str
    title: str = ""
    """Which of several cases it is, in words."""
    adds: tuple[str, ...] = ()
    """Ids of rules that are paid beside it, not instead of it."""
    after_death: bool = False
    """For somebody who died."""

    def valid(self, day: date) -> bool:
        """Whether it applies that day."""
        return _covers(self.valid_from, self.valid_to, day)

    @property
    def citation(self) -> str:
        """All legal bases in one line."""
        return "; ".join(line.citation for line in self.legal)


@dataclass(frozen=True)
class Rate:
    """A base figure with its days: money, a yearly rate, or another number the law or the office sets."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    value: int
    law: str
    certainty: str
    note: str
    measure: Measure = Measure.DONG

    @property
    def key(self) -> str:
        """Code and first day: what the office's own row replaces."""
        return f"{self.code}@{self.valid_from.isoformat() if self.valid_from else ''}"

    def valid(self, day: date) -> bool:
        """Whether it applies that day."""
        return _covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Exclusion:
    """Two programmes (or one with itself) that are not given together."""

    id: str
    programme_a: str
    programme_b: str
    scope: Unit
    """Person or household."""
    span: Span
    action: Action
    text: str
    citation: str
    certainty: str

    def touches(self, programme: str) -> bool:
        """Whether it is about the programme."""
        return programme in (self.programme_a, self.programme_b)

    def other(self, programme: str) -> str:
        """The other side."""
        return self.programme_b if programme == self.programme_a else self.programme_a


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything that holds in one file: what is shipped, overlaid by the office. Each reading is one of its own."""

    programmes: Mapping[str, Programme]
    rules: Mapping[str, Rule]
    rates: tuple[Rate, ...]
    exclusions: tuple[Exclusion, ...]
    facts: Mapping[str, Fact]
    groups: Mapping[str, str]
    """Names of the groups of programmes."""
    dimensions: Mapping[str, str]
    """Names of the deprivation dimensions."""
    own: frozenset[tuple[str, str]] = frozenset()
    """Kind and code of every entry the office wrote."""
    by_programme: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)

    def programme(self, code: str) -> Programme:
        """The programme of that code."""
        found = self.programmes.get(code)
        if found is None:
            raise NotFoundError(_("There is no programme {code}.").format(code=code))
        return found

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id; None when it was removed since."""
        return self.rules.get(rule_id)

    def rules_of(self, code: str) -> tuple[Rule, ...]:
        """All rules of a programme, oldest first."""
        return self.by_programme.get(code, ())

    def rules_on(self, code: str, day: date) -> tuple[Rule, ...]:
        """The rules that apply that day; several where generations overlap or cases differ."""
        programme = self.programmes.get(code)
        if programme is None or not programme.active(day):
            return ()
        return tuple(rule for rule in self.rules_of(code) if rule.valid(day))

    def rate(self, code: str, day: date) -> Rate | None:
        """The base figure of that day; None when the tables know none."""
        return next((rate for rate in reversed(self.rates) if rate.code == code and rate.valid(day)), None)

    def amount(self, amount: Amount | None, day: date, count: int = 1) -> int | None:
        """The đồng (or millionths of interest) an amount gives that day; `count` members where it is per member."""
        if amount is None:
            return None
        base = amount.fixed
        if base is None:
            rate = self.rate(amount.rate, day)
            if rate is None:
                return None
            base = rate.value
        value = base * amount.factor // MILLION
        return value * count if amount.each is not None else value

    def interest(self, rule: Rule, day: date) -> int | None:
        """Yearly rate of a loan paid out that day, in millionths: 6.24 % is 62400."""
        return self.amount(rule.interest, day)

    def certainty(self, rule: Rule, day: date) -> str:
        """How sure a rule is together with the base figures it rests on that day: as its weakest part."""
        figures = (self.rate(one.rate, day) for one in (rule.amount, rule.interest) if one is not None and one.rate)
        marks = [rule.certainty, *(figure.certainty for figure in figures if figure is not None)]
        return max(marks, key=CERTAINTIES.index)

    def exclusions_of(self, code: str) -> tuple[Exclusion, ...]:
        """Everything that limits a programme."""
        return tuple(one for one in self.exclusions if one.touches(code))

    def in_group(self, *groups: str) -> tuple[str, ...]:
        """Codes of the programmes in these groups."""
        return tuple(code for code, one in self.programmes.items() if one.group in groups)

    def of_dimension(self, dimension: str) -> tuple[str, ...]:
        """Codes of the programmes that act on a deprivation dimension."""
        return tuple(code for code, one in self.programmes.items() if dimension in one.dimensions)


def sorted_rules(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    """Rules by programme, oldest first."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.programme, []).append(rule)
    return {code: tuple(sorted(group, key=lambda rule: rule.valid_from or date.min)) for code, group in found.items()}


def _covers(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
