"""What no way of writing a payment down may pass: ceilings and budgets of corrections, sums and periods mistyped."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.distributions import DistributionData, RowData, months_of, span_of
from casemgr.domain.support import (
    BudgetData,
    DeliveryData,
    DeliveryStatus,
    EnrolmentData,
    FundSource,
    GoodsLine,
    ReceiptData,
)
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import budgets, deliveries, distributions, enrolments
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
WRONG = "Ghi nhầm số tiền"


def home(make: Make) -> UUID:
    found = make.household(make.person("Nguyễn Thị Á", id_number="083179000015"))
    make.poor(found)
    return found


def power(household: UUID, **values: object) -> DeliveryData:
    given = {"amount": 100_000, "decision_number": "30/QĐ-UBND", "decision_on": date(2026, 11, 2)} | values
    return DeliveryData("DIEN", household, TODAY, **given)  # type: ignore[arg-type]


def gift(household: UUID, **values: object) -> DeliveryData:
    given = {"amount": 500_000, "source": FundSource.SPONSOR} | values
    return DeliveryData("QUA-XH", household, TODAY, **given)  # type: ignore[arg-type]


def test_a_correction_takes_no_more_than_the_budget_has_left(workspace: Workspace, make: Make) -> None:
    budget = workspace.write(budgets.keep_budget, BudgetData(2026, "QUA-XH", FundSource.SPONSOR, 1_000_000))
    one = workspace.write(
        deliveries.record, gift(home(make), budget_id=budget), handed_out=True, receipt=ReceiptData(TODAY)
    )
    with pytest.raises(ValidationError, match=r"1\.000\.000"):
        workspace.write(deliveries.correct, one, on=TODAY, reason=WRONG, amount=1_000_001)
    workspace.write(deliveries.correct, one, on=TODAY, reason=WRONG, amount=900_000)
    workspace.write(deliveries.correct, one, on=TODAY, reason=WRONG, amount=1_000_000)
    assert workspace.read(budgets.budget, budget).left == 0
    with pytest.raises(ValidationError):
        workspace.write(deliveries.correct, one, on=TODAY, reason=WRONG, amount=1_000_001)
    workspace.write(deliveries.correct, one, on=TODAY, reason=WRONG, amount=300_000)
    assert workspace.read(budgets.budget, budget).left == 700_000


def test_a_correction_does_not_pass_a_ceiling_that_is_certain(workspace: Workspace, make: Make) -> None:
    house = DeliveryData(
        "NHA-DA5",
        home(make),
        TODAY,
        rule="NHA-DA5-MOI",
        amount=20_000_000,
        decision_number="8/QĐ-UBND",
        decision_on=date(2026, 11, 2),
        override_reason="theo biên bản của ấp",
    )
    one = workspace.write(deliveries.record, house, handed_out=True, receipt=ReceiptData(TODAY))
    with pytest.raises(ValidationError, match=r"40\.000\.001"):
        workspace.write(deliveries.correct, one, on=TODAY, reason=WRONG, amount=40_000_001)
    workspace.write(deliveries.correct, one, on=TODAY, reason=WRONG, amount=40_000_000)
    assert [view.data.amount for view in workspace.read(deliveries.of_household, house.household_id)] == [
        20_000_000,
        20_000_000,
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 10**20},
        {"amount": 0, "goods": (GoodsLine("Gạo tẻ", 10**12, "kg", unit_price=10**12),)},
        {"amount": 100_000_000_001},
    ],
)
def test_a_sum_nobody_pays_is_refused_in_words(workspace: Workspace, make: Make, wrong: dict[str, object]) -> None:
    household = home(make)
    with pytest.raises(ValidationError, match="đồng"):
        workspace.write(deliveries.record, gift(household, **wrong))
    row = RowData(household, **wrong)  # type: ignore[arg-type]
    gifts = DistributionData("Quà Tết 2027", "QUA-XH", TODAY, source=FundSource.SPONSOR)
    with pytest.raises(ValidationError, match="đồng"):
        workspace.write(distributions.make, gifts, [row])
    one = workspace.write(deliveries.record, gift(household), handed_out=True, receipt=ReceiptData(TODAY))
    with pytest.raises(ValidationError, match="đồng"):
        workspace.write(deliveries.correct, one, on=TODAY, reason=WRONG, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "0000", "0000-01", "quý IV", "2026-2028", "2026-11-31"])
def test_a_text_that_is_no_period_cannot_hide_a_payment_twice(workspace: Workspace, make: Make, period: str) -> None:
    household = home(make)
    workspace.write(deliveries.record, power(household, period="2026-Q4"))
    with pytest.raises(ValidationError, match=f"“{period}”"):
        workspace.write(deliveries.record, power(household, period=period, override_reason="nhầm kỳ"))
    again = DistributionData("Tiền điện", "DIEN", TODAY, period=period, source=FundSource.CENTRAL)
    with pytest.raises(ValidationError, match=f"“{period}”"):
        workspace.write(distributions.make, again, [RowData(household, amount=100_000)])


def test_a_day_is_a_period_within_its_quarter(workspace: Workspace, make: Make) -> None:
    assert span_of("2026-11-24") == (TODAY, TODAY)
    assert months_of("2026-11-24") == 1
    household = home(make)
    workspace.write(deliveries.record, power(household, period="2026-Q4"))
    with pytest.raises(ValidationError, match="2026-Q4"):
        workspace.write(deliveries.record, power(household, period="2026-11-24", override_reason="nhầm kỳ"))


def test_a_row_of_a_list_that_is_being_prepared_is_approved_and_collected_with_its_list(
    workspace: Workspace, make: Make
) -> None:
    gifts = DistributionData("Quà Tết 2027", "QUA-XH", TODAY, source=FundSource.SPONSOR)
    batch = workspace.write(distributions.make, gifts, [RowData(home(make), amount=300_000)])
    row = workspace.read(distributions.rows, batch)[0]
    with pytest.raises(ConflictError):
        workspace.write(deliveries.hand_out, row.id, row.version)
    with pytest.raises(ConflictError):
        workspace.write(deliveries.receive, row.id, row.version, ReceiptData(TODAY))
    with pytest.raises(ConflictError):
        workspace.write(deliveries.approve, [row.id], number="8/QĐ-UBND", on=TODAY)
    assert workspace.read(deliveries.view, row.id).status is DeliveryStatus.PLANNED
    workspace.write(
        distributions.approve, batch, workspace.read(distributions.view, batch).version, number="", on=TODAY
    )
    version = workspace.read(deliveries.view, row.id).version
    workspace.write(deliveries.receive, row.id, version, ReceiptData(TODAY))
    assert workspace.read(deliveries.view, row.id).status is DeliveryStatus.RECEIVED


def test_a_list_without_rows_is_not_approved(workspace: Workspace, make: Make) -> None:
    gifts = DistributionData("Quà Tết 2027", "QUA-XH", TODAY, source=FundSource.SPONSOR)
    batch = workspace.write(distributions.make, gifts, [RowData(home(make), amount=300_000)])
    view, rows = workspace.read(distributions.view, batch), workspace.read(distributions.rows, batch)
    workspace.write(distributions.remove_rows, batch, view.version, [row.id for row in rows])
    view = workspace.read(distributions.view, batch)
    with pytest.raises(ValidationError):
        workspace.write(distributions.approve, batch, view.version, number="", on=TODAY)


def test_neither_a_budget_nor_a_decision_takes_a_sum_nobody_pays(workspace: Workspace, make: Make) -> None:
    with pytest.raises(ValidationError, match="đồng"):
        workspace.write(budgets.keep_budget, BudgetData(2026, "DIEN", FundSource.CENTRAL, 10**20))
    with pytest.raises(ValidationError, match="đồng"):
        workspace.write(enrolments.keep_enrolment, EnrolmentData("NHA-DA5", home(make), amount=10**20))
