"""Poor households with a person of merit: 88 are 66 on social protection and 22 able to leave, 25 of 66 sponsored."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.exit_marks import ExitClass
from casemgr.domain.households import HouseholdClass
from casemgr.domain.sponsors import SponsorData, SponsorshipData, SponsorshipStatus
from casemgr.errors import ValidationError
from casemgr.services import exit_marks, sponsors
from casemgr.services.exit_marks import Mark
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
START = date(2026, 1, 1)


def merit(make: Make, number: int, value: HouseholdClass = HouseholdClass.POOR) -> UUID:
    home = make.household(make.person(f"Trần Văn {number}", merit=True))
    make.poor(home, 2026, value, decided=False)
    return home


def parts(workspace: Workspace, on: date = TODAY) -> dict[str, int]:
    made = workspace.read(exit_marks.partition, on)
    return {
        "whole": len(made.whole),
        "protected": len(made.protected),
        "able": len(made.able),
        "unsorted": len(made.unsorted),
    }


def test_88_are_66_and_22_and_25_of_the_66_are_sponsored(workspace: Workspace, make: Make) -> None:
    homes = [merit(make, number) for number in range(88)]
    make.poor(make.household("Không có công"), decided=False)
    merit(make, 99, HouseholdClass.NEAR_POOR)
    workspace.write(exit_marks.mark, homes[:60], ExitClass.PROTECTED, START, "Không còn người trong độ tuổi lao động")
    assert parts(workspace) == {"whole": 88, "protected": 60, "able": 0, "unsorted": 28}
    workspace.write(exit_marks.mark, homes[60:66], ExitClass.PROTECTED, START, "Sống bằng trợ cấp hằng tháng")
    workspace.write(exit_marks.mark, homes[66:], ExitClass.ABLE, START, "Có lao động, có đất sản xuất")
    assert parts(workspace) == {"whole": 88, "protected": 66, "able": 22, "unsorted": 0}
    donor = workspace.write(sponsors.keep_sponsor, SponsorData("Công ty TNHH Dừa Xanh", "enterprise"))
    for home in homes[:25]:
        promise = SponsorshipData(donor, home, amount=500_000, from_on=START, status=SponsorshipStatus.RUNNING)
        workspace.write(sponsors.keep_sponsorship, promise)
    made = workspace.read(exit_marks.partition, TODAY)
    assert (len(made.sponsored), len(made.sponsored_protected), made.sponsored_outside) == (25, 25, frozenset())
    assert f"{len(made.sponsored_protected) / len(made.protected):.1%}" == "37.9%"
    assert f"{len(made.sponsored) / len(made.whole):.1%}" == "28.4%"
    assert sum(len(made.of(value)) for value in ExitClass) == len(made.whole)
    assert sum(row.sponsored for row in workspace.read(exit_marks.rows, TODAY)) == 25
    outside = SponsorshipData(donor, homes[80], amount=1, from_on=START, status=SponsorshipStatus.RUNNING)
    workspace.write(sponsors.keep_sponsorship, outside)
    assert workspace.read(exit_marks.partition, TODAY).sponsored_outside == {homes[80]}


def test_the_newest_mark_of_the_day_counts_and_the_past_stays(workspace: Workspace, make: Make) -> None:
    home = merit(make, 1)
    workspace.write(exit_marks.mark, [home], ExitClass.PROTECTED, date(2026, 2, 1), "Già yếu")
    workspace.write(exit_marks.mark, [home], ExitClass.ABLE, date(2026, 9, 1), "Con trai đi làm về")
    assert parts(workspace, date(2026, 8, 31))["protected"] == 1
    assert parts(workspace, date(2026, 1, 31))["unsorted"] == 1
    assert parts(workspace)["able"] == 1
    workspace.write(exit_marks.mark, [home], ExitClass.UNSORTED, date(2026, 9, 1), "")
    assert workspace.read(exit_marks.marks_of, home) == [
        Mark(ExitClass.UNSORTED, date(2026, 9, 1), ""),
        Mark(ExitClass.PROTECTED, date(2026, 2, 1), "Già yếu"),
    ]
    (row,) = workspace.read(exit_marks.rows, TODAY)
    assert (row.value, row.on, row.hamlet) == (ExitClass.UNSORTED, date(2026, 9, 1), "Ấp Phú Nhơn")


def test_a_household_of_merit_by_its_own_flag_counts_too(workspace: Workspace, make: Make) -> None:
    home = make.household("Bà Mẹ Việt Nam", flags=("merit",))
    make.poor(home, decided=False)
    assert workspace.read(exit_marks.partition, TODAY).whole == {home}
    (row,) = workspace.read(exit_marks.rows, TODAY)
    assert (row.on, row.reason, row.sponsored) == (None, "", False)


def test_a_mark_needs_a_reason_and_a_household_it_is_about(workspace: Workspace, make: Make) -> None:
    other = make.household("Không có công")
    with pytest.raises(ValidationError) as refused:
        workspace.write(exit_marks.mark, [other], ExitClass.ABLE, date(2027, 1, 1), " ")
    assert [problem.field for problem in refused.value.problems] == ["on", "reason", "household_id"]
    assert make.view(other).code in str(refused.value)
