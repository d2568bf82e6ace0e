"""What office lists may contain and how it is read: the handbook's table, row by row, through real files."""

import datetime as dt
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from casemgr import i18n
from casemgr.domain.ethnic import by_name
from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import Severity
from casemgr.domain.people import Relation, Sex
from casemgr.errors import AppError
from tests.support.workbooks import Lists, cell_date, column, crossed_out, csv_text, reasons, write_xls, write_xlsx

POOR, NEAR_POOR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR


def births(lists: Lists, *cells: Any, title: str = "Ngày sinh") -> list[str | None]:
    read = lists.column(title, *cells)
    return [one.head.data.birth.iso if one.head.data.birth else None for one in read.households]


@pytest.mark.parametrize(
    ("row", "cells", "expected"),
    [
        (1, ["05/03/1956", "5/3/1956", "5-3-1956", "05.03.1956", " 05 / 03 / 1956 "], "1956-03-05"),
        (2, ["1956", 1956, 1956.0, "sn 1956", "Sinh năm 1956"], "1956"),
        (3, ["00/00/1956", "??/??/1956"], "1956"),
        (4, ["03/1956"], "1956-03"),
        (5, ["05031956", "5031956"], "1956-03-05"),
        (6, ["1956-03-05 00:00:00"], "1956-03-05"),
        (7, ["ngày 5 tháng 3 năm 1956"], "1956-03-05"),
    ],
)
def test_births_in_every_shape(lists: Lists, row: int, cells: list[Any], expected: str) -> None:
    assert births(lists, *cells) == [expected] * len(cells), row


@pytest.mark.parametrize(
    ("row", "cell", "expected", "reason"),
    [
        (8, cell_date(1905, 5, 9), "1956", "year-in-date-cell"),
        (9, 20519, "1956-03-05", "excel-serial"),
        (10, "5/3/56", "1956-03-05", "two-digit-year"),
        (10, "5/3/24", "2024-03-05", "two-digit-year"),
    ],
)
def test_repaired_births_are_doubts(lists: Lists, row: int, cell: Any, expected: str, reason: str) -> None:
    read = lists.column("Ngày sinh", cell)
    (note,) = [note for note in read.households[0].notes if note.field == "birth"]
    assert read.households[0].head.data.birth is not None, row
    assert read.households[0].head.data.birth.iso == expected
    assert (note.reason, note.severity) == (reason, Severity.DOUBT)
    assert (note.sheet, note.place) == ("Danh sách", "C2")


@pytest.mark.parametrize("cell", ["31/02/1990", "13/13/1990", "29/02/1900", "01/01/2030", "chưa rõ"])
def test_11_impossible_births_are_refused_with_their_text(lists: Lists, cell: str) -> None:
    (household,) = lists.column("Ngày sinh", cell).households
    assert household.head.data.birth is None
    (note,) = [note for note in household.notes if note.field == "birth"]
    assert (note.raw, note.severity) == (cell, Severity.ERROR)


def test_12_dates_typed_on_an_american_excel_are_asked_about(lists: Lists) -> None:
    cells = [cell_date(1956, 3, 5), cell_date(1960, 11, 2), cell_date(1971, 7, 12), "25/03/1981"]
    read = lists.column("Ngày sinh", *cells)
    (question,) = read.questions
    assert (question.code, question.count) == ("swap-day-month", 3)
    assert read.households[0].head.data.birth is not None
    assert read.households[0].head.data.birth.iso == "1956-03-05"

    swapped = lists.column("Ngày sinh", *cells, answers=frozenset({question.key}))
    found = [one.head.data.birth.iso for one in swapped.households if one.head.data.birth]
    assert found == ["1956-05-03", "1960-02-11", "1971-12-07", "1981-03-25"]
    assert swapped.questions[0].answered
    assert reasons(swapped).count("day-month-swapped") == 3


