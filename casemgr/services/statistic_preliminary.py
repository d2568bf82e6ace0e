"""A review before its decision, as reports count it: openings and movements as the decision would write them.

The same rules as `services/movements.py`, which names every household of one review, as one query for all of them.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import CampaignKind, CaseState, Movement
from casemgr.persistence.models import (
    Campaign,
    Decision,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    ReviewCase,
)
from casemgr.services.statistic_sources import SNAPSHOT

_POOR, _NEAR = HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value
_LISTED: Final = (_POOR, _NEAR)
_ESCAPED: Final = (HouseholdClass.ESCAPED_POOR.value, HouseholdClass.ESCAPED_NEAR_POOR.value)
_LEFT: Final = (
    Movement.POOR_TO_NEAR_POOR.value,
    Movement.POOR_ESCAPED.value,
    Movement.NEAR_POOR_ESCAPED.value,
)
_EMPTY: Final = {
    "head_ethnic": None,
    "head_female": False,
    "minority": False,
    "local_minority": False,
    "no_labour": False,
    "merit": False,
    "deprivations": "[]",
    "causes": "[]",
    "children": 0,
    "children_nutrition": 0,
    "children_insurance": 0,
    "children_school": 0,
}


def running(campaign: Campaign, *, oldest: int) -> Subquery:
    """The households of a running review; who is not keyed yet is counted as staying in its class.

    `oldest` is the first class year in which an escape makes a new entry a relapse.
    """
    inner = _cases(campaign, oldest)
    c = inner.c
    pending = and_(c.result_class.is_(None), c.ended_on.is_(None))
    stays = case((c.opening_class.in_(_LISTED), c.opening_class), else_=None)
    values: dict[str, Any] = {name: c[name] for name in SNAPSHOT}
    values["people"] = case((or_(pending, c.ended_on.is_not(None)), c.opening_people), else_=c.people)
    result = case((pending, stays), else_=c.result_class)
    keyed = select(
        *(value.label(name) for name, value in values.items()),
        result.label("result_class"),
        _movement(c, result).label("movement"),
        literal(False).label("recorded"),
    )
    if campaign.kind != CampaignKind.PERIODIC:
        return keyed.subquery("counted")
    return union_all(keyed, _gone_before(campaign)).subquery("counted")


def last_year(campaign: Campaign) -> int:
    """The last year whose class was there before the review decides."""
    return campaign.class_year - 1 if campaign.kind == CampaignKind.PERIODIC else campaign.class_year


def _cases(campaign: Campaign, oldest: int) -> Subquery:
    table, home = ReviewCase.__table__.c, Household.__table__.c
    opening = func.coalesce(_opening(campaign, HouseholdClassRow.value), HouseholdClass.UNREVIEWED.value)
    people = case((opening.in_(_LISTED), func.coalesce(_people_then(campaign), table.opening_people)), else_=0)
    values: dict[str, Any] = {name: table[name] for name in SNAPSHOT}
    values["hamlet_id"] = func.coalesce(table.hamlet_id, home.hamlet_id)
    values["opening_class"], values["opening_people"] = opening, people
    return (
        select(
            *(value.label(name) for name, value in values.items()),
            table.result_class,
            table.came_in,
            home.ended_on,
            _left_before(campaign, oldest).label("left_before"),
        )
        .join(Household.__table__, home.id == table.household_id)
        .where(
            table.campaign_id == campaign.id,
            or_(table.state != CaseState.REMOVED.value, home.ended_on.is_not(None)),
        )
        .subquery("cases")
    )


def _opening(campaign: Campaign, column: Any) -> Any:  # noqa: ANN401 - a mapped column and a scalar of its kind
    before = HouseholdClassRow
    return (
        select(column)
        .where(before.household_id == ReviewCase.household_id, before.year <= last_year(campaign))
        .order_by(before.year.desc())
        .limit(1)
        .correlate(ReviewCase)
        .scalar_subquery()
    )


def _people_then(campaign: Campaign) -> Any:  # noqa: ANN401 - a scalar subquery
    """Members at the last decision on the household, when this file counted them."""
    then, made = aliased(ReviewCase), aliased(Campaign)
    return (
        select(then.people)
        .join(made, made.id == then.campaign_id)
        .where(
            then.household_id == ReviewCase.household_id,
            then.state == CaseState.DECIDED.value,
            then.campaign_id != campaign.id,
            made.class_year == _opening(campaign, HouseholdClassRow.year),
        )
        .order_by(then.decided_on.desc(), then.id.desc())
        .limit(1)
        .correlate(ReviewCase)
        .scalar_subquery()
    )


def _left_before(campaign: Campaign, oldest: int) -> ColumnElement[bool]:
    """Whether the household was once recognised as having left a list."""
    earlier, later, left, made = (
        aliased(HouseholdClassRow),
        aliased(HouseholdClassRow),
        aliased(ReviewCase),
        aliased(Campaign),
    )
    newest = last_year(campaign)
    mine = later.household_id == ReviewCase.household_id
    stood = exists().where(
        earlier.household_id == later.household_id,
        earlier.value.in_(_LISTED),
        earlier.year < later.year,
        earlier.year >= oldest,
    )
    by_class = (
        select(later.id)
        .where(
            mine,
            later.year.between(oldest, newest),
            or_(later.value.in_(_ESCAPED), and_(later.value.not_in(_LISTED), stood)),
        )
        .correlate(ReviewCase)
    )
    by_movement = (
        select(left.id)
        .join(made, made.id == left.campaign_id)
        .where(
            left.household_id == ReviewCase.household_id,
            left.campaign_id != campaign.id,
            left.movement.in_(_LEFT),
            made.class_year >= oldest,
        )
        .correlate(ReviewCase)
    )
    return or_(exists(by_class), exists(by_movement))


def _movement(c: Any, result: ColumnElement[Any]) -> ColumnElement[Any]:  # noqa: ANN401 - columns of a subquery
    """What the decision would write for a household as it stands now."""
    opening, gone = c.opening_class, c.ended_on.is_not(None)

    def entering(came: Movement, again: Movement, new: Movement) -> ColumnElement[Any]:
        return case((c.came_in, came.value), (c.left_before, again.value), else_=new.value)

    return case(
        (and_(gone, opening == _POOR), Movement.POOR_OUT.value),
        (and_(gone, opening == _NEAR), Movement.NEAR_POOR_OUT.value),
        (gone, Movement.NOT_POOR.value),
        (and_(opening == _POOR, result == _POOR), Movement.STAYED_POOR.value),
        (and_(opening == _POOR, result == _NEAR), Movement.POOR_TO_NEAR_POOR.value),
        (opening == _POOR, Movement.POOR_ESCAPED.value),
        (and_(opening == _NEAR, result == _POOR), Movement.NEAR_POOR_TO_POOR.value),
        (and_(opening == _NEAR, result == _NEAR), Movement.STAYED_NEAR_POOR.value),
        (opening == _NEAR, Movement.NEAR_POOR_ESCAPED.value),
        (result == _POOR, entering(Movement.POOR_IN, Movement.POOR_AGAIN, Movement.POOR_NEW)),
        (result == _NEAR, entering(Movement.NEAR_POOR_IN, Movement.NEAR_POOR_AGAIN, Movement.NEAR_POOR_NEW)),
        else_=Movement.NOT_POOR.value,
    )


def _gone_before(campaign: Campaign) -> Any:  # noqa: ANN401 - a select of many columns
    """Households of the last list that ended since its decision and before the review listed them."""
    written, home, index = (model.__table__.c for model in (HouseholdClassRow, Household, HouseholdIndex))
    made = Decision.__table__.c
    known = exists(
        select(ReviewCase.id).where(ReviewCase.campaign_id == campaign.id, ReviewCase.household_id == home.id)
    )
    recognised = func.coalesce(written.since, made.signed_on)
    then = aliased(ReviewCase)
    people = (
        select(then.people)
        .where(
            then.household_id == home.id,
            then.state == CaseState.DECIDED.value,
            then.campaign_id != campaign.id,
        )
        .order_by(then.decided_on.desc(), then.id.desc())
        .limit(1)
        .correlate(Household)
        .scalar_subquery()
    )
    values: dict[str, Any] = {
        "household_id": home.id,
        "hamlet_id": home.hamlet_id,
        "people": func.coalesce(people, index.people),
        "opening_people": func.coalesce(people, index.people),
        "opening_class": written.value,
        "head_name": index.head_name,
        "head_sort": index.head_sort,
    } | {name: literal(value) for name, value in _EMPTY.items()}
    return (
        select(
            *(values[name].label(name) for name in SNAPSHOT),
            literal(None).label("result_class"),
            case((written.value == _POOR, Movement.POOR_OUT.value), else_=Movement.NEAR_POOR_OUT.value).label(
                "movement"
            ),
            literal(False).label("recorded"),
        )
        .select_from(Household.__table__)
        .join(HouseholdClassRow.__table__, home.id == written.household_id)
        .join(HouseholdIndex.__table__, index.household_id == home.id)
        .outerjoin(Decision.__table__, made.id == written.decision_id)
        .where(
            written.year == last_year(campaign),
            written.value.in_(_LISTED),
            home.ended_on.is_not(None),
            or_(recognised.is_(None), home.ended_on > recognised),
            ~known,
        )
    )
