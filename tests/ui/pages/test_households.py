"""The household page through its widgets: open, correct, add, leave, new head, class, a new household."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.people import LeaveReason, PersonData, Relation, Sex
from casemgr.services import households
from casemgr.services.households import HouseholdQuery, HouseholdView
from casemgr.services.members import NewMember
from tests.support.workspaces import Make
from ui import form_pane
from ui.mainwindow import MainWindow
from ui.pages.households.page import HouseholdsPage
from ui.places import Place
from ui.widgets.choice_box import ChoiceBox


@pytest.fixture
def family(window: MainWindow, make: Make) -> HouseholdView:
    husband = NewMember(PersonData("Trần Văn Dũng", Sex.MALE, PartialDate(1976)), Relation.SPOUSE)
    made = make.household("Nguyễn Thị Ánh Tuyết", husband, phone="0912345678", flags=("no_labour",))
    make.poor(made)
    return make.view(made)


@pytest.fixture
def page(window: MainWindow, family: HouseholdView) -> HouseholdsPage:
    window.go(Place("households", family.id))
    found = window.current_page
    assert isinstance(found, HouseholdsPage)
    return found


def put(page: HouseholdsPage, field: str, text: str) -> None:
    line = page.detail.pane.form.editor(field).widget
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def choose(page: HouseholdsPage, field: str, value: object) -> None:
    box = page.detail.pane.form.editor(field).widget
    box.set_value(value)
    box.chosen.emit()


def save(qtbot: QtBot, window: MainWindow, page: HouseholdsPage) -> None:
    window.commands.run("edit.save")
    qtbot.waitUntil(lambda: page.detail.pane is None and not window.desk.jobs.busy, timeout=20_000)
    QGuiApplication.processEvents()


def test_the_page_shows_head_class_why_members_and_history(page: HouseholdsPage, family: HouseholdView) -> None:
    detail = page.detail
    assert detail.header.name.text() == "Nguyễn Thị Ánh Tuyết"
    assert family.code in detail.header.meta.text()
    assert "2026" in detail.header.badge.text
    assert "120" in detail.why.text.text()
    assert detail.members.model.rowCount() == 2
    assert detail.members.model.index(1, 3).data() == "Chồng"
    assert detail.timeline.model.rowCount() >= 2
    assert detail.classes.model.rowCount() == 1
    assert detail.papers.isHidden()


def test_f2_corrects_a_birth_date_and_ctrl_z_takes_it_back(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make, family: HouseholdView
) -> None:
    page.detail.members.table.setFocus()
    page.detail.members.table.go(1)
    window.commands.run("edit.start")
    assert page.detail.pane.form.value("full_name") == "Trần Văn Dũng"
    put(page, "birth", "2/1/1977")
    assert page.detail.pane.dirty
    save(qtbot, window, page)
    assert make.view(family.id).members[1].person.birth == PartialDate(1977, 1, 2)
    assert page.detail.members.model.index(1, 1).data() == "02/01/1977"
    assert "1976 → 02/01/1977" in page.detail.timeline.model.index(0, 1).data()
    window.commands.run("edit.undo")
    qtbot.waitUntil(lambda: page.detail.members.model.index(1, 1).data() == "1976")


def test_a_refused_number_is_marked_beside_its_field(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make
) -> None:
    make.household(make.person("Lê Văn Tám", id_number="083179001234"))
    page.detail.members.table.go(1)
    page.detail.edit_member()
    put(page, "id_number", "083179001234")
    window.commands.run("edit.save")
    qtbot.waitUntil(lambda: not window.desk.jobs.busy)
    assert page.detail.pane.form.editor("id_number").widget.property("invalid") is True
    assert "Lê Văn Tám" in page.detail.pane.bar.text.text()
    page.detail.pane.discard()


def test_address_and_attributes(qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make) -> None:
    page.list.text.setFocus()
    window.commands.run("edit.start")
    put(page, "address", "So 12, to 5")
    save(qtbot, window, page)
    view = make.view(page.detail.view.id)
    assert view.data.address == "So 12, to 5"
    assert view.data.flags == ("no_labour",)
    assert view.data.phone == "0912345678"


def test_a_member_joins(qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make) -> None:
    window.commands.run("household.add_member")
    window.commands.run("edit.save")
    assert page.detail.pane is not None
    put(page, "full_name", "Tran Thi Be")
    choose(page, "relation", Relation.CHILD)
    save(qtbot, window, page)
    assert [member.person.full_name for member in make.view(page.detail.view.id).members][-1] == "Tran Thi Be"


def test_a_member_leaves_and_stands_among_former_members(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make
) -> None:
    page.detail.members.table.go(1)
    window.commands.run("household.leave")
    choose(page, "reason", LeaveReason.MOVED)
    save(qtbot, window, page)
    view = make.view(page.detail.view.id)
    assert [member.person.full_name for member in view.former] == ["Trần Văn Dũng"]
    assert not page.detail.former.isHidden()


def test_the_head_cannot_leave_while_others_stay(qtbot: QtBot, window: MainWindow, page: HouseholdsPage) -> None:
    page.detail.members.table.go(0)
    window.commands.run("household.leave")
    choose(page, "reason", LeaveReason.DIED)
    window.commands.run("edit.save")
    qtbot.waitUntil(lambda: not window.desk.jobs.busy)
    assert page.detail.pane.form.editor("reason").widget.property("invalid") is True
    page.detail.pane.discard()


def test_a_new_head(qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make) -> None:
    page.detail.members.table.go(0)
    window.commands.run("household.head")
    assert page.detail.pane is None
    assert window.messages.tone == "near"
    page.detail.members.table.go(1)
    window.commands.run("household.head")
    choose(page, "relation", Relation.SPOUSE)
    save(qtbot, window, page)
    assert make.view(page.detail.view.id).name == "Trần Văn Dũng"
    assert page.detail.header.name.text() == "Trần Văn Dũng"


def test_the_class_of_a_year_with_its_decision(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make
) -> None:
    window.commands.run("household.set_class")
    assert page.detail.pane.form.value("year") == 2026
    put(page, "year", "2027")
    choose(page, "value", HouseholdClass.NEAR_POOR)
    put(page, "number", "51/QD-UBND")
    put(page, "signed_on", "20/11/2026")
    save(qtbot, window, page)
    newest = make.view(page.detail.view.id).classes[0]
    assert (newest.data.year, newest.data.value) == (2027, HouseholdClass.NEAR_POOR)
    assert newest.decision.number == "51/QD-UBND"
    assert newest.decision.signed_on == datetime.date(2026, 11, 20)
    assert "2027" in page.detail.header.badge.text


def test_a_household_ends_and_is_kept_again(qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make) -> None:
    window.commands.run("household.close")
    choose(page, "reason", EndReason.MOVED)
    save(qtbot, window, page)
    assert page.detail.view.ended_on is not None
    assert page.list.model.place_of(page.detail.view.id) == -1
    window.commands.run("household.reopen")
    qtbot.waitUntil(lambda: page.detail.view.ended_on is None)


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


def test_ctrl_enter_saves_and_the_open_household_stays_marked(
    qtbot: QtBot, window: MainWindow, page: HouseholdsPage, make: Make, family: HouseholdView
) -> None:
    window.activateWindow()
    page.detail.members.table.go(1)
    page.detail.edit_member()
    put(page, "birth", "1977")
    QTest.keyPress(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.detail.pane is None and not window.desk.jobs.busy, timeout=20_000)
    QGuiApplication.processEvents()
    assert page.detail.view.id == family.id
    assert make.view(family.id).members[1].person.birth == PartialDate(1977)
    assert page.list.selected() == (family.id,)


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


def test_enter_in_the_last_field_saves(qtbot: QtBot, window: MainWindow, page: HouseholdsPage) -> None:
    window.activateWindow()
    page.detail.members.table.go(1)
    window.commands.run("household.head")
    choose(page, "relation", Relation.SPOUSE)
    QTest.keyClick(page.detail.pane.form.editor("relation").widget, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.detail.pane is None and not window.desk.jobs.busy, timeout=20_000)
    assert page.detail.header.name.text() == "Trần Văn Dũng"


def test_the_summary_names_the_field(window: MainWindow, page: HouseholdsPage) -> None:
    page.detail.add_member()
    page.detail.save()
    assert "Họ và tên: cần điền mục này" in page.detail.pane.bar.text.text()
    page.detail.pane.discard()


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
