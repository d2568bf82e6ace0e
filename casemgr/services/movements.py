"""Movement of the lists in a review: what each household was before and is after, with everybody gone meanwhile.

A decided review keeps its movement in its cases; before, it is worked out from the results so far. The yearly review
accounts for the whole list of the year before, in-year decisions included; other reviews for their own households.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.households import HouseholdClass
from casemgr.domain.movements import Balance, MovementLine, balance
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignKind, CampaignStatus, CaseState, Movement, gone, movement
from casemgr.i18n import _, ngettext
from casemgr.persistence.models import (
    Campaign,
    Decision,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    Membership,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices

LOOK_BACK: Final = "review.look_back_years"
"""Office setting: how many years back an escape still makes a new entry a relapse; without it, without limit [U]."""
LISTED: Final = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
_ESCAPED: Final = (HouseholdClass.ESCAPED_POOR, HouseholdClass.ESCAPED_NEAR_POOR)
_LEFT: Final = (
    Movement.POOR_TO_NEAR_POOR,
    Movement.POOR_ESCAPED,
    Movement.NEAR_POOR_ESCAPED,
)
_OUT: Final = (Movement.POOR_OUT.value, Movement.NEAR_POOR_OUT.value)
_PART = 500


@dataclass(frozen=True)
class Opening:
    """What a household was before the decision of a review."""

    value: HouseholdClass
    year: int | None
    people: int | None
    """Members at the last decision on it; None when no decision of this file counted them."""


@dataclass(frozen=True)
class HouseholdMovement:
    """One household of the movement."""

    household_id: UUID
    case_id: UUID | None
    """None: gone before it came into the review."""
    hamlet_id: UUID | None
    opening: HouseholdClass
    result: HouseholdClass | None
    """None: gone, or not keyed yet."""
    movement: Movement
    opening_people: int
    people: int
    """Members at the closing; of a household gone, those it had."""
    pending: bool = False
    """Not keyed yet: shown as staying where it is."""
    gone: bool = False
    """No longer kept by the office."""


@dataclass(frozen=True)
class MovementGroup:
    """Everybody with the same movement."""

    households: int
    opening_people: int
    people: int
    ids: tuple[UUID, ...]
    """Households, by hamlet and name."""


@dataclass(frozen=True)
class MovementReport:
    """The movement of a review with its balance."""

    decided: bool
    groups: Mapping[Movement, MovementGroup]
    balance: Balance
    warnings: tuple[str, ...]


def movements(uow: UnitOfWork, campaign_id: UUID) -> MovementReport:
    """Counts per movement with the households behind them, and reports 2 and 3 balanced."""
    found = lines(uow, campaign_id)
    campaign = uow.record(Campaign, campaign_id)
    groups = {}
    for value in Movement:
        part = [line for line in found if line.movement is value]
        if part:
            groups[value] = MovementGroup(
                households=len(part),
                opening_people=sum(line.opening_people for line in part),
                people=sum(line.people for line in part),
                ids=tuple(line.household_id for line in part),
            )
    pending = sum(line.pending for line in found)
    warnings = []
    if pending:
        message = ngettext(
            "{count} household is not keyed yet; it is shown as staying in its class.",
            "{count} households are not keyed yet; they are shown as staying in their class.",
            pending,
        )
        warnings.append(message.format(count=pending))
    off = left_off(uow, campaign) if campaign.status == CampaignStatus.OPEN else ()
    if off:
        message = ngettext(
            "{count} household of the last list is not in the review: the opening number lacks it. Add it, or end it "
            "if it is gone.",
            "{count} households of the last list are not in the review: the opening number lacks them. Add them, or "
            "end those that are gone.",
            len(off),
        )
        warnings.append(message.format(count=len(off)))
    made = balance_of(found)
    warnings += [_("{columns} does not balance.").format(columns=gap) for gap in made.gaps]
    return MovementReport(campaign.decision_id is not None, groups, made, tuple(warnings))


def lines(uow: UnitOfWork, campaign_id: UUID) -> list[HouseholdMovement]:
    """Every household of the movement, by hamlet and name; reports count them per hamlet."""
    uow.require(Permission.READ)
    campaign = uow.record(Campaign, campaign_id)
    if campaign.status == CampaignStatus.OPEN:
        return open_lines(uow, campaign)
    statement = select(ReviewCase, Household.ended_on).join(Household, Household.id == ReviewCase.household_id)
    statement = statement.where(
        ReviewCase.campaign_id == campaign_id, ReviewCase.movement.is_not(None), ReviewCase.decided_on.is_not(None)
    )
    return [_frozen_line(case, ended) for case, ended in uow.session.execute(_ordered(statement))]


def _frozen_line(case: ReviewCase, ended_on: date | None) -> HouseholdMovement:
    """A household as the decision left it."""
    left_with_it = ended_on is not None and case.decided_on is not None and ended_on <= case.decided_on
    gone_then = case.movement in _OUT or (case.state == CaseState.REMOVED and left_with_it)
    return HouseholdMovement(
        household_id=case.household_id,
        case_id=case.id,
        hamlet_id=case.hamlet_id,
        opening=HouseholdClass(case.opening_class),
        result=HouseholdClass(case.result_class) if case.result_class and not gone_then else None,
        movement=Movement(case.movement or Movement.NOT_POOR),
        opening_people=case.opening_people,
        people=case.people,
        gone=gone_then,
    )


def balance_of(found: Iterable[HouseholdMovement]) -> Balance:
    """Reports 2 and 3 of these households."""
    return balance(MovementLine(line.movement, line.opening_people, line.people) for line in found)


def open_lines(uow: UnitOfWork, campaign: Campaign) -> list[HouseholdMovement]:
    """The movement as the results stand now, before the decision."""
    statement = select(ReviewCase, Household.ended_on).join(Household, Household.id == ReviewCase.household_id)
    statement = statement.where(
        ReviewCase.campaign_id == campaign.id,
        (ReviewCase.state != CaseState.REMOVED.value) | Household.ended_on.is_not(None),
    )
    cases = uow.session.execute(_ordered(statement)).all()
    ids = [case.household_id for case, _ended in cases]
    before, left = openings(uow, campaign, ids), left_before(uow, campaign, ids)
    found = [
        _line(campaign, case, before.get(case.household_id), ended=ended is not None, left=case.household_id in left)
        for case, ended in cases
    ]
    if campaign.kind == CampaignKind.PERIODIC:
        found += gone_without_case(uow, campaign)
    return found


def openings(uow: UnitOfWork, campaign: Campaign, household_ids: Sequence[UUID]) -> dict[UUID, Opening]:
    """What the households were by the last decision before this review's; in-year decisions count."""
    newest = _last_year(campaign)
    found: dict[UUID, Opening] = {}
    for part in parts(household_ids):
        people = {
            (household, year): count
            for household, year, count in uow.session.execute(
                select(ReviewCase.household_id, Campaign.class_year, ReviewCase.people)
                .join(Campaign, Campaign.id == ReviewCase.campaign_id)
                .where(ReviewCase.household_id.in_(part), ReviewCase.state == CaseState.DECIDED.value)
                .where(ReviewCase.campaign_id != campaign.id)
                .order_by(ReviewCase.decided_on, ReviewCase.id)
            )
        }
        rows = uow.session.execute(
            select(HouseholdClassRow.household_id, HouseholdClassRow.value, HouseholdClassRow.year)
            .where(HouseholdClassRow.household_id.in_(part), HouseholdClassRow.year <= newest)
            .order_by(HouseholdClassRow.year)
        )
        for household, value, year in rows:
            found[household] = Opening(HouseholdClass(value), year, people.get((household, year)))
    return found


