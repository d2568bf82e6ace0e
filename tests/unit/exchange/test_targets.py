"""Targets out to Excel as text, and figures of others read back line by line."""

from io import BytesIO

from openpyxl import load_workbook

from casemgr.exchange.targets import check_figures, read_figures, targets_xlsx
from casemgr.services import left_behind, target_sheets, targets
from casemgr.workspace import Workspace
from tests.support.target_story import DAY, Story
from tests.support.workspaces import Make


def test_all_targets_as_a_workbook(workspace: Workspace, make: Make) -> None:
    Story(workspace, make).home("Một", address="=1+1")
    board = workspace.read(targets.board, DAY, "bentre-2023")
    sheet = load_workbook(BytesIO(targets_xlsx(workspace.read(target_sheets.board_sheet, board)))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert "24/11/2026" in str(rows[0][0])
    by_code = {row[0]: row for row in rows}
    assert by_code["I20"][3] == board.figures[[one.measure.code for one in board.figures].index("I20")].text
    assert len([row for row in rows if row[0] and str(row[0]).startswith("I")]) == len(board.figures)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_lists_as_workbooks(workspace: Workspace, make: Make) -> None:
    Story(workspace, make).home("=Một")
    figure = workspace.read(targets.figure, "I20", DAY)
    for sheet in (
        workspace.read(target_sheets.list_sheet, figure, DAY, "part"),
        workspace.read(target_sheets.left_behind_sheet, workspace.read(left_behind.left_behind, DAY)),
    ):
        book = load_workbook(BytesIO(targets_xlsx(sheet))).active
        cells = [cell for row in book.iter_rows() for cell in row if cell.value]
        assert "Nguyễn Thị =Một" in {cell.value for cell in cells}
        assert all(cell.data_type != "f" for cell in cells)


def test_lines_of_a_report() -> None:
    rows = [
        ["Chỉ tiêu", "Số", "Tổng", "Tỷ lệ"],
        ["Hộ nghèo", "17.060", "400.496", "4,26 %"],
        ["Hộ cận nghèo", "15.996", "400.496", "4,24 %"],
        ["Ba Tri", "x", "12.000", "9,13"],
        ["ngắn", "1"],
    ]
    figures, skipped = read_figures(rows)
    assert [figure.name for figure in figures] == ["Hộ nghèo", "Hộ cận nghèo"]
    assert skipped == ["4"]
    (wrong,) = check_figures(figures)
    assert (wrong.figure.place, wrong.figure.part) == ("3", 15_996)
