"""The papers of a pay-out read back: official columns, sums in figures and words, who collected, one page each."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.distributions import DistributionData
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.support import DeliveryData, FundSource, GoodsLine, Receipt, ReceiptData
from casemgr.errors import NotFoundError, ValidationError
from casemgr.reports.handover import render_authorisations, render_handovers, render_support_confirmation
from casemgr.reports.office_papers import render_paper
from casemgr.reports.pay_lists import render_pay_list, render_receipt_list
from casemgr.services import (
    deliveries,
    distribution_papers,
    distributions,
    office_papers,
    support_confirmations,
)
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from tests.support.pdfs import pages_of
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)
RICE = GoodsLine("Gạo tẻ", 15, "kg", "loại 1", "Hạt Ngọc", "Công ty Lương thực", 16_000)
GIFTS = DistributionData("Quà Tết Đinh Mùi", "QUA-XH", TODAY, source=FundSource.SPONSOR, place="Nhà văn hóa ấp")


def made(workspace: Workspace, make: Make, *, goods: bool = False) -> UUID:
    for name, number, hamlet in (
        ("Nguyễn Thị Á", "083179000015", "Phú Nhơn"),
        ("Lê Văn Bình", "083079000023", "Quân An"),
        ("Đặng Văn Gấm", "083079000031", "Quân An"),
    ):
        make.poor(make.household(make.person(name, id_number=number), hamlet=hamlet))
    given = {"goods": [RICE]} if goods else {"amount": 500_000}
    found = workspace.read(distributions.propose, GIFTS, HouseholdQuery(), **given)  # type: ignore[arg-type]
    one = workspace.write(distributions.make, found.data, [row.data("đã xác minh") for row in found.rows])
    version = workspace.read(distributions.view, one).version
    workspace.write(distributions.approve, one, version, number="128/QĐ-UBND", on=date(2026, 11, 20))
    rows = workspace.read(distributions.rows, one)
    receipt = ReceiptData(TODAY, "Nguyễn Văn Em", "con", "GUQ 23/11/2026", Receipt.FINGERPRINT)
    first = next(row.id for row in rows if row.name == "Nguyễn Thị Á")
    workspace.write(distributions.receive_many, one, workspace.read(distributions.view, one).version, {first: receipt})
    return one


def test_the_pay_out_list_has_the_official_columns_in_their_order_and_its_sum_in_words(
    workspace: Workspace, make: Make
) -> None:
    content = workspace.read(distribution_papers.pay_list, made(workspace, make))
    text = " ".join(pages_of(render_pay_list(content)))
    places = [
        text.find(words)
        for words in ("STT", "Họ và tên người", "Số định danh", "Địa chỉ", "Số tiền", "Ngày", "Ký nhận/điểm chỉ")
    ]
    assert places == sorted(places)
    assert -1 not in places
    for words in (
        "BẢNG KÊ HỖ TRỢ HỘ GIA ĐÌNH",
        "Quà Tết Đinh Mùi",
        "083179000015",
        "1.500.000 đồng",
        "Một triệu năm trăm nghìn đồng",
        "128/QĐ-UBND",
        "Nhà tài trợ",
        "Đã điểm chỉ",
        "GUQ 23/11/2026",
        "NGƯỜI LẬP",
        "KẾ TOÁN",
        "THỦ TRƯỞNG",
    ):
        assert words in text, words
    assert "{" not in text


def test_a_goods_list_names_quantity_specification_brand_and_maker(workspace: Workspace, make: Make) -> None:
    one = made(workspace, make, goods=True)
    text = " ".join(pages_of(render_pay_list(workspace.read(distribution_papers.pay_list, one))))
    assert "Gạo tẻ, 15 kg, loại 1, Hạt Ngọc" in text
    assert "Gạo tẻ 45 kg" in text
    assert "nhãn mác" in text


def test_the_signature_list_has_a_part_with_its_sum_and_witness_for_each_hamlet(
    workspace: Workspace, make: Make
) -> None:
    content = workspace.read(distribution_papers.receipt_list, made(workspace, make))
    assert [(group.hamlet, len(group.rows)) for group in content.groups] == [("Ấp Phú Nhơn", 1), ("Ấp Quân An", 2)]
    assert sum(group.total for group in content.groups) == content.total
    text = " ".join(pages_of(render_receipt_list(content)))
    assert "Cộng ấp Quân An: 02 hộ; 1.000.000 đồng." in text
    assert text.count("Người chứng kiến") == 2
    assert "Tổng cộng: 03 hộ; 1.500.000 đồng." in text


def test_minutes_and_authorisation_are_made_for_the_rows_named(workspace: Workspace, make: Make) -> None:
    one = made(workspace, make, goods=True)
    row = next(row for row in workspace.read(distributions.rows, one) if row.name == "Lê Văn Bình")
    minutes = workspace.read(distribution_papers.handovers, one, ids=[row.id])
    text = " ".join(pages_of(render_handovers(minutes)))
    for words in ("BIÊN BẢN BÀN GIAO", "Lê Văn Bình", "083079000023", "Gạo tẻ", "16.000", "240.000", "Hộ nghèo"):
        assert words in text
    papers = workspace.read(distribution_papers.authorisations, one)
    assert len(papers) == 3
    text = " ".join(pages_of(render_authorisations(papers)))
    assert "Nguyễn Văn Em" in text
    assert text.count("GIẤY ỦY QUYỀN") == 3
    with pytest.raises(NotFoundError):
        workspace.read(distribution_papers.handovers, one, ids=[one])


def test_nothing_is_printed_of_a_cancelled_list(workspace: Workspace, make: Make) -> None:
    one = made(workspace, make)
    workspace.write(
        distributions.cancel, one, workspace.read(distributions.view, one).version, on=TODAY, reason="Lập nhầm"
    )
    with pytest.raises(ValidationError):
        workspace.read(distribution_papers.pay_list, one)


def test_the_confirmation_says_what_was_received_or_that_nothing_was_by_the_files(
    workspace: Workspace, make: Make
) -> None:
    home = make.household(make.person(id_number="083179000015"))
    data = DeliveryData("QUA-XH", home, TODAY, amount=500_000, source=FundSource.SPONSOR)
    one = workspace.write(deliveries.record, data, receipt=ReceiptData(TODAY))
    workspace.write(deliveries.correct, one, on=TODAY, reason="Ghi nhầm", amount=400_000)
    asked = {"purpose": "bổ sung hồ sơ vay vốn", "valid_until": date(2026, 12, 31)}
    draft = workspace.read(support_confirmations.confirmation_of, home, TODAY, **asked)  # type: ignore[arg-type]
    text = " ".join(pages_of(render_support_confirmation(draft.content)))
    assert "Đã nhận hỗ trợ" in text
    assert "400.000 đồng" in text
    assert "Bốn trăm nghìn đồng" in text
    assert "bổ sung hồ sơ vay vốn" in text
    none = workspace.read(
        support_confirmations.confirmation_of,
        home,
        TODAY,
        programmes=["NHA-KC"],
        **asked,  # type: ignore[arg-type]
    )
    text = " ".join(pages_of(render_support_confirmation(none.content)))
    assert "Chưa nhận hỗ trợ" in text
    assert "theo hồ sơ quản lý tại xã" in text
    issued = workspace.write(office_papers.issue_draft, none, TODAY, render=render_paper)
    assert issued.kind is PaperKind.SUPPORT_CONFIRMATION
    assert issued.number.endswith("/XN-UBND")
    assert "01/XN-UBND" in " ".join(pages_of(issued.pdf))


def test_a_confirmation_without_purpose_or_past_its_validity_is_not_issued(workspace: Workspace, make: Make) -> None:
    home = make.household()
    draft = workspace.read(support_confirmations.confirmation, home, TODAY)
    assert [problem.field for problem in draft.refusals] == ["purpose"]
    with pytest.raises(ValidationError):
        workspace.write(office_papers.issue_draft, draft, TODAY, render=render_paper)
    late = workspace.read(
        support_confirmations.confirmation_of, home, TODAY, purpose="vay vốn", valid_until=date(2026, 11, 1)
    )
    assert [problem.field for problem in late.refusals] == ["valid_until"]


def test_a_long_name_and_many_goods_stay_in_their_cells(workspace: Workspace, make: Make) -> None:
    content = workspace.read(distribution_papers.pay_list, made(workspace, make, goods=True))
    wide = replace(
        content.rows[0],
        name="Công Tằng Tôn Nữ Ngọc Huyền Trân",
        goods=tuple(f"Mặt hàng số {number}, 1 cái, nhãn hiệu rất dài để kiểm tra" for number in range(12)),
    )
    text = " ".join(pages_of(render_pay_list(replace(content, rows=(wide, *content.rows[1:])))))
    assert "Mặt hàng số 11" in text
    assert "Huyền Trân" in text
