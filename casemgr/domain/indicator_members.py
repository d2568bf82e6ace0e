"""What each deprivation indicator says of one member: pure rules over facts, and what is unknown is never guessed.

Ages are completed months, numbers come from the policy pack. A birth known only by its year decides when both ends of
the year agree.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from casemgr.domain.conditions import ConditionData, Nutrition, SchoolLevel
from casemgr.domain.dates import PartialDate
from casemgr.domain.people import Education, LabourCapacity, Sex, Work

Parameters = Mapping[str, int | float | str]
Limits = Mapping[str, int]
"""Ages of one indicator in months, and its other whole numbers."""

OLDEST: Final = 150 * 12


class Kind(StrEnum):
    """What an indicator says of one member."""

    OUT = "out"
    """The question does not arise: not in the age group."""
    FINE = "fine"
    LACKING = "lacking"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """The kind with its codes: reasons when lacking or fine, the facts that are needed when unknown."""

    kind: Kind
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Member:
    """One present member as the indicators see her."""

    name: str = ""
    birth: PartialDate | None = None
    sex: Sex | None = None
    education: Education | None = None
    work: Work | None = None
    labour: LabourCapacity | None = None
    disabled: bool = False
    allowance: bool = False
    card_number: bool = False
    """A health insurance number is on file."""
    condition: ConditionData = field(default_factory=ConditionData)


OUT: Final = Finding(Kind.OUT)
FINE: Final = Finding(Kind.FINE)

_SCHOOL_RANK: Final = {
    SchoolLevel.NONE: 0, SchoolLevel.NURSERY: 1, SchoolLevel.PRIMARY: 2, SchoolLevel.LOWER_SECONDARY: 3,
    SchoolLevel.UPPER_SECONDARY: 4, SchoolLevel.VOCATIONAL: 5, SchoolLevel.HIGHER: 6,
}  # fmt: skip
_EDUCATION_RANK: Final = {
    Education.NONE: 0, Education.PRIMARY: 2, Education.LOWER_SECONDARY: 3, Education.UPPER_SECONDARY: 4,
    Education.VOCATIONAL: 5, Education.COLLEGE: 6, Education.UNIVERSITY: 6,
}  # fmt: skip
_NURSERY, _PRIMARY, _LOWER, _UPPER, _HIGHEST = 1, 2, 3, 4, 6
_OUT_OF_SCHOOL: Final = (Work.EMPLOYED, Work.UNEMPLOYED, Work.HOME, Work.RETIRED)
_NOT_LOOKING: Final = (Work.EMPLOYED, Work.STUDYING, Work.HOME, Work.RETIRED, Work.TOO_YOUNG)
_NO_WAGES: Final = (Work.UNEMPLOYED, Work.STUDYING, Work.HOME, Work.RETIRED, Work.TOO_YOUNG)


def months(birth: date, on: date) -> int:
    """Completed months of age; who is born on 29 February completes a common year on 1 March."""
    return (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)


def age_range(birth: PartialDate | None, on: date) -> tuple[int, int]:
    """The fewest and the most completed months of age that day."""
    if birth is None:
        return 0, OLDEST
    last = date(birth.year, birth.month or 12, birth.day or monthrange(birth.year, birth.month or 12)[1])
    return max(0, months(last, on)), max(0, months(birth.first_day, on))


def born_after(birth: PartialDate | None, on: date) -> bool:
    """Whether that day certainly came before the birth."""
    return birth is not None and birth.first_day > on


def insured(member: Member) -> bool | None:
    """Whether she is insured; a card number on file says yes where the surveyor said nothing."""
    return member.condition.insured if member.condition.insured is not None else member.card_number or None


def schooling(member: Member) -> tuple[int, int]:
    """The lowest and highest rank of what she may attend now."""
    if member.condition.school is not None:
        rank = _SCHOOL_RANK[member.condition.school]
        return rank, rank
    if member.work is Work.STUDYING:
        reached = _EDUCATION_RANK[member.education] if member.education is not None else _NURSERY
        return max(_NURSERY, reached), _HIGHEST
    return (0, 0) if member.work in _OUT_OF_SCHOOL else (0, _HIGHEST)


def _work(limits: Limits, member: Member, age: int, sex: Sex) -> Finding:
    until = limits.get(f"retirement_{sex}", OLDEST + 1)
    if not limits["working_age_from"] <= age < until:
        return OUT
    said = member.condition
    looks = False if said.seeks_work is None and member.work in _NOT_LOOKING else said.seeks_work
    if member.labour is LabourCapacity.NONE:
        looks = False
    wages = False if said.wage_work is None and member.work in _NO_WAGES else said.wage_work
    if looks and member.labour is not None:
        return Finding(Kind.LACKING, ("seeks_work",))
    if wages and said.contract is False:
        return Finding(Kind.LACKING, ("no_contract",))
    needed = []
    if looks is not False:
        needed += ["seeks_work"] if looks is None else []
        needed += ["labour"] if member.labour is None else []
    if wages is not False and said.contract is not True:
        needed += ["wage_work"] if wages is None else []
        needed += ["contract"] if said.contract is None and wages else []
    return Finding(Kind.UNKNOWN, tuple(needed)) if needed else FINE


def _dependant(limits: Limits, member: Member, age: int, sex: Sex) -> Finding:
    if age < limits["child_under"]:
        return Finding(Kind.LACKING, ("child",))
    if member.allowance and (member.disabled or age >= limits["elderly_from"]):
        return Finding(Kind.LACKING, ("allowance",))
    return FINE


def _nutrition(limits: Limits, member: Member, age: int, sex: Sex) -> Finding:
    if age >= limits["child_under"]:
        return OUT
    if member.condition.nutrition is None:
        return Finding(Kind.UNKNOWN, ("nutrition",))
    return FINE if member.condition.nutrition is Nutrition.NORMAL else Finding(Kind.LACKING, ("malnourished",))


def _insurance(limits: Limits, member: Member, age: int, sex: Sex) -> Finding:
    if age < limits["age_from"]:
        return OUT
    holds = insured(member)
    if holds is None:
        return Finding(Kind.UNKNOWN, ("insured",))
    if not holds:
        return Finding(Kind.LACKING, ("uninsured",))
    return Finding(Kind.FINE, ("card_number",)) if member.condition.insured is None else FINE


def _adult(limits: Limits, member: Member, age: int, sex: Sex) -> Finding:
    if not limits["age_from"] <= age < limits["age_to"]:
        return OUT
    needed = _UPPER if age >= limits["upper_secondary_from"] else _LOWER
    low, high = schooling(member)
    reached = _EDUCATION_RANK[member.education] if member.education is not None else None
    trained = member.condition.trained
    if low >= needed or (reached is not None and reached >= needed) or trained:
        return FINE
    if high < needed and reached is not None and trained is not None:
        return Finding(Kind.LACKING, ("untrained",))
    missing = []
    missing += ["school"] if high >= needed else []
    missing += ["education"] if reached is None else []
    missing += ["trained"] if trained is None else []
    return Finding(Kind.UNKNOWN, tuple(missing))


def _child(limits: Limits, member: Member, age: int, sex: Sex) -> Finding:
    if not limits["age_from"] <= age < limits["age_under"]:
        return OUT
    needed = _NURSERY if age < limits["primary_from"] else _PRIMARY if age < limits["lower_secondary_from"] else _LOWER
    low, high = schooling(member)
    if low >= needed:
        return FINE
    if high < needed:
        return Finding(Kind.LACKING, ("no_school",) if high == 0 else ("low_school",))
    return Finding(Kind.UNKNOWN, ("school",))


@dataclass(frozen=True)
class MemberRule:
    """How one indicator looks at a member, and the parameters of the pack it cannot do without."""

    judge: Callable[[Limits, Member, int, Sex], Finding]
    ages: tuple[str, ...]
    """Ages in completed years; one named `age_to` still counts itself."""
    numbers: tuple[str, ...] = ()

    def limits(self, parameters: Parameters, on: date) -> Limits | None:
        """The numbers in force that day; None when the pack leaves one out."""
        if any(name not in parameters for name in (*self.ages, *self.numbers)):
            return None
        found = {name: (int(parameters[name]) + (name == "age_to")) * 12 for name in self.ages}
        found |= {name: int(parameters[name]) for name in self.numbers}
        return found | _retirement(parameters, on)


DEPENDANTS: Final = "nguoi_phu_thuoc"
NUTRITION: Final = "dinh_duong"
INSURANCE: Final = "bhyt"
CHILD_SCHOOL: Final = "gd_tre_em"

MEMBER_RULES: Final[Mapping[str, MemberRule]] = {
    "viec_lam": MemberRule(_work, ("working_age_from",)),
    DEPENDANTS: MemberRule(_dependant, ("child_under", "elderly_from"), ("share_over_percent",)),
    NUTRITION: MemberRule(_nutrition, ("child_under",)),
    INSURANCE: MemberRule(_insurance, ("age_from",)),
    "gd_nguoi_lon": MemberRule(_adult, ("age_from", "age_to", "upper_secondary_from")),
    CHILD_SCHOOL: MemberRule(_child, ("age_from", "age_under", "primary_from", "lower_secondary_from")),
}


def find(code: str, limits: Limits, member: Member, on: date) -> Finding:
    """What the indicator says of the member whatever her age and sex may be, where these are not known."""
    rule = MEMBER_RULES[code]
    low, high = age_range(member.birth, on)
    ages = [low, *sorted({edge for edge in limits.values() if low < edge <= high})]
    sexes = (member.sex,) if member.sex is not None else tuple(Sex)
    by_sex = [_merged([rule.judge(limits, member, age, sex) for age in ages], "birth") for sex in sexes]
    return _merged(by_sex, "sex")


def _merged(findings: Sequence[Finding], missing: str) -> Finding:
    kinds = {finding.kind for finding in findings}
    if kinds == {Kind.LACKING} or len(set(findings)) == 1:
        return findings[0]
    if kinds <= {Kind.OUT, Kind.FINE}:
        return next(finding for finding in findings if finding.kind is Kind.FINE)
    needed = [code for finding in findings if finding.kind is Kind.UNKNOWN for code in finding.codes]
    return Finding(Kind.UNKNOWN, tuple(dict.fromkeys([missing, *needed])))


def _retirement(parameters: Parameters, on: date) -> dict[str, int]:
    """Months of age at retirement in the year of that day, else the nearest year the pack knows."""
    found = {}
    for sex, word in ((Sex.MALE, "men"), (Sex.FEMALE, "women")):
        years = [int(name[-4:]) for name in parameters if name.startswith(f"retirement_{word}_")]
        if years:
            year = min(years, key=lambda known: (abs(known - on.year), known))
            found[f"retirement_{sex}"] = int(parameters[f"retirement_{word}_{year}"])
    return found
