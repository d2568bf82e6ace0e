"""Visits, calls and meetings with a household, with the task that follows; referrals to other offices and answers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.casework import Answer, NoteData, NoteKind, ReferralData
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import CaseNote, Household, Person, Referral, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import tasks
from casemgr.services.tasks import TaskData


@dataclass(frozen=True)
class NoteView:
    """A note on record."""

    id: UUID
    version: int
    data: NoteData
    person: str
    officer: str


@dataclass(frozen=True)
class ReferralView:
    """A referral on record."""

    id: UUID
    version: int
    data: ReferralData
    person: str
    officer: str
    answered_on: date | None
    outcome: Answer | None
    answer: str
    overdue: bool


def note(uow: UnitOfWork, data: NoteData) -> UUID:
    """Write a visit, call or meeting down, and the task for afterwards in the same step."""
    uow.require(Permission.EDIT)
    home = uow.record(Household, data.household_id)
    problems = [] if clean(data.text) else [Problem("text", _("Write what was seen or said."))]
    if data.on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if clean(data.next_title) and data.next_due_on is None:
        problems.append(Problem("next_due_on", _("Write by which day it is to be done.")))
    if data.next_due_on is not None and data.next_due_on < uow.today:
        problems.append(Problem("next_due_on", _("The due date lies in the past.")))
    if data.next_due_on is not None and not clean(data.next_title):
        problems.append(Problem("next_title", _("Write what is to be done.")))
    if problems:
        raise ValidationError(problems)
    record = CaseNote(
        household_id=data.household_id,
        person_id=data.person_id,
        kind=data.kind.value,
        on_date=data.on,
        text=data.text.strip(),
        officer_id=uow.actor.user_id,
    )
    uow.add(record)
    uow.name_step("case.note", home)
    if data.next_due_on is not None:
        task = TaskData(
            data.next_title,
            data.next_due_on,
            household_id=data.household_id,
            person_id=data.person_id,
            cause_id=record.id,
            officer_id=uow.actor.user_id,
        )
        tasks.open_task(uow, task)
    uow.session.flush()
    return record.id


def correct_note(uow: UnitOfWork, note_id: UUID, version: int, text: str) -> None:
    """Write a note again; what it said before stays in the history."""
    uow.require(Permission.EDIT)
    record = uow.record(CaseNote, note_id, version)
    if not clean(text):
        raise ValidationError([Problem("text", _("Write what was seen or said."))])
    record.text = text.strip()
    uow.name_step("case.note", uow.record(Household, record.household_id))


def notes(uow: UnitOfWork, household_id: UUID) -> list[NoteView]:
    """The notes of a household, the newest first."""
    uow.require(Permission.READ)
    statement = (
        select(CaseNote, Person.full_name, User.name)
        .outerjoin(Person, Person.id == CaseNote.person_id)
        .outerjoin(User, User.id == CaseNote.officer_id)
        .where(CaseNote.household_id == household_id)
        .order_by(CaseNote.on_date.desc(), CaseNote.id.desc())
    )
    return [
        NoteView(
            record.id,
            record.version,
            NoteData(record.household_id, NoteKind(record.kind), record.on_date, record.text, record.person_id),
            person or "",
            officer or "",
        )
        for record, person, officer in uow.session.execute(statement)
    ]


def refer(uow: UnitOfWork, data: ReferralData) -> UUID:
    """Send a household or person to another office."""
    uow.require(Permission.EDIT)
    home = uow.record(Household, data.household_id)
    problems = []
    if not clean(data.to_office):
        problems.append(Problem("to_office", _("Write which office.")))
    if not clean(data.subject):
        problems.append(Problem("subject", _("Write what it is about.")))
    if data.sent_on > uow.today:
        problems.append(Problem("sent_on", _("The date lies in the future.")))
    if data.due_on is not None and data.due_on < data.sent_on:
        problems.append(Problem("due_on", _("The answer is due after the day of sending.")))
    if problems:
        raise ValidationError(problems)
    record = Referral(
        household_id=data.household_id,
        person_id=data.person_id,
        to_office=clean(data.to_office),
        subject=clean(data.subject),
        sent_on=data.sent_on,
        due_on=data.due_on,
        answered_on=None,
        outcome="",
        answer="",
        officer_id=uow.actor.user_id,
        note=data.note.strip(),
    )
    uow.add(record)
    uow.name_step("referral.send", home)
    uow.session.flush()
    return record.id


def answered(uow: UnitOfWork, referral_id: UUID, version: int, *, on: date, outcome: Answer, answer: str = "") -> None:
    """What the other office answered; a refusal says why."""
    uow.require(Permission.EDIT)
    record = uow.record(Referral, referral_id, version)
    if record.answered_on is not None:
        raise ConflictError(_("The answer is recorded already."))
    problems = []
    if not record.sent_on <= on <= uow.today:
        problems.append(Problem("on", _("The day lies between the sending and today.")))
    if outcome is Answer.REFUSED and not clean(answer):
        problems.append(Problem("answer", _("Write the reason of the refusal.")))
    if problems:
        raise ValidationError(problems)
    record.answered_on, record.outcome, record.answer = on, outcome.value, clean(answer)
    uow.name_step("referral.answer", uow.record(Household, record.household_id))


def referrals(uow: UnitOfWork, household_id: UUID) -> list[ReferralView]:
    """The referrals of a household, those without an answer first, then the newest."""
    uow.require(Permission.READ)
    statement = (
        select(Referral, Person.full_name, User.name)
        .outerjoin(Person, Person.id == Referral.person_id)
        .outerjoin(User, User.id == Referral.officer_id)
        .where(Referral.household_id == household_id)
        .order_by(Referral.answered_on.is_not(None), Referral.sent_on.desc(), Referral.id.desc())
    )
    return [
        ReferralView(
            id=record.id,
            version=record.version,
            data=ReferralData(
                record.household_id,
                record.to_office,
                record.subject,
                record.sent_on,
                record.due_on,
                record.person_id,
                record.note,
            ),
            person=person or "",
            officer=officer or "",
            answered_on=record.answered_on,
            outcome=Answer(record.outcome) if record.outcome else None,
            answer=record.answer,
            overdue=record.answered_on is None and record.due_on is not None and record.due_on < uow.today,
        )
        for record, person, officer in uow.session.execute(statement)
    ]
