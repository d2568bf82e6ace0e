"""Dittos, hamlets, marks, classes, scores, numbers of people and phones."""

from typing import Any

import pytest

from casemgr.domain.ethnic import by_name
from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import Severity
from tests.support.workbooks import Lists, column, reasons

POOR, NEAR_POOR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR


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
