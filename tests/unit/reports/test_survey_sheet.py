"""Working sheets read back: what is prefilled, boxes as shapes, the code on every sheet, two pages, many at once."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import zxingcpp

from casemgr.domain.paper_codes import read_case_qr
from casemgr.reports.survey_sheet import SHEET, render_quick_sheets, render_survey_sheets
from casemgr.reports.tables import OwnersMark
from casemgr.reports.todo_list import render_request_list, render_todo_list
from tests.support import review_papers as papers
from tests.support.pdfs import fonts_of, ink_box, page_sizes, pages_of, raster, text_by_poppler

MARK = OwnersMark("Nguyễn Thị Lan", datetime(2026, 11, 24, 2, 0, tzinfo=UTC), "Rà soát năm 2026")


def test_a_sheet_is_prefilled_and_names_every_indicator(tmp_path: Path) -> None:
    pdf = render_survey_sheets([papers.survey()])
    front, back = pages_of(pdf)
    for words in (
        "PHIẾU RÀ SOÁT, PHÂN LOẠI HỘ GIA ĐÌNH",
        "Mã hộ: H-00147",
        papers.LONG_NAME,
        "Kết quả lần trước: Hộ nghèo năm 2026; B1: 120; B2: 40",
        "083160001234",
        "Tiểu học",
        "Diện tích ở (m²): 36,5",
        "Giếng khoan",
    ):
        assert words in front
    for number, name in enumerate(papers.NAMES, 1):
        assert name in back
        assert str(number) in back
    assert papers.THRESHOLDS[4].split(" [")[0] in back
    for words in ("B1 (điểm A - thu nhập)", "B2 (điểm B - thiếu hụt)", "RÀ SOÁT VIÊN", "H-00147"):
        assert words in back
    assert "PHIẾU RÀ SOÁT" in text_by_poppler(pdf, tmp_path)
    assert all(fonts_of(pdf).values())


def test_known_answers_are_crossed_and_unknown_ones_open() -> None:
    known, unknown = (raster(render_survey_sheets([papers.survey(walls=walls)]), 0, dpi=150) for walls in (True, None))
    differing = [
        (x, y)
        for y in range(0, known.height, 2)
        for x in range(0, known.width, 2)
        if known.getpixel((x, y)) != unknown.getpixel((x, y))
    ]
    assert differing
    xs, ys = [x * 25.4 / 150 for x, _y in differing], [y * 25.4 / 150 for _x, y in differing]
    assert max(xs) - min(xs) < 4  # one box, nothing else
    assert max(ys) - min(ys) < 4


def test_no_glyph_stands_for_a_box() -> None:
    for text in pages_of(render_survey_sheets([papers.survey()])):
        assert not set(text) & set("☐☑☒✓✗□■")


def test_the_waste_question_is_asked_where_a_standard_needs_it() -> None:
    assert "Rác thải" not in pages_of(render_survey_sheets([papers.survey()]))[0]
    assert "Rác thải" in pages_of(render_survey_sheets([papers.survey(ask_waste=True)]))[0]


@pytest.mark.parametrize("members", [0, 1, 6, 12])
def test_a_usual_household_takes_two_pages_inside_the_margins(members: int) -> None:
    pdf = render_survey_sheets([papers.survey(members)])
    assert page_sizes(pdf) == [(210.0, 297.0)] * 2
    for page in range(2):
        left, _top, right, bottom = ink_box(raster(pdf, page, dpi=80), dpi=80)
        assert left >= SHEET.left - 0.5
        assert right <= 210 - SHEET.right + 1.5  # the dots of the last line end round
        assert bottom <= SHEET.floor + 0.5


def test_a_large_household_goes_on_and_the_next_sheet_starts_on_a_new_leaf() -> None:
    pages = pages_of(render_survey_sheets([papers.survey(40), papers.survey(2)]))
    assert len(pages) % 2 == 0
    starts = [place for place, text in enumerate(pages) if "I. Thông tin hộ gia đình" in text and "Mã hộ:" in text]
    assert len(starts) == 2
    assert all(place % 2 == 0 for place in starts)
    continued = pages[1]
    assert "H-00147" in continued  # whose leaf it is
    assert "Họ và tên" in continued  # the head of the table again


def test_every_sheet_carries_the_code_of_its_own_case_and_no_person() -> None:
    cases = [UUID(int=papers.CASE.int + step) for step in range(3)]
    pdf = render_survey_sheets([papers.survey(3, case) for case in cases])
    for place, case in enumerate(cases):
        (code,) = zxingcpp.read_barcodes(raster(pdf, 2 * place, dpi=200))
        assert read_case_qr(code.text) == case
        assert code.text == f"CM1R:{case.hex.upper()}"


def test_a_standard_with_longer_words_still_fits_its_page() -> None:
    more = tuple(replace(one, threshold=one.threshold + " " + one.threshold[:90]) for one in papers.INDICATORS)
    pdf = render_survey_sheets([papers.survey(indicators=more)])
    assert len(pages_of(pdf)) == 2
    assert ink_box(raster(pdf, 1, dpi=80), dpi=80)[3] <= SHEET.floor + 0.5


def test_what_the_backs_share_is_drawn_once() -> None:
    one, many = (len(render_survey_sheets([papers.survey(2)] * count)) for count in (1, 50))
    assert (many - one) / 49 < 6_000


def test_printing_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="nothing"):
        render_survey_sheets([])
    with pytest.raises(ValueError, match="nothing"):
        render_quick_sheets([])


def test_the_quick_sheet_lists_the_signs_of_the_standard_or_says_they_are_missing() -> None:
    (with_signs,) = pages_of(render_quick_sheets([papers.quick("Có ô tô", "Có máy điều hòa")]))
    assert "1 Có ô tô" in with_signs
    assert "chưa có trong bộ quy định" not in with_signs
    (without,) = pages_of(render_quick_sheets([papers.quick()]))
    assert "Danh mục dấu hiệu của Phiếu A chưa có trong bộ quy định" in without
    (code,) = zxingcpp.read_barcodes(raster(render_quick_sheets([papers.quick()]), 0, dpi=200))
    assert read_case_qr(code.text) == papers.CASE


def test_every_hamlet_gets_its_own_pages_of_what_is_missing() -> None:
    pages = pages_of(render_todo_list(papers.todo(3, 45), MARK))
    assert sum("Ấp 2" in page for page in pages) == 1
    starts = [place for place, page in enumerate(pages) if "DANH SÁCH THÔNG TIN CẦN BỔ SUNG" in page]
    assert len(starts) == 3
    assert "Tổng số: 45 hộ" in pages[starts[1] - 1]
    for page in pages:
        assert "Nguyễn Thị Lan" in page  # who printed personal data


def test_the_list_of_requests_is_signed() -> None:
    rows = (("12/2026", "15/11/2026", papers.LONG_NAME, "Ấp Phú Nhơn", "rà soát", "30/11/2026", "Đã tiếp nhận"),)
    words = papers.wording("request_list")
    content = replace(papers.todo(), wording=words, groups=(("", rows),))
    (page,) = pages_of(render_request_list(content, MARK))
    for text in ("12/2026", "Tổng số: 1 giấy đề nghị", "NGƯỜI LẬP", "CHỦ TỊCH"):
        assert text in page
