"""The residents' meeting: who votes on whom, the share that is needed, and the way back to survey."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import CampaignKind, CaseState, MeetingData
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import campaign_steps, history, meetings
from casemgr.workspace import Workspace
from tests.support.review_story import Review
from tests.support.workspaces import Make

POOR, NEAR, NONE = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NONE


@pytest.fixture
def household(make: Make) -> UUID:
    made = make.household("Nguyễn Thị Ửng")
    make.poor(made)
    return made


@pytest.fixture
def review(make: Make, household: UUID) -> Review:
    return Review(make).open()


def _data(make: Make, **values: object) -> MeetingData:
    data = MeetingData(
        make.hamlet(), date(2026, 11, 2), "Nhà văn hóa ấp", "Lê Văn Ngỡ", "Võ Thị Rỡ", "Trần Văn Tám", 40
    )
    return replace(data, **values)


def test_the_list_shows_before_and_after_with_the_reason(make: Make, review: Review, household: UUID) -> None:
    review.key(household, NEAR)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make))
    (row,) = make.workspace.read(meetings.vote_list, meeting)
    assert (row.head, row.opening, row.proposed) == ("Nguyễn Thị Ửng", POOR, NEAR)
    assert "hộ cận nghèo" in row.reason
    assert row.vote is None
    view = make.workspace.read(meetings.view, meeting)
    assert (view.hamlet, view.percent, view.closed) == ("Ấp Phú Nhơn", 50, False)
    assert view.data == _data(make)


def test_half_of_those_present_is_enough(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make, present=41))
    case = review.case(household)
    assert not make.workspace.write(meetings.vote, meeting, case, agreed=20)
    assert make.workspace.write(meetings.vote, meeting, case, agreed=20, present=40, note="Một người ra về")
    (row,) = make.workspace.read(meetings.vote_list, meeting)
    assert row.vote is not None
    assert (row.vote.percent, row.vote.accepted, row.vote.note) == (50.0, True, "Một người ra về")
    outcome = make.workspace.write(meetings.close_meeting, meeting)
    assert (outcome.accepted, outcome.sent_back, outcome.waiting) == ((case,), (), ())
    assert review.state(household) is CaseState.VOTED
    assert review.record(household).meeting_id == meeting


def test_under_half_goes_back_and_the_first_survey_stays(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    first = review.record(household).survey_id
    review.meet([household], agreed=14, present=30)
    record = review.record(household)
    assert (review.state(household), record.survey_id, record.result_class) == (CaseState.LISTED, None, None)
    steps = make.workspace.read(campaign_steps.history, review.case(household))
    assert all(word in steps[-1].note for word in ("02/11/2026", "14", "30", "50"))
    review.key(household, NEAR, on=date(2026, 11, 4))
    assert review.record(household).survey_id != first
    again = make.workspace.write(meetings.open_meeting, review.id, _data(make, held_on=date(2026, 11, 5)))
    (row,) = make.workspace.read(meetings.vote_list, again)
    assert row.proposed is NEAR
    assert [(vote.agreed, vote.accepted, vote.proposed) for vote in row.earlier] == [(14, False, POOR)]
    make.workspace.write(meetings.vote, again, row.case_id, agreed=40)
    make.workspace.write(meetings.close_meeting, again)
    assert review.state(household) is CaseState.VOTED
    views = make.workspace.read(meetings.meetings, review.id, make.hamlet())
    assert [(view.voted, view.accepted, view.closed) for view in views] == [(1, 0, True), (1, 1, True)]
    assert make.workspace.read(meetings.meetings, review.id) == views


def test_only_checked_households_of_the_hamlet_are_voted_on(make: Make, review: Review, household: UUID) -> None:
    other = make.household("Trần Văn Tám", hamlet="Quân An")
    unkeyed = make.household("Lê Thị Yến")
    review.add(other, unkeyed)
    review.key(other, POOR)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make))
    assert make.workspace.read(meetings.vote_list, meeting) == []
    for wrong in (other, unkeyed):
        with pytest.raises(ValidationError) as refused:
            make.workspace.write(meetings.vote, meeting, review.case(wrong), agreed=5)
        assert [problem.field for problem in refused.value.problems] == ["case"]


def test_impossible_counts_are_refused(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make, present=0))
    case = review.case(household)
    for agreed, present, field in ((5, None, "present"), (5, -1, "present"), (41, 40, "agreed"), (-1, 40, "agreed")):
        with pytest.raises(ValidationError) as refused:
            make.workspace.write(meetings.vote, meeting, case, agreed=agreed, present=present)
        assert [problem.field for problem in refused.value.problems] == [field]


def test_a_meeting_without_votes_or_in_the_future_does_not_end(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make, held_on=date(2026, 12, 1)))
    with pytest.raises(ValidationError) as early:
        make.workspace.write(meetings.close_meeting, meeting)
    assert "01/12/2026" in str(early.value)
    view = make.workspace.read(meetings.view, meeting)
    make.workspace.write(meetings.correct, meeting, view.version, _data(make))
    with pytest.raises(ValidationError):
        make.workspace.write(meetings.close_meeting, meeting)
    make.workspace.write(meetings.vote, meeting, review.case(household), agreed=30)
    make.workspace.write(meetings.close_meeting, meeting)
    with pytest.raises(ConflictError):
        make.workspace.write(meetings.vote, meeting, review.case(household), agreed=31)


def test_what_can_be_corrected_and_when(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make))
    make.workspace.write(meetings.vote, meeting, review.case(household), agreed=30)

    def correct(**values: object) -> None:
        version = make.workspace.read(meetings.view, meeting).version
        make.workspace.write(meetings.correct, meeting, version, _data(make, **values))

    for field, value in (("hamlet_id", make.hamlet("Quân An")), ("present", 29), ("held_on", date(2026, 9, 1))):
        with pytest.raises(ValidationError) as refused:
            correct(**{field: value})
        assert [problem.field for problem in refused.value.problems] == [field]
    correct(present=35, discussion="Không có ý kiến khác.")
    make.workspace.write(meetings.close_meeting, meeting)
    correct(present=35, chair="Phạm Văn Sự")
    assert make.workspace.read(meetings.view, meeting).data.chair == "Phạm Văn Sự"
    with pytest.raises(ValidationError):
        correct(present=36)
    stranger = make.workspace.read(meetings.view, meeting)
    with pytest.raises(ValidationError) as refused:
        make.workspace.write(
            meetings.correct, meeting, stranger.version, _data(make, hamlet_id=UUID(int=1), present=-1)
        )
    assert [problem.field for problem in refused.value.problems] == ["hamlet_id", "present"]


def test_households_not_voted_on_wait_for_the_next_meeting(make: Make, review: Review, household: UUID) -> None:
    other = make.household("Lê Thị Yến")
    review.add(other)
    for one in (household, other):
        review.key(one, POOR)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make))
    make.workspace.write(meetings.vote, meeting, review.case(household), agreed=30)
    outcome = make.workspace.write(meetings.close_meeting, meeting)
    assert outcome.waiting == (review.case(other),)
    assert [row.case_id for row in make.workspace.read(meetings.vote_list, meeting)] == [review.case(household)]


def test_the_average_living_standard_has_no_meeting(make: Make) -> None:
    average = Review(make, CampaignKind.AVERAGE, class_year=2026, title="Mức sống trung bình tháng 10").open()
    with pytest.raises(ValidationError):
        make.workspace.write(meetings.open_meeting, average.id, _data(make))


def test_a_vote_is_a_step_one_can_take_back(workspace: Workspace, make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    meeting = workspace.write(meetings.open_meeting, review.id, _data(make))
    workspace.write(meetings.vote, meeting, review.case(household), agreed=30)
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "meeting.vote"
    workspace.write(history.undo, step.txn)
    assert workspace.read(meetings.vote_list, meeting)[0].vote is None


def test_a_lost_vote_taken_back_brings_the_survey_back(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    before = review.record(household)
    review.meet([household], agreed=3, present=30)
    step = make.workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "meeting.close"
    make.workspace.write(history.undo, step.txn)
    after = review.record(household)
    assert (after.state, after.survey_id, after.result_class) == (CaseState.CHECKED, before.survey_id, POOR)
    assert after.deprivations == before.deprivations


def test_an_ended_meeting_keeps_the_class_it_voted_on(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    first = review.meet([household], agreed=14, present=30)

    def voted_on() -> tuple[HouseholdClass | None, HouseholdClass | None, str]:
        (row,) = make.workspace.read(meetings.vote_list, first)
        assert row.vote is not None
        return row.proposed, row.vote.proposed, row.reason

    assert voted_on() == (POOR, POOR, "")
    review.key(household, NEAR, on=date(2026, 11, 4))
    assert voted_on() == (POOR, POOR, "")


def test_an_open_meeting_shows_what_the_next_count_would_be_about(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make))
    make.workspace.write(meetings.vote, meeting, review.case(household), agreed=30)
    make.workspace.write(campaign_steps.send_back, [review.case(household)], "Nhập nhầm phiếu", on=date(2026, 10, 7))
    (row,) = make.workspace.read(meetings.vote_list, meeting)
    assert row.proposed is POOR
    review.key(household, NEAR, on=date(2026, 10, 8))
    (row,) = make.workspace.read(meetings.vote_list, meeting)
    assert row.vote is not None
    assert (row.proposed, row.vote.proposed) == (NEAR, POOR)


def test_a_sheet_from_after_the_meeting_is_not_voted_on(make: Make, review: Review, household: UUID) -> None:
    other = make.household("Lê Thị Yến")
    review.add(other)
    review.key(household, POOR, on=date(2026, 11, 3))
    review.key(other, POOR, on=date(2026, 11, 2))
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make))
    both = [review.case(other), review.case(household)]
    for cases in (both[1:], both):
        with pytest.raises(ValidationError) as refused:
            make.workspace.write(meetings.vote_many, meeting, cases, agreed=30)
        (problem,) = refused.value.problems
        assert problem.field == "case"
        assert all(word in problem.message for word in ("Nguyễn Thị Ửng", "03/11/2026", "02/11/2026"))
    assert [row.vote for row in make.workspace.read(meetings.vote_list, meeting)] == [None, None]
    make.workspace.write(meetings.vote, meeting, both[0], agreed=30)


def test_a_sheet_of_the_day_after_the_meeting_is_not_voted_on(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    case = review.case(household)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make, held_on=date(2026, 10, 5)))
    with pytest.raises(ValidationError) as refused:
        make.workspace.write(meetings.vote, meeting, case, agreed=30)
    assert [problem.field for problem in refused.value.problems] == ["case"]
    assert "06/10/2026" in str(refused.value)
    version = make.workspace.read(meetings.view, meeting).version
    make.workspace.write(meetings.correct, meeting, version, _data(make, held_on=date(2026, 10, 6)))
    make.workspace.write(meetings.vote, meeting, case, agreed=30)
    version = make.workspace.read(meetings.view, meeting).version
    with pytest.raises(ValidationError) as moved:
        make.workspace.write(meetings.correct, meeting, version, _data(make, held_on=date(2026, 10, 5)))
    assert [problem.field for problem in moved.value.problems] == ["held_on"]


def test_a_result_that_changed_after_the_vote_is_voted_on_again(make: Make, review: Review, household: UUID) -> None:
    review.key(household, POOR)
    case = review.case(household)
    meeting = make.workspace.write(meetings.open_meeting, review.id, _data(make))
    make.workspace.write(meetings.vote, meeting, case, agreed=30)
    make.workspace.write(campaign_steps.send_back, [case], "Khảo sát nhầm hộ", on=date(2026, 10, 7))
    review.key(household, HouseholdClass.NONE, on=date(2026, 10, 8))
    with pytest.raises(ValidationError) as refused:
        make.workspace.write(meetings.close_meeting, meeting)
    assert "Nguyễn Thị Ửng" in str(refused.value)
    make.workspace.write(meetings.vote, meeting, case, agreed=30)
    assert make.workspace.write(meetings.close_meeting, meeting).accepted == (case,)
