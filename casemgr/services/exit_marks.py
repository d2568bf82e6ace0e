"""Whether poor households with a person of merit can leave poverty: marked with date and reason (target I16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from casemgr.domain.exit_marks import ExitClass
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, person_sort_key
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import ExitMark, Household, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import sponsors
from casemgr.services.keeping import homes_of
from casemgr.services.statistic_sources import CONDITIONS, standing


@dataclass(frozen=True)
class MarkRow:
    """A poor household with a person of merit as it is marked on the day."""

    household_id: UUID
    code: str
    head: str
    hamlet: str
    value: ExitClass
    on: date | None
    """Of the mark; None while there is none."""
    reason: str
    sponsored: bool


@dataclass(frozen=True)
class Mark:
    """One mark as it was noted."""

    value: ExitClass
    on: date
    reason: str


@dataclass(frozen=True)
class Partition:
    """Poor households with a person of merit on a day, sorted: the three parts always make the whole."""

    whole: frozenset[UUID]
    protected: frozenset[UUID]
    able: frozenset[UUID]
    unsorted: frozenset[UUID]
    sponsored: frozenset[UUID]
    """Of the whole, with a sponsorship that holds on the day."""

    @property
    def sponsored_protected(self) -> frozenset[UUID]:
        """Sponsored of those who live on social protection."""
        return self.sponsored & self.protected

    @property
    def sponsored_outside(self) -> frozenset[UUID]:
        """Sponsored, but not marked as living on social protection: to be looked at."""
        return self.sponsored - self.protected

    def of(self, value: ExitClass) -> frozenset[UUID]:
        """One part."""
        return {
            ExitClass.PROTECTED: self.protected,
            ExitClass.ABLE: self.able,
            ExitClass.UNSORTED: self.unsorted,
        }[value]


def partition(uow: UnitOfWork, on: date) -> Partition:
    """The poor households with a person of merit on a day by their newest mark."""
    uow.require(Permission.READ)
    whole = _poor_with_merit(uow, on)
    marks = _newest(uow, on)
    parts = {value: frozenset(one for one in whole if _value(marks, one) is value) for value in ExitClass}
    return Partition(
        whole=whole,
        protected=parts[ExitClass.PROTECTED],
        able=parts[ExitClass.ABLE],
        unsorted=parts[ExitClass.UNSORTED],
        sponsored=sponsors.sponsored(uow, on) & whole,
    )


def rows(uow: UnitOfWork, on: date) -> list[MarkRow]:
    """The households of the partition in Vietnamese order of their heads."""
    made = partition(uow, on)
    marks, homes = _newest(uow, on), homes_of(uow, made.whole)
    lines = []
    for household, home in homes.items():
        mark = marks.get(household)
        lines.append(
            MarkRow(
                household_id=household,
                code=home.code,
                head=home.head,
                hamlet=home.hamlet,
                value=_value(marks, household),
                on=mark.on_date if mark else None,
                reason=mark.reason if mark else "",
                sponsored=household in made.sponsored,
            )
        )
    return sorted(lines, key=lambda line: (person_sort_key(line.head), line.code))


def marks_of(uow: UnitOfWork, household_id: UUID) -> list[Mark]:
    """The marks of a household, newest first."""
    uow.require(Permission.READ)
    statement = select(ExitMark).where(ExitMark.household_id == household_id)
    return [
        Mark(ExitClass(record.value), record.on_date, record.reason)
        for record in uow.session.scalars(statement.order_by(ExitMark.on_date.desc(), ExitMark.id.desc()))
    ]


def mark(uow: UnitOfWork, household_ids: Sequence[UUID], value: ExitClass, on: date, reason: str) -> None:
    """Mark households from a day on; a second mark of the same day corrects the first."""
    uow.require(Permission.EDIT)
    problems = []
    if on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if not clean(reason) and value is not ExitClass.UNSORTED:
        problems.append(Problem("reason", _("Write why: the mark is an officer's judgement.")))
    outside = set(household_ids) - _poor_with_merit(uow, on)
    if outside:
        codes = ", ".join(sorted(home.code for home in homes_of(uow, outside).values()))
        message = _("{codes}: no poor household with a person of merit on that day.")
        problems.append(Problem("household_id", message.format(codes=codes)))
    if problems:
        raise ValidationError(problems)
    same_day = {
        record.household_id: record
        for record in uow.session.scalars(
            select(ExitMark).where(ExitMark.on_date == on, ExitMark.household_id.in_(household_ids))
        )
    }
    for household in household_ids:
        record = same_day.get(household)
        if record is None:
            record = ExitMark(household_id=household, on_date=on, value=value.value, reason=clean(reason))
            uow.add(record)
        else:
            record.value, record.reason = value.value, clean(reason)
    only = household_ids[0] if len(household_ids) == 1 else None
    uow.name_step("exit.mark", table=Household.__tablename__ if only else "", subject=only)


def _poor_with_merit(uow: UnitOfWork, on: date) -> frozenset[UUID]:
    """By the class of the day as reports count it; of merit by the household's own mark or by a member."""
    home = standing(on)
    members = (
        select(Membership.household_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Person.merit.is_(True),
            or_(Person.died_on.is_(None), Person.died_on > on),
            or_(Membership.joined_on.is_(None), Membership.joined_on <= on),
            or_(Membership.left_on > on, Membership.left_reason.is_(None)),
        )
    )
    statement = select(home.c.household_id).where(
        CONDITIONS["poor"].households(home.c), or_(home.c.merit, home.c.household_id.in_(members))
    )
    return frozenset(uow.session.scalars(statement))


def _newest(uow: UnitOfWork, on: date) -> dict[UUID, ExitMark]:
    """The last mark of each household by then; ids grow with time."""
    statement = select(ExitMark).where(ExitMark.on_date <= on).order_by(ExitMark.on_date, ExitMark.id)
    return {record.household_id: record for record in uow.session.scalars(statement)}


def _value(marks: dict[UUID, ExitMark], household: UUID) -> ExitClass:
    mark = marks.get(household)
    return ExitClass(mark.value) if mark else ExitClass.UNSORTED
