"""The model of every list: windows of 200, order, columns, copies for Excel."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.models.rows import Column, RowsModel
from ui.theme import theme
from ui.widgets.list_table import ListTable

Line = tuple[int, str]
COLUMNS = (
    Column[Line]("name", "Head of household", lambda line: line[1], 200, "name"),
    Column[Line]("number", "Code", lambda line: f"{line[0]:012}", 100, code=True),
    Column[Line]("class", "Class", lambda line: "Nghèo", 100, tone=lambda line: "poor", shown=False),
)


class Source:
    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []

    def __call__(self, ids: Sequence[int]) -> list[Line]:
        self.asked.append(ids)
        return [(number, f"Nguyễn Thị {number}") for number in ids]


def test_the_model_keeps_qts_rules(qtmodeltester: object) -> None:
    model: RowsModel[int, Line] = RowsModel(COLUMNS, Source())
    qtmodeltester.check(model)
    model.set_ids(range(1000))
    qtmodeltester.check(model)


def test_only_windows_in_view_are_fetched(qtbot: QtBot) -> None:
    source = Source()
    model: RowsModel[int, Line] = RowsModel(COLUMNS, source)
    table = ListTable(model, name="t")
    qtbot.addWidget(table)
    model.set_ids(range(100_000))
    table.resize(400, 300)
    table.show()
    table.go(99_999)
    table.grab()
    assert 1 <= len(source.asked) < 6
    assert all(len(ids) <= 200 for ids in source.asked)
    assert model.index(99_999, 0).data() == "Nguyễn Thị 99999"
    assert model.place_of(99_999) == 99_999
    assert model.place_of(-5) == -1


def test_old_windows_are_forgotten() -> None:
    source = Source()
    model: RowsModel[int, Line] = RowsModel(COLUMNS, source)
    model.set_ids(range(10_000))
    for start in range(0, 10_000, 200):
        model.row(start)
    assert len(source.asked) == 50
    model.row(0)
    assert len(source.asked) == 51
    model.row(9_999)
    assert len(source.asked) == 51


def test_the_header_asks_for_another_order(qtbot: QtBot) -> None:
    model: RowsModel[int, Line] = RowsModel(COLUMNS, Source())
    with qtbot.waitSignal(model.sort_requested) as asked:
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert asked.args == ["name", True]
    with qtbot.assertNotEmitted(model.sort_requested):
        model.sort(1)


def test_columns_are_chosen_and_nonsense_means_the_usual_ones() -> None:
    model: RowsModel[int, Line] = RowsModel(COLUMNS, Source())
    model.set_ids(range(3))
    model.set_columns(("class", "name"))
    assert [column.key for column in model.columns] == ["class", "name"]
    model.set_columns(("bay",))
    assert [column.key for column in model.columns] == ["name", "number"]


def test_copies_keep_columns_and_leading_zeros(qtbot: QtBot) -> None:
    model: RowsModel[int, Line] = RowsModel(COLUMNS, Source())
    table = ListTable(model, name="t")
    qtbot.addWidget(table)
    model.set_ids([5, 6])
    assert table.copy_for_excel() == 2
    content = QGuiApplication.clipboard().mimeData()
    lines = content.text().splitlines()
    assert lines[1].split("\t") == ["Nguyễn Thị 5", "000000000005"]
    assert "mso-number-format" in content.html()


def _table(qtbot: QtBot) -> ListTable:
    model: RowsModel[int, Line] = RowsModel(COLUMNS, Source())
    table = ListTable(model, name="t")
    qtbot.addWidget(table)
    model.set_ids(range(20))
    table.resize(400, 300)
    table.show()
    table.activateWindow()
    return table


def test_a_line_made_current_stays_marked_while_ctrl_is_held(qtbot: QtBot) -> None:
    table = _table(qtbot)
    QTest.keyPress(table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    table.go(3)
    table.go(3)
    assert table.selected() == [3]
    QTest.keyRelease(table, Qt.Key.Key_S)


def test_the_focus_frame_runs_over_the_header_at_both_corners(qtbot: QtBot) -> None:
    table = _table(qtbot)
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    picture, radius = table.grab().toImage(), theme().px(8)
    focus = theme().colour("focus")
    for side in (0.3 * radius, table.width() - 1 - 0.3 * radius):  # where the arc crosses the diagonal
        near = [
            picture.pixelColor(round(side * picture.devicePixelRatio()) + dx, round(0.3 * radius) + dy)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
        ]
        assert any(abs(each.red() - focus.red()) + abs(each.blue() - focus.blue()) < 60 for each in near)
    beside_header = table.horizontalHeader().height() - 4
    for x in (0, 1, table.width() - 2, table.width() - 1):
        assert picture.pixelColor(x, beside_header).name() == focus.name()
