"""Moving a case of work abroad on: facts from all registers, the step written down, the tasks it opens.

A departure that happened is written down even when papers were missing, with the reason; what the law makes
impossible is refused. A worker who stays longer or cannot be reached is asked about protection before anything else.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.abroad import (
    ABROAD_MACHINE,
    AWAY,
    DOSSIER,
    NOT_AT_FAULT,
    VALID_PAPERS,
    AbroadContent,
    AbroadState,
    Incident,
    ReturnReason,
)
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_reckoning import over_after
from casemgr.domain.abroad_words import Outcome, PaymentKind
from casemgr.domain.dates import PartialDate
from casemgr.domain.findings import Finding, Severity, refused
from casemgr.domain.loans import LoanEventKind
from casemgr.domain.paper_json import from_json, to_json
from casemgr.domain.permissions import Permission
from casemgr.domain.states import Move
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import AbroadCase, AbroadPayment, DirectContract, LoanEvent, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import abroad_dues, abroad_facts, state_steps
from casemgr.services.abroad_board import silent
from casemgr.services.abroad_documents import checklist
from casemgr.services.abroad_numbers import numbers
from casemgr.services.state_steps import StepData

KIND = ABROAD_MACHINE.kind
_ASK_PROTECTION = (
    Incident.LOST_CONTACT,
    Incident.LEFT_CONTRACT,
    Incident.IRREGULAR_STAY,
    Incident.DEAD_OR_MISSING,
)


@dataclass(frozen=True)
class NextMove:
    """A step that could be taken, and what speaks against it today."""

    move: Move
    label: str
    expected: bool
    """The one the screen offers first."""
    findings: tuple[Finding, ...]


def moves(uow: UnitOfWork, case_id: UUID) -> list[NextMove]:
    """The steps from where a case stands, with the checks as they are before anything is typed."""
    uow.require(Permission.READ)
    record = uow.record(AbroadCase, case_id)
    facts = facts_of(uow, record, uow.today) | {"new_term": None, "return_reason": None}
    offered = [
        (move, _with_laws(ABROAD_MACHINE.check(record.status, move.to, facts, reason="—"), move))
        for move in ABROAD_MACHINE.moves_from(record.status)
    ]
    first = next((move for move, findings in offered if not move.back and not refused(findings)), None)
    return [NextMove(move, ABROAD_MACHINE.label(move.to), move is first, findings) for move, findings in offered]


def check(uow: UnitOfWork, case_id: UUID, data: StepData) -> tuple[Finding, ...]:
    """What speaks against a step as it is typed."""
    uow.require(Permission.READ)
    return _findings(uow, uow.record(AbroadCase, case_id), data)


def move_on(uow: UnitOfWork, case_id: UUID, version: int, data: StepData) -> UUID:
    """Take a step; what asks for a reason is let through with one.

    `data.detail`: a departure may name its `flight`; an extension needs `contract_to` (ISO) and may name `months`;
    a return needs `reason`, one of `ReturnReason`.
    """
    uow.require(Permission.EDIT)
    record = uow.record(AbroadCase, case_id, version)
    found = _findings(uow, record, data)
    problems = [Problem(one.field, one.words) for one in found if one.severity is Severity.REFUSE]
    if not clean(data.reason):
        problems += [Problem(one.field, one.words) for one in found if one.severity is Severity.WARN]
    if problems:
        raise ValidationError(problems)
    if data.to == AbroadState.EXTENDED and record.contract_to is not None:
        data = replace(data, detail={**data.detail, "before": record.contract_to.isoformat()})
    step = state_steps.record(uow, KIND, record.id, record.household_id, record.status, data)
    came_from, record.status, record.status_on = record.status, data.to, data.on
    _follow(uow, record, came_from, data)
    uow.name_step("abroad.step", abroad_dues.home(uow, record))
    uow.session.flush()
    abroad_facts.note_contract(uow, record)
    abroad_dues.refresh(uow, record)
    return step


def incident(
    uow: UnitOfWork, case_id: UUID, version: int, happened: Incident | None, *, on: date, note: str = ""
) -> None:
    """Write down what happened beside the state, or that it is over; the protection task is opened first."""
    uow.require(Permission.EDIT)
    record = uow.record(AbroadCase, case_id, version)
    if on > uow.today:
        raise ValidationError([Problem("on", _("The date lies in the future."))])
    if happened is not None and record.departed_on is None:
        raise ConflictError(_("Nothing can have happened abroad before the departure."))
    if happened in _ASK_PROTECTION:
        abroad_dues.protect(uow, record, on)
    record.incident, record.incident_on = (happened.value, on) if happened else ("", None)
    if clean(note):
        record.note = clean(f"{record.note}\n{format_date(on)}: {note}")
    uow.name_step("abroad.incident", abroad_dues.home(uow, record))


def watch(uow: UnitOfWork, on: date | None = None) -> int:
    """Open the protection task of everybody whose contract and grace are over, or who was not reached; how many."""
    uow.require(Permission.EDIT)
    day = on or uow.today
    grace = numbers(uow, day)("ABROAD.GRACE")
    cases = {one.row.id for one in silent(uow, day)}
    if grace is not None:
        late = select(AbroadCase.id).where(
            AbroadCase.status.in_([one.value for one in AWAY]), AbroadCase.contract_to < over_after(day, -grace)
        )
        cases |= set(uow.session.scalars(late))
    opened = [abroad_dues.protect(uow, uow.record(AbroadCase, case), day) for case in sorted(cases)]
    if any(opened):
        uow.name_step("task.open", table=AbroadCase.__tablename__)
    return sum(one is not None for one in opened)


def notice(uow: UnitOfWork, case_id: UUID, version: int, on: date) -> None:
    """The returned worker notified the residence."""
    record = _after_return(uow, case_id, version, on)
    record.notice_on = on
    abroad_dues.settle(uow, record, abroad_dues.NOTICE)
    uow.name_step("abroad.step", abroad_dues.home(uow, record))


def liquidate(uow: UnitOfWork, case_id: UUID, version: int, on: date) -> None:
    """The contract was settled with the firm."""
    record = _after_return(uow, case_id, version, on)
    record.liquidated_on = on
    abroad_dues.settle(uow, record, abroad_dues.LIQUIDATION)
    uow.name_step("abroad.step", abroad_dues.home(uow, record))


def facts_of(uow: UnitOfWork, record: AbroadCase, on: date) -> dict[str, bool | None]:
    """What the records say of the needs of every step on a day; what is typed with a step is added to it."""
    content, read = from_json(AbroadContent, record.content), uow.session.scalar
    form = shipped().form(record.form)
    direct = form is not None and form.direct
    lines = checklist(uow, record.id, on)
    named = [line for line in lines if line.before_departure]
    oriented = next((line for line in lines if line.kind == "orientation"), None)
    received: Any = read(select(func.count()).where(DirectContract.case_id == record.id))
    confirmed: Any = read(
        select(func.count()).where(
            DirectContract.case_id == record.id,
            DirectContract.outcome == Outcome.CONFIRMED.value,
            DirectContract.decided_on <= on,
        )
    )
    held: Any = read(
        select(func.count()).where(
            AbroadPayment.case_id == record.id,
            AbroadPayment.kind == PaymentKind.DEPOSIT.value,
            AbroadPayment.returned_on.is_(None),
        )
    )
    return {
        "adult": _adult(uow, record, on),
        "no_ban": not (content.exit_ban or content.no_capacity),
        "promise": record.waiting_promise or direct,
        "term": record.contract_to is not None,
        "is_direct": direct,
        "received": bool(received),
        "orientation": oriented is not None and oriented.document is not None,
        "loan": record.loan_id is not None,
        "contract": record.signed_on is not None and record.signed_on <= on,
        "acceptance": record.accepted_on is not None and record.accepted_on <= on,
        "dossier": all(line.document is not None for line in named),
        "valid_papers": not any(line.state == "expired" for line in lines),
        "confirmed": bool(confirmed) if direct else True,
        "liquidated": record.liquidated_on is not None or direct,
        "loan_repaid": record.loan_id is None or _owed(uow, record.loan_id) <= 0,
        "deposit_back": not held,
    }


def _findings(uow: UnitOfWork, record: AbroadCase, data: StepData) -> tuple[Finding, ...]:
    facts = facts_of(uow, record, data.on) | _typed(record, data)
    if data.to == AbroadState.SIGNED:
        facts["contract"] = True  # the day of the step is the day of the contract
    move = ABROAD_MACHINE.move(record.status, data.to)
    found = list(_with_laws(ABROAD_MACHINE.check(record.status, data.to, facts, reason=data.reason), move))
    if data.to == AbroadState.DEPARTED:
        found = [_named(uow, record, data.on, one) for one in found]
    if data.on > uow.today:
        found.append(Finding(Severity.REFUSE, "on", _("The date lies in the future.")))
    departed = record.departed_on
    if data.to == AbroadState.RETURNED and departed is not None and data.on < departed:
        text = _("The departure was on {date}.").format(date=format_date(departed))
        found.append(Finding(Severity.REFUSE, "on", text))
    if data.document_on is not None and data.document_on > data.on:
        found.append(Finding(Severity.REFUSE, "document_on", _("The paper is dated after the step.")))
    return tuple(found)


def _named(uow: UnitOfWork, record: AbroadCase, on: date, finding: Finding) -> Finding:
    """The missing or expired papers by their names."""
    lines = checklist(uow, record.id, on)
    if finding.text == _(DOSSIER.text):
        names = [line.label for line in lines if line.before_departure and line.document is None]
    elif finding.text == _(VALID_PAPERS.text):
        names = [line.label for line in lines if line.state == "expired"]
    else:
        return finding
    return replace(finding, text=_("{problem} {papers}").format(problem=finding.text, papers="; ".join(names)))


def _typed(record: AbroadCase, data: StepData) -> dict[str, bool | None]:
    new_end = _day(data.detail.get("contract_to"))
    known = {one.value for one in ReturnReason}
    return {
        "new_term": new_end is not None and (record.contract_to is None or new_end > record.contract_to),
        "return_reason": data.detail.get("reason") in known,
    }


def _follow(uow: UnitOfWork, record: AbroadCase, came_from: str, data: StepData) -> None:
    """What a step changes beside the state."""
    state = AbroadState(data.to)
    if state is AbroadState.REGISTERED:
        record.registered_on = record.registered_on or data.on
    elif state is AbroadState.SELECTED:
        record.selected_on = record.selected_on or data.on
    elif state is AbroadState.SIGNED:
        record.signed_on = record.signed_on or data.on
    elif state is AbroadState.DEPARTED and came_from not in AWAY:
        record.departed_on = data.on
        _remember(record, flight=clean(str(data.detail.get("flight") or "")))
    elif state is AbroadState.PAPERS and came_from in AWAY:
        record.departed_on = None
    elif state is AbroadState.EXTENDED:
        record.contract_to = _day(data.detail["contract_to"])
    elif state is AbroadState.RETURNED and came_from in AWAY:
        _returned(uow, record, data)
    elif state is AbroadState.WORKING and came_from == AbroadState.RETURNED:
        record.returned_on, record.return_reason = None, ""
        abroad_dues.settle(
            uow,
            record,
            *(abroad_dues.NOTICE, abroad_dues.LIQUIDATION, abroad_dues.REINTEGRATION),
            *(abroad_dues.CLAIM, abroad_dues.CAUSE),
        )
    elif state in (AbroadState.ENDED, AbroadState.CANCELLED):
        abroad_dues.settle(uow, record, abroad_dues.REINTEGRATION, abroad_dues.PROTECTION)


def _returned(uow: UnitOfWork, record: AbroadCase, data: StepData) -> None:
    """The return with its tasks: notice, settlement, a talk, and where it was early the cause or the claims."""
    record.returned_on, record.return_reason = data.on, str(data.detail["reason"])
    reason, number = ReturnReason(record.return_reason), numbers(uow, data.on)
    early = record.contract_to is not None and data.on < record.contract_to
    end = data.on if early or record.contract_to is None else record.contract_to
    wanted = [(abroad_dues.NOTICE, data.on, "ABROAD.NOTICE"), (abroad_dues.REINTEGRATION, data.on, _TALK)]
    form = shipped().form(record.form)
    if form is None or not form.direct:
        wanted.append((abroad_dues.LIQUIDATION, end, "ABROAD.LIQUIDATION"))
    if early and reason in NOT_AT_FAULT:
        wanted.append((abroad_dues.CLAIM, data.on, "ABROAD.CLAIM_TASK"))
    elif early and reason is ReturnReason.UNKNOWN:
        wanted.append((abroad_dues.CAUSE, data.on, _TALK))
    abroad_dues.settle(uow, record, abroad_dues.PROTECTION)
    for rule, start, code in wanted:
        days = number(code)
        if days is not None:
            abroad_dues.open_once(uow, record, rule, over_after(start, days))


_TALK = "ABROAD.REINTEGRATION"


def _after_return(uow: UnitOfWork, case_id: UUID, version: int, on: date) -> AbroadCase:
    uow.require(Permission.EDIT)
    record = uow.record(AbroadCase, case_id, version)
    problems = []
    if on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if record.departed_on is None or on < (record.returned_on or record.departed_on):
        problems.append(Problem("on", _("The date lies before the return.")))
    if problems:
        raise ValidationError(problems)
    return record


def _remember(record: AbroadCase, **values: str) -> None:
    kept: dict[str, Any] = {name: value for name, value in values.items() if value}
    if kept:
        record.content = to_json(replace(from_json(AbroadContent, record.content), **kept))


def _adult(uow: UnitOfWork, record: AbroadCase, on: date) -> bool | None:
    birth = uow.record(Person, record.person_id).birth
    least = numbers(uow, on)("ABROAD.ADULT")
    return None if birth is None or least is None else PartialDate.from_iso(birth).age_on(on) >= least


def _owed(uow: UnitOfWork, loan_id: UUID) -> int:
    moved = dict(
        uow.session.execute(
            select(LoanEvent.kind, func.sum(LoanEvent.amount))
            .where(LoanEvent.loan_id == loan_id)
            .group_by(LoanEvent.kind)
        ).all()
    )
    return int(moved.get(LoanEventKind.DISBURSED, 0)) - int(moved.get(LoanEventKind.REPAID, 0))


def _with_laws(findings: tuple[Finding, ...], move: Move | None) -> tuple[Finding, ...]:
    """The article of each need, from the data."""
    laws = {_(need.text): shipped().needs.get(need.code, "") for need in (move.needs if move else ())}
    return tuple(replace(one, citation=one.citation or laws.get(one.text, "")) for one in findings)


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
