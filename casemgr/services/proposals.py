"""Use cases of proposed answers: of one household with every why, or of many households in a few large queries."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    Text,
    and_,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from casemgr.domain.conditions import ConditionData, DwellingData, Nutrition, SchoolLevel, Toilet, WaterSource
from casemgr.domain.dates import PartialDate
from casemgr.domain.indicators import (
    Answers,
    ChildCounts,
    Member,
    Proposal,
    Proposer,
    count_children,
    propose,
    questions,
)
from casemgr.domain.packs import Pack
from casemgr.domain.people import Education, LabourCapacity, Sex, Work
from casemgr.domain.permissions import Permission
from casemgr.persistence.models import Dwelling, InsuranceCard, Membership, Person, PersonCondition
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.conditions import condition_data, dwelling
from casemgr.services.insurance import insured_on

_CHUNK: Final = 500
_ROWS: Final = 5_000
ALL_FROM: Final = 30_000
"""From so many households on, reading every row once is quicker than asking for each."""


def proposals(uow: UnitOfWork, household_id: UUID, pack: Pack, on: date) -> dict[str, Proposal]:
    """A proposal for every indicator of the pack, for the household as it is on that day."""
    uow.require(Permission.READ)
    return propose(pack, members(uow, household_id, on), dwelling(uow, household_id)[1], on)


def child_counts(uow: UnitOfWork, household_id: UUID, pack: Pack, on: date) -> ChildCounts:
    """Children of the household that day, and how many lack what report 11 counts."""
    uow.require(Permission.READ)
    return count_children(pack, members(uow, household_id, on), on)


def questions_of(uow: UnitOfWork, household_id: UUID, pack: Pack, on: date) -> dict[UUID, frozenset[str]]:
    """By person: which fields of `ConditionData` the standard asks of her that day."""
    uow.require(Permission.READ)
    return {
        person.id: questions(pack, _member(person, condition), on)
        for person, condition in _people_of(uow, household_id, on)
    }


def members(uow: UnitOfWork, household_id: UUID, on: date) -> list[Member]:
    """Who lived in the household that day, as the indicators see them, in the order on paper.

    Where cards of a person are on record, the cards of that day decide whether she is insured, not what was noted.
    """
    people = list(_people_of(uow, household_id, on))
    cards = insured_on(uow, [person.id for person, _condition in people], on)
    return [_member(person, condition, cards.get(person.id)) for person, condition in people]


def _people_of(uow: UnitOfWork, household_id: UUID, on: date) -> Iterator[tuple[Person, PersonCondition | None]]:
    rows = uow.session.execute(
        select(Person, PersonCondition)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(PersonCondition, PersonCondition.person_id == Person.id)
        .where(Membership.household_id == household_id, present(on))
        .order_by(Membership.position, Membership.id)
    )
    yield from rows


def proposals_of(
    uow: UnitOfWork,
    household_ids: Sequence[UUID],
    pack: Pack,
    on: date,
    codes: Collection[str] | None = None,
) -> dict[UUID, Answers]:
    """The same proposals without words for many households; `codes` narrows to some indicators of the pack."""
    uow.require(Permission.READ)
    proposer = Proposer(pack, on, codes)
    marks: dict[bytes, int] = {}
    counts: dict[bytes, int] = {}
    if proposer.asks_members:
        for household, mark, count in _marked(uow, proposer, household_ids):
            marks[household] = marks.get(household, 0) | mark
            counts[household] = counts.get(household, 0) + count
    elif proposer.counts_people:
        for household, people in _read(uow, _people(on), Membership.household_id, household_ids):
            counts[household] = people
    houses: dict[bytes, tuple[int, int | None]] = {}
    if proposer.asks_houses:
        seen: dict[str, int] = {}
        for household, area, key in _read(uow, _house_keys(), Dwelling.household_id, household_ids):
            if key not in seen:
                seen[key] = proposer.of_house(_house_of(key))
            houses[household] = seen[key], area
    unseen = proposer.of_house(DwellingData()), None
    found = {}
    for household_id in household_ids:
        raw = household_id.bytes
        house, area = houses.get(raw, unseen)
        found[household_id] = proposer.answers(marks.get(raw, 0) | house, counts.get(raw, 0), area)
    return found


def _marked(uow: UnitOfWork, proposer: Proposer, household_ids: Sequence[UUID]) -> Iterator[tuple[bytes, int, int]]:
    """Marks and counts of members, neighbours of one household already joined; people alike are judged once."""
    groups: dict[tuple[int, int], dict[str, tuple[int, int]]] = {}
    alike: dict[str | None, dict[str, tuple[int, int]]] = {}
    current, marks, counts = b"", 0, 0
    for household, birth, key in _read(
        uow, _member_keys(proposer.on, whole=len(household_ids) >= ALL_FROM), Membership.household_id, household_ids
    ):
        judged = alike.get(birth)
        if judged is None:
            judged = alike[birth] = groups.setdefault(proposer.age_group(_birth(birth)), {})
        marked = judged.get(key)
        if marked is None:
            marked = judged[key] = proposer.of_member(_member_of(birth, key))
        if household != current:
            yield current, marks, counts
            current, marks, counts = household, 0, 0
        marks |= marked[0]
        counts += marked[1]
    yield current, marks, counts


def present(on: date) -> ColumnElement[bool]:
    """A member that day: joined by then, not yet gone, and alive."""
    return and_(
        or_(Membership.joined_on.is_(None), Membership.joined_on <= on),
        or_(and_(Membership.left_on.is_(None), Membership.left_reason.is_(None)), Membership.left_on > on),
        or_(Person.died_on.is_(None), Person.died_on > on),
    )


def _member(person: Person, condition: PersonCondition | None, card: bool | None = None) -> Member:
    known = condition_data(condition) if condition else ConditionData()
    return Member(
        name=person.full_name,
        birth=_birth(person.birth),
        sex=Sex(person.sex) if person.sex else None,
        education=Education(person.education) if person.education else None,
        work=Work(person.work) if person.work else None,
        labour=LabourCapacity(person.labour) if person.labour else None,
        disabled=person.disability is not None,
        allowance=person.allowance,
        card_number=person.insurance_number is not None,
        condition=known if card is None else replace(known, insured=card),
    )


def _covered(on: date) -> Select[int]:
    """1 where one of the cards is valid that day, else 0."""
    valid = and_(InsuranceCard.valid_from <= on, or_(InsuranceCard.valid_to.is_(None), InsuranceCard.valid_to >= on))
    return select(func.max(case((valid, 1), else_=0)).label("covered"))


_MEMBER_FACTS: Final[tuple[Any, ...]] = (
    Person.sex,
    Person.education,
    Person.work,
    Person.labour,
    Person.disability,
    type_coerce(Person.allowance, Text),
    Person.insurance_number.is_not(None),
    PersonCondition.school,
    PersonCondition.nutrition,
    *(
        type_coerce(column, Text)
        for column in (
            PersonCondition.contract,
            PersonCondition.wage_work,
            PersonCondition.seeks_work,
            PersonCondition.trained,
        )
    ),
)
_HOUSE_FACTS: Final[tuple[Any, ...]] = (
    *(
        type_coerce(column, Text)
        for column in (
            Dwelling.walls_durable,
            Dwelling.columns_durable,
            Dwelling.roof_durable,
            Dwelling.internet,
            Dwelling.waste_handled,
        )
    ),
    Dwelling.water,
    Dwelling.toilet,
    type_coerce(Dwelling.devices, Text),
)


def _key(facts: tuple[Any, ...]) -> ColumnElement[str]:
    """The facts as one text: the database glues them, so that people alike are one look-up here."""
    parted = [part for fact in facts for part in (fact, "|")]
    return func.concat(*parted[:-1], type_=Text)


def _member_keys(on: date, *, whole: bool) -> Select[bytes, str | None, str]:
    """Everybody's facts; for the whole file the cards are read once, for some households person by person."""
    cards = _covered(on).add_columns(InsuranceCard.person_id).group_by(InsuranceCard.person_id).subquery()
    own = _covered(on).where(InsuranceCard.person_id == Membership.person_id).correlate(Membership)
    covered: ColumnElement[int] = cards.c.covered if whole else own.scalar_subquery()
    insured = func.coalesce(covered, type_coerce(PersonCondition.insured, Integer))
    statement = (
        select(
            type_coerce(Membership.household_id, LargeBinary),
            Person.birth,
            _key((*_MEMBER_FACTS, type_coerce(insured, Text))),
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(PersonCondition, PersonCondition.person_id == Membership.person_id)
        .where(present(on))
    )
    return statement.outerjoin(cards, cards.c.person_id == Membership.person_id) if whole else statement


def _people(on: date) -> Select[bytes, int]:
    return (
        select(type_coerce(Membership.household_id, LargeBinary), func.count())
        .join(Person, Person.id == Membership.person_id)
        .where(present(on), or_(Person.birth.is_(None), Person.birth <= on.isoformat()))
        .group_by(Membership.household_id)
    )


def _house_keys() -> Select[bytes, int | None, str]:
    return select(type_coerce(Dwelling.household_id, LargeBinary), Dwelling.area_dm2, _key(_HOUSE_FACTS))


def _read(
    uow: UnitOfWork,
    statement: Select[*tuple[Any, ...]],
    column: Any,  # noqa: ANN401 - any mapped column
    household_ids: Sequence[UUID],
) -> Iterator[Any]:
    """The driver's own rows: at this size what the toolkit makes of each row costs as much as reading it."""
    connection = uow.session.connection()
    whole = len(household_ids) >= ALL_FROM
    ids = [] if whole else sorted(household_ids)  # as they were written: neighbours share pages
    for start in range(0, max(1, len(ids)), _CHUNK):
        part = statement if whole else statement.where(column.in_(ids[start : start + _CHUNK]))
        with connection.execute(part) as result:
            cursor = result.cursor
            while cursor is not None and (rows := cursor.fetchmany(_ROWS)):
                yield from rows


def _birth(text: str | None) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None


def _member_of(birth: str | None, key: str) -> Member:
    sex, education, work, labour, disability, allowance, card, school, nutrition, *flags = key.split("|")
    contract, wage_work, seeks_work, trained, insured = map(_truth, flags)
    return Member(
        birth=_birth(birth),
        sex=Sex(sex) if sex else None,
        education=Education(education) if education else None,
        work=Work(work) if work else None,
        labour=LabourCapacity(labour) if labour else None,
        disabled=bool(disability),
        allowance=allowance == "1",
        card_number=card == "1",
        condition=ConditionData(
            insured=insured,
            school=SchoolLevel(school) if school else None,
            nutrition=Nutrition(nutrition) if nutrition else None,
            contract=contract,
            wage_work=wage_work,
            seeks_work=seeks_work,
            trained=trained,
        ),
    )


def _house_of(key: str) -> DwellingData:
    walls, columns, roof, internet, waste, water, toilet, devices = key.split("|")
    return DwellingData(
        walls_durable=_truth(walls),
        columns_durable=_truth(columns),
        roof_durable=_truth(roof),
        water=WaterSource(water) if water else None,
        toilet=Toilet(toilet) if toilet else None,
        internet=_truth(internet),
        devices=tuple(json.loads(devices)) if devices else None,
        waste_handled=_truth(waste),
    )


def _truth(text: str) -> bool | None:
    return text == "1" if text else None
