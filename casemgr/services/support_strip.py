"""What the strip of a household page shows: what it receives, what has ended, and what it could have and does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.loans import LoanEventKind, LoanStatus
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue, Period, Programme
from casemgr.domain.sponsors import SponsorshipStatus
from casemgr.domain.support import DeliveryStatus, EnrolmentStatus
from casemgr.persistence.models import (
    Delivery,
    Enrolment,
    InsuranceCard,
    Loan,
    LoanEvent,
    Membership,
    Person,
    Sponsor,
    Sponsorship,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.entitlement_receipts import DAYS
from casemgr.services.entitlements import Entitlement, entitlements
from casemgr.services.loan_moves import may_see
from casemgr.services.programmes import catalogue

_HANDED = (DeliveryStatus.DELIVERED.value, DeliveryStatus.RECEIVED.value)


@dataclass(frozen=True)
class Line:
    """One support the household or one of its people has or had."""

    programme: str
    title: str
    person_id: UUID | None
    person: str
    source: str
    """enrolment, delivery, card, loan or sponsorship."""
    record_id: UUID
    since: date | None
    until: date | None
    amount: int | None
    """Đồng; of a loan what is still owed."""
    detail: str = ""
    """Number of the card, name of the sponsor, reason of the end."""


@dataclass(frozen=True)
class Missed:
    """One support the household is entitled to and does not receive."""

    entitlement: Entitlement
    title: str
    person: str
    follow: bool
    """Of the programmes an officer follows up; the others are offers shown behind them."""


@dataclass(frozen=True)
class Strip:
    """The three parts of the strip."""

    receiving: tuple[Line, ...]
    ended: tuple[Line, ...]
    entitled_not_received: tuple[Missed, ...]
    unknown: int
    """How many entitlements wait for a fact."""


def strip(uow: UnitOfWork, household_id: UUID, on: date) -> Strip:
    """Of a household on a day."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    names = _names(uow, household_id)
    lines = [
        *_enrolments(uow, found, household_id, names, on),
        *_cards(uow, found, household_id, names, on),
        *_loans(uow, found, household_id, names, on),
        *_sponsorships(uow, found, household_id, names, on),
    ]
    present = {(line.programme, line.person_id) for running, line in lines if running}
    lines += _deliveries(uow, found, household_id, names, on, present)
    told = entitlements(uow, household_id, on, refused=False)
    missed = [
        Missed(one, programme.title, names.get(one.person_id, "") if one.person_id else "", programme.follow)
        for one in told
        if one.result is True and not one.receiving and not _had(one, on)
        for programme in (found.programme(one.programme),)
    ]
    return Strip(
        receiving=tuple(line for running, line in lines if running),
        ended=tuple(line for running, line in lines if not running),
        entitled_not_received=tuple(sorted(missed, key=lambda one: not one.follow)),
        unknown=sum(one.result is None and not one.receiving for one in told),
    )


def _had(one: Entitlement, on: date) -> bool:
    """Whether what comes once was handed over already, or what comes now and then within the last year."""
    if one.received_on is None:
        return False
    return one.period is None or one.period is Period.ONCE or (on - one.received_on).days < 366


def _names(uow: UnitOfWork, household_id: UUID) -> dict[UUID, str]:
    rows = uow.session.execute(
        select(Person.id, Person.full_name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.household_id == household_id)
    )
    return {row.id: row.full_name for row in rows}


def _line(
    found: Catalogue,
    code: str,
    names: dict[UUID, str],
    person: UUID | None,
    source: str,
    record: UUID,
    since: date | None,
    until: date | None,
    amount: int | None,
    detail: str = "",
) -> Line:
    programme: Programme | None = found.programmes.get(code)
    title = programme.title if programme else code
    name = names.get(person, "") if person else ""
    return Line(code, title, person, name, source, record, since, until, amount, detail)


def _enrolments(
    uow: UnitOfWork, found: Catalogue, household_id: UUID, names: dict[UUID, str], on: date
) -> Iterable[tuple[bool, Line]]:
    running = (EnrolmentStatus.APPROVED.value, EnrolmentStatus.RUNNING.value)
    over = (EnrolmentStatus.ENDED.value, EnrolmentStatus.SUSPENDED.value)
    rows = uow.session.scalars(
        select(Enrolment)
        .where(Enrolment.household_id == household_id, Enrolment.status.in_((*running, *over)))
        .order_by(Enrolment.from_on, Enrolment.id)
    )
    for row in rows:
        since = row.from_on or row.decision_on
        if since is not None and since > on:
            continue
        line = _line(
            found, row.programme, names, row.person_id, "enrolment", row.id, since, row.to_on, row.amount, row.reason
        )
        now = row.to_on is not None and row.to_on >= on
        yield (row.status in running and (row.to_on is None or now)) or (now and row.status == over[0]), line


