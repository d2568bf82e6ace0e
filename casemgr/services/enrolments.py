"""Use cases of places in programmes: who is in, by which decision, since when, and why it ended."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.distributions import MOST
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue, Programme
from casemgr.domain.staged import LOG
from casemgr.domain.support import EnrolmentData, EnrolmentStatus, Unit
from casemgr.domain.text import clean
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Enrolment, Household, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import task_rules
from casemgr.services.programmes import catalogue

CURRENT: Final = (EnrolmentStatus.APPROVED, EnrolmentStatus.RUNNING, EnrolmentStatus.SUSPENDED)
"""States that rest on a decision and take up a place."""


@dataclass(frozen=True)
class EnrolmentView:
    """A place in a programme with the names an officer reads."""

    id: UUID
    version: int
    data: EnrolmentData
    programme: Programme | None
    """None when the office took the programme out of its catalogue since."""
    person: str
    """Name of the person; empty for the whole household."""

    @property
    def current(self) -> bool:
        """Whether it takes up a place."""
        return self.data.status in CURRENT


def keep_enrolment(
    uow: UnitOfWork, data: EnrolmentData, *, enrolment_id: UUID | None = None, version: int | None = None
) -> UUID:
    """Write down a place in a programme, or correct one."""
    uow.require(Permission.EDIT)
    record = uow.record(Enrolment, enrolment_id, version) if enrolment_id else None
    before = EnrolmentStatus(record.status) if record else None
    problems = _problems(uow, catalogue(uow), data, enrolment_id)
    if problems:
        raise ValidationError(problems)
    log = json.loads(record.detail or "{}").get(LOG, "") if record else ""
    detail = {LOG: log, **data.detail}
    values = {
        "programme": data.programme,
        "household_id": data.household_id,
        "person_id": data.person_id,
        "status": data.status.value,
        "need_on": data.need_on,
        "eligible": data.eligible,
        "decision_number": clean(data.decision_number),
        "decision_on": data.decision_on,
        "from_on": data.from_on,
        "to_on": data.to_on,
        "amount": data.amount,
        "detail": json.dumps(
            {code: clean(text) for code, text in detail.items() if clean(text)}, ensure_ascii=False, sort_keys=True
        ),
        "reason": clean(data.reason),
        "note": data.note.strip(),
    }
    if record is None:
        record = Enrolment(**values)
        uow.add(record)
    else:
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("enrolment.keep", table="household", subject=data.household_id)
    uow.session.flush()
    _tell_work(uow, record, before)
    return record.id


def end(uow: UnitOfWork, enrolment_id: UUID, version: int, *, on: date, reason: str) -> None:
    """End support; `on` is its last day and stays open to correction by `keep_enrolment`."""
    uow.require(Permission.EDIT)
    record = uow.record(Enrolment, enrolment_id, version)
    problems = []
    if EnrolmentStatus(record.status) in (EnrolmentStatus.ENDED, EnrolmentStatus.REFUSED):
        problems.append(Problem("status", _("This support has ended already.")))
    if not clean(reason):
        problems.append(Problem("reason", _("Write why the support ends.")))
    start = record.from_on or record.decision_on
    if start is not None and on < start:
        message = _("The last day cannot lie before the support began on {date}.")
        problems.append(Problem("to_on", message.format(date=format_date(start))))
    if problems:
        raise ValidationError(problems)
    uow.name_step("enrolment.end", table="household", subject=record.household_id)
    before = EnrolmentStatus(record.status)
    record.status, record.to_on, record.reason = EnrolmentStatus.ENDED.value, on, clean(reason)
    _tell_work(uow, record, before)


def of_household(uow: UnitOfWork, household_id: UUID) -> list[EnrolmentView]:
    """Everything a household and its people are or were in: current first, then the newest."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    rows = uow.session.execute(
        select(Enrolment, Person.full_name)
        .outerjoin(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.household_id == household_id)
    ).all()
    views = [_view(found, record, name or "") for record, name in rows]
    return sorted(
        views, key=lambda view: (not view.current, -(_begins(view.data) or date.min).toordinal(), str(view.id))
    )


def view(uow: UnitOfWork, enrolment_id: UUID) -> EnrolmentView:
    """One place in a programme."""
    uow.require(Permission.READ)
    record = uow.record(Enrolment, enrolment_id)
    person = uow.session.get(Person, record.person_id) if record.person_id else None
    return _view(catalogue(uow), record, person.full_name if person else "")


def _tell_work(uow: UnitOfWork, record: Enrolment, before: EnrolmentStatus | None) -> None:
    """A new decision opens the task to tell and give the support, one keyed late does not; its end settles it."""
    now = EnrolmentStatus(record.status)
    if now is before:
        return
    if now is EnrolmentStatus.APPROVED:
        decided = record.decision_on
        if before in CURRENT or decided is None:
            return
        if task_rules.due_of(uow, task_rules.SUPPORT_DECIDED, decided) >= uow.today:
            programme = catalogue(uow).programmes.get(record.programme)
            task_rules.open_by_rule(
                uow,
                task_rules.SUPPORT_DECIDED,
                record.id,
                on=decided,
                household_id=record.household_id,
                person_id=record.person_id,
                programme=record.programme,
                detail=programme.title if programme else record.programme,
            )
    elif now is EnrolmentStatus.RUNNING:
        task_rules.settle_by_rule(uow, task_rules.SUPPORT_DECIDED, record.id, record.household_id)
    elif before in CURRENT:
        note = record.reason or _("The support is no longer approved.")
        task_rules.drop_by_rule(uow, task_rules.SUPPORT_DECIDED, record.id, record.household_id, note=note)


def _begins(data: EnrolmentData) -> date | None:
    return data.from_on or data.decision_on or data.need_on


