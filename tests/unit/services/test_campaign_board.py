"""The board: every number of it opens the households behind it, late ones are counted, and the sum is the sum."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.reviews import CaseSource, CaseState, Movement
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_board, campaigns, certificates, households
from casemgr.services.campaign_board import CaseQuery
from casemgr.workspace import Workspace
from tests.support.review_story import Review
from tests.support.reviews import NEAR_POOR, POOR, case, key, open_review
from tests.support.workspaces import Make

S = CaseState


@pytest.fixture
def review(workspace: Workspace, make: Make) -> dict[str, UUID]:
    """Four households by the given name of their head, and the review itself."""
    homes = {
        "An": make.household("Lê Văn An"),
        "Cúc": make.household("Đỗ Thị Cúc"),
        "Bình": make.household("Trần Văn Bình", hamlet="Quân An"),
        "Dư": make.household("Võ Văn Dư", hamlet="Quân An"),
    }
    for name in ("An", "Bình", "Dư"):
        make.poor(homes[name])
    make.poor(homes["Cúc"], value=HouseholdClass.NEAR_POOR)
    campaign = open_review(workspace)
    return {"review": campaign} | {name: case(workspace, campaign, home) for name, home in homes.items()}


def heads(workspace: Workspace, query: CaseQuery) -> list[str]:
    found = workspace.read(campaign_board.rows, workspace.read(campaign_board.cases, query))
    assert workspace.read(campaign_board.count, query) == len(found)
    return [row.head.split()[-1] for row in found]


def test_every_hamlet_has_its_counts_and_the_sum_below(workspace: Workspace, review: dict[str, UUID]) -> None:
    key(workspace, review["An"], *POOR)
    workspace.write(campaigns.remove_case, review["Dư"], reason="Nhập nhầm hộ")
    board = workspace.read(campaign_board.board, review["review"])
    assert [row.hamlet for row in board.rows] == ["Ấp Phú Nhơn", "Ấp Quân An"]
    first, second = board.rows
    assert (first.cases, first.counts) == (2, {S.LISTED: 1, S.KEYED: 1})
    assert (second.cases, second.counts) == (1, {S.LISTED: 1, S.REMOVED: 1})
    assert (board.total.cases, board.total.reached(S.LISTED), board.total.reached(S.KEYED, S.CHECKED)) == (3, 2, 1)
    assert (board.total.late, board.survey_late, board.decision_late) == (0, False, False)
    for row in board.rows:
        assert row.hamlet_id is not None
        for at, number in row.counts.items():
            query = CaseQuery(review["review"], hamlets=(row.hamlet_id,), states=(at,))
            assert len(heads(workspace, query)) == number


def test_households_without_a_hamlet_have_a_list_of_their_own(
    workspace: Workspace, review: dict[str, UUID], make: Make
) -> None:
    here = make.hamlet()
    nowhere = CaseQuery(review["review"], hamlets=(None,))
    assert heads(workspace, nowhere) == []
    workspace.write(_lose_hamlet, review["Bình"])
    assert heads(workspace, nowhere) == ["Bình"]
    assert heads(workspace, CaseQuery(review["review"], hamlets=(here,))) == ["An", "Cúc"]
    assert set(heads(workspace, CaseQuery(review["review"], hamlets=(here, None)))) == {"An", "Cúc", "Bình"}


def _lose_hamlet(uow: UnitOfWork, case_id: UUID) -> None:
    uow.record(ReviewCase, case_id).hamlet_id = None


def test_late_is_what_is_not_surveyed_then_what_is_not_decided(workspace: Workspace, review: dict[str, UUID]) -> None:
    key(workspace, review["An"], *POOR)
    over = workspace.read(campaign_board.board, review["review"], date(2026, 12, 15))
    assert over.survey_late
    assert over.total.late == 4  # the decision was due the same day
    view = workspace.read(campaigns.view, review["review"])
    data = replace(view.data, survey_to=date(2026, 11, 1))
    workspace.write(campaigns.correct_campaign, review["review"], view.version, data)
    board = workspace.read(campaign_board.board, review["review"])
    assert (board.total.late, board.survey_late, board.decision_late) == (3, True, False)
    assert heads(workspace, CaseQuery(review["review"], late_only=True)) == ["Cúc", "Bình", "Dư"]
    assert [row.late for row in workspace.read(campaign_board.rows, [review["An"], review["Cúc"]])] == [False, True]


def test_a_household_that_is_gone_is_shown_and_never_late(workspace: Workspace, review: dict[str, UUID]) -> None:
    row = workspace.read(campaign_board.rows, [review["Dư"]])[0]
    workspace.write(households.end_household, row.household_id, 1, on=date(2026, 10, 1), reason=EndReason.MOVED)
    board = workspace.read(campaign_board.board, review["review"], date(2026, 12, 15))
    assert (board.total.gone, board.total.late) == (1, 3)
    assert heads(workspace, CaseQuery(review["review"], gone_only=True)) == ["Dư"]
    assert workspace.read(campaign_board.rows, [review["Dư"]])[0].gone


def test_the_list_is_narrowed_by_everything_the_board_shows(workspace: Workspace, review: dict[str, UUID]) -> None:
    campaign = review["review"]
    key(workspace, review["An"], *POOR)
    key(workspace, review["Bình"], *NEAR_POOR)
    key(workspace, review["Cúc"], b1=200)
    assert heads(workspace, CaseQuery(campaign)) == ["An", "Cúc", "Bình", "Dư"]
    assert heads(workspace, CaseQuery(campaign, order="name")) == ["An", "Bình", "Cúc", "Dư"]
    assert heads(workspace, CaseQuery(campaign, order="name", descending=True)) == ["Dư", "Cúc", "Bình", "An"]
    assert heads(workspace, CaseQuery(campaign, order="state"))[-1] == "Dư"
    assert heads(workspace, CaseQuery(campaign, order="class"))[0] == "Cúc"
    assert heads(workspace, CaseQuery(campaign, order="result"))[0] == "Dư"
    assert heads(workspace, CaseQuery(campaign, classes=("poor",))) == ["An"]
    assert heads(workspace, CaseQuery(campaign, openings=("near_poor",))) == ["Cúc"]
    assert heads(workspace, CaseQuery(campaign, movements=(Movement.NEAR_POOR_ESCAPED,))) == ["Cúc"]
    assert heads(workspace, CaseQuery(campaign, sources=(CaseSource.ADDED,))) == []
    assert heads(workspace, CaseQuery(campaign, changed_only=True)) == ["Cúc", "Bình"]
    assert heads(workspace, CaseQuery(campaign, text="binh")) == ["Bình"]
    assert heads(workspace, CaseQuery(campaign, text="H-00002")) == ["Cúc"]
    assert heads(workspace, CaseQuery(campaign, printed=False)) == []


def test_a_household_is_found_in_a_review_or_not(workspace: Workspace, review: dict[str, UUID], make: Make) -> None:
    other = make.household("Đỗ Thị Giàu")
    assert workspace.read(campaign_board.case_of, review["review"], other) is None
    assert workspace.read(campaign_board.rows, []) == []


def test_certificates_of_the_year_are_counted_once_printed(workspace: Workspace, make: Make) -> None:
    homes = {name: make.household(name) for name in ("Nguyễn Thị Ngưỡng", "Trần Thị Bảy", "Võ Văn Kỳ")}
    for home in homes.values():
        make.poor(home)
    results = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NONE)
    told = Review(make).open()
    told.through(dict(zip(homes.values(), results, strict=True)))
    decided = told.decide(papers=True)
    board = workspace.read(campaign_board.board, told.id)
    assert (board.total.counts, board.total.to_print, board.total.printed) == ({S.DECIDED: 3}, 2, 0)
    assert heads(workspace, CaseQuery(told.id, printed=False)) == ["Bảy", "Ngưỡng"]
    workspace.write(certificates.record_print, decided.issued[0].certificate_id)
    board = workspace.read(campaign_board.board, told.id)
    assert (board.total.printed, board.total.late) == (1, 0)
    assert len(heads(workspace, CaseQuery(told.id, printed=True))) == 1
    assert len(heads(workspace, CaseQuery(told.id, printed=False))) == 1
    assert not workspace.read(campaign_board.rows, [told.case(homes["Võ Văn Kỳ"])])[0].late
