"""Who of the households on the lists has a card, who has none or one that ends, and who came and went between two days.

Which group a household belongs to follows from the rules of the card programmes on the day, not from this module.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.dates import PartialDate
from casemgr.domain.entitlement_facts import Facts
from casemgr.domain.entitlements import holds
from casemgr.domain.households import household_code
from casemgr.domain.insurance import ENDING_DAYS, CardData, CardState, Cause, ChangeKind, covers, state_on
from casemgr.domain.pack_parts import UNCERTAIN
from casemgr.domain.people import LeaveReason, Relation, Sex
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue
from casemgr.domain.text import fold
from casemgr.persistence.models import (
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    InsuranceCard,
    Membership,
    Person,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.entitlement_reading import Reading
from casemgr.services.insurance import card_groups, data_of, group_name
from casemgr.services.offices import hamlet_names
from casemgr.services.programmes import catalogue

_PART: Final = 500


@dataclass(frozen=True)
class CoverageQuery:
    """Which people are shown; empty means all who are entitled to a card."""

    text: str = ""
    """Part of the name, the head's name, the household's code or the identity number."""
    hamlets: tuple[UUID, ...] = ()
    states: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    within: int = ENDING_DAYS
    """A card that ends within so many days counts as ending."""


@dataclass(frozen=True)
class Insured:
    """A member of a household, as lists of cards name her."""

    person_id: UUID
    household_id: UUID
    code: str
    head: str
    hamlet: str
    name: str
    birth: PartialDate | None
    sex: Sex | None
    id_number: str
    relation: Relation
    address: str
    class_value: str


@dataclass(frozen=True)
class CoverageRow:
    """One person who is entitled to a card, with the card there is."""

    who: Insured
    group: str
    """Programme of the card she is entitled to."""
    group_name: str
    state: CardState
    card: CardData | None
    card_group: str
    """Name of the group of the card there is."""


@dataclass(frozen=True)
class CardChange:
    """One line of the list of increases and decreases (C24)."""

    kind: ChangeKind
    cause: Cause
    who: Insured
    group: str
    group_name: str
    on: date | None
    """When it happened; None where only the class of the household tells."""
    card: CardData | None
    """Valid at the second day for an increase, at the first for a decrease."""


def coverage(uow: UnitOfWork, query: CoverageQuery, on: date | None = None) -> list[CoverageRow]:
    """Everybody entitled to a card by the class of the household, by hamlet, household and place on paper."""
    uow.require(Permission.READ)
    day, found = on or uow.today, catalogue(uow)
    groups = card_groups(found)
    entitled = _entitled(uow, found, day)
    people = _people(uow, entitled)
    cards = _cards(uow, list(entitled))
    words = fold(query.text).split()
    rows = []
    for who in people:
        group = entitled[who.person_id][1]
        state, card = state_on(cards.get(who.person_id, ()), day, within=query.within)
        told = fold(f"{who.name} {who.head} {who.code} {who.id_number}")
        shown = not query.states or state.value in query.states
        if shown and (not query.groups or group in query.groups) and all(word in told for word in words):
            name = group_name(groups, card.group) if card else ""
            rows.append(CoverageRow(who, group, group_name(groups, group), state, card, name))
    if query.hamlets:
        names = hamlet_names(uow)
        wanted = {names[hamlet] for hamlet in query.hamlets if hamlet in names}
        rows = [row for row in rows if row.who.hamlet in wanted]
    return rows


def counts(rows: Sequence[CoverageRow]) -> dict[CardState, int]:
    """How many people stand how."""
    return {state: sum(1 for row in rows if row.state is state) for state in CardState}


def changes(uow: UnitOfWork, from_on: date, to_on: date) -> list[CardChange]:
    """Who came onto the lists of cards after the first day until the second, then who left them."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    groups = card_groups(found)
    before, after = _entitled(uow, found, from_on), _entitled(uow, found, to_on)
    moved = {person for person in before.keys() | after.keys() if _group(before, person) != _group(after, person)}
    where = {person: (after if person in after else before)[person] for person in moved}
    cards = _cards(uow, list(moved))
    listed = []
    for who in _people(uow, where):
        own = cards.get(who.person_id, ())
        if who.person_id in after:
            group = after[who.person_id][1]
            cause, on = _came(uow, who, from_on, changed=who.person_id in before)
            card = next((one for one in own if covers(one, to_on)), None)
            listed.append(CardChange(ChangeKind.INCREASE, cause, who, group, group_name(groups, group), on, card))
        if who.person_id in before:
            group = before[who.person_id][1]
            cause, on = _went(uow, who, before[who.person_id][0], to_on, changed=who.person_id in after)
            card = next((one for one in own if covers(one, from_on)), None)
            listed.append(CardChange(ChangeKind.DECREASE, cause, who, group, group_name(groups, group), on, card))
    order = list(ChangeKind)
    return sorted(listed, key=lambda change: order.index(change.kind))


def group_of(found: Catalogue, facts: Facts, on: date) -> str | None:
    """The first card programme one of whose rules holds for the household; uncertain rules do not count."""
    for code in card_groups(found):
        for rule in found.rules_on(code, on):
            certain = rule.certainty != UNCERTAIN
            if certain and holds(rule.scope, facts) is True and holds(rule.condition, facts) is True:
                return code
    return None


Entitled = dict[UUID, tuple[UUID, str, str]]
"""By person: the household, the group of the card, and the household's class."""


