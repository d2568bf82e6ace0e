"""Sections, totals, hidden rows, signatures, looks, encodings, and files that cannot be read."""

import datetime as dt
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from casemgr import i18n
from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import Severity
from casemgr.errors import AppError
from tests.support.workbooks import Lists, column, crossed_out, csv_text, reasons, write_xls, write_xlsx

POOR, NEAR_POOR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR


def test_57_sections_fill_class_and_hamlet(lists: Lists) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Danh sách"
    for row in [["STT", "Họ và tên", "Năm sinh"], ["I. HỘ NGHÈO"], ["Ấp 3"], [1, "Lê Thị Lành", 1960],
                ["Ấp 4"], [2, "Trần Văn Hiền", 1961], ["II", "HỘ CẬN NGHÈO"], [1, "Võ Văn Nghĩa", 1962]]:  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    book.save(lists.folder / "m.xlsx")
    read = lists.read(lists.folder / "m.xlsx")
    found = [(one.value, one.hamlet) for one in read.households]
    assert found == [(POOR, "Ấp 3"), (POOR, "Ấp 4"), (NEAR_POOR, "Ấp 4")]
    assert [one.kind for one in read.skipped] == ["section"] * 4


@pytest.mark.parametrize(("total", "told"), [("Tổng cộng: 2 hộ", False), ("Tổng cộng: 25 hộ", True), ("Cộng", False)])
def test_58_totals_are_compared(lists: Lists, total: str, told: bool) -> None:
    read = lists.of([*column("Năm sinh", 1960, 1961), [total]])
    assert len(read.households) == 2
    assert ("total-differs" in reasons(read)) is told


def test_59_hidden_rows_are_read_and_mentioned(lists: Lists) -> None:
    path = write_xlsx(lists.folder / "h.xlsx", {"Danh sách": column("Năm sinh", 1960, 1961, 1962)})
    book = load_workbook(path)
    for row in (3, 4):
        book["Danh sách"].row_dimensions[row].hidden = True
    book.save(path)
    read = lists.read(path)
    assert len(read.households) == 3
    assert [note.raw for note in read.notes if note.reason == "hidden-rows"] == ["2"]


@pytest.mark.parametrize("end", ["NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN"])
def test_60_reading_stops_at_the_signatures(lists: Lists, end: str) -> None:
    read = lists.of([*column("Năm sinh", 1960), [None, end], [None, "Nguyễn Thị Lan"]])
    assert len(read.households) == 1
    assert [(one.kind, one.row) for one in read.skipped] == [("signature", 3), ("after-signature", 4)]


@pytest.mark.parametrize("numbering", [["(1)", "(2)", "(3)"], ["A", "B", "1"]])
def test_61_numbering_rows_are_passed_over(lists: Lists, numbering: list[str]) -> None:
    rows = column("Năm sinh", 1960)
    read = lists.of([rows[0], numbering, *rows[1:]])
    assert [one.head.row for one in read.households] == [3]
    assert [one.kind for one in read.skipped] == ["numbering"]


@pytest.mark.parametrize("look", [0, 1])
def test_62_struck_or_red_people_are_doubts(lists: Lists, look: int) -> None:
    path = write_xlsx(lists.folder / "s.xlsx", {"Danh sách": column("Năm sinh", 1960, 1961)})
    book = load_workbook(path)
    font, fill = crossed_out()
    if look:
        book["Danh sách"]["B3"].fill = fill
    else:
        book["Danh sách"]["B3"].font = font
    book.save(path)
    first, second = lists.read(path).households
    assert "crossed-out" not in reasons(first)
    assert "crossed-out" in reasons(second)
    assert second.severity is Severity.DOUBT


def test_63_sheets_are_trimmed_passed_over_and_listed(lists: Lists) -> None:
    path = lists.folder / "b.xlsx"
    write_xlsx(path, {"Ấp Phú Nhơn ": column("Năm sinh", 1960), "Sheet2": [], "Cũ": column("Năm sinh", 1950)})
    book = load_workbook(path)
    book["Cũ"].sheet_state = "veryHidden"
    book.save(path)
    read = lists.read(path)
    assert [one.sheet for one in read.households] == ["Ấp Phú Nhơn"]
    told = {note.sheet: note.reason for note in read.notes if note.sheet and not note.row and not note.column}
    assert told == {"Sheet2": "empty-sheet", "Cũ": "hidden-sheet"}


