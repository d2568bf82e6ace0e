"""The head of a paper alone, for the preview."""

import pypdfium2

from casemgr.reports.letterhead import render_head


def _words(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        assert len(document) == 1
        return str(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()


def test_it_carries_agency_country_number_and_date() -> None:
    words = _words(
        render_head(
            ("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG"),
            "Số: 01/GCN-HN.HCN",
            "Hưng Khánh Trung, ngày 24 tháng 11 năm 2026",
        )
    )
    for text in ("XÃ HƯNG KHÁNH TRUNG", "Độc lập - Tự do - Hạnh phúc", "01/GCN-HN.HCN", "ngày 24 tháng 11 năm 2026"):
        assert text in words


def test_half_typed_and_very_long_lines_are_drawn_too() -> None:
    assert render_head((), "Số: 01/", ", ngày 24 tháng 11 năm 2026").startswith(b"%PDF")
    long = "ỦY BAN NHÂN DÂN XÃ " + "HƯNG KHÁNH TRUNG " * 6
    assert "HƯNG KHÁNH TRUNG" in _words(render_head((long, "<b>A & B</b>"), "Số: 01/GCN", "A & B, ngày 1"))
