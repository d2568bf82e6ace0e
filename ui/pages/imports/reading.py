"""A list on its way in: the file as read, how its columns are understood, what was decided, what it would change."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from casemgr.domain.imports import ImportedList, Severity, TableUse
from casemgr.domain.reconciling import Reconciliation
from casemgr.exchange.comparisons import reconciliation_workbook
from casemgr.exchange.lists import find_tables, read_list, with_field
from casemgr.exchange.problems import write_problems
from casemgr.exchange.workbooks import Workbook, read_workbook
from casemgr.files import atomic_write
from casemgr.i18n import _, format_moment
from casemgr.jobs import Progress
from casemgr.services import history, imports, reconciling
from casemgr.services.imports import Action, ImportChoices, ImportPlan, ImportResult, PlannedHousehold
from casemgr.workspace import Workspace


@dataclass(frozen=True)
class Reading:
    """Everything known about the list so far; nothing of it is written."""

    path: Path
    book: Workbook
    tables: tuple[TableUse | None, ...]
    """One for each sheet of the book."""
    answers: frozenset[str]
    imported: ImportedList
    choices: ImportChoices
    plan: ImportPlan

    @property
    def ready(self) -> int:
        """Households that would be written."""
        return self.plan.count(Action.NEW) + self.plan.count(Action.UPDATE)


@dataclass(frozen=True)
class Applied:
    """What an import did, and the step that takes it back."""

    result: ImportResult
    label: str
    step: UUID | None


def read(workspace: Workspace, path: Path, progress: Progress) -> Reading:
    """Read a file in its child process and plan it, as a job."""
    book = read_workbook(path, progress)
    remembered = workspace.read(imports.remembered_columns)
    tables = tuple(find_tables(book, remembered))
    imported = read_list(book, today=_today(workspace), tables=tables, progress=progress)
    choices = ImportChoices()
    planned = workspace.read(imports.plan, imported, choices, progress)
    return Reading(path, book, tables, frozenset(), imported, choices, planned)


def understand(
    workspace: Workspace, now: Reading, tables: tuple[TableUse | None, ...], answers: frozenset[str], progress: Progress
) -> Reading:
    """Read the rows again with other columns or answers; decisions about places that are still there stay."""
    imported = read_list(now.book, today=_today(workspace), tables=tables, answers=answers, progress=progress)
    planned = workspace.read(imports.plan, imported, now.choices, progress)
    return replace(now, tables=tables, answers=answers, imported=imported, plan=planned)


def decide(workspace: Workspace, now: Reading, choices: ImportChoices, progress: Progress) -> Reading:
    """Plan again with other decisions."""
    planned = workspace.read(imports.plan, now.imported, choices, progress)
    return replace(now, choices=choices, plan=planned)


def apply(workspace: Workspace, now: Reading, progress: Progress) -> Applied:
    """Import as one transaction; stopping takes everything back."""
    before = workspace.read(history.next_undo)
    result = workspace.write(imports.apply, now.imported, now.choices, progress)
    step = workspace.read(history.next_undo)
    written = step.txn if step is not None and (before is None or step.txn != before.txn) else None
    return Applied(result, now.imported.label, written)


def compare(workspace: Workspace, now: Reading, progress: Progress) -> Reconciliation:
    """Compare the list with the file; nothing is written."""
    return workspace.read(reconciling.reconcile, now.imported, year=now.choices.year, progress=progress)


def save_comparison(workspace: Workspace, found: Reconciliation, path: Path) -> int:
    """The differences as Excel, with who made it; how many households are not the same."""
    mark = _("Made by {who} at {time}").format(who=workspace.actor.name, time=format_moment(workspace.now))
    atomic_write(path, reconciliation_workbook(found, mark=mark))
    return len(found.differs) + len(found.only_here) + len(found.only_there)


def save_problems(now: Reading, path: Path) -> int:
    """The list again as Excel with a comment on each bad cell; how many remarks there are."""
    write_problems(path, now.book, now.imported)
    return sum(note.severity is not Severity.INFO for note in now.imported.all_notes())


def column_as(now: Reading, sheet: str, column: int, field: str, encoding: str) -> tuple[TableUse | None, ...]:
    """The tables with one column understood otherwise; a field another column had is taken from it."""
    return tuple(
        table if table is None or table.sheet != sheet else _with(table, column, field, encoding)
        for table in now.tables
    )


def _with(table: TableUse, column: int, field: str, encoding: str) -> TableUse:
    from casemgr.exchange.columns import SEVERAL

    if field and field not in SEVERAL:
        freed = tuple(
            replace(use, field="") if use.field == field and use.column != column else use for use in table.columns
        )
        table = replace(table, columns=freed)
    return with_field(table, column, field, encoding)


def doubtful(household: PlannedHousehold) -> bool:
    """Whether somebody should look at it before it is written."""
    return household.severity in (Severity.DOUBT, Severity.ERROR) or bool(household.known)


def _today(workspace: Workspace) -> date:
    return workspace.now.astimezone().date()