def test_12_dates_with_days_above_12_are_not_asked_about(lists: Lists) -> None:
    assert not lists.column("Ngày sinh", cell_date(1956, 3, 25), cell_date(1960, 1, 2), "25/03/1981").questions


def test_13_many_first_of_januaries_are_asked_about(lists: Lists) -> None:
    cells = [f"01/01/19{year}" for year in range(50, 55)] + [f"12/07/19{year}" for year in range(60, 66)]
    read = lists.column("Ngày sinh", *cells)
    (question,) = read.questions
    assert (question.code, question.count, question.of) == ("year-only", 5, 11)
    shortened = lists.column("Ngày sinh", *cells, answers=frozenset({question.key}))
    precisions = [one.head.data.birth.precision for one in shortened.households if one.head.data.birth]
    assert precisions == ["year"] * 5 + ["day"] * 6


def test_14_the_year_may_stand_in_the_column_of_the_sex(lists: Lists) -> None:
    read = lists.of([["STT", "Họ và tên", "Năm sinh", None], [None, None, "Nam", "Nữ"],
                     [1, "Trần Văn Hiền", 1956, None], [2, "Lê Thị Lành", None, "1960"]])  # fmt: skip
    first, second = (one.head.data for one in read.households)
    assert (first.sex, first.birth and first.birth.iso) == (Sex.MALE, "1956")
    assert (second.sex, second.birth and second.birth.iso) == (Sex.FEMALE, "1960")


def test_15_a_year_under_both_sexes_keeps_the_year_only(lists: Lists) -> None:
    read = lists.of([["STT", "Họ và tên", "Năm sinh", None], [None, None, "Nam", "Nữ"],
                     [1, "Trần Hiền", 1956, 1956]])  # fmt: skip
    (household,) = read.households
    assert household.head.data.sex is None
    assert household.head.data.birth is not None
    assert household.head.data.birth.iso == "1956"
    assert "sex-both" in reasons(household)
    assert household.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Nam", Sex.MALE),
        (" nam ", Sex.MALE),
        ("NAM", Sex.MALE),
        ("Nữ", Sex.FEMALE),
        ("nữ", Sex.FEMALE),
        ("NU", Sex.FEMALE),
    ],
)
def test_16_sex(lists: Lists, cell: str, expected: Sex) -> None:
    assert lists.column("Giới tính", cell).households[0].head.data.sex is expected


def test_17_marks_under_nam_and_nu(lists: Lists) -> None:
    read = lists.column("Nam", ("x", None), (None, "x"), more=["Nữ"])
    assert [one.head.data.sex for one in read.households] == [Sex.MALE, Sex.FEMALE]


def test_17_a_single_column_for_women_asks_about_the_blanks(lists: Lists) -> None:
    read = lists.column("Nữ", "x", None, None)
    (question,) = read.questions
    assert (question.code, question.count) == ("blank-is-male", 2)
    assert [one.head.data.sex for one in read.households] == [Sex.FEMALE, None, None]
    answered = lists.column("Nữ", "x", None, None, answers=frozenset({question.key}))
    assert [one.head.data.sex for one in answered.households] == [Sex.FEMALE, Sex.MALE, Sex.MALE]


@pytest.mark.parametrize("cell", ["N", "1", "x"])
def test_18_what_is_no_sex_is_refused(lists: Lists, cell: str) -> None:
    (household,) = lists.column("Giới tính", cell).households
    assert household.head.data.sex is None
    assert "sex-unclear" in reasons(household, "sex")


def test_19_a_missing_sex_is_taken_from_the_identity_number_and_told(lists: Lists) -> None:
    (household,) = lists.column("Giới tính", (None, "083160001234"), more=["CCCD"]).households
    assert household.head.data.sex is Sex.FEMALE
    (note,) = [note for note in household.notes if note.reason == "sex-from-id"]
    assert note.severity is Severity.DOUBT


