"""The decision that closes a review: classes, movements, judgements, requests and certificates follow from it at once.

Nothing here is taken back by Ctrl+Z: a wrong decision is answered by another one, as in the office.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casemgr.domain import classification
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignStatus, CaseState, DecideData
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.models import Campaign, Certificate, Decision, Household, Judgement, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    case_snapshots,
    certificates,
    decision_previews,
    decision_writing,
    entitlements,
    packs,
    review_rules,
)
from casemgr.services.certificate_drafts import block_draft
from casemgr.services.decision_checks import Refusal
from casemgr.services.decision_previews import (
    AVERAGE,
    ESCAPED_NEAR_POOR,
    ESCAPED_POOR,
    GONE,
    NEAR_POOR,
    POOR,
    REFUSED,
    CertificatePlan,
    CertificateReturn,
    DecisionPreview,
    DecisionRow,
    ListCount,
    preview,
)
from casemgr.services.movements import HouseholdMovement, MovementGroup, MovementReport, lines, movements
from casemgr.services.surveys import LOCAL, NATIONAL

__all__ = [
    "AVERAGE",
    "ESCAPED_NEAR_POOR",
    "ESCAPED_POOR",
    "GONE",
    "LOCAL",
    "NATIONAL",
    "NEAR_POOR",
    "POOR",
    "REFUSED",
    "CertificatePlan",
    "CertificateReturn",
    "Decided",
    "DecisionPreview",
    "DecisionRow",
    "HouseholdMovement",
    "IssuedPaper",
    "ListCount",
    "MovementGroup",
    "MovementReport",
    "Refusal",
    "Replay",
    "decide",
    "movements",
    "preview",
    "replay",
]


@dataclass(frozen=True)
class IssuedPaper:
    """A certificate issued or confirmed with the decision."""

    household_id: UUID
    certificate_id: UUID
    number: str


@dataclass(frozen=True)
class Decided:
    """What the decision did."""

    decision_id: UUID
    number: str
    counts: dict[str, ListCount]
    issued: tuple[IssuedPaper, ...]
    confirmed: tuple[IssuedPaper, ...]
    """Certificates that got the year's block, ready to print over."""
    not_issued: tuple[Problem, ...]
    """Households entitled to a certificate that could not get one, each with its reason."""
    to_return: tuple[CertificateReturn, ...]
    """Certificates in force of households that left the list: to be collected and voided by hand."""
    refused: tuple[DecisionRow, ...]
    """Who asked in vain: each gets a refusal in writing."""
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Replay:
    """A stored judgement beside the same inputs judged again."""

    scope: str
    pack: str
    inputs: str
    stored: str
    again: str

    @property
    def same(self) -> bool:
        """Byte for byte."""
        return self.stored == self.again


def decide(
    uow: UnitOfWork,
    campaign_id: UUID,
    data: DecideData,
    *,
    render_certificate: certificates.Render | None = None,
    progress: Progress = silent,
) -> Decided:
    """Sign the decision of a review: everything that follows from it is written at once or not at all."""
    uow.require(Permission.ISSUE)
    campaign = review_rules.running(uow, campaign_id)
    if data.issue_certificates and render_certificate is None:
        raise ValueError("certificates are asked for, and nobody draws them")
    _refuse(uow, campaign, data)
    plan = preview(uow, campaign_id, data.signed_on)
    if plan.refusals:
        raise ValidationError([Problem(refusal.kind, refusal.message) for refusal in plan.refusals])
    uow.name_step("review.decide", campaign, undoable=False)
    progress(0, 0, _("Writing the decision"))
    case_snapshots.refresh(uow, _live(uow, campaign_id))
    found = lines(uow, campaign_id)
    rows = decision_previews.rows_of(uow, campaign, found)
    decision = Decision(
        number=clean(data.number),
        signed_on=data.signed_on,
        year=campaign.class_year,
        summary=clean(data.summary) or campaign.title,
    )
    uow.add(decision)
    uow.session.flush()
    everyone = decision_writing.cases_of(uow, campaign)
    decision_writing.judge(uow, rows, everyone)
    decision_writing.write_cases(uow, campaign, decision, found, everyone)
    decision_writing.write_classes(uow, campaign, decision, rows, everyone)
    decision_writing.answer_requests(uow, campaign, decision, rows)
    decision_writing.move_on(uow, campaign, decision, rows)
    entitlements.open_tasks(uow, [row.household_id for row in rows], decision.signed_on or uow.today, decision.id)
    campaign.status, campaign.decision_id = CampaignStatus.DECIDED.value, decision.id
    uow.session.flush()
    uow.session.expire_all()
    issued: tuple[IssuedPaper, ...] = ()
    confirmed: tuple[IssuedPaper, ...] = ()
    not_issued: list[Problem] = []
    if data.issue_certificates and render_certificate is not None:
        issued, confirmed, not_issued = _issue(
            uow, campaign, data, plan.certificates, render=render_certificate, progress=progress
        )
    return Decided(
        decision_id=decision.id,
        number=decision.number,
        counts=dict(plan.counts),
        issued=issued,
        confirmed=confirmed,
        not_issued=tuple(not_issued),
        to_return=plan.certificates.to_return,
        refused=plan.lists[REFUSED],
        warnings=plan.warnings,
    )


