"""Reads the conditions of programmes from plain tables: all, any, not, member, or one fact with what is asked of it."""

from collections.abc import Mapping
from typing import Final

from casemgr.domain.entitlement_facts import About, Fact, FactKind, choices
from casemgr.domain.entitlements import ALWAYS, All, AnyOf, Condition, Leaf, Not, SomeMember, leaves
from casemgr.domain.pack_tables import Table
from casemgr.i18n import _

_FEWEST: Final = -1
_MOST: Final = 1_000_000


class ConditionReader:
    """Reads conditions over the facts of one catalogue."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = facts

    def read(self, table: Table, key: str) -> Condition:
        """The condition at a key; nothing there means everybody."""
        if not table.has(key):
            table.raw(key)
            return ALWAYS
        return self._condition(table.table(key))

    def _condition(self, table: Table) -> Condition:
        found = self._node(table)
        table.close()
        return found

    def _node(self, table: Table) -> Condition:
        if table.has("fact"):
            return self._leaf(table)
        if table.has("not"):
            return Not(self._condition(table.table("not")))
        if table.has("member"):
            return self._member(table)
        for key, kind in (("all", All), ("any", AnyOf)):
            if table.has(key):
                parts = tuple(self._condition(part) for part in table.tables(key))
                if not parts:
                    table.fault(key, _("a list of conditions is empty."))
                return kind(parts)
        table.faults.add(table.place, _("a condition is all, any, not, member or a fact."))
        return ALWAYS

    def _member(self, table: Table) -> Condition:
        part = self._condition(table.table("member"))
        for leaf, _inside in leaves(part):
            fact = self._facts.get(leaf.fact)
            if fact is not None and fact.about is not About.PERSON:
                table.fault("member", _("“{fact}” is no fact of a person.").format(fact=fact.name))
        return SomeMember(part)

    def _leaf(self, table: Table) -> Condition:
        code = table.text("fact")
        fact = self._facts.get(code)
        if fact is None:
            table.fault("fact", _("the fact “{value}” is not known.").format(value=code))
            for name in table.names():
                table.raw(name)
            return Leaf(code)
        if fact.kind is FactKind.TRUTH:
            return Leaf(code, frozenset({table.flag("is") if table.has("is") else True}))
        if fact.kind is FactKind.CODES:
            return Leaf(code, has=table.text("has"))
        if fact.kind is FactKind.CHOICE:
            values = table.texts("in") if table.has("in") else (table.text("is"),)
            for value in values:
                if value not in choices(code):
                    table.fault("in", _("“{value}” is no value of “{fact}”.").format(value=value, fact=fact.name))
            return Leaf(code, frozenset(values))
        return self._number(table, code)

    def _number(self, table: Table, code: str) -> Condition:
        bounds: dict[str, int | None] = {"low": None, "high": None}
        for key, side, step in (("ge", "low", 0), ("gt", "low", 1), ("le", "high", 0), ("lt", "high", -1)):
            if table.has(key):
                bounds[side] = table.integer(key, 0, _MOST) + step
        low, high = bounds["low"], bounds["high"]
        if (low is None and high is None) or (low is not None and high is not None and high < low):
            table.fault("ge", _("no number can lie within these limits."))
        return Leaf(code, low=low, high=high)