@pytest.mark.parametrize(
    ("row", "cell", "number", "old", "reason"),
    [
        (20, 83160001234, "083160001234", None, "zero-restored"),
        (21, "'083160001234", "083160001234", None, None),
        (21, "083 160 001 234", "083160001234", None, None),
        (22, "8.3160001234E+10", None, None, "scientific"),
        (22, "8.3156E+10", None, None, "scientific"),
        (23, "1160001234", None, None, "ambiguous-10-digits"),
        (24, "320123456", None, "320123456", None),
        (24, 20123456, None, "020123456", "zero-restored"),
        (25, "O83160001234", None, None, "non-digit"),
        (25, "0831600012345", None, None, "bad-length"),
        (26, "083160001234/320123456", "083160001234", "320123456", "old-id-found"),
        (26, "083160001234\n320123456", "083160001234", "320123456", "old-id-found"),
        (27, "999160001234", "999160001234", None, "province-unknown"),
    ],
)
def test_identity_numbers(
    lists: Lists, row: int, cell: Any, number: str | None, old: str | None, reason: str | None
) -> None:
    (household,) = lists.column("Số CCCD", cell).households
    assert (household.head.data.id_number, household.head.data.old_id_number) == (number, old), row
    assert reasons(household, "identity") == ([reason] if reason else [])


def test_28_the_same_number_on_two_rows_is_told_on_both(lists: Lists) -> None:
    first, second = lists.column("Số CCCD", "083160001234", "083160001234").households
    assert "duplicate-id" in reasons(first)
    assert "duplicate-id" in reasons(second)
    assert (first.head.data.id_number, second.head.data.id_number) == ("083160001234", None)
    assert [note.read for note in second.notes if note.reason == "duplicate-id"] == ["Danh sách!2"]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        *((29, cell) for cell in ("1.500.000đ", "1.500.000 đ", "1,500,000", "1 500 000", "1.500.000 đồng",
                                  "1.500.000 VNĐ", "1.500.000,00", "1,500,000.00")),
        (30, "1,5 triệu"), (30, "1.5tr"), (30, "1tr5"),
    ],
)  # fmt: skip
def test_money_is_checked_against_the_total_the_list_writes(lists: Lists, row: int, cell: str) -> None:
    rows = [*column("Số tiền", cell), ["Cộng", None, 1500000]]
    assert "total-differs" not in reasons(lists.of(rows)), row
    rows[-1] = ["Cộng", None, 1500001]
    assert "total-differs" in reasons(lists.of(rows)), row


@pytest.mark.parametrize(
    ("row", "cells", "total"),
    [(30, ["500k", "500 nghìn"], 1000000), (31, ["540.000đ/tháng"], 540000), (32, ["-", "không", 0], 0)],
)
def test_other_money(lists: Lists, row: int, cells: list[Any], total: int) -> None:
    read = lists.of([*column("Số tiền", *cells), ["Cộng", None, total]])
    assert "total-differs" not in reasons(read), row
    assert not reasons(read, "amount") or set(reasons(read, "amount")) == {"column-not-kept"}


@pytest.mark.parametrize("cell", ["1.5", "1,50", "1.500,000", "năm trăm nghìn"])
def test_33_amounts_that_can_be_read_in_two_ways_are_not_guessed(lists: Lists, cell: str) -> None:
    (household,) = lists.column("Số tiền", cell).households
    assert reasons(household, "amount") == ["ambiguous"]


def test_34_amounts_in_thousands_are_multiplied_after_a_question(lists: Lists) -> None:
    rows = [*column("Số tiền (nghìn đồng)", 540, 360), ["Cộng", None, 900000]]
    read = lists.of(rows)
    (question,) = read.questions
    assert (question.code, question.count) == ("thousands", 3)
    assert "total-differs" in reasons(read)
    answered = lists.of(rows, answers=frozenset({question.key}))
    assert reasons(answered, "amount").count("unit-thousand") == 2
    assert "total-differs" not in reasons(answered)


