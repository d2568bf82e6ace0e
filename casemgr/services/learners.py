"""Learners: from a need for training through the class to a certificate, with what is due next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.paper_json import from_json, to_json
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold
from casemgr.domain.training import LEARNER_MACHINE, LearnerState, NeedContent
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Course, Household, HouseholdIndex, Learner, Membership, Person, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.entitlements import Entitlement, entitlements
from casemgr.services.offices import hamlet_names

PROGRAMME = "DN-SC"
"""The catalogue's code of short vocational training: who gets how much is its rules'."""
CARDS = 40
"""What a column of a board shows; the rest stands in the list."""
_PART = 900


@dataclass(frozen=True)
class LearnerData:
    """A need for training as an officer writes it."""

    person_id: UUID
    household_id: UUID
    trade: str
    groups: tuple[str, ...] = ()
    km: int | None = None
    """From home to the class, in tenths of a kilometre."""
    registered_on: date | None = None
    trained_before: bool | None = None
    certificate_number: str = ""
    certificate_on: date | None = None
    certificate_by: str = ""
    result: str = ""
    officer_id: UUID | None = None
    need: NeedContent = field(default_factory=NeedContent)
    note: str = ""


@dataclass(frozen=True)
class LearnerView:
    """A learner opened as a whole."""

    id: UUID
    version: int
    data: LearnerData
    state: LearnerState
    state_on: date
    person: str
    code: str
    head: str
    hamlet: str
    class_value: HouseholdClass
    course_id: UUID | None
    course: str
    decision_number: str
    decision_on: date | None
    ended_on: date | None
    drop_reason: str
    due_on: date | None
    entitled: Entitlement | None
    """What the rules of the day say of training for this person."""


@dataclass(frozen=True)
class LearnerQuery:
    """Which learners a board or list shows; empty means all."""

    states: tuple[str, ...] = ()
    course_id: UUID | None = None
    hamlet_id: UUID | None = None
    officer_id: UUID | None = None
    trade: str = ""
    text: str = ""
    due_until: date | None = None
    limit: int = CARDS
    """Of each state."""


@dataclass(frozen=True)
class LearnerRow:
    """One card of the board."""

    id: UUID
    version: int
    person_id: UUID
    person: str
    birth: str | None
    household_id: UUID
    code: str
    head: str
    hamlet: str
    class_value: str
    """Of the household when the person registered."""
    state: LearnerState
    state_on: date
    trade: str
    course: str
    due_on: date | None
    overdue: bool
    officer: str


def keep(uow: UnitOfWork, data: LearnerData, *, learner_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a need down, or correct what was written."""
    uow.require(Permission.EDIT)
    problems = _problems(uow, data)
    if problems:
        raise ValidationError(problems)
    home = uow.record(Household, data.household_id)
    values: dict[str, Any] = {
        "person_id": data.person_id,
        "household_id": data.household_id,
        "trade": clean(data.trade),
        "groups": data.groups,
        "km": data.km,
        "registered_on": data.registered_on,
        "trained_before": data.trained_before,
        "certificate_number": clean(data.certificate_number),
        "certificate_on": data.certificate_on,
        "certificate_by": clean(data.certificate_by),
        "result": clean(data.result),
        "officer_id": data.officer_id or uow.actor.user_id,
        "content": to_json(data.need),
        "note": data.note.strip(),
    }
    if learner_id is None:
        record = Learner(
            **values,
            status=LearnerState.NEED.value,
            status_on=uow.today,
            class_value=class_now(uow, data.household_id),
            course_id=None,
            decision_number="",
            decision_on=None,
            ended_on=None,
            drop_reason="",
            due_on=None,
        )
        uow.add(record)
    else:
        record = uow.record(Learner, learner_id, version)
        if record.person_id != data.person_id:
            raise ConflictError(_("This is another person: write a need of her own."))
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("learner.keep", home)
    uow.session.flush()
    return record.id


