"""What speaks against a payment or hand-over: of one, or of a whole list with a few queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from casemgr.domain.distributions import MOST, Cause, Finding, needs_decision, overlap, period_problem, worth
from casemgr.domain.findings import Severity
from casemgr.domain.pack_parts import UNCERTAIN, VERIFIED
from casemgr.domain.programmes import Action, Exclusion, Limit, Period, Rule, Span
from casemgr.domain.support import DeliveryData, Unit
from casemgr.domain.training_support import BEYOND_CEILING, OF_COURSE
from casemgr.errors import NotFoundError
from casemgr.i18n import _, format_date, format_money
from casemgr.jobs import Progress, silent
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.delivery_money import add_budgets
from casemgr.services.delivery_surroundings import (
    Beneficiary,
    Entry,
    Surroundings,
    base_amount,
    period_for,
    put_in_words,
    rule_of,
    surroundings,
)
from casemgr.services.staged_checks import stage_findings


def check(uow: UnitOfWork, data: DeliveryData, *, but: UUID | None = None) -> list[Finding]:
    """What speaks against one delivery, what refuses it first; `but` is an entry that is being changed."""
    return check_all(uow, [data], but=frozenset({but}) if but else frozenset())[0]


def check_all(
    uow: UnitOfWork,
    items: Sequence[DeliveryData],
    *,
    but: frozenset[UUID] = frozenset(),
    progress: Progress = silent,
) -> list[list[Finding]]:
    """The same for many, in their order."""
    return checked(uow, items, but=but, progress=progress)[1]


def checked(
    uow: UnitOfWork,
    items: Sequence[DeliveryData],
    *,
    but: frozenset[UUID] = frozenset(),
    listed: str = "",
    progress: Progress = silent,
) -> tuple[list[DeliveryData], list[list[Finding]]]:
    """The deliveries with rule and period filled in, and what speaks against each.

    `listed` is where it stands what a pay-out list must hold at least; empty: they are on none.
    """
    groups: dict[tuple[str, date], list[int]] = {}
    for place, data in enumerate(items):
        groups.setdefault((data.programme, data.on), []).append(place)
    found: list[list[Finding]] = [[] for _item in items]
    full = list(items)
    for (code, on), places in groups.items():
        group = [items[place] for place in places]
        around = surroundings(uow, code, on, group, but=but, progress=progress)
        put_in_words(uow, around, [(data.household_id, data.person_id) for data in group])
        for place, data in zip(places, group, strict=True):
            rule = rule_of(around, data)
            full[place] = replace(data, rule=data.rule or (rule.id if rule else ""), period=period_for(around, data))
            found[place] = findings(around, full[place])
            if listed:
                found[place] += number_findings(around, data, listed)
    add_budgets(uow, full, found, but)
    _add_twins(full, found)
    return full, [sorted(one, key=lambda finding: finding.severity is Severity.WARN) for one in found]


def findings(around: Surroundings, data: DeliveryData) -> list[Finding]:
    """What speaks against one delivery by what was read."""
    person = _person_findings(around, data)
    if person:
        return person
    twice = list(_twice(around, data))
    if told := period_problem(data.period):
        twice.append(Finding(Cause.TWICE, Severity.REFUSE, told))
    return [
        *_early(around, data),
        *twice,
        *(() if twice else _entitled(around, data)),
        *_sums(around, data),
        *stage_findings(around, data),
        *_overlaps(around, data),
    ]


def number_findings(around: Surroundings, data: DeliveryData, minimum: str) -> list[Finding]:
    """The identity number the list must hold; money nobody decides about may go without."""
    person = data.person_id or around.heads.get(data.household_id)
    being = around.people.get((data.household_id, person)) if person else None
    if being is not None and being.id_number:
        return []
    severity = Severity.REFUSE if needs_decision(data.source) else Severity.WARN
    if being is None:
        told = _("Nobody is named head of the household; there is no identity number for the list.")
    else:
        told = _("{name} has no identity number.").format(name=being.name)
    return [Finding(Cause.NUMBER, severity, told, minimum)]


def _severity(certainty: str) -> Severity:
    """Only what is verified refuses."""
    return Severity.REFUSE if certainty == VERIFIED else Severity.WARN


# --- who -------------------------------------------------------------------------------------------------------------


def _person_findings(around: Surroundings, data: DeliveryData) -> list[Finding]:
    refuse, found = Severity.REFUSE, []
    if data.household_id not in around.ended:
        raise NotFoundError(_("This household does not exist any more."))
    if around.programme.unit is Unit.WORKS:
        return [Finding(Cause.UNIT, refuse, _("This programme builds works; no household is paid by it."))]
    if around.programme.unit is Unit.PERSON and data.person_id is None:
        return [Finding(Cause.UNIT, refuse, _("This programme is for a person: choose who it is."))]
    ended = around.ended[data.household_id]
    if ended is not None and ended <= data.on:
        message = _("The office no longer keeps this household since {date}.")
        return [Finding(Cause.LEFT, refuse, message.format(date=format_date(ended)))]
    if data.person_id is None:
        return []
    being = around.people.get((data.household_id, data.person_id))
    if being is None:
        return [Finding(Cause.NOT_MEMBER, refuse, _("This person is no member of the household."))]
    rule = rule_of(around, data)
    if being.died_on is not None and being.died_on <= data.on:
        if rule is None or not rule.after_death:
            message = _("{name} died on {date}.")
            told = message.format(name=being.name, date=format_date(being.died_on))
            found.append(Finding(Cause.DIED, refuse, told))
    elif being.left and (being.left_on is None or being.left_on <= data.on):
        if being.left_on is None:
            told = _("{name} left the household.").format(name=being.name)
        else:
            message = _("{name} left the household on {date}.")
            told = message.format(name=being.name, date=format_date(being.left_on))
        found.append(Finding(Cause.LEFT, refuse, told))
    elif being.joined_on is not None and being.joined_on > data.on:
        message = _("{name} joined the household only on {date}.")
        told = message.format(name=being.name, date=format_date(being.joined_on))
        found.append(Finding(Cause.NOT_MEMBER, refuse, told))
    return found


# --- when ------------------------------------------------------------------------------------------------------------


def _early(around: Surroundings, data: DeliveryData) -> Iterator[Finding]:
    if data.decision_on is not None and data.on < data.decision_on:
        message = _("The delivery of {date} lies before its decision of {decided}.")
        told = message.format(date=format_date(data.on), decided=format_date(data.decision_on))
        yield Finding(Cause.EARLY, Severity.REFUSE, told)
    if not around.programme.active(data.on):
        message = _("{programme} does not run on {date}.")
        told = message.format(programme=around.programme.title, date=format_date(data.on))
        yield Finding(Cause.INACTIVE, _severity(around.programme.certainty), told)
    rule = around.catalogue.rule(data.rule) if data.rule else None
    if rule is not None and not rule.valid(data.on):
        told = _("The rule named for it does not apply on {date}.").format(date=format_date(data.on))
        yield Finding(Cause.INACTIVE, _severity(rule.certainty), told, rule.citation, rule.certainty != UNCERTAIN)


def _mine(around: Surroundings, data: DeliveryData, scope: Unit | None = None) -> Iterable[Entry]:
    """Entries of the beneficiary; of the whole household where an exclusion looks at it."""
    if scope is None:
        return around.entries.get(data.person_id or data.household_id, ())
    if scope is Unit.PERSON:
        return around.entries.get(data.person_id, ()) if data.person_id else ()
    own = around.members.get(data.household_id, ()) if data.person_id else ()
    people = [entry for person in own for entry in around.entries.get(person, ())]
    return [*around.entries.get(data.household_id, ()), *people]


def _twice(around: Surroundings, data: DeliveryData) -> Iterator[Finding]:
    """The strictest of what the overlap rules and the paying rule's own period say; one that warns only warns."""
    code = around.programme.code
    own = [one for one in around.catalogue.exclusions_of(code) if one.programme_a == one.programme_b]
    found = [finding for exclusion in own if (finding := _by_exclusion(around, data, exclusion)) is not None]
    if not any(exclusion.action is Action.WARN for exclusion in own):
        by_rule = _by_rule(around, data)
        found += [by_rule] if by_rule else []
    if found:
        yield min(found, key=lambda finding: finding.severity is Severity.WARN)


