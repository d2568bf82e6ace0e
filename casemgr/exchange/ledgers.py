"""Lists the commune confirms as Excel files: one sheet a part, text as text, sums as numbers."""

from pathlib import Path

from casemgr.domain.ledger_papers import ConfirmedListContent
from casemgr.exchange.tables import Table, Value, workbook_bytes
from casemgr.files import atomic_write


def confirmed_xlsx(content: ConfirmedListContent) -> bytes:
    """The list as an Excel file."""
    wording = content.wording
    tables = [
        Table(
            name=section.heading,
            columns=wording.columns,
            rows=[(number, *map(_cell, cells)) for number, cells in enumerate(section.rows, 1)],
            title=f"{wording.title}. {section.heading}",
        )
        for section in content.sections
    ]
    return workbook_bytes(tables)


def write_confirmed(path: Path, content: ConfirmedListContent) -> None:
    """The list into a file a person chose."""
    atomic_write(path, confirmed_xlsx(content))


def _cell(text: str) -> Value:
    """A sum written with dots between thousands is a number again; an identity number never has dots."""
    digits = text.replace(".", "")
    grouped = "." in text and digits.isdecimal() and f"{int(digits):,}".replace(",", ".") == text
    return int(digits) if grouped else text
