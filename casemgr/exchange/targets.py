"""Targets as an Excel file, and reports of others read back: every percentage is worked out again from its counts."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from casemgr.domain.typed_figures import FigureFinding, TypedFigure, check, read_count, read_percent
from casemgr.exchange.tables import Table, workbook_bytes
from casemgr.files import atomic_write
from casemgr.i18n import using
from casemgr.services.target_sheets import PAPER_LANGUAGE, TargetSheet

COLUMNS = 4
"""Name, part, whole, percentage: what a line of figures must have."""


def targets_xlsx(sheet: TargetSheet) -> bytes:
    """The sheet as a workbook of one table; text stays text."""
    with using(PAPER_LANGUAGE):
        lines = [sheet.title, *sheet.lines]
        table = Table(
            name=sheet.title.capitalize(),
            columns=[column.heading for column in sheet.columns],
            rows=sheet.rows,
            title=". ".join(line.rstrip(".") for line in lines),
        )
        return workbook_bytes([table])


def write_targets(path: Path, sheet: TargetSheet) -> None:
    """The sheet into a file a person chose."""
    atomic_write(path, targets_xlsx(sheet))


def read_figures(rows: Iterable[Sequence[str]]) -> tuple[list[TypedFigure], list[str]]:
    """Lines of name, part, whole and percentage, as pasted or read from a sheet; what is no such line is told by place.

    A line without any number is a heading and passed over.
    """
    figures: list[TypedFigure] = []
    skipped: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if len(cells) < COLUMNS or not any(character.isdigit() for cell in cells[1:COLUMNS] for character in cell):
            continue
        part, whole, printed = read_count(cells[1]), read_count(cells[2]), read_percent(cells[3])
        if part is None or whole is None or printed is None:
            skipped.append(str(number))
            continue
        figures.append(TypedFigure(cells[0], part, whole, Fraction(printed), place=str(number)))
    return figures, skipped


def check_figures(figures: Iterable[TypedFigure]) -> list[FigureFinding]:
    """Every figure whose printed percentage is not that of its counts."""
    return [found for figure in figures if (found := check(figure)) is not None]