def left_before(uow: UnitOfWork, campaign: Campaign, household_ids: Sequence[UUID]) -> set[UUID]:
    """Households once recognised as having left a list, within the years the office looks back."""
    newest, oldest = _last_year(campaign), _first_year(uow, campaign)
    found: set[UUID] = set()
    for part in parts(household_ids):
        rows = uow.session.execute(
            select(HouseholdClassRow.household_id, HouseholdClassRow.value)
            .where(HouseholdClassRow.household_id.in_(part))
            .where(HouseholdClassRow.year.between(oldest, newest))
            .order_by(HouseholdClassRow.household_id, HouseholdClassRow.year)
        )
        stood: set[UUID] = set()
        for household, value in rows:
            if value in _ESCAPED or (household in stood and value not in LISTED):
                found.add(household)
            if value in LISTED:
                stood.add(household)
        found.update(
            uow.session.scalars(
                select(ReviewCase.household_id)
                .join(Campaign, Campaign.id == ReviewCase.campaign_id)
                .where(ReviewCase.household_id.in_(part), ReviewCase.campaign_id != campaign.id)
                .where(ReviewCase.movement.in_([value.value for value in _LEFT]))
                .where(Campaign.class_year >= oldest)
            )
        )
    return found


def gone_without_case(uow: UnitOfWork, campaign: Campaign) -> list[HouseholdMovement]:
    """Households of last year's list that ended since its decision and before the review listed them."""
    reviewed = select(ReviewCase.household_id).where(ReviewCase.campaign_id == campaign.id)
    rows = uow.session.execute(
        select(HouseholdClassRow, Household, Decision.signed_on)
        .join(Household, Household.id == HouseholdClassRow.household_id)
        .outerjoin(Decision, Decision.id == HouseholdClassRow.decision_id)
        .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Household.id)
        .where(HouseholdClassRow.year == _last_year(campaign), HouseholdClassRow.value.in_(LISTED))
        .where(Household.ended_on.is_not(None), Household.id.not_in(reviewed))
        .order_by(Household.hamlet_id, HouseholdIndex.head_sort, Household.id)
    ).all()
    before = openings(uow, campaign, [household.id for _row, household, _on in rows])
    found = []
    for row, household, signed_on in rows:
        recognised_on = row.since or signed_on
        if recognised_on is not None and household.ended_on is not None and household.ended_on <= recognised_on:
            continue
        known = before[household.id].people
        people = known if known is not None else _people_at_end(uow, household.id)
        value = HouseholdClass(row.value)
        found.append(
            HouseholdMovement(
                household_id=household.id,
                case_id=None,
                hamlet_id=household.hamlet_id,
                opening=value,
                result=None,
                movement=gone(value),
                opening_people=people,
                people=people,
                gone=True,
            )
        )
    return found


