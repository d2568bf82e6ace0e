"""One payment, from the decision to the signature: what is refused, what is marked, and how a mistake is put right."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.dates import PartialDate
from casemgr.domain.distributions import Cause
from casemgr.domain.findings import Severity
from casemgr.domain.households import EndReason
from casemgr.domain.people import LeaveReason, Relation
from casemgr.domain.support import (
    BudgetData,
    CircumstanceData,
    DeliveryData,
    DeliveryStatus,
    EnrolmentData,
    EnrolmentStatus,
    FundSource,
    GoodsLine,
    Receipt,
    ReceiptData,
)
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import budgets, circumstances, deliveries, enrolments, households, members, programmes
from casemgr.services.deliveries import DeliveryView
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
DECIDED = date(2026, 11, 2)
RICE = GoodsLine("Gạo tẻ", 15, "kg", "loại 1", "Hạt Ngọc", "Công ty Lương thực", 16_000)
REASON = "theo đề nghị của Mặt trận"


def family(make: Make) -> tuple[UUID, UUID, UUID]:
    """A poor household: its head, born 1979, and her mother of 78; with the ids of both."""
    mother = make.person("Trần Thị Cụ", birth=PartialDate(1948, 5, 1), id_number="083148000011")
    head = make.person("Nguyễn Thị Á", id_number="083179000015")
    home = make.household(head, NewMember(mother, Relation.PARENT))
    make.poor(home)
    people = {member.person.full_name: member.person_id for member in make.view(home).members}
    make.workspace.write(circumstances.keep, CircumstanceData("pension", False, person_id=people["Trần Thị Cụ"]))
    return home, people["Nguyễn Thị Á"], people["Trần Thị Cụ"]


def gift(home: UUID, **values: object) -> DeliveryData:
    given = {"amount": 500_000, "source": FundSource.SPONSOR} | values
    return DeliveryData("QUA-XH", home, TODAY, **given)  # type: ignore[arg-type]


def allowance(home: UUID, person: UUID, **values: object) -> DeliveryData:
    given = {"amount": 500_000, "decision_number": "30/QĐ-UBND", "decision_on": DECIDED} | values
    return DeliveryData("HTXH", home, TODAY, person, **given)  # type: ignore[arg-type]


def causes(workspace: Workspace, data: DeliveryData) -> dict[Cause, Severity]:
    return {finding.cause: finding.severity for finding in workspace.read(deliveries.check, data)}


def refused(workspace: Workspace, data: DeliveryData, **options: object) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        workspace.write(deliveries.record, data, **options)  # type: ignore[arg-type]
    return {problem.field: problem.message for problem in caught.value.problems}


def shown(workspace: Workspace, one: UUID) -> DeliveryView:
    return workspace.read(deliveries.view, one)


def test_a_payment_goes_from_the_decision_over_the_hand_over_to_the_signature(workspace: Workspace, make: Make) -> None:
    home, _head, mother = family(make)
    one = workspace.write(deliveries.record, allowance(home, mother, decision_number="", decision_on=None))
    assert shown(workspace, one).status is DeliveryStatus.PLANNED
    assert shown(workspace, one).data.period == "2026-11"
    assert shown(workspace, one).data.rule.startswith("HTXH")
    with pytest.raises(ConflictError):
        workspace.write(deliveries.hand_out, one, shown(workspace, one).version)
    workspace.write(deliveries.approve, [one], number="30/QĐ-UBND", on=DECIDED)
    workspace.write(deliveries.hand_out, one, shown(workspace, one).version)
    workspace.write(
        deliveries.receive, one, shown(workspace, one).version, ReceiptData(TODAY, proof=Receipt.PAY_SERVICE)
    )
    view = shown(workspace, one)
    assert view.status is DeliveryStatus.RECEIVED
    assert view.receipt == ReceiptData(TODAY, "Trần Thị Cụ", "", "", Receipt.PAY_SERVICE)
    assert view.settled
    assert view.counts
    assert view.class_value == "poor"


def test_a_payment_before_its_decision_or_in_the_future_is_refused(workspace: Workspace, make: Make) -> None:
    home, _head, mother = family(make)
    early = allowance(home, mother, decision_on=TODAY)
    told = refused(workspace, replace(early, on=date(2026, 11, 20)))
    assert "24/11/2026" in told[Cause.EARLY.value]
    assert "decision_number" in refused(
        workspace, allowance(home, mother, decision_number="", decision_on=None), receipt=ReceiptData(TODAY)
    )
    assert "on" in refused(workspace, replace(gift(home), on=date(2026, 12, 24)), handed_out=True)
    assert "decision_on" in refused(workspace, allowance(home, mother, decision_on=None))
    assert "amount" in refused(workspace, gift(home, amount=0))


def test_who_died_or_left_gets_nothing(workspace: Workspace, make: Make) -> None:
    home, _head, mother = family(make)
    member = next(one for one in make.view(home).members if one.person_id == mother)
    workspace.write(
        members.leave,
        member.membership_id,
        member.membership_version,
        on=date(2026, 11, 10),
        reason=LeaveReason.DIED,
    )
    assert "10/11/2026" in refused(workspace, allowance(home, mother))[Cause.DIED.value]
    other = make.household(make.person("Lê Văn Bình"), NewMember(make.person("Lê Văn Em"), Relation.CHILD))
    child = next(one for one in make.view(other).members if one.relation is Relation.CHILD)
    workspace.write(
        members.leave, child.membership_id, child.membership_version, on=date(2026, 11, 1), reason=LeaveReason.MOVED
    )
    assert causes(workspace, gift(other, person_id=child.person_id)) == {Cause.LEFT: Severity.REFUSE}
    assert causes(workspace, gift(other, person_id=mother)) == {Cause.NOT_MEMBER: Severity.REFUSE}
    view = make.view(other)
    workspace.write(households.end_household, other, view.version, on=date(2026, 11, 5), reason=EndReason.MOVED)
    assert causes(workspace, gift(other)) == {Cause.LEFT: Severity.REFUSE}


def test_the_funeral_of_who_died_is_paid_to_the_household(workspace: Workspace, make: Make) -> None:
    home, _head, mother = family(make)
    member = next(one for one in make.view(home).members if one.person_id == mother)
    workspace.write(
        members.leave, member.membership_id, member.membership_version, on=date(2026, 11, 10), reason=LeaveReason.DIED
    )
    found = causes(workspace, DeliveryData("MTP", home, TODAY, mother, amount=10_000_000, rule="MTP"))
    assert Cause.DIED not in found


def test_the_same_month_is_paid_once_and_the_next_month_again(workspace: Workspace, make: Make) -> None:
    home, _head, mother = family(make)
    workspace.write(deliveries.record, allowance(home, mother), receipt=ReceiptData(TODAY))
    told = refused(workspace, allowance(home, mother))
    assert "24/11/2026" in told[Cause.TWICE.value]
    assert told[Cause.TWICE.value].endswith(")")  # with the text it rests on
    assert causes(workspace, replace(allowance(home, mother), period="2026-Q4"))[Cause.TWICE] is Severity.REFUSE
    later = replace(allowance(home, mother), period="2026-10", on=date(2026, 11, 23))
    assert Cause.TWICE not in causes(workspace, later)


def test_a_sum_above_the_rule_is_marked_or_refused_as_the_rule_says(workspace: Workspace, make: Make) -> None:
    home, _head, mother = family(make)
    marked = allowance(home, mother, amount=650_000)
    assert causes(workspace, marked) == {Cause.CAP: Severity.WARN}  # a province may have set a higher figure
    assert "override_reason" in refused(workspace, marked)
    workspace.write(deliveries.record, replace(marked, override_reason="Nghị quyết của HĐND tỉnh: 650.000 đồng"))
    cap = DeliveryData("NHA-DA5", home, TODAY, rule="NHA-DA5-MOI", amount=40_000_001)
    assert causes(workspace, cap)[Cause.CAP] is Severity.REFUSE
    assert Cause.CAP not in causes(workspace, replace(cap, amount=40_000_000))
    quarter = allowance(home, mother, amount=1_500_000, period="2027-Q1")
    assert causes(workspace, quarter) == {}


def test_parts_of_a_staged_payment_add_up_to_the_cap(workspace: Workspace, make: Make) -> None:
    home, _head, _mother = family(make)
    first = DeliveryData(
        "NHA-DA5",
        home,
        TODAY,
        rule="NHA-DA5-MOI",
        amount=28_000_000,
        stage="foundation",
        decision_number="7/QĐ-UBND",
        decision_on=DECIDED,
        override_reason=REASON,
    )
    assert Severity.REFUSE not in causes(workspace, first).values()
    workspace.write(deliveries.record, first)
    second = replace(first, amount=12_000_000, stage="completion")
    assert Cause.CAP not in causes(workspace, second)
    assert causes(workspace, replace(second, amount=12_000_001))[Cause.CAP] is Severity.REFUSE
    assert causes(workspace, replace(second, stage="foundation"))[Cause.TWICE] is Severity.WARN


def test_who_is_not_entitled_by_a_certain_rule_is_refused_with_its_citation(workspace: Workspace, make: Make) -> None:
    home, head, _mother = family(make)
    told = refused(workspace, allowance(home, head))
    assert "176/2025" in told[Cause.NOT_ENTITLED.value]


def test_an_uncertain_rule_never_refuses(workspace: Workspace, make: Make) -> None:
    home, head, _mother = family(make)
    for rule in ("HTXH-75", "HTXH-70"):
        content = workspace.read(programmes.content, "rule", rule)
        workspace.write(programmes.keep, "rule", content | {"certainty": "U"})
    found = causes(workspace, allowance(home, head))
    assert Severity.REFUSE not in found.values()
    assert found
    one = workspace.write(deliveries.record, replace(allowance(home, head), override_reason=REASON))
    assert shown(workspace, one).data.override_reason == REASON


def test_of_two_allowances_the_lower_is_refused_and_the_higher_asks_to_end_the_other(
    workspace: Workspace, make: Make
) -> None:
    home, _head, mother = family(make)
    workspace.write(
        enrolments.keep_enrolment,
        EnrolmentData(
            "TCXH",
            home,
            mother,
            EnrolmentStatus.RUNNING,
            decision_number="5/QĐ-UBND",
            decision_on=date(2026, 1, 5),
            from_on=date(2026, 1, 5),
            amount=750_000,
        ),
    )
    assert causes(workspace, allowance(home, mother))[Cause.OVERLAP] is Severity.REFUSE
    assert causes(workspace, allowance(home, mother, amount=800_000))[Cause.OVERLAP] is Severity.WARN


def test_an_exhausted_or_wrong_budget_is_refused(workspace: Workspace, make: Make) -> None:
    home, _head, mother = family(make)
    small = workspace.write(budgets.keep_budget, BudgetData(2026, "HTXH", FundSource.CENTRAL, 700_000))
    other = workspace.write(budgets.keep_budget, BudgetData(2026, "DIEN", FundSource.CENTRAL, 9_000_000))
    data = allowance(home, mother, budget_id=small)
    one = workspace.write(deliveries.record, data, receipt=ReceiptData(TODAY))
    assert [(view.spent, view.left) for view in workspace.read(budgets.budgets, 2026, programme="HTXH")] == [
        (500_000, 200_000)
    ]
    again = replace(data, period="2026-10")
    assert causes(workspace, again)[Cause.BUDGET] is Severity.REFUSE
    assert causes(workspace, replace(again, budget_id=other))[Cause.BUDGET] is Severity.REFUSE
    workspace.write(deliveries.give_back, one, shown(workspace, one).version, on=TODAY, reason="Chi nhầm người")
    assert Cause.BUDGET not in causes(workspace, again)
    with pytest.raises(ValidationError):
        workspace.write(budgets.remove_budget, small, workspace.read(budgets.budget, small).version)
    workspace.write(budgets.remove_budget, other, workspace.read(budgets.budget, other).version)
    wrong = BudgetData(1926, "KHONG-CO", FundSource.CENTRAL, 0)
    with pytest.raises(ValidationError) as caught:
        workspace.write(budgets.keep_budget, wrong)
    assert {problem.field for problem in caught.value.problems} == {"year", "programme", "amount"}
    best = workspace.read(budgets.fitting, "HTXH", FundSource.CENTRAL, 2026)
    assert [view.id for view in best] == [small]


def test_a_received_entry_is_put_right_by_a_new_one_and_stays_as_it_was(workspace: Workspace, make: Make) -> None:
    home, _head, _mother = family(make)
    one = workspace.write(deliveries.record, gift(home, goods=(RICE,)), receipt=ReceiptData(TODAY))
    before = shown(workspace, one)
    with pytest.raises(ConflictError):
        workspace.write(deliveries.change, one, before.version, gift(home, amount=1))
    more = replace(RICE, quantity=10)
    fixed = workspace.write(deliveries.correct, one, on=TODAY, reason="Ghi nhầm số", amount=450_000, goods=[more])
    assert shown(workspace, one) == before
    entry = shown(workspace, fixed)
    assert entry.corrects_id == one
    assert entry.data.amount == -50_000
    assert entry.data.goods == (replace(RICE, quantity=-5),)
    entries = workspace.read(deliveries.of_household, home)
    assert sum(view.worth for view in entries if view.counts) == 450_000 + 10 * 16_000
    for change in ({"amount": 450_000}, {"amount": -1}, {"goods": [GoodsLine("", 2)]}):
        with pytest.raises(ValidationError):
            workspace.write(deliveries.correct, one, on=TODAY, reason="Ghi nhầm", **change)
    with pytest.raises(ConflictError):
        workspace.write(deliveries.correct, fixed, on=TODAY, reason="Ghi nhầm", amount=1)
    with pytest.raises(ValidationError):
        workspace.write(deliveries.correct, one, on=TODAY, reason=" ", amount=1)
    with pytest.raises(ValidationError):
        workspace.write(deliveries.correct, one, on=date(2027, 1, 1), reason="Ghi nhầm", amount=1)


def test_what_comes_back_is_an_entry_of_its_own_and_only_once(workspace: Workspace, make: Make) -> None:
    home, _head, _mother = family(make)
    one = workspace.write(deliveries.record, gift(home, goods=(RICE,)), receipt=ReceiptData(TODAY))
    workspace.write(deliveries.correct, one, on=TODAY, reason="Ghi nhầm", amount=400_000)
    version = shown(workspace, one).version
    back = workspace.write(deliveries.give_back, one, version, on=TODAY, reason="Gia đình trả lại")
    assert shown(workspace, back).worth == -(400_000 + RICE.value)
    assert sum(view.worth for view in workspace.read(deliveries.of_household, home) if view.counts) == 0
    with pytest.raises(ConflictError):
        workspace.write(deliveries.give_back, one, version, on=TODAY, reason="Gia đình trả lại")
    with pytest.raises(ConflictError):
        workspace.write(deliveries.correct, one, on=TODAY, reason="Ghi nhầm", amount=1)
    assert Cause.TWICE not in causes(workspace, gift(home))


def test_what_was_handed_out_and_not_signed_for_goes_back_in_place(workspace: Workspace, make: Make) -> None:
    home, _head, _mother = family(make)
    one = workspace.write(deliveries.record, gift(home), handed_out=True)
    view = shown(workspace, one)
    with pytest.raises(ConflictError):
        workspace.write(deliveries.cancel, one, view.version, reason="Thôi")
    with pytest.raises(ValidationError):
        workspace.write(deliveries.give_back, one, view.version, on=date(2026, 11, 1), reason="Không nhận")
    assert workspace.write(deliveries.give_back, one, view.version, on=TODAY, reason="Không nhận") == one
    assert shown(workspace, one).status is DeliveryStatus.RETURNED
    assert not shown(workspace, one).counts
    with pytest.raises(ConflictError):
        workspace.write(deliveries.give_back, one, shown(workspace, one).version, on=TODAY, reason="Không nhận")


def test_a_plan_may_be_changed_or_cancelled(workspace: Workspace, make: Make) -> None:
    home, _head, _mother = family(make)
    one = workspace.write(deliveries.record, gift(home))
    workspace.write(deliveries.change, one, shown(workspace, one).version, gift(home, amount=300_000))
    assert shown(workspace, one).worth == 300_000
    with pytest.raises(ValidationError):
        workspace.write(deliveries.cancel, one, shown(workspace, one).version, reason=" ")
    workspace.write(deliveries.cancel, one, shown(workspace, one).version, reason="Nhà tài trợ hoãn")
    assert shown(workspace, one).status is DeliveryStatus.CANCELLED
    assert Cause.TWICE not in causes(workspace, gift(home))


def test_somebody_else_collects_only_with_a_written_authorisation(workspace: Workspace, make: Make) -> None:
    home, _head, mother = family(make)
    one = workspace.write(deliveries.record, allowance(home, mother))
    version = shown(workspace, one).version
    with pytest.raises(ValidationError) as caught:
        workspace.write(deliveries.receive, one, version, ReceiptData(TODAY, "Nguyễn Thị Á"))
    assert "Nguyễn Thị Á" in str(caught.value)
    with pytest.raises(ValidationError):
        workspace.write(deliveries.receive, one, version, ReceiptData(date(2026, 11, 1)))
    with pytest.raises(ValidationError):
        workspace.write(deliveries.receive, one, version, ReceiptData(date(2026, 12, 1)))
    workspace.write(deliveries.receive, one, version, ReceiptData(TODAY, "Nguyễn Thị Á", "", "GUQ 20/11/2026"))
    receipt = shown(workspace, one).receipt
    assert receipt is not None
    assert receipt.by_name == "Nguyễn Thị Á"
    assert receipt.by_relation
    with pytest.raises(ConflictError):
        workspace.write(deliveries.receive, one, version, ReceiptData(TODAY))


def test_works_and_groups_ask_for_the_right_beneficiary(workspace: Workspace, make: Make) -> None:
    home, _head, _mother = family(make)
    assert causes(workspace, DeliveryData("HTXH", home, TODAY, amount=500_000)) == {Cause.UNIT: Severity.REFUSE}
    assert causes(workspace, DeliveryData("CT-HT", home, TODAY, amount=500_000)) == {Cause.UNIT: Severity.REFUSE}
