"""Whole lists: the nasty one, the ministry's register export, old encodings, and what an officer may correct."""

import random
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from casemgr.domain.ethnic import by_name
from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import Severity
from casemgr.domain.people import Relation, Sex
from casemgr.domain.text import title_name
from casemgr.exchange.lists import find_tables, read_list, with_field
from tests.support.workbooks import (
    TODAY,
    Lists,
    column,
    large,
    nasty,
    reasons,
    register,
    tcvn3,
    vni,
    write_xls,
    write_xlsx,
)


def test_the_nasty_list(lists: Lists) -> None:
    read = lists.read(nasty(lists.folder / "nasty.xlsx"))
    assert read.year == 2026
    first, second, third = read.households
    people = [
        (one.data.full_name, one.relation, one.data.sex, one.data.birth and one.data.birth.iso, one.data.id_number)
        for one in first.members
    ]
    assert people == [
        ("Nguyễn Thị Ngưỡng", Relation.HEAD, Sex.FEMALE, "1960", "083160001234"),
        ("Trần Văn Út", Relation.CHILD, Sex.MALE, "1985-03-05", "083085004321"),
        ("Lê Thị Bé Ba", Relation.SPOUSE, Sex.FEMALE, "1956", None),
    ]
    assert [one.data.ethnic for one in first.members] == [by_name("Kinh")] * 3
    assert [one.data.notes for one in first.members] == ["", "đi làm xa", "chết 2025"]
    assert (first.value, first.hamlet, first.b1, first.b2) == (HouseholdClass.POOR, "Phú Nhơn", 120, 30)
    assert (first.phone, first.stated_members) == ("0912345678", 3)
    assert (second.head.data.full_name, second.head.data.old_id_number) == ("Thạch Thị Sa Rây", "320123456")
    assert (second.head.data.ethnic, second.hamlet) == (by_name("Khơ-me"), "ấp Phú Nhơn")
    assert (third.head.data.full_name, third.head.data.notes) == ("Kim Văn Tám", "Tám Lành")
    assert (third.value, third.phone) == (HouseholdClass.NEAR_POOR, "02753812345")
    assert [(one.row, one.kind) for one in read.skipped] == [
        (8, "numbering"),
        (9, "section"),
        (14, "subtotal"),
        (15, "section"),
        (19, "signature"),
        (20, "after-signature"),
    ]
    assert [(note.place, note.reason) for note in first.notes if note.severity is Severity.ERROR] == [
        ("E12", "scientific")
    ]
    assert {"hidden-rows", "empty-sheet", "decoded-tcvn3", "column-not-kept"} <= set(reasons(read))


@pytest.mark.parametrize("titles", [True, False])
def test_the_ministrys_register_export(lists: Lists, titles: bool) -> None:
    read = lists.read(register(lists.folder / "register.xlsx", titles=titles))
    first, second, third, fourth = read.households
    assert [(one.data.full_name, one.relation) for one in first.members] == [
        ("Nguyễn Thị Ngưỡng", Relation.HEAD),
        ("Trần Văn Út", Relation.CHILD),
        ("Trần Thị Mai", Relation.GRANDCHILD),
    ]
    assert (first.value, first.b1, first.b2, first.hamlet) == (HouseholdClass.POOR, 120, 30, "Phú Nhơn")
    assert (first.decision_number, str(first.decision_date)) == ("45/QĐ-UBND", "2025-12-12")
    assert (first.flags, first.causes, first.stated_members) == (("no_labour",), ("7",), 3)
    assert (second.flags, second.causes) == (("ethnic_minority", "merit"), ("1", "2"))
    assert second.head.data.ethnic == by_name("Khmer")
    assert [one.value for one in (third, fourth)] == [HouseholdClass.ESCAPED_POOR, HouseholdClass.ESCAPED_NEAR_POOR]
    assert [(len(one.members), one.hamlet, one.remarks) for one in (third, fourth)] == [
        (2, "Ấp Quân An", "có việc làm"),
        (2, "Ấp Quân An", "có việc làm"),
    ]
    assert not [note for note in read.all_notes() if note.severity is Severity.ERROR]


