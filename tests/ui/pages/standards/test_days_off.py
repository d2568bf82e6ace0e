"""Days off: added, corrected, exchanged, and working days counted over them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casemgr.domain.reviews import HolidayKind
from casemgr.services import history, holidays
from casemgr.workspace import Workspace
from tests.support.standards_page import CULTURE_DAY, Settle
from ui.pages.standards.days_topic import DaysTopic
from ui.pages.standards.page import DAYS, StandardsPage


@pytest.fixture
def days(page: StandardsPage) -> DaysTopic:
    page.show_topic(DAYS)
    assert isinstance(page.topic, DaysTopic)
    return page.topic


def test_the_days_of_a_year_are_marked(days: DaysTopic) -> None:
    cells = {row[0]: row for row in days.model.cells(range(days.model.rowCount()))}
    assert cells["24/11/2026"][1:] == ["Tuesday", "Ngày Văn hóa Việt Nam", "Day off", "Recalled, to be compared"]
    assert cells["10/01/2026"][3] == "Worked in exchange"
    assert not days.warning.isVisible()


def test_a_year_without_a_table_warns(days: DaysTopic) -> None:
    days.year.set_value(2028)
    days.year.chosen.emit()
    assert "2028" in days.warning.text()
    assert days.warning.isVisible()
    assert days.nothing.isVisible()
    assert days.year.currentText() == "2028 (no table)"


def test_a_day_is_added_by_keys_alone(qtbot: QtBot, days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    days.table.setFocus()
    qtbot.keyClick(days.table, Qt.Key.Key_Insert)
    form = days.day_card.form
    qtbot.keyClicks(form.editor("day").widget, "3/1/2028")
    qtbot.keyClick(form.editor("day").widget, Qt.Key.Key_Return)
    qtbot.keyClicks(form.editor("name").widget, "Nghi bu Tet Duong lich")
    qtbot.keyClick(form.editor("name").widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not days.day_card.isVisible()
    assert workspace.read(holidays.years) == [2026, 2027, 2028]
    assert days.year.value() == 2028
    assert days.current is not None
    assert days.current.day == date(2028, 1, 3)
    assert next(days.model.cells([0]))[4] == "Entered by the office"
    assert days.table.hasFocus()


def test_a_day_without_a_name_is_refused_beside_the_field(days: DaysTopic, workspace: Workspace) -> None:
    days.begin_new()
    days.day_card.form.editor("day").set_value(date(2026, 12, 1))
    days.day_card.go.click()
    problem = days.day_card.form.editor("name").widget
    assert problem.property("invalid")
    assert date(2026, 12, 1) not in {view.day for view in workspace.read(holidays.holidays, 2026)}


def test_a_shipped_day_is_corrected(qtbot: QtBot, days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    days.show_day(CULTURE_DAY)
    qtbot.keyClick(days.table, Qt.Key.Key_Return)
    assert days.editing.text() == "Tuesday, 24/11/2026"
    days.edit_card.form.editor("name").set_value("Ngày Văn hóa Việt Nam (đã đối chiếu)")
    days.edit_card.go.click()
    settle()
    kept = {view.day: view for view in workspace.read(holidays.holidays, 2026)}[CULTURE_DAY]
    assert (kept.name, kept.shipped) == ("Ngày Văn hóa Việt Nam (đã đối chiếu)", False)
    assert days.current is not None
    assert days.current.day == CULTURE_DAY


def test_a_day_is_taken_out_and_put_back(qtbot: QtBot, days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    days.show_day(CULTURE_DAY)
    days.table.setFocus()
    qtbot.keyClick(days.table, Qt.Key.Key_Delete)
    settle()
    assert workspace.read(holidays.calendar).is_workday(CULTURE_DAY)
    assert days.out.text() == "Put it back"
    days.out.click()
    settle()
    assert not workspace.read(holidays.calendar).is_workday(CULTURE_DAY)
    assert days.out.text() == "Take it out"


def test_days_are_exchanged_as_one_step(days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    days.begin_swap()
    form = days.swap_card.form
    for name, value in (("off", date(2026, 11, 23)), ("worked", date(2026, 11, 28)), ("name", "Nghỉ hoán đổi")):
        form.editor(name).set_value(value)
    days.swap_card.go.click()
    settle()
    known = workspace.read(holidays.calendar)
    assert not known.is_workday(date(2026, 11, 23))
    assert known.is_workday(date(2026, 11, 28))
    step = workspace.read(history.next_undo)
    assert step is not None
    workspace.write(history.undo, step.txn)
    known = workspace.read(holidays.calendar)
    assert known.is_workday(date(2026, 11, 23))
    assert not known.is_workday(date(2026, 11, 28))


def test_an_exchange_needs_a_workday_and_a_weekend(days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    before = workspace.read(holidays.holidays, 2026)
    days.begin_swap()
    form = days.swap_card.form
    for name, value in (("off", date(2026, 11, 28)), ("worked", date(2026, 11, 23)), ("name", "Nhầm")):
        form.editor(name).set_value(value)
    days.swap_card.go.click()
    settle()
    assert form.editor("off").widget.property("invalid")
    assert form.editor("worked").widget.property("invalid")
    assert "free anyhow" in form.editor("off").widget.accessibleDescription()
    assert workspace.read(holidays.holidays, 2026) == before


def test_counting_working_days(qtbot: QtBot, days: DaysTopic, workspace: Workspace, settle: Settle) -> None:
    card = days.counting
    card.start.set_value(date(2026, 11, 20))
    card.days.clear()
    qtbot.keyClicks(card.days, "3")
    assert card.result.text() == "Thursday, 26/11/2026"
    assert "24/11/2026 Ngày Văn hóa Việt Nam" in card.told.text()
    workspace.write(holidays.keep_holiday, date(2026, 11, 25), "Nghỉ của xã", HolidayKind.HOLIDAY)
    settle()
    assert card.result.text() == "Friday, 27/11/2026"


def test_counting_by_a_deadline_of_the_standard(days: DaysTopic) -> None:
    card = days.counting
    card.start.set_value(date(2026, 11, 20))
    card.deadline.set_value("in_year_decision")
    card.deadline.chosen.emit()
    assert card.days.text() == "15"
    assert card.result.text() == "Saturday, 05/12/2026"
    assert card.told.text() == "All days are counted, as the standard says. The last day is a day off."


def test_counting_into_a_year_without_a_table_warns(days: DaysTopic) -> None:
    card = days.counting
    card.start.set_value(date(2027, 12, 28))
    card.days.setText("10")
    card.count()
    assert "2028" in card.warning.text()


def test_a_number_of_one_s_own_is_no_deadline_any_more(qtbot: QtBot, days: DaysTopic) -> None:
    card = days.counting
    card.deadline.set_value("in_year_decision")
    card.deadline.chosen.emit()
    assert not card.working
    card.days.clear()
    qtbot.keyClicks(card.days, "7")
    assert card.deadline.value() is None
    assert card.working


def test_a_day_before_every_standard_has_no_deadlines(days: DaysTopic) -> None:
    card = days.counting
    card.start.set_value(date(2010, 3, 1))
    card.count()
    assert card.deadline.count() == 1
    assert card.result.text() == "Thursday, 04/03/2010"
    assert "2010" in card.warning.text()


@pytest.mark.parametrize("typed", ["", "x", "401", "-1"])
def test_a_number_that_cannot_be_counted_is_said(days: DaysTopic, typed: str) -> None:
    days.counting.days.setText(typed)
    days.counting.count()
    assert days.counting.result.text() == "–"
    assert "from 0 to 400" in days.counting.told.text()
