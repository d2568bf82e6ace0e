"""One household: read, corrected, with members who come and go, and ended."""

import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.people import LeaveReason, Relation
from casemgr.services.households import HouseholdView
from tests.support.households_page import choose, put
from tests.support.workspaces import Make
from ui.mainwindow import MainWindow
from ui.pages.households.page import HouseholdsPage


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
