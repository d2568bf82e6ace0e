"""What sponsors give, through the real checks of deliveries: month by month, given back, without a promise."""

from datetime import date

import pytest

from casemgr.domain.sponsors import SponsorData, SponsorshipData, SponsorshipStatus
from casemgr.domain.support import GoodsLine
from casemgr.errors import ValidationError
from casemgr.services import deliveries, gifts, history, sponsors
from casemgr.services.gifts import GiftData
from casemgr.services.sponsors import SponsorQuery
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
RICE = GoodsLine("Gạo tẻ", 10, "kg", "bao 10 kg", "Hương Lài", "HTX Cầu Kè", 18_000)


def test_what_comes_on_a_promise_is_counted_until_it_goes_back(workspace: Workspace, make: Make) -> None:
    home = make.household()
    make.poor(home)
    sponsor = workspace.write(sponsors.keep_sponsor, SponsorData("Công ty TNHH Dừa Xanh", "enterprise"))
    data = SponsorshipData(sponsor, home, form="cash", amount=500_000, from_on=date(2026, 9, 1))
    promise = workspace.write(sponsors.keep_sponsorship, data)
    first = workspace.write(
        gifts.give, promise, GiftData(date(2026, 9, 5), 500_000, received_by="Nguyễn Thị Á", note="Tháng 9")
    )
    workspace.write(gifts.give, promise, GiftData(date(2026, 10, 5), 500_000, received_by="Nguyễn Thị Á"))
    row = workspace.read(sponsors.sponsorship, promise, TODAY)
    assert (row.data.status, row.standing.expected, row.standing.received) == (
        SponsorshipStatus.RUNNING,
        1_500_000,
        1_000_000,
    )
    version = workspace.read(deliveries.view, first).version
    workspace.write(deliveries.give_back, first, version, on=date(2026, 10, 6), reason="Chuyển nhầm")
    assert workspace.read(sponsors.sponsorship, promise, TODAY).standing.received == 500_000
    assert {given.received_by for given in workspace.read(sponsors.given, promise)} == {"Nguyễn Thị Á", ""}


def test_a_gift_without_a_promise_is_one_step_and_no_sponsoring(workspace: Workspace, make: Make) -> None:
    home = make.household()
    make.poor(home)
    sponsor = workspace.write(sponsors.keep_sponsor, SponsorData("Bà Nguyễn Thị Mai", "person"))
    gift = GiftData(TODAY, goods=(RICE,), received_by="Nguyễn Thị Á", note="Quà Tết")
    made = workspace.write(gifts.give_once, sponsor, home, gift, form="goods")
    view = workspace.read(deliveries.view, made)
    assert (view.data.programme, view.goods_value, view.receipt is not None) == ("QUA-XH", 180_000, True)
    (line,) = workspace.read(sponsors.rows, SponsorQuery(), TODAY)
    assert (line.gifts, line.households, line.expected) == (180_000, 0, 0)
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "delivery.record"
    workspace.write(history.undo, step.txn)
    assert workspace.read(sponsors.of_household, home, TODAY) == []


def test_nothing_comes_of_what_is_only_sought(workspace: Workspace, make: Make) -> None:
    home = make.household()
    sponsor = workspace.write(sponsors.keep_sponsor, SponsorData("Hội Chữ thập đỏ"))
    data = SponsorshipData(sponsor, home, amount=100_000, status=SponsorshipStatus.SOUGHT)
    promise = workspace.write(sponsors.keep_sponsorship, data)
    with pytest.raises(ValidationError):
        workspace.write(gifts.give, promise, GiftData(TODAY, 100_000))


def test_what_is_handed_out_waits_for_its_receipt(workspace: Workspace, make: Make) -> None:
    home = make.household()
    make.poor(home)
    sponsor = workspace.write(sponsors.keep_sponsor, SponsorData("Hội Chữ thập đỏ"))
    made = workspace.write(gifts.give_once, sponsor, home, GiftData(TODAY, 300_000))
    assert workspace.read(deliveries.view, made).receipt is None
