"""The poor and near-poor households of a day with their people, and what must be known of everybody on record.

Ids stay the 16 bytes of the file: a province has hundreds of thousands of them, and only an opened list needs more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, LargeBinary, func, or_, select, type_coerce

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass, PolicyFlag
from casemgr.domain.people import Sex
from casemgr.domain.reviews import CaseState, Movement
from casemgr.persistence.models import (
    Decision,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    Membership,
    Person,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork

Id = bytes
Ids = frozenset[bytes]

POOR: Final = HouseholdClass.POOR.value
NEAR_POOR: Final = HouseholdClass.NEAR_POOR.value
LISTED: Final = (POOR, NEAR_POOR)
NO_MINORITY: Final = ("01", "55")
"""Kinh and foreigners."""
GONE: Final = (Movement.POOR_OUT.value, Movement.NEAR_POOR_OUT.value)
_OFF: Final = (*GONE, Movement.NOT_POOR.value)
_PART: Final = 30_000
"""Ids in one statement; the engine takes at most 32,766."""


class Home(NamedTuple):
    """A household on the list of a day."""

    id: Id
    value: str
    deprivations: str
    """JSON text of indicator codes."""
    case: Id | None
    """The review it was decided by; None: by the class written down."""


class Member(NamedTuple):
    """A person of a household on a day."""

    id: Id
    birth: str | None
    merit: bool
    sex: str | None
    ethnic: str | None
    labour: str | None
    work: str | None


def raw(column: Any) -> ColumnElement[bytes]:  # noqa: ANN401 - a column of ids
    """An id as its bytes."""
    return type_coerce(column, LargeBinary)


def fetch(uow: UnitOfWork, statement: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any select
    """Rows as the file holds them: ids as bytes, days as ISO text, flags as 0 and 1."""
    cursor = uow.session.connection().execute(statement).cursor
    return [] if cursor is None else list(cursor.fetchall())


def ids_of(uow: UnitOfWork, statement: Any) -> Ids:  # noqa: ANN401 - any select
    """The first column of a statement."""
    return frozenset(row[0] for row in fetch(uow, statement))


class Registered:
    """What must be known of all people on record, found in one pass over them: the dead, the young, those of merit."""

    def __init__(self, uow: UnitOfWork, born_from: int) -> None:
        self.died: dict[Id, str] = {}
        self.young: dict[Id, str] = {}
        """Births from a year on; before it nobody is of school age."""
        merit: set[Id] = set()
        first = str(born_from)
        statement = select(Person.id, Person.birth, Person.died_on, Person.merit)
        unusual = or_(Person.died_on.is_not(None), Person.merit, Person.birth >= first)
        for person, birth, died, of_merit in fetch(uow, statement.where(unusual)):
            if died:
                self.died[person] = died
            if of_merit:
                merit.add(person)
            if birth and birth >= first:
                self.young[person] = birth
        self.merit = frozenset(merit)

    def alive(self, person: Id, day: str) -> bool:
        """Whether somebody lived on a day (ISO)."""
        return person not in self.died or self.died[person] > day


class Listing:
    """The poor and near-poor households of one day, the same ones the reports of that day count.

    `statistic_sources.standing` says the same of every household with all its columns; it takes three times as long.
    """

    def __init__(self, uow: UnitOfWork, day: date, registered: Callable[[], Registered]) -> None:
        self._uow, self.day, self._registered = uow, day, registered

    @cached_property
    def homes(self) -> Mapping[Id, Home]:
        """By id."""
        ended = ids_of(self._uow, select(Household.id).where(Household.ended_on <= self.day))
        found: dict[Id, Home] = {}
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
                found[home] = Home(home, value, lacks, own)
        for home, value, lacks, _year in fetch(self._uow, self._written()):
            if value in LISTED and home not in decided and home not in ended:
                found[home] = Home(home, value, lacks, None)
        return found

    def _written(self) -> Any:  # noqa: ANN401 - a select
        written, made = HouseholdClassRow.__table__.c, Decision.__table__.c
        since = func.coalesce(written.since, made.signed_on, func.printf("%d-01-01", written.year))
        return (
            select(written.household_id, written.value, written.deprivations, func.max(written.year))
            .outerjoin(Decision.__table__, made.id == written.decision_id)
            .where(since <= self.day)
            .group_by(written.household_id)
        )

    def of(self, classes: Iterable[str]) -> Ids:
        """Households of these classes."""
        wanted = frozenset(classes)
        return frozenset(one.id for one in self.homes.values() if one.value in wanted)

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

    def _marked(self, column: str, flag: PolicyFlag) -> Ids:
        """Households the deciding review marked; those of no review by their own flag."""
        cases = {home.case for home in self.homes.values()} - {None}
        table = ReviewCase.__table__.c
        said = fetch(self._uow, select(table.id, table.household_id).where(table[column])) if cases else []
        flagged = ids_of(self._uow, select(Household.id).where(func.instr(Household.flags, f'"{flag.value}"') > 0))
        return frozenset(home for own, home in said if own in cases) | frozenset(
            home for home in flagged if home in self.homes and self.homes[home].case is None
        )

    @cached_property
    def women(self) -> Ids:
        """Headed by women, as the deciding review says or as the head is on record."""
        heads = select(HouseholdIndex.household_id).join(Person, Person.id == HouseholdIndex.head_id)
        return self._said_or("head_female", heads.where(Person.sex == Sex.FEMALE.value))

    @cached_property
    def minority(self) -> Ids:
        """Of ethnic minorities, as the deciding review says, by the household's own mark or by its head."""
        heads = select(HouseholdIndex.household_id).join(Person, Person.id == HouseholdIndex.head_id)
        by_head = self._said_or("minority", heads.where(Person.ethnic.not_in(NO_MINORITY)))
        return by_head | self._marked("minority", PolicyFlag.ETHNIC_MINORITY)

    def _said_or(self, column: str, heads: Any) -> Ids:  # noqa: ANN401 - a select of households
        cases = {home.case for home in self.homes.values()} - {None}
        table = ReviewCase.__table__.c
        said = fetch(self._uow, select(table.id, table.household_id).where(table[column])) if cases else []
        own = ids_of(self._uow, heads)
        return frozenset(home for case, home in said if case in cases) | frozenset(
            home for home in own if home in self.homes and self.homes[home].case is None
        )


