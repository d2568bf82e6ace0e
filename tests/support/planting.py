"""An invented list that agrees with a case file, and ways to plant one difference in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.domain.imports import ColumnUse, ImportedHousehold, ImportedList, ImportedPerson, TableUse
from casemgr.domain.people import PersonData, Relation, Sex

SHEET = "Hộ nghèo, cận nghèo"
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Thạch", "Lý", "Kim", "Sơn")
GIVEN = ("Ngưỡng", "Ửng", "Tám", "Sáu", "Rỡ", "Ánh", "Ẩn", "Dũng", "Hạnh", "Phượng", "Đẹp", "Kỳ", "Tuyết", "Yến",
         "Thủy", "Hòa", "Nghĩa", "Sự", "Lượm")  # fmt: skip
FIELDS = (
    "household_number", "household_code", "name", "relation", "birth", "sex", "identity", "ethnic", "hamlet", "class",
    "b1", "b2", "decision_number", "decision_date", "causes", "minority", "no_labour", "merit",
)  # fmt: skip
DECISION = ("45/QĐ-UBND", date(2025, 12, 12))


def name(seed: int, sex: Sex) -> str:
    """An invented name, another one for each seed of a list."""
    middle = "Văn" if sex is Sex.MALE else "Thị"
    extra = GIVEN[seed // len(GIVEN) % len(GIVEN)]
    return f"{FAMILIES[seed % len(FAMILIES)]} {middle} {extra} {GIVEN[seed % len(GIVEN)]}"


def person(seed: int, row: int, relation: Relation) -> ImportedPerson:
    """One invented person."""
    sex = Sex.FEMALE if seed % 2 else Sex.MALE
    year = 1950 + seed * 7 % 60
    century = 2 if year >= 2000 else 0
    number = f"083{century + (sex is Sex.FEMALE)}{year % 100:02d}{seed:06d}"
    birth = PartialDate(year, 1 + seed % 12, 2 + seed % 26)
    return ImportedPerson(row, PersonData(name(seed, sex), sex, birth, number, ethnic="01"), relation)


def household(number: int, first_row: int, size: int) -> ImportedHousehold:
    """One invented household."""
    relations = (Relation.HEAD, Relation.SPOUSE, Relation.CHILD, Relation.CHILD)
    members = tuple(person(number * 4 + at, first_row + at, relations[at]) for at in range(size))
    poor = number % 3 != 0
    return ImportedHousehold(
        SHEET,
        first_row,
        members,
        code=f"HN{number // 2:05d}",  # codes of the national system: some stand twice
        hamlet="Ấp Phú Nhơn" if number % 2 else "Ấp Quân An",
        flags=("no_labour",) if number % 5 == 0 else (),
        value=HouseholdClass.POOR if poor else HouseholdClass.NEAR_POOR,
        b1=100 + number % 40,
        b2=30 + number % 4 * 10 if poor else number % 3 * 10,
        causes=("2", "7") if number % 2 else ("1",),
        decision_number=DECISION[0],
        decision_date=DECISION[1],
    )


def agreeing(count: int, label: str = "quoc-gia.xlsx") -> ImportedList:
    """A list of so many households, one to four people each."""
    households, row = [], 8
    for number in range(count):
        size = 1 + number % 4
        households.append(household(number, row, size))
        row += size
    columns = tuple(ColumnUse(at, field, field) for at, field in enumerate(FIELDS, 1))
    return ImportedList(label, (TableUse(SHEET, 7, 8, "x", columns),), tuple(households), year=2026)


def _member(one: ImportedHousehold, at: int, **values: object) -> ImportedHousehold:
    members = list(one.members)
    data = replace(members[at].data, **values)  # type: ignore[arg-type] # the names are fields of PersonData
    members[at] = replace(members[at], data=data)
    return replace(one, members=tuple(members))


def _flag(one: ImportedHousehold) -> ImportedHousehold:
    return replace(one, flags=() if one.flags else ("no_labour",))


PLANTS: dict[str, Callable[[ImportedHousehold], ImportedHousehold]] = {
    "class": lambda one: replace(
        one,
        value=HouseholdClass.NEAR_POOR if one.value is HouseholdClass.POOR else HouseholdClass.POOR,
    ),
    "b1": lambda one: replace(one, b1=(one.b1 or 0) + 5),
    "b2": lambda one: replace(one, b2=None),
    "decision_number": lambda one: replace(one, decision_number="99/QĐ-UBND"),
    "decision_date": lambda one: replace(one, decision_date=date(2025, 12, 20)),
    "causes": lambda one: replace(one, causes=("8",)),
    "flags": _flag,
    "hamlet": lambda one: replace(one, hamlet="Ấp Quân An" if "Nhơn" in one.hamlet else "Ấp Phú Nhơn"),
    "name": lambda one: _member(one, 0, full_name=f"{one.head.data.full_name} Em"),
    "birth": lambda one: _member(one, 0, birth=PartialDate(1949, 3, 4)),
    "sex": lambda one: _member(one, 0, sex=Sex.MALE if one.head.data.sex is Sex.FEMALE else Sex.FEMALE),
    "identity": lambda one: _member(one, 0, id_number=None),
    "ethnic": lambda one: _member(one, 0, ethnic="05"),
    "member": lambda one: replace(
        one, members=(*one.members, person(one.row + 900_000, one.members[-1].row, Relation.GRANDCHILD))
    ),
}
"""One way to make a household differ in each field."""
