"""Working sheets of a review, prefilled for many households at once, and the list of answers still missing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain import paper_templates as keys
from casemgr.domain.certificates import relation_on_paper
from casemgr.domain.conditions import Device, SchoolLevel, Toilet, WaterSource
from casemgr.domain.dates import PartialDate
from casemgr.domain.ethnic import name_of
from casemgr.domain.filling import put
from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.offices import Area, OfficeData, in_sentence
from casemgr.domain.on_paper import CLASS_ON_PAPER, SCHOOL_ON_PAPER, SEX_ON_PAPER, WORK_ON_PAPER
from casemgr.domain.paper_codes import case_qr
from casemgr.domain.papers import ListContent, QuickContent, SurveyContent, SurveyIndicator, SurveyMember
from casemgr.domain.people import Relation, Sex, Work
from casemgr.domain.permissions import Permission
from casemgr.domain.rehearsal import Rehearsal
from casemgr.domain.text import word_sort_key
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import ngettext, using
from casemgr.persistence.models import (
    Campaign,
    Dwelling,
    Hamlet,
    Household,
    HouseholdClassRow,
    Membership,
    Person,
    PersonCondition,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import packs, review_rules
from casemgr.services.paper_words import Sheet, campaign_values, sheet

_PART = 400
_WASTE = "xu_ly_rac_thai"
_WATERS, _TOILETS, _DEVICES = list(WaterSource), list(Toilet), list(Device)
_AREAS = list(Area)


@dataclass(frozen=True)
class TodoItem:
    """A household with what nobody has answered yet."""

    hamlet: str
    code: str
    head: str
    missing: tuple[str, ...]
    """In words, such as the names of indicators."""


@dataclass(frozen=True)
class _House:
    """What sheets say of a household."""

    case_id: UUID
    record: Household
    hamlet: Hamlet | None
    head: str
    members: tuple[tuple[Membership, Person, PersonCondition | None], ...]
    dwelling: Dwelling | None
    klass: HouseholdClassRow | None


def survey_sheets(uow: UnitOfWork, case_ids: Sequence[UUID], on: date) -> list[SurveyContent]:
    """The sheets of these households of one review, in the order given."""
    uow.require(Permission.READ)
    campaign = _campaign(uow, case_ids)
    pack = review_rules.pack_of(uow, campaign)
    words = sheet(uow, keys.SURVEY, on, campaign_values(uow, campaign))
    asked = tuple(SurveyIndicator(one.number, one.name, one.threshold) for one in pack.indicators)
    waste = _WASTE in packs.known_codes(uow)
    return [_sheet(words, house, asked, ask_waste=waste) for house in _houses(uow, case_ids)]


def quick_sheets(uow: UnitOfWork, case_ids: Sequence[UUID], on: date) -> list[QuickContent]:
    """Phiếu A of these households; the signs come from the standard of the review."""
    uow.require(Permission.READ)
    campaign = _campaign(uow, case_ids)
    pack = review_rules.pack_of(uow, campaign)
    words = sheet(uow, keys.QUICK, on, campaign_values(uow, campaign))
    decides = pack.quick_check.pass_rule if pack.quick_check else None
    rule = "" if decides is None else put(words.wording.rule, {"signs": str(decides)})
    items = tuple(label for _code, label in pack.quick_check.items) if pack.quick_check else ()
    return [
        QuickContent(
            wording=words.wording,
            agency_lines=words.office.agency_lines,
            qr=case_qr(house.case_id),
            household=_household(words.office, house)[:6],
            items=items,
            rule=rule,
            sample=words.office.sample,
        )
        for house in _houses(uow, case_ids)
    ]


def todo_list(uow: UnitOfWork, items: Sequence[TodoItem], on: date, *, period: str) -> ListContent:
    """What is missing, one group for each hamlet; `period` says by which standard."""
    uow.require(Permission.READ)
    words = sheet(uow, keys.MISSING_ANSWERS, on, {"period": period})
    by_hamlet: dict[str, list[TodoItem]] = defaultdict(list)
    for item in items:
        by_hamlet[item.hamlet].append(item)
    groups = tuple(
        (
            hamlet,
            tuple(
                (str(place), item.code, item.head, "; ".join(item.missing), "")
                for place, item in enumerate(by_hamlet[hamlet], 1)
            ),
        )
        for hamlet in sorted(by_hamlet, key=word_sort_key)
    )
    return ListContent(words.wording, words.office.agency_lines, groups, words.office.sample)


def rehearsal_todo(uow: UnitOfWork, tried: Rehearsal, on: date) -> ListContent:
    """The answers a rehearsal misses, of households that were reviewed before; the others would fill a book."""
    with using("vi"):
        items = [
            TodoItem(line.hamlet, line.code, line.head, tuple(tried.name_of(code) for code in line.codes))
            for line in tried.missing
            if line.reviewed
        ]
    return todo_list(uow, items, on, period=tried.pack.title)


def _campaign(uow: UnitOfWork, case_ids: Sequence[UUID]) -> Campaign:
    """The one review the sheets belong to."""
    found = {
        campaign
        for part in _parts(case_ids)
        for campaign in uow.session.scalars(select(ReviewCase.campaign_id).where(ReviewCase.id.in_(part)).distinct())
    }
    if len(found) != 1:
        message = ngettext(
            "Choose households of one review.", "Choose households of one review, not of {count}.", len(found)
        )
        raise ValidationError([Problem("cases", message.format(count=len(found)))])
    return uow.record(Campaign, found.pop())


def _houses(uow: UnitOfWork, case_ids: Sequence[UUID]) -> Iterator[_House]:
    for part in _parts(case_ids):
        yield from _part(uow, part)


def _part(uow: UnitOfWork, case_ids: Sequence[UUID]) -> Iterator[_House]:
    rows = uow.session.execute(
        select(ReviewCase.id, Household, Hamlet)
        .join(Household, Household.id == ReviewCase.household_id)
        .outerjoin(Hamlet, Hamlet.id == Household.hamlet_id)
        .where(ReviewCase.id.in_(case_ids))
    ).all()
    by_case = {case: (record, hamlet) for case, record, hamlet in rows}
    ids = [record.id for record, _hamlet in by_case.values()]
    members = _members(uow, ids)
    dwellings = {
        row.household_id: row for row in uow.session.scalars(select(Dwelling).where(Dwelling.household_id.in_(ids)))
    }
    classes = _classes(uow, ids)
    for case in case_ids:
        if case in by_case:
            record, hamlet = by_case[case]
            people = tuple(members.get(record.id, ()))
            head = next((person for place, person, _c in people if place.relation == Relation.HEAD), None)
            name = head.full_name if head else people[0][1].full_name if people else ""
            yield _House(case, record, hamlet, name, people, dwellings.get(record.id), classes.get(record.id))


def _members(
    uow: UnitOfWork, ids: Sequence[UUID]
) -> dict[UUID, list[tuple[Membership, Person, PersonCondition | None]]]:
    rows = uow.session.execute(
        select(Membership, Person, PersonCondition)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(PersonCondition, PersonCondition.person_id == Person.id)
        .where(Membership.household_id.in_(ids), Membership.left_on.is_(None), Membership.left_reason.is_(None))
        .order_by(Membership.position, Membership.id)
    )
    found: dict[UUID, list[tuple[Membership, Person, PersonCondition | None]]] = defaultdict(list)
    for place, person, condition in rows:
        found[place.household_id].append((place, person, condition))
    return found


def _classes(uow: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, HouseholdClassRow]:
    """The newest class of each household."""
    rows = uow.session.scalars(
        select(HouseholdClassRow).where(HouseholdClassRow.household_id.in_(ids)).order_by(HouseholdClassRow.year)
    )
    return {row.household_id: row for row in rows}


def _sheet(words: Sheet, house: _House, asked: tuple[SurveyIndicator, ...], *, ask_waste: bool) -> SurveyContent:
    home = house.dwelling
    area = house.record.area or (house.hamlet.area if house.hamlet else None)
    return SurveyContent(
        wording=words.wording,
        agency_lines=words.office.agency_lines,
        qr=case_qr(house.case_id),
        household=_household(words.office, house),
        area=_AREAS.index(Area(area)) if area else None,
        members=tuple(_member(*member) for member in house.members),
        walls=home.walls_durable if home else None,
        columns=home.columns_durable if home else None,
        roof=home.roof_durable if home else None,
        floor_area=f"{home.area_dm2 / 100:g}".replace(".", ",") if home and home.area_dm2 is not None else "",
        water=_WATERS.index(WaterSource(home.water)) if home and home.water else None,
        toilet=_TOILETS.index(Toilet(home.toilet)) if home and home.toilet else None,
        internet=home.internet if home else None,
        devices=tuple(_DEVICES.index(Device(code)) for code in home.devices or ()) if home else (),
        waste=home.waste_handled if home else None,
        ask_waste=ask_waste,
        indicators=asked,
        sample=words.office.sample,
    )


def _household(office: OfficeData, house: _House) -> tuple[str, ...]:
    """Code, head, ethnic group, hamlet, address, people, area, class before."""
    record = house.record
    hamlet = f"{house.hamlet.kind} {house.hamlet.name}".strip() if house.hamlet else ""
    tail = map(in_sentence, (hamlet, office.commune_name))
    head = next((person for place, person, _c in house.members if place.relation == Relation.HEAD), None)
    return (
        household_code(record.number),
        house.head,
        name_of(head.ethnic) if head and head.ethnic else "",
        hamlet,
        ", ".join(part for part in (record.address, *tail) if part),
        str(len(house.members)),
        "",
        _before(house.klass),
    )


def _before(klass: HouseholdClassRow | None) -> str:
    if klass is None:
        return ""
    parts = [f"{CLASS_ON_PAPER[HouseholdClass(klass.value)]} năm {klass.year}"]
    parts += [f"{name}: {value}" for name, value in (("B1", klass.b1), ("B2", klass.b2)) if value is not None]
    return "; ".join(parts)


def _member(place: Membership, person: Person, condition: PersonCondition | None) -> SurveyMember:
    sex = Sex(person.sex) if person.sex else None
    school = SchoolLevel(condition.school) if condition and condition.school else None
    return SurveyMember(
        name=person.full_name,
        relation=relation_on_paper(Relation(place.relation), sex, place.relation_text),
        sex=SEX_ON_PAPER[sex] if sex else "",
        birth=PartialDate.from_iso(person.birth).text if person.birth else "",
        id_number=person.id_number or person.old_id_number or "",
        ethnic=name_of(person.ethnic) if person.ethnic else "",
        school=SCHOOL_ON_PAPER[school] if school else "",
        insured=condition.insured if condition else None,
        work=WORK_ON_PAPER[Work(person.work)] if person.work else "",
    )


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + _PART] for start in range(0, len(ids), _PART))
