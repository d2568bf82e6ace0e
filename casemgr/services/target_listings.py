"""The poor and near-poor households of a day with their people, and what must be known of everybody on record."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import PolicyFlag
from casemgr.domain.people import Sex, Work
from casemgr.domain.reviews import CaseState, Movement
from casemgr.persistence.models import (
    Household,
    HouseholdIndex,
    Membership,
    Person,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.target_classes import LISTED, Written, recorded_by
from casemgr.services.target_rows import Id, Ids, fetch, ids_of, parts, raw

NO_MINORITY: Final = ("01", "55")
"""Kinh and foreigners."""
GONE: Final = (Movement.POOR_OUT.value, Movement.NEAR_POOR_OUT.value)
_OFF: Final = (*GONE, Movement.NOT_POOR.value)


class Member(NamedTuple):
    """A person of a household on a day."""

    id: Id
    birth: str | None
    merit: bool
    sex: str | None
    ethnic: str | None
    labour: str | None
    work: str | None


class Registered:
    """What must be known of everybody on record, found in one pass: the dead, the young, those of merit, the ended."""

    def __init__(self, uow: UnitOfWork, born_from: int) -> None:
        self.died: dict[Id, str] = {}
        self.young: dict[Id, str] = {}
        """Births from a year on; before it nobody is of school age."""
        self.studying: set[Id] = set()
        merit: set[Id] = set()
        first = str(born_from)
        at_school = Person.work == Work.STUDYING.value
        statement = select(Person.id, Person.birth, Person.died_on, Person.merit, at_school)
        unusual = or_(Person.died_on.is_not(None), Person.merit, Person.birth >= first)
        for person, birth, died, of_merit, studies in fetch(uow, statement.where(unusual)):
            if died:
                self.died[person] = died
            if of_merit:
                merit.add(person)
            if birth and birth >= first:
                self.young[person] = birth
                if studies:
                    self.studying.add(person)
        self.merit = frozenset(merit)
        self.ended: dict[Id, str] = {}
        self.flagged: dict[Id, str] = {}
        """The marks of households that have any: JSON text of codes."""
        homes = select(Household.id, Household.ended_on, Household.flags)
        marked = func.length(Household.flags) > len("[]")
        for home, ended, flags in fetch(uow, homes.where(or_(Household.ended_on.is_not(None), marked))):
            if ended:
                self.ended[home] = ended
            self.flagged[home] = flags

    def alive(self, person: Id, day: str) -> bool:
        """Whether somebody lived on a day (ISO)."""
        return person not in self.died or self.died[person] > day


class Listing:
    """The poor and near-poor households of one day, the same ones the reports of that day count.

    `statistic_sources.standing` says the same of every household with all its columns; it takes three times as long.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        day: date,
        registered: Callable[[], Registered],
        written: Callable[[], Mapping[Id, Written]],
    ) -> None:
        self._uow, self.day, self._registered, self._written = uow, day, registered, written

    @cached_property
    def _read(self) -> tuple[dict[Id, str], dict[Id, str], dict[Id, Id]]:
        """Class, deprivations (JSON text) and deciding review by household; plain values keep the memory quiet."""
        last = self.day.isoformat()
        ended = {home for home, on in self._registered().ended.items() if on <= last}
        values: dict[Id, str] = {}
        lacking: dict[Id, str] = {}
        cases: dict[Id, Id] = {}
        decided = set()
        case = ReviewCase.__table__.c
        newest = func.max(func.printf("%s%s", case.decided_on, func.hex(case.id)))
        statement = (
            select(case.household_id, case.id, case.result_class, case.movement, case.deprivations, newest)
            .where(case.state == CaseState.DECIDED.value, case.decided_on <= self.day)
            .group_by(case.household_id)
        )
        for home, own, value, moved, lacks, _newest in fetch(self._uow, statement):
            decided.add(home)
            if value in LISTED and moved not in _OFF and home not in ended:
                values[home], lacking[home], cases[home] = value, lacks, own
        for home, one in self._written().items():
            if home not in decided and home not in ended:
                values[home], lacking[home] = one
        if later := self._before_a_later_decision():
            written = recorded_by(self._uow, self.day)
            for home, value in later:
                if home not in decided and home not in written and home not in ended:
                    values[home], lacking[home] = value, "[]"
        return values, lacking, cases

    def _before_a_later_decision(self) -> list[tuple[Id, str]]:
        """What later decisions found: a decision within a year writes over the class the year began with."""
        case = ReviewCase.__table__.c
        first = func.min(func.printf("%s%s", case.decided_on, func.hex(case.id)))
        statement = (
            select(case.household_id, case.opening_class, first)
            .where(case.state == CaseState.DECIDED.value, case.decided_on > self.day)
            .where(case.opening_year <= self.day.year + 1)
            .group_by(case.household_id)
        )
        return [(home, value) for home, value, _first in fetch(self._uow, statement) if value in LISTED]

    @property
    def homes(self) -> Mapping[Id, str]:
        """The class of each household."""
        return self._read[0]

    @property
    def lacking(self) -> Mapping[Id, str]:
        """What each household lacks: JSON text of indicator codes."""
        return self._read[1]

    @cached_property
    def _by_lacks(self) -> Mapping[str, Ids]:
        return grouped(self.lacking)

    def lacking_any(self, codes: Iterable[str]) -> Ids:
        """Households that lack one of these indicators."""
        return of_groups(self._by_lacks, codes)

    @property
    def cases(self) -> Mapping[Id, Id]:
        """The review each household was decided by; the others stand by the class written down."""
        return self._read[2]

    def of(self, classes: Iterable[str]) -> Ids:
        """Households of these classes."""
        wanted = frozenset(classes)
        if wanted == frozenset(LISTED):
            return self._everybody
        return frozenset(home for home, value in self.homes.items() if value in wanted)

    @cached_property
    def _everybody(self) -> Ids:
        return frozenset(self.homes)

    @cached_property
    def members(self) -> Mapping[Id, Id]:
        """The people of the day, with their household."""
        return members_of(self._uow, self.homes, self.day, self._registered())

    @cached_property
    def merit(self) -> Ids:
        """Households with a person of merit: by the review, else by their own mark, or by a member of the day."""
        people = [one for one in self._registered().merit if self._registered().alive(one, self.day.isoformat())]
        found: set[Id] = set()
        for part in parts(people):
            of_part = select(Membership.household_id).where(raw(Membership.person_id).in_(part), *_there(self.day))
            found |= ids_of(self._uow, of_part)
        return self._marked("merit", PolicyFlag.MERIT) | (found & self.homes.keys())

    def _said(self, column: str) -> Ids:
        """Households whose deciding review says so."""
        if not self.cases:
            return frozenset()
        own, table = frozenset(self.cases.values()), ReviewCase.__table__.c
        rows = fetch(self._uow, select(table.id, table.household_id).where(table[column]))
        return frozenset(home for case, home in rows if case in own)

    def _written_down(self, homes: Iterable[Id]) -> Ids:
        """Of these, the households of the list that no review decided."""
        return frozenset(home for home in homes if home in self.homes and home not in self.cases)

    def _marked(self, column: str, flag: PolicyFlag) -> Ids:
        """Households the deciding review marked; those of no review by their own flag."""
        flagged = self._registered().flagged
        return self._said(column) | self._written_down(home for home, text in flagged.items() if f'"{flag}"' in text)

    @cached_property
    def _heads(self) -> tuple[Ids, Ids]:
        """Households headed by women, and by members of minorities, as the heads are on record."""
        if len(self.cases) == len(self.homes):
            return frozenset(), frozenset()
        women, minority = Person.sex == Sex.FEMALE.value, Person.ethnic.not_in(NO_MINORITY)
        statement = (
            select(HouseholdIndex.household_id, women, minority)
            .join(Person, Person.id == HouseholdIndex.head_id)
            .where(or_(women, minority))
        )
        found: tuple[set[Id], set[Id]] = (set(), set())
        for home, is_woman, is_minority in fetch(self._uow, statement):
            if is_woman:
                found[0].add(home)
            if is_minority:
                found[1].add(home)
        return frozenset(found[0]), frozenset(found[1])

    @cached_property
    def women(self) -> Ids:
        """Headed by women, as the deciding review says or as the head is on record."""
        return self._said("head_female") | self._written_down(self._heads[0])

    @cached_property
    def minority(self) -> Ids:
        """Of ethnic minorities, as the deciding review says, by the household's own mark or by its head."""
        return self._marked("minority", PolicyFlag.ETHNIC_MINORITY) | self._written_down(self._heads[1])


