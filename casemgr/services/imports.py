"""Use cases of importing a list: what it would change, and doing it as one step that can be taken back."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import ColumnUse, ImportedHousehold, ImportedList, Severity, TableUse
from casemgr.domain.offices import DecisionData
from casemgr.domain.permissions import Permission
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import N_, _
from casemgr.jobs import Progress, silent, without_collecting
from casemgr.persistence.models import ColumnMapping
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.classes import FIRST_YEAR
from casemgr.services.import_differences import FieldChange
from casemgr.services.import_drafts import Draft, PlannedWork, Work
from casemgr.services.import_matches import KnownPerson, PersonKey
from casemgr.services.import_matching import Matcher
from casemgr.services.import_places import HamletFinder, ProposedHamlet
from casemgr.services.import_twins import each_once
from casemgr.services.import_writing import write

NOTHING: Final[Mapping[PersonKey, str]] = MappingProxyType({})
NO_HAMLETS: Final[Mapping[str, UUID]] = MappingProxyType({})


class Action(StrEnum):
    """What would happen to a household of the list."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


ACTION_LABELS: Final = MappingProxyType(
    {
        Action.NEW: N_("New"),
        Action.UPDATE: N_("Changed"),
        Action.UNCHANGED: N_("Unchanged"),
        Action.BLOCKED: N_("Held back"),
        Action.SKIPPED: N_("Left out"),
    }
)

BLOCKS: Final = MappingProxyType(
    {
        "unreadable": N_("A cell could not be read: correct it in the list, or import the household without it."),
        "known": N_("A person's identity number is already on file: say whether it is the same person."),
        "number-differs": N_(
            "The name and birth are those of a person on file whose identity number is another: "
            "say whether it is the same person."
        ),
        "twice": N_("The household on file already belongs to another household of the list."),
        "head-elsewhere": N_("A person to be linked is head of another household whose members remain there."),
        "linked-twice": N_("A person on file is linked to two households of the list."),
        "moved": N_("The household stands on the list of its new class too; that row counts."),
        "head-skipped": N_("The head of household would be left out while its members remain."),
    }
)
"""Why a household is held back."""


class KnownChoice(StrEnum):
    """What to do with a person of the list who seems to be on file."""

    LINK = "link"
    """She is the same: she moves into the household of the list."""
    NEW = "new"
    """She is somebody else; a number that is already on file goes into the notes."""
    SKIP = "skip"
    """Leave this person out."""


@dataclass(frozen=True)
class ImportChoices:
    """What the officer decided about a list."""

    year: int | None = None
    """Year of the classes; else the one named in the list's title, else this year."""
    known: Mapping[PersonKey, str] = field(default_factory=lambda: NOTHING)
    """`KnownChoice` by person."""
    known_default: str | None = None
    """For people who must be decided on and about whom `known` says nothing."""
    keep_unreadable: bool = False
    """Import households with unreadable cells: the cell stays empty, its text goes into the notes."""
    skip: frozenset[tuple[str, int]] = frozenset()
    """Sheet and row of households to leave out."""
    hamlets: Mapping[str, UUID] = field(default_factory=lambda: NO_HAMLETS)
    """Hamlets chosen for names that are not on file, by `ProposedHamlet.key`."""
    create_hamlets: bool = True
    """Add the hamlets the list names and the office does not have."""
    value: HouseholdClass | None = None
    """Class of households for which the list names none."""
    decision: DecisionData | None = None
    """Decision behind the classes where the list names none."""


@dataclass(frozen=True)
class PlannedHousehold:
    """What would happen to one household of the list."""

    sheet: str
    row: int
    head: str
    people: int
    action: Action
    code: str
    """Readable code on file; empty for a new one."""
    household_id: UUID | None
    hamlet: str
    changes: tuple[FieldChange, ...]
    known: tuple[KnownPerson, ...]
    blocks: tuple[str, ...]
    """Keys of `BLOCKS`."""
    severity: Severity | None
    new_people: int
    """People who would be written as new."""