def view(uow: UnitOfWork, learner_id: UUID) -> LearnerView:
    """A learner opened as a whole."""
    uow.require(Permission.READ)
    record = uow.record(Learner, learner_id)
    index = uow.session.get(HouseholdIndex, record.household_id)
    hamlets = hamlet_names(uow)
    course = uow.session.get(Course, record.course_id) if record.course_id else None
    return LearnerView(
        id=record.id,
        version=record.version,
        data=data_of(record),
        state=LearnerState(record.status),
        state_on=record.status_on,
        person=uow.record(Person, record.person_id).full_name,
        code=household_code(index.number) if index else "",
        head=index.head_name if index else "",
        hamlet=hamlets.get(index.hamlet_id, "") if index and index.hamlet_id else "",
        class_value=HouseholdClass(record.class_value),
        course_id=record.course_id,
        course=f"{course.code} – {course.trade}" if course else "",
        decision_number=record.decision_number,
        decision_on=record.decision_on,
        ended_on=record.ended_on,
        drop_reason=record.drop_reason,
        due_on=record.due_on,
        entitled=entitled(uow, record.household_id, record.person_id, uow.today),
    )


def entitled(uow: UnitOfWork, household_id: UUID, person_id: UUID, on: date) -> Entitlement | None:
    """What the rules of a day give a person for training."""
    told = entitlements(uow, household_id, on, programmes=[PROGRAMME])
    return next((one for one in told if one.person_id == person_id), None)


def board(uow: UnitOfWork, query: LearnerQuery | None = None) -> list[LearnerRow]:
    """Cards of a board: of every state the first `limit`, what is due first at the top."""
    uow.require(Permission.READ)
    query, ids = query or LearnerQuery(), list[UUID]()
    for state in query.states or tuple(LearnerState):
        ids += _first(uow, query, state)
    order = {one: place for place, one in enumerate(ids)}
    found = [
        row
        for start in range(0, len(ids), _PART)
        for row in _rows(uow, _cards().where(Learner.id.in_(ids[start : start + _PART])))
    ]
    return sorted(found, key=lambda row: order[row.id])


def _first(uow: UnitOfWork, query: LearnerQuery, state: str) -> list[UUID]:
    """The ids of a column: those with a due day in its order, then the others; each is read along an index."""
    base = _narrowed(_joined(select(Learner.id), query), query).where(Learner.status == str(state))
    due = base.where(Learner.due_on.is_not(None)).order_by(Learner.due_on, Learner.id)
    found = list(uow.session.scalars(due.limit(query.limit)))
    if len(found) < query.limit and query.due_until is None:
        others = base.where(Learner.due_on.is_(None)).order_by(Learner.id)
        found += uow.session.scalars(others.limit(query.limit - len(found)))
    return found


def counts(uow: UnitOfWork, query: LearnerQuery | None = None) -> dict[LearnerState, int]:
    """How many learners are in each state."""
    uow.require(Permission.READ)
    query = query or LearnerQuery()
    statement = _narrowed(_joined(select(Learner.status, func.count()), query), query).group_by(Learner.status)
    found = dict(uow.session.execute(statement).all())
    return {state: found.get(state.value, 0) for state in LearnerState}


def of_household(uow: UnitOfWork, household_id: UUID) -> list[LearnerRow]:
    """The learners of a household, the newest first."""
    uow.require(Permission.READ)
    return _rows(uow, _cards().where(Learner.household_id == household_id).order_by(Learner.id.desc()))


def of_course(uow: UnitOfWork, course_id: UUID) -> list[LearnerRow]:
    """Who sits in a class, by name."""
    uow.require(Permission.READ)
    return _rows(uow, _cards().where(Learner.course_id == course_id).order_by(Person.name_sort, Learner.id))


def by_ids(uow: UnitOfWork, ids: Sequence[UUID]) -> list[LearnerRow]:
    """These learners, by name."""
    uow.require(Permission.READ)
    return _rows(uow, _cards().where(Learner.id.in_(ids)).order_by(Person.name_sort, Learner.id))


def data_of(record: Learner) -> LearnerData:
    """What was written down of a learner."""
    return LearnerData(
        person_id=record.person_id,
        household_id=record.household_id,
        trade=record.trade,
        groups=record.groups,
        km=record.km,
        registered_on=record.registered_on,
        trained_before=record.trained_before,
        certificate_number=record.certificate_number,
        certificate_on=record.certificate_on,
        certificate_by=record.certificate_by,
        result=record.result,
        officer_id=record.officer_id,
        need=from_json(NeedContent, record.content),
        note=record.note,
    )


