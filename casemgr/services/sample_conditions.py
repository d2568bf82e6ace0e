"""Invented living conditions that go with a sample family and with what its class says it lacks."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from casemgr.domain.conditions import Device, Nutrition, SchoolLevel, Toilet, WaterSource
from casemgr.domain.people import Education, LabourCapacity, Work
from casemgr.services.sample_people import Member, spread

Row = dict[str, Any]

_NURSERY_FROM, _INSURED_FROM, _CHILD, _GROWN, _YOUNG, _OLD, _RETIRED = 3, 6, 16, 18, 31, 60, 62
_WORKS_TO = 57
_SCHOOL_AGES: Final = (
    (_NURSERY_FROM, SchoolLevel.NURSERY), (_INSURED_FROM, SchoolLevel.PRIMARY), (11, SchoolLevel.LOWER_SECONDARY),
    (15, SchoolLevel.UPPER_SECONDARY), (_GROWN, SchoolLevel.HIGHER),
)  # fmt: skip
_HIGH: Final = (
    Education.UPPER_SECONDARY, Education.VOCATIONAL, Education.COLLEGE, Education.UNIVERSITY,
)  # fmt: skip
_HOUSE_CODES: Final = ("nha_tieu", "chat_luong_nha", "phuong_tien_tt", "vien_thong", "nguon_nuoc", "dien_tich_nha")
_CLEAN_WATER: Final = spread("piped:6, drilled_well:4, protected_well:2, rain:3, bottled:1")
_OTHER_WATER: Final = spread("surface:5, unprotected:2")
_GOOD_TOILET: Final = spread("septic:5, pour_flush:4, two_vault:1")
_BAD_TOILET: Final = spread("other:5, none:2")
_DEVICES: Final = ((Device.TELEVISION, 0.8), (Device.RADIO, 0.1), (Device.PHONE, 0.4), (Device.SMARTPHONE, 0.7))


def fitting(members: Sequence[Member], lacking: Sequence[str]) -> tuple[str, ...]:
    """As many deprivations as drawn, but such as this family can have: what shows in it first, then the house."""
    if not lacking:
        return ()
    shown = [code for code, holds in _shown(members) if holds]
    possible = {code for code, holds in _possible(members) if holds}
    wanted = [*shown, *(code for code in lacking if code in possible or code in _HOUSE_CODES), *_HOUSE_CODES]
    return tuple(dict.fromkeys(wanted))[: len(lacking)]


def _shown(members: Sequence[Member]) -> Iterable[tuple[str, bool]]:
    yield "nguoi_phu_thuoc", 2 * sum(map(_dependant, members)) > len(members)
    yield "gd_tre_em", any(_misses_school(member) for member in members)


def _possible(members: Sequence[Member]) -> Iterable[tuple[str, bool]]:
    yield "viec_lam", any(map(_worker, members))
    yield "dinh_duong", any(member.age < _CHILD for member in members)
    yield "bhyt", any(member.age >= _INSURED_FROM for member in members)
    yield "gd_nguoi_lon", any(map(_untaught, members))


def _dependant(member: Member) -> bool:
    helped = member.row["allowance"] and (member.row["disability"] is not None or member.age >= _OLD)
    return member.age < _CHILD or bool(helped)


def _misses_school(member: Member) -> bool:
    return _INSURED_FROM <= member.age < _CHILD and member.row["work"] != Work.STUDYING


def _worker(member: Member) -> bool:
    able = member.row["labour"] != LabourCapacity.NONE
    return _CHILD <= member.age < _WORKS_TO and able and member.row["work"] in (Work.EMPLOYED, Work.UNEMPLOYED)


def _untaught(member: Member) -> bool:
    if not _CHILD <= member.age < _YOUNG or member.row["work"] == Work.STUDYING:
        return False
    return member.row["education"] not in (_HIGH if member.age >= _GROWN else (*_HIGH, Education.LOWER_SECONDARY))


class ConditionMaker:
    """Makes the house and the members' conditions of one household after the other."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = random.Random(f"conditions {seed}")  # noqa: S311 - invented households, no secrets
        self._today = today

    def house(self, people: int, lacking: Sequence[str]) -> Row:
        """The columns of a dwelling."""
        chance = self._chance
        weak = self._random.sample(("walls", "columns", "roof"), 2 if "chat_luong_nha" in lacking else int(chance(0.3)))
        each = self._between(40, 79) * 10 if "dien_tich_nha" in lacking else self._between(80, 240) * 10
        devices = [device.value for device, share in _DEVICES if chance(share)] or [Device.PHONE.value]
        return {
            "walls_durable": "walls" not in weak,
            "columns_durable": "columns" not in weak,
            "roof_durable": "roof" not in weak,
            "area_dm2": each * people,
            "water": WaterSource(self._pick(_OTHER_WATER if "nguon_nuoc" in lacking else _CLEAN_WATER)).value,
            "toilet": Toilet(self._pick(_BAD_TOILET if "nha_tieu" in lacking else _GOOD_TOILET)).value,
            "internet": "vien_thong" not in lacking,
            "devices": () if "phuong_tien_tt" in lacking else tuple(devices),
            "waste_handled": chance(0.7) if chance(0.6) else None,
            "seen_on": self._today - timedelta(days=self._between(330, 420)),
            "note": "",
        }

    def people(self, members: Sequence[Member], lacking: Sequence[str]) -> list[Row]:
        """The columns of each member's conditions, in their order; empty where the person's record says enough."""
        rows = [self._person(member) for member in members]
        for code, holds, values in (
            ("viec_lam", _worker, {"seeks_work": None, "wage_work": True, "contract": False}),
            ("dinh_duong", lambda member: member.age < _CHILD, {"nutrition": self._pick(("stunted", "underweight"))}),
            ("bhyt", lambda member: member.age >= _INSURED_FROM, {"insured": False}),
            ("gd_nguoi_lon", _untaught, {"trained": False}),
        ):
            if code in lacking:
                rows[next(place for place, member in enumerate(members) if holds(member))].update(values)
        return rows

    def _person(self, member: Member) -> Row:
        row: Row = {}
        work, age = member.row["work"], member.age
        if member.row["insurance_number"] is None:
            row["insured"] = True
        if age < _CHILD:
            row["nutrition"] = Nutrition.NORMAL.value
        if work == Work.STUDYING or _NURSERY_FROM <= age < _INSURED_FROM:
            row["school"] = next(level.value for start, level in reversed(_SCHOOL_AGES) if age >= start)
        elif _INSURED_FROM <= age < _CHILD:
            row["school"] = SchoolLevel.NONE.value
        if work == Work.EMPLOYED and age < _RETIRED:
            row["wage_work"] = self._chance(0.35)
            row["contract"] = True if row["wage_work"] else None
        if work == Work.UNEMPLOYED:
            row["seeks_work"] = False
        if _untaught(member):
            row["trained"] = True
        return row

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _between(self, low: int, high: int) -> int:
        return low + int(self._random.random() * (high - low + 1))

    def _pick(self, choices: Sequence[str]) -> str:
        return choices[int(self._random.random() * len(choices))]
