"""Where the re-checks of a review stand: whose objection is open still, and who waits to be posted again."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CaseState, ObjectionOutcome
from casemgr.persistence.models import Objection, Posting, ReviewCase
from casemgr.persistence.uow import UnitOfWork

_PART: Final = 500


@dataclass(frozen=True)
class Objected:
    """Where a household stands and how the objections to its last posting ended."""

    state: CaseState
    outcomes: frozenset[ObjectionOutcome]


@dataclass(frozen=True)
class Rechecks:
    """Households of a review by what their objections ask for now."""

    disputed: int
    """An objection to the last posting is not settled."""
    again: int
    """Every objection is settled: the result stands, or was surveyed and checked anew; the posting is to come."""


def rechecks(uow: UnitOfWork, campaign_id: UUID) -> Rechecks:
    """How many are re-checked and how many wait to be posted again."""
    uow.require(Permission.READ)
    found = objected(uow, campaign_id).values()
    return Rechecks(disputed=sum(map(is_disputed, found)), again=sum(map(waits_again, found)))


def objected(uow: UnitOfWork, campaign_id: UUID) -> dict[UUID, Objected]:
    """The cases of a review whose last posting somebody objected to; read from the few objections, not the cases."""
    raised: dict[UUID, list[tuple[UUID, ObjectionOutcome]]] = defaultdict(list)
    hung = select(Posting.id).where(Posting.campaign_id == campaign_id)
    for case, posting, outcome in uow.session.execute(
        select(Objection.case_id, Objection.posting_id, Objection.outcome).where(Objection.posting_id.in_(hung))
    ):
        raised[case].append((posting, ObjectionOutcome(outcome)))
    found = {}
    cases = list(raised)
    for start in range(0, len(cases), _PART):
        part = cases[start : start + _PART]
        for case, state, last in uow.session.execute(
            select(ReviewCase.id, ReviewCase.state, ReviewCase.posting_id).where(ReviewCase.id.in_(part))
        ):
            outcomes = frozenset(outcome for posting, outcome in raised[case] if posting == last)
            if outcomes:
                found[case] = Objected(CaseState(state), outcomes)
    return found


def is_disputed(case: Objected) -> bool:
    """Whether a re-check goes on."""
    return case.state is CaseState.RECHECK and ObjectionOutcome.OPEN in case.outcomes


def waits_again(case: Objected) -> bool:
    """Whether the result stands after its re-check, or was surveyed and checked anew."""
    if ObjectionOutcome.OPEN in case.outcomes:
        return False
    anew = case.state in (CaseState.CHECKED, CaseState.VOTED) and ObjectionOutcome.UPHELD in case.outcomes
    return case.state is CaseState.RECHECK or anew
