"""What a change of class does to the support of a household: what ends, what begins, and a task for each.

Of many changes at once, e.g. those a standard on trial would make, only which households each programme begins or ends
for (`effects`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.class_history import LISTED, Standing
from casemgr.domain.entitlement_facts import NEVER
from casemgr.domain.entitlement_marks import Judge
from casemgr.domain.households import HouseholdClass
from casemgr.domain.idlist import IdList
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue, Programme
from casemgr.domain.support import SupportKind
from casemgr.i18n import N_, _, ngettext
from casemgr.jobs import Progress, silent, without_collecting
from casemgr.persistence.models import ReviewCase, Task
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import tasks
from casemgr.services.entitlement_bulk import Bulk, Result, homes
from casemgr.services.entitlement_reading import Home, Member, Reading
from casemgr.services.entitlement_rows import Outcome
from casemgr.services.programmes import catalogue

_CHUNK: Final = 500
_ALL_FROM: Final = 12_000
"""From so many households on, reading every row once is quicker than asking for each."""
_RANK: Final = {False: 0, None: 1, True: 2}
BEGINS, MAY_BEGIN, ENDS = "begins", "may_begin", "ends"

EFFECT_LABELS: Final = {BEGINS: N_("Begins"), MAY_BEGIN: N_("May begin"), ENDS: N_("Ends")}

ClassChange = tuple[UUID, HouseholdClass, HouseholdClass]
"""Household, class before, class after."""


@dataclass(frozen=True)
class SupportChange:
    """One programme of one beneficiary that ends or begins with the new class."""

    programme: str
    household_id: UUID
    person_id: UUID | None
    begins: bool
    sure: bool
    """False: it may begin, a fact is missing."""
    receiving: bool
    rule: str
    citation: str
    amount: int | None


@dataclass(frozen=True)
class ProgrammeEffect:
    """What happens to one programme when many households change class."""

    programme: str
    title: str
    begins: Sequence[UUID]
    """Households where it begins for the household or one of its people."""
    may_begin: Sequence[UUID]
    """Where it may: a fact is missing."""
    ends: Sequence[UUID]
    begins_for: int
    """Beneficiaries: households or people, as the programme counts."""
    ends_for: int

    @property
    def lists(self) -> tuple[tuple[str, Sequence[UUID], int | None], ...]:
        """What happens, the households behind it and for how many beneficiaries; None: not settled for whom."""
        told = (
            (BEGINS, self.begins, self.begins_for),
            (MAY_BEGIN, self.may_begin, None),
            (ENDS, self.ends, self.ends_for),
        )
        return tuple(one for one in told if one[1])


def class_effects(
    uow: UnitOfWork, household_id: UUID, old: HouseholdClass, new: HouseholdClass, on: date
) -> tuple[tuple[SupportChange, ...], tuple[SupportChange, ...]]:
    """What ends and what begins when the class of a household changes on a day."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    reading = Reading(uow, found, on, [household_id])
    bulk = Bulk(Judge(found, on), refused=True)
    changes = [
        change
        for home, members in homes(reading)
        for change in _changes(found, bulk, reading, home, members, old.value, new.value)
    ]
    return tuple(one for one in changes if not one.begins), tuple(one for one in changes if one.begins)


def open_tasks(uow: UnitOfWork, household_ids: Sequence[UUID], on: date, cause_id: UUID | None) -> int:
    """A task for every support that ends or begins with the class these households have from that day.

    `cause_id` is the decision: the class before is the one its review started from, without it that of the day before.
    Returns how many were opened; what is open already is not opened again.
    """
    uow.require(Permission.ISSUE)  # it follows from a decision, and who may sign it may be a leader without EDIT
    uow.session.flush()
    found = catalogue(uow)
    followed = [code for code, one in found.programmes.items() if one.follow]
    bulk = Bulk(Judge(found, on, followed), refused=True)
    rows: list[dict[str, object]] = []
    ordered = sorted(set(household_ids))
    for start in range(0, len(ordered), _CHUNK):
        part = ordered[start : start + _CHUNK]
        before = _before(uow, found, part, on, cause_id)
        changed = [one for one in part if one in before]
        if not changed:
            continue
        reading = Reading(uow, found, on, changed)
        waiting = _waiting(uow, changed)
        for home, members in homes(reading):
            old, new = before[home.id], home.standing.value
            if old != new:
                changes = _changes(found, bulk, reading, home, members, old, new)
                rows += _rows(found, changes, waiting, on, cause_id)
    uow.insert_many(Task, rows)
    if rows:
        uow.name_step("task.open", undoable=True)
    return len(rows)