@dataclass(frozen=True)
class ImportPlan:
    """What importing the list would do."""

    label: str
    year: int
    households: tuple[PlannedHousehold, ...]
    hamlets: tuple[ProposedHamlet, ...]
    errors: int
    """Rows and cells outside any household that could not be read."""
    warnings: int

    def count(self, action: Action) -> int:
        """Number of households with that fate."""
        return sum(household.action is action for household in self.households)

    @property
    def people(self) -> int:
        """People who would be written as new."""
        return sum(h.new_people for h in self.households if h.action in {Action.NEW, Action.UPDATE})

    @property
    def clean(self) -> bool:
        """Whether nothing is held back and nothing was unreadable."""
        return not self.errors and not self.count(Action.BLOCKED)


@dataclass(frozen=True)
class ImportResult:
    """What an import did."""

    year: int
    created: int
    updated: int
    unchanged: int
    held_back: int
    people: int
    hamlets: int


def plan(
    uow: UnitOfWork, imported: ImportedList, choices: ImportChoices = ImportChoices(), progress: Progress = silent
) -> ImportPlan:
    """What importing the list would do, household by household; nothing is written."""
    uow.require(Permission.IMPORT)
    with without_collecting():
        return _draft(uow, imported, choices, progress)[0]


def apply(
    uow: UnitOfWork, imported: ImportedList, choices: ImportChoices = ImportChoices(), progress: Progress = silent
) -> ImportResult:
    """Import the list as one step; households held back are left out. A list that changes nothing writes nothing."""
    uow.require(Permission.IMPORT)
    with without_collecting():
        planned, draft = _draft(uow, imported, choices, progress)
        people = write(uow, draft, unchanged=planned.count(Action.UNCHANGED), progress=progress)
    remember_columns(uow, imported.tables)
    return ImportResult(
        year=planned.year,
        created=planned.count(Action.NEW),
        updated=planned.count(Action.UPDATE),
        unchanged=planned.count(Action.UNCHANGED),
        held_back=planned.count(Action.BLOCKED) + planned.count(Action.SKIPPED),
        people=people,
        hamlets=len(draft.hamlets),
    )


def remembered_columns(uow: UnitOfWork) -> dict[str, tuple[ColumnUse, ...]]:
    """Column mappings people confirmed before, by fingerprint of the titles."""
    uow.require(Permission.READ)
    return {
        fingerprint: tuple(
            ColumnUse(int(c), str(label), str(name), str(code)) for c, label, name, code in json.loads(text)
        )
        for fingerprint, text in uow.session.execute(select(ColumnMapping.fingerprint, ColumnMapping.mapping))
    }


def remember_columns(uow: UnitOfWork, tables: Iterable[TableUse]) -> None:
    """Keep how the columns were understood, for the next list with the same titles."""
    uow.require(Permission.IMPORT)
    for table in {table.fingerprint: table for table in tables}.values():
        text = json.dumps(
            [[use.column, use.label, use.field, use.encoding] for use in table.columns], ensure_ascii=False
        )
        record = uow.session.scalars(
            select(ColumnMapping).where(ColumnMapping.fingerprint == table.fingerprint)
        ).first()
        if record is None:
            uow.name_step("import.columns", undoable=False)
            uow.add(ColumnMapping(fingerprint=table.fingerprint, mapping=text))
        elif record.mapping != text:
            uow.name_step("import.columns", undoable=False)
            record.mapping = text


def list_year(uow: UnitOfWork, imported: ImportedList, year: int | None) -> int:
    """Year of the classes of a list: as told, else the one in its title, else this year."""
    year = year or imported.year or uow.today.year
    if not FIRST_YEAR <= year <= uow.today.year + 1:
        raise ValidationError([Problem("year", _("Write the year of the review with four digits."))])
    return year


