"""Tasks: opened, done or dropped with a reason, due first."""

from datetime import date

import pytest

from casemgr.errors import ConflictError, ValidationError
from casemgr.services import history, tasks
from casemgr.services.tasks import TaskData
from casemgr.workspace import Workspace
from tests.support.support import Supported


def test_a_task_is_opened_and_done(workspace: Workspace) -> None:
    household = Supported(workspace).household()
    task = workspace.write(
        tasks.open_task, TaskData("  Hỏi lương hưu của bà Tư ", date(2026, 11, 20), household_id=household)
    )
    told = workspace.read(tasks.of_household, household)[0]
    assert (told.id, told.data.title, told.status, told.overdue) == (task, "Hỏi lương hưu của bà Tư", tasks.OPEN, True)
    assert told.head.startswith("Nguyễn Văn Người")
    workspace.write(tasks.done, task, told.version, note="Không có lương hưu")
    assert workspace.read(tasks.of_household, household) == []
    settled = workspace.read(tasks.of_household, household, settled=True)[0]
    assert (settled.status, settled.data.note, settled.overdue) == (tasks.DONE, "Không có lương hưu", False)
    assert "task.done" in [event.action for event in workspace.read(history.household_events, household)]
    with pytest.raises(ConflictError):
        workspace.write(tasks.done, task)


def test_dropping_needs_a_reason(workspace: Workspace) -> None:
    task = workspace.write(tasks.open_task, TaskData("Kiểm tra hồ sơ", date(2026, 12, 1)))
    with pytest.raises(ValidationError):
        workspace.write(tasks.drop, task)
    workspace.write(tasks.drop, task, note="Hộ đã chuyển đi")
    another = workspace.write(tasks.open_task, TaskData("Gọi điện cho trưởng ấp", date(2026, 12, 1)))
    workspace.write(tasks.done, another)
    assert workspace.read(tasks.due) == []


def test_what_is_due_first_comes_first(workspace: Workspace) -> None:
    for title, day, programme in (
        ("Sau", date(2026, 12, 20), "HTXH"), ("Trước", date(2026, 11, 30), "TCXH"), ("Giữa", date(2026, 12, 5), "HTXH"),
    ):  # fmt: skip
        workspace.write(tasks.open_task, TaskData(title, day, programme=programme))
    assert [one.data.title for one in workspace.read(tasks.due)] == ["Trước", "Giữa", "Sau"]
    assert [one.data.title for one in workspace.read(tasks.due, date(2026, 12, 5))] == ["Trước", "Giữa"]
    assert [one.data.title for one in workspace.read(tasks.due, programme="HTXH")] == ["Giữa", "Sau"]


def test_a_task_says_what_to_do(workspace: Workspace) -> None:
    with pytest.raises(ValidationError):
        workspace.write(tasks.open_task, TaskData("  ", date(2026, 12, 1)))
