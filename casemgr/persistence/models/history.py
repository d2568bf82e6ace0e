"""What happened: `change` holds values and may be erased when a person must be forgotten; `journal` never is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Base


class Change(Base):
    """One changed field; a new or deleted record is one row with all its fields as JSON (`field` is empty)."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "txn"), Index(None, "record_id", "seq"), {**STRICT, "sqlite_autoincrement": True})

    seq: Mapped[int] = mapped_column(primary_key=True)
    txn: Mapped[UUID]
    commune: Mapped[str]
    table: Mapped[str] = mapped_column("table_name")
    record_id: Mapped[UUID]
    op: Mapped[str]
    """i(nsert), u(pdate), d(elete)."""
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    at: Mapped[datetime]
    user_id: Mapped[UUID]
    device_id: Mapped[UUID]


class Journal(Base):
    """One transaction, without values, each row chained to the one before by BLAKE2b."""

    __tablename__ = "journal"
    __table_args__ = (
        Index(None, "txn", unique=True),
        Index(None, "subject_id"),
        {**STRICT, "sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    txn: Mapped[UUID]
    commune: Mapped[str]
    at: Mapped[datetime]
    user_id: Mapped[UUID]
    device_id: Mapped[UUID]
    action: Mapped[str]
    """Code of the use case, e.g. person.correct; labels in services/step_names.py."""
    subject_table: Mapped[str]
    subject_id: Mapped[UUID | None]
    undoable: Mapped[bool]
    undoes: Mapped[UUID | None]
    """The transaction this one takes back."""
    changes: Mapped[int]
    digest: Mapped[str]
    """Keyed BLAKE2b over the change rows of the transaction."""
    previous: Mapped[str]
    hash: Mapped[str]
