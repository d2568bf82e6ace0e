"""A place in a programme: by decision, for somebody alive and of the household, once at a time."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.people import LeaveReason, Relation
from casemgr.domain.support import EnrolmentData, EnrolmentStatus
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import enrolments, members
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

DECIDED = date(2026, 3, 2)


def place(make: Make) -> EnrolmentData:
    mother = make.person("Trần Thị Cụ", birth=PartialDate(1948, 5, 1))
    home = make.household(make.person(), NewMember(mother, Relation.PARENT))
    person = next(member.person_id for member in make.view(home).members if member.relation is Relation.PARENT)
    return EnrolmentData(
        "HTXH",
        home,
        person,
        EnrolmentStatus.RUNNING,
        decision_number="30/QĐ-UBND",
        decision_on=DECIDED,
        from_on=date(2026, 3, 1),
        amount=500_000,
        detail={"so_ho_so": " 12 ", "trong": ""},
    )


def problems(workspace: Workspace, data: EnrolmentData) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        workspace.write(enrolments.keep_enrolment, data)
    return {problem.field for problem in caught.value.problems}


def test_a_place_is_kept_and_listed_with_the_household(workspace: Workspace, make: Make) -> None:
    data = place(make)
    one = workspace.write(enrolments.keep_enrolment, data)
    views = workspace.read(enrolments.of_household, data.household_id)
    assert [(view.id, view.person, view.current) for view in views] == [(one, "Trần Thị Cụ", True)]
    assert views[0].data == replace(data, detail={"so_ho_so": "12"})
    assert views[0].programme is not None
    more = replace(data, amount=650_000, status=EnrolmentStatus.SUSPENDED, reason="Vắng mặt 3 tháng")
    workspace.write(enrolments.keep_enrolment, more, enrolment_id=one, version=views[0].version)
    assert workspace.read(enrolments.view, one).data.amount == 650_000
    with pytest.raises(ConflictError):
        workspace.write(enrolments.keep_enrolment, more, enrolment_id=one, version=views[0].version)


def test_a_running_place_needs_its_decision_and_begins_in_its_month(workspace: Workspace, make: Make) -> None:
    data = place(make)
    assert problems(workspace, replace(data, decision_number="", decision_on=None)) == {
        "decision_number",
        "decision_on",
    }
    early = replace(data, from_on=date(2026, 2, 28))
    assert problems(workspace, early) == {"from_on"}
    workspace.write(enrolments.keep_enrolment, replace(early, reason="Tính từ tháng có giấy xác nhận khuyết tật"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"programme": "KHONG-CO"}, "programme"),
        ({"person_id": None}, "person_id"),
        ({"to_on": date(2026, 2, 1)}, "to_on"),
        ({"need_on": date(2026, 4, 1)}, "decision_on"),
        ({"amount": -1}, "amount"),
        ({"status": EnrolmentStatus.REFUSED}, "reason"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    workspace: Workspace, make: Make, changes: dict[str, object], field: str
) -> None:
    assert field in problems(workspace, replace(place(make), **changes))  # type: ignore[arg-type]


def test_who_died_left_or_is_no_member_gets_no_place(workspace: Workspace, make: Make) -> None:
    data = place(make)
    other = make.household("Lê Văn Bình")
    assert "person_id" in problems(workspace, replace(data, household_id=other))
    member = next(one for one in make.view(data.household_id).members if one.person_id == data.person_id)
    workspace.write(
        members.leave, member.membership_id, member.membership_version, on=date(2026, 2, 1), reason=LeaveReason.DIED
    )
    assert "person_id" in problems(workspace, data)


def test_one_place_at_a_time_and_again_after_it_ended(workspace: Workspace, make: Make) -> None:
    data = place(make)
    one = workspace.write(enrolments.keep_enrolment, data)
    assert problems(workspace, data) == {"programme"}
    workspace.write(enrolments.keep_enrolment, replace(data, status=EnrolmentStatus.NEED))  # asking again is allowed
    version = workspace.read(enrolments.view, one).version
    for on, reason in ((date(2026, 2, 1), "Chuyển đi"), (date(2026, 6, 30), " ")):
        with pytest.raises(ValidationError):
            workspace.write(enrolments.end, one, version, on=on, reason=reason)
    workspace.write(enrolments.end, one, version, on=date(2026, 6, 30), reason="Chuyển đi")
    with pytest.raises(ValidationError):
        workspace.write(
            enrolments.end, one, workspace.read(enrolments.view, one).version, on=date(2026, 7, 1), reason="Chuyển đi"
        )
    again = replace(data, from_on=date(2026, 9, 1), decision_on=date(2026, 9, 1))
    workspace.write(enrolments.keep_enrolment, again)
    views = workspace.read(enrolments.of_household, data.household_id)
    assert views[0].data.status is EnrolmentStatus.RUNNING
    assert {view.data.status for view in views[1:]} == {EnrolmentStatus.NEED, EnrolmentStatus.ENDED}


def test_a_programme_that_helps_once_gives_no_second_place(workspace: Workspace, make: Make) -> None:
    home: UUID = place(make).household_id
    data = EnrolmentData(
        "NUOC-PT",
        home,
        status=EnrolmentStatus.APPROVED,
        decision_number="4/QĐ-UBND",
        decision_on=date(2025, 4, 1),
        to_on=date(2025, 5, 1),
    )
    workspace.write(enrolments.keep_enrolment, data)
    later = replace(data, decision_on=date(2026, 4, 1), to_on=None)
    assert problems(workspace, later) == {"programme"}
