"""The ministry's household register export: its three sheets by their titles, where its column titles are not found."""

from types import MappingProxyType
from typing import Final

from casemgr.domain.imports import ColumnUse, TableUse
from casemgr.domain.text import fold
from casemgr.exchange.headers import fingerprint, title_text
from casemgr.exchange.workbooks import Sheet
from casemgr.exchange.xlsxstyles import column_index

_MAIN: Final = MappingProxyType(
    {
        "A": "number",
        "B": "household_number",
        "C": "head_name",
        "D": "member_name",
        "E": "relation",
        "F": "birth",
        "G": "sex",
        "H": "identity",
        "I": "place",
        "J": "place",
        "K": "place",
        "L": "place",
        "M": "place",
        "N": "hamlet",
        "O": "ethnic",
        "P": "class",
        "Q": "decision_number",
        "R": "decision_date",
        "S": "b1",
        "T": "b2",
        "U": "minority",
        "V": "no_labour",
        "W": "merit",
        "X": "causes",
        "Z": "age",
        "AA": "members",
    }
)
_ESCAPED: Final = MappingProxyType(
    {
        "B": "household_number",
        "C": "name",
        "D": "relation",
        "E": "sex",
        "F": "birth",
        "G": "identity",
        "H": "ethnic",
        "I": "address",
        "J": "b1",
        "K": "b2",
        "M": "note",
        "O": "age",
        "P": "members",
    }
)
_TITLES: Final = (
    ("danh sach ho thoat ngheo sau khi ra soat", 10, _ESCAPED),
    ("danh sach ho thoat can ngheo sau khi ra soat", 10, _ESCAPED),
    ("danh sach ho ngheo, ho can ngheo sau khi ra soat", 8, _MAIN),
)


def fixed_table(sheet: Sheet) -> TableUse | None:
    """The columns of a register sheet by their places; none when its title is not there."""
    for row in sheet.rows:
        if row.number >= 8:
            return None
        for column in range(len(row.values)):
            text = " ".join(fold(title_text(row.cell(column))).split())
            for title, first_row, layout in _TITLES:
                if text.startswith(title):
                    columns = tuple(
                        ColumnUse(column_index(letters) + 1, letters, field) for letters, field in layout.items()
                    )
                    key = fingerprint({use.column: use.label for use in columns})
                    return TableUse(sheet.name.strip(), first_row - 1, first_row, key, columns)
    return None
