"""What the measures of one day are computed from: cohorts of a period, and what was received in it.

Everything is read once per computation and only when a measure asks for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, SQLColumnExpression, func, or_, select

from casemgr.domain.dates import add_months
from casemgr.domain.programmes import Catalogue
from casemgr.domain.reviews import CampaignKind, CaseState
from casemgr.domain.support import DeliveryStatus, EnrolmentStatus
from casemgr.domain.targets import Cohort, Measure, Table
from casemgr.i18n import _, format_date
from casemgr.persistence.models import (
    Activity,
    Attendance,
    Campaign,
    Delivery,
    Enrolment,
    Hamlet,
    Loan,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import denominators, packs, programmes
from casemgr.services.target_casework import CaseRecords
from casemgr.services.target_classes import NEAR_POOR, POOR, WrittenClasses
from casemgr.services.target_listings import GONE, Listing, Registered, grouped, members_of, of_groups
from casemgr.services.target_received import Receipts
from casemgr.services.target_rows import Id, Ids, fetch, ids_of

TAKING_PART: Final = (EnrolmentStatus.RUNNING.value, EnrolmentStatus.ENDED.value, EnrolmentStatus.SUSPENDED.value)


@dataclass(frozen=True)
class Total:
    """Households of the commune, or why they are not known."""

    households: int | None
    reason: str


class Reading:
    """All that the measures of one day look at; `start` is the last day before the period."""

    def __init__(self, uow: UnitOfWork, table: Table, start: date, day: date) -> None:
        self.uow, self.table, self.start, self.day = uow, table, start, day
        self.kept: dict[str, Any] = {}
        """What several measures share, by name."""

    def rows(self, statement: Executable) -> list[tuple[Any, ...]]:
        """The rows of a statement as the file holds them."""
        return list(fetch(self.uow, statement))

    def each(self, statement: Executable) -> Iterator[tuple[Any, ...]]:
        """The same one by one, for many rows."""
        return fetch(self.uow, statement)

    def ids(self, statement: Executable) -> Ids:
        """The first column of a statement."""
        return ids_of(self.uow, statement)

    def inside(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
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
        return Listing(self.uow, self.day, lambda: self.registered, lambda: self._classes.on_day)

    @cached_property
    def at_start(self) -> Listing:
        """The list at the start of the period."""
        return Listing(self.uow, self.start, lambda: self.registered, lambda: self._classes.at_start)

    @cached_property
    def _classes(self) -> WrittenClasses:
        return WrittenClasses(self.uow, self.start, self.day)

    @cached_property
    def _written(self) -> list[tuple[Id, str, str | None]]:
        """Household, class and deprivations of every class written down to hold from a day of the period on.

        Deprivations are None where the standard was not recorded and none is named: nobody looked.
        """
        return [
            (home, value, lacks if standard or lacks != "[]" else None)
            for home, value, lacks, standard, _late in self._classes.since
        ]

    @cached_property
    def _decided(self) -> list[tuple[Id, str | None, str | None, str]]:
        """Household, class, movement and deprivations of every decision of the period, the newest last."""
        case = ReviewCase
        statement = (
            select(case.household_id, case.result_class, case.movement, case.deprivations)
            .where(self.inside(case.decided_on), case.state == CaseState.DECIDED.value)
            .order_by(case.decided_on, case.id)
        )
        return [(home, value, moved, lacks) for home, value, moved, lacks in self.each(statement)]

    @cached_property
    def newest(self) -> Mapping[Id, str | None]:
        """What the newest decision of the period says each household lacks; a review goes before what was written."""
        found: dict[Id, str | None] = {home: lacks for home, _value, lacks in self._written}
        found.update((home, lacks) for home, _value, _moved, lacks in self._decided)
        return found

    @cached_property
    def looked_at(self) -> Ids:
        """Households of which the newest decision of the period says what they lack."""
        return frozenset(home for home, lacks in self.newest.items() if lacks is not None)

    @cached_property
    def _by_newest(self) -> Mapping[str, Ids]:
        return grouped({home: lacks for home, lacks in self.newest.items() if lacks is not None})

    def found_lacking(self, codes: Iterable[str]) -> Ids:
        """Households the newest decision of the period found to lack one of these indicators."""
        return of_groups(self._by_newest, codes)

    @cached_property
    def _meanwhile(self) -> Mapping[str, Ids]:
        """Households that came on a list within the period, by class, even if they left it again."""
        found: dict[str | None, set[Id]] = {POOR: set(), NEAR_POOR: set()}
        for home, value, moved, _lacks in self._decided:
            if value in found and moved not in GONE:
                found[value].add(home)
        for home, written, _without in self._written:
            if written in found:
                found[written].add(home)
        return {value: frozenset(ids) for value, ids in found.items() if value is not None}

    def cohort(self, measure: Measure) -> Ids:
        """The households a measure is about."""
        classes = tuple(measure.params.get("classes", (POOR, NEAR_POOR)))
        key = f"cohort {measure.cohort} {classes} {measure.params.get('merit')}"
        if key not in self.kept:
            self.kept[key] = self._cohort(measure, classes)
        found: Ids = self.kept[key]
        return found

    def _cohort(self, measure: Measure, classes: tuple[str, ...]) -> Ids:
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
        first, last = self.start.isoformat(), self.day.isoformat()
        ended = frozenset(home for home, on in self.registered.ended.items() if first < on <= last)
        out = select(ReviewCase.household_id).where(self.inside(ReviewCase.decided_on), ReviewCase.movement.in_(GONE))
        return ended | self.ids(out)

    @cached_property
    def reviewed(self) -> Ids:
        """Households whose class was decided anew within the period, by a review or written down."""
        return frozenset(self.newest)

    @cached_property
    def people(self) -> Mapping[Id, Id]:
        """The people of the day of every household that was on a list at any time of the period."""
        missing = (
            self.at_start.homes.keys() | self._meanwhile[POOR] | self._meanwhile[NEAR_POOR]
        ) - self.on.homes.keys()
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
        active = self.uow.session.execute(select(Hamlet.id, Hamlet.kind, Hamlet.name).where(Hamlet.active))
        names = {hamlet: f"{kind} {name}" for hamlet, kind, name in active}
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
    def receipts(self) -> Receipts:
        """What came, from as far back as a measure looks."""
        months = [int(one.params["months"]) for one in self.table.measures.values() if one.how == "left_behind"]
        return Receipts(self.uow, min(self.start, add_months(self.day, -max(months, default=0))), self.day)

    @cached_property
    def _received(self) -> tuple[Mapping[str, set[Id]], Mapping[str, set[Id]]]:
        """Programme to households, and to the people who are named in what came."""
        homes: dict[str, set[Id]] = {}
        people: dict[str, set[Id]] = {}

        def take(rows: Iterable[Any]) -> None:
            for programme, home, person in rows:
                homes.setdefault(programme, set()).add(home)
                if person is not None:
                    people.setdefault(programme, set()).add(person)

        take((row.programme, row.home, row.person) for row in self.receipts.since(self.start) if row.kept)
        lent = select(Loan.programme, Loan.household_id, Loan.person_id).where(self.inside(Loan.disbursed_on))
        take(self.each(lent))
        attended = (
            select(Activity.programme, Attendance.household_id, Attendance.person_id)
            .join(Activity, Activity.id == Attendance.activity_id)
            .where(self.inside(Activity.on_date), Attendance.household_id.is_not(None), Activity.programme != "")
        )
        take(self.each(attended))
        take(self.taking_part(self.table.by_enrolment))
        take(self.case_records.received)
        return homes, people

    @cached_property
    def case_records(self) -> CaseRecords:
        """Plans, learners, models and work abroad."""
        return CaseRecords(self.uow, self.start, self.day)

    def taking_part(self, codes: Iterable[str], first: date | None = None, last: date | None = None) -> Iterable[Any]:
        """Programme, household and person of everybody who took part within the period, or another one."""
        first, last = first or self.start, last or self.day
        begun = func.coalesce(Enrolment.from_on, Enrolment.decision_on, Enrolment.need_on)
        return self.rows(
            select(Enrolment.programme, Enrolment.household_id, Enrolment.person_id).where(
                Enrolment.programme.in_(sorted(codes)),
                Enrolment.status.in_(TAKING_PART),
                begun <= last,
                or_(Enrolment.to_on.is_(None), Enrolment.to_on > first),
            )
        )

    def got(self, codes: Iterable[str]) -> Ids:
        """Households with something of these programmes received in the period."""
        return frozenset().union(*(self._received[0].get(code, ()) for code in codes))

    def got_people(self, codes: Iterable[str]) -> Ids:
        """People named in what came of these programmes in the period."""
        return frozenset().union(*(self._received[1].get(code, ()) for code in codes))
