"""Compares case files by what their tables are and hold, not by how the statements were written."""

from sqlalchemy import Connection

# ruff: noqa: S608 - the names come from the file under test


def describe(connection: Connection) -> dict[str, object]:
    """Every table, index and reference of a file, in a form that two files can be compared by."""

    def rows(sql: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]

    tables = rows(
        "SELECT name, type, ncol, wr, strict FROM pragma_table_list WHERE schema = 'main' "
        "AND name NOT LIKE 'sqlite%' ORDER BY name"
    )
    found: dict[str, object] = {"tables": tables}
    for name, kind, *_rest in tables:
        if kind == "virtual":
            found[f"{name} sql"] = [
                str(sql).split() for (sql,) in rows(f"SELECT sql FROM sqlite_schema WHERE name = '{name}'")
            ]
        found[f"{name} columns"] = sorted(
            rows(f"SELECT * FROM pragma_table_xinfo('{name}')"), key=lambda row: str(row[1])
        )
        found[f"{name} references"] = sorted(
            rows(f'SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list(\'{name}\')')
        )
        indexes = rows(f"SELECT name, \"unique\", origin, partial FROM pragma_index_list('{name}')")
        found[f"{name} indexes"] = sorted(
            (
                unique,
                origin,
                partial,
                *(str(column) for (column,) in rows(f"SELECT name FROM pragma_index_info('{index}') ORDER BY seqno")),
            )
            for index, unique, origin, partial in indexes
        )
    found["triggers"] = rows("SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name")
    return found


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every ordinary table."""
    names = (
        connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        .scalars()
        .all()
    )
    return {
        name: sorted((tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr)
        for name in names
    }