def effects(
    uow: UnitOfWork, changes: Sequence[ClassChange], on: date, progress: Progress = silent
) -> tuple[ProgrammeEffect, ...]:
    """What the programmes of a day would do if these households changed class: those that begin or end for any."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    weighing = _Weighing(found, Bulk(Judge(found, on), refused=True))
    told = {household.bytes: (old.value, new.value) for household, old, new in changes}
    ordered = sorted(told)
    parts: list[list[UUID] | None] = [None]
    if len(ordered) < _ALL_FROM:
        parts = [
            [UUID(bytes=raw) for raw in ordered[start : start + _CHUNK]] for start in range(0, len(ordered), _CHUNK)
        ]
    done = 0
    progress(0, len(ordered), _("Judging entitlements"))
    with without_collecting():
        for part in parts:
            reading = Reading(uow, found, on, part)
            for home, members in homes(reading):
                if home.raw not in told:
                    continue
                if done % _CHUNK == 0:
                    progress(done, len(ordered), _("Judging entitlements"))
                done += 1
                weighing.weigh(reading, home, members, *told[home.raw])
    return weighing.told()


class _Weighing:
    """Gathers the households of each programme; beneficiaries that change alike are compared once."""

    def __init__(self, found: Catalogue, bulk: Bulk) -> None:
        self._catalogue, self._bulk = found, bulk
        self._seen: dict[tuple[int, int, frozenset[str]], tuple[tuple[str, str], ...]] = {}
        self._homes: dict[tuple[str, str], list[bytes]] = {}
        self._people: dict[tuple[str, str], int] = {}

    def weigh(self, reading: Reading, home: Home, members: Sequence[Member], old: str, new: str) -> None:
        """Add one household."""
        was, now = (
            self._bulk.results(reading, home._replace(standing=standing), members)
            for standing in _standings(home.standing, old, new)
        )
        receives = (home.receives, *(member.receives for member in members))
        for before, after, has in zip(was, now, receives, strict=True):
            if before is not after:
                for key in self._differing(before, after, has):
                    self._people[key] = self._people.get(key, 0) + 1
                    raws = self._homes.setdefault(key, [])
                    if not raws or raws[-1] != home.raw:
                        raws.append(home.raw)

    def _differing(
        self, before: Sequence[Result], after: Sequence[Result], has: frozenset[str]
    ) -> tuple[tuple[str, str], ...]:
        """Programme and what happens to it; results that live as long as the judge are compared once."""
        lasting = isinstance(before, tuple) and isinstance(after, tuple)
        key = id(before), id(after), has
        if lasting and key in self._seen:
            return self._seen[key]
        found = tuple(
            (now.programme, ENDS if not begins else BEGINS if now.result else MAY_BEGIN)
            for _was, now, begins in _differing(before, after, has)
        )
        if lasting:
            self._seen[key] = found
        return found

    def told(self) -> tuple[ProgrammeEffect, ...]:
        """The programmes in the order of the catalogue."""
        touched = {code for code, _what in self._homes}
        return tuple(
            ProgrammeEffect(
                programme=code,
                title=one.title,
                begins=IdList(self._homes.get((code, BEGINS), ())),
                may_begin=IdList(self._sure_left_out(code)),
                ends=IdList(self._homes.get((code, ENDS), ())),
                begins_for=self._people.get((code, BEGINS), 0),
                ends_for=self._people.get((code, ENDS), 0),
            )
            for code, one in self._catalogue.programmes.items()
            if code in touched
        )

    def _sure_left_out(self, code: str) -> list[bytes]:
        """Where it may begin, without households where it begins for somebody else of them."""
        sure = frozenset(self._homes.get((code, BEGINS), ()))
        return [raw for raw in self._homes.get((code, MAY_BEGIN), ()) if raw not in sure]


def _changes(
    found: Catalogue, bulk: Bulk, reading: Reading, home: Home, members: Sequence[Member], old: str, new: str
) -> list[SupportChange]:
    """Everything whose result differs between the two classes."""
    was, now = (
        bulk.results(reading, home._replace(standing=standing), members)
        for standing in _standings(home.standing, old, new)
    )
    changes = []
    for member, before, after in zip((None, *members), was, now, strict=True):
        has, person = (home.receives, None) if member is None else (member.receives, member.id)
        for former, latter, begins in _differing(before, after, has):
            told, present = (Outcome(home.id, person, *one) for one in (latter if begins else former, latter))
            changes.append(_change(found, told, present, begins=begins))
    return changes


def _differing(
    before: Sequence[Result], after: Sequence[Result], has: frozenset[str]
) -> Iterator[tuple[Result, Result, bool]]:
    """Results of one beneficiary that begin (True) or end; what has a place already does not begin."""
    was = {one.programme: one for one in before}
    for now in after:
        former = was[now.programme]
        if now.result is not False:
            if now.programme not in has and _RANK[now.result] > _RANK[former.result]:
                yield former, now, True
        elif former.result is True or (now.received and former.result is not False):
            yield former, now, False


def _standings(present: Standing, old: str, new: str) -> tuple[Standing, Standing]:
    """How the household stood before and stands after; whoever leaves the list has left it today."""
    left = 0 if old in LISTED and new not in LISTED else present.months_off
    return (
        Standing(old, NEVER if old in LISTED or new in LISTED else present.months_off, present.deprivations),
        Standing(new, NEVER if new in LISTED else left, present.deprivations),
    )


def _change(found: Catalogue, told: Outcome, after: Outcome, *, begins: bool) -> SupportChange:
    rule = found.rules[told.rule]
    return SupportChange(
        programme=told.programme,
        household_id=told.household_id,
        person_id=told.person_id,
        begins=begins,
        sure=after.result is not None,
        receiving=after.receiving,
        rule=rule.id,
        citation=rule.citation,
        amount=told.amount,
    )


def _before(
    uow: UnitOfWork, found: Catalogue, household_ids: Sequence[UUID], on: date, cause_id: UUID | None
) -> Mapping[UUID, str]:
    """The class of each household before the change."""
    known: dict[UUID, str] = {}
    if cause_id is not None:
        rows = uow.session.execute(
            select(ReviewCase.household_id, ReviewCase.opening_class).where(
                ReviewCase.decision_id == cause_id, ReviewCase.household_id.in_(household_ids)
            )
        )
        known = {row.household_id: row.opening_class for row in rows}
    rest = [one for one in household_ids if one not in known]
    if rest:
        earlier = Reading(uow, found, on - timedelta(days=1), rest)
        known |= {home.id: home.standing.value for home in earlier.homes.values()}
    return known


def _waiting(uow: UnitOfWork, household_ids: Sequence[UUID]) -> set[tuple[UUID | None, UUID | None, str, str]]:
    rows = uow.session.execute(
        select(Task.household_id, Task.person_id, Task.programme, Task.kind).where(
            Task.household_id.in_(household_ids), Task.status == tasks.OPEN
        )
    )
    return {(row.household_id, row.person_id, row.programme, row.kind) for row in rows}


def _rows(
    found: Catalogue,
    changes: Iterable[SupportChange],
    waiting: set[tuple[UUID | None, UUID | None, str, str]],
    on: date,
    cause_id: UUID | None,
) -> list[dict[str, object]]:
    """One task for each, for cards one per household; what comes once or runs out by itself is not stopped."""
    grouped: dict[tuple[UUID | None, str, str, bool], list[SupportChange]] = {}
    for change in changes:
        programme = found.programme(change.programme)
        kind = tasks.BEGIN_SUPPORT if change.begins else tasks.END_SUPPORT
        person = None if programme.kind is SupportKind.CARD else change.person_id
        if (change.begins or programme.recurring) and (
            change.household_id,
            person,
            change.programme,
            kind,
        ) not in waiting:
            grouped.setdefault((person, change.programme, kind, change.sure), []).append(change)
    return [
        tasks.values(
            tasks.TaskData(
                title=_title(found.programme(code), kind, len(group), sure=sure),
                due_on=on + timedelta(days=found.programme(code).due_days),
                kind=kind,
                household_id=group[0].household_id,
                person_id=person,
                programme=code,
                cause_id=cause_id,
                note=group[0].citation,
            )
        )
        for (person, code, kind, sure), group in grouped.items()
    ]


def _title(programme: Programme, kind: str, people: int, *, sure: bool) -> str:
    if kind == tasks.END_SUPPORT:
        message = _("Stop the support: {programme}")
    else:
        message = _("Start the support: {programme}") if sure else _("Check whether entitled now: {programme}")
    title = message.format(programme=programme.title)
    if people == 1:
        return title
    told = ngettext("{title} ({count} person)", "{title} ({count} people)", people)
    return told.format(title=title, count=people)
