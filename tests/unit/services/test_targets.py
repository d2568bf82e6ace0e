"""The rate of poverty over two reviews, and the board as a whole: every number is that of its list."""

from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from casemgr import i18n
from casemgr.domain.dates import PartialDate
from casemgr.domain.reviews import DenominatorData
from casemgr.domain.targets import SHARES, Item, State, TargetUnit, shipped
from casemgr.errors import NotFoundError, ValidationError
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import denominators, statistics, targets
from casemgr.services.target_items import items
from casemgr.services.targets import PART, REST, UNKNOWN, WHOLE, Board
from casemgr.workspace import Workspace
from tests.support.figures import review
from tests.support.target_story import DAY, NEAR, POOR, START, Story, look, part, partitioned
from tests.support.workspaces import Make


@pytest.fixture(autouse=True)
def _english(language: str) -> Any:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def story(workspace: Workspace, make: Make) -> Story:
    return Story(workspace, make)


# ---- I01, I25: the rate


def rated(story: Story, year_before: tuple[int, int], result: tuple[int, int]) -> None:
    """Two yearly reviews: so many poor of so many households each."""
    for year, (poor, total) in ((2025, year_before), (2026, result)):
        on = date(year, 11, 20)
        made = review(
            story.workspace, story.make, on=on, year=year, class_year=year + 1, opened_on=date(year, 9, 1),
            title=f"Rà soát {year}", number=f"{year}/QĐ-UBND",
        )  # fmt: skip
        homes = list(story.homes.values())
        for at in range(max(poor, len(homes))):
            opening = "unreviewed" if year == 2025 else "poor"
            home = homes[at] if at < len(homes) else None
            made.case(opening, "poor" if at < poor else "none", 3, household=home)
        story.homes = {str(at): home for at, home in enumerate(made.homes)}
        half = {story.make.hamlet(): total - 50, story.make.hamlet("Quân An"): 50}
        typed = {hamlet: DenominatorData(households=count, people=count * 4) for hamlet, count in half.items()}
        story.workspace.write(denominators.keep_denominators, made.campaign, typed)


def test_the_fall_is_in_points_under_one_standard_with_report_2(story: Story) -> None:
    rated(story, (5, 100), (3, 100))
    found = look(story, "I01", set_code="bentre-2023")
    assert found.value == Fraction(2)
    assert found.measure.unit is TargetUnit.POINTS
    assert found.state is State.REACHED
    assert part(found, "On the list at the start") == 5
    assert part(found, "Report 2: At the start") - part(found, "Report 2: Escaped") == part(
        found, "Report 2: At the end"
    )
    assert part(found, "Report 2: At the end") == 3 == len(found.ids())
    assert look(story, "I01-rate").value == Fraction(3)


def test_a_small_fall_does_not_reach_the_plan(story: Story) -> None:
    rated(story, (5, 1000), (3, 1000))
    found = look(story, "I01", set_code="bentre-2023")
    assert (found.value, found.state) == (Fraction(1, 5), State.NOT_REACHED)


def test_without_the_total_of_households_nothing_is_said(story: Story) -> None:
    story.home("Á")
    found = look(story, "I01", set_code="bentre-2023")
    assert (found.value, found.state) == (None, State.CANNOT_SAY)
    assert "tells the total of households" in found.reason


def test_two_standards_are_not_compared(story: Story) -> None:
    found = look(story, "I01", date(2027, 6, 30), start=date(2026, 12, 31))
    ends = {story.workspace.read(lambda uow, day=day: targets.Reading(uow, shipped(), START, DAY).standard(day))
            for day in (date(2026, 12, 31), date(2027, 6, 30))}  # fmt: skip
    assert len(ends) == 2
    assert "two standards" in found.reason


def test_the_list_of_a_day_is_that_of_the_reports(story: Story) -> None:
    rated(story, (5, 100), (3, 100))
    story.home("Ngoài", NEAR)
    for day in (date(2025, 12, 31), date(2026, 6, 1), DAY):
        reading = story.workspace.read(_lists, day)
        for name, column in (("poor", "3"), ("near_poor", "5")):
            assert reading[name] == set(
                story.workspace.read(statistics.names_behind_as_of, "1", day, "total", column)
            ), (day, name)


