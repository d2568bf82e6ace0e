"""The goods of a pay-out list on a sheet of their own, a line for each kind, and back again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casemgr.domain.money import read_money
from casemgr.domain.support import GoodsLine
from casemgr.domain.text import clean, fold
from casemgr.errors import Problem
from casemgr.exchange.cells import Value as Cell
from casemgr.exchange.cells import words
from casemgr.exchange.tables import Table, Value
from casemgr.exchange.workbooks import Row, Sheet, Workbook
from casemgr.i18n import _
from casemgr.services.distribution_views import DistributionRow

SHEET: Final = "Hiện vật"
CODE: Final = "Mã hộ"
NAME: Final = "Họ và tên"
ROW: Final = "Mã dòng"
THING: Final = "Tên hàng"
QUANTITY: Final = "Số lượng"
MEASURE: Final = "Đơn vị tính"
SPECIFICATION: Final = "Quy cách"
BRAND: Final = "Nhãn hiệu"
MAKER: Final = "Nhà sản xuất"
PRICE: Final = "Đơn giá (đồng)"
COLUMNS: Final = (CODE, NAME, THING, QUANTITY, MEASURE, SPECIFICATION, BRAND, MAKER, PRICE, ROW)
_THINGS: Final = COLUMNS[2:-1]

Find = Callable[[str, str, str], DistributionRow | None]
"""Whose line it is: by the id of the entry, the code of the household and the name."""


@dataclass(frozen=True)
class ReadGoods:
    """What the sheet says."""

    goods: Mapping[UUID, tuple[GoodsLine, ...]]
    """Only of rows whose goods differ from the list."""
    problems: tuple[Problem, ...]


def goods_table(rows: Sequence[DistributionRow], title: str) -> Table | None:
    """A line for each kind of goods, an empty one for whoever gets none; None for a list of money only."""
    if not any(row.goods for row in rows):
        return None
    lines: list[tuple[Value, ...]] = []
    for row in rows:
        for line in row.goods or (GoodsLine("", 0),):
            things = (line.name, line.quantity or None, line.measure, line.specification, line.brand, line.maker)
            lines.append((row.code, row.name, *things, line.unit_price or None, str(row.id)))
    return Table(SHEET, COLUMNS, lines, title)


def read_goods(workbook: Workbook, find: Find) -> ReadGoods | None:
    """The goods of a returned workbook; None when it has no such sheet."""
    found = _header(workbook)
    if found is None:
        return None
    sheet, header, places = found
    goods: dict[UUID, list[GoodsLine]] = {}
    rows: dict[UUID, DistributionRow] = {}
    wrong: set[UUID] = set()
    problems: list[Problem] = []
    for line in sheet.rows:
        if line.number <= header or not any(value not in (None, "") for value in line.values):
            continue
        cells = {name: line.cell(place).value for name, place in places.items()}
        row = find(words(cells.get(ROW)), words(cells.get(CODE)), words(cells.get(NAME)))
        told: list[str] = []
        if row is None:
            told.append(_("this row belongs to no household of the list."))
        else:
            rows[row.id] = row
            kept = goods.setdefault(row.id, [])
            if (one := _line(cells, told)) is not None:
                kept.append(one)
            if told:
                wrong.add(row.id)
        problems += [problem_at(sheet, line, message) for message in told]
    changed = {
        one: tuple(lines) for one, lines in goods.items() if one not in wrong and tuple(lines) != rows[one].goods
    }
    return ReadGoods(changed, tuple(problems))


def problem_at(sheet: Sheet, line: Row, message: str) -> Problem:
    """A problem with its sheet and row."""
    name, row = sheet.name.strip(), line.number + 1
    return Problem(f"{name}!{row}", _("{sheet}, row {row}: {message}").format(sheet=name, row=row, message=message))


def _header(workbook: Workbook) -> tuple[Sheet, int, dict[str, int]] | None:
    wanted = {fold(name): name for name in COLUMNS}
    for sheet in workbook.sheets:
        for row in sheet.rows[:20]:
            places = {
                wanted[key]: column
                for column, value in enumerate(row.values)
                if isinstance(value, str) and (key := fold(clean(value))) in wanted
            }
            if {THING, QUANTITY} <= places.keys() and (ROW in places or {CODE, NAME} <= places.keys()):
                return sheet, row.number, places
    return None


def _line(cells: Mapping[str, Cell], told: list[str]) -> GoodsLine | None:
    """One kind of goods; None where the line names none or cannot be read."""
    texts = {name: words(cells.get(name)) for name in _THINGS}
    if not any(texts.values()):
        return None
    if not texts[THING]:
        told.append(_("the name of the goods is missing."))
        return None
    quantity, price = _number(cells.get(QUANTITY), told), _number(cells.get(PRICE), told)
    if told:
        return None
    others = (texts[MEASURE], texts[SPECIFICATION], texts[BRAND], texts[MAKER])
    return GoodsLine(texts[THING], quantity, *others, price)


def _number(cell: Cell, told: list[str]) -> int:
    if cell in (None, ""):
        return 0
    reading = read_money(cell if isinstance(cell, int | float | str) and not isinstance(cell, bool) else None)
    if reading.rejected or reading.value is None:
        told.append(_("“{text}” is no whole number.").format(text=words(cell)))
        return 0
    return reading.value
