"""What stands against signing a decision: unfinished hamlets, postings, objections, the opinion, a draft standard."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.households import household_code
from casemgr.domain.reviews import CampaignStatus, CaseState, ObjectionOutcome
from casemgr.domain.text import word_sort_key
from casemgr.errors import ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.persistence.models import (
    Campaign,
    Household,
    HouseholdIndex,
    Objection,
    Opinion,
    Posting,
    ReviewCase,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import movements, packs, review_rules
from casemgr.services.offices import hamlet_names

_MOST_NAMES: Final = 10
"""Households named in one refusal; all of them go with it."""


@dataclass(frozen=True)
class Refusal:
    """One reason why the decision cannot be signed, with the households it is about."""

    kind: str
    """review, standard, empty, unlisted, nobody, unfinished, posting, objection, again, opinion or later."""
    message: str
    households: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class _Standing:
    case: ReviewCase
    until: date | None
    disputed: bool
    upheld: bool
    agreed: bool | None
    """The superior's answer; None: not asked or not answered."""
    last: date
    """Day of the last thing that happened to it."""


def refusals(uow: UnitOfWork, campaign: Campaign, on: date) -> list[Refusal]:
    """Every reason against a decision of that day; empty: it can be signed."""
    if campaign.status != CampaignStatus.OPEN:
        return [Refusal("review", _("“{review}” is decided or closed already.").format(review=campaign.title))]
    pack = review_rules.pack_of(uow, campaign)
    found = []
    try:
        packs.require_official(pack, campaign.opened_on)
    except ValidationError as error:
        found.append(Refusal("standard", str(error)))
    everyone = _standings(uow, campaign)
    if not everyone:
        found.append(Refusal("empty", _("The review has no household to decide on.")))
    steps = review_rules.steps(pack, campaign)
    needs_opinion = campaign.opinion_required and CaseState.OPINION in steps
    checks: Sequence[tuple[str, Callable[[_Standing], bool], Callable[[int], str]]] = (
        ("unfinished", lambda one: _unfinished(one, steps), _say_unfinished),
        ("objection", lambda one: one.disputed, _say_disputed),
        ("again", lambda one: _waits_again(one, steps), _say_again),
        ("opinion", lambda one: needs_opinion and _ripe(one, steps) and one.agreed is not True, _say_opinion),
    )
    for kind, applies, say in checks:
        found += _by_hamlet(uow, kind, [one.case for one in everyone if applies(one)], say)
    found += _nobody(uow, [one.case for one in everyone])
    ripe = [one for one in everyone if _ripe(one, steps)]
    found += _hanging(uow, ripe, on)
    later = [one for one in ripe if one.last > on]
    if later:
        message = _("The last step is dated {date}: the decision cannot be signed before it.")
        text = message.format(date=format_date(max(one.last for one in later)))
        found.append(Refusal("later", text, tuple(one.case.household_id for one in later)))
    found += _unlisted(uow, campaign)
    return found


def _standings(uow: UnitOfWork, campaign: Campaign) -> list[_Standing]:
    rows = uow.session.execute(
        select(ReviewCase, Posting.until_on, Opinion.agreed, Opinion.answered_on)
        .join(Household, Household.id == ReviewCase.household_id)
        .outerjoin(Posting, Posting.id == ReviewCase.posting_id)
        .outerjoin(Opinion, Opinion.id == ReviewCase.opinion_id)
        .where(ReviewCase.campaign_id == campaign.id, ReviewCase.state != CaseState.REMOVED.value)
        .where(Household.ended_on.is_(None))
        .order_by(ReviewCase.hamlet_id, ReviewCase.head_sort, ReviewCase.id)
    ).all()
    raised: dict[tuple[UUID, UUID | None], set[ObjectionOutcome]] = defaultdict(set)
    settled: dict[UUID, date] = {}
    for case_id, posting_id, outcome, settled_on in uow.session.execute(
        select(Objection.case_id, Objection.posting_id, Objection.outcome, Objection.settled_on)
        .join(ReviewCase, ReviewCase.id == Objection.case_id)
        .where(ReviewCase.campaign_id == campaign.id)
    ):
        raised[case_id, posting_id].add(ObjectionOutcome(outcome))
        settled[case_id] = max(settled.get(case_id, date.min), settled_on or date.min)
    found = []
    for case, until, agreed, answered_on in rows:
        outcomes = raised[case.id, case.posting_id]
        disputed, upheld = ObjectionOutcome.OPEN in outcomes, ObjectionOutcome.UPHELD in outcomes
        last = max(case.state_on, answered_on or date.min, settled.get(case.id, date.min))
        found.append(_Standing(case, until, disputed, upheld, agreed, last))
    return found


