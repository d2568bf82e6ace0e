"""Money a worker paid to go abroad: payments with their payee, deposits and their return, ceilings and refunds."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.abroad import NOT_AT_FAULT, AbroadContent, AbroadState
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_reckoning import Ceiling, fee_ceiling, refund
from casemgr.domain.abroad_words import PayeeKind, PaymentKind
from casemgr.domain.findings import Finding, Severity
from casemgr.domain.paper_json import from_json
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date, format_money
from casemgr.persistence.models import AbroadCase, AbroadPayment, Household, StateStep
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.abroad_numbers import numbers


@dataclass(frozen=True)
class PaymentData:
    """A payment as an officer writes it; it happened, so nothing of it is refused for being unlawful."""

    kind: PaymentKind
    on: date
    amount: int
    payee: str = ""
    payee_kind: PayeeKind = PayeeKind.FIRM
    blocked_account: bool = False
    receipt: str = ""
    note: str = ""


@dataclass(frozen=True)
class PaymentView:
    """A payment on record."""

    id: UUID
    version: int
    data: PaymentData
    returned_on: date | None
    returned_amount: int


@dataclass(frozen=True)
class RefundView:
    """What of the service fees belongs to the time not worked."""

    paid: int
    refund: int
    contract_from: date
    contract_to: date
    """Of the contract the fees were paid for, without its extension."""
    returned_on: date
    not_at_fault: bool
    """Only then the law gives it back; interest is added as the firm's bank pays it."""
    law: str


def check_payment(uow: UnitOfWork, case_id: UUID, data: PaymentData) -> tuple[Finding, ...]:
    """What is to be checked of a payment as it is typed: hints beside their fields, with the article."""
    uow.require(Permission.READ)
    case, found = uow.record(AbroadCase, case_id), []
    texts = shipped().flags

    def hint(field: str, flag: str, more: str = "") -> None:
        told = f"{texts[flag].label} {more}".strip()
        found.append(Finding(Severity.WARN, field, told, texts[flag].law))

    if data.kind is PaymentKind.BROKER or data.payee_kind in (PayeeKind.PERSON, PayeeKind.OTHER):
        hint("payee_kind", "MOI_GIOI")
    if data.kind is PaymentKind.RECRUITMENT:
        hint("kind", "THU_TIEN_TUYEN")
    if data.kind is PaymentKind.SERVICE:
        if case.signed_on is None or data.on < case.signed_on:
            hint("on", "THU_PHI_SOM")
        most, paid = fee_ceiling_of(uow, case_id, data.on), _fees(uow, case_id)
        if most is not None and paid + data.amount > most.amount:
            told = _("{paid} paid, at most {most}")
            more = told.format(paid=format_money(paid + data.amount), most=format_money(most.amount))
            hint("amount", "PHI_VUOT_TRAN", more)
    if data.kind is PaymentKind.DEPOSIT:
        days = (case.signed_on, case.accepted_on)
        if not data.blocked_account or any(day is None or data.on < day for day in days):
            hint("on" if data.blocked_account else "blocked_account", "KY_QUY_SOM")
    return tuple(found)


