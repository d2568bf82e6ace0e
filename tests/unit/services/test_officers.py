"""Officers and heads of hamlets with their terms; whoever takes over starts untrained (I12)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.activities import ActivityData, ActivityKind, AttendanceData
from casemgr.domain.officers import OfficerData
from casemgr.errors import ValidationError
from casemgr.services import activities, officers
from casemgr.services.officers import OfficerQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def head(workspace: Workspace, make: Make, name: str, hamlet: str, since: date | None = date(2024, 1, 1)) -> UUID:
    return workspace.write(officers.keep_officer, OfficerData(name, "hamlet_head", make.hamlet(hamlet), since))


def course(workspace: Workspace, on: date, topics: tuple[str, ...], *attended: UUID, result: str = "completed") -> UUID:
    data = ActivityData(ActivityKind.OFFICER_TRAINING, "Tập huấn giảm nghèo", on, topics=topics, hours=16)
    event = workspace.write(activities.keep_activity, data)
    version = workspace.read(activities.view, event).version
    lines = [AttendanceData(officer_id=one, result=result) for one in attended]
    workspace.write(activities.attend, event, version, lines)
    return event


def problems(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return [problem.field for problem in error.value.problems]


def test_a_new_head_of_the_hamlet_starts_untrained(workspace: Workspace, make: Make) -> None:
    old = head(workspace, make, "Trần Văn Bền", "Phú Nhơn")
    officer = workspace.write(officers.keep_officer, OfficerData("Lê Thị Cẩm", "commune_officer"))
    course(workspace, date(2026, 3, 2), ("management", "planning"), old, officer)
    before = workspace.read(officers.trained, date(2026, 6, 30), *YEAR)
    assert (set(before.filled), set(before.trained), before.untrained) == ({old, officer}, {old, officer}, ())
    assert {topic: len(ids) for topic, ids in before.by_topic.items()} == {
        "management": 2,
        "planning": 2,
        "community": 0,
    }
    version = workspace.read(officers.view, old).version
    new = workspace.write(officers.replace_officer, old, version, "Võ Văn Tám", date(2026, 7, 1))
    after = workspace.read(officers.trained, TODAY, *YEAR)
    assert set(after.filled) == {new, officer}
    assert after.untrained == (new,)
    assert workspace.read(officers.view, old).data.to_on == date(2026, 6, 30)
    course(workspace, date(2026, 8, 1), ("community",), new)
    assert workspace.read(officers.trained, TODAY, *YEAR).untrained == ()


def test_only_qualifying_courses_of_the_period_and_the_term_count(workspace: Workspace, make: Make) -> None:
    first = head(workspace, make, "Trần Văn Bền", "Phú Nhơn", date(2026, 5, 1))
    second = head(workspace, make, "Võ Thị Sáu", "Quân An")
    course(workspace, date(2026, 2, 1), ("management",), first)  # before the term
    course(workspace, date(2025, 6, 1), ("management",), second)  # before the period
    course(workspace, date(2026, 6, 1), ("planning",), second, result="not_completed")
    made = workspace.read(officers.trained, TODAY, *YEAR)
    assert made.trained == ()
    row = workspace.read(officers.view, second)
    assert [(one.on.year, one.counts) for one in row.courses] == [(2026, False), (2025, True)]
    assert row.trained_in(date(2025, 1, 1), date(2025, 12, 31)) == {"management"}
    assert workspace.read(officers.view, first).courses[0].counts is False


def test_the_list_shows_who_is_in_office_and_every_term(workspace: Workspace, make: Make) -> None:
    old = head(workspace, make, "Trần Văn Bền", "Phú Nhơn")
    workspace.write(officers.replace_officer, old, 1, "Anh Võ", date(2026, 7, 1))
    assert [row.data.name for row in workspace.read(officers.rows, OfficerQuery(on=TODAY))] == ["Anh Võ"]
    assert len(workspace.read(officers.rows, OfficerQuery())) == 2
    assert [row.hamlet for row in workspace.read(officers.rows, OfficerQuery(text="ben"))] == ["Ấp Phú Nhơn"]
    assert workspace.read(officers.rows, OfficerQuery(positions=("commune_officer",))) == []


def test_a_term_is_checked(workspace: Workspace, make: Make) -> None:
    with pytest.raises(ValidationError) as refused:
        workspace.write(
            officers.keep_officer, OfficerData(" ", "king", from_on=date(2026, 2, 1), to_on=date(2026, 1, 1))
        )
    assert problems(refused) == ["name", "position", "to_on"]
    with pytest.raises(ValidationError) as refused:
        workspace.write(officers.keep_officer, OfficerData("Trần Văn Bền", "hamlet_head"))
    assert problems(refused) == ["hamlet_id"]


def test_a_hamlet_has_one_head_at_a_time(workspace: Workspace, make: Make) -> None:
    first = head(workspace, make, "Trần Văn Bền", "Phú Nhơn")
    with pytest.raises(ValidationError) as refused:
        head(workspace, make, "Võ Văn Tám", "Phú Nhơn", date(2026, 1, 1))
    assert problems(refused) == ["from_on"]
    row = workspace.read(officers.view, first)
    ended = replace(row.data, to_on=date(2025, 12, 31))
    workspace.write(officers.keep_officer, ended, officer_id=first, version=row.version)
    head(workspace, make, "Võ Văn Tám", "Phú Nhơn", date(2026, 1, 1))
    earlier = OfficerData("Lê Thị Cẩm", "hamlet_head", make.hamlet(), date(2020, 1, 1), date(2023, 12, 31))
    workspace.write(officers.keep_officer, earlier)
    with pytest.raises(ValidationError) as refused:
        workspace.write(officers.replace_officer, first, row.version + 1, "Ai Đó", date(2024, 1, 1))
    assert problems(refused) == ["from_on"]
