"""Moving a livelihood plan on: what each step asks for is established from the records, then the step is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from casemgr.domain.dates import add_months
from casemgr.domain.findings import Finding, Severity
from casemgr.domain.livelihoods import PLAN_MACHINE, PlanContent, PlanState
from casemgr.domain.paper_json import from_json
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue
from casemgr.domain.states import Move
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import (
    Acceptance,
    Asset,
    Household,
    Livelihood,
    LivelihoodVisit,
    Loss,
    RevolvingDuty,
    RevolvingEntry,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import state_steps, task_rules
from casemgr.services.programmes import catalogue
from casemgr.services.state_steps import StepData

KIND = PLAN_MACHINE.kind
_AFTER_DECISION = (PlanState.COMMITTED, PlanState.HANDED_OVER)


@dataclass(frozen=True)
class NextMove:
    """A step that could be taken, and what speaks against it today."""

    move: Move
    label: str
    expected: bool
    """The one the screen offers first."""
    findings: tuple[Finding, ...]


def moves(uow: UnitOfWork, livelihood_id: UUID) -> list[NextMove]:
    """The steps from where a plan stands, with the checks as they are before anything is typed."""
    uow.require(Permission.READ)
    record = uow.record(Livelihood, livelihood_id)
    facts, first = facts_of(uow, record), PLAN_MACHINE.expected(record.status)
    typed = {"voted": None, "decision": _has_decision(record, None), "commitment": None}
    return [
        NextMove(
            move=move,
            label=PLAN_MACHINE.label(move.to),
            expected=move is first,
            findings=PLAN_MACHINE.check(record.status, move.to, {**facts, **typed}, reason="—"),
        )
        for move in PLAN_MACHINE.moves_from(record.status)
    ]


def check(uow: UnitOfWork, livelihood_id: UUID, data: StepData) -> tuple[Finding, ...]:
    """What speaks against a step as it is typed."""
    uow.require(Permission.READ)
    return _findings(uow, uow.record(Livelihood, livelihood_id), data)


def move_on(uow: UnitOfWork, livelihood_id: UUID, version: int, data: StepData) -> UUID:
    """Take a step; what asks for a reason is let through with one."""
    uow.require(Permission.EDIT)
    record = uow.record(Livelihood, livelihood_id, version)
    found = _findings(uow, record, data)
    problems = [Problem(one.field, one.words) for one in found if one.severity is Severity.REFUSE]
    if not clean(data.reason):
        problems += [Problem(one.field, one.words) for one in found if one.severity is Severity.WARN]
    if problems:
        raise ValidationError(problems)
    step = state_steps.record(uow, KIND, record.id, record.household_id, record.status, data)
    _tell_work(uow, record, data, step)
    record.status, record.status_on = data.to, data.on
    if data.to == PlanState.REGISTERED:
        record.asked_on = record.asked_on or data.on
    if data.to == PlanState.APPROVED:
        record.decision_number, record.decision_on = clean(data.document_number), data.document_on
    if data.to == PlanState.COMMITTED:
        record.committed_on = data.on
    record.due_on = next_due(uow, catalogue(uow), record)
    uow.name_step("livelihood.step", uow.record(Household, record.household_id))
    return step


def _tell_work(uow: UnitOfWork, record: Livelihood, data: StepData, step: UUID) -> None:
    """A dossier sent back is work of its own until it is handed in again, or given up."""
    rule = task_rules.DOSSIER_RETURNED
    if data.to == PlanState.RETURNED:
        task_rules.open_by_rule(
            uow,
            rule,
            step,
            on=data.on,
            household_id=record.household_id,
            person_id=record.person_id,
            subject_kind=KIND,
            subject_id=record.id,
            officer_id=record.officer_id,
            programme=record.programme,
            detail=record.product,
        )
    elif record.status == PlanState.RETURNED and data.to == PlanState.APPRAISING:
        task_rules.settle_by_rule(uow, rule, record.id, record.household_id)
    elif record.status == PlanState.RETURNED:
        task_rules.drop_by_rule(uow, rule, record.id, record.household_id, note=clean(data.reason))


def next_due(uow: UnitOfWork, known: Catalogue, record: Livelihood) -> date | None:
    """The next visit: what was agreed at the last one, else by the rhythm of the data; None when none is due."""
    if record.status not in (PlanState.HANDED_OVER, PlanState.RUNNING, PlanState.ACCEPTED, PlanState.REVOLVING):
        return None
    visits = list(
        uow.session.scalars(
            select(LivelihoodVisit)
            .where(LivelihoodVisit.livelihood_id == record.id)
            .order_by(LivelihoodVisit.on_date.desc(), LivelihoodVisit.id.desc())
        )
    )
    if visits and visits[0].next_on is not None:
        return visits[0].next_on
    handed = state_steps.day_of(uow, record.id, PlanState.HANDED_OVER)
    accepted = state_steps.day_of(uow, record.id, PlanState.ACCEPTED)
    if handed is None:
        return None
    if accepted is None:
        code = ("SK.VISIT_FIRST", "SK.VISIT_SECOND")[len(visits)] if len(visits) < 2 else "SK.VISIT_EVERY"
        start = handed if len(visits) < 2 else visits[0].on_date
        return _later(known, code, start, record)
    years = known.rate("SK.VISIT_YEARS", accepted)
    following = _later(known, "SK.VISIT_AFTER", visits[0].on_date if visits else accepted, record)
    last = add_months(accepted, 12 * years.value) if years else None
    return None if following is None or (last is not None and following > last) else following


def first_visit(uow: UnitOfWork, record: Livelihood, handed_on: date) -> date | None:
    """By when the household is looked in on after a hand-over; None when the data say nothing."""
    return _later(catalogue(uow), "SK.VISIT_FIRST", handed_on, record)


def facts_of(uow: UnitOfWork, record: Livelihood) -> dict[str, bool | None]:
    """What the records say of the needs of every step; what is typed with a step is added to it."""
    content = from_json(PlanContent, record.content)
    own, paid = sum(line.amount for line in content.own), sum(line.paid for line in content.own)
    of_plan: Any = uow.session.scalar
    accepted = of_plan(
        select(Acceptance.passed)
        .where(Acceptance.livelihood_id == record.id)
        .order_by(Acceptance.on_date.desc(), Acceptance.id.desc())
        .limit(1)
    )
    duties = of_plan(select(func.count()).where(RevolvingDuty.livelihood_id == record.id))
    return {
        "signed": record.asked_on is not None,
        "dossier": bool(record.asked_on and content.costs),
        "own_share": paid >= own,
        "handed": bool(
            of_plan(select(func.count()).where(Asset.livelihood_id == record.id, Asset.handed_on.is_not(None)))
        ),
        "visited": bool(of_plan(select(func.count()).where(LivelihoodVisit.livelihood_id == record.id))),
        "accepted": accepted is True,
        "loss_settled": not of_plan(
            select(func.count()).where(Loss.livelihood_id == record.id, Loss.settled_on.is_(None))
        ),
        "duty": bool(duties),
        "duties_closed": not _owed(uow, record.id),
        "assessed": bool(clean(content.result)),
    }


def _findings(uow: UnitOfWork, record: Livelihood, data: StepData) -> tuple[Finding, ...]:
    votes = data.detail
    facts = facts_of(uow, record) | {
        "voted": _voted(votes),
        "decision": _has_decision(record, data),
        "commitment": data.on >= record.decision_on if record.decision_on else False,
    }
    if data.to == PlanState.REGISTERED:
        facts["signed"] = True  # the day of the step is the day of the request
    found = list(PLAN_MACHINE.check(record.status, data.to, facts, reason=data.reason))
    if data.on > uow.today:
        found.append(Finding(Severity.REFUSE, "on", _("The date lies in the future.")))
    if data.on < record.status_on and record.status != PlanState.DRAFT:
        text = _("The step before was on {date}.").format(date=format_date(record.status_on))
        found.append(Finding(Severity.REFUSE, "on", text))
    if data.document_on is not None and data.document_on > data.on:
        found.append(Finding(Severity.REFUSE, "document_on", _("The paper is dated after the step.")))
    if data.to in _AFTER_DECISION and record.decision_on is not None and data.on < record.decision_on:
        text = _("The decision is of {date}; nothing is handed over or promised before it.")
        law = _law(uow, record, data.on)
        found.append(Finding(Severity.REFUSE, "on", text.format(date=format_date(record.decision_on)), law))
    if data.to == PlanState.VOTED and _voted(votes) and 2 * int(votes["agreed"]) <= int(votes["present"]):
        text = _("No more than half of those present agreed.")
        found.append(Finding(Severity.WARN, "votes", text))
    return tuple(found)


def _voted(votes: Mapping[str, Any]) -> bool:
    present, agreed = int(votes.get("present") or 0), int(votes.get("agreed") or 0)
    return 0 <= agreed <= present and present > 0


def _has_decision(record: Livelihood, data: StepData | None) -> bool:
    typed = data is not None and bool(clean(data.document_number)) and data.document_on is not None
    kept = bool(record.decision_number) and record.decision_on is not None
    return typed if data is not None and data.to == PlanState.APPROVED else kept or typed


def _law(uow: UnitOfWork, record: Livelihood, on: date) -> str:
    rules = catalogue(uow).rules_on(record.programme, on)
    return rules[0].legal[0].citation if rules and rules[0].legal else ""


def _owed(uow: UnitOfWork, livelihood_id: UUID) -> bool:
    """Whether something is still owed by this plan."""
    settled = (
        select(
            RevolvingEntry.duty_id,
            func.sum(RevolvingEntry.amount).label("amount"),
            func.sum(RevolvingEntry.animals).label("animals"),
        )
        .where(RevolvingEntry.kind != "passed_on")
        .group_by(RevolvingEntry.duty_id)
        .subquery()
    )
    statement = (
        select(func.count())
        .select_from(RevolvingDuty)
        .outerjoin(settled, settled.c.duty_id == RevolvingDuty.id)
        .where(
            RevolvingDuty.livelihood_id == livelihood_id,
            or_(
                RevolvingDuty.amount > func.coalesce(settled.c.amount, 0),
                RevolvingDuty.animals > func.coalesce(settled.c.animals, 0),
            ),
        )
    )
    return bool(uow.session.scalar(statement))


def _later(known: Catalogue, code: str, start: date, record: Livelihood) -> date | None:
    months = known.rate(code, record.status_on)
    return add_months(start, months.value) if months else None
