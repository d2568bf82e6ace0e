"""Where the re-checks of a review stand: whose objection is open still, and who waits to be posted again."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CaseState, ObjectionOutcome
from casemgr.persistence.models import Objection, ReviewCase
from casemgr.persistence.uow import UnitOfWork


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
    found = outcomes(uow, ReviewCase.campaign_id == campaign_id)
    states = dict(uow.session.execute(select(ReviewCase.id, ReviewCase.state).where(ReviewCase.id.in_(found))).all())
    return Rechecks(
        disputed=sum(is_disputed(states[case], ended) for case, ended in found.items()),
        again=sum(waits_again(states[case], ended) for case, ended in found.items()),
    )


def outcomes(uow: UnitOfWork, *which: ColumnElement[Any]) -> Mapping[UUID, AbstractSet[ObjectionOutcome]]:
    """How the objections to the last postings of these cases ended; cases nobody objected to are left out."""
    statement = (
        select(ReviewCase.id, Objection.outcome)
        .join(Objection, (Objection.case_id == ReviewCase.id) & (Objection.posting_id == ReviewCase.posting_id))
        .where(*which)
    )
    found: dict[UUID, set[ObjectionOutcome]] = defaultdict(set)
    for case, outcome in uow.session.execute(statement):
        found[case].add(ObjectionOutcome(outcome))
    return found


def is_disputed(state: str, ended: AbstractSet[ObjectionOutcome]) -> bool:
    """Whether a re-check goes on."""
    return state == CaseState.RECHECK and ObjectionOutcome.OPEN in ended


def waits_again(state: str, ended: AbstractSet[ObjectionOutcome]) -> bool:
    """Whether the result stands after its re-check, or was surveyed and checked anew."""
    if not ended or ObjectionOutcome.OPEN in ended:
        return False
    anew = state in (CaseState.CHECKED, CaseState.VOTED) and ObjectionOutcome.UPHELD in ended
    return state == CaseState.RECHECK or anew
