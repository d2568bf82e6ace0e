"""Days of teaching as lines of months, and attendance pasted with or without its heading and names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.training import Mark
from casemgr.domain.training_days import days_text, read_cells, read_days, read_mark

X, P, K = Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT
NAMES = ("Nguyễn Thị Á", "Trần Văn Bền", "Lê Thị Cẩm")
DAYS = tuple(date(2026, 8, 3) + timedelta(step) for step in range(4))


@given(st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), max_size=80))
def test_days_are_read_as_they_were_written(days: list[date]) -> None:
    assert read_days(days_text(days)) == (tuple(sorted(set(days))), "")


def test_days_stand_by_month() -> None:
    assert days_text([date(2026, 9, 1), date(2026, 8, 31), date(2026, 8, 3)]) == "08/2026: 3, 31\n09/2026: 1"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("08/2026 3, 4", "08/2026 3, 4"),
        ("02/2026: 28, 30", "30/02/2026"),
        ("02/2028: 29", ""),
        ("13/2026: 1", "1/13/2026"),
    ],
)
def test_a_day_that_does_not_exist_is_told(text: str, wrong: str) -> None:
    assert read_days(text)[1] == wrong


@pytest.mark.parametrize(
    ("text", "mark"), [("x", X), ("X", X), (" p ", P), ("K", K), ("kp", K), ("", None), ("?", None), ("2", None)]
)
def test_marks_are_read_as_hamlets_write_them(text: str, mark: Mark | None) -> None:
    assert read_mark(text) is mark


def test_bare_cells_begin_where_one_stands() -> None:
    pasted = read_cells("x\tk\n\tp\n", NAMES, DAYS, (1, 2))
    assert pasted.marks == {(1, 2): X, (1, 3): K, (2, 2): None, (2, 3): P}
    assert not pasted.over


def test_a_heading_and_names_say_where_cells_belong() -> None:
    text = "Họ và tên\t04/08/2026\t03/08\nle thi cam\tx\tk\nNguyễn Thị Á\tp\tx\n"
    pasted = read_cells(text, NAMES, DAYS, (2, 3))
    assert pasted.marks == {(2, 1): X, (2, 0): K, (0, 1): P, (0, 0): X}


def test_a_day_outside_the_class_and_a_stranger_are_told() -> None:
    text = "Tên\t03/08/2026\t09/08/2026\nTrần Văn Bền\tx\tx\nPhạm Thị Lạ\tx\tx\n"
    pasted = read_cells(text, NAMES, DAYS, (0, 0))
    assert pasted.marks == {(1, 0): X}
    assert pasted.days == (date(2026, 8, 9),)
    assert pasted.names == ("Phạm Thị Lạ",)


def test_two_people_of_one_name_are_not_guessed() -> None:
    pasted = read_cells("Nguyễn Thị Á\tx\n", ("Nguyễn Thị Á", "Nguyễn Thị Á"), DAYS, (0, 0))
    assert (pasted.marks, pasted.names) == ({}, ("Nguyễn Thị Á",))


def test_what_is_no_mark_and_what_lies_beyond_is_told() -> None:
    pasted = read_cells("x\t9\tx\n", NAMES, DAYS, (0, 2))
    assert pasted.marks == {(0, 2): X}
    assert pasted.unread == ((0, 3, "9"),)
    assert pasted.over
    assert read_cells("", NAMES, DAYS, (0, 0)).marks == {}