def test_35_failed_formulas_are_named(lists: Lists) -> None:
    read = lists.column("Số CCCD", "=VLOOKUP(A2,Sheet2!A:B,2,0)")
    (note,) = [note for note in read.households[0].notes if note.reason == "formula-failed"]
    assert (note.raw, note.place, note.severity) == ("=VLOOKUP(A2,Sheet2!A:B,2,0)", "C2", Severity.ERROR)


@pytest.mark.parametrize("fault", ["#REF!", "#N/A"])
def test_35_error_values_are_named(lists: Lists, fault: str) -> None:
    read = lists.column("Số CCCD", fault)
    assert [note.raw for note in read.households[0].notes if note.reason == "formula-failed"] == [fault]


@pytest.mark.parametrize(
    ("row", "cell", "name", "note"),
    [
        (36, "NGUYỄN VĂN TÁM", "Nguyễn Văn Tám", ""),
        (36, "  nguyễn  thị   ngưỡng ", "Nguyễn Thị Ngưỡng", ""),
        (37, "  - Trần Văn  Út", "Trần Văn Út", ""),
        (37, "1. Lê Thị Bé Ba", "Lê Thị Bé Ba", ""),
        (37, "LÊ THỊ BÉ BA.", "Lê Thị Bé Ba", ""),
        (38, "Trần Văn Út (chết)", "Trần Văn Út", "chết"),
        (38, "Kim Văn Tám (Tám Lành)", "Kim Văn Tám", "Tám Lành"),
        (39, "THẠCH THỊ SA-RÂY", "Thạch Thị Sa-Rây", ""),
        (39, "H'NGỌC NIÊ", "H'Ngọc Niê", ""),
        (40, "Nguyễn\u00a0Văn\u00a0Tám", "Nguyễn Văn Tám", ""),
        (40, "Nguye\u0302\u0303n Thi\u0323 Ngu\u031bo\u031b\u0303ng", "Nguyễn Thị Ngưỡng", ""),
    ],
)
def test_names(lists: Lists, row: int, cell: str, name: str, note: str) -> None:
    (household,) = lists.of([["STT", "Họ và tên", "Giới tính"], [1, cell, "Nam"]]).households
    assert (household.head.data.full_name, household.head.data.notes) == (name, note), row


