"""Receipt with thanks, promise and list to sign, read back from the PDF."""

from datetime import date

import pytest

from casemgr.domain.activities import ActivityData, ActivityKind, AttendanceData
from casemgr.domain.sponsors import SponsorData, SponsorshipData
from casemgr.domain.support import DeliveryData, FundSource
from casemgr.errors import ValidationError
from casemgr.reports.attendance_list import render_attendance
from casemgr.reports.thanks import render_sponsor_promise, render_sponsor_receipt
from casemgr.services import activities, community_papers, deliveries, sponsors
from casemgr.workspace import Workspace
from tests.support.giving import plant
from tests.support.pdfs import pages_of
from tests.support.workspaces import Make


def test_the_receipt_names_giver_household_and_the_sum_in_words(workspace: Workspace, make: Make) -> None:
    home = make.household("Nguyễn Thị Á")
    sponsor = workspace.write(
        sponsors.keep_sponsor, SponsorData("Công ty TNHH Dừa Xanh", "enterprise", "Chị Hạnh", "0912345678")
    )
    promise = workspace.write(
        sponsors.keep_sponsorship, SponsorshipData(sponsor, home, form="cash", from_on=date(2026, 1, 1), amount=500_000)
    )
    goods = '[{"name": "Gạo tẻ", "quantity": 10, "measure": "kg", "unit_price": 18000}]'
    delivery = workspace.write(
        plant, promise, date(2026, 11, 5), 505_000, goods=goods, goods_value=180_000, received_by="Nguyễn Thị Á"
    )
    (text,) = pages_of(render_sponsor_receipt(workspace.read(community_papers.receipt, delivery)))
    words = " ".join(text.split())
    for said in (
        "BIÊN NHẬN TIỀN, QUÀ",
        "Công ty TNHH Dừa Xanh",
        "Chị Hạnh, 0912345678",
        "505.000 đồng",
        "Năm trăm lẻ năm nghìn đồng",
        "10 kg Gạo tẻ",
        "gia đình Nguyễn Thị Á trân trọng cảm ơn Công ty TNHH Dừa Xanh",
        "NGƯỜI CHỨNG KIẾN",
    ):
        assert said in words
    assert "{" not in words


def test_what_no_sponsor_gave_has_no_receipt(workspace: Workspace, make: Make) -> None:
    home = make.household()
    make.poor(home)
    data = DeliveryData("QUA-XH", home, date(2026, 11, 5), amount=1, source=FundSource.SPONSOR)
    delivery = workspace.write(deliveries.record, data)
    with pytest.raises(ValidationError):
        workspace.read(community_papers.receipt, delivery)


@pytest.mark.parametrize(("months", "said"), [(0, "Một lần"), (3, "Hằng quý"), (2, "2 tháng một lần")])
def test_the_promise_says_sum_rhythm_and_period(workspace: Workspace, make: Make, months: int, said: str) -> None:
    home = make.household("Nguyễn Thị Á")
    sponsor = workspace.write(sponsors.keep_sponsor, SponsorData("Bà Nguyễn Thị Mai", "person"))
    data = SponsorshipData(
        sponsor,
        home,
        make.view(home).members[0].person_id,
        form="scholarship",
        amount=1_000_000,
        rhythm_months=months,
        from_on=date(2026, 9, 5),
        to_on=date(2027, 5, 31),
        note="Chuyển khoản qua trường",
    )
    promise = workspace.write(sponsors.keep_sponsorship, data)
    (text,) = pages_of(render_sponsor_promise(workspace.read(community_papers.promise, promise)))
    words = " ".join(text.split())
    for each in (
        "BẢN CAM KẾT",
        "Bà Nguyễn Thị Mai",
        "Học bổng",
        "1.000.000 đồng (Một triệu đồng)",
        said,
        "Từ 05/09/2026 đến 31/05/2027",
        "Chuyển khoản qua trường",
    ):
        assert each in words


def test_the_list_to_sign_has_the_known_ones_and_empty_lines(workspace: Workspace, make: Make) -> None:
    homes = [make.household(f"Trần Văn {number}") for number in range(30)]
    data = ActivityData(
        ActivityKind.EXTENSION,
        "Tập huấn ghép bưởi da xanh",
        date(2026, 10, 5),
        to_on=date(2026, 10, 6),
        hamlet_id=make.hamlet(),
        place="Nhà văn hóa",
        topics=("crops",),
        hours=8,
    )
    event = workspace.write(activities.keep_activity, data)
    workspace.write(activities.attend, event, 1, [AttendanceData(home, contribution=20_000) for home in homes])
    pages = pages_of(render_attendance(workspace.read(community_papers.attendance, event)))
    assert len(pages) == 3
    words = " ".join(" ".join(pages).split())
    for said in ("05/10/2026 - 06/10/2026", "Nhà văn hóa, Ấp Phú Nhơn", "Trần Văn 29", "20.000", "40", "...... người"):
        assert said in words
    assert all("Họ và tên" in page for page in pages)
    full = workspace.read(community_papers.attendance, event, blank=0)
    assert full.wording.total == "Danh sách có 30 người."
