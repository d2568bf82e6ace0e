"""What targets are computed from: lists of a day, of the start and of any time of a period, people, what was received.

Everything is read once per computation and only when a measure asks for it. Ids stay the 16 bytes of the file: a
province has hundreds of thousands of them, and only a list that is opened needs more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, LargeBinary, func, or_, select, type_coerce

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass, PolicyFlag
from casemgr.domain.people import Sex
from casemgr.domain.programmes import Catalogue
from casemgr.domain.reviews import CampaignKind, CaseState, Movement
from casemgr.domain.support import DeliveryStatus, EnrolmentStatus
from casemgr.domain.targets import Cohort, Measure, Table
from casemgr.i18n import _, format_date
from casemgr.persistence.models import (
    Activity,
    Attendance,
    Campaign,
    Decision,
    Delivery,
    Enrolment,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    Loan,
    Membership,
    Person,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import denominators, offices, packs, programmes

Id = bytes
Ids = frozenset[bytes]

_POOR, _NEAR = HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value
LISTED: Final = (_POOR, _NEAR)
NO_MINORITY: Final = ("01", "55")
"""Kinh and foreigners."""
_GONE: Final = (Movement.POOR_OUT.value, Movement.NEAR_POOR_OUT.value)
_OFF: Final = (*_GONE, Movement.NOT_POOR.value)
_PART: Final = 30_000
"""Ids in one statement; the engine takes at most 32,766."""
TAKING_PART: Final = (EnrolmentStatus.RUNNING.value, EnrolmentStatus.ENDED.value, EnrolmentStatus.SUSPENDED.value)


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


@dataclass(frozen=True)
class Total:
    """Households of the commune, or why they are not known."""

    households: int | None
    reason: str


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
        found = set()
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


class Reading:
    """All that the measures of one day look at; `start` is the last day before the period."""

    def __init__(self, uow: UnitOfWork, table: Table, start: date, day: date) -> None:
        self.uow, self.table, self.start, self.day = uow, table, start, day

    def rows(self, statement: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any select
        """The rows of a statement as the file holds them."""
        return fetch(self.uow, statement)

    def ids(self, statement: Any) -> Ids:  # noqa: ANN401 - any select
        """The first column of a statement."""
        return ids_of(self.uow, statement)

    def inside(self, column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of days
        """Whether a day lies in the period."""
        found: ColumnElement[bool] = (column > self.start) & (column <= self.day)
        return found

    # ---- who

    @cached_property
    def registered(self) -> Registered:
        """What must be known of everybody."""
        limits = [one.params["ages"][1] for one in self.table.measures.values() if one.how == "pupils"]
        return Registered(self.uow, self.day.year - max(limits, default=0) - 1)

    @cached_property
    def on(self) -> Listing:
        """The list of the day."""
        return Listing(self.uow, self.day, lambda: self.registered)

    @cached_property
    def at_start(self) -> Listing:
        """The list at the start of the period."""
        return Listing(self.uow, self.start, lambda: self.registered)

    @cached_property
    def _meanwhile(self) -> Mapping[str, Ids]:
        """Households that came on a list within the period, by class, even if they left it again."""
        found: dict[str, set[Id]] = {_POOR: set(), _NEAR: set()}
        case, written = ReviewCase, HouseholdClassRow
        statements = (
            select(case.household_id, case.result_class).where(
                case.state == CaseState.DECIDED.value,
                self.inside(case.decided_on),
                case.result_class.in_((_POOR, _NEAR)),
                or_(case.movement.is_(None), case.movement.not_in(_GONE)),
            ),
            select(written.household_id, written.value).where(
                self.inside(written.since), written.value.in_((_POOR, _NEAR))
            ),
        )
        for statement in statements:
            for home, value in self.rows(statement):
                found[value].add(home)
        return {value: frozenset(ids) for value, ids in found.items()}

    def cohort(self, measure: Measure) -> Ids:
        """The households a measure is about."""
        classes = tuple(measure.params.get("classes", (_POOR, _NEAR)))
        listing = self.at_start if measure.cohort is Cohort.START else self.on
        ids = listing.of(classes)
        if measure.cohort is Cohort.ANY:
            ids |= self.at_start.of(classes)
            for value in classes:
                ids |= self._meanwhile[value]
        if measure.params.get("merit"):
            ids &= listing.merit
        return ids

    @cached_property
    def gone(self) -> Ids:
        """Households the office stopped keeping within the period."""
        ended = self.rows(select(Household.id).where(self.inside(Household.ended_on)))
        out = self.rows(
            select(ReviewCase.household_id).where(self.inside(ReviewCase.decided_on), ReviewCase.movement.in_(_GONE))
        )
        return frozenset(row[0] for row in (*ended, *out))

    @cached_property
    def reviewed(self) -> Ids:
        """Households whose class was decided anew within the period, by a review or written down."""
        cases = self.rows(
            select(ReviewCase.household_id).where(
                ReviewCase.state == CaseState.DECIDED.value, self.inside(ReviewCase.decided_on)
            )
        )
        written = self.rows(select(HouseholdClassRow.household_id).where(self.inside(HouseholdClassRow.since)))
        return frozenset(row[0] for row in (*cases, *written)) | frozenset(self._new_years)

    @cached_property
    def _new_years(self) -> set[Id]:
        """Classes without a day of their own hold from the first day of their year."""
        first, last = self.start.year + 1, self.day.year
        if first > last:
            return set()
        rows = self.rows(
            select(HouseholdClassRow.household_id).where(
                HouseholdClassRow.since.is_(None),
                HouseholdClassRow.decision_id.is_(None),
                HouseholdClassRow.year.between(first, last),
            )
        )
        return {row[0] for row in rows}

    @cached_property
    def people(self) -> Mapping[Id, Id]:
        """The people of the day of every household that was on a list at any time of the period."""
        missing = (self.at_start.homes.keys() | self._meanwhile[_POOR] | self._meanwhile[_NEAR]) - self.on.homes.keys()
        return (
            {**self.on.members, **members_of(self.uow, missing, self.day, self.registered)}
            if missing
            else self.on.members
        )

    # ---- how many in all

    def households_total(self, day: date) -> Total:
        """The resident households of the commune as typed for the last yearly review opened by a day."""
        campaign = self.uow.session.scalars(
            select(Campaign.id)
            .where(Campaign.kind == CampaignKind.PERIODIC.value, Campaign.opened_on <= day)
            .order_by(Campaign.opened_on.desc(), Campaign.id.desc())
        ).first()
        if campaign is None:
            return Total(
                None,
                _("No yearly review opened by {day} tells the total of households.").format(day=format_date(day)),
            )
        typed = denominators.denominators(self.uow, campaign)
        names = {view.id: view.data.full_name for view in offices.hamlets(self.uow, active_only=True)}
        empty = [name for hamlet, name in names.items() if hamlet not in typed or typed[hamlet].households is None]
        if empty or not typed:
            return Total(
                None,
                _("The total of households is not typed for: {hamlets}.").format(hamlets=", ".join(empty)),
            )
        return Total(sum(one.households or 0 for one in typed.values()), "")

    def standard(self, day: date) -> str:
        """The poverty standard of a day."""
        return packs.national(self.uow, day).id

    # ---- what

    @cached_property
    def catalogue(self) -> Catalogue:
        """The programmes."""
        return programmes.catalogue(self.uow)

    def programmes(self, measure: Measure) -> frozenset[str]:
        """The programmes of a measure: named, or all of its groups."""
        groups = set(measure.groups)
        of_groups = {code for code, one in self.catalogue.programmes.items() if one.group in groups}
        return frozenset({*measure.programmes, *of_groups})

    def came(self, first: date, last: date) -> ColumnElement[bool]:
        """A delivery that was received from a day on up to another, and not given back."""
        day = func.coalesce(Delivery.received_on, Delivery.on_date)
        returned = select(Delivery.corrects_id).where(
            Delivery.corrects_id.is_not(None), Delivery.status == DeliveryStatus.RETURNED.value
        )
        return (
            (Delivery.status == DeliveryStatus.RECEIVED.value)
            & (day >= first)
            & (day <= last)
            & Delivery.id.not_in(returned)
        )

    @cached_property
    def _received(self) -> Mapping[str, Mapping[Id, Ids]]:
        """Programme to households with the people the support was for; nobody named: for the household."""
        first = date.fromordinal(self.start.toordinal() + 1)
        found: dict[str, dict[Id, set[Id]]] = {}

        def take(rows: Iterable[Any]) -> None:
            for programme, home, person in rows:
                people = found.setdefault(programme, {}).setdefault(home, set())
                if person is not None:
                    people.add(person)

        take(
            self.rows(
                select(Delivery.programme, Delivery.household_id, Delivery.person_id)
                .where(self.came(first, self.day))
                .distinct()
            )
        )
        take(self.rows(select(Loan.programme, Loan.household_id, Loan.person_id).where(self.inside(Loan.disbursed_on))))
        take(
            self.rows(
                select(Activity.programme, Attendance.household_id, Attendance.person_id)
                .join(Activity, Activity.id == Attendance.activity_id)
                .where(self.inside(Activity.on_date), Attendance.household_id.is_not(None), Activity.programme != "")
                .distinct()
            )
        )
        take(self.taking_part(self.table.by_enrolment))
        return {
            programme: {home: frozenset(people) for home, people in homes.items()} for programme, homes in found.items()
        }

    def taking_part(self, codes: Iterable[str]) -> Iterable[Any]:
        """Programme, household and person of everybody who took part within the period."""
        begun = func.coalesce(Enrolment.from_on, Enrolment.decision_on, Enrolment.need_on)
        return self.rows(
            select(Enrolment.programme, Enrolment.household_id, Enrolment.person_id).where(
                Enrolment.programme.in_(sorted(codes)),
                Enrolment.status.in_(TAKING_PART),
                begun <= self.day,
                or_(Enrolment.to_on.is_(None), Enrolment.to_on > self.start),
            )
        )

    def got(self, codes: Iterable[str]) -> Ids:
        """Households with something of these programmes received in the period."""
        found: set[Id] = set()
        for code in codes:
            found.update(self._received.get(code, {}))
        return frozenset(found)

    def got_people(self, codes: Iterable[str]) -> tuple[Ids, Ids]:
        """People named in what came of these programmes, and households it came to without anybody named."""
        people: set[Id] = set()
        homes: set[Id] = set()
        for code in codes:
            for home, named in self._received.get(code, {}).items():
                people.update(named)
                if not named:
                    homes.add(home)
        return frozenset(people), frozenset(homes)


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
