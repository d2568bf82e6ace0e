"""What reports count of a household in a review, as it stands when its sheet is keyed and again when it is decided."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, func, select

from casemgr.domain.conditions import ConditionData, Nutrition, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import PolicyFlag
from casemgr.domain.indicators import Member, count_children
from casemgr.domain.packs import Pack
from casemgr.domain.people import Education, LabourCapacity, Relation, Sex, Work
from casemgr.persistence.models import (
    Campaign,
    Hamlet,
    Household,
    HouseholdIndex,
    Membership,
    Person,
    PersonCondition,
    ReviewCase,
    Survey,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import review_rules
from casemgr.services.offices import setting

MINORITY_RULE: Final = "review.minority_rule"
"""Office setting: "head" (the head's ethnic group decides) or "head_or_spouse"."""
HEAD_OR_SPOUSE: Final = "head_or_spouse"
LOCAL_ETHNIC: Final = "review.local_ethnic"
"""Office setting: codes of the ethnic groups that are local to the province (dân tộc tại chỗ)."""

_MAJORITY: Final = (None, "01", "55")
"""Kinh, foreigners and unknown are no minority."""

_CHILDREN: Final = ("children", "children_nutrition", "children_insurance", "children_school")
"""Columns of report 11."""

_PART: Final = 500


def snapshots(
    uow: UnitOfWork, household_ids: Sequence[UUID], *, pack: Pack | None = None, on: Mapping[UUID, date] | None = None
) -> dict[UUID, dict[str, Any]]:
    """The columns of a case that describe the household; children are counted by `pack` on the day in `on`."""
    rule = setting(uow, MINORITY_RULE)
    with_spouse = rule is not None and json.loads(rule) == HEAD_OR_SPOUSE
    kept = setting(uow, LOCAL_ETHNIC)
    local = frozenset(json.loads(kept)) if kept else frozenset()
    connection = uow.session.connection()  # plain rows: hundreds of thousands of them when a review opens
    found: dict[UUID, dict[str, Any]] = {}
    for part in _parts(household_ids):
        members: dict[UUID, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
        for member in connection.execute(_MEMBERS.where(Membership.household_id.in_(part))):
            members[member.household_id].append(member)
        for row in connection.execute(_HOUSEHOLDS.where(Household.id.in_(part))):
            people = members[row.id]
            peoples = {row.ethnic}
            if with_spouse:
                peoples |= {one.ethnic for one in people if one.relation == Relation.SPOUSE}
            found[row.id] = {
                "hamlet_id": row.hamlet_id,
                "area": row.area or row.hamlet_area,
                "people": len(people),
                "head_name": row.head_name or "",
                "head_sort": row.head_sort or b"",
                "head_ethnic": row.ethnic,
                "head_female": row.sex == Sex.FEMALE,
                "minority": PolicyFlag.ETHNIC_MINORITY in row.flags or any(one not in _MAJORITY for one in peoples),
                "local_minority": bool(peoples & local),
                "no_labour": PolicyFlag.NO_LABOUR in row.flags
                or (bool(people) and all(one.labour == LabourCapacity.NONE for one in people)),
                "merit": PolicyFlag.MERIT in row.flags or any(one.merit for one in people),
                "social": PolicyFlag.SOCIAL_PROTECTION in row.flags or any(one.allowance for one in people),
            } | _children(people, pack, on.get(row.id) if on else None)
    return found


def frozen_members(uow: UnitOfWork, household_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The members of today as the lists of people print them, head first, to be kept with a decided case."""
    connection = uow.session.connection()
    found: dict[UUID, list[list[str | None]]] = {household: [] for household in household_ids}
    for part in _parts(household_ids):
        for household, *member in connection.execute(_LISTED.where(Membership.household_id.in_(part))):
            found[household].append(member)
    return {household: _encode(members) for household, members in found.items()}


def refresh(uow: UnitOfWork, case_ids: Sequence[UUID]) -> None:
    """Write into these cases what stands now; only what differs is touched and logged."""
    uow.session.flush()
    for part in _parts(case_ids):
        campaigns: dict[UUID, list[tuple[ReviewCase, date]]] = defaultdict(list)
        for case, day in uow.session.execute(
            select(ReviewCase, func.coalesce(Survey.surveyed_on, ReviewCase.state_on))
            .outerjoin(Survey, Survey.id == ReviewCase.survey_id)
            .where(ReviewCase.id.in_(part))
        ):
            campaigns[case.campaign_id].append((case, day))
        for campaign_id, held in campaigns.items():
            pack = review_rules.pack_of(uow, uow.record(Campaign, campaign_id))
            days = {case.household_id: day for case, day in held}
            found = snapshots(uow, list(days), pack=pack, on=days)
            for case, _day in held:
                apply(case, found[case.household_id])
        uow.session.flush()


def apply(record: ReviewCase, values: Mapping[str, Any]) -> None:
    """Set what differs."""
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)


_HOUSEHOLDS: Final = (
    select(
        Household.id,
        Household.hamlet_id,
        Household.area,
        Hamlet.area.label("hamlet_area"),
        Household.flags,
        HouseholdIndex.head_name,
        HouseholdIndex.head_sort,
        Person.ethnic,
        Person.sex,
    )
    .outerjoin(Hamlet, Hamlet.id == Household.hamlet_id)
    .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Household.id)
    .outerjoin(Person, Person.id == HouseholdIndex.head_id)
)

_MEMBERS: Final = (
    select(
        Membership.household_id,
        Membership.relation,
        Person.birth,
        Person.sex,
        Person.ethnic,
        Person.education,
        Person.work,
        Person.labour,
        Person.merit,
        Person.allowance,
        Person.insurance_number,
        PersonCondition.insured,
        PersonCondition.school,
        PersonCondition.nutrition,
    )
    .join(Person, Person.id == Membership.person_id)
    .outerjoin(PersonCondition, PersonCondition.person_id == Person.id)
    .where(Membership.left_on.is_(None), Membership.left_reason.is_(None))
)


_LISTED: Final = (
    select(
        Membership.household_id,
        Person.full_name,
        Person.sex,
        Person.birth,
        Person.ethnic,
        Membership.relation,
        Membership.relation_text,
    )
    .join(Person, Person.id == Membership.person_id)
    .where(Membership.left_on.is_(None), Membership.left_reason.is_(None))
    .order_by(Membership.household_id, Membership.relation != Relation.HEAD.value, Membership.position, Membership.id)
)

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _children(people: Sequence[Row[*tuple[Any, ...]]], pack: Pack | None, on: date | None) -> dict[str, int]:
    if pack is None or on is None:
        return dict.fromkeys(_CHILDREN, 0)
    counts = count_children(pack, [_member(row) for row in people], on)
    values = (counts.children, counts.nutrition, counts.insurance, counts.school)
    return dict(zip(_CHILDREN, values, strict=True))


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    return Member(
        birth=PartialDate.from_iso(row.birth) if row.birth else None,
        sex=Sex(row.sex) if row.sex else None,
        education=Education(row.education) if row.education else None,
        work=Work(row.work) if row.work else None,
        allowance=row.allowance,
        card_number=bool(row.insurance_number),
        condition=ConditionData(
            insured=row.insured,
            school=SchoolLevel(row.school) if row.school else None,
            nutrition=Nutrition(row.nutrition) if row.nutrition else None,
        ),
    )


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + _PART] for start in range(0, len(ids), _PART))
