"""What the checks of deliveries look at: people, households, earlier entries and entitlements, read once for a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import or_, select

from casemgr.domain.distributions import months_of, period_on
from casemgr.domain.people import Relation
from casemgr.domain.programmes import Amount, Catalogue, Period, Programme, Rule
from casemgr.domain.support import DeliveryData, DeliveryStatus, EnrolmentData, EnrolmentStatus, Unit
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.models import Delivery, Enrolment, Household, HouseholdIndex, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import entitlements
from casemgr.services.enrolments import data_of
from casemgr.services.entitlements import Entitlement, Outcome
from casemgr.services.programmes import catalogue

PART: Final = 500
"""So many ids in one query."""
SHUT: Final = (EnrolmentStatus.REFUSED, EnrolmentStatus.SUSPENDED)
"""Cases nothing is paid for."""
_RUNNING: Final = (EnrolmentStatus.APPROVED.value, EnrolmentStatus.RUNNING.value)

Beneficiary = tuple[UUID, UUID | None]
"""Household and person."""


class Entry(NamedTuple):
    """Something paid or planned before, corrections taken in."""

    id: UUID
    programme: str
    household_id: UUID
    person_id: UUID | None
    on: date
    period: str
    stage: str
    worth: int
    settled: bool


@dataclass(frozen=True)
class Being:
    """A person as a delivery meets her."""

    name: str
    id_number: str | None
    died_on: date | None
    joined_on: date | None
    left_on: date | None
    left: bool
    relation: str


@dataclass
class Surroundings:
    """Everything the checks ask for, read once for a list of deliveries of one programme and day."""

    programme: Programme
    catalogue: Catalogue
    on: date
    today: date
    ended: dict[UUID, date | None] = field(default_factory=dict)
    heads: dict[UUID, UUID] = field(default_factory=dict)
    people: dict[tuple[UUID, UUID], Being] = field(default_factory=dict)
    """By household and person."""
    members: dict[UUID, list[UUID]] = field(default_factory=dict)
    """People of a household, those who left too."""
    entries: dict[UUID, list[Entry]] = field(default_factory=dict)
    """By beneficiary: household entries under the household, those of people under the person."""
    running: dict[UUID, list[tuple[str, int | None, date | None, date | None]]] = field(default_factory=dict)
    outcomes: dict[Beneficiary, Outcome] = field(default_factory=dict)
    words: dict[Beneficiary, Entitlement] = field(default_factory=dict)
    cases: dict[Beneficiary, EnrolmentData] = field(default_factory=dict)
    """The newest case of each, in a programme paid in stages."""
    judged: bool = False
    """Whether rules say who is entitled."""


def surroundings(
    uow: UnitOfWork,
    code: str,
    on: date,
    items: Sequence[DeliveryData],
    *,
    but: frozenset[UUID] = frozenset(),
    outcomes: Sequence[Outcome] | None = None,
    progress: Progress = silent,
) -> Surroundings:
    """Read what the checks of these deliveries ask for; `outcomes` when they are known already."""
    known = catalogue(uow)
    around = Surroundings(known.programme(code), known, on, uow.today)
    households = list(dict.fromkeys(item.household_id for item in items))
    others = {exclusion.other(code) for exclusion in known.exclusions_of(code)} | {code}
    around.judged = judged(known, around.programme)
    by_person = around.programme.unit is Unit.PERSON or any(
        exclusion.scope is Unit.PERSON for exclusion in known.exclusions_of(code)
    )
    for start in range(0, len(households), PART):
        part = households[start : start + PART]
        _read_households(uow, around, part)
        people = _read_people(uow, around, part)
        elsewhere = people if by_person else ()
        _read_entries(uow, around, part, elsewhere, others, but)
        _read_enrolments(uow, around, part, people, others - {code})
        if around.programme.stages:
            _read_cases(uow, around, part)
        progress(min(start + PART, len(households)), len(households), _("Checking deliveries"))
    if around.judged:
        if outcomes is None:
            outcomes = list(entitlements.of_all(uow, on, programme=code, households=households, refused=True))
        for outcome in outcomes:
            around.outcomes[outcome.household_id, outcome.person_id] = outcome
    return around


def judged(known: Catalogue, programme: Programme) -> bool:
    """Whether rules say who is entitled."""
    return programme.entitles and bool(known.rules_of(programme.code))


def put_in_words(uow: UnitOfWork, around: Surroundings, keys: Iterable[Beneficiary]) -> None:
    """Read why these are not plainly entitled; whoever is needs no words."""
    asked = [key[0] for key in keys if (outcome := around.outcomes.get(key)) is not None and outcome.result is not True]
    code = around.programme.code
    for one in entitlements.of_households(uow, list(dict.fromkeys(asked)), around.on, programmes=(code,)):
        around.words[one.household_id, one.person_id] = one


def rule_of(around: Surroundings, data: DeliveryData) -> Rule | None:
    """The rule version that pays: the one named, else the one that entitles on the day."""
    if data.rule:
        return around.catalogue.rule(data.rule)
    outcome = around.outcomes.get((data.household_id, data.person_id))
    return around.catalogue.rule(outcome.rule) if outcome else None


def period_for(around: Surroundings, data: DeliveryData) -> str:
    """The period of the delivery: its own, else the one of its rule on the day."""
    if data.period:
        return data.period
    rule = rule_of(around, data)
    return period_on(rule.period if rule else None, data.on)


def base_amount(around: Surroundings, data: DeliveryData, rule: Rule | None) -> int | None:
    """What the rule gives the beneficiary for the whole period; None where it names no sum."""
    if rule is None or rule.amount is None:
        return None
    outcome = around.outcomes.get((data.household_id, data.person_id))
    if outcome is not None and outcome.rule == rule.id and outcome.amount is not None:
        base: int | None = outcome.amount
    else:
        base = _plain_amount(around, rule.amount)
    if base is None:
        return None
    return base * _times(rule, period_for(around, data))


def _plain_amount(around: Surroundings, amount: Amount) -> int | None:
    return None if amount.each is not None else around.catalogue.amount(amount, around.on)


def _times(rule: Rule, period: str) -> int:
    """How often a rule pays in a period: a quarter has three months."""
    months = {Period.MONTH: 1, Period.QUARTER: 3}.get(rule.period) if rule.period else None
    return max(1, months_of(period) // months) if months and period else 1


def _read_households(uow: UnitOfWork, around: Surroundings, part: Sequence[UUID]) -> None:
    rows = select(Household.id, Household.ended_on, HouseholdIndex.head_id).outerjoin(
        HouseholdIndex, HouseholdIndex.household_id == Household.id
    )
    for household, ended, head in uow.session.execute(rows.where(Household.id.in_(part))):
        around.ended[household] = ended
        if head is not None:
            around.heads[household] = head


def _read_people(uow: UnitOfWork, around: Surroundings, part: Sequence[UUID]) -> list[UUID]:
    rows = (
        select(
            Membership.household_id,
            Person.id,
            Person.full_name,
            Person.id_number,
            Person.died_on,
            Membership.joined_on,
            Membership.left_on,
            Membership.left_reason,
            Membership.relation,
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.household_id.in_(part))
        .order_by(Membership.position, Membership.id)
    )
    ids = []
    for household, person, name, number, died, joined, left_on, why, relation in uow.session.execute(rows):
        known = around.people.get((household, person))
        if known is None:
            around.members.setdefault(household, []).append(person)
        left = left_on is not None or why is not None
        if known is None or known.left:  # a later stay in the household wins over one that ended
            around.people[household, person] = Being(name, number, died, joined, left_on, left, relation)
        if relation == Relation.HEAD and not left:
            around.heads.setdefault(household, person)
        ids.append(person)
    return list(dict.fromkeys(ids))


def _read_entries(
    uow: UnitOfWork,
    around: Surroundings,
    part: Sequence[UUID],
    people: Sequence[UUID],
    codes: Iterable[str],
    but: frozenset[UUID],
) -> None:
    columns = (
        Delivery.id,
        Delivery.corrects_id,
        Delivery.programme,
        Delivery.household_id,
        Delivery.person_id,
        Delivery.on_date,
        Delivery.period,
        Delivery.stage,
        Delivery.amount,
        Delivery.goods_value,
        Delivery.status,
    )
    statement = select(*columns).where(
        Delivery.programme.in_(list(codes)), Delivery.status != DeliveryStatus.CANCELLED.value
    )
    rows = list(uow.session.execute(statement.where(Delivery.household_id.in_(part))))
    for start in range(0, len(people), PART):
        chunk = people[start : start + PART]
        rows += uow.session.execute(statement.where(Delivery.person_id.in_(chunk), Delivery.household_id.not_in(part)))
    net: dict[UUID, int] = {}
    back = set()
    for row in rows:
        if row.corrects_id is not None:
            net[row.corrects_id] = net.get(row.corrects_id, 0) + row.amount + row.goods_value
            if row.status == DeliveryStatus.RETURNED:
                back.add(row.corrects_id)
    for row in rows:
        returned = row.status == DeliveryStatus.RETURNED or row.id in back
        if row.corrects_id is not None or returned or row.id in but:
            continue
        entry = Entry(
            row.id,
            row.programme,
            row.household_id,
            row.person_id,
            row.on_date,
            row.period,
            row.stage,
            row.amount + row.goods_value + net.get(row.id, 0),
            row.status in (DeliveryStatus.DELIVERED, DeliveryStatus.RECEIVED),
        )
        around.entries.setdefault(entry.person_id or entry.household_id, []).append(entry)


def _read_enrolments(
    uow: UnitOfWork, around: Surroundings, part: Sequence[UUID], people: Sequence[UUID], codes: Iterable[str]
) -> None:
    wanted = list(codes)
    if not wanted:
        return
    rows = select(
        Enrolment.programme,
        Enrolment.household_id,
        Enrolment.person_id,
        Enrolment.amount,
        Enrolment.from_on,
        Enrolment.decision_on,
        Enrolment.to_on,
    ).where(Enrolment.programme.in_(wanted), Enrolment.status.in_(_RUNNING))
    for code, household, person, amount, first, decided, last in uow.session.execute(
        rows.where(or_(Enrolment.household_id.in_(part), Enrolment.person_id.in_(people)))
    ):
        around.running.setdefault(person or household, []).append((code, amount, first or decided, last))


def _read_cases(uow: UnitOfWork, around: Surroundings, part: Sequence[UUID]) -> None:
    """The newest case of each beneficiary; one that is refused or suspended only where there is no other."""
    statement = (
        select(Enrolment)
        .where(Enrolment.programme == around.programme.code, Enrolment.household_id.in_(part))
        .order_by(Enrolment.need_on, Enrolment.decision_on, Enrolment.id)
    )
    for record in uow.session.scalars(statement):
        key = (record.household_id, record.person_id)
        known = around.cases.get(key)
        if known is None or known.status in SHUT or record.status not in SHUT:
            around.cases[key] = data_of(record)
