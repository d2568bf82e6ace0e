"""Tasks that events open by themselves: one task for one cause, due as the dated figures say."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from casemgr.domain.permissions import Permission
from casemgr.domain.task_rules import MEASURES, TaskRule, due_day, task_rules
from casemgr.errors import NotFoundError
from casemgr.i18n import _
from casemgr.persistence.models import Task
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import programmes, tasks
from casemgr.services.holidays import calendar
from casemgr.services.tasks import OPEN, TaskData

SUPPORT_DECIDED: Final = "SUPPORT_DECIDED"
DOSSIER_RETURNED: Final = "DOSSIER_RETURNED"
LOSS_REPORTED: Final = "LOSS_REPORTED"
_PART: Final = 500


def open_by_rule(
    uow: UnitOfWork,
    code: str,
    cause_id: UUID,
    *,
    on: date | None = None,
    household_id: UUID | None = None,
    person_id: UUID | None = None,
    subject_kind: str = "",
    subject_id: UUID | None = None,
    officer_id: UUID | None = None,
    programme: str = "",
    detail: str = "",
) -> UUID | None:
    """Open the task of a rule for a cause (the decision, loss or dossier), counted from the day of the event.

    None when the same cause opened it before, whatever became of that task. Whoever calls names the step.
    """
    uow.require(Permission.EDIT)
    rule = _rule(code)
    known = select(Task.id).where(Task.rule == code, Task.cause_id == cause_id)
    if household_id is not None:
        known = known.where(Task.household_id == household_id)
    if uow.session.scalar(known.limit(1)) is not None:
        return None
    due = due_of(uow, code, on or uow.today)
    data = TaskData(
        title=_("{what}: {detail}").format(what=rule.title, detail=detail) if detail else rule.title,
        due_on=due,
        kind=tasks.BY_RULE,
        household_id=household_id,
        person_id=person_id,
        programme=programme,
        cause_id=cause_id,
        officer_id=officer_id or uow.actor.user_id,
        rule=code,
        subject_kind=subject_kind,
        subject_id=subject_id,
    )
    record = Task(**tasks.values(data))
    uow.add(record)
    uow.session.flush()
    return record.id


def settle_by_rule(uow: UnitOfWork, code: str, about: UUID, household_id: UUID) -> int:
    """What the tasks of a cause, or of the record it is worked on, ask for was done; says how many."""
    return _close(uow, code, about, household_id, tasks.DONE, "")


def drop_by_rule(uow: UnitOfWork, code: str, about: UUID, household_id: UUID, *, note: str) -> int:
    """The event was taken back: open tasks of the cause, or of its record, are not needed; says how many."""
    return _close(uow, code, about, household_id, tasks.DROPPED, note)


def support_given(uow: UnitOfWork, given: Iterable[tuple[str, UUID, UUID | None]]) -> None:
    """Support came to households: the tasks their decisions opened are done. Programme, household, person."""
    came: dict[UUID, list[tuple[str, UUID | None]]] = defaultdict(list)
    for programme, household, person in given:
        came[household].append((programme, person))
    homes = list(came)
    for start in range(0, len(homes), _PART):
        statement = select(Task).where(
            Task.household_id.in_(homes[start : start + _PART]), Task.rule == SUPPORT_DECIDED, Task.status == OPEN
        )
        for record in uow.session.scalars(statement):
            if record.household_id is not None and any(
                programme == record.programme and (person is None or record.person_id in (None, person))
                for programme, person in came[record.household_id]
            ):
                record.status, record.done_at = tasks.DONE, uow.now
    uow.session.flush()


def due_of(uow: UnitOfWork, code: str, on: date) -> date:
    """By which day the task of a rule is to be done when its event is of `on`."""
    rule = _rule(code)
    number, measure = rule.number, rule.measure
    if rule.rate:
        rate = programmes.catalogue(uow).rate(rule.rate, on)
        if rate is not None and rate.measure in MEASURES:
            number, measure = rate.value, rate.measure
    return due_day(on, number, measure, calendar(uow))


def _close(uow: UnitOfWork, code: str, about: UUID, household_id: UUID, status: str, note: str) -> int:
    uow.require(Permission.EDIT)
    statement = select(Task).where(
        Task.household_id == household_id,
        Task.rule == code,
        or_(Task.cause_id == about, Task.subject_id == about),
        Task.status == OPEN,
    )
    found = list(uow.session.scalars(statement))
    for record in found:
        record.status, record.done_at, record.note = status, uow.now, note
    return len(found)


def _rule(code: str) -> TaskRule:
    rule = task_rules().get(code)
    if rule is None:
        raise NotFoundError(_("There is no rule for tasks called “{code}”.").format(code=code))
    return rule
