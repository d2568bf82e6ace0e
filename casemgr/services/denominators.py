"""Use cases of the totals of a hamlet that no poverty register holds: typed once per review, checked, kept."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.households import HouseholdClass
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignStatus, CaseState, DenominatorData
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import N_, _, format_number
from casemgr.persistence.models import Campaign, Denominator, Hamlet, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.offices import hamlet_names

FIELDS = tuple(field.name for field in fields(DenominatorData))

FIELD_LABELS = {
    "households": N_("Households"),
    "people": N_("People"),
    "households_minority": N_("Households of ethnic minorities"),
    "people_minority": N_("People of ethnic minorities"),
    "households_local": N_("Households of the local ethnic groups"),
    "people_local": N_("People of the local ethnic groups"),
}
MOST = 1_000_000
"""No hamlet has so many people: more is a typing error."""

_AT_MOST = (
    ("households", "people"),
    ("households_minority", "households"),
    ("people_minority", "people"),
    ("households_local", "households_minority"),
    ("people_local", "people_minority"),
    ("households_minority", "people_minority"),
    ("households_local", "people_local"),
)
"""The first of each pair is never more than the second."""


def denominators(uow: UnitOfWork, campaign_id: UUID) -> dict[UUID, DenominatorData]:
    """What was typed for a review, by hamlet."""
    uow.require(Permission.READ)
    rows = uow.session.scalars(select(Denominator).where(Denominator.campaign_id == campaign_id))
    return {row.hamlet_id: DenominatorData(**{name: getattr(row, name) for name in FIELDS}) for row in rows}


def keep_denominators(uow: UnitOfWork, campaign_id: UUID, typed: Mapping[UUID, DenominatorData]) -> tuple[str, ...]:
    """Write the totals of some hamlets; what cannot be is refused, what is doubtful is told."""
    uow.require(Permission.EDIT)
    campaign = uow.record(Campaign, campaign_id)
    if campaign.status == CampaignStatus.CLOSED:
        raise ConflictError(
            _("The review “{title}” is closed: its figures stay as they are.").format(title=campaign.title)
        )
    problems = [
        Problem(f"{hamlet.hex}.{name}", message)
        for hamlet, data in typed.items()
        for name, message in wrong(uow.record(Hamlet, hamlet), data)
    ]
    if problems:
        raise ValidationError(problems)
    uow.name_step("campaign.denominators", campaign)
    known = {
        row.hamlet_id: row
        for row in uow.session.scalars(select(Denominator).where(Denominator.campaign_id == campaign_id))
    }
    for hamlet, data in typed.items():
        values = {name: getattr(data, name) for name in FIELDS}
        row = known.get(hamlet)
        if row is None:
            if any(value is not None for value in values.values()):
                uow.add(Denominator(campaign_id=campaign_id, hamlet_id=hamlet, **values))
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    uow.session.flush()
    return doubts(uow, campaign_id)


def wrong(hamlet: Hamlet, data: DenominatorData) -> Iterator[tuple[str, str]]:
    """What cannot be: the field and why."""
    name = f"{hamlet.kind} {hamlet.name}".strip()
    for field in FIELDS:
        value = getattr(data, field)
        if value is not None and not 0 <= value <= MOST:
            yield (
                field,
                _("{hamlet}, {what}: {value} is no number of this kind.").format(
                    hamlet=name, what=_(FIELD_LABELS[field]), value=value
                ),
            )
    for less, more in _AT_MOST:
        low, high = getattr(data, less), getattr(data, more)
        if low is not None and high is not None and low > high:
            yield (
                less,
                _("{hamlet}: {less} ({low}) cannot be more than {more} ({high}).").format(
                    hamlet=name,
                    less=_(FIELD_LABELS[less]),
                    low=format_number(low),
                    more=_(FIELD_LABELS[more]),
                    high=format_number(high),
                ),
            )


def doubts(uow: UnitOfWork, campaign_id: UUID) -> tuple[str, ...]:
    """Totals that are smaller than what the review itself found."""
    found = {
        hamlet: (households, people)
        for hamlet, households, people in uow.session.execute(
            select(ReviewCase.hamlet_id, func.count(), func.sum(ReviewCase.people))
            .where(
                ReviewCase.campaign_id == campaign_id,
                ReviewCase.state != CaseState.REMOVED.value,
                ReviewCase.result_class.in_((HouseholdClass.POOR.value, HouseholdClass.NEAR_POOR.value)),
            )
            .group_by(ReviewCase.hamlet_id)
        )
        if hamlet is not None
    }
    names = hamlet_names(uow)
    told = []
    for hamlet, data in denominators(uow, campaign_id).items():
        households, people = found.get(hamlet, (0, 0))
        for field, total, counted in (("households", data.households, households), ("people", data.people, people)):
            if total is not None and total < counted:
                told.append(
                    _("{hamlet}: {what} typed {total}, but {counted} are poor or near-poor in this review.").format(
                        hamlet=names.get(hamlet, ""),
                        what=_(FIELD_LABELS[field]),
                        total=format_number(total),
                        counted=format_number(counted),
                    )
                )
    return tuple(told)
