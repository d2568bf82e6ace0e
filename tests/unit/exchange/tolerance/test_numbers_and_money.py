"""Identity numbers and amounts however they were typed, and what cannot be one."""

from typing import Any

import pytest

from casemgr.domain.imports import Severity
from tests.support.workbooks import Lists, column, reasons


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
