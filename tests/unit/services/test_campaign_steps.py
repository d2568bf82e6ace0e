"""Steps of households: shown first, dated, attributed, refused as a whole, and taken back until the decision."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.permissions import Role
from casemgr.domain.reviews import CaseSource, CaseState
from casemgr.errors import ConflictError, NotAllowedError, NotFoundError, ValidationError
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_board, campaign_steps, campaigns, history, households
from casemgr.services.campaign_board import CaseQuery
from casemgr.workspace import Workspace
from tests.support.reviews import NEAR_POOR, POOR, checked, key, key_all, open_review, state
from tests.support.workspaces import Make

S = CaseState


@pytest.fixture
def campaign(workspace: Workspace, make: Make) -> UUID:
    """The yearly review with two households in Phú Nhơn and one in Quân An, none keyed."""
    for name, hamlet in (("Lê Văn An", "Phú Nhơn"), ("Đỗ Thị Cúc", "Phú Nhơn"), ("Trần Văn Bình", "Quân An")):
        make.poor(make.household(name, hamlet=hamlet))
    return open_review(workspace)


def all_cases(workspace: Workspace, campaign: UUID) -> list[UUID]:
    return list(workspace.read(campaign_board.cases, CaseQuery(campaign)))


def test_the_list_is_shown_before_a_step_is_taken(workspace: Workspace, campaign: UUID) -> None:
    first, second, third = all_cases(workspace, campaign)
    key(workspace, first, *POOR)
    key(workspace, third, *NEAR_POOR)
    shown = workspace.read(campaign_steps.preview, [first, second, third], S.CHECKED)
    assert shown.ready == (first, third)
    [(refused, reason)] = shown.refused
    assert refused == second
    assert reason
    with pytest.raises(ValidationError, match="Đỗ Thị Cúc"):
        workspace.write(campaign_steps.advance, [first, second, third], S.CHECKED, on=date(2026, 10, 20))
    assert state(workspace, first) is S.KEYED
    workspace.write(
        campaign_steps.advance, shown.ready, S.CHECKED, on=date(2026, 10, 20), note="Đã đối chiếu phiếu giấy"
    )
    assert [state(workspace, one) for one in (first, second, third)] == [S.CHECKED, S.LISTED, S.CHECKED]


def test_a_step_is_dated_attributed_and_told(workspace: Workspace, campaign: UUID) -> None:
    first, *_others = all_cases(workspace, campaign)
    workspace.write(campaign_steps.advance, [first], S.SURVEYED, on=date(2026, 10, 3), document="Giao nhận 02")
    key(workspace, first, *POOR)
    told = workspace.read(campaign_steps.history, first)
    assert [(one.previous, one.state) for one in told] == [
        (None, S.LISTED), (S.LISTED, S.SURVEYED), (S.SURVEYED, S.KEYED),
    ]  # fmt: skip
    surveyed = told[1]
    assert (surveyed.on, surveyed.document, surveyed.who) == (date(2026, 10, 3), "Giao nhận 02", "Nguyễn Thị Lan")
    assert surveyed.at is not None
    assert told[0].on == date(2026, 9, 1)


def test_a_step_lies_neither_before_the_one_before_it_nor_in_the_future(workspace: Workspace, campaign: UUID) -> None:
    first, *_others = all_cases(workspace, campaign)
    key(workspace, first, *POOR, surveyed_on=date(2026, 10, 5))
    for day in (date(2026, 10, 4), date(2026, 11, 25)):
        assert workspace.read(campaign_steps.preview, [first], S.CHECKED, day).ready == ()
        with pytest.raises(ValidationError):
            checked(workspace, first, on=day)
    checked(workspace, first, on=date(2026, 10, 5))


def test_nothing_is_posted_while_its_hamlet_has_sheets_to_key(workspace: Workspace, campaign: UUID, make: Make) -> None:
    first, second, third = all_cases(workspace, campaign)
    for one in (first, third):
        key(workspace, one, *POOR)
    checked(workspace, first, third)
    workspace.write(campaign_steps.advance, [first, third], S.VOTED, on=date(2026, 10, 25))
    assert workspace.read(campaign_steps.unkeyed, campaign) == 1
    assert workspace.read(campaign_steps.unkeyed, campaign, make.hamlet("Quân An")) == 0
    shown = workspace.read(campaign_steps.preview, [first, third], S.POSTED)
    assert shown.ready == (third,)
    assert [one.id for one in shown.refused] == [first]
    rows = workspace.read(campaign_board.rows, [second])
    workspace.write(households.end_household, rows[0].household_id, 1, on=date(2026, 10, 2), reason=EndReason.MOVED)
    assert workspace.read(campaign_steps.unkeyed, campaign) == 0  # who is gone has no sheet to key
    assert workspace.read(campaign_steps.preview, [first, third], S.POSTED).ready == (first, third)


def test_what_is_no_step_of_its_own_is_refused(workspace: Workspace, campaign: UUID) -> None:
    first, *_others = all_cases(workspace, campaign)
    for wanted in (S.LISTED, S.KEYED, S.REMOVED):
        with pytest.raises(ValidationError):
            workspace.write(campaign_steps.advance, [first], wanted, on=date(2026, 10, 5))
    with pytest.raises(ValidationError):
        workspace.write(campaign_steps.advance, [], S.SURVEYED, on=date(2026, 10, 5))
    with pytest.raises(NotFoundError):
        workspace.write(campaign_steps.advance, [campaign], S.SURVEYED, on=date(2026, 10, 5))
    with pytest.raises(ValidationError):
        workspace.write(campaign_steps.send_back, [first], " ")


def test_many_refusals_are_named_and_the_rest_counted(workspace: Workspace, make: Make) -> None:
    for number in range(13):
        make.poor(make.household(f"Nguyễn Văn {chr(65 + number)}"))
    cases = all_cases(workspace, open_review(workspace))
    with pytest.raises(ValidationError) as refused:
        checked(workspace, *cases)
    assert len(refused.value.problems) == 11
    assert "3" in refused.value.problems[-1].message


def test_a_step_of_many_is_taken_back_at_once(workspace: Workspace, campaign: UUID) -> None:
    cases = key_all(workspace, campaign, *POOR)
    checked(workspace, *cases)
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "case.step"
    workspace.write(history.undo, step.txn)
    assert {state(workspace, one) for one in cases} == {S.KEYED}
    assert [one.state for one in workspace.read(campaign_steps.history, cases[0])] == [S.LISTED, S.KEYED]


def test_sending_back_keeps_who_was_where_and_why(workspace: Workspace, campaign: UUID) -> None:
    first, *_others = all_cases(workspace, campaign)
    key(workspace, first, *POOR)
    workspace.write(campaign_steps.send_back, [first], "Phiếu thiếu chữ ký", on=date(2026, 10, 6))
    last = workspace.read(campaign_steps.history, first)[-1]
    assert (last.previous, last.state, last.note) == (S.KEYED, S.LISTED, "Phiếu thiếu chữ ký")
    step = workspace.read(history.next_undo)
    assert step is not None
    assert (step.action, step.subject) == ("case.back", "H-00001")
    workspace.write(history.undo, step.txn)
    row = workspace.read(campaign_board.rows, [first])[0]
    assert (row.state, row.result, row.b1) == (S.KEYED, HouseholdClass.POOR, 120)


def test_records_already_read_show_what_a_step_wrote(workspace: Workspace, campaign: UUID) -> None:
    first, *_others = all_cases(workspace, campaign)

    def step(uow: UnitOfWork) -> str:
        record = uow.record(ReviewCase, first)
        record.came_in = True
        campaign_steps.advance(uow, [first], S.SURVEYED, on=date(2026, 10, 5))
        record.came_in = False
        return record.state

    assert workspace.write(step) == "surveyed"


def test_the_decision_is_the_leaders_step_and_the_others_are_not(workspace: Workspace, campaign: UUID) -> None:
    first, *_others = all_cases(workspace, campaign)
    workspace.actor = replace(workspace.actor, role=Role.LEADER)
    with pytest.raises(NotAllowedError):
        workspace.write(campaign_steps.advance, [first], S.SURVEYED, on=date(2026, 10, 5))
    with pytest.raises(ValidationError):
        workspace.write(campaign_steps.advance, [first], S.DECIDED, on=date(2026, 11, 5))
    workspace.actor = replace(workspace.actor, role=Role.VIEWER)
    with pytest.raises(NotAllowedError):
        workspace.write(campaign_steps.advance, [first], S.DECIDED, on=date(2026, 11, 5))


def test_a_closed_review_takes_no_step(workspace: Workspace, make: Make) -> None:
    campaign = open_review(workspace)
    [added] = workspace.write(campaigns.add_households, campaign, [make.household("Đỗ Thị Giàu")], CaseSource.ADDED)
    workspace.write(campaigns.remove_case, added, reason="Rút đơn")
    workspace.write(campaigns.close_campaign, campaign)
    with pytest.raises(ConflictError):
        workspace.write(campaign_steps.advance, [added], S.SURVEYED, on=date(2026, 10, 5))
