"""A decision that changes a class opens a task for each support that ends or begins with it."""

from uuid import UUID

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.services import tasks
from casemgr.services.members import NewMember
from tests.support.review_story import Review
from tests.support.workspaces import Make


@pytest.fixture
def elder(make: Make) -> UUID:
    """A poor household with a woman of 72 without a pension on record."""
    mother = NewMember(PersonData("Lê Thị Nở", Sex.FEMALE, PartialDate(1954, 5, 2)), Relation.PARENT)
    household = make.household("Trần Văn Dũng", mother)
    make.poor(household)
    return household


def test_who_leaves_the_list_leaves_work_behind(make: Make, elder: UUID) -> None:
    review = Review(make).open()
    review.through({elder: HouseholdClass.NONE})
    review.decide()
    opened = make.workspace.read(tasks.of_household, elder)
    assert {"BHYT-HN", "DIEN"} & {task.data.programme for task in opened}
    assert all(task.data.household_id == elder and task.status == "open" for task in opened)


def test_who_stays_leaves_none(make: Make, elder: UUID) -> None:
    review = Review(make).open()
    review.through({elder: HouseholdClass.POOR})
    review.decide()
    assert make.workspace.read(tasks.of_household, elder) == []
