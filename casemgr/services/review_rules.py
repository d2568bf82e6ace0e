"""What the standard of a review says of its procedure: steps, days, share of votes, and what may still be changed."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from casemgr.domain.packs import Deadline, Pack
from casemgr.domain.reviews import CampaignKind, CampaignStatus, CaseState
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


def outlived(pack: Pack, survey_from: date) -> list[Problem]:
    """A survey that begins when the standard of its review no longer holds is judged by the next one."""
    if pack.valid_to is None or survey_from <= pack.valid_to:
        return []
    message = _(
        "{pack} applies until {date}: a survey that begins later needs a review opened under the next standard."
    )
    return [Problem("survey_from", message.format(pack=pack.id, date=format_date(pack.valid_to)))]
