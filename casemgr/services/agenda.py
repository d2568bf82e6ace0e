"""The day's work: what is due, overdue and waiting, of tasks and of every record with a due date."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select

from casemgr.domain.agenda import SOON_DAYS, Urgency, urgency
from casemgr.domain.households import household_code
from casemgr.domain.permissions import Permission
from casemgr.i18n import _
from casemgr.persistence.models import HouseholdIndex, Person, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.agenda_sources import SOURCES, DueRow, Source
from casemgr.services.holidays import calendar
from casemgr.services.offices import hamlet_names

_MANY = 500
_ORDER = {value: place for place, value in enumerate(Urgency)}


@dataclass(frozen=True)
class AgendaQuery:
    """Which part of the list; empty means all."""

    until: date | None = None
    """Nothing due later; None: up to the end of "soon"."""
    kinds: tuple[str, ...] = ()
    officer_id: UUID | None = None
    """What this officer keeps, and what nobody keeps."""
    limit: int = 500
    """Of each kind, the most urgent ones."""


@dataclass(frozen=True)
class AgendaRow:
    """One thing to do."""

    urgency: Urgency
    due_on: date
    kind: str
    title: str
    household_id: UUID | None
    code: str
    head: str
    hamlet: str
    person_id: UUID | None
    person: str
    officer_id: UUID | None
    officer: str
    subject_kind: str
    record_id: UUID
    """What opens it."""
    due_id: UUID
    """What is due: the document of a case, the task."""
    waiting: bool = False
    """Somebody else has to act."""


@dataclass(frozen=True)
class Count:
    """How many of one kind."""

    kind: str
    label: str
    parts: Mapping[Urgency, int]

    @property
    def overdue(self) -> int:
        """How many are late."""
        return self.parts.get(Urgency.OVERDUE, 0)

    @property
    def due(self) -> int:
        """How many are not late yet."""
        return self.total - self.overdue

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.parts.values())


def due(uow: UnitOfWork, query: AgendaQuery | None = None) -> list[AgendaRow]:
    """The list, the most urgent first: overdue, today, soon, waiting, later; in each by day."""
    uow.require(Permission.READ)
    query = query or AgendaQuery()
    found: list[tuple[Source, DueRow]] = []
    for source in _wanted(query.kinds):
        statement = _narrowed(uow, source, source.statement, query, query.until or last_day(uow.today))
        statement = statement.order_by(source.due).limit(query.limit)
        found += [(source, row) for row in _rows(uow, statement)]
    return _read(uow, found)


def counts(uow: UnitOfWork, query: AgendaQuery | None = None) -> list[Count]:
    """How many of each kind are overdue, due today, soon and waiting; kinds with none are left out."""
    uow.require(Permission.READ)
    query = query or AgendaQuery()
    last, told, days = query.until or last_day(uow.today), [], calendar(uow)
    for source in _wanted(query.kinds):
        day = case((source.due >= uow.today, source.due)).label("day")  # what is late is one number, whatever its day
        statement = _narrowed(uow, source, source.statement.with_only_columns(day, func.count()), query, last)
        parts: Counter[Urgency] = Counter()
        for due_on, number in uow.session.execute(statement.group_by(day)):
            late = due_on is None
            parts[Urgency.OVERDUE if late else urgency(due_on, uow.today, days, waiting=source.waiting)] += number
        if parts:
            told.append(Count(source.kind, kind_label(source.kind), parts))
    return told


def kind_label(kind: str) -> str:
    """What a kind of due date is called."""
    found = next((source.label for source in SOURCES if source.kind == kind), "")
    return _(found) if found else _("Task")


def last_day(today: date) -> date:
    """The end of what is shown without asking for more."""
    return today + timedelta(days=SOON_DAYS)


def _wanted(kinds: Collection[str]) -> Iterable[Source]:
    return [source for source in SOURCES if not kinds or source.kind in kinds]


def _narrowed(
    uow: UnitOfWork, source: Source, statement: Select[*tuple[Any, ...]], query: AgendaQuery, last: date
) -> Select[*tuple[Any, ...]]:
    statement = statement.where(source.due <= last).params(today=uow.today)
    if query.officer_id is not None and source.officer is not None:
        statement = statement.where(or_(source.officer == query.officer_id, source.officer.is_(None)))
    return statement


def _rows(uow: UnitOfWork, statement: Select[*tuple[Any, ...]]) -> list[DueRow]:
    return [tuple(row) for row in uow.session.execute(statement)]


def _read(uow: UnitOfWork, found: Sequence[tuple[Source, DueRow]]) -> list[AgendaRow]:
    days, hamlets = calendar(uow), hamlet_names(uow)
    homes = _named(uow, {row[1] for _source, row in found if row[1]})
    people = _people(uow, {row[2] for _source, row in found if row[2]})
    officers = dict(uow.session.execute(select(User.id, User.name)).all())
    labels = {source.kind: _(source.label) if source.label else "" for source, _row in found}
    with_detail = _("{what}: {detail}")
    rows = []
    for source, (day, household, person, officer, record, own, words) in found:
        code, head, hamlet = homes.get(household, ("", "", None)) if household else ("", "", None)
        rows.append(
            AgendaRow(
                urgency=urgency(day, uow.today, days, waiting=source.waiting),
                due_on=day,
                kind=source.kind,
                title=_title(labels[source.kind], words, with_detail),
                household_id=household,
                code=code,
                head=head,
                hamlet=hamlets.get(hamlet, "") if hamlet else "",
                person_id=person,
                person=people.get(person, "") if person else "",
                officer_id=officer,
                officer=officers.get(officer, "") if officer else "",
                subject_kind=source.subject_kind,
                record_id=record,
                due_id=own,
                waiting=source.waiting,
            )
        )
    return sorted(rows, key=lambda row: (_ORDER[row.urgency], row.due_on, row.code, row.title, row.due_id))


def _title(label: str, words: str, with_detail: str) -> str:
    if not label:
        return words
    return with_detail.format(what=label, detail=words) if words else label


def _named(uow: UnitOfWork, ids: set[UUID]) -> dict[UUID, tuple[str, str, UUID | None]]:
    columns = (
        HouseholdIndex.household_id,
        HouseholdIndex.number,
        HouseholdIndex.head_name,
        HouseholdIndex.hamlet_id,
    )
    wanted, found = sorted(ids), {}
    for start in range(0, len(wanted), _MANY):
        part = select(*columns).where(HouseholdIndex.household_id.in_(wanted[start : start + _MANY]))
        for home, number, head, hamlet in uow.session.execute(part):
            found[home] = (household_code(number), head, hamlet)
    return found


def _people(uow: UnitOfWork, ids: set[UUID]) -> dict[UUID, str]:
    wanted, found = sorted(ids), {}
    for start in range(0, len(wanted), _MANY):
        part = select(Person.id, Person.full_name).where(Person.id.in_(wanted[start : start + _MANY]))
        found.update(dict(uow.session.execute(part).all()))
    return found
