"""Posting with its working days, objections while it hangs, the re-check, and posting again."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.reviews import CampaignKind, CaseState, HolidayKind, ObjectionOutcome
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import campaigns, history, holidays, households, postings
from casemgr.workspace import Workspace
from tests.support.review_story import POSTED, UNTIL, Review
from tests.support.workspaces import Make

POOR, NEAR, AVERAGE = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.AVERAGE
PLACES = "Nhà văn hóa ấp; trụ sở Ủy ban nhân dân xã"


@pytest.fixture
def household(make: Make) -> UUID:
    made = make.household("Nguyễn Thị Ửng")
    make.poor(made)
    return made


@pytest.fixture
def review(make: Make, household: UUID) -> Review:
    return Review(make).open()


@pytest.fixture
def voted(review: Review, household: UUID) -> Review:
    review.key(household, POOR)
    review.meet([household])
    return review


@pytest.fixture
def average(make: Make) -> Review:
    return Review(make, CampaignKind.AVERAGE, class_year=2026, title="Mức sống trung bình tháng 10").open()


def _post(review: Review, on: date = POSTED, hamlet: UUID | None = None, **options: object) -> postings.Posted:
    return review.make.workspace.write(postings.post, review.id, hamlet, on, PLACES, **options)


def _object(review: Review, household: UUID, on: date = date(2026, 11, 9)) -> UUID:
    return review.make.workspace.write(
        postings.lodge_objection,
        review.case(household),
        received_on=on,
        by_name="Võ Văn Kỳ",
        content="Hộ có xe tải nhỏ",
    )


def _settle(review: Review, objection: UUID, *, upheld: bool, on: date = date(2026, 11, 12)) -> None:
    review.make.workspace.write(
        postings.settle_objection, objection, on=on, upheld=upheld, finding="Xe thuê, đã xác minh"
    )


def test_a_list_hangs_three_working_days(voted: Review, household: UUID) -> None:
    made = _post(voted)
    assert (made.until_on, made.warning, made.cases) == (UNTIL, "", (voted.case(household),))
    assert voted.state(household) is CaseState.POSTED
    (view,) = voted.make.workspace.read(postings.postings, voted.id)
    assert (view.hamlet, view.posted_on, view.until_on, view.households) == ("", POSTED, UNTIL, 1)
    assert (view.places, view.again, view.taken_down_on) == (PLACES, False, None)


def test_a_day_off_makes_it_hang_longer(voted: Review, workspace: Workspace) -> None:
    friday = date(2026, 11, 20)
    assert workspace.read(postings.last_day, voted.id, friday).on == date(2026, 11, 26)  # 24/11 is a day off
    workspace.write(holidays.keep_holiday, date(2026, 11, 23), "Nghỉ hoán đổi", HolidayKind.HOLIDAY)
    assert workspace.read(postings.last_day, voted.id, friday).on == date(2026, 11, 27)


def test_a_year_without_a_table_is_said(voted: Review, workspace: Workspace) -> None:
    for view in workspace.read(holidays.holidays, 2026):
        workspace.write(holidays.remove_holiday, view.day)
    assert "2026" in _post(voted).warning


def test_a_posting_with_too_few_days_is_refused(voted: Review) -> None:
    with pytest.raises(ValidationError) as refused:
        _post(voted, until_on=date(2026, 11, 10))
    (problem,) = refused.value.problems
    assert problem.field == "until_on"
    assert "11/11/2026" in problem.message
    assert "3" in problem.message
    assert _post(voted, until_on=date(2026, 11, 13)).until_on == date(2026, 11, 13)


def test_days_and_places_are_looked_at(voted: Review) -> None:
    workspace = voted.make.workspace
    for day in (date(2026, 9, 1), date(2026, 12, 1)):
        with pytest.raises(ValidationError) as refused:
            workspace.write(postings.post, voted.id, None, day, " ")
        assert [problem.field for problem in refused.value.problems] == ["places", "posted_on"]


def test_unkeyed_and_unvoted_households_hold_the_hamlet_back(review: Review, household: UUID) -> None:
    make = review.make
    others = [make.household(f"Lê Thị {name}") for name in ("An", "Bé", "Cẩm", "Dung", "Em", "Gấm")]
    far = make.household("Trần Văn Tám", hamlet="Quân An")
    review.add(*others, far)
    with pytest.raises(ValidationError) as refused:
        _post(review, hamlet=make.hamlet())
    assert "7" in str(refused.value)
    assert "Lê Thị An" in str(refused.value)
    assert "…" in str(refused.value)
    for one in (household, *others):
        review.key(one, POOR)
    with pytest.raises(ValidationError) as unvoted:
        _post(review, hamlet=make.hamlet())
    assert "7" in str(unvoted.value)
    review.meet([household, *others])
    assert len(_post(review, hamlet=make.hamlet()).cases) == 7
    with pytest.raises(ValidationError):
        _post(review, hamlet=make.hamlet())  # all of it hangs already
    with pytest.raises(ValidationError):
        _post(review)  # the other hamlet is not keyed
    (view,) = make.workspace.read(postings.postings, review.id)
    assert view.hamlet == "Ấp Phú Nhơn"


def test_gone_and_removed_households_hold_nobody_back(voted: Review) -> None:
    make = voted.make
    gone, removed = make.household("Lê Thị Yến"), make.household("Võ Văn Sự")
    voted.add(gone, removed)
    view = make.view(gone)
    make.workspace.write(households.end_household, gone, view.version, on=date(2026, 11, 1), reason=EndReason.MOVED)
    make.workspace.write(campaigns.remove_case, voted.case(removed), reason="Nhập nhầm")
    assert len(_post(voted).cases) == 1


def test_the_average_living_standard_hangs_five_days_without_a_meeting(average: Review) -> None:
    household = average.make.household("Trần Văn Tám")
    average.add(household)
    average.key(household, AVERAGE)
    made = _post(average)
    assert made.until_on == date(2026, 11, 13)
    objection = _object(average, household)
    (view,) = average.make.workspace.read(postings.objections, average.id)
    assert view.due_on == date(2026, 11, 12)
    _settle(average, objection, upheld=False)
    assert average.state(household) is CaseState.RECHECK
    again = _post(average, date(2026, 11, 16), again=True)
    assert average.state(household) is CaseState.POSTED
    assert again.until_on == date(2026, 11, 23)


def test_taken_down_not_before_its_last_day(voted: Review) -> None:
    workspace = voted.make.workspace
    posting = _post(voted).id
    with pytest.raises(ValidationError) as early:
        workspace.write(postings.take_down, posting, on=date(2026, 11, 10))
    assert "11/11/2026" in str(early.value)
    workspace.write(postings.take_down, posting, on=UNTIL)
    assert workspace.read(postings.postings, voted.id)[0].taken_down_on == UNTIL
    with pytest.raises(ConflictError):
        workspace.write(postings.take_down, posting, on=UNTIL)


def test_an_objection_is_rechecked_and_dismissed(voted: Review, household: UUID) -> None:
    workspace = voted.make.workspace
    _post(voted)
    late = voted.make.household("Đặng Thị Lượm")
    voted.add(late)  # never posted: nothing of it can be posted again
    objection = _object(voted, household)
    assert voted.state(household) is CaseState.RECHECK
    (view,) = workspace.read(postings.objections, voted.id, open_only=True)
    assert (view.id, view.head, view.hamlet, view.due_on) == (
        objection,
        "Nguyễn Thị Ửng",
        "Ấp Phú Nhơn",
        date(2026, 11, 18),
    )
    assert workspace.read(postings.postings, voted.id)[0].open_objections == 1
    with pytest.raises(ValidationError):
        _post(voted, date(2026, 11, 12), again=True)
    _settle(voted, objection, upheld=False)
    assert workspace.read(postings.objections, voted.id, open_only=True) == []
    assert workspace.read(postings.objections, voted.id)[0].outcome is ObjectionOutcome.DISMISSED
    made = _post(voted, date(2026, 11, 13), again=True)
    assert made.until_on == date(2026, 11, 18)
    assert voted.state(household) is CaseState.POSTED_AGAIN
    with pytest.raises(ConflictError):
        _settle(voted, objection, upheld=True)
    with pytest.raises(ValidationError):
        _post(voted, date(2026, 11, 20), again=True)


def test_an_upheld_objection_goes_back_to_survey_and_is_posted_again_without_a_meeting(
    voted: Review, household: UUID
) -> None:
    _post(voted)
    first, second = _object(voted, household), _object(voted, household, date(2026, 11, 10))
    _settle(voted, first, upheld=True)
    assert voted.state(household) is CaseState.RECHECK  # the other one is still open
    _settle(voted, second, upheld=False)
    assert voted.state(household) is CaseState.LISTED
    assert voted.record(household).result_class is None
    voted.key(household, NEAR, on=date(2026, 11, 13))
    _post(voted, date(2026, 11, 16), again=True)
    assert voted.state(household) is CaseState.POSTED_AGAIN
    assert voted.record(household).result_class == NEAR


def test_objections_are_taken_while_the_list_hangs(voted: Review, household: UUID) -> None:
    with pytest.raises(ValidationError) as unposted:
        _object(voted, household)
    assert [problem.field for problem in unposted.value.problems] == ["case"]
    _post(voted)
    for day in (date(2026, 11, 5), date(2026, 11, 12)):
        with pytest.raises(ValidationError) as refused:
            _object(voted, household, day)
        assert [problem.field for problem in refused.value.problems] == ["received_on"]
    with pytest.raises(ValidationError) as empty:
        voted.make.workspace.write(
            postings.lodge_objection,
            voted.case(household),
            received_on=date(2026, 12, 9),
            by_name=" ",
            content="",
        )
    assert [problem.field for problem in empty.value.problems] == ["received_on", "received_on", "by_name", "content"]


def test_a_finding_and_a_day_end_the_recheck(voted: Review, household: UUID) -> None:
    _post(voted)
    objection = _object(voted, household)
    with pytest.raises(ValidationError) as refused:
        voted.make.workspace.write(postings.settle_objection, objection, on=date(2026, 11, 8), upheld=True, finding=" ")
    assert [problem.field for problem in refused.value.problems] == ["settled_on", "finding"]


def test_every_step_can_be_taken_back(voted: Review, household: UUID) -> None:
    workspace = voted.make.workspace

    def back(action: str) -> None:
        step = workspace.read(history.next_undo)
        assert step is not None
        assert step.action == action
        workspace.write(history.undo, step.txn)

    _post(voted)
    objection = _object(voted, household)
    before = voted.record(household)
    _settle(voted, objection, upheld=True)
    back("objection.settle")
    after = voted.record(household)
    assert (after.state, after.survey_id, after.result_class) == (before.state, before.survey_id, before.result_class)
    assert workspace.read(postings.objections, voted.id)[0].outcome is ObjectionOutcome.OPEN
    back("objection.lodge")
    assert voted.state(household) is CaseState.POSTED
    back("posting.post")
    assert (voted.state(household), voted.record(household).posting_id) == (CaseState.VOTED, None)
    assert workspace.read(postings.postings, voted.id) == []
    back("meeting.close")
    assert (voted.state(household), voted.record(household).meeting_id) == (CaseState.CHECKED, None)