def class_now(uow: UnitOfWork, household_id: UUID) -> str:
    """The class of a household as lists show it."""
    statement = select(HouseholdIndex.class_value).where(HouseholdIndex.household_id == household_id)
    return uow.session.scalar(statement) or HouseholdClass.UNREVIEWED.value


def label(state: LearnerState) -> str:
    """The official word of a state, in the language in force."""
    return LEARNER_MACHINE.label(state)


def _problems(uow: UnitOfWork, data: LearnerData) -> list[Problem]:
    problems = []
    if not clean(data.trade):
        problems.append(Problem("trade", _("Write the trade somebody wants to learn.")))
    member = select(Membership.id).where(
        Membership.household_id == data.household_id,
        Membership.person_id == data.person_id,
        Membership.left_reason.is_(None),
        Membership.left_on.is_(None),
    )
    if uow.session.scalar(member.limit(1)) is None:
        problems.append(Problem("person_id", _("This person is no member of the household.")))
    if data.registered_on is not None and data.registered_on > uow.today:
        problems.append(Problem("registered_on", _("The date lies in the future.")))
    if data.km is not None and data.km < 0:
        problems.append(Problem("km", _("A number here is 0 or more.")))
    if data.certificate_on is not None and data.certificate_on > uow.today:
        problems.append(Problem("certificate_on", _("The date lies in the future.")))
    return problems


def _cards() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Learner.id,
            Learner.version,
            Learner.person_id,
            Learner.household_id,
            Learner.class_value,
            Learner.status,
            Learner.status_on,
            Learner.trade,
            Learner.due_on,
            Person.full_name,
            Person.birth,
            HouseholdIndex.number,
            HouseholdIndex.head_name,
            HouseholdIndex.hamlet_id,
            Course.code,
            User.name,
        )
        .join(Person, Person.id == Learner.person_id)
        .join(HouseholdIndex, HouseholdIndex.household_id == Learner.household_id)
        .outerjoin(Course, Course.id == Learner.course_id)
        .outerjoin(User, User.id == Learner.officer_id)
    )


def _joined(statement: Select[*tuple[Any, ...]], query: LearnerQuery) -> Select[*tuple[Any, ...]]:
    """Only with the tables a narrowed count asks for."""
    if query.hamlet_id is not None:
        statement = statement.join(HouseholdIndex, HouseholdIndex.household_id == Learner.household_id)
    if clean(query.text):
        statement = statement.join(Person, Person.id == Learner.person_id)
    return statement


def _narrowed(statement: Select[*tuple[Any, ...]], query: LearnerQuery) -> Select[*tuple[Any, ...]]:
    if query.course_id is not None:
        statement = statement.where(Learner.course_id == query.course_id)
    if query.hamlet_id is not None:
        statement = statement.where(HouseholdIndex.hamlet_id == query.hamlet_id)
    if query.officer_id is not None:
        statement = statement.where(Learner.officer_id == query.officer_id)
    if clean(query.trade):
        statement = statement.where(Learner.trade == clean(query.trade))
    if query.due_until is not None:
        statement = statement.where(Learner.due_on <= query.due_until)
    if clean(query.text):
        statement = statement.where(Person.name_key.contains(fold(clean(query.text))))
    return statement


def _rows(uow: UnitOfWork, statement: Select[*tuple[Any, ...]]) -> list[LearnerRow]:
    hamlets, today = hamlet_names(uow), uow.today
    return [
        LearnerRow(
            id=learner,
            version=version,
            person_id=person,
            person=name,
            birth=birth,
            household_id=home,
            code=household_code(number),
            head=head,
            hamlet=hamlets.get(hamlet, "") if hamlet else "",
            class_value=class_value,
            state=LearnerState(status),
            state_on=status_on,
            trade=trade,
            course=course or "",
            due_on=due,
            overdue=due is not None and due < today,
            officer=officer or "",
        )
        for (
            learner,
            version,
            person,
            home,
            class_value,
            status,
            status_on,
            trade,
            due,
            name,
            birth,
            number,
            head,
            hamlet,
            course,
            officer,
        ) in uow.session.execute(statement)
    ]