def _cards(
    uow: UnitOfWork, found: Catalogue, household_id: UUID, names: dict[UUID, str], on: date
) -> Iterable[tuple[bool, Line]]:
    rows = uow.session.scalars(
        select(InsuranceCard)
        .where(InsuranceCard.person_id.in_(list(names)), InsuranceCard.valid_from <= on)
        .order_by(InsuranceCard.valid_from.desc(), InsuranceCard.id.desc())
    )
    seen: set[UUID] = set()
    for row in rows:
        if row.person_id in seen:
            continue
        seen.add(row.person_id)
        line = _line(
            found, row.group, names, row.person_id, "card", row.id, row.valid_from, row.valid_to, None, row.number
        )
        yield row.valid_to is None or row.valid_to >= on, line


def _loans(
    uow: UnitOfWork, found: Catalogue, household_id: UUID, names: dict[UUID, str], on: date
) -> Iterable[tuple[bool, Line]]:
    shown = (LoanStatus.RUNNING.value, LoanStatus.REPAID.value)
    rows = uow.session.scalars(
        select(Loan).where(Loan.household_id == household_id, Loan.status.in_(shown)).order_by(Loan.disbursed_on)
    ).all()
    sums: dict[UUID, int] = {}
    for loan, kind, amount in uow.session.execute(
        select(LoanEvent.loan_id, LoanEvent.kind, func.sum(LoanEvent.amount))
        .where(LoanEvent.loan_id.in_([row.id for row in rows]), LoanEvent.on_date <= on)
        .group_by(LoanEvent.loan_id, LoanEvent.kind)
    ):
        sign = {LoanEventKind.DISBURSED.value: 1, LoanEventKind.REPAID.value: -1}.get(kind, 0)
        sums[loan] = sums.get(loan, 0) + sign * amount
    for row in rows:
        owed = sums.get(row.id, row.amount) if may_see(uow) else None
        running = row.status == LoanStatus.RUNNING.value
        yield (
            running,
            _line(
                found,
                row.programme,
                names,
                row.person_id,
                "loan",
                row.id,
                row.disbursed_on,
                row.due_on,
                owed,
                row.purpose,
            ),
        )


def _sponsorships(
    uow: UnitOfWork, found: Catalogue, household_id: UUID, names: dict[UUID, str], on: date
) -> Iterable[tuple[bool, Line]]:
    rows = uow.session.execute(
        select(Sponsorship, Sponsor.name)
        .join(Sponsor, Sponsor.id == Sponsorship.sponsor_id)
        .where(Sponsorship.household_id == household_id, Sponsorship.status != SponsorshipStatus.SOUGHT.value)
        .order_by(Sponsorship.from_on)
    )
    code = next((one.code for one in found.programmes.values() if one.sponsored), "")
    for row, sponsor in rows:
        line = _line(
            found, code, names, row.person_id, "sponsorship", row.id, row.from_on, row.to_on, row.amount, sponsor
        )
        yield row.status != SponsorshipStatus.ENDED.value and (row.to_on is None or row.to_on >= on), line


def _deliveries(
    uow: UnitOfWork,
    found: Catalogue,
    household_id: UUID,
    names: dict[UUID, str],
    on: date,
    present: set[tuple[str, UUID | None]],
) -> list[tuple[bool, Line]]:
    """The last pay-out of each programme that has no running entry of its own."""
    rows = uow.session.execute(
        select(
            Delivery.programme,
            Delivery.person_id,
            func.max(Delivery.on_date),
            Delivery.id,
            Delivery.amount + Delivery.goods_value,
            Delivery.rule,
        )
        .where(Delivery.household_id == household_id, Delivery.status.in_(_HANDED), Delivery.on_date <= on)
        .group_by(Delivery.programme, Delivery.person_id)
    )
    lines = []
    for code, person, day, record, amount, rule_id in rows:
        if (code, person) in present:
            continue
        programme, rule = found.programmes.get(code), found.rule(rule_id)
        days = DAYS.get(rule.period, 0) if rule is not None and rule.period is not None else 0
        running = programme is not None and programme.recurring and (on - day).days <= (days or DAYS[Period.YEAR])
        lines.append((running, _line(found, code, names, person, "delivery", record, day, None, amount)))
    return lines
