"""Where a request stands: the review that takes care of it, step by step, its posting and its answer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.households import HouseholdClass
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignKind, CampaignStatus, CaseState, RequestKind, RequestStatus
from casemgr.persistence.models import Campaign, Decision, Posting, ReviewCase, ReviewRequest
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_steps, review_rules

_OPEN = (RequestStatus.RECEIVED.value, RequestStatus.IN_REVIEW.value)


@dataclass(frozen=True)
class Standing:
    """A request inside the review that takes care of it."""

    campaign_id: UUID
    case_id: UUID
    title: str
    kind: CampaignKind
    running: bool
    state: CaseState
    steps: tuple[tuple[CaseState, date | None], ...]
    """The steps of this kind of review in order, each with the day it was last reached; None when it was not."""
    result: HouseholdClass | None
    posted_on: date | None
    posted_until: date | None
    due_on: date
    decision: str
    """Number of the decision; empty before it."""
    decided_on: date | None
    removed_reason: str


@dataclass(frozen=True)
class Waiting:
    """Requests still to be answered."""

    received: int
    in_review: int
    late: int
    """Of both, those past their due date."""


def standing(uow: UnitOfWork, request_id: UUID) -> Standing | None:
    """Where a request stands; None while no review takes care of it."""
    uow.require(Permission.READ)
    uow.record(ReviewRequest, request_id)
    found = uow.session.execute(
        select(ReviewCase, Campaign, Posting, Decision)
        .join(Campaign, Campaign.id == ReviewCase.campaign_id)
        .outerjoin(Posting, Posting.id == ReviewCase.posting_id)
        .outerjoin(Decision, Decision.id == ReviewCase.decision_id)
        .where(ReviewCase.request_id == request_id)
        .order_by(Campaign.opened_on.desc(), Campaign.id.desc())
    ).first()
    if found is None:
        return None
    case, campaign, posting, decision = found
    return Standing(
        campaign_id=campaign.id,
        case_id=case.id,
        title=campaign.title,
        kind=CampaignKind(campaign.kind),
        running=campaign.status == CampaignStatus.OPEN,
        state=CaseState(case.state),
        steps=_steps(uow, campaign, case.id),
        result=HouseholdClass(case.result_class) if case.result_class else None,
        posted_on=posting.posted_on if posting else None,
        posted_until=posting.until_on if posting else None,
        due_on=campaign.due_on,
        decision=decision.number if decision else "",
        decided_on=case.decided_on,
        removed_reason=case.removed_reason,
    )


def running_reviews(uow: UnitOfWork, kind: RequestKind) -> list[tuple[UUID, str]]:
    """Reviews that could take care of such a request, newest first."""
    average = Campaign.kind == CampaignKind.AVERAGE.value
    found = uow.session.execute(
        select(Campaign.id, Campaign.title)
        .where(Campaign.status == CampaignStatus.OPEN.value, average if kind is RequestKind.AVERAGE else ~average)
        .order_by(Campaign.opened_on.desc())
    )
    return [(row[0], row[1]) for row in found]


def waiting(uow: UnitOfWork) -> Waiting:
    """How many requests are still to be answered."""
    uow.require(Permission.READ)
    late = ReviewRequest.status.in_(_OPEN) & (ReviewRequest.due_on < uow.today)
    received, in_review, overdue = uow.session.execute(
        select(
            func.count().filter(ReviewRequest.status == RequestStatus.RECEIVED.value),
            func.count().filter(ReviewRequest.status == RequestStatus.IN_REVIEW.value),
            func.count().filter(late),
        )
    ).one()
    return Waiting(received, in_review, overdue)


def _steps(uow: UnitOfWork, campaign: Campaign, case_id: UUID) -> tuple[tuple[CaseState, date | None], ...]:
    """What was done before a household was sent back does not count any more: it is done again."""
    order = review_rules.steps(review_rules.pack_of(uow, campaign), campaign)
    reached: dict[CaseState, date] = {}
    for step in campaign_steps.history(uow, case_id):
        place = order.index(step.state) if step.state in order else 0  # taken off the list: from the start again
        reached = {known: on for known, on in reached.items() if order.index(known) < place}
        if step.state in order:
            reached[step.state] = step.on
    return tuple((step, reached.get(step)) for step in order)
