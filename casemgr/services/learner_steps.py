"""Moving a learner on, placing learners in a class, work found and followed up, and what training is paid for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.dates import add_months
from casemgr.domain.findings import Finding, Severity
from casemgr.domain.paper_json import from_json, to_json
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue
from casemgr.domain.states import Move
from casemgr.domain.text import clean
from casemgr.domain.training import LEARNER_MACHINE, LearnerState, NeedContent
from casemgr.domain.training_support import TrainingSupport, support
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Course, Household, JobFollowUp, Learner, Person, TrainingMark
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import courses, state_steps
from casemgr.services.learners import PROGRAMME, entitled
from casemgr.services.programmes import catalogue
from casemgr.services.state_steps import StepData

KIND = LEARNER_MACHINE.kind
FOLLOW_UPS: Final = ("DN-SC.FOLLOW_UP_1", "DN-SC.FOLLOW_UP_2", "DN-SC.FOLLOW_UP_3")
_AFTER: Final = (LearnerState.FINISHED, LearnerState.CERTIFIED, LearnerState.IN_WORK, LearnerState.NO_WORK)


@dataclass(frozen=True)
class NextMove:
    """A step that could be taken, and what speaks against it today."""

    move: Move
    label: str
    expected: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class JobData:
    """Whether somebody trained is at work, on a day."""

    on: date
    in_work: bool
    month: int = 0
    """After how many months of the end: 0 when it is first known, then the follow-ups."""
    employer: str = ""
    """Empty: works for himself or herself."""
    same_trade: bool | None = None
    started_on: date | None = None
    wage: int = 0
    contract: str = ""
    reason: str = ""
    """Why not at work."""
    note: str = ""


@dataclass(frozen=True)
class JobView:
    """A follow-up on record."""

    id: UUID
    data: JobData


def moves(uow: UnitOfWork, learner_id: UUID) -> list[NextMove]:
    """The steps from where a learner stands, with the checks as they are before anything is typed."""
    uow.require(Permission.READ)
    record = uow.record(Learner, learner_id)
    facts, first = _facts(uow, record, None), LEARNER_MACHINE.expected(record.status)
    return [
        NextMove(
            move=move,
            label=LEARNER_MACHINE.label(move.to),
            expected=move is first,
            findings=LEARNER_MACHINE.check(record.status, move.to, facts, reason="—"),
        )
        for move in LEARNER_MACHINE.moves_from(record.status)
    ]


def check(uow: UnitOfWork, learner_id: UUID, data: StepData) -> tuple[Finding, ...]:
    """What speaks against a step as it is typed."""
    uow.require(Permission.READ)
    return _findings(uow, uow.record(Learner, learner_id), data)


def move_on(uow: UnitOfWork, learner_id: UUID, version: int, data: StepData) -> UUID:
    """Take a step; what asks for a reason is let through with one."""
    uow.require(Permission.EDIT)
    record = uow.record(Learner, learner_id, version)
    found = _findings(uow, record, data)
    asked = () if clean(data.reason) else (Severity.WARN,)
    problems = [Problem(one.field, one.text) for one in found if one.severity in (Severity.REFUSE, *asked)]
    if problems:
        raise ValidationError(problems)
    step = state_steps.record(uow, KIND, record.id, record.household_id, record.status, data)
    step_from, record.status, record.status_on = record.status, data.to, data.on
    match data.to:
        case LearnerState.ADVISED if step_from == LearnerState.NEED:
            record.content = to_json(_advised(from_json(NeedContent, record.content), data))
        case LearnerState.REGISTERED:
            record.registered_on = record.registered_on or data.on
        case LearnerState.APPROVED if step_from == LearnerState.PLACED:
            record.course_id = None
        case LearnerState.NEED if step_from == LearnerState.DROPPED:
            record.course_id, record.ended_on, record.drop_reason = None, None, ""
        case LearnerState.LEARNING:
            record.ended_on = None
        case LearnerState.APPROVED:
            record.decision_number, record.decision_on = clean(data.document_number), data.document_on
        case LearnerState.DROPPED:
            record.ended_on, record.drop_reason = data.on, clean(data.reason)
        case LearnerState.FINISHED:
            record.ended_on, record.result = data.on, clean(str(data.detail.get("result", ""))) or record.result
        case LearnerState.CERTIFIED:
            record.certificate_number, record.certificate_on = clean(data.document_number), data.document_on
            record.certificate_by = clean(str(data.detail.get("issuer", ""))) or record.certificate_by
        case _:
            pass
    record.due_on = next_due(uow, record)
    uow.name_step("learner.step", uow.record(Household, record.household_id))
    return step


def place(uow: UnitOfWork, course_id: UUID, learner_ids: Sequence[UUID], *, on: date) -> None:
    """Place learners of the approved list in a class, all or none."""
    uow.require(Permission.EDIT)
    course = uow.record(Course, course_id)
    records = [uow.record(Learner, one) for one in learner_ids]
    problems = []
    if course.closed_on is not None:
        raise ConflictError(_("The class is closed; its attendance is settled."))
    taken = uow.session.scalar(select(func.count()).where(Learner.course_id == course_id)) or 0
    if course.capacity and taken + len(records) > course.capacity:
        text = _("The class has {capacity} places, {taken} are taken.")
        problems.append(Problem("learners", text.format(capacity=course.capacity, taken=taken)))
    for record in records:
        if record.status != LearnerState.APPROVED:
            name = uow.record(Person, record.person_id).full_name
            text = _("{name} is not on the approved list.").format(name=name)
            problems.append(Problem("learners", text))
    if course.end_on is not None and on > course.end_on:
        problems.append(Problem("on", _("The class is over already.")))
    if problems:
        raise ValidationError(problems)
    for record in records:
        data = StepData(LearnerState.PLACED.value, on, detail={"course": course.code})
        state_steps.record(uow, KIND, record.id, record.household_id, record.status, data)
        record.course_id, record.status, record.status_on = course_id, LearnerState.PLACED.value, on
        record.due_on = course.start_on
    uow.name_step("course.enrol", course)


def record_job(uow: UnitOfWork, learner_id: UUID, version: int, data: JobData) -> UUID:
    """Write down whether somebody is at work; the next follow-up follows from it."""
    uow.require(Permission.EDIT)
    record = uow.record(Learner, learner_id, version)
    if record.status not in _AFTER:
        raise ConflictError(_("Work after training is recorded when the class is finished."))
    problems = []
    if data.on > uow.today or (record.ended_on is not None and data.on < record.ended_on):
        problems.append(Problem("on", _("The day lies between the end of the class and today.")))
    if data.wage < 0:
        problems.append(Problem("wage", _("A number here is 0 or more.")))
    if not data.in_work and not clean(data.reason):
        problems.append(Problem("reason", _("Write why there is no work yet.")))
    if data.started_on is not None and data.started_on > data.on:
        problems.append(Problem("started_on", _("The work began after the day it was asked about.")))
    if problems:
        raise ValidationError(problems)
    made = JobFollowUp(
        learner_id=record.id,
        month=data.month,
        on_date=data.on,
        in_work=data.in_work,
        employer=clean(data.employer),
        same_trade=data.same_trade,
        started_on=data.started_on,
        wage=data.wage,
        contract=clean(data.contract),
        reason=clean(data.reason),
        note=clean(data.note),
    )
    uow.add(made)
    uow.session.flush()
    to = LearnerState.IN_WORK if data.in_work else LearnerState.NO_WORK
    if record.status != to:
        step = StepData(to.value, data.on, reason=data.reason)
        state_steps.record(uow, KIND, record.id, record.household_id, record.status, step)
        record.status, record.status_on = to.value, data.on
    record.due_on = next_due(uow, record)
    uow.name_step("learner.job", uow.record(Household, record.household_id))
    return made.id


def jobs(uow: UnitOfWork, learner_id: UUID) -> list[JobView]:
    """The follow-ups of a learner, the first one first."""
    uow.require(Permission.READ)
    statement = (
        select(JobFollowUp).where(JobFollowUp.learner_id == learner_id).order_by(JobFollowUp.on_date, JobFollowUp.id)
    )
    return [
        JobView(
            one.id,
            JobData(
                on=one.on_date,
                in_work=one.in_work,
                month=one.month,
                employer=one.employer,
                same_trade=one.same_trade,
                started_on=one.started_on,
                wage=one.wage,
                contract=one.contract,
                reason=one.reason,
                note=one.note,
            ),
        )
        for one in uow.session.scalars(statement)
    ]


def next_due(uow: UnitOfWork, record: Learner) -> date | None:
    """The start or end of the class, then the follow-ups of 3, 6 and 12 months; None when nothing is due."""
    course = uow.session.get(Course, record.course_id) if record.course_id else None
    if record.status == LearnerState.PLACED:
        return course.start_on if course else None
    if record.status == LearnerState.LEARNING:
        return course.end_on if course else None
    if record.status not in _AFTER or record.ended_on is None:
        return None
    done = {one.data.month for one in jobs(uow, record.id)}
    left = [month for month in follow_up_months(uow, record.ended_on) if month not in done]
    return add_months(record.ended_on, left[0]) if left else None


def support_of(uow: UnitOfWork, learner_id: UUID) -> TrainingSupport | None:
    """What a learner's class is paid for, by the days present; None without a class."""
    uow.require(Permission.READ)
    record = uow.record(Learner, learner_id)
    course = uow.session.get(Course, record.course_id) if record.course_id else None
    if course is None or course.start_on is None:
        return None
    known, told = catalogue(uow), entitled(uow, record.household_id, record.person_id, course.start_on)
    person = uow.record(Person, record.person_id)
    suffix = ".B" if course.generation == "B" else ""
    hard = course.area == "hard" or person.disability is not None  # both travel from the shorter distance
    distance = known.rate(f"{PROGRAMME}.KM_HARD{suffix}" if hard else f"{PROGRAMME}.KM_FAR{suffix}", course.start_on)
    travel = known.rate(f"{PROGRAMME}.{'TRAVEL_HARD' if hard else 'TRAVEL_FAR'}", course.start_on)
    return support(
        present=courses.days_present(uow, learner_id),
        meal_rate=_meal_rate(known, suffix),
        km_tenths=record.km,
        far_from=distance.value if distance else None,
        travel_rate=travel.value if travel else None,
        cost=course.tuition,
        ceiling=told.amount if told and told.result is not False else 0,
    )


