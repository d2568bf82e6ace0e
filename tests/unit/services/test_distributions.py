"""A pay-out for a list, as the officer lives it: who is on it and why not, amounts, decision, ticks, a wrong batch."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.distributions import Cause, DistributionData, DistributionStatus
from casemgr.domain.findings import Severity
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.people import Relation
from casemgr.domain.support import (
    BudgetData,
    DeliveryData,
    DeliveryStatus,
    FundSource,
    GoodsLine,
    Receipt,
    ReceiptData,
)
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import budgets, deliveries, distributions, history, households
from casemgr.services.distributions import DistributionView, Proposal
from casemgr.services.households import HouseholdQuery
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
DECIDED = date(2026, 11, 20)
POWER = DistributionData("Hỗ trợ tiền điện quý IV năm 2026", "DIEN", TODAY, source=FundSource.PROVINCE)
GIFTS = DistributionData("Quà Tết 2027", "QUA-XH", TODAY, source=FundSource.SPONSOR, place="Nhà văn hóa ấp Phú Nhơn")
RICE = GoodsLine("Gạo tẻ", 15, "kg", "loại 1, 5 % tấm", "Hạt Ngọc", "Công ty Lương thực", 16_000)


def home(make: Make, name: str, number: str | None, *, hamlet: str = "Phú Nhơn", poor: bool = True) -> UUID:
    found = make.household(make.person(name, id_number=number), hamlet=hamlet)
    if poor:
        make.poor(found)
    return found


def four(make: Make) -> list[UUID]:
    """Three poor households and one that is on no list; one of them has no identity number."""
    return [
        home(make, "Nguyễn Thị Á", "083179000015"),
        home(make, "Lê Văn Bình", "083079000023", hamlet="Quân An"),
        home(make, "Trần Thị Cúc", None),
        home(make, "Phạm Văn Dũng", "083079000041", poor=False),
    ]


def proposed(workspace: Workspace, data: DistributionData = POWER, **given: object) -> Proposal:
    return workspace.read(distributions.propose, data, HouseholdQuery(), **given)  # type: ignore[arg-type]


def made(workspace: Workspace, data: DistributionData = POWER, **given: object) -> UUID:
    found = proposed(workspace, data, **given)
    rows = [row.data("có xác nhận của ấp" if row.findings else "") for row in found.rows]
    return workspace.write(distributions.make, found.data, rows, excluded=found.excluded)


def shown(workspace: Workspace, one: UUID) -> DistributionView:
    return workspace.read(distributions.view, one)


def approved(workspace: Workspace, data: DistributionData = POWER, **given: object) -> UUID:
    one = made(workspace, data, **given)
    view = shown(workspace, one)
    workspace.write(distributions.approve, one, view.version, number="128/QĐ-UBND", on=DECIDED)
    return one


def messages(error: ValidationError) -> str:
    return " | ".join(problem.message for problem in error.problems)


def test_the_list_holds_who_is_entitled_with_the_sum_of_the_rule_and_says_why_others_are_left_out(
    workspace: Workspace, make: Make
) -> None:
    four(make)
    found = proposed(workspace)
    assert [(row.name, row.id_number) for row in found.rows] == [
        ("Nguyễn Thị Á", "083179000015"),
        ("Lê Văn Bình", "083079000023"),
    ]
    assert found.data.period == "2026-Q4"
    assert len({row.amount for row in found.rows}) == 1
    assert found.rows[0].amount > 0
    assert found.total == sum(row.amount for row in found.rows)
    why = {one.name: [finding.cause for finding in one.findings] for one in found.excluded}
    assert why["Trần Thị Cúc"] == [Cause.NUMBER]
    assert why["Phạm Văn Dũng"] == [Cause.NOT_ENTITLED]
    number = next(one for one in found.excluded if one.name == "Trần Thị Cúc")
    assert "60/2026/TT-BTC" in number.reason


def test_only_the_hamlets_asked_for_are_on_the_list(workspace: Workspace, make: Make) -> None:
    four(make)
    query = HouseholdQuery(hamlets=(make.hamlet("Quân An"),), classes=(HouseholdClass.POOR.value,))
    found = workspace.read(distributions.propose, POWER, query)
    assert [row.name for row in found.rows] == ["Lê Văn Bình"]
    assert not found.excluded


def test_who_received_in_the_same_period_is_left_out_the_next_time(workspace: Workspace, make: Make) -> None:
    four(make)
    approved(workspace)
    again = proposed(workspace)
    assert not again.rows
    causes = {one.name: one.findings[0].cause for one in again.excluded}
    assert causes["Nguyễn Thị Á"] is Cause.TWICE
    text = next(one.reason for one in again.excluded if one.name == "Nguyễn Thị Á")
    assert "24/11/2026" in text
    assert "28/2014" in text


def test_the_next_quarter_is_another_period(workspace: Workspace, make: Make) -> None:
    four(make)
    approved(workspace)
    later = proposed(
        workspace, DistributionData("Quý I năm 2027", "DIEN", date(2027, 1, 5), source=FundSource.PROVINCE)
    )
    assert {row.name for row in later.rows} == {"Nguyễn Thị Á", "Lê Văn Bình"}
    assert all(one.findings[0].cause is not Cause.TWICE for one in later.excluded)


def test_a_row_forced_in_against_the_rule_refuses_the_list_and_names_the_row(workspace: Workspace, make: Make) -> None:
    homes = four(make)
    found = proposed(workspace)
    stranger = found.rows[0].data()
    rows = [stranger, type(stranger)(homes[3], amount=100_000)]
    with pytest.raises(ValidationError) as caught:
        workspace.write(distributions.make, found.data, rows)
    assert caught.value.problems[0].field == "rows.1"
    assert messages(caught.value).startswith("Dòng 2") or "Row 2" in messages(caught.value)
    assert not workspace.read(distributions.find)


def test_the_same_household_twice_on_one_list_is_refused(workspace: Workspace, make: Make) -> None:
    four(make)
    found = proposed(workspace)
    with pytest.raises(ValidationError) as caught:
        workspace.write(distributions.make, found.data, [found.rows[0].data(), found.rows[0].data()])
    assert caught.value.problems[0].field == "rows.1"


def test_amounts_pasted_from_excel_are_all_set_or_none(workspace: Workspace, make: Make) -> None:
    four(make)
    one = made(workspace, GIFTS, amount=500_000)
    rows = workspace.read(distributions.rows, one)
    assert len(rows) == 4  # gifts need no class, and a missing number only a reason
    wanted = {row.id: 300_000 + place * 50_000 for place, row in enumerate(rows)}
    workspace.write(distributions.set_amounts, one, shown(workspace, one).version, wanted)
    now = {row.id: row.amount for row in workspace.read(distributions.rows, one)}
    assert now == wanted
    bad = dict.fromkeys(wanted, 100_000) | {rows[2].id: -5}
    with pytest.raises(ValidationError) as caught:
        workspace.write(distributions.set_amounts, one, shown(workspace, one).version, bad)
    assert caught.value.problems[0].field == str(rows[2].id)
    assert {row.id: row.amount for row in workspace.read(distributions.rows, one)} == wanted


def test_goods_name_quantity_brand_and_price_and_are_worth_their_sum(workspace: Workspace, make: Make) -> None:
    four(make)
    one = made(workspace, GIFTS, goods=[RICE])
    row = workspace.read(distributions.rows, one)[0]
    assert row.goods == (RICE,)
    assert row.worth == 240_000
    oil = GoodsLine("Dầu ăn", 2, "chai", "1 lít", "An Lành", "Nhà máy Dầu", 45_000)
    workspace.write(distributions.set_amounts, one, shown(workspace, one).version, {row.id: [RICE, oil]})
    assert workspace.read(distributions.rows, one)[0].worth == 330_000
    nameless = [GoodsLine("", 3)]
    with pytest.raises(ValidationError):
        workspace.write(distributions.set_amounts, one, shown(workspace, one).version, {row.id: nameless})


def test_a_list_of_public_money_is_approved_only_by_a_decision_that_is_not_later(
    workspace: Workspace, make: Make
) -> None:
    four(make)
    one = made(workspace)
    version = shown(workspace, one).version
    for number, on in (("", DECIDED), ("128/QĐ-UBND", date(2026, 11, 25))):
        with pytest.raises(ValidationError):
            workspace.write(distributions.approve, one, version, number=number, on=on)
    with pytest.raises(ConflictError):
        workspace.write(distributions.receive_many, one, version, {})
    workspace.write(distributions.approve, one, version, number="128/QĐ-UBND", on=DECIDED)
    view = shown(workspace, one)
    assert view.status is DistributionStatus.APPROVED
    assert {row.status for row in workspace.read(distributions.rows, one)} == {DeliveryStatus.APPROVED}
    with pytest.raises(ConflictError):
        workspace.write(distributions.set_amounts, one, view.version, {})


def test_a_beneficiary_who_died_since_stops_the_decision_until_the_row_is_removed(
    workspace: Workspace, make: Make
) -> None:
    homes = four(make)
    one = made(workspace)
    view = make.view(homes[0])
    workspace.write(households.end_household, homes[0], view.version, on=date(2026, 11, 22), reason=EndReason.DIED_OUT)
    with pytest.raises(ValidationError) as caught:
        workspace.write(distributions.approve, one, shown(workspace, one).version, number="1/QĐ-UBND", on=DECIDED)
    assert "22/11/2026" in messages(caught.value)
    row = next(row for row in workspace.read(distributions.rows, one) if row.household_id == homes[0])
    assert caught.value.problems[0].field == str(row.id)
    workspace.write(distributions.remove_rows, one, shown(workspace, one).version, [row.id])
    workspace.write(distributions.approve, one, shown(workspace, one).version, number="1/QĐ-UBND", on=DECIDED)
    assert len(workspace.read(distributions.rows, one)) == 1


def test_who_collected_is_ticked_and_a_representative_needs_a_written_authorisation(
    workspace: Workspace, make: Make
) -> None:
    child = make.person("Nguyễn Văn Em")
    first = make.household(make.person(id_number="083179000015"), NewMember(child, Relation.CHILD))
    make.poor(first)
    home(make, "Lê Văn Bình", "083079000023")
    one = approved(workspace)
    mine, other = workspace.read(distributions.rows, one)
    if mine.household_id != first:
        mine, other = other, mine
    version = shown(workspace, one).version
    by_child = ReceiptData(TODAY, "Nguyễn Văn Em")
    with pytest.raises(ValidationError) as caught:
        workspace.write(distributions.receive_many, one, version, {mine.id: by_child, other.id: ReceiptData(TODAY)})
    assert [problem.field for problem in caught.value.problems] == [str(mine.id)]
    assert "ủy quyền" in messages(caught.value) or "authorisation" in messages(caught.value)
    assert shown(workspace, one).progress.received == 0  # nothing half done
    ticks = {
        mine.id: ReceiptData(TODAY, "Nguyễn Văn Em", authorisation="GUQ 23/11/2026", proof=Receipt.FINGERPRINT),
    }
    workspace.write(distributions.receive_many, one, version, ticks)
    progress = shown(workspace, one).progress
    assert (progress.total, progress.received, progress.left) == (2, 1, 1)
    row = next(row for row in workspace.read(distributions.rows, one) if row.id == mine.id)
    assert (row.received_by, row.authorisation, row.proof) == (
        "Nguyễn Văn Em",
        "GUQ 23/11/2026",
        Receipt.FINGERPRINT,
    )
    assert row.received_relation
    workspace.write(distributions.receive_many, one, shown(workspace, one).version, {other.id: ReceiptData(TODAY)})
    assert shown(workspace, one).status is DistributionStatus.DONE
    with pytest.raises(ValidationError):
        workspace.write(distributions.receive_many, one, shown(workspace, one).version, {other.id: ReceiptData(TODAY)})


def test_what_nobody_collected_goes_back_and_the_household_may_have_it_later(workspace: Workspace, make: Make) -> None:
    four(make)
    one = approved(workspace)
    rows = workspace.read(distributions.rows, one)
    workspace.write(distributions.receive_many, one, shown(workspace, one).version, {rows[0].id: ReceiptData(TODAY)})
    version = shown(workspace, one).version
    with pytest.raises(ConflictError):
        workspace.write(distributions.not_collected, one, version, [rows[0].id], reason="Không đến")
    workspace.write(distributions.not_collected, one, version, [rows[1].id], reason="Không đến")
    view = shown(workspace, one)
    assert view.status is DistributionStatus.DONE
    assert view.progress.rows[DeliveryStatus.RETURNED] == 1
    assert [row.household_id for row in proposed(workspace).rows] == [rows[1].household_id]


def test_a_wrong_batch_is_cancelled_in_one_step_and_the_step_can_be_taken_back(
    workspace: Workspace, make: Make
) -> None:
    four(make)
    one = approved(workspace)
    before = workspace.read(distributions.rows, one)
    back = workspace.write(
        distributions.cancel, one, shown(workspace, one).version, on=TODAY, reason="Lập nhầm danh sách"
    )
    assert back == 0
    assert {row.status for row in workspace.read(distributions.rows, one)} == {DeliveryStatus.CANCELLED}
    assert len(proposed(workspace).rows) == 2
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "distribution.cancel"
    workspace.write(history.undo, step.txn)
    assert shown(workspace, one).status is DistributionStatus.APPROVED
    assert [(row.id, row.status) for row in workspace.read(distributions.rows, one)] == [
        (row.id, row.status) for row in before
    ]


def test_what_was_received_of_a_wrong_batch_comes_back_by_entries_of_its_own(workspace: Workspace, make: Make) -> None:
    homes = four(make)
    one = approved(workspace)
    rows = workspace.read(distributions.rows, one)
    workspace.write(distributions.receive_many, one, shown(workspace, one).version, {rows[0].id: ReceiptData(TODAY)})
    back = workspace.write(distributions.cancel, one, shown(workspace, one).version, on=TODAY, reason="Chi nhầm")
    assert back == 1
    entries = workspace.read(deliveries.of_household, rows[0].household_id)
    assert sum(entry.worth for entry in entries if entry.counts) == 0
    assert [entry.status for entry in entries if entry.corrects_id is None] == [DeliveryStatus.RECEIVED]
    assert shown(workspace, one).progress.rows[DeliveryStatus.RETURNED] == 1
    assert homes[0] in {row.household_id for row in proposed(workspace).rows}


def test_a_budget_is_taken_row_by_row_until_it_is_used_up(workspace: Workspace, make: Make) -> None:
    four(make)
    amount = proposed(workspace).rows[0].amount
    budget = workspace.write(
        budgets.keep_budget, BudgetData(2026, "DIEN", FundSource.PROVINCE, amount + 1, "QĐ 12/QĐ-UBND")
    )
    data = DistributionData("Tiền điện", "DIEN", TODAY, source=FundSource.PROVINCE, budget_id=budget)
    found = proposed(workspace, data)
    rows = [row.data() for row in found.rows]
    with pytest.raises(ValidationError) as caught:
        workspace.write(distributions.make, found.data, rows)
    assert caught.value.problems[0].field == "rows.1"
    one = workspace.write(distributions.make, found.data, rows[:1])
    view = workspace.read(budgets.budgets, 2026)[0]
    assert (view.spent, view.planned, view.left) == (0, amount, 1)
    workspace.write(distributions.approve, one, shown(workspace, one).version, number="9/QĐ-UBND", on=DECIDED)
    row = workspace.read(distributions.rows, one)[0]
    workspace.write(distributions.receive_many, one, shown(workspace, one).version, {row.id: ReceiptData(TODAY)})
    view = workspace.read(budgets.budgets, 2026)[0]
    assert (view.spent, view.planned, view.left) == (amount, 0, 1)
    with pytest.raises(ValidationError):
        workspace.write(
            budgets.keep_budget,
            BudgetData(2026, "DIEN", FundSource.PROVINCE, amount - 1),
            budget_id=budget,
            version=view.version,
        )


def test_a_programme_for_people_lists_people_and_says_who_of_a_household_is_not_entitled(
    workspace: Workspace, make: Make
) -> None:
    old = make.person("Nguyễn Văn Cụ", birth=PartialDate(1948, 1, 2), id_number="083048000012")
    first = make.household(old)
    second = home(make, "Lê Văn Bình", "083079000023")
    data = DistributionData("Hưu trí xã hội tháng 11", "HTXH", TODAY)
    found = proposed(workspace, data)
    named = {row.household_id for row in found.rows} | {one.household_id for one in found.excluded if one.person_id}
    assert first in named
    assert second in {one.household_id for one in found.excluded}
    assert all(one.reason for one in found.excluded)
    assert found.data.period == "2026-11"


def test_all_lists_are_found_by_year_and_state(workspace: Workspace, make: Make) -> None:
    four(make)
    one = made(workspace)
    row = workspace.read(distributions.find)[0]
    assert (row.id, row.rows, row.received) == (one, 2, 0)
    assert row.sum == shown(workspace, one).progress.sum
    assert not workspace.read(distributions.find, year=2025)
    assert not workspace.read(distributions.find, statuses=(DistributionStatus.DONE,))


def test_a_single_delivery_is_checked_like_a_row(workspace: Workspace, make: Make) -> None:
    homes = four(make)
    young = make.view(homes[3]).members[0].person_id
    found = workspace.read(deliveries.check, DeliveryData("HTXH", homes[3], TODAY, young, amount=500_000))
    assert found[0].cause is Cause.NOT_ENTITLED
    assert found[0].severity is Severity.REFUSE
    assert found[0].citation
