"""Rules of targets: bounds decide a plan, units never mix, figures of others are worked out again from their counts."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr import i18n
from casemgr.domain.programmes import Catalogue
from casemgr.domain.targets import (
    Bounds,
    Comparison,
    Item,
    State,
    TargetUnit,
    judge,
    plan_text,
    rounded,
    share,
    shipped,
    shipped_sets,
    unit_problem,
    value_text,
    year_start,
)
from casemgr.domain.typed_figures import TypedFigure, check, likely_part, read_count, read_percent
from casemgr.services.programmes import shipped_catalogue
from casemgr.services.targets import HOWS

counts = st.integers(0, 500)


def test_every_indicator_of_the_plan_is_there() -> None:
    codes = {one.code for one in shipped().indicators}
    assert {f"I{number:02d}" for number in range(1, 26)} - codes == {"I02"}  # two indicators: I02a and I02b
    assert {"I02a", "I02b"} <= codes


def test_the_first_year_has_none_before_it() -> None:
    assert year_start(date(2026, 5, 31)) == date(2025, 12, 31)
    assert year_start(date(1, 1, 1)) == date.min


def test_every_measure_can_be_computed_and_names_what_exists() -> None:
    found: Catalogue = shipped_catalogue()
    for measure in shipped().measures.values():
        assert measure.how in HOWS, measure.code
        assert set(measure.programmes) <= found.programmes.keys(), measure.code
        assert set(measure.groups) <= {one.group for one in found.programmes.values()}, measure.code
        assert measure.rule, measure.code
        assert measure.name_en, measure.code
    assert shipped().by_enrolment <= found.programmes.keys()


def test_the_ready_made_set_fits_its_indicators() -> None:
    sets = shipped_sets()
    assert set(sets) == {"bentre-2023", "own"}
    assert sets["own"].lines == ()
    for line in sets["bentre-2023"].lines:
        measure = shipped().measures[line.indicator]
        assert unit_problem(measure.unit, TargetUnit(line.unit)) == "", line.indicator
    fall = next(line for line in sets["bentre-2023"].lines if line.indicator == "I01")
    assert (fall.comparison, fall.value_hundredths, fall.unit) == ("falls_by", 100, "points")


@given(counts, counts, counts)
def test_the_truth_lies_within_the_bounds(part: int, unknown: int, rest: int) -> None:
    whole = part + unknown + rest
    value, bounds = share(part, whole, unknown)
    if whole == 0:
        assert (value, bounds) == (None, None)
        return
    assert bounds is not None
    for really in {0, unknown, unknown // 2}:
        assert bounds.low <= Fraction(100 * (part + really), whole) <= bounds.high
    if value is not None:
        assert bounds.low <= value <= bounds.high
        assert value == Fraction(100 * part, part + rest)


@given(st.sampled_from(Comparison), st.integers(0, 20000), st.fractions(0, 200), st.fractions(0, 200))
def test_a_state_holds_for_every_value_within_the_bounds(
    comparison: Comparison, target: int, one: Fraction, other: Fraction
) -> None:
    low, high = min(one, other), max(one, other)
    said = judge(comparison, target, Bounds(low, high))
    ends = {judge(comparison, target, Bounds(value, value)) for value in (low, high)}
    assert State.CANNOT_SAY not in ends
    if said is State.REACHED:
        assert ends == {State.REACHED}
    elif said is State.NOT_REACHED:
        assert ends == {State.NOT_REACHED}
    elif comparison is not Comparison.EQUAL:
        assert len(ends) == 2


def test_nothing_known_says_nothing() -> None:
    assert judge(Comparison.AT_LEAST, 0, None) is State.CANNOT_SAY


def test_points_and_per_cent_are_told_apart() -> None:
    i18n.choose("en")
    assert "percentage points, not in per cent" in unit_problem(TargetUnit.POINTS, TargetUnit.PERCENT)
    assert unit_problem(TargetUnit.HOUSEHOLDS, TargetUnit.PEOPLE)
    assert value_text(Fraction(1), TargetUnit.POINTS) == "1.00 points"
    assert value_text(Fraction(1), TargetUnit.PERCENT) == "1.00 %"
    assert value_text(Fraction(25), TargetUnit.HOUSEHOLDS) == "25 households"
    assert value_text(Fraction(25), TargetUnit.PEOPLE) == "25 people"
    assert value_text(Fraction(3), TargetUnit.COUNT) == "3"
    assert value_text(Fraction(1500000), TargetUnit.DONG) == "1,500,000 dong"
    assert value_text(None, TargetUnit.PERCENT) == ""
    assert plan_text(Comparison.FALLS_BY, 100, TargetUnit.POINTS) == "falls by at least 1 points"
    assert plan_text(Comparison.AT_LEAST, 6250, TargetUnit.PERCENT) == "at least 62.50 %"
    assert plan_text(Comparison.AT_LEAST, 10000, TargetUnit.PERCENT) == "at least 100 %"


def test_words_follow_the_language() -> None:
    indicator = shipped().indicators[0]
    vietnamese = (indicator.label, indicator.measures[0].label)
    i18n.choose("en")
    assert (indicator.label, indicator.measures[0].label) != vietnamese
    assert indicator.measures[0].item is Item.HOUSEHOLD


@pytest.mark.parametrize(("value", "shown"), [("1/200", 0.01), ("-1/200", -0.01), ("3788/100", 37.88), ("1/3", 0.33)])
def test_rounding_as_on_paper(value: str, shown: float) -> None:
    assert rounded(Fraction(value)) == shown


# ---- figures of others (§5.4)


MINISTRY = (
    TypedFigure("Hộ nghèo", 17_060, 400_496, Fraction("4.26")),
    TypedFigure("Hộ nghèo nông thôn", 16_125, 17_060, Fraction("94.52")),
    TypedFigure("Hộ cận nghèo", 15_996, 400_496, Fraction("4.24")),
    TypedFigure("Hộ cận nghèo nông thôn", 16_255, 16_996, Fraction("95.64")),
)


def test_the_typing_error_of_the_ministry_is_the_only_one() -> None:
    i18n.choose("en")
    wrong = [found for figure in MINISTRY if (found := check(figure))]
    assert [found.figure.name for found in wrong] == ["Hộ cận nghèo"]
    assert rounded(wrong[0].computed or Fraction(0)) == 3.99
    assert likely_part(MINISTRY[2]) == 16_996
    assert "16,996" in wrong[0].message


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_percentage_rounded_from_its_counts_is_never_flagged(part: int, whole: int) -> None:
    printed = Fraction(rounded(Fraction(100 * part, whole))).limit_denominator(100)
    assert check(TypedFigure("x", part, whole, printed)) is None


@given(st.integers(0, 1000), st.integers(1, 1000), st.integers(2, 500))
def test_a_percentage_off_by_more_than_a_hundredth_is_flagged(part: int, whole: int, off: int) -> None:
    printed = Fraction(100 * part, whole) + Fraction(off, 100)
    assert check(TypedFigure("x", part, whole, printed)) is not None


def test_no_whole_no_share() -> None:
    found = check(TypedFigure("x", 1, 0, Fraction(1)))
    assert found is not None
    assert found.computed is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("15.996", 15996), ("15,996", 15996), ("15 996", 15996), ("15996", 15996), ("1.5", None), ("", None), ("x", None)],
)
def test_counts_as_written(text: str, value: int | None) -> None:
    assert read_count(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("4,24 %", "4.24"), ("4.24%", "4.24"), ("100", "100"), ("bốn", None), ("", None)]
)
def test_percentages_as_written(text: str, value: str | None) -> None:
    assert read_percent(text) == (None if value is None else Fraction(value))
