"""Use cases of tasks: what is to be done for a household by a day, opened by a rule or by hand."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, NotFoundError, Problem, ValidationError
from casemgr.i18n import N_, _, format_date
from casemgr.persistence.models import Household, HouseholdIndex, Person, Task
from casemgr.persistence.uow import UnitOfWork

OPEN = "open"
DONE = "done"
DROPPED = "dropped"

TASK_STATUS_LABELS = {OPEN: N_("To do"), DONE: N_("Done"), DROPPED: N_("Not needed")}

BY_HAND = "by_hand"
BEGIN_SUPPORT = "begin_support"
END_SUPPORT = "end_support"
BY_RULE = "by_rule"

TASK_KIND_LABELS = {
    BY_HAND: N_("By hand"),
    BEGIN_SUPPORT: N_("Support begins"),
    END_SUPPORT: N_("Support ends"),
    BY_RULE: N_("By rule"),
}


@dataclass(frozen=True)
class TaskData:
    """What is to be done."""

    title: str
    due_on: date
    kind: str = BY_HAND
    household_id: UUID | None = None
    person_id: UUID | None = None
    programme: str = ""
    cause_id: UUID | None = None
    officer_id: UUID | None = None
    rule: str = ""
    """What opened it; a rule opens one task for one cause."""
    subject_kind: str = ""
    subject_id: UUID | None = None
    remind_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class TaskView:
    """A task on record, with whose it is."""

    id: UUID
    version: int
    data: TaskData
    status: str
    number: int | None
    """Of the household."""
    head: str
    """Its head."""
    person: str
    overdue: bool


def open_task(uow: UnitOfWork, data: TaskData) -> UUID:
    """Write down something to do."""
    uow.require(Permission.EDIT)
    if not clean(data.title):
        raise ValidationError([Problem("title", _("Write what is to be done."))])
    household = uow.record(Household, data.household_id) if data.household_id else None
    record = Task(**values(data))
    uow.add(record)
    uow.name_step("task.open", household or record)
    return record.id


def open_by_hand(uow: UnitOfWork, data: TaskData) -> UUID:
    """Somebody plans something: it cannot be due already, and is the own task of whoever writes it."""
    problems = []
    if data.due_on < uow.today:
        problems.append(Problem("due_on", _("The due date lies in the past.")))
    if data.remind_on is not None and data.remind_on > data.due_on:
        problems.append(Problem("remind_on", _("Remind on the due day at the latest.")))
    if problems:
        raise ValidationError(problems)
    return open_task(uow, replace(data, officer_id=data.officer_id or uow.actor.user_id))


def view(uow: UnitOfWork, task_id: UUID) -> TaskView:
    """One task."""
    uow.require(Permission.READ)
    found = uow.session.execute(_statement().where(Task.id == task_id)).first()
    if found is None:
        raise NotFoundError(_("This task is not in the file."))
    return _view(uow, *found)


def change(
    uow: UnitOfWork,
    task_id: UUID,
    version: int | None = None,
    *,
    title: str,
    due_on: date,
    remind_on: date | None = None,
    officer_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Write an open task again; another due day says why, and the day before stays to be read."""
    uow.require(Permission.EDIT)
    record = uow.record(Task, task_id, version)
    if record.status != OPEN:
        raise ConflictError(_("This task was settled already."))
    problems = [] if clean(title) else [Problem("title", _("Write what is to be done."))]
    moved = due_on != record.due_on
    if moved and due_on < uow.today:
        problems.append(Problem("due_on", _("The due date lies in the past.")))
    if moved and not clean(reason):
        problems.append(Problem("reason", _("Write why the day is moved.")))
    if remind_on is not None and remind_on > due_on:
        problems.append(Problem("remind_on", _("Remind on the due day at the latest.")))
    if problems:
        raise ValidationError(problems)
    if moved:
        told = _("Due {before}, moved to {after}: {reason}").format(
            before=format_date(record.due_on), after=format_date(due_on), reason=clean(reason)
        )
        record.note = "; ".join(filter(None, (record.note, told)))
    record.title, record.due_on, record.remind_on, record.officer_id = clean(title), due_on, remind_on, officer_id
    household = uow.session.get(Household, record.household_id) if record.household_id else None
    uow.name_step("task.correct", household or record)


def values(data: TaskData) -> dict[str, object]:
    """The columns of a new task."""
    return {**vars(data), "title": clean(data.title), "note": clean(data.note), "status": OPEN, "done_at": None}


def done(uow: UnitOfWork, task_id: UUID, version: int | None = None, *, note: str = "") -> None:
    """It was done."""
    _settle(uow, task_id, version, DONE, note)


def drop(uow: UnitOfWork, task_id: UUID, version: int | None = None, *, note: str = "") -> None:
    """It is not needed, with the reason."""
    if not clean(note):
        raise ValidationError([Problem("note", _("Write why the task is not needed."))])
    _settle(uow, task_id, version, DROPPED, note)


def of_household(uow: UnitOfWork, household_id: UUID, *, settled: bool = False) -> list[TaskView]:
    """What is to be done for a household, what is due first; `settled` adds what was done or dropped."""
    uow.require(Permission.READ)
    statement = _statement().where(Task.household_id == household_id)
    if not settled:
        statement = statement.where(Task.status == OPEN)
    return [_view(uow, *row) for row in uow.session.execute(statement)]


def due(
    uow: UnitOfWork, until: date | None = None, *, programme: str | None = None, limit: int = 500
) -> list[TaskView]:
    """Open tasks, what is due first; `until` leaves out what is due later."""
    uow.require(Permission.READ)
    statement = _statement().where(Task.status == OPEN).limit(limit)
    if until is not None:
        statement = statement.where(Task.due_on <= until)
    if programme is not None:
        statement = statement.where(Task.programme == programme)
    return [_view(uow, *row) for row in uow.session.execute(statement)]


def _statement() -> Select[Task, int, str, str]:
    return (
        select(Task, HouseholdIndex.number, HouseholdIndex.head_name, Person.full_name)
        .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Task.household_id)
        .outerjoin(Person, Person.id == Task.person_id)
        .order_by(Task.due_on, Task.id)
    )


def _view(uow: UnitOfWork, task: Task, number: int | None, head: str | None, person: str | None) -> TaskView:
    data = TaskData(
        title=task.title,
        due_on=task.due_on,
        kind=task.kind,
        household_id=task.household_id,
        person_id=task.person_id,
        programme=task.programme,
        cause_id=task.cause_id,
        officer_id=task.officer_id,
        rule=task.rule,
        subject_kind=task.subject_kind,
        subject_id=task.subject_id,
        remind_on=task.remind_on,
        note=task.note,
    )
    overdue = task.status == OPEN and task.due_on < uow.today
    return TaskView(task.id, task.version, data, task.status, number, head or "", person or "", overdue)


def _settle(uow: UnitOfWork, task_id: UUID, version: int | None, status: str, note: str) -> None:
    uow.require(Permission.EDIT)
    record = uow.record(Task, task_id, version)
    if record.status != OPEN:
        raise ConflictError(_("This task was settled already."))
    household = uow.session.get(Household, record.household_id) if record.household_id else None
    uow.name_step("task.done", household or record)
    record.status, record.done_at = status, uow.now
    record.note = "; ".join(filter(None, (record.note, clean(note))))
