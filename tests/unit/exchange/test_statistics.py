"""Reports as Excel files: laid out as the official sheet, figures as numbers, nothing a formula."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from casemgr.domain.reviews import DenominatorData
from casemgr.domain.statistics import form
from casemgr.exchange.statistics import statistics_xlsx, write_statistics
from casemgr.services import denominators, statistic_sheets, statistics
from casemgr.services.statistic_sheets import Sheet
from casemgr.workspace import Workspace
from tests.support.figures import Review, review
from tests.support.workspaces import Make

OFFICE_SUITE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def made(workspace: Workspace, make: Make) -> Review:
    done = review(workspace, make)
    done.case("poor", "poor", 4, before=3, deprivations=("bhyt",))
    done.case("poor", "near_poor", 2)
    done.case("near_poor", "poor", 1, hamlet="Quân An")
    workspace.write(denominators.keep_denominators, done.campaign, {make.hamlet(): DenominatorData(1234, 4000)})
    return done


def sheet_of(made: Review, number: str) -> Sheet:
    found = made.workspace.read(statistics.figures, number, made.campaign)
    return made.workspace.read(statistic_sheets.sheet, found, made_by="Nguyễn Thị Lan & Lê")


def opened(made: Review, number: str) -> Worksheet:
    page = load_workbook(io.BytesIO(statistics_xlsx(sheet_of(made, number)))).active
    assert isinstance(page, Worksheet)
    return page


def test_the_sheet_stands_as_the_official_one(made: Review) -> None:
    page = opened(made, "16")
    assert page["A1"].value == "ỦY BAN NHÂN DÂN"
    assert page["A2"].value == "XÃ HƯNG KHÁNH TRUNG"
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in [cell.value for cell in page[1]]
    assert "Độc lập - Tự do - Hạnh phúc" in [cell.value for cell in page[2]]
    assert page["A4"].value == "TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"
    assert str(page["A5"].value).startswith("(Kèm theo báo cáo kết quả rà soát định kỳ)\nRà soát 2026")
    assert [cell.value for cell in page[8]] == list("ABCDEFGHIJKLM")
    assert [cell.value for cell in page[9]][:7] == ["1", "Ấp Phú Nhơn", "Hộ", 1234, None, 1, 1]
    assert [cell.value for cell in page[10]][2:7] == ["Nhân khẩu", 4000, None, 4, 2]
    assert {"A9:A10", "B9:B10"} <= {str(area) for area in page.merged_cells.ranges}
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$6:$8"
    words = [cell.value for row in page.iter_rows() for cell in row if cell.value]
    for expected in ("NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "Trần Văn Hòa"):
        assert expected in words
    assert "Hưng Khánh Trung, ngày 24 tháng 11 năm 2026" in words


def test_groups_of_columns_are_merged_and_formulas_stand_under_them_as_words(made: Review) -> None:
    page = opened(made, "1")
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"C6:D6", "E6:J6", "K6:P6", "E7:F7", "A6:A8"} <= merged
    assert page["E6"].value == "Kết quả rà soát về hộ (chính thức)"
    assert [page["F9"].value, page["F9"].data_type] == ["4=3/1*100", "s"]
    assert page["E10"].value == 1
    assert page["F10"].value == pytest.approx(100 / 1234)
    assert (page["E10"].number_format, page["F10"].number_format) == ("#,##0", "0.00")
    assert page["F11"].value is None


@pytest.mark.parametrize(("number", "paper"), [("2", 9), ("8", 9), ("1", 8), ("12", 8), ("15", 8)])
def test_a3_when_there_are_more_than_twelve_columns(made: Review, number: str, paper: int) -> None:
    assert int(opened(made, number).page_setup.paperSize) == paper
    assert (len(sheet_of(made, number).figures.columns) > 12) == (paper == 8)


@pytest.mark.parametrize("number", [str(number) for number in range(1, 17)])
def test_nothing_on_any_sheet_is_a_formula(made: Review, number: str) -> None:
    page = opened(made, number)
    kinds = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert page["A4"].value == form(number).title


def test_lists_of_people_carry_who_made_them(made: Review) -> None:
    assert "Nguyễn Thị Lan && Lê" in str(opened(made, "15").oddFooter.left.text)
    assert not opened(made, "2").oddFooter.left.text


@pytest.mark.skipif(OFFICE_SUITE is None, reason="no LibreOffice on this machine: the sheets are read back only")
def test_libreoffice_opens_the_sheets(made: Review, tmp_path: Path) -> None:
    for number in ("2", "12"):
        write_statistics(tmp_path / f"bieu-{number}.xlsx", sheet_of(made, number))
    assert OFFICE_SUITE is not None
    subprocess.run(
        [
            OFFICE_SUITE,
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1",
            "--outdir",
            str(tmp_path),
            *(str(tmp_path / f"bieu-{number}.xlsx") for number in ("2", "12")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = (tmp_path / "bieu-2.csv").read_text(encoding="utf-8").replace('"', "")
    assert "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO" in text
    assert "1,Ấp Phú Nhơn,Hộ,2,1,0,0,0,0,0,0,1" in text
    assert ",,Nhân khẩu,5,2,0,0,0,0,0,1,4" in text
