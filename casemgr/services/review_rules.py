"""What the standard of a review says of its procedure: steps, days, share of votes, and what may still be changed."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.packs import Deadline, Pack
from casemgr.domain.reviews import CampaignData, CampaignKind, CampaignStatus, CaseState
from casemgr.errors import ConflictError, Problem
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Campaign
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import holidays, packs


@dataclass(frozen=True)
class Due:
    """The last day of a period, and what is to be said of how it was counted."""

    on: date
    warning: str
    """About years without a table of days off; empty when all are known."""


def running(uow: UnitOfWork, campaign_id: UUID) -> Campaign:
    """The review, still open for changes."""
    campaign = uow.record(Campaign, campaign_id)
    if campaign.status != CampaignStatus.OPEN:
        raise ConflictError(
            _("“{review}” is decided or closed; nothing of it can be changed.").format(review=campaign.title)
        )
    return campaign


def pack_of(uow: UnitOfWork, campaign: Campaign) -> Pack:
    """The content of the national standard the review was opened with."""
    return packs.by_id(uow, campaign.pack, sha256=campaign.pack_sha256)


def steps(pack: Pack, campaign: Campaign) -> tuple[CaseState, ...]:
    """The steps of this kind of review, in order."""
    return tuple(CaseState(step) for step in pack.procedure[campaign.kind])


def deadline(pack: Pack, campaign: Campaign, what: str) -> Deadline:
    """The days for `posting`, `posting_again`, `recheck` or `opinion` in this kind of review."""
    average = {"posting": "average_posting", "posting_again": "average_posting", "recheck": "average_recheck"}
    if campaign.kind == CampaignKind.AVERAGE:
        what = average.get(what, what)
    return pack.deadlines[what]


def due(uow: UnitOfWork, start: date, days: Deadline) -> Due:
    """The last day of a period that begins the day after `start`."""
    if not days.working:
        return Due(start + timedelta(days=days.days), "")
    end = holidays.calendar(uow).add(start, days.days)
    return Due(end, holidays.warning(uow, start, end) or "")


def outlived(pack: Pack, survey_from: date, survey_to: date) -> list[Problem]:
    """What is surveyed when the standard of its review no longer holds is judged by the next one."""
    if pack.valid_to is None or survey_to <= pack.valid_to:
        return []
    if survey_from > pack.valid_to:
        field, message = (
            "survey_from",
            _("{pack} applies until {date}: a survey that begins later needs a review opened under the next standard."),
        )
    else:
        field, message = (
            "survey_to",
            _("{pack} applies until {date}: the survey ends by then; what is left needs a review under the next one."),
        )
    return [Problem(field, message.format(pack=pack.id, date=format_date(pack.valid_to)))]


def refuse_second(uow: UnitOfWork, data: CampaignData, *, own: UUID | None = None) -> None:
    """One yearly review a year; the others are held once a month. What was closed undecided does not count."""
    others = select(Campaign).where(Campaign.kind == data.kind.value)
    if own is not None:
        others = others.where(Campaign.id != own)
    if data.kind is CampaignKind.PERIODIC:
        running = others.where(Campaign.year == data.year, Campaign.status != CampaignStatus.CLOSED.value)
        other = uow.session.scalars(running).first()
        message = _("The yearly review of {year} is there already: “{review}”.")
    else:
        held = others.where((Campaign.status != CampaignStatus.CLOSED.value) | Campaign.decision_id.is_not(None))
        month = (data.survey_from.year, data.survey_from.month)
        found = uow.session.scalars(held.order_by(Campaign.opened_on))
        other = next((one for one in found if (one.survey_from.year, one.survey_from.month) == month), None)
        message = _(
            "This kind of review is held once a month, and the one of {month}/{year} is there already: “{review}”. "
            "Add the households to it, or wait for the next month."
        )
    if other is not None:
        year = data.year if data.kind is CampaignKind.PERIODIC else data.survey_from.year
        raise ConflictError(message.format(year=year, month=data.survey_from.month, review=other.title))
