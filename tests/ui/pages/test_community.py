"""Sponsors, events, officers, works and marks in the window, through its widgets and from the keyboard."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr import i18n
from casemgr.domain.exit_marks import ExitClass
from casemgr.domain.officers import OfficerData
from casemgr.domain.sponsors import SponsorData, SponsorshipData, SponsorshipStatus
from casemgr.services import activities, exit_marks, officers, sponsors, works
from casemgr.services.activities import ActivityQuery
from casemgr.services.officers import OfficerQuery
from casemgr.services.sponsors import SponsorQuery
from casemgr.services.works import WorksQuery
from casemgr.workspace import Workspace
from tests.support.giving import plant
from tests.support.pages import PrinterIntoFiles
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.forms import Form
from ui.pages.community.events_topic import EventsTopic
from ui.pages.community.marks_topic import MarksTopic
from ui.pages.community.officers_topic import OfficersTopic
from ui.pages.community.page import CommunityPage
from ui.pages.community.sponsors_topic import SponsorsTopic
from ui.places import Place
from ui.record_topic import RecordTopic
from ui.widgets.message_bar import Notice
from ui.widgets.printing import Printing
from ui.widgets.search_box import SearchBox

Settle = Callable[[], None]
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    """Words of the screen in the source language; the paper is Vietnamese all the same."""
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def said() -> list[Notice]:
    """What the page told."""
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, tmp_path: Path, said: list[Notice]) -> CommunityPage:
    printer = PrinterIntoFiles(tmp_path)
    made = CommunityPage(desk, Printing(printer.names, printer.send))
    desk.changed.connect(lambda tables: made.refresh() if made.tables & tables else None)
    made.said.connect(said.append)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    button = widget.findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def fill(form: Form, **values: object) -> None:
    for name, value in values.items():
        form.put(name, value)


def choose(qtbot: QtBot, widget: QWidget, name: str, text: str) -> None:
    box = widget.findChild(SearchBox, name)
    assert box is not None
    box.setFocus()
    qtbot.keyClicks(box, text)
    qtbot.waitUntil(lambda: bool(box.hits()))
    qtbot.keyClick(box, Qt.Key.Key_Return)


def topic(page: CommunityPage, name: str) -> RecordTopic:
    page.show_place(Place("community", text=name))
    found = page.topic
    assert isinstance(found, RecordTopic)
    return found


def test_an_empty_file_says_what_to_do_first(page: CommunityPage) -> None:
    for name in ("sponsors", "events", "officers", "works"):
        shown = topic(page, name)
        assert shown.stack.currentWidget() is shown.empty
        assert shown.right.isHidden()
        assert page.place() == Place("community", None, name)
    page.show_place(Place("community", text="marks"))
    assert isinstance(page.topic, MarksTopic)
    assert page.topic.stack.currentWidget() is page.topic.empty


def test_a_sponsor_promises_something_comes_and_the_receipt_is_drawn(
    qtbot: QtBot, page: CommunityPage, make: Make, workspace: Workspace, settle: Settle, said: list[Notice]
) -> None:
    make.poor(make.household("Nguyen Thi A"))
    shown = topic(page, "sponsors")
    assert isinstance(shown, SponsorsTopic)
    press(qtbot, page, "sponsorsNew")
    name = page.findChild(QLineEdit, "sponsors_name")
    assert name is not None
    qtbot.keyClicks(name, "Hoi Phu nu xa")
    assert shown.pane.save()
    settle()
    (row,) = workspace.read(sponsors.rows, SponsorQuery(), TODAY)
    assert shown.record == row.id
    press(qtbot, page, "promiseNew")
    choose(qtbot, shown.promise, "communityWho", "nguyen thi a")
    fill(shown.promise.form, amount=300_000, from_on=date(2026, 11, 1))
    assert shown.promise.save()
    settle()
    (promise,) = workspace.read(sponsors.view, row.id, TODAY).sponsorships
    assert (promise.data.amount, promise.standing.arrears) == (300_000, 300_000)
    press(qtbot, page, "promiseGive")
    assert shown.gift.form.value("amount") == 300_000
    fill(shown.gift.form, on=TODAY)
    shown.gift.submit()
    settle()
    assert workspace.read(sponsors.sponsorship, promise.id, TODAY).standing.arrears == 0
    assert "receipt" in said[-1].text
    press(qtbot, page, "givenPrint")
    settle()
    assert page.stack.currentWidget() is page.paper
    assert page.paper.view.page_count == 1
    qtbot.keyClick(page.paper, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.registers
    press(qtbot, page, "promisePrint")
    settle()
    assert page.paper.view.page_count == 1
    page.paper.closed.emit()


def test_a_single_gift_of_goods_is_recorded_without_a_promise(
    qtbot: QtBot, page: CommunityPage, make: Make, workspace: Workspace, settle: Settle
) -> None:
    make.poor(make.household("Nguyen Thi A"))
    sponsor = workspace.write(sponsors.keep_sponsor, SponsorData("Bà Mai", "person"))
    shown = topic(page, "sponsors")
    assert isinstance(shown, SponsorsTopic)
    page.show_place(Place("community", sponsor, "sponsors"))
    press(qtbot, page, "giftNew")
    choose(qtbot, shown.once, "communityWho", "nguyen thi a")
    fill(shown.once.form, on=TODAY, goods="Gạo tẻ", quantity=10, measure="kg", unit_price=18_000)
    shown.once.submit()
    settle()
    (row,) = workspace.read(sponsors.rows, SponsorQuery(), TODAY)
    assert (row.gifts, row.households) == (180_000, 0)
    assert shown.given_table.isVisible()


def test_a_paused_promise_goes_on_from_its_button(
    qtbot: QtBot, page: CommunityPage, make: Make, workspace: Workspace, settle: Settle
) -> None:
    home = make.household()
    sponsor = workspace.write(sponsors.keep_sponsor, SponsorData("Bà Mai", "person"))
    data = SponsorshipData(
        sponsor,
        home,
        amount=1,
        from_on=date(2026, 1, 1),
        to_on=date(2026, 3, 1),
        status=SponsorshipStatus.PAUSED,
        end_reason="Ốm",
    )
    promise = workspace.write(sponsors.keep_sponsorship, data)
    workspace.write(plant, promise, date(2026, 1, 5), 1)
    page.show_place(Place("community", sponsor, "sponsors"))
    press(qtbot, page, "promiseResume")
    settle()
    assert len(workspace.read(sponsors.sponsored, TODAY)) == 1


def test_participants_are_added_by_search_and_pasted_from_excel(
    qtbot: QtBot, page: CommunityPage, make: Make, workspace: Workspace, settle: Settle
) -> None:
    make.household("Nguyen Thi A")
    other = make.view(make.household("Tran Van B")).code
    shown = topic(page, "events")
    assert isinstance(shown, EventsTopic)
    press(qtbot, page, "eventsNew")
    fill(shown.pane.form, title="Tập huấn ghép bưởi", on=date(2026, 10, 5))
    assert shown.pane.save()
    settle()
    shown.show_participants()
    choose(qtbot, shown.attendance, "attendanceWho", "nguyen thi a")
    QApplication.clipboard().setText(f"{other}\t2\t150.000\nNguoi La\n{other}")
    press(qtbot, page, "attendancePaste")
    assert "Nguoi La" in shown.attendance.problem.text()
    shown.attendance.save()
    settle()
    (row,) = workspace.read(activities.rows, ActivityQuery())
    assert (row.people, row.days, row.contribution) == (2, 3, 150_000)
    shown.attendance.grid.setCurrentCell(0, 0)
    qtbot.keyClick(shown.attendance.grid, Qt.Key.Key_Delete)
    assert shown.attendance.dirty
    shown.attendance.discard()
    assert not shown.attendance.dirty
    press(qtbot, page, "attendancePrint")
    settle()
    assert page.paper.view.page_count == 1


def test_a_head_of_hamlet_hands_over_and_the_new_one_is_untrained(
    qtbot: QtBot, page: CommunityPage, make: Make, workspace: Workspace, settle: Settle
) -> None:
    old = workspace.write(
        officers.keep_officer, OfficerData("Trần Văn Bền", "hamlet_head", make.hamlet(), date(2024, 1, 1))
    )
    shown = topic(page, "officers")
    assert isinstance(shown, OfficersTopic)
    page.show_place(Place("community", old, "officers"))
    press(qtbot, page, "officersOver")
    fill(shown.take_over.form, name="Võ Văn Tám", on=date(2026, 11, 1))
    shown.take_over.submit()
    settle()
    (row,) = workspace.read(officers.rows, OfficerQuery(on=TODAY))
    assert row.data.name == "Võ Văn Tám"
    assert shown.record == row.id
    assert shown.count.text() == "Trained in 2026: 0 of 1"


def test_works_are_written_down_and_wrong_figures_marked(
    qtbot: QtBot, page: CommunityPage, workspace: Workspace, settle: Settle
) -> None:
    shown = topic(page, "works")
    press(qtbot, page, "worksNew")
    fill(shown.pane.form, name="Cống thoát nước", budget=100, disbursed=200)
    assert shown.pane.save()
    settle()
    assert workspace.read(works.rows, WorksQuery(), TODAY) == []
    fill(shown.pane.form, disbursed=50)
    assert shown.pane.save()
    settle()
    (row,) = workspace.read(works.rows, WorksQuery(), TODAY)
    assert row.paid_percent == 50
    assert not shown.pane.dirty


def test_the_selected_households_are_marked_together(
    qtbot: QtBot, page: CommunityPage, make: Make, workspace: Workspace, settle: Settle
) -> None:
    for name in ("Nguyễn Thị Á", "Trần Văn Bền"):
        make.poor(make.household(make.person(name, merit=True)), decided=False)
    page.show_place(Place("community", text="marks"))
    shown = page.topic
    assert isinstance(shown, MarksTopic)
    shown.refresh()
    page.select_all()
    press(qtbot, page, "marksMark")
    fill(shown.card.form, value=ExitClass.PROTECTED, on=TODAY, reason="Già yếu")
    shown.card.submit()
    settle()
    assert len(workspace.read(exit_marks.partition, TODAY).protected) == 2
    assert shown.sum.text().startswith("2 = 2 on social protection + 0 able")
