"""The point table of the commune: shown before it is used, every wrong row named."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from casemgr.services import packs, score_tables
from casemgr.workspace import Workspace
from tests.support.packfiles import SCORE_ROWS
from tests.support.standards_page import Settle, drop
from tests.support.workbooks import write_xlsx
from ui.pages.standards.page import SCORES, StandardsPage
from ui.pages.standards.score_topic import ScoreTopic


@pytest.fixture
def scores(page: StandardsPage) -> ScoreTopic:
    page.show_topic(SCORES)
    assert isinstance(page.topic, ScoreTopic)
    return page.topic


def test_an_empty_point_table_says_what_to_do(scores: ScoreTopic) -> None:
    assert scores.nothing.isVisible()
    assert scores.note.text().startswith("Choose the zone of the commune")
    assert "1315/VBHN" in scores.note.text()


def test_a_point_table_is_shown_before_it_is_used(
    scores: ScoreTopic, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    scores.take(write_xlsx(tmp_path / "bang-diem.xlsx", {"B1": SCORE_ROWS}))
    settle()
    assert scores.state.text() == "Read without a fault: 4 lines of points from bang-diem.xlsx. Nothing is written yet."
    assert scores.table is not None
    assert [cells[0] for cells in scores.table.rows.cells(range(4))] == ["1.1", "1.2", "2.a", "3.1"]
    held = workspace.read(packs.by_id, "VN-2022").score_table
    assert held is not None
    assert not held.loaded
    scores.use.click()
    settle()
    held = workspace.read(packs.by_id, "VN-2022").score_table
    assert held is not None
    assert [item.label for item in held.items][:2] == ["Hộ có 1 người", "Hộ có 2 người"]
    assert scores.state.text() == "4 lines of points from bang-diem.xlsx"
    assert scores.sure.text == "Recalled, to be compared"
    assert not scores.use.isVisible()


def test_a_table_that_was_read_can_be_left(scores: ScoreTopic, settle: Settle, tmp_path: Path) -> None:
    scores.take(write_xlsx(tmp_path / "bang-diem.xlsx", {"B1": SCORE_ROWS}))
    settle()
    scores.leave.click()
    assert scores.nothing.isVisible()


def test_every_wrong_row_of_a_point_table_is_named(
    scores: ScoreTopic, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    rows = [list(row) for row in SCORE_ROWS]
    rows[2][3] = "lạ"
    rows[3][4] = None
    rows[4][5] = 900
    scores.take(write_xlsx(tmp_path / "sai.xlsx", {"B1": rows}))
    settle()
    assert scores.refused.isVisible()
    told = "\n".join(scores.refused.reasons)
    for place in ("row 3, column D", "row 4, column E", "row 5, column F"):
        assert place in told
    assert not scores.use.isVisible()
    held = workspace.read(packs.by_id, "VN-2022").score_table
    assert held is not None
    assert not held.loaded


def test_the_zone_of_the_commune_is_kept(
    qtbot: QtBot, scores: ScoreTopic, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    scores.zone.setFocus()
    qtbot.keyClicks(scores.zone, "nt6")
    settle()
    assert workspace.read(score_tables.zone) == "NT6"
    assert "Choose the zone" not in scores.note.text()
    scores.take(write_xlsx(tmp_path / "bang-diem.xlsx", {"B1": SCORE_ROWS}))
    settle()
    assert scores.table is not None
    assert scores.table.rows.titles()[3] == "▸ NT6"


def test_a_spreadsheet_dropped_on_the_point_table_is_read_as_one(
    page: StandardsPage, scores: ScoreTopic, settle: Settle, tmp_path: Path
) -> None:
    drop(page, write_xlsx(tmp_path / "bang-diem.xlsx", {"B1": SCORE_ROWS}))
    settle()
    assert scores.use.isVisible()
