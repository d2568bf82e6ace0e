"""Gathering rows into households: whose row begins one, what its head's row says, and what the list itself says."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import CellNote, ImportedHousehold, ImportedPerson, Severity, SkippedRow
from casemgr.domain.people import Relation
from casemgr.exchange.cells import plain, words
from casemgr.exchange.facts import CLASS_MARKS, household_facts, read_amount
from casemgr.exchange.heads import HeadRule
from casemgr.exchange.people import RowReader
from casemgr.exchange.prepared import PreparedTable
from casemgr.exchange.rows import PERSON, RowKind, classify
from casemgr.exchange.workbooks import Row, Sheet

_MEMBER_FACTS: Final = {
    "hamlet": "hamlet",
    "address": "address",
    "class": "value",
    **dict.fromkeys(CLASS_MARKS, "value"),
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
        self._heads = HeadRule(table, [row for row, kind in kinds if kind is PERSON])
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
        facts = household_facts(reader, self._class or self._title_class)
        if self.table.has("amount") and (amount := read_amount(reader)) is not None:
            for tally in (self._tally, self._part):
                tally.add("amount", amount)
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
            for name, value in CLASS_MARKS.items():
                tally.add(name, household.value is value)

    def _has_class(self) -> bool:
        return any(self.table.has(name) for name in ("class", *CLASS_MARKS))

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
            facts = household_facts(reader, None)
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