def grouped(lacking: Mapping[Id, str]) -> Mapping[str, Ids]:
    """Households by what they lack: there are few different texts beside the households."""
    found: dict[str, set[Id]] = {}
    for home, text in lacking.items():
        found.setdefault(text, set()).add(home)
    return {text: frozenset(homes) for text, homes in found.items()}


def of_groups(groups: Mapping[str, Ids], codes: Iterable[str]) -> Ids:
    """Households of the groups whose text names one of the codes."""
    quoted = [f'"{code}"' for code in codes]
    return frozenset().union(*(homes for text, homes in groups.items() if any(code in text for code in quoted)))


def _there(day: date) -> tuple[ColumnElement[bool], ...]:
    """Whether a membership holds on a day."""
    return (
        or_(Membership.joined_on.is_(None), Membership.joined_on <= day),
        or_(Membership.left_on > day, Membership.left_on.is_(None) & Membership.left_reason.is_(None)),
    )


def members_of(uow: UnitOfWork, homes: Iterable[Id], day: date, registered: Registered) -> dict[Id, Id]:
    """The people who belong to these households on a day, neither dead nor gone by then, with their household."""
    last = day.isoformat()
    # One parameter for all ids: the households are looked up, instead of going through everybody on record.
    named = func.json_each(json.dumps([home.hex() for home in homes])).table_valued("value")
    statement = select(Membership.person_id, Membership.household_id).where(
        raw(Membership.household_id).in_(select(func.unhex(named.c.value))), *_there(day)
    )
    found = dict(fetch(uow, statement))
    for person, on in registered.died.items():
        if on <= last:
            found.pop(person, None)
    return found


