"""A pay-out for 5,000 households: making it costs little beside writing the bare rows."""

import time
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.distributions import DistributionData
from casemgr.domain.permissions import Permission
from casemgr.domain.support import FundSource, ReceiptData
from casemgr.persistence.models import Delivery
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import delivery_totals, distribution_adding, distributions, households
from casemgr.services.delivery_totals import By
from casemgr.services.distributions import Proposal
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace

ROWS = 5_000
MAKE_S = 2.0
PROPOSE_S = 4.0
ADD_S = 15.0
CANCEL_S = 4.0
RATIO = 12.0
ON = date(2026, 11, 24)
GIFTS = DistributionData("Quà Tết 2027", "QUA-XH", ON, source=FundSource.SPONSOR, override_reason="đã xác minh")


def _again(uow: UnitOfWork, one: UUID) -> float:
    """Seconds of writing as many bare rows again."""
    uow.require(Permission.EDIT)
    names = [column.name for column in Delivery.__table__.columns if column.name not in ("id", "version", "commune")]
    rows = [
        {name: getattr(entry, name) for name in names} | {"distribution_id": None, "programme": "KHONG-TINH"}
        for entry in uow.session.query(Delivery).where(Delivery.distribution_id == one)
    ]
    started = time.process_time()
    uow.insert_many(Delivery, rows)
    return time.process_time() - started


@pytest.mark.benchmark
def test_a_list_of_five_thousand_is_proposed_made_and_ticked(reference: Workspace) -> None:
    every = list(reference.read(households.find, HouseholdQuery()))
    ids = every[: min(ROWS, len(every) // 2)]
    started = time.process_time()
    found: Proposal = reference.read(distributions.propose, GIFTS, ids, amount=500_000)
    proposing = time.process_time() - started
    rows = [row.data() for row in found.rows]
    started = time.process_time()
    one = reference.write(distributions.make, found.data, rows)
    making = time.process_time() - started
    bare = reference.write(_again, one)
    view = reference.read(distributions.view, one)
    started = time.process_time()
    reference.write(distributions.approve, one, view.version, number="", on=ON)
    approving = time.process_time() - started
    listed = reference.read(distributions.rows, one)
    view = reference.read(distributions.view, one)
    ticks = {row.id: ReceiptData(ON) for row in listed if row.status.value == "approved"}
    started = time.process_time()
    reference.write(distributions.receive_many, one, view.version, ticks)
    ticking = time.process_time() - started
    started = time.process_time()
    reference.read(delivery_totals.totals, By.HAMLET)
    adding = time.process_time() - started
    print(
        f"\n{len(rows)} rows: proposed {proposing:.2f} s, made {making:.2f} s ({making / bare:.1f} times bare rows),"
        f" approved {approving:.2f} s, ticked {ticking:.2f} s, totals {adding * 1000:.0f} ms"
    )
    assert making <= MAKE_S
    assert proposing <= PROPOSE_S
    assert making / bare <= RATIO
    assert approving / bare <= RATIO
    assert ticking / bare <= RATIO


@pytest.mark.benchmark
def test_many_pasted_numbers_come_onto_a_list_and_the_list_goes_back(reference: Workspace) -> None:
    every = list(reference.read(households.find, HouseholdQuery()))
    start = min(ROWS + 10, len(every) // 2)
    ids = every[start : start + ROWS * 2]
    power = DistributionData("Quà 20/11", "QUA-XH", ON, source=FundSource.SPONSOR)
    found: Proposal = reference.read(distributions.propose, power, ids[:20], amount=300_000)
    one = reference.write(distributions.make, found.data, [row.data("đã xác minh") for row in found.rows])
    rest: Proposal = reference.read(distributions.propose, power, ids[20:], amount=300_000)
    lines = [f"{place}\t{row.name}\t{row.id_number or row.code}" for place, row in enumerate(rest.rows, 1)]
    version = reference.read(distributions.view, one).version
    started = time.process_time()
    added = reference.write(distribution_adding.add_found, one, version, lines, reason="đã xác minh")
    adding = time.process_time() - started
    view = reference.read(distributions.view, one)
    reference.write(distributions.approve, one, view.version, number="", on=ON)
    view = reference.read(distributions.view, one)
    ticks = {row.id: ReceiptData(ON) for row in reference.read(distributions.rows, one)}
    reference.write(distributions.receive_many, one, view.version, ticks)
    started = time.process_time()
    version = reference.read(distributions.view, one).version
    back = reference.write(distributions.cancel, one, version, on=ON, reason="Nhầm")
    cancelling = time.process_time() - started
    print(f"\n{added.rows} of {len(lines)} lines added in {adding:.2f} s; {back} taken back in {cancelling:.2f} s")
    assert added.rows + added.already == len(lines) - len(added.unknown)
    assert back == len(ticks)
    assert adding <= ADD_S
    assert cancelling <= CANCEL_S
