"""Case work with a household: opened, planned in versions, visited, referred, handed over, closed with a reason."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.casework import (
    ActionData,
    Answer,
    GoalData,
    GoalStatus,
    NoteData,
    NoteKind,
    PlanStatus,
    ReferralData,
)
from casemgr.domain.offices import UserData
from casemgr.domain.permissions import Role
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import agenda, case_files, case_notes, case_plans, history, offices, tasks
from casemgr.services.agenda import AgendaQuery
from casemgr.services.tasks import TaskData
from casemgr.workspace import Workspace
from tests.support.support import Supported

TODAY = date(2026, 11, 24)
COW = GoalData(
    "Có thu nhập từ nuôi bò",
    "work",
    actions=(
        ActionData("Lập phương án nuôi bò", due_on=date(2026, 11, 27)),
        ActionData("Dọn chuồng", owner="Chủ hộ", due_on=date(2026, 12, 20)),
    ),
)


def fields(refused: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return {one.field for one in refused.value.problems}


@pytest.fixture
def home(workspace: Workspace) -> UUID:
    return Supported(workspace).household()


def colleague(workspace: Workspace) -> UUID:
    workspace.write(offices.add_user, UserData("bich", "Trần Thị Bích", Role.OFFICER))
    return workspace.read(case_files.officer_by_login, "bich")


def test_a_case_is_opened_and_closed_and_opened_again_with_a_reason(workspace: Workspace, home: UUID) -> None:
    case = workspace.write(case_files.open_case, home, on=date(2026, 11, 2))
    with pytest.raises(ConflictError):
        workspace.write(case_files.open_case, home, on=TODAY)
    workspace.write(tasks.open_task, TaskData("Hỏi lương hưu", TODAY, household_id=home))
    version = workspace.read(case_files.cases, home)[0].version
    with pytest.raises(ValidationError) as refused:
        workspace.write(case_files.close_case, case, version, on=TODAY, reason="Hộ đã thoát nghèo")
    assert "1" in str(refused.value)
    (task,) = workspace.read(tasks.of_household, home)
    workspace.write(tasks.done, task.id)
    with pytest.raises(ValidationError) as refused:
        workspace.write(case_files.close_case, case, version, on=date(2026, 11, 1), reason=" ")
    assert fields(refused) == {"reason", "on"}
    workspace.write(case_files.close_case, case, version, on=date(2026, 11, 20), reason="Hộ đã thoát nghèo")
    with pytest.raises(ValidationError) as refused:
        workspace.write(case_files.open_case, home, on=date(2026, 11, 19))
    assert fields(refused) == {"reason", "on"}
    workspace.write(case_files.open_case, home, on=TODAY, reason="Tái nghèo sau bão")
    assert [one.closed_on for one in workspace.read(case_files.cases, home)] == [None, date(2026, 11, 20)]
    actions = [event.action for event in workspace.read(history.household_events, home)]
    assert {"case.open", "case.close"} <= set(actions)


def test_a_plan_has_versions_that_all_stay(workspace: Workspace, home: UUID) -> None:
    plan = workspace.write(case_plans.write, home, [COW], summary="Nuôi bò sinh sản")
    version = workspace.read(case_plans.plans, home)[0].version
    workspace.write(case_plans.write, home, [COW, GoalData("Con út đi học lại")], plan_id=plan, version=version)
    (draft,) = workspace.read(case_plans.plans, home)
    assert (draft.status, len(draft.goals), draft.done) == (PlanStatus.DRAFT, 2, (0, 2))
    workspace.write(case_plans.agree, plan, draft.version, on=date(2026, 11, 20))
    action = workspace.read(case_plans.plans, home)[0].goals[0].actions[0]
    workspace.write(case_plans.done, action.id, action.version, on=TODAY, result="Đã gửi Phòng Kinh tế")
    with pytest.raises(ConflictError):
        workspace.write(case_plans.done, action.id, action.version + 1, on=TODAY)

    agreed = workspace.read(case_plans.plans, home)[0]
    following = workspace.write(
        case_plans.write, home, case_plans.next_version(agreed), plan_id=plan, version=agreed.version
    )
    newest, before = workspace.read(case_plans.plans, home)
    assert (newest.id, newest.number, newest.status) == (following, 2, PlanStatus.DRAFT)
    assert [one.data.text for one in newest.goals[0].actions] == ["Dọn chuồng"]
    assert before.done == (1, 2)
    workspace.write(case_plans.agree, following, newest.version, on=TODAY)
    newest, before = workspace.read(case_plans.plans, home)
    assert (newest.status, before.status) == (PlanStatus.AGREED, PlanStatus.REPLACED)
    assert before.done == (2, 2)
    assert "2" in before.goals[0].actions[1].data.result
    with pytest.raises(ConflictError):
        workspace.write(case_plans.write, home, [COW], plan_id=plan, version=before.version)


def test_a_goal_is_judged_by_the_officer(workspace: Workspace, home: UUID) -> None:
    workspace.write(case_plans.write, home, [COW])
    goal = workspace.read(case_plans.plans, home)[0].goals[0]
    workspace.write(case_plans.judge, goal.id, 1, GoalStatus.REACHED)
    told = workspace.read(case_plans.plans, home)[0]
    assert told.goals[0].data.status is GoalStatus.REACHED
    assert case_plans.next_version(told) == ()


@pytest.mark.parametrize(
    ("goals", "field"),
    [
        ([], "goals"),
        ([replace(COW, text=" ")], "goals"),
        ([replace(COW, actions=(ActionData(" "),))], "actions"),
        ([replace(COW, actions=(ActionData("Đi học", due_on=date(2026, 11, 23)),))], "due_on"),
    ],
)
def test_a_plan_says_what_and_by_when(workspace: Workspace, home: UUID, goals: list[GoalData], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        workspace.write(case_plans.write, home, goals)
    assert fields(refused) == {field}


def test_a_visit_and_what_follows_are_one_step(workspace: Workspace, home: UUID) -> None:
    visit = NoteData(home, NoteKind.VISIT, TODAY, "Bà Tư đau chân, cần đi khám", next_title="Gọi trạm y tế")
    with pytest.raises(ValidationError) as refused:
        workspace.write(case_notes.note, visit)
    assert fields(refused) == {"next_due_on"}
    workspace.write(case_notes.note, replace(visit, next_due_on=date(2026, 11, 26)))
    (told,) = workspace.read(case_notes.notes, home)
    assert told.data.text.startswith("Bà Tư")
    assert told.officer
    (task,) = workspace.read(tasks.of_household, home)
    assert (task.data.title, task.data.cause_id) == ("Gọi trạm y tế", told.id)
    step = workspace.read(history.next_undo)
    assert step is not None
    workspace.write(history.undo, step.txn)
    assert workspace.read(case_notes.notes, home) == []
    assert workspace.read(tasks.of_household, home) == []


def test_a_referral_waits_for_its_answer_and_is_overdue_after_its_day(workspace: Workspace, home: UUID) -> None:
    sent = ReferralData(
        home, "Trung tâm Dịch vụ việc làm", "Tìm việc cho con gái", date(2026, 11, 3), date(2026, 11, 20)
    )
    referral = workspace.write(case_notes.refer, sent)
    (row,) = workspace.read(agenda.due)
    assert (row.kind, row.urgency.value) == ("referral", "overdue")
    (told,) = workspace.read(case_notes.referrals, home)
    assert told.overdue
    with pytest.raises(ValidationError) as refused:
        workspace.write(case_notes.answered, referral, told.version, on=date(2026, 11, 1), outcome=Answer.REFUSED)
    assert fields(refused) == {"on", "answer"}
    workspace.write(case_notes.answered, referral, told.version, on=TODAY, outcome=Answer.ACCEPTED)
    assert workspace.read(agenda.due) == []


def test_all_open_work_goes_to_another_officer_in_one_step(workspace: Workspace, home: UUID) -> None:
    me, other = workspace.read(lambda uow: uow.actor.user_id), colleague(workspace)
    workspace.write(case_files.open_case, home, on=date(2026, 11, 2))
    workspace.write(case_plans.write, home, [COW])
    for title in ("Một", "Hai"):
        workspace.write(tasks.open_task, TaskData(title, TODAY, household_id=home, officer_id=me))
    settled = workspace.write(tasks.open_task, TaskData("Xong", TODAY, officer_id=me))
    workspace.write(tasks.done, settled)
    before = workspace.read(case_files.open_work, officer_id=me)
    assert before == {"cases": 1, "tasks": 2, "actions": 1}
    assert workspace.write(case_files.hand_over, me, other) == before
    assert workspace.read(case_files.open_work, officer_id=me) == {}
    assert workspace.read(case_files.open_work, officer_id=other) == before
    assert len(workspace.read(agenda.due, AgendaQuery(officer_id=other))) == 3
    step = workspace.read(history.next_undo)
    assert step is not None
    workspace.write(history.undo, step.txn)
    assert workspace.read(case_files.open_work, officer_id=me) == before
    with pytest.raises(ValidationError):
        workspace.write(case_files.hand_over, me, me)