def data_of(record: Enrolment) -> EnrolmentData:
    """What an officer wrote down, from the record."""
    return EnrolmentData(
        programme=record.programme,
        household_id=record.household_id,
        person_id=record.person_id,
        status=EnrolmentStatus(record.status),
        need_on=record.need_on,
        eligible=record.eligible,
        decision_number=record.decision_number,
        decision_on=record.decision_on,
        from_on=record.from_on,
        to_on=record.to_on,
        amount=record.amount,
        detail=json.loads(record.detail or "{}"),
        reason=record.reason,
        note=record.note,
    )


def _view(found: Catalogue, record: Enrolment, person: str) -> EnrolmentView:
    programme = found.programmes.get(record.programme)
    return EnrolmentView(record.id, record.version, data_of(record), programme, person)


def _problems(uow: UnitOfWork, found: Catalogue, data: EnrolmentData, own: UUID | None) -> list[Problem]:
    programme = found.programmes.get(data.programme)
    if programme is None:
        return [Problem("programme", _("Choose a programme of the catalogue."))]
    return [
        *_beneficiary_problems(uow, programme, data),
        *_decision_problems(data),
        *_day_problems(data),
        *_twice(uow, programme, data, own),
    ]


def _beneficiary_problems(uow: UnitOfWork, programme: Programme, data: EnrolmentData) -> list[Problem]:
    household = uow.session.get(Household, data.household_id)
    if household is None:
        raise NotFoundError(_("This household does not exist any more."))
    problems = []
    start = data.from_on or data.decision_on or data.need_on or uow.today
    if household.ended_on is not None and household.ended_on <= start:
        message = _("The office no longer keeps this household since {date}.")
        problems.append(Problem("household_id", message.format(date=format_date(household.ended_on))))
    if programme.unit is Unit.PERSON and data.person_id is None:
        problems.append(Problem("person_id", _("This programme is for a person: choose who it is.")))
    if data.person_id is None:
        return problems
    person = uow.session.get(Person, data.person_id)
    membership = uow.session.scalars(
        select(Membership)
        .where(Membership.household_id == data.household_id, Membership.person_id == data.person_id)
        .order_by(Membership.left_on.nulls_first())
    ).first()
    if person is None or membership is None:
        return [*problems, Problem("person_id", _("This person is no member of the household."))]
    taking = data.status in (*CURRENT, EnrolmentStatus.NEED, EnrolmentStatus.PLANNED)
    if person.died_on is not None and taking and person.died_on < start:
        message = _("{name} died on {date}.")
        problems.append(Problem("person_id", message.format(name=person.full_name, date=format_date(person.died_on))))
    elif membership.left_on is not None and taking and membership.left_on <= start:
        message = _("{name} left the household on {date}.")
        told = message.format(name=person.full_name, date=format_date(membership.left_on))
        problems.append(Problem("person_id", told))
    return problems


def _decision_problems(data: EnrolmentData) -> list[Problem]:
    if data.status not in CURRENT:
        return []
    problems = []
    if not clean(data.decision_number):
        problems.append(Problem("decision_number", _("Write the number of the decision that approves it.")))
    if data.decision_on is None:
        problems.append(Problem("decision_on", _("Write the date of the decision.")))
    elif data.from_on is not None and data.from_on < data.decision_on.replace(day=1) and not clean(data.reason):
        message = _("Support begins before the month of its decision of {date}: write the reason, or correct a date.")
        problems.append(Problem("from_on", message.format(date=format_date(data.decision_on))))
    return problems


def _day_problems(data: EnrolmentData) -> list[Problem]:
    problems = []
    start = data.from_on or data.decision_on
    if data.to_on is not None and start is not None and data.to_on < start:
        problems.append(Problem("to_on", _("The last day lies before the first.")))
    if data.need_on is not None and data.decision_on is not None and data.decision_on < data.need_on:
        problems.append(Problem("decision_on", _("The decision lies before the day it was asked for.")))
    if data.amount is not None and data.amount < 0:
        problems.append(Problem("amount", _("An amount cannot be negative.")))
    if (data.amount or 0) > MOST:
        problems.append(Problem("amount", _("Write the sum in đồng, more than zero.")))
    if data.status in (EnrolmentStatus.REFUSED, EnrolmentStatus.ENDED, EnrolmentStatus.SUSPENDED) and not clean(
        data.reason
    ):
        problems.append(Problem("reason", _("Write the reason.")))
    return problems


def _twice(uow: UnitOfWork, programme: Programme, data: EnrolmentData, own: UUID | None) -> list[Problem]:
    """One current place for the same beneficiary: for good where the programme helps once, else at the same time."""
    if data.status not in CURRENT:
        return []
    same = select(Enrolment).where(Enrolment.programme == data.programme)
    if data.person_id is not None:
        same = same.where(Enrolment.person_id == data.person_id)
    else:
        same = same.where(Enrolment.household_id == data.household_id, Enrolment.person_id.is_(None))
    for other in uow.session.scalars(same):
        if other.id == own or other.status in (EnrolmentStatus.REFUSED, EnrolmentStatus.NEED, EnrolmentStatus.PLANNED):
            continue
        if programme.once or _meet(data, other):
            begun = other.from_on or other.decision_on
            message = _("There is a place in this programme already, since {date}. End it first, or correct it.")
            told = message.format(date=format_date(begun) if begun else "…")
            return [Problem("programme", told)]
    return []


def _meet(data: EnrolmentData, other: Enrolment) -> bool:
    first = data.from_on or data.decision_on or date.min
    second = other.from_on or other.decision_on or date.min
    return first <= (other.to_on or date.max) and second <= (data.to_on or date.max)
