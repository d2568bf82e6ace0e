"""The typed grid: a free last line, cells of Excel, choices by words, numbers and days that cannot be read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casemgr.domain.support import FUND_LABELS, FundSource
from ui.grid_editor import GridColumn, GridEditor, Kind
from ui.translation import Languages
from ui.widgets.season_chart import SeasonBar, SeasonChart

COLUMNS = (
    GridColumn("name", "Tên", 180),
    GridColumn("quantity", "Số lượng", 80, Kind.NUMBER),
    GridColumn("due_on", "Hạn", 100, Kind.DAY),
    GridColumn("source", "Nguồn", 120, Kind.CHOICE, FUND_LABELS),
)


def same(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return values


@pytest.fixture
def editor(qtbot: QtBot, languages: Languages) -> GridEditor[Mapping[str, Any]]:
    made: GridEditor[Mapping[str, Any]] = GridEditor(COLUMNS, same, same, name="grid", title=lambda: "Lưới")
    qtbot.addWidget(made.widget)
    made.widget.show()
    return made


def test_cells_of_excel_fill_lines_and_leave_a_free_one(editor: GridEditor[Mapping[str, Any]]) -> None:
    editor.widget.setCurrentCell(0, 0)
    QGuiApplication.clipboard().setText("Bò cái\t2\t1/9/2027\tngan sach xa\nThuốc thú y\t1.000\t\t\n")
    QTest.keyClick(editor.widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    first, second = editor.value()
    assert (first["quantity"], first["due_on"], first["source"]) == (2, date(2027, 9, 1), FundSource.COMMUNE)
    assert (second["name"], second["quantity"], second["source"]) == ("Thuốc thú y", 1000, None)
    assert editor.widget.rowCount() == 3


def write(editor: GridEditor[Mapping[str, Any]], row: int, column: int, text: str) -> None:
    item = editor.widget.item(row, column)
    assert item is not None
    item.setText(text)


def test_a_cell_that_cannot_be_read_is_named(editor: GridEditor[Mapping[str, Any]]) -> None:
    write(editor, 0, 1, "hai con")
    assert "hai con" in editor.problem()
    write(editor, 0, 1, "2")
    write(editor, 0, 3, "nguồn lạ")
    assert "nguồn lạ" in editor.problem()
    write(editor, 0, 3, "")
    assert editor.problem() == ""


def test_values_shown_are_the_values_read(editor: GridEditor[Mapping[str, Any]], languages: Languages) -> None:
    line = {"name": "Bò", "quantity": 2, "due_on": date(2028, 2, 29), "source": FundSource.CENTRAL}
    editor.set_value((line,))
    assert editor.value() == (line,)
    languages.switch("en")
    assert editor.value() == (line,), "a choice keeps its meaning in every language"


def test_a_line_is_taken_out(editor: GridEditor[Mapping[str, Any]]) -> None:
    editor.set_value(({"name": "Bò", "quantity": 2, "due_on": None, "source": None},))
    editor.widget.setCurrentCell(0, 0)
    QTest.keyClick(editor.widget, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert editor.value() == ()


def test_a_season_over_the_turn_of_the_year_is_drawn_in_two_pieces(qtbot: QtBot, languages: Languages) -> None:
    chart = SeasonChart(name="season")
    qtbot.addWidget(chart)
    chart.resize(360, 120)
    bar = SeasonBar("Chăm sóc", 10, 3)
    chart.show_bars([bar, SeasonBar("Sai", 0, 13)], 11)
    assert bar.parts == ((10, 12), (1, 3))
    late, early = chart.places(bar)
    assert late.left() > early.right()
    assert chart.bars == (bar,), "months that do not exist are not drawn"
    assert "10" in chart.accessibleDescription()
