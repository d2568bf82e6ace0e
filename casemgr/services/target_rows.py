"""Rows as the file holds them, for the targets: a province has hundreds of thousands, and few become objects.

Ids stay their 16 bytes; only an opened list needs more.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, LargeBinary, SQLColumnExpression, type_coerce

from casemgr.persistence.uow import UnitOfWork

Id = bytes
Ids = frozenset[bytes]

_AT_ONCE: Final = 10_000
_PART: Final = 30_000
"""Ids in one statement; the engine takes at most 32,766."""


def raw(column: SQLColumnExpression[Any]) -> ColumnElement[bytes]:
    """An id as its bytes."""
    return type_coerce(column, LargeBinary)


def fetch(uow: UnitOfWork, statement: Executable) -> Iterator[tuple[Any, ...]]:
    """Rows one by one: ids as bytes, days as ISO text, flags as 0 and 1."""
    cursor = uow.session.connection().execute(statement).cursor
    if cursor is None:
        return iter(())
    return chain.from_iterable(iter(lambda: cursor.fetchmany(_AT_ONCE), []))


def ids_of(uow: UnitOfWork, statement: Executable) -> Ids:
    """The first column of a statement."""
    return frozenset([row[0] for row in fetch(uow, statement)])


def parts(ids: Sequence[Id]) -> Iterable[Sequence[Id]]:
    """Ids in portions one statement can take."""
    return (ids[start : start + _PART] for start in range(0, len(ids), _PART))
