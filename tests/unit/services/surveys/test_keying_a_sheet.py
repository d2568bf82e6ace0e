"""A survey sheet: what it proposes, what keying it gives, and what is refused at its field."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.people import Disability, Education, LabourCapacity, PersonData, Relation, Work
from casemgr.domain.permissions import Role
from casemgr.domain.reviews import CaseState, Movement, SurveyData
from casemgr.errors import ConflictError, NotAllowedError, ValidationError
from casemgr.services import (
    campaign_board,
    households,
    surveys,
)
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.reviews import NEAR_POOR, POOR, SURVEYED, answers, case, key, open_review, state, survey
from tests.support.survey_sheets import PACK, member, refused
from tests.support.workspaces import FrozenClock, Make


def test_the_sheet_shows_the_family_and_what_the_file_proposes(workspace: Workspace, make: Make, sheet: UUID) -> None:
    view = workspace.read(surveys.sheet, sheet)
    assert (view.code, view.head, view.hamlet) == ("H-00001", "Nguyễn Thị Á", "Ấp Phú Nhơn")
    assert [(one.name, one.age) for one in view.members] == [
        ("Nguyễn Thị Á", 47), ("Trần Văn Bé", 8), ("Trần Văn Út", 3),
    ]  # fmt: skip
    assert [one.indicator.code for one in view.indicators] == list(PACK.codes)
    by_code = {one.indicator.code: one for one in view.indicators}
    assert by_code["nguoi_phu_thuoc"].proposal.value is True  # two of three
    assert by_code["nguoi_phu_thuoc"].answer is True
    assert "2" in by_code["nguoi_phu_thuoc"].proposal.why
    assert by_code["nha_tieu"].proposal.value is None
    assert by_code["nha_tieu"].answer is None
    assert not view.keyed
    assert view.data.surveyed_on == date(2026, 11, 24)
    assert (view.opening, view.opening_year, view.state) == (HouseholdClass.POOR, 2026, CaseState.LISTED)
    assert (view.result, view.local_result, view.local, view.locked) == (None, None, None, "")
    assert view.score_table is None
    assert view.quick_check is not None
    earlier = workspace.read(surveys.sheet, sheet, on=date(2026, 4, 30))
    assert [one.age for one in earlier.members] == [47, 7, 2]


def test_the_facts_of_members_are_told_in_words(workspace: Workspace, make: Make) -> None:
    grandmother = member(
        "Lê Thị Già",
        PartialDate(1940),
        Relation.PARENT,
        work=Work.RETIRED,
        labour=LabourCapacity.NONE,
        education=Education.NONE,
        disability=Disability.SEVERE,
        allowance=True,
        merit=True,
    )
    unknown = NewMember(PersonData("Trần Văn Không"), Relation.OTHER)
    found = make.household("Nguyễn Thị Á", grandmother, unknown)
    make.poor(found)
    view = workspace.read(surveys.sheet, case(workspace, open_review(workspace), found))
    assert view.members[1].relation == "Cha hoặc mẹ"
    assert len(view.members[1].facts) == 7
    assert (view.members[2].facts, view.members[2].birth, view.members[2].age) == ((), "", None)


def test_a_keyed_sheet_gives_class_reason_and_the_next_household(workspace: Workspace, make: Make) -> None:
    ids = [make.household(name) for name in ("Nguyễn Thị Á", "Trần Văn Bình")]
    for one in ids:
        make.poor(one)
    campaign = open_review(workspace)
    first, second = (case(workspace, campaign, one) for one in ids)
    result = key(workspace, first, *POOR)
    assert result.national.value is HouseholdClass.POOR
    assert "hộ nghèo" in result.national.reason
    assert (result.local, result.round, result.next_case) == (None, 1, second)
    row = workspace.read(campaign_board.rows, [first])[0]
    assert (row.state, row.result, row.movement) == (CaseState.KEYED, HouseholdClass.POOR, Movement.STAYED_POOR)
    assert (row.b1, row.b2, row.state_on) == (120, 40, SURVEYED)
    result = key(workspace, second, *NEAR_POOR, b1=140)
    assert (result.national.value, result.next_case) == (HouseholdClass.NEAR_POOR, None)
    assert workspace.read(campaign_board.rows, [second])[0].movement is Movement.POOR_TO_NEAR_POOR
    view = workspace.read(surveys.sheet, first)
    assert view.keyed
    assert view.result == workspace.read(surveys.judge, first, view.data)[0]
    assert view.data.answers == answers(PACK, *POOR)
    assert view.data.causes == ("2",)
    assert workspace.read(surveys.reasons, [first, second]).keys() == {first, second}


def test_what_is_judged_while_keying_saves_nothing(workspace: Workspace, sheet: UUID) -> None:
    national, local = workspace.read(surveys.judge, sheet, survey(PACK, *POOR, b1=141))
    assert (national.value, national.margin, local) == (HouseholdClass.NONE, -1, None)
    with pytest.raises(ValidationError) as error:
        workspace.read(surveys.judge, sheet, SurveyData(SURVEYED, b1=100, answers={"bhyt": True}))
    assert {problem.field for problem in error.value.problems} == set(PACK.codes) - {"bhyt"}
    partly = workspace.read(surveys.possible, sheet, SurveyData(SURVEYED, b1=100, answers={"bhyt": True}))
    assert partly.possible == (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
    assert workspace.read(surveys.possible, sheet, SurveyData(SURVEYED, b1=141)).value is HouseholdClass.NONE
    assert state(workspace, sheet) is CaseState.LISTED


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"surveyed_on": date(2026, 8, 31)}, {"surveyed_on"}),
        ({"surveyed_on": date(2026, 11, 25)}, {"surveyed_on"}),
        ({"b1": -1}, {"b1"}),
        ({"b1": PACK.limits["b1"] + 1}, {"b1"}),
        ({"income": -5}, {"income"}),
        ({"b1": None}, {"income"}),
        ({"answers": {}}, set(PACK.codes)),
        ({"causes": ("9",)}, {"causes"}),
        ({"quick_signs": ("o_to",)}, {"quick_signs"}),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_at_its_field(
    workspace: Workspace, sheet: UUID, change: dict[str, Any], fields: set[str]
) -> None:
    assert refused(workspace, sheet, replace(survey(PACK, *POOR), **change)) == fields


def test_an_indicator_of_another_standard_or_of_none_is_refused(workspace: Workspace, sheet: UUID) -> None:
    for code in ("xu_ly_rac_thai", "vo_nghia"):
        data = survey(PACK, *POOR)
        assert refused(workspace, sheet, replace(data, answers=data.answers | {code: True}))


def test_a_sheet_is_not_younger_than_the_standard_that_judges_it(workspace: Workspace, sheet: UUID) -> None:
    workspace._clock = FrozenClock(datetime(2027, 1, 8, 2, 0, tzinfo=UTC))
    assert refused(workspace, sheet, survey(PACK, *POOR, surveyed_on=date(2027, 1, 4))) == {"surveyed_on"}
    assert key(workspace, sheet, *POOR, surveyed_on=date(2026, 12, 31)).round == 1


def test_an_answer_against_the_file_needs_a_reason(workspace: Workspace, sheet: UUID) -> None:
    data = survey(PACK, *POOR, override_reasons={})
    assert refused(workspace, sheet, data) == {"nguoi_phu_thuoc"}
    reason = {"nguoi_phu_thuoc": " Ông nội mới về ở chung ", "bhyt": "không cần"}
    workspace.write(surveys.keep_survey, sheet, replace(data, override_reasons=reason))
    view = workspace.read(surveys.sheet, sheet)
    assert view.data.override_reasons == {"nguoi_phu_thuoc": "Ông nội mới về ở chung"}
    overridden = next(one for one in view.indicators if one.overridden)
    assert (overridden.indicator.code, overridden.answer, overridden.proposal.value) == (
        "nguoi_phu_thuoc", False, True,
    )  # fmt: skip
    assert view.rounds[0].proposed["nguoi_phu_thuoc"].value is True


def test_a_household_without_hamlet_or_no_longer_kept_is_refused(workspace: Workspace, make: Make) -> None:
    found = make.household("Nguyễn Thị Á")
    make.poor(found)
    campaign = open_review(workspace)
    sheet = case(workspace, campaign, found)
    view = make.view(found)
    workspace.write(households.correct_household, found, view.version, replace(view.data, hamlet_id=None))
    assert refused(workspace, sheet, survey(PACK, *POOR)) == {"area"}
    version = make.view(found).version
    workspace.write(households.end_household, found, version, on=date(2026, 10, 1), reason=EndReason.MOVED)
    with pytest.raises(ConflictError):
        key(workspace, sheet, *POOR)
    assert workspace.read(surveys.sheet, sheet).locked
    assert workspace.read(surveys.next_case, campaign) is None


def test_who_may_not_edit_keys_nothing(workspace: Workspace, sheet: UUID) -> None:
    workspace.actor = replace(workspace.actor, role=Role.LEADER)
    with pytest.raises(NotAllowedError):
        key(workspace, sheet, *POOR)


def test_the_next_sheet_comes_in_paper_order_and_skipped_ones_come_last(workspace: Workspace, make: Make) -> None:
    names = {"Trần Văn Bình": "Quân An", "Lê Văn An": "Phú Nhơn", "Đỗ Thị Cúc": "Phú Nhơn", "Phạm Văn Anh": "Quân An"}
    for name, hamlet in names.items():
        make.poor(make.household(name, hamlet=hamlet))
    homeless = make.household("Võ Văn Dư")
    make.poor(homeless)
    view = make.view(homeless)
    workspace.write(households.correct_household, homeless, view.version, replace(view.data, hamlet_id=None))
    campaign = open_review(workspace)
    found = workspace.read(campaign_board.cases, campaign_board.CaseQuery(campaign))
    by_name = {row.head: row.id for row in workspace.read(campaign_board.rows, found)}
    order = ["Lê Văn An", "Đỗ Thị Cúc", "Phạm Văn Anh", "Trần Văn Bình", "Võ Văn Dư"]
    walked = []
    at = None
    for _step in order:
        at = workspace.read(surveys.next_case, campaign, at)
        walked.append(next(name for name, one in by_name.items() if one == at))
    assert walked == order
    assert workspace.read(surveys.next_case, campaign, at) == by_name["Lê Văn An"]  # round to the beginning
    key(workspace, by_name["Đỗ Thị Cúc"], *POOR)
    assert workspace.read(surveys.next_case, campaign, by_name["Lê Văn An"]) == by_name["Phạm Văn Anh"]
    only = make.hamlet("Phú Nhơn")
    assert workspace.read(surveys.next_case, campaign, None, only) == by_name["Lê Văn An"]
    assert workspace.read(surveys.next_case, campaign, by_name["Lê Văn An"], only) is None
    result = workspace.write(surveys.keep_survey, by_name["Lê Văn An"], survey(PACK, *POOR), hamlet_id=only)
    assert result.next_case is None
    assert workspace.read(surveys.next_case, campaign, by_name["Lê Văn An"]) == by_name["Phạm Văn Anh"]
