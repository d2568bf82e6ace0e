"""A pay-out list as an Excel file and back: amounts, and who collected; what does not fit is told row by row."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.money import read_money
from casemgr.domain.support import DELIVERY_LABELS, RECEIPT_LABELS, GoodsLine, Receipt, ReceiptData
from casemgr.domain.text import clean, fold
from casemgr.errors import Problem, ValidationError
from casemgr.exchange.cells import Value as Cell
from casemgr.exchange.cells import words
from casemgr.exchange.distribution_goods import SHEET, goods_table, problem_at, read_goods
from casemgr.exchange.tables import Table, Value, workbook_bytes
from casemgr.exchange.workbooks import Row, Sheet, Workbook
from casemgr.i18n import _, using
from casemgr.services.distribution_lists import Excluded, Proposal
from casemgr.services.distribution_papers import goods_text
from casemgr.services.distribution_views import DistributionRow, DistributionView

_LANGUAGE: Final = "vi"
"""The sheet is filled in by hamlets: it speaks their language whatever the window does."""

CODE: Final = "Mã hộ"
NAME: Final = "Họ và tên"
NUMBER: Final = "Số định danh cá nhân/CCCD"
HAMLET: Final = "Thôn, ấp, tổ dân phố"
CLASS: Final = "Loại hộ"
AMOUNT: Final = "Số tiền (đồng)"
GOODS: Final = "Hiện vật"
STATUS: Final = "Tình trạng"
RECEIVED: Final = "Ngày nhận"
BY: Final = "Người nhận thay"
RELATION: Final = "Quan hệ"
AUTHORISATION: Final = "Giấy ủy quyền"
PROOF: Final = "Hình thức ký nhận"
ROW: Final = "Mã dòng"
"""The id of the entry: what a row belongs to when the list comes back."""

COLUMNS: Final = (
    *("STT", CODE, NAME, NUMBER, HAMLET, CLASS, AMOUNT, GOODS, STATUS),
    *(RECEIVED, BY, RELATION, AUTHORISATION, PROOF, ROW),
)

_COLLECTED: Final = frozenset({"x", "co", "da nhan", "roi", "v"})
"""Marks in the column of the day that say "on the day of the list"."""


@dataclass(frozen=True)
class ReadDistribution:
    """What a returned sheet says."""

    amounts: Mapping[UUID, int]
    """Only those that differ from the list."""
    receipts: Mapping[UUID, ReceiptData]
    """Rows with a day of receipt that were not received before."""
    problems: tuple[Problem, ...]
    """What does not fit, each with its sheet and row as the field."""
    goods: Mapping[UUID, tuple[GoodsLine, ...]] = field(default_factory=dict)
    """Only of rows whose goods differ from the list."""


def distribution_workbook(view: DistributionView, rows: Sequence[DistributionRow], *, mark: str) -> bytes:
    """The list, and who was left out; `mark` is who made it and when."""
    with using(_LANGUAGE):
        title = f"{view.data.title}. {mark}"
        listed = Table("Danh sách", COLUMNS, [_line(place, row) for place, row in enumerate(rows, 1)], title)
        goods = goods_table(rows, title)
        return workbook_bytes((listed, *([goods] if goods else ()), _excluded_table(view.excluded, title)))


def proposal_workbook(proposal: Proposal, *, mark: str) -> bytes:
    """The same before the list is made, without ids."""
    with using(_LANGUAGE):
        title = f"{proposal.data.title}. {mark}"
        lines = [
            (
                place,
                row.code,
                row.name,
                row.id_number,
                row.hamlet,
                _(CLASS_LABELS[_class(row.class_value)]),
                row.amount,
                "; ".join(map(goods_text, row.goods)),
                "; ".join(finding.text for finding in row.findings),
            )
            for place, row in enumerate(proposal.rows, 1)
        ]
        columns = (*COLUMNS[:8], "Cần ghi lý do")
        return workbook_bytes((Table("Đề nghị", columns, lines, title), _excluded_table(proposal.excluded, title)))


def read_distribution(workbook: Workbook, view: DistributionView, rows: Sequence[DistributionRow]) -> ReadDistribution:
    """Amounts and receipts of a returned sheet, row by row; nothing is written here."""
    sheet, header, places = _header(workbook)
    known = _Known(rows)
    things = read_goods(workbook, known.find)
    amounts: dict[UUID, int] = {}
    receipts: dict[UUID, ReceiptData] = {}
    problems: list[Problem] = []
    seen: set[UUID] = set()
    for line in sheet.rows:
        if line.number <= header or not any(value not in (None, "") for value in line.values):
            continue
        reader = _Reader(sheet, line, places)
        row = reader.row(known)
        if row is None:
            problems.append(reader.problem(_("this row belongs to no household of the list.")))
            continue
        if row.id in seen:
            problems.append(reader.problem(_("{name} stands twice in the sheet.").format(name=row.name)))
            continue
        seen.add(row.id)
        told = reader.mismatches(row)
        if things is None:
            told += reader.goods_typed(row)
        amount = reader.amount(told)
        receipt = reader.receipt(row, view.data.on, told)
        problems += [reader.problem(message) for message in told]
        if told:
            continue
        if amount is not None and amount != row.amount:
            amounts[row.id] = amount
        if receipt is not None and row.received_on is None:
            receipts[row.id] = receipt
    if things is None:
        return ReadDistribution(amounts, receipts, tuple(problems))
    return ReadDistribution(amounts, receipts, (*problems, *things.problems), things.goods)


def _class(value: str) -> HouseholdClass:
    return HouseholdClass(value) if value else HouseholdClass.UNREVIEWED


def _line(place: int, row: DistributionRow) -> tuple[Value, ...]:
    return (
        place,
        row.code,
        row.name,
        row.id_number,
        row.hamlet,
        _(CLASS_LABELS[row.class_value]),
        row.amount,
        "; ".join(map(goods_text, row.goods)),
        _(DELIVERY_LABELS[row.status]),
        row.received_on,
        row.received_by if row.by_other else "",
        row.received_relation,
        row.authorisation,
        _(RECEIPT_LABELS[row.proof]) if row.proof else "",
        str(row.id),
    )


def _excluded_table(excluded: Sequence[Excluded], title: str) -> Table:
    return Table(
        "Không đưa vào danh sách",
        (CODE, NAME, HAMLET, "Lý do"),
        [(one.code, one.name, one.hamlet, one.reason) for one in excluded],
        title,
    )


def _header(workbook: Workbook) -> tuple[Sheet, int, dict[str, int]]:
    """The sheet, the row and the columns of the list, found by their headings."""
    wanted = {fold(name): name for name in COLUMNS}
    for sheet in workbook.sheets:
        for row in sheet.rows[:20]:
            places = {
                wanted[key]: column
                for column, value in enumerate(row.values)
                if isinstance(value, str) and (key := fold(clean(value))) in wanted
            }
            if {CODE, NAME} <= places.keys() and (AMOUNT in places or RECEIVED in places):
                return sheet, row.number, places
    message = _("{file} has no list with the columns {columns}. Write the list out first and fill that file in.")
    columns = ", ".join((CODE, NAME, AMOUNT))
    raise ValidationError([Problem("file", message.format(file=workbook.label, columns=columns))])


class _Known:
    """Whose row it is: by the id of the entry, else by code and name."""

    def __init__(self, rows: Sequence[DistributionRow]) -> None:
        self._ids = {str(row.id): row for row in rows}
        self._codes: dict[tuple[str, str], list[DistributionRow]] = {}
        for row in rows:
            self._codes.setdefault((row.code, fold(row.name)), []).append(row)

    def find(self, row_id: str, code: str, name: str) -> DistributionRow | None:
        """The row; None when it is none of the list, or more than one."""
        found = self._ids.get(row_id.lower())
        if found is not None:
            return found
        same = self._codes.get((code.upper(), fold(name)), ())
        return same[0] if len(same) == 1 else None


class _Reader:
    """One row of the returned sheet."""

    def __init__(self, sheet: Sheet, line: Row, places: Mapping[str, int]) -> None:
        self._sheet = sheet
        self._line = line
        self._places = places

    def problem(self, message: str) -> Problem:
        """A problem with its place."""
        return problem_at(self._sheet, self._line, message)

    def row(self, known: _Known) -> DistributionRow | None:
        """Whose row it is."""
        return known.find(words(self._cell(ROW)), words(self._cell(CODE)), words(self._cell(NAME)))

    def goods_typed(self, row: DistributionRow) -> list[str]:
        """Goods written where they are only shown."""
        theirs, ours = words(self._cell(GOODS)), clean("; ".join(map(goods_text, row.goods)))
        if not theirs or fold(theirs) == fold(ours):
            return []
        message = _("goods are not read from this column; write them on the sheet “{sheet}” or in the program.")
        return [message.format(sheet=SHEET)]

    def mismatches(self, row: DistributionRow) -> list[str]:
        """Name, code and number of the sheet that are not those of the list: rows may have been mixed up."""
        told = []
        for heading, theirs, ours in (
            (CODE, words(self._cell(CODE)).upper(), row.code),
            (NAME, fold(words(self._cell(NAME))), fold(row.name)),
            (NUMBER, words(self._cell(NUMBER)).removeprefix("'"), row.id_number),
        ):
            if theirs and theirs != ours:
                message = _("{column}: the sheet says “{theirs}”, the list “{ours}”.")
                shown = words(self._cell(heading))
                own = row.name if heading == NAME else ours
                told.append(message.format(column=heading, theirs=shown, ours=own))
        return told

    def amount(self, told: list[str]) -> int | None:
        """The amount; None where the sheet has none."""
        cell = self._cell(AMOUNT)
        if AMOUNT not in self._places or cell in (None, ""):
            return None
        reading = read_money(cell if isinstance(cell, int | float | str) and not isinstance(cell, bool) else None)
        if reading.rejected or reading.value is None:
            told.append(_("the amount “{text}” cannot be read.").format(text=words(cell)))
            return None
        return reading.value

    def receipt(self, row: DistributionRow, on: datetime.date, told: list[str]) -> ReceiptData | None:
        """Who collected; None where nobody did."""
        cell = self._cell(RECEIVED)
        text = words(cell)
        if not text:
            if words(self._cell(BY)):
                told.append(_("somebody collected, but the day is missing."))
            return None
        day = on if fold(text) in _COLLECTED else _day(cell)
        if day is None:
            told.append(_("the day “{text}” cannot be read; write dd/mm/yyyy.").format(text=text))
            return None
        proof = self._proof(told)
        if proof is None:
            return None
        by = words(self._cell(BY))
        return ReceiptData(day, by or row.name, words(self._cell(RELATION)), words(self._cell(AUTHORISATION)), proof)

    def _proof(self, told: list[str]) -> Receipt | None:
        text = fold(words(self._cell(PROOF)))
        if not text:
            return Receipt.SIGNATURE
        with using(_LANGUAGE):
            known = {fold(_(label)): proof for proof, label in RECEIPT_LABELS.items()}
        found = known.get(text)
        if found is None:
            told.append(_("“{text}” is no way to prove a receipt.").format(text=words(self._cell(PROOF))))
        return found

    def _cell(self, heading: str) -> Cell:
        place = self._places.get(heading)
        return None if place is None else self._line.cell(place).value


def _day(value: Cell) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(words(value), form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None
