"""Use cases of cases that go through steps: what is reached, what is paid at which stage, who waits for what."""

import json
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Programme
from casemgr.domain.staged import Line, StepData, latest, lines, upcoming, with_step
from casemgr.domain.support import (
    DeliveryData,
    DeliveryStatus,
    EnrolmentData,
    EnrolmentStatus,
    FundSource,
    ReceiptData,
)
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Delivery, Enrolment, Household
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import deliveries, enrolments
from casemgr.services.delivery_entries import taken_back
from casemgr.services.programmes import catalogue

_OVER = (EnrolmentStatus.ENDED, EnrolmentStatus.REFUSED, EnrolmentStatus.SUSPENDED)


@dataclass(frozen=True)
class StagedCase:
    """A case with its steps."""

    enrolment: enrolments.EnrolmentView
    programme: Programme
    lines: tuple[Line, ...]
    paid: int
    """Đồng paid out or promised so far."""

    @property
    def next(self) -> Line | None:
        """What comes next; None when it is over."""
        return None if self.enrolment.data.status in _OVER else upcoming(self.lines)


@dataclass(frozen=True)
class StagedRow:
    """One line of the list of who waits for what."""

    enrolment_id: UUID
    household_id: UUID
    hamlet_id: UUID | None
    programme: str
    """Its code."""
    reached: str
    """Code of the last step; empty when none is."""
    since: date | None
    waits_for: str
    """Code of the next step; empty when it is over."""


@dataclass(frozen=True)
class PaymentData:
    """One stage paid out."""

    step: str
    on: date
    source: FundSource = FundSource.CENTRAL
    budget_id: UUID | None = None
    rule: str = ""
    override_reason: str = ""
    note: str = ""


def view(uow: UnitOfWork, enrolment_id: UUID) -> StagedCase:
    """A case with its steps."""
    uow.require(Permission.READ)
    found = enrolments.view(uow, enrolment_id)
    if found.programme is None or not found.programme.steps:
        raise ConflictError(_("This programme has no steps."))
    entries = _paid(uow, [enrolment_id]).get(enrolment_id, [])
    return StagedCase(
        found,
        found.programme,
        lines(found.programme, found.data, {one.stage: one.on_date for one in entries}),
        sum(one.amount for one in entries),
    )


def reach(
    uow: UnitOfWork, enrolment_id: UUID, version: int, step: StepData, *, answers: dict[str, str] | None = None
) -> None:
    """Write down the next step; `answers` are the fields of the programme it asks for."""
    uow.require(Permission.EDIT)
    case = view(uow, enrolment_id)
    line = _next(case, step.code)
    data = replace(case.enrolment.data, detail={**case.enrolment.data.detail, **(answers or {})})
    tidy = replace(step, document=clean(step.document), note=clean(step.note))
    problems = _step_problems(uow, case, line, tidy, data)
    if problems:
        raise ValidationError(problems)
    enrolments.keep_enrolment(uow, _moved(data, line, tidy), enrolment_id=enrolment_id, version=version)


def refuse(uow: UnitOfWork, enrolment_id: UUID, version: int, *, reason: str) -> None:
    """The request is not accepted; only before a decision."""
    uow.require(Permission.EDIT)
    data = view(uow, enrolment_id).enrolment.data
    if data.status not in (EnrolmentStatus.NEED, EnrolmentStatus.PLANNED):
        raise ConflictError(_("It is decided already: end it instead of refusing it."))
    changed = replace(data, status=EnrolmentStatus.REFUSED, reason=reason)
    enrolments.keep_enrolment(uow, changed, enrolment_id=enrolment_id, version=version)


def pay(
    uow: UnitOfWork, enrolment_id: UUID, version: int, payment: PaymentData, *, receipt: ReceiptData | None = None
) -> UUID:
    """Pay the next stage out: a delivery of the stage's amount under the decision of the case."""
    uow.require(Permission.EDIT)
    uow.record(Enrolment, enrolment_id, version)
    case = view(uow, enrolment_id)
    line = _next(case, payment.step)
    data = case.enrolment.data
    if not line.step.pays:
        raise ConflictError(_("Nothing is paid at this step."))
    if line.amount is None:
        raise ValidationError([Problem("amount", _("Write the decided amount of the case first."))])
    problems = _day_problems(uow, case, payment.on)
    if data.decision_on is None:
        problems.append(Problem("decision_on", _("Nothing is paid before the decision.")))
    if case.paid + line.amount > (data.amount or 0):
        problems.append(Problem("amount", _("More would be paid than was decided.")))
    if problems:
        raise ValidationError(problems)
    given = DeliveryData(
        programme=data.programme,
        household_id=data.household_id,
        on=payment.on,
        person_id=data.person_id,
        rule=payment.rule,
        amount=line.amount,
        source=payment.source,
        budget_id=payment.budget_id,
        decision_number=data.decision_number,
        decision_on=data.decision_on,
        stage=line.step.pays,
        override_reason=payment.override_reason,
        note=payment.note,
    )
    return deliveries.record(uow, given, handed_out=True, receipt=receipt, enrolment_id=enrolment_id)


