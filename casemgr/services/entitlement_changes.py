"""What a change of class does to the support of a household: what ends, what begins, and a task for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.class_history import LISTED, Standing
from casemgr.domain.entitlement_facts import NEVER
from casemgr.domain.entitlement_marks import Judge
from casemgr.domain.households import HouseholdClass
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue, Programme
from casemgr.domain.support import SupportKind
from casemgr.i18n import _, ngettext
from casemgr.persistence.models import ReviewCase, Task
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import tasks
from casemgr.services.entitlement_bulk import Bulk, homes
from casemgr.services.entitlement_reading import Home, Member, Reading
from casemgr.services.entitlement_rows import Outcome
from casemgr.services.programmes import catalogue

_CHUNK: Final = 500


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


def _changes(
    found: Catalogue, bulk: Bulk, reading: Reading, home: Home, members: Sequence[Member], old: str, new: str
) -> list[SupportChange]:
    """Everything whose result differs between the two classes."""
    was, now = (
        {
            (one.person_id, one.programme): one
            for one in bulk.outcomes(reading, home._replace(standing=standing), members)
        }
        for standing in _standings(home.standing, old, new)
    )
    places: dict[UUID | None, frozenset[str]] = {None: home.receives} | {
        member.id: member.receives for member in members
    }
    changes = []
    for key, after in now.items():
        before = was[key]
        has_place = after.programme in places[after.person_id]
        begins = after.result is not False and not has_place and _rank(after) > _rank(before)
        ends = after.result is not True and (before.result is True or (after.receiving and before.result is not False))
        if begins or (ends and after.result is False):
            changes.append(_change(found, after if begins else before, after, begins=begins))
    return changes


def _rank(outcome: Outcome) -> int:
    return {False: 0, None: 1, True: 2}[outcome.result]


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