def _by_exclusion(around: Surroundings, data: DeliveryData, exclusion: Exclusion) -> Finding | None:
    period = period_for(around, data)
    for entry in _mine(around, data, exclusion.scope):
        if entry.programme != around.programme.code or _other_stage(data, entry):
            continue
        if exclusion.span is Span.LIFETIME or _same_time(period, data, entry):
            severity = Severity.WARN if exclusion.action is Action.WARN else _severity(exclusion.certainty)
            certain = exclusion.certainty != UNCERTAIN
            return Finding(Cause.TWICE, severity, _already(entry), exclusion.citation, certain)
    return None


def _by_rule(around: Surroundings, data: DeliveryData) -> Finding | None:
    """A programme that helps once, or a rule that pays once in its period."""
    period, rule = period_for(around, data), rule_of(around, data)
    for entry in _mine(around, data):
        if entry.programme != around.programme.code or _other_stage(data, entry):
            continue
        if around.programme.once:
            return Finding(Cause.TWICE, _severity(around.programme.certainty), _already(entry), _cited(rule))
        if _same_time(period, data, entry):
            recurring = rule is not None and rule.period not in (None, Period.ONCE)
            severity = _severity(rule.certainty) if recurring and rule else Severity.WARN
            return Finding(Cause.TWICE, severity, _already(entry), _cited(rule))
    return None