def test_41_a_name_in_an_old_font(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Giới tính"], [1, "Th¹ch ThÞ Sa R©y", "Nữ"]]
    (household,) = lists.of(rows, fonts={"B2": ".VnTime"}).households
    assert household.head.data.full_name == "Thạch Thị Sa Rây"


def test_41_a_lone_old_name_without_its_font_among_unicode_ones_is_read_and_doubted(lists: Lists) -> None:
    names = [
        "Nguyễn Thị Ánh",
        "Lê Văn Tám",
        "Th\xb9ch Th\xde Sa R\xa9y",
        "Nguye\xe3n Th\xf2 H\xf6\xf4\xf5ng",
        "Trần Hà",
    ]
    read = lists.of([["STT", "Họ và tên", "Giới tính"], *([n, name, "Nữ"] for n, name in enumerate(names, 1))])
    assert [household.head.data.full_name for household in read.households] == [
        "Nguyễn Thị Ánh", "Lê Văn Tám", "Thạch Thị Sa Rây", "Nguyễn Thị Hưỡng", "Trần Hà",
    ]  # fmt: skip
    doubts = {(note.row, note.reason) for note in read.notes if note.reason.startswith("decoded-")}
    assert doubts == {(4, "decoded-tcvn3"), (5, "decoded-vni")}


def test_42_a_name_in_an_old_capital_font(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Giới tính"], [1, "nguy\xd4n th\xde ng\xad\xecng", "Nữ"]]
    (household,) = lists.of(rows, fonts={"B2": ".VnTimeH"}).households
    assert household.head.data.full_name == "Nguyễn Thị Ngưỡng"


@pytest.mark.parametrize("cell", ["Nguyễn Văn A + vợ Trần Thị B", "Nguyễn Văn A\nvợ Trần Thị B"])
def test_43_several_people_in_one_cell_are_separated_and_told(lists: Lists, cell: str) -> None:
    (household,) = lists.of([["STT", "Họ và tên", "Năm sinh"], [1, cell, "1956\n1960"]]).households
    names = [(one.data.full_name, one.relation, one.data.birth and one.data.birth.iso) for one in household.members]
    assert names == [("Nguyễn Văn A", Relation.HEAD, "1956"), ("Trần Thị B", Relation.SPOUSE, "1960")]
    assert "several-people" in reasons(household)
    assert household.severity is Severity.DOUBT


@pytest.mark.parametrize("cell", ["CH", "Chủ hộ", "chu ho", None])
def test_44_heads(lists: Lists, cell: str | None) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ với chủ hộ"], [1, "Lê Thị Lành", cell], [None, "Lê Văn Bé", "con"]]
    (household,) = lists.of(rows).households
    assert [one.relation for one in household.members] == [Relation.HEAD, Relation.CHILD]


@pytest.mark.parametrize(
    ("cell", "relation"),
    [("con", Relation.CHILD), ("con ruột", Relation.CHILD), ("Con đẻ", Relation.CHILD), ("vợ", Relation.SPOUSE),
     ("cháu nội", Relation.GRANDCHILD), ("V", Relation.SPOUSE), ("chồng", Relation.SPOUSE)],
)  # fmt: skip
def test_45_relations(lists: Lists, cell: str, relation: Relation) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ với chủ hộ"], [1, "Lê Thị Lành", "CH"], [None, "Lê Văn Bé", cell]]
    (household,) = lists.of(rows).households
    assert household.members[1].relation is relation
    assert household.members[1].relation_text == cell


def test_45_an_unknown_relation_keeps_its_words(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Quan hệ với chủ hộ"], [1, "Lê Thị Lành", "CH"], [None, "Lê Văn Bé", "bạn bè"]]
    (household,) = lists.of(rows).households
    assert (household.members[1].relation, household.members[1].relation_text) == (Relation.OTHER, "bạn bè")
    assert "relation-unknown" in reasons(household, "relation")


@pytest.mark.parametrize(
    ("cell", "name"),
    [("Kinh", "Kinh"), ("K", "Kinh"), ("Khơ-me", "Khơ-me"), ("Khơ me", "Khơ-me"), ("Khmer", "Khơ-me"),
     ("Khome", "Khơ-me")],
)  # fmt: skip
def test_46_peoples(lists: Lists, cell: str, name: str) -> None:
    assert lists.column("Dân tộc", cell).households[0].head.data.ethnic == by_name(name)


@pytest.mark.parametrize("cell", ["05", "ngoài hành tinh"])
def test_46_an_unknown_people_keeps_its_words(lists: Lists, cell: str) -> None:
    (household,) = lists.column("Dân tộc", cell).households
    assert household.head.data.ethnic is None
    assert household.head.data.notes == cell
    assert household.severity is Severity.DOUBT


@pytest.mark.parametrize("ditto", ['"', "nt", "-nt-", "//", "như trên"])
def test_47_dittos_repeat_the_cell_above(lists: Lists, ditto: str) -> None:
    read = lists.column("Dân tộc", ("Khmer", "Ấp Quân An", "HN"), (ditto, ditto, ditto), more=["Ấp", "Loại hộ"])
    second = read.households[1]
    assert (second.head.data.ethnic, second.hamlet, second.value) == (by_name("Khmer"), "Ấp Quân An", POOR)
    assert reasons(second).count("ditto-above") >= 3


def test_47_a_ditto_under_a_number_is_refused(lists: Lists) -> None:
    second = lists.column("Số CCCD", "083160001234", '"').households[1]
    assert second.head.data.id_number is None
    assert reasons(second, "identity") == ["ditto-misplaced"]


def test_48_spellings_of_one_hamlet(lists: Lists) -> None:
    from casemgr.services.import_places import hamlet_key

    rows = column("Địa chỉ (ấp)", "ấp Phú nhơn", "Phú Nhơn", "A. Phú Nhơn", "Êp Phó Nh¬n")
    read = lists.of(rows, fonts={"C5": ".VnTime"})
    assert {hamlet_key(one.hamlet) for one in read.households} == {"phu nhon"}


def test_49_old_addresses_lead_to_the_commune_of_today(lists: Lists) -> None:
    (household,) = lists.column("Địa chỉ", "Ấp 3, xã Hưng Khánh Trung B, huyện Chợ Lách, Bến Tre").households
    assert household.commune == "28901"
    assert household.hamlet == "Ấp 3"
    (note,) = [note for note in household.notes if note.reason == "address-elsewhere"]
    assert note.read == "Xã Hưng Khánh Trung (28901)"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("x", True), ("X", True), (" x ", True), ("✓", True), ("v", True), (1, True), (0, False), ("-", False),
     (None, False)],
)  # fmt: skip
def test_50_marks(lists: Lists, cell: Any, expected: bool) -> None:
    (household,) = lists.column("Hộ DTTS", (cell, "HN"), more=["Loại hộ"]).households
    assert household.flags == (("ethnic_minority",) if expected else ())


def test_51_both_classes_marked_is_refused(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Loại hộ", None], [None, None, "HN", "HCN"], [1, "Lê Thị Lành", "x", "x"]]
    (household,) = lists.of(rows).households
    assert household.value is None
    assert reasons(household, "class") == ["class-both"]
    assert household.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("HN", POOR), ("Hộ nghèo", POOR), ("N", POOR), ("HCN", NEAR_POOR), ("CN", NEAR_POOR), ("cận nghèo", NEAR_POOR)],
)
def test_52_classes(lists: Lists, cell: str, expected: HouseholdClass) -> None:
    (household,) = lists.column("Phân loại hộ", cell).households
    assert household.value is expected
    assert ("class-short" in reasons(household)) is (cell == "N")


