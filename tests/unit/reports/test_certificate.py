"""The printed certificate read back: every word, the fonts, the margins, the QR, and the place of later years."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from unicodedata import is_normalized, normalize

import pytest
import zxingcpp
from PIL import Image, ImageChops

from casemgr.domain.certificates import CertificateContent, MemberLine, YearBlock, parse_qr
from casemgr.domain.households import HouseholdClass
from casemgr.reports.certificate import QR_SIDE, render_certificate, render_certificates, render_overprint
from tests.support.papers import FAMILY, block, content, crowd
from tests.support.pdfs import fonts_of, ink_box, page_sizes, pages_of, raster, text_by_poppler

LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Thị Hoàng Ngọc Khánh Đoan Ánh"
DEPUTY = YearBlock(
    2027, HouseholdClass.NEAR_POOR, (2, 12), date(2027, 1, 10), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phạm Thị Hằng"
)


def dark(image: Image.Image, box: tuple[float, float, float, float], *, dpi: int) -> float:
    """Share of dark points in a box given in millimetres."""
    part = image.crop(tuple(round(value * dpi / 25.4) for value in box))  # type: ignore[arg-type]
    points = part.histogram()
    return sum(points[:128]) / sum(points)


def test_every_word_is_on_the_paper_and_composed(tmp_path: Path) -> None:
    paper = content()
    pdf = render_certificate(paper)
    front, back = pages_of(pdf)
    poppler = text_by_poppler(pdf, tmp_path)
    assert is_normalized("NFC", front + back + poppler)
    expected_front = [
        *paper.agency_lines,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/GCN-HN.HCN",
        "Hưng Khánh Trung, ngày 05 tháng 3 năm 2026",
        "GIẤY CHỨNG NHẬN HỘ NGHÈO, HỘ CẬN NGHÈO",
        *paper.wording.basis,
        paper.wording.certify,
        paper.residence,
        "I. Danh sách thành viên hộ gia đình",
        *(member.name for member in FAMILY),
        "Khơ-me",
        "1985",
    ]
    for words in expected_front:
        assert words in front
    for words in (
        "II. Kết quả phân loại hộ gia đình giai đoạn 2022 - 2025",
        "Xác nhận của Chủ tịch UBND xã",
        "(Ký tên và đóng dấu)",
        "CHỦ TỊCH",
        "Đỗ Hoàng Phương",
        "12. Phương tiện phục vụ tiếp cận thông tin",
    ):
        assert words in back
    assert back.startswith("2")
    for words in (
        "Hộ gia đình ông/bà: Nguyễn Thị Ngưỡng",
        "Số CCCD/CMND: 083160001234",
        "Ngày cấp: 12/08/2021",
        f"Nơi thường trú: {paper.residence}",
        "NĂM 2026 ngày 05 tháng 3 năm 2026",
    ):
        assert words in poppler


def test_fonts_are_embedded_subsets_and_no_other_is_named() -> None:
    fonts = fonts_of(render_certificate(content()))
    assert all(fonts.values())
    assert all("+LiberationSerif" in name for name in fonts)
    assert len(fonts) == 3


def test_size_and_margins_are_those_of_the_decree() -> None:
    pdf = render_certificate(content(members=crowd(11)))
    assert page_sizes(pdf) == [(210.0, 297.0)] * 2
    for page in range(2):
        left, top, right, bottom = ink_box(raster(pdf, page, dpi=150), dpi=150)
        assert 30 - 0.3 <= left <= 35
        assert 297 - 25 <= bottom <= 297 - 20 + 0.3
        assert 210 - 20 <= right <= 210 - 15 + 0.3
        assert top >= (20 if page == 0 else 8)


def test_the_same_paper_is_the_same_bytes() -> None:
    assert render_certificate(content()) == render_certificate(content())


@pytest.mark.parametrize("name", ["<b>A & B</b>", "Ng\\uyễn (Thị) A%", LONG_NAME, "=CMD()", "'; DROP TABLE person;--"])
def test_a_hostile_or_long_name_is_printed_as_it_is(name: str) -> None:
    members = (MemberLine(name, "Kinh", "Chủ hộ", "1960", "female"),)
    front, _back = pages_of(render_certificate(content(members=members)))
    assert front.count(name) == 2


def test_decomposed_text_is_drawn_composed() -> None:
    paper = content()
    decomposed = replace(
        paper,
        head_name=normalize("NFD", paper.head_name),
        members=tuple(replace(member, name=normalize("NFD", member.name)) for member in paper.members),
    )
    assert render_certificate(decomposed) == render_certificate(paper)


def test_a_line_without_value_stays_open_for_the_pen() -> None:
    full, opened = (raster(render_certificate(replace(content(), id_issued_on=day)), 0) for day in ("12/08/2021", ""))
    assert ImageChops.difference(full, opened).getbbox() is not None
    assert "Ngày cấp:" in pages_of(render_certificate(replace(content(), id_issued_on="")))[0]


def test_a_draft_has_mark_dots_and_an_empty_box() -> None:
    pdf = render_certificate(content(None))
    front, back = pages_of(pdf)
    assert "NHÁP" in front
    assert "NHÁP" in back
    assert "Số: ………/GCN-HN.HCN" in front
    assert zxingcpp.read_barcodes(raster(pdf, 0, dpi=200)) == []
    inside = (32, 297 - 20 - QR_SIDE + 2, 30 + QR_SIDE - 2, 275)
    assert dark(raster(pdf, 0), inside, dpi=100) == 0


def test_papers_of_invented_people_say_so_and_real_ones_carry_no_mark() -> None:
    assert "DỮ LIỆU MẪU" in pages_of(render_certificate(replace(content(), sample=True)))[0]
    assert "NHÁP" not in " ".join(pages_of(render_certificate(content())))


def test_the_qr_is_read_from_a_scan_and_leads_to_the_document() -> None:
    paper = content()
    (code,) = zxingcpp.read_barcodes(raster(render_certificate(paper), 0, dpi=300))
    assert code.text == paper.qr
    assert parse_qr(code.text).number == "05/GCN-HN.HCN"


def test_a_signed_text_still_fits_the_box() -> None:
    signed = f"{content().qr}:{'A1B2C3D4E5' * 19}"
    assert len(signed) >= 250
    pdf = render_certificate(replace(content(), qr=signed))
    (code,) = zxingcpp.read_barcodes(raster(pdf, 0, dpi=300))
    assert code.text == signed
    assert parse_qr(code.text).signature == "A1B2C3D4E5" * 19


@pytest.mark.parametrize(("people", "pages"), [(1, 2), (11, 2), (14, 2), (20, 3), (60, 4)])
def test_a_household_of_any_size_is_printed_whole(people: int, pages: int) -> None:
    members = tuple(replace(member, note="") for member in crowd(people))
    named = tuple(replace(member, name=f"{member.name} {order:02d}") for order, member in enumerate(members))
    texts = pages_of(render_certificate(content(members=named)))
    assert len(texts) == pages
    whole = " ".join(texts)
    for member in named:
        assert member.name in whole
    for number, text in enumerate(texts[1:], 2):
        assert text.startswith(str(number))
    assert ("(tiếp theo)" in whole) == (people > 11)
    assert "II. Kết quả phân loại" in texts[-1]


def test_a_year_of_birth_without_sex_stands_across_both_columns() -> None:
    unknown = (MemberLine("Trần Bảy", "Kinh", "Chủ hộ", "1950", None),)
    assert "1950" in pages_of(render_certificate(content(members=unknown)))[0]


def laid_over(paper: Image.Image, added: Image.Image) -> Image.Image:
    """What comes out when a printed sheet goes through the printer again."""
    return ImageChops.darker(paper, added)


def test_the_next_year_lands_exactly_where_the_paper_has_its_block() -> None:
    first = content(blocks=(block(),))
    both = replace(first, blocks=(block(), DEPUTY))
    again = laid_over(raster(render_certificate(first), 1), raster(render_overprint(both, 2027), 0))
    fresh = raster(render_certificate(both), 1)
    missing = ImageChops.subtract(again, fresh)  # dark in the fresh one, light in the over-printed one
    assert sum(missing.histogram()[60:]) == 0
    assert ImageChops.difference(raster(render_certificate(first), 1), again).getbbox() is not None


def test_an_overprint_holds_nothing_but_its_year() -> None:
    both = replace(content(blocks=(block(), DEPUTY)), only_block=2027)
    pdf = render_certificate(both)
    assert pdf == render_overprint(both, 2027)
    assert pages_of(pdf) == ["27 10 01 27 KT. CHỦ TỊCH PHÓ CHỦ TỊCH Phạm Thị Hằng"]
    with pytest.raises(LookupError):
        render_overprint(both, 2030)


def test_an_overprint_can_be_shifted_for_the_printer() -> None:
    both = content(blocks=(block(), DEPUTY))
    plain, moved = (
        ink_box(raster(pdf, 0, dpi=150), dpi=150)
        for pdf in (render_overprint(both, 2027), render_overprint(both, 2027, right_mm=3, down_mm=-2))
    )
    assert moved[0] - plain[0] == pytest.approx(3, abs=0.2)
    assert moved[1] - plain[1] == pytest.approx(-2, abs=0.2)


def test_the_box_of_the_class_and_only_that_is_crossed() -> None:
    marks = []
    for value in (HouseholdClass.POOR, HouseholdClass.NEAR_POOR):
        year = YearBlock(2026, value, (), date(2026, 3, 5), (), "")
        row = raster(render_overprint(content(blocks=(year,)), 2026), 0, dpi=150).crop((0, 500, 1240, 560))
        marks.append(ink_box(row, dpi=150))
    poor, near = marks
    assert poor[2] < near[0]
    for left, _top, right, _bottom in marks:
        assert 3 < right - left < 6


def test_many_certificates_make_one_file() -> None:
    papers = [content(number) for number in range(1, 8)]
    texts = pages_of(render_certificates(papers))
    assert [text.split("Số: ")[1][:2] for text in texts[::2]] == [f"{number:02d}" for number in range(1, 8)]
    with pytest.raises(ValueError, match="nothing"):
        render_certificates([])


def test_a_paper_alone_and_in_a_run_look_the_same() -> None:
    papers: list[CertificateContent] = [content(1), content(2, members=crowd(14)), content(None)]
    run = render_certificates(papers)
    alone = render_certificate(papers[1])
    for page in range(2):
        assert ImageChops.difference(raster(run, 2 + page), raster(alone, page)).getbbox() is None


def test_the_wording_of_2021_cites_the_laws_of_then() -> None:
    front, _back = pages_of(render_certificate(content(template="2021")))
    assert "ngày 19 tháng 6 năm 2015" in front
    assert "351/2025" not in front


def test_a_column_without_heading_is_left_blank() -> None:
    paper = replace(content(), wording=replace(content().wording, column_order=""))
    assert "STT" not in pages_of(render_certificate(paper))[0]


def test_an_empty_household_can_be_looked_at() -> None:
    paper = replace(content(None), head_name="", members=(), blocks=())
    assert "Hộ gia đình ông/bà:" in pages_of(render_certificate(paper))[0]
