"""What a pay-out list shows: its rows with who collected, how far it is, and all lists of the office."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import case, func, select

from casemgr.domain.distributions import DistributionData, DistributionStatus, goods_from_json
from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryStatus, FundSource, GoodsLine, Receipt
from casemgr.persistence.models import Delivery, Distribution, Household, HouseholdIndex, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.budgets import BudgetView, budget
from casemgr.services.delivery_entries import taken_back
from casemgr.services.distribution_lists import Excluded, excluded_from_json
from casemgr.services.offices import hamlet_names
from casemgr.services.programmes import catalogue

_HANDED: Final = (DeliveryStatus.DELIVERED, DeliveryStatus.RECEIVED)


@dataclass(frozen=True)
class DistributionRow:
    """One beneficiary of a list."""

    id: UUID
    version: int
    household_id: UUID
    person_id: UUID | None
    code: str
    name: str
    """Of the person, or of the head of the household."""
    id_number: str
    address: str
    """Without commune and province."""
    hamlet: str
    class_value: HouseholdClass
    """On the day of the hand-over."""
    amount: int
    goods: tuple[GoodsLine, ...]
    goods_value: int
    rule: str
    status: DeliveryStatus
    override_reason: str
    received_on: date | None
    received_by: str
    received_relation: str
    authorisation: str
    proof: Receipt | None
    note: str
    taken_back: bool
    """It was received, and came back by an entry of its own."""

    @property
    def worth(self) -> int:
        """Money and goods in đồng."""
        return self.amount + self.goods_value

    @property
    def by_other(self) -> bool:
        """Whether a representative collected."""
        return bool((self.received_on and self.received_relation) or self.authorisation)


@dataclass(frozen=True)
class BatchProgress:
    """How far a list is, in rows and đồng; what came back is counted as returned."""

    rows: Counter[DeliveryStatus] = field(default_factory=Counter)
    sums: Counter[DeliveryStatus] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Rows that are not cancelled."""
        return sum(count for status, count in self.rows.items() if status is not DeliveryStatus.CANCELLED)

    @property
    def sum(self) -> int:
        """Đồng of these rows."""
        return sum(worth for status, worth in self.sums.items() if status is not DeliveryStatus.CANCELLED)

    @property
    def received(self) -> int:
        """Rows collected."""
        return self.rows[DeliveryStatus.RECEIVED]

    @property
    def received_sum(self) -> int:
        """Đồng collected."""
        return self.sums[DeliveryStatus.RECEIVED]

    @property
    def left(self) -> int:
        """Rows still to be collected."""
        return self.total - self.received - self.rows[DeliveryStatus.RETURNED]


@dataclass(frozen=True)
class DistributionView:
    """A pay-out list."""

    id: UUID
    version: int
    data: DistributionData
    programme: str
    """Its title."""
    status: DistributionStatus
    decision_number: str
    decision_on: date | None
    progress: BatchProgress
    budget: BudgetView | None
    excluded: tuple[Excluded, ...]
    """As it stood when the list was made."""


@dataclass(frozen=True)
class DistributionListRow:
    """A list among all."""

    id: UUID
    title: str
    programme: str
    on: date
    period: str
    status: DistributionStatus
    rows: int
    received: int
    sum: int
    """Đồng, goods included."""


def rows(uow: UnitOfWork, distribution_id: UUID) -> list[DistributionRow]:
    """The rows by hamlet and name (given name first), cancelled ones last."""
    uow.require(Permission.READ)
    beneficiary = func.coalesce(Delivery.person_id, HouseholdIndex.head_id)
    statement = (
        select(Delivery, HouseholdIndex, Person, Household.address)
        .join(Household, Household.id == Delivery.household_id)
        .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Delivery.household_id)
        .outerjoin(Person, Person.id == beneficiary)
        .where(Delivery.distribution_id == distribution_id, Delivery.corrects_id.is_(None))
    )
    names = hamlet_names(uow)
    found = list(uow.session.execute(statement))
    back = taken_back(uow, [entry.id for entry, *_rest in found])
    order = {one: place for place, one in enumerate(sorted(names, key=lambda one: names[one]))}

    def key(row: tuple[Any, ...]) -> tuple[Any, ...]:
        entry, home, person, _address = row
        last = person.name_sort if person else home.head_sort if home else b""
        return entry.status == DeliveryStatus.CANCELLED, order.get(entry.hamlet_id, len(order)), last, entry.id

    return [
        _row(entry, home, person, address, names.get(entry.hamlet_id, "") if entry.hamlet_id else "", entry.id in back)
        for entry, home, person, address in sorted(found, key=key)
    ]


