"""Reports on paper: size, repeated heads, figures as people read them, signatures, the owner's mark on lists."""

import pytest

from casemgr import i18n
from casemgr.reports.statistics import render_statistics
from casemgr.services import statistic_sheets, statistics
from casemgr.workspace import Workspace
from tests.support.figures import Review, review
from tests.support.pdfs import fonts_of, page_sizes, pages_of
from tests.support.workspaces import Make


@pytest.fixture
def made(workspace: Workspace, make: Make) -> Review:
    done = review(workspace, make)
    done.case("poor", "poor", 4, before=3, deprivations=("bhyt",))
    done.case("poor", "near_poor", 2)
    done.case("near_poor", "poor", 1, hamlet="Quân An")
    return done


def paper(made: Review, number: str, *, made_by: str = "") -> bytes:
    found = made.workspace.read(statistics.figures, number, made.campaign)
    return render_statistics(made.workspace.read(statistic_sheets.sheet, found, made_by=made_by))


def test_a_movement_report_on_a4(made: Review) -> None:
    pdf = paper(made, "2")
    (text,) = pages_of(pdf)
    packed = " ".join(text.split())
    for expected in (
        "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO",
        "(Kèm theo báo cáo kết quả rà soát định kỳ)",
        "Ấp Phú Nhơn",
        "Nhân khẩu",
        "TỔNG CỘNG",
        "NGƯỜI LẬP BIỂU",
        "Trần Văn Hòa",
        "Hưng Khánh Trung, ngày 24 tháng 11 năm 2026",
    ):
        assert expected in packed
    assert "9=1-2-3-4+5+6+7+8" in packed.replace(" ", "")
    assert page_sizes(pdf) == [pytest.approx((297, 210), abs=0.5)]


def test_a_wide_report_on_a3_in_vietnamese_numbers(made: Review) -> None:
    with i18n.using("en"):
        pdf = paper(made, "5")
    assert page_sizes(pdf) == [pytest.approx((420, 297), abs=0.5)]
    assert "50,00" in pages_of(pdf)[0] or "100,00" in pages_of(pdf)[0]
    assert all("Liberation" in name for name in fonts_of(pdf))


def test_a_long_list_repeats_its_head_and_carries_the_owners_mark(workspace: Workspace, make: Make) -> None:
    done = review(workspace, make)
    for _number in range(45):
        done.case("unreviewed", "poor", 1)
    pages = pages_of(paper(done, "15", made_by="Nguyễn Thị Lan, 24/11/2026"))
    assert len(pages) == 2
    for text in pages:
        assert "CHIA HỘ NGHÈO THEO" in text
        assert "Nguyễn Thị Lan, 24/11/2026" in text
    assert "Phụ lục số 2.3" in pages[0]
    assert "NGƯỜI LẬP BIỂU" in pages[1]
    names = sum(text.count("Trần Văn Số") for text in pages)
    assert names == 45


def test_a_preliminary_report_says_so(workspace: Workspace, make: Make) -> None:
    done = review(workspace, make, decided=False)
    done.case("unreviewed", "poor", 1)
    text = " ".join(pages_of(paper(done, "1"))[0].split())
    assert "SỐ LIỆU SƠ BỘ, CHƯA CÓ QUYẾT ĐỊNH CÔNG NHẬN" in text
    assert "CHÍNH THỨC RÀ SOÁT" not in text


def test_an_empty_list_is_a_sheet_with_its_head(workspace: Workspace, make: Make) -> None:
    done = review(workspace, make)
    assert "DANH SÁCH CHI TIẾT HỘ CẬN NGHÈO" in pages_of(paper(done, "14"))[0]


@pytest.mark.parametrize("number", [str(number) for number in range(1, 17)])
def test_every_form_is_drawn(made: Review, number: str) -> None:
    assert len(pages_of(paper(made, number))) == 1
