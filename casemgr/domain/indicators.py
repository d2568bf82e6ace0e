"""Proposed answers to the deprivation indicators of a standard, from its pack, the members and the dwelling.

The surveyor decides; a proposal only says what the file already knows and why, or which facts are still missing.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from casemgr.domain import indicator_words as words
from casemgr.domain.conditions import ConditionData, DwellingData
from casemgr.domain.dates import PartialDate
from casemgr.domain.indicator_dwellings import AREA, DM2_IN_M2, DWELLING_RULES
from casemgr.domain.indicator_members import (
    CHILD_SCHOOL,
    DEPENDANTS,
    INSURANCE,
    MEMBER_RULES,
    NUTRITION,
    Finding,
    Kind,
    Limits,
    Member,
    Parameters,
    age_range,
    born_after,
    find,
)
from casemgr.domain.packs import Indicator, Pack

__all__ = ["Answers", "ChildCounts", "Member", "Proposal", "Proposer", "count_children", "propose", "questions"]


@dataclass(frozen=True)
class Proposal:
    """What the program proposes for one indicator, in words the surveyor can check."""

    value: bool | None
    """True: deprived. None: cannot be said."""
    why: str
    missing: tuple[str, ...] = ()
    """Facts still needed, in words, each with whose."""
    applies: bool = True
    """False when nobody is in the age group: not deprived, shown as "does not apply"."""


@dataclass(frozen=True)
class ChildCounts:
    """Children of a household and how many of them lack what report 11 counts."""

    children: int
    nutrition: int
    insurance: int
    school: int


@dataclass(frozen=True)
class Answers:
    """The proposals of one household without words: codes deprived, and those nobody can say yet."""

    deprived: frozenset[str]
    unknown: frozenset[str]


def propose(pack: Pack, members: Sequence[Member], dwelling: DwellingData, on: date) -> dict[str, Proposal]:
    """A proposal for every indicator of the pack, by its code in the pack's order."""
    present = [member for member in members if not born_after(member.birth, on)]
    return {indicator.code: _proposal(indicator, present, dwelling, on) for indicator in pack.indicators}


def _proposal(indicator: Indicator, members: Sequence[Member], dwelling: DwellingData, on: date) -> Proposal:
    code, parameters = indicator.code, indicator.parameters
    if code in DWELLING_RULES:
        rule, needs = DWELLING_RULES[code]
        if any(name not in parameters for name in needs):
            return Proposal(None, words.no_rule())
        finding = rule(parameters, dwelling, len(members))
        if finding.kind is Kind.UNKNOWN:
            return Proposal(None, words.unknown(), words.of_dwelling(finding.codes))
        why = words.dwelling(code, parameters, dwelling, len(members), deprived=finding.kind is Kind.LACKING)
        return Proposal(finding.kind is Kind.LACKING, why)
    limits = MEMBER_RULES[code].limits(parameters, on) if code in MEMBER_RULES else None
    if limits is None:
        return Proposal(None, words.no_rule())
    if not members:
        return Proposal(None, words.unknown(), words.of_dwelling(("members",)))
    found = [(member, find(code, limits, member, on)) for member in members]
    if code == DEPENDANTS:
        return _dependants(limits, found, on)
    if lacking := [pair for pair in found if pair[1].kind is Kind.LACKING]:
        return Proposal(True, words.lacking(lacking, on))
    if unknown := [pair for pair in found if pair[1].kind is Kind.UNKNOWN]:
        return Proposal(None, words.unknown(), words.of_members(unknown))
    fine = [finding for _member, finding in found if finding.kind is Kind.FINE]
    if not fine:
        return Proposal(False, words.nobody(code, parameters), applies=False)
    return Proposal(False, words.fine(code, parameters, fine))


def _dependants(limits: Limits, found: Sequence[tuple[Member, Finding]], on: date) -> Proposal:
    sure = [pair for pair in found if pair[1].kind is Kind.LACKING]
    unsure = [pair for pair in found if pair[1].kind is Kind.UNKNOWN]
    value = _over(limits, len(sure), len(unsure), len(found))
    if value is None:
        return Proposal(None, words.unknown(), words.of_members(unsure))
    return Proposal(value, words.dependants(limits, sure, len(found), on, deprived=value))


def _over(limits: Limits, sure: int, unsure: int, people: int) -> bool | None:
    share = limits["share_over_percent"] * people
    if sure * 100 > share:
        return True
    return False if (sure + unsure) * 100 <= share else None


def count_children(pack: Pack, members: Sequence[Member], on: date) -> ChildCounts:
    """Who is certainly a child by the pack's own age, and of them who certainly lacks nutrition, insurance, school."""
    limits = _member_limits(pack, NUTRITION, on)
    if limits is None:
        return ChildCounts(0, 0, 0, 0)
    children = [
        member
        for member in members
        if not born_after(member.birth, on) and age_range(member.birth, on)[1] < limits["child_under"]
    ]
    lacking = [
        sum(find(code, found, child, on).kind is Kind.LACKING for child in children) if found is not None else 0
        for code in (NUTRITION, INSURANCE, CHILD_SCHOOL)
        for found in (_member_limits(pack, code, on),)
    ]
    return ChildCounts(len(children), *lacking)


def _member_limits(pack: Pack, code: str, on: date) -> Limits | None:
    return MEMBER_RULES[code].limits(pack.indicator(code).parameters, on) if code in pack.codes else None