def replay(uow: UnitOfWork, case_id: UUID) -> tuple[Replay, ...]:
    """Judge the stored inputs of a decided household again by the archived standards; each must be the same."""
    uow.require(Permission.READ)
    stored = uow.session.scalars(
        select(Judgement).where(Judgement.case_id == case_id).order_by(Judgement.scope.desc())
    ).all()
    return tuple(
        Replay(
            scope=record.scope,
            pack=record.pack,
            inputs=record.inputs,
            stored=record.result,
            again=classification.replay(packs.by_id(uow, record.pack, sha256=record.pack_sha256), record.inputs),
        )
        for record in stored
    )


def _live(uow: UnitOfWork, campaign_id: UUID) -> list[UUID]:
    """The cases that get a result: neither taken off nor of a household that is gone."""
    statement = (
        select(ReviewCase.id)
        .join(Household, Household.id == ReviewCase.household_id)
        .where(ReviewCase.campaign_id == campaign_id, ReviewCase.state != CaseState.REMOVED.value)
        .where(Household.ended_on.is_(None))
    )
    return list(uow.session.scalars(statement))


def _refuse(uow: UnitOfWork, campaign: Campaign, data: DecideData) -> None:
    problems = []
    number = clean(data.number)
    if not number:
        problems.append(Problem("number", _("Write the number of the decision, e.g. 45/QĐ-UBND.")))
    elif uow.session.scalars(
        select(Decision.id).where(Decision.year == campaign.class_year, Decision.number == number)
    ).first():
        message = _("Decision {number} for {year} is on record already; a decision has its own number.")
        problems.append(Problem("number", message.format(number=number, year=campaign.class_year)))
    if data.signed_on > uow.today:
        problems.append(Problem("signed_on", _("The date lies in the future.")))
    if problems:
        raise ValidationError(problems)


def _issue(
    uow: UnitOfWork,
    campaign: Campaign,
    data: DecideData,
    plan: CertificatePlan,
    *,
    render: certificates.Render,
    progress: Progress,
) -> tuple[tuple[IssuedPaper, ...], tuple[IssuedPaper, ...], list[Problem]]:
    """New certificates and the year's block on those in force; what cannot be printed is told, not forced."""
    year, on, who = campaign.class_year, data.signed_on, data.signatory_id
    able, problems = certificates.split_ready(uow, plan.to_issue, year=year, issued_on=on)
    issued = (
        certificates.issue_batch(uow, able, year=year, issued_on=on, signatory_id=who, render=render, progress=progress)
        if able
        else []
    )
    confirmed = []
    for done, certificate_id in enumerate(plan.to_confirm):
        progress(done, len(plan.to_confirm), _("Confirming the year on certificates"))
        paper = block_draft(uow, certificate_id, on, year=year, signatory_id=who)
        if paper.refusals:
            problems += [Problem(paper.number, f"{paper.number}: {one.message}") for one in paper.refusals]
            continue
        made = certificates.add_year_block(
            uow, certificate_id, year=year, confirmed_on=on, signatory_id=who, render=render
        )
        household = uow.record(Certificate, certificate_id).household_id
        confirmed.append(IssuedPaper(household, certificate_id, made.number))
    return (
        tuple(IssuedPaper(paper.household_id, paper.id, paper.number) for paper in issued),
        tuple(confirmed),
        problems,
    )
