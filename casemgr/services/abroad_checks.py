"""Risk flags of cases of work abroad, read for one person or for many cases at once."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.abroad import AbroadContent, AbroadState
from casemgr.domain.abroad_flag_file import Certificate, FlagFile, Paid
from casemgr.domain.abroad_flags import Assessment, assess
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_words import Outcome, PayeeKind, PaymentKind
from casemgr.domain.dates import PartialDate
from casemgr.domain.loans import LoanEventKind
from casemgr.domain.paper_json import from_json
from casemgr.domain.permissions import Permission
from casemgr.persistence.models import (
    AbroadCase,
    AbroadContact,
    AbroadDocument,
    AbroadPayment,
    DirectContract,
    Loan,
    LoanEvent,
    Person,
    StateStep,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.abroad_numbers import numbers
from casemgr.services.loan_moves import may_see

_MANY: Final = 500


def flags(uow: UnitOfWork, case_id: UUID, on: date | None = None) -> Assessment:
    """The flags of one case on a day."""
    uow.record(AbroadCase, case_id)
    return flags_of(uow, [case_id], on)[case_id]


def flags_of_person(uow: UnitOfWork, person_id: UUID, on: date | None = None) -> dict[UUID, Assessment]:
    """The flags of every case of a person, the newest case first."""
    statement = select(AbroadCase.id).where(AbroadCase.person_id == person_id).order_by(AbroadCase.id.desc())
    return flags_of(uow, list(uow.session.scalars(statement)), on)


def flags_of(uow: UnitOfWork, case_ids: Collection[UUID], on: date | None = None) -> dict[UUID, Assessment]:
    """The flags of many cases on a day, in the order asked for."""
    uow.require(Permission.READ)
    day = on or uow.today
    files, number, lists = files_of(uow, case_ids, day), numbers(uow, day), shipped()
    return {case: assess(files[case], lists, number, day) for case in case_ids if case in files}


def files_of(uow: UnitOfWork, case_ids: Collection[UUID], day: date) -> dict[UUID, FlagFile]:
    """What the flags look at; later payments and contacts than the day are left out."""
    files: dict[UUID, FlagFile] = {}
    wanted = list(case_ids)
    for start in range(0, len(wanted), _MANY):
        files |= _part(uow, wanted[start : start + _MANY], day)
    return files


def _part(uow: UnitOfWork, ids: list[UUID], day: date) -> dict[UUID, FlagFile]:
    read: Any = uow.session.execute
    cases = read(
        select(AbroadCase, Person.birth, Loan.amount, Loan.due_on, Loan.disbursed_on)
        .join(Person, Person.id == AbroadCase.person_id)
        .outerjoin(Loan, Loan.id == AbroadCase.loan_id)
        .where(AbroadCase.id.in_(ids))
    ).all()
    payments = defaultdict(list)
    for case, kind, at, amount, payee, blocked in read(
        select(
            AbroadPayment.case_id,
            AbroadPayment.kind,
            AbroadPayment.on_date,
            AbroadPayment.amount,
            AbroadPayment.payee_kind,
            AbroadPayment.blocked_account,
        )
        .where(AbroadPayment.case_id.in_(ids), AbroadPayment.on_date <= day)
        .order_by(AbroadPayment.on_date, AbroadPayment.id)
    ):
        payments[case].append(Paid(PaymentKind(kind), at, amount, PayeeKind(payee), blocked))
    contacts = dict(
        read(
            select(AbroadContact.case_id, func.max(AbroadContact.on_date))
            .where(AbroadContact.case_id.in_(ids), AbroadContact.reached.is_(True), AbroadContact.on_date <= day)
            .group_by(AbroadContact.case_id)
        ).all()
    )
    confirmed = dict(
        read(
            select(DirectContract.case_id, func.min(DirectContract.decided_on))
            .where(DirectContract.case_id.in_(ids), DirectContract.outcome == Outcome.CONFIRMED.value)
            .where(DirectContract.decided_on <= day)
            .group_by(DirectContract.case_id)
        ).all()
    )
    oriented = {
        case: Certificate(issued, context)
        for case, issued, context in read(
            select(AbroadDocument.case_id, AbroadDocument.issued_on, AbroadDocument.context)
            .where(AbroadDocument.case_id.in_(ids), AbroadDocument.kind == "orientation")
            .order_by(AbroadDocument.issued_on.is_not(None), AbroadDocument.issued_on, AbroadDocument.id)
        )
    }
    extended: dict[UUID, int] = defaultdict(int)
    for case, detail in read(
        select(StateStep.subject_id, StateStep.detail).where(
            StateStep.subject_id.in_(ids), StateStep.to_state == AbroadState.EXTENDED.value, StateStep.on_date <= day
        )
    ):
        extended[case] += int(json.loads(detail).get("months") or 0)
    shown = may_see(uow)
    owed = _owed(uow, (record.loan_id for record, *_rest in cases if record.loan_id)) if shown else {}
    return {
        record.id: FlagFile(
            state=AbroadState(record.status),
            form=record.form,
            market=record.market,
            country=record.country,
            firm=record.firm,
            licence=record.licence,
            supply_registration=record.supply_registration,
            selected_on=record.selected_on,
            waiting_promise=record.waiting_promise,
            signed_on=record.signed_on,
            contract_from=record.contract_from,
            contract_to=record.contract_to,
            contract_months=record.contract_months,
            extension_months=extended[record.id],
            wage=record.wage,
            accepted_on=record.accepted_on,
            departed_on=record.departed_on,
            returned_on=record.returned_on,
            notice_on=record.notice_on,
            liquidated_on=record.liquidated_on,
            age=PartialDate.from_iso(birth).age_on(record.departed_on or day) if birth else None,
            loan=(owed[record.loan_id] if disbursed else amount) if record.loan_id and shown else None,
            loan_due_on=loan_due,
            private_debt=record.private_debt,
            last_contact=contacts.get(record.id),
            confirmed_on=confirmed.get(record.id),
            orientation=oriented.get(record.id),
            payments=tuple(payments[record.id]),
            content=from_json(AbroadContent, record.content),
        )
        for record, birth, amount, loan_due, disbursed in cases
    }


def _owed(uow: UnitOfWork, loans: Iterable[UUID]) -> dict[UUID, int]:
    """Principal still owed of these loans."""
    found: dict[UUID, int] = defaultdict(int)
    statement = select(LoanEvent.loan_id, LoanEvent.kind, LoanEvent.amount).where(LoanEvent.loan_id.in_(list(loans)))
    for loan, kind, amount in uow.session.execute(statement):
        if kind == LoanEventKind.DISBURSED:
            found[loan] += amount
        elif kind == LoanEventKind.REPAID:
            found[loan] -= amount
    return found
