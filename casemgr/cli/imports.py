"""`casemgr import`: read a list, say what it would change, and import it."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Group
from casemgr.cli.outputs import OutputFile, require_output
from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import FIELDS, ImportedList, Severity, TableUse
from casemgr.errors import AppError
from casemgr.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from casemgr.services.imports import ImportChoices, ImportPlan, ImportResult

SHOWN = 200
"""Problems printed at most; --problems and --json give all."""


@click.group("import", cls=Group, help=N_("Lists from Excel: a dry run by default."))
def command() -> None:
    """`casemgr import`."""


@command.command(
    "read-workbook",
    hidden=True,
    help=N_("The reading process of a frozen program; it is started by the program itself."),
)
def read_workbook() -> None:
    """`casemgr import read-workbook`."""
    from casemgr.exchange.readerprocess import main

    main()


@command.command(
    "households",
    help=N_("Read FILE (.xlsx, .xls, .csv) and say what importing it would change; --apply imports it as one step."),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--apply", "do_apply", is_flag=True, help=N_("Import; without it nothing is written."))
@click.option(
    "--problems",
    type=OutputFile(),
    help=N_("Write an Excel file with a comment on each bad cell."),
)
@click.option("--year", type=int, help=N_("Year of the classes; else the year in the title, else this year."))
@click.option("--good-rows-only", is_flag=True, help=N_("With --apply: import what is good and leave the rest out."))
@click.option(
    "--keep-unreadable",
    is_flag=True,
    help=N_("Import households with unreadable cells; their text goes into the notes."),
)
@click.option(
    "--known",
    type=click.Choice(["link", "new", "skip"]),
    help=N_("People whose identity number is on file elsewhere: link, write as new without number, or leave out."),
)
@click.option("--no-new-hamlets", is_flag=True, help=N_("Do not add hamlets that are not on file."))
@click.option(
    "--yes", "answers", multiple=True, metavar="KEY", help=N_("Answer a question of the dry run with yes; repeatable.")
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="LETTER=FIELD",
    help=N_("Read a column as this field, e.g. C=identity; repeatable."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def households(
    session: Session,
    file: Path,
    do_apply: bool,
    problems: Path | None,
    year: int | None,
    good_rows_only: bool,
    keep_unreadable: bool,
    known: str | None,
    no_new_hamlets: bool,
    answers: tuple[str, ...],
    columns: tuple[str, ...],
    as_json: bool,
) -> None:
    """`casemgr import households`."""
    from casemgr.exchange import problems as problem_files
    from casemgr.exchange.lists import find_tables, read_list
    from casemgr.exchange.workbooks import read_workbook as read
    from casemgr.services import imports
    from casemgr.services.imports import ImportChoices

    meanings = _meanings(columns)
    if problems is not None:
        require_output(problems, keep=[session.path(), file])
    session.path()
    book = read(file)
    with session.workspace() as workspace:
        remembered = workspace.read(imports.remembered_columns)
        tables = [_mapped(table, meanings) for table in find_tables(book, remembered)]
        today = workspace.now.astimezone().date()
        imported = read_list(book, today=today, tables=tables, answers=frozenset(answers))
        if problems is not None:
            problem_files.write_problems(problems, book, imported)
        choices = ImportChoices(
            year=year, keep_unreadable=keep_unreadable, known_default=known, create_hamlets=not no_new_hamlets
        )
        planned = workspace.read(imports.plan, imported, choices)
        refusal = _refusal(imported, planned, good_rows_only=good_rows_only) if do_apply else ""
        result = workspace.write(imports.apply, imported, choices) if do_apply and not refusal else None
    if as_json:
        print_json(_as_json(imported, planned, choices, result))
    else:
        _print(imported, planned, result)
    if refusal:
        raise AppError(refusal)


@command.command(
    "compare",
    help=N_(
        "Compare FILE (.xlsx, .xls, .csv) with the classes of a year: only here, only there, what differs. "
        "Nothing is written to the case file."
    ),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--year", type=int, help=N_("Year of the classes; else the year in the title, else this year."))
@click.option(
    "--class",
    "classes",
    multiple=True,
    type=click.Choice([value.value for value in HouseholdClass]),
    help=N_("Class expected in the list; repeatable. Without it: the classes the list speaks of."),
)
@click.option("--out", type=OutputFile(), help=N_("Write the differences to an Excel file."))
@click.option(
    "--yes", "answers", multiple=True, metavar="KEY", help=N_("Answer a question of the dry run with yes; repeatable.")
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="LETTER=FIELD",
    help=N_("Read a column as this field, e.g. C=identity; repeatable."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
@pass_session
def compare(
    session: Session,
    file: Path,
    year: int | None,
    classes: tuple[str, ...],
    out: Path | None,
    answers: tuple[str, ...],
    columns: tuple[str, ...],
    as_json: bool,
) -> None:
    """`casemgr import compare`."""
    from casemgr.cli import comparing
    from casemgr.exchange.lists import find_tables, read_list
    from casemgr.exchange.workbooks import read_workbook as read
    from casemgr.services import imports, reconciling

    meanings = _meanings(columns)
    if out is not None:
        require_output(out, keep=[session.path(), file])
    session.path()
    book = read(file)
    with session.workspace() as workspace:
        remembered = workspace.read(imports.remembered_columns)
        tables = [_mapped(table, meanings) for table in find_tables(book, remembered)]
        today = workspace.now.astimezone().date()
        imported = read_list(book, today=today, tables=tables, answers=frozenset(answers))
        if not imported.households:
            raise AppError(_("Nothing was compared: no household can be read in {file}.").format(file=imported.label))
        expected = [HouseholdClass(value) for value in classes]
        found = workspace.read(reconciling.reconcile, imported, year=year, classes=expected)
        if out is not None:
            comparing.write(out, found, workspace)
    if as_json:
        print_json(comparing.plain(found))
    else:
        comparing.show(found)


def _refusal(imported: ImportedList, planned: "ImportPlan", *, good_rows_only: bool) -> str:
    """Why nothing of the list can be imported; empty when it can."""
    if not imported.tables:
        return _(
            "Nothing was imported: no table of households was found in {file}. "
            "Column titles such as “Họ và tên” must stand in one row above the list."
        ).format(file=imported.label)
    if not imported.households:
        return _("Nothing was imported: {file} has column titles but no household that can be read below them.").format(
            file=imported.label
        )
    if not good_rows_only and not planned.clean:
        return _(
            "Nothing was imported: some rows are held back. Correct the list, or import the good rows only "
            "(--good-rows-only)."
        )
    return ""


def _meanings(columns: tuple[str, ...]) -> list[tuple[int, str]]:
    """Column, counted from 1, and field of every `--column`."""
    from casemgr.exchange.xlsxstyles import column_index

    found = []
    for text in columns:
        match = re.fullmatch(r"([A-Z]{1,3})=(\w*)", text)
        if match is None or (match[2] and match[2] not in FIELDS):
            fields = ", ".join(FIELDS)
            raise click.UsageError(_("Write --column LETTER=FIELD; the fields are: {fields}").format(fields=fields))
        found.append((column_index(match[1]) + 1, match[2]))
    return found


def _mapped(table: TableUse | None, meanings: list[tuple[int, str]]) -> TableUse | None:
    """The table with these columns understood as asked; a field moves from the column that had it."""
    from casemgr.exchange.lists import with_field

    if table is None:
        return None
    for column, name in meanings:
        freed = tuple(replace(use, field="") if name and use.field == name else use for use in table.columns)
        table = with_field(replace(table, columns=freed), column, name)
    return table


def _as_json(
    imported: ImportedList, planned: "ImportPlan", choices: "ImportChoices", result: "ImportResult | None"
) -> dict[str, object]:
    from casemgr.services.imports import Action

    return {
        "file": imported.label,
        "year": planned.year,
        "households": {action.value: planned.count(action) for action in Action},
        "people": {"read": imported.people, "new": planned.people},
        "hamlets": [hamlet.data.full_name for hamlet in planned.hamlets],
        "new_hamlets": choices.create_hamlets,
        "tables": [
            {
                "sheet": table.sheet,
                "header_row": table.header_row,
                "columns": {str(use.column): {"title": use.label, "field": use.field} for use in table.columns},
            }
            for table in imported.tables
        ],
        "questions": [
            {"key": question.key, "message": question.message, "answered": question.answered}
            for question in imported.questions
        ],
        "plan": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "head": one.head,
                "people": one.people,
                "action": one.action,
                "code": one.code,
                "held_back": list(one.blocks),
                "changes": [
                    {
                        "field": change.field,
                        "who": change.who,
                        "old": change.shown(change.old),
                        "new": change.shown(change.new),
                    }
                    for change in one.changes
                ],
                "known": [
                    {
                        "name": known.name,
                        "on_file": known.on_file,
                        "household": known.household,
                        "certain": known.certain,
                        "number_differs": known.renumbered,
                    }
                    for known in one.known
                ],
            }
            for one in planned.households
        ],
        "skipped": [
            {"sheet": one.sheet, "row": one.row, "kind": one.kind, "text": one.text} for one in imported.skipped
        ],
        "problems": [
            {
                "sheet": note.sheet,
                "row": note.row,
                "column": note.place.rstrip("0123456789"),
                "field": note.field,
                "value": note.raw,
                "read": note.read,
                "reason": note.reason,
                "message": note.message,
                "severity": note.severity,
            }
            for note in imported.all_notes()
        ],
        "applied": None
        if result is None
        else {
            "created": result.created,
            "updated": result.updated,
            "unchanged": result.unchanged,
            "held_back": result.held_back,
            "people": result.people,
            "hamlets": result.hamlets,
        },
    }


def _quoted(text: str) -> str:
    """What a cell says, on one line."""
    return _("“{text}”").format(text=" ".join(text.split()))


def _print(imported: ImportedList, planned: "ImportPlan", result: "ImportResult | None") -> None:
    from casemgr.exchange.problems import SEVERITY_LABELS, describe
    from casemgr.services.imports import ACTION_LABELS, BLOCKS, Action

    click.echo(_("{file}: year {year}; households: {households}; people: {people}").format(
        file=imported.label, households=len(imported.households), people=imported.people, year=planned.year
    ))  # fmt: skip
    for action in Action:
        if planned.count(action):
            click.echo(f"  {_(ACTION_LABELS[action])}: {planned.count(action)}")
    for hamlet in planned.hamlets:
        click.echo(
            _("Hamlet not on file yet: {name} ({count})").format(name=hamlet.data.full_name, count=hamlet.households)
        )
    for question in imported.questions:
        click.echo(f"{question.message}  [--yes {question.key!r}]")
    notes = [note for note in imported.all_notes() if note.severity is not Severity.INFO]
    for note in notes[:SHOWN]:
        place = f"{note.sheet}!{note.place}" if note.place else note.sheet
        click.echo(f"{_(SEVERITY_LABELS[note.severity])}  {place}  {_quoted(note.raw)}  {describe(note)}")
    if len(notes) > SHOWN:
        more = len(notes) - SHOWN
        click.echo(ngettext("… and {count} more problem", "… and {count} more problems", more).format(count=more))
    for household in planned.households:
        for block in household.blocks:
            click.echo(f"{_(ACTION_LABELS[Action.BLOCKED])}  {household.sheet}!{household.row}  {_(BLOCKS[block])}")
        for known in household.known:
            click.echo(
                _("Known already: {name} = {on_file} ({household})").format(
                    name=known.name, on_file=known.on_file, household=known.household or "–"
                )
            )
    if result is None:
        click.echo(_("This was a dry run: nothing was written."))
    else:
        click.echo(
            _("Imported. New households: {created}; changed: {updated}; new people: {people}.").format(
                created=result.created, updated=result.updated, people=result.people
            )
        )
