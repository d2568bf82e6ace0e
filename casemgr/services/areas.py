"""The shipped list of provinces and communes: found without accents, joined on codes only."""

import csv
from functools import cache

from casemgr.assets import resource
from casemgr.domain.offices import AdminUnit
from casemgr.domain.text import place_key, word_sort_key
from casemgr.errors import NotFoundError
from casemgr.i18n import _


@cache
def communes() -> tuple[AdminUnit, ...]:
    """All 3,321 commune-level units in force, in Vietnamese order."""
    provinces: dict[str, str] = {}
    rows: list[dict[str, str]] = []
    with resource("data", "admin-units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] == "province":
                provinces[row["code"]] = row["full_name"]
            else:
                rows.append(row)
    units = [
        AdminUnit(
            code=row["code"],
            kind=row["kind"],
            name=row["name"],
            full_name=row["full_name"],
            province_code=row["province_code"],
            province=provinces[row["province_code"]],
        )
        for row in rows
    ]
    return tuple(sorted(units, key=lambda unit: (word_sort_key(unit.name), unit.code)))


@cache
def _keys() -> tuple[tuple[str, str, AdminUnit], ...]:
    return tuple((place_key(unit.name), place_key(f"{unit.full_name} {unit.province}"), unit) for unit in communes())


def commune(code: str) -> AdminUnit:
    """The unit with this code; NotFoundError otherwise."""
    for unit in communes():
        if unit.code == code:
            return unit
    raise NotFoundError(_("There is no commune with the code {code} in the shipped list.").format(code=code))


def find_communes(text: str, *, limit: int = 30) -> list[AdminUnit]:
    """Units whose name (and province) hold every word typed, without accents; names that begin with it come first."""
    wanted = place_key(text)
    words = wanted.split()
    if not words:
        return []
    if wanted.isdigit():
        return [unit for unit in communes() if unit.code.startswith(wanted)][:limit]
    hits = [(name, whole, unit) for name, whole, unit in _keys() if all(f" {word}" in f" {whole}" for word in words)]

    def rank(hit: tuple[str, str, AdminUnit]) -> int:
        name, whole, _unit = hit
        return 0 if name == wanted else 1 if name.startswith(wanted) else 2 if whole.startswith(wanted) else 3

    return [unit for _name, _whole, unit in sorted(hits, key=rank)][:limit]
