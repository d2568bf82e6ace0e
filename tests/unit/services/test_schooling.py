"""Tests of school support: who is entitled and not written down, nine months at the rate, lists pasted, totals."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.conditions import ConditionData, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import Relation
from casemgr.domain.schooling import SchoolData, SchoolKind, SchoolState, school_year, school_year_on
from casemgr.errors import ValidationError
from casemgr.services import conditions, enrolments, programmes, schooling
from casemgr.services.members import NewMember
from casemgr.services.programmes import shipped_catalogue
from casemgr.services.schooling import SchoolQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

COSTS = SchoolQuery(2026, "CPHT")
FREE = SchoolQuery(2026, "HP-MIEN")
SCHOOL = SchoolData("Trường Tiểu học Hưng Khánh Trung", "4A", SchoolKind.PUBLIC)


def family(workspace: Workspace, make: Make, name: str, value: HouseholdClass, level: SchoolLevel | None) -> UUID:
    """A household with one child; gives the child."""
    child = NewMember(make.person(f"{name} Con", birth=PartialDate(2016, 9, 2)), Relation.CHILD)
    household = make.household(name, child)
    make.poor(household, value=value)
    person = make.view(household).members[1].person_id
    if level is not None:
        workspace.write(conditions.keep_conditions, household, {person: ConditionData(school=level)})
    return person


@pytest.fixture(autouse=True)
def commune(workspace: Workspace) -> None:
    """An ordinary commune: neither hard nor coastal."""
    workspace.write(programmes.keep_commune_facts, {"commune_hard": False, "commune_coastal": False})


@pytest.fixture
def poor(workspace: Workspace, make: Make) -> UUID:
    return family(workspace, make, "Nguyễn Thị Á", HouseholdClass.POOR, SchoolLevel.PRIMARY)


@pytest.fixture
def near(workspace: Workspace, make: Make) -> UUID:
    return family(workspace, make, "Trần Văn Bền", HouseholdClass.NEAR_POOR, SchoolLevel.PRIMARY)


def test_programmes_of_the_school_are_told_by_what_they_ask() -> None:
    assert set(schooling.school_programmes(shipped_catalogue())) == {"HP-MIEN", "CPHT", "DONGGOP"}


def test_the_calendar_is_data() -> None:
    year = school_year(2026)
    assert (year.label, year.first, year.last, year.months) == ("2026-2027", date(2026, 9, 1), date(2027, 5, 31), 9)
    assert school_year_on(date(2026, 11, 24)) == year
    assert school_year_on(date(2027, 5, 31)) == year
    assert school_year_on(date(2027, 6, 1)).year == 2027
    assert school_year(2000).first == date(2000, 9, 1)
    assert [year.day(day) for day in (date(2026, 1, 1), date(2026, 11, 24), date(2028, 1, 1))] == [
        date(2026, 9, 1),
        date(2026, 11, 24),
        date(2027, 5, 31),
    ]
    assert year.months_of(date(2027, 1, 15), None) == 5
    assert year.months_of(None, None) == 9


def test_study_costs_are_for_poor_households_and_tuition_is_free_for_both(
    workspace: Workspace, poor: UUID, near: UUID
) -> None:
    (row,) = workspace.read(schooling.children, COSTS)
    assert (row.person_id, row.state, row.monthly, row.months, row.amount) == (
        poor,
        SchoolState.MISSING,
        150_000,
        9,
        1_350_000,
    )
    rows = workspace.read(schooling.children, FREE)
    assert {row.person_id for row in rows} == {poor, near}
    assert {(row.monthly, row.months, row.amount) for row in rows} == {(None, 0, 0)}


def test_a_child_written_down_is_on_the_list_then_approved(workspace: Workspace, poor: UUID) -> None:
    workspace.write(schooling.keep, poor, "CPHT", 2026, SCHOOL)
    (row,) = workspace.read(schooling.children, COSTS)
    assert (row.state, row.data) == (SchoolState.PLANNED, SCHOOL)
    decided = SchoolData("Trường THCS Phú Nhơn", "6", decision_number="81/QĐ-UBND", decision_on=date(2026, 10, 5))
    workspace.write(schooling.keep, poor, "CPHT", 2026, decided)
    (row,) = workspace.read(schooling.children, COSTS)
    assert (row.state, row.data, row.amount) == (SchoolState.APPROVED, decided, 1_350_000)
    assert workspace.read(schooling.children, SchoolQuery(2025, "CPHT"))[0].state is SchoolState.UNKNOWN
    (place,) = workspace.read(enrolments.of_household, row.household_id)
    assert place.data.detail == {"school": "Trường THCS Phú Nhơn", "grade": "6", "school_kind": "public"}


def test_part_of_a_year_is_paid_by_the_months_begun(workspace: Workspace, poor: UUID) -> None:
    workspace.write(schooling.keep, poor, "CPHT", 2026, SchoolData("THCS", "6", from_on=date(2027, 1, 4)))
    (row,) = workspace.read(schooling.children, COSTS)
    assert (row.months, row.amount) == (5, 750_000)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (SchoolData(from_on=date(2026, 8, 1)), "from_on"),
        (SchoolData(to_on=date(2027, 6, 1)), "to_on"),
        (SchoolData(from_on=date(2027, 2, 1), to_on=date(2027, 1, 1)), "to_on"),
    ],
)
def test_days_outside_the_school_year_are_refused(
    workspace: Workspace, poor: UUID, data: SchoolData, field: str
) -> None:
    with pytest.raises(ValidationError) as told:
        workspace.write(schooling.keep, poor, "CPHT", 2026, data)
    assert told.value.problems[0].field == field


def test_only_school_programmes_take_children(workspace: Workspace, poor: UUID) -> None:
    with pytest.raises(ValidationError):
        workspace.write(schooling.keep, poor, "TD-HN", 2026, SCHOOL)


def test_who_is_no_longer_entitled_stays_visible(workspace: Workspace, near: UUID) -> None:
    workspace.write(schooling.keep, near, "CPHT", 2026, SCHOOL)
    (row,) = workspace.read(schooling.children, COSTS)
    assert (row.state, row.amount, row.monthly) == (SchoolState.OVER, 0, None)


def test_a_school_not_noted_is_to_be_clarified(workspace: Workspace, make: Make) -> None:
    family(workspace, make, "Lê Thị Cẩm", HouseholdClass.POOR, None)
    rows = workspace.read(schooling.children, COSTS)
    assert [row.state for row in rows] == [SchoolState.UNKNOWN]
    found = schooling.total(rows)
    assert (found.children, found.entitled, found.unknown, found.amount) == (1, 0, 1, 0)


def test_filters_and_totals(workspace: Workspace, make: Make, poor: UUID, near: UUID) -> None:
    second = family(workspace, make, "Phạm Văn Đẹp", HouseholdClass.POOR, SchoolLevel.LOWER_SECONDARY)
    workspace.write(schooling.keep, poor, "CPHT", 2026, SCHOOL)
    read = schooling.children
    rows = workspace.read(read, COSTS)
    found = schooling.total(rows)
    assert (found.children, found.entitled, found.written, found.missing) == (2, 2, 1, 1)
    assert found.amount == sum(row.amount for row in rows) == 2_700_000
    missing = workspace.read(read, SchoolQuery(2026, "CPHT", states=("missing",)))
    assert [row.person_id for row in missing] == [second]
    assert [row.person_id for row in workspace.read(read, SchoolQuery(2026, "CPHT", text="4a"))] == [poor]
    assert workspace.read(read, SchoolQuery(2026, "CPHT", hamlets=(make.hamlet("Quân An"),))) == []
    assert len(workspace.read(read, SchoolQuery(2026, "HP-MIEN", classes=("near_poor",)))) == 1
    assert len(workspace.read(read, SchoolQuery(2026, "HP-MIEN", classes=()))) == 3


def test_a_pasted_list_of_pupils(workspace: Workspace, make: Make, poor: UUID, near: UUID) -> None:
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Trường", "Lớp", "Loại trường"],
        ["1", "Nguyễn Thị Á Con", "02/09/2016", "TH Hưng Khánh Trung", "4A", "Công lập"],
        ["2", "Trần Văn Bền Con", "2016", "Mầm non Hoa Sen", "Lá", "Ngoài công lập"],
        ["3", "Người Lạ", "2016", "TH", "4", ""],
        ["4", "Nguyễn Thị Á Con", "2016", "TH", "4", ""],
        ["5", "Nguyễn Thị Á Con", "31/02/2016", "TH", "4", ""],
    ]
    found = workspace.read(schooling.read_list, rows)
    assert [bool(match.problem) for match in found] == [False, False, True, True, True]
    assert found[1].line.data.kind is SchoolKind.PRIVATE
    ready = [(match.person_id, match.line.data) for match in found if not match.problem and match.person_id]
    assert len(workspace.write(schooling.keep_many, "HP-MIEN", 2026, ready)) == 2
    assert {row.state for row in workspace.read(schooling.children, FREE)} == {SchoolState.PLANNED}


def test_a_list_that_does_not_fit_writes_nothing(workspace: Workspace, poor: UUID, near: UUID) -> None:
    wrong = SchoolData(from_on=date(2025, 1, 1))
    with pytest.raises(ValidationError, match="Trần Văn Bền Con"):
        workspace.write(schooling.keep_many, "HP-MIEN", 2026, [(poor, SCHOOL), (near, wrong)])
    assert {row.enrolment_id for row in workspace.read(schooling.children, FREE)} == {None}


def test_a_child_written_down_by_mistake_is_taken_off(workspace: Workspace, poor: UUID) -> None:
    workspace.write(schooling.keep, poor, "CPHT", 2026, SCHOOL)
    (row,) = workspace.read(schooling.children, COSTS)
    assert row.enrolment_id is not None
    assert row.version is not None
    workspace.write(schooling.drop, row.enrolment_id, row.version)
    assert workspace.read(schooling.children, COSTS)[0].state is SchoolState.MISSING


def test_a_year_that_is_over_tells_the_class_and_the_places_of_then(
    workspace: Workspace, make: Make, poor: UUID
) -> None:
    """The household was poor in 2025, her child is at no school today: what was written down for 2025 stands."""
    household = next(row.household_id for row in workspace.read(schooling.children, COSTS) if row.person_id == poor)
    make.poor(household, 2025)
    day = date(2025, 9, 20)
    placed = SchoolData("Trường Tiểu học Phú Nhơn", "3A", SchoolKind.PUBLIC, "70/QĐ-UBND", day)
    workspace.write(schooling.keep, poor, "CPHT", 2025, placed)
    make.poor(household, 2027, HouseholdClass.NEAR_POOR, decided=False)
    workspace.write(conditions.keep_conditions, household, {poor: ConditionData(school=SchoolLevel.NONE)})
    (row,) = workspace.read(schooling.children, SchoolQuery(2025, "CPHT"))
    assert (row.state, row.class_value, row.amount) == (SchoolState.APPROVED, "poor", 1_350_000)
    workspace.write(schooling.drop, row.enrolment_id, row.version)
    workspace.write(conditions.keep_conditions, household, {poor: ConditionData(school=SchoolLevel.PRIMARY)})
    (row,) = workspace.read(schooling.children, SchoolQuery(2025, "CPHT"))
    assert (row.state, row.amount) == (SchoolState.UNKNOWN, 0)
    assert workspace.read(schooling.children, SchoolQuery(2023, "CPHT")) == []
