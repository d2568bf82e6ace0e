"""The officer's morning: what is due, taken up one by one, moved, handed over, exported; a new day begins by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from casemgr.domain.agenda import URGENCY_LABELS, Urgency
from casemgr.domain.casework import ActionData, GoalData, ReferralData
from casemgr.domain.offices import UserData
from casemgr.domain.permissions import Role
from casemgr.i18n import _
from casemgr.persistence.base import new_id
from casemgr.services import agenda, case_files, case_notes, case_plans, households, offices, tasks
from casemgr.services.agenda import AgendaRow
from casemgr.services.agenda_sources import SOURCES, Source
from casemgr.services.households import HouseholdQuery
from casemgr.services.tasks import TaskData
from casemgr.workspace import Workspace
from ui.desk import Desk
from ui.mainwindow import MainWindow
from ui.pages.today.calendar_card import CalendarCard
from ui.pages.today.opening import place_of
from ui.pages.today.page import TodayPage
from ui.places import Place
from ui.sections import SECTIONS
from ui.verb_card import VerbCard
from ui.widgets.told import Told

TODAY = date(2026, 11, 24)
Settle = Callable[[], None]


@pytest.fixture
def home(window: MainWindow, workspace: Workspace) -> UUID:
    """The household of the window's file the work is for."""
    return workspace.read(households.find, HouseholdQuery())[0]


@pytest.fixture
def page(window: MainWindow, workspace: Workspace, home: UUID, settle: Settle) -> TodayPage:
    """The page with a task late, one of today, one in three days, and an answer that is waited for."""
    mine = workspace.actor.user_id
    for title, day in (
        ("Nhắc hộ nộp sổ tiêm của bò", TODAY - timedelta(days=4)),
        ("Gọi điện cho trưởng ấp về danh sách học nghề", TODAY),
        ("Thăm hộ sau khi nhận bò", TODAY + timedelta(days=3)),
    ):
        workspace.write(tasks.open_task, TaskData(title, day, household_id=home, officer_id=mine))
    workspace.write(
        case_notes.refer,
        ReferralData(home, "Trạm Y tế xã", "Khám suy dinh dưỡng", TODAY, due_on=TODAY + timedelta(days=5)),
    )
    window.go(Place("today"))
    settle()
    shown = window.page("today")
    assert isinstance(shown, TodayPage)
    shown.list.read()
    return shown


def titles(page: TodayPage) -> list[str]:
    return [row.title for row in page.list.shown()]


def officer(workspace: Workspace) -> UUID:
    workspace.write(offices.add_user, UserData("bich", "Trần Thị Bích", Role.OFFICER))
    return workspace.read(case_files.officer_by_login, "bich")


def asked(page: TodayPage) -> VerbCard:
    """What is asked in place."""
    item = page.asking.itemAt(page.asking.count() - 1)
    assert item is not None
    card = item.widget()
    assert isinstance(card, VerbCard)
    return card


