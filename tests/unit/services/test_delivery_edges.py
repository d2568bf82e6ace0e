"""The rarer days of a pay-out: what is refused at the edges, each with its reason."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from casemgr.domain.distributions import Cause, DistributionData, DistributionStatus, RowData
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
    ReceiptData,
)
from casemgr.errors import ConflictError, NotFoundError, ValidationError
from casemgr.services import (
    budgets,
    circumstances,
    deliveries,
    distribution_papers,
    distributions,
    enrolments,
    households,
    members,
    support_confirmations,
)
from casemgr.services.households import HouseholdQuery
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
EARLY = date(2026, 11, 1)
GIFTS = DistributionData("Quà Tết", "QUA-XH", TODAY, source=FundSource.SPONSOR, override_reason="đã xác minh")


def gift(home: UUID, **values: object) -> DeliveryData:
    given = {"amount": 500_000, "source": FundSource.SPONSOR} | values
    return DeliveryData("QUA-XH", home, TODAY, **given)  # type: ignore[arg-type]


def causes(workspace: Workspace, data: DeliveryData) -> dict[Cause, Severity]:
    return {finding.cause: finding.severity for finding in workspace.read(deliveries.check, data)}


def version(workspace: Workspace, one: UUID) -> int:
    return workspace.read(distributions.view, one).version


def made(workspace: Workspace, make: Make, names: tuple[str, ...] = ("Nguyễn Thị Á", "Lê Văn Bình")) -> UUID:
    for name in names:
        make.household(name)
    found = workspace.read(distributions.propose, GIFTS, HouseholdQuery(), amount=500_000)
    return workspace.write(distributions.make, found.data, [row.data() for row in found.rows])


def told(error: ValidationError) -> set[str]:
    return {problem.field for problem in error.problems}


def test_a_list_without_name_programme_or_rows_is_not_made(workspace: Workspace, make: Make) -> None:
    home = make.household()
    for data, rows, fields in (
        (replace(GIFTS, title=" "), [RowData(home, amount=1)], {"title"}),
        (replace(GIFTS, programme="KHONG-CO"), [RowData(home, amount=1)], {"programme"}),
        (GIFTS, [], {"rows"}),
        (GIFTS, [RowData(home)], {"rows.0"}),
        (GIFTS, [RowData(home, goods=(GoodsLine("Gạo", 0),))], {"rows.0"}),
    ):
        with pytest.raises(ValidationError) as caught:
            workspace.write(distributions.make, data, rows)
        assert told(caught.value) == fields


def test_a_list_being_prepared_is_corrected_with_its_rows_and_grows(workspace: Workspace, make: Make) -> None:
    one = made(workspace, make)
    budget = workspace.write(budgets.keep_budget, BudgetData(2026, "QUA-XH", FundSource.SPONSOR, 9_000_000))
    later = replace(GIFTS, title="Quà Tết dương lịch", on=date(2026, 12, 28), budget_id=budget, place="Trụ sở")
    workspace.write(distributions.correct, one, version(workspace, one), later)
    view = workspace.read(distributions.view, one)
    assert (view.data.title, view.data.on, view.data.place) == ("Quà Tết dương lịch", date(2026, 12, 28), "Trụ sở")
    assert view.budget is not None
    assert view.budget.planned == 1_000_000
    entry = workspace.read(deliveries.view, workspace.read(distributions.rows, one)[0].id)
    assert (entry.data.on, entry.data.budget_id) == (date(2026, 12, 28), budget)
    for wrong in (replace(later, programme="QVNN"), replace(later, title="")):
        with pytest.raises(ValidationError):
            workspace.write(distributions.correct, one, version(workspace, one), wrong)
    third = make.household("Trần Thị Cúc")
    row = RowData(third, amount=200_000, override_reason="đã xác minh")
    workspace.write(distributions.add_rows, one, version(workspace, one), [row])
    assert workspace.read(distributions.view, one).progress.sum == 1_200_000
    with pytest.raises(ValidationError):
        workspace.write(distributions.remove_rows, one, version(workspace, one), [uuid4()])
    with pytest.raises(ValidationError):
        workspace.write(distributions.set_amounts, one, version(workspace, one), {uuid4(): 1})
    rows = workspace.read(distributions.rows, one)
    workspace.write(
        distributions.set_amounts, one, version(workspace, one), {}, reasons={rows[0].id: "Hộ mới chuyển về"}
    )
    reasons = {row.id: row.override_reason for row in workspace.read(distributions.rows, one)}
    assert reasons[rows[0].id] == "Hộ mới chuyển về"
    assert [row.id for row in workspace.read(distributions.find, programme="QUA-XH")] == [one]
    assert not workspace.read(distributions.find, programme="QVNN")


def test_rows_are_handed_out_before_the_signatures_come_and_a_cancel_brings_them_back(
    workspace: Workspace, make: Make
) -> None:
    one = made(workspace, make)
    workspace.write(distributions.approve, one, version(workspace, one), number="", on=TODAY)
    first, second = workspace.read(distributions.rows, one)
    workspace.write(distributions.hand_out, one, version(workspace, one), [first.id])
    states = {row.id: row.status for row in workspace.read(distributions.rows, one)}
    assert states == {first.id: DeliveryStatus.DELIVERED, second.id: DeliveryStatus.APPROVED}
    workspace.write(distributions.hand_out, one, version(workspace, one))
    assert workspace.read(deliveries.view, second.id).status is DeliveryStatus.DELIVERED
    for ids, reason in (([first.id], " "), ([], "")):
        with pytest.raises(ValidationError):
            workspace.write(distributions.not_collected, one, version(workspace, one), ids, reason=reason)
    with pytest.raises(ValidationError):
        workspace.write(distributions.receive_many, one, version(workspace, one), {uuid4(): ReceiptData(TODAY)})
    for on, reason in ((date(2027, 1, 1), "Nhầm"), (TODAY, "")):
        with pytest.raises(ValidationError):
            workspace.write(distributions.cancel, one, version(workspace, one), on=on, reason=reason)
    workspace.write(distributions.cancel, one, version(workspace, one), on=TODAY, reason="Nhầm")
    assert {row.status for row in workspace.read(distributions.rows, one)} == {DeliveryStatus.RETURNED}
    assert workspace.read(distributions.view, one).status is DistributionStatus.CANCELLED
    with pytest.raises(ConflictError):
        workspace.write(distributions.cancel, one, version(workspace, one), on=TODAY, reason="Nhầm")
    with pytest.raises(ConflictError):
        workspace.write(distributions.hand_out, one, version(workspace, one))


def test_a_list_of_a_later_day_is_not_handed_out_today(workspace: Workspace, make: Make) -> None:
    make.household()
    data = replace(GIFTS, on=date(2026, 12, 28))
    found = workspace.read(distributions.propose, data, HouseholdQuery(), amount=1)
    assert found.marked == 1
    one = workspace.write(distributions.make, found.data, [row.data() for row in found.rows])
    workspace.write(distributions.approve, one, version(workspace, one), number="", on=TODAY)
    with pytest.raises(ValidationError):
        workspace.write(distributions.hand_out, one, version(workspace, one))
    content = workspace.read(distribution_papers.pay_list, one)
    assert content.decision == ""
    assert "kế hoạch" in content.wording.basis


def test_nothing_is_printed_when_everything_went_back(workspace: Workspace, make: Make) -> None:
    one = made(workspace, make)
    workspace.write(distributions.approve, one, version(workspace, one), number="", on=TODAY)
    ids = [row.id for row in workspace.read(distributions.rows, one)]
    workspace.write(distributions.not_collected, one, version(workspace, one), ids, reason="Mưa bão, hoãn")
    with pytest.raises(ValidationError):
        workspace.read(distribution_papers.pay_list, one)
    progress = workspace.read(distributions.view, one).progress
    assert (progress.left, progress.received_sum) == (0, 0)


def test_the_head_is_named_by_others_and_who_is_left_out_may_be_added_where_no_rule_refuses(
    workspace: Workspace, make: Make
) -> None:
    one = made(workspace, make)
    workspace.write(distributions.approve, one, version(workspace, one), number="", on=TODAY)
    rows = workspace.read(distributions.rows, one)
    ticks = {row.id: ReceiptData(TODAY) for row in rows}
    workspace.write(distributions.receive_many, one, version(workspace, one), ticks)
    assert workspace.read(distributions.view, one).progress.received_sum == 1_000_000
    again = workspace.read(distributions.propose, GIFTS, HouseholdQuery(), amount=1)
    assert [one.may_be_added for one in again.excluded] == [True, True]
    assert {one.findings[0].cause for one in again.excluded} == {Cause.TWICE}


def test_approving_single_entries_asks_for_a_plan_and_a_decision_in_time(workspace: Workspace, make: Make) -> None:
    home = make.household()
    one = workspace.write(deliveries.record, gift(home))
    for number, on in (("", TODAY), ("3/QĐ", date(2026, 12, 1))):
        with pytest.raises(ValidationError):
            workspace.write(deliveries.approve, [one], number=number, on=on)
    workspace.write(deliveries.approve, [one], number="3/QĐ", on=EARLY)
    with pytest.raises(ConflictError):
        workspace.write(deliveries.approve, [one], number="3/QĐ", on=EARLY)
    workspace.write(deliveries.hand_out, one, workspace.read(deliveries.view, one).version)
    with pytest.raises(ConflictError):
        workspace.write(deliveries.hand_out, one, workspace.read(deliveries.view, one).version)
    other = make.household("Lê Văn Bình")
    past = workspace.write(deliveries.record, replace(gift(other), on=date(2026, 10, 1)))
    with pytest.raises(ValidationError):
        workspace.write(deliveries.approve, [past], number="3/QĐ", on=EARLY)
    plan = workspace.write(deliveries.record, replace(gift(other), on=date(2026, 12, 24)))
    with pytest.raises(ValidationError):
        workspace.write(deliveries.hand_out, plan, workspace.read(deliveries.view, plan).version)
    with pytest.raises(ValidationError):
        workspace.write(deliveries.change, plan, workspace.read(deliveries.view, plan).version, gift(other, amount=0))
    with pytest.raises(ValidationError) as caught:
        workspace.write(deliveries.record, gift(other, decision_number="1/QĐ", decision_on=date(2026, 12, 1)))
    assert "decision_on" in told(caught.value)


def test_money_that_is_only_planned_is_not_received_and_an_old_version_is_refused(
    workspace: Workspace, make: Make
) -> None:
    home = make.household()
    make.poor(home)
    data = DeliveryData("QVNN", home, TODAY, amount=100_000, source=FundSource.FUND_FOR_POOR, override_reason="x")
    one = workspace.write(deliveries.record, data)
    with pytest.raises(ValidationError):
        workspace.write(deliveries.receive, one, 1, ReceiptData(TODAY))
    with pytest.raises(ConflictError):
        workspace.write(deliveries.receive, one, 9, ReceiptData(TODAY))


def test_who_is_to_be_paid_must_be_known(workspace: Workspace, make: Make) -> None:
    with pytest.raises(NotFoundError):
        workspace.read(deliveries.check, gift(uuid4()))
    with pytest.raises(NotFoundError):
        workspace.write(enrolments.keep_enrolment, EnrolmentData("QVNN", uuid4(), status=EnrolmentStatus.NEED))
    child = NewMember(make.person("Lê Văn Em"), Relation.CHILD, joined_on=date(2026, 12, 1))
    home = make.household("Lê Văn Bình", child)
    young = next(one for one in make.view(home).members if one.relation is Relation.CHILD)
    assert causes(workspace, gift(home, person_id=young.person_id)) == {Cause.NOT_MEMBER: Severity.REFUSE}
    ended = make.household("Trần Thị Cúc")
    workspace.write(households.end_household, ended, make.view(ended).version, on=EARLY, reason=EndReason.MOVED)
    place = EnrolmentData(
        "QVNN", ended, status=EnrolmentStatus.APPROVED, decision_number="1/QĐ", decision_on=date(2026, 11, 5)
    )
    with pytest.raises(ValidationError) as caught:
        workspace.write(enrolments.keep_enrolment, place)
    assert told(caught.value) == {"household_id"}


def test_who_left_gets_no_place_any_more(workspace: Workspace, make: Make) -> None:
    home = make.household("Lê Văn Bình", NewMember(make.person("Lê Văn Em"), Relation.CHILD))
    child = next(one for one in make.view(home).members if one.relation is Relation.CHILD)
    workspace.write(members.leave, child.membership_id, child.membership_version, on=EARLY, reason=LeaveReason.MOVED)
    data = EnrolmentData("TGPL", home, child.person_id, EnrolmentStatus.NEED, need_on=TODAY)
    with pytest.raises(ValidationError) as caught:
        workspace.write(enrolments.keep_enrolment, data)
    assert "01/11/2026" in str(caught.value)


def test_a_programme_or_rule_that_no_longer_runs_is_told(workspace: Workspace, make: Make) -> None:
    home = make.household()
    make.poor(home)
    late = DeliveryData("NHA-XNT", home, TODAY, rule="NHA-XNT-MOI", amount=60_000_000)
    assert Cause.INACTIVE in causes(workspace, late)
    assert Cause.UNKNOWN in causes(workspace, DeliveryData("DIEN", home, TODAY, make.view(home).members[0].person_id))


def test_a_sum_below_the_least_and_a_budget_of_another_year_are_marked(workspace: Workspace, make: Make) -> None:
    home = make.household()
    make.poor(home)
    low = DeliveryData("NHA-KC", home, TODAY, rule="NHA-KC-SAP", amount=1_000_000)
    assert causes(workspace, low)[Cause.FLOOR] is Severity.WARN
    old = workspace.write(budgets.keep_budget, BudgetData(2025, "QUA-XH", FundSource.SPONSOR, 9_000_000))
    assert causes(workspace, gift(home, budget_id=old))[Cause.BUDGET] is Severity.WARN
    view = workspace.read(budgets.budget, old)
    workspace.write(
        budgets.keep_budget, replace(view.data, amount=8_000_000, document="KH 12"), budget_id=old, version=view.version
    )
    assert workspace.read(budgets.budget, old).data.document == "KH 12"
    one = workspace.write(deliveries.record, gift(home, budget_id=old, override_reason="chi chuyển nguồn"))
    assert workspace.read(budgets.budget, old).planned == 500_000
    view = workspace.read(budgets.budget, old)
    for data, field in (
        (replace(view.data, amount=400_000), "amount"),
        (replace(view.data, year=2026), "programme"),
    ):
        with pytest.raises(ValidationError) as caught:
            workspace.write(budgets.keep_budget, data, budget_id=old, version=view.version)
        assert told(caught.value) == {field}
    bigger = gift(home, budget_id=old, override_reason="chi chuyển nguồn", amount=7_900_000)
    workspace.write(deliveries.change, one, 1, bigger)  # what it takes itself is free again


def test_help_of_another_programme_for_the_same_content_is_marked(workspace: Workspace, make: Make) -> None:
    home = make.household()
    make.poor(home)
    first = DeliveryData(
        "NHA-DDK", home, EARLY, amount=50_000_000, source=FundSource.OTHER, override_reason="Mặt trận xét duyệt"
    )
    workspace.write(deliveries.record, first, receipt=ReceiptData(EARLY))
    other = DeliveryData("NHA-DA5", home, TODAY, rule="NHA-DA5-MOI", amount=1_000_000)
    assert causes(workspace, other)[Cause.OVERLAP] is Severity.WARN
    assert causes(workspace, replace(first, on=TODAY))[Cause.TWICE] in Severity


def test_a_programme_of_people_without_rules_lists_whoever_is_there(workspace: Workspace, make: Make) -> None:
    child = NewMember(make.person("Lê Văn Em", id_number="083079000099"), Relation.CHILD)
    gone = NewMember(make.person("Lê Văn Xa"), Relation.SIBLING)
    home = make.household(make.person("Lê Văn Bình", id_number="083079000023"), child, gone)
    away = next(one for one in make.view(home).members if one.relation is Relation.SIBLING)
    workspace.write(members.leave, away.membership_id, away.membership_version, on=EARLY, reason=LeaveReason.MOVED)
    data = DistributionData("Tập huấn", "TH-CB", TODAY, source=FundSource.SPONSOR)
    found = workspace.read(distributions.propose, data, [home], amount=100_000)
    assert {row.name for row in found.rows} == {"Lê Văn Bình", "Lê Văn Em"}


def test_a_member_who_died_had_it_before_and_is_told_on_the_list(workspace: Workspace, make: Make) -> None:
    home = make.household(make.person("Lê Văn Bình", id_number="083079000023"))
    person = make.view(home).members[0].person_id
    workspace.write(circumstances.keep, CircumstanceData("pension", False, person_id=person))
    data = DistributionData("Hưu trí xã hội", "HTXH", TODAY)
    found = workspace.read(distributions.propose, data, [home])
    assert not found.rows
    assert found.excluded[0].reason
    assert not found.excluded[0].may_be_added


def test_the_confirmation_names_the_member_who_asks_and_leaves_out_what_came_back(
    workspace: Workspace, make: Make
) -> None:
    home = make.household("Lê Văn Bình", NewMember(make.person("Lê Văn Em"), Relation.CHILD))
    child = next(one for one in make.view(home).members if one.relation is Relation.CHILD)
    one = workspace.write(deliveries.record, gift(home), receipt=ReceiptData(TODAY))
    workspace.write(deliveries.give_back, one, workspace.read(deliveries.view, one).version, on=TODAY, reason="Trả lại")
    draft = workspace.read(
        support_confirmations.confirmation_of, home, TODAY, person_id=child.person_id, purpose="xin học bổng"
    )
    assert draft.content.values[0] == "Lê Văn Em"
    assert draft.content.lines == ()
    later = workspace.read(support_confirmations.confirmation_of, home, EARLY, purpose="xin học bổng", first=EARLY)
    assert later.content.lines == ()
