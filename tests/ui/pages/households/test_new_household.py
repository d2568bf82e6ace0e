"""A new household: entered in the grid, its people found on file, and what cannot be read named."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from casemgr.domain.dates import PartialDate
from casemgr.domain.people import Relation, Sex
from casemgr.services.households import HouseholdView
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.households.page import HouseholdsPage
from ui.widgets.choice_box import ChoiceBox


def test_ctrl_n_opens_a_household_of_two(qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make) -> None:
    window.commands.run("household.new")
    new = page._new
    grid = new.grid

    def cell(row: int, column: int, text: str) -> None:
        if grid.currentIndex() != new.drafts.index(row, column):
            grid.setCurrentIndex(new.drafts.index(row, column))
        editor = next(each for each in grid.findChildren(QLineEdit, "memberCell") if each.isVisible())
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    cell(0, 0, "Vo Van Giau")
    cell(0, 1, "1/2/1980")
    cell(0, 4, "083080004321")
    assert new.drafts.lines[0].sex == Sex.MALE
    cell(1, 0, "Le Thi Dep")
    new.drafts.setData(new.drafts.index(1, 3), Relation.SPOUSE)
    assert len(new.drafts.lines) == 3
    window.commands.run("edit.save")
    qtbot.waitUntil(lambda: page.detail.view is not None and page.detail.view.name == "Vo Van Giau")
    view = make.view(page.detail.view.id)
    assert [member.person.full_name for member in view.members] == ["Vo Van Giau", "Le Thi Dep"]
    assert view.head.person.birth == PartialDate(1980, 2, 1)
    assert page._new is None


def test_somebody_on_file_is_shown_before_she_is_entered_twice(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, family: HouseholdView
) -> None:
    window.commands.run("household.new")
    page._new.drafts.setData(page._new.drafts.index(0, 0), "nguyen thi anh tuyet")
    qtbot.waitUntil(lambda: page._new.matches.isVisibleTo(page))
    assert "Nguyễn Thị Ánh Tuyết" in page._new.matches._buttons[0].text()
    page._new.drafts.clear()
    page._new.matches._buttons[0].click()
    assert page.detail.view.id == family.id


def test_what_cannot_be_read_is_named_with_its_line(window: MainWindow, page: HouseholdsPage) -> None:
    window.commands.run("household.new")
    drafts = page._new.drafts
    drafts.setData(drafts.index(0, 0), "Võ Văn Giàu")
    drafts.setData(drafts.index(0, 1), "hôm qua")
    drafts.setData(drafts.index(1, 4), "12")
    window.commands.run("edit.save")
    text = page._new.bar.text.text()
    assert "1:" in text
    assert "2:" in text
    assert drafts.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    drafts.clear()


def _type_in_grid(text: str) -> None:
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_enter_passes_the_fixed_cell_and_nothing_typed_is_lost(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make
) -> None:
    window.activateWindow()
    window.commands.run("household.new")
    new = page._new
    for text in ("Vo Van Giau", "1980", "nam", "083080004321", "Le Thi Dep", "1982", "nu", "vo", "", "Vo Thi Be"):
        _type_in_grid(text)
    names = [(line.name, line.birth, line.sex, line.relation) for line in new.drafts.used()]
    assert names == [
        ("Vo Van Giau", "1980", Sex.MALE, Relation.HEAD),
        ("Le Thi Dep", "1982", Sex.FEMALE, Relation.SPOUSE),
        ("Vo Thi Be", "", None, None),
    ]
    for _each in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert new.grid.currentIndex() == new.drafts.index(3, 0)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert new.form.isAncestorOf(QApplication.focusWidget())
    new.drafts.clear()


def test_a_line_with_only_a_relation_is_asked_about(window: MainWindow, page: HouseholdsPage) -> None:
    window.commands.run("household.new")
    drafts = page._new.drafts
    drafts.setData(drafts.index(0, 0), "Võ Văn Giàu")
    drafts.setData(drafts.index(1, 3), Relation.CHILD)
    assert any("2" in words for words in drafts.check())
    drafts.clear()


def test_the_choice_of_a_sex_is_not_cut_off(window: MainWindow, page: HouseholdsPage) -> None:
    window.activateWindow()
    window.commands.run("household.new")
    grid = page._new.grid
    grid.setCurrentIndex(page._new.drafts.index(0, 2))
    box = next(each for each in grid.findChildren(ChoiceBox, "memberChoice") if each.isVisible())
    box.set_value(Sex.MALE)
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    assert box.fontMetrics().horizontalAdvance("Nam") + 4 <= room.width()
    page._new.drafts.clear()
