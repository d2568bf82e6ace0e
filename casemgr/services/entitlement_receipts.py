"""What households and people receive on a day, and when they last did: enrolments, pay-outs, cards and loans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from casemgr.domain.loans import LoanStatus
from casemgr.domain.programmes import Catalogue, Period
from casemgr.domain.support import DeliveryStatus, EnrolmentStatus, Unit
from casemgr.persistence.models import Delivery, Enrolment, InsuranceCard, Loan, Membership
from casemgr.persistence.uow import UnitOfWork

DAYS: Final = {Period.MONTH: 62, Period.QUARTER: 184, Period.YEAR: 366, Period.SCHOOL_YEAR: 366}
"""For how long a pay-out of a recurring programme shows that it is received: two months where it comes every month."""

_HANDED: Final = (DeliveryStatus.DELIVERED.value, DeliveryStatus.RECEIVED.value)
_DECIDED: Final = (EnrolmentStatus.APPROVED.value, EnrolmentStatus.RUNNING.value)
_STOPPED: Final = (EnrolmentStatus.SUSPENDED.value, EnrolmentStatus.ENDED.value)
_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass
class Receipts:
    """By beneficiary, a person or a household, whose id is as it is stored."""

    now: dict[bytes, set[str]] = field(default_factory=dict)
    """Codes of the programmes received."""
    last: dict[tuple[bytes, str], date] = field(default_factory=dict)
    """When something of a programme was last handed over."""
    places: list[tuple[bytes, str, date | None, date | None]] = field(default_factory=list)
    """Places in programmes with their days, for people who died meanwhile."""
    cards: dict[bytes, bool] = field(default_factory=dict)
    """People with a card on record: whether one is valid."""

    def __bool__(self) -> bool:
        return bool(self.now or self.last or self.places or self.cards)

    def of(self, beneficiary: bytes) -> frozenset[str]:
        """What is received."""
        found = self.now.get(beneficiary)
        return frozenset(found) if found else _NOTHING

    def until_death(self, person: bytes, died: date) -> frozenset[str]:
        """What somebody received when she died."""
        return frozenset(
            code
            for one, code, first, last in self.places
            if one == person and (first is None or first <= died) and (last is None or last >= died)
        )

    def receives(self, beneficiary: bytes, code: str) -> None:
        """Note that a programme is received."""
        self.now.setdefault(beneficiary, set()).add(code)


def receipts(uow: UnitOfWork, catalogue: Catalogue, on: date, household_ids: Sequence[UUID] | None) -> Receipts:
    """Of these households and their people, or of everybody."""
    found = Receipts()
    _enrolments(uow, found, catalogue, on, household_ids)
    _deliveries(uow, found, catalogue, on, household_ids)
    _loans(uow, found, catalogue, on, household_ids)
    _cards(uow, found, on, household_ids)
    return found


def _rows(
    uow: UnitOfWork,
    statement: Any,  # noqa: ANN401 - a select of any columns
    column: InstrumentedAttribute[UUID],
    household_ids: Sequence[UUID] | None,
) -> Iterable[Any]:
    return uow.session.execute(statement if household_ids is None else statement.where(column.in_(household_ids)))


def _beneficiary(catalogue: Catalogue, code: str, household: UUID, person: UUID | None) -> bytes:
    """Who counts as having received: the household for what is given to households, whoever collected it."""
    programme = catalogue.programmes.get(code)
    to_household = person is None or (programme is not None and programme.unit is not Unit.PERSON)
    return household.bytes if person is None or to_household else person.bytes


def _enrolments(
    uow: UnitOfWork, found: Receipts, catalogue: Catalogue, on: date, household_ids: Sequence[UUID] | None
) -> None:
    columns = (Enrolment.programme, Enrolment.household_id, Enrolment.person_id, Enrolment.status, Enrolment.from_on)
    statement = select(*columns, Enrolment.decision_on, Enrolment.to_on).where(
        Enrolment.status.in_((*_DECIDED, *_STOPPED))
    )
    for code, household, person, status, first, decided, last in _rows(
        uow, statement, Enrolment.household_id, household_ids
    ):
        beneficiary, start = _beneficiary(catalogue, code, household, person), first or decided
        found.places.append((beneficiary, code, start, last))
        running = status in _DECIDED or (last is not None and last >= on and status == EnrolmentStatus.ENDED.value)
        if running and (start is None or start <= on) and (last is None or last >= on):
            found.receives(beneficiary, code)


def _deliveries(
    uow: UnitOfWork, found: Receipts, catalogue: Catalogue, on: date, household_ids: Sequence[UUID] | None
) -> None:
    back = aliased(Delivery)
    taken_back = exists().where(
        back.household_id == Delivery.household_id,
        back.corrects_id == Delivery.id,
        back.status == DeliveryStatus.RETURNED.value,
    )
    statement = (
        select(Delivery.programme, Delivery.household_id, Delivery.person_id, Delivery.on_date, Delivery.rule)
        .where(Delivery.status.in_(_HANDED), Delivery.on_date <= on)
        .where(Delivery.corrects_id.is_(None), ~taken_back)
        .order_by(Delivery.on_date)
    )
    for code, household, person, day, rule_id in _rows(uow, statement, Delivery.household_id, household_ids):
        beneficiary = _beneficiary(catalogue, code, household, person)
        found.last[beneficiary, code] = day
        programme, rule = catalogue.programmes.get(code), catalogue.rule(rule_id)
        if programme is None or not programme.recurring:
            continue
        period = rule.period if rule is not None else None
        if day >= on - timedelta(days=DAYS.get(period or Period.YEAR, DAYS[Period.YEAR])):
            found.receives(beneficiary, code)


def _loans(
    uow: UnitOfWork, found: Receipts, catalogue: Catalogue, on: date, household_ids: Sequence[UUID] | None
) -> None:
    statement = select(Loan.programme, Loan.household_id, Loan.person_id).where(
        Loan.status == LoanStatus.RUNNING.value, or_(Loan.disbursed_on.is_(None), Loan.disbursed_on <= on)
    )
    for code, household, person in _rows(uow, statement, Loan.household_id, household_ids):
        found.receives(_beneficiary(catalogue, code, household, person), code)


def _cards(uow: UnitOfWork, found: Receipts, on: date, household_ids: Sequence[UUID] | None) -> None:
    statement = select(InsuranceCard.person_id, InsuranceCard.group, InsuranceCard.valid_from, InsuranceCard.valid_to)
    if household_ids is not None:
        people = select(Membership.person_id).where(Membership.household_id.in_(household_ids))
        statement = statement.where(InsuranceCard.person_id.in_(people))
    for person, group, first, last in uow.session.execute(statement):
        valid = first <= on and (last is None or last >= on)
        raw = person.bytes
        found.cards[raw] = found.cards.get(raw, False) or valid
        if valid:
            found.receives(raw, group)