def pay(uow: UnitOfWork, case_id: UUID, data: PaymentData, *, payment_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a payment down, or correct it."""
    uow.require(Permission.EDIT)
    case, problems = uow.record(AbroadCase, case_id), []
    if data.amount <= 0:
        problems.append(Problem("amount", _("Write the sum in đồng.")))
    if data.on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if problems:
        raise ValidationError(problems)
    values = {
        "case_id": case_id,
        "kind": data.kind.value,
        "on_date": data.on,
        "amount": data.amount,
        "payee": clean(data.payee),
        "payee_kind": data.payee_kind.value,
        "blocked_account": data.blocked_account,
        "receipt": clean(data.receipt),
        "note": clean(data.note),
    }
    if payment_id is None:
        record = AbroadPayment(**values, returned_on=None, returned_amount=0)
        uow.add(record)
    else:
        record = uow.record(AbroadPayment, payment_id, version)
        if data.amount < record.returned_amount:
            raise ValidationError([Problem("amount", _("More than this was given back already."))])
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("abroad.payment", uow.record(Household, case.household_id))
    uow.session.flush()
    return record.id


def give_back(uow: UnitOfWork, payment_id: UUID, version: int, *, on: date, amount: int) -> None:
    """Money came back, a deposit or a part of a fee; interest is no part of it."""
    uow.require(Permission.EDIT)
    record = uow.record(AbroadPayment, payment_id, version)
    problems = []
    if not 0 < amount <= record.amount:
        most = format_money(record.amount)
        problems.append(Problem("amount", _("Write a sum up to {most}.").format(most=most)))
    if not record.on_date <= on <= uow.today:
        told = _("Write a day from {date} to today.").format(date=format_date(record.on_date))
        problems.append(Problem("on", told))
    if problems:
        raise ValidationError(problems)
    if record.returned_on is not None:
        raise ConflictError(_("This payment was given back already."))
    record.returned_on, record.returned_amount = on, amount
    case = uow.record(AbroadCase, record.case_id)
    uow.name_step("abroad.payment", uow.record(Household, case.household_id))


def payments(uow: UnitOfWork, case_id: UUID) -> list[PaymentView]:
    """The payments of a case, the first one first."""
    uow.require(Permission.READ)
    statement = select(AbroadPayment).where(AbroadPayment.case_id == case_id)
    ordered = statement.order_by(AbroadPayment.on_date, AbroadPayment.id)
    return [_view(record) for record in uow.session.scalars(ordered)]


def fee_ceiling_of(uow: UnitOfWork, case_id: UUID, on: date | None = None) -> Ceiling | None:
    """The service fee's ceiling of a case; None while wage or term are not written."""
    uow.require(Permission.READ)
    case = uow.record(AbroadCase, case_id)
    content = from_json(AbroadContent, case.content)
    return fee_ceiling(
        numbers(uow, on or case.signed_on or uow.today),
        wage=case.wage,
        months=case.contract_months,
        sailor=content.sailor,
        market=case.market,
    )


def refund_of(uow: UnitOfWork, case_id: UUID) -> RefundView | None:
    """What of the service fee is to come back after an early return; None when nobody returned early."""
    uow.require(Permission.READ)
    case = uow.record(AbroadCase, case_id)
    end = _first_end(uow, case)
    if case.returned_on is None or case.contract_from is None or end is None or case.returned_on >= end:
        return None
    paid = _fees(uow, case_id)
    return RefundView(
        paid=paid,
        refund=refund(paid, case.contract_from, end, case.returned_on),
        contract_from=case.contract_from,
        contract_to=end,
        returned_on=case.returned_on,
        not_at_fault=case.return_reason in NOT_AT_FAULT,
        law=shipped().claims["refund_fee"].law,
    )


def _first_end(uow: UnitOfWork, case: AbroadCase) -> date | None:
    """The contract's end before any extension."""
    statement = (
        select(StateStep.detail)
        .where(StateStep.subject_id == case.id, StateStep.to_state == AbroadState.EXTENDED.value)
        .order_by(StateStep.on_date, StateStep.id)
        .limit(1)
    )
    detail = uow.session.scalar(statement)
    before = json.loads(detail).get("before") if detail else None
    return date.fromisoformat(before) if before else case.contract_to


def _fees(uow: UnitOfWork, case_id: UUID) -> int:
    statement = select(AbroadPayment.amount).where(
        AbroadPayment.case_id == case_id, AbroadPayment.kind == PaymentKind.SERVICE.value
    )
    return sum(uow.session.scalars(statement))


def _view(record: AbroadPayment) -> PaymentView:
    data = PaymentData(
        kind=PaymentKind(record.kind),
        on=record.on_date,
        amount=record.amount,
        payee=record.payee,
        payee_kind=PayeeKind(record.payee_kind),
        blocked_account=record.blocked_account,
        receipt=record.receipt,
        note=record.note,
    )
    return PaymentView(record.id, record.version, data, record.returned_on, record.returned_amount)
