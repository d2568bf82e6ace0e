"""The report forms as data: column numbers, formulas, grouped heads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain import formulas, statistics
from casemgr.domain.formulas import FormulaError, evaluate
from casemgr.domain.statistics import MEMBER_ROWS, Column, expand, fill, form, forms, head_cells
from casemgr.errors import NotFoundError

INDICATORS = [(f"chi_so_{number}", f"Chỉ số {number}") for number in range(1, 13)]
CHOICES = {"indicator": INDICATORS, "ethnic": [("05", "Khơ-me"), ("08", "Mông")]}
NAMES = frozenset({"1", "2", "3", "4", "5", "6", "7", "8", "9"})


def test_there_are_the_fifteen_forms_and_the_extra_export() -> None:
    assert [one.number for one in forms()] == [str(number) for number in range(1, 17)]
    assert [one.number for one in forms() if one.extra] == ["16"]
    assert len({one.slug for one in forms()}) == 16
    assert {one.sure for one in forms()} <= {"V", "V2", "R", "U"}


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("1", "1 2 3 4=3/1*100 5 6=5/1*100 7 8=7/1*100 9 10=9/2*100 11 12=11/2*100 13 14=13/2*100"),
        ("2", "1 2 3 4 5 6 7 8 9=1-2-3-4+5+6+7+8"),
        ("3", "1 2 3 4 5 6 7 8 9=1-2-3-4+5+6+7+8"),
        ("4", "1 2=3+…+14 3 4 5 6 7 8 9 10 11 12 13 14"),
        ("5", "1 2 3 4 5 6 7 8 9 10 11 12 13"),
        ("8", "1 2 3 4 5=1-2-3-4 6 7 8 9 10=6-7-8-9"),
        ("9", "1.0 1.1 1.2 1.2.1 1.2.2 1.2.3 2.0 2.1 2.2 2.2.1 2.2.2 2.2.3"),
        ("10", "1 2 3 4 5 6 7 8"),
        ("11", "1 2 3 4 5 6 7 8"),
        (
            "12",
            "1=2+3 2 3 4 5=6+7 6 7 8 9=10+11 10 11 12 13 14 15 16=17+18 17 18 19 20=9/1*100 21=11/3*100 22=12/4*100",
        ),
        ("16", "D E F G H I J K L M"),
    ],
)
def test_the_row_of_column_numbers_is_the_official_one(number: str, shown: str) -> None:
    assert " ".join(column.shown for column in expand(form(number), CHOICES)) == shown


def test_a_form_is_found_by_number_and_by_word() -> None:
    assert form("2") is form("dien-bien-ho-ngheo") is form(" DIEN-BIEN-HO-NGHEO ")
    with pytest.raises(NotFoundError, match="bieu-la"):
        form("bieu-la")


def test_every_column_is_filled_somehow_and_every_formula_can_be_read() -> None:
    for one in forms():
        columns = expand(one, CHOICES)
        names = frozenset(column.number for column in columns)
        assert len(names) == len(columns), one.number
        for column in columns:
            ways = (column.count, column.total, column.formula, column.field)
            assert any(ways), f"{one.number}.{column.number}"
            assert bool(column.field) == (one.rows == MEMBER_ROWS)
            if column.formula:
                evaluate(column.formula, names, lambda _number: 1)
            if column.share_of:
                assert column.share_of in names


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1-2-3-4+5+6+7+8", 1 - 2 - 3 - 4 + 5 + 6 + 7 + 8),
        ("3/1*100", 300.0),
        ("2*(3+4)", 14),
        ("-2+5", 3),
        ("100", 100),
        ("12.5*2", 25.0),
        ("2-(3-4)", 3),
    ],
)
def test_formulas(formula: str, value: float) -> None:
    assert evaluate(formula, NAMES, int) == value


@pytest.mark.parametrize("formula", ["1+", "1 2", "(1", "x+1", "__import__", "1**2", "1;2", "", ")"])
def test_a_wrong_formula_is_a_mistake_of_the_form(formula: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(formula, NAMES, int)


def test_what_is_empty_or_divides_by_nothing_leaves_the_cell_empty() -> None:
    assert evaluate("3/1*100", NAMES, {"3": 5, "1": 0}.get) is None
    assert evaluate("3/1*100", NAMES, {"3": 5, "1": None}.get) is None
    assert evaluate("1+2", NAMES, {"1": 5}.get) is None
    assert evaluate("-1", NAMES, lambda _number: None) is None


@given(st.lists(st.integers(0, 10_000), min_size=8, max_size=8))
def test_the_movement_formula_is_the_sum_it_says(values: list[int]) -> None:
    known = {str(number): value for number, value in enumerate(values, 1)}
    one, two, three, four, five, six, seven, eight = values
    assert evaluate("1-2-3-4+5+6+7+8", NAMES, known.get) == one - two - three - four + five + six + seven + eight


def test_percentages_are_worked_out_and_counted_columns_keep_what_was_counted() -> None:
    columns = expand(form("8"), {})
    known = {"1": 10, "2": 6, "3": 5, "4": 1, "5": 2, "6": 0, "7": 0, "8": 0, "9": 0, "10": 0}
    assert fill(columns, known)[4] == 2
    assert fill(columns, known, printed=frozenset({"5"}))[4] == -2
    assert statistics.by_formula(columns[4], columns, fill(columns, known)) == -2
    shares = expand(form("5"), CHOICES)
    assert fill(shares, {"1": 8, "2": 2, "3": None})[:3] == (8, 25.0, None)
    assert fill(shares, {"1": 0, "2": 0})[1] is None


def test_missing_totals_are_named_as_the_reason_of_an_empty_percentage() -> None:
    columns = expand(form("1"), {})
    values = fill(columns, {"1": None, "2": 40, "3": 5, "9": 12})
    assert statistics.empty_because(columns[3], columns, values) == ("1",)
    assert statistics.empty_because(columns[9], columns, values) == ()
    assert formulas.columns_in("9/2*100", frozenset({"9", "2"})) == ("9", "2")


def test_equal_groups_side_by_side_become_one_cell() -> None:
    heads = [("STT",), ("Hộ nghèo", "Số hộ"), ("Hộ nghèo", "Tỷ lệ"), ("Khác",), ("Hộ nghèo", "Số hộ")]
    cells = {(cell.row, cell.column): (cell.rows, cell.columns, cell.text) for cell in head_cells(heads)}
    assert cells == {
        (0, 0): (2, 1, "STT"),
        (0, 1): (1, 2, "Hộ nghèo"),
        (1, 1): (1, 1, "Số hộ"),
        (1, 2): (1, 1, "Tỷ lệ"),
        (0, 3): (2, 1, "Khác"),
        (0, 4): (1, 1, "Hộ nghèo"),
        (1, 4): (1, 1, "Số hộ"),
    }


@pytest.mark.parametrize("number", [one.number for one in forms()])
def test_the_cells_of_a_head_cover_it_once(number: str) -> None:
    heads = [column.heads for column in expand(form(number), CHOICES)]
    depth = max(map(len, heads))
    covered = [
        (row, column)
        for cell in head_cells(heads)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    assert sorted(covered) == [(row, column) for row in range(depth) for column in range(len(heads))]


def test_a_sum_over_no_columns_is_nothing() -> None:
    columns = expand(form("4"), {"indicator": []})
    assert [column.shown for column in columns] == ["1", "2=0"]
    assert isinstance(columns[0], Column)
