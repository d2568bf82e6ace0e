"""Cases in steps as a list: who waits for what since when, and the same as sums by step and by hamlet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.households import household_code
from casemgr.domain.permissions import Permission
from casemgr.domain.staged import steps_of
from casemgr.domain.text import fold
from casemgr.i18n import N_, _
from casemgr.persistence.models import Enrolment, HouseholdIndex, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import staged
from casemgr.services.offices import hamlet_names
from casemgr.services.programmes import catalogue

_PART: Final = 500


class By(StrEnum):
    """What cases are summed by."""

    STEP = "step"
    HAMLET = "hamlet"


BY_LABELS: Final = {By.STEP: N_("Sums by step"), By.HAMLET: N_("Sums by hamlet")}


@dataclass(frozen=True)
class CaseLine:
    """One case in the words of a list."""

    enrolment_id: UUID
    household_id: UUID
    code: str
    """Of the household."""
    head: str
    person: str
    """Whose case it is; empty for the whole household."""
    hamlet: str
    programme: str
    """Its code."""
    title: str
    reached: str
    """The last step; empty when none is."""
    since: date | None
    days: int | None
    """How long it has waited."""
    step: str
    """Code of the next step; empty when it is over."""
    waits_for: str
    place: int
    """Of the next step in the order of the programme."""
    pays: bool
    """Whether the next step is a payment."""
    amount: int | None
    """Đồng that were decided."""


@dataclass(frozen=True)
class CaseSum:
    """Cases of a programme that wait for the same step."""

    hamlet: str
    """Empty: of all hamlets."""
    programme: str
    title: str
    step: str
    waits_for: str
    count: int
    oldest: date | None
    """Since when the first of them waits."""
    amount: int


def case_lines(uow: UnitOfWork, *, programme: str = "", over: bool = False) -> list[CaseLine]:
    """Cases by programme and next step, those that wait longest first; `over` takes in those that ended."""
    uow.require(Permission.READ)
    rows, found = staged.cases(uow, programme=programme, over=over), catalogue(uow)
    homes, cases = _homes(uow, {row.household_id for row in rows}), _cases(uow, [row.enrolment_id for row in rows])
    hamlets = hamlet_names(uow)
    ways = {code: steps_of(one) for code, one in found.programmes.items()}
    order = {code: {step.code: place for place, step in enumerate(way)} for code, way in ways.items()}
    labels = {code: {step.code: step.label for step in way} for code, way in ways.items()}
    pays = {code: {step.code for step in way if step.pays} for code, way in ways.items()}
    made = []
    for row in rows:
        code, head = homes.get(row.household_id, ("", ""))
        person, amount = cases.get(row.enrolment_id, ("", None))
        made.append(
            CaseLine(
                enrolment_id=row.enrolment_id,
                household_id=row.household_id,
                code=code,
                head=head,
                person=person,
                hamlet=hamlets.get(row.hamlet_id, "") if row.hamlet_id else "",
                programme=row.programme,
                title=found.programme(row.programme).title,
                reached=labels[row.programme].get(row.reached, ""),
                since=row.since,
                days=(uow.today - row.since).days if row.since and row.waits_for else None,
                step=row.waits_for,
                waits_for=labels[row.programme].get(row.waits_for, ""),
                place=order[row.programme].get(row.waits_for, len(order[row.programme])),
                pays=row.waits_for in pays[row.programme],
                amount=amount,
            )
        )
    return sorted(made, key=lambda one: (one.programme, one.place, one.since or date.min, fold(one.head)))


def sums(lines: Iterable[CaseLine], by: By) -> list[CaseSum]:
    """How many wait for each step, in the order of the list; by hamlet as well."""
    groups: dict[tuple[str, str, int, str], list[CaseLine]] = {}
    for one in lines:
        hamlet = (one.hamlet or _("No hamlet")) if by is By.HAMLET else ""
        groups.setdefault((hamlet, one.programme, one.place, one.step), []).append(one)
    keys = sorted(groups, key=lambda key: (fold(key[0]), *key[1:]))
    return [_sum(key[0], groups[key]) for key in keys]


def _sum(hamlet: str, group: list[CaseLine]) -> CaseSum:
    first = group[0]
    days = [one.since for one in group if one.since is not None]
    return CaseSum(
        hamlet=hamlet,
        programme=first.programme,
        title=first.title,
        step=first.step,
        waits_for=first.waits_for,
        count=len(group),
        oldest=min(days, default=None),
        amount=sum(one.amount or 0 for one in group),
    )


def _homes(uow: UnitOfWork, ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """Code and head of households."""
    found: dict[UUID, tuple[str, str]] = {}
    ordered = list(ids)
    for start in range(0, len(ordered), _PART):
        for one in uow.session.scalars(
            select(HouseholdIndex).where(HouseholdIndex.household_id.in_(ordered[start : start + _PART]))
        ):
            found[one.household_id] = (household_code(one.number), one.head_name)
    return found


def _cases(uow: UnitOfWork, ids: list[UUID]) -> dict[UUID, tuple[str, int | None]]:
    """Name of the person and decided amount of cases."""
    found: dict[UUID, tuple[str, int | None]] = {}
    for start in range(0, len(ids), _PART):
        rows = select(Enrolment.id, Person.full_name, Enrolment.amount).outerjoin(
            Person, Person.id == Enrolment.person_id
        )
        for case, name, amount in uow.session.execute(rows.where(Enrolment.id.in_(ids[start : start + _PART]))):
            found[case] = (name or "", amount)
    return found