def _ripe(one: _Standing, steps: Sequence[CaseState]) -> bool:
    """Posted, with nothing to re-check or to post again: only days and the superior's word may be missing."""
    if one.case.state == CaseState.RECHECK:
        return not (one.disputed or one.upheld or _waits_again(one, steps))
    return one.case.state in (CaseState.POSTED, CaseState.POSTED_AGAIN, CaseState.OPINION) and not one.disputed


def _unfinished(one: _Standing, steps: Sequence[CaseState]) -> bool:
    before = steps[: steps.index(CaseState.POSTED)]
    return one.case.state in before or one.case.result_class is None


def _waits_again(one: _Standing, steps: Sequence[CaseState]) -> bool:
    """A re-check that let the result stand is posted again, where the procedure says so."""
    return one.case.state == CaseState.RECHECK and not one.disputed and CaseState.POSTED_AGAIN in steps


def _by_hamlet(uow: UnitOfWork, kind: str, cases: Sequence[ReviewCase], say: Callable[[int], str]) -> Iterable[Refusal]:
    names = hamlet_names(uow)
    groups: dict[str, list[ReviewCase]] = defaultdict(list)
    for case in cases:
        groups[names.get(case.hamlet_id, "") if case.hamlet_id else ""].append(case)
    for hamlet, group in sorted(groups.items(), key=lambda item: word_sort_key(item[0])):
        message = say(len(group))
        yield Refusal(kind, f"{hamlet}: {message}" if hamlet else message, tuple(case.household_id for case in group))


def _say_unfinished(count: int) -> str:
    return ngettext("{count} household is not posted yet.", "{count} households are not posted yet.", count).format(
        count=count
    )


def _say_disputed(count: int) -> str:
    return ngettext(
        "an objection to {count} household is being re-checked.",
        "objections to {count} households are being re-checked.",
        count,
    ).format(count=count)


def _say_again(count: int) -> str:
    return ngettext(
        "{count} re-checked household is not posted again yet.",
        "{count} re-checked households are not posted again yet.",
        count,
    ).format(count=count)


def _say_opinion(count: int) -> str:
    return ngettext(
        "the superior has not agreed to {count} household yet.",
        "the superior has not agreed to {count} households yet.",
        count,
    ).format(count=count)


def _nobody(uow: UnitOfWork, cases: Sequence[ReviewCase]) -> Iterable[Refusal]:
    """Households nobody belongs to: there is no one to recognise."""
    empty = select(HouseholdIndex.household_id, Household.number).join(
        Household, Household.id == HouseholdIndex.household_id
    )
    rows = uow.session.execute(empty.where(HouseholdIndex.people == 0)).all()
    numbers = {row.household_id: row.number for row in rows}
    group = [case for case in cases if case.household_id in numbers]
    if group:
        names = [case.head_name or household_code(numbers[case.household_id]) for case in group]
        message = _("No member of the household is on record: {names}. Write its members, or end it if it is gone.")
        shown = ", ".join(names[:_MOST_NAMES]) + ("…" if len(names) > _MOST_NAMES else "")
        yield Refusal("nobody", message.format(names=shown), tuple(case.household_id for case in group))


def _hanging(uow: UnitOfWork, ripe: Sequence[_Standing], on: date) -> Iterable[Refusal]:
    early = [one for one in ripe if one.until is None or one.until >= on]
    for until in sorted({one.until for one in early if one.until}):
        group = [one.case for one in early if one.until == until]

        def say(count: int, until: date = until) -> str:
            return ngettext(
                "{count} household is posted until {date}; the decision is signed after that day.",
                "{count} households are posted until {date}; the decision is signed after that day.",
                count,
            ).format(count=count, date=format_date(until))

        yield from _by_hamlet(uow, "posting", group, say)


def _unlisted(uow: UnitOfWork, campaign: Campaign) -> Iterable[Refusal]:
    """Households of the list that nobody reviews would drop out of it without a decision."""
    missing = movements.left_off(uow, campaign)
    if missing:
        message = ngettext(
            "{count} household of last year's list is not in the review: add it, or end it if it is gone.",
            "{count} households of last year's list are not in the review: add them, or end those that are gone.",
            len(missing),
        )
        yield Refusal("unlisted", message.format(count=len(missing)), missing)
