"""The day's list: tasks and due dates of records in one order, per officer, gone when settled."""

from datetime import UTC, date, datetime
from pathlib import Path

from casemgr.domain.agenda import Urgency
from casemgr.services import agenda, tasks
from casemgr.services.agenda import AgendaQuery
from casemgr.services.agenda_sources import SOURCES
from casemgr.services.tasks import TaskData
from casemgr.workspace import Workspace
from tests.support.support import Supported
from tests.support.workspaces import FrozenClock, copy_file, open_file


def test_the_list_is_ordered_by_urgency_and_day(workspace: Workspace) -> None:
    home = Supported(workspace).household()
    for title, day in (
        ("Tuần sau", date(2026, 11, 30)),
        ("Quá hạn", date(2026, 11, 3)),
        ("Hôm nay", date(2026, 11, 24)),
    ):
        workspace.write(tasks.open_task, TaskData(title, day, household_id=home))
    rows = workspace.read(agenda.due)
    assert [(row.title, row.urgency) for row in rows] == [
        ("Quá hạn", Urgency.OVERDUE),
        ("Hôm nay", Urgency.TODAY),
        ("Tuần sau", Urgency.SOON),
    ]
    assert rows[0].code
    assert rows[0].head.startswith("Nguyễn")
    (count,) = workspace.read(agenda.counts)
    assert (count.kind, count.overdue, count.due) == ("task", 1, 2)


def test_reminders_survive_a_restart_and_a_clock_that_jumps(case_file: Path, tmp_path: Path) -> None:
    file = copy_file(case_file, tmp_path / "xa.casemgr")
    first = open_file(file)
    for title, day, remind in (
        ("Nhắc trước hạn", date(2028, 2, 29), date(2028, 2, 22)),
        ("Hạn ngày thứ bảy", date(2028, 3, 4), None),
    ):
        first.write(tasks.open_task, TaskData(title, day, remind_on=remind))
    first.close()
    told = {}
    for day in (date(2028, 2, 21), date(2028, 2, 22), date(2028, 2, 29), date(2028, 3, 3), date(2028, 3, 5)):
        clock = FrozenClock(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))
        again = open_file(file, clock=clock)
        rows = again.read(agenda.due, AgendaQuery(until=date(2028, 3, 31)))
        told[day.isoformat()] = [(row.title, row.urgency.value) for row in rows]
        again.close()
    assert told == {
        "2028-02-21": [("Hạn ngày thứ bảy", "later")],
        "2028-02-22": [("Nhắc trước hạn", "soon"), ("Hạn ngày thứ bảy", "later")],
        "2028-02-29": [("Nhắc trước hạn", "today"), ("Hạn ngày thứ bảy", "soon")],
        "2028-03-03": [("Nhắc trước hạn", "overdue"), ("Hạn ngày thứ bảy", "today")],
        "2028-03-05": [("Nhắc trước hạn", "overdue"), ("Hạn ngày thứ bảy", "overdue")],
    }


def test_every_source_says_what_opens_it_and_what_is_due() -> None:
    for source in SOURCES:
        names = [column["name"] for column in source.statement.column_descriptions]
        assert names == ["due", "household_id", "person_id", "officer_id", "record_id", "due_id", "words"], source.kind


def test_what_is_settled_is_gone(workspace: Workspace) -> None:
    task = workspace.write(tasks.open_task, TaskData("Gọi điện cho trưởng ấp", date(2026, 11, 24)))
    workspace.write(tasks.done, task)
    assert workspace.read(agenda.due) == []
    assert workspace.read(agenda.counts) == []


def test_a_reminder_is_quiet_until_its_day(workspace: Workspace) -> None:
    quiet = TaskData("Hỏi lại hộ", date(2026, 11, 27), remind_on=date(2026, 11, 26))
    workspace.write(tasks.open_task, quiet)
    workspace.write(tasks.open_task, TaskData("Nhắc hôm nay", date(2026, 11, 27), remind_on=date(2026, 11, 24)))
    assert [row.title for row in workspace.read(agenda.due)] == ["Nhắc hôm nay"]


def test_an_officer_sees_what_is_hers_and_what_is_nobodys(workspace: Workspace) -> None:
    mine = workspace.read(lambda uow: uow.actor.user_id)
    workspace.write(tasks.open_task, TaskData("Của tôi", date(2026, 11, 24), officer_id=mine))
    workspace.write(tasks.open_task, TaskData("Chưa giao", date(2026, 11, 24)))
    officers = {row.title: row.officer for row in workspace.read(agenda.due, AgendaQuery(officer_id=mine))}
    assert set(officers) == {"Của tôi", "Chưa giao"}
    assert officers["Của tôi"]
    assert not officers["Chưa giao"]
    assert workspace.read(agenda.due, AgendaQuery(kinds=("request",))) == []
