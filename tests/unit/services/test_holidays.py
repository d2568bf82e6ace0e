"""The table of days off: shipped, corrected by the office, and silent about nothing."""

from datetime import date

import pytest

from casemgr.domain.reviews import HolidayKind
from casemgr.errors import NotFoundError, ValidationError
from casemgr.services import history, holidays
from casemgr.workspace import Workspace

CULTURE_DAY = date(2026, 11, 24)


def test_the_shipped_years_are_there_and_marked(workspace: Workspace) -> None:
    assert workspace.read(holidays.years) == [2026, 2027]
    table = workspace.read(holidays.holidays, 2026)
    assert [view.day for view in table] == sorted(view.day for view in table)
    assert {view.certainty for view in table} == {"R"}
    assert all(view.shipped and view.name and not view.removed for view in table)
    assert {view.certainty for view in workspace.read(holidays.holidays, 2027)} == {"R", "U"}
    assert workspace.read(holidays.holidays, 2028) == []


def test_shipped_exchanges_fit_the_week(workspace: Workspace) -> None:
    for year in (2026, 2027):
        for view in workspace.read(holidays.holidays, year):
            assert view.kind is HolidayKind.HOLIDAY or view.day.weekday() >= 5, view
    known = workspace.read(holidays.calendar)
    assert known.is_workday(date(2026, 8, 22))
    assert not known.is_workday(date(2026, 8, 31))
    assert not known.is_workday(CULTURE_DAY)


def test_a_day_of_the_office_wins(workspace: Workspace) -> None:
    workspace.write(holidays.keep_holiday, date(2026, 11, 28), "Làm bù cho ngày 23/11", HolidayKind.WORKDAY)
    workspace.write(holidays.keep_holiday, date(2026, 11, 23), "Nghỉ hoán đổi", HolidayKind.HOLIDAY)
    known = workspace.read(holidays.calendar)
    assert known.is_workday(date(2026, 11, 28))
    assert known.add(date(2026, 11, 20), 1) == date(2026, 11, 25)
    kept = {view.day: view for view in workspace.read(holidays.holidays, 2026)}[date(2026, 11, 23)]
    assert (kept.name, kept.certainty, kept.shipped) == ("Nghỉ hoán đổi", "V", False)


def test_a_shipped_day_is_corrected_in_place(workspace: Workspace) -> None:
    before = len(workspace.read(holidays.holidays, 2026))
    workspace.write(holidays.keep_holiday, CULTURE_DAY, "Ngày Văn hóa Việt Nam (đã đối chiếu)", HolidayKind.HOLIDAY)
    workspace.write(holidays.keep_holiday, CULTURE_DAY, "Ngày Văn hóa Việt Nam", HolidayKind.HOLIDAY)
    table = workspace.read(holidays.holidays, 2026)
    assert len(table) == before
    assert {view.day: view.certainty for view in table}[CULTURE_DAY] == "V"


def test_a_shipped_day_can_be_taken_out_and_put_back(workspace: Workspace) -> None:
    workspace.write(holidays.remove_holiday, CULTURE_DAY)
    assert workspace.read(holidays.calendar).is_workday(CULTURE_DAY)
    removed = {view.day: view for view in workspace.read(holidays.holidays, 2026)}[CULTURE_DAY]
    assert removed.removed
    assert removed.kind is HolidayKind.HOLIDAY
    with pytest.raises(NotFoundError, match="24/11/2026"):
        workspace.write(holidays.remove_holiday, CULTURE_DAY)
    workspace.write(holidays.keep_holiday, CULTURE_DAY, removed.name, removed.kind)
    assert not workspace.read(holidays.calendar).is_workday(CULTURE_DAY)


def test_a_removed_exchange_is_an_ordinary_saturday(workspace: Workspace) -> None:
    workspace.write(holidays.remove_holiday, date(2026, 8, 22))
    assert not workspace.read(holidays.calendar).is_workday(date(2026, 8, 22))


def test_an_own_day_goes_whole(workspace: Workspace) -> None:
    day = date(2028, 1, 3)
    workspace.write(holidays.keep_holiday, day, "Nghỉ bù Tết Dương lịch", HolidayKind.HOLIDAY)
    assert 2028 in workspace.read(holidays.calendar).years_known
    workspace.write(holidays.remove_holiday, day)
    assert workspace.read(holidays.holidays, 2028) == []
    with pytest.raises(NotFoundError, match="03/01/2028"):
        workspace.write(holidays.remove_holiday, day)


def test_a_year_without_a_table_is_named(workspace: Workspace) -> None:
    assert workspace.read(holidays.warning, date(2026, 12, 28), date(2027, 1, 5)) is None
    one = workspace.read(holidays.warning, date(2027, 12, 28), date(2028, 1, 5))
    assert one is not None
    assert "2028" in one
    assert "2027" not in one
    two = workspace.read(holidays.warning, date(2028, 12, 28), date(2029, 1, 5))
    assert two is not None
    assert "2028, 2029" in two


def test_a_weekday_is_worked_anyhow_and_a_day_needs_a_name(workspace: Workspace) -> None:
    with pytest.raises(ValidationError) as refused:
        workspace.write(holidays.keep_holiday, date(2026, 12, 1), " ", HolidayKind.WORKDAY)
    assert [problem.field for problem in refused.value.problems] == ["name", "day"]


def test_corrections_are_steps_one_can_take_back(workspace: Workspace) -> None:
    workspace.write(holidays.remove_holiday, CULTURE_DAY)
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "holiday.remove"
    workspace.write(history.undo, step.txn)
    assert not workspace.read(holidays.calendar).is_workday(CULTURE_DAY)