def _already(entry: Entry) -> str:
    message = _("Received on {date} already.") if entry.settled else _("On a list of {date} already.")
    told = message.format(date=format_date(entry.on))
    return told + " " + _("Period: {period}.").format(period=entry.period) if entry.period else told


def _cited(rule: Rule | None) -> str:
    return rule.citation if rule else ""


def _other_stage(data: DeliveryData, entry: Entry) -> bool:
    return bool(data.stage) and bool(entry.stage) and data.stage != entry.stage


def _same_time(period: str, data: DeliveryData, entry: Entry) -> bool:
    if period and entry.period:
        return overlap(period, entry.period)
    return entry.on == data.on


# --- entitled --------------------------------------------------------------------------------------------------------


def _entitled(around: Surroundings, data: DeliveryData) -> Iterator[Finding]:
    if not around.judged or _goes_on(around, data):
        return
    key = (data.household_id, data.person_id)
    outcome = around.outcomes.get(key)
    words = around.words.get(key)
    if outcome is None:
        told = _("No rule of {programme} speaks of this beneficiary on {date}.")
        yield Finding(
            Cause.UNKNOWN,
            Severity.WARN,
            told.format(programme=around.programme.title, date=format_date(data.on)),
        )
        return
    if outcome.result is True:
        return
    rule = around.catalogue.rule(outcome.rule)
    certainty = words.certainty if words else rule.certainty if rule else UNCERTAIN
    citation = words.citation if words else _cited(rule)
    if outcome.result is False:
        reason = "; ".join(words.reason) if words else ""
        told = _("Not entitled: {reason}").format(reason=reason) if reason else _("Not entitled on this day.")
        yield Finding(Cause.NOT_ENTITLED, _severity(certainty), told, citation, certainty != UNCERTAIN)
        return
    missing = "; ".join(words.missing) if words else ""
    told = _("Cannot be said; missing: {facts}").format(facts=missing) if missing else _("The rule is not certain.")
    yield Finding(Cause.UNKNOWN, Severity.WARN, told, citation, certainty != UNCERTAIN)


def _goes_on(around: Surroundings, data: DeliveryData) -> bool:
    """Whether it is the other part of a course whose first part was given: the person was judged then."""
    return data.stage in OF_COURSE and any(
        entry.programme == data.programme and entry.stage in OF_COURSE and entry.stage != data.stage
        for entry in _mine(around, data)
    )


# --- how much --------------------------------------------------------------------------------------------------------