def cases(uow: UnitOfWork, *, programme: str = "", over: bool = False) -> list[StagedRow]:
    """Cases of programmes with steps, by what they wait for; `over` takes in those that ended."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    codes = [code for code, one in found.programmes.items() if one.steps and programme in ("", code)]
    query = (
        select(Enrolment, Household.hamlet_id)
        .join(Household, Household.id == Enrolment.household_id)
        .where(Enrolment.programme.in_(codes))
    )
    if not over:
        query = query.where(Enrolment.status.not_in([one.value for one in _OVER]))
    records = [(record, hamlet) for record, hamlet in uow.session.execute(query)]
    paid = _paid(uow, [record.id for record, _hamlet in records])
    rows = []
    for record, hamlet in records:
        data = EnrolmentData(
            record.programme,
            record.household_id,
            need_on=record.need_on,
            decision_on=record.decision_on,
            detail=json.loads(record.detail or "{}"),
        )
        kept = found.programme(record.programme)
        case = lines(kept, data, {one.stage: one.on_date for one in paid.get(record.id, [])})
        last = latest(case)
        after = None if EnrolmentStatus(record.status) in _OVER else upcoming(case)
        rows.append(
            StagedRow(
                record.id,
                record.household_id,
                hamlet,
                record.programme,
                last.step.code if last else "",
                last.reached.on if last and last.reached else None,
                after.step.code if after else "",
            )
        )
    return sorted(rows, key=lambda row: (row.programme, row.waits_for, row.since or date.min, str(row.enrolment_id)))


def _paid(uow: UnitOfWork, ids: list[UUID]) -> dict[UUID, list[Delivery]]:
    """Payments of stages that stand, by enrolment."""
    found: dict[UUID, list[Delivery]] = {}
    gone = (DeliveryStatus.CANCELLED.value, DeliveryStatus.RETURNED.value)
    for start in range(0, len(ids), 500):
        entries = uow.session.scalars(
            select(Delivery).where(
                Delivery.enrolment_id.in_(ids[start : start + 500]),
                Delivery.stage != "",
                Delivery.status.not_in(gone),
                Delivery.corrects_id.is_(None),
            )
        ).all()
        back = taken_back(uow, [one.id for one in entries])
        for one in entries:
            if one.enrolment_id is not None and one.id not in back:
                found.setdefault(one.enrolment_id, []).append(one)
    return found


def _next(case: StagedCase, code: str) -> Line:
    """The line of that step, which must be the next one."""
    line = next((one for one in case.lines if one.step.code == code), None)
    if line is None:
        raise ConflictError(_("This programme has no such step."))
    after = case.next
    if after is None:
        raise ConflictError(_("This case is over or suspended."))
    if line.passed:
        raise ConflictError(_("The step “{step}” is reached already.").format(step=line.step.label))
    if line is not after:
        message = _("First comes the step “{step}”.")
        raise ConflictError(message.format(step=after.step.label))
    return line


def _step_problems(uow: UnitOfWork, case: StagedCase, line: Line, step: StepData, data: EnrolmentData) -> list[Problem]:
    problems = _day_problems(uow, case, step.on)
    if line.step.pays:
        problems.append(Problem("code", _("This step is reached by its payment.")))
    if line.step.document and not step.document:
        message = _("Write number and day of the paper: {document}.")
        problems.append(Problem("document", message.format(document=line.step.document)))
    for field in case.programme.fields:
        answer = clean(data.detail.get(field.code, ""))
        if field.code in line.step.asks and not answer:
            problems.append(Problem(field.code, _("Fill in: {field}.").format(field=field.label)))
        elif answer and field.choices and answer not in field.choices:
            problems.append(Problem(field.code, _("Choose one of the list: {field}.").format(field=field.label)))
    return problems


def _day_problems(uow: UnitOfWork, case: StagedCase, on: date) -> list[Problem]:
    if on > uow.today:
        return [Problem("on", _("Its day lies in the future."))]
    days = [line.reached.on for line in case.lines if line.reached is not None]
    if days and on < max(days):
        message = _("It lies before the step of {date} that comes first.")
        return [Problem("on", message.format(date=format_date(max(days))))]
    return []


def _moved(data: EnrolmentData, line: Line, step: StepData) -> EnrolmentData:
    """The enrolment after the step: request and decision in their own columns, the rest in the log."""
    status = line.step.status
    moved = replace(data, detail=with_step(data.detail, step), status=status or data.status)
    if status is EnrolmentStatus.NEED:
        return replace(moved, need_on=step.on)
    if status is EnrolmentStatus.APPROVED:
        return replace(moved, decision_on=step.on, decision_number=step.document)
    if status is EnrolmentStatus.ENDED:
        return replace(moved, to_on=step.on, reason=step.note or line.step.label)
    return moved
