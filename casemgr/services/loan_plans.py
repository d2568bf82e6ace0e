"""Use cases of the instalments of a loan: proposed, agreed, and written anew when the bank gives more time."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.loan_plans import Instalment, Plan, plan_problems, proposed, renewed, rhythm_of
from casemgr.domain.loans import LOAN_LABELS, LoanEventKind, LoanMove, LoanStatus, in_order, standing
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Household, Loan, LoanInstalment
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.loan_moves import moves, plan_of

_LENT = (LoanStatus.RUNNING.value, LoanStatus.REPAID.value)


def propose(uow: UnitOfWork, loan_id: UUID, rhythm: int) -> Plan:
    """Equal instalments of that rhythm; after an extension what was repaid stays and the rest is spread anew."""
    uow.require(Permission.SEE_BALANCES)
    record = uow.record(Loan, loan_id)
    return _spread(uow, record, moves(uow, loan_id), rhythm)


def keep(uow: UnitOfWork, loan_id: UUID, version: int, plan: Sequence[Instalment]) -> None:
    """Agree on these instalments; none at all means that the whole loan is due at its due date."""
    uow.require(Permission.EDIT)
    uow.require(Permission.SEE_BALANCES)
    record = uow.record(Loan, loan_id, version)
    if record.status not in _LENT or record.disbursed_on is None:
        label = _(LOAN_LABELS[LoanStatus(record.status)])
        message = _("Instalments are agreed when the bank has paid out; this loan is in the state “{state}”.")
        raise ConflictError(message.format(state=label))
    now = standing(moves(uow, loan_id), uow.today)
    problems: list[Problem] = []
    if plan:
        problems = plan_problems(plan, principal=now.disbursed, from_on=record.disbursed_on, due_on=now.due_on)
    if problems:
        raise ValidationError(problems)
    _write(uow, record, tuple(plan))
    uow.name_step("loan.schedule", table=Household.__tablename__, subject=record.household_id)


def renew(uow: UnitOfWork, record: Loan) -> None:
    """Write the plan anew after an extension or another pay-out; a loan without a plan stays without one."""
    plan = plan_of(uow, record.id)
    if plan:
        _write(uow, record, _spread(uow, record, moves(uow, record.id), rhythm_of(plan)))


def _spread(uow: UnitOfWork, record: Loan, found: Sequence[LoanMove], rhythm: int) -> Plan:
    now = standing(found, uow.today)
    first = record.disbursed_on
    if first is None or now.due_on is None:
        raise ConflictError(_("Instalments are agreed when the bank has paid out."))
    given = [move for move in in_order(found) if move.due_on is not None and move.on <= uow.today]
    begun = given[-1].on if given else first
    if begun == first:
        return proposed(now.disbursed, first, now.due_on, rhythm)
    repaid = sum(move.amount for move in found if move.kind is LoanEventKind.REPAID and move.on <= begun)
    return renewed(plan_of(uow, record.id), repaid, now.disbursed - repaid, begun, now.due_on, rhythm)


def _write(uow: UnitOfWork, record: Loan, plan: Plan) -> None:
    """Rows of the same day are corrected, so that no day ever stands there twice."""
    known = {
        row.due_on: row
        for row in uow.session.scalars(select(LoanInstalment).where(LoanInstalment.loan_id == record.id))
    }
    for one in plan:
        row = known.pop(one.due_on, None)
        if row is None:
            uow.add(LoanInstalment(loan_id=record.id, due_on=one.due_on, amount=one.amount))
        elif row.amount != one.amount:
            row.amount = one.amount
    for row in known.values():
        uow.session.delete(row)
