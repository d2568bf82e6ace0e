"""Use cases of a list of repayments from the bank: whose loan each line means, then all of them written in one step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from casemgr.domain.households import household_code
from casemgr.domain.loan_repayments import MatchState, RepaymentLine, read_repayments
from casemgr.domain.loans import LoanEventKind, LoanMove, LoanStatus, move_problems
from casemgr.domain.pasted_lists import Cell
from casemgr.domain.permissions import Permission
from casemgr.domain.text import fold
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import HouseholdIndex, Loan, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import loans
from casemgr.services.loan_moves import moves
from casemgr.services.loan_rules import loan_programmes
from casemgr.services.people_meant import SEVERAL, meant
from casemgr.services.programmes import catalogue

_LENT: Final = (LoanStatus.RUNNING.value, LoanStatus.REPAID.value)


@dataclass(frozen=True)
class Repayment:
    """What is written of one line."""

    loan_id: UUID
    on: date
    amount: int
    document: str = ""


@dataclass(frozen=True)
class RepaymentMatch:
    """A line of the list with the loan it means, or why it cannot be taken."""

    line: RepaymentLine
    state: MatchState
    borrower: str
    household: str
    """Readable code."""
    programme: str
    """Name of the programme of the loan that was found."""
    data: Repayment | None
    """What would be written; None when it cannot."""
    problem: str


def read_list(uow: UnitOfWork, rows: Sequence[Sequence[Cell]]) -> list[RepaymentMatch]:
    """What a pasted or opened list would do: the loan by the borrower and the programme; nothing is written."""
    uow.require(Permission.EDIT)
    uow.require(Permission.SEE_BALANCES)
    named = loan_programmes(catalogue(uow))
    taken: dict[UUID, list[LoanMove]] = {}
    return [_match(uow, line, named, taken) for line in read_repayments(rows, named, today=uow.today)]


def keep_many(uow: UnitOfWork, entries: Sequence[Repayment]) -> list[UUID]:
    """Write the repayments of a list in one step; refused as a whole, naming each borrower it does not fit."""
    uow.require(Permission.EDIT)
    uow.name_step("loan.event")
    problems: list[Problem] = []
    for one in sorted(entries, key=lambda entry: entry.on):
        record = uow.record(Loan, one.loan_id)
        try:
            loans.repay(uow, one.loan_id, record.version, on=one.on, amount=one.amount, document=one.document)
        except ValidationError as error:
            name = loans.borrower_name(uow, record)
            problems += [Problem("", f"{name}: {problem.message}") for problem in error.problems]
        uow.session.flush()
    if problems:
        raise ValidationError(problems)
    return [one.loan_id for one in entries]


def _match(
    uow: UnitOfWork, line: RepaymentLine, named: dict[str, str], taken: dict[UUID, list[LoanMove]]
) -> RepaymentMatch:
    blank = RepaymentMatch(line, MatchState.WRONG, line.name, "", "", None, "; ".join(line.problems))
    if line.problems or line.on is None:
        return blank
    found, told, state = _loans_meant(uow, line)
    if told:
        return replace(blank, state=state, problem=told)
    (record,) = found
    index = uow.session.get(HouseholdIndex, record.household_id)
    matched = replace(
        blank,
        borrower=loans.borrower_name(uow, record),
        household=household_code(index.number) if index else "",
        programme=named.get(record.programme, record.programme),
    )
    move = LoanMove(LoanEventKind.REPAID, line.on, line.amount, None, line.document)
    known = moves(uow, record.id)
    same = [one for one in known if (one.kind, one.on, one.amount) == (move.kind, move.on, move.amount)]
    if any(one.document == line.document or not line.document for one in same):
        told = _("This repayment is on record already.")
        return replace(matched, state=MatchState.RECORDED, problem=told)
    both = [*known, *taken.get(record.id, ()), move]
    problems = [problem.message for problem in move_problems(both, approved=record.amount)]
    if line.on > uow.today:
        problems.append(_("The date lies in the future."))
    if record.asked_on is not None and line.on < record.asked_on:
        message = _("The loan was asked for only on {date}.")
        problems.append(message.format(date=format_date(record.asked_on)))
    if problems:
        return replace(matched, problem="; ".join(problems))
    taken.setdefault(record.id, []).append(move)
    data = Repayment(record.id, line.on, line.amount, line.document)
    return replace(matched, state=MatchState.MATCHED, data=data)


def _loans_meant(uow: UnitOfWork, line: RepaymentLine) -> tuple[list[Loan], str, MatchState]:
    """The one loan a line means, or what is wrong; the borrower by number, else by name and birth, else by name."""
    rows = (
        select(Loan)
        .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Loan.household_id)
        .where(Loan.status.in_(_LENT))
    )
    if line.programme:
        rows = rows.where(Loan.programme == line.programme)
    if line.id_number or line.birth is not None:
        person, told = meant(uow, id_number=line.id_number, name=line.name, birth=line.birth, hamlet=line.hamlet)
        if person is None:
            several = told == _(SEVERAL)
            return [], told, MatchState.AMBIGUOUS if several else MatchState.UNKNOWN
        own = (Loan.person_id == person.person_id) | (
            Loan.person_id.is_(None) & (Loan.household_id == person.household_id)
        )
        found = list(uow.session.scalars(rows.where(own)))
    else:
        key = fold(line.name)
        named = rows.join(
            Person,
            or_(Person.id == Loan.person_id, Loan.person_id.is_(None) & (Person.id == HouseholdIndex.head_id)),
        )
        found = list(uow.session.scalars(named.where(Person.name_key == key))) if key else []
    running = [loan for loan in found if loan.status == LoanStatus.RUNNING] or found
    if not running:
        return [], _("No loan of this person and programme is outstanding."), MatchState.UNKNOWN
    if len(running) > 1:
        message = _("{count} loans fit: write the identity number and the programme.")
        return [], message.format(count=len(running)), MatchState.AMBIGUOUS
    return running, "", MatchState.MATCHED
