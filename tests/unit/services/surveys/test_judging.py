"""Judging a sheet: again byte for byte, under two standards, by points, signs or income alone."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

import pytest
from sqlalchemy import select

from casemgr.domain.classification import replay
from casemgr.domain.households import HouseholdClass
from casemgr.domain.packs import Pack, ScoreItem
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.domain.reviews import CampaignKind, CaseSource, RequestData, RequestKind, SurveyData
from casemgr.errors import ValidationError
from casemgr.persistence.models import Judgement
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    campaign_board,
    campaigns,
    case_snapshots,
    offices,
    packs,
    requests,
    score_tables,
    surveys,
)
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.packfiles import local_pack, revised, signed
from tests.support.reviews import NEAR_POOR, POOR, case, key, open_review, survey
from tests.support.survey_sheets import PACK, refused
from tests.support.workspaces import Make


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
