"""What leaves the program: text stays text, zeros stay, nothing becomes a formula; the dry run repeated as a file."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from casemgr import i18n
from casemgr.domain.dates import PartialDate
from casemgr.exchange import tables
from casemgr.exchange.lists import read_list
from casemgr.exchange.problems import problems_bytes, write_problems
from tests.support.workbooks import TODAY, Lists, column, nasty

PAYLOADS = [
    *(
        "=1+1",
        "=cmd|'/c calc'!A1",
        "+84912345678",
        "-2+3",
        "@SUM(1+1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "\n=2",
    ),
    *('=HYPERLINK("http://vi-du.invalid")', "http://vi-du.invalid", "mailto:a@vi-du.invalid", "083160001234", "{=1+1}"),
    *("<b>A & B</b>", "00123", "1E5", "TRUE", "#REF!", "'=1", '"=1"', "internal:Sheet2!A1", "file:///etc/passwd"),
]


def test_strings_stay_strings_in_excel_files() -> None:
    data = tables.xlsx_bytes(["Ghi chú", "=1+1"], [[payload, payload] for payload in PAYLOADS])
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert (sheet["B1"].data_type, sheet["B1"].value) == ("s", "=1+1")
    for row, payload in enumerate(PAYLOADS, 2):
        for letter in "AB":
            cell = sheet[f"{letter}{row}"]
            assert cell.data_type == "s", payload
            assert cell.hyperlink is None
            assert str(cell.value).replace("_x000D_", "\r") == payload


def test_values_people_know_are_written_as_they_know_them() -> None:
    row = ["083160001234", 1500000, PartialDate(1956), PartialDate(1956, 3, 5), date(2026, 11, 24), True, None]
    sheet = load_workbook(io.BytesIO(tables.xlsx_bytes(list("ABCDEFG"), [row], title="Danh sách"))).active
    assert sheet is not None
    values = [cell.value for cell in sheet[4]]
    assert values == ["083160001234", 1500000, "1956", "05/03/1956", "24/11/2026", "x", None]
    assert sheet["A1"].value == "Danh sách"
    assert sheet.freeze_panes == "A4"


def test_text_tables_are_harmless(tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    tables.write_table(path, ["Số CCCD", "Ghi chú"], [[payload, payload] for payload in PAYLOADS])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    for payload, row in zip(PAYLOADS, rows, strict=True):
        assert row[0] in {payload, f"'{payload}"}
        assert not row[0].startswith(tables._RISKY), payload


@given(st.text(max_size=40))
def test_no_text_begins_a_formula(text: str) -> None:
    assert not tables.harmless(text).startswith(tables._RISKY)


def test_the_clipboard_keeps_rows_and_columns() -> None:
    text = tables.clipboard_text(["Tên", "CCCD"], [["Nguyễn\tVăn\nTám", "083160001234"], ["=1+1", None]])
    assert text == "Tên\tCCCD\r\nNguyễn Văn Tám\t083160001234\r\n'=1+1\t"
    markup = tables.clipboard_html(["Tên"], [["<b>A & B</b>"], ["083160001234"]])
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in markup
    assert markup.count("mso-number-format:'\\@'") == 3


def test_an_exported_list_can_be_imported(lists: Lists) -> None:
    """Export, then read back: nothing is lost on the way."""
    path = lists.folder / "xuat.xlsx"
    columns = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Ấp", "Loại hộ"]
    rows = [["1", "Nguyễn Thị Ngưỡng", PartialDate(1960, 3, 5), "083160001234", "Ấp Phú Nhơn", "Hộ nghèo"],
            ["2", "Kim Văn Tám", PartialDate(1958), "083058000111", "Ấp Quân An", "Hộ cận nghèo"]]  # fmt: skip
    tables.write_table(path, columns, rows, title="DANH SÁCH")
    read = lists.read(path)
    assert [(one.head.data.full_name, one.head.data.birth, one.head.data.id_number) for one in read.households] == [
        ("Nguyễn Thị Ngưỡng", PartialDate(1960, 3, 5), "083160001234"),
        ("Kim Văn Tám", PartialDate(1958), "083058000111"),
    ]


@pytest.mark.parametrize(("name", "expected"), [("Ấp [1]: a/b?*", "Ấp  1   a b"), ("", "Sheet"), ("a" * 40, "a" * 31)])
def test_sheet_names_are_those_excel_allows(name: str, expected: str) -> None:
    assert tables.sheet_name(name) == expected


def test_sheet_names_are_not_given_twice() -> None:
    assert tables.sheet_name("ấp 1", ["Ấp 1", "Ấp 1 2"]) == "ấp 1 3"


def test_the_dry_run_as_a_file(lists: Lists) -> None:
    book = lists.reader.read(nasty(lists.folder / "nasty.xlsx"))
    imported = read_list(book, today=TODAY)
    out = lists.folder / "loi.xlsx"
    with i18n.using("en"):
        write_problems(out, book, imported)
        result = load_workbook(out)
    sheet = result["Ấp Phú Nhơn"]
    assert result.sheetnames == ["Summary", "Ấp Phú Nhơn"]
    assert sheet["B10"].value == "NGUYỄN THỊ NGƯỠNG "
    assert sheet["B13"].value == "Thạch Thị Sa Rây"
    bad = sheet["E12"]
    assert bad.value == "8.3156E+10"
    assert bad.comment is not None
    assert "Excel shortened the number" in bad.comment.text
    assert bad.fill.fgColor.rgb == "FFF8C9C4"
    assert sheet["D12"].fill.fgColor.rgb == "FFFCE9B8"
    assert sheet["E10"].comment is None
    assert sheet["Q6"].value == "Problems"
    assert sheet["Q12"].value.startswith("D12: Excel turned a year into a date of 1905")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_a_corrected_dry_run_file_can_be_read_again(lists: Lists) -> None:
    book = lists.reader.read(nasty(lists.folder / "nasty.xlsx"))
    (lists.folder / "loi.xlsx").write_bytes(problems_bytes(book, read_list(book, today=TODAY)))
    again = lists.read(lists.folder / "loi.xlsx")
    assert [len(one.members) for one in again.households] == [3, 1, 1]


def test_a_sex_is_told_in_words(lists: Lists) -> None:
    book = lists.reader.read(_plain(lists.folder / "so.csv", column("Số CCCD", "083160001234", "083058000111")))
    imported = read_list(book, today=TODAY)
    with i18n.using("en"):
        result = load_workbook(io.BytesIO(problems_bytes(book, imported)))
    told = " ".join(str(cell.value) for sheet in result for row in sheet.iter_rows() for cell in row if cell.value)
    assert "Read as: Female" in told
    assert "Read as: Male" in told
    assert "ead as: female" not in told
    comments = " ".join(
        cell.comment.text for sheet in result for row in sheet.iter_rows() for cell in row if cell.comment
    )
    assert "Read as: Female" in comments


def test_formulas_in_names_stay_words_in_the_dry_run_file(lists: Lists) -> None:
    rows = column("Số CCCD", "=1+1", "083160001234")
    rows[2][1] = "@SUM(A1)"
    book = lists.reader.read(_plain(lists.folder / "f.csv", rows))
    data = problems_bytes(book, read_list(book, today=TODAY))
    sheet = load_workbook(io.BytesIO(data)).worksheets[1]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("@SUM(A1)", "s")


def _plain(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path