def persons(uow: UnitOfWork, ids: Iterable[Id]) -> Iterable[Member]:
    """What is on record of these people."""
    columns = (Person.id, Person.birth, Person.merit, Person.sex, Person.ethnic, Person.labour, Person.work)
    for part in parts(list(ids)):
        yield from map(Member._make, fetch(uow, select(*columns).where(raw(Person.id).in_(part))))


def ages(birth: str | None, day: date) -> tuple[int, int] | None:
    """The least and most full years somebody can be; None where no birth is known."""
    if not birth:
        return None
    born = PartialDate.from_iso(birth)
    oldest = born.age_on(day)
    last = (
        born.first_day
        if born.precision == "day"
        else date(born.year, 12, 31)
        if born.month is None
        else date(born.year + born.month // 12, born.month % 12 + 1, 1)
    )
    youngest = day.year - last.year - ((day.month, day.day) < (last.month, last.day))
    return max(0, youngest), oldest


class AgeLimits:
    """Whether births lie within ages on a day; whole dates, which most are, are compared as text."""

    def __init__(self, limits: Sequence[int], day: date) -> None:
        self._limits, self._day = limits, day
        least, most = limits
        self._last = _years_back(day, least)
        self._first = _years_back(day, most + 1)

    def holds(self, birth: str | None) -> bool | None:
        """None where the birth leaves it open."""
        if birth is not None and len(birth) == len("2020-01-31"):
            return self._first < birth <= self._last
        span = ages(birth, self._day)
        if span is None:
            return None
        least, most = self._limits
        if least <= span[0] and span[1] <= most:
            return True
        return False if span[1] < least or span[0] > most else None


def _years_back(day: date, years: int) -> str:
    """The last birthday of whoever is so old on a day."""
    return f"{day.year - years:04d}-{day.month:02d}-{day.day:02d}"
