"""A list goes to Excel, people change the file, and what it says otherwise is shown before it is taken over."""

import shutil
import subprocess
from datetime import date
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pytestqt.qtbot import QtBot

from casemgr.domain.support import DeliveryStatus, FundSource, GoodsLine
from casemgr.services import distributions
from casemgr.workspace import Workspace
from tests.support.pages import answer_file_dialog, press
from tests.support.support_page import Settle, approve, prepared
from ui.pages.support.amount_grid import AMOUNT
from ui.pages.support.list_pane import ListPane
from ui.pages.support.page import SupportPage

OFFICE_SUITE = shutil.which("soffice") or shutil.which("libreoffice")
RICE = GoodsLine("Gạo tẻ", 15, "kg", "loại 1", "Hạt Ngọc", "Công ty Lương thực", 16_000)


def written(shown: ListPane, settle: Settle, file: Path) -> Path:
    shown.files.give_out()
    answer_file_dialog(file)
    settle()
    assert file.exists()
    return file


def come_back(shown: ListPane, settle: Settle, file: Path) -> None:
    shown.files.take_in()
    answer_file_dialog(file)
    settle()


def fill(file: Path, values: dict[str, dict[str, object]], *, sheet: int = 0) -> None:
    """Write under a heading, by the name in the row."""
    book = openpyxl.load_workbook(file)
    page = book.worksheets[sheet]
    assert isinstance(page, Worksheet)
    head = next(row for row in page.iter_rows() if any(cell.value == "Mã hộ" for cell in row))
    places = {str(cell.value): cell.column for cell in head}
    for row in page.iter_rows(min_row=head[0].row + 1):
        name = row[places["Họ và tên"] - 1].value
        for heading, value in values.get(str(name), {}).items():
            page.cell(row[0].row, places[heading], value)
    book.save(file)


def told(shown: ListPane) -> list[tuple[str, str, str, str]]:
    return [(one.name, one.what, one.before, one.after) for one in shown.table.excel.changes]


def test_an_untouched_file_changes_nothing_and_cannot_be_taken_over(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], tmp_path: Path
) -> None:
    prepared(page, qtbot, settle)
    shown = page.distributions.list
    come_back(shown, settle, written(shown, settle, tmp_path / "danh sach.xlsx"))
    excel = shown.table.excel
    assert shown.table.shows(excel)
    assert not excel.changes
    assert not excel.take.isEnabled()
    assert excel.summary.text() == "The file says nothing else than the list."
    assert not shown.next.isVisible()
    press(qtbot, shown, "excelBack")
    assert shown.table.shows(shown.grid)
    assert shown.next.isVisible()


def test_what_the_file_says_otherwise_is_shown_and_only_then_stands_in_the_grid_to_be_saved(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], tmp_path: Path, workspace: Workspace
) -> None:
    one = prepared(page, qtbot, settle)
    shown = page.distributions.list
    file = written(shown, settle, tmp_path / "danh sach.xlsx")
    fill(file, {"Lê Văn Bình": {"Số tiền (đồng)": "150.000"}, "Nguyễn Thị Á": {"Số tiền (đồng)": "nhiều"}})
    come_back(shown, settle, file)
    excel = shown.table.excel
    assert told(shown) == [("Lê Văn Bình", "Amount", "178,560 dong", "150,000 dong")]
    assert len(excel.problems) == 1
    assert "nhiều" in excel.problems[0]
    assert {line.amount for line in shown.amounts.lines} == {178_560}
    press(qtbot, shown, "excelTake")
    assert shown.table.shows(shown.grid)
    assert shown.next.text() == "Save the amounts"
    assert {row.amount for row in workspace.read(distributions.rows, one)} == {178_560}
    press(qtbot, shown, "listNext")
    settle()
    assert {row.name: row.amount for row in workspace.read(distributions.rows, one)} == {
        "Lê Văn Bình": 150_000,
        "Nguyễn Thị Á": 178_560,
    }


def test_the_file_is_compared_with_what_is_typed_and_not_saved(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], tmp_path: Path
) -> None:
    prepared(page, qtbot, settle)
    shown = page.distributions.list
    file = written(shown, settle, tmp_path / "danh sach.xlsx")
    before = [line.amount for line in shown.amounts.lines]
    shown.amounts.setData(shown.amounts.index(0, AMOUNT), "1")
    come_back(shown, settle, file)
    assert [after for _name, _what, _before, after in told(shown)] == ["178,560 dong"]
    press(qtbot, shown, "excelTake")
    assert [line.amount for line in shown.amounts.lines] == before