def _sums(around: Surroundings, data: DeliveryData) -> Iterator[Finding]:
    if data.amount < 0 or any(line.quantity < 0 for line in data.goods):
        yield Finding(Cause.CAP, Severity.REFUSE, _("An amount cannot be negative; correct an entry instead."))
        return
    if worth(data.amount, data.goods) > MOST:
        yield Finding(Cause.CAP, Severity.REFUSE, _("Write the sum in đồng, more than zero."))
        return
    rule = rule_of(around, data)
    base = base_amount(around, data, rule)
    if rule is None or rule.amount is None or base is None or data.stage in BEYOND_CEILING:
        return
    before = sum(
        entry.worth
        for entry in _mine(around, data)
        if entry.programme == data.programme
        and entry.stage not in BEYOND_CEILING
        and (
            around.programme.once
            or rule.period in (None, Period.ONCE)
            or _same_time(period_for(around, data), data, entry)
        )
    )
    total = before + worth(data.amount, data.goods)
    certain = rule.certainty != UNCERTAIN
    if rule.amount.limit is not Limit.AT_LEAST and total > base:
        # a province may set a higher figure than an exact one; a cap is a cap
        severity = _severity(rule.certainty) if rule.amount.limit is Limit.AT_MOST else Severity.WARN
        message = _("{amount} is above {cap}.")
        told = message.format(amount=format_money(total), cap=format_money(base))
        if before:
            told += " " + _("{amount} of it was given before.").format(amount=format_money(before))
        yield Finding(Cause.CAP, severity, told, rule.citation, certain)
    whole = not data.stage
    if rule.amount.limit is Limit.AT_LEAST and whole and total < base:
        message = _("{amount} is less than the least sum of {floor}.")
        told = message.format(amount=format_money(total), floor=format_money(base))
        yield Finding(Cause.FLOOR, Severity.WARN, told, rule.citation, certain)


def _add_twins(items: Sequence[DeliveryData], found: list[list[Finding]]) -> None:
    """The same beneficiary twice on one list."""
    seen: set[tuple[str, Beneficiary, str, str]] = set()
    for place, item in enumerate(items):
        key = (item.programme, (item.household_id, item.person_id), item.period, item.stage)
        if key in seen:
            found[place].append(Finding(Cause.TWICE, Severity.REFUSE, _("Twice on the same list.")))
        seen.add(key)


# --- beside other programmes -----------------------------------------------------------------------------------------


def _overlaps(around: Surroundings, data: DeliveryData) -> Iterator[Finding]:
    period = period_for(around, data)
    for exclusion in around.catalogue.exclusions_of(around.programme.code):
        other = exclusion.other(around.programme.code)
        if other == around.programme.code:
            continue
        clash = _clash(around, data, exclusion, other, period)
        if clash is None:
            continue
        when, theirs = clash
        programme = around.catalogue.programmes.get(other)
        name = programme.title if programme else other
        told = _("{programme} of {date}: {text}").format(programme=name, date=when, text=exclusion.text)
        yield Finding(
            Cause.OVERLAP,
            _overlap_severity(exclusion, worth(data.amount, data.goods), theirs),
            told,
            exclusion.citation,
            exclusion.certainty != UNCERTAIN,
        )


def _overlap_severity(exclusion: Exclusion, mine: int, theirs: int | None) -> Severity:
    if exclusion.action is Action.WARN:
        return Severity.WARN
    if exclusion.action is Action.TAKE_HIGHER and (theirs is None or mine > theirs):
        return Severity.WARN  # the higher one is given; the other is to be ended
    return _severity(exclusion.certainty)


def _clash(
    around: Surroundings, data: DeliveryData, exclusion: Exclusion, other: str, period: str
) -> tuple[str, int | None] | None:
    """When something of the other programme was given or runs, and how much."""
    for entry in _mine(around, data, exclusion.scope):
        if entry.programme == other and (exclusion.span is Span.LIFETIME or _same_time(period, data, entry)):
            return format_date(entry.on), entry.worth
    beneficiary = data.person_id if exclusion.scope is Unit.PERSON else data.household_id
    for code, amount, first, last in around.running.get(beneficiary, ()) if beneficiary else ():
        if code == other and (first is None or first <= data.on) and (last is None or last >= data.on):
            return (format_date(first) if first else format_date(data.on)), amount
    return None
