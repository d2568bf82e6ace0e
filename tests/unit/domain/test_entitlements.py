"""Conditions of programmes: three values that never contradict each other, in words, one by one and in bulk alike."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.class_history import NEVER, UNREVIEWED, ClassEvent, begun_months, standing
from casemgr.domain.entitlement_choice import Judged, choose, doubtful, higher_ones
from casemgr.domain.entitlement_facts import Facts, Value
from casemgr.domain.entitlement_marks import Judge
from casemgr.domain.entitlements import (
    All,
    AnyOf,
    Condition,
    Leaf,
    Not,
    SomeMember,
    asked,
    compare,
    evaluate,
    holds,
    leaves,
    value_text,
)
from casemgr.domain.programme_reading import read, shipped
from casemgr.i18n import using

CATALOGUE = read(shipped()[0])
FACTS = CATALOGUE.facts
ON = date(2026, 11, 24)

POOR = Leaf("class", frozenset({"poor"}))
OLD = Leaf("age", low=70, high=74)
PENSION = Leaf("pension", frozenset({True}))

_LEAVES = st.sampled_from(
    [POOR, Leaf("class", frozenset({"poor", "near_poor"})), OLD, Leaf("age", low=75), PENSION,
     Leaf("merit", frozenset({False})), Leaf("deprivations", has="bhyt")]
)  # fmt: skip
_CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)
_AGES = st.tuples(st.integers(0, 100), st.integers(0, 3)).map(lambda pair: (pair[0], pair[0] + pair[1]))
_VALUES: dict[str, st.SearchStrategy[Value]] = {
    "class": st.sampled_from(["poor", "near_poor", "none", None]),
    "age": st.one_of(_AGES, st.none()),
    "pension": st.sampled_from([True, False, None]),
    "merit": st.sampled_from([True, False, None]),
    "deprivations": st.sampled_from([frozenset({"bhyt"}), frozenset(), None]),
}
_KNOWN = st.fixed_dictionaries(_VALUES)


@given(_CONDITIONS, _KNOWN)
def test_knowing_more_never_turns_an_answer(condition: Condition, values: dict[str, Value]) -> None:
    known = holds(condition, Facts(values))
    for name in values:
        less = holds(condition, Facts(values | {name: None}))
        assert less in (known, None)


@given(_CONDITIONS, _KNOWN)
def test_not_turns_what_is_known_and_nothing_else(condition: Condition, values: dict[str, Value]) -> None:
    result = holds(condition, Facts(values))
    assert holds(Not(condition), Facts(values)) is (None if result is None else not result)
    assert holds(Not(Not(condition)), Facts(values)) is result


@given(_CONDITIONS, _CONDITIONS, _KNOWN)
def test_all_and_any_are_dual(one: Condition, other: Condition, values: dict[str, Value]) -> None:
    both = holds(Not(All((one, other))), Facts(values))
    assert both is holds(AnyOf((Not(one), Not(other))), Facts(values))


@given(_CONDITIONS, _KNOWN)
def test_words_say_why_or_what_is_missing(condition: Condition, values: dict[str, Value]) -> None:
    verdict = evaluate(condition, Facts(values), FACTS)
    assert verdict.holds is holds(condition, Facts(values))
    if verdict.holds is None:
        assert verdict.missing
        assert not verdict.reasons
        unclear = {name for name, value in values.items() if value is None or isinstance(value, tuple)}
        assert set(verdict.missing_facts) <= unclear
    else:
        assert verdict.reasons
        assert not verdict.missing
    assert asked(condition, FACTS)


@given(st.lists(_KNOWN, max_size=4), _CONDITIONS)
def test_somebody_is_enough(members: list[dict[str, Value]], condition: Condition) -> None:
    facts = Facts({}, members=tuple(Facts(one, name="Út") for one in members))
    results = [holds(condition, one) for one in facts.members]
    expected = True if True in results else None if None in results else False
    verdict = evaluate(SomeMember(condition), facts, FACTS)
    assert verdict.holds is expected
    if expected is False:
        assert len(verdict.reasons) == 1
        assert asked(condition, FACTS) in verdict.reasons[0]


@pytest.mark.parametrize(
    ("age", "result"),
    [((69, 69), False), ((69, 70), None), ((70, 70), True), ((74, 74), True), ((74, 75), None), ((75, 75), False),
     ((0, 150), None), (None, None)],
)  # fmt: skip
def test_an_age_known_by_its_year_decides_only_when_both_ends_agree(age: Value, result: bool | None) -> None:
    assert compare(OLD, age) is result


def test_every_leaf_is_told_with_whether_a_member_is_asked() -> None:
    condition = All((POOR, SomeMember(AnyOf((OLD, PENSION))), Not(PENSION)))
    assert list(leaves(condition)) == [(POOR, False), (OLD, True), (PENSION, True), (PENSION, False)]


_PERSON = st.fixed_dictionaries(
    {
        "age": st.one_of(_AGES, st.none()),
        "sex": st.sampled_from(["male", "female", None]),
        "merit": st.booleans(),
        "allowance": st.booleans(),
        "minority": st.sampled_from([True, False, None]),
        "disability": st.sampled_from(["none", "mild", "severe", "very_severe"]),
        "labour": st.sampled_from(["able", "reduced", "none", None]),
        "school": st.sampled_from(["none", "primary", "higher", None]),
        "studying": st.sampled_from([True, False, None]),
        "pension": st.sampled_from([True, False, None]),
        "no_support_person": st.sampled_from([True, False, None]),
        "single_parent": st.booleans(),
        "hiv": st.booleans(),
        "child_without_source": st.booleans(),
    }
)
_HOME = st.fixed_dictionaries(
    {
        "class": st.sampled_from(["poor", "near_poor", "average", "none", "escaped_poor"]),
        "months_off_list": st.sampled_from([(3, 3), (36, 36), (37, 37), (NEVER, NEVER)]),
        "area": st.sampled_from(["rural", "urban", None]),
        "deprivations": st.sampled_from([frozenset({"nha_tieu"}), frozenset(), None]),
        "house_need": st.sampled_from([True, False, None]),
        "uses_little_power": st.sampled_from([True, False, None]),
        "off_grid": st.booleans(),
        "commune_hard": st.sampled_from([True, False, None]),
    }
)


@given(_HOME, st.lists(_PERSON, min_size=1, max_size=4))
def test_marks_of_many_give_what_each_gives_alone(home: dict[str, Value], people: list[dict[str, Value]]) -> None:
    judge = Judge(CATALOGUE, ON)
    members = tuple(Facts(one) for one in people)
    marks = [judge.mark_person(one) for one in members]
    joined = judge.join(judge.mark_household(Facts(home)), marks)
    for asked_of, subjects in (
        (judge.of_households, [(joined, Facts(home, members=members))]),
        (
            judge.of_people,
            [
                (judge.of_member(joined, mark), Facts(home | dict(one.values), members=members))
                for mark, one in zip(marks, members, strict=True)
            ],
        ),
    ):
        for mark, facts in subjects:
            for one in asked_of:
                for rule in (*one.rules, *one.after_death):
                    alone = doubtful(rule, holds(rule.scope, facts), holds(rule.condition, facts))
                    assert judge.results(rule, mark) is alone


def _rule(rule_id: str, amount: int, result: bool | None) -> Judged:
    return Judged(CATALOGUE.rules[rule_id], result, amount)


def test_of_several_classes_the_highest_counts() -> None:
    choice = choose([_rule("TCXH-5A", 750_000, True), _rule("TCXH-6-NANG-TN", 1_000_000, True)])
    assert (choice.result, choice.rule.id, choice.amount) == (True, "TCXH-6-NANG-TN", 1_000_000)


def test_a_poor_single_parent_gets_both() -> None:
    choice = choose(
        [_rule("TCXH-4", 1_000_000, True), _rule("TCXH-6-NANG", 750_000, True), _rule("TCXH-8", 750_000, True)]
    )
    assert [rule.id for rule in choice.rules] == ["TCXH-4", "TCXH-6-NANG"]
    assert choice.amount == 1_750_000


def test_a_class_that_may_hold_keeps_the_question_open_only_while_none_holds() -> None:
    assert choose([_rule("TCXH-5A", 0, None), _rule("TCXH-8", 0, False)]).result is None
    assert choose([_rule("TCXH-5A", 0, None), _rule("TCXH-8", 750_000, True)]).result is True
    assert choose([_rule("TCXH-5A", 0, False)]).result is False


def test_equal_sums_go_to_the_cheaper_loan_then_to_the_newer_rule() -> None:
    general = Judged(CATALOGUE.rules["TD-GQVL-C2"], True, 200_000_000, 79_248)
    cheaper = Judged(CATALOGUE.rules["TD-GQVL-C1"], True, 200_000_000, 62_400)
    assert choose([general, cheaper]).rule.id == "TD-GQVL-C1"
    newer = [Judged(CATALOGUE.rules[one], True, None) for one in ("SK-CD-B", "SK-CD-C")]
    assert choose(newer).rule.id == "SK-CD-C"


def test_an_uncertain_rule_refuses_nobody_inside_its_scope() -> None:
    uncertain, sure = CATALOGUE.rules["KNTN"], CATALOGUE.rules["TD-HN"]
    assert [doubtful(uncertain, *one) for one in ((True, False), (False, False), (None, True), (True, True))] == [
        None, False, None, True,
    ]  # fmt: skip
    assert doubtful(sure, True, False) is False


def test_the_higher_of_pension_and_allowance() -> None:
    pension = choose([_rule("HTXH-75", 500_000, True)])
    lower = choose([_rule("TCXH-5A-80", 400_000, True)])
    equal = choose([_rule("TCXH-5A-80", 500_000, True)])
    assert set(higher_ones(CATALOGUE, {"HTXH": pension, "TCXH": lower})) == {"TCXH"}
    assert set(higher_ones(CATALOGUE, {"HTXH": pension, "TCXH": equal}, ["HTXH"])) == {"TCXH"}
    assert set(higher_ones(CATALOGUE, {"HTXH": pension, "TCXH": equal}, ["TCXH"])) == {"HTXH"}
    assert higher_ones(CATALOGUE, {"HTXH": pension}) == {}


def _event(since: str, value: str) -> ClassEvent:
    return ClassEvent(since, value, None)


def test_how_long_ago_a_household_left_the_list() -> None:
    left = [_event("2022-12-12", "poor"), _event("2023-12-12", "near_poor"), _event("2024-12-12", "escaped_near_poor")]
    assert standing(left, date(2024, 12, 11)).months_off == NEVER
    assert standing(left, date(2024, 12, 12)).months_off == 0
    assert standing([*left, _event("2025-12-12", "none")], date(2026, 12, 12)).months_off == 24
    assert standing([*left, _event("2025-12-12", "poor")], date(2026, 12, 12)) == standing(
        [_event("2025-12-12", "poor")], date(2026, 12, 12)
    )
    assert standing([_event("2024-12-12", "escaped_poor")], date(2025, 12, 13)).months_off == 13
    assert standing([], date(2026, 1, 1)) == UNREVIEWED
    assert standing(left, date(2020, 1, 1)) == UNREVIEWED


def test_months_begun() -> None:
    assert begun_months(date(2023, 12, 12), date(2026, 12, 12)) == 36
    assert begun_months(date(2023, 12, 12), date(2026, 12, 13)) == 37
    assert begun_months(date(2023, 12, 12), date(2023, 12, 12)) == 0


def test_of_three_only_one_stays() -> None:
    cards = {code: choose([_rule(code, amount, True)]) for code, amount in (("BHYT-HN", 3), ("BHYT-NDTB", 1))}
    cards["BHYT-HCN"] = choose([_rule("BHYT-HCN-70", 2, True)])
    gone = higher_ones(CATALOGUE, cards)
    assert "BHYT-HN" not in gone
    assert set(gone) == {"BHYT-HCN", "BHYT-NDTB"}


def test_values_in_words() -> None:
    told = {
        ("age", None): "chưa rõ",
        ("pension", True): FACTS["pension"].yes,
        ("deprivations", frozenset()): "không",
        ("deprivations", frozenset({"bhyt", "nuoi_bo"})): "Bảo hiểm y tế, nuoi_bo",
        ("class", "poor"): "Hộ nghèo",
        ("class", "khac"): "khac",
        ("age", (72, 72)): "72",
    }
    for (code, value), text in told.items():
        assert value_text(FACTS[code], value) == text
    assert value_text(FACTS["age"], (0, NEVER)) == value_text(FACTS["age"], None)
    assert value_text(FACTS["age"], (NEVER, NEVER)) != value_text(FACTS["age"], None)


def test_facts_speak_the_chosen_language() -> None:
    with using("en"):
        assert FACTS["pension"].label == "pension or monthly social insurance benefit"
        assert FACTS["merit"].says(value=True) == "Person of merit"
        assert FACTS["merit"].says(value=False) == "Not a person of merit"
        assert CATALOGUE.programme("HTXH").title == "Social pension"
    assert FACTS["merit"].says(value=True) == "Người có công với cách mạng"


def test_what_is_asked_in_words() -> None:
    unknown = Leaf("mau_toc", frozenset({True}))
    assert asked(unknown, FACTS) == "mau_toc"
    assert evaluate(unknown, Facts({}), FACTS).missing == ("mau_toc",)
    assert evaluate(unknown, Facts({"mau_toc": True}), FACTS).reasons == ("mau_toc",)
    nested = asked(All((AnyOf((POOR, PENSION)), Leaf("months_off_list", high=36))), FACTS)
    assert nested.startswith("(")
    assert "36" in nested
    assert evaluate(SomeMember(PENSION), Facts({}, members=(Facts({}, name="Út"),)), FACTS).missing[0].endswith("(Út)")


def test_what_is_assumed_is_told_as_not_noted() -> None:
    facts = Facts({"hiv": False, "school": "none"}, assumed=frozenset({"hiv", "school"}))
    for leaf in (Leaf("hiv", frozenset({True})), Leaf("school", frozenset({"higher"}))):
        verdict = evaluate(leaf, facts, FACTS)
        assert verdict.holds is False
        assert FACTS[leaf.fact].name in verdict.reasons[0]
