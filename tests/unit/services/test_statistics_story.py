"""Reports of a review that went all its way: what is shown before the decision is what the decision makes official."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from casemgr import i18n
from casemgr.domain.households import EndReason, HouseholdClass
from casemgr.domain.people import LeaveReason, PersonData, Relation
from casemgr.domain.statistics import MEMBER_ROWS, forms
from casemgr.persistence.models import Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import households, members, people, statistics
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.figures import table
from tests.support.review_story import Review
from tests.support.workspaces import Make

POOR, NEAR, NONE = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NONE


@pytest.fixture(autouse=True)
def _english(language: str) -> Iterator[None]:
    i18n.choose("en")
    yield
    i18n.choose("vi")


@pytest.fixture
def story(make: Make) -> Review:
    """Six listed households and two that asked; one moved away before the review was opened."""
    listed = {name: make.household(f"Trần Thị {name}") for name in ("Một", "Hai", "Ba", "Bốn", "Năm")}
    for name, value in (("Một", POOR), ("Hai", POOR), ("Ba", POOR), ("Bốn", NEAR), ("Năm", NEAR)):
        make.poor(listed[name], 2026, value)
    gone = make.household("Võ Văn Đi")
    make.poor(gone, 2026, POOR)
    make.workspace.write(
        households.end_household, gone, make.view(gone).version, on=date(2026, 8, 3), reason=EndReason.MOVED
    )
    fallen, new = make.household("Lê Thị Lại"), make.household("Lê Thị Mới")
    make.poor(fallen, 2024, POOR)
    make.poor(fallen, 2025, HouseholdClass.ESCAPED_POOR)
    told = Review(make).open()
    told.add(fallen, new)
    results = (POOR, NEAR, NONE, POOR, NEAR)
    told.through({**dict(zip(listed.values(), results, strict=True)), fallen: POOR, new: NEAR})
    return told


def test_the_decision_makes_official_what_was_shown_before(workspace: Workspace, story: Review) -> None:
    numbers = [form.number for form in forms() if form.rows != MEMBER_ROWS]
    before = {number: workspace.read(statistics.figures, number, story.id) for number in numbers}
    assert not before["2"].official
    assert table(before["2"])["TỔNG CỘNG households"] == [4, 1, 1, 1, 1, 1, 0, 0, 3]
    assert table(before["3"])["TỔNG CỘNG households"] == [2, 1, 0, 0, 1, 0, 1, 0, 3]
    story.decide()
    for number in numbers:
        after = workspace.read(statistics.figures, number, story.id)
        assert after.official
        assert after.gaps == before[number].gaps == ()
        assert table(after) == table(before[number]), number


def test_the_state_of_the_day_of_the_decision_is_that_of_the_review(workspace: Workspace, story: Review) -> None:
    story.decide()
    for number in ("1", "4", "8", "10", "16"):
        decided = workspace.read(statistics.figures, number, story.id)
        of_day = workspace.read(statistics.figures_as_of, number, date(2026, 11, 24))
        assert table(of_day) == table(decided), number


def test_the_lists_of_people_say_who_is_new_and_who_fell_back(workspace: Workspace, story: Review) -> None:
    story.decide()
    found = workspace.read(statistics.figures, "15", story.id)
    marks = {row.values[2]: row.values[7:10] for row in found.rows if row.household_id}
    assert marks == {
        "Trần Thị Một": (None, None, "x"),
        "Trần Thị Bốn": ("x", None, None),
        "Lê Thị Lại": (None, "x", None),
    }


def test_the_lists_of_people_stay_what_the_decision_recognised(workspace: Workspace, make: Make) -> None:
    home = make.household("Trần Thị Một", NewMember(make.person("Trần Văn Út"), Relation.CHILD))
    make.poor(home, 2026, POOR)
    told = Review(make).open()
    told.through({home: POOR})
    assert told.record(home).members is None  # while it runs, the register is read
    told.decide()
    of_review = workspace.read(statistics.figures, "15", told.id)
    of_day = workspace.read(statistics.figures_as_of, "15", date(2026, 11, 24))
    assert [row.values[2] for row in of_review.rows] == ["Ấp Phú Nhơn", "Trần Thị Một", "Trần Văn Út"]
    head, child = make.view(home).members
    version, data = workspace.read(people.person, head.person_id)
    corrected = replace(data, full_name="Trần Thị Mốt", ethnic="05")
    workspace.write(people.correct_person, head.person_id, version, corrected)
    workspace.write(
        members.leave, child.membership_id, child.membership_version, on=date(2026, 11, 2), reason=LeaveReason.MOVED
    )
    assert [row.values for row in workspace.read(statistics.figures, "15", told.id).rows] == [
        row.values for row in of_review.rows
    ]
    assert workspace.read(statistics.figures_as_of, "15", date(2026, 11, 24)).rows == of_day.rows


def test_what_is_not_known_of_people_is_told(workspace: Workspace, make: Make) -> None:
    unknown = make.household(make.person("Trần Thị Một", ethnic=None), NewMember(_ageless(make), Relation.CHILD))
    make.poor(unknown, 2026, POOR)
    above = make.household(make.person("Trần Thị Hai", ethnic=None), NewMember(_ageless(make), Relation.CHILD))
    make.poor(above, 2026, POOR)
    told = Review(make).open()
    told.through({unknown: NEAR, above: NONE})
    for _turn in range(2):  # before the decision and after it
        of_peoples = workspace.read(statistics.figures, "9", told.id).warnings
        assert [text for text in of_peoples if "Kinh" in text and text.startswith("The ethnic group of the head of 1 ")]
        of_children = workspace.read(statistics.figures, "11", told.id).warnings
        assert [text for text in of_children if text.startswith("1 member of these households has no date of birth")]
        assert not [text for text in workspace.read(statistics.figures, "2", told.id).warnings if "Kinh" in text]
        if told.record(unknown).decision_id is None:
            told.decide()
    make.workspace.write(_learn_births)
    of_children = workspace.read(statistics.figures, "11", told.id).warnings
    assert [text for text in of_children if "no date of birth" in text]  # the decision stays what it was


def _ageless(make: Make) -> PersonData:
    return make.person("Trần Văn Út", birth=None)


def _learn_births(uow: UnitOfWork) -> None:
    for person in uow.session.scalars(select(Person).where(Person.birth.is_(None))):
        person.birth = "2019-02-03"
