"""Where re-checks stand: disputed, waiting for the second posting, posted again."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.households import HouseholdClass
from casemgr.services import campaign_board, postings
from casemgr.services.rechecks import Rechecks, rechecks
from tests.support.review_story import Review
from tests.support.workspaces import Make

POOR, NEAR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR


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


def _object(review: Review, household: UUID) -> UUID:
    return review.make.workspace.write(
        postings.lodge_objection,
        review.case(household),
        received_on=date(2026, 11, 9),
        by_name="Võ Văn Kỳ",
        content="Hộ có xe tải nhỏ",
    )


def _settle(review: Review, objection: UUID, *, upheld: bool) -> None:
    review.make.workspace.write(
        postings.settle_objection, objection, on=date(2026, 11, 12), upheld=upheld, finding="Đã xác minh"
    )


def _standing(review: Review) -> Rechecks:
    found = review.make.workspace.read(rechecks, review.id)
    assert review.make.workspace.read(campaign_board.board, review.id).rechecks == found
    return found


def test_a_result_that_stands_waits_until_it_is_posted_again(posted: Review, household: UUID) -> None:
    assert _standing(posted) == Rechecks(disputed=0, again=0)
    objection = _object(posted, household)
    assert _standing(posted) == Rechecks(disputed=1, again=0)
    _settle(posted, objection, upheld=False)
    assert _standing(posted) == Rechecks(disputed=0, again=1)
    posted.post(on=date(2026, 11, 13), again=True)
    assert _standing(posted) == Rechecks(disputed=0, again=0)  # the objection was to the posting before


def test_an_upheld_objection_waits_for_its_second_survey_before_it_is_posted_again(
    posted: Review, household: UUID
) -> None:
    _settle(posted, _object(posted, household), upheld=True)
    assert _standing(posted) == Rechecks(disputed=0, again=0)
    posted.key(household, NEAR, on=date(2026, 11, 13))
    assert _standing(posted) == Rechecks(disputed=0, again=1)
    posted.post(on=date(2026, 11, 16), again=True)
    assert _standing(posted) == Rechecks(disputed=0, again=0)


def test_while_one_of_two_objections_is_open_the_re_check_goes_on(posted: Review, household: UUID) -> None:
    first, second = _object(posted, household), _object(posted, household)
    _settle(posted, first, upheld=True)
    assert _standing(posted) == Rechecks(disputed=1, again=0)
    _settle(posted, second, upheld=False)
    assert _standing(posted) == Rechecks(disputed=0, again=0)  # sent back to survey
