"""Proposals from the file: who counts on the survey day, and many households at once say what one says."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.conditions import ConditionData, DwellingData, Nutrition, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.indicators import Answers, ChildCounts
from casemgr.domain.insurance import CardData
from casemgr.domain.packs import of_id, shipped
from casemgr.domain.people import LeaveReason, Relation
from casemgr.services import conditions, households, insurance, members, proposals
from casemgr.services.households import HouseholdQuery
from casemgr.services.members import NewMember
from casemgr.services.samples import make_sample
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

PACK = of_id(shipped(), "VN-2022")
DRAFT = of_id(shipped(), "VN-2027")
ON = date(2026, 11, 24)


@pytest.fixture
def household(make: Make) -> UUID:
    """A mother, her son of 20 who joined in October, and a daughter of 8."""
    son = NewMember(make.person("Trần Văn Dũng", birth=PartialDate(2006, 5, 1)), Relation.CHILD, "", date(2026, 10, 1))
    daughter = NewMember(make.person("Trần Thị Bé", birth=PartialDate(2018, 5, 1)), Relation.CHILD)
    found = make.household("Nguyễn Thị Á", son, daughter)
    mother, young, child = make.view(found).members
    make.workspace.write(
        conditions.keep_conditions,
        found,
        {
            mother.person_id: ConditionData(insured=True),
            young.person_id: ConditionData(insured=False),
            child.person_id: ConditionData(insured=True, nutrition=Nutrition.BOTH, school=SchoolLevel.NONE),
        },
    )
    make.workspace.write(conditions.keep_dwelling, found, None, DwellingData(area_dm2=1700, internet=False))
    return found


def _value(make: Make, household: UUID, code: str, on: date = ON) -> bool | None:
    value = make.workspace.read(proposals.proposals, household, PACK, on)[code].value
    many = make.workspace.read(proposals.proposals_of, [household], PACK, on)[household]
    assert value is (None if code in many.unknown else code in many.deprived)
    return value


def test_the_why_names_the_member(make: Make, household: UUID) -> None:
    told = make.workspace.read(proposals.proposals, household, PACK, ON)
    assert told["bhyt"].value is True
    assert "Trần Văn Dũng" in told["bhyt"].why
    assert "Nguyễn Thị Á" not in told["bhyt"].why
    assert any("Nguyễn Thị Á" in fact for fact in told["viec_lam"].missing)


@pytest.mark.parametrize(
    ("on", "deprived"), [(date(2026, 5, 31), False), (date(2026, 6, 1), True), (date(2026, 11, 24), True)]
)
def test_a_card_valid_on_the_survey_day_decides_who_is_insured(
    make: Make, household: UUID, on: date, deprived: bool
) -> None:
    mother, young, _child = make.view(household).members
    make.workspace.write(
        insurance.keep_card,
        None,
        None,
        CardData(mother.person_id, "8312345678", "BHYT-HN", date(2026, 1, 1), date(2026, 5, 31)),
    )
    make.workspace.write(
        insurance.keep_card, None, None, CardData(young.person_id, "8312345679", "BHYT-HN", date(2026, 1, 1))
    )
    assert _value(make, household, "bhyt", on) is deprived


def test_a_card_on_record_outweighs_what_was_noted(make: Make, household: UUID) -> None:
    young = make.view(household).members[1].person_id
    assert _value(make, household, "bhyt") is True
    make.workspace.write(insurance.keep_card, None, None, CardData(young, "8312345679", "BHYT-HN", date(2026, 11, 24)))
    assert _value(make, household, "bhyt") is False


def test_members_are_those_of_the_survey_day(make: Make, household: UUID) -> None:
    assert _value(make, household, "bhyt") is True
    assert _value(make, household, "bhyt", date(2026, 9, 30)) is False  # the son had not joined
    assert _value(make, household, "dien_tich_nha") is True  # 17 m² for three
    assert _value(make, household, "dien_tich_nha", date(2026, 9, 30)) is False
    son = make.view(household).members[1]
    make.workspace.write(
        members.leave, son.membership_id, son.membership_version, on=date(2026, 11, 10), reason=LeaveReason.MOVED
    )
    assert _value(make, household, "bhyt") is False
    assert _value(make, household, "bhyt", date(2026, 11, 9)) is True


def test_the_dead_do_not_count(make: Make, household: UUID) -> None:
    son = make.view(household).members[1]
    make.workspace.write(
        members.leave, son.membership_id, son.membership_version, on=date(2026, 11, 10), reason=LeaveReason.DIED
    )
    assert _value(make, household, "bhyt") is False
    assert _value(make, household, "nguoi_phu_thuoc") is False


def test_children_of_the_report(make: Make, household: UUID) -> None:
    assert make.workspace.read(proposals.child_counts, household, PACK, ON) == ChildCounts(1, 1, 0, 1)


def test_each_member_is_asked_what_concerns_her(make: Make, household: UUID) -> None:
    mother, son, daughter = (member.person_id for member in make.view(household).members)
    asked = make.workspace.read(proposals.questions_of, household, PACK, ON)
    assert ("school" in asked[mother], "school" in asked[son], "nutrition" in asked[daughter]) == (False, True, True)
    assert set(make.workspace.read(proposals.questions_of, household, PACK, date(2026, 9, 30))) == {mother, daughter}


def test_nothing_noted_is_nothing_said(make: Make) -> None:
    household = make.household()
    told = make.workspace.read(proposals.proposals_of, [household], DRAFT, ON)[household]
    assert not told.deprived
    assert {"vien_thong", "xu_ly_rac_thai", "bhyt", "dien_tich_nha"} <= told.unknown
    assert make.workspace.read(proposals.proposals_of, [], DRAFT, ON) == {}


def test_narrowed_to_some_indicators(make: Make, household: UUID) -> None:
    read = make.workspace.read
    assert read(proposals.proposals_of, [household], DRAFT, ON, {"vien_thong", "xu_ly_rac_thai"}) == {
        household: Answers(frozenset({"vien_thong"}), frozenset({"xu_ly_rac_thai"}))
    }
    assert read(proposals.proposals_of, [household], DRAFT, ON, {"dien_tich_nha"})[household].deprived
    assert read(proposals.proposals_of, [household], DRAFT, ON, {"bhyt"})[household].deprived == {"bhyt"}


@pytest.mark.parametrize("whole_tables", [False, True])
def test_a_whole_office_at_once_says_what_each_household_says(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, *, whole_tables: bool
) -> None:
    workspace.write(make_sample, households=60, seed=5)
    ids = list(workspace.read(households.find, HouseholdQuery()))
    if whole_tables:
        monkeypatch.setattr(proposals, "ALL_FROM", 1)
    for pack in (PACK, DRAFT):
        many = workspace.read(proposals.proposals_of, ids, pack, ON)
        assert list(many) == ids
        for household in ids:
            one = workspace.read(proposals.proposals, household, pack, ON)
            assert many[household].deprived == {code for code, told in one.items() if told.value}
            assert many[household].unknown == {code for code, told in one.items() if told.value is None}


def test_the_sample_lives_as_its_class_says(workspace: Workspace) -> None:
    workspace.write(make_sample, households=120, seed=5)
    ids = list(workspace.read(households.find, HouseholdQuery(classes=("poor", "near_poor"))))
    told = workspace.read(proposals.proposals_of, ids, PACK, ON)
    same = 0
    for household in ids:
        current = workspace.read(households.view, household).current_class
        assert current is not None
        same += told[household].deprived == set(current.data.deprivations) and not told[household].unknown
    assert same / len(ids) > 0.9
    draft = workspace.read(proposals.proposals_of, ids, DRAFT, ON)
    assert {True, False} == {"xu_ly_rac_thai" in answers.unknown for answers in draft.values()}
