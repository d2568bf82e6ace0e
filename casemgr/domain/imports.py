"""A list as read from a spreadsheet: households, people, and every doubtful cell with what it was read as and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import PersonData, Relation
from casemgr.domain.readings import REASONS
from casemgr.i18n import N_, _


class Severity(StrEnum):
    """How much a note matters: `error` keeps the household out until somebody decides."""

    INFO = "info"
    DOUBT = "doubt"
    ERROR = "error"


FIELDS: Final = MappingProxyType(
    {
        "number": N_("Row or household number"),
        "household_number": N_("Household number"),
        "household_code": N_("Household code"),
        "name": N_("Full name"),
        "head_name": N_("Name of the head"),
        "member_name": N_("Name of the member"),
        "relation": N_("Relation to head"),
        "birth": N_("Birth date"),
        "birth_day": N_("Day of birth"),
        "birth_month": N_("Month of birth"),
        "birth_year": N_("Year of birth"),
        "birth_male": N_("Birth year of men"),
        "birth_female": N_("Birth year of women"),
        "sex": N_("Sex"),
        "sex_male": N_("Mark for men"),
        "sex_female": N_("Mark for women"),
        "identity": N_("Identity number (CCCD)"),
        "old_identity": N_("Old identity number (CMND)"),
        "identity_date": N_("Identity card issued on"),
        "ethnic": N_("Ethnic group"),
        "hamlet": N_("Hamlet"),
        "address": N_("Address"),
        "permanent_address": N_("Registered residence"),
        "class": N_("Class"),
        "class_poor": N_("Mark: poor"),
        "class_near_poor": N_("Mark: near-poor"),
        "class_escaped_poor": N_("Mark: escaped poor"),
        "class_escaped_near_poor": N_("Mark: escaped near-poor"),
        "decision_number": N_("Decision number"),
        "decision_date": N_("Decision date"),
        "score": N_("Scores B1 and B2 in one cell"),
        "b1": N_("Score B1"),
        "b2": N_("Score B2"),
        "members": N_("Number of people"),
        "causes": N_("Causes of poverty"),
        "minority": N_("Mark: ethnic minority household"),
        "no_labour": N_("Mark: nobody able to work"),
        "merit": N_("Mark: has a person of merit"),
        "social_protection": N_("Mark: receives social protection"),
        "phone": N_("Telephone"),
        "insurance": N_("Health insurance number"),
        "education": N_("Education"),
        "work": N_("Occupation"),
        "labour": N_("Ability to work"),
        "disability": N_("Disability"),
        "amount": N_("Amount of money"),
        "note": N_("Notes"),
        "age": N_("Age"),
        "place": N_("Province, district or commune"),
    }
)
"""Every field a column of a list can be read as, with its label."""


IMPORT_REASONS: Final = MappingProxyType(
    {
        # cells
        "formula-failed": N_("The cell holds an Excel error or a formula without a result."),
        "unreadable-mark": N_("Neither a mark nor a value that is understood here."),
        "name-long": N_("The name is longer than a name can be; is it a sentence?"),
        "relation-unknown": N_("This relation to the head is not in the list; its words are kept."),
        "ethnic-unknown": N_("This is no name of a people on the official list."),
        "ethnic-number": N_("A bare number: there are two official code lists. Write the name."),
        "class-unknown": N_("This class is not understood: write Hộ nghèo or Hộ cận nghèo."),
        "class-short": N_("One letter N was read as poor household."),
        "class-both": N_("Both poor and near-poor are marked."),
        "class-missing": N_("No class is given for this household."),
        "birth-covered": N_("A merged cell covers the birth, so it was not read."),
        "sex-both": N_("Both Nam and Nữ are filled; the year was kept, the sex was not."),
        "sex-from-id": N_("The sex was taken from the fourth digit of the identity number."),
        "sex-missing": N_("No sex is given."),
        "score-unclear": N_("This is not a score: write a whole number."),
        "count-unclear": N_("This is not a number of people."),
        "cause-unknown": N_("This cause of poverty is not on the list; its words are kept in the notes."),
        "several-people": N_("Several people in one cell: they were separated; check them."),
        "old-id-found": N_("Two numbers in the cell: the first is the identity number, the second the old one."),
        "several-numbers": N_("More numbers in the cell than can be kept."),
        "says-died": N_("The words beside the name say the person has died."),
        "crossed-out": N_("The row is struck through or red; such people are usually to be removed."),
        "ditto-above": N_("A ditto mark was read as the cell above."),
        "ditto-nothing": N_("A ditto mark with nothing above it."),
        "ditto-misplaced": N_("A ditto mark is not understood in this column."),
        "address-elsewhere": N_("The address names an old unit; it belongs to the commune shown."),
        "day-month-swapped": N_("Day and month were swapped, as was asked."),
        "year-only": N_("01/01 was read as the year alone, as was asked."),
        "unit-thousand": N_("Multiplied by 1,000, as was asked."),
        "sex-blank-male": N_("Blank was read as male, as was asked."),
        "duplicate-id": N_("The same identity number stands on another row; it was kept only on the first."),
        # rows
        "no-head": N_("A member without a head of household above."),
        "no-name-in-row": N_("The row has facts of a person but no name."),
        "second-head": N_("Marked as head but not numbered as a household; read as a household of its own."),
        "count-differs": N_("The number of people stated is not the number of rows of the household."),
        "household-value-below": N_("Taken from a member's row because the head's row is empty."),
        "total-differs": N_("The total written in the list is not what was read."),
        "other-table": N_(
            "Another table with other titles begins here and was not read: put it on a sheet of its own."
        ),
        "two-names": N_("Head and member column hold different names on one row; the member's was read."),
        # columns and sheets
        "decoded-tcvn3": N_("Old TCVN3 text was turned into Unicode."),
        "decoded-vni": N_("Old VNI text was turned into Unicode."),
        "hidden-rows": N_("Hidden or filtered rows were read as well."),
        "hidden-sheet": N_("The sheet is hidden and was not read."),
        "empty-sheet": N_("The sheet is empty."),
        "no-header": N_("No row with column titles was found; the sheet was not read."),
        "no-rows": N_("The sheet has column titles but no people under them."),
        "column-unused": N_("The column is not understood and was not read."),
        "column-not-kept": N_("The column is understood but this program does not keep it."),
        "column-twice": N_("Another column was already read as this."),
        "styles-lost": N_("Fonts, hidden rows and struck text of this file could not be read, only its values."),
    }
)
"""A sentence for every code a note may carry besides those of `readings.REASONS`."""


def sentence(code: str) -> str:
    """The words of a note's reason in the language in force."""
    return _(IMPORT_REASONS[code] if code in IMPORT_REASONS else REASONS[code])


