"""Goods of a list on a sheet of their own: what people change in it is read, what cannot be read is told by row."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from casemgr.domain.distributions import DistributionData
from casemgr.domain.support import FundSource, GoodsLine
from casemgr.exchange.distributions import ReadDistribution, distribution_workbook, read_distribution
from casemgr.exchange.workbooks import read_workbook
from casemgr.services import distributions
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
GIFTS = DistributionData("Quà Tết", "QUA-XH", TODAY, source=FundSource.SPONSOR)
RICE = GoodsLine("Gạo tẻ", 15, "kg", "loại 1", "Hạt Ngọc", "Công ty Lương thực", 16_000)
COLUMNS = {"thing": 3, "quantity": 4, "brand": 7, "price": 9, "id": 10}
FIRST = 4
"""The first row below the headings."""


class Sheet:
    """A list of rice for two households as an Excel file."""

    def __init__(self, workspace: Workspace, make: Make, folder: Path, *, goods: tuple[GoodsLine, ...]) -> None:
        for name, number in (("Nguyễn Thị Á", "083179000015"), ("Lê Văn Bình", "083079000023")):
            make.poor(make.household(make.person(name, id_number=number)))
        found = workspace.read(distributions.propose, GIFTS, HouseholdQuery(), amount=100_000, goods=goods)
        one = workspace.write(distributions.make, found.data, [row.data("đã xác minh") for row in found.rows])
        self.view = workspace.read(distributions.view, one)
        self.rows = workspace.read(distributions.rows, one)
        self.file = folder / "qua-tet.xlsx"
        self.file.write_bytes(distribution_workbook(self.view, self.rows, mark="Nguyễn Thị Lan"))

    def fill(self, row: int, *, sheet: str = "Hiện vật", **values: object) -> None:
        book = openpyxl.load_workbook(self.file)
        for name, value in values.items():
            book[sheet].cell(FIRST + row, COLUMNS[name]).value = value
        book.save(self.file)

    def read(self) -> ReadDistribution:
        return read_distribution(read_workbook(self.file), self.view, self.rows)


@pytest.fixture
def sheet(workspace: Workspace, make: Make, tmp_path: Path) -> Sheet:
    return Sheet(workspace, make, tmp_path, goods=(RICE,))


def test_an_untouched_sheet_changes_nothing(sheet: Sheet) -> None:
    assert sheet.read() == ReadDistribution({}, {}, (), {})


def test_quantity_brand_and_another_line_are_read_by_the_id_of_the_row(sheet: Sheet) -> None:
    first, second = sheet.rows
    sheet.fill(0, quantity=20, brand="Cỏ May")
    sheet.fill(2, thing="Dầu ăn", quantity="2", price="45.000", id=str(second.id))
    goods = sheet.read().goods
    assert goods[first.id] == (GoodsLine("Gạo tẻ", 20, "kg", "loại 1", "Cỏ May", "Công ty Lương thực", 16_000),)
    assert goods[second.id] == (RICE, GoodsLine("Dầu ăn", 2, unit_price=45_000))


def test_a_line_emptied_takes_its_goods_away(sheet: Sheet) -> None:
    book = openpyxl.load_workbook(sheet.file)
    for column in range(3, 10):
        book["Hiện vật"].cell(FIRST, column).value = None
    book.save(sheet.file)
    assert sheet.read().goods == {sheet.rows[0].id: ()}


@pytest.mark.parametrize("values", [{"quantity": "nhiều"}, {"price": "1,5"}, {"thing": None}])
def test_what_cannot_be_read_is_told_by_sheet_and_row_and_nothing_of_it_is_taken(
    sheet: Sheet, values: dict[str, object]
) -> None:
    sheet.fill(1, **values)
    read = sheet.read()
    assert [problem.field for problem in read.problems] == ["Hiện vật!5"]
    assert not read.goods


def test_a_line_of_nobody_is_told(sheet: Sheet) -> None:
    sheet.fill(2, thing="Dầu ăn", quantity=2, id="khong-co")
    assert [problem.field for problem in sheet.read().problems] == ["Hiện vật!6"]


def test_goods_typed_into_a_list_of_money_are_not_lost_in_silence(
    workspace: Workspace, make: Make, tmp_path: Path
) -> None:
    sheet = Sheet(workspace, make, tmp_path, goods=())
    book = openpyxl.load_workbook(sheet.file)
    assert "Hiện vật" not in book.sheetnames
    book["Danh sách"].cell(FIRST, 8).value = "15 kg gạo"
    book.save(sheet.file)
    read = sheet.read()
    assert [problem.field for problem in read.problems] == ["Danh sách!4"]
