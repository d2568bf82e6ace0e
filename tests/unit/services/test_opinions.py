"""The superior's opinion: asked when all hangs out its days, answered, disputed, asked again."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import CampaignKind, CaseState
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import campaign_steps, opinions
from tests.support.review_story import SENT, Review
from tests.support.workspaces import Make

POOR = HouseholdClass.POOR


@pytest.fixture
def household(make: Make) -> UUID:
    made = make.household("Nguyễn Thị Ửng")
    make.poor(made)
    return made


@pytest.fixture
def posted(make: Make, household: UUID) -> Review:
    review = Review(make).open()
    review.key(household, POOR)
    review.meet([household])
    review.post()
    return review


def _send(review: Review, on: date = SENT, number: str = "12/BC-UBND", **values: str) -> UUID:
    return review.make.workspace.write(opinions.send_for_opinion, review.id, sent_on=on, number=number, **values)


def test_asked_and_answered(posted: Review, household: UUID) -> None:
    workspace = posted.make.workspace
    asked = _send(posted)
    assert posted.state(household) is CaseState.OPINION
    (view,) = workspace.read(opinions.opinions, posted.id)
    assert (view.number, view.households, view.agreed) == ("12/BC-UBND", 1, None)
    assert view.authority == "Chủ tịch Ủy ban nhân dân cấp tỉnh"
    assert view.due_on == date(2026, 11, 19)
    workspace.write(
        opinions.record_opinion,
        asked,
        view.version,
        answered_on=date(2026, 11, 18),
        answer_number="88/UBND",
        agreed=True,
    )
    (view,) = workspace.read(opinions.opinions, posted.id)
    assert (view.agreed, view.answered_on, view.answer_number) == (True, date(2026, 11, 18), "88/UBND")
    with pytest.raises(ConflictError):
        workspace.write(
            opinions.record_opinion, asked, answered_on=date(2026, 11, 18), answer_number="89/UBND", agreed=False
        )


def test_the_office_names_its_own_superior(posted: Review) -> None:
    workspace = posted.make.workspace
    workspace.write(opinions.keep_authority, "Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Long")
    assert workspace.read(opinions.authority, posted.id) == "Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Long"
    workspace.write(opinions.keep_authority, " ")
    assert workspace.read(opinions.authority, posted.id) == "Chủ tịch Ủy ban nhân dân cấp tỉnh"
    _send(posted, authority_name="Sở Nông nghiệp và Môi trường")
    assert workspace.read(opinions.opinions, posted.id)[0].authority == "Sở Nông nghiệp và Môi trường"


def test_not_before_the_days_are_over(posted: Review) -> None:
    with pytest.raises(ValidationError) as refused:
        _send(posted, date(2026, 11, 11), number=" ")
    assert [problem.field for problem in refused.value.problems] == ["number", ""]
    for day in (date(2026, 9, 1), date(2026, 12, 1)):
        with pytest.raises(ValidationError) as wrong:
            _send(posted, day)
        assert wrong.value.problems[0].field == "sent_on"


def test_there_must_be_somebody_to_report(make: Make) -> None:
    empty = Review(make).open()
    with pytest.raises(ValidationError):
        _send(empty)


def test_reviews_without_that_step(make: Make) -> None:
    monthly = Review(make, CampaignKind.IN_YEAR, class_year=2026, title="Rà soát tháng 10").open()
    with pytest.raises(ValidationError):
        _send(monthly)


def test_disagreement_needs_words_and_is_asked_again(posted: Review, household: UUID) -> None:
    workspace = posted.make.workspace
    asked = _send(posted)
    with pytest.raises(ValidationError) as refused:
        workspace.write(opinions.record_opinion, asked, answered_on=date(2026, 11, 1), answer_number="", agreed=False)
    assert [problem.field for problem in refused.value.problems] == ["answered_on", "answer_number", "content"]
    with pytest.raises(ValidationError):
        _send(posted)  # nobody else is waiting while the answer is due
    workspace.write(
        opinions.record_opinion,
        asked,
        answered_on=date(2026, 11, 16),
        answer_number="88/UBND",
        agreed=False,
        content="Đề nghị giải trình số hộ phát sinh",
    )
    again = _send(posted, date(2026, 11, 17), "15/BC-UBND")
    assert posted.record(household).opinion_id == again
    assert [view.households for view in workspace.read(opinions.opinions, posted.id)] == [0, 1]


def test_disputed_households_are_surveyed_again(posted: Review, household: UUID) -> None:
    workspace = posted.make.workspace
    asked = _send(posted)
    workspace.write(
        opinions.record_opinion,
        asked,
        answered_on=date(2026, 11, 16),
        answer_number="88/UBND",
        agreed=True,
        content="Rà soát lại hộ Nguyễn Thị Ửng",
        back=[posted.case(household)],
    )
    assert posted.state(household) is CaseState.LISTED
    steps = workspace.read(campaign_steps.history, posted.case(household))
    assert "Rà soát lại hộ Nguyễn Thị Ửng" in steps[-1].note
