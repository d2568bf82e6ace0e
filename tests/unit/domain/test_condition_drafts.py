"""Conditions put together part by part: exact round trip for every shipped rule, and no step that loses a part."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.condition_drafts import (
    Draft,
    Joint,
    Operator,
    Path,
    compared,
    draft,
    fact_draft,
    misplaced,
    operator,
    part_words,
    sentence,
    understood,
    values,
)
from casemgr.domain.entitlement_facts import FactKind
from casemgr.domain.entitlements import ALWAYS
from casemgr.domain.programme_reading import read, shipped
from casemgr.domain.support import Unit
from casemgr.i18n import _

TABLES = shipped()[0]
CATALOGUE = read(TABLES)
FACTS = CATALOGUE.facts
RULES = sorted(code for kind, code in TABLES if kind == "rule")


def _tables(rule: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every condition a rule holds: for whom, within what, for each of which member, and papers on file."""
    yield from (rule[key] for key in ("condition", "scope") if key in rule)
    yield from (rule[key]["each"] for key in ("amount", "interest") if "each" in rule.get(key, {}))
    yield from (paper["on_file"] for paper in rule.get("papers", ()) if "on_file" in paper)


def _parts(whole: Draft, path: Path = ()) -> Iterator[tuple[Path, Draft]]:
    yield path, whole
    for place, part in enumerate(whole.parts):
        yield from _parts(part, (*path, place))


def test_there_are_all_the_rules() -> None:
    assert len(RULES) == 99


@pytest.mark.parametrize("code", RULES)
def test_every_shipped_rule_comes_back_exactly(code: str) -> None:
    rule: Mapping[str, Any] = TABLES["rule", code]
    for table in _tables(rule):
        made = draft(table)
        assert made is not None
        assert made.table() == table
    condition, problems = understood(draft(rule.get("condition")), FACTS)
    assert problems == ()
    assert condition == CATALOGUE.rules[code].condition


@pytest.mark.parametrize("code", RULES)
def test_every_fact_of_a_shipped_rule_survives_its_fields(code: str) -> None:
    for table in _tables(TABLES["rule", code]):
        made = draft(table)
        assert made is not None
        for _path, part in _parts(made):
            if part.joint is Joint.FACT:
                kind = FACTS[part.fact].kind
                assert compared(part, kind, operator(part, kind), values(part, kind)) == part
                assert part_words(part, FACTS)


@pytest.mark.parametrize("code", RULES)
def test_no_shipped_rule_of_a_household_asks_a_person_outside_a_member(code: str) -> None:
    rule = CATALOGUE.rules[code]
    if CATALOGUE.programme(rule.programme).unit is not Unit.PERSON:
        made = draft(TABLES["rule", code].get("condition"))  # type: ignore[arg-type]  # a plain table
        assert misplaced(made, FACTS) == ()


def test_nothing_is_everybody() -> None:
    assert draft(None) is None
    assert draft({}) is None
    condition, problems = understood(None, FACTS)
    assert (condition, problems) == (ALWAYS, ())
    assert sentence(condition, FACTS) == _("Everybody")


POOR = Draft(Joint.FACT, fact="class", asks=(("in", ("poor",)),))
OLD = Draft(Joint.FACT, fact="age", asks=(("ge", 75),))
PENSION = Draft(Joint.FACT, fact="pension", asks=(("is", False),))


def test_a_condition_is_put_together_step_by_step() -> None:
    whole, path = POOR.add((), OLD)
    assert (whole.table(), path) == (
        {"all": [{"fact": "class", "in": ["poor"]}, {"fact": "age", "ge": 75}]},
        (1,),
    )
    whole, path = whole.add((0,), PENSION)
    assert [part.fact for part in whole.parts] == ["class", "pension", "age"]
    whole = whole.wrap((1,), Joint.NOT)
    assert whole.at((1,)).table() == {"not": {"fact": "pension", "is": False}}
    assert whole.unwrap((1,)).at((1,)) == PENSION
    whole, path = whole.move((1,), 1)
    assert path == (2,)
    assert whole.at((2, 0)) == PENSION
    dropped = whole.drop((2, 0))
    assert dropped is not None
    assert [part.fact for part in dropped.parts] == ["class", "age"]  # "not" goes with its only part
    assert POOR.drop(()) is None


def test_what_is_not_complete_is_told_and_still_shown() -> None:
    code = next(code for code, fact in FACTS.items() if fact.kind is FactKind.CODES)
    empty = fact_draft(FACTS[code])
    _condition, problems = understood(empty, FACTS)
    assert problems
    assert part_words(empty, FACTS) == FACTS[code].label
    backwards = Draft(Joint.FACT, fact="age", asks=(("ge", 75), ("le", 70)))
    assert understood(backwards, FACTS)[1]
    assert part_words(Draft(Joint.FACT, fact="khong_co"), FACTS) == "khong_co"


def test_an_operator_changes_only_what_it_must() -> None:
    kind = FactKind.NUMBER
    assert compared(OLD, kind, Operator.LESS, (70,)).table() == {"fact": "age", "lt": 70}
    assert compared(OLD, kind, Operator.BETWEEN, (60, 69)).table() == {"fact": "age", "ge": 60, "le": 69}
    half = Draft(Joint.FACT, fact="age", asks=(("ge", 3), ("lt", 16)))
    assert (operator(half, kind), values(half, kind)) == (Operator.BETWEEN, (3, 15))
    assert compared(half, kind, Operator.BETWEEN, (3, 15)) == half
    assert compared(PENSION, FactKind.TRUTH, Operator.TRUE, ()).table() == {"fact": "pension"}
    assert compared(POOR, FactKind.CHOICE, Operator.ONE_OF, ("poor", "near_poor")).table()["in"] == [
        "poor",
        "near_poor",
    ]


def test_a_person_is_asked_of_a_household_only_inside_a_member() -> None:
    assert misplaced(OLD, FACTS) == (FACTS["age"].label,)
    assert misplaced(Draft(Joint.MEMBER, (OLD,)), FACTS) == ()
    assert misplaced(Draft(Joint.ALL, (POOR, Draft(Joint.NOT, (OLD,)))), FACTS) == (FACTS["age"].label,)


_LEAVES = st.sampled_from([POOR, OLD, PENSION])
_DRAFTS = st.recursive(
    _LEAVES,
    lambda inside: st.one_of(
        st.builds(
            lambda joint, parts: Draft(joint, tuple(parts)),
            st.sampled_from([Joint.ALL, Joint.ANY]),
            st.lists(inside, min_size=1, max_size=3),
        ),
        st.builds(lambda part: Draft(Joint.NOT, (part,)), inside),
    ),
    max_leaves=8,
)


@given(_DRAFTS, st.data())
def test_any_draft_comes_back_and_adding_then_dropping_gives_it_back(whole: Draft, data: st.DataObject) -> None:
    assert draft(whole.table()) == whole
    assert understood(whole, FACTS)[1] == ()
    path = data.draw(st.sampled_from([path for path, _part in _parts(whole)]))
    more, place = whole.add(path, PENSION)
    assert more.at(place) == PENSION
    less = more.drop(place)
    assert less is not None
    leaves = [part for _path, part in _parts(whole) if part.joint is Joint.FACT]
    assert [part for _path, part in _parts(less) if part.joint is Joint.FACT] == leaves
