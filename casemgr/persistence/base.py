"""What every table shares: ids, version, commune, and the column types that survive a move to another database."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID

import uuid_utils
from sqlalchemy import Dialect, ForeignKey, Integer, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

STRICT: dict[str, Any] = {"sqlite_strict": True}


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): sorts by the moment it was made, so that files of two offices can merge later."""
    return UUID(int=uuid_utils.uuid7().int)


class Uid(TypeDecorator[UUID]):
    """A UUID as 16 bytes."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> UUID | None:
        return None if value is None else UUID(bytes=value)


class Day(TypeDecorator[date]):
    """A calendar day as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment as ISO text in UTC: SQLite would drop the zone silently."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a time zone"
            raise ValueError(message)
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """A truth value as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Codes(TypeDecorator[tuple[str, ...]]):
    """A small ordered set of codes as a JSON list; read and written whole."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


class Base(DeclarativeBase):
    """The declarative base; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: Integer,
        bytes: LargeBinary,
        UUID: Uid,
        date: Day,
        datetime: Moment,
        bool: Flag,
        tuple[str, ...]: Codes,
    }


class Record(Base):
    """A row people keep: every change of it is written to the change log in the same transaction."""

    __abstract__ = True
    __table_args__: Any = STRICT

    id: Mapped[UUID] = mapped_column(Uid, primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    commune: Mapped[str] = mapped_column(Text, nullable=False)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def refers_to(target: str) -> ForeignKey:
    """A foreign key checked at commit, so that a transaction may write its rows in any order."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def unlogged(column: Any = LargeBinary, **options: Any) -> Any:  # noqa: ANN401 - passes through to SQLAlchemy
    """A column whose value is not copied into the change log (large, and frozen by its hash)."""
    return mapped_column(column, info={"unlogged": True}, **options)


def derived() -> Any:  # noqa: ANN401 - passes through to SQLAlchemy
    """A column computed from others of the same row (`persistence/deriving.py`); not copied into the change log."""
    return mapped_column(info={"unlogged": True, "derived": True})


_PLAIN: dict[type, Callable[[Any], Any]] = {
    UUID: str,
    datetime: lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    date: lambda value: value.isoformat(),
    tuple: list,
}


def to_plain(value: Any) -> Any:  # noqa: ANN401 - any column value
    """A column value as JSON knows it."""
    convert = _PLAIN.get(type(value))
    return value if convert is None else convert(value)


def from_plain(kind: Any, value: Any) -> Any:  # noqa: ANN401 - the inverse of `to_plain` for a column type
    """The column value again, from what `to_plain` made of it."""
    if value is None:
        return None
    if isinstance(kind, Uid):
        return UUID(value)
    if isinstance(kind, Day):
        return date.fromisoformat(value)
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if isinstance(kind, Codes):
        return tuple(value)
    return value
