"""Keying sheets: what the file proposes, what is refused and where, rounds, the class at once, and the next sheet."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from casemgr.domain.classification import replay
from casemgr.domain.conditions import ConditionData, DwellingData, Nutrition, SchoolLevel, Toilet
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.packs import Pack, ScoreItem, of_id, shipped
from casemgr.domain.people import Disability, Education, LabourCapacity, PersonData, Relation, Sex, Work
from casemgr.domain.permissions import Role
from casemgr.domain.reviews import CampaignKind, CaseSource, CaseState, Movement, RequestData, RequestKind, SurveyData
from casemgr.errors import ConflictError, NotAllowedError, ValidationError
from casemgr.persistence.models import Judgement, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    campaign_board,
    campaign_steps,
    campaigns,
    case_snapshots,
    conditions,
    history,
    households,
    offices,
    packs,
    postings,
    requests,
    score_tables,
    surveys,
)
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.packfiles import local_pack, revised, signed
from tests.support.review_story import Review
from tests.support.reviews import NEAR_POOR, POOR, SURVEYED, answers, case, checked, key, open_review, state, survey
from tests.support.workspaces import FrozenClock, Make

PACK = of_id(shipped(), "VN-2022")


def member(name: str, birth: PartialDate, relation: Relation = Relation.CHILD, **values: Any) -> NewMember:
    return NewMember(PersonData(name, sex=Sex.MALE, birth=birth, ethnic="01", **values), relation)


@pytest.fixture
def household(make: Make) -> UUID:
    """A poor family with two children."""
    found = make.household(
        "Nguyễn Thị Á",
        member("Trần Văn Bé", PartialDate(2018, 5, 1)),
        member("Trần Văn Út", PartialDate(2023, 5, 1)),
    )
    make.poor(found)
    return found


@pytest.fixture
def sheet(workspace: Workspace, household: UUID) -> UUID:
    """Its case in the yearly review."""
    return case(workspace, open_review(workspace), household)


def refused(workspace: Workspace, sheet: UUID, data: SurveyData) -> set[str]:
    """The fields a sheet is refused at; nothing of it is kept."""
    with pytest.raises(ValidationError) as error:
        workspace.write(surveys.keep_survey, sheet, data)
    assert not workspace.read(surveys.sheet, sheet).keyed
    return {problem.field for problem in error.value.problems}


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


def test_a_corrected_sheet_stays_the_same_round_and_is_checked_again(workspace: Workspace, sheet: UUID) -> None:
    first = key(workspace, sheet, *POOR)
    checked(workspace, sheet)
    with pytest.raises(ConflictError):
        workspace.write(surveys.keep_survey, sheet, survey(PACK), version=first.version)
    again = key(workspace, sheet, *NEAR_POOR, note="Sửa theo phiếu")
    assert (again.round, again.national.value) == (1, HouseholdClass.NEAR_POOR)
    assert state(workspace, sheet) is CaseState.KEYED
    key(workspace, sheet, *NEAR_POOR, note="Sửa lần nữa")
    steps = [step.state for step in workspace.read(campaign_steps.history, sheet)]
    assert steps == [CaseState.LISTED, CaseState.KEYED, CaseState.CHECKED, CaseState.KEYED]
    events = workspace.read(history.household_events, workspace.read(surveys.sheet, sheet).household_id)
    assert events[0].action == "case.survey"


def test_a_household_sent_back_gets_a_second_round_and_keeps_the_first(workspace: Workspace, sheet: UUID) -> None:
    key(workspace, sheet, *POOR)
    checked(workspace, sheet)
    workspace.write(campaign_steps.advance, [sheet], CaseState.VOTED, on=date(2026, 10, 25))
    assert workspace.read(surveys.sheet, sheet).locked
    with pytest.raises(ConflictError):
        key(workspace, sheet, *NEAR_POOR)
    workspace.write(surveys.send_back, [sheet], "Cuộc họp không thống nhất", on=date(2026, 10, 26))
    view = workspace.read(surveys.sheet, sheet)
    assert (view.keyed, view.state, view.result) == (False, CaseState.LISTED, None)
    row = workspace.read(campaign_board.rows, [sheet])[0]
    assert (row.result, row.b1, row.movement) == (None, None, None)
    assert workspace.read(surveys.reasons, [sheet]) == {}
    result = key(workspace, sheet, *NEAR_POOR, surveyed_on=date(2026, 10, 27))
    assert result.round == 2
    rounds = workspace.read(surveys.sheet, sheet).rounds
    assert [(one.round, one.counts, one.data.surveyed_on) for one in rounds] == [
        (1, False, SURVEYED), (2, True, date(2026, 10, 27)),
    ]  # fmt: skip
    assert rounds[0].data.answers == answers(PACK, *POOR)


def test_the_sheet_of_a_second_round_is_not_older_than_the_day_it_was_sent_back(
    workspace: Workspace, sheet: UUID
) -> None:
    key(workspace, sheet, *POOR)
    workspace.write(surveys.send_back, [sheet], "Thiếu chữ ký chủ hộ", on=date(2026, 10, 26))
    assert refused(workspace, sheet, survey(PACK, *POOR, surveyed_on=date(2026, 10, 25))) == {"surveyed_on"}
    assert key(workspace, sheet, *POOR, surveyed_on=date(2026, 10, 26)).round == 2


def test_the_sheet_of_a_re_check_may_be_older_than_its_settlement(make: Make) -> None:
    home = make.household("Lê Thị Năm")
    make.poor(home)
    review = Review(make, opinion=False).open()
    review.through({home: HouseholdClass.NONE})
    objection = make.workspace.write(
        postings.lodge_objection,
        review.case(home),
        received_on=date(2026, 11, 9),
        by_name="Lê Thị Năm",
        content="Thu nhập tính sai",
    )
    make.workspace.write(postings.settle_objection, objection, on=date(2026, 11, 16), upheld=True, finding="Đúng")
    early = survey(PACK, *POOR, surveyed_on=date(2026, 11, 8))
    assert refused(make.workspace, review.case(home), early) == {"surveyed_on"}
    assert key(make.workspace, review.case(home), *POOR, surveyed_on=date(2026, 11, 12)).round == 2


def test_a_household_put_back_on_the_list_keeps_the_day_of_its_paper(workspace: Workspace, sheet: UUID) -> None:
    key(workspace, sheet, *POOR)
    view = workspace.read(surveys.sheet, sheet)
    workspace.write(campaigns.remove_case, sheet, reason="Nhập nhầm", on=date(2026, 10, 26))
    campaign = workspace.read(campaigns.current)
    workspace.write(campaigns.add_households, campaign, [view.household_id], CaseSource.ADDED, on=date(2026, 10, 27))
    assert key(workspace, sheet, *POOR).round == 2


def test_a_sheet_keyed_again_with_another_day_moves_its_step(workspace: Workspace, sheet: UUID) -> None:
    key(workspace, sheet, *POOR)
    for keyed, told in ((12, 12), (8, 8)):
        key(workspace, sheet, *POOR, surveyed_on=date(2026, 10, keyed))
        steps = workspace.read(campaign_steps.history, sheet)
        assert [(step.state, step.on.day) for step in steps] == [(CaseState.LISTED, 1), (CaseState.KEYED, told)]
    checked(workspace, sheet, on=date(2026, 10, 20))
    workspace.write(surveys.send_back, [sheet], "Thiếu chữ ký chủ hộ", on=date(2026, 10, 26))
    key(workspace, sheet, *POOR, surveyed_on=date(2026, 10, 30))
    key(workspace, sheet, *POOR, surveyed_on=date(2026, 10, 28))
    assert [step.on.day for step in workspace.read(campaign_steps.history, sheet)] == [1, 8, 20, 26, 28]


def test_keying_is_one_step_that_can_be_taken_back(workspace: Workspace, sheet: UUID) -> None:
    key(workspace, sheet, *POOR)
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.subject == "H-00001"
    workspace.write(history.undo, step.txn)
    view = workspace.read(surveys.sheet, sheet)
    assert (view.state, view.keyed, view.rounds) == (CaseState.LISTED, False, ())
    assert key(workspace, sheet, *POOR).round == 1


def stored(uow: UnitOfWork, sheet: UUID) -> Sequence[tuple[str, str, str]]:
    rows = uow.session.execute(
        select(Judgement.scope, Judgement.inputs, Judgement.result)
        .where(Judgement.case_id == sheet)
        .order_by(Judgement.scope)
    )
    return [(row.scope, row.inputs, row.result) for row in rows]


def test_every_keyed_sheet_can_be_judged_again_byte_for_byte(workspace: Workspace, sheet: UUID) -> None:
    key(workspace, sheet, *POOR)
    [(scope, inputs, result)] = workspace.read(stored, sheet)
    assert scope == "national"
    assert replay(PACK, inputs) == result
    key(workspace, sheet, *NEAR_POOR)
    [(_scope, inputs, result)] = workspace.read(stored, sheet)
    assert json.loads(result)["value"] == "near_poor"
    assert replay(PACK, inputs) == result


def test_a_provincial_standard_judges_beside_the_national_one(
    workspace: Workspace, make: Make, household: UUID
) -> None:
    province = workspace.read(offices.office).province_code
    workspace.write(packs.accept_import, signed(local_pack(province)))
    sheet = case(workspace, open_review(workspace), household)
    view = workspace.read(surveys.sheet, sheet)
    assert view.local is not None
    assert refused(workspace, sheet, survey(PACK, *POOR)) == {"income"}  # it knows no points
    result = key(workspace, sheet, *POOR, b1=150, income=1_700_000)
    assert result.local is not None
    assert (result.national.value, result.local.value) == (HouseholdClass.NONE, HouseholdClass.POOR)
    assert [scope for scope, _inputs, _result in workspace.read(stored, sheet)] == ["local", "national"]
    row = workspace.read(campaign_board.rows, [sheet])[0]
    assert (row.result, row.local) == (HouseholdClass.NONE, HouseholdClass.POOR)
    assert workspace.read(surveys.sheet, sheet).local_result == result.local


def test_a_question_only_the_province_asks_stands_behind_the_others(
    workspace: Workspace, make: Make, household: UUID
) -> None:
    province = workspace.read(offices.office).province_code
    files = local_pack(province)
    asks = files["indicators.toml"].decode().replace('code = "phuong_tien_tt"', 'code = "xu_ly_rac_thai"')
    workspace.write(packs.accept_import, signed({**files, "indicators.toml": asks.encode()}))
    sheet = case(workspace, open_review(workspace), household)
    codes = [one.indicator.code for one in workspace.read(surveys.sheet, sheet).indicators]
    assert codes == [*PACK.codes, "xu_ly_rac_thai"]
    data = survey(PACK, *POOR, income=1_000_000)
    assert refused(workspace, sheet, data) == {"xu_ly_rac_thai"}
    data = replace(data, answers=data.answers | {"xu_ly_rac_thai": True})
    result = workspace.write(surveys.keep_survey, sheet, data)
    assert result.local is not None
    assert (result.national.deprivations, result.local.deprivations) == (4, 5)


def test_the_same_survey_under_two_standards(workspace: Workspace, sheet: UUID) -> None:
    with pytest.raises(ValidationError):
        workspace.read(surveys.side_by_side, sheet, "VN-2027")
    draft = survey(PACK, *POOR, b1=120)
    shown = workspace.read(surveys.side_by_side, sheet, "VN-2027", draft)
    assert shown.national.value is HouseholdClass.POOR
    assert shown.other.value is HouseholdClass.POOR  # B1 under the cut-off: an income under the old line
    assert shown.other_judgement is None  # and no income to give the reason with
    key(workspace, sheet, *NEAR_POOR, "viec_lam", b1=150, income=1_700_000)
    other: Pack = workspace.read(packs.by_id, "VN-2027")
    shown = workspace.read(surveys.side_by_side, sheet, other)
    assert (shown.national.value, shown.local) == (HouseholdClass.NONE, None)
    assert shown.other.possible == (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
    assert shown.other.missing == ("xu_ly_rac_thai",)
    key(workspace, sheet, *POOR, b1=150, income=1_700_000)
    shown = workspace.read(surveys.side_by_side, sheet, other)
    assert shown.other.value is HouseholdClass.POOR


def test_the_point_table_adds_up_b1(workspace: Workspace, sheet: UUID) -> None:
    schema = PACK.score_table
    assert schema is not None
    zones = MappingProxyType(dict.fromkeys(schema.zones, 70))
    table = replace(
        schema,
        items=(ScoreItem("1", "1", "Hộ có 3 người", "choice", zones), ScoreItem("2", "1", "Có xe", "flag", zones)),
    )
    workspace.write(score_tables.import_score_table, "VN-2022", table)
    workspace.write(score_tables.keep_zone, PACK, "NT6")
    view = workspace.read(surveys.sheet, sheet)
    assert view.score_table is not None
    assert view.zone == "NT6"
    assert refused(workspace, sheet, survey(PACK, *POOR, b1=120, b1_answers={"1.1": 1})) == {"b1"}
    assert refused(workspace, sheet, survey(PACK, *POOR, b1=None, b1_answers={"9.9": 1})) == {"9.9"}
    result = key(workspace, sheet, *POOR, b1=None, b1_answers={"1.1": 1, "2.1": 1})
    assert (result.national.value, result.national.margin) == (HouseholdClass.POOR, 0)
    assert workspace.read(surveys.sheet, sheet).data.b1_answers == {"1.1": 1, "2.1": 1}
    narrower = replace(table, items=table.items[:1])
    workspace.write(score_tables.import_score_table, "VN-2022", narrower)
    assert workspace.read(surveys.sheet, sheet).result is None  # its answers no longer fit the table


def test_signs_of_phieu_a_end_the_review_of_who_asked(workspace: Workspace, make: Make) -> None:
    old = 'items = []\ncertainty = "U"'
    signs = '[{ code = "o_to", label = "Có ô tô" }, { code = "luong", label = "Có lương" }]'
    new = f'items = {signs}\npass_rule = 2\ncertainty = "R"'
    files = revised("VN-2022", 2)
    text = files["sheets.toml"].decode()
    assert old in text
    files["sheets.toml"] = text.replace(old, new, 1).encode()
    workspace.write(packs.accept_import, signed(files))
    found = make.household("Huỳnh Văn Hai")
    campaign = open_review(workspace)
    [sheet] = workspace.write(campaigns.add_households, campaign, [found], CaseSource.REQUEST)
    assert not workspace.read(surveys.quick_check, sheet, ["o_to"]).ends_here
    assert workspace.read(surveys.quick_check, sheet, ["o_to", "luong"]).ends_here
    with pytest.raises(ValidationError):
        workspace.read(surveys.quick_check, sheet, ["may_bay"])
    assert refused(workspace, sheet, survey(PACK, *POOR, quick_signs=("o_to", "luong"))) == {"quick_signs"}
    key(workspace, sheet, *POOR, quick_signs=("o_to",))
    assert workspace.read(surveys.sheet, sheet).data.quick_signs == ("o_to",)


def test_average_living_standard_rests_on_the_income_alone(workspace: Workspace, make: Make) -> None:
    household = make.household("Lý Thị Kim")
    asked = RequestData(
        RequestKind.AVERAGE, household, date(2026, 11, 20), reason_text="Làm nông", income_year=25_000_000
    )
    workspace.write(requests.receive, asked)
    sheet = case(workspace, open_review(workspace, CampaignKind.AVERAGE), household)
    assert workspace.read(surveys.sheet, sheet).data.income == 2_083_334
    day = date(2026, 11, 20)
    assert refused(workspace, sheet, SurveyData(day, b1=100)) == {"income"}
    assert refused(workspace, sheet, SurveyData(day, income=1_500_000)) == {"income"}
    result = workspace.write(surveys.keep_survey, sheet, SurveyData(day, income=2_083_334, b1=100))
    assert result.national.value is HouseholdClass.AVERAGE
    assert workspace.read(campaign_board.rows, [sheet])[0].b1 is None


def test_the_snapshot_follows_the_household_until_it_is_frozen(workspace: Workspace, make: Make, sheet: UUID) -> None:
    view = workspace.read(surveys.sheet, sheet)
    head, child, baby = (one.person_id for one in view.members)
    workspace.write(
        conditions.keep_conditions,
        view.household_id,
        {
            head: ConditionData(insured=True),
            child: ConditionData(insured=False, school=SchoolLevel.NONE, nutrition=Nutrition.STUNTED),
            baby: ConditionData(insured=False, school=SchoolLevel.NURSERY, nutrition=Nutrition.NORMAL),
        },
    )
    workspace.write(conditions.keep_dwelling, view.household_id, None, DwellingData(toilet=Toilet.NONE))
    key(workspace, sheet, *POOR)

    def snapshot(uow: UnitOfWork) -> tuple[Any, ...]:
        record = uow.record(ReviewCase, sheet)
        children = (record.children, record.children_nutrition, record.children_insurance, record.children_school)
        return (record.people, *children, record.head_female, record.minority, record.local_minority, record.area)

    assert workspace.read(snapshot) == (3, 2, 1, 1, 1, True, False, False, "rural")
    house = make.view(view.household_id)
    workspace.write(
        households.correct_household,
        view.household_id,
        house.version,
        replace(house.data, flags=("ethnic_minority", "merit"), hamlet_id=make.hamlet("Quân An")),
    )
    workspace.write(campaign_steps.refresh_snapshots, [sheet])
    assert workspace.read(snapshot)[6] is True
    assert workspace.read(campaign_board.rows, [sheet])[0].hamlet == "Ấp Quân An"


def test_minority_households_by_the_head_or_also_by_the_spouse(workspace: Workspace, make: Make) -> None:
    spouse = NewMember(PersonData("Thạch Thị Sa", sex=Sex.FEMALE, ethnic="05"), Relation.SPOUSE)
    found = make.household(make.person("Trần Văn Bình", sex=Sex.MALE), spouse)

    def minority(uow: UnitOfWork) -> tuple[bool, bool]:
        values = case_snapshots.snapshots(uow, [found])[found]
        return values["minority"], values["local_minority"]

    assert workspace.read(minority) == (False, False)
    workspace.write(offices.keep_setting, case_snapshots.MINORITY_RULE, json.dumps(case_snapshots.HEAD_OR_SPOUSE))
    workspace.write(offices.keep_setting, case_snapshots.LOCAL_ETHNIC, json.dumps(["05"]))
    assert workspace.read(minority) == (True, True)


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
