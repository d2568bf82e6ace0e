"""Goods of the marked rows or of all, typed or pasted from Excel; unsaved they stay when the list is read again."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from casemgr.domain.support import FundSource, GoodsLine
from casemgr.services import distributions
from casemgr.workspace import Workspace
from tests.support.pages import press
from tests.support.support_page import Settle, prepared, propose
from ui.goods_editor import GoodsEditor
from ui.pages.support.amount_grid import AMOUNT, GOODS
from ui.pages.support.page import SupportPage

RICE = GoodsLine("Gạo tẻ", 15, "kg", "loại 1", "Hạt Ngọc", "Công ty Lương thực", 16_000)
OIL = GoodsLine("Dầu ăn", 2, "chai", "1 lít", "An Lành", "Nhà máy Dầu", 45_000)
SHEET = (
    "Hàng hóa\tSố lượng\tĐơn vị\tQuy cách\tNhãn hiệu\tNhà sản xuất\tĐơn giá\n"
    "Gạo tẻ\t15\tkg\tloại 1\tHạt Ngọc\tCông ty Lương thực\t16.000\n"
    "Dầu ăn\t2\tchai\t1 lít\tAn Lành\tNhà máy Dầu\t45.000\n"
)
GIFTS = {"programme": "QUA-XH", "title": "Quà Tết", "source": FundSource.SPONSOR, "classes": ("poor",)}


def gifts(page: SupportPage, qtbot: QtBot, settle: Settle) -> UUID:
    return prepared(page, qtbot, settle, reason="đã xác minh tại ấp", amount=100_000, **GIFTS)


def test_cells_of_excel_spread_over_the_grid_of_goods(qtbot: QtBot) -> None:
    editor = GoodsEditor()
    qtbot.addWidget(editor.widget)
    editor.widget.setCurrentCell(0, 0)
    QGuiApplication.clipboard().setText(SHEET.split("\n", 1)[1])
    qtbot.keyClick(editor.widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.value() == (RICE, OIL)
    assert editor.widget.rowCount() == 3  # a free line follows
    QGuiApplication.clipboard().setText("20\tbao\n")
    editor.widget.setCurrentCell(1, 1)
    qtbot.keyClick(editor.widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [(line.quantity, line.measure) for line in editor.value()] == [(15, "kg"), (20, "bao")]


@pytest.mark.usefixtures("language")
def test_a_line_of_headings_is_passed_over(qtbot: QtBot) -> None:
    editor = GoodsEditor()
    qtbot.addWidget(editor.widget)
    head = "Goods\tQuantity\tMeasure\tSpecification\tBrand, mark\tMaker\tUnit price\n"
    QGuiApplication.clipboard().setText(head + SHEET.split("\n", 1)[1])
    editor.widget.setCurrentCell(0, 0)
    editor.widget.paste()
    assert editor.value() == (RICE, OIL)


def test_all_rows_get_goods_and_marked_rows_others_and_both_are_saved(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    one = gifts(page, qtbot, settle)
    shown = page.distributions.list
    card = shown.table.goods
    assert not card.isVisible()
    shown.ask_goods(everybody=True)
    assert card.isVisible()
    assert card.width() > shown.width() - 20
    assert card.title.text() == "Goods of 3 rows"
    card.editor.set_value((RICE,))
    card.editor.changed.emit()
    assert "720,000" in card.sum.text()
    press(qtbot, shown, "listGoodsGo")
    assert not card.isVisible()
    assert {line.goods for line in shown.amounts.lines} == {(RICE,)}
    assert not shown.grid.isColumnHidden(GOODS)
    shown.grid.setCurrentIndex(shown.amounts.index(1, GOODS))
    qtbot.keyClick(shown.grid, Qt.Key.Key_F2)
    assert card.title.text() == "Goods of 1 row"
    assert card.editor.value() == (RICE,)
    card.editor.set_value((RICE, OIL))
    press(qtbot, shown, "listGoodsGo")
    assert shown.amounts.setData(shown.amounts.index(1, AMOUNT), "50.000")
    press(qtbot, shown, "listNext")
    settle()
    rows = {row.name: row for row in workspace.read(distributions.rows, one)}
    more = shown.amounts.lines[1].name
    assert {name: row.goods for name, row in rows.items()} == {
        name: (RICE, OIL) if name == more else (RICE,) for name in rows
    }
    assert rows[more].amount == 50_000
    assert rows[more].worth == 50_000 + 240_000 + 90_000


def test_goods_not_saved_yet_stay_when_the_list_is_read_again_and_are_asked_about(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID]
) -> None:
    gifts(page, qtbot, settle)
    shown = page.distributions.list
    shown.amounts.put_goods_at([0], (RICE,))
    page.refresh()
    assert shown.amounts.lines[0].goods == (RICE,)
    assert shown.dirty
    assert shown.next.text() == "Save the amounts"


def test_what_is_missing_of_goods_is_said_in_their_card(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID]
) -> None:
    gifts(page, qtbot, settle)
    shown = page.distributions.list
    shown.ask_goods(everybody=True)
    card = shown.table.goods
    card.editor.set_value((GoodsLine("Gạo tẻ", 0),))
    press(qtbot, shown, "listGoodsGo")
    assert card.isVisible()
    assert "Gạo tẻ" in card.problem.text()
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert {line.goods for line in shown.amounts.lines} == {()}


def test_goods_are_set_row_by_row_before_the_list_is_made(
    page: SupportPage, qtbot: QtBot, settle: Settle, village: list[UUID], workspace: Workspace
) -> None:
    propose(page, qtbot, settle, amount=100_000, **GIFTS)
    making = page.distributions.making
    making.model.put_reason_at(range(3), "đã xác minh")
    making.grid.setCurrentIndex(making.model.index(2, AMOUNT))
    making.goods_menu.menu().actions()[0].trigger()
    making.goods.editor.set_value((OIL,))
    press(qtbot, making, "makeGoodsGo")
    assert "390,000" in making.summary.text()
    name = making.model.lines[2].name
    press(qtbot, making, "makeGo")
    settle()
    view = page.distributions.list.view
    assert view is not None
    rows = workspace.read(distributions.rows, view.id)
    assert {row.name for row in rows if row.goods == (OIL,)} == {name}
    assert view.progress.sum == 390_000
