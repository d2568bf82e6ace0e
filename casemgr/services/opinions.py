"""The superior's opinion on the results before the decision (QĐ 24/2021 Đ.4 k.5): asked, answered, agreed or not."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CaseState
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.persistence.models import Campaign, Household, Opinion, Posting, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_steps, offices, review_rules

SUPERIOR: Final = "review.superior"
"""Office setting: who is asked, where it differs from the standard's own word (JSON text)."""
_POSTED = (CaseState.POSTED.value, CaseState.POSTED_AGAIN.value)


@dataclass(frozen=True)
class OpinionView:
    """A question to the superior and its answer."""

    id: UUID
    version: int
    authority: str
    sent_on: date
    number: str
    due_on: date
    answered_on: date | None
    answer_number: str
    agreed: bool | None
    content: str
    households: int
    """Households it is about."""


def authority(uow: UnitOfWork, campaign_id: UUID) -> str:
    """Who is asked: the office's own word, else the standard's."""
    kept = offices.setting(uow, SUPERIOR)
    if kept:
        return str(json.loads(kept))
    return review_rules.pack_of(uow, uow.record(Campaign, campaign_id)).authorities["superior"]


def keep_authority(uow: UnitOfWork, name: str) -> None:
    """Say who is asked from now on; empty goes back to the standard's word."""
    uow.require(Permission.SETTINGS)
    offices.keep_setting(uow, SUPERIOR, json.dumps(clean(name), ensure_ascii=False) if clean(name) else "")


def send_for_opinion(
    uow: UnitOfWork, campaign_id: UUID, *, sent_on: date, number: str, authority_name: str = ""
) -> UUID:
    """Report the posted results to the superior; the answer is due in the working days of the standard."""
    uow.require(Permission.EDIT)
    campaign = review_rules.running(uow, campaign_id)
    pack = review_rules.pack_of(uow, campaign)
    if CaseState.OPINION not in review_rules.steps(pack, campaign):
        message = _("“{review}” is decided without the superior's opinion.")
        raise ValidationError([Problem("", message.format(review=campaign.title))])
    problems = []
    if not clean(number):
        problems.append(Problem("number", _("Write the number of the report to the superior.")))
    if not campaign.opened_on <= sent_on <= uow.today:
        message = _("The report is sent between {first} and today.")
        problems.append(Problem("sent_on", message.format(first=format_date(campaign.opened_on))))
    cases, refusal = _ready(uow, campaign_id, sent_on)
    if refusal:
        problems.append(Problem("", refusal))
    if problems:
        raise ValidationError(problems)
    record = Opinion(
        campaign_id=campaign_id,
        authority=clean(authority_name) or authority(uow, campaign_id),
        sent_on=sent_on,
        number=clean(number),
        due_on=review_rules.due(uow, sent_on, review_rules.deadline(pack, campaign, "opinion")).on,
        answered_on=None,
        answer_number="",
        agreed=None,
        content="",
    )
    uow.add(record)
    uow.name_step("opinion.send", record)
    for case in cases:
        case.opinion_id = record.id
    first = [case.id for case in cases if case.state != CaseState.OPINION]
    if first:
        campaign_steps.advance(uow, first, CaseState.OPINION, on=sent_on, document=clean(number))
    return record.id


def record_opinion(
    uow: UnitOfWork,
    opinion_id: UUID,
    version: int | None = None,
    *,
    answered_on: date,
    answer_number: str,
    agreed: bool,
    content: str = "",
    back: Sequence[UUID] = (),
) -> None:
    """Write down the answer; the households in `back` are disputed and surveyed again, the others go on if agreed."""
    uow.require(Permission.EDIT)
    record = uow.record(Opinion, opinion_id, version)
    review_rules.running(uow, record.campaign_id)
    if record.answered_on is not None:
        raise ConflictError(_("The answer to this report is recorded already."))
    problems = []
    if not record.sent_on <= answered_on <= uow.today:
        message = _("The answer is dated between {first} and today.")
        problems.append(Problem("answered_on", message.format(first=format_date(record.sent_on))))
    if not clean(answer_number):
        problems.append(Problem("answer_number", _("Write the number of the superior's answer.")))
    if (not agreed or back) and not clean(content):
        problems.append(Problem("content", _("Write what the superior does not agree with.")))
    if problems:
        raise ValidationError(problems)
    record.answered_on, record.answer_number = answered_on, clean(answer_number)
    record.agreed, record.content = agreed, content.strip()
    uow.name_step("opinion.answer", record)
    if back:
        reason = _("The superior did not agree: {content}").format(content=clean(content))
        campaign_steps.send_back(uow, list(back), reason, on=answered_on)


def opinions(uow: UnitOfWork, campaign_id: UUID) -> list[OpinionView]:
    """The questions of a review, oldest first."""
    uow.require(Permission.READ)
    asked = list(uow.session.scalars(select(ReviewCase.opinion_id).where(ReviewCase.campaign_id == campaign_id)))
    return [
        OpinionView(
            id=record.id,
            version=record.version,
            authority=record.authority,
            sent_on=record.sent_on,
            number=record.number,
            due_on=record.due_on,
            answered_on=record.answered_on,
            answer_number=record.answer_number,
            agreed=record.agreed,
            content=record.content,
            households=asked.count(record.id),
        )
        for record in uow.session.scalars(
            select(Opinion).where(Opinion.campaign_id == campaign_id).order_by(Opinion.sent_on, Opinion.id)
        )
    ]


def _ready(uow: UnitOfWork, campaign_id: UUID, sent_on: date) -> tuple[list[ReviewCase], str]:
    """The posted households to report, or why the results are not ready; what was refused once is asked again."""
    rows = uow.session.execute(
        select(ReviewCase, Posting.until_on)
        .join(Household, Household.id == ReviewCase.household_id)
        .outerjoin(Posting, Posting.id == ReviewCase.posting_id)
        .outerjoin(Opinion, Opinion.id == ReviewCase.opinion_id)
        .where(ReviewCase.campaign_id == campaign_id, ReviewCase.state != CaseState.REMOVED.value)
        .where(Household.ended_on.is_(None))
        .where((ReviewCase.state != CaseState.OPINION.value) | Opinion.agreed.is_(False))
    ).all()
    ready = (*_POSTED, CaseState.OPINION.value)
    early = [case for case, until in rows if case.state not in ready or until is None or until >= sent_on]
    if early:
        message = ngettext(
            "{count} household is not posted to the end of its days; report when all are.",
            "{count} households are not posted to the end of their days; report when all are.",
            len(early),
        )
        return [], message.format(count=len(early))
    if not rows:
        return [], _("No household is waiting for the superior's opinion.")
    return [case for case, _until in rows], ""