def _meal_rate(known: Catalogue, suffix: str) -> Callable[[date], int | None]:
    def rate(day: date) -> int | None:
        found = known.rate(f"{PROGRAMME}.MEAL_DAY{suffix}", day)
        return found.value if found else None

    return rate


def _facts(uow: UnitOfWork, record: Learner, data: StepData | None) -> dict[str, bool | None]:
    course = uow.session.get(Course, record.course_id) if record.course_id else None
    told = entitled(uow, record.household_id, record.person_id, data.on if data else uow.today)
    typed = data is not None and bool(clean(data.document_number)) and data.document_on is not None
    on = data.on if data else uow.today
    job = uow.session.scalar(
        select(func.count()).where(JobFollowUp.learner_id == record.id, JobFollowUp.in_work.is_(True))
    )
    result = clean(str(data.detail.get("result", ""))) if data else ""
    return {
        "advice": '"advised_on":""' not in record.content,
        "request": record.registered_on is not None or data is not None,
        "conditions": None if told is None else told.result,
        "not_trained": None if record.trained_before is None else not record.trained_before,
        "decision": typed if data else None,
        "course": course is not None,
        "course_decision": bool(course and course.decision_number),
        "started": bool(course and course.start_on and course.start_on <= on),
        "present": bool(courses.days_present(uow, record.id)),
        "ended": bool(course and course.end_on and course.end_on <= on),
        "result": bool(result or record.result),
        "certificate": bool(record.certificate_number) or (typed if data else None),
        "job": bool(job),
    }