def _names(count: int) -> list[str]:
    random_ = random.Random(11)  # noqa: S311 - reproducible names
    families = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Thạch", "Lý"]
    middle = ["Văn", "Thị", "Hữu", "Thị Mỹ", "Quốc", "Ngọc", "Đức", "Thị Kiều", "Phước", "Thị Bé"]
    given = ["Ngưỡng", "Ửng", "Tám", "Sáu", "Rỡ", "Ánh", "Ẩn", "Dũng", "Hạnh", "Phượng", "Đẹp", "Kỳ", "Tuyết", "Yến",
             "Thủy", "Hòa", "Nghĩa", "Sự", "Lượm", "Quới", "Khỏe", "Mỹ", "Tấn", "Xuân", "Bưởi", "Lãnh"]  # fmt: skip
    return [f"{random_.choice(families)} {random_.choice(middle)} {random_.choice(given)}" for _ in range(count)]


@pytest.mark.parametrize(("encode", "font"), [(tcvn3, ".VnTime"), (vni, "VNI-Times"), (tcvn3, None), (vni, None)])
def test_a_thousand_names_in_old_encodings_come_back(lists: Lists, encode: object, font: str | None) -> None:
    assert callable(encode)
    names = _names(1000)
    rows = [["STT", "Họ và tên", "Năm sinh"], *([at, encode(name), 1960] for at, name in enumerate(names, 1))]
    fonts = {f"B{row}": font for row in range(2, 1002)} if font else None
    read = lists.of(rows, fonts=fonts)
    assert [one.head.data.full_name for one in read.households] == [title_name(name) for name in names]
    code = "decoded-vni" if encode is vni else "decoded-tcvn3"
    (note,) = [note for note in read.notes if note.reason == code]
    assert (note.column, note.severity) == (2, Severity.INFO if font else Severity.DOUBT)


@pytest.mark.parametrize(("encode", "font"), [(tcvn3, ".VnTime"), (vni, "VNI-Times")])
def test_a_thousand_names_in_an_old_excel_file(lists: Lists, encode: object, font: str) -> None:
    assert callable(encode)
    names = _names(1000)
    rows = [["STT", "Họ và tên", "Năm sinh"], *([at, encode(name), 1960] for at, name in enumerate(names, 1))]
    path = write_xls(lists.folder / "cu.xls", {"Danh sách": rows}, fonts={(row, 1): font for row in range(1, 1001)})
    assert [one.head.data.full_name for one in lists.read(path).households] == [title_name(name) for name in names]


def test_old_text_in_a_text_table(lists: Lists) -> None:
    names = _names(50)
    lines = ["STT;Hä tªn;N¨m sinh"] + [f"{at};{tcvn3(name)};1960" for at, name in enumerate(names, 1)]
    path = lists.folder / "cu.csv"
    path.write_bytes("\r\n".join(lines).encode("latin-1"))
    assert [one.head.data.full_name for one in lists.read(path).households] == names


def test_an_officer_decides_the_encoding_of_a_column(lists: Lists) -> None:
    path = write_xlsx(lists.folder / "ds.xlsx", {"Danh sách": [["STT", "Họ và tên"], [1, vni("Võ Thị An")]]})
    book = lists.reader.read(path)
    (table,) = find_tables(book)
    assert table is not None
    forced = read_list(book, today=TODAY, tables=[with_field(table, 2, "name", "vni")])
    assert forced.households[0].head.data.full_name == "Võ Thị An"


