"""Classes of a period: a class written down late for an earlier year changes nothing after a newer one has begun."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.services import classes
from casemgr.services.target_classes import WrittenClasses
from casemgr.workspace import Workspace
from tests.support.target_story import DAY, NEAR, POOR, START, Story
from tests.support.workspaces import Make

NONE = HouseholdClass.NONE


@pytest.fixture
def story(workspace: Workspace, make: Make) -> Story:
    return Story(workspace, make)


def since(story: Story) -> dict[UUID, list[tuple[str, bool]]]:
    """Class and whether it came too late, of what began after the start, by household."""
    found: dict[UUID, list[tuple[str, bool]]] = {}
    read = story.workspace.read(lambda uow: WrittenClasses(uow, START, DAY).since)
    for home, value, _lacks, _standard, late in read:
        found.setdefault(UUID(bytes=home), []).append((value, bool(late)))
    return found


def on_day(story: Story) -> dict[UUID, str]:
    read = story.workspace.read(lambda uow: WrittenClasses(uow, START, DAY).on_day)
    return {UUID(bytes=home): one.value for home, one in read.items()}


def written(story: Story, home: UUID, value: HouseholdClass, year: int, begun: date) -> None:
    """The class of a year, holding from a day that need not lie in it."""
    story.workspace.write(classes.set_class, home, ClassData(year, value, since=begun, standard="VN-2022"))


def test_a_class_of_an_earlier_year_written_down_late_holds_no_more(story: Story) -> None:
    """2026 had begun by the start; the class of 2025 is signed only in March: it is late."""
    late, in_time = story.home("Muộn"), story.home("Kịp")
    written(story, late, NONE, 2025, date(2026, 3, 1))
    written(story, in_time, NONE, 2027, date(2026, 3, 1))
    assert since(story) == {late: [("none", True)], in_time: [("none", False)]}
    assert on_day(story) == {late: "poor"}


def test_nearly_late_is_a_newer_year_that_had_not_begun_by_the_start(story: Story) -> None:
    """The class of 2026 begins a day after the start: the one of 2025 still counts until then."""
    home = story.home("Sát ngày", POOR, since=date(2026, 1, 1))
    written(story, home, NEAR, 2025, date(2026, 1, 1))
    assert since(story) == {home: [("near_poor", False), ("poor", False)]}
    assert on_day(story) == {home: "poor"}
