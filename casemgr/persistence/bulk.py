"""Many rows into one table at once: the driver's own executemany, without the mapper's work for each row."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Table, inspect
from sqlalchemy.orm import Session

from casemgr.persistence.base import Base, Uid

Convert = Callable[[Any], Any]


def insert_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, which all have the keys of the first; what they leave out the database fills in."""
    if not rows:
        return
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - narrows the type for mypy
    connection = session.connection()
    dialect = connection.dialect
    quoted = dialect.identifier_preparer
    columns = {attr.key: attr.columns[0] for attr in inspect(model).column_attrs if attr.key in rows[0]}
    into = ", ".join(quoted.quote(column.name) for column in columns.values())
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {quoted.format_table(table)} ({into}) VALUES ({marks})"  # noqa: S608 - names of ours
    values = [_converted(rows, key, _converter(column, dialect)) for key, column in columns.items()]
    connection.exec_driver_sql(statement, list(zip(*values, strict=True)))


def _converter(column: ColumnElement[Any], dialect: Dialect) -> Convert | None:
    if isinstance(column.type, Uid):
        return attrgetter("bytes")
    convert: Convert | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    return convert


def _converted(rows: Sequence[Mapping[str, Any]], key: str, convert: Convert | None) -> list[Any]:
    """The values of one column as the driver takes them; the same object in a row is converted once."""
    if convert is None:
        return [row[key] for row in rows]
    values = []
    last = value = None
    for row in rows:
        current = row[key]
        if current is not last:
            last, value = current, None if current is None else convert(current)
        values.append(value)
    return values
