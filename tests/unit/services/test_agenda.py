"""The day's list: tasks and due dates of records in one order, per officer, gone when settled."""

from datetime import date

from casemgr.domain.agenda import Urgency
from casemgr.services import agenda, tasks
from casemgr.services.agenda import AgendaQuery
from casemgr.services.tasks import TaskData
from casemgr.workspace import Workspace
from tests.support.support import Supported


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
