"""Use cases of entitlements: what a household and its people are entitled to on a day, why, and what is missing."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from casemgr.domain.entitlement_marks import Judge, Marks
from casemgr.domain.permissions import Permission
from casemgr.i18n import _
from casemgr.jobs import Progress, silent, without_collecting
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.entitlement_reading import Home, Member, Reading
from casemgr.services.entitlement_rows import Entitlement, Outcome
from casemgr.services.entitlement_words import Words, closed_by
from casemgr.services.programmes import catalogue

__all__ = ["Entitlement", "Outcome", "entitlements", "of_all", "of_households"]

_CHUNK: Final = 500
_ALL_FROM: Final = 30_000
"""From so many households on, reading every row once is quicker than asking for each."""
_REPORT: Final = 2_000


def entitlements(
    uow: UnitOfWork, household_id: UUID, on: date, *, programmes: Collection[str] | None = None
) -> list[Entitlement]:
    """Every programme of the day for a household and each of its people, in the order of the catalogue."""
    return of_households(uow, [household_id], on, programmes=programmes)


def of_households(
    uow: UnitOfWork, household_ids: Sequence[UUID], on: date, *, programmes: Collection[str] | None = None
) -> list[Entitlement]:
    """The same for some households, e.g. to say why some of a list are left out."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    judge = Judge(found, on, programmes)
    told: list[Entitlement] = []
    for start in range(0, len(household_ids), _CHUNK):
        reading = Reading(uow, found, on, household_ids[start : start + _CHUNK])
        names = reading.names()
        people = dict(reading.members())
        for raw, home in reading.homes.items():
            told += Words(judge, reading, home, people.get(raw, []), names).told()
    return told


def of_all(
    uow: UnitOfWork,
    on: date,
    *,
    programme: str | None = None,
    households: Sequence[UUID] | None = None,
    progress: Progress = silent,
    refused: bool = False,
) -> Iterator[Outcome]:
    """Who is entitled, or may be, without words; `refused` yields those who are not as well."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    judge = Judge(found, on, None if programme is None else (programme,))
    bulk = _Bulk(judge)
    if households is None or len(households) >= _ALL_FROM:
        wanted = None if households is None else frozenset(households)
        parts: list[Sequence[UUID] | None] = [None]
    else:
        wanted = None
        ordered = sorted(households)
        parts = [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]
    done, total = 0, len(households) if households is not None else 0
    with without_collecting():
        for part in parts:
            reading = Reading(uow, found, on, part)
            total = total or len(reading.homes)
            for home, members in _homes(reading):
                done += 1
                if done % _REPORT == 0:
                    progress(done, total, _("Judging entitlements"))
                if wanted is None or home.id in wanted:
                    yield from bulk.outcomes(reading, home, members, refused=refused)


def _homes(reading: Reading) -> Iterator[tuple[Home, list[Member]]]:
    """Every household with its people; those with nobody come last."""
    empty = dict(reading.homes)
    for raw, members in reading.members():
        home = empty.pop(raw, None)
        if home is not None:
            yield home, members
    for home in empty.values():
        yield home, []


class _Bulk:
    """Judges households and people; those alike are marked once."""

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