def _group(entitled: Entitled, person: UUID) -> str | None:
    return entitled[person][1] if person in entitled else None


def _entitled(uow: UnitOfWork, found: Catalogue, on: date) -> Entitled:
    """Everybody alive who belongs to a household with a group of cards on the day."""
    people: Entitled = {}
    for ids in _candidates(uow, found, on):
        reading = Reading(uow, found, on, ids)
        groups = {raw: group_of(found, reading.home_facts(home), on) for raw, home in reading.homes.items()}
        for raw, members in reading.members():
            group = groups.get(raw)
            if group is not None:
                home = reading.homes[raw]
                for member in members:
                    if member.died is None:
                        people[member.id] = (home.id, group, home.standing.value)
    return people


def _candidates(uow: UnitOfWork, found: Catalogue, on: date) -> Iterator[list[UUID]]:
    """Households that ever had a class some card is given for: the others need not be read."""
    values = set(uow.session.scalars(select(HouseholdClassRow.value).distinct()))
    values |= {value for value in uow.session.scalars(select(ReviewCase.result_class).distinct()) if value}
    rules = [rule for code in card_groups(found) for rule in found.rules_on(code, on)]
    fit = [
        value for value in values if any(holds(rule.condition, Facts({"class": value})) is not False for rule in rules)
    ]
    ids = set(uow.session.scalars(select(HouseholdClassRow.household_id).where(HouseholdClassRow.value.in_(fit))))
    ids |= set(uow.session.scalars(select(ReviewCase.household_id).where(ReviewCase.result_class.in_(fit))))
    ordered = sorted(ids)
    for start in range(0, len(ordered), _PART):
        yield ordered[start : start + _PART]


def _people(uow: UnitOfWork, entitled: Entitled) -> list[Insured]:
    """Them in the order of paper: hamlet, household, place in it; those gone since their day too."""
    names = hamlet_names(uow)
    ids = list(entitled)
    rows: list[tuple[tuple[str, bytes, bool, int], Insured]] = []
    for start in range(0, len(ids), _PART):
        statement = (
            select(Person, Membership, HouseholdIndex, Household.address)
            .join(Membership, Membership.person_id == Person.id)
            .join(HouseholdIndex, HouseholdIndex.household_id == Membership.household_id)
            .join(Household, Household.id == Membership.household_id)
            .where(Person.id.in_(ids[start : start + _PART]))
        )
        for person, membership, index, address in uow.session.execute(statement):
            home, _group, value = entitled[person.id]
            if membership.household_id != home:
                continue
            hamlet = names.get(index.hamlet_id, "") if index.hamlet_id else ""
            who = Insured(
                person_id=person.id,
                household_id=home,
                code=household_code(index.number),
                head=index.head_name,
                hamlet=hamlet,
                name=person.full_name,
                birth=PartialDate.from_iso(person.birth) if person.birth else None,
                sex=Sex(person.sex) if person.sex else None,
                id_number=person.id_number or person.old_id_number or "",
                relation=Relation(membership.relation),
                address=address,
                class_value=value,
            )
            present = membership.left_on is None and membership.left_reason is None
            rows.append(((hamlet, index.head_sort, not present, membership.position), who))
    found: dict[UUID, Insured] = {}
    for _key, who in sorted(rows, key=lambda row: row[0]):
        found.setdefault(who.person_id, who)
    return list(found.values())


def _cards(uow: UnitOfWork, people: Sequence[UUID]) -> dict[UUID, list[CardData]]:
    found: dict[UUID, list[CardData]] = {}
    for start in range(0, len(people), _PART):
        rows = select(InsuranceCard).where(InsuranceCard.person_id.in_(people[start : start + _PART]))
        for card in uow.session.scalars(rows):
            found.setdefault(card.person_id, []).append(data_of(card))
    return found


def _came(uow: UnitOfWork, who: Insured, after: date, *, changed: bool) -> tuple[Cause, date | None]:
    """Why somebody is on the list who was not."""
    if changed:
        return Cause.GROUP, None
    birth = who.birth
    if birth is not None and birth.month and birth.day and date(birth.year, birth.month, birth.day) > after:
        return Cause.BORN, date(birth.year, birth.month, birth.day)
    joined = uow.session.scalars(
        select(Membership.joined_on).where(
            Membership.person_id == who.person_id,
            Membership.household_id == who.household_id,
            Membership.joined_on > after,
        )
    ).first()
    return (Cause.JOINED, joined) if joined is not None else (Cause.CLASS_BEGAN, None)


def _went(uow: UnitOfWork, who: Insured, home: UUID, until: date, *, changed: bool) -> tuple[Cause, date | None]:
    """Why somebody is no longer on the list."""
    if changed:
        return Cause.GROUP, None
    person = uow.record(Person, who.person_id)
    if person.died_on is not None and person.died_on <= until:
        return Cause.DIED, person.died_on
    left = uow.session.execute(
        select(Membership.left_on, Membership.left_reason)
        .where(Membership.person_id == who.person_id, Membership.household_id == home)
        .where(Membership.left_reason.is_not(None))
        .order_by(Membership.left_on.desc())
    ).first()
    if left is not None and (left[0] is None or left[0] <= until):
        return (Cause.DIED if left[1] == LeaveReason.DIED.value else Cause.LEFT), left[0]
    ended = uow.record(Household, home).ended_on
    return (Cause.HOUSEHOLD_ENDED, ended) if ended is not None and ended <= until else (Cause.CLASS_ENDED, None)
