"""Reading the people of one row: names, birth, sex, identity numbers, relation, with a note on every doubtful cell."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from casemgr.domain.dates import PartialDate, read_date
from casemgr.domain.identity import (
    PersonName,
    cccd_sex,
    check_cccd,
    read_insurance,
    read_mark,
    read_person_name,
    read_phone,
    read_sex,
)
from casemgr.domain.imports import CellNote, ImportedPerson, Severity
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.domain.readings import Reading
from casemgr.domain.text import clean, fold
from casemgr.exchange.cells import (
    Value,
    is_ditto,
    plain,
    read_disability,
    read_education,
    read_ethnic,
    read_identities,
    read_labour,
    read_relation,
    words,
)
from casemgr.exchange.columns import NOT_KEPT
from casemgr.exchange.prepared import FILLED, PreparedTable
from casemgr.exchange.rows import NAME_FIELDS
from casemgr.exchange.workbooks import Row

T = TypeVar("T")

NAME_LETTERS: Final = 200
"""What the file keeps of a name at most."""

_INFOS: Final = frozenset({"zero-restored", "old-id-found", "ditto-above"})
_KEPT_ANYWAY: Final = frozenset({"ethnic-unknown", "ethnic-number"})
_MEMBER_PREFIX: Final = re.compile(
    r"^(vợ|chồng|con|cháu|mẹ|cha|bố|má|em|anh|chị|ông|bà)\s*(?:là)?\s*[:.-]?\s+(?=\w+\s+\w+)", re.IGNORECASE
)
_MEMBER_SPLIT: Final = re.compile(r"\n|\s*[+;&]\s*|\s+và\s+")
_DEATH: Final = re.compile(r"^(da )?(chet|mat|qua doi|tu tran)\b")


@dataclass(frozen=True)
class Pronounced:
    """A name found in a cell, with the relation written before it."""

    name: PersonName
    relation: str = ""


class RowReader:
    """One row of a table: reads fields and keeps notes."""

    def __init__(self, table: PreparedTable, row: Row, today: datetime.date) -> None:
        self.table = table
        self.row = row
        self.today = today
        self.notes: list[CellNote] = []
        self._override: dict[int, Value] = {}

    def note(self, column: int, field: str, raw: str, read: str, reason: str, severity: Severity) -> None:
        """Write a remark on a cell; `column` -1 is the whole row."""
        self.notes.append(
            CellNote(self.table.sheet, self.row.number + 1, column + 1, field, raw, read, reason, severity)
        )

    def values(self, field: str) -> list[tuple[int, Value]]:
        """Columns of a field with their usable content; a failed formula or a misplaced ditto is noted and left out."""
        found: list[tuple[int, Value]] = []
        for column in self.table.columns.get(field, ()):
            if column in self._override:
                value = self._override[column]
            else:
                if self.row.faults and column in self.row.faults:
                    fault = self.row.faults[column]
                    level = Severity.DOUBT if field in NOT_KEPT else Severity.ERROR
                    self.note(column, field, fault, "", "formula-failed", level)
                    continue
                value = self.table.value(self.row, column)
            if value is None or value == "":
                if (self.row.number, column) in self.table.ditto:
                    self.note(column, field, plain(self.row.values[column]), "", "ditto-nothing", Severity.DOUBT)
                continue
            if isinstance(value, str) and len(value) < 12 and not self._ditto(field, column, value):
                continue
            found.append((column, value))
        return found

    def _ditto(self, field: str, column: int, value: str) -> bool:
        """Note a ditto; whether the value can be used."""
        if field in FILLED:
            if self.table.ditto and (self.row.number, column) in self.table.ditto:
                self.note(column, field, plain(self.row.values[column]), plain(value), "ditto-above", Severity.INFO)
            return True
        if field in {"note", "number", "household_number"} or not is_ditto(value):
            return True
        if field not in NOT_KEPT:
            self.note(column, field, value, "", "ditto-misplaced", Severity.ERROR)
        return False

    def value(self, field: str) -> tuple[int, Value]:
        """The first filled column of a field and its content; (-1, None) when there is none."""
        columns = self.table.columns.get(field)
        if columns is None:
            return -1, None
        column = columns[0]
        if len(columns) == 1 and column not in self.table.careful and not self._override:
            value = self.row.values[column] if column < len(self.row.values) else None
            return (-1, None) if value is None or value == "" else (column, value)
        found = self.values(field)
        return found[0] if found else (-1, None)

    def text(self, field: str) -> str:
        """All the words of a field."""
        columns = self.table.columns.get(field)
        if columns is None:
            return ""
        if len(columns) == 1:
            return words(self.value(field)[1])
        return ", ".join(filter(None, (words(value) for _, value in self.values(field))))

    def take(
        self, field: str, column: int, value: Value, reading: Reading[T], show: Callable[[T], str] = str
    ) -> T | None:
        """The value of a reading, with notes on what was repaired or refused."""
        if reading.rejected:
            keeps = field in NOT_KEPT or reading.rejected in _KEPT_ANYWAY
            level = Severity.DOUBT if keeps else Severity.ERROR
            self.note(column, field, plain(value), "", reading.rejected, level)
        elif reading.warnings and reading.value is not None:
            for warning in reading.warnings:
                level = Severity.INFO if warning in _INFOS else Severity.DOUBT
                self.note(column, field, plain(value), show(reading.value), warning, level)
        return reading.value

    # --- one person --------------------------------------------------------------------------------------------------

    def names(self) -> list[Pronounced]:
        """The names of the row; several people written into one cell are separated."""
        filled = [(field, pair) for field in NAME_FIELDS if field in self.table.columns for pair in self.values(field)]
        if not filled:
            return []
        chosen = filled[0][0]
        cells = [pair for field, pair in filled if field == chosen]
        column = cells[0][0]
        raw = " ".join(plain(value) for _, value in cells) if len(cells) > 1 else cells[0][1]
        other = next((pair for field, pair in filled if field == "head_name" and field != chosen), None)
        if other and chosen == "member_name" and fold(words(other[1])) != fold(words(raw)) and self.is_numbered():
            self.note(other[0], "head_name", plain(other[1]), words(raw), "two-names", Severity.DOUBT)
        if isinstance(raw, str):
            parts = [part for part in _MEMBER_SPLIT.split(raw.strip()) if part.strip(" -")]
            split = [_pronounce(part) for part in parts] if len(parts) > 1 else []
            if len(split) > 1 and all(one and " " in one.name.name for one in split):
                found = [one for one in split if one]
                read = "; ".join(
                    f"{one.name.name} ({one.relation})" if one.relation else one.name.name for one in found
                )
                self.note(column, chosen, plain(raw), read, "several-people", Severity.DOUBT)
                return found
        name_cell = raw if isinstance(raw, (str, int, float)) else plain(raw)
        reading = read_person_name(name_cell)
        name = self.take(chosen, column, raw, reading, lambda found: found.name)
        if name and len(name.name) > NAME_LETTERS:
            name = PersonName(name.name[:NAME_LETTERS].rstrip(), name.note)
            self.note(column, chosen, plain(raw), name.name, "name-long", Severity.ERROR)
        return [Pronounced(name)] if name else []

    def is_numbered(self) -> bool:
        """Whether the row carries the number of a household."""
        field = "household_number" if self.table.has("household_number") else "number"
        return self.value(field)[1] is not None

    def split_cells(self, count: int, index: int) -> None:
        """Let the following reads see only the part of each cell that belongs to the person `index` of `count`."""
        self._override = {}
        for field in ("birth", "birth_male", "birth_female", "sex", "identity", "old_identity"):
            for column in self.table.columns.get(field, ()):
                value = self.table.value(self.row, column)
                parts = re.split(r"\n|\s*[;+]\s*", value) if isinstance(value, str) else [value]
                if len(parts) == count:
                    self._override[column] = parts[index]
                elif index:
                    self._override[column] = None

    def birth_and_sex(self) -> tuple[PartialDate | None, Sex | None]:
        """Birth and sex, also where the year stands in the column of the sex."""
        birth, sex = self._gendered()
        if birth is None and "birth" in self.table.columns:
            column, value = self.value("birth")
            if value is not None:
                birth = self.date("birth", column, value)
        if birth is None and "birth_year" in self.table.columns:
            birth = self._composed_birth()
        if birth is None and (under := self.table.covered_birth(self.row)):
            self.note(under[1], under[0], "", "", "birth-covered", Severity.DOUBT)
        if sex is None and "sex" in self.table.columns:
            column, value = self.value("sex")
            if value is not None:
                sex = self.take("sex", column, value, read_sex(value if isinstance(value, str) else plain(value)))
        return birth, sex

    def _gendered(self) -> tuple[PartialDate | None, Sex | None]:
        births: list[PartialDate] = []
        sexes: list[Sex] = []
        columns: list[int] = []
        for field, sex in (
            ("birth_male", Sex.MALE),
            ("sex_male", Sex.MALE),
            ("birth_female", Sex.FEMALE),
            ("sex_female", Sex.FEMALE),
        ):
            if field not in self.table.columns:
                continue
            column, value = self.value(field)
            if value is None:
                self._blank_sex(field, sexes)
                continue
            mark = None if isinstance(value, (datetime.date, float)) else read_mark(value)
            if mark is not None and mark.rejected is None:
                if mark.value:
                    sexes.append(sex)
                    columns.append(column)
                continue
            born = self.date(field, column, value)
            if born:
                births.append(born)
            sexes.append(sex)
            columns.append(column)
        if len(set(sexes)) > 1:
            self.note(columns[-1], "sex", "", births[0].text if births else "", "sex-both", Severity.ERROR)
            return (births[0] if births else None), None
        return (births[0] if births else None), (sexes[0] if sexes else None)

    def _blank_sex(self, field: str, sexes: list[Sex]) -> None:
        column = self.table.column(field)
        if field == "sex_female" and ("blank-is-male", column) in self.table.answered:
            sexes.append(Sex.MALE)
            self.note(column, "sex", "", Sex.MALE, "sex-blank-male", Severity.INFO)

    def date(self, field: str, column: int, value: Value) -> PartialDate | None:
        """A date of the row, with day and month swapped or only the year kept where that was asked."""
        swap = isinstance(value, datetime.date) and ("swap-day-month", column) in self.table.answered
        raw = value
        if swap and isinstance(value, datetime.date) and value.year >= 1906 and value.day <= 12:
            value = datetime.date(value.year, value.day, value.month)
            self.note(column, field, plain(raw), plain(value), "day-month-swapped", Severity.INFO)
        if isinstance(value, bool):
            value = plain(value)
        found = self.take(field, column, raw, read_date(value, today=self.today), lambda day: day.text)
        if found and found.month == found.day == 1 and ("year-only", column) in self.table.answered:
            found = PartialDate(found.year)
            self.note(column, field, plain(raw), found.text, "year-only", Severity.INFO)
        return found

    def _composed_birth(self) -> PartialDate | None:
        column, year = self.value("birth_year")
        if year is None:
            return None
        parts = [words(self.value(name)[1]) or "00" for name in ("birth_day", "birth_month")]
        text = "/".join([*parts, words(year)]) if re.fullmatch(r"\d{4}", words(year)) else words(year)
        return self.date("birth", column, text)

    def identities(self) -> tuple[str | None, str | None, int]:
        """Identity number, old number, and the column (from 0) the first stands in."""
        cccd: str | None = None
        cmnd: str | None = None
        place = -1
        for field in ("identity", "old_identity"):
            if field not in self.table.columns:
                continue
            column, value = self.value(field)
            if value is None:
                continue
            numbers, warnings, refused = read_identities(value)
            if refused:
                self.note(column, field, plain(value), "", refused, Severity.ERROR)
            for number in numbers:
                if number.kind == "cccd" and cccd is None:
                    cccd, place = number.number, column
                elif number.kind == "cmnd" and cmnd is None:
                    cmnd = number.number
            read = " / ".join(number.number for number in numbers)
            for warning in warnings:
                level = Severity.INFO if warning in _INFOS else Severity.DOUBT
                self.note(column, field, plain(value), read, warning, level)
        return cccd, cmnd, place

    def relation(self, given: str = "") -> tuple[Relation | None, str]:
        """Relation to the head, and its words."""
        column, value = (-1, None) if given else self.value("relation")
        text = given or words(value)
        reading = read_relation(text)
        if reading.warnings:
            self.note(column, "relation", text, "", reading.warnings[0], Severity.DOUBT)
        return reading.value, text

    def person(self, pronounced: Pronounced, relation: Relation, relation_text: str) -> ImportedPerson:
        """Everything the row says of one person."""
        birth, sex = self.birth_and_sex()
        cccd, cmnd, id_column = self.identities()
        if cccd:
            known = sex
            if sex is None:
                sex = cccd_sex(cccd)
                self.note(id_column, "sex", cccd, sex, "sex-from-id", Severity.DOUBT)
            for code in check_cccd(cccd, year=birth.year if birth else None, sex=known):
                if code != "province-unknown":  # already said by the reading
                    other = birth.text if birth and code == "year-mismatch" else (known or "")
                    self.note(id_column, "identity", cccd, other, code, Severity.DOUBT)
        elif sex is None:
            self.note(-1, "sex", "", "", "sex-missing", Severity.DOUBT)
        name = pronounced.name
        remarks = [name.note] if name.note else []
        note = self.text("note")
        if note and relation is not Relation.HEAD:
            remarks.append(note)
        if (remarks or note) and any(_DEATH.match(fold(remark)) for remark in (*remarks, note)):
            self.note(-1, "note", "; ".join(remarks) or note, "", "says-died", Severity.DOUBT)
        data = PersonData(
            full_name=name.name,
            sex=sex,
            birth=birth,
            id_number=cccd,
            old_id_number=cmnd,
            **self._extra(relation, remarks),  # type: ignore[arg-type] # the names are fields of PersonData
            notes="; ".join(remarks),
        )
        relation_words = "" if relation is Relation.HEAD else relation_text
        return ImportedPerson(self.row.number + 1, data, relation, relation_words, id_column + 1)

    def _extra(self, relation: Relation, remarks: list[str]) -> dict[str, object]:
        """The fields few lists have."""
        columns = self.table.columns
        extra: dict[str, object] = {}
        if "ethnic" in columns:
            column, value = self.value("ethnic")
            if value is not None:
                reading = read_ethnic(words(value))
                code = self.take("ethnic", column, value, reading)
                if code:
                    extra["ethnic"] = code
                elif reading.rejected:
                    remarks.append(words(value))
        if "identity_date" in columns:
            column, value = self.value("identity_date")
            if value is not None:
                issued = self.date("identity_date", column, value)
                extra["id_issued_on"] = issued.first_day if issued and issued.precision == "day" else None
        if "insurance" in columns:
            column, value = self.value("insurance")
            if value is not None:
                number = self.take("insurance", column, value, read_insurance(_number_or_text(value)), lambda n: n.text)
                extra["insurance_number"] = number.text if number else None
        if "phone" in columns and relation is not Relation.HEAD:
            extra["phone"] = self.phone()
        for field, read in (("education", read_education), ("labour", read_labour), ("disability", read_disability)):
            if field in columns and (text := self.text(field)):
                found = read(text)
                extra[field] = found
                if found is None:
                    remarks.append(text)
        if "work" in columns and (text := self.text("work")):
            extra["occupation"] = text
        return extra

    def phone(self) -> str | None:
        """The telephone number of the row."""
        column, value = self.value("phone")
        return None if value is None else self.take("phone", column, value, read_phone(_number_or_text(value)))


def _number_or_text(value: Value) -> str | int | float:
    return plain(value) if isinstance(value, (bool, datetime.date)) or value is None else value


def _pronounce(part: str) -> Pronounced | None:
    part = clean(part)
    relation = ""
    if match := _MEMBER_PREFIX.match(part):
        relation = match[1]
        part = part[match.end() :]
    name = read_person_name(part).value
    return Pronounced(name, relation) if name else None
