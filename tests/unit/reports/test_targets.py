"""Targets and the lists behind them on paper: every row, who made it, the mark of samples."""

from dataclasses import replace

from casemgr.reports.targets import render_targets
from casemgr.services import left_behind, target_sheets, targets
from casemgr.workspace import Workspace
from tests.support.pdfs import pages_of
from tests.support.target_story import DAY, Story
from tests.support.workspaces import Make


def test_all_targets_on_paper(workspace: Workspace, make: Make) -> None:
    Story(workspace, make).home("Một")
    board = workspace.read(targets.board, DAY, "bentre-2023")
    sheet = workspace.read(target_sheets.board_sheet, board)
    pages = pages_of(render_targets(sheet))
    text = " ".join(pages)
    assert len(pages) > 2
    for figure in board.figures:
        assert figure.measure.code in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert "Trần Văn Hòa" in pages[-1]
    assert all("Nguyễn Thị Lan" in page for page in pages)


def test_a_list_and_the_left_behind_on_paper(workspace: Workspace, make: Make) -> None:
    story = Story(workspace, make)
    for number in range(60):
        story.home(f"Số {number}")
    figure = workspace.read(targets.figure, "I20", DAY)
    pages = pages_of(render_targets(workspace.read(target_sheets.list_sheet, figure, DAY, "part")))
    assert len(pages) > 1
    assert sum(page.count("Nguyễn Thị Số") for page in pages) == 60
    found = workspace.read(left_behind.left_behind, DAY)
    sheet = workspace.read(target_sheets.left_behind_sheet, found)
    assert sum(page.count("Nguyễn Thị Số") for page in pages_of(render_targets(sheet))) == 60


def test_an_empty_list_still_is_a_paper(workspace: Workspace) -> None:
    sheet = workspace.read(target_sheets.left_behind_sheet, workspace.read(left_behind.left_behind, DAY))
    assert len(pages_of(render_targets(sheet))) == 1
    marked = replace(sheet, sample="MẪU")
    assert "MẪU" in pages_of(render_targets(marked))[0]
