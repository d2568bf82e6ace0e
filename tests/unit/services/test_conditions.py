"""Living conditions at the counter: noted, corrected, refused where impossible, and kept in the history."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.conditions import ConditionData, DwellingData, Nutrition, SchoolLevel, Toilet, WaterSource
from casemgr.domain.people import LeaveReason, Relation
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import conditions, history, members
from casemgr.services.members import NewMember
from tests.support.workspaces import Make

HOUSE = DwellingData(
    walls_durable=False,
    columns_durable=True,
    area_dm2=3650,
    water=WaterSource.RAIN,
    toilet=Toilet.OTHER,
    internet=True,
    devices=("television", "smartphone"),
    seen_on=date(2026, 11, 20),
    note="Nhà ven sông",
)


@pytest.fixture
def household(make: Make) -> UUID:
    return make.household("Nguyễn Thị Á", NewMember(make.person("Trần Văn Dũng"), Relation.CHILD))


def _people(make: Make, household: UUID) -> list[UUID]:
    return [member.person_id for member in make.view(household).members]


def test_a_dwelling_is_noted_and_corrected(make: Make, household: UUID) -> None:
    read, write = make.workspace.read, make.workspace.write
    assert read(conditions.dwelling, household) == (None, DwellingData())
    write(conditions.keep_dwelling, household, None, HOUSE)
    version, data = read(conditions.dwelling, household)
    assert data == HOUSE
    write(conditions.keep_dwelling, household, version, DwellingData(devices=(), waste_handled=False))
    assert read(conditions.dwelling, household)[1] == DwellingData(devices=(), waste_handled=False)


def test_somebody_else_s_note_is_not_overwritten(make: Make, household: UUID) -> None:
    write = make.workspace.write
    write(conditions.keep_dwelling, household, None, HOUSE)
    version, _data = make.workspace.read(conditions.dwelling, household)
    write(conditions.keep_dwelling, household, version, DwellingData(internet=False))
    for stale in (None, version):
        with pytest.raises(ConflictError):
            write(conditions.keep_dwelling, household, stale, HOUSE)
    assert make.workspace.read(conditions.dwelling, household)[1].internet is False


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"area_dm2": 0}, "area_dm2"),
        ({"area_dm2": conditions.LARGEST_DM2 + 1}, "area_dm2"),
        ({"devices": ("fridge",)}, "devices"),
        ({"seen_on": date(2026, 11, 25)}, "seen_on"),
    ],
)
def test_impossible_dwellings_are_refused_beside_the_field(
    make: Make, household: UUID, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        make.workspace.write(conditions.keep_dwelling, household, None, DwellingData(**values))
    assert [problem.field for problem in refused.value.problems] == [field]
    assert make.workspace.read(conditions.dwelling, household)[0] is None


def test_members_are_noted_one_by_one(make: Make, household: UUID) -> None:
    mother, son = _people(make, household)
    read, write = make.workspace.read, make.workspace.write
    said = ConditionData(insured=True, school=SchoolLevel.PRIMARY, nutrition=Nutrition.STUNTED, trained=False)
    write(conditions.keep_conditions, household, {son: said})
    assert read(conditions.conditions, household) == {mother: ConditionData(), son: said}
    write(conditions.keep_conditions, household, {son: ConditionData(insured=False), mother: ConditionData()})
    assert read(conditions.conditions, household) == {mother: ConditionData(), son: ConditionData(insured=False)}


def test_who_left_is_noted_no_more(make: Make, household: UUID) -> None:
    mother, son = _people(make, household)
    gone = make.view(household).members[1]
    make.workspace.write(
        members.leave, gone.membership_id, gone.membership_version, on=date(2026, 11, 1), reason=LeaveReason.MOVED
    )
    assert set(make.workspace.read(conditions.conditions, household)) == {mother}
    with pytest.raises(ValidationError):
        make.workspace.write(conditions.keep_conditions, household, {son: ConditionData(insured=True)})


def test_the_notes_stand_in_the_history_and_can_be_taken_back(make: Make, household: UUID) -> None:
    _mother, son = _people(make, household)
    read, write = make.workspace.read, make.workspace.write
    write(conditions.keep_dwelling, household, None, HOUSE)
    write(conditions.keep_conditions, household, {son: ConditionData(insured=False)})
    actions = [event.action for event in read(history.household_events, household)]
    assert actions[:2] == ["conditions.keep", "dwelling.keep"]
    for _step in range(2):
        step = read(history.next_undo)
        assert step is not None
        write(history.undo, step.txn)
    assert read(conditions.dwelling, household) == (None, DwellingData())
    assert read(conditions.conditions, household)[son] == ConditionData()
