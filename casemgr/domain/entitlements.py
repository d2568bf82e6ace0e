"""Conditions of programmes, judged on what is known: holds, does not hold, or cannot be said, and why in words.

A condition is `all`, `any`, `not`, `member` (somebody in the household) or one fact compared with what is asked. The
three values follow Kleene: "cannot be said" spreads only where the unknown fact could still turn the result.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casemgr.domain.entitlement_facts import (
    NEVER,
    About,
    Fact,
    FactKind,
    Facts,
    Value,
    choice_text,
    choices,
    code_text,
    number_text,
)
from casemgr.i18n import _


@dataclass(frozen=True)
class Leaf:
    """One fact compared with what is asked: one of `values`, a number from `low` to `high`, or a code in the set."""

    fact: str
    values: frozenset[str | bool] = frozenset()
    low: int | None = None
    high: int | None = None
    has: str = ""


@dataclass(frozen=True)
class All:
    """Every part."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one part."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """Not the part."""

    part: "Condition"


@dataclass(frozen=True)
class SomeMember:
    """Somebody of the household for whom the part holds."""

    part: "Condition"


Condition = Leaf | All | AnyOf | Not | SomeMember
ALWAYS = All()
"""The condition everybody meets."""


@dataclass(frozen=True)
class Verdict:
    """What a condition gives, in words an officer can check."""

    holds: bool | None
    reasons: tuple[str, ...]
    """Why, or why not; empty when it cannot be said."""
    missing: tuple[str, ...]
    """Facts still needed, in words."""
    missing_facts: tuple[str, ...] = ()
    """Their codes."""


@dataclass(frozen=True)
class _Said:
    """One leaf that decided, with whose facts."""

    node: Leaf | SomeMember
    facts: Facts


def compare(leaf: Leaf, value: Value) -> bool | None:
    """Whether a value is what the leaf asks."""
    if value is None:
        return None
    if isinstance(value, tuple):
        low, high = value
        if (leaf.low is None or low >= leaf.low) and (leaf.high is None or high <= leaf.high):
            return True
        outside = (leaf.low is not None and high < leaf.low) or (leaf.high is not None and low > leaf.high)
        return False if outside else None
    if isinstance(value, frozenset):
        return leaf.has in value
    return value in leaf.values


def holds(condition: Condition, facts: Facts) -> bool | None:
    """The bare result, without words."""
    return _judge(condition, facts)[0]


def evaluate(condition: Condition, facts: Facts, known: Mapping[str, Fact]) -> Verdict:
    """The result with its words; `known` is the table of facts."""
    result, said = _judge(condition, facts)
    if result is None:
        missing = dict(_missing(one, known) for one in said)
        return Verdict(None, (), tuple(missing), tuple(dict.fromkeys(missing.values())))
    reasons = dict.fromkeys(_sentence(one, known) for one in said)
    return Verdict(result, tuple(reasons), ())


def leaves(condition: Condition) -> Iterator[tuple[Leaf, bool]]:
    """Every leaf with whether it asks a member of the household."""
    if isinstance(condition, Leaf):
        yield condition, False
    elif isinstance(condition, SomeMember):
        for leaf, _inside in leaves(condition.part):
            yield leaf, True
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        for part in condition.parts:
            yield from leaves(part)


def _judge(condition: Condition, facts: Facts) -> tuple[bool | None, tuple[_Said, ...]]:
    if isinstance(condition, Leaf):
        return compare(condition, facts.values.get(condition.fact)), (_Said(condition, facts),)
    if isinstance(condition, Not):
        result, said = _judge(condition.part, facts)
        return (None if result is None else not result), said
    if isinstance(condition, SomeMember):
        result, said = _joined([_judge(condition.part, member) for member in facts.members], deciding=True)
        return result, (_Said(condition, facts),) if result is False else said
    return _joined([_judge(part, facts) for part in condition.parts], deciding=isinstance(condition, AnyOf))


def _joined(
    judged: list[tuple[bool | None, tuple[_Said, ...]]], *, deciding: bool
) -> tuple[bool | None, tuple[_Said, ...]]:
    """Any (deciding True) or all (deciding False): one part that decides is enough, an unknown one keeps it open."""
    results = [result for result, _said in judged]
    if deciding in results:
        result: bool | None = deciding
    elif None in results:
        result = None
    else:
        result = not deciding
    return result, tuple(one for found, said in judged if found is result for one in said)


def _missing(said: _Said, known: Mapping[str, Fact]) -> tuple[str, str]:
    """The words of a fact that is needed, with whose it is, and its code; of members the one is told who decides."""
    node = said.node
    code = node.fact if isinstance(node, Leaf) else ""
    fact = known.get(code)
    if fact is None:
        return code, code
    if not said.facts.name or fact.about is not About.PERSON:
        return fact.label, code
    return _("{fact} ({name})").format(fact=fact.label, name=said.facts.name), code


def _sentence(said: _Said, known: Mapping[str, Fact]) -> str:
    node = said.node
    if isinstance(node, SomeMember):
        return _("Nobody in the household: {asked}").format(asked=asked(node.part, known))
    fact = known.get(node.fact)
    value = said.facts.values.get(node.fact)
    if fact is None:
        return node.fact
    if node.fact in said.facts.assumed:
        return _("Not noted: {fact}").format(fact=fact.label)
    if isinstance(value, bool):
        return fact.says(value=value)
    fits = compare(node, value)
    message = _("{fact}: {value}") if fits else _("{fact}: {value} (asked: {asked})")
    return message.format(fact=fact.label, value=value_text(fact, value), asked=_asked_value(node, fact))


def value_text(fact: Fact, value: Value) -> str:
    """A value as people read it."""
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return fact.says(value=value)
    if isinstance(value, tuple):
        return number_text(value)
    if isinstance(value, frozenset):
        return ", ".join(code_text(code) for code in sorted(value)) or _("none")
    return choice_text(fact.code, value)


def asked(condition: Condition, known: Mapping[str, Fact]) -> str:
    """A condition in words: what it asks for."""
    if isinstance(condition, Leaf):
        return _asked_leaf(condition, known)
    if isinstance(condition, Not):
        return _("not ({asked})").format(asked=asked(condition.part, known))
    if isinstance(condition, SomeMember):
        return _("a member of the household: {asked}").format(asked=asked(condition.part, known))
    parts = [_inside(part, known) for part in condition.parts]
    return _either(parts) if isinstance(condition, AnyOf) else "; ".join(parts)


def _inside(part: Condition, known: Mapping[str, Fact]) -> str:
    text = asked(part, known)
    return f"({text})" if isinstance(part, All | AnyOf) and len(part.parts) > 1 else text


def _asked_leaf(leaf: Leaf, known: Mapping[str, Fact]) -> str:
    fact = known.get(leaf.fact)
    if fact is None:
        return leaf.fact
    if fact.kind is FactKind.TRUTH:
        return fact.says(value=True in leaf.values)
    return _("{fact}: {value}").format(fact=fact.label, value=_asked_value(leaf, fact))


def _asked_value(leaf: Leaf, fact: Fact) -> str:
    if leaf.has:
        return code_text(leaf.has)
    if leaf.values:
        return _either(choice_text(fact.code, value) for value in choices(fact.code) if value in leaf.values)
    if leaf.low is not None and leaf.high is not None and leaf.high < NEVER:
        return _("{low} to {high}").format(low=leaf.low, high=leaf.high)
    if leaf.low is not None:
        return _("at least {number}").format(number=leaf.low)
    return _("at most {number}").format(number=leaf.high)


def _either(parts: Iterable[str]) -> str:
    return " {} ".format(_("or")).join(parts)
