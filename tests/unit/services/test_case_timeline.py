"""One line of time: every kind of event of a household in words, the newest first."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.casework import ActionData, Answer, GoalData, NoteData, NoteKind, ReferralData
from casemgr.services import case_files, case_notes, case_plans, case_timeline, state_steps
from casemgr.services.case_timeline import LineKind
from casemgr.services.state_steps import StepData
from casemgr.workspace import Workspace
from tests.support.support import Supported


@pytest.fixture
def home(workspace: Workspace) -> UUID:
    return Supported(workspace).household()


def test_everything_is_one_line_the_newest_first(workspace: Workspace, home: UUID) -> None:
    workspace.write(case_files.open_case, home, on=date(2026, 3, 2), reason="Hộ mới thoát nghèo, cần theo dõi")
    workspace.write(case_notes.note, NoteData(home, NoteKind.VISIT, date(2026, 10, 5), "Bò khỏe, chuồng sạch."))
    workspace.write(case_notes.note, NoteData(home, NoteKind.NOTE, date(2026, 10, 6), "Hộ xin đổi giống."))
    sent = workspace.write(
        case_notes.refer, ReferralData(home, "Trạm Y tế xã", "Khám sức khỏe", date(2026, 10, 7), date(2026, 10, 20))
    )
    version = workspace.read(case_notes.referrals, home)[0].version
    workspace.write(case_notes.answered, sent, version, on=date(2026, 10, 12), outcome=Answer.ACCEPTED, answer="hẹn")
    plan = workspace.write(case_plans.write, home, [GoalData("Thoát nghèo", actions=(ActionData("Học nghề may"),))])
    workspace.write(case_plans.agree, plan, workspace.read(case_plans.plans, home)[0].version, on=date(2026, 10, 30))

    def step(uow: object) -> None:
        data = StepData("approved", date(2026, 11, 3), document_number="12/QĐ-UBND", document_on=date(2026, 11, 2))
        state_steps.record(uow, "livelihood", plan, home, "appraising", data)  # type: ignore[arg-type]  # a unit of work
        uow.name_step("livelihood.step")  # type: ignore[attr-defined]  # a unit of work

    workspace.write(step)
    lines = workspace.read(case_timeline.timeline, home)
    assert [line.on for line in lines] == sorted((line.on for line in lines), reverse=True)
    told = {line.text: line.kind for line in lines}
    kinds = {line.kind for line in lines}
    assert {LineKind.VISIT, LineKind.NOTE, LineKind.REFERRAL, LineKind.DECISION, LineKind.STEP} <= kinds
    assert any("Bò khỏe" in text and kind is LineKind.VISIT for text, kind in told.items())
    assert any("Hộ xin đổi giống" in text and kind is LineKind.NOTE for text, kind in told.items())
    assert any("(hẹn)" in text for text in told)
    assert any("12/QĐ-UBND" in text and "02/11/2026" in text for text in told)
    assert lines[0].kind is LineKind.STEP


def test_each_kind_stops_at_its_limit(workspace: Workspace, home: UUID) -> None:
    for day in range(1, 9):
        workspace.write(case_notes.note, NoteData(home, NoteKind.CALL, date(2026, 9, day), f"Gọi điện lần {day}"))
    calls = [line for line in workspace.read(case_timeline.timeline, home, limit=3) if line.kind is LineKind.VISIT]
    assert [line.on.day for line in calls] == [8, 7, 6]


def test_what_belongs_to_another_household_stays_away(workspace: Workspace, home: UUID) -> None:
    other = Supported(workspace).household()
    workspace.write(case_notes.note, NoteData(other, NoteKind.VISIT, date(2026, 10, 5), "Nhà khác"))
    assert all("Nhà khác" not in line.text for line in workspace.read(case_timeline.timeline, home))
