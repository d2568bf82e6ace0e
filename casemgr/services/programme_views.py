"""Programmes and their rules as people read them: conditions in words, what a rule gives on a day, papers and law."""

from dataclasses import dataclass
from datetime import date

from casemgr.domain.condition_drafts import sentence
from casemgr.domain.entitlements import ALWAYS
from casemgr.domain.pack_changes import CERTAINTY_LABELS
from casemgr.domain.programmes import (
    GENERATION_LABELS,
    LIMIT_LABELS,
    MEASURE_LABELS,
    PERIOD_LABELS,
    Catalogue,
    Exclusion,
    Limit,
    Measure,
    Period,
    Programme,
    Rate,
    Rule,
)
from casemgr.i18n import _, format_date, format_money, format_number

_PERCENT_PLACES = 10_000
"""Millionths in one per cent."""


@dataclass(frozen=True)
class RuleView:
    """One rule in words."""

    rule: Rule
    applies: bool
    """On the day that was asked for."""
    condition: str
    """For whom, in one sentence."""
    scope: str
    """Whom an uncertain rule can mean at all; empty: anybody."""
    amount: int | None
    amount_text: str
    interest: int | None
    interest_text: str
    validity: str
    generation: str
    period: str
    sure: str
    """V, R or U: as its weakest part with the figures of the day."""
    certainty: str
    """The same in words."""
    own: bool


@dataclass(frozen=True)
class ProgrammeView:
    """One programme with all its rules."""

    programme: Programme
    group_name: str
    dimensions: tuple[str, ...]
    rules: tuple[RuleView, ...]
    exclusions: tuple[str, ...]
    """What limits it, with the law."""
    certainty: str
    own: bool


def view(found: Catalogue, code: str, on: date) -> ProgrammeView:
    """A programme and every rule version of it, what applies that day marked."""
    programme = found.programme(code)
    valid = {rule.id for rule in found.rules_on(code, on)}
    limits = (limit_words(one) for one in found.exclusions_of(code))
    return ProgrammeView(
        programme=programme,
        group_name=found.groups[programme.group],
        dimensions=tuple(found.dimensions[one] for one in programme.dimensions),
        rules=tuple(rule_view(found, rule, on, applies=rule.id in valid) for rule in found.rules_of(code)),
        exclusions=tuple(dict.fromkeys(limits)),
        certainty=_(CERTAINTY_LABELS[programme.certainty]),
        own=("programme", code) in found.own,
    )


def limit_words(one: Exclusion) -> str:
    """What limits, with the law and how sure that is."""
    return _("{text} ({citation}; {certainty})").format(
        text=one.text, citation=one.citation, certainty=_(CERTAINTY_LABELS[one.certainty]).lower()
    )


def rule_view(found: Catalogue, rule: Rule, on: date, *, applies: bool) -> RuleView:
    """One rule with what it gives that day."""
    amount = found.amount(rule.amount, on)
    interest = found.interest(rule, on)
    return RuleView(
        rule=rule,
        applies=applies,
        condition=sentence(rule.condition, found.facts),
        scope="" if rule.scope == ALWAYS else sentence(rule.scope, found.facts),
        amount=amount,
        amount_text=amount_text(amount, rule.amount.limit if rule.amount else Limit.EXACT, rule.period),
        interest=interest,
        interest_text=interest_text(interest),
        validity=validity(rule.valid_from, rule.valid_to),
        generation=_(GENERATION_LABELS[rule.generation]) if rule.generation else "",
        period=_(PERIOD_LABELS[rule.period]) if rule.period else "",
        sure=found.certainty(rule, on),
        certainty=_(CERTAINTY_LABELS[found.certainty(rule, on)]),
        own=("rule", rule.id) in found.own,
    )


def amount_text(amount: int | None, limit: Limit, period: Period | None) -> str:
    """An amount with what it means: "At most 3.000.000 đồng"; empty when no sum is known."""
    if amount is None:
        return ""
    text = format_money(amount)
    if limit is not Limit.EXACT:
        text = _("{limit} {amount}").format(limit=_(LIMIT_LABELS[limit]), amount=text)
    if period is None or period is Period.ONCE:
        return text
    return _("{amount}, {period}").format(amount=text, period=_(PERIOD_LABELS[period]).lower())


def interest_text(millionths: int | None) -> str:
    """A yearly rate: "6,24 % a year"; empty when none is known."""
    if millionths is None:
        return ""
    percent = millionths / _PERCENT_PLACES
    places = next(n for n in range(5) if n == 4 or round(percent, n) * _PERCENT_PLACES == millionths)
    return _("{rate} % a year").format(rate=format_number(percent, decimals=places))


def rate_words(rate: Rate) -> str:
    """The number of a rate with its unit."""
    match rate.measure:
        case Measure.DONG:
            return format_money(rate.value)
        case Measure.COUNT:
            return format_number(rate.value)
        case Measure.YEARLY:
            return interest_text(rate.value)
        case Measure.PERCENT:
            places = next(n for n in range(3) if n == 2 or rate.value % 10 ** (2 - n) == 0)
            return _("{rate} %").format(rate=format_number(rate.value / 100, decimals=places))
        case Measure.TENTHS:
            return format_number(rate.value / 10, decimals=1 if rate.value % 10 else 0)
        case _:
            return _("{number} {unit}").format(number=format_number(rate.value), unit=_(MEASURE_LABELS[rate.measure]))


def validity(first: date | None, last: date | None) -> str:
    """From when to when."""
    if first and last:
        return _("{first} to {last}").format(first=format_date(first), last=format_date(last))
    if first:
        return _("from {date}").format(date=format_date(first))
    return _("until {date}").format(date=format_date(last)) if last else ""
