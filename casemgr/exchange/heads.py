"""Which rows of a list begin a household: by numbers, relations or codes, whichever the table offers."""

from collections.abc import Iterator

from casemgr.domain.people import Relation
from casemgr.exchange.cells import words
from casemgr.exchange.people import RowReader
from casemgr.exchange.prepared import PreparedTable
from casemgr.exchange.workbooks import Row


class HeadRule:
    """Which rows begin a household, by what this table offers: numbers, relations, codes."""

    def __init__(self, table: PreparedTable, rows: list[Row]) -> None:
        self._table = table
        self._field = "household_number" if table.has("household_number") else "number"
        self._numbered = table.has(self._field)
        filled = sum(self._number(row) != "" for row in rows) if self._numbered else 0
        self._all_numbered = self._numbered and filled == len(rows)
        self._numbers_mark = self._numbered and 0 < filled < len(rows)
        self._relations = table.has("relation") and any(
            column < len(row.values) and row.values[column] for row in rows for column in table.columns["relation"]
        )
        self._last = ""

    def _number(self, row: Row) -> str:
        return words(self._table.value(row, self._table.column(self._field)))

    def begins(self, reader: RowReader, relation: Relation | None, *, first: bool) -> tuple[bool, str]:
        """Whether the row begins a household, and the reason when that is doubtful."""
        number = self._number(reader.row) if self._numbered else ""
        last, self._last = self._last, number or self._last
        other = relation is not None and relation is not Relation.HEAD
        if self._numbers_mark:
            if number:
                return not other, ""
            return (True, "second-head") if relation is Relation.HEAD else (False, "")
        if self._all_numbered and self._field == "household_number" and number == last:
            return (True, "second-head") if relation is Relation.HEAD else (False, "")
        if self._relations:
            return relation is Relation.HEAD or (relation is None and (bool(number) or first)), ""
        if self._table.has("member_name") and self._table.has("head_name"):
            return bool(words(reader.value("head_name")[1])), ""
        if self._table.has("household_code"):
            code = reader.text("household_code")
            begins = bool(code) and code != self._code(reader)
            return begins or first, ""
        return True, ""

    def _code(self, reader: RowReader) -> str:
        rows: Iterator[Row] = (row for row in self._table.rows if row.number == reader.row.number - 1)
        above = next(rows, None)
        return words(self._table.value(above, self._table.column("household_code"))) if above else ""