def left_off(uow: UnitOfWork, campaign: Campaign) -> tuple[UUID, ...]:
    """Households still kept that stand on the last list and that the yearly review does not look at, by name."""
    if campaign.kind != CampaignKind.PERIODIC:
        return ()
    reviewed = select(ReviewCase.household_id).where(
        ReviewCase.campaign_id == campaign.id, ReviewCase.state != CaseState.REMOVED.value
    )
    once_listed = select(HouseholdClassRow.household_id).where(HouseholdClassRow.value.in_(LISTED))
    ids = uow.session.scalars(
        select(HouseholdIndex.household_id)
        .where(HouseholdIndex.active, HouseholdIndex.household_id.in_(once_listed))
        .where(HouseholdIndex.household_id.not_in(reviewed))
        .order_by(HouseholdIndex.head_sort)
    ).all()
    before = openings(uow, campaign, ids)
    return tuple(household for household in ids if household in before and before[household].value in LISTED)


def _line(
    campaign: Campaign, case: ReviewCase, opening: Opening | None, *, ended: bool, left: bool
) -> HouseholdMovement:
    value = opening.value if opening else HouseholdClass.UNREVIEWED
    known = opening.people if opening else None
    opening_people = (known if known is not None else case.opening_people) if value in LISTED else 0
    result = HouseholdClass(case.result_class) if case.result_class and not ended else None
    pending = result is None and not ended
    if ended:
        moved = gone(value)
    elif campaign.kind == CampaignKind.AVERAGE:
        moved = movement(value, value)  # it moves nobody between the lists of the poor
    else:
        moved = movement(value, result or value, left_before=left, came_in=case.came_in)
    return HouseholdMovement(
        household_id=case.household_id,
        case_id=case.id,
        hamlet_id=case.hamlet_id,
        opening=value,
        result=result,
        movement=moved,
        opening_people=opening_people,
        people=opening_people if pending or ended else case.people,
        pending=pending,
        gone=ended,
    )


def _last_year(campaign: Campaign) -> int:
    """The last year whose class was there before the review decides: an in-year review changes the year's own class."""
    return campaign.class_year - 1 if campaign.kind == CampaignKind.PERIODIC else campaign.class_year


def _first_year(uow: UnitOfWork, campaign: Campaign) -> int:
    kept = offices.setting(uow, LOOK_BACK)
    years = json.loads(kept) if kept else None
    return campaign.class_year - int(years) if years is not None else 0


def _people_at_end(uow: UnitOfWork, household_id: UUID) -> int:
    """Members an ended household had: those still in it, else those who left it together last."""
    rows = uow.session.execute(
        select(Membership.left_on, Membership.left_reason).where(Membership.household_id == household_id)
    ).all()
    staying = sum(left_on is None and reason is None for left_on, reason in rows)
    last = max((left_on for left_on, _reason in rows if left_on), default=None)
    return staying or sum(left_on == last for left_on, _reason in rows)


def _ordered(statement: Any) -> Any:  # noqa: ANN401 - any select of cases
    return statement.order_by(ReviewCase.hamlet_id, ReviewCase.head_sort, ReviewCase.id)


def parts(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    """Ids in portions a statement can take."""
    return (ids[start : start + _PART] for start in range(0, len(ids), _PART))
