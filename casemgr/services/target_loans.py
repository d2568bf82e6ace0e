"""Measures of loans: what is owed, how it grew, what is overdue, who owes."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from sqlalchemy import select

from casemgr.domain.loan_plans import Instalment
from casemgr.domain.loans import LoanEventKind, LoanMove, LoanStanding, standing
from casemgr.domain.targets import Measure
from casemgr.i18n import _
from casemgr.persistence.models import Loan, LoanEvent, LoanInstalment
from casemgr.services.target_cohorts import Reading
from casemgr.services.target_findings import Finding, of_whole, ratio
from casemgr.services.target_rows import Id, Ids


def _balances(reading: Reading, measure: Measure, until: str) -> dict[Id, tuple[Id, int, str | None]]:
    """Loan to household, balance and due date at the end of a day (ISO)."""
    key = f"balances {until} {measure.groups}"
    if key not in reading.kept:
        codes = sorted(reading.programmes(measure))
        found: dict[Id, tuple[Id, int, str | None]] = {}
        order = (LoanEvent.on_date, LoanEvent.id)
        rows = reading.rows(
            select(Loan.id, Loan.household_id, LoanEvent.kind, LoanEvent.on_date, LoanEvent.amount, LoanEvent.due_on)
            .join(LoanEvent, LoanEvent.loan_id == Loan.id)
            .where(Loan.programme.in_(codes))
            .order_by(*order)
        )
        for loan, home, kind, on, amount, due in rows:
            if on > until:
                continue
            _home, balance, due_on = found.get(loan, (home, 0, None))
            if kind == LoanEventKind.DISBURSED.value:
                balance += amount
            elif kind == LoanEventKind.REPAID.value:
                balance -= amount
            found[loan] = (home, balance, due or due_on)
        reading.kept[key] = found
    kept: dict[Id, tuple[Id, int, str | None]] = reading.kept[key]
    return kept


def _owing(found: Mapping[Id, tuple[Id, int, str | None]]) -> Ids:
    return frozenset(home for home, balance, _due in found.values() if balance > 0)


def balance(reading: Reading, measure: Measure) -> Finding:
    """What is owed on the day."""
    found = _balances(reading, measure, reading.day.isoformat())
    return Finding(_owing(found), value=Fraction(sum(one[1] for one in found.values())))


def balance_growth(reading: Reading, measure: Measure) -> Finding:
    """How much more is owed than at the start."""
    now = _balances(reading, measure, reading.day.isoformat())
    before = _balances(reading, measure, reading.start.isoformat())
    was = sum(one[1] for one in before.values())
    more = sum(one[1] for one in now.values()) - was
    return ratio(more, was, part=_owing(now), empty=_("Nothing was owed at the start."))


def overdue(reading: Reading, measure: Measure) -> Finding:
    """Instalments past their day, as the ledgers count them, of what is owed."""
    found = _balances(reading, measure, reading.day.isoformat())
    owed = {loan: home for loan, (home, balance, _due) in found.items() if balance > 0}
    late = {loan: one.overdue for loan, one in _standings(reading, owed).items() if one.overdue}
    return ratio(
        sum(late.values()),
        sum(one[1] for one in found.values()),
        part=frozenset(owed[loan] for loan in late),
        empty=_("Nothing is owed on that day."),
    )


def _standings(reading: Reading, loans: Collection[Id]) -> Mapping[Id, LoanStanding]:
    """How some loans stand at the end of the day, by their plans."""
    moves: dict[Id, list[LoanMove]] = {}
    events = select(LoanEvent.loan_id, LoanEvent.kind, LoanEvent.on_date, LoanEvent.amount, LoanEvent.due_on)
    for loan, kind, on, amount, due in reading.rows(events.order_by(LoanEvent.on_date, LoanEvent.id)):
        if loan in loans:
            due_on = date.fromisoformat(due) if due else None
            moves.setdefault(loan, []).append(LoanMove(LoanEventKind(kind), date.fromisoformat(on), amount, due_on))
    plans: dict[Id, list[Instalment]] = {}
    for loan, due, amount in reading.rows(select(LoanInstalment.loan_id, LoanInstalment.due_on, LoanInstalment.amount)):
        if loan in loans:
            plans.setdefault(loan, []).append(Instalment(date.fromisoformat(due), amount))
    return {loan: standing(own, reading.day, sorted(plans.get(loan, ()))) for loan, own in moves.items()}


def borrowers(reading: Reading, measure: Measure) -> Finding:
    """Households of the lists that owe something."""
    return of_whole(_owing(_balances(reading, measure, reading.day.isoformat())), reading.cohort(measure))


HOWS: Final[Mapping[str, Callable[[Reading, Measure], Finding]]] = {
    "balance": balance,
    "balance_growth": balance_growth,
    "overdue": overdue,
    "borrowers": borrowers,
}
