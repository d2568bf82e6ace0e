"""A review before its decision, as reports count it: openings and movements as the decision would write them.

The same rules as `services/movements.py`, which names every household of one review, as one query for all of them.
"""

from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)
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
from casemgr.services.statistic_sources import SNAPSHOT, once

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


def running(campaign: Campaign, *, oldest: int) -> FromClause:
    """The households of a running review; who is not keyed yet is counted as staying in its class.

    `oldest` is the first class year in which an escape makes a new entry a relapse.
    """
    ended, left = _ended(), _left_before(campaign, oldest)
    c = _cases(campaign, ended).c
    listed = c.opening_class.in_(_LISTED)
    pending = and_(c.result_class.is_(None), c.ended_on.is_(None))
    stays = case((listed, c.opening_class), else_=None)
    result = case((c.ended_on.is_not(None), null()), (pending, stays), else_=c.result_class)
    before = case((listed, func.coalesce(_people_then(campaign, c), c.opening_people)), else_=0)
    values: dict[str, Any] = {name: c[name] for name in SNAPSHOT}
    values["opening_people"] = before
    values["people"] = case((or_(pending, c.ended_on.is_not(None)), before), else_=c.people)
    keyed = select(
        *(value.label(name) for name, value in values.items()),
        result.label("result_class"),
        _movement(c, result, c.household_id.in_(select(left.c.household_id))).label("movement"),
        literal(False).label("recorded"),
        null().label("case_id"),
    )
    if campaign.kind != CampaignKind.PERIODIC:
        return once(keyed, "counted")
    return once(union_all(keyed, _gone_before(campaign, ended)), "counted")


def last_year(campaign: Campaign) -> int:
    """The last year whose class was there before the review decides."""
    return campaign.class_year - 1 if campaign.kind == CampaignKind.PERIODIC else campaign.class_year


def _cases(campaign: Campaign, ended: CTE) -> Subquery:
    """The cases with the class of the last decision before the review."""
    table, before = ReviewCase.__table__.c, aliased(HouseholdClassRow)
    home = select(Household.hamlet_id).where(Household.id == table.household_id).scalar_subquery()
    values: dict[str, Any] = {name: table[name] for name in SNAPSHOT}
    values["hamlet_id"] = func.coalesce(table.hamlet_id, home)
    values["opening_class"] = func.coalesce(
        before.value, _older(campaign, HouseholdClassRow.value), HouseholdClass.UNREVIEWED.value
    )
    statement = (
        select(
            *(value.label(name) for name, value in values.items()),
            func.coalesce(before.year, _older(campaign, HouseholdClassRow.year)).label("opening_year"),
            table.result_class,
            table.came_in,
            ended.c.ended_on,
        )
        .select_from(ReviewCase.__table__)
        .outerjoin(before, and_(before.household_id == table.household_id, before.year == last_year(campaign)))
        .outerjoin(ended, ended.c.id == table.household_id)
        .where(
            table.campaign_id == campaign.id,
            or_(table.state != CaseState.REMOVED.value, ended.c.ended_on.is_not(None)),
        )
    )
    return statement.subquery("cases")


def _older(campaign: Campaign, column: Any) -> Any:  # noqa: ANN401 - a mapped column, a scalar of its kind
    """The newest class before the last year, asked for only where that year has none."""
    return (
        select(column)
        .where(HouseholdClassRow.household_id == ReviewCase.household_id, HouseholdClassRow.year < last_year(campaign))
        .order_by(HouseholdClassRow.year.desc())
        .limit(1)
        .correlate(ReviewCase.__table__)
        .scalar_subquery()
    )


def _ended() -> CTE:
    """The few households no longer kept, by the index of the lists: not by reading all households."""
    kept_no_more = select(HouseholdIndex.household_id).where(HouseholdIndex.active.is_(False))
    return once(
        select(Household.id, Household.hamlet_id, Household.ended_on).where(
            Household.id.in_(kept_no_more), Household.ended_on.is_not(None)
        ),
        "ended",
    )


def _people_then(campaign: Campaign, c: Any) -> Any:  # noqa: ANN401 - columns of a subquery, a scalar
    """Members at the last decision on the household, when this file counted them."""
    then, made = aliased(ReviewCase), aliased(Campaign)
    return (
        select(then.people)
        .join(made, made.id == then.campaign_id)
        .where(
            then.household_id == c.household_id,
            then.state == CaseState.DECIDED.value,
            then.campaign_id != campaign.id,
            made.class_year == c.opening_year,
        )
        .order_by(then.decided_on.desc(), then.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _left_before(campaign: Campaign, oldest: int) -> CTE:
    """The households once recognised as having left a list."""
    earlier, later, left, made = (
        aliased(HouseholdClassRow),
        aliased(HouseholdClassRow),
        aliased(ReviewCase),
        aliased(Campaign),
    )
    stood = exists().where(
        earlier.household_id == later.household_id,
        earlier.value.in_(_LISTED),
        earlier.year < later.year,
        earlier.year >= oldest,
    )
    by_class = select(later.household_id).where(
        later.year.between(oldest, last_year(campaign)),
        or_(later.value.in_(_ESCAPED), and_(later.value.not_in(_LISTED), stood)),
    )
    by_movement = (
        select(left.household_id)
        .join(made, made.id == left.campaign_id)
        .where(left.campaign_id != campaign.id, left.movement.in_(_LEFT), made.class_year >= oldest)
    )
    return once(union(by_class, by_movement), "left_before")


def _movement(c: Any, result: ColumnElement[Any], left_before: ColumnElement[bool]) -> ColumnElement[Any]:  # noqa: ANN401 - columns of a subquery
    """What the decision would write for a household as it stands now."""
    opening, gone = c.opening_class, c.ended_on.is_not(None)

    def entering(came: Movement, again: Movement, new: Movement) -> ColumnElement[Any]:
        return case((c.came_in, came.value), (left_before, again.value), else_=new.value)

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


def _gone_before(campaign: Campaign, ended: CTE) -> Any:  # noqa: ANN401 - a select of many columns
    """Households of the last list that ended since its decision and before the review listed them."""
    written, index = HouseholdClassRow.__table__.c, HouseholdIndex.__table__.c
    gone = ended.c
    made = Decision.__table__.c
    known = exists(
        select(ReviewCase.id).where(ReviewCase.campaign_id == campaign.id, ReviewCase.household_id == gone.id)
    )
    recognised = func.coalesce(written.since, made.signed_on)
    then = aliased(ReviewCase)
    people = (
        select(then.people)
        .where(
            then.household_id == gone.id,
            then.state == CaseState.DECIDED.value,
            then.campaign_id != campaign.id,
        )
        .order_by(then.decided_on.desc(), then.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    values: dict[str, Any] = {
        "household_id": gone.id,
        "hamlet_id": gone.hamlet_id,
        "people": func.coalesce(people, index.people),
        "opening_people": func.coalesce(people, index.people),
        "opening_class": written.value,
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
            null().label("case_id"),
        )
        .select_from(ended)
        .join(HouseholdClassRow.__table__, gone.id == written.household_id)
        .join(HouseholdIndex.__table__, index.household_id == gone.id)
        .outerjoin(Decision.__table__, made.id == written.decision_id)
        .where(
            written.year == last_year(campaign),
            written.value.in_(_LISTED),
            or_(recognised.is_(None), gone.ended_on > recognised),
            ~known,
        )
    )