def test_one_cell_with_two_fonts(lists: Lists) -> None:
    """Half of a name typed in an old font: each run is decoded by its own."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["STT", "Họ và tên", "Năm sinh"])
    old, new = InlineFont(rFont=".VnTime"), InlineFont(rFont="Times New Roman")
    sheet.append([1, CellRichText(TextBlock(old, "NguyÔn ThÞ "), TextBlock(new, "Ngưỡng")), 1960])
    path = lists.folder / "r.xlsx"
    book.save(path)
    _share_strings(path)
    assert lists.read(path).households[0].head.data.full_name == "Nguyễn Thị Ngưỡng"


def _share_strings(path: Path) -> None:
    """Turn the inline rich text of a file into a shared string, as Excel itself writes it."""
    import re
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    found = re.search(rb"<is>(<r>.*?)</is>", sheet)
    assert found
    parts["xl/worksheets/sheet1.xml"] = re.sub(
        rb'(<c r="B2"[^>]*?) t="inlineStr"([^>]*)><is>.*?</is></c>', rb'\1 t="s"\2><v>0</v></c>', sheet
    )
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="' + space + b'"><si>' + found[1] + b"</si></sst>"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", part)
    link = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = b'<Relationship Id="rIdS" Type="' + link + b'" Target="sharedStrings.xml"/></Relationships>'
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_column_mapping_is_corrected_and_remembered(lists: Lists) -> None:
    path = write_xlsx(lists.folder / "ds.xlsx", {"Danh sách": column("Mã gì đó", "083160001234", "083085004321")})
    book = lists.reader.read(path)
    (table,) = find_tables(book)
    assert table is not None
    assert table.columns[2].field == ""
    corrected = with_field(table, 3, "identity")
    again = find_tables(book, {table.fingerprint: corrected.columns})
    read = read_list(book, today=TODAY, tables=again)
    assert [one.head.data.id_number for one in read.households] == ["083160001234", "083085004321"]


def test_columns_that_are_not_read_are_told(lists: Lists) -> None:
    read = lists.column("Màu xe", "đỏ", "xanh")
    (note,) = [note for note in read.notes if note.reason == "column-unused"]
    assert (note.place, note.raw, note.read) == ("C", "Màu xe", "2")


def test_a_member_without_a_head_is_told_and_not_lost(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ với chủ hộ"], [None, "Lê Văn Bé", "con"], [1, "Lê Thị Lành", "chủ hộ"]]
    read = lists.of(rows)
    assert len(read.households) == 1
    (note,) = [note for note in read.notes if note.reason == "no-head"]
    assert (note.row, note.raw, note.severity) == (2, "Lê Văn Bé", Severity.ERROR)


def test_facts_without_a_name_are_told(lists: Lists) -> None:
    read = lists.of([*column("Số CCCD", "083160001234"), [2, None, "083085004321"]])
    (note,) = [note for note in read.notes if note.reason == "no-name-in-row"]
    assert (note.row, note.severity) == (3, Severity.ERROR)


def test_repeated_titles_on_a_new_page_are_passed_over(lists: Lists) -> None:
    rows = column("Năm sinh", 1960)
    again = [*rows, [None, "Người lập biểu"], rows[0], [2, "Võ Thị Hoa", 1970]]
    read = lists.of(again)
    assert [one.head.data.full_name for one in read.households] == ["Trần Văn Hiền", "Võ Thị Hoa"]
    assert [one.kind for one in read.skipped] == ["signature", "header"]


def test_households_numbered_by_relation_alone(lists: Lists) -> None:
    rows = [["Họ và tên", "Quan hệ với chủ hộ"], ["Lê Thị Lành", "Chủ hộ"], ["Lê Văn Bé", "con"], ["Võ Hoa", "Chủ hộ"]]
    assert [len(one.members) for one in lists.of(rows).households] == [2, 1]


def test_every_row_numbered_and_related(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ"], [1, "Lê Thị Lành", "Chủ hộ"], [2, "Lê Văn Bé", "con"], [3, "Võ Hoa", "CH"]]
    assert [len(one.members) for one in lists.of(rows).households] == [2, 1]


def test_a_head_without_a_number_is_a_doubt(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ"], [1, "Lê Thị Lành", "Chủ hộ"], [None, "Võ Hoa", "CH"], [2, "Lê Văn", "CH"]]
    read = lists.of(rows)
    assert len(read.households) == 3
    assert "second-head" in reasons(read.households[1])


def test_household_facts_on_a_members_row_are_used_and_told(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Loại hộ"], [1, "Lê Thị Lành", None], [None, "Lê Văn Bé", "HN"]]
    (household,) = lists.of(rows).households
    assert household.value is HouseholdClass.POOR
    assert "household-value-below" in reasons(household)


def test_the_title_gives_the_class_and_the_year(lists: Lists) -> None:
    rows = [["DANH SÁCH HỘ CẬN NGHÈO NĂM 2025"], [], *column("Năm sinh", 1960)]
    read = lists.of(rows)
    assert (read.year, read.households[0].value) == (2025, HouseholdClass.NEAR_POOR)


def test_a_birth_in_three_columns(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Ngày tháng năm sinh", None, None], [None, None, "Ngày", "Tháng", "Năm"],
            [1, "Lê Thị Lành", 5, 3, 1956], [2, "Võ Hoa", None, None, 1960]]  # fmt: skip
    births = [one.head.data.birth for one in lists.of(rows).households]
    assert [birth and birth.iso for birth in births] == ["1956-03-05", "1960"]


def test_a_long_list_keeps_its_people(lists: Lists) -> None:
    read = lists.read(large(lists.folder / "l.xlsx", 300))
    assert (len(read.households), read.people) == (300, 1200)
    assert not [note for note in read.all_notes() if note.severity is not Severity.INFO]


def test_a_second_table_with_other_titles_is_told_and_not_misread(lists: Lists) -> None:
    other = [["TT", "Số CCCD", "Họ và tên", "Điện thoại"], [1, "083160001234", "Võ Thị Hoa", "0912345678"]]
    read = lists.of([*column("Năm sinh", 1960), [], *other])
    assert len(read.households) == 1
    (note,) = [note for note in read.notes if note.reason == "other-table"]
    assert (note.row, note.severity) == (4, Severity.ERROR)
    assert [(one.row, one.kind) for one in read.skipped] == [(4, "other-table"), (5, "other-table")]


def test_data_that_sounds_like_titles_stays_data(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ", "Giới tính", "Thôn", "Loại hộ"],
            [1, "Lê Thị Lành", "Chủ hộ", "Nữ", "Ấp Quân An", "Hộ nghèo"]]  # fmt: skip
    (household,) = lists.of(rows).households
    assert (household.hamlet, household.value) == ("Ấp Quân An", HouseholdClass.POOR)


def test_a_ditto_with_nothing_above_is_told(lists: Lists) -> None:
    (household,) = lists.column("Dân tộc", "nt").households
    assert household.head.data.ethnic is None
    (note,) = [note for note in household.notes if note.reason == "ditto-nothing"]
    assert (note.raw, note.place) == ("nt", "C2")


def test_a_second_column_of_the_same_kind_is_told(lists: Lists) -> None:
    read = lists.column("Số CCCD", ("083160001234", "083085004321"), ("083058000111", None), more=["Căn cước"])
    assert [one.head.data.id_number for one in read.households] == ["083160001234", "083058000111"]
    (note,) = [note for note in read.notes if note.reason == "column-twice"]
    assert (note.place, note.raw) == ("D", "Căn cước")


def test_a_sentence_in_the_name_column_is_refused(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Năm sinh"], [1, "Hộ này đã chuyển đi nơi khác " * 10, 1960]]
    (household,) = lists.of(rows).households
    assert len(household.head.data.full_name) <= 200
    assert "name-long" in reasons(household)


@pytest.mark.parametrize(("title", "field"), [("Phân loại hộ", "class"), ("Quan hệ với chủ hộ", "relation")])
def test_signs_alone_are_not_an_empty_cell(lists: Lists, title: str, field: str) -> None:
    rows = [["STT", "Họ và tên", title], [1, "Lê Thị Lành", None], [None, "Lê Văn Bé", "??"]]
    assert any(note.raw == "??" and note.field == field for note in lists.of(rows).all_notes())