_WIDTH: Final = 32
"""Room for the indicators of a pack in one number, and for a count of people in another."""


class Proposer:
    """The same proposals for many households, without words: members and houses alike are judged once.

    Join the marks of the members and of the house by `|`, add up the counts of the members, and ask `answers`.
    """

    def __init__(self, pack: Pack, on: date, codes: Collection[str] | None = None) -> None:
        wanted = [one for one in pack.indicators if codes is None or one.code in codes]
        self._codes = tuple(indicator.code for indicator in wanted)
        self._bits = {code: 1 << place for place, code in enumerate(self._codes)}
        self.on = on
        self._people: dict[str, Limits] = {}
        self._house: dict[str, Parameters] = {}
        self._always = 0
        for indicator in wanted:
            self._sort(indicator)
        self._edges = sorted({edge for limits in self._people.values() for edge in limits.values()})
        self._everybody = sum(self._bits[code] << _WIDTH for code in self._people)
        room = Fraction(str(self._house[AREA]["area_under_m2"])) * DM2_IN_M2 if AREA in self._house else Fraction(0)
        self._room = (room.numerator, room.denominator)
        self._answers: dict[int, Answers] = {}

    def _sort(self, indicator: Indicator) -> None:
        code, parameters = indicator.code, indicator.parameters
        limits = MEMBER_RULES[code].limits(parameters, self.on) if code in MEMBER_RULES else None
        if limits is not None:
            self._people[code] = limits
        elif code in DWELLING_RULES and all(name in parameters for name in DWELLING_RULES[code][1]):
            self._house[code] = parameters
        else:
            self._always |= self._bits[code] << _WIDTH

    @property
    def asks_members(self) -> bool:
        """Whether any wanted indicator looks at members."""
        return bool(self._people)

    @property
    def asks_houses(self) -> bool:
        """Whether any wanted indicator looks at the house."""
        return bool(self._house)

    @property
    def counts_people(self) -> bool:
        """Whether the area of a house is shared out among its people."""
        return AREA in self._house

    def age_group(self, birth: PartialDate | None) -> tuple[int, int]:
        """People of one group differ for no indicator by their age: where both ends of it lie between the limits."""
        if born_after(birth, self.on):
            return -1, -1
        low, high = age_range(birth, self.on)
        return bisect_right(self._edges, low), bisect_right(self._edges, high)

    def of_member(self, member: Member) -> tuple[int, int]:
        """Marks of a member, and a count: herself, and whether she is or may be a dependant."""
        marks, count = 0, 1
        if born_after(member.birth, self.on):
            return 0, 0
        for code, limits in self._people.items():
            kind = find(code, limits, member, self.on).kind
            if code == DEPENDANTS:
                count += ((kind is Kind.LACKING) << _WIDTH) + ((kind is Kind.UNKNOWN) << 2 * _WIDTH)
            else:
                marks |= self._marked(code, kind)
        return marks, count

    def of_house(self, house: DwellingData) -> int:
        """Marks of a house; its area waits until the people are counted."""
        marks = 0
        for code, parameters in self._house.items():
            if code != AREA:
                marks |= self._marked(code, DWELLING_RULES[code][0](parameters, house, 1).kind)
        return marks

    def answers(self, marks: int, count: int, area_dm2: int | None) -> Answers:
        """The answers of a household from the marks and counts of its members and its house."""
        people = count & (1 << _WIDTH) - 1
        if not people:
            marks |= self._everybody
        elif DEPENDANTS in self._people:
            over = _over(self._people[DEPENDANTS], count >> _WIDTH & (1 << _WIDTH) - 1, count >> 2 * _WIDTH, people)
            marks |= self._bits[DEPENDANTS] << _WIDTH if over is None else self._bits[DEPENDANTS] * over
        if AREA in self._house:
            room, parts = self._room
            if area_dm2 is None or not people:
                marks |= self._bits[AREA] << _WIDTH
            elif area_dm2 * parts < room * people:
                marks |= self._bits[AREA]
        if marks not in self._answers:
            self._answers[marks] = self._told(marks | self._always)
        return self._answers[marks]

    def _marked(self, code: str, kind: Kind) -> int:
        if kind is Kind.LACKING:
            return self._bits[code]
        return self._bits[code] << _WIDTH if kind is Kind.UNKNOWN else 0

    def _told(self, marks: int) -> Answers:
        deprived = frozenset(code for code, bit in self._bits.items() if marks & bit)
        unknown = frozenset(code for code, bit in self._bits.items() if marks >> _WIDTH & bit)
        return Answers(deprived, unknown - deprived)


_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "viec_lam": ("seeks_work", "wage_work", "contract"),
    NUTRITION: ("nutrition",),
    INSURANCE: ("insured",),
    "gd_nguoi_lon": ("school", "trained"),
    CHILD_SCHOOL: ("school",),
}


def questions(pack: Pack, member: Member, on: date) -> frozenset[str]:
    """The fields of `ConditionData` this standard asks of somebody of her age; of all ages where that is not known."""
    blank = replace(member, condition=ConditionData())
    return frozenset(
        field
        for code, fields in _ASKED.items()
        if (limits := _member_limits(pack, code, on)) is not None and find(code, limits, blank, on).kind is not Kind.OUT
        for field in fields
    )