def _draft(
    uow: UnitOfWork, imported: ImportedList, choices: ImportChoices, progress: Progress
) -> tuple[ImportPlan, Draft]:
    year = list_year(uow, imported, choices.year)
    moved = {id(one) for one, _first in each_once(imported.households).moved}
    finder = HamletFinder(uow, imported.households, choices.hamlets)
    proposed = finder.proposed if choices.create_hamlets else {}
    hamlet_ids = {hamlet.id for hamlet in finder.proposed.values()}
    matcher = Matcher(
        uow,
        [one for one in imported.households if id(one) not in moved],
        finder.find,
        year,
        progress,
        _("Looking for people who are already on file"),
    )
    draft = Draft(uow, imported.label, year, choices.decision)
    planned: list[PlannedHousehold] = []
    used: Counter[UUID] = Counter()
    for match in matcher.matches:
        source = match.source
        blocks: list[str] = []
        if source.severity is Severity.ERROR and not choices.keep_unreadable:
            blocks.append("unreadable")
        if match.twice:
            blocks.append("twice")
        if match.hamlet_id in hamlet_ids and not choices.create_hamlets:
            match.hamlet_id = None
        decided, undecided = _decide(match.known, choices)
        blocks += undecided
        work = draft.work(match, decided, value=source.value or choices.value)
        if work.linked_twice:
            blocks.append("linked-twice")
        if work.head_elsewhere:
            blocks.append("head-elsewhere")
        if work.head_skipped and len(source.members) > 1:
            blocks.append("head-skipped")
        if (source.sheet, source.row) in choices.skip or (work.head_skipped and len(source.members) == 1):
            action = Action.SKIPPED
        elif blocks:
            action = Action.BLOCKED
        elif work.kind is Work.CREATE:
            action = Action.NEW
        else:
            action = Action.UPDATE if work.kind is Work.CHANGE else Action.UNCHANGED
        if action in {Action.NEW, Action.UPDATE}:
            draft.accept(work)
            if match.hamlet_id:
                used[match.hamlet_id] += 1
        planned.append(_planned(work, action, tuple(blocks), finder, draft))
    planned += [_left_out(one, finder) for one in imported.households if id(one) in moved]
    draft.hamlets = [hamlet for hamlet in proposed.values() if used[hamlet.id]]
    notes = [note.severity for note in imported.all_notes()]
    return (
        ImportPlan(
            label=imported.label,
            year=year,
            households=tuple(planned),
            hamlets=tuple(finder.proposed.values()),
            errors=sum(note.severity is Severity.ERROR for note in imported.notes),
            warnings=notes.count(Severity.DOUBT),
        ),
        draft,
    )


def _decide(
    known: Sequence[KnownPerson], choices: ImportChoices
) -> tuple[dict[PersonKey, tuple[str, KnownPerson]], list[str]]:
    """What was chosen for each person who may be on file, and the blocks of what still has to be chosen."""
    decided: dict[PersonKey, tuple[str, KnownPerson]] = {}
    undecided: dict[str, None] = {}
    for person in known:
        choice = choices.known.get(person.key)
        if choice is None and person.must_choose:
            choice = choices.known_default
            if choice is None:
                undecided["known" if person.certain else "number-differs"] = None
        decided[person.key] = (choice or KnownChoice.NEW, person)
    return decided, list(undecided)


def _named(change: FieldChange, finder: HamletFinder, draft: Draft) -> FieldChange:
    """The change with the names of what its values point to."""
    if change.field == "household.hamlet_id":
        return replace(change, old=finder.name(change.old), new=finder.name(change.new))
    if change.field == "household_class.decision_id":
        return replace(change, old=draft.decision_number(change.old), new=draft.decision_number(change.new))
    return change


def _left_out(source: ImportedHousehold, finder: HamletFinder) -> PlannedHousehold:
    """A household that left one class for another: the list of its new class counts, this one adds nothing."""
    return PlannedHousehold(
        sheet=source.sheet,
        row=source.row,
        head=source.head.data.full_name,
        people=len(source.members),
        action=Action.SKIPPED,
        code="",
        household_id=None,
        hamlet=finder.name(finder.find(source)) or source.hamlet,
        changes=(),
        known=(),
        blocks=("moved",),
        severity=source.severity,
        new_people=0,
    )


def _planned(
    work: PlannedWork, action: Action, blocks: tuple[str, ...], finder: HamletFinder, draft: Draft
) -> PlannedHousehold:
    source = work.match.source
    return PlannedHousehold(
        sheet=source.sheet,
        row=source.row,
        head=source.head.data.full_name,
        people=len(source.members),
        action=action,
        code=work.code,
        household_id=work.household_id if work.kind is not Work.CREATE else None,
        hamlet=finder.name(work.match.hamlet_id) or source.hamlet,
        changes=tuple(_named(change, finder, draft) for change in work.changes),
        known=tuple(work.match.known),
        blocks=blocks,
        severity=source.severity,
        new_people=work.new_count,
    )
