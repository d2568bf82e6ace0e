"""Totals by programme, source, hamlet, class, year and legal basis are always the sum of the entries."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casemgr.domain.support import DeliveryData, FundSource, GoodsLine, ReceiptData
from casemgr.services import deliveries, delivery_totals
from casemgr.services.delivery_totals import By, TotalQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import Make, copy_file, open_file

FIRST = date(2025, 1, 10)

Story = list[tuple[int, str, FundSource, int, int, int, str]]

steps = st.lists(
    st.tuples(
        st.integers(0, 2),  # household
        st.sampled_from(["QUA-XH", "DO-DAU"]),
        st.sampled_from([FundSource.SPONSOR, FundSource.OTHER, FundSource.HOUSEHOLD]),
        st.integers(0, 650),  # day
        st.integers(0, 2_000_000),
        st.integers(0, 4),  # bags of rice
        st.sampled_from(["planned", "handed", "received", "corrected", "returned", "cancelled"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=steps)
def test_every_cut_of_the_totals_is_the_sum_of_the_entries(
    case_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    story: Story,
) -> None:
    workspace = open_file(copy_file(case_file, tmp_path_factory.mktemp("totals") / "xa.casemgr"))
    make = Make(workspace)
    homes = [
        make.household("Nguyễn Thị Á"),
        make.household("Lê Văn Bình", hamlet="Quân An"),
        make.household("Trần Thị Cúc", hamlet="Quân An"),
    ]
    make.poor(homes[0])
    for place, code, source, day, amount, bags, end in story:
        _happen(workspace, homes[place], code, source, date.fromordinal(FIRST.toordinal() + day), amount, bags, end)
    entries = [entry for home in homes for entry in workspace.read(deliveries.of_household, home) if entry.counts]
    whole = workspace.read(delivery_totals.whole)
    assert whole.money == sum(entry.data.amount for entry in entries)
    assert whole.goods == sum(entry.goods_value for entry in entries)
    for by in By:
        lines = workspace.read(delivery_totals.totals, by)
        assert sum(line.money for line in lines) == whole.money
        assert sum(line.goods for line in lines) == whole.goods
        assert sum(line.entries for line in lines) == whole.entries
        assert all(line.label for line in lines)
        for line in lines:
            behind = workspace.read(delivery_totals.household_ids, by, line.key)
            assert len(behind) == line.households
    for line in workspace.read(delivery_totals.totals, By.YEAR):
        year = int(line.key)
        query = TotalQuery(date(year, 1, 1), date(year, 12, 31))
        assert workspace.read(delivery_totals.whole, query).worth == line.worth
    workspace.close()


def _happen(
    workspace: Workspace, home: UUID, code: str, source: FundSource, on: date, amount: int, bags: int, end: str
) -> None:
    goods = (GoodsLine("Gạo", bags, "bao", unit_price=150_000),) if bags else ()
    if not amount and not goods:
        return
    data = DeliveryData(
        code, home, on, amount=amount, goods=goods, source=source, override_reason="theo kế hoạch của Mặt trận"
    )
    received = end in ("received", "corrected", "returned")
    one = workspace.write(
        deliveries.record,
        data,
        handed_out=end == "handed",
        receipt=ReceiptData(on) if received else None,
    )
    version = workspace.read(deliveries.view, one).version
    today = date(2026, 11, 24)
    if end == "corrected":
        workspace.write(deliveries.correct, one, on=today, reason="Ghi nhầm", amount=amount + 1_000)
    elif end == "returned":
        workspace.write(deliveries.give_back, one, version, on=today, reason="Trả lại")
    elif end == "cancelled":
        workspace.write(deliveries.cancel, one, version, reason="Thôi")


def test_totals_are_narrowed_by_hamlet_source_and_programme(workspace: Workspace, make: Make) -> None:
    here, there = make.household(), make.household("Lê Văn Bình", hamlet="Quân An")
    day = date(2026, 11, 24)
    for home, source in ((here, FundSource.SPONSOR), (there, FundSource.OTHER)):
        workspace.write(
            deliveries.record,
            DeliveryData("QUA-XH", home, day, amount=200_000, source=source),
            receipt=ReceiptData(day),
        )
    assert workspace.read(delivery_totals.whole).households == 2
    hamlet = TotalQuery(hamlets=(make.hamlet("Quân An"),))
    assert [line.label for line in workspace.read(delivery_totals.totals, By.HAMLET, hamlet)] == ["Ấp Quân An"]
    sponsors = TotalQuery(sources=(FundSource.SPONSOR,), programmes=("QUA-XH",))
    assert workspace.read(delivery_totals.whole, sponsors).worth == 200_000
    assert workspace.read(delivery_totals.household_ids, By.SOURCE, "sponsor") == [here]
    assert workspace.read(delivery_totals.household_ids, By.HAMLET, str(make.hamlet("Quân An"))) == [there]