def _there(day: date) -> tuple[ColumnElement[bool], ...]:
    """Whether a membership holds on a day."""
    return (
        or_(Membership.joined_on.is_(None), Membership.joined_on <= day),
        or_(Membership.left_on > day, Membership.left_on.is_(None) & Membership.left_reason.is_(None)),
    )


def members_of(uow: UnitOfWork, homes: Iterable[Id], day: date, registered: Registered) -> dict[Id, Id]:
    """The people who belong to these households on a day, neither dead nor gone by then, with their household."""
    wanted = homes if isinstance(homes, Mapping) else frozenset(homes)
    rows = fetch(uow, select(Membership.person_id, Membership.household_id).where(*_there(day)))
    last = day.isoformat()
    return {person: home for person, home in rows if home in wanted and registered.alive(person, last)}


def persons(uow: UnitOfWork, ids: Iterable[Id]) -> Iterable[Member]:
    """What is on record of these people."""
    columns = (Person.id, Person.birth, Person.merit, Person.sex, Person.ethnic, Person.labour, Person.work)
    for part in parts(list(ids)):
        yield from map(Member._make, fetch(uow, select(*columns).where(raw(Person.id).in_(part))))


def parts(ids: Sequence[Id]) -> Iterable[Sequence[Id]]:
    """Ids in portions one statement can take."""
    return (ids[start : start + _PART] for start in range(0, len(ids), _PART))


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


def within(birth: str | None, limits: Sequence[int], day: date) -> bool | None:
    """Whether somebody's age lies within limits; None where the birth leaves it open."""
    span = ages(birth, day)
    if span is None:
        return None
    least, most = limits
    if least <= span[0] and span[1] <= most:
        return True
    return False if span[1] < least or span[0] > most else None
