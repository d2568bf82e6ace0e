"""Use cases of loans of the policy bank: asked for, put on the list 03/TD, paid out, repaid, extended, refused.

Who may borrow, how much, for how long and at which rate are dated rules of the catalogue. A rule that is certain
refuses, any other warns and asks for a reason; what the bank has done already is written down as it was.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casemgr.domain.dates import add_months
from casemgr.domain.findings import Severity
from casemgr.domain.loan_plans import Plan
from casemgr.domain.loans import (
    LOAN_LABELS,
    LoanData,
    LoanEventKind,
    LoanFinding,
    LoanMove,
    LoanStanding,
    LoanStatus,
    RateSpan,
    move_problems,
    standing,
)
from casemgr.domain.permissions import Permission
from casemgr.domain.support import Unit
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Household, HouseholdIndex, Loan, LoanEvent, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import loan_plans
from casemgr.services.entitlement_reading import Reading
from casemgr.services.loan_entries import problems_of
from casemgr.services.loan_moves import may_see, moves, moves_of, plan_of
from casemgr.services.loan_rules import OverdueRate, check, loan_programmes, overdue_rate, rate_on, rates_between
from casemgr.services.programmes import catalogue

_BEFORE = (LoanStatus.ASKED.value, LoanStatus.LISTED.value)


@dataclass(frozen=True)
class LoanView:
    """One loan with its events and how it stands."""

    id: UUID
    version: int
    data: LoanData
    status: LoanStatus
    programme: str
    """Its name."""
    rate_millionths: int | None
    """Of the day it was paid out."""
    rate_now: int | None
    """What the same rule gives today; it holds for what is still owed where the rate says so."""
    rates: tuple[RateSpan, ...]
    """The rates from the pay-out to today."""
    disbursed_on: date | None
    class_value: str
    events: tuple[tuple[UUID, LoanMove], ...]
    """Nothing for whoever may not see balances."""
    standing: LoanStanding | None
    """None for whoever may not see balances."""
    plan: Plan
    """The instalments agreed; empty: the whole loan is due at its due date."""
    listed_on: date | None
    """Day of the confirmed list 03/TD."""
    reason: str
    """Why it was refused."""
    overdue_rate: OverdueRate | None
    """What the bank asks for what is overdue."""
    findings: tuple[LoanFinding, ...]
    """Of a loan not paid out yet."""


def keep(uow: UnitOfWork, loan_id: UUID | None, version: int | None, data: LoanData) -> UUID:
    """Write down what is asked for, or correct it before it is paid out; asking is never refused by the rules."""
    uow.require(Permission.EDIT)
    _refuse(problems_of(uow, data))
    values = _values(data)
    if loan_id is None:
        record = Loan(
            **values,
            status=LoanStatus.ASKED.value,
            rate_millionths=None,
            disbursed_on=None,
            due_on=None,
            listed_on=None,
            reason="",
            class_value=_class_on(uow, data.household_id, uow.today),
        )
        uow.add(record)
    else:
        record = uow.record(Loan, loan_id, version)
        if record.status not in _BEFORE:
            values = _of_paid_out(record, values)
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
        if record.status == LoanStatus.LISTED:
            record.status = LoanStatus.ASKED.value  # what the commune confirmed is no longer what is asked for
            record.listed_on = None
    uow.name_step("loan.keep", table=Household.__tablename__, subject=data.household_id)
    return record.id


def put_on_list(uow: UnitOfWork, loan_ids: Collection[UUID], *, on: date, reason: str = "") -> None:
    """Put loans asked for on the list 03/TD of a day; `reason` says why a loan with a warning is lawful."""
    uow.require(Permission.EDIT)
    records = [uow.record(Loan, loan) for loan in loan_ids]
    problems = [Problem("on", _("The date lies in the future."))] if on > uow.today else []
    for record in records:
        if record.status != LoanStatus.ASKED:
            raise ConflictError(_wrong_status(record))
        name = borrower_name(uow, record)
        for finding in check(uow, data_of(record), on, own=record.id):
            if finding.severity is Severity.REFUSE:
                problems.append(Problem("", _name(name, finding.text)))
            elif not clean(reason):
                told = _("Write why it is put on the list all the same: {finding}").format(finding=finding.text)
                problems.append(Problem("reason", _name(name, told)))
    _refuse(problems)
    for record in records:
        record.status = LoanStatus.LISTED.value
        record.listed_on = on
        record.override_reason = clean(reason) or record.override_reason
    uow.name_step("loan.list", table=Household.__tablename__, subject=records[0].household_id if records else None)


def refuse(uow: UnitOfWork, loan_id: UUID, version: int, *, on: date, reason: str, document: str = "") -> None:
    """The commune or the bank says no; the day and the reason stay with the loan."""
    uow.require(Permission.EDIT)
    record = uow.record(Loan, loan_id, version)
    if record.status not in _BEFORE:
        raise ConflictError(_wrong_status(record))
    problems = [] if clean(reason) else [Problem("reason", _("Write the reason of the refusal."))]
    if on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    _refuse(problems)
    record.status = LoanStatus.REFUSED.value
    record.reason = clean(reason)
    _write_down(uow, record, LoanMove(LoanEventKind.REFUSED, on, document=document))
    uow.name_step("loan.keep", table=Household.__tablename__, subject=record.household_id)


def disburse(
    uow: UnitOfWork,
    loan_id: UUID,
    version: int,
    *,
    on: date,
    amount: int,
    due_on: date | None = None,
    document: str = "",
    note: str = "",
) -> None:
    """The bank paid out: the rate is that of the day, the due date follows from the term unless it is given."""
    uow.require(Permission.EDIT)
    record = uow.record(Loan, loan_id, version)
    if record.status not in (LoanStatus.LISTED, LoanStatus.RUNNING):
        raise ConflictError(_wrong_status(record))
    due = due_on or (record.due_on if record.disbursed_on else None)
    if due is None and record.term_months:
        due = add_months(on, record.term_months)
    if due is None:
        raise ValidationError([Problem("due_on", _("Write the due date, or the term of the loan first."))])
    if due <= on:
        raise ValidationError([Problem("due_on", _("The due date lies after the day of the pay-out."))])
    _add(uow, record, LoanMove(LoanEventKind.DISBURSED, on, amount, due, document, note))
    if record.disbursed_on is None:
        record.disbursed_on = on
        record.rate_millionths = rate_on(uow, data_of(record), on)
        record.class_value = _class_on(uow, record.household_id, on)


def take_over(
    uow: UnitOfWork, data: LoanData, *, on: date, amount: int, due_on: date | None = None, document: str = ""
) -> UUID:
    """Write down a loan the bank paid out before; it is a fact, the rules are not asked."""
    loan = keep(uow, None, None, data)
    record = uow.record(Loan, loan)
    record.status = LoanStatus.LISTED.value
    uow.session.flush()
    disburse(uow, loan, record.version, on=on, amount=amount, due_on=due_on, document=document)
    return loan


def repay(
    uow: UnitOfWork, loan_id: UUID, version: int, *, on: date, amount: int, document: str = "", note: str = ""
) -> None:
    """Part or all of the loan was paid back; a whole repayment ends it."""
    uow.require(Permission.EDIT)
    record = uow.record(Loan, loan_id, version)
    if record.status != LoanStatus.RUNNING:
        raise ConflictError(_wrong_status(record))
    _add(uow, record, LoanMove(LoanEventKind.REPAID, on, amount, None, document, note))


def extend(
    uow: UnitOfWork, loan_id: UUID, version: int, *, on: date, due_on: date, document: str = "", note: str = ""
) -> None:
    """The bank gave more time."""
    uow.require(Permission.EDIT)
    record = uow.record(Loan, loan_id, version)
    if record.status != LoanStatus.RUNNING:
        raise ConflictError(_wrong_status(record))
    _add(uow, record, LoanMove(LoanEventKind.EXTENDED, on, 0, due_on, document, note))


def view(uow: UnitOfWork, loan_id: UUID) -> LoanView:
    """One loan."""
    uow.require(Permission.READ)
    record = uow.record(Loan, loan_id)
    data = data_of(record)
    see = may_see(uow)
    events = moves_of(uow, [loan_id]).get(loan_id, []) if see else []
    plan = plan_of(uow, loan_id) if see else ()
    now = standing((move for _id, move in events), uow.today, plan) if see else None
    waiting, first = record.status in _BEFORE, record.disbursed_on
    running = record.status == LoanStatus.RUNNING
    return LoanView(
        id=record.id,
        version=record.version,
        data=data,
        status=LoanStatus(record.status),
        programme=loan_programmes(catalogue(uow)).get(record.programme, record.programme),
        rate_millionths=record.rate_millionths,
        rate_now=rate_on(uow, data, uow.today) if running else None,
        rates=rates_between(uow, data, first, uow.today) if running and first else (),
        disbursed_on=record.disbursed_on,
        class_value=record.class_value,
        events=tuple(events),
        standing=now,
        plan=plan,
        listed_on=record.listed_on,
        reason=record.reason,
        overdue_rate=overdue_rate(uow, data, uow.today) if running else None,
        findings=check(uow, data, uow.today, own=loan_id) if waiting else (),
    )


def borrower(uow: UnitOfWork, household_id: UUID, person_id: UUID | None, programme: str) -> UUID | None:
    """Whom a loan names when a household or one of it was chosen: nobody where the head borrows for the household."""
    uow.require(Permission.READ)
    found = catalogue(uow).programmes.get(programme)
    index = uow.session.get(HouseholdIndex, household_id)
    head = index.head_id if index else None
    if found is not None and found.unit is Unit.PERSON:
        return person_id or head
    return None if person_id == head else person_id


def data_of(record: Loan) -> LoanData:
    """What was written down of a loan."""
    return LoanData(
        programme=record.programme,
        household_id=record.household_id,
        person_id=record.person_id,
        purpose=record.purpose,
        group_name=record.group_name,
        organisation=record.organisation,
        asked_on=record.asked_on,
        amount=record.amount,
        term_months=record.term_months,
        override_reason=record.override_reason,
        note=record.note,
    )


def _add(uow: UnitOfWork, record: Loan, move: LoanMove) -> None:
    """Write an event if all of them together can be true, and what follows from it."""
    known = moves(uow, record.id)
    problems = move_problems([*known, move], approved=record.amount)
    if move.on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if record.asked_on is not None and move.on < record.asked_on:
        problems.append(Problem("on", _("The loan was asked for only on {date}.").format(date=_day(record.asked_on))))
    _refuse(problems)
    _write_down(uow, record, move)
    now = standing([*known, move], uow.today)
    record.due_on = now.due_on
    record.status = (LoanStatus.RUNNING if now.balance else LoanStatus.REPAID).value
    uow.session.flush()
    if move.kind in (LoanEventKind.DISBURSED, LoanEventKind.EXTENDED):
        loan_plans.renew(uow, record)
    uow.name_step("loan.event", table=Household.__tablename__, subject=record.household_id)


def _write_down(uow: UnitOfWork, record: Loan, move: LoanMove) -> None:
    uow.add(
        LoanEvent(
            loan_id=record.id,
            kind=move.kind.value,
            on_date=move.on,
            amount=move.amount,
            due_on=move.due_on,
            document=clean(move.document),
            note=clean(move.note),
        )
    )


def _values(data: LoanData) -> dict[str, object]:
    return {
        "programme": data.programme,
        "household_id": data.household_id,
        "person_id": data.person_id,
        "purpose": clean(data.purpose),
        "group_name": clean(data.group_name),
        "organisation": clean(data.organisation),
        "asked_on": data.asked_on,
        "amount": data.amount,
        "term_months": data.term_months,
        "override_reason": clean(data.override_reason),
        "note": clean(data.note),
    }


def _of_paid_out(record: Loan, values: dict[str, object]) -> dict[str, object]:
    """Of a loan paid out or refused only the group, its organisation and the note are corrected."""
    free = {"group_name", "organisation", "note", "purpose"}
    if any(getattr(record, name) != value for name, value in values.items() if name not in free):
        message = _("The loan is settled with the bank: only purpose, group, organisation and note can be corrected.")
        raise ValidationError([Problem("", message)])
    return {name: values[name] for name in free}


def _class_on(uow: UnitOfWork, household_id: UUID, on: date) -> str:
    home = Reading(uow, catalogue(uow), on, [household_id]).homes.get(household_id.bytes)
    return home.standing.value if home is not None else ""


def borrower_name(uow: UnitOfWork, record: Loan) -> str:
    """The person named, else the head of the household."""
    if record.person_id is not None:
        return uow.record(Person, record.person_id).full_name
    index = uow.session.get(HouseholdIndex, record.household_id)
    return index.head_name if index else ""


def _name(name: str, text: str) -> str:
    return f"{name}: {text}" if name else text


def _day(day: date) -> str:
    return format_date(day)


def _wrong_status(record: Loan) -> str:
    label = _(LOAN_LABELS[LoanStatus(record.status)])
    return _("This cannot be done: the loan is in the state “{state}”.").format(state=label)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise ValidationError(problems)
