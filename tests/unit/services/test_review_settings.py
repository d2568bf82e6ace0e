"""What the office decides for itself in a review, and what is refused."""

import pytest

from casemgr.errors import ValidationError
from casemgr.services.case_snapshots import HEAD_OR_SPOUSE
from casemgr.services.review_settings import HEAD, ReviewSettings, keep_review_settings, review_settings
from casemgr.workspace import Workspace


def test_what_is_decided_is_kept_and_can_be_taken_back_to_the_standard(workspace: Workspace) -> None:
    assert workspace.read(review_settings) == ReviewSettings("", HEAD, None)
    wanted = ReviewSettings("Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Long", HEAD_OR_SPOUSE, 5)
    workspace.write(keep_review_settings, wanted)
    assert workspace.read(review_settings) == wanted
    workspace.write(keep_review_settings, ReviewSettings())
    assert workspace.read(review_settings) == ReviewSettings()


def test_impossible_choices_are_refused_at_their_field(workspace: Workspace) -> None:
    with pytest.raises(ValidationError) as caught:
        workspace.write(keep_review_settings, ReviewSettings("", "neighbour", 0))
    assert [problem.field for problem in caught.value.problems] == ["minority_rule", "look_back_years"]
