"""All rules of a day judged for very many people at once: facts become marks, people marked alike are judged once.

Every comparison of the rules has a place in a number: one number holds what is true, another what is not known. Marks
of members are joined for the household, marks of the household and of one member for that member.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from casemgr.domain.entitlement_choice import Choice, Judged, choose, doubtful, higher_ones, rivals
from casemgr.domain.entitlement_facts import About, Facts
from casemgr.domain.entitlements import AnyOf, Condition, Leaf, Not, SomeMember, compare, holds
from casemgr.domain.programmes import Catalogue, Programme, Rule
from casemgr.domain.support import Unit

Marks = tuple[int, int]
"""What is true, and what is not known."""
Test = Callable[[int, int], bool | None]


@dataclass(frozen=True)
class Asked:
    """A programme with its rules of the day."""

    programme: Programme
    rules: tuple[Rule, ...]
    after_death: tuple[Rule, ...]


class Judge:
    """Judges the rules of one day."""

    def __init__(self, catalogue: Catalogue, on: date, programmes: Collection[str] | None = None) -> None:
        self.catalogue = catalogue
        self.on = on
        self._places: dict[Condition, int] = {}
        self._tests: dict[str, tuple[Test, Test]] = {}
        self._counted: dict[str, int] = {}
        self._recorded: dict[str, int] = {}
        self.of_people: list[Asked] = []
        self.of_households: list[Asked] = []
        self._wanted = frozenset(catalogue.programmes if programmes is None else programmes)
        judged = self._wanted | rivals(catalogue, self._wanted)
        for code, programme in catalogue.programmes.items():
            rules = catalogue.rules_on(code, on)
            if programme.entitles and rules and code in judged:
                self._ask(programme, rules)
        leaves = [(place, node) for node, place in self._places.items() if isinstance(node, Leaf)]
        self._person = [(1 << place, leaf) for place, leaf in leaves if self._about(leaf) is About.PERSON]
        self._household = [(1 << place, leaf) for place, leaf in leaves if self._about(leaf) is not About.PERSON]
        self._members = [
            (1 << place, node.part) for node, place in self._places.items() if isinstance(node, SomeMember)
        ]
        self._joined = sum(bit for bit, _part in self._members)
        self._chosen: dict[tuple[int, int, int, tuple[tuple[int, int], ...], frozenset[str]], dict[str, Choice]] = {}

    def _ask(self, programme: Programme, rules: Sequence[Rule]) -> None:
        asked = Asked(
            programme,
            tuple(rule for rule in rules if not rule.after_death),
            tuple(rule for rule in rules if rule.after_death),
        )
        (self.of_people if programme.unit is Unit.PERSON else self.of_households).append(asked)
        if programme.recorded_by:
            self._recorded[programme.code] = 1 << self._place(Leaf(programme.recorded_by, frozenset({True})))
        for rule in rules:
            self._tests[rule.id] = (self._test(rule.scope), self._test(rule.condition))
            if rule.amount is not None and rule.amount.each is not None:
                self._counted[rule.id] = self._place(SomeMember(rule.amount.each))

    def _about(self, leaf: Leaf) -> About:
        return self.catalogue.facts[leaf.fact].about

    def _place(self, node: Condition) -> int:
        return self._places.setdefault(node, len(self._places))

    def _test(self, condition: Condition) -> Test:
        if isinstance(condition, Leaf | SomeMember):
            return partial(_bit, 1 << self._place(condition))
        if isinstance(condition, Not):
            return partial(_not, self._test(condition.part))
        tests = tuple(self._test(part) for part in condition.parts)
        return partial(_any if isinstance(condition, AnyOf) else _all, tests)

    @property
    def age_edges(self) -> tuple[int, ...]:
        """Ages at which some answer changes: people between two of them are alike."""
        return self._edges("age")

    def _edges(self, fact: str) -> tuple[int, ...]:
        found = {0}
        for node in self._all_leaves():
            if node.fact == fact:
                found |= {edge for edge in (node.low, None if node.high is None else node.high + 1) if edge is not None}
        return tuple(sorted(found))

    def _all_leaves(self) -> list[Leaf]:
        found: list[Leaf] = []
        waiting: list[Condition] = list(self._places)
        while waiting:
            node = waiting.pop()
            if isinstance(node, Leaf):
                found.append(node)
            elif isinstance(node, Not | SomeMember):
                waiting.append(node.part)
            else:
                waiting += node.parts
        return found

    def mark_person(self, facts: Facts) -> Marks:
        """The marks of one member."""
        true = unknown = 0
        for bit, leaf in self._person:
            found = compare(leaf, facts.values.get(leaf.fact))
            if found:
                true |= bit
            elif found is None:
                unknown |= bit
        for bit, part in self._members:
            found = holds(part, facts)
            if found:
                true |= bit
            elif found is None:
                unknown |= bit
        return true, unknown

    def mark_household(self, facts: Facts) -> Marks:
        """The marks of a household without its members."""
        true = unknown = 0
        for bit, leaf in self._household:
            found = compare(leaf, facts.values.get(leaf.fact))
            if found:
                true |= bit
            elif found is None:
                unknown |= bit
        return true, unknown

    def join(self, household: Marks, members: Sequence[Marks]) -> Marks:
        """The household with what its members, taken together, say of it."""
        true, unknown = household
        if self._joined:
            some_true = some_unknown = 0
            for member_true, member_unknown in members:
                some_true |= member_true
                some_unknown |= member_unknown
            some_true &= self._joined
            true |= some_true
            unknown |= some_unknown & self._joined & ~some_true
        return true, unknown

    def of_member(self, joined: Marks, member: Marks) -> Marks:
        """One member with her household."""
        keep = ~self._joined
        return joined[0] | member[0] & keep, joined[1] | member[1] & keep

    def counts(self, members: Sequence[Marks]) -> tuple[tuple[int, int], ...]:
        """For every rule that pays per member: how many there are at least and at most."""
        found = []
        for place in self._counted.values():
            bit = 1 << place
            sure = sum(1 for true, _unknown in members if true & bit)
            maybe = sum(1 for _true, unknown in members if unknown & bit)
            found.append((sure, sure + maybe))
        return tuple(found)

    def recorded(self, programme: str, marks: Marks) -> bool:
        """Whether the record of the beneficiary itself says that it is received."""
        return bool(marks[0] & self._recorded.get(programme, 0))

    def results(self, rule: Rule, marks: Marks) -> bool | None:
        """The result of one rule."""
        scope, condition = self._tests[rule.id]
        return doubtful(rule, scope(*marks), condition(*marks))

    def choices(
        self,
        asked: Sequence[Asked],
        marks: Marks,
        counts: tuple[tuple[int, int], ...],
        *,
        dead: bool = False,
        receiving: frozenset[str] = frozenset(),
    ) -> Mapping[str, Choice]:
        """What each programme gives a beneficiary with these marks, by code; the higher of two is already taken."""
        key = (id(asked) if not dead else -id(asked), *marks, counts, receiving)
        found = self._chosen.get(key)
        if found is None:
            found = self._chosen[key] = self._choices(asked, marks, counts, receiving, dead=dead)
        return found

    def _choices(
        self,
        asked: Sequence[Asked],
        marks: Marks,
        counts: tuple[tuple[int, int], ...],
        receiving: frozenset[str],
        *,
        dead: bool,
    ) -> dict[str, Choice]:
        counted = dict(zip(self._counted, counts, strict=True))
        found: dict[str, Choice] = {}
        for one in asked:
            rules = one.after_death if dead else one.rules
            if rules:
                found[one.programme.code] = choose([self._judged(rule, marks, counted) for rule in rules])
        for code, exclusion in higher_ones(self.catalogue, found, tuple(receiving)).items():
            found[code] = Choice(False, found[code].rules, found[code].amount, exclusion)
        return {code: choice for code, choice in found.items() if code in self._wanted}

    def _judged(self, rule: Rule, marks: Marks, counted: Mapping[str, tuple[int, int]]) -> Judged:
        result = self.results(rule, marks)
        if result is not True:
            return Judged(rule, result, None)
        fewest, most = counted.get(rule.id, (1, 1))
        amount = self.catalogue.amount(rule.amount, self.on, fewest) if fewest == most else None
        return Judged(rule, True, amount, self.catalogue.interest(rule, self.on))


def _bit(bit: int, true: int, unknown: int) -> bool | None:
    if true & bit:
        return True
    return None if unknown & bit else False


def _not(test: Test, true: int, unknown: int) -> bool | None:
    found = test(true, unknown)
    return None if found is None else not found


def _all(tests: tuple[Test, ...], true: int, unknown: int) -> bool | None:
    result: bool | None = True
    for test in tests:
        found = test(true, unknown)
        if found is False:
            return False
        if found is None:
            result = None
    return result


def _any(tests: tuple[Test, ...], true: int, unknown: int) -> bool | None:
    result: bool | None = False
    for test in tests:
        found = test(true, unknown)
        if found is True:
            return True
        if found is None:
            result = None
    return result
