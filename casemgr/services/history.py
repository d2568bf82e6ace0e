"""What happened to a record in plain words, and taking the last step back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import aliased

from casemgr.domain.households import household_code
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError, NotFoundError
from casemgr.i18n import _
from casemgr.persistence.base import Base, Record, from_plain
from casemgr.persistence.models import Change, Household, Journal, Membership, Person, PersonCondition, User
from casemgr.persistence.uow import Step, UnitOfWork
from casemgr.services.step_names import BARRIERS, KEPT, OF_HOUSEHOLD, action_label

_READABLE = 500


@dataclass(frozen=True)
class UndoStep:
    """The step that undo would take back, or has taken back."""

    txn: UUID
    action: str
    subject: str
    at: datetime
    changes: int

    @property
    def title(self) -> str:
        """In the language in force: "Birth date changed: Trần Văn Dũng"."""
        label = action_label(self.action)
        return f"{label}: {self.subject}" if self.subject else label


@dataclass(frozen=True)
class ChangedField:
    """One field before and after, as plain values (JSON kinds)."""

    table: str
    record_id: UUID
    op: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Event:
    """One transaction that touched the household, with what it changed there."""

    txn: UUID
    at: datetime
    who: str
    action: str
    subject: str
    fields: tuple[ChangedField, ...]
    undone: bool


def household_events(uow: UnitOfWork, household_id: UUID, *, limit: int = _READABLE) -> list[Event]:
    """The history of a household, its people, classes and papers; newest first."""
    uow.require(Permission.READ)
    related: set[UUID] = {household_id}
    for name in OF_HOUSEHOLD:
        table = Base.metadata.tables[name]
        related.update(uow.session.scalars(select(table.c.id).where(table.c.household_id == household_id)))
    people = set(uow.session.scalars(select(Membership.person_id).where(Membership.household_id == household_id)))
    related |= people
    related.update(uow.session.scalars(select(PersonCondition.id).where(PersonCondition.person_id.in_(people))))
    return _events(uow, related, limit)


def record_events(uow: UnitOfWork, record_id: UUID, *, limit: int = _READABLE) -> list[Event]:
    """The history of one record; newest first."""
    uow.require(Permission.READ)
    return _events(uow, {record_id}, limit)


def next_undo(uow: UnitOfWork) -> UndoStep | None:
    """The last step of this person that can be taken back and has not been, or None.

    A paper issued or voided cannot be taken back, and undo does not reach behind it: Ctrl+Z means the last step.
    """
    reverse = aliased(Journal)
    entry = uow.session.scalars(
        select(Journal)
        .outerjoin(reverse, reverse.undoes == Journal.txn)
        .where(Journal.user_id == uow.actor.user_id, Journal.undoes.is_(None), reverse.seq.is_(None))
        .where(or_(Journal.undoable.is_(True), Journal.action.in_(BARRIERS)))
        .order_by(Journal.seq.desc())
        .limit(1)
    ).first()
    return _step(uow, entry) if entry and entry.undoable else None


def undo(uow: UnitOfWork, txn: UUID) -> UndoStep:
    """Take a transaction back, field by field; refused when something of it was changed again since."""
    uow.require(Permission.EDIT)
    entry = uow.session.scalars(select(Journal).where(Journal.txn == txn)).first()
    if entry is None:
        raise NotFoundError(_("This step is not in the journal."))
    if not entry.undoable:
        raise ConflictError(_("This step cannot be taken back: void or replace the paper instead."))
    if uow.session.scalars(select(Journal.seq).where(Journal.undoes == txn)).first():
        raise ConflictError(_("This step was already taken back."))
    step = _step(uow, entry)
    uow.step = Step("undo", entry.subject_table, entry.subject_id, undoable=False, undoes=txn)
    changes = uow.session.scalars(select(Change).where(Change.txn == txn).order_by(Change.seq.desc())).all()
    if len(changes) != entry.changes:
        raise ConflictError(_("Part of this step was erased on request of a citizen; it cannot be taken back."))
    for table, op, group in _runs(changes):
        _take_back(uow, table, op, group)
    return step


def _events(uow: UnitOfWork, related: set[UUID], limit: int) -> list[Event]:
    ids = sorted(related)
    rows = uow.session.execute(
        select(Change.__table__).where(Change.record_id.in_(ids)).order_by(Change.seq.desc()).limit(limit)
    ).mappings()
    by_txn: dict[UUID, list[ChangedField]] = {}
    for row in rows:
        by_txn.setdefault(row["txn"], []).append(
            ChangedField(
                row["table_name"], row["record_id"], row["op"], row["field"], _plain(row["old"]), _plain(row["new"])
            )
        )
    entries = uow.session.execute(
        select(Journal, User.name)
        .outerjoin(User, User.id == Journal.user_id)
        .where(Journal.txn.in_(by_txn))
        .order_by(Journal.seq.desc())
    ).all()
    undone = set(uow.session.scalars(select(Journal.undoes).where(Journal.undoes.in_(by_txn))))
    subjects = _subjects(uow, [entry for entry, _who in entries])
    return [
        Event(
            txn=entry.txn,
            at=entry.at,
            who=who or "",
            action=entry.action,
            subject=subjects.get((entry.subject_table, entry.subject_id), ""),
            fields=tuple(reversed(by_txn[entry.txn])),
            undone=entry.txn in undone,
        )
        for entry, who in entries
    ]


def _step(uow: UnitOfWork, entry: Journal) -> UndoStep:
    subject = _subjects(uow, [entry]).get((entry.subject_table, entry.subject_id), "")
    return UndoStep(entry.txn, entry.action, subject, entry.at, entry.changes)


def _subjects(uow: UnitOfWork, entries: Sequence[Journal]) -> dict[tuple[str, UUID | None], str]:
    """What the steps were about, each record asked for once."""
    people = {one.subject_id for one in entries if one.subject_table == "person" and one.subject_id}
    homes = {one.subject_id for one in entries if one.subject_table == "household" and one.subject_id}
    found: dict[tuple[str, UUID | None], str] = {}
    if people:
        for person in uow.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(people))):
            found["person", person.id] = person.full_name
    if homes:
        for home in uow.session.execute(select(Household.id, Household.number).where(Household.id.in_(homes))):
            found["household", home.id] = household_code(home.number) if home.number else ""
    return found


def _runs(changes: Sequence[Change]) -> Iterator[tuple[str, str, list[Change]]]:
    """Neighbouring changes of one table and kind together, so that a large import is taken back in large statements."""
    group: list[Change] = []
    for change in changes:
        if group and (change.table, change.op) != (group[0].table, group[0].op):
            yield group[0].table, group[0].op, group
            group = []
        group.append(change)
    if group:
        yield group[0].table, group[0].op, group


def _take_back(uow: UnitOfWork, name: str, op: str, group: list[Change]) -> None:
    model = _model(name)
    table = Base.metadata.tables[name]
    if op == "i" and name in KEPT:
        return
    if op == "i":
        _require_untouched(uow, group)
        uow.delete_many(model, [change.record_id for change in group])
    elif op == "d":
        uow.insert_many(model, [_row(table, change) for change in group])
    else:
        fields: dict[UUID, dict[str, tuple[Any, Any]]] = {}
        for change in group:
            kind = table.c[change.field].type
            present, former = (from_plain(kind, _plain(value)) for value in (change.new, change.old))
            fields.setdefault(change.record_id, {})[change.field] = (present, former)
        _require_present(uow, table, fields)
        uow.update_many(model, fields)


def _row(table: Table, change: Change) -> dict[str, Any]:
    values = _plain(change.old)
    return {name: from_plain(table.c[name].type, value) for name, value in values.items()} | {"id": change.record_id}


def _require_present(uow: UnitOfWork, table: Table, fields: Mapping[UUID, Mapping[str, tuple[Any, Any]]]) -> None:
    for record_id, wanted in fields.items():
        row = uow.session.execute(select(table).where(table.c.id == record_id)).mappings().first()
        if row is None or any(row[name] != present for name, (present, _former) in wanted.items()):
            raise ConflictError(_("Something of this step was changed again since. Take back the later change first."))


def _require_untouched(uow: UnitOfWork, group: Sequence[Change]) -> None:
    """A new record may go only as it came: with later changes in it, undo would lose them."""
    ids = [change.record_id for change in group]
    last = {change.record_id: change.seq for change in group}
    for start in range(0, len(ids), _READABLE):
        part = ids[start : start + _READABLE]
        later = uow.session.execute(
            select(Change.record_id, Change.seq, Change.txn).where(
                Change.record_id.in_(part), Change.txn != group[0].txn
            )
        ).all()
        open_changes = [row for row in later if row.seq > last[row.record_id]]
        if open_changes and not _all_undone(uow, {row.txn for row in open_changes}):
            raise ConflictError(_("Something of this step was changed again since. Take back the later change first."))


def _all_undone(uow: UnitOfWork, txns: set[UUID]) -> bool:
    """Whether the later changes cancel each other out: each was taken back or is itself the taking back."""
    entries = uow.session.execute(
        select(Journal.txn, Journal.undoes).where(Journal.txn.in_(txns) | Journal.undoes.in_(txns))
    ).all()
    back = {entry.undoes for entry in entries if entry.undoes}
    return all(entry.undoes or entry.txn in back for entry in entries)


def _model(name: str) -> type[Record]:
    for mapper in Base.registry.mappers:
        if mapper.local_table is Base.metadata.tables[name] and issubclass(mapper.class_, Record):
            return mapper.class_
    raise NotFoundError(_("This step cannot be taken back."))


def _plain(value: str | None) -> Any:  # noqa: ANN401 - what JSON holds
    return None if value is None else json.loads(value)
