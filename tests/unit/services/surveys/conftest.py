"""A household and its survey sheet in a running review."""

from uuid import UUID

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.workspace import Workspace
from tests.support.reviews import case, open_review
from tests.support.survey_sheets import member
from tests.support.workspaces import Make


@pytest.fixture
def household(make: Make) -> UUID:
    """A poor family with two children."""
    found = make.household(
        "Nguyễn Thị Á",
        member("Trần Văn Bé", PartialDate(2018, 5, 1)),
        member("Trần Văn Út", PartialDate(2023, 5, 1)),
    )
    make.poor(found)
    return found


@pytest.fixture
def sheet(workspace: Workspace, household: UUID) -> UUID:
    """Its case in the yearly review."""
    return case(workspace, open_review(workspace), household)