def _findings(uow: UnitOfWork, record: Learner, data: StepData) -> tuple[Finding, ...]:
    told = list(LEARNER_MACHINE.check(record.status, data.to, _facts(uow, record, data), reason=data.reason))
    if data.on > uow.today:
        told.append(Finding(Severity.REFUSE, "on", _("The date lies in the future.")))
    if record.status != LearnerState.NEED and data.on < record.status_on:
        text = _("The step before was on {date}.").format(date=format_date(record.status_on))
        told.append(Finding(Severity.REFUSE, "on", text))
    if data.document_on is not None and data.document_on > data.on:
        told.append(Finding(Severity.REFUSE, "document_on", _("The paper is dated after the step.")))
    leaves = (LearnerState.PLACED, LearnerState.DROPPED), (LearnerState.APPROVED, LearnerState.NEED)
    if record.status in leaves[0] and data.to in leaves[1] and _attended(uow, record):
        text = _("Attendance of a class is kept already: write a new need down for another class.")
        told.append(Finding(Severity.REFUSE, "", text))
    twice = _trained(uow, record)
    if data.to == LearnerState.ELIGIBLE and twice is not None:
        text = _("Was trained with support already, finished on {date}; training is supported once.")
        told.append(Finding(Severity.WARN, "trained_before", text.format(date=format_date(twice))))
    return tuple(told)


def _advised(need: NeedContent, data: StepData) -> NeedContent:
    return replace(
        need,
        advised_on=data.on.isoformat(),
        adviser=clean(str(data.detail.get("adviser", ""))) or need.adviser,
        advice=clean(str(data.detail.get("advice", ""))) or need.advice,
    )


def next_month(uow: UnitOfWork, learner_id: UUID) -> int:
    """After how many months work is asked about next: 0 when it is first known, else the first follow-up not done."""
    uow.require(Permission.READ)
    record = uow.record(Learner, learner_id)
    done = {one.data.month for one in jobs(uow, learner_id)}
    if not done or record.ended_on is None:
        return 0
    return next((month for month in follow_up_months(uow, record.ended_on) if month not in done), 0)


def follow_up_months(uow: UnitOfWork, on: date) -> list[int]:
    """After how many months of an end work is asked about."""
    known = catalogue(uow)
    return [rate.value for code in FOLLOW_UPS if (rate := known.rate(code, on)) is not None]


def _attended(uow: UnitOfWork, record: Learner) -> bool:
    marks = select(TrainingMark.id).where(TrainingMark.learner_id == record.id).limit(1)
    return uow.session.scalar(marks) is not None


def _trained(uow: UnitOfWork, record: Learner) -> date | None:
    statement = select(func.max(Learner.ended_on)).where(
        Learner.person_id == record.person_id,
        Learner.id != record.id,
        Learner.status.in_([state.value for state in _AFTER]),
    )
    return uow.session.scalar(statement)
