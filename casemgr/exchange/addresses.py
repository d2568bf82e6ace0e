"""Addresses as lists write them: the hamlet in them, the rest, and the commune an old three-level address is now."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from casemgr.assets import resource
from casemgr.domain.text import clean, place_key

_HAMLET: Final = re.compile(
    r"^(ấp|ap|a\.|thôn|thon|khóm|khom|khu phố|khu pho|kp\.?|tổ dân phố|to dan pho|tdp|bản|buôn|làng|xóm)"
    r"\s*\.?\s*(?=\S)",
    re.IGNORECASE,
)
_PREFIX: Final = {
    "commune": re.compile(r"^(xa|x\.|phuong|p\.|thi tran|tt\.?|dac khu)\s+"),
    "district": re.compile(r"^(huyen|h\.|quan|q\.|thi xa|tx\.?|thanh pho|tp\.?)\s+"),
    "province": re.compile(r"^(tinh|t\.|thanh pho|tp\.?)\s+"),
}
_SPLIT: Final = re.compile(r"\s*[,;]\s*|\s+[-–]\s+")


@dataclass(frozen=True)
class Address:
    """What an address cell says."""

    hamlet: str
    rest: str
    commune: str | None
    commune_name: str = ""


def _bare(part: str, level: str) -> str:
    return _PREFIX[level].sub("", place_key(part).replace(". ", " ").strip())


@cache
def _old_units() -> dict[tuple[str, str, str], set[tuple[str, str]]]:
    """New communes by (old commune, old district, old province), also with the district left out."""
    found: dict[tuple[str, str, str], set[tuple[str, str]]] = {}
    path = resource("data", "admin-units-before-2025-07.csv")
    if not path.exists():
        return found
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            commune = _bare(row["old_name"], "commune")
            district = _bare(row["old_district"], "district")
            province = _bare(row["old_province"], "province")
            new = (row["new_code"], row["new_name"])
            for key in ((commune, district, province), (commune, district, "")):
                found.setdefault(key, set()).add(new)
    return found


@cache
def _new_units() -> dict[tuple[str, str], set[tuple[str, str]]]:
    provinces: dict[str, str] = {}
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    with resource("data", "admin-units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] == "province":
                provinces[row["code"]] = _bare(row["full_name"], "province")
            else:
                key = (_bare(row["full_name"], "commune"), provinces.get(row["province_code"], ""))
                found.setdefault(key, set()).add((row["code"], row["full_name"]))
    return found


def _commune(parts: list[str]) -> tuple[int, str, str] | None:
    """How many of the last parts name a commune, and which one it is now."""
    for size in (3, 2):
        if len(parts) < size:
            continue
        tail = parts[-size:]
        commune = _bare(tail[0], "commune")
        if size == 3:
            hits = _old_units().get((commune, _bare(tail[1], "district"), _bare(tail[2], "province")), set())
        else:
            hits = _new_units().get((commune, _bare(tail[1], "province")), set())
            hits = hits or _old_units().get((commune, _bare(tail[1], "district"), ""), set())
        if len(hits) == 1:
            ((code, name),) = hits
            return size, code, name
    return None


@lru_cache(maxsize=8192)
def split_address(text: str) -> Address:
    """The parts of an address; what is not understood stays in `rest`."""
    text = clean(text)
    parts = [part for part in _SPLIT.split(text) if part]
    found = _commune(parts)
    if found:
        parts = parts[: -found[0]]
    hamlet = ""
    for part in parts:
        if _HAMLET.match(part):
            hamlet = part
            parts = [other for other in parts if other is not part]
            break
    return Address(hamlet, ", ".join(parts), found[1] if found else None, found[2] if found else "")


def is_hamlet(text: str) -> bool:
    """Whether the text begins with a kind of hamlet."""
    return bool(_HAMLET.match(clean(text)))
