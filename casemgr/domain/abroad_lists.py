"""The lists of work abroad as data: forms, markets, papers, items of support, claims and the texts of risk flags."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeVar

from casemgr.assets import resource
from casemgr.i18n import SOURCE_LANGUAGE, current

CERTAIN: Final = "V"


@dataclass(frozen=True)
class Entry:
    """One line of a list."""

    code: str
    name: str
    name_en: str
    law: str
    certainty: str
    """V read in the document, R recalled or second-hand, U uncertain."""

    @property
    def label(self) -> str:
        """In the language in force."""
        return self.name_en if current() == SOURCE_LANGUAGE and self.name_en else self.name


@dataclass(frozen=True)
class Form(Entry):
    """A way of going."""

    licensed: bool = False
    """The sender needs a licence."""
    direct: bool = False
    """Without a sender: the commune registers the contract."""


@dataclass(frozen=True)
class TradeProgramme(Entry):
    """A programme of a market; an office may write any other name."""

    market: str = ""


@dataclass(frozen=True)
class DocumentKind(Entry):
    """A paper of the dossier."""

    departure: bool = False
    """The law names it before the departure."""
    direct: bool = False
    """For a contract signed directly too."""
    rate: str = ""
    """How long it is valid."""


@dataclass(frozen=True)
class ItemRule:
    """An item of support in one generation; names are those of rates."""

    law: str
    certainty: str
    rate: str = ""
    """The ceiling of one unit; empty: what it cost."""
    near: str = ""
    other: str = ""
    """Other ceilings for near-poor households and for other residents."""
    near_share: str = ""
    other_share: str = ""
    most: str = ""
    full: tuple[str, ...] = ()
    """Groups that get all of it, where they are not the usual ones."""


@dataclass(frozen=True)
class Item(Entry):
    """An item of support."""

    unit: str = ""
    """course, day, month, session, fee or once."""
    generations: Mapping[str, ItemRule] = field(default_factory=dict)


@dataclass(frozen=True)
class ClaimKind(Entry):
    """What can be claimed after a return."""

    reasons: tuple[str, ...] = ()
    rate: str = ""


@dataclass(frozen=True)
class FlagRule(Entry):
    """A risk flag; its name is the sentence an officer reads."""

    level: str = ""
    """red or amber."""


@dataclass(frozen=True)
class BannedTrade(Entry):
    """A trade people may not be sent to."""

    words: tuple[str, ...] = ()
    """Folded words its name is known by."""


@dataclass(frozen=True)
class Lists:
    """Everything that is shipped, by code."""

    forms: Mapping[str, Form]
    markets: Mapping[str, Entry]
    programmes: Mapping[str, TradeProgramme]
    documents: Mapping[str, DocumentKind]
    contents: Mapping[str, Entry]
    """What a contract signed directly has to contain."""
    direct_papers: Mapping[str, Entry]
    items: Mapping[str, Item]
    claims: Mapping[str, ClaimKind]
    banned: Mapping[str, BannedTrade]
    flags: Mapping[str, FlagRule]
    needs: Mapping[str, str]
    """The article behind what a step asks for."""

    def form(self, code: str) -> Form | None:
        """The way of going; None while it is not chosen."""
        return self.forms.get(code)


E = TypeVar("E", bound=Entry)


@cache
def shipped() -> Lists:
    """The lists that come with the program."""
    raw = tomllib.loads(resource("casework", "abroad.toml").read_text(encoding="utf-8"))
    return Lists(
        forms=_entries(raw["form"], Form),
        markets=_entries(raw["market"], Entry),
        programmes=_entries(raw["programme"], TradeProgramme),
        documents=_entries(raw["document"], DocumentKind),
        contents=_entries(raw["content"], Entry),
        direct_papers=_entries(raw["direct_paper"], Entry),
        items={one["code"]: _item(one) for one in raw["item"]},
        claims=_entries(raw["claim"], ClaimKind),
        banned=_entries(raw["banned"], BannedTrade),
        flags=_entries(raw["flag"], FlagRule),
        needs={one["code"]: one["law"] for one in raw["need"]},
    )


def _entries(rows: list[dict[str, Any]], kind: type[E]) -> dict[str, E]:
    return {row["code"]: kind(**_values(row)) for row in rows}


def _values(row: dict[str, Any], *without: str) -> dict[str, Any]:
    pairs = ((name, value) for name, value in row.items() if name not in without)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in pairs}


def _item(raw: dict[str, Any]) -> Item:
    rules = {}
    for one in raw["generation"]:
        rules[one["code"]] = ItemRule(**_values(one, "code"))
    return Item(raw["code"], raw["name"], raw["name_en"], "", CERTAIN, raw["unit"], rules)
