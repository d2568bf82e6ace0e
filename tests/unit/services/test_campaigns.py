"""Opening a review: its days and list come from the standard and last year's classes; what is refused; closing it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.people import Relation
from casemgr.domain.reviews import (
    CampaignKind,
    CampaignStatus,
    CaseSource,
    CaseState,
    Movement,
    RequestData,
    RequestKind,
    RequestStatus,
)
from casemgr.errors import ConflictError, NotFoundError, ValidationError
from casemgr.persistence.models import PolicyPack, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_board, campaign_steps, campaigns, history, households, packs, requests, surveys
from casemgr.services.campaign_board import CaseQuery, CaseRow
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support import reviews
from tests.support.reviews import NEAR_POOR, POOR, case, key, open_review
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)


def lines(workspace: Workspace, campaign: object, **wanted: object) -> dict[str, CaseRow]:
    """The households of a review by the name of their head."""
    query = CaseQuery(campaign, **wanted)
    return {row.head: row for row in workspace.read(campaign_board.rows, workspace.read(campaign_board.cases, query))}


def test_the_yearly_review_is_proposed_from_the_calendar_of_the_standard(workspace: Workspace) -> None:
    data = workspace.read(campaigns.propose, CampaignKind.PERIODIC, 2026)
    assert (data.opened_on, data.survey_from, data.survey_to) == (
        date(2026, 9, 1),
        date(2026, 9, 1),
        date(2026, 12, 14),
    )
    assert (data.year, data.class_year, data.opinion_required) == (2026, 2027, True)
    assert "2026" in data.title


def test_the_monthly_review_starts_on_the_15th_and_is_due_15_days_later(workspace: Workspace) -> None:
    data = workspace.read(campaigns.propose, CampaignKind.IN_YEAR, 2026)
    assert (data.survey_from, data.due_on) == (date(2026, 11, 15), date(2026, 11, 30))
    assert (data.class_year, data.opinion_required) == (2026, False)
    average = workspace.read(campaigns.propose, CampaignKind.AVERAGE, 2026)
    assert average.due_on == date(2026, 11, 30)
    assert average.title != data.title
    assert workspace.read(campaigns.propose, CampaignKind.IN_YEAR, 2025).survey_from == date(2025, 12, 15)


def test_a_review_is_not_surveyed_after_the_last_day_of_its_standard(workspace: Workspace) -> None:
    data = workspace.read(campaigns.propose, CampaignKind.IN_YEAR, 2026)
    days = {"survey_to": date(2027, 1, 20), "due_on": date(2027, 1, 30)}
    for late in (date(2027, 1, 1), date(2027, 1, 15)):
        with pytest.raises(ValidationError) as error:
            workspace.write(campaigns.open_campaign, replace(data, opened_on=TODAY, survey_from=late, **days))
        (problem,) = error.value.problems
        assert problem.field == "survey_from"
        assert "31/12/2026" in problem.message
    beyond = replace(data, opened_on=TODAY, survey_from=date(2026, 12, 31), **days)
    with pytest.raises(ValidationError, match="31/12/2026") as error:
        workspace.write(campaigns.open_campaign, beyond)
    assert [problem.field for problem in error.value.problems] == ["survey_to"]
    last = replace(beyond, survey_to=date(2026, 12, 31))
    campaign = workspace.write(campaigns.open_campaign, last)
    view = workspace.read(campaigns.view, campaign)
    with pytest.raises(ValidationError, match="31/12/2026"):
        workspace.write(campaigns.correct_campaign, campaign, view.version, beyond)


def test_a_year_that_cannot_be_is_refused(workspace: Workspace) -> None:
    for year in (1990, 2100):
        with pytest.raises(ValidationError):
            workspace.read(campaigns.propose, CampaignKind.PERIODIC, year)


def test_the_list_holds_last_years_poor_and_near_poor_and_who_asked(workspace: Workspace, make: Make) -> None:
    make.poor(make.household("Nguyễn Thị Á"))
    make.poor(make.household("Trần Văn Bình", hamlet="Quân An"), value=HouseholdClass.NEAR_POOR)
    make.poor(make.household("Lê Văn Cường"), value=HouseholdClass.ESCAPED_POOR)
    former = make.household("Phạm Thị Dung")
    make.poor(former, year=2025)
    make.poor(former, year=2026, value=HouseholdClass.NONE)
    gone = make.household("Võ Văn Em")
    make.poor(gone)
    workspace.write(households.end_household, gone, 1, on=date(2026, 6, 1), reason=EndReason.MOVED)
    make.household("Đỗ Thị Giàu")
    asking = make.household("Huỳnh Văn Hai")
    request = workspace.write(requests.receive, RequestData(RequestKind.ENTER, asking, TODAY, reasons=("flood",)))

    campaign = open_review(workspace)
    found = lines(workspace, campaign)
    assert set(found) == {"Nguyễn Thị Á", "Trần Văn Bình", "Huỳnh Văn Hai"}
    assert list(found) == ["Nguyễn Thị Á", "Huỳnh Văn Hai", "Trần Văn Bình"]  # hamlet, then given name
    assert found["Nguyễn Thị Á"].opening is HouseholdClass.POOR
    assert found["Trần Văn Bình"].source is CaseSource.LISTED
    assert found["Huỳnh Văn Hai"].source is CaseSource.REQUEST
    assert found["Huỳnh Văn Hai"].opening is HouseholdClass.UNREVIEWED
    assert workspace.read(requests.view, request).row.status is RequestStatus.IN_REVIEW
    view = workspace.read(campaigns.view, campaign)
    assert (view.pack, view.status, view.cases) == ("VN-2022", CampaignStatus.OPEN, 3)
    assert view.counts == {CaseState.LISTED: 3}
    assert view.steps[-1] is CaseState.DECIDED
    assert [one.id for one in workspace.read(campaigns.campaigns)] == [campaign]
    assert workspace.read(campaigns.current) == campaign


def test_the_standard_is_kept_with_the_review(workspace: Workspace) -> None:
    open_review(workspace)

    def kept(uow: UnitOfWork) -> list[str]:
        return list(uow.session.scalars(select(PolicyPack.pack)))

    assert workspace.read(kept) == ["VN-2022"]


def test_a_monthly_review_holds_only_households_that_asked(workspace: Workspace, make: Make) -> None:
    make.poor(make.household("Nguyễn Thị Á"))
    asking = make.household("Huỳnh Văn Hai")
    make.poor(asking)
    workspace.write(requests.receive, RequestData(RequestKind.LEAVE, asking, TODAY, reasons=("better_off",)))
    average = make.household("Lý Thị Kim")
    workspace.write(
        requests.receive,
        RequestData(RequestKind.AVERAGE, average, TODAY, reason_text="Làm nông", income_year=40_000_000),
    )
    assert set(lines(workspace, open_review(workspace, CampaignKind.IN_YEAR))) == {"Huỳnh Văn Hai"}
    assert set(lines(workspace, open_review(workspace, CampaignKind.AVERAGE))) == {"Lý Thị Kim"}


def test_a_draft_or_missing_standard_opens_nothing(workspace: Workspace) -> None:
    data = workspace.read(campaigns.propose, CampaignKind.PERIODIC, 2026)
    with pytest.raises(ValidationError) as draft:
        workspace.write(campaigns.open_campaign, replace(data, opened_on=date(2027, 1, 2)))
    assert [problem.field for problem in draft.value.problems] == ["pack"]
    with pytest.raises(ValidationError) as none:
        workspace.write(campaigns.open_campaign, replace(data, opened_on=date(2014, 9, 1)))
    assert [problem.field for problem in none.value.problems] == ["opened_on"]
    assert workspace.read(campaigns.campaigns) == []
    assert workspace.read(campaigns.current) is None


def test_every_wrong_field_of_a_review_is_named(workspace: Workspace) -> None:
    data = workspace.read(campaigns.propose, CampaignKind.IN_YEAR, 2026)
    wrong = replace(
        data,
        title=" ",
        year=2030,
        class_year=2040,
        opened_on=date(2026, 12, 1),
        survey_from=date(2026, 12, 1),
        survey_to=date(2026, 11, 1),
        due_on=date(2026, 11, 2),
        opinion_required=True,
    )
    with pytest.raises(ValidationError) as refused:
        workspace.write(campaigns.open_campaign, wrong)
    assert {problem.field for problem in refused.value.problems} == {
        "title", "year", "class_year", "opened_on", "survey_to", "due_on", "opinion_required",
    }  # fmt: skip


def test_there_is_one_yearly_review_of_a_year(workspace: Workspace) -> None:
    open_review(workspace)
    with pytest.raises(ConflictError):
        open_review(workspace)
    open_review(workspace, CampaignKind.IN_YEAR)


@pytest.mark.parametrize("kind", [CampaignKind.IN_YEAR, CampaignKind.AVERAGE])
def test_a_review_on_request_is_held_once_a_month(workspace: Workspace, kind: CampaignKind) -> None:
    first = open_review(workspace, kind, title="Rà soát đợt tháng 11")
    with pytest.raises(ConflictError, match="Rà soát đợt tháng 11"):
        open_review(workspace, kind)
    october = {"opened_on": date(2026, 10, 15), "survey_from": date(2026, 10, 15)}
    other = open_review(workspace, kind, **october)
    view = workspace.read(campaigns.view, other)
    moved = replace(view.data, survey_from=date(2026, 11, 2))
    with pytest.raises(ConflictError, match="11/2026"):
        workspace.write(campaigns.correct_campaign, other, view.version, moved)
    workspace.write(campaigns.close_campaign, first)  # nobody asked and nothing was decided: it was not held
    assert open_review(workspace, kind)


def test_opening_is_one_step_that_can_be_taken_back(workspace: Workspace, make: Make) -> None:
    make.poor(make.household())
    campaign = open_review(workspace)
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "campaign.open"
    workspace.write(history.undo, step.txn)
    with pytest.raises(NotFoundError):
        workspace.read(campaigns.view, campaign)


def test_households_are_added_taken_off_and_put_back(workspace: Workspace, make: Make) -> None:
    household = make.household("Đỗ Thị Giàu")
    campaign = open_review(workspace)
    [added] = workspace.write(campaigns.add_households, campaign, [household], CaseSource.ADDED)
    assert workspace.write(campaigns.add_households, campaign, [household], CaseSource.REQUEST) == [added]
    assert lines(workspace, campaign)["Đỗ Thị Giàu"].source is CaseSource.ADDED
    key(workspace, added, *POOR)
    with pytest.raises(ValidationError):
        workspace.write(campaigns.remove_case, added, reason=" ")
    workspace.write(campaigns.remove_case, added, reason="Nhập nhầm hộ")
    assert lines(workspace, campaign) == {}
    assert lines(workspace, campaign, states=(CaseState.REMOVED,))["Đỗ Thị Giàu"].removed_reason == "Nhập nhầm hộ"
    assert workspace.write(campaigns.add_households, campaign, [household], CaseSource.ADDED) == [added]
    back = lines(workspace, campaign)["Đỗ Thị Giàu"]
    assert (back.state, back.result, back.removed_reason) == (CaseState.LISTED, None, "")
    assert len(workspace.read(surveys.sheet, added).rounds) == 1
    assert [step.state for step in workspace.read(campaign_steps.history, added)] == [
        CaseState.LISTED, CaseState.KEYED, CaseState.REMOVED, CaseState.LISTED,
    ]  # fmt: skip


def test_a_household_no_longer_kept_or_unknown_cannot_be_added(workspace: Workspace, make: Make) -> None:
    gone = make.household("Võ Văn Em")
    campaign = open_review(workspace)
    workspace.write(households.end_household, gone, 1, on=date(2026, 10, 1), reason=EndReason.MOVED)
    with pytest.raises(ValidationError, match="Võ Văn Em"):
        workspace.write(campaigns.add_households, campaign, [gone], CaseSource.ADDED)
    with pytest.raises(NotFoundError):
        workspace.write(campaigns.add_households, campaign, [campaign], CaseSource.ADDED)


def test_days_are_corrected_but_not_behind_a_survey(workspace: Workspace, make: Make) -> None:
    make.poor(make.household())
    campaign = open_review(workspace)
    [only] = workspace.read(campaign_board.cases, CaseQuery(campaign))
    key(workspace, only, *POOR, surveyed_on=date(2026, 9, 20))
    view = workspace.read(campaigns.view, campaign)
    later = replace(view.data, survey_from=date(2026, 9, 15), title="Rà soát cuối năm", note="Theo kế hoạch 41")
    workspace.write(campaigns.correct_campaign, campaign, view.version, later)
    assert workspace.read(campaigns.view, campaign).data == later
    version = workspace.read(campaigns.view, campaign).version
    for field, wrong in (
        ("survey_from", replace(later, survey_from=date(2026, 10, 1))),
        ("kind", replace(later, kind=CampaignKind.IN_YEAR)),
        ("opened_on", replace(later, opened_on=date(2021, 9, 1))),
    ):
        with pytest.raises(ValidationError) as refused:
            workspace.write(campaigns.correct_campaign, campaign, version, wrong)
        assert field in {problem.field for problem in refused.value.problems}
    with pytest.raises(ConflictError):
        workspace.write(campaigns.correct_campaign, campaign, version - 1, later)


def test_a_household_that_brought_its_class_counts_as_another_increase(workspace: Workspace, make: Make) -> None:
    household = make.household("Đỗ Thị Giàu")
    campaign = open_review(workspace)
    [added] = workspace.write(campaigns.add_households, campaign, [household], CaseSource.ADDED)
    workspace.write(campaigns.mark_came_in, added, came_in=False)
    assert lines(workspace, campaign)["Đỗ Thị Giàu"].movement is None
    key(workspace, added, *POOR)
    assert lines(workspace, campaign)["Đỗ Thị Giàu"].movement is Movement.POOR_NEW
    workspace.write(campaigns.mark_came_in, added, came_in=True)
    assert lines(workspace, campaign)["Đỗ Thị Giàu"].movement is Movement.POOR_IN


def test_who_escaped_before_falls_back(workspace: Workspace, make: Make) -> None:
    household = make.household("Lê Văn Cường")
    make.poor(household, year=2025, value=HouseholdClass.ESCAPED_POOR)
    make.poor(household, year=2026, value=HouseholdClass.NONE)
    campaign = open_review(workspace)
    [added] = workspace.write(campaigns.add_households, campaign, [household], CaseSource.ADDED)
    key(workspace, added, *NEAR_POOR)
    assert lines(workspace, campaign)["Lê Văn Cường"].movement is Movement.NEAR_POOR_AGAIN


def test_a_review_is_closed_when_nothing_is_left_and_stays_closed(workspace: Workspace, make: Make) -> None:
    make.poor(make.household("Nguyễn Thị Á"))
    campaign = open_review(workspace)
    [only] = workspace.read(campaign_board.cases, CaseQuery(campaign))
    with pytest.raises(ValidationError):
        workspace.write(campaigns.close_campaign, campaign)
    workspace.write(campaigns.remove_case, only, reason="Nhập nhầm hộ")
    workspace.write(campaigns.close_campaign, campaign)
    view = workspace.read(campaigns.view, campaign)
    assert (view.status, view.closed_on) == (CampaignStatus.CLOSED, TODAY)
    assert workspace.read(history.next_undo) is None
    pack = workspace.read(packs.national, date(2026, 9, 1))
    household = lines(workspace, campaign, states=(CaseState.REMOVED,))["Nguyễn Thị Á"].household_id
    for attempt in (
        lambda: workspace.write(campaigns.close_campaign, campaign),
        lambda: workspace.write(campaigns.correct_campaign, campaign, view.version, view.data),
        lambda: workspace.write(campaigns.add_households, campaign, [household], CaseSource.ADDED),
        lambda: workspace.write(campaigns.mark_came_in, only, came_in=True),
        lambda: workspace.write(campaigns.remove_case, only, reason="Lý do khác"),
        lambda: workspace.write(campaign_steps.send_back, [only], "Khảo sát lại"),
        lambda: workspace.write(surveys.keep_survey, only, reviews.survey(pack)),
    ):
        with pytest.raises(ConflictError):
            attempt()
    assert workspace.read(surveys.sheet, only).locked
    open_review(workspace)  # another one of the same year, now that this one is closed
    assert case(workspace, workspace.read(campaigns.current), household) != only


def test_members_before_are_those_the_last_decision_counted(workspace: Workspace, make: Make) -> None:
    household = make.household("Nguyễn Thị Á", NewMember(make.person("Trần Văn Bé"), Relation.CHILD))
    make.poor(household)
    outside = make.household("Đỗ Thị Giàu")
    campaign = open_review(workspace)
    workspace.write(campaigns.add_households, campaign, [outside], CaseSource.ADDED)

    def counted(uow: UnitOfWork) -> dict[str, tuple[int, int]]:
        rows = uow.session.execute(select(ReviewCase.head_name, ReviewCase.opening_people, ReviewCase.people))
        return {row[0]: (row[1], row[2]) for row in rows}

    assert workspace.read(counted) == {"Nguyễn Thị Á": (2, 2), "Đỗ Thị Giàu": (0, 1)}


def test_no_review_is_proposed_under_a_standard_without_a_procedure(workspace: Workspace) -> None:
    for kind in CampaignKind:
        with pytest.raises(ValidationError) as refused:
            workspace.read(campaigns.propose, kind, 2021)
        assert "VN-2016" in str(refused.value)