def _lists(uow: UnitOfWork, day: date) -> dict[str, set[UUID]]:
    listing = targets.Reading(uow, shipped(), START, day).on
    return {name: {UUID(bytes=one) for one in listing.of((name,))} for name in ("poor", "near_poor")}


# ---- the board as a whole


def everything(story: Story) -> Board:
    partitioned(story)
    home = story.home("Mẹ", NEAR, story.make.person("Nguyễn Văn Bé", birth=PartialDate(2014, 5, 1)))
    story.loan(home, "running", paid=date(2026, 5, 5))
    story.delivered(home, "DIEN", date(2026, 3, 1))
    story.event("extension", date(2026, 4, 4), home, programme="KHUYEN", purposes=("income",))
    return story.workspace.read(targets.board, DAY, "bentre-2023")


def test_every_number_is_the_length_of_its_list(story: Story) -> None:
    board = everything(story)
    assert {figure.measure.code for figure in board.figures} == set(shipped().measures)
    for figure in board.figures:
        code = figure.measure.code
        if figure.finding.value is None and figure.numerator is not None and not figure.finding.numerator:
            assert figure.numerator == len(figure.ids(PART)), code
        if figure.finding.whole is not None:
            whole, unknown = set(figure.ids(WHOLE)), set(figure.ids(UNKNOWN))
            counted, rest = set(figure.ids(PART)), set(figure.ids(REST))
            if not figure.reason:
                assert whole == counted | unknown | rest, code
                assert len(whole) == len(counted) + len(unknown) + len(rest), code
                assert figure.denominator == len(whole) - len(unknown), code
        if figure.value is not None and figure.bounds is not None and figure.finding.whole is not None:
            assert figure.bounds.low <= figure.value <= figure.bounds.high, code
        if (
            figure.measure.unit not in SHARES
            and figure.measure.unit is not TargetUnit.DONG
            and figure.value is not None
        ):
            assert figure.value == len(figure.ids()), code
        for one in figure.parts:
            if one.ids:
                assert one.value == len(one.ids), (code, one.label)


def test_every_list_has_its_lines(story: Story) -> None:
    for figure in everything(story).figures:
        for which in (PART, WHOLE):
            ids = figure.ids(which)
            lines = story.workspace.read(items, figure.measure.item, ids)
            assert {line.id for line in lines} == set(ids), figure.measure.code
            if figure.measure.item in (Item.HOUSEHOLD, Item.PERSON):
                assert all(line.household_id and line.name for line in lines)


def test_the_board_of_empty_data_invents_nothing(workspace: Workspace) -> None:
    board = workspace.read(targets.board, DAY, "bentre-2023")
    for figure in board.figures:
        if figure.measure.unit in SHARES:
            assert figure.value is None, figure.measure.code
            assert figure.reason, figure.measure.code
            assert figure.state in (State.CANNOT_SAY, State.NO_PLAN)
    assert any("2023" in warning for warning in board.warnings)


def test_trend_is_computed_from_what_held_then(story: Story) -> None:
    one = story.home("Một", since=date(2023, 12, 10))
    story.value(one, POOR, date(2024, 12, 10))
    story.value(one, POOR, date(2025, 12, 10))
    story.card(story.people(one)[0], date(2024, 1, 1), date(2024, 12, 31))
    for person in story.people(story.home("Hai", since=date(2025, 12, 10))):
        story.card(person, date(2026, 1, 1))
    points = story.workspace.read(targets.trend, "I07", DAY, "bentre-2023", years=3)
    assert [point.day for point in points] == [date(2024, 12, 31), date(2025, 12, 31), DAY]
    assert [point.value for point in points] == [Fraction(100), Fraction(0), Fraction(50)]
    assert points[0].plan == Fraction(100)


def test_refusals(story: Story) -> None:
    with pytest.raises(NotFoundError, match="I99"):
        look(story, "I99")
    with pytest.raises(NotFoundError, match="bentre-2023"):
        story.workspace.read(targets.board, DAY, "không có")
    with pytest.raises(ValidationError, match="before the day"):
        story.workspace.read(targets.board, DAY, start=DAY)
    with pytest.raises(NotFoundError):
        look(story, "I20").ids("ai")
