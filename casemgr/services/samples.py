"""Fill a new case file with invented households: deterministic for its seed, realistic for the region."""

import gc
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.households import HouseholdClass, PolicyFlag
from casemgr.domain.offices import Area, HamletData
from casemgr.domain.people import LabourCapacity, Relation, Sex
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.jobs import Progress, silent
from casemgr.persistence.models import (
    Decision,
    Dwelling,
    Hamlet,
    Household,
    HouseholdClassRow,
    Membership,
    Person,
    PersonCondition,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.areas import commune
from casemgr.services.offices import add_hamlet
from casemgr.services.sample_conditions import ConditionMaker, fitting
from casemgr.services.sample_people import (
    KINH,
    FamilyMaker,
    Member,
    spread,
    without_papers,
    wordlists,
)

BATCH: Final = 1_000
MOST: Final = 1_000_000

_PATHS: Final = tuple(
    tuple(HouseholdClass(code) if code != "-" else None for code in path.split())
    for path in spread(
        "poor poor poor:14, near_poor poor poor:2, - - poor:4, near_poor near_poor near_poor:16, "
        "poor poor near_poor:6, - - near_poor:6, poor escaped_poor none:4, near_poor near_poor escaped_near_poor:8, "
        "poor poor escaped_poor:6, near_poor poor escaped_poor:2, - average average:8, - - average:6, - - none:12, "
        "- - -:6"
    )
)
"""Classes of three years, oldest first; "-" is a year without review."""

_INDICATORS: Final = (
    "viec_lam", "nguoi_phu_thuoc", "dinh_duong", "bhyt", "gd_nguoi_lon", "gd_tre_em", "chat_luong_nha",
    "dien_tich_nha", "nguon_nuoc", "nha_tieu", "vien_thong", "phuong_tien_tt",
)  # fmt: skip
_SURVEYED: Final = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
_UNKNOWN: Final = 2
"""Number of the household of which nobody knows more than a name."""
_RURAL_LINE: Final = 140
_URBAN_LINE: Final = 175


@dataclass(frozen=True)
class SampleSummary:
    """What was made."""

    households: int
    people: int
    hamlets: int


class _Ids:
    """UUIDv7 ids that are the same for the same seed."""

    def __init__(self, seed: str, today: date) -> None:
        self._random = random.Random(seed)  # noqa: S311 - ids need no secret
        self._moment = (today.toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000 << 12

    def next(self) -> UUID:
        self._moment += 1
        moment, counter = self._moment >> 12, self._moment & 0xFFF
        return UUID(int=(moment << 80) | (7 << 76) | (counter << 64) | (2 << 62) | self._random.getrandbits(62))


@dataclass
class _Batch:
    households: list[dict[str, Any]]
    people: list[dict[str, Any]]
    memberships: list[dict[str, Any]]
    classes: list[dict[str, Any]]
    dwellings: list[dict[str, Any]]
    conditions: list[dict[str, Any]]


class _Office:
    """The places, decisions and numbers households are made with."""

    def __init__(self, uow: UnitOfWork, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - invented households, no secrets
        self.ids = _Ids(f"ids {seed}", uow.today)
        self.condition_ids = _Ids(f"condition ids {seed}", uow.today)
        self.make = FamilyMaker(seed, uow.today)
        self.living = ConditionMaker(seed, uow.today)
        self.year = uow.today.year
        self.hamlets = _hamlets(uow, self.random)
        self.decisions = {year: self._decision(uow, year) for year in range(self.year - 2, self.year + 1)}
        lists = wordlists()
        self.former: list[list[str]] = lists["former"]
        self.former_province: str = lists["former_province"]

    def _decision(self, uow: UnitOfWork, year: int) -> tuple[UUID, date]:
        signed = date(year - 1, 12, 8 + self.random.randrange(6))
        row = {
            "id": self.ids.next(),
            "number": f"{self.random.randrange(300, 600)}/QĐ-UBND",
            "signed_on": signed,
            "year": year,
            "summary": f"Công nhận hộ nghèo, hộ cận nghèo năm {year}",
        }
        return uow.insert_many(Decision, [row])[0], signed


def make_sample(uow: UnitOfWork, *, households: int, seed: int, progress: Progress = silent) -> SampleSummary:
    """Write `households` invented households into a file that has none; one transaction, the same for the same seed."""
    uow.require(Permission.IMPORT)
    if not 1 <= households <= MOST:
        raise ValidationError(
            [Problem("households", _("Choose a number of households from 1 to {most}.").format(most=MOST))]
        )
    if uow.session.scalars(select(Household.id).limit(1)).first() is not None:
        raise ConflictError(_("This file already keeps households. Make the sample in a new file."))
    uow.name_step("sample.make", undoable=False)
    office = _Office(uow, seed)
    people = 0
    with _no_collecting():
        for start in range(0, households, BATCH):
            progress(start, households, _("Making sample households"))
            people += _write_batch(uow, office, range(start + 1, min(start + BATCH, households) + 1))
    progress(households, households, _("Making sample households"))
    return SampleSummary(households, people, len(office.hamlets))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of small rows without cycles: looking for garbage among them costs a tenth of the time."""
    restore = gc.enable if gc.isenabled() else gc.disable
    gc.disable()
    try:
        yield
    finally:
        restore()


def _write_batch(uow: UnitOfWork, office: _Office, numbers: range) -> int:
    batch = _Batch([], [], [], [], [], [])
    for number in numbers:
        _household(office, number, batch)
    uow.insert_many(Household, batch.households)
    uow.insert_many(Person, batch.people)
    uow.insert_many(Membership, batch.memberships)
    uow.insert_many(HouseholdClassRow, batch.classes)
    uow.insert_many(Dwelling, batch.dwellings)
    uow.insert_many(PersonCondition, batch.conditions)
    return len(batch.people)


def _hamlets(uow: UnitOfWork, chosen: random.Random) -> list[tuple[UUID, Area]]:
    present = uow.session.execute(select(Hamlet.id, Hamlet.area).where(Hamlet.active).order_by(Hamlet.id)).all()
    if present:
        return [(hamlet, Area(area)) for hamlet, area in present]
    unit = commune(uow.commune)
    names = wordlists()["hamlets"].get(unit.code)
    if names is None:
        first, second = wordlists()["hamlet_words"]
        names = sorted({f"{chosen.choice(first)} {chosen.choice(second)}" for _number in range(12)})
    kind = "Khu phố" if unit.default_area is Area.URBAN else "Ấp"
    return [(add_hamlet(uow, HamletData(kind, name, unit.default_area)), unit.default_area) for name in names]


def _members(office: _Office, number: int) -> list[Member]:
    """The first three households are the unusual ones that lists and papers must stand."""
    if number == 1:
        return office.make.big_family()
    members = office.make.family(1 if number == _UNKNOWN else None)
    if number == _UNKNOWN:
        without_papers(members[0])
    elif number == 3:
        while members[0].sex is not Sex.FEMALE or len(members) < 2:
            members = office.make.family()
        long_name: str = wordlists()["long_name"]
        surname, new = members[0].row["full_name"].split()[0], long_name.split()[0]
        for member in members:
            first, _space, rest = member.row["full_name"].partition(" ")
            member.row["full_name"] = f"{new if first == surname else first} {rest}"
        members[0].row["full_name"] = long_name
    return members


def _household(office: _Office, number: int, batch: _Batch) -> None:
    members = _members(office, number)
    household = office.ids.next()
    hamlet, area = office.hamlets[int(office.random.random() * len(office.hamlets))]
    chance = office.make.chance
    batch.households.append(
        {
            "id": household,
            "number": number,
            "hamlet_id": hamlet,
            "area": None,
            "address": _address(office),
            "permanent_address": _former_address(office) if chance(0.2) else "",
            "phone": office.make.phone() if chance(0.6) else None,
            "flags": _flags(members),
            "notes": "",
        }
    )
    people = []
    for position, member in enumerate(members):
        person = office.ids.next()
        people.append(person)
        batch.people.append(member.row | {"id": person})
        batch.memberships.append(
            {
                "id": office.ids.next(),
                "household_id": household,
                "person_id": person,
                "relation": member.relation.value,
                "relation_text": _in_words(member),
                "position": position,
            }
        )
    path = _PATHS[int(office.random.random() * len(_PATHS))]
    for back, value in enumerate(reversed(path)):
        if value is not None:
            row = _class(office, household, office.year - back, value, area)
            row["deprivations"] = fitting(members, row["deprivations"])
            batch.classes.append(row)
            if back == 0 and value in _SURVEYED and number != _UNKNOWN:
                _living(office, household, people, members, row["deprivations"], batch)


def _living(
    office: _Office,
    household: UUID,
    people: Sequence[UUID],
    members: Sequence[Member],
    lacking: Sequence[str],
    batch: _Batch,
) -> None:
    """What last year's surveyor saw of a household on the list."""
    new_id = office.condition_ids.next
    batch.dwellings.append({"id": new_id(), "household_id": household} | office.living.house(len(members), lacking))
    batch.conditions += [
        {"id": new_id(), "person_id": person} | row
        for person, row in zip(people, office.living.people(members, lacking), strict=True)
        if row
    ]


_WORDS: Final = {
    (Relation.SPOUSE, Sex.MALE): "Chồng", (Relation.SPOUSE, Sex.FEMALE): "Vợ",
    (Relation.CHILD_IN_LAW, Sex.MALE): "Con rể", (Relation.CHILD_IN_LAW, Sex.FEMALE): "Con dâu",
    (Relation.PARENT, Sex.MALE): "Cha", (Relation.PARENT, Sex.FEMALE): "Mẹ",
}  # fmt: skip


def _in_words(member: Member) -> str:
    return _WORDS.get((member.relation, member.sex), "")


def _address(office: _Office) -> str:
    group = f"Tổ {office.make.between(1, 12)}"
    return f"Số {office.make.between(1, 400)}, {group.lower()}" if office.make.chance(0.4) else group


def _former_address(office: _Office) -> str:
    name, district = office.former[int(office.random.random() * len(office.former))]
    hamlet = office.make.between(1, 8)
    return f"Ấp {hamlet}, xã {name}, huyện {district}, tỉnh {office.former_province}"


def _flags(members: list[Member]) -> tuple[str, ...]:
    rows = [member.row for member in members]
    held = {
        PolicyFlag.ETHNIC_MINORITY: rows[0]["ethnic"] != KINH,
        PolicyFlag.NO_LABOUR: all(row["labour"] == LabourCapacity.NONE for row in rows),
        PolicyFlag.MERIT: any(row["merit"] for row in rows),
        PolicyFlag.SOCIAL_PROTECTION: any(row["allowance"] for row in rows),
    }
    return tuple(flag.value for flag, holds in held.items() if holds)


def _class(office: _Office, household: UUID, year: int, value: HouseholdClass, area: Area) -> dict[str, Any]:
    between, chance = office.make.between, office.make.chance
    line = _URBAN_LINE if area is Area.URBAN else _RURAL_LINE
    lacking: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    if value is HouseholdClass.POOR:
        lacking = _some(office, _INDICATORS, between(3, 6))
    elif value is HouseholdClass.NEAR_POOR:
        lacking = _some(office, _INDICATORS, between(0, 2))
    below = value in (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
    if below:
        causes = _some(office, tuple("12345678"), between(1, 3))
    decision, signed = office.decisions[year]
    return {
        "id": office.ids.next(),
        "household_id": household,
        "year": year,
        "value": value.value,
        "since": signed + timedelta(days=between(60, 200)) if below and chance(0.03) else None,
        "decision_id": None if value in (HouseholdClass.AVERAGE, HouseholdClass.NONE) else decision,
        "b1": line - 5 * between(0, 12) if below else line + 5 * between(1, 12),
        "b2": 10 * len(lacking),
        "standard": "VN-2022",
        "deprivations": lacking,
        "causes": causes,
        "note": "",
    }


def _some(office: _Office, choices: tuple[str, ...], count: int) -> tuple[str, ...]:
    drawn = set(office.random.sample(choices, count))
    return tuple(choice for choice in choices if choice in drawn)
