"""Births and sexes however they were typed: read, doubted, asked about or refused with their text."""

from typing import Any

import pytest

from casemgr.domain.imports import Severity
from casemgr.domain.people import Sex
from tests.support.workbooks import Lists, cell_date, reasons


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
