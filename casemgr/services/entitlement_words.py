"""The words of entitlements: why and why not, what is still to be asked, which papers are missing, what overlaps."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from uuid import UUID

from casemgr.domain.entitlement_choice import Choice, limits_of
from casemgr.domain.entitlement_facts import Facts
from casemgr.domain.entitlement_marks import Asked, Judge, Marks
from casemgr.domain.entitlements import All, Verdict, evaluate, holds
from casemgr.domain.pack_parts import UNCERTAIN
from casemgr.domain.programmes import Action, Catalogue, Exclusion, Limit, Programme, Rule, Span
from casemgr.domain.support import Unit
from casemgr.i18n import _, format_date
from casemgr.services.entitlement_reading import Home, Member, Reading
from casemgr.services.entitlement_receipts import Receipts
from casemgr.services.entitlement_rows import Entitlement


def closed_by(
    found: Catalogue, got: Receipts, code: str, beneficiaries: Sequence[bytes]
) -> tuple[Exclusion, date] | None:
    """What was handed over before and closes a programme for good; an uncertain text closes nothing."""
    if not got.last:
        return None
    for exclusion in limits_of(found, code, Span.LIFETIME):
        if exclusion.action is Action.BLOCK and exclusion.certainty != UNCERTAIN:
            for beneficiary in beneficiaries:
                day = got.last.get((beneficiary, exclusion.other(code)))
                if day is not None:
                    return exclusion, day
    return None


class Words:
    """One household: its programmes, and those of each of its people, told."""

    def __init__(
        self, judge: Judge, reading: Reading, home: Home, members: Sequence[Member], names: Mapping[UUID, str]
    ) -> None:
        self._judge = judge
        self._found = judge.catalogue
        self._reading = reading
        self._home = home
        self._members = members
        self._people = [reading.person_facts(member, names.get(member.id, "")) for member in members]

    def told(self, *, refused: bool = True) -> list[Entitlement]:
        """In the order of the catalogue, the household before its people; without `refused` those entitled or open."""
        judge, home = self._judge, self._home
        marks = [judge.mark_person(facts) for facts in self._people]
        alive = [place for place, member in enumerate(self._members) if member.died is None]
        own = self._reading.home_facts(home)
        present = tuple(self._people[place] for place in alive)
        facts = Facts(own.values, own.assumed, members=present)
        joined = judge.join(judge.mark_household(own), [marks[place] for place in alive])
        counts = judge.counts([marks[place] for place in alive])
        found: dict[str, list[Entitlement]] = {}
        chosen = judge.choices(judge.of_households, joined, counts, receiving=home.receives)
        for asked in judge.of_households:
            choice = chosen.get(asked.programme.code)
            if choice is not None and (refused or choice.result is not False):
                told = self._tell(asked, choice, facts, None, joined)
                found.setdefault(asked.programme.code, []).append(told)
        for member, person, mark in zip(self._members, self._people, marks, strict=True):
            whole = Facts({**own.values, **person.values}, own.assumed | person.assumed, members=present)
            both = judge.of_member(joined, mark)
            dead = member.died is not None
            chosen = judge.choices(judge.of_people, both, counts, dead=dead, receiving=member.receives)
            for asked in judge.of_people:
                choice = chosen.get(asked.programme.code)
                if choice is not None and (refused or choice.result is not False):
                    told = self._tell(asked, choice, whole, member, both)
                    found.setdefault(asked.programme.code, []).append(told)
        return list(chain.from_iterable(found.get(code, ()) for code in self._found.programmes))

    def _tell(self, asked: Asked, choice: Choice, facts: Facts, member: Member | None, marks: Marks) -> Entitlement:
        programme = asked.programme
        rules = asked.after_death if member is not None and member.died is not None else asked.rules
        result, rule = choice.result, choice.rule
        reason: tuple[str, ...] = ()
        missing: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        before = closed_by(self._found, self._reading.receipts, programme.code, self._whom(member))
        if choice.gives_way is not None:
            reason = (choice.gives_way.text,)
        elif result is True and before is not None:
            exclusion, day = before
            result, reason = False, (exclusion.text, _("Received on {date}.").format(date=format_date(day)))
        elif result is False:
            rule, verdict = self._nearest(rules, facts)
            reason = verdict.reasons
        else:
            verdicts = [self._verdict(one, facts) for one in (choice.rules if result else rules)]
            reason = _once(one.reasons for one in verdicts if result or one.holds is not False)
            missing = (_once(one.missing for one in verdicts), _once(one.missing_facts for one in verdicts))
            if result is None and not missing[0]:
                reason = _once((*(one.reasons for one in verdicts), (_("The rule itself is not certain."),)))
        receives = self._home.receives if member is None else member.receives
        receiving = programme.code in receives or self._judge.recorded(programme.code, marks)
        return Entitlement(
            programme=programme.code,
            household_id=self._home.id,
            person_id=member.id if member else None,
            result=result,
            amount=choice.amount if result else None,
            limit=rule.amount.limit if rule.amount else Limit.EXACT,
            period=rule.period,
            rule=rule.id,
            rule_title=rule.title,
            reason=reason,
            citation=rule.citation,
            missing=missing[0],
            missing_facts=missing[1],
            papers=() if result is False or receiving else self._papers(choice.rules, facts),
            receiving=receiving,
            received_on=self._received_on(programme, member),
            conflicts=self._conflicts(programme, member, receives) if result else (),
            certainty=self._found.certainty(rule, self._reading.on),
            interest=self._found.interest(rule, self._reading.on),
        )

    def _verdict(self, rule: Rule, facts: Facts) -> Verdict:
        return evaluate(All((rule.scope, rule.condition)), facts, self._found.facts)

    def _nearest(self, rules: Sequence[Rule], facts: Facts) -> tuple[Rule, Verdict]:
        """Of the rules that do not hold the one that fails by the least."""
        judged = [(rule, self._verdict(rule, facts)) for rule in rules]
        return min(judged, key=lambda pair: len(pair[1].reasons))

    def _papers(self, rules: Sequence[Rule], facts: Facts) -> tuple[str, ...]:
        return _once(
            (paper.text for paper in rule.papers if paper.on_file is None or holds(paper.on_file, facts) is not True)
            for rule in rules
        )

    def _whom(self, member: Member | None) -> tuple[bytes, ...]:
        return (self._home.raw,) if member is None else (member.raw,)

    def _received_on(self, programme: Programme, member: Member | None) -> date | None:
        return self._reading.receipts.last.get((member.raw if member else self._home.raw, programme.code))

    def _conflicts(self, programme: Programme, member: Member | None, receives: frozenset[str]) -> tuple[str, ...]:
        found: list[str] = []
        for exclusion in limits_of(self._found, programme.code, Span.LIFETIME):
            whom = [self._home.raw, *(one.raw for one in self._members)] if exclusion.scope is Unit.HOUSEHOLD else []
            other = exclusion.other(programme.code)
            for beneficiary in whom or self._whom(member):
                day = self._reading.receipts.last.get((beneficiary, other))
                if day is not None and (exclusion.action is Action.WARN or exclusion.certainty == UNCERTAIN):
                    title = self._found.programme(other).title
                    told = _("{programme}: received on {date}.").format(programme=title, date=format_date(day))
                    found += [exclusion.text, told]
        for exclusion in limits_of(self._found, programme.code, Span.PERIOD):
            other = exclusion.other(programme.code)
            if other != programme.code and other in receives:
                title = self._found.programme(other).title
                found += [exclusion.text, _("{programme}: being received.").format(programme=title)]
        return tuple(dict.fromkeys(found))


def _once(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Each text once, in order."""
    return tuple(dict.fromkeys(chain.from_iterable(parts)))
