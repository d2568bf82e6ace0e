"""One action of one person: its session, who and when, and every change of it written down in the same transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from json.encoder import encode_basestring as _quoted
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, event, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import get_history

from casemgr.domain.permissions import Permission, Role, allows
from casemgr.errors import ConflictError, NotAllowedError, NotFoundError
from casemgr.i18n import _
from casemgr.persistence.base import Record, new_id, to_plain
from casemgr.persistence.bulk import insert_rows
from casemgr.persistence.deriving import derived_values
from casemgr.persistence.models import INDEXED_TABLES, Change, Journal

R = TypeVar("R", bound=Record)

UNCOUNTED = frozenset({"version", "commune", "id"})
"""Columns the log does not repeat per field: they are on every change row or change with each write."""

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=to_plain).encode

SPILL = 10_000
"""Change rows kept waiting at most."""


@dataclass(frozen=True)
class Actor:
    """Who acts, and from which computer."""

    user_id: UUID
    login: str
    name: str
    role: Role
    device_id: UUID


@dataclass
class Step:
    """What the transaction is called in the journal and by undo."""

    action: str = ""
    subject_table: str = ""
    subject_id: UUID | None = None
    undoable: bool = True
    undoes: UUID | None = None


@dataclass
class UnitOfWork:
    """The first argument of every use case. It never commits: `Workspace` does."""

    session: Session
    actor: Actor
    now: datetime
    today: date
    commune: str
    journal_key: bytes
    txn: UUID = field(default_factory=new_id)
    step: Step = field(default_factory=Step)
    tables: set[str] = field(default_factory=set)
    """Names of the tables this action changed."""
    records: dict[str, set[UUID]] = field(default_factory=dict)
    """Ids changed, by table; what the derived rows are rebuilt from."""
    households: set[UUID] = field(default_factory=set)
    """Households whose rows were inserted or deleted: they are known without a look-up."""
    changes: int = 0
    """Change rows written or waiting."""
    _pending: list[dict[str, Any]] = field(default_factory=list)
    _digest: "blake2b | None" = None

    def require(self, permission: Permission) -> None:
        """Raise NotAllowedError unless the actor's role permits it."""
        if not allows(self.actor.role, permission):
            raise NotAllowedError(
                _("Your role does not allow this ({permission}). Ask the administrator.").format(permission=permission)
            )

    def name_step(
        self,
        action: str,
        record: Record | None = None,
        *,
        table: str = "",
        subject: UUID | None = None,
        undoable: bool = True,
    ) -> None:
        """Name the action for journal, history and undo; a nested use case does not rename its caller's."""
        if self.step.action:
            return
        self.step = Step(
            action=action,
            subject_table=record.__tablename__ if record is not None else table,
            subject_id=record.id if record is not None else subject,
            undoable=undoable,
        )

    def record(self, model: type[R], record_id: UUID, version: int | None = None) -> R:
        """The record to change; ConflictError when it is no longer in the `version` that was read."""
        record = self.session.get(model, record_id)
        if record is None:
            raise NotFoundError(_("This record does not exist any more."))
        if version is not None and record.version != version:
            raise ConflictError(
                _("This record was changed in the meantime. Look at the present state, then make your change again.")
            )
        return record

    def add(self, record: Record) -> None:
        """Write a new record; its id is known at once."""
        if record.id is None:
            record.id = new_id()
        record.commune = self.commune
        self.session.add(record)

    def touched(self, table: str, ids: Iterable[UUID]) -> None:
        """Say that rows of `table` changed."""
        self.tables.add(table)
        self.records.setdefault(table, set()).update(ids)

    def log(self, table: str, record_id: UUID, op: str, name: str = "", old: Any = None, new: Any = None) -> None:  # noqa: ANN401 - column values
        """One change row; `old` and `new` are column values or, for whole records, dicts of them."""
        self.changes += 1
        if op == "d" and table in INDEXED_TABLES and isinstance(old, dict) and "household_id" in old:
            self.households.add(old["household_id"])
        self._pending.append(
            {
                "txn": self.txn,
                "commune": self.commune,
                "table": table,
                "record_id": record_id,
                "op": op,
                "field": name,
                "old": _json(old),
                "new": _json(new),
                "at": self.now,
                "user_id": self.actor.user_id,
                "device_id": self.actor.device_id,
            }
        )

    def insert_many(self, model: type[Record], rows: Sequence[dict[str, Any]]) -> list[UUID]:
        """Insert many records by Core, with their log rows; returns the ids in order."""
        if not rows:
            return []
        table = _table(model)
        blank = {column.name: None for column in table.columns if column.nullable}
        full = [
            blank
            | row
            | derived_values(table.name, row)
            | {"id": row.get("id") or new_id(), "version": 1, "commune": self.commune}
            for row in rows
        ]
        insert_rows(self.session, model, full)
        for values in full:
            self.log(table.name, values["id"], "i", new=_logged(table, values))
        if table.name in INDEXED_TABLES and "household_id" in table.columns:
            self.households.update(values["household_id"] for values in full)
        ids = [values["id"] for values in full]
        self.touched(table.name, ids if table.name == "household" else ())  # others by their household
        self.write_log(at_least=SPILL)
        return ids

    def update_many(self, model: type[Record], changes: Mapping[UUID, Mapping[str, tuple[Any, Any]]]) -> None:
        """Update fields by Core: `{id: {field: (old, new)}}`, with their log rows."""
        table = _table(model)
        by_fields: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for record_id, fields in changes.items():
            values = {name: new for name, (_old, new) in fields.items()}
            values |= derived_values(table.name, values)
            by_fields.setdefault(tuple(sorted(values)), []).append(
                {f"v_{k}": v for k, v in values.items()} | {"v_id": record_id}
            )
            for name, (old, new) in fields.items():
                self.log(table.name, record_id, "u", name, old, new)
        for names, rows in by_fields.items():
            statement = (
                update(table)
                .where(table.c.id == bindparam("v_id"))
                .values(
                    {name: bindparam(f"v_{name}", type_=table.c[name].type) for name in names}
                    | {"version": table.c.version + 1}
                )
            )
            self.session.execute(statement, rows)
        self.touched(table.name, changes)
        self.write_log(at_least=SPILL)

    def delete_many(self, model: type[Record], ids: Sequence[UUID]) -> None:
        """Delete records by Core, keeping all their fields in the log."""
        table = _table(model)
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            for row in self.session.execute(select(table).where(table.c.id.in_(part))).mappings():
                self.log(table.name, row["id"], "d", old=_logged(table, dict(row)))
            self.session.execute(delete(table).where(table.c.id.in_(part)))
        self.touched(table.name, ids)
        self.write_log(at_least=SPILL)

    def write_log(self, *, at_least: int = 1) -> None:
        """Write the waiting change rows if there are `at_least` so many: long actions do not keep them in memory."""
        if len(self._pending) < at_least:
            return
        if self._digest is None:
            self._digest = blake2b(key=self.journal_key, digest_size=32)
        for row in self._pending:
            self._digest.update(change_bytes(row))
        insert_rows(self.session, Change, self._pending)
        self._pending.clear()

    def close_journal(self) -> Journal | None:
        """Write the log and chain the transaction into the journal; None when nothing changed."""
        self.session.flush()
        self.write_log()
        if self._digest is None:
            return None
        last = self.session.execute(select(Journal.hash).order_by(Journal.seq.desc()).limit(1)).scalar()
        entry = Journal(
            txn=self.txn,
            commune=self.commune,
            at=self.now,
            user_id=self.actor.user_id,
            device_id=self.actor.device_id,
            action=self.step.action or "unnamed",
            subject_table=self.step.subject_table,
            subject_id=self.step.subject_id,
            undoable=self.step.undoable,
            undoes=self.step.undoes,
            changes=self.changes,
            digest=self._digest.hexdigest(),
            previous=last or "",
        )
        entry.hash = journal_hash(entry)
        self.session.add(entry)
        self.session.flush()
        return entry


