"""The list of households: narrowed, walked through, sent to Excel, and the way back to it."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from casemgr.domain.households import EndReason
from casemgr.domain.people import Relation
from casemgr.services import households
from casemgr.services.households import HouseholdQuery, HouseholdView
from tests.support.households_page import choose, put
from tests.support.workspaces import Make
from ui import form_pane
from ui.mainwindow import MainWindow
from ui.pages.households.page import HouseholdsPage
from ui.places import Place


def test_esc_asks_only_when_something_changed(
    window: MainWindow, page: HouseholdsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(form_pane, "ask_about_changes", lambda parent: asked.append(1) or "discard")
    page.detail.edit_member()
    QTest.keyClick(page.detail.pane.form.editor("full_name").widget, Qt.Key.Key_Escape)
    assert page.detail.pane is None
    assert asked == []
    page.detail.edit_member()
    put(page, "full_name", "x")
    QTest.keyClick(page.detail.pane.form.editor("full_name").widget, Qt.Key.Key_Escape)
    assert asked == [1]
    assert page.detail.pane is None


def test_alt_down_moves_and_the_list_keeps_its_place(window: MainWindow, page: HouseholdsPage) -> None:
    order = list(page.list.model.ids)
    start = order.index(page.detail.view.id)
    window.commands.run("household.previous")
    assert page.detail.view.id == order[start - 1]
    assert page.list.current() == order[start - 1]
    window.commands.run("household.next")
    assert page.detail.view.id == order[start]


def test_arrows_in_the_list_show_the_household(window: MainWindow, page: HouseholdsPage) -> None:
    page.list.view.setFocus()
    page.list.view.go(0)
    QTest.keyClick(page.list.view, Qt.Key.Key_Down)
    assert page.detail.view.id == page.list.model.ids[1]


def test_typing_and_chips_narrow_the_list(qtbot: QtBot, page: HouseholdsPage) -> None:
    QTest.keyClicks(page.list.text, "anh tuyet")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    page.list.text.clear()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 4)
    page.list.chips.set_on(("poor",))
    page.list.search()
    assert page.list.model.rowCount() == 1
    QTest.keyClicks(page.list.text, "khong co ai")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 0)
    assert page.list.stack.currentWidget() is page.list.empty


def test_the_list_goes_to_excel(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, monkeypatch: pytest.MonkeyPatch, home: object
) -> None:
    window.commands.run("edit.copy_table")
    assert "Nguyễn Thị Ánh Tuyết" in QGuiApplication.clipboard().text()
    window.commands.run("file.export")
    dialog = window.findChild(QFileDialog, "fileChoice")
    target = home / "documents" / "ds.xlsx"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    qtbot.waitUntil(lambda: window.messages.tone == "ok" and "ds.xlsx" in window.messages.text)
    from openpyxl import load_workbook

    sheet = load_workbook(target).active
    names = {cell.value for cell in sheet["A"]}
    assert "Nguyễn Thị Ánh Tuyết" in names


def test_esc_in_read_mode_goes_back_to_the_whole_list(window: MainWindow, page: HouseholdsPage) -> None:
    QTest.keyClick(page.detail.members.table, Qt.Key.Key_Escape)
    assert page.detail.isHidden() or not page.detail.isVisible()
    assert page.list.view is page.list.table


def test_printing_asks_the_certificates_page(window: MainWindow, page: HouseholdsPage) -> None:
    asked: list[Place] = []
    page.open_requested.disconnect(window.go)
    page.open_requested.connect(asked.append)
    window.commands.run("paper.print")
    window.commands.run("edit.select_all")
    window.commands.run("paper.print")
    assert asked[0] == Place("certificates", page.detail.view.id, wish="issue")
    assert len(asked[1].ids) == 4


def test_a_household_whose_opening_is_taken_back_closes(qtbot: QtBot, window: MainWindow, make: Make) -> None:
    household = make.household("Võ Thị Kiều Oanh")
    window.go(Place("households", household))
    qtbot.waitUntil(lambda: "H-00004" in window.status.undo.text())
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: window.messages.tone == "ok")
    page = window.current_page
    qtbot.waitUntil(lambda: not page.detail.isVisible())
    assert household not in window.desk.workspace.read(households.find, HouseholdQuery())


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
def test_nothing_is_cut_off_at_the_right_at_any_size(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, scale: int
) -> None:
    window.desk.prefer(scale=scale)
    QGuiApplication.processEvents()
    area = page.detail._cards
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    table = page.detail.members.table
    shown = [table.columnWidth(number) for number in range(6) if not table.isColumnHidden(number)]
    assert sum(shown) <= table.viewport().width()
    assert len(shown) >= 5
    assert page.list.isHidden() == (scale == 200)
    assert window.status.sizeHint().width() <= window.width()
    window.desk.prefer(scale=100)


def test_the_mark_follows_the_open_household_while_ctrl_is_held(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, family: HouseholdView
) -> None:
    window.activateWindow()
    page.detail.members.table.go(1)
    window.commands.run("household.head")
    choose(page, "relation", Relation.SPOUSE)
    QTest.keyPress(page.detail.pane.form.editor("relation").widget, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.detail.pane is None and not window.desk.jobs.busy, timeout=20_000)
    qtbot.waitUntil(lambda: page.detail.header.name.text() == "Trần Văn Dũng")
    assert page.list.selected() == (family.id,)
    QTest.keyPress(page.list.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.detail.header.name.text() == "Nguyễn Thị Ánh Tuyết")
    QGuiApplication.processEvents()
    assert page.list.selected() == (family.id,)


def test_the_households_behind_a_number_stand_behind_a_chip_that_lets_go_of_them(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make, family: HouseholdView
) -> None:
    gone = make.household("Lê Văn Bình")
    make.workspace.write(
        households.end_household, gone, make.view(gone).version, on=datetime.date(2026, 3, 1), reason=EndReason.MOVED
    )
    make.household("Võ Thị Châu")
    window.go(Place("households", ids=(gone, family.id)))
    assert set(page.list.model.ids) == {gone, family.id}
    assert page.list.chips.on() == ("given",)
    page.list.chips.set_on(())
    page.list.chips.changed.emit()
    assert gone not in page.list.model.ids
    assert len(page.list.model.ids) > 2
