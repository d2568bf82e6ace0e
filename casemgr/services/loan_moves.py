"""Movements and plans of loans as they stand in the file, and who may see what somebody owes."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.loan_plans import Instalment, Plan
from casemgr.domain.loans import LoanEventKind, LoanMove
from casemgr.domain.permissions import Permission, allows
from casemgr.persistence.models import LoanEvent, LoanInstalment
from casemgr.persistence.uow import UnitOfWork

_PART: Final = 500


def may_see(uow: UnitOfWork) -> bool:
    """Whether the signed-in person may see what is owed."""
    return allows(uow.actor.role, Permission.SEE_BALANCES)


def moves_of(uow: UnitOfWork, loan_ids: Sequence[UUID]) -> dict[UUID, list[tuple[UUID, LoanMove]]]:
    """Id and content of every movement of these loans, by day."""
    found: dict[UUID, list[tuple[UUID, LoanMove]]] = {}
    for start in range(0, len(loan_ids), _PART):
        rows = (
            select(LoanEvent)
            .where(LoanEvent.loan_id.in_(loan_ids[start : start + _PART]))
            .order_by(LoanEvent.on_date, LoanEvent.id)
        )
        for event in uow.session.scalars(rows):
            kind = LoanEventKind(event.kind)
            move = LoanMove(kind, event.on_date, event.amount, event.due_on, event.document, event.note)
            found.setdefault(event.loan_id, []).append((event.id, move))
    return found


def moves(uow: UnitOfWork, loan_id: UUID) -> list[LoanMove]:
    """The movements of one loan."""
    return [move for _id, move in moves_of(uow, [loan_id]).get(loan_id, ())]


def plans_of(uow: UnitOfWork, loan_ids: Sequence[UUID]) -> dict[UUID, Plan]:
    """The instalments agreed, by loan; a loan without any is not in it."""
    found: dict[UUID, list[Instalment]] = {}
    for start in range(0, len(loan_ids), _PART):
        rows = select(LoanInstalment).where(LoanInstalment.loan_id.in_(loan_ids[start : start + _PART]))
        for row in uow.session.scalars(rows):
            found.setdefault(row.loan_id, []).append(Instalment(row.due_on, row.amount))
    return {loan: tuple(sorted(plan)) for loan, plan in found.items()}


def plan_of(uow: UnitOfWork, loan_id: UUID) -> Plan:
    """The instalments agreed for one loan; empty: the whole loan is due at its due date."""
    return plans_of(uow, [loan_id]).get(loan_id, ())
