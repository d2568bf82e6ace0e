"""Sheets corrected, surveyed a second time, put back on the list or taken back, and the snapshot they rest on."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.conditions import ConditionData, DwellingData, Nutrition, SchoolLevel, Toilet
from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import CaseSource, CaseState
from casemgr.errors import ConflictError
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    campaign_board,
    campaign_steps,
    campaigns,
    conditions,
    history,
    households,
    postings,
    surveys,
)
from casemgr.workspace import Workspace
from tests.support.review_story import Review
from tests.support.reviews import NEAR_POOR, POOR, SURVEYED, answers, checked, key, state, survey
from tests.support.survey_sheets import PACK, refused
from tests.support.workspaces import Make


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
