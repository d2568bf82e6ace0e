"""Circumstances at the counter: noted of the right one, followed by what is noted later, taken back."""

from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.entitlement_facts import About
from casemgr.domain.support import CircumstanceData
from casemgr.errors import ConflictError, NotFoundError, ValidationError
from casemgr.services import circumstances, history
from casemgr.workspace import Workspace
from tests.support.support import Supported


@pytest.fixture
def supported(workspace: Workspace) -> Supported:
    return Supported(workspace)


@pytest.fixture
def household(supported: Supported) -> UUID:
    return supported.household("birth=1951-02-03", "birth=2015")


def test_what_is_noted_is_told_in_its_words(supported: Supported, household: UUID) -> None:
    person = supported.people(household)[0]
    supported.note(household, person, "pension=no;house_need=yes", since=date(2026, 3, 1))
    told = {one.data.code: one for one in supported.workspace.read(circumstances.circumstances, household)}
    assert told["pension"].sentence.startswith("Không có lương hưu")
    assert told["pension"].data.person_id == person
    assert told["house_need"].data.household_id == household
    assert told["house_need"].label.startswith("nhà tạm")
    actions = [event.action for event in supported.workspace.read(history.household_events, household)]
    assert "circumstance.keep" in actions


def test_a_later_word_ends_the_earlier_one(supported: Supported, household: UUID) -> None:
    person = supported.people(household)[0]
    supported.note(household, person, "pension=no", since=date(2025, 1, 1))
    supported.note(household, person, "pension=yes", since=date(2026, 10, 1))
    now, before = supported.workspace.read(circumstances.circumstances, household)
    supported.note(household, person, "pension=yes", since=date(2024, 1, 1))
    assert [one.data.to_on for one in supported.workspace.read(circumstances.circumstances, household)][:2] == [
        None, date(2026, 9, 30),
    ]  # fmt: skip
    assert (now.data.holds, now.data.to_on) == (True, None)
    assert (before.data.holds, before.data.to_on) == (False, date(2026, 9, 30))
    for day, result in ((date(2026, 9, 30), True), (date(2026, 10, 1), False)):
        told = supported.entitled(household, "HTXH", day, person)
        assert told is not None
        assert told.result is result


def test_a_note_is_corrected_in_its_version(supported: Supported, household: UUID) -> None:
    person = supported.people(household)[0]
    supported.note(household, person, "pension=no")
    noted = supported.workspace.read(circumstances.circumstances, household)[0]
    data = CircumstanceData("pension", holds=True, person_id=person, note="Hưởng chế độ hưu từ 2010")
    supported.workspace.write(circumstances.keep, data, noted.id, noted.version)
    again = supported.workspace.read(circumstances.circumstances, household)[0]
    assert (again.id, again.data) == (noted.id, data)
    with pytest.raises(ConflictError):
        supported.workspace.write(circumstances.keep, data, noted.id, noted.version)


def test_a_mistake_is_taken_back(supported: Supported, household: UUID) -> None:
    person = supported.people(household)[0]
    supported.note(household, person, "pension=no;house_need=yes")
    for one in supported.workspace.read(circumstances.circumstances, household):
        supported.workspace.write(circumstances.remove, one.id, one.version)
    assert supported.workspace.read(circumstances.circumstances, household) == []


def test_what_does_not_fit_is_refused(supported: Supported, household: UUID) -> None:
    person = supported.people(household)[0]
    for data in (
        CircumstanceData("pension", holds=True),
        CircumstanceData("pension", holds=True, household_id=household),
        CircumstanceData("house_need", holds=True, person_id=person),
        CircumstanceData("class", holds=True, household_id=household),
        CircumstanceData("commune_hard", holds=True, household_id=household),
        CircumstanceData("mau_toc", holds=True, person_id=person),
        CircumstanceData("pension", holds=True, person_id=person, from_on=date(2026, 2, 1), to_on=date(2026, 1, 1)),
    ):
        with pytest.raises(ValidationError):
            supported.workspace.write(circumstances.keep, data)
    with pytest.raises(NotFoundError):
        supported.workspace.write(circumstances.keep, CircumstanceData("pension", holds=True, person_id=household))


def test_what_can_be_asked(workspace: Workspace) -> None:
    people = {fact.code for fact in workspace.read(circumstances.askable, About.PERSON)}
    homes = {fact.code for fact in workspace.read(circumstances.askable, About.HOUSEHOLD)}
    assert "pension" in people
    assert "house_need" in homes
    assert not people & homes
    assert "age" not in people