@pytest.mark.parametrize("cell", ["120", 120.0, "120đ", "120 điểm"])
def test_53_scores(lists: Lists, cell: Any) -> None:
    assert lists.column("Điểm B1", cell).households[0].b1 == 120


@pytest.mark.parametrize("title", ["Điểm", "Điểm B1"])
def test_53_both_scores_in_one_cell(lists: Lists, title: str) -> None:
    (household,) = lists.column(title, "B1=120; B2=30").households
    assert (household.b1, household.b2) == (120, 30)


def test_53_what_is_no_score_is_refused(lists: Lists) -> None:
    assert reasons(lists.column("Điểm B1", "khá").households[0], "b1") == ["score-unclear"]


@pytest.mark.parametrize(("cell", "expected"), [("02", 2), ("3 khẩu", 3), ("3/5", None)])
def test_54_numbers_of_people(lists: Lists, cell: str, expected: int | None) -> None:
    (household,) = lists.column("Số khẩu", cell).households
    assert household.stated_members == expected
    assert reasons(household, "members") == ([] if expected else ["count-unclear"])


def test_54_a_stated_number_that_is_not_the_rows_is_told(lists: Lists) -> None:
    rows = [["STT", "Họ và tên", "Số khẩu"], [1, "Lê Thị Lành", 3], [None, "Lê Văn Bé", None]]
    (household,) = lists.of(rows).households
    (note,) = [note for note in household.notes if note.reason == "count-differs"]
    assert (note.raw, note.read) == ("3", "2")


@pytest.mark.parametrize("cell", [912345678, "+84 912 345 678", "0912.345.678"])
def test_55_phones(lists: Lists, cell: Any) -> None:
    assert lists.column("SĐT", cell).households[0].phone == "0912345678"


def test_56_retired_phones_are_refused(lists: Lists) -> None:
    (household,) = lists.column("SĐT", "01681234567").households
    assert household.phone is None
    assert reasons(household, "phone") == ["phone-retired"]


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
