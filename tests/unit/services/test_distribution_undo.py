"""Whatever a batch gave, taking it back brings budgets, totals and registrations to where they stood, to the đồng."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.domain.distributions import Cause, DistributionData, DistributionStatus
from casemgr.domain.support import (
    BudgetData,
    EnrolmentData,
    FundSource,
    GoodsLine,
    ReceiptData,
)
from casemgr.services import budgets, deliveries, delivery_totals, distributions, enrolments, history
from casemgr.services.delivery_totals import By
from casemgr.services.distributions import DistributionRow
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

ON = date(2026, 11, 24)
NAMES = ("Nguyễn Thị Á", "Lê Văn Bình", "Trần Thị Cúc", "Võ Thị Em", "Đặng Gấm")
PLEDGED = 100_000_000
"""More than any batch below gives."""

goods_lines = st.builds(
    GoodsLine,
    name=st.sampled_from(("Gạo tẻ", "Dầu ăn", "Chăn bông")),
    quantity=st.integers(1, 30),
    measure=st.sampled_from(("kg", "chai", "cái")),
    unit_price=st.integers(0, 90_000),
)
batches = st.lists(
    st.tuples(
        st.integers(1, 900_000),
        st.lists(goods_lines, max_size=2, unique_by=lambda line: line.name).map(tuple),
        st.sampled_from(("waits", "received", "missed", "corrected", "came back")),
    ),
    min_size=1,
    max_size=len(NAMES),
)


Given = tuple[int, tuple[GoodsLine, ...], str]
"""Amount, goods, and what becomes of the row."""
GIFTS = DistributionData("Quà Tết", "QUA-XH", ON, source=FundSource.SPONSOR)


class Village:
    """Five poor households, a budget, and what stood before the batch."""

    def __init__(self, workspace: Workspace, make: Make) -> None:
        self.workspace = workspace
        self.homes: list[UUID] = []
        for place, name in enumerate(NAMES):
            home = make.household(make.person(name, id_number=f"0831790000{15 + place}"))
            make.poor(home)
            self.homes.append(home)
        enrolment = EnrolmentData("DIEN", self.homes[0], need_on=date(2026, 1, 1))
        workspace.write(enrolments.keep_enrolment, enrolment)
        self.budget = workspace.write(
            budgets.keep_budget, BudgetData(2026, "QUA-XH", FundSource.SPONSOR, PLEDGED, "Quỹ Vì người nghèo")
        )

    def stand(self) -> tuple[object, ...]:
        """Budgets, totals by all that they are told by, registrations; what is nothing counts as nothing."""
        read = self.workspace.read
        totals = {
            by: {row.key: (row.money, row.goods) for row in read(delivery_totals.totals, by) if row.worth} for by in By
        }
        money = [(one.id, one.spent, one.planned, one.left) for one in read(budgets.budgets, 2026)]
        registered = [tuple(map(repr, read(enrolments.of_household, home))) for home in self.homes]
        worth = [sum(one.worth for one in read(deliveries.of_household, home) if one.counts) for home in self.homes]
        return totals, money, registered, worth

    def batch(self, rows: Sequence[Given]) -> UUID:
        """A list being prepared with these amounts and goods."""
        workspace = self.workspace
        data = DistributionData("Quà Tết", "QUA-XH", ON, source=FundSource.SPONSOR, budget_id=self.budget)
        found = workspace.read(distributions.propose, data, self.homes[: len(rows)], amount=1)
        made = [row.data("đã xác minh") for row in found.rows]
        assert len(made) == len(rows)
        one = workspace.write(distributions.make, found.data, made)
        listed = list(zip(workspace.read(distributions.rows, one), rows, strict=True))
        workspace.write(
            distributions.set_amounts,
            one,
            self.version(one),
            {row.id: amount for row, (amount, _goods, _fate) in listed},
            goods={row.id: goods for row, (_amount, goods, _fate) in listed},
        )
        return one

    def version(self, one: UUID) -> int:
        return self.workspace.read(distributions.view, one).version

    def live(self, one: UUID, rows: Sequence[Given]) -> None:
        """The list is approved, and each row meets its fate."""
        write = self.workspace.write
        write(distributions.approve, one, self.version(one), number="", on=ON)
        ids = {row.id: fate for row, (_a, _g, fate) in zip(self.rows(one), rows, strict=True)}
        got = [one_id for one_id, fate in ids.items() if fate in ("received", "corrected", "came back")]
        write(distributions.receive_many, one, self.version(one), {each: ReceiptData(ON) for each in got})
        missed = [one_id for one_id, fate in ids.items() if fate == "missed"]
        write(distributions.not_collected, one, self.version(one), missed, reason="Không đến")
        for row in self.rows(one):
            if ids[row.id] == "corrected":
                write(deliveries.correct, row.id, on=ON, reason="Ghi nhầm số", amount=row.amount + 1_000)
            elif ids[row.id] == "came back":
                write(deliveries.give_back, row.id, row.version, on=ON, reason="Trả lại")

    def rows(self, one: UUID) -> list[DistributionRow]:
        return self.workspace.read(distributions.rows, one)


@pytest.fixture
def village(workspace: Workspace, make: Make) -> Village:
    return Village(workspace, make)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=batches, decided=st.booleans())
def test_a_batch_taken_back_leaves_everything_as_it_stood(
    village: Village, batch: list[Given], *, decided: bool
) -> None:
    before = village.stand()
    one = village.batch(batch)
    if decided:
        village.live(one, batch)
    changed = village.stand()
    gone = decided and all(fate in ("missed", "came back") for _amount, _goods, fate in batch)
    assert (changed == before) is gone  # planned or given, the batch is seen
    village.workspace.write(distributions.cancel, one, village.version(one), on=ON, reason="Lập nhầm danh sách")
    assert village.stand() == before
    assert village.workspace.read(distributions.view, one).status is DistributionStatus.CANCELLED
    step = village.workspace.read(history.next_undo)
    assert step is not None
    village.workspace.write(history.undo, step.txn)
    assert village.stand() == changed
    village.workspace.write(distributions.cancel, one, village.version(one), on=ON, reason="Lập nhầm danh sách")
    assert village.stand() == before
    again = village.workspace.read(distributions.propose, GIFTS, village.homes, amount=1)
    assert not any(finding.cause is Cause.TWICE for row in again.rows for finding in row.findings)
