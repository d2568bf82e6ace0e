"""Public posting of results for its working days, objections meanwhile, and their re-check (QĐ 24/2021 Đ.4 k.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.households import household_code
from casemgr.domain.packs import Pack
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CASE_STATE_LABELS, CaseState, ObjectionOutcome
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.persistence.models import Campaign, Household, Objection, Posting, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_steps, rechecks, review_rules
from casemgr.services.offices import hamlet_names

_ON_SHOW = (CaseState.POSTED.value, CaseState.POSTED_AGAIN.value)
_UNKEYED = (CaseState.LISTED.value, CaseState.SURVEYED.value)


@dataclass(frozen=True)
class Posted:
    """A posting just made."""

    id: UUID
    until_on: date
    """Last day it hangs."""
    cases: tuple[UUID, ...]
    warning: str
    """About years without a table of days off."""


@dataclass(frozen=True)
class PostingView:
    """A posting with what lists need."""

    id: UUID
    version: int
    hamlet_id: UUID | None
    hamlet: str
    """Empty: the whole commune."""
    posted_on: date
    until_on: date
    places: str
    again: bool
    taken_down_on: date | None
    households: int
    """Households whose last posting this is."""
    open_objections: int


@dataclass(frozen=True)
class ObjectionView:
    """An objection with what lists and the re-check need."""

    id: UUID
    version: int
    case_id: UUID
    posting_id: UUID
    code: str
    head: str
    hamlet: str
    received_on: date
    by_name: str
    content: str
    due_on: date
    outcome: ObjectionOutcome
    settled_on: date | None
    finding: str


def last_day(uow: UnitOfWork, campaign_id: UUID, posted_on: date, *, again: bool = False) -> review_rules.Due:
    """Until when a posting of that day hangs at least."""
    campaign = uow.record(Campaign, campaign_id)
    pack = review_rules.pack_of(uow, campaign)
    return review_rules.due(
        uow, posted_on, review_rules.deadline(pack, campaign, "posting_again" if again else "posting")
    )


def ready(uow: UnitOfWork, campaign_id: UUID, hamlet_id: UUID | None, *, again: bool = False) -> list[UUID]:
    """The cases a posting would hold now; refused with the reason when the hamlet (None: the commune) is not ready."""
    uow.require(Permission.READ)
    campaign = uow.record(Campaign, campaign_id)
    steps = review_rules.steps(review_rules.pack_of(uow, campaign), campaign)
    cases = _cases(uow, campaign_id, hamlet_id)
    if again:
        return _again(uow, campaign_id, cases)
    _refuse_unready(cases, steps)
    before = steps[steps.index(CaseState.POSTED) - 1]
    found = [case.id for case in cases if case.state == before]
    if not found:
        raise ValidationError([Problem("", _("There is no household here to post: all are posted already."))])
    return found


def post(
    uow: UnitOfWork,
    campaign_id: UUID,
    hamlet_id: UUID | None,
    posted_on: date,
    places: str,
    *,
    again: bool = False,
    until_on: date | None = None,
    document: str = "",
) -> Posted:
    """Post the results of a hamlet, or of the whole commune; it hangs as many working days as the standard says."""
    uow.require(Permission.EDIT)
    campaign = review_rules.running(uow, campaign_id)
    least = last_day(uow, campaign_id, posted_on, again=again)
    problems = []
    if not clean(places):
        problems.append(Problem("places", _("Write where the list is posted.")))
    if not campaign.opened_on <= posted_on <= uow.today:
        message = _("The posting begins between {first} and today.").format(first=format_date(campaign.opened_on))
        problems.append(Problem("posted_on", message))
    if until_on is not None and until_on < least.on:
        problems.append(Problem("until_on", _too_short(uow, campaign, least, again=again)))
    if problems:
        raise ValidationError(problems)
    cases = ready(uow, campaign_id, hamlet_id, again=again)
    record = Posting(
        campaign_id=campaign_id,
        hamlet_id=hamlet_id,
        posted_on=posted_on,
        until_on=until_on or least.on,
        places=clean(places),
        again=again,
        paper_id=None,
        taken_down_on=None,
    )
    uow.add(record)
    uow.name_step("posting.post", record)
    for case in _records(uow, cases):
        case.posting_id = record.id
    state = _posted_state(review_rules.steps(review_rules.pack_of(uow, campaign), campaign), again=again)
    campaign_steps.advance(uow, cases, state, on=posted_on, document=clean(document))
    return Posted(record.id, record.until_on, tuple(cases), least.warning)


def take_down(uow: UnitOfWork, posting_id: UUID, version: int | None = None, *, on: date) -> None:
    """Take the list down; not before its last day, so that it hung as long as the law asks."""
    uow.require(Permission.EDIT)
    record = uow.record(Posting, posting_id, version)
    review_rules.running(uow, record.campaign_id)
    if record.taken_down_on is not None:
        raise ConflictError(_("The list is taken down already."))
    if not record.until_on <= on <= uow.today:
        message = _("The list hangs until {last}; it is taken down between that day and today.")
        raise ValidationError([Problem("on", message.format(last=format_date(record.until_on)))])
    record.taken_down_on = on
    uow.name_step("posting.take_down", record)


def postings(uow: UnitOfWork, campaign_id: UUID) -> list[PostingView]:
    """The postings of a review, oldest first."""
    uow.require(Permission.READ)
    names = hamlet_names(uow)
    held = _counts(uow, ReviewCase.posting_id, ReviewCase.campaign_id == campaign_id)
    disputed = _counts(uow, Objection.posting_id, Objection.outcome == ObjectionOutcome.OPEN.value)
    return [
        PostingView(
            id=record.id,
            version=record.version,
            hamlet_id=record.hamlet_id,
            hamlet=names.get(record.hamlet_id, "") if record.hamlet_id else "",
            posted_on=record.posted_on,
            until_on=record.until_on,
            places=record.places,
            again=record.again,
            taken_down_on=record.taken_down_on,
            households=held.get(record.id, 0),
            open_objections=disputed.get(record.id, 0),
        )
        for record in uow.session.scalars(
            select(Posting).where(Posting.campaign_id == campaign_id).order_by(Posting.posted_on, Posting.id)
        )
    ]


def lodge_objection(uow: UnitOfWork, case_id: UUID, *, received_on: date, by_name: str, content: str) -> UUID:
    """Somebody disagrees while the list hangs: the household is re-checked within the days of the standard."""
    uow.require(Permission.EDIT)
    case = uow.record(ReviewCase, case_id)
    campaign = review_rules.running(uow, case.campaign_id)
    posting = uow.session.get(Posting, case.posting_id) if case.posting_id else None
    problems = []
    if posting is None or case.state not in (*_ON_SHOW, CaseState.RECHECK):
        message = _("{name} is not posted now; an objection is taken while the list hangs.")
        problems.append(Problem("case", message.format(name=case.head_name)))
    elif not posting.posted_on <= received_on <= posting.until_on:
        message = _("The list hung from {first} to {last}; an objection is taken in these days.")
        texts = {"first": format_date(posting.posted_on), "last": format_date(posting.until_on)}
        problems.append(Problem("received_on", message.format(**texts)))
    if received_on > uow.today:
        problems.append(Problem("received_on", _("The date lies in the future.")))
    if not clean(by_name):
        problems.append(Problem("by_name", _("Write who objects.")))
    if not clean(content):
        problems.append(Problem("content", _("Write what the objection is about.")))
    if problems or posting is None:
        raise ValidationError(problems)
    days = review_rules.deadline(review_rules.pack_of(uow, campaign), campaign, "recheck")
    record = Objection(
        case_id=case_id,
        posting_id=posting.id,
        received_on=received_on,
        by_name=clean(by_name),
        content=content.strip(),
        due_on=review_rules.due(uow, received_on, days).on,
        outcome=ObjectionOutcome.OPEN.value,
        settled_on=None,
        finding="",
    )
    uow.add(record)
    uow.name_step("objection.lodge", table=Household.__tablename__, subject=case.household_id)
    if case.state != CaseState.RECHECK:
        campaign_steps.advance(uow, [case_id], CaseState.RECHECK, on=received_on)
    return record.id


def settle_objection(
    uow: UnitOfWork, objection_id: UUID, version: int | None = None, *, on: date, upheld: bool, finding: str
) -> None:
    """End a re-check: upheld sends the household back to survey, dismissed lets its result stand.

    Either is posted again; while other objections to the same household are open it stays in the re-check.
    """
    uow.require(Permission.EDIT)
    record = uow.record(Objection, objection_id, version)
    case = uow.record(ReviewCase, record.case_id)
    review_rules.running(uow, case.campaign_id)
    if record.outcome != ObjectionOutcome.OPEN:
        raise ConflictError(_("This objection is settled already."))
    problems = []
    if not record.received_on <= on <= uow.today:
        problems.append(Problem("settled_on", _("The re-check ends between the objection and today.")))
    if not clean(finding):
        problems.append(Problem("finding", _("Write what the re-check found.")))
    if problems:
        raise ValidationError(problems)
    record.outcome = (ObjectionOutcome.UPHELD if upheld else ObjectionOutcome.DISMISSED).value
    record.settled_on, record.finding = on, finding.strip()
    uow.name_step("objection.settle", table=Household.__tablename__, subject=case.household_id)
    uow.session.flush()
    standing = rechecks.objected(uow, case.campaign_id).get(case.id)
    outcomes = standing.outcomes if standing is not None else frozenset()
    if ObjectionOutcome.OPEN not in outcomes and ObjectionOutcome.UPHELD in outcomes:
        campaign_steps.send_back(uow, [case.id], _("Objection upheld: {finding}").format(finding=clean(finding)), on=on)


def objections(uow: UnitOfWork, campaign_id: UUID, *, open_only: bool = False) -> list[ObjectionView]:
    """The objections of a review, those due first at the top, settled ones after them."""
    uow.require(Permission.READ)
    names = hamlet_names(uow)
    settled = Objection.outcome != ObjectionOutcome.OPEN.value
    statement = (
        select(Objection, ReviewCase, Household.number)
        .join(ReviewCase, ReviewCase.id == Objection.case_id)
        .join(Household, Household.id == ReviewCase.household_id)
        .where(ReviewCase.campaign_id == campaign_id)
        .order_by(settled, Objection.due_on, Objection.id)
    )
    if open_only:
        statement = statement.where(~settled)
    return [
        ObjectionView(
            id=record.id,
            version=record.version,
            case_id=case.id,
            posting_id=record.posting_id,
            code=household_code(number),
            head=case.head_name,
            hamlet=names.get(case.hamlet_id, "") if case.hamlet_id else "",
            received_on=record.received_on,
            by_name=record.by_name,
            content=record.content,
            due_on=record.due_on,
            outcome=ObjectionOutcome(record.outcome),
            settled_on=record.settled_on,
            finding=record.finding,
        )
        for record, case, number in uow.session.execute(statement)
    ]


def _posted_state(steps: Sequence[CaseState], *, again: bool) -> CaseState:
    """Who is posted again is told apart where the procedure does."""
    return CaseState.POSTED_AGAIN if again and CaseState.POSTED_AGAIN in steps else CaseState.POSTED


def _refuse_unready(cases: Sequence[ReviewCase], steps: Sequence[CaseState]) -> None:
    """Everybody on a list that is posted has a result, checked and, where there is a meeting, voted."""
    problems = []
    unkeyed = [case for case in cases if case.state in _UNKEYED]
    if unkeyed:
        message = ngettext(
            "{count} household is not keyed yet: {names}.",
            "{count} households are not keyed yet: {names}.",
            len(unkeyed),
        )
        problems.append(Problem("", message.format(count=len(unkeyed), names=_names(unkeyed))))
    before = steps[steps.index(CaseState.POSTED) - 1]
    waiting = [case for case in cases if case.state in steps[: steps.index(before)] and case.state not in _UNKEYED]
    if waiting:
        message = ngettext(
            "{count} household has not reached “{step}”: {names}.",
            "{count} households have not reached “{step}”: {names}.",
            len(waiting),
        )
        values = {"count": len(waiting), "step": _(CASE_STATE_LABELS[before]), "names": _names(waiting)}
        problems.append(Problem("", message.format(**values)))
    if problems:
        raise ValidationError(problems)


def _again(uow: UnitOfWork, campaign_id: UUID, cases: Sequence[ReviewCase]) -> list[UUID]:
    """Re-checked households whose objections are all settled: the result stands, or was surveyed and checked anew."""
    found, problems = [], []
    objected = rechecks.objected(uow, campaign_id)
    for case in cases:
        standing = objected.get(case.id)
        if standing is None:
            continue
        if rechecks.is_disputed(standing):
            message = _("The objection to the result of {name} is not settled.")
            problems.append(Problem("", message.format(name=case.head_name)))
        elif rechecks.waits_again(standing):
            found.append(case.id)
    if problems:
        raise ValidationError(problems)
    if not found:
        raise ValidationError([Problem("", _("No re-checked household is waiting to be posted again."))])
    return found


def _too_short(uow: UnitOfWork, campaign: Campaign, least: review_rules.Due, *, again: bool) -> str:
    pack: Pack = review_rules.pack_of(uow, campaign)
    days = review_rules.deadline(pack, campaign, "posting_again" if again else "posting").days
    return ngettext(
        "The list hangs {days} working day: until {last} at least.",
        "The list hangs {days} working days: until {last} at least.",
        days,
    ).format(days=days, last=format_date(least.on))


def _cases(uow: UnitOfWork, campaign_id: UUID, hamlet_id: UUID | None) -> list[ReviewCase]:
    statement = (
        select(ReviewCase)
        .join(Household, Household.id == ReviewCase.household_id)
        .where(ReviewCase.campaign_id == campaign_id, ReviewCase.state != CaseState.REMOVED.value)
        .where(Household.ended_on.is_(None))
    )
    if hamlet_id is not None:
        statement = statement.where(ReviewCase.hamlet_id == hamlet_id)
    return list(uow.session.scalars(statement.order_by(ReviewCase.head_sort, ReviewCase.id)))


def _records(uow: UnitOfWork, ids: Sequence[UUID]) -> list[ReviewCase]:
    return [uow.record(ReviewCase, case) for case in ids]


def _names(cases: Sequence[ReviewCase]) -> str:
    shown = ", ".join(case.head_name for case in cases[:5])
    return f"{shown}, …" if len(cases) > 5 else shown


def _counts(uow: UnitOfWork, column: Any, condition: Any) -> dict[UUID, int]:  # noqa: ANN401 - columns and conditions of SQLAlchemy
    rows = uow.session.execute(select(column, func.count()).where(condition).group_by(column))
    return {key: count for key, count in rows if key is not None}
