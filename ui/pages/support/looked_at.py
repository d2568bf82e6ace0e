"""What is to be looked at in a grid: its column stands near the names, its rows are as high as their words need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from ui.theme import theme

_LINES: Final = 4
_MOST: Final = 300
"""So many rows grow; the words of further ones stand in their hint."""


def heighten(table: QTableView, column: int, told: Mapping[int, str]) -> None:
    """Give the rows of `told` the room their words need in this column, the others the usual height."""
    look, header = theme(), table.verticalHeader()
    for row in range(header.count()):
        if header.sectionSize(row) != look.row and row not in told:
            header.resizeSection(row, look.row)
    room = max(look.px(80), table.columnWidth(column) - look.px(12))
    metrics, flags = QFontMetrics(look.font()), int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
    most = _LINES * metrics.lineSpacing()
    for row, text in list(told.items())[:_MOST]:
        words = metrics.boundingRect(QRect(0, 0, room, 100_000), flags, text).height()
        header.resizeSection(row, max(look.row, min(most, words) + look.px(8)))


def place_columns(table: QTableView, order: Iterable[int]) -> None:
    """Show the columns in this order."""
    header = table.horizontalHeader()
    for place, column in enumerate(order):
        if (now := header.visualIndex(column)) != place:
            header.moveSection(now, place)
