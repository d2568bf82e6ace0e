"""Use cases of cases that go through steps: what is reached, what is paid at which stage, who waits for what."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.distributions import Finding, cleaned, worth
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Programme
from casemgr.domain.staged import Line, StepData, latest, lines, steps_of, upcoming, with_step
from casemgr.domain.support import (
    DeliveryData,
    EnrolmentData,
    EnrolmentStatus,
    FundSource,
    GoodsLine,
    ReceiptData,
)
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date, format_money
from casemgr.persistence.models import Enrolment, Household
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import deliveries, enrolments
from casemgr.services.programmes import catalogue
from casemgr.services.staged_payments import Paid, payments

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
    money: int | None = None
    """Đồng; None: what goods leave of the stage."""
    goods: tuple[GoodsLine, ...] = ()
    source: FundSource = FundSource.CENTRAL
    budget_id: UUID | None = None
    rule: str = ""
    override_reason: str = ""
    note: str = ""


def view(uow: UnitOfWork, enrolment_id: UUID) -> StagedCase:
    """A case with its steps."""
    uow.require(Permission.READ)
    found = enrolments.view(uow, enrolment_id)
    if found.programme is None or not steps_of(found.programme):
        raise ConflictError(_("This programme has no steps."))
    paid = payments(uow, [uow.record(Enrolment, enrolment_id)]).get(enrolment_id, [])
    return _case(found, found.programme, paid)


def of_household(uow: UnitOfWork, household_id: UUID, *, over: bool = False) -> list[StagedCase]:
    """Cases in steps of a household, those asked for first in front; `over` takes in those that ended."""
    uow.require(Permission.READ)
    found = [one for one in enrolments.of_household(uow, household_id) if one.programme and steps_of(one.programme)]
    wanted = [one for one in found if over or one.data.status not in _OVER]
    paid = payments(uow, [uow.record(Enrolment, one.id) for one in wanted])
    made = [_case(one, one.programme, paid.get(one.id, [])) for one in wanted if one.programme]
    return sorted(made, key=lambda case: (case.enrolment.data.need_on or date.max, str(case.enrolment.id)))


def reach(
    uow: UnitOfWork,
    enrolment_id: UUID,
    version: int,
    step: StepData,
    *,
    answers: dict[str, str] | None = None,
    amount: int | None = None,
) -> None:
    """Write down the next step; `answers` are the fields it asks for, `amount` is what the decision gives."""
    uow.require(Permission.EDIT)
    case = view(uow, enrolment_id)
    line = _next(case, step.code)
    data = replace(case.enrolment.data, detail={**case.enrolment.data.detail, **(answers or {})})
    if amount is not None:
        data = replace(data, amount=amount)
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
    if not line.step.pays:
        raise ConflictError(_("Nothing is paid at this step."))
    given = _delivery(case, line, payment)
    problems = _day_problems(uow, case, payment.on) + _amount_problems(case, line, given)
    if given.decision_on is None:
        problems.append(Problem("decision_on", _("Nothing is paid before the decision.")))
    if problems:
        raise ValidationError(problems)
    return deliveries.record(uow, given, handed_out=True, receipt=receipt, enrolment_id=enrolment_id)


def check(uow: UnitOfWork, enrolment_id: UUID, payment: PaymentData) -> list[Finding]:
    """What speaks against paying the stage of that step, as against any delivery."""
    uow.require(Permission.READ)
    case = view(uow, enrolment_id)
    line = _next(case, payment.step)
    return deliveries.check(uow, _delivery(case, line, payment)) if line.step.pays else []


def cases(uow: UnitOfWork, *, programme: str = "", over: bool = False) -> list[StagedRow]:
    """Cases of programmes with steps, by what they wait for; `over` takes in those that ended."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    codes = [code for code, one in found.programmes.items() if programme in ("", code) and steps_of(one)]
    query = (
        select(Enrolment, Household.hamlet_id)
        .join(Household, Household.id == Enrolment.household_id)
        .where(Enrolment.programme.in_(codes))
    )
    if not over:
        query = query.where(Enrolment.status.not_in([one.value for one in _OVER]))
    records = [(record, hamlet) for record, hamlet in uow.session.execute(query)]
    paid = payments(uow, [record for record, _hamlet in records])
    rows = []
    for record, hamlet in records:
        kept = found.programme(record.programme)
        case = lines(kept, enrolments.data_of(record), {one.stage: one.on for one in paid.get(record.id, [])})
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


def _case(found: enrolments.EnrolmentView, programme: Programme, paid: list[Paid]) -> StagedCase:
    way = lines(programme, found.data, {one.stage: one.on for one in paid})
    return StagedCase(found, programme, way, sum(one.worth for one in paid))


def _delivery(case: StagedCase, line: Line, payment: PaymentData) -> DeliveryData:
    """The delivery of a stage; without a sum of its own it is what goods leave of the stage."""
    data, goods, money = case.enrolment.data, cleaned(payment.goods), payment.money
    if money is None:
        money = max(0, line.amount - worth(0, goods)) if line.amount is not None else 0
    return DeliveryData(
        programme=data.programme,
        household_id=data.household_id,
        on=payment.on,
        person_id=data.person_id,
        rule=payment.rule,
        amount=money,
        goods=goods,
        source=payment.source,
        budget_id=payment.budget_id,
        decision_number=data.decision_number,
        decision_on=data.decision_on,
        stage=line.step.pays,
        override_reason=payment.override_reason,
        note=payment.note,
    )


def _amount_problems(case: StagedCase, line: Line, given: DeliveryData) -> list[Problem]:
    """A stage is never paid above its part, all of them never above the decision; goods may go without a sum."""
    if line.amount is None:
        if given.goods and not given.amount:
            return []
        return [Problem("amount", _("Write the decided amount of the case first."))]
    total = worth(given.amount, given.goods)
    if total > line.amount:
        message = _("This stage pays {amount} at most.")
        return [Problem("amount", message.format(amount=format_money(line.amount)))]
    if case.paid + total > (case.enrolment.data.amount or 0):
        return [Problem("amount", _("More would be paid than was decided."))]
    return []


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
