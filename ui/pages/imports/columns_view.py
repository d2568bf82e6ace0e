"""How each column was understood, with what stands in it; every choice reads the list again and is remembered."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from casemgr.domain.imports import FIELDS, ColumnUse, SkippedRow, TableUse, column_letters
from casemgr.exchange.cells import plain
from casemgr.exchange.headers import decode_cell
from casemgr.exchange.workbooks import Sheet
from casemgr.exchange.xlsxstyles import FONTS
from casemgr.i18n import N_, _
from ui.pages.imports.reading import Reading
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox

ENCODINGS: Final = {
    "": N_("found by itself"),
    "unicode": N_("Unicode"),
    "tcvn3": N_("TCVN3 (.VnTime)"),
    "tcvn3-upper": N_("TCVN3 capitals (.VnTimeH)"),
    "vni": N_("VNI"),
}
_SAMPLES: Final = 3


class ColumnsView(Speaks):
    """One card per table, one line per column."""

    changed = Signal(str, int, str, str)
    """sheet, column from 1, field, encoding"""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importColumns")
        self._reading: Reading | None = None
        self._cards: list[Card] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        spaced(self._column, margins=(0, 0, 8, 0), spacing=8)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setObjectName("importColumnArea")
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self._area)

    def show_reading(self, reading: Reading) -> None:
        """Show the tables of a list, keeping the place one was at."""
        if self._reading is not None and self._reading.tables == reading.tables and self._reading.book is reading.book:
            return
        self._reading = reading
        place = self._area.verticalScrollBar().value()
        focused = self.focusWidget()
        name = focused.objectName() if focused is not None else ""
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for sheet, table in zip(reading.book.sheets, reading.tables, strict=True):
            if table is not None:
                card = self._card(sheet, table, reading.imported.skipped)
                self._column.insertWidget(len(self._cards), card)
                self._cards.append(card)
        again = (
            next((box for card in self._cards for box in card.findChildren(ChoiceBox, name)), None) if name else None
        )
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.verticalScrollBar().setValue(place)

    def retranslate(self) -> None:
        """Say the words again."""
        reading, self._reading = self._reading, None
        if reading is not None:
            self.show_reading(reading)

    def _card(self, sheet: Sheet, table: TableUse, skipped: Iterable[SkippedRow]) -> Card:
        words = _("{sheet}: titles in row {row}").format(sheet=table.sheet, row=table.header_row)
        card = Card(lambda: words, margin=10)
        grid = QGridLayout()
        spaced(grid, spacing=6)
        for column, stretch in ((1, 4), (2, 4), (3, 4), (4, 3)):
            grid.setColumnStretch(column, stretch)
        for column, title in enumerate(("", _("Title"), _("First values"), _("Read as"), _("Letters"))):
            label = QLabel(title)
            label.setProperty("class", "h2")
            grid.addWidget(label, 0, column)
        known = {use.column: use for use in table.columns}
        passed_over = {one.row for one in skipped if one.sheet == table.sheet}
        for row, column in enumerate(range(1, sheet.width + 1), 1):
            use = known.get(column, ColumnUse(column, "", ""))
            values = _samples(sheet, table, use, passed_over)
            if not use.label and not values:
                continue
            self._line(grid, row, table.sheet, use, values)
        card.add(grid)
        return card

    def _line(self, grid: QGridLayout, row: int, sheet: str, use: ColumnUse, values: str) -> None:
        letters = column_letters(use.column)
        texts = (letters, use.label or _("no title"), values)
        for column, text in enumerate(texts):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setToolTip(text)
            label.setWordWrap(column == 1)
            label.setProperty("class", "strong" if column == 0 else "soft" if column == 2 else "")
            if column:
                label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(label, row, column)
        field: ChoiceBox[str] = ChoiceBox()
        field.set_choices([("", _not_read), *((name, partial(_, words)) for name, words in FIELDS.items())])
        field.set_value(use.field)
        field.setObjectName(f"field_{sheet}_{letters}")
        field.setAccessibleName(_("What column {letters} is read as").format(letters=letters))
        encoding: ChoiceBox[str] = ChoiceBox()
        encoding.set_choices([(code, partial(_, words)) for code, words in ENCODINGS.items()])
        encoding.set_value(use.encoding)
        encoding.setObjectName(f"encoding_{sheet}_{letters}")
        encoding.setAccessibleName(_("Letters of column {letters}").format(letters=letters))
        for column, box in ((3, field), (4, encoding)):
            box.chosen.connect(
                lambda: self.changed.emit(sheet, use.column, field.value() or "", encoding.value() or "")
            )
            grid.addWidget(box, row, column)


def _samples(sheet: Sheet, table: TableUse, use: ColumnUse, passed_over: set[int]) -> str:
    """The first values as they would be read."""
    found: list[str] = []
    for row in sheet.rows:
        if row.number + 1 >= table.first_row and row.number + 1 not in passed_over:
            cell = row.cell(use.column - 1)
            font = FONTS.get(use.encoding, 0) if use.encoding else cell.font
            value = decode_cell(cell.value, font, "unicode") if isinstance(cell.value, str) else plain(cell.value)
            text = " ".join(value.split())
            if text and text not in found:
                found.append(text)
                if len(found) == _SAMPLES:
                    break
    return " · ".join(found)


def _not_read() -> str:
    return _("not read")
