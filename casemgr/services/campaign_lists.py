"""The list of a review: who is put on it because of last year's class or a request, with the class before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import CampaignKind, CaseSource, CaseState, RequestKind, RequestStatus
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.models import (
    Campaign,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    ReviewCase,
    ReviewRequest,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import case_snapshots, movements

_BATCH: Final = 5_000
_PART: Final = 500
_LISTED: Final = (HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value)


def refuse_gone(uow: UnitOfWork, ids: Sequence[UUID]) -> None:
    """Refuse households that are unknown or no longer kept."""
    known: dict[UUID, tuple[str, bool]] = {}
    for part in _parts(ids):
        for household, name, active in uow.session.execute(
            select(HouseholdIndex.household_id, HouseholdIndex.head_name, HouseholdIndex.active).where(
                HouseholdIndex.household_id.in_(part)
            )
        ):
            known[household] = (name, active)
    if any(household not in known for household in ids):
        raise NotFoundError(_("This record does not exist any more."))
    gone = [known[household][0] for household in ids if not known[household][1]]
    if gone:
        message = _("The office no longer keeps the household of {name}: reopen it first.")
        raise ValidationError([Problem("", message.format(name=name)) for name in gone])


def open_requests(uow: UnitOfWork, kind: CampaignKind) -> dict[UUID, ReviewRequest]:
    """Requests nobody takes care of yet, the first of each household."""
    average = ReviewRequest.kind == RequestKind.AVERAGE.value
    records = uow.session.scalars(
        select(ReviewRequest)
        .join(Household, Household.id == ReviewRequest.household_id)
        .where(ReviewRequest.status == RequestStatus.RECEIVED.value, Household.ended_on.is_(None))
        .where(average if kind is CampaignKind.AVERAGE else ~average)
        .order_by(ReviewRequest.received_on.desc(), ReviewRequest.id.desc())
    )
    return {record.household_id: record for record in records}


def on_last_list(uow: UnitOfWork, campaign: Campaign) -> list[UUID]:
    """Households still kept whose class before this review is poor or near-poor."""
    latest = (
        select(HouseholdClassRow.household_id, func.max(HouseholdClassRow.year).label("year"))
        .where(HouseholdClassRow.year <= _last_year(campaign))
        .group_by(HouseholdClassRow.household_id)
        .subquery()
    )
    statement = (
        select(HouseholdClassRow.household_id)
        .join(
            latest,
            (latest.c.household_id == HouseholdClassRow.household_id) & (latest.c.year == HouseholdClassRow.year),
        )
        .join(Household, Household.id == HouseholdClassRow.household_id)
        .where(HouseholdClassRow.value.in_(_LISTED), Household.ended_on.is_(None))
    )
    return list(uow.session.scalars(statement))


def put_on_list(
    uow: UnitOfWork,
    campaign: Campaign,
    sources: Mapping[UUID, CaseSource],
    *,
    requests: Mapping[UUID, ReviewRequest],
    on: date,
    progress: Progress = silent,
) -> None:
    """Write their cases, as the households stand now and with the class they had before."""
    ids = list(sources)
    for start in range(0, len(ids), _BATCH):
        progress(start, len(ids), _("Listing households"))
        part = ids[start : start + _BATCH]
        openings = movements.openings(uow, campaign, part)
        snapshots = case_snapshots.snapshots(uow, part)
        rows = []
        for household in part:
            opening, values = openings.get(household), snapshots[household]
            listed = opening is not None and opening.value in _LISTED
            people = opening.people if opening and opening.people is not None else values["people"]
            request = requests.get(household)
            rows.append(
                values
                | {
                    "campaign_id": campaign.id,
                    "household_id": household,
                    "source": sources[household].value,
                    "request_id": request.id if request else None,
                    "state": CaseState.LISTED.value,
                    "state_on": on,
                    "opening_class": (opening.value if opening else HouseholdClass.UNREVIEWED).value,
                    "opening_year": opening.year if opening else None,
                    "opening_people": people if listed else 0,
                    "came_in": False,
                    "removed_reason": "",
                    "deprivations": (),
                    "causes": (),
                }
            )
        uow.insert_many(ReviewCase, rows)
    progress(len(ids), len(ids), _("Listing households"))


def cases_of(uow: UnitOfWork, campaign_id: UUID, ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Case and state of those that are on the list, by household."""
    return {
        household: (case, state)
        for part in _parts(ids)
        for household, case, state in uow.session.execute(
            select(ReviewCase.household_id, ReviewCase.id, ReviewCase.state).where(
                ReviewCase.campaign_id == campaign_id, ReviewCase.household_id.in_(part)
            )
        )
    }


def _last_year(campaign: Campaign) -> int:
    """The last year whose class stood before this review decides."""
    return campaign.class_year - 1 if campaign.kind == CampaignKind.PERIODIC else campaign.class_year


def _parts(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + _PART] for start in range(0, len(ids), _PART))
