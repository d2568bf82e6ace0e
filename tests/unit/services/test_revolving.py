"""Two cows handed over, a calf passed on: lots, tags, and the ledger in money and in animals."""

from dataclasses import replace
from datetime import date

import pytest

from casemgr.domain.livelihoods import AssetState, PlanState, RevolvingRules
from casemgr.domain.revolving import DutyLine, EntryKind
from casemgr.domain.support import GoodsLine, ReceiptData
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import agenda, assets, deliveries, livelihood_steps, livelihoods, revolving
from casemgr.services.assets import HandoverData
from casemgr.services.revolving import EntryData
from casemgr.workspace import Workspace
from tests.support.livelihoods import Livelihoods, cow


def fields(refused: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return [one.field for one in refused.value.problems]


def test_cows_are_shared_out_by_lot_and_every_tag_has_one_home(workspace: Workspace) -> None:
    made = Livelihoods(workspace)
    plans = [made.to(PlanState.APPROVED, made.plan()) for _number in range(3)]
    herd = [cow(f"BT-{number:03}") for number in range(6)]
    day = date(2026, 8, 25)
    drawn = workspace.write(assets.draw, plans, herd, on=day, shuffle=lambda order: order.reverse())
    assert sorted(one.data.tag for one in drawn) == [one.tag for one in herd]
    assert {plan: sum(one.livelihood_id == plan for one in drawn) for plan in plans} == dict.fromkeys(plans, 2)
    assert [one.data.tag for one in drawn if one.livelihood_id == plans[0]] == ["BT-004", "BT-005"]
    assert {one.chosen_by for one in drawn} == {"lot"}
    with pytest.raises(ValidationError) as refused:
        workspace.write(assets.draw, plans, herd[:3], on=day)
    assert fields(refused) == ["tag"]
    with pytest.raises(ValidationError) as refused:
        workspace.write(assets.draw, plans, [cow("X-1"), cow("X-2")], on=day)
    assert fields(refused) == ["animals"]


def test_a_hand_over_before_the_commitment_is_refused(workspace: Workspace) -> None:
    made = Livelihoods(workspace)
    record = made.to(PlanState.APPROVED)
    with pytest.raises(ConflictError):
        made.hand_over(record)


def test_a_hand_over_is_one_delivery_with_every_tag(workspace: Workspace) -> None:
    made = Livelihoods(workspace)
    record = made.to(PlanState.HANDED_OVER)
    home = workspace.read(livelihoods.view, record).data.household_id
    (delivery,) = workspace.read(deliveries.of_household, home)
    assert [line.specification for line in delivery.data.goods] == ["BT-001", "BT-002"]
    assert delivery.data.decision_number == "45/QĐ-UBND"
    told = workspace.read(assets.of_plan, record)
    assert {one.handed_on for one in told} == {date(2026, 9, 1)}
    assert workspace.read(livelihoods.view, record).due_on == date(2026, 10, 1)  # the first visit after a month


def test_a_calf_goes_to_the_next_household(workspace: Workspace) -> None:
    made = Livelihoods(workspace)
    first = made.to(PlanState.ACCEPTED, made.plan())
    following = made.to(PlanState.COMMITTED, made.plan())
    (duty,) = workspace.write(revolving.write_duties, first, [DutyLine(date(2026, 12, 1), animals=1, period="Bê cái")])
    made.step(first, PlanState.REVOLVING, date(2026, 11, 10))
    kept = workspace.read(livelihoods.view, first)
    with pytest.raises(ValidationError) as refused:
        made.step(first, PlanState.COMPLETED, date(2026, 11, 12))
    assert "duties" in fields(refused)
    assert "duty" in [row.kind for row in workspace.read(agenda.due)]
    assert kept.state is PlanState.REVOLVING

    mother = workspace.read(assets.of_plan, first)[0]
    calf = workspace.write(assets.born, mother.id, mother.version, cow("BT-901"), on=date(2026, 11, 15))
    back = EntryData(EntryKind.PAID, date(2026, 11, 20), animals=1, document="BN 01", asset_id=calf)
    workspace.write(revolving.enter, duty, back)
    with pytest.raises(ValidationError) as refused:
        workspace.write(revolving.enter, duty, back)
    assert fields(refused) == ["amount"]
    on = EntryData(EntryKind.PASSED_ON, date(2026, 11, 20), animals=1, document="GN 01", next_livelihood_id=following)
    workspace.write(revolving.enter, duty, on)
    version = next(one.version for one in workspace.read(assets.of_plan, first) if one.id == calf)
    workspace.write(assets.move_to, calf, version, following, on=date(2026, 11, 20))
    assert [one.data.tag for one in workspace.read(assets.of_plan, following)] == ["BT-901"]

    (line,) = workspace.read(revolving.ledger, livelihood_id=first)
    assert line.balance.settled
    assert line.balance.fund_animals == 0
    assert line.entries[1].next_head
    assert workspace.read(revolving.ledger, livelihood_id=first, open_only=True) == []
    assert "duty" not in [row.kind for row in workspace.read(agenda.due)]
    made.step(first, PlanState.COMPLETED, date(2026, 11, 22), reason="Đánh giá ở kỳ rà soát cuối năm")
    assert workspace.read(livelihoods.view, first).state is PlanState.COMPLETED


def test_money_is_never_passed_on_beyond_what_came_back(workspace: Workspace) -> None:
    made = Livelihoods(workspace)
    first = made.to(PlanState.ACCEPTED, made.plan())
    other = made.plan()
    rules = RevolvingRules("cash", 3_000, first_after_months=12, every_months=12, instalments=2)
    lines = workspace.read(revolving.propose, first, rules)
    assert [(line.due_on, line.amount) for line in lines] == [
        (date(2027, 9, 1), 5_550_000),
        (date(2028, 9, 1), 5_550_000),
    ]
    duty, _later = workspace.write(revolving.write_duties, first, lines)
    day = date(2026, 11, 20)
    workspace.write(revolving.enter, duty, EntryData(EntryKind.PAID, day, 2_000_000, document="PT 01"))
    too_much = EntryData(EntryKind.PASSED_ON, day, 2_000_001, document="PC 01", next_livelihood_id=other)
    with pytest.raises(ValidationError) as refused:
        workspace.write(revolving.enter, duty, too_much)
    assert fields(refused) == ["amount"]
    own = EntryData(EntryKind.PASSED_ON, day, 1_000_000, document="PC 01", next_livelihood_id=first)
    with pytest.raises(ValidationError) as refused:
        workspace.write(revolving.enter, duty, own)
    assert fields(refused) == ["next"]
    wrong = EntryData(EntryKind.CORRECTED, day, 500_000, document="PT 01", note="Ghi nhầm số tiền")
    workspace.write(revolving.enter, duty, wrong)
    workspace.write(revolving.enter, duty, EntryData(EntryKind.WAIVED, day, 1_000_000, document="12/QĐ-UBND"))
    view = workspace.read(revolving.ledger, livelihood_id=first)[0]
    assert (view.balance.paid, view.balance.waived, view.balance.open) == (1_500_000, 1_000_000, 3_050_000)
    with pytest.raises(ConflictError):
        workspace.write(revolving.write_duties, first, lines)


def test_two_hand_overs_together_keep_to_the_plan(workspace: Workspace) -> None:
    made = Livelihoods(workspace)
    record = made.to(PlanState.COMMITTED)
    made.hand_over(record)  # 36 of 37 million
    more = HandoverData(
        date(2026, 9, 2), ReceiptData(date(2026, 9, 2)), goods=(GoodsLine("Cám", 10, "bao", unit_price=400_000),)
    )
    with pytest.raises(ValidationError) as refused:
        workspace.write(assets.hand_over, record, more)
    assert "assets" in fields(refused)


def test_what_comes_back_can_be_handed_over_again(workspace: Workspace) -> None:
    made = Livelihoods(workspace)
    record = made.to(PlanState.COMMITTED)
    made.hand_over(record)
    home = workspace.read(livelihoods.view, record).data.household_id
    (given,) = workspace.read(deliveries.of_household, home)
    workspace.write(deliveries.give_back, given.id, given.version, on=date(2026, 9, 3), reason="Bò bệnh, trả lại")
    assert {one.handed_on for one in workspace.read(assets.of_plan, record)} == {None}
    with pytest.raises(ValidationError):
        made.step(record, PlanState.HANDED_OVER, date(2026, 9, 4))
    again = HandoverData(date(2026, 9, 5), ReceiptData(date(2026, 9, 5)), override_reason="Đổi con khác")
    workspace.write(assets.hand_over, record, again)
    assert {one.handed_on for one in workspace.read(assets.of_plan, record)} == {date(2026, 9, 5)}
    one = workspace.read(assets.of_plan, record)[0]
    with pytest.raises(ValidationError) as refused:
        workspace.write(assets.keep, record, replace(one.data, unit_price=1), asset_id=one.id, version=one.version)
    assert fields(refused) == ["unit_price"]


def test_an_animal_lost_is_not_passed_on(workspace: Workspace) -> None:
    made = Livelihoods(workspace)
    record = made.to(PlanState.HANDED_OVER)
    one = workspace.read(assets.of_plan, record)[0]
    workspace.write(assets.change_state, one.id, one.version, AssetState.MISSING, on=date(2026, 10, 1))
    gone = workspace.read(assets.of_plan, record)[0]
    with pytest.raises(ConflictError):
        workspace.write(assets.move_to, gone.id, gone.version, made.plan(), on=date(2026, 10, 2))
    with pytest.raises(ValidationError) as refused:
        workspace.write(assets.born, gone.id, gone.version, cow("BT-950"), on=date(2026, 10, 2))
    assert fields(refused) == ["mother"]


def test_a_plan_that_was_handed_over_keeps_what_was_decided(workspace: Workspace) -> None:
    made = Livelihoods(workspace)
    record = made.to(PlanState.HANDED_OVER)
    kept = workspace.read(livelihoods.view, record)
    with pytest.raises(ConflictError):
        workspace.write(livelihoods.keep, replace(kept.data, trade="crops"), livelihood_id=record, version=kept.version)
    assert workspace.read(livelihoods.view, record).data == kept.data
    assert [one.expected for one in workspace.read(livelihood_steps.moves, record)].count(True) == 1