ROWS = [["STT", "Họ và tên", "Ngày sinh", "Ấp"], [1, "Nguyễn Thị Ngưỡng", "05/03/1960", "Ấp Phú Nhơn"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_64_text_tables(lists: Lists, encoding: str, separator: str) -> None:
    path = lists.folder / "ds.csv"
    path.write_bytes(csv_text(ROWS, separator).encode(encoding))
    (household,) = lists.read(path).households
    assert (household.head.data.full_name, household.hamlet) == ("Nguyễn Thị Ngưỡng", "Ấp Phú Nhơn")


def test_64_windows_1258(lists: Lists) -> None:
    decomposed = {
        "ễ": "ê\u0303",
        "ị": "i\u0323",
        "ỡ": "ơ\u0303",
        "ọ": "o\u0323",
        "ấ": "â\u0301",
        "Ấ": "Â\u0301",
        "ơ": "ơ",
    }
    text = csv_text(ROWS, ";")
    for letter, pair in decomposed.items():
        text = text.replace(letter, pair)
    path = lists.folder / "ds.csv"
    path.write_bytes(text.encode("cp1258"))
    (household,) = lists.read(path).households
    assert (household.head.data.full_name, household.hamlet) == ("Nguyễn Thị Ngưỡng", "Ấp Phú Nhơn")


def test_64_old_excel_files(lists: Lists) -> None:
    rows = [
        ["STT", "Họ và tên", "Ngày sinh"],
        [1, "Nguyễn Thị Ngưỡng", dt.date(1960, 3, 5)],
        [2, "Th\xb9ch ThÞ Sa R©y", 1956],
    ]
    path = write_xls(lists.folder / "ds.xls", {"Danh sách": rows}, fonts={(2, 1): ".VnTime"})
    first, second = lists.read(path).households
    assert (first.head.data.full_name, first.head.data.birth and first.head.data.birth.iso) == (
        "Nguyễn Thị Ngưỡng",
        "1960-03-05",
    )
    assert second.head.data.full_name == "Thạch Thị Sa Rây"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 2, "password"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 200, "damaged"),
        ("a.xlsx", b"day khong phai Excel", "damaged"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"\x00\x01\x02STT", "text table"),
    ],
)
def test_65_files_that_cannot_be_read_are_refused_in_words(lists: Lists, name: str, content: bytes, words: str) -> None:
    path = lists.folder / name
    path.write_bytes(content)
    with i18n.using("en"), pytest.raises(AppError, match=words) as refused:
        lists.read(path)
    assert name in str(refused.value)


def test_65_a_missing_file_is_refused_in_words(lists: Lists) -> None:
    with pytest.raises(AppError, match=r"mat\.xlsx"):
        lists.read(lists.folder / "mat.xlsx")


def test_fonts_also_prove_that_a_cell_is_plain(lists: Lists) -> None:
    """Text with letters beyond Latin-1 is Unicode whatever the font claims."""
    rows = [["STT", "Họ và tên", "Giới tính"], [1, "Nguyễn Thị Ngưỡng", "Nữ"]]
    assert lists.of(rows, fonts={"B2": ".VnTime"}).households[0].head.data.full_name == "Nguyễn Thị Ngưỡng"


def test_bold_is_not_struck(lists: Lists) -> None:
    path = write_xlsx(lists.folder / "s.xlsx", {"Danh sách": column("Năm sinh", 1960)})
    book = load_workbook(path)
    book["Danh sách"]["B2"].font = Font(bold=True, strike=False)
    book.save(path)
    assert "crossed-out" not in reasons(lists.read(path))


@pytest.mark.parametrize(
    ("area", "told"),
    [("B3:C3", [3]), ("C2:C3", [3]), ("C2:D2", []), ("A3:B3", [])],
    ids=["name-over-birth", "birth-down", "birth-over-identity", "beside"],
)
def test_a_merged_cell_over_the_birth_is_told(lists: Lists, area: str, told: list[int]) -> None:
    rows: list[list[Any]] = [
        ["STT", "Họ và tên", "Năm sinh", "Số CCCD"],
        [1, "Võ Thị Hoa", 1960, None],
        [2, "Lê Văn Bảy", None, "083058000111"],
        [3, "Kim Văn Tám", 1970, "083070000111"],
    ]
    path = write_xlsx(lists.folder / "ds.xlsx", {"A": rows})
    book = load_workbook(path)
    book["A"].merge_cells(area)
    book.save(path)
    found = [note for one in lists.read(path).households for note in one.notes if note.reason == "birth-covered"]
    assert [(note.row, note.column, note.severity) for note in found] == [(row, 3, Severity.DOUBT) for row in told]
