"""The yearly review of four households: one stays poor, one leaves, one rises, one is new."""

from uuid import UUID

import pytest

from tests.support.review_decisions import NEAR, NONE, POOR
from tests.support.review_story import Review
from tests.support.workspaces import Make


@pytest.fixture
def stays(make: Make) -> UUID:
    made = make.household("Nguyễn Thị Ửng")
    make.poor(made)
    return made


@pytest.fixture
def leaves(make: Make) -> UUID:
    made = make.household("Trần Văn Tám")
    make.poor(made)
    return made


@pytest.fixture
def rises(make: Make) -> UUID:
    made = make.household("Lê Thị Yến")
    make.poor(made)
    return made


@pytest.fixture
def new(make: Make) -> UUID:
    return make.household("Võ Văn Kỳ")


@pytest.fixture
def yearly(make: Make, stays: UUID, leaves: UUID, rises: UUID, new: UUID) -> Review:
    review = Review(make).open()
    review.add(new)
    review.through({stays: POOR, leaves: NONE, rises: NEAR, new: POOR})
    return review
