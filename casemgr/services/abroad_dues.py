"""What is next in a case of work abroad: its due day, and the tasks its steps open, each once for one cause."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.abroad import AWAY, PREPARING, AbroadState
from casemgr.domain.abroad_reckoning import over_after
from casemgr.i18n import N_, _
from casemgr.persistence.models import AbroadCase, AbroadContact, Household, Person, Task
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.abroad_numbers import numbers
from casemgr.services.holidays import calendar
from casemgr.services.tasks import BY_RULE, DONE, OPEN, TaskData, values

SUBJECT = "abroad"
PROTECTION, NOTICE, LIQUIDATION, REINTEGRATION, CLAIM, CAUSE = (
    "abroad.protection",
    "abroad.notice",
    "abroad.liquidation",
    "abroad.reintegration",
    "abroad.claim",
    "abroad.cause",
)
TITLES = {
    PROTECTION: N_("Ask whether {person} is safe and needs protection"),
    NOTICE: N_("Notice of residence of {person} after the return"),
    LIQUIDATION: N_("Settlement of the contract of {person}"),
    REINTEGRATION: N_("Talk with {person} about work and settling in"),
    CLAIM: N_("Refund of fees and Fund claim for {person}"),
    CAUSE: N_("Ask {person} for the cause of the early return"),
}


def refresh(uow: UnitOfWork, record: AbroadCase) -> None:
    """Write the day of what is next; nothing is written when it stays."""
    due = next_due(uow, record)
    if record.due_on != due:
        record.due_on = due


def next_due(uow: UnitOfWork, record: AbroadCase) -> date | None:
    """The end of the wait before the departure, the next contact or the contract's end abroad; afterwards tasks."""
    number, state = numbers(uow, uow.today), AbroadState(record.status)
    if state in PREPARING:
        wait = number("ABROAD.WAIT")
        return over_after(record.selected_on, wait) if record.selected_on and wait is not None else None
    if state not in AWAY or record.departed_on is None:
        return None
    silence = number("ABROAD.SILENCE")
    last = _last_contact(uow, record.id)
    begun = last.on_date if last else record.departed_on
    asked = last is not None and last.next_on is not None
    call = over_after(begun, silence) if silence is not None and not asked else None
    return min((day for day in (call, record.contract_to) if day is not None), default=None)


def open_once(uow: UnitOfWork, record: AbroadCase, rule: str, due_on: date) -> UUID | None:
    """Open the task of a rule for a case unless it was opened before for the same cause."""
    same = select(Task.id).where(
        Task.household_id == record.household_id, Task.rule == rule, Task.subject_id == record.id
    )
    if rule == PROTECTION:
        same = same.where(Task.status == OPEN)  # another incident asks again
    if uow.session.scalar(same.limit(1)) is not None:
        return None
    person = uow.record(Person, record.person_id)
    data = TaskData(
        title=_(TITLES[rule]).format(person=person.full_name),
        due_on=due_on,
        kind=BY_RULE,
        household_id=record.household_id,
        person_id=record.person_id,
        programme="NN-HT",
        cause_id=record.id,
        officer_id=record.officer_id,
        rule=rule,
        subject_kind=SUBJECT,
        subject_id=record.id,
    )
    task = Task(**values(data))
    uow.add(task)
    return task.id


def settle(uow: UnitOfWork, record: AbroadCase, *rules: str) -> None:
    """The tasks of these rules are done by what was just written."""
    statement = select(Task).where(
        Task.household_id == record.household_id,
        Task.subject_id == record.id,
        Task.status == OPEN,
        Task.rule.in_(rules),
    )
    for task in uow.session.scalars(statement):
        task.status, task.done_at = DONE, uow.now


def protect(uow: UnitOfWork, record: AbroadCase, on: date) -> UUID | None:
    """Open the protection task before anything else is thought of a worker who cannot be reached or stays longer."""
    days = numbers(uow, on)("ABROAD.PROTECTION")
    return open_once(uow, record, PROTECTION, calendar(uow).add(on, days if days is not None else 1))


def home(uow: UnitOfWork, record: AbroadCase) -> Household:
    """The household a step is named after."""
    return uow.record(Household, record.household_id)


def _last_contact(uow: UnitOfWork, case_id: UUID) -> AbroadContact | None:
    statement = select(AbroadContact).where(AbroadContact.case_id == case_id)
    newest = statement.order_by(AbroadContact.on_date.desc(), AbroadContact.id.desc())
    return uow.session.scalars(newest.limit(1)).first()
