"""One table made readable: old encodings voted per column, merged and ditto cells filled, questions found."""

import datetime
import re
from collections.abc import Iterator

from casemgr.domain import legacy
from casemgr.domain.imports import CellNote, Question, Severity, TableUse
from casemgr.exchange.cells import Value, is_ditto, plain
from casemgr.exchange.columns import in_thousands, label_key
from casemgr.exchange.headers import decode_cell
from casemgr.exchange.workbooks import Row, Sheet
from casemgr.exchange.xlsxstyles import FONT_MASK, FONTS

FILLED: frozenset[str] = frozenset(
    {"hamlet", "address", "permanent_address", "ethnic", "class", "decision_number", "decision_date"}
)
"""Fields in which a ditto mark or a merge down several rows repeats the value above."""

_BIRTHS = frozenset({"birth", "birth_male", "birth_female"})
_BIRTH_FIELDS = ("birth", "birth_year", "birth_male", "birth_female")
_ENOUGH_VOTES = 5
_SAMPLE = 400
_FIRST_OF_JANUARY = re.compile(r"\s*0?1\s*[/.-]\s*0?1\s*[/.-]\s*\d{4}\s*")
_DAY_FIRST = re.compile(r"\s*(1[3-9]|2\d|3[01])\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}\s*")


class PreparedTable:
    """Values of a table by field, decoded and filled; `rows` are those below the titles."""

    def __init__(self, sheet: Sheet, table: TableUse, answers: frozenset[str]) -> None:
        self.sheet = table.sheet
        self.table = table
        self.rows = [row for row in sheet.rows if row.number + 1 >= table.first_row]
        self.notes: list[CellNote] = []
        self.questions: list[Question] = []
        self.columns: dict[str, list[int]] = {}
        self._answers = answers
        self.titles = {use.column - 1: label_key(use.label).split(" | ") for use in table.columns}
        for use in table.columns:
            if use.field:
                self.columns.setdefault(use.field, []).append(use.column - 1)
        self._forced = {use.column - 1: use.encoding for use in table.columns if use.encoding}
        self._votes = self._vote(sheet.width)
        self.ditto: set[tuple[int, int]] = set()
        self._filled: dict[tuple[int, int], Value] = {}
        self._covered: set[tuple[int, int]] = set()
        self._decode_lone()
        self._fill_merges(sheet)
        self._fill_dittos()
        self.answered: set[tuple[str, int]] = set()
        self._ask()
        self.careful = self._careful()

    def _careful(self) -> frozenset[int]:
        """Columns whose cells cannot be taken as they are: other encodings, filled cells, ditto marks."""
        columns = {*self._forced, *self._votes, *(column for _row, column in self._filled)}
        for row in self.rows:
            columns.update(column for column, mark in row.marks.items() if mark & FONT_MASK)
            columns.update(row.faults)
            for column, value in enumerate(row.values):
                if type(value) is str and len(value) < 12 and column not in columns and is_ditto(value):
                    columns.add(column)
        return frozenset(columns)

    def has(self, field: str) -> bool:
        """Whether a column holds this field."""
        return field in self.columns

    def column(self, field: str) -> int:
        """The first column of a field, counted from 0."""
        return self.columns[field][0]

    def value(self, row: Row, column: int) -> Value:
        """The content of a cell, decoded and filled from above."""
        value = row.values[column] if column < len(row.values) else None
        if self._filled and (row.number, column) in self._filled:
            return self._filled[row.number, column]
        if type(value) is str and not value.isascii():
            return self._decode(row, column, value)
        return value

    def _decode(self, row: Row, column: int, text: str) -> str:
        forced = self._forced.get(column)
        if forced:
            return decode_cell(text, FONTS.get(forced, 0), "unicode")
        font = row.marks.get(column, 0) & FONT_MASK if row.marks else 0
        return decode_cell(text, font, self._votes.get(column, "unicode"))

    def _texts(self, column: int) -> list[str]:
        """Non-ASCII texts of a column about whose encoding no font speaks."""
        found = []
        for row in self.rows:
            if column < len(row.values):
                value = row.values[column]
                if type(value) is str and not value.isascii() and not row.marks.get(column, 0) & FONT_MASK:
                    found.append(value)
                    if len(found) == _SAMPLE:
                        break
        return found

    def _vote(self, width: int) -> dict[int, str]:
        texts = {column: self._texts(column) for column in range(width) if column not in self._forced}
        everything = legacy.detect(text for column in texts.values() for text in column[:50])
        votes: dict[int, str] = {}
        for column, found in texts.items():
            vote = legacy.detect(found) if len(found) >= _ENOUGH_VOTES else everything
            if found and vote != "unicode":
                votes[column] = vote
                raw = next((text for text in found if max(text) <= "\xff"), found[0])
                note = f"decoded-{vote}"
                self.add_column_note(column, raw.strip(), decode_cell(raw, 0, vote).strip(), note, Severity.DOUBT)
        for column in range(width):
            self._note_fonts(column)
        return votes

    def _decode_lone(self) -> None:
        """Cells in an old encoding without its font, in a column of Unicode: each is doubtful and shown."""
        fields = {use.column - 1: use.field for use in self.table.columns if use.field}
        columns = [column for column in fields if column not in self._forced and column not in self._votes]
        for row in self.rows:
            for column in columns:
                raw = row.values[column] if column < len(row.values) else None
                if type(raw) is not str or raw.isascii() or max(raw) > "\xff" or row.marks.get(column, 0) & FONT_MASK:
                    continue
                encoding = legacy.detect_lone(raw)
                if encoding:
                    read = self._filled[row.number, column] = decode_cell(raw, FONTS[encoding], "unicode")
                    note = CellNote(
                        self.sheet, row.number + 1, column + 1, fields[column], raw.strip(), read.strip(),
                        f"decoded-{encoding}", Severity.DOUBT,
                    )  # fmt: skip
                    self.notes.append(note)

    def _note_fonts(self, column: int) -> None:
        """One remark per column whose cells were decoded because of their font."""
        for row in self.rows:
            font = row.marks.get(column, 0) & FONT_MASK if row.marks else 0
            if font and column < len(row.values):
                raw = plain(row.values[column]).strip()
                if not raw.isascii() and max(raw) <= "\xff" and column not in self._forced:
                    code = "decoded-vni" if font == FONTS["vni"] else "decoded-tcvn3"
                    read = decode_cell(plain(row.values[column]), font, "unicode").strip()
                    self.add_column_note(column, raw, read, code, Severity.INFO)
                    return

    def add_column_note(self, column: int, raw: str, read: str, reason: str, severity: Severity) -> None:
        """A remark on a whole column."""
        field = next((use.field for use in self.table.columns if use.column == column + 1), "")
        self.notes.append(CellNote(self.sheet, 0, column + 1, field, raw, read, reason, severity))

    def _fill_merges(self, sheet: Sheet) -> None:
        filled = {column for field in FILLED for column in self.columns.get(field, ())}
        births = {column for field in _BIRTH_FIELDS for column in self.columns.get(field, ())}
        by_number = {row.number: row for row in self.rows}
        for top, left, bottom, right in sheet.merges:
            for column in births:
                if left <= column <= right:
                    inside = (number for number in range(top, bottom + 1) if number in by_number)
                    self._covered.update((number, column) for number in inside if (number, column) != (top, left))
            if top < bottom and left == right and left in filled and top in by_number:
                value = self.value(by_number[top], left)
                for number in range(top + 1, bottom + 1):
                    self._filled[number, left] = value

    def covered_birth(self, row: Row) -> tuple[str, int] | None:
        """Field and column of the row's birth that lies under a merged cell beginning elsewhere."""
        if self._covered:
            for field in _BIRTH_FIELDS:
                for column in self.columns.get(field, ()):
                    if (row.number, column) in self._covered:
                        return field, column
        return None

    def _fill_dittos(self) -> None:
        for field in FILLED:
            for column in self.columns.get(field, ()):
                above: Value = None
                for row in self.rows:
                    value = self.value(row, column)
                    if is_ditto(value):
                        self.ditto.add((row.number, column))
                        self._filled[row.number, column] = above
                    elif value is not None:
                        above = value

    # --- what only the person knows ----------------------------------------------------------------------------------

    def _question(self, code: str, column: int, count: int, of: int) -> None:
        question = Question(code, self.sheet, column + 1, count, of)
        if question.key in self._answers:
            self.answered.add((code, column))
            question = Question(code, self.sheet, column + 1, count, of, answered=True)
        self.questions.append(question)

    def _ask(self) -> None:
        for use in self.table.columns:
            column = use.column - 1
            if use.field in _BIRTHS:
                self._ask_about_births(column)
            elif use.field == "amount" and in_thousands(use.label):
                numbers = [value for value in self._values(column) if isinstance(value, (int, float)) or value]
                if numbers:
                    self._question("thousands", column, len(numbers), len(numbers))
        if self.has("sex_female") and not {"sex_male", "sex", "birth_male", "birth_female"} & set(self.columns):
            column = self.column("sex_female")
            values = [row.values[column] if column < len(row.values) else None for row in self._people()]
            blank = sum(value is None or value == "" for value in values)
            if blank and blank < len(values):
                self._question("blank-is-male", column, blank, len(values))

    def _values(self, column: int) -> Iterator[Value]:
        return (row.values[column] for row in self.rows if column < len(row.values) and row.values[column] is not None)

    def _people(self) -> Iterator[Row]:
        names = [column for field in ("name", "head_name", "member_name") for column in self.columns.get(field, ())]
        for row in self.rows:
            if any(column < len(row.values) and row.values[column] for column in names):
                yield row

    def _ask_about_births(self, column: int) -> None:
        real = first = day_over_12 = total = 0
        texts_over_12 = False
        for value in self._values(column):
            if isinstance(value, datetime.date):
                if value.year < 1906:  # a year typed into a date cell
                    continue
                total += 1
                real += 1
                day_over_12 += value.day > 12
                first += value.day == value.month == 1
            elif isinstance(value, str):
                total += 1
                texts_over_12 = texts_over_12 or bool(_DAY_FIRST.fullmatch(value))
                first += bool(_FIRST_OF_JANUARY.fullmatch(value))
            else:
                total += 1
        if real >= 2 and not day_over_12 and texts_over_12:
            self._question("swap-day-month", column, real, total)
        if total >= 10 and first > 0.3 * total:
            self._question("year-only", column, first, total)
