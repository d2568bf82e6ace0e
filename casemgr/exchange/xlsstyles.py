"""The same look at fonts, strikes, red fills, hidden rows and merges for the old binary .xls."""

from itertools import pairwise
from pathlib import Path

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet

from casemgr.domain import legacy
from casemgr.exchange.limits import CELL_LIMIT, RefusedError
from casemgr.exchange.xlsxstyles import FONTS, RED, STRUCK, SheetStyles, decode


class _Silence:
    """Where xlrd writes its chatter."""

    def write(self, _text: str) -> int:
        return 0


def _looks(book: Book) -> dict[int, int]:
    looks: dict[int, int] = {}
    for index, style in enumerate(book.xf_list):
        font = book.font_list[style.font_index]
        mark = FONTS.get(legacy.encoding_of_font(font.name) or "", 0)
        if font.struck_out:
            mark |= STRUCK
        background = style.background
        solid = background is not None and background.fill_pattern == 1
        colour = book.colour_map.get(background.pattern_colour_index) if background and solid else None
        if colour and colour[0] >= 0xC0 and max(colour[1:]) <= 0x50:
            mark |= RED
        if mark:
            looks[index] = mark
    return looks


def _rich_text(book: Book, sheet: Sheet, row: int, column: int) -> str | None:
    """The text decoded run by run when a run changes to a legacy font."""
    runs = sheet.rich_text_runlist_map.get((row, column))
    text = sheet.cell_value(row, column)
    if not runs or not isinstance(text, str):
        return None
    base = book.font_list[book.xf_list[sheet.cell_xf_index(row, column)].font_index].name
    names = [base] + [book.font_list[font].name for _, font in runs]
    encodings = [legacy.encoding_of_font(name) or "" for name in names]
    if len(set(encodings)) == 1:
        return None
    bounds = [0] + [start for start, _ in runs] + [len(text)]
    pieces = [text[start:stop] for start, stop in pairwise(bounds)]
    return "".join(decode(piece, encoding) for piece, encoding in zip(pieces, encodings, strict=True))


def _read_sheet(book: Book, sheet: Sheet, looks: dict[int, int]) -> SheetStyles:
    if sheet.nrows * max(sheet.ncols, 1) > CELL_LIMIT:
        raise RefusedError("stray-cell", row=sheet.nrows, column=sheet.ncols)
    styles = SheetStyles()
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(int(sheet.cell_value(row, column)), "#?")
                styles.faults.setdefault(row, {})[column] = text
            if looks and kind not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                mark = looks.get(sheet.cell_xf_index(row, column), 0)
                if mark:
                    styles.marks.setdefault(row, {})[column] = mark
    for row, column in sheet.rich_text_runlist_map:
        decoded = _rich_text(book, sheet, row, column)
        if decoded is not None:
            styles.texts.setdefault(row, {})[column] = decoded
    styles.hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    styles.hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
    styles.merges = [(top, left, below - 1, right - 1) for top, below, left, right in sheet.merged_cells]
    return styles


def read_styles(path: Path) -> dict[str, SheetStyles]:
    """What was found, by sheet name."""
    with xlrd.open_workbook(str(path), formatting_info=True, on_demand=True, logfile=_Silence()) as book:
        looks = _looks(book)
        found = {}
        for index, name in enumerate(book.sheet_names()):
            found[name] = _read_sheet(book, book.sheet_by_index(index), looks)
            book.unload_sheet(index)
        return found
