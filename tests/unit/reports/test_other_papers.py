"""The recovery sheet, the printed register, the letterhead and joined papers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import zxingcpp

from casemgr import i18n
from casemgr.domain.certificates import CertificateStatus, number_text
from casemgr.domain.households import HouseholdClass
from casemgr.domain.recovery import RecoveryCode
from casemgr.reports.certificate import render_certificate, render_overprint
from casemgr.reports.joining import join
from casemgr.reports.letterhead import render_head
from casemgr.reports.recovery import render_recovery_sheet
from casemgr.reports.registers import render_register
from casemgr.reports.tables import OwnersMark
from casemgr.services.certificate_register import RegisterRow
from casemgr.services.offices import default_office
from tests.support.papers import content
from tests.support.pdfs import fonts_of, ink_box, page_sizes, pages_of, raster

OFFICE = default_office("28901")
CODE = RecoveryCode(bytes(range(7, 27)))
MARK = OwnersMark("Nguyễn Thị Lan", datetime(2026, 11, 24, 2, 0, tzinfo=UTC), "Trình ký sổ")


def row(number: int, **values: object) -> RegisterRow:
    made = RegisterRow(
        id=UUID(int=number),
        household_id=UUID(int=number),
        code=f"H-{number:05d}",
        number=number_text(number, "GCN-HN.HCN"),
        year=2026,
        issued_on=date(2026, 3, 5),
        head="Nguyễn Thị Ngưỡng",
        hamlet="Ấp Phú Nhơn",
        class_value=HouseholdClass.POOR,
        class_year=2026,
        status=CertificateStatus.ISSUED,
        prints=1,
        collected_on=None,
        collected_by="",
    )
    return replace(made, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_copies_of_the_recovery_sheet_bring_the_code_back(language: str) -> None:
    with i18n.using(language):
        pdf = render_recovery_sheet(CODE, OFFICE, made_on=date(2026, 11, 24))
    texts = pages_of(pdf)
    assert len(texts) == 2
    for page, text in enumerate(texts):
        packed = text.replace(" ", "")
        for group in CODE.groups:
            assert group in packed
        assert "24/11/2026" in text
        assert OFFICE.agency_lines[1] in text
        (code,) = zxingcpp.read_barcodes(raster(pdf, page, dpi=200))
        assert RecoveryCode.parse(code.text) == CODE
    assert texts[0] != texts[1]
    assert all(fonts_of(pdf).values())


def test_the_recovery_code_is_in_no_property_of_the_file() -> None:
    pdf = render_recovery_sheet(CODE, OFFICE, made_on=date(2026, 11, 24))
    for group in CODE.groups:
        assert group.encode() not in pdf


def test_the_register_lists_every_paper_with_head_owner_and_page() -> None:
    with i18n.using("en"):
        rows = [row(number) for number in range(1, 60)]
        pdf = render_register(rows, OFFICE, MARK, period="Năm 2026")
        texts = pages_of(pdf)
    assert page_sizes(pdf) == [(297.0, 210.0)] * len(texts)
    assert len(texts) >= 3
    whole = " ".join(texts)
    for one in rows:
        assert one.number in whole
    for number, text in enumerate(texts, 1):
        assert "Purpose: Trình ký sổ" in text
        assert "Nguyễn Thị Lan" in text
        assert number == 1 or text.startswith(str(number))
        assert "Head of household" in text or "The list has" in text
    assert "The list has 59 certificates." in texts[-1]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts[0]
    assert all(fonts_of(pdf).values())


def test_the_register_says_who_collected_and_what_is_void() -> None:
    rows = [
        row(1, collected_by="Trần Văn Út (con)", collected_on=date(2026, 3, 9)),
        row(2, head="<b>A & B</b>", status=CertificateStatus.VOID),
    ]
    with i18n.using("en"):
        (text,) = pages_of(render_register(rows, OFFICE, MARK, period="Năm 2026"))
    assert "Trần Văn Út (con), 09/03/2026" in text
    assert "<b>A & B</b>" in text
    assert "Void" in text


def test_a_register_of_invented_people_says_so_on_every_page() -> None:
    office = replace(OFFICE, sample=True)
    texts = pages_of(render_register([row(number) for number in range(1, 40)], office, MARK, period="2026"))
    assert len(texts) > 1
    assert all("DỮ LIỆU MẪU" in text for text in texts)


def test_an_empty_register_is_a_page_too() -> None:
    with i18n.using("en"):
        (text,) = pages_of(render_register([], OFFICE, MARK, period="Năm 2026"))
    assert "The list has 0 certificates." in text


def test_lists_keep_the_right_edge_free_for_the_seal() -> None:
    pdf = render_register([row(number) for number in range(1, 40)], OFFICE, MARK, period="2026")
    for page in range(len(page_sizes(pdf))):
        left, top, right, bottom = ink_box(raster(pdf, page), dpi=100)
        assert left >= 14.5
        assert right <= 297 - 14.5
        assert top >= 8
        assert bottom <= 210 - 13


def test_the_letterhead_shows_what_every_paper_carries() -> None:
    (text,) = pages_of(render_head(("ỦY BAN NHÂN DÂN", "PHƯỜNG 1"), "Số: 01/GCN", "Phường 1, ngày 05 tháng 3 năm 2026"))
    for words in ("PHƯỜNG 1", "Số: 01/GCN", "Phường 1, ngày 05 tháng 3 năm 2026", "Độc lập - Tự do - Hạnh phúc"):
        assert words in text


def test_joined_papers_start_on_fresh_sheets() -> None:
    papers = [render_certificate(content(1)), render_overprint(content(), 2026), render_certificate(content(2))]
    texts = pages_of(join(papers))
    assert len(texts) == 6
    assert "01/GCN-HN.HCN" in texts[0]
    assert texts[3] == ""
    assert "02/GCN-HN.HCN" in texts[4]
