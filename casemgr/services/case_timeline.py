"""One line of time of a household: visits, answers, decisions, papers, money, moves and steps, the newest first."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.abroad import ABROAD_MACHINE
from casemgr.domain.casework import ANSWER_LABELS, NOTE_LABELS, Answer, NoteKind
from casemgr.domain.certificates import number_text
from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.livelihoods import PLAN_MACHINE, PROJECT_MACHINE
from casemgr.domain.loans import LOAN_EVENT_LABELS, LoanEventKind
from casemgr.domain.people import LEAVE_LABELS, LeaveReason
from casemgr.domain.permissions import Permission
from casemgr.domain.states import Machine
from casemgr.domain.support import DELIVERY_LABELS, DeliveryStatus
from casemgr.domain.training import LEARNER_MACHINE
from casemgr.i18n import N_, _, format_date, format_number
from casemgr.persistence.models import (
    CaseFile,
    CaseNote,
    CasePlan,
    Certificate,
    Decision,
    Delivery,
    HouseholdClassRow,
    Loan,
    LoanEvent,
    Membership,
    OfficePaper,
    Person,
    Referral,
    StateStep,
    User,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import programmes

LIMIT: Final = 60
_MACHINES: Final[dict[str, Machine]] = {
    machine.kind: machine for machine in (PLAN_MACHINE, PROJECT_MACHINE, LEARNER_MACHINE, ABROAD_MACHINE)
}


class LineKind(StrEnum):
    """What a line is about; one picture and one switch of the filter each."""

    VISIT = "visit"
    NOTE = "note"
    REFERRAL = "referral"
    DECISION = "decision"
    PAPER = "paper"
    MONEY = "money"
    MOVE = "move"
    STEP = "step"


@dataclass(frozen=True)
class TimeLine:
    """One thing that happened, in words."""

    on: date
    kind: LineKind
    text: str
    who: str
    record_id: UUID


def timeline(uow: UnitOfWork, household_id: UUID, *, limit: int = LIMIT) -> list[TimeLine]:
    """What happened, the newest first; `limit` of each kind."""
    uow.require(Permission.READ)
    found = [line for source in _SOURCES for line in source(uow, household_id, limit)]
    return sorted(found, key=lambda line: (line.on, line.record_id), reverse=True)


def _notes(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    statement = (
        select(CaseNote, Person.full_name, User.name)
        .outerjoin(Person, Person.id == CaseNote.person_id)
        .outerjoin(User, User.id == CaseNote.officer_id)
        .where(CaseNote.household_id == household)
        .order_by(CaseNote.on_date.desc(), CaseNote.id.desc())
        .limit(limit)
    )
    for note, person, officer in uow.session.execute(statement):
        kind = NoteKind(note.kind)
        what = _(NOTE_LABELS[kind])
        text = _("{what} ({person}): {text}") if person else _("{what}: {text}")
        line = LineKind.NOTE if kind is NoteKind.NOTE else LineKind.VISIT
        told = text.format(what=what, person=person or "", text=" ".join(note.text.split()))
        yield TimeLine(note.on_date, line, told, officer or "", note.id)


def _cases(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    statement = (
        select(CaseFile, User.name)
        .outerjoin(User, User.id == CaseFile.officer_id)
        .where(CaseFile.household_id == household)
        .order_by(CaseFile.opened_on.desc())
        .limit(limit)
    )
    for case, officer in uow.session.execute(statement):
        opened = _with_reason(_("Case opened"), case.open_reason)
        yield TimeLine(case.opened_on, LineKind.NOTE, opened, officer or "", case.id)
        if case.closed_on is not None:
            closed = _with_reason(_("Case closed"), case.close_reason)
            yield TimeLine(case.closed_on, LineKind.NOTE, closed, officer or "", case.id)


def _plans(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    statement = (
        select(CasePlan)
        .where(CasePlan.household_id == household, CasePlan.agreed_on.is_not(None))
        .order_by(CasePlan.agreed_on.desc())
        .limit(limit)
    )
    for plan in uow.session.scalars(statement):
        if plan.agreed_on is not None:
            words = _("Plan {number} agreed with the household").format(number=plan.number)
            yield TimeLine(plan.agreed_on, LineKind.DECISION, words, "", plan.id)


def _referrals(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    statement = (
        select(Referral, User.name)
        .outerjoin(User, User.id == Referral.officer_id)
        .where(Referral.household_id == household)
        .order_by(Referral.sent_on.desc())
        .limit(limit)
    )
    for one, officer in uow.session.execute(statement):
        sent = _("Referred to {office}: {subject}").format(office=one.to_office, subject=one.subject)
        yield TimeLine(one.sent_on, LineKind.REFERRAL, sent, officer or "", one.id)
        if one.answered_on is not None and one.outcome:
            told = _("{office}: {answer}").format(office=one.to_office, answer=_(ANSWER_LABELS[Answer(one.outcome)]))
            yield TimeLine(one.answered_on, LineKind.REFERRAL, _with_reason(told, one.answer), officer or "", one.id)


def _classes(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    known = func.coalesce(HouseholdClassRow.since, Decision.signed_on)
    columns = (HouseholdClassRow.id, HouseholdClassRow.year, HouseholdClassRow.value, Decision.number)
    statement = (
        select(*columns, HouseholdClassRow.since, Decision.signed_on)
        .outerjoin(Decision, Decision.id == HouseholdClassRow.decision_id)
        .where(HouseholdClassRow.household_id == household, known.is_not(None))
        .order_by(known.desc())
        .limit(limit)
    )
    for record, year, value, number, since, signed in uow.session.execute(statement):
        words = _("{name}, {year}").format(name=_(CLASS_LABELS[HouseholdClass(value)]), year=year)
        if number:
            words = _("{what} (decision {number})").format(what=words, number=number)
        day = since or signed
        if day is not None:
            yield TimeLine(day, LineKind.DECISION, words, "", record)


def _certificates(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    statement = (
        select(Certificate.id, Certificate.issued_on, Certificate.number, Certificate.symbol)
        .where(Certificate.household_id == household)
        .order_by(Certificate.issued_on.desc())
        .limit(limit)
    )
    for record, day, number, symbol in uow.session.execute(statement):
        words = _("Certificate {number}").format(number=number_text(number, symbol))
        yield TimeLine(day, LineKind.PAPER, words, "", record)


def _papers(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    statement = (
        select(OfficePaper.id, OfficePaper.issued_on, OfficePaper.title, OfficePaper.number, OfficePaper.series)
        .where(OfficePaper.household_id == household)
        .order_by(OfficePaper.issued_on.desc())
        .limit(limit)
    )
    for record, day, title, number, series in uow.session.execute(statement):
        words = (
            _("{title}, number {number}").format(title=title, number=number_text(number, series)) if number else title
        )
        yield TimeLine(day, LineKind.PAPER, words, "", record)


def _deliveries(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    columns = (Delivery.id, Delivery.on_date, Delivery.programme, Delivery.amount, Delivery.goods, Delivery.status)
    statement = (
        select(*columns, Person.full_name)
        .outerjoin(Person, Person.id == Delivery.person_id)
        .where(Delivery.household_id == household)
        .order_by(Delivery.on_date.desc())
        .limit(limit)
    )
    rows = uow.session.execute(statement).all()
    known = programmes.catalogue(uow).programmes if rows else {}
    for record, day, code, amount, goods, status, person in rows:
        title = known[code].title if code in known else code
        parts = [_("{amount} đồng").format(amount=format_number(amount))] if amount else []
        parts += [str(line["name"]) for line in json.loads(goods or "[]") if line.get("name")]
        parts += [person] if person else []
        parts.append(_(DELIVERY_LABELS[DeliveryStatus(status)]).lower())
        yield TimeLine(day, LineKind.MONEY, _with_reason(title, ", ".join(parts)), "", record)


def _loans(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    statement = (
        select(LoanEvent.id, LoanEvent.on_date, LoanEvent.kind, Loan.purpose)
        .join(Loan, Loan.id == LoanEvent.loan_id)
        .where(Loan.household_id == household)
        .order_by(LoanEvent.on_date.desc())
        .limit(limit)
    )
    for record, day, kind, purpose in uow.session.execute(statement):
        words = _("Loan: {what}").format(what=_(LOAN_EVENT_LABELS[LoanEventKind(kind)]).lower())
        yield TimeLine(day, LineKind.MONEY, _with_reason(words, purpose), "", record)


def _moves(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    statement = (
        select(Membership.id, Membership.joined_on, Membership.left_on, Membership.left_reason, Person.full_name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.household_id == household)
        .order_by(func.coalesce(Membership.left_on, Membership.joined_on).desc())
        .limit(limit)
    )
    for record, joined, left, reason, name in uow.session.execute(statement):
        if joined is not None:
            yield TimeLine(joined, LineKind.MOVE, _("{name} joined the household").format(name=name), "", record)
        if left is not None:
            words = _("{name} left the household").format(name=name)
            why = _(LEAVE_LABELS[LeaveReason(reason)]) if reason else ""
            yield TimeLine(left, LineKind.MOVE, _with_reason(words, why), "", record)


def _steps(uow: UnitOfWork, household: UUID, limit: int) -> Iterator[TimeLine]:
    columns = (StateStep.id, StateStep.on_date, StateStep.kind, StateStep.to_state, StateStep.reason)
    statement = (
        select(*columns, StateStep.document_number, StateStep.document_on)
        .where(StateStep.household_id == household)
        .order_by(StateStep.on_date.desc(), StateStep.id.desc())
        .limit(limit)
    )
    for record, day, kind, state, reason, number, signed in uow.session.execute(statement):
        machine = _MACHINES.get(kind)
        label = machine.label(state) if machine is not None and state in machine.by_code else state
        words = _("{what}: {state}").format(what=_(_STEP_LABELS[kind]) if kind in _STEP_LABELS else kind, state=label)
        paper = ""
        if number and signed is not None:
            paper = _("paper {number} of {date}").format(number=number, date=format_date(signed))
        elif number:
            paper = _("paper {number}").format(number=number)
        yield TimeLine(day, LineKind.STEP, _with_reason(words, ", ".join(filter(None, (paper, reason)))), "", record)


_STEP_LABELS: Final = {
    "livelihood": N_("Livelihood plan"),
    "project": N_("Community project"),
    "learner": N_("Vocational training"),
    "abroad": N_("Work abroad"),
}

_SOURCES: Final[tuple[Callable[[UnitOfWork, UUID, int], Iterator[TimeLine]], ...]] = (
    _notes,
    _cases,
    _plans,
    _referrals,
    _classes,
    _certificates,
    _papers,
    _deliveries,
    _loans,
    _moves,
    _steps,
)


def _with_reason(words: str, reason: str) -> str:
    return f"{words} ({reason})" if reason else words
