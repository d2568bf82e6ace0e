"""What each deprivation indicator says of the dwelling: pure rules over the house and the pack's numbers."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from casemgr.domain.conditions import DwellingData
from casemgr.domain.indicator_members import FINE, Finding, Kind, Parameters

AREA: Final = "dien_tich_nha"
"""The one indicator of the dwelling that asks how many people live there."""

DM2_IN_M2: Final = 100


def weak_parts(dwelling: DwellingData) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Structures known not to be durable, and those nobody looked at."""
    parts = {"walls": dwelling.walls_durable, "columns": dwelling.columns_durable, "roof": dwelling.roof_durable}
    return (
        tuple(name for name, durable in parts.items() if durable is False),
        tuple(name for name, durable in parts.items() if durable is None),
    )


def _house(parameters: Parameters, dwelling: DwellingData, people: int) -> Finding:
    weak, open_parts = weak_parts(dwelling)
    limit = int(parameters["weak_parts_from"])
    if len(weak) >= limit:
        return Finding(Kind.LACKING)
    return FINE if len(weak) + len(open_parts) < limit else Finding(Kind.UNKNOWN, open_parts)


def _area(parameters: Parameters, dwelling: DwellingData, people: int) -> Finding:
    if dwelling.area_dm2 is None or not people:
        return Finding(Kind.UNKNOWN, ("area",) if people else ("members",))
    limit = Fraction(str(parameters["area_under_m2"])) * DM2_IN_M2 * people
    return Finding(Kind.LACKING) if dwelling.area_dm2 < limit else FINE


def _one_of(parameters: Parameters, name: str, value: str | None, missing: str) -> Finding:
    if value is None:
        return Finding(Kind.UNKNOWN, (missing,))
    return FINE if value in str(parameters[name]).split() else Finding(Kind.LACKING)


def _water(parameters: Parameters, dwelling: DwellingData, people: int) -> Finding:
    return _one_of(parameters, "clean_sources", dwelling.water, "water")


def _toilet(parameters: Parameters, dwelling: DwellingData, people: int) -> Finding:
    return _one_of(parameters, "clean_toilets", dwelling.toilet, "toilet")


def _has(value: bool | None, missing: str) -> Finding:
    if value is None:
        return Finding(Kind.UNKNOWN, (missing,))
    return FINE if value else Finding(Kind.LACKING)


def _internet(parameters: Parameters, dwelling: DwellingData, people: int) -> Finding:
    return _has(dwelling.internet, "internet")


def _devices(parameters: Parameters, dwelling: DwellingData, people: int) -> Finding:
    counted = set(str(parameters["devices"]).split())
    return _has(None if dwelling.devices is None else bool(counted.intersection(dwelling.devices)), "devices")


def _waste(parameters: Parameters, dwelling: DwellingData, people: int) -> Finding:
    return _has(dwelling.waste_handled, "waste")


DwellingRule = Callable[[Parameters, DwellingData, int], Finding]

DWELLING_RULES: Final[Mapping[str, tuple[DwellingRule, tuple[str, ...]]]] = {
    "chat_luong_nha": (_house, ("weak_parts_from",)),
    AREA: (_area, ("area_under_m2",)),
    "nguon_nuoc": (_water, ("clean_sources",)),
    "nha_tieu": (_toilet, ("clean_toilets",)),
    "vien_thong": (_internet, ()),
    "phuong_tien_tt": (_devices, ("devices",)),
    "xu_ly_rac_thai": (_waste, ()),
}
"""Indicator code to its rule and the parameters of the pack the rule cannot do without."""
