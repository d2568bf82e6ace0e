"""Case work on the household's page: a visit with what follows, the plan in versions, referrals, one timeline."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from casemgr.domain.casework import ActionData, Answer, GoalData, GoalStatus, PlanStatus
from casemgr.services import case_files, case_notes, case_plans, households, tasks
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from ui.mainwindow import MainWindow
from ui.pages.households.detail import Detail
from ui.pages.households.page import HouseholdsPage

TODAY = date(2026, 11, 24)
Settle = Callable[[], None]


@pytest.fixture
def home(window: MainWindow, workspace: Workspace) -> UUID:
    return workspace.read(households.find, HouseholdQuery())[0]


@pytest.fixture
def detail(window: MainWindow, home: UUID, settle: Settle) -> Detail:
    """The open household, its cards filled."""
    page = window.page("households")
    assert isinstance(page, HouseholdsPage)
    page.open_household(home)
    settle()
    page.detail.case.read()
    return page.detail


def press(detail: Detail, name: str) -> None:
    button = detail.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isEnabled(), name
    button.click()


def save(detail: Detail, settle: Settle) -> None:
    assert detail.pane is not None
    assert detail.save()
    settle()
    detail.case.read()


def test_a_visit_and_the_next_task_are_one_strip(
    detail: Detail, workspace: Workspace, home: UUID, settle: Settle
) -> None:
    form = detail.case.note.form
    form.put("text", "Bò khỏe, chuồng sạch; hộ cần thêm cỏ giống.")
    form.put("next_title", "Hỏi khuyến nông về cỏ giống")
    assert form.value("next_due_on") == TODAY + timedelta(days=7)
    press(detail, "noteSave")
    settle()
    detail.case.read()
    (note,) = workspace.read(case_notes.notes, home)
    assert note.data.text.startswith("Bò khỏe")
    (task,) = workspace.read(tasks.of_household, home)
    assert (task.data.title, task.data.due_on) == ("Hỏi khuyến nông về cỏ giống", TODAY + timedelta(days=7))
    assert not detail.case.note.dirty
    assert any("Bò khỏe" in line.text for line in detail.timeline._shown)


def test_what_is_typed_is_not_lost_when_one_goes_on(
    detail: Detail, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    detail.case.note.form.put("text", "Đang ghi dở")
    monkeypatch.setattr("ui.pages.households.case_work.ask_about_changes", lambda _parent: "")
    assert not window.page("households").leave()
    assert detail.case.note.dirty
    monkeypatch.setattr("ui.pages.households.case_work.ask_about_changes", lambda _parent: "discard")
    assert window.page("households").leave()
    assert not detail.case.note.dirty


def test_a_note_without_words_is_refused_beside_its_field(detail: Detail, workspace: Workspace, home: UUID) -> None:
    press(detail, "noteSave")
    assert workspace.read(case_notes.notes, home) == []


def test_the_plan_is_written_agreed_done_and_written_anew(
    detail: Detail, workspace: Workspace, home: UUID, settle: Settle, qtbot: QtBot
) -> None:
    press(detail, "planWrite")
    assert detail.pane is not None
    grid = detail.pane.form.editor("lines").widget
    for row, words in enumerate(
        (
            ("Thu nhập trên chuẩn nghèo", "Nuôi hai con bò sinh sản", "Chồng", "", "30/12/2026"),
            ("", "Con gái học may", "", "", ""),
        )
    ):
        for column, text in enumerate(words):
            grid.item(row, column).setText(text)
    save(detail, settle)
    plan = workspace.read(case_plans.plans, home)[0]
    assert [(goal.data.text, len(goal.actions)) for goal in plan.goals] == [("Thu nhập trên chuẩn nghèo", 2)]
    press(detail, "planAgree")
    save(detail, settle)
    assert detail.case.plan.newest is not None
    assert detail.case.plan.newest.status is PlanStatus.AGREED
    detail.case.plan.table.go(1)
    qtbot.keyClick(detail.case.plan.table, Qt.Key.Key_Space)
    assert detail.pane is not None
    detail.pane.form.put("result", "Đã vào lớp may tháng 12")
    save(detail, settle)
    assert detail.case.plan.newest.done == (1, 2)
    press(detail, "planWrite")
    save(detail, settle)
    first, second = detail.case.plan.newest, workspace.read(case_plans.plans, home)[1]
    assert (first.number, second.number) == (2, 1)
    assert [action.data.text for action in first.goals[0].actions] == ["Nuôi hai con bò sinh sản"]
    assert detail.case.plan.versions.count() == 2


def test_writing_a_draft_again_keeps_what_was_done(
    detail: Detail, workspace: Workspace, home: UUID, settle: Settle
) -> None:
    goal = GoalData("Có nhà vệ sinh", "sanitation", actions=(ActionData("Vay vốn"), ActionData("Xây")))
    workspace.write(case_plans.write, home, [goal])
    plan = workspace.read(case_plans.plans, home)[0]
    workspace.write(case_plans.done, plan.goals[0].actions[0].id, on=TODAY, result="Đã vay")
    workspace.write(case_plans.judge, plan.goals[0].id, plan.goals[0].version, GoalStatus.OPEN)
    settle()
    detail.case.read()
    press(detail, "planWrite")
    detail.pane.form.put("summary", "Hộ đồng ý làm trong năm")
    save(detail, settle)
    goal_now = workspace.read(case_plans.plans, home)[0].goals[0]
    assert goal_now.data.dimension == "sanitation"
    assert [(one.data.text, one.data.result) for one in goal_now.actions] == [("Vay vốn", "Đã vay"), ("Xây", "")]


def test_the_case_is_opened_closed_and_opened_again_with_a_reason(
    detail: Detail, workspace: Workspace, home: UUID, settle: Settle
) -> None:
    press(detail, "caseOpen")
    save(detail, settle)
    press(detail, "caseClose")
    detail.pane.form.put("reason", "Hộ đã thoát nghèo bền vững")
    save(detail, settle)
    assert not detail.case.case.close_case.isVisible()
    press(detail, "caseOpen")
    assert not detail.pane.save()
    detail.pane.form.put("reason", "Hộ gặp rủi ro thiên tai")
    save(detail, settle)
    assert [case.closed_on for case in workspace.read(case_files.cases, home)] == [None, TODAY]
    assert "Hộ đã thoát nghèo bền vững" in detail.case.case.told.text()


def test_a_referral_waits_for_its_answer(detail: Detail, workspace: Workspace, home: UUID, settle: Settle) -> None:
    press(detail, "referralNew")
    for name, value in (("to_office", "Trạm Y tế xã"), ("subject", "Khám suy dinh dưỡng"), ("due_on", TODAY)):
        detail.pane.form.put(name, value)
    save(detail, settle)
    assert detail.case.referrals.current() is not None
    press(detail, "referralAnswer")
    detail.pane.form.put("outcome", Answer.REFUSED)
    assert detail.save()
    settle()
    assert detail.pane is not None  # a refusal says why
    detail.pane.form.put("answer", "Trẻ trên 16 tuổi")
    save(detail, settle)
    (row,) = workspace.read(case_notes.referrals, home)
    assert (row.outcome, row.answer) == (Answer.REFUSED, "Trẻ trên 16 tuổi")
    assert not detail.case.referrals.answer.isEnabled()


def test_the_timeline_shows_one_kind_at_a_time(detail: Detail, settle: Settle) -> None:
    detail.case.note.form.put("text", "Thăm hộ buổi sáng")
    press(detail, "noteSave")
    settle()
    detail.case.read()
    everything = detail.timeline.model.rowCount()
    chip = detail.timeline.chips.findChild(QToolButton, "chip_visit")
    assert chip is not None
    assert not chip.icon().isNull()
    chip.click()
    assert detail.timeline.model.rowCount() == 1
    assert "Thăm hộ buổi sáng" in detail.timeline.model.index(0, 1).data()
    chip.click()
    assert detail.timeline.model.rowCount() == everything


def test_the_cards_are_filled_after_the_page_is_on_show(
    window: MainWindow, home: UUID, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.write(case_files.open_case, home, on=TODAY)
    page = window.page("households")
    assert isinstance(page, HouseholdsPage)
    page.open_household(home)
    assert page.detail.case.case.current is None
    qtbot.waitUntil(lambda: page.detail.case.case.current is not None)
