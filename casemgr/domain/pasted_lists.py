"""Columns of a list pasted from Excel: which heading means which field, and what a cell says as text."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from casemgr.domain.text import fold

Cell = str | float | date | datetime | None
Headings = Sequence[tuple[str, Sequence[str]]]
"""Field, and beginnings of its heading without accents; what stands first is looked for first."""


def heading(row: Sequence[Cell], known: Headings) -> dict[str, int]:
    """Place of every field the row names."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        words = f"{fold(cell_text(cell))} "
        for name, beginnings in known:
            if name not in found and any(part in words for part in beginnings):
                found[name] = place
                break
    return found


def is_numbering(row: Sequence[Cell]) -> bool:
    """The line below a heading that numbers its columns: (1) (2) (3)."""
    told = [cell_text(cell).strip("()") for cell in row]
    filled = [text for text in told if text]
    return len(filled) > 3 and all(text.isdecimal() and int(text) <= len(row) + 1 for text in filled)


def cell_at(row: Sequence[Cell], columns: Mapping[str, int], name: str) -> Cell:
    """The cell of a field; nothing where the list has no such column."""
    place = columns.get(name)
    return row[place] if place is not None and place < len(row) else None


def cell_text(value: Cell) -> str:
    """A cell in words; a whole number without its fraction."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def cell_plain(value: Cell) -> str | float | None:
    """A cell that is no day."""
    return None if isinstance(value, date) else value