def test_goods_go_out_on_their_own_sheet_and_come_back(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], tmp_path: Path, workspace: Workspace
) -> None:
    gifts = {"programme": "QUA-XH", "title": "Quà Tết", "source": FundSource.SPONSOR, "goods": (RICE,)}
    one = prepared(page, qtbot, settle, classes=("poor",), reason="đã xác minh tại ấp", **gifts)
    shown = page.distributions.list
    file = written(shown, settle, tmp_path / "qua tet.xlsx")
    fill(file, {"Lê Văn Bình": {"Số lượng": 20}}, sheet=1)
    come_back(shown, settle, file)
    assert [(name, what) for name, what, _before, _after in told(shown)] == [("Lê Văn Bình", "Goods")]
    assert "15 kg" in told(shown)[0][2]
    assert "20 kg" in told(shown)[0][3]
    press(qtbot, shown, "excelTake")
    press(qtbot, shown, "listNext")
    settle()
    worth = {row.name: row.worth for row in workspace.read(distributions.rows, one)}
    assert worth == {"Lê Văn Bình": 320_000, "Nguyễn Thị Á": 240_000, "Trần Thị Cúc": 240_000}


def test_receipts_of_the_file_are_shown_and_written_and_a_refusal_says_whose(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], tmp_path: Path, workspace: Workspace
) -> None:
    one = prepared(page, qtbot, settle)
    shown = page.distributions.list
    approve(page, qtbot, settle)
    file = written(shown, settle, tmp_path / "da phat.xlsx")
    fill(
        file,
        {
            "Nguyễn Thị Á": {"Ngày nhận": "x", "Số tiền (đồng)": 1},
            "Lê Văn Bình": {"Ngày nhận": date(2026, 11, 23), "Người nhận thay": "Lê Văn Em"},
        },
    )
    come_back(shown, settle, file)
    assert [(name, what) for name, what, _before, _after in told(shown)] == [
        ("Nguyễn Thị Á", "Receipt"),
        ("Lê Văn Bình", "Receipt"),
    ]
    assert told(shown)[0][3].startswith("24/11/2026")
    assert "approved list keeps its own" in shown.table.excel.problems[0]
    press(qtbot, shown, "excelTake")
    settle()
    assert {row.status for row in workspace.read(distributions.rows, one)} == {DeliveryStatus.APPROVED}
    assert "Lê Văn Em" in shown.table.excel.problems[0]
    fill(file, {"Lê Văn Bình": {"Giấy ủy quyền": "GUQ 23/11/2026"}})
    press(qtbot, shown, "excelBack")
    come_back(shown, settle, file)
    press(qtbot, shown, "excelTake")
    settle()
    assert {row.status for row in workspace.read(distributions.rows, one)} == {DeliveryStatus.RECEIVED}
    assert shown.table.shows(shown.ticks)


def test_another_file_is_refused_in_words(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], tmp_path: Path
) -> None:
    prepared(page, qtbot, settle)
    shown = page.distributions.list
    other = tmp_path / "khac.xlsx"
    openpyxl.Workbook().save(other)
    come_back(shown, settle, other)
    assert shown.table.shows(shown.grid)
    assert "Mã hộ" in shown.told.texts[0]


@pytest.mark.skipif(OFFICE_SUITE is None, reason="LibreOffice is not installed here")
def test_a_file_saved_again_by_libreoffice_comes_back_whole(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], tmp_path: Path
) -> None:
    gifts = {"programme": "QUA-XH", "title": "Quà Tết", "source": FundSource.SPONSOR, "goods": (RICE,)}
    prepared(page, qtbot, settle, classes=("poor",), reason="đã xác minh tại ấp", amount=200_000, **gifts)
    shown = page.distributions.list
    file = written(shown, settle, tmp_path / "qua.xlsx")
    fill(file, {"Nguyễn Thị Á": {"Số tiền (đồng)": 250_000}})
    fill(file, {"Trần Thị Cúc": {"Nhãn hiệu": "Cỏ May"}}, sheet=1)
    again = tmp_path / "lai"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE_SUITE), profile, "--headless", "--convert-to", "ods", "--outdir", str(again), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    back = [str(OFFICE_SUITE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(again)]
    subprocess.run([*back, str(again / "qua.ods")], check=True, capture_output=True, timeout=120)
    come_back(shown, settle, again / "qua.xlsx")
    assert {(name, what) for name, what, _before, _after in told(shown)} == {
        ("Nguyễn Thị Á", "Amount"),
        ("Trần Thị Cúc", "Goods"),
    }
    assert not shown.table.excel.problems
