"""The 54 peoples of Vietnam: codes of the 1979 list (kept), of the census list, and the ways people spell them."""

import csv
from dataclasses import dataclass
from functools import cache

from casemgr.assets import resource
from casemgr.domain.text import place_key


@dataclass(frozen=True)
class EthnicGroup:
    """One people: the code kept in the file is the one of the 1979 list."""

    code: str
    name: str
    census_code: str
    spellings: tuple[str, ...]


@cache
def ethnic_groups() -> tuple[EthnicGroup, ...]:
    """All of them in the order of the 1979 list; the last is 55, foreigners."""
    with resource("data", "ethnic-groups.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            EthnicGroup(row["code"], row["name"], row["census_code"], tuple(filter(None, row["spellings"].split("|"))))
            for row in csv.DictReader(file)
        )


def _key(text: str) -> str:
    return place_key(text).replace(" ", "")


@cache
def _by_key() -> dict[str, str]:
    return {_key(name): group.code for group in ethnic_groups() for name in (group.name, *group.spellings)}


@cache
def _names() -> dict[str, str]:
    return {group.code: group.name for group in ethnic_groups()}


@cache
def _by_census() -> dict[str, str]:
    return {group.census_code: group.code for group in ethnic_groups()}


def by_name(text: str) -> str | None:
    """The code for a name in any spelling; never for a bare number, which may belong to either list."""
    return _by_key().get(_key(text.strip(" .")))


def name_of(code: str) -> str:
    """The official name; the code itself when it is unknown."""
    return _names().get(code, code)


def by_census_code(code: str) -> str | None:
    """The code of the 1979 list for one of the census list."""
    return _by_census().get(code.zfill(2))