def press(page: TodayPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isEnabled(), name
    button.click()


def test_the_morning_stands_in_groups(page: TodayPage, window: MainWindow) -> None:
    groups = [row.urgency for row in page.list.shown()]
    assert groups == [Urgency.OVERDUE, Urgency.TODAY, Urgency.SOON, Urgency.WAITING]
    headings = [page.list.model.row(place).heading for place in range(len(page.list.model.ids))]
    assert [words for words in headings if words] == [f"{_(URGENCY_LABELS[group])}  (1)" for group in groups]
    section = window.navigation.findChild(QToolButton, "section_today")
    assert section is not None
    assert section.accessibleName().endswith(" (2)")


def test_the_keys_step_over_headings_and_enter_opens_the_household(
    page: TodayPage, window: MainWindow, home: UUID, qtbot: QtBot
) -> None:
    table = page.list.table
    table.go_near(0)
    assert table.current() == 1
    qtbot.keyClick(table, Qt.Key.Key_Down)
    row = page.list.current()
    assert row is not None
    assert row.urgency is Urgency.TODAY
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.current_page is window.page("households")
    assert window.page("households").place() == Place("households", home)
    window.travel(-1)
    assert page.list.current() == row


def test_a_task_is_done_with_two_keys_and_the_next_one_is_current(
    page: TodayPage, workspace: Workspace, settle: Settle, qtbot: QtBot, home: UUID
) -> None:
    page.list.table.go_near(0)
    qtbot.keyClick(page.list.table, Qt.Key.Key_Space)
    note = page.findChild(QLineEdit, "dayDone_note")
    assert note is not None
    assert note.hasFocus()
    asked(page).form.put("note", "Hộ đã nộp sổ")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    settle()
    assert len(titles(page)) == 3
    settled = workspace.read(tasks.of_household, home, settled=True)
    assert [one.data.note for one in settled if one.status == tasks.DONE] == ["Hộ đã nộp sổ"]
    assert page.list.current() is not None


def test_an_action_of_the_plan_is_done_here_too(
    page: TodayPage, workspace: Workspace, settle: Settle, home: UUID
) -> None:
    action = ActionData("Đăng ký lớp may công nghiệp", due_on=TODAY)
    workspace.write(case_plans.write, home, [GoalData("Con gái có việc làm", actions=(action,))])
    settle()
    place = next(place for place, key in enumerate(page.list.model.ids) if key[0] == "action")
    page.list.table.go(place)
    press(page, "dayDoneButton")
    press(page, "dayDoneGo")
    settle()
    assert workspace.read(case_plans.plans, home)[0].done == (1, 1)


def test_what_is_settled_elsewhere_is_only_opened(page: TodayPage, window: MainWindow) -> None:
    place = next(place for place, key in enumerate(page.list.model.ids) if key[0] == "referral")
    page.list.table.go(place)
    press(page, "dayDoneButton")
    told = window.messages.findChild(QLabel, "messageText")
    assert told is not None
    assert "Trạm Y tế xã" in told.text()
    assert not page.move_on.isEnabled()


def test_moving_a_task_asks_why(page: TodayPage, workspace: Workspace, settle: Settle, home: UUID) -> None:
    page.list.table.go_near(0)
    press(page, "dayMoveButton")
    card = asked(page)
    form = card.form
    form.put("due_on", TODAY + timedelta(days=2))
    press(page, "dayMoveGo")
    settle()
    problems = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert _("Write why the day is moved.") in problems
    form.put("reason", "Hộ đi khám bệnh")
    press(page, "dayMoveGo")
    settle()
    moved = next(
        one for one in workspace.read(tasks.of_household, home) if one.data.due_on == TODAY + timedelta(days=2)
    )
    assert "Hộ đi khám bệnh" in moved.data.note
    assert "20/11/2026" in moved.data.note


def test_a_new_task_cannot_be_due_already(page: TodayPage, workspace: Workspace, settle: Settle) -> None:
    page.new_task()
    form = asked(page).form
    form.put("title", "Họp ấp về bình xét")
    form.put("due_on", TODAY - timedelta(days=1))
    press(page, "dayTaskGo")
    settle()
    assert len(titles(page)) == 4
    form.put("due_on", TODAY)
    press(page, "dayTaskGo")
    settle()
    assert "Họp ấp về bình xét" in titles(page)


def test_chips_and_words_narrow(page: TodayPage) -> None:
    page.list.groups.set_on((Urgency.OVERDUE.value,))
    page.list.groups.changed.emit()
    assert titles(page) == ["Nhắc hộ nộp sổ tiêm của bò"]
    page.list.narrow("")
    page.list.kinds.set_on(("referral",))
    page.list.kinds.changed.emit()
    assert [row.kind for row in page.list.shown()] == ["referral"]
    page.list.kinds.set_on(())
    page.list.narrow("truong ap")
    assert titles(page) == ["Gọi điện cho trưởng ấp về danh sách học nghề"]
    page.list.narrow("không có gì như thế")
    assert page.list.stack.currentWidget() is page.list.empty


def test_only_my_work_or_all(page: TodayPage, workspace: Workspace, settle: Settle) -> None:
    other = officer(workspace)
    workspace.write(tasks.open_task, TaskData("Việc của chị Bích", TODAY, officer_id=other))
    settle()
    assert "Việc của chị Bích" not in titles(page)
    page.list.whose.set_value("all")
    page.list.whose.chosen.emit()
    assert "Việc của chị Bích" in titles(page)


def test_all_work_goes_to_another_officer_after_it_is_named(
    page: TodayPage, workspace: Workspace, settle: Settle
) -> None:
    other = officer(workspace)
    press(page, "dayHandOverButton")
    told = page.findChild(Told, "dayHandOverTold")
    assert told is not None
    labels = case_files.WORK_LABELS
    assert told.texts == (f"{_(labels['tasks'])}: 3", f"{_(labels['referrals'])}: 1")
    asked(page).form.put("to", other)
    press(page, "dayHandOverGo")
    settle()
    assert workspace.read(case_files.open_work, officer_id=other) == {"tasks": 3, "referrals": 1}
    assert titles(page) == []


def test_the_calendar_has_names_only_when_ticked(page: TodayPage, tmp_path: Path, settle: Settle) -> None:
    for ticked in (False, True):
        press(page, "dayCalendarButton")
        card = page.findChildren(CalendarCard)[-1]
        card.names.setChecked(ticked)
        press(page, "dayCalendarGo")
        dialog = page.findChildren(QFileDialog)[-1]
        file = tmp_path / f"lich-{ticked}.ics"
        dialog.fileSelected.emit(str(file))
        dialog.close()
        settle()
        text = file.read_text(encoding="utf-8")
        assert text.count("BEGIN:VEVENT") == 4
        assert ("Nguyễn Thị Á" in text.replace("\r\n ", "")) is ticked


def test_a_new_day_begins_by_itself(page: TodayPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [row.urgency for row in page.list.shown()][1] is Urgency.TODAY
    tomorrow = workspace.now + timedelta(days=1)
    monkeypatch.setattr(workspace, "_clock", lambda: tomorrow)
    page.clock.timeout.emit()
    assert [row.urgency for row in page.list.shown()][:2] == [Urgency.OVERDUE, Urgency.OVERDUE]
    back = workspace.now - timedelta(days=30)
    monkeypatch.setattr(workspace, "_clock", lambda: back)
    page.clock.timeout.emit()
    assert page.list.shown() == []


def test_an_empty_day_says_so(window: MainWindow, settle: Settle) -> None:
    window.go(Place("today"))
    settle()
    page = window.page("today")
    assert isinstance(page, TodayPage)
    assert page.list.stack.currentWidget() is page.list.empty
    assert window.desk.workspace.read(agenda.counts) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.kind)
def test_every_kind_of_due_date_has_a_page_that_opens_it(desk: Desk, source: Source) -> None:
    home, record = new_id(), new_id()
    row = AgendaRow(
        urgency=Urgency.SOON,
        due_on=TODAY,
        kind=source.kind,
        title="Việc",
        household_id=home,
        code="H-00001",
        head="Nguyễn Thị Á",
        hamlet="",
        person_id=None,
        person="",
        officer_id=None,
        officer="",
        subject_kind=source.subject_kind,
        record_id=record,
        due_id=new_id(),
    )
    if source.kind == "task":
        record = desk.workspace.write(tasks.open_task, TaskData("Việc", TODAY, subject_kind="abroad", subject_id=home))
        row = replace(row, record_id=record)
    place = place_of(desk, row)
    assert place is not None
    assert place.page in {section.page for section in SECTIONS}
    assert place.id in (home, record)
