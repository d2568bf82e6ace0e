"""Judges households and people in large numbers: those alike are marked once, and nothing is put into words."""

from collections.abc import Iterator, Sequence

from casemgr.domain.entitlement_marks import Judge, Marks
from casemgr.services.entitlement_reading import Home, Member, Reading
from casemgr.services.entitlement_rows import Outcome
from casemgr.services.entitlement_words import closed_by


def homes(reading: Reading) -> Iterator[tuple[Home, list[Member]]]:
    """Every household with its people; those with nobody come last."""
    empty = dict(reading.homes)
    for raw, members in reading.members():
        home = empty.pop(raw, None)
        if home is not None:
            yield home, members
    for home in empty.values():
        yield home, []


class Bulk:
    """The marks of everybody seen so far, and the outcomes they give."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._edges = judge.age_edges
        self._people: dict[object, Marks] = {}
        self._homes: dict[object, Marks] = {}

    def outcomes(self, reading: Reading, home: Home, members: Sequence[Member], *, refused: bool) -> Iterator[Outcome]:
        """Of a household and each of its people."""
        judge = self._judge
        marks = [self.mark(reading, member) for member in members]
        alive = [mark for mark, member in zip(marks, members, strict=True) if member.died is None]
        joined = judge.join(self.mark_home(reading, home), alive)
        counts = judge.counts(alive)
        chosen = judge.choices(judge.of_households, joined, counts, receiving=home.receives)
        for code, choice in chosen.items():
            result = choice.result
            if result is True and closed_by(judge.catalogue, reading.receipts, code, (home.id,)):
                result = False
            if refused or result is not False:
                yield Outcome(home.id, None, code, choice.rule.id, result, choice.amount, code in home.receives)
        for member, mark in zip(members, marks, strict=True):
            own, dead = judge.of_member(joined, mark), member.died is not None
            chosen = judge.choices(judge.of_people, own, counts, dead=dead, receiving=member.receives)
            for code, choice in chosen.items():
                result = choice.result
                if result is True and closed_by(judge.catalogue, reading.receipts, code, (member.id,)):
                    result = False
                if refused or result is not False:
                    got = code in member.receives or judge.recorded(code, own)
                    yield Outcome(home.id, member.id, code, choice.rule.id, result, choice.amount, got)

    def mark(self, reading: Reading, member: Member) -> Marks:
        """Of one member."""
        group = reading.age_group(member.birth, self._edges)
        key = (group, member.key, member.card, member.noted, member.receives)
        found = self._people.get(key)
        if found is None:
            found = self._people[key] = self._judge.mark_person(reading.person_facts(member))
        return found

    def mark_home(self, reading: Reading, home: Home) -> Marks:
        """Of one household without its members."""
        found = self._homes.get(home.key)
        if found is None:
            found = self._homes[home.key] = self._judge.mark_household(reading.home_facts(home))
        return found
