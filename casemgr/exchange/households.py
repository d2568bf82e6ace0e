"""Gathering rows into households: whose row begins one, what its head's row says, and what the list itself says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from casemgr.domain.households import HouseholdClass, PolicyFlag
from casemgr.domain.imports import CellNote, ImportedHousehold, ImportedPerson, Severity, SkippedRow
from casemgr.domain.money import read_money
from casemgr.domain.people import Relation
from casemgr.domain.readings import Reading
from casemgr.exchange.addresses import split_address
from casemgr.exchange.cells import (
    plain,
    read_causes,
    read_class,
    read_count,
    read_flag,
    read_score,
    read_scores,
    words,
)
from casemgr.exchange.people import RowReader
from casemgr.exchange.prepared import PreparedTable
from casemgr.exchange.rows import PERSON, RowKind, classify
from casemgr.exchange.workbooks import Row, Sheet

_FLAGS: Final = {
    "minority": PolicyFlag.ETHNIC_MINORITY,
    "no_labour": PolicyFlag.NO_LABOUR,
    "merit": PolicyFlag.MERIT,
    "social_protection": PolicyFlag.SOCIAL_PROTECTION,
}
_MARKS: Final = {
    "class_poor": HouseholdClass.POOR,
    "class_near_poor": HouseholdClass.NEAR_POOR,
    "class_escaped_poor": HouseholdClass.ESCAPED_POOR,
    "class_escaped_near_poor": HouseholdClass.ESCAPED_NEAR_POOR,
}
_MEMBER_FACTS: Final = {
    "hamlet": "hamlet",
    "address": "address",
    "class": "value",
    **dict.fromkeys(_MARKS, "value"),
    "b1": "b1",
    "b2": "b2",
    "decision_number": "decision_number",
    "causes": "causes",
}
"""Columns whose facts are taken from a member's row when the head's row has none, and what they fill."""


@dataclass
class _Tally:
    """Sums to compare with the totals a list writes itself."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, number: int) -> None:
        self.counts[name] = self.counts.get(name, 0) + number


@dataclass
class _Draft:
    """A household being gathered."""

    data: ImportedHousehold
    people: list[ImportedPerson]
    notes: list[CellNote]
    rows: list[Row]


