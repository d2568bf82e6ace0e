"""A pay-out list goes to the hamlets in Excel and comes back: what fits is taken, what does not is told row by row."""

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest

from casemgr.domain.distributions import DistributionData
from casemgr.domain.support import FundSource, Receipt, ReceiptData
from casemgr.errors import ValidationError
from casemgr.exchange.distributions import (
    ReadDistribution,
    distribution_workbook,
    proposal_workbook,
    read_distribution,
)
from casemgr.exchange.workbooks import read_workbook
from casemgr.services import distributions
from casemgr.services.distributions import DistributionRow, DistributionView
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
GIFTS = DistributionData("Quà Tết", "QUA-XH", TODAY, source=FundSource.SPONSOR)


class Sheet:
    """The list as an Excel file somebody fills in."""

    def __init__(self, workspace: Workspace, make: Make, folder: Path) -> None:
        for name, number in (
            ("Nguyễn Thị Á", "083179000015"),
            ("Lê Văn Bình", "083079000023"),
            ("Đặng Gấm", "083079000031"),
        ):
            make.poor(make.household(make.person(name, id_number=number)))
        self.found = workspace.read(distributions.propose, GIFTS, HouseholdQuery(), amount=500_000)
        rows = [row.data("đã xác minh") for row in self.found.rows]
        one: UUID = workspace.write(distributions.make, self.found.data, rows, excluded=self.found.excluded)
        self.view: DistributionView = workspace.read(distributions.view, one)
        self.rows: list[DistributionRow] = workspace.read(distributions.rows, one)
        self.file = folder / "qua-tet.xlsx"
        self.file.write_bytes(distribution_workbook(self.view, self.rows, mark="Nguyễn Thị Lan"))

    def fill(self, row: int, **values: object) -> None:
        book = openpyxl.load_workbook(self.file)
        page = book.worksheets[0]
        head = {cell.value: cell.column for cell in page[3]}
        names = {
            "amount": "Số tiền (đồng)",
            "received": "Ngày nhận",
            "by": "Người nhận thay",
            "relation": "Quan hệ",
            "authorisation": "Giấy ủy quyền",
            "proof": "Hình thức ký nhận",
            "code": "Mã hộ",
            "name": "Họ và tên",
            "number": "Số định danh cá nhân/CCCD",
            "id": "Mã dòng",
        }
        for name, value in values.items():
            page.cell(4 + row, head[names[name]]).value = value
        book.save(self.file)

    def read(self) -> ReadDistribution:
        return read_distribution(read_workbook(self.file), self.view, self.rows)


@pytest.fixture
def sheet(workspace: Workspace, make: Make, tmp_path: Path) -> Sheet:
    return Sheet(workspace, make, tmp_path)


def test_an_untouched_list_says_nothing_new(sheet: Sheet) -> None:
    assert sheet.read() == ReadDistribution({}, {}, ())


def test_amounts_and_ticks_come_back_as_people_write_them(sheet: Sheet) -> None:
    first, second, third = (row.id for row in sheet.rows)
    sheet.fill(0, amount="600.000", received="x")
    sheet.fill(1, received=datetime(2026, 11, 23), by="Lê Văn Em", relation="con", authorisation="GUQ 01")  # noqa: DTZ001 - Excel knows no zones
    sheet.fill(2, amount=450_000, received="22/11/2026", proof="Điểm chỉ")
    read = sheet.read()
    assert read.problems == ()
    assert read.amounts == {first: 600_000, third: 450_000}
    assert read.receipts[first] == ReceiptData(TODAY, sheet.rows[0].name)
    assert read.receipts[second] == ReceiptData(date(2026, 11, 23), "Lê Văn Em", "con", "GUQ 01")
    assert read.receipts[third].proof is Receipt.FINGERPRINT
    assert read.receipts[third].received_on == date(2026, 11, 22)


def test_rows_without_their_id_are_known_by_code_and_name(sheet: Sheet) -> None:
    sheet.fill(0, id=None, amount=1_000)
    assert sheet.read().amounts == {sheet.rows[0].id: 1_000}


def test_what_does_not_fit_is_told_with_sheet_and_row_and_the_rest_is_read(sheet: Sheet) -> None:
    sheet.fill(0, amount="nhiều")
    sheet.fill(1, name="Trần Văn Khác", received="hôm qua")
    sheet.fill(2, amount=700_000)
    read = sheet.read()
    assert read.amounts == {sheet.rows[2].id: 700_000}
    assert {problem.field for problem in read.problems} == {"Danh sách!4", "Danh sách!5"}
    told = " ".join(problem.message for problem in read.problems)
    assert "nhiều" in told
    assert "Trần Văn Khác" in told
    assert "hôm qua" in told


@pytest.mark.parametrize(
    "values",
    [
        {"id": None, "code": "H-09999"},
        {"number": "083079000099"},
        {"by": "Lê Văn Em"},
        {"received": "x", "proof": "gửi bưu điện"},
        {"amount": -5},
        {"amount": "1,5"},
    ],
)
def test_each_mistake_is_one_problem_and_nothing_of_the_row_is_taken(sheet: Sheet, values: dict[str, object]) -> None:
    sheet.fill(1, **values)
    read = sheet.read()
    assert [problem.field for problem in read.problems] == ["Danh sách!5"]
    assert not read.amounts
    assert not read.receipts


def test_a_row_that_stands_twice_is_told(sheet: Sheet) -> None:
    same = sheet.rows[0]
    sheet.fill(1, id=str(same.id), code=same.code, name=same.name, number=same.id_number)
    assert [problem.field for problem in sheet.read().problems] == ["Danh sách!5"]


def test_another_file_is_refused_with_the_columns_it_lacks(sheet: Sheet, tmp_path: Path) -> None:
    other = tmp_path / "khac.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Tên", "Tuổi"])
    book.save(other)
    with pytest.raises(ValidationError) as caught:
        read_distribution(read_workbook(other), sheet.view, sheet.rows)
    assert "Mã hộ" in str(caught.value)


def test_the_proposal_is_written_with_who_is_left_out(sheet: Sheet, tmp_path: Path) -> None:
    file = tmp_path / "de-nghi.xlsx"
    file.write_bytes(proposal_workbook(sheet.found, mark="Nguyễn Thị Lan"))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Đề nghị", "Không đưa vào danh sách"]
    names = [row[2].value for row in book.worksheets[0].iter_rows(min_row=4)]
    assert names == [row.name for row in sheet.found.rows]
