"""A condition tried on one household says what the finished rule would: entitled, not, or what is missing."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from casemgr.domain.programme_reading import shipped
from casemgr.domain.support import Unit
from casemgr.errors import ValidationError
from casemgr.services import overlaps, programme_trials, programmes
from casemgr.workspace import Workspace
from tests.support.support import TODAY, Supported

PENSION: dict[str, Any] = {"all": [{"fact": "age", "ge": 75}, {"fact": "pension", "is": False}]}


@pytest.fixture
def supported(workspace: Workspace) -> Supported:
    return Supported(workspace)


def _tried(
    supported: Supported, household: Any, condition: dict[str, Any] | None, unit: Unit, on: date = TODAY
) -> list[tuple[str, bool | None]]:
    told = supported.workspace.read(programme_trials.try_condition, household, on, condition, unit)
    return [(one.name, one.verdict.holds) for one in told]


def test_each_person_is_asked_in_turn_and_what_is_missing_is_named(supported: Supported) -> None:
    household = supported.household("birth=1950", "birth=1951-11-25", "birth=1940;died=2026-01-02")
    old, younger, _dead = supported.people(household)
    told = supported.workspace.read(programme_trials.try_condition, household, TODAY, PENSION, Unit.PERSON)
    assert [(one.person_id, one.verdict.holds) for one in told] == [(old, None), (younger, False)]
    assert told[0].verdict.missing_facts == ("pension",)
    supported.note(household, old, "pension=no")
    assert [result for _name, result in _tried(supported, household, PENSION, Unit.PERSON)] == [True, False]


def test_a_household_is_asked_as_one_with_its_people_inside_a_member(supported: Supported) -> None:
    household = supported.household("birth=1980", "birth=2015")
    supported.of_class(household, "poor")
    asked = {"all": [{"fact": "class", "in": ["poor"]}, {"member": {"fact": "age", "lt": 16}}]}
    assert _tried(supported, household, asked, Unit.HOUSEHOLD) == [("", True)]
    assert _tried(supported, household, asked, Unit.HOUSEHOLD, date(2040, 1, 1)) == [("", False)]
    assert _tried(supported, household, None, Unit.HOUSEHOLD) == [("", True)]
    assert _tried(supported, uuid4(), None, Unit.HOUSEHOLD) == []


def test_what_cannot_be_read_is_refused(supported: Supported) -> None:
    household = supported.household()
    with pytest.raises(ValidationError):
        _tried(supported, household, {"fact": "mau_toc"}, Unit.HOUSEHOLD)


def test_the_trial_agrees_with_the_entitlement_of_every_single_rule(supported: Supported) -> None:
    household = supported.household(
        "birth=1950;disability=severe", "birth=2015;school=primary", "birth=1990;labour=able"
    )
    supported.of_class(household, "poor")
    found = supported.workspace.read(programmes.catalogue)
    for code, programme in found.programmes.items():
        rules = found.rules_on(code, TODAY)
        if len(rules) != 1 or rules[0].certainty == "U" or rules[0].after_death or not programme.entitles:
            continue
        table: Any = shipped()[0]["rule", rules[0].id]
        trials = supported.workspace.read(
            programme_trials.try_condition, household, TODAY, table.get("condition"), programme.unit
        )
        for one in trials:
            told = supported.entitled(household, code, person=one.person_id)
            assert told is not None
            assert one.verdict.holds is told.result, (code, told.reason, told.conflicts)


def test_overlap_rules_are_listed_as_they_were_written(supported: Supported) -> None:
    rows = {row.exclusion.id: row for row in supported.workspace.read(overlaps.overlaps)}
    assert rows["NHA"].codes == ("NHA-DA5", "NHA-XNT", "NHA-DDK", "NCC-NHA", "NHA-KC")
    assert rows["MTP"].codes == ("MTP",)
    assert not rows["MTP"].own
    table = supported.workspace.read(programmes.content, "exclusion", "MTP")
    supported.workspace.write(programmes.keep, "exclusion", table | {"action": "warn"})
    changed = {row.exclusion.id: row for row in supported.workspace.read(overlaps.overlaps)}["MTP"]
    assert (changed.own, changed.exclusion.action.value) == (True, "warn")


def test_facts_of_the_office_come_first_with_the_rules_that_ask_them(supported: Supported) -> None:
    fact = {"code": "nuoi_bo", "about": "household", "name": "nuôi bò", "yes": "Có nuôi bò", "no": "Không nuôi bò"}
    supported.workspace.write(programmes.keep, "fact", fact)
    rows = supported.workspace.read(overlaps.noted_facts)
    assert (rows[0].fact.code, rows[0].own, rows[0].rules) == ("nuoi_bo", True, ())
    pension = next(row for row in rows if row.fact.code == "pension")
    assert {"HTXH-75", "HTXH-70"} <= set(pension.rules)
    assert not any(row.fact.recorded for row in rows)
    with pytest.raises(ValidationError):
        supported.workspace.write(programmes.remove, "fact", "pension")
