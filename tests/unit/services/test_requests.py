"""A household asks at the counter: what is taken in, by when it is answered, and how."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.pack_parts import Deadline
from casemgr.domain.people import LeaveReason
from casemgr.domain.reviews import CampaignKind, CaseState, RequestData, RequestKind, RequestStatus, SurveyData
from casemgr.errors import ConflictError, NotFoundError, ValidationError
from casemgr.reports.office_papers import render_paper
from casemgr.services import (
    campaign_steps,
    campaigns,
    history,
    households,
    members,
    office_papers,
    packs,
    postings,
    request_reckoning,
    request_refusals,
    request_standing,
    requests,
    surveys,
)
from casemgr.services.request_standing import Waiting
from casemgr.services.requests import RequestQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)


def asks(household: UUID, kind: RequestKind = RequestKind.ENTER, **values: object) -> RequestData:
    return RequestData(kind, household, **{"received_on": TODAY, "reasons": ("flood",)} | values)  # type: ignore[arg-type]


def refused(workspace: Workspace, data: RequestData) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        workspace.write(requests.receive, data)
    return {problem.field: problem.message for problem in caught.value.problems}


def test_a_request_gets_the_next_number_of_the_year_and_the_due_date_of_the_next_monthly_review(
    workspace: Workspace, make: Make
) -> None:
    first = workspace.write(requests.receive, asks(make.household()))
    second = workspace.write(requests.receive, asks(make.household("Lê Văn Bình"), reasons=(), reason_text="Mất mùa"))
    lines = workspace.read(requests.rows, [first, second])
    assert [line.number for line in lines] == ["01/2026", "02/2026"]
    assert lines[0].due_on == date(2026, 12, 30)  # the review starts on the 15th, QĐ 24/2021 Đ.5: 15 days
    assert lines[0].days_left == 36
    assert lines[0].applicant == "Nguyễn Thị Á"
    assert workspace.read(requests.by_number, "2/2026") == second


@pytest.mark.parametrize(
    ("received", "starts", "due"),
    [
        (date(2026, 11, 15), date(2026, 11, 15), date(2026, 11, 30)),
        (date(2026, 11, 16), date(2026, 12, 15), date(2026, 12, 30)),
        (date(2026, 2, 1), date(2026, 2, 15), date(2026, 3, 2)),
        (date(2025, 12, 31), date(2026, 1, 15), date(2026, 1, 30)),
    ],
)
def test_the_monthly_review_starts_on_the_15th_and_lasts_15_days(
    workspace: Workspace, received: date, starts: date, due: date
) -> None:
    found = workspace.read(request_reckoning.due, RequestKind.ENTER, received)
    assert (found.starts_on, found.due_on) == (starts, due)


def test_who_is_poor_cannot_ask_to_become_so_and_who_is_on_no_list_cannot_leave_it(
    workspace: Workspace, make: Make
) -> None:
    poor, other = make.household(), make.household("Lê Văn Bình")
    make.poor(poor)
    assert "H-00001" in refused(workspace, asks(poor))["kind"]
    assert "H-00002" in refused(workspace, asks(other, RequestKind.LEAVE))["kind"]
    assert "kind" in refused(workspace, asks(poor, RequestKind.AVERAGE))
    workspace.write(requests.receive, asks(poor, RequestKind.LEAVE))


def test_a_near_poor_household_may_ask_to_be_reviewed_as_poor(workspace: Workspace, make: Make) -> None:
    household = make.household()
    make.poor(household, value=HouseholdClass.NEAR_POOR)
    assert workspace.write(requests.receive, asks(household))


def test_what_is_wrong_is_said_at_its_field(workspace: Workspace, make: Make) -> None:
    household = make.household()
    assert set(
        refused(workspace, asks(household, received_on=date(2026, 11, 25), reasons=("hail",), income_year=-1))
    ) == {"received_on", "reasons", "income_year"}
    assert set(refused(workspace, asks(household, reasons=()))) == {"reason_text"}
    workspace.write(requests.receive, asks(household))
    assert "01/2026" in refused(workspace, asks(household))["household_id"]


def test_a_refusal_needs_a_reason_and_ends_the_request(workspace: Workspace, make: Make) -> None:
    request = workspace.write(requests.receive, asks(make.household()))
    with pytest.raises(ValidationError):
        workspace.write(requests.refuse, request, 1, on=TODAY, reason=" ")
    with pytest.raises(ValidationError):
        workspace.write(requests.refuse, request, 1, on=date(2026, 11, 23), reason="Thu nhập vượt chuẩn")
    workspace.write(requests.refuse, request, 1, on=TODAY, reason="Thu nhập vượt chuẩn")
    view = workspace.read(requests.view, request)
    assert (view.row.status, view.refusal_reason) == (RequestStatus.REFUSED, "Thu nhập vượt chuẩn")
    assert view.row.days_left is None
    with pytest.raises(ConflictError):
        workspace.write(requests.withdraw, request, view.version, on=TODAY)


def test_a_household_that_ended_cannot_ask_and_a_withdrawal_is_dated_after_the_receipt(
    workspace: Workspace, make: Make
) -> None:
    ended = make.household()
    workspace.write(households.end_household, ended, 1, on=TODAY, reason=EndReason.MOVED)
    assert "household_id" in refused(workspace, asks(ended))
    request = workspace.write(requests.receive, asks(make.household("Lê Văn Bình")))
    with pytest.raises(ValidationError):
        workspace.write(requests.withdraw, request, 1, on=date(2026, 11, 23))


def test_requests_of_a_household_and_of_a_kind_state_and_year(workspace: Workspace, make: Make) -> None:
    household = make.household()
    first = workspace.write(requests.receive, asks(household, received_on=date(2026, 10, 1)))
    second = workspace.write(requests.receive, asks(household, RequestKind.AVERAGE))
    assert [row.id for row in workspace.read(requests.of_household, household)] == [second, first]
    for query, found in (
        (RequestQuery(kinds=("average",)), [second]),
        (RequestQuery(statuses=("received",)), [first, second]),
        (RequestQuery(statuses=("refused",)), []),
        (RequestQuery(year=2025), []),
    ):
        assert workspace.read(requests.find, query) == found


def test_a_request_is_corrected_and_taken_back_by_undo(workspace: Workspace, make: Make) -> None:
    household = make.household()
    request = workspace.write(requests.receive, asks(household))
    workspace.write(requests.correct, request, 1, asks(household, reasons=("storm",)))
    assert workspace.read(requests.view, request).data.reasons == ("storm",)
    step = workspace.read(history.next_undo)
    assert step is not None
    workspace.write(history.undo, step.txn)
    assert workspace.read(requests.view, request).data.reasons == ("flood",)
    with pytest.raises(ValidationError):
        workspace.write(requests.correct, request, 3, asks(household, received_on=date(2025, 12, 1)))


def test_a_running_review_takes_care_of_requests_and_a_withdrawal_takes_the_household_off(
    workspace: Workspace, make: Make
) -> None:
    household = make.household()
    request = workspace.write(requests.receive, asks(household))
    review = workspace.write(campaigns.open_campaign, workspace.read(campaigns.propose, CampaignKind.IN_YEAR, 2026))
    view = workspace.read(requests.view, request)
    assert view.row.status is RequestStatus.IN_REVIEW
    assert view.campaign == workspace.read(campaigns.view, review).data.title
    workspace.write(requests.withdraw, request, view.version, on=TODAY, reason="Đã có việc làm")
    assert workspace.read(requests.view, request).row.status is RequestStatus.WITHDRAWN
    board = workspace.read(campaigns.view, review)
    assert board.cases == 0


def test_a_running_review_takes_requests_in_and_a_household_taken_off_comes_back(
    workspace: Workspace, make: Make
) -> None:
    household, other = make.household(), make.household("Lê Văn Bình")
    average = workspace.write(requests.receive, asks(other, RequestKind.AVERAGE, income_year=12_000_000))
    review = workspace.write(campaigns.open_campaign, workspace.read(campaigns.propose, CampaignKind.IN_YEAR, 2026))
    first = workspace.write(requests.receive, asks(household))
    with pytest.raises(ValidationError, match="01/2026"):
        workspace.write(requests.take_into_review, [first, average], review)
    assert [row[0] for row in workspace.read(request_standing.running_reviews, RequestKind.ENTER)] == [review]
    assert workspace.read(request_standing.running_reviews, RequestKind.AVERAGE) == []
    workspace.write(requests.take_into_review, [first], review)
    stands = workspace.read(request_standing.standing, first)
    assert stands is not None
    assert (stands.campaign_id, stands.state, stands.running) == (review, CaseState.LISTED, True)
    with pytest.raises(ValidationError):  # the household on the review's list would no longer be the one that asks
        workspace.write(requests.correct, first, 2, asks(other))
    view = workspace.read(requests.view, first)
    workspace.write(requests.withdraw, first, view.version, on=TODAY)
    stands = workspace.read(request_standing.standing, first)
    assert stands is not None
    assert stands.state is CaseState.REMOVED
    again = workspace.write(requests.receive, asks(household))
    workspace.write(requests.take_into_review, [again], review)
    stands = workspace.read(request_standing.standing, again)
    assert stands is not None
    assert stands.state is CaseState.LISTED
    assert workspace.read(campaigns.view, review).cases == 1
    assert workspace.read(request_standing.standing, average) is None


def test_one_sees_where_a_request_stands_in_its_review(workspace: Workspace, make: Make) -> None:
    request = workspace.write(
        requests.receive, asks(make.household(), RequestKind.AVERAGE, received_on=date(2026, 11, 2), income_year=1)
    )
    data = workspace.read(campaigns.propose, CampaignKind.AVERAGE, 2026)
    review = workspace.write(campaigns.open_campaign, data)
    stands = workspace.read(request_standing.standing, request)
    assert stands is not None
    assert [state for state, on in stands.steps if on] == [CaseState.LISTED]
    pack = workspace.read(packs.national, TODAY)
    survey = SurveyData(surveyed_on=date(2026, 11, 16), income=2_000_000)
    workspace.write(surveys.keep_survey, stands.case_id, survey)
    workspace.write(campaign_steps.mark_checked, [stands.case_id], on=date(2026, 11, 16))
    workspace.write(postings.post, review, None, date(2026, 11, 16), "Trụ sở Ủy ban nhân dân xã")
    stands = workspace.read(request_standing.standing, request)
    assert stands is not None
    assert [state for state, _on in stands.steps] == [CaseState(step) for step in pack.procedure["average"]]
    assert dict(stands.steps)[CaseState.POSTED] == date(2026, 11, 16)
    assert stands.posted_until == date(2026, 11, 23)  # five working days after the Monday
    assert stands.result is HouseholdClass.AVERAGE


def test_how_the_days_are_counted_is_known_with_the_due_date(workspace: Workspace) -> None:
    found = workspace.read(request_reckoning.due, RequestKind.AVERAGE, TODAY)
    pack = workspace.read(packs.national, TODAY)
    assert (found.days, found.working) == (
        pack.deadlines["average_total"].days,
        pack.deadlines["average_total"].working,
    )
    assert found.certain


def test_working_days_leave_out_weekends_and_say_when_a_year_has_no_table(workspace: Workspace) -> None:
    deadline = Deadline(5, True, "V", "")
    assert workspace.read(request_reckoning.counted, date(2026, 11, 13), deadline) == (date(2026, 11, 20), "")
    _ends, warning = workspace.read(request_reckoning.counted, date(2041, 11, 13), deadline)
    assert "2041" in warning


def test_a_refusal_and_its_letter_are_one_step_that_stays(workspace: Workspace, make: Make) -> None:
    request = workspace.write(requests.receive, asks(make.household()))
    letter = {"on": TODAY, "reason": "Thu nhập vượt chuẩn", "render": render_paper}
    with pytest.raises(ConflictError):
        workspace.write(request_refusals.refuse_in_writing, request, 9, **letter)
    with pytest.raises(ValidationError):
        workspace.write(request_refusals.refuse_in_writing, request, 1, **letter | {"reason": ""})
    assert workspace.read(requests.view, request).row.status is RequestStatus.RECEIVED
    paper = workspace.write(request_refusals.refuse_in_writing, request, 1, **letter)
    assert paper.number == "01/UBND"
    assert workspace.read(requests.view, request).refusal_reason == "Thu nhập vượt chuẩn"
    step = workspace.read(history.next_undo)
    assert step is None or step.action != "request.refuse"
    shown = workspace.read(office_papers.refusal_preview, request, "Đất canh tác đã được tính").content
    assert "Đất canh tác đã được tính" in str(shown.wording)


def test_a_household_without_members_has_no_income_per_head(workspace: Workspace, make: Make) -> None:
    household = make.household()
    only = make.view(household).members[0]
    workspace.write(members.leave, only.membership_id, only.membership_version, on=TODAY, reason=LeaveReason.DIED)
    assert workspace.read(request_reckoning.average_income, household, 1_000_000, TODAY) is None


def test_income_of_twelve_months_is_judged_per_head(workspace: Workspace, make: Make) -> None:
    household = make.household()
    judged = workspace.read(request_reckoning.average_income, household, 27_000_000, TODAY)
    assert judged is not None
    assert (judged.people, judged.per_head) == (1, 2_250_000)
    assert judged.judgement.value is HouseholdClass.AVERAGE  # the upper bound counts in
    judged = workspace.read(request_reckoning.average_income, household, 27_000_001, TODAY)
    assert judged is not None
    assert judged.per_head == 2_250_001
    assert judged.judgement.value is HouseholdClass.NONE


def test_the_list_shows_what_is_due_first_and_finds_by_name_and_number(workspace: Workspace, make: Make) -> None:
    late = workspace.write(requests.receive, asks(make.household("Trần Văn Đủ"), received_on=date(2026, 9, 3)))
    soon = workspace.write(requests.receive, asks(make.household("Lê Thị Hòa")))
    assert workspace.read(requests.find, RequestQuery()) == [late, soon]
    assert workspace.read(requests.find, RequestQuery(late=True)) == [late]
    assert workspace.read(requests.find, RequestQuery(text="hoa")) == [soon]
    assert workspace.read(requests.find, RequestQuery(text="01/2026")) == [late]
    assert workspace.read(requests.find, RequestQuery(text="01/2025")) == []
    assert workspace.read(requests.find, RequestQuery(text="h-00002")) == [soon]
    assert workspace.read(request_standing.waiting) == Waiting(received=2, in_review=0, late=1)
    assert workspace.read(requests.rows, [late])[0].days_left == -55
    with pytest.raises(NotFoundError):
        workspace.read(requests.by_number, "99/2026")