def column_letters(column: int) -> str:
    """A, B, … AA for a column counted from 1; nothing for 0."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class CellNote:
    """One remark on a cell, a row (`column` 0), a column (`row` 0) or a sheet (both 0); counted from 1 like Excel."""

    sheet: str
    row: int
    column: int
    field: str
    raw: str
    read: str
    reason: str
    severity: Severity

    @property
    def place(self) -> str:
        """As Excel writes it: B13, 13 or B."""
        return f"{column_letters(self.column)}{self.row or ''}"

    @property
    def message(self) -> str:
        """The reason in words."""
        return sentence(self.reason)


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """One person as read; `row` is the one in the file."""

    row: int
    data: PersonData
    relation: Relation
    relation_text: str = ""
    id_column: int = 0


@dataclass(frozen=True, slots=True)
class ImportedHousehold:
    """One household as read: its first member is the head."""

    sheet: str
    row: int
    members: tuple[ImportedPerson, ...]
    code: str = ""
    hamlet: str = ""
    """Name of the hamlet as written, kind included when it was."""
    place_hints: tuple[str, ...] = ()
    """Where the hamlet may be named too: a section title, the name of the sheet."""
    address: str = ""
    permanent_address: str = ""
    commune: str | None = None
    """Code of the commune an address names, when it names one."""
    phone: str | None = None
    flags: tuple[str, ...] = ()
    value: HouseholdClass | None = None
    b1: int | None = None
    b2: int | None = None
    causes: tuple[str, ...] = ()
    decision_number: str = ""
    decision_date: date | None = None
    stated_members: int | None = None
    remarks: str = ""
    notes: tuple[CellNote, ...] = ()

    @property
    def head(self) -> ImportedPerson:
        """The head of household."""
        return self.members[0]

    @property
    def severity(self) -> Severity | None:
        """The worst of its notes; None when there is nothing to say."""
        found = {note.severity for note in self.notes}
        return next((level for level in (Severity.ERROR, Severity.DOUBT, Severity.INFO) if level in found), None)


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the person knows; answered by reading the list again with `key` among the answers."""

    code: str
    sheet: str
    column: int
    count: int
    of: int
    answered: bool = False

    @property
    def key(self) -> str:
        """How the answer names it."""
        return f"{self.code}:{self.sheet}:{column_letters(self.column)}"

    @property
    def message(self) -> str:
        """The question in words."""
        return _(QUESTIONS[self.code]).format(count=self.count, of=self.of, column=column_letters(self.column))


QUESTIONS: Final = MappingProxyType(
    {
        "swap-day-month": N_(
            "{count} dates in column {column} seem to have day and month exchanged "
            "(typed on an American Excel). Swap them?"
        ),
        "year-only": N_(
            "{count} of {of} births in column {column} are 01/01. Is only the year known? Keep the year alone?"
        ),
        "blank-is-male": N_("Column {column} marks women only; {count} rows are blank. Are those men?"),
        "thousands": N_(
            "Column {column} says its amounts are in thousands of dong. Multiply {count} amounts by 1,000?"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no household and no person, and why."""

    sheet: str
    row: int
    kind: str
    """section, subtotal, numbering, header, signature, after-signature, other-table, text."""
    text: str


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """How one column was understood."""

    column: int
    label: str
    field: str
    encoding: str = ""
    """Forced encoding of its text: unicode, tcvn3, tcvn3-upper, vni; empty = by font and vote."""


@dataclass(frozen=True, slots=True)
class TableUse:
    """One table of the file: where its titles stand and what its columns mean."""

    sheet: str
    header_row: int
    first_row: int
    fingerprint: str
    columns: tuple[ColumnUse, ...]


@dataclass(frozen=True)
class ImportedList:
    """Everything read from one file; nothing has been written yet."""

    label: str
    tables: tuple[TableUse, ...]
    households: tuple[ImportedHousehold, ...]
    notes: tuple[CellNote, ...] = ()
    """Notes that belong to no household."""
    questions: tuple[Question, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    year: int | None = None
    """The year named in the title."""

    @property
    def people(self) -> int:
        """Number of people read."""
        return sum(len(household.members) for household in self.households)

    def all_notes(self) -> Iterator[CellNote]:
        """Every note, those of the list first."""
        yield from self.notes
        for household in self.households:
            yield from household.notes

    def count(self, severity: Severity) -> int:
        """Number of notes of that weight."""
        return sum(note.severity is severity for note in self.all_notes())