class ListReader:
    """Reads one table of a sheet into households."""

    def __init__(self, sheet: Sheet, table: PreparedTable, today: date, *, title_class: HouseholdClass | None) -> None:
        self.table = table
        self.today = today
        self.notes: list[CellNote] = []
        self.skipped: list[SkippedRow] = []
        self.households: list[ImportedHousehold] = []
        self._hidden = sheet.hidden_rows
        self._spans = {merge[0]: merge[3] - merge[1] + 1 for merge in sheet.merges}
        self._title_class = title_class
        self._class: HouseholdClass | None = None
        self._hamlet = ""
        self._section = ""
        self._draft: _Draft | None = None
        self._tally = _Tally()
        self._part = _Tally()
        self._number: str = ""
        kinds = [(row, self._kind(row)) for row in table.rows]
        self._heads = _HeadRule(table, [row for row, kind in kinds if kind is PERSON])
        self._read(kinds)

    def _kind(self, row: Row) -> RowKind:
        near = row.number + 1 < self.table.table.first_row + 3
        return classify(self.table, row, spans=self._spans.get(row.number, 1), near_titles=near)

    def _read(self, kinds: Iterable[tuple[Row, RowKind]]) -> None:
        stopped = other = False
        hidden = 0
        for row, kind in kinds:
            if kind.kind == "header":
                stopped = other = False  # the titles again: on a new page, or above the next hamlet
            if kind.kind == "other-table" and not other:
                other = True
                text = kind.text[:200]
                self.notes.append(
                    CellNote(self.table.sheet, row.number + 1, 0, "", text, "", "other-table", Severity.ERROR)
                )
            if other and kind.kind != "blank":
                self._skip(row, "other-table", kind.text)
                continue
            if stopped and kind.kind != "blank":
                self._skip(row, "after-signature", kind.text or self._shown(row))
                continue
            if kind is PERSON:
                hidden += row.number in self._hidden
                self._person_row(row)
            elif kind.kind == "section":
                self._begin_section(row, kind)
            elif kind.kind == "subtotal":
                self._close()
                self._compare(row, kind)
            elif kind.kind == "nameless":
                reader = RowReader(self.table, row, self.today)
                reader.note(-1, "name", kind.text, "", "no-name-in-row", Severity.ERROR)
                self.notes.extend(reader.notes)
                self._skip(row, "text", kind.text)
            elif kind.kind != "blank":
                stopped = kind.kind == "signature"
                self._skip(row, kind.kind, kind.text)
        self._close()
        if hidden:
            self.notes.append(
                CellNote(self.table.sheet, 0, 0, "", str(hidden), str(hidden), "hidden-rows", Severity.INFO)
            )

    def _shown(self, row: Row) -> str:
        texts = (words(self.table.value(row, column)) for column in range(len(row.values)))
        return " ".join(text for text in texts if text)

    def _skip(self, row: Row, kind: str, text: str) -> None:
        self.skipped.append(SkippedRow(self.table.sheet, row.number + 1, kind, text or self._shown(row)))

    def _begin_section(self, row: Row, kind: RowKind) -> None:
        self._close()
        if kind.value:
            self._class = kind.value
        if kind.hamlet:
            self._hamlet = kind.hamlet
        elif not kind.value:
            self._section = kind.text
        self._part = _Tally()
        self._skip(row, "section", kind.text)

    # --- people ------------------------------------------------------------------------------------------------------

    def _person_row(self, row: Row) -> None:
        reader = RowReader(self.table, row, self.today)
        names = reader.names()
        if not names:
            self.notes.extend(reader.notes)
            self._skip(row, "text", "")
            return
        relation, text = reader.relation(names[0].relation)
        begins, doubt = self._heads.begins(reader, relation, first=self._draft is None)
        if doubt:
            reader.note(-1, "relation", text, "", doubt, Severity.DOUBT)
        if self.table.ditto or row.marks:
            self._look_at_marks(reader)
        if not begins and self._draft is None:
            reader.note(-1, "relation", names[0].name.name, text, "no-head", Severity.ERROR)
            self.notes.extend(reader.notes)
            self._skip(row, "text", "")
            return
        people = []
        for index, name in enumerate(names):
            if len(names) > 1:
                reader.split_cells(len(names), index)
            if index:
                relation, text = reader.relation(name.relation)
            own = Relation.HEAD if begins and index == 0 else (relation or Relation.OTHER)
            if own is Relation.HEAD and not (begins and index == 0):
                own = Relation.OTHER
            people.append(reader.person(name, own, text))
        if begins:
            self._close()
            data = self._household(reader, people[0])
            self._draft = _Draft(data, people, reader.notes, [row])
        elif self._draft is not None:
            self._draft.people.extend(people)
            self._draft.notes.extend(reader.notes)
            self._draft.rows.append(row)

    def _look_at_marks(self, reader: RowReader) -> None:
        column = self.table.column(next(name for name in ("name", "member_name", "head_name") if self.table.has(name)))
        cells = [reader.row.cell(place) for place in (column, *self.table.columns.get("head_name", ()))]
        if any(cell.crossed and cell.value for cell in cells):
            reader.note(column, "name", plain(reader.row.cell(column).value), "", "crossed-out", Severity.DOUBT)

    # --- the household's own facts -----------------------------------------------------------------------------------

    def _household(self, reader: RowReader, head: ImportedPerson) -> ImportedHousehold:
        facts = self._facts(reader)
        facts["place_hints"] = tuple(filter(None, (self._section, self.table.sheet)))
        if not facts.get("hamlet"):
            facts["hamlet"] = self._hamlet
        remarks = reader.text("note")
        if remarks:
            facts["remarks"] = remarks
        return ImportedHousehold(
            sheet=self.table.sheet,
            row=reader.row.number + 1,
            members=(head,),
            **facts,  # type: ignore[arg-type] # the names are fields of ImportedHousehold
        )

    def _facts(self, reader: RowReader) -> dict[str, object]:
        columns = self.table.columns
        facts: dict[str, object] = self._places(reader)
        value = self._class_of(reader)
        if value is not None:
            facts["value"] = value
        facts |= self._scores(reader)
        if "household_code" in columns and (code := reader.text("household_code")):
            facts["code"] = code
        if "decision_number" in columns and (number := reader.text("decision_number")):
            facts["decision_number"] = number
        if "decision_date" in columns:
            column, cell = reader.value("decision_date")
            signed = None if cell is None else reader._date("decision_date", column, cell)  # noqa: SLF001 - same concern
            if signed and signed.precision == "day":
                facts["decision_date"] = signed.first_day
        if "members" in columns:
            column, cell = reader.value("members")
            stated = None if cell is None else read_count(cell)
            if stated is not None and stated.rejected:
                reader.note(column, "members", plain(cell), "", stated.rejected, Severity.DOUBT)
            elif stated is not None:
                facts["stated_members"] = stated.value
        if "causes" in columns:
            column, cell = reader.value("causes")
            if cell is not None:
                causes = reader.take("causes", column, cell, read_causes(plain(cell)), "; ".join)
                facts["causes"] = causes or ()
        if "phone" in columns:
            facts["phone"] = reader.phone()
        flags = tuple(flag.value for name, flag in _FLAGS.items() if name in columns and self._flag(reader, name))
        if flags:
            facts["flags"] = flags
        if "amount" in columns:
            self._amount(reader)
        return {name: value for name, value in facts.items() if value not in (None, "", ())}

    def _flag(self, reader: RowReader, name: str) -> bool:
        column, cell = reader.value(name)
        marked = None if cell is None else reader.take(name, column, cell, read_flag(cell))
        return bool(marked)

    def _places(self, reader: RowReader) -> dict[str, object]:
        found: dict[str, object] = {}
        rests: list[str] = []
        for name in ("hamlet", "address", "permanent_address"):
            if name not in self.table.columns:
                continue
            for column, cell in reader.values(name):
                text = words(cell)
                if text in {"-", "--"}:
                    continue
                address = split_address(text)
                if address.commune:
                    read = f"{address.commune_name} ({address.commune})"
                    reader.note(column, name, text, read, "address-elsewhere", Severity.INFO)
                    found["commune"] = address.commune
                if name == "permanent_address":
                    found[name] = text
                    continue
                if name == "hamlet" and not address.hamlet:
                    found["hamlet"] = address.rest
                elif address.hamlet:
                    found.setdefault("hamlet", address.hamlet)
                    rests.append(address.rest)
                else:
                    rests.append(address.rest)
        rest = ", ".join(filter(None, rests))
        if rest:
            found["address"] = rest
        return found

    def _class_of(self, reader: RowReader) -> HouseholdClass | None:
        columns = self.table.columns
        marked: list[HouseholdClass] = []
        places: list[int] = []
        for name, value in _MARKS.items():
            if name in columns:
                column, cell = reader.value(name)
                if cell is None:
                    continue
                if reader.take(name, column, cell, read_flag(cell)):
                    marked.append(value)
                    places.append(column)
        if len(marked) > 1:
            reader.note(places[-1], "class", "", "; ".join(marked), "class-both", Severity.ERROR)
            return None
        if marked:
            return marked[0]
        if "class" in columns:
            column, cell = reader.value("class")
            if cell is not None:
                reading = read_class(words(cell))
                if not reading.empty:
                    return reader.take("class", column, cell, reading)
        return self._class or self._title_class

    def _scores(self, reader: RowReader) -> dict[str, object]:
        found: dict[str, object] = {}
        for name in ("b1", "b2"):
            if name not in self.table.columns:
                continue
            column, cell = reader.value(name)
            if cell is None:
                continue
            both = read_scores(cell) if isinstance(cell, str) and "2" in cell and "b" in cell.lower() else None
            if both and both.value and both.value[1] is not None:
                found["b1"], found["b2"] = both.value
            else:
                score = reader.take(name, column, cell, read_score(cell))
                found[name] = score
        if "score" in self.table.columns:
            column, cell = reader.value("score")
            if cell is not None:
                pair = reader.take("score", column, cell, read_scores(cell))
                if pair:
                    found["b1"], found["b2"] = pair
        return found

    def _amount(self, reader: RowReader) -> None:
        """Read for its doubts and for the totals; the file has no place for amounts yet."""
        column, cell = reader.value("amount")
        if cell is None or isinstance(cell, (bool, date)):
            return
        reading: Reading[int] = read_money(cell)
        amount = reader.take("amount", column, cell, reading)
        if amount is None:
            return
        if ("thousands", column) in self.table.answered:
            amount *= 1000
            reader.note(column, "amount", plain(cell), str(amount), "unit-thousand", Severity.INFO)
        for tally in (self._tally, self._part):
            tally.add("amount", amount)

    # --- closing -----------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        household = self._completed(draft)
        notes = draft.notes
        stated = household.stated_members
        if stated is not None and len(draft.people) > 1 and stated != len(draft.people):
            notes.append(self._row_note(household.row, "members", str(stated), str(len(draft.people)), "count-differs"))
        if household.value is None and self._has_class() and not any(n.reason.startswith("class-") for n in notes):
            notes.append(self._row_note(household.row, "class", "", "", "class-missing"))
        household = replace(household, members=tuple(draft.people), notes=tuple(notes))
        self.households.append(household)
        for tally in (self._tally, self._part):
            tally.add("households", 1)
            tally.add("people", len(draft.people) if len(draft.people) > 1 else stated or 1)
            tally.add("members", stated or 0)
            for name, value in _MARKS.items():
                tally.add(name, household.value is value)

    def _has_class(self) -> bool:
        return any(self.table.has(name) for name in ("class", *_MARKS))

    def _row_note(self, row: int, name: str, raw: str, read: str, reason: str) -> CellNote:
        column = self.table.column(name) + 1 if self.table.has(name) else 0
        return CellNote(self.table.sheet, row, column, name, raw, read, reason, Severity.DOUBT)

    def _completed(self, draft: _Draft) -> ImportedHousehold:
        """The household with what only a member's row says."""
        data = draft.data
        lacking = [name for name, target in _MEMBER_FACTS.items() if getattr(data, target) in (None, "", ())]
        columns = [column for name in lacking for column in self.table.columns.get(name, ())]
        for row in draft.rows[1:]:
            if not any(column < len(row.values) and row.values[column] not in (None, "") for column in columns):
                continue
            reader = RowReader(self.table, row, self.today)
            saved_class, saved_title = self._class, self._title_class
            self._class = self._title_class = None
            facts = self._facts(reader)
            self._class, self._title_class = saved_class, saved_title
            facts.pop("phone", None)
            draft.notes.extend(note for note in reader.notes if note.severity is not Severity.INFO)
            missing = {name: value for name, value in facts.items() if getattr(data, name) in (None, "", ())}
            if missing:
                data = replace(data, **missing)  # type: ignore[arg-type] # the names are fields of ImportedHousehold
                shown = "; ".join(str(value) for value in missing.values())
                draft.notes.append(
                    CellNote(
                        self.table.sheet, row.number + 1, 0, next(iter(missing)), shown, shown,
                        "household-value-below", Severity.INFO,
                    )
                )  # fmt: skip
        return data

    def _compare(self, row: Row, kind: RowKind) -> None:
        """A total the list writes against what was read: since the last section or total, or of the whole list."""
        self._skip(row, "subtotal", kind.text)
        for name, stated in kind.counts.items():
            read = {self._part.counts.get(name, 0), self._tally.counts.get(name, 0)}
            if stated not in read:
                self.notes.append(self._row_note(row.number + 1, name, str(stated), str(max(read)), "total-differs"))
        self._part = _Tally()


class _HeadRule:
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