def _row(
    entry: Delivery, home: HouseholdIndex | None, person: Person | None, address: str, hamlet: str, back: bool
) -> DistributionRow:
    return DistributionRow(
        id=entry.id,
        version=entry.version,
        household_id=entry.household_id,
        person_id=entry.person_id,
        code=household_code(home.number) if home else "",
        name=person.full_name if person else home.head_name if home else "",
        id_number=(person.id_number or "") if person else "",
        address=address,
        hamlet=hamlet,
        class_value=HouseholdClass(entry.class_value) if entry.class_value else HouseholdClass.UNREVIEWED,
        amount=entry.amount,
        goods=goods_from_json(entry.goods),
        goods_value=entry.goods_value,
        rule=entry.rule,
        status=DeliveryStatus(entry.status),
        override_reason=entry.override_reason,
        received_on=entry.received_on,
        received_by=entry.received_by,
        received_relation=entry.received_relation,
        authorisation=entry.authorisation,
        proof=Receipt(entry.proof) if entry.proof else None,
        note=entry.note,
        taken_back=back,
    )


def view(uow: UnitOfWork, distribution_id: UUID) -> DistributionView:
    """The list with its figures."""
    uow.require(Permission.READ)
    record = uow.record(Distribution, distribution_id)
    stage = uow.session.scalars(select(Delivery.stage).where(Delivery.distribution_id == record.id)).first()
    programme = catalogue(uow).programmes.get(record.programme)
    return DistributionView(
        id=record.id,
        version=record.version,
        data=DistributionData(
            title=record.title,
            programme=record.programme,
            on=record.on_date,
            period=record.period,
            rule=record.rule,
            place=record.place,
            source=FundSource(record.source),
            budget_id=record.budget_id,
            stage=stage or "",
            note=record.note,
        ),
        programme=programme.title if programme else record.programme,
        status=DistributionStatus(record.status),
        decision_number=record.decision_number,
        decision_on=record.decision_on,
        progress=progress_of(uow, [distribution_id])[distribution_id],
        budget=budget(uow, record.budget_id) if record.budget_id else None,
        excluded=excluded_from_json(record.excluded),
    )


def progress_of(uow: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, BatchProgress]:
    """How far lists are; a row that came back after it was received counts as returned."""
    found = {one: BatchProgress() for one in ids}
    returned = select(Delivery.corrects_id).where(
        Delivery.status == DeliveryStatus.RETURNED.value, Delivery.corrects_id.is_not(None)
    )
    status = case((Delivery.id.in_(returned), DeliveryStatus.RETURNED.value), else_=Delivery.status)
    statement = (
        select(Delivery.distribution_id, status, func.count(), func.sum(Delivery.amount + Delivery.goods_value))
        .where(Delivery.distribution_id.in_(list(ids)), Delivery.corrects_id.is_(None))
        .group_by(Delivery.distribution_id, status)
    )
    for one, state, count, worth in uow.session.execute(statement):
        if one is not None:
            found[one].rows[DeliveryStatus(state)] = int(count)
            found[one].sums[DeliveryStatus(state)] = int(worth)
    return found


def find(
    uow: UnitOfWork,
    *,
    programme: str | None = None,
    year: int | None = None,
    statuses: Sequence[DistributionStatus] = (),
) -> list[DistributionListRow]:
    """All lists, newest first."""
    uow.require(Permission.READ)
    statement = select(Distribution).order_by(Distribution.on_date.desc(), Distribution.id.desc())
    if programme is not None:
        statement = statement.where(Distribution.programme == programme)
    if year is not None:
        statement = statement.where(Distribution.on_date.between(date(year, 1, 1), date(year, 12, 31)))
    if statuses:
        statement = statement.where(Distribution.status.in_([one.value for one in statuses]))
    records = list(uow.session.scalars(statement))
    figures = progress_of(uow, [record.id for record in records])
    titles = {code: one.title for code, one in catalogue(uow).programmes.items()}
    return [
        DistributionListRow(
            id=record.id,
            title=record.title,
            programme=titles.get(record.programme, record.programme),
            on=record.on_date,
            period=record.period,
            status=DistributionStatus(record.status),
            rows=figures[record.id].total,
            received=figures[record.id].received,
            sum=figures[record.id].sum,
        )
        for record in records
    ]
