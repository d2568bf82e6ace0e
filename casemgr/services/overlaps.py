"""The overlap rules and noted facts of the catalogue as the office keeps them, with what rests on them."""

from dataclasses import dataclass

from casemgr.domain.entitlement_facts import About, Fact
from casemgr.domain.entitlements import leaves
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import ACTION_LABELS, SPAN_LABELS, Exclusion
from casemgr.domain.support import UNIT_LABELS
from casemgr.i18n import _
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.programmes import catalogue


@dataclass(frozen=True)
class OverlapRow:
    """One overlap rule as it was written: every two of its programmes, or one with itself."""

    exclusion: Exclusion
    """Of its first two programmes."""
    codes: tuple[str, ...]
    programmes: str
    """Their names."""
    action: str
    span: str
    scope: str
    own: bool


@dataclass(frozen=True)
class FactRow:
    """A fact officers note, with the rules that ask it."""

    fact: Fact
    rules: tuple[str, ...]
    own: bool


def overlaps(uow: UnitOfWork) -> list[OverlapRow]:
    """All overlap rules in the order of the catalogue."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    whole: dict[str, tuple[Exclusion, dict[str, None]]] = {}
    for one in found.exclusions:
        _first, codes = whole.setdefault(one.id, (one, {}))
        codes |= dict.fromkeys((one.programme_a, one.programme_b))
    return [
        OverlapRow(
            exclusion=first,
            codes=tuple(codes),
            programmes="; ".join(found.programme(code).title for code in codes),
            action=_(ACTION_LABELS[first.action]),
            span=_(SPAN_LABELS[first.span]),
            scope=_(UNIT_LABELS[first.scope]),
            own=("exclusion", first.id) in found.own,
        )
        for first, codes in whole.values()
    ]


def noted_facts(uow: UnitOfWork) -> list[FactRow]:
    """Every fact an officer notes or sets for the commune, those of the office first."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    asking: dict[str, dict[str, None]] = {}
    for rule in found.rules.values():
        for condition in (rule.scope, rule.condition):
            for leaf, _inside in leaves(condition):
                asking.setdefault(leaf.fact, {})[rule.id] = None
    rows = [
        FactRow(fact, tuple(asking.get(fact.code, ())), ("fact", fact.code) in found.own)
        for fact in found.facts.values()
        if not fact.recorded
    ]
    order = list(About)
    return sorted(rows, key=lambda row: (not row.own, order.index(row.fact.about)))
