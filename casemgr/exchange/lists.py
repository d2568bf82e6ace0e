"""From a workbook to an imported list: tables found, sheets passed over, households gathered, duplicates told."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import (
    CellNote,
    ColumnUse,
    ImportedHousehold,
    ImportedList,
    ImportedPerson,
    Question,
    Severity,
    SkippedRow,
    TableUse,
)
from casemgr.domain.text import fold
from casemgr.exchange import register
from casemgr.exchange.cells import class_in_title
from casemgr.exchange.columns import NOT_KEPT, field_of
from casemgr.exchange.headers import Remembered, find_table, title_lines
from casemgr.exchange.households import ListReader
from casemgr.exchange.prepared import PreparedTable
from casemgr.exchange.workbooks import Sheet, Workbook
from casemgr.i18n import _
from casemgr.jobs import Progress, silent, without_collecting

NOTHING_REMEMBERED: Final[Remembered] = MappingProxyType({})
_TITLE: Final = re.compile(r"^(danh sach|bang|bieu|so (quan ly|theo doi)|tong hop|ket qua)\b")
_YEAR: Final = re.compile(r"\bnam (20\d\d)\b")


def find_tables(workbook: Workbook, remembered: Remembered = NOTHING_REMEMBERED) -> list[TableUse | None]:
    """What each sheet's columns mean, in the order of the sheets; none for a sheet that is passed over."""
    return [_table_of(sheet, remembered) for sheet in workbook.sheets]


def _table_of(sheet: Sheet, remembered: Remembered) -> TableUse | None:
    if sheet.state != "visible" or not sheet.rows:
        return None
    return find_table(sheet, remembered) or register.fixed_table(sheet)


def with_field(table: TableUse, column: int, field: str, encoding: str = "") -> TableUse:
    """The table with one column understood otherwise; `column` counts from 1."""
    columns = [replace(use, field=field, encoding=encoding) if use.column == column else use for use in table.columns]
    if all(use.column != column for use in table.columns):
        columns.append(ColumnUse(column, "", field, encoding))
    return replace(table, columns=tuple(sorted(columns, key=lambda use: use.column)))


def read_list(
    workbook: Workbook,
    *,
    today: date,
    tables: Iterable[TableUse | None] | None = None,
    remembered: Remembered = NOTHING_REMEMBERED,
    answers: frozenset[str] = frozenset(),
    progress: Progress = silent,
) -> ImportedList:
    """Read all households of a workbook; `answers` are the keys of questions answered with yes."""
    with without_collecting():
        return _read(workbook, today, tables, remembered, answers, progress)


def _read(
    workbook: Workbook,
    today: date,
    tables: Iterable[TableUse | None] | None,
    remembered: Remembered,
    answers: frozenset[str],
    progress: Progress,
) -> ImportedList:
    found = list(tables) if tables is not None else find_tables(workbook, remembered)
    households: list[ImportedHousehold] = []
    notes: list[CellNote] = []
    questions: list[Question] = []
    skipped: list[SkippedRow] = []
    used: list[TableUse] = []
    year: int | None = None
    if not workbook.styles_read:
        notes.append(CellNote("", 0, 0, "", workbook.label, "", "styles-lost", Severity.DOUBT))
    for number, (sheet, table) in enumerate(zip(workbook.sheets, found, strict=True)):
        progress(number, len(found), _("Understanding sheet {name}").format(name=sheet.name.strip()))
        if table is None:
            notes.append(_passed_over(sheet))
            continue
        titles = [fold(line) for line in title_lines(sheet, table.header_row)]
        year = year or _year(titles)
        prepared = PreparedTable(sheet, table, answers)
        reader = ListReader(sheet, prepared, today, title_class=_class_of_titles(titles, sheet))
        used.append(table)
        households += reader.households
        notes += [*_column_notes(sheet, table), *prepared.notes, *reader.notes]
        questions += prepared.questions
        skipped += reader.skipped
        if not reader.households:
            notes.append(CellNote(table.sheet, 0, 0, "", table.sheet, "", "no-rows", Severity.INFO))
    households = _without_duplicates(households)
    unclassed = households and all(household.value is None for household in households)
    if unclassed and not any(note.reason == "class-missing" for one in households for note in one.notes):
        notes.append(CellNote("", 0, 0, "class", workbook.label, "", "class-missing", Severity.DOUBT))
    return ImportedList(
        label=workbook.label,
        tables=tuple(used),
        households=tuple(households),
        notes=tuple(notes),
        questions=tuple(questions),
        skipped=tuple(skipped),
        year=year,
    )


def _passed_over(sheet: Sheet) -> CellNote:
    name = sheet.name.strip()
    if not sheet.rows:
        return CellNote(name, 0, 0, "", name, "", "empty-sheet", Severity.INFO)
    if sheet.state != "visible":
        return CellNote(name, 0, 0, "", name, sheet.state, "hidden-sheet", Severity.INFO)
    return CellNote(name, 0, 0, "", name, "", "no-header", Severity.DOUBT)


def _year(titles: list[str]) -> int | None:
    ordered = sorted(titles, key=lambda line: not _TITLE.search(line))
    return next((int(match[1]) for line in ordered if (match := _YEAR.search(line))), None)


def _class_of_titles(titles: list[str], sheet: Sheet) -> HouseholdClass | None:
    for line in titles:
        if _TITLE.search(line):
            return class_in_title(line)
    return class_in_title(sheet.name)


def _column_notes(sheet: Sheet, table: TableUse) -> list[CellNote]:
    """Columns with content that are not read, or read but not kept."""
    notes: list[CellNote] = []
    known = {use.column: use for use in table.columns}
    read = {use.field for use in table.columns if use.field}
    rows = [row for row in sheet.rows if row.number + 1 >= table.first_row]
    for column in range(1, sheet.width + 1):
        use = known.get(column)
        if use and use.field and use.field not in NOT_KEPT:
            continue
        filled = sum(1 for row in rows if column <= len(row.values) and row.values[column - 1] not in (None, ""))
        if filled < 2 and not (use and filled):
            continue
        label = use.label if use else ""
        reason = "column-not-kept" if use and use.field else "column-unused"
        if not (use and use.field) and field_of(label) in read:
            reason = "column-twice"
        notes.append(
            CellNote(table.sheet, 0, column, use.field if use else "", label, str(filled), reason, Severity.INFO)
        )
    return notes


def _without_duplicates(households: list[ImportedHousehold]) -> list[ImportedHousehold]:
    """Tell both rows of an identity number that stands twice; the number stays only on the first."""
    seen: dict[str, list[tuple[int, int]]] = {}
    for at, household in enumerate(households):
        for place, person in enumerate(household.members):
            if person.data.id_number:
                seen.setdefault(person.data.id_number, []).append((at, place))
    result = list(households)
    for number, places in seen.items():
        if len(places) < 2:
            continue
        rows = [(households[at].sheet, households[at].members[place].row) for at, place in places]
        for index, (at, place) in enumerate(places):
            household = result[at]
            person = household.members[place]
            others = ", ".join(f"{sheet}!{row}" for sheet, row in rows if (sheet, row) != rows[index])
            note = CellNote(
                household.sheet,
                person.row,
                person.id_column,
                "identity",
                number,
                others,
                "duplicate-id",
                Severity.DOUBT,
            )
            members = list(household.members)
            if index:
                members[place] = _without_number(person)
            result[at] = replace(household, members=tuple(members), notes=(*household.notes, note))
    return result


def _without_number(person: ImportedPerson) -> ImportedPerson:
    return replace(person, data=replace(person.data, id_number=None))
