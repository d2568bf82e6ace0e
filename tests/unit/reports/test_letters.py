"""Papers of the review read back: words, the decree's places, page breaks, marks, and what a posting may not say."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints
from unicodedata import is_normalized, normalize

import pypdfium2
import pytest
import zxingcpp

from casemgr.domain.paper_codes import case_qr, read_case_qr, read_request_qr, request_qr
from casemgr.domain.paper_json import from_json, to_json
from casemgr.domain.paper_wordings import PostingWording
from casemgr.domain.papers import PostingContent, PostingRow, RecognisedRow
from casemgr.errors import ValidationError
from casemgr.reports.letter_answers import render_confirmation, render_refusal, render_superior_report
from casemgr.reports.letter_decision import render_decision
from casemgr.reports.letter_minutes import render_minutes
from casemgr.reports.letter_posting import render_posting
from casemgr.reports.letter_requests import render_receipt, render_request
from casemgr.reports.office_papers import render_paper
from casemgr.reports.posting_list import render_posting_list
from tests.support import review_papers as papers
from tests.support.pdfs import fonts_of, ink_box, page_sizes, pages_of, raster, text_by_poppler

MM = 25.4 / 72
DECISION, POSTING, MINUTES = papers.decision(), papers.posting(), papers.minutes()

ALL: dict[str, Callable[[], bytes]] = {
    "decision": lambda: render_decision(DECISION),
    "average": lambda: render_decision(papers.average_decision()),
    "posting": lambda: render_posting(POSTING),
    "posting list": lambda: render_posting_list(POSTING),
    "minutes": lambda: render_minutes(MINUTES),
    "refusal": lambda: render_refusal(papers.refusal()),
    "superior": lambda: render_superior_report(papers.superior_report()),
    "confirmation": lambda: render_confirmation(papers.confirmation()),
    "request": lambda: render_request(papers.request()),
    "leave": lambda: render_request(papers.request(leave=True)),
    "receipt": lambda: render_receipt(papers.receipt()),
}
NUMBERED = ("decision", "average", "posting", "refusal", "superior", "confirmation")


def box(pdf: bytes, page: int, words: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the first place of some words, in millimetres from the upper left corner."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = document[page]
        text = drawn.get_textpage()
        searcher = text.search(words, match_case=True)
        found = searcher.get_next()
        assert found, f"{words!r} is not on page {page + 1}"
        start, count = found
        boxes = [text.get_charbox(index) for index in range(start, start + count)]
        high = drawn.get_height()
        searcher.close()
        text.close()
        drawn.close()
    finally:
        document.close()
    inked = [each for each in boxes if each[2] > each[0]]
    return (
        min(each[0] for each in inked) * MM,
        (high - max(each[3] for each in inked)) * MM,
        max(each[2] for each in inked) * MM,
        (high - min(each[1] for each in inked)) * MM,
    )


def middle(pdf: bytes, page: int, words: str) -> float:
    left, _top, right, _bottom = box(pdf, page, words)
    return (left + right) / 2


# ---- every paper


@pytest.mark.parametrize("name", ALL)
def test_fonts_are_embedded_and_the_text_is_composed(name: str, tmp_path: Path) -> None:
    pdf = ALL[name]()
    fonts = fonts_of(pdf)
    assert fonts
    assert all(fonts.values())
    assert all("+LiberationSerif" in font for font in fonts)
    text = text_by_poppler(pdf, tmp_path)
    assert is_normalized("NFC", text)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "{" not in text


@pytest.mark.parametrize("name", ALL)
def test_the_same_paper_is_the_same_bytes(name: str) -> None:
    assert ALL[name]() == ALL[name]()


@pytest.mark.parametrize("name", NUMBERED)
def test_margins_are_those_of_the_decree(name: str) -> None:
    pdf = ALL[name]()
    for page, size in enumerate(page_sizes(pdf)):
        if size != (210.0, 297.0):
            continue
        left, top, right, bottom = ink_box(raster(pdf, page, dpi=100), dpi=100)
        assert 30 - 0.4 <= left <= 35
        assert right <= 210 - 15 + 0.4
        assert bottom <= 297 - 20 + 0.4
        assert top >= (20 if page == 0 else 8)


@pytest.mark.parametrize("name", NUMBERED)
def test_the_head_stands_where_the_decree_puts_it(name: str) -> None:
    pdf = ALL[name]()
    country = box(pdf, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    agency = box(pdf, 0, "XÃ HƯNG KHÁNH TRUNG")
    number = box(pdf, 0, "Số: ")
    place = box(pdf, 0, "Hưng Khánh Trung, ngày 24 tháng 11 năm 2026")
    room, left = 165.0, 30.0
    assert country[2] - country[0] > 90  # at 13 points, in one line
    assert (country[0] - left) / room > 0.38
    assert agency[2] < country[0]
    assert abs(number[1] - place[1]) < 1.5  # number and date on one line
    assert middle(pdf, 0, "Độc lập - Tự do - Hạnh phúc") == pytest.approx(
        middle(pdf, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), abs=0.6
    )


@pytest.mark.parametrize("name", NUMBERED)
def test_recipients_are_level_with_the_signature_in_the_right_half(name: str) -> None:
    pdf = ALL[name]()
    page = next(place for place, text in enumerate(pages_of(pdf)) if "Nơi nhận:" in text)
    title = "TM. ỦY BAN NHÂN DÂN" if "TM. ỦY" in pages_of(pdf)[page] else "CHỦ TỊCH"
    words = "Đỗ Hoàng Phương" if "Đỗ Hoàng Phương" in pages_of(pdf)[page] else "Phạm Thị Hằng"
    label, signed = box(pdf, page, "Nơi nhận:"), box(pdf, page, words)
    assert label[0] == pytest.approx(30, abs=0.5)
    assert signed[0] > 105
    assert signed[1] - label[1] > 20  # room to sign
    if name != "average":  # CHỦ TỊCH stands in its heading too
        top = box(pdf, page, title)[1] if title.startswith("TM.") or page else None
        assert top is None or abs(label[1] - top) < 1.5


def test_papers_end_with_the_end_mark() -> None:
    for name in NUMBERED:
        text = " ".join(pages_of(ALL[name]()))
        assert text.count("./.") == 1, name


# ---- drafts and samples


def test_a_draft_says_so_on_every_page_and_leaves_the_number_open() -> None:
    pdf = render_decision(papers.decision(None))
    pages = pages_of(pdf)
    assert all("NHÁP" in page for page in pages)
    assert "Số: ………/QĐ-UBND" in pages[0]
    assert "NHÁP" not in " ".join(pages_of(render_decision(DECISION)))


def test_papers_of_invented_people_say_so() -> None:
    made = replace(POSTING, head=replace(POSTING.head, sample=True))
    assert all("DỮ LIỆU MẪU" in page for page in pages_of(render_posting(made)))
    slip = papers.receipt()
    assert "DỮ LIỆU MẪU" in pages_of(render_receipt(replace(slip, head=replace(slip.head, sample=True))))[0]


# ---- the decision


def test_the_decision_counts_its_lists_and_names_their_annexes() -> None:
    first = pages_of(render_decision(DECISION))[0]
    for words in (
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HƯNG KHÁNH TRUNG",
        "QUYẾT ĐỊNH:",
        "Điều 1. Công nhận danh sách hộ nghèo",
        "1. Hộ nghèo: 38 hộ với 129 nhân khẩu (danh sách tại Phụ lục I);",
        "4. Hộ thoát cận nghèo: 04 hộ với 10 nhân khẩu (danh sách tại Phụ lục IV).",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    ):
        assert words in first


def test_the_legal_basis_ends_with_semicolons_and_a_full_stop() -> None:
    first = pages_of(render_decision(DECISION))[0]
    assert "ngày 16 tháng 6 năm 2025; Căn cứ Nghị định số 07/2021/NĐ-CP" in first
    assert "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội. QUYẾT ĐỊNH:" in first


def test_a_list_without_households_is_left_out_and_the_annexes_close_up() -> None:
    pages = pages_of(render_decision(papers.decision(45, (38, 0, 6, 0))))
    text = " ".join(pages)
    assert "2. Hộ thoát nghèo: 06 hộ" in text
    assert "(danh sách tại Phụ lục II)" in text
    assert "Phụ lục III" not in text
    assert "SAU KHI RÀ SOÁT" in text
    assert "DANH SÁCH HỘ CẬN NGHÈO SAU KHI RÀ SOÁT" not in text


def test_annexes_lie_on_landscape_sheets_with_their_own_numbers_and_repeated_heads() -> None:
    pdf = render_decision(papers.decision(45, (50, 5)))
    sizes, pages = page_sizes(pdf), pages_of(pdf)
    annexes = [page for page, size in zip(pages, sizes, strict=True) if size == (297.0, 210.0)]
    assert len(annexes) == 4
    assert annexes[0].startswith("Phụ lục I DANH SÁCH HỘ NGHÈO SAU KHI RÀ SOÁT")
    assert "(Kèm theo Quyết định số 45/QĐ-UBND ngày 24 tháng 11 năm 2026" in annexes[0]
    assert annexes[1].startswith("2")
    assert annexes[2].startswith("3")
    assert annexes[3].startswith("Phụ lục II")  # not numbered 4: each annex begins again
    for page in annexes:
        assert "STT Họ và tên chủ hộ" in page
    assert "Tổng cộng: 50 hộ, 171 nhân khẩu" in annexes[2]


@pytest.mark.parametrize("count", range(20, 32))
def test_the_total_never_stands_alone_on_a_page(count: int) -> None:
    pages = pages_of(render_decision(papers.decision(45, (count,))))
    last = pages[-1]
    assert "Tổng cộng" in last
    assert str(count) in last.split("Tổng cộng")[0]


@pytest.mark.parametrize("extra", range(12))
def test_a_signature_never_stands_alone_on_a_page(extra: int) -> None:
    articles = (*["Điều khoản thêm vào."] * extra, DECISION.wording.articles[-1])
    words = replace(DECISION.wording, articles=articles)
    pages = pages_of(render_decision(replace(DECISION, wording=words, lists=())))
    signed = next(page for page in pages if "Nơi nhận:" in page)
    before = signed.split("Nơi nhận:")[0]
    assert "./." in before
    assert len(before.split()) > 12  # at least two lines of the last article


def test_a_paper_without_b1_and_b2_has_no_columns_for_them() -> None:
    text = pages_of(render_decision(papers.average_decision()))[-1]
    assert "Điểm B1" not in text
    assert "120" not in text
    assert "Số nhân khẩu" in text


# ---- the posting: what hangs in public


FORBIDDEN = {"id", "birth", "illness", "disability", "income", "phone", "address", "b1", "b2", "deprivations", "sex"}


def names_of(kind: Any, seen: frozenset[Any] = frozenset()) -> set[str]:
    """Every field name reachable from a content class, wording aside."""
    if kind in seen or kind is PostingWording:
        return set()
    if not is_dataclass(kind):
        return {name for inner in get_args(kind) for name in names_of(inner, seen)}
    types = get_type_hints(kind)
    own = {field.name for field in fields(kind)}
    return own | {name for field in fields(kind) for name in names_of(types[field.name], seen | {kind})}


def test_the_content_of_a_posting_has_no_room_for_a_forbidden_field() -> None:
    assert {field.name for field in fields(PostingRow)} == {"head", "hamlet", "category", "people"}
    reachable = names_of(PostingContent)
    assert {"head", "hamlet", "category", "people", "households"} <= reachable
    words = {part for name in reachable for part in name.split("_")}
    assert not words & FORBIDDEN
    assert {"birth"} <= {part for name in names_of(RecognisedRow) for part in name.split("_")}  # the test can fail


def test_a_posted_row_takes_nothing_beside_its_four_fields() -> None:
    row = POSTING.rows[0]
    with pytest.raises((AttributeError, TypeError)):
        object.__setattr__(row, "id_number", "083160001234")
    with pytest.raises(TypeError):
        PostingRow(head="A", hamlet="B", category="C", people=1, id_number="083160001234")  # type: ignore[call-arg]


def test_notice_and_list_say_who_how_long_and_where() -> None:
    pages = pages_of(render_posting(POSTING))
    for words in (
        "THÔNG BÁO",
        "- Hộ nghèo: 10 hộ, 28 nhân khẩu;",
        "Tổng số: 40 hộ, 136 nhân khẩu",
        "03 ngày làm việc, từ ngày 25 tháng 11 năm 2026 đến hết ngày 27 tháng 11 năm 2026.",
        "- Trụ sở Ủy ban nhân dân xã Hưng Khánh Trung.",
    ):
        assert words in pages[0]
    assert "STT Họ và tên chủ hộ" in pages[1]
    assert "Tổng cộng: 40 hộ, 136 nhân khẩu" in pages[-1]
    assert "phúc tra" in pages_of(render_posting(papers.posting(again=True)))[0]


def test_the_list_alone_is_signed_and_says_its_days() -> None:
    text = " ".join(pages_of(render_posting_list(POSTING)))
    assert "DANH SÁCH NIÊM YẾT" in text
    assert "Niêm yết 03 ngày làm việc" in text
    assert "Đỗ Hoàng Phương" in text
    assert "Nơi nhận" not in text


# ---- the minutes


def test_minutes_come_in_two_equal_copies_with_three_signatures() -> None:
    pages = pages_of(render_minutes(MINUTES))
    half = len(pages) // 2
    first, second = " ".join(pages[:half]), " ".join(pages[half:])
    assert "(Bản lưu tại thôn (ấp, tổ dân phố))" in first
    assert "(Bản gửi Ban Chỉ đạo rà soát)" in second
    for copy in (first, second):
        for words in ("THƯ KÝ", "ĐẠI DIỆN CÁC HỘ GIA ĐÌNH", "CHỦ TRÌ", "Võ Văn Tám", "Huỳnh Thị Mười"):
            assert words in copy
        assert "Tổng số người tham dự: 58 người." in copy
        assert "Nguyễn Thị Ngưỡng 1 Hộ nghèo 58 50 86,2 Thống nhất" in copy
        assert "Rà soát lại" in copy
    kept, sent = "(Bản lưu tại thôn (ấp, tổ dân phố))", "(Bản gửi Ban Chỉ đạo rà soát)"
    assert first.replace(kept, "") == second.replace(sent, "")


def test_a_draft_of_the_minutes_leaves_room_to_write_the_discussion() -> None:
    assert "Không có ý kiến khác." in pages_of(render_minutes(MINUTES))[1]
    assert "Không có ý kiến khác." not in " ".join(pages_of(render_minutes(papers.minutes(draft=True))))
    said = papers.minutes(discussion=("Ông Tám đề nghị xem lại hộ số 5.",))
    assert "Ông Tám đề nghị xem lại hộ số 5." in " ".join(pages_of(render_minutes(said)))


# ---- letters and slips


def test_a_letter_has_no_title_and_its_subject_below_the_number() -> None:
    pdf = render_refusal(papers.refusal())
    number, about = box(pdf, 0, "Số: 07/UBND-VHXH"), box(pdf, 0, "V/v trả lời đề nghị rà soát hộ nghèo,")
    assert about[1] > number[3]
    assert (about[0] + about[2]) / 2 == pytest.approx((number[0] + number[2]) / 2, abs=2)
    text = pages_of(pdf)[0]
    assert "Kính gửi: Ông (bà) Lê Thị Bé Ba" in text
    assert "Lý do: thu nhập bình quân của hộ là 1.820.000 đồng" in text
    assert "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in text


def test_the_report_gives_every_hamlet_and_a_total() -> None:
    text = " ".join(pages_of(render_superior_report(papers.superior_report())))
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Long" in text
    assert "Ấp 12 30 12 8 2 1" in text
    assert "Tổng cộng 360 144 96 24 12" in text


def test_the_confirmation_says_it_is_no_official_form() -> None:
    text = pages_of(render_confirmation(papers.confirmation()))[0]
    assert "Giấy này không phải là biểu mẫu của Quyết định số 24/2021/QĐ-TTg" in text
    assert "Mẫu số" not in text


def test_requests_are_prefilled_and_leave_lines_for_the_pen() -> None:
    text = pages_of(render_request(papers.request()))[0]
    assert text.startswith("Mẫu số 01 CỘNG HÒA")
    assert "Giới tính (1: Nam; 2: Nữ): 2" in text
    assert "Số CCCD/CMND: 083160001234" in text
    assert "Kim Thị Sa Rây" not in text
    assert papers.HEADS[1] in text
    leave = pages_of(render_request(papers.request(leave=True, reason="Thu nhập đã tăng.")))[0]
    assert leave.startswith("Mẫu số 04")
    assert "Thông tin các thành viên" not in leave
    assert "Lý do đề nghị: Thu nhập đã tăng." in leave


def test_the_receipt_is_a5_and_its_code_names_the_request_and_nobody() -> None:
    pdf = render_receipt(papers.receipt())
    assert page_sizes(pdf) == [(210.0, 148.0)]
    (code,) = zxingcpp.read_barcodes(raster(pdf, 0, dpi=200))
    assert read_request_qr(code.text) == papers.CASE
    assert "Hẹn trả kết quả: ngày 30 tháng 11 năm 2026" in pages_of(pdf)[0]


# ---- hostile and long text


@pytest.mark.parametrize(
    "name", ["<b>A & B</b>", "Ng\\uyễn (Thị) A%", "{commune}", "=CMD()", "'; DROP TABLE person;--"]
)
def test_a_hostile_name_is_printed_as_it_is(name: str) -> None:
    rows = (replace(POSTING.rows[0], head=name),)
    assert name in pages_of(render_posting(replace(POSTING, rows=rows)))[1]


def test_decomposed_names_are_drawn_composed() -> None:
    rows = tuple(replace(row, head=normalize("NFD", row.head)) for row in POSTING.rows)
    assert render_posting(replace(POSTING, rows=rows)) == render_posting(POSTING)


@pytest.mark.parametrize("name", ALL)
def test_long_names_stay_inside_the_page(name: str) -> None:
    pdf = ALL[name]()
    for page, (wide, _high) in enumerate(page_sizes(pdf)):
        left, _top, right, _bottom = ink_box(raster(pdf, page, dpi=80), dpi=80)
        assert left >= 14.5
        assert right <= wide - 11.5


def test_a_word_longer_than_a_line_is_cut_and_whole() -> None:
    word = "Ư" * 200
    refusal = papers.refusal()
    made = replace(refusal, wording=replace(refusal.wording, reason=f"Lý do: {word}"))
    assert pages_of(render_refusal(made))[0].count("Ư") >= 200


# ---- frozen contents and codes


@pytest.mark.parametrize(
    "content",
    [DECISION, POSTING, MINUTES, papers.refusal(), papers.superior_report(), papers.confirmation(), papers.receipt()],
    ids=lambda content: type(content).__name__,
)
def test_a_frozen_content_draws_the_same_paper_again(content: Any) -> None:
    again = from_json(type(content), to_json(content))
    assert again == content
    assert render_paper(again) == render_paper(content)


def test_codes_of_cases_and_requests_are_not_taken_for_each_other() -> None:
    text = case_qr(papers.CASE)
    assert read_case_qr(f" {text.lower()}\n") == papers.CASE
    for wrong in (request_qr(papers.CASE), "CM1R", "CM1R:123", "", "CM1:05", f"{text}00"):
        with pytest.raises(ValidationError):
            read_case_qr(wrong)
