"""Judges households and people in large numbers: those alike are marked once, and nothing is put into words."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from casemgr.domain.entitlement_marks import Asked, Judge, Marks
from casemgr.services.entitlement_reading import Home, Member, Reading
from casemgr.services.entitlement_rows import Outcome
from casemgr.services.entitlement_words import closed_by


class Result(NamedTuple):
    """An outcome without whose it is."""

    programme: str
    rule: str
    result: bool | None
    amount: int | None
    received: bool


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
    """The marks of everybody seen so far, and the outcomes they give; `refused` keeps those not entitled as well."""

    def __init__(self, judge: Judge, *, refused: bool) -> None:
        self._judge = judge
        self._refused = refused
        self._edges = judge.age_edges
        self._births: dict[str | None, dict[object, Marks]] = {}
        self._groups: dict[tuple[int, int], dict[object, Marks]] = {}
        self._homes: dict[object, Marks] = {}
        self._results: dict[object, tuple[Result, ...]] = {}

    def outcomes(self, reading: Reading, home: Home, members: Sequence[Member]) -> list[Outcome]:
        """Of a household and each of its people."""
        found: list[Outcome] = []
        household: UUID | None = None
        for member, results in zip((None, *members), self.results(reading, home, members), strict=True):
            if results:
                household, person = household or home.id, None if member is None else member.id
                found += [Outcome(household, person, *result) for result in results]
        return found

    def results(self, reading: Reading, home: Home, members: Sequence[Member]) -> list[Sequence[Result]]:
        """The same without saying whose: of the household, then of each of its people; alike ones are one object."""
        judge = self._judge
        marks = [self.mark(reading, member) for member in members]
        alive = [mark for mark, member in zip(marks, members, strict=True) if member.died is None]
        joined = judge.join(self.mark_home(reading, home), alive)
        counts = judge.counts(alive)
        of_home = self._of(judge.of_households, joined, counts, home.receives, dead=False)
        found = [self._open(reading, of_home, home.raw)]
        for member, mark in zip(members, marks, strict=True):
            own, dead = judge.of_member(joined, mark), member.died is not None
            of_member = self._of(judge.of_people, own, counts, member.receives, dead=dead)
            found.append(self._open(reading, of_member, member.raw))
        return found

    def _of(
        self,
        asked: Sequence[Asked],
        marks: Marks,
        counts: tuple[tuple[int, int], ...],
        receives: frozenset[str],
        *,
        dead: bool,
    ) -> tuple[Result, ...]:
        key = (id(asked), dead, *marks, counts, receives)
        found = self._results.get(key)
        if found is None:
            judge = self._judge
            chosen = judge.choices(asked, marks, counts, dead=dead, receiving=receives)
            found = self._results[key] = tuple(
                Result(code, one.rule.id, one.result, one.amount, code in receives or judge.recorded(code, marks))
                for code, one in chosen.items()
                if self._refused or one.result is not False
            )
        return found

    def _open(self, reading: Reading, results: Sequence[Result], beneficiary: bytes) -> Sequence[Result]:
        """Without what something handed over before closes for good."""
        got = reading.receipts
        if not got.last:
            return results
        known = self._judge.catalogue
        closed = {one for one in results if one.result is True and closed_by(known, got, one.programme, (beneficiary,))}
        if not closed:
            return results
        return [
            one._replace(result=False) if one in closed else one
            for one in results
            if self._refused or one not in closed
        ]

    def mark(self, reading: Reading, member: Member) -> Marks:
        """Of one member."""
        alike = self._births.get(member.birth)
        if alike is None:
            group = reading.age_group(member.birth, self._edges)
            alike = self._births[member.birth] = self._groups.setdefault(group, {})
        key = member.key if reading.bare else member[2:]
        found = alike.get(key)
        if found is None:
            found = alike[key] = self._judge.mark_person(reading.person_facts(member))
        return found

    def mark_home(self, reading: Reading, home: Home) -> Marks:
        """Of one household without its members."""
        found = self._homes.get(home.key)
        if found is None:
            found = self._homes[home.key] = self._judge.mark_household(reading.home_facts(home))
        return found
