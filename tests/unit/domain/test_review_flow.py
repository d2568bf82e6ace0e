"""Which step may follow which in each kind of review, and the reason when one may not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.packs import of_id, shipped
from casemgr.domain.review_flow import CLOSED, Flow, Standing, following, refusal
from casemgr.domain.reviews import CampaignKind, CaseState

S = CaseState
PROCEDURE = of_id(shipped(), "VN-2022").procedure


def flow(kind: CampaignKind, *, opinion: bool = False) -> Flow:
    return Flow(tuple(CaseState(step) for step in PROCEDURE[kind]), opinion_required=opinion)


YEARLY = flow(CampaignKind.PERIODIC, opinion=True)
YEARLY_ALONE = flow(CampaignKind.PERIODIC)
IN_YEAR = flow(CampaignKind.IN_YEAR)
AVERAGE = flow(CampaignKind.AVERAGE)


def keyed(state: CaseState, *, posted: bool = False) -> Standing:
    return Standing(state, has_result=True, posted_before=posted)


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        (YEARLY, [S.KEYED, S.CHECKED, S.VOTED, S.POSTED, S.OPINION, S.DECIDED]),
        (YEARLY_ALONE, [S.KEYED, S.CHECKED, S.VOTED, S.POSTED, S.DECIDED]),
        (YEARLY_ALONE, [S.POSTED, S.OPINION, S.DECIDED]),
        (IN_YEAR, [S.KEYED, S.CHECKED, S.VOTED, S.POSTED, S.DECIDED]),
        (IN_YEAR, [S.POSTED, S.RECHECK, S.POSTED_AGAIN, S.DECIDED]),
        (IN_YEAR, [S.POSTED_AGAIN, S.RECHECK, S.POSTED_AGAIN]),
        (AVERAGE, [S.KEYED, S.CHECKED, S.POSTED, S.DECIDED]),
        (AVERAGE, [S.POSTED, S.RECHECK, S.DECIDED]),
        (AVERAGE, [S.RECHECK, S.POSTED]),
    ],
)
def test_the_steps_follow_each_other_as_the_procedure_says(steps: Flow, path: list[CaseState]) -> None:
    for now, wanted in pairwise(path):
        assert wanted in following(steps, keyed(now))
        assert refusal(steps, keyed(now), wanted) is None


@pytest.mark.parametrize(
    ("steps", "now", "wanted"),
    [
        (YEARLY, S.KEYED, S.VOTED),
        (YEARLY, S.CHECKED, S.POSTED),
        (YEARLY, S.POSTED, S.DECIDED),
        (YEARLY, S.RECHECK, S.DECIDED),
        (YEARLY, S.VOTED, S.KEYED),
        (IN_YEAR, S.POSTED, S.OPINION),
        (AVERAGE, S.CHECKED, S.VOTED),
        (AVERAGE, S.RECHECK, S.POSTED_AGAIN),
        (YEARLY, S.CHECKED, S.POSTED_AGAIN),
    ],
)
def test_a_step_left_out_is_refused_with_a_reason(steps: Flow, now: CaseState, wanted: CaseState) -> None:
    assert wanted not in following(steps, keyed(now))
    assert refusal(steps, keyed(now), wanted)


def test_a_sheet_not_keyed_goes_nowhere_but_back_from_the_field() -> None:
    assert refusal(YEARLY, Standing(S.LISTED), S.SURVEYED) is None
    assert refusal(YEARLY, Standing(S.LISTED), S.KEYED) is None
    assert refusal(YEARLY, Standing(S.SURVEYED), S.KEYED) is None
    assert refusal(YEARLY, Standing(S.SURVEYED), S.CHECKED)
    assert following(YEARLY, Standing(S.SURVEYED)) == frozenset()


def test_a_result_that_is_missing_stops_every_later_step() -> None:
    assert refusal(YEARLY, Standing(S.KEYED), S.CHECKED)
    assert refusal(YEARLY, keyed(S.KEYED), S.CHECKED) is None


def test_a_corrected_sheet_is_keyed_again_until_the_meeting() -> None:
    assert refusal(YEARLY, keyed(S.CHECKED), S.KEYED) is None
    assert refusal(YEARLY, keyed(S.KEYED), S.KEYED)


def test_an_upheld_objection_is_posted_again_once_it_is_checked_anew() -> None:
    assert refusal(YEARLY, keyed(S.CHECKED, posted=True), S.POSTED_AGAIN) is None
    assert refusal(YEARLY, keyed(S.VOTED, posted=True), S.POSTED_AGAIN) is None


@given(st.sampled_from([YEARLY, YEARLY_ALONE, IN_YEAR, AVERAGE]), st.sampled_from(list(CaseState)))
def test_until_the_decision_everything_can_be_surveyed_again_or_taken_off(steps: Flow, now: CaseState) -> None:
    for wanted in (S.LISTED, S.REMOVED):
        reason = refusal(steps, keyed(now), wanted)
        assert (reason is None) == (now not in CLOSED and now is not wanted)


@given(
    st.sampled_from([YEARLY, YEARLY_ALONE, IN_YEAR, AVERAGE]),
    st.sampled_from(list(CaseState)),
    st.sampled_from([state for state in CaseState if state not in (S.LISTED, S.REMOVED, S.KEYED)]),
    st.booleans(),
)
def test_only_what_follows_is_accepted(steps: Flow, now: CaseState, wanted: CaseState, posted: bool) -> None:
    standing = keyed(now, posted=posted)
    assert (refusal(steps, standing, wanted) is None) == (wanted in following(steps, standing))


def test_a_procedure_without_recheck_goes_from_posting_to_the_decision() -> None:
    short = Flow((S.LISTED, S.SURVEYED, S.KEYED, S.CHECKED, S.POSTED, S.DECIDED), opinion_required=True)
    assert following(short, keyed(S.POSTED)) == {S.DECIDED}