def change_bytes(row: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a change row for the journal's digest."""
    old, new = row["old"], row["new"]
    return (
        f'["{row["table"]}", "{row["record_id"]}", "{row["op"]}", "{row["field"]}", '
        f"{'null' if old is None else _quoted(old)}, {'null' if new is None else _quoted(new)}]"
    ).encode()


def journal_hash(entry: Journal) -> str:
    """BLAKE2b over the previous hash and the canonical JSON of the row."""
    parts = [
        entry.previous,
        str(entry.txn),
        entry.commune,
        to_plain(entry.at),
        str(entry.user_id),
        str(entry.device_id),
        entry.action,
        entry.subject_table,
        str(entry.subject_id),
        entry.undoable,
        str(entry.undoes),
        entry.changes,
        entry.digest,
    ]
    return blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=32).hexdigest()


def watch(session: Session, uow: UnitOfWork) -> None:
    """Make the session tell the unit of work about every record it flushes."""

    @event.listens_for(session, "before_flush")
    def _before(_session: Session, _context: object, _instances: object) -> None:
        for record in (*session.new, *session.dirty):
            if isinstance(record, Record):
                table = record.__tablename__
                for name, value in derived_values(
                    table, {c.key: getattr(record, c.key) for c in _sources(record)}
                ).items():
                    if getattr(record, name) != value:
                        setattr(record, name, value)
        for record in session.new:
            if isinstance(record, Record):
                _log_new(uow, record)
        for record in session.dirty:
            if isinstance(record, Record):
                _log_changed(uow, record)
        for record in session.deleted:
            if isinstance(record, Record):
                uow.log(record.__tablename__, record.id, "d", old=_logged(_table(type(record)), _values(record)))
                uow.touched(record.__tablename__, [record.id])


def _sources(record: Record) -> list[Any]:
    return [
        column
        for column in _table(type(record)).columns
        if not column.info.get("derived") and column.key in record.__dict__
    ]


def _log_new(uow: UnitOfWork, record: Record) -> None:
    if record.id is None:
        record.id = new_id()
    uow.log(record.__tablename__, record.id, "i", new=_logged(_table(type(record)), _values(record)))
    uow.touched(record.__tablename__, [record.id])


def _log_changed(uow: UnitOfWork, record: Record) -> None:
    changed = False
    for column in _table(type(record)).columns:
        if column.name in UNCOUNTED or column.info.get("unlogged"):
            continue
        history = get_history(record, column.name)
        if not history.has_changes():
            continue
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else None
        if old != new:
            uow.log(record.__tablename__, record.id, "u", column.name, old, new)
            changed = True
    if changed:
        uow.touched(record.__tablename__, [record.id])


def _values(record: Record) -> dict[str, Any]:
    return {column.name: getattr(record, column.name) for column in _table(type(record)).columns}


def _logged(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name in _logged_names(table) if (value := values.get(name)) is not None}


@cache
def _logged_names(table: Table) -> tuple[str, ...]:
    return tuple(
        column.name for column in table.columns if column.name not in UNCOUNTED and not column.info.get("unlogged")
    )


def _json(value: Any) -> str | None:  # noqa: ANN401 - any column value
    return None if value is None else _COMPACT(value)


def _table(model: type[Record]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - narrows the type for mypy
    return table
