"""Events as the officer keeps them: held, who was there, typed or pasted from Excel, and whom they reached."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.activities import ActivityData, ActivityKind, AttendanceData
from casemgr.domain.officers import OfficerData
from casemgr.errors import ValidationError
from casemgr.services import activities, attendance_lines, history, officers
from casemgr.services.activities import ActivityQuery, ReachQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

DAY = date(2026, 10, 5)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def held(workspace: Workspace, kind: ActivityKind = ActivityKind.EXTENSION, **values: object) -> UUID:
    usual = {"title": "Tập huấn ghép bưởi da xanh", "on": DAY, "organiser": "Trạm Khuyến nông", "hours": 8}
    return workspace.write(activities.keep_activity, ActivityData(kind, **{**usual, **values}))  # type: ignore[arg-type]  # each test names its own fields


def attend(workspace: Workspace, event: UUID, *lines: AttendanceData) -> None:
    workspace.write(activities.attend, event, workspace.read(activities.view, event).version, lines)


def problems(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return [problem.field for problem in error.value.problems]


def test_households_are_counted_once_however_often_they_come(workspace: Workspace, make: Make) -> None:
    home, other = make.household("Nguyễn Thị Á"), make.household("Lê Văn Tư")
    first = held(workspace, purposes=("income", "climate"))
    road = held(workspace, ActivityKind.COMMUNITY_WORKS, title="Đổ bê tông đường ấp", purposes=("disaster",))
    late = held(workspace, on=date(2025, 12, 31))
    attend(workspace, first, AttendanceData(home), AttendanceData(other))
    attend(workspace, road, AttendanceData(home, days=3, contribution=450_000))
    attend(workspace, late, AttendanceData(other))
    whole = workspace.read(activities.reach, ReachQuery(*YEAR))
    assert (whole.events, whole.households, whole.participants) == (2, {home, other}, 3)
    assert (whole.days, whole.contribution) == (5, 450_000)
    assert workspace.read(activities.reach, ReachQuery(*YEAR, purpose="disaster")).households == {home}
    assert workspace.read(activities.reach, ReachQuery(*YEAR, kinds=(ActivityKind.EXTENSION,))).participants == 2
    assert workspace.read(activities.reach, ReachQuery(*YEAR, kinds=(ActivityKind.LEGAL_AID,))).households == set()


def test_the_list_of_events_is_narrowed(workspace: Workspace, make: Make) -> None:
    home = make.household()
    first = held(workspace, hamlet_id=make.hamlet(), place="Nhà văn hóa")
    held(workspace, ActivityKind.COMMUNICATION, title="Truyền thông giảm nghèo", on=date(2025, 3, 1))
    attend(workspace, first, AttendanceData(home), AttendanceData(name="Khách mời Trần Văn Bảy"))
    rows = workspace.read(activities.rows, ActivityQuery(text="phu nhon"))
    assert [(row.title, row.hamlet, row.households, row.people) for row in rows] == [
        ("Tập huấn ghép bưởi da xanh", "Ấp Phú Nhơn", 1, 2)
    ]
    assert len(workspace.read(activities.rows, ActivityQuery(kinds=("communication",)))) == 1
    assert len(workspace.read(activities.rows, ActivityQuery(year=2026))) == 1
    assert workspace.read(activities.years) == [2026, 2025]


def test_the_programme_follows_the_kind_unless_chosen(workspace: Workspace) -> None:
    assert workspace.read(activities.view, held(workspace)).data.programme == "KHUYEN"
    assert workspace.read(activities.view, held(workspace, programme="MH-GN")).data.programme == "MH-GN"


def test_an_event_is_checked(workspace: Workspace) -> None:
    with pytest.raises(ValidationError) as refused:
        held(
            workspace,
            title=" ",
            on=date(2028, 1, 1),
            to_on=date(2027, 12, 31),
            topics=("dance",),
            purposes=("fame",),
            hours=-1,
            cost=-1,
        )
    assert problems(refused) == ["title", "on", "to_on", "topics", "purposes", "hours", "cost"]
    with pytest.raises(ValidationError) as refused:
        held(workspace, ActivityKind.OFFICER_TRAINING)
    assert problems(refused) == ["topics"]


def test_participants_are_checked_line_by_line(workspace: Workspace, make: Make) -> None:
    home, other = make.household("Nguyễn Thị Á"), make.household("Lê Văn Tư")
    stranger = make.view(other).members[0].person_id
    event = held(workspace, ActivityKind.OFFICER_TRAINING, topics=("planning",))
    lines = (
        AttendanceData(),
        AttendanceData(home),
        AttendanceData(home),
        AttendanceData(UUID(int=7)),
        AttendanceData(home, stranger),
        AttendanceData(officer_id=UUID(int=8)),
        AttendanceData(other, days=-1),
        AttendanceData(other, result="xuất sắc"),
    )
    with pytest.raises(ValidationError) as refused:
        attend(workspace, event, *lines)
    assert problems(refused) == ["line1", "line3", "line4", "line5", "line6", "line7", "line8"]
    assert "Dòng 3" in str(refused.value) or "Line 3" in str(refused.value)


def test_a_list_written_again_replaces_the_old_one_and_can_be_taken_back(workspace: Workspace, make: Make) -> None:
    home, other = make.household("Nguyễn Thị Á"), make.household("Lê Văn Tư")
    event = held(workspace)
    attend(workspace, event, AttendanceData(home))
    attend(workspace, event, AttendanceData(other, make.view(other).members[0].person_id, days=2))
    (row,) = workspace.read(activities.view, event).attendance
    assert (row.name, row.data.days, row.hamlet) == ("Lê Văn Tư", 2, "Ấp Phú Nhơn")
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "activity.attend"
    workspace.write(history.undo, step.txn)
    (row,) = workspace.read(activities.view, event).attendance
    assert row.name == "Nguyễn Thị Á"


def test_correcting_an_event_keeps_its_participants(workspace: Workspace, make: Make) -> None:
    event = held(workspace)
    attend(workspace, event, AttendanceData(make.household()))
    view = workspace.read(activities.view, event)
    workspace.write(
        activities.keep_activity, replace(view.data, place="Nhà văn hóa"), activity_id=event, version=view.version
    )
    again = workspace.read(activities.view, event)
    assert (again.data.place, len(again.attendance)) == ("Nhà văn hóa", 1)


def test_lines_pasted_from_excel_are_matched_and_nothing_is_guessed(workspace: Workspace, make: Make) -> None:
    home = make.household(make.person("Nguyễn Thị Á", id_number="083179000011"))
    make.household("Lê Văn Tư")
    make.household("Lê Văn Tư", hamlet="Quân An")
    code = make.view(home).code
    text = "\n".join(
        (
            f"{code}\t2\t150.000",
            f"{code}\tnguyễn thị á\t1",
            f"{code}\tCon rể Bảy\t1",
            "\t083179000011",
            "Nguyễn Thị Á\t1\t\tKhá",
            "Lê Văn Tư",
            "Người Lạ",
            "H-09999",
            "",
            f"{code}\tNguyễn Thị Á\tnhiều",
            f"{code}\t1\tmột ít",
        )
    )
    lines = workspace.read(attendance_lines.read_lines, text)
    person = make.view(home).members[0].person_id
    assert [line.data.household_id for line in lines[:5]] == [home] * 5
    assert [line.data.person_id for line in lines[:5]] == [None, person, None, person, person]
    assert (lines[0].data.days, lines[0].data.contribution) == (2, 150_000)
    assert lines[2].data.name == "Con rể Bảy"
    assert lines[4].data.result == "Khá"
    assert [bool(line.problem) for line in lines] == [False] * 5 + [True] * 5


def test_officers_are_pasted_by_name(workspace: Workspace, make: Make) -> None:
    for name, hamlet in (("Trần Văn Bền", "Phú Nhơn"), ("Võ Thị Sáu", "Quân An")):
        workspace.write(officers.keep_officer, OfficerData(name, "hamlet_head", make.hamlet(hamlet)))
    workspace.write(officers.keep_officer, OfficerData("Võ Thị Sáu", "commune_officer"))
    lines = workspace.read(attendance_lines.read_lines, "Trần Văn Bền\nVõ Thị Sáu\nAi Đó", officers=True)
    assert [(line.data.officer_id is not None, bool(line.problem)) for line in lines] == [
        (True, False),
        (False, True),
        (False, True),
    ]
