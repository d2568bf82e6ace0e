"""Conditions as they are put together: a tree of plain parts, exactly as the tables of the catalogue write them.

`condition_reading` reads the same tables for judging; a draft may still be incomplete and keeps every value as typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from casemgr.domain.condition_reading import ConditionReader
from casemgr.domain.entitlement_facts import About, Fact, FactKind, choices
from casemgr.domain.entitlements import ALWAYS, Condition, asked
from casemgr.domain.pack_tables import Faults, Table
from casemgr.errors import Problem
from casemgr.i18n import N_, _

Path = tuple[int, ...]
"""The way from the top: which part, of it which part."""


class Joint(StrEnum):
    """What a part is: a fact, or parts joined."""

    FACT = "fact"
    ALL = "all"
    ANY = "any"
    NOT = "not"
    MEMBER = "member"


JOINT_LABELS = {
    Joint.FACT: N_("A fact"),
    Joint.ALL: N_("All of these"),
    Joint.ANY: N_("Any of these"),
    Joint.NOT: N_("Not"),
    Joint.MEMBER: N_("Somebody in the household"),
}


class Operator(StrEnum):
    """How a fact is compared."""

    TRUE = "true"
    FALSE = "false"
    ONE_OF = "one_of"
    AT_LEAST = "ge"
    MORE = "gt"
    AT_MOST = "le"
    LESS = "lt"
    BETWEEN = "between"
    HAS = "has"


OPERATOR_LABELS = {  # a truth is told by its own two sentences
    Operator.ONE_OF: N_("is one of"),
    Operator.AT_LEAST: N_("is at least"),
    Operator.MORE: N_("is more than"),
    Operator.AT_MOST: N_("is at most"),
    Operator.LESS: N_("is less than"),
    Operator.BETWEEN: N_("is from … to"),
    Operator.HAS: N_("contains"),
}
OPERATORS: Mapping[FactKind, tuple[Operator, ...]] = {
    FactKind.TRUTH: (Operator.TRUE, Operator.FALSE),
    FactKind.CHOICE: (Operator.ONE_OF,),
    FactKind.NUMBER: (Operator.AT_LEAST, Operator.MORE, Operator.AT_MOST, Operator.LESS, Operator.BETWEEN),
    FactKind.CODES: (Operator.HAS,),
}
_LOW, _HIGH = ("ge", "gt"), ("le", "lt")


@dataclass(frozen=True)
class Draft:
    """One part; `asks` is what a fact is compared with, key and value as the table writes them."""

    joint: Joint
    parts: tuple["Draft", ...] = ()
    fact: str = ""
    asks: tuple[tuple[str, Any], ...] = ()

    def at(self, path: Path) -> "Draft":
        """The part a path leads to."""
        return self.parts[path[0]].at(path[1:]) if path else self

    def put(self, path: Path, part: "Draft") -> "Draft":
        """The same with another part there."""
        if not path:
            return part
        parts = list(self.parts)
        parts[path[0]] = parts[path[0]].put(path[1:], part)
        return replace(self, parts=tuple(parts))

    def add(self, path: Path, part: "Draft") -> tuple["Draft", Path]:
        """The same with a part more: inside where parts are joined, otherwise beside it; and where it stands now."""
        here = self.at(path)
        if here.joint in (Joint.ALL, Joint.ANY):
            return self.put(path, replace(here, parts=(*here.parts, part))), (*path, len(here.parts))
        if here.joint is not Joint.FACT and not here.parts:
            return self.put(path, replace(here, parts=(part,))), (*path, 0)
        if path and self.at(path[:-1]).joint in (Joint.ALL, Joint.ANY):
            above, place = self.at(path[:-1]), path[-1] + 1
            parts = (*above.parts[:place], part, *above.parts[place:])
            return self.put(path[:-1], replace(above, parts=parts)), (*path[:-1], place)
        return self.put(path, Draft(Joint.ALL, (here, part))), (*path, 1)

    def wrap(self, path: Path, joint: Joint) -> "Draft":
        """The same with the part there inside a joint of its own."""
        return self.put(path, Draft(joint, (self.at(path),)))

    def unwrap(self, path: Path) -> "Draft":
        """The same with the only part of a joint in its place; more than one stay joined."""
        here = self.at(path)
        return self.put(path, here.parts[0]) if len(here.parts) == 1 else self

    def drop(self, path: Path) -> "Draft | None":
        """The same without the part there; a joint left without parts goes with it, None when nothing is left."""
        if not path:
            return None
        above = self.at(path[:-1])
        rest = above.parts[: path[-1]] + above.parts[path[-1] + 1 :]
        return self.put(path[:-1], replace(above, parts=rest)) if rest else self.drop(path[:-1])

    def move(self, path: Path, step: int) -> tuple["Draft", Path]:
        """The same with a part earlier or later among those beside it, and where it stands now."""
        if not path:
            return self, path
        above, place = self.at(path[:-1]), path[-1] + step
        if not 0 <= place < len(above.parts):
            return self, path
        parts = list(above.parts)
        parts[path[-1]], parts[place] = parts[place], parts[path[-1]]
        return self.put(path[:-1], replace(above, parts=tuple(parts))), (*path[:-1], place)

    def table(self) -> dict[str, Any]:
        """As the catalogue keeps it."""
        if self.joint is Joint.FACT:
            return {"fact": self.fact} | {key: list(one) if isinstance(one, tuple) else one for key, one in self.asks}
        if self.joint in (Joint.ALL, Joint.ANY):
            return {self.joint.value: [part.table() for part in self.parts]}
        return {self.joint.value: self.parts[0].table() if self.parts else {}}


def draft(table: Mapping[str, Any] | None) -> Draft | None:
    """The draft of a table; None: everybody."""
    if not table:
        return None
    if "fact" in table:
        asks = ((key, tuple(one) if isinstance(one, list) else one) for key, one in table.items() if key != "fact")
        return Draft(Joint.FACT, fact=str(table["fact"]), asks=tuple(asks))
    joint = next(one for one in Joint if one.value in table)
    inside = table[joint.value]
    found = [draft(part) for part in (inside if isinstance(inside, list) else [inside])]
    return Draft(joint, tuple(part for part in found if part is not None))


def fact_draft(fact: Fact) -> Draft:
    """A fact with what is asked of it left to be said, as far as that can be left."""
    asks: dict[FactKind, tuple[tuple[str, Any], ...]] = {
        FactKind.TRUTH: (),
        FactKind.CHOICE: (("in", choices(fact.code)[:1]),),
        FactKind.NUMBER: (("ge", 0),),
        FactKind.CODES: (("has", ""),),
    }
    return Draft(Joint.FACT, fact=fact.code, asks=asks[fact.kind])


def operator(part: Draft, kind: FactKind) -> Operator:
    """How the fact of a draft is compared."""
    said = dict(part.asks)
    if kind is FactKind.TRUTH:
        return Operator.FALSE if said.get("is", True) is False else Operator.TRUE
    if kind is FactKind.NUMBER:
        low, high = (next((key for key in side if key in said), "") for side in (_LOW, _HIGH))
        return Operator.BETWEEN if low and high else Operator(low or high or Operator.AT_LEAST)
    return OPERATORS[kind][0]


def values(part: Draft, kind: FactKind) -> tuple[Any, ...]:
    """What it is compared with: the choices, one number, the least and the most, or a code."""
    said = dict(part.asks)
    if kind is FactKind.CHOICE:
        return tuple(said["in"]) if "in" in said else tuple(filter(None, (said.get("is"),)))
    if kind is FactKind.NUMBER:
        low = next((said[key] + (key == "gt") for key in _LOW if key in said), None)
        high = next((said[key] - (key == "lt") for key in _HIGH if key in said), None)
        if low is not None and high is not None:
            return low, high
        return tuple(said[key] for key in (*_LOW, *_HIGH) if key in said)
    return (said["has"],) if said.get("has") else ()


def compared(part: Draft, kind: FactKind, how: Operator, typed: tuple[Any, ...]) -> Draft:
    """The draft compared in another way; what says the same as before stays written as it was."""
    if (how, typed) == (operator(part, kind), values(part, kind)):
        return part
    asks: tuple[tuple[str, Any], ...]
    if kind is FactKind.TRUTH:
        asks = () if how is Operator.TRUE else (("is", False),)
    elif kind is FactKind.CHOICE:
        asks = (("in", typed),)
    elif kind is FactKind.CODES:
        asks = (("has", typed[0] if typed else ""),)
    elif how is Operator.BETWEEN:
        asks = tuple((key, number) for key, number in zip(("ge", "le"), typed, strict=False) if number is not None)
    else:
        asks = ((how.value, typed[0]),) if typed and typed[0] is not None else ()
    return replace(part, asks=asks)


def understood(found: Draft | None, facts: Mapping[str, Fact]) -> tuple[Condition, tuple[Problem, ...]]:
    """The condition for judging, with everything that does not fit yet."""
    faults = Faults()
    table = Table({} if found is None else {"condition": found.table()}, "", faults)
    condition = ConditionReader(facts).read(table, "condition")
    return condition, tuple(faults.problems)


def sentence(condition: Condition, facts: Mapping[str, Fact]) -> str:
    """A condition as one sentence, the same in the window and on the command line."""
    return _("Everybody") if condition == ALWAYS else asked(condition, facts)


def part_words(part: Draft, facts: Mapping[str, Fact]) -> str:
    """One line of the tree: what joins the parts below, or what is asked of the fact."""
    if part.joint is not Joint.FACT:
        return _(JOINT_LABELS[part.joint])
    condition, problems = understood(part, facts)
    known = facts.get(part.fact)
    return (known.label if known is not None else part.fact) if problems else asked(condition, facts)


def fitting(facts: Mapping[str, Fact], *, of_person: bool) -> list[Fact]:
    """The facts a rule can ask: of a person with her household, or of the household with the commune alone."""
    return [fact for fact in facts.values() if of_person or fact.about is not About.PERSON]


def misplaced(condition: Draft | None, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Facts of a person a rule of a household asks outside “somebody in the household”: nobody could answer them."""
    if condition is None or condition.joint is Joint.MEMBER:
        return ()
    if condition.joint is Joint.FACT:
        fact = facts.get(condition.fact)
        return (fact.label,) if fact is not None and fact.about is About.PERSON else ()
    return tuple(dict.fromkeys(label for part in condition.parts for label in misplaced(part, facts)))
