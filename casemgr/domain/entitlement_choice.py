"""Of several rules or programmes that fit one beneficiary: which one counts, and how much it gives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.domain.pack_parts import UNCERTAIN
from casemgr.domain.programmes import Action, Catalogue, Exclusion, Rule, Span

_GENERATIONS = ("", "A", "B", "C")


@dataclass(frozen=True)
class Judged:
    """A rule with its result, and what it gives this beneficiary."""

    rule: Rule
    result: bool | None
    amount: int | None
    """None: no sum is known."""
    interest: int | None = None


@dataclass(frozen=True)
class Choice:
    """What a programme gives a beneficiary."""

    result: bool | None
    rules: tuple[Rule, ...]
    """The rule that counts, with those paid beside it; when not entitled, the first that was asked."""
    amount: int | None
    gives_way: Exclusion | None = None
    """Not entitled because another programme gives more."""

    @property
    def rule(self) -> Rule:
        """The rule that counts."""
        return self.rules[0]


def doubtful(rule: Rule, in_scope: bool | None, holds: bool | None) -> bool | None:
    """The result of a rule: outside its scope nobody is meant; inside, an uncertain rule refuses nobody."""
    if in_scope is False or holds is True:
        return bool(in_scope) if in_scope is not None else None
    if holds is False and rule.certainty != UNCERTAIN:
        return False
    return None


def choose(judged: Sequence[Judged]) -> Choice:
    """The most favourable rule that holds; else open while one may still hold."""
    true = [one for one in judged if one.result is True]
    if not true:
        unknown = [one for one in judged if one.result is None]
        first = (unknown or judged)[0]
        return Choice(None if unknown else False, (first.rule,), None)
    offers = [_with_added(one, true) for one in true]
    best = max(offers, key=_worth)
    return Choice(True, tuple(one.rule for one in best), _sum(best))


def _with_added(one: Judged, true: Sequence[Judged]) -> tuple[Judged, ...]:
    """The rule, with the highest of those that are paid beside it."""
    added = [other for other in true if other.rule.id in one.rule.adds]
    return (one, max(added, key=lambda other: other.amount or 0)) if added else (one,)


def _sum(offer: Sequence[Judged]) -> int | None:
    amounts = [one.amount for one in offer]
    return None if None in amounts else sum(amount for amount in amounts if amount is not None)


def _worth(offer: Sequence[Judged]) -> tuple[int, int, int, date]:
    first = offer[0]
    return (
        _sum(offer) or 0,
        -(first.interest or 0),
        _GENERATIONS.index(first.rule.generation),
        first.rule.valid_from or date.min,
    )


def higher_ones(
    catalogue: Catalogue, choices: Mapping[str, Choice], receiving: Sequence[str] = ()
) -> dict[str, Exclusion]:
    """Programmes of one beneficiary that give way to a higher one at the same time, each with the rule that says so.

    Where both give the same, the one already received stays.
    """
    gone: dict[str, Exclusion] = {}
    for exclusion in catalogue.exclusions:
        if not takes_higher(exclusion) or exclusion.programme_a == exclusion.programme_b:
            continue
        sides = (exclusion.programme_a, exclusion.programme_b)
        one, other = (choices.get(side) for side in sides)
        if one is None or other is None or one.result is not True or other.result is not True:
            continue
        if set(sides) & set(gone):
            continue
        worth = [(choice.amount or 0, side in receiving) for choice, side in zip((one, other), sides, strict=True)]
        gone[sides[0] if worth[0] < worth[1] else sides[1]] = exclusion
    return gone


def takes_higher(exclusion: Exclusion) -> bool:
    """Whether only the higher of both is given; an uncertain text is told, it refuses nobody."""
    return exclusion.action is Action.TAKE_HIGHER and exclusion.certainty != UNCERTAIN


def rivals(catalogue: Catalogue, programmes: Collection[str]) -> frozenset[str]:
    """Programmes that must be judged with these, because only the higher of both is given."""
    return frozenset(
        one.other(code) for one in catalogue.exclusions if takes_higher(one) for code in programmes if one.touches(code)
    )


def limits_of(catalogue: Catalogue, programme: str, span: Span) -> tuple[Exclusion, ...]:
    """What limits a programme by what was received before (span lifetime) or is received now (span period)."""
    return tuple(one for one in catalogue.exclusions_of(programme) if one.span is span and not takes_higher(one))
