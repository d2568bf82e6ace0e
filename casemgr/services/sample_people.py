"""Invented families of the former Bến Tre whose names, ages, papers and work go together; the seed decides all."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from casemgr.assets import resource
from casemgr.domain.people import Disability, Education, LabourCapacity, Relation, Sex, Work

Row = dict[str, Any]

KINH: Final = "01"
HOA: Final = "04"
KHMER: Final = "05"


@cache
def wordlists() -> dict[str, Any]:
    """The lists of names, hamlets and occupations shipped for samples."""
    loaded: dict[str, Any] = json.loads(resource("data", "sample.json").read_text(encoding="utf-8"))
    return loaded


def spread(weighted: str) -> list[str]:
    """The words of "Nguyễn:3, Trần:1" as a list in which each stands as often as its weight."""
    words: list[str] = []
    for part in weighted.split(","):
        word, _colon, weight = part.strip().rpartition(":")
        words += [word] * int(weight)
    return words


@dataclass
class Member:
    """A person as a row of her table, with her place in the household."""

    relation: Relation
    age: int
    sex: Sex
    row: Row = field(default_factory=dict)


SIZES: Final = spread("1:7, 2:13, 3:17, 4:24, 5:20, 6:11, 7:5, 8:3")
NOBODYS: Final = ("031", "051", "072")
"""Beginnings of mobile numbers that are given to nobody."""
BIG_FAMILY: Final = (
    (Relation.HEAD, 63, Sex.MALE), (Relation.SPOUSE, 60, Sex.FEMALE), (Relation.PARENT, 88, Sex.FEMALE),
    (Relation.CHILD, 38, Sex.MALE), (Relation.CHILD_IN_LAW, 36, Sex.FEMALE), (Relation.GRANDCHILD, 15, Sex.FEMALE),
    (Relation.GRANDCHILD, 11, Sex.MALE), (Relation.GRANDCHILD, 4, Sex.MALE), (Relation.CHILD, 34, Sex.MALE),
    (Relation.CHILD_IN_LAW, 33, Sex.FEMALE), (Relation.GRANDCHILD, 9, Sex.FEMALE), (Relation.GRANDCHILD, 0, Sex.MALE),
    (Relation.CHILD, 27, Sex.FEMALE), (Relation.CHILD, 22, Sex.MALE),
)  # fmt: skip
"""The household of 14 that lists and papers must stand."""
_OTHER_SEX: Final = {Sex.MALE: Sex.FEMALE, Sex.FEMALE: Sex.MALE}


class FamilyMaker:
    """Makes one household after the other; `today` decides ages."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = random.Random(seed)  # noqa: S311 - invented people, no secrets
        self._today = today
        self._serials: dict[str, int] = {}
        lists = wordlists()
        self._families = {code: spread(words) for code, words in lists["families"].items()}
        self._middle = {Sex(sex): spread(words) for sex, words in lists["middle"].items()}
        self._given = {Sex(sex): spread(words) for sex, words in lists["given"].items()}
        self._khmer_given = {Sex(sex): spread(words) for sex, words in lists["khmer_given"].items()}
        self._provinces = spread(lists["provinces"])
        self._farm: list[str] = lists["occupations"]["farm"]
        self._other: list[str] = lists["occupations"]["other"]

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self._random.random() < share

    def pick(self, choices: Sequence[str]) -> str:
        """One of them."""
        return choices[int(self._random.random() * len(choices))]

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def family(self, size: int | None = None) -> list[Member]:
        """A household, its head first; ages, surnames and relations fit together."""
        left = (size or int(self.pick(SIZES))) - 1
        people = self._ethnic()
        head_sex = Sex.MALE if self.chance(0.68) else Sex.FEMALE
        head_age = self.between(24, 60) if self.chance(0.75) else self.between(55, 89)
        if left == 0 and self.chance(0.6):
            head_age = self.between(58, 92)
        members = [self._member(Relation.HEAD, head_age, head_sex, people, "")]
        surname = members[0].row["full_name"].split()[0]
        spouse_surname = ""
        if left and self.chance(0.8):
            age = max(20, head_age + (self.between(-6, 2) if head_sex is Sex.MALE else self.between(-2, 6)))
            members.append(self._member(Relation.SPOUSE, age, _OTHER_SEX[head_sex], people, ""))
            spouse_surname = members[-1].row["full_name"].split()[0]
            left -= 1
        if left and head_age <= 60 and self.chance(0.25):
            sex = Sex.FEMALE if self.chance(0.7) else Sex.MALE
            age = min(99, head_age + self.between(19, 34))
            members.append(self._member(Relation.PARENT, age, sex, people, surname if sex is Sex.MALE else ""))
            left -= 1
        father = surname if head_sex is Sex.MALE or not spouse_surname else spouse_surname
        mother_age = min(member.age for member in members[:2] if member.relation is not Relation.PARENT)
        self._young(members, left, mother_age, people, father, head_age)
        return members

    def big_family(self) -> list[Member]:
        """Four generations under one roof."""
        members: list[Member] = []
        for relation, age, sex in BIG_FAMILY:
            own_name = relation in (Relation.SPOUSE, Relation.PARENT, Relation.CHILD_IN_LAW, Relation.HEAD)
            surname = "" if own_name else members[0].row["full_name"].split()[0]
            members.append(self._member(relation, age, sex, KINH, surname))
        return members

    def _young(
        self, members: list[Member], left: int, mother_age: int, people: str, father: str, head_age: int
    ) -> None:
        ages: set[int] = set()
        while left > 0:
            left -= 1
            age = self._child_age(mother_age, ages)
            if age is None:
                sex = Sex.MALE if self.chance(0.5) else Sex.FEMALE
                surname = members[0].row["full_name"].split()[0]
                age = max(1, head_age - self.between(1, 12))
                members.append(self._member(Relation.SIBLING, age, sex, people, surname))
                continue
            ages.add(age)
            sex = Sex.MALE if self.chance(0.53) else Sex.FEMALE
            members.append(self._member(Relation.CHILD, age, sex, people, father))
            if left and age >= 23 and self.chance(0.55):
                left = self._young_couple(members, left, members[-1], people)

    def _child_age(self, mother_age: int, taken: set[int]) -> int | None:
        """An age the mother can have a child of, mostly two years from its brothers and sisters."""
        for _attempt in range(12):
            age = mother_age - self.between(19, 38)
            if age >= 0 and age not in taken and (not taken & {age - 1, age + 1} or self.chance(0.15)):
                return age
        return None

    def _young_couple(self, members: list[Member], left: int, child: Member, people: str) -> int:
        other = _OTHER_SEX[child.sex]
        age = max(20, child.age + (self.between(-5, 2) if child.sex is Sex.MALE else self.between(-1, 5)))
        members.append(self._member(Relation.CHILD_IN_LAW, age, other, people, ""))
        left -= 1
        father = child if child.sex is Sex.MALE else members[-1]
        surname = father.row["full_name"].split()[0]
        mother_age = min(child.age, age)
        while left and mother_age >= 19 and self.chance(0.75):
            grandchild = max(0, mother_age - self.between(19, 34))
            sex = Sex.MALE if self.chance(0.5) else Sex.FEMALE
            members.append(self._member(Relation.GRANDCHILD, grandchild, sex, people, surname))
            left -= 1
        return left

    def _ethnic(self) -> str:
        drawn = self._random.random()
        return KHMER if drawn < 0.03 else HOA if drawn < 0.04 else KINH

    def name(self, sex: Sex, people: str, surname: str) -> str:
        """A name as families of the region give them."""
        surname = surname or self.pick(self._families[people])
        if people == KHMER and self.chance(0.75):
            return f"{surname} {self.pick(self._khmer_given[sex])}"
        middle = self.pick(self._middle[sex])
        given = self.pick(self._given[sex])
        while given in middle.split():
            given = self.pick(self._given[sex])
        return f"{surname} {middle} {given}" if middle else f"{surname} {given}"

    def _member(self, relation: Relation, age: int, sex: Sex, people: str, surname: str) -> Member:
        born = self._today - timedelta(days=int(age * 365.25) + self.between(1, 364))
        number = self._cccd(born.year, sex) if self.chance(0.97 if age >= 14 else 0.5) else None
        labour = self._labour(age)
        disability = self._disability(age)
        if disability in (Disability.SEVERE, Disability.VERY_SEVERE):
            labour = LabourCapacity.NONE
        work = self._work(age, labour)
        row = {
            "full_name": self.name(sex, people, surname),
            "sex": sex.value,
            "birth": self._birth(born, age),
            "id_number": number,
            "id_issued_on": self._issued(born) if number and self.chance(0.6) else None,
            "old_id_number": f"32{self.between(0, 2)}{self.between(0, 999_999):06d}"
            if age > 30 and self.chance(0.35)
            else None,
            "ethnic": people,
            "education": self._education(age),
            "work": work.value,
            "occupation": self._occupation(work, age),
            "labour": labour.value,
            "disability": disability.value if disability else None,
            "insurance_number": f"83{self.between(0, 99_999_999):08d}" if self.chance(0.85) else None,
            "merit": age > 68 and self.chance(0.06),
            "allowance": disability is not None or (age >= 75 and self.chance(0.6)),
            "phone": self.phone() if age >= 16 and self.chance(0.45) else None,
            "died_on": None,
            "notes": "",
        }
        return Member(relation, age, sex, row)

    def _cccd(self, year: int, sex: Sex) -> str:
        digit = (year - 1900) // 100 * 2 + (sex is Sex.FEMALE)
        prefix = f"{self.pick(self._provinces)}{digit}{year % 100:02d}"
        serial = self._serials.get(prefix)
        if serial is None:
            serial = self.between(0, 999_999)
        serial = (serial + 7_919) % 1_000_000
        self._serials[prefix] = serial
        return f"{prefix}{serial:06d}"

    def _issued(self, born: date) -> date:
        earliest = max(date(2021, 4, 1), born + timedelta(days=14 * 366))
        days = (self._today - earliest).days
        return self._today if days <= 0 else earliest + timedelta(days=self.between(0, days))

    def _birth(self, born: date, age: int) -> str:
        only_year = 0.45 if age > 68 else 0.08 if age > 45 else 0.0
        drawn = self._random.random()
        if drawn < only_year:
            return f"{born.year}"
        if drawn < only_year + 0.02:
            return born.isoformat()[:7]
        return born.isoformat()

    def _labour(self, age: int) -> LabourCapacity:
        if age < 15 or age > 78:
            return LabourCapacity.NONE
        if age > 62 or age == 15:
            return LabourCapacity.REDUCED if self.chance(0.7) else LabourCapacity.NONE
        return LabourCapacity.ABLE if self.chance(0.93) else LabourCapacity.REDUCED

    def _disability(self, age: int) -> Disability | None:
        if not self.chance(0.12 if age > 65 else 0.025):
            return None
        return self._random.choice((Disability.MILD, Disability.SEVERE, Disability.SEVERE, Disability.VERY_SEVERE))

    def _work(self, age: int, labour: LabourCapacity) -> Work:
        if age < 6:
            return Work.TOO_YOUNG
        if age < 18 and self.chance(0.93):
            return Work.STUDYING
        if labour is LabourCapacity.NONE:
            return Work.HOME if age < 60 else Work.RETIRED
        if age < 22 and self.chance(0.4):
            return Work.STUDYING
        return Work.EMPLOYED if self.chance(0.85) else Work.UNEMPLOYED if self.chance(0.4) else Work.HOME

    def _education(self, age: int) -> str | None:
        if age < 6:
            return None
        if age < 11:
            return Education.PRIMARY.value
        if age < 15:
            return Education.LOWER_SECONDARY.value
        drawn = self._random.random() + (age - 40) / 120
        levels: tuple[tuple[float, Education], ...] = (
            (0.08, Education.UNIVERSITY if age > 21 else Education.UPPER_SECONDARY),
            (0.14, Education.VOCATIONAL if age > 18 else Education.UPPER_SECONDARY),
            (0.40, Education.UPPER_SECONDARY if age > 16 else Education.LOWER_SECONDARY),
            (0.72, Education.LOWER_SECONDARY),
            (1.15, Education.PRIMARY),
        )
        return next((level.value for limit, level in levels if drawn < limit), Education.NONE.value)

    def _occupation(self, work: Work, age: int) -> str:
        if work is not Work.EMPLOYED:
            return ""
        return self.pick(self._farm) if self.chance(0.35 + age / 200) else self.pick(self._other)

    def phone(self) -> str:
        """A mobile number that is nobody's."""
        return f"{self.pick(NOBODYS)}{self.between(0, 9_999_999):07d}"


def without_papers(member: Member) -> None:
    """Nobody knows more of her than the name."""
    for name in ("birth", "id_number", "id_issued_on", "old_id_number", "insurance_number", "phone"):
        member.row[name] = None
