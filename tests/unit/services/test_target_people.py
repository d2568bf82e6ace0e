"""Targets of people: cards, pupils, officers in place."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from casemgr import i18n
from casemgr.domain.conditions import ConditionData, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.persistence.models import PovertyOfficer
from casemgr.services import conditions
from casemgr.services.targets import REST, UNKNOWN
from casemgr.workspace import Workspace
from tests.support.target_story import NEAR, POOR, Story, counts, look
from tests.support.workspaces import Make


@pytest.fixture(autouse=True)
def _english(language: str) -> Any:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def story(workspace: Workspace, make: Make) -> Story:
    return Story(workspace, make)


# ---- I07, I08: cards and pupils


def test_cards_people_and_whole_households(story: Story) -> None:
    child = story.make.person("Nguyễn Văn Con", birth=PartialDate(2015, 3, 1))
    both = story.home("Đủ", POOR, child)
    half = story.home("Thiếu", NEAR, story.make.person("Nguyễn Văn Út", birth=PartialDate(2016, 1, 1)))
    open_one = story.home("Chưa rõ")
    for person in story.people(both):
        story.card(person, date(2026, 1, 1), date(2026, 12, 31))
    head, young = story.people(half)
    story.card(head, date(2026, 1, 1))
    story.card(young, date(2025, 1, 1), date(2025, 12, 31))
    found = look(story, "I07")
    assert counts(found) == (3, 4, 1)
    assert found.bounds is not None
    assert (found.bounds.low, found.bounds.high) == (Fraction(60), Fraction(80))
    assert set(found.ids(REST)) == {young}
    whole = look(story, "I07-household")
    assert counts(whole) == (1, 2, 1)
    assert set(whole.ids(UNKNOWN)) == {open_one}


def test_what_the_review_noted_stands_where_no_card_is_recorded(story: Story) -> None:
    yes, no = story.home("Có"), story.home("Không")
    for home, insured in ((yes, True), (no, False)):
        said = {story.people(home)[0]: ConditionData(insured=insured)}
        story.workspace.write(conditions.keep_conditions, home, said)
    assert counts(look(story, "I07")) == (1, 2, 0)


def test_pupils_exempted(story: Story) -> None:
    pupils = [story.make.person(f"Nguyễn Văn Bé {at}", birth=PartialDate(2014, 5, at + 1)) for at in range(3)]
    home = story.home("Mẹ", POOR, *pupils, story.make.person("Nguyễn Văn Lớn", birth=PartialDate(2000, 1, 1)))
    _head, first, second, third, _grown = story.people(home)
    said = {person: ConditionData(school=SchoolLevel.PRIMARY) for person in (first, second)}
    story.workspace.write(conditions.keep_conditions, home, said)
    story.enrolled(home, "HP-MIEN", "running", person_id=first, from_on=date(2026, 9, 1))
    found = look(story, "I08a")
    assert counts(found) == (1, 2, 1)
    assert set(found.ids(UNKNOWN)) == {third}
    assert counts(look(story, "I08c")) == (0, 2, 1)


# ---- I12: officers


def test_officers_in_place(story: Story) -> None:
    terms = [
        story.row(PovertyOfficer, name=f"Trần Văn {at}", position="hamlet_head", from_on=date(2024, 1, 1))
        for at in range(3)
    ]
    story.row(PovertyOfficer, name="Đã nghỉ", position="hamlet_head", from_on=date(2020, 1, 1), to_on=date(2026, 2, 1))
    course = story.event("officer_training", date(2026, 5, 5), topics=("planning",))
    from casemgr.persistence.models import Attendance

    for term, result in zip(terms, ("completed", "not_completed"), strict=False):
        story.row(Attendance, activity_id=course, officer_id=term, name="", days=1, contribution=0, result=result)
    assert counts(look(story, "I12")) == (1, 3, 0)
    assert counts(look(story, "I12-planning")) == (1, 3, 0)
    assert counts(look(story, "I12-management")) == (0, 3, 0)
