"""Trying a standard on what the file knows today: the class of each household, and what is missing where it is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from casemgr.domain.classification import Facts, judge_partly
from casemgr.domain.households import HouseholdClass
from casemgr.domain.money import money_text
from casemgr.domain.offices import Area
from casemgr.domain.packs import Pack
from casemgr.errors import ValidationError
from casemgr.i18n import _, ngettext

INCOME: Final = "income"
B1: Final = "b1"

NOT_POOR: Final = frozenset(
    {HouseholdClass.NONE, HouseholdClass.ESCAPED_POOR, HouseholdClass.ESCAPED_NEAR_POOR, HouseholdClass.UNREVIEWED}
)
"""Classes that differ in history only: none of them is poor, near-poor or of average living standard."""


def same_standing(old: HouseholdClass, new: HouseholdClass) -> bool:
    """Whether the new class changes nothing for the household."""
    return old == new or (old in NOT_POOR and new in NOT_POOR)


@dataclass(frozen=True)
class Basis:
    """What the newest survey or class row says of a household; `pack` is the standard it was judged by."""

    area: Area
    income: int | None
    b1: int | None
    pack: Pack | None
    deprived: frozenset[str]
    unknown: frozenset[str]
    """Indicators of the standard tried that nobody has answered."""
    total: int | None = None
    """How many deprivations a B2 total counts, where it does not say which."""


@dataclass(frozen=True)
class Verdict:
    """What can be said of a class; a value only when nothing missing can change it."""

    possible: tuple[HouseholdClass, ...]
    value: HouseholdClass | None
    answers: bool = False
    """Whether unanswered indicators can change it."""
    amount: str = ""
    """"income" or "b1" when that is missing."""


class Trial:
    """One standard tried on many households: alike ones are judged once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._codes = pack.codes
        self._counted = frozenset(pack.codes)
        self._verdicts: dict[tuple[Area, int | None, int | None, str, int, int], Verdict] = {}
        self._lows: dict[tuple[frozenset[str], frozenset[str]], tuple[int, int]] = {}

    def verdict(self, basis: Basis) -> Verdict:
        """The class, or what it may be and what is missing."""
        low, high = self.count(basis)
        scored = basis.pack.sha256 if basis.pack is not None and basis.b1 is not None else ""
        key = (basis.area, basis.income, basis.b1 if scored else None, scored, low, high)
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = self._verdicts[key] = self._judge(basis, low, high)
        return verdict

    def count(self, basis: Basis) -> tuple[int, int]:
        """The least and the most deprivations this standard may count."""
        key = (basis.deprived, basis.unknown)
        found = self._lows.get(key)
        if found is None:
            deprived = basis.deprived & self._counted if self._codes else basis.deprived
            found = self._lows[key] = len(deprived), len(deprived) + len(basis.unknown)
        return found if basis.total is None else self._of_total(basis, *found)

    def _of_total(self, basis: Basis, low: int, high: int) -> tuple[int, int]:
        """The same where a total of another survey narrows it; what contradicts the total gives way to it."""
        total = basis.total or 0
        before = frozenset(basis.pack.codes) if basis.pack is not None else self._counted
        shared, new = self._counted & before, self._counted - before
        least = max(0, total - len(before - shared)) + len(basis.deprived & new)
        most = min(total, len(shared)) + len(basis.deprived & new) + len(basis.unknown & new)
        narrow = max(low, least), min(high, most)
        return narrow if narrow[0] <= narrow[1] else (least, most)

    def _judge(self, basis: Basis, low: int, high: int) -> Verdict:
        lacking, open_ = self._codes[:low], self._codes[low:high]
        if not self._codes:  # only the rule of the standard is known: names do not matter
            lacking = tuple(sorted(basis.deprived))
        facts = Facts(basis.area, basis.income, basis.b1, frozenset(lacking), frozenset(open_))
        if basis.b1 is not None and basis.pack is None:
            facts = Facts(basis.area, basis.income, None, facts.deprivations, facts.unknown)
        known = facts.deprivations | facts.unknown
        own = basis.pack is not None and basis.pack.id == self.pack.id
        try:
            partial = judge_partly(self.pack, facts, scored_by=self.pack if own else basis.pack, known=known)
        except ValidationError:  # a figure on file that cannot be: it is as good as missing
            facts = Facts(basis.area, None, None, facts.deprivations, facts.unknown)
            partial = judge_partly(self.pack, facts, known=known)
        amount = next((what for what in partial.missing if what in (INCOME, B1)), "")
        return Verdict(partial.possible, partial.value, len(partial.missing) > bool(amount), amount)

    def missing(self, basis: Basis, verdict: Verdict) -> tuple[str, ...]:
        """Codes of the answers that are still needed, in the standard's order, then "income" or "b1"."""
        codes = tuple(code for code in self._codes if code in basis.unknown) if verdict.answers else ()
        return (*codes, verdict.amount) if verdict.amount else codes

    def reason(self, basis: Basis) -> str:
        """Why the class is what it is under this standard, and what is counted otherwise than before."""
        return " ".join(
            filter(None, (self._about_income(basis), *self._about_answers(basis), self._about_count(basis)))
        )

    def _about_income(self, basis: Basis) -> str:
        line, before = self.pack.line(basis.area), basis.pack
        if self.pack.score is not None and basis.b1 is not None and before is not None and before.id == self.pack.id:
            cut_off = self.pack.cut_off(basis.area) or 0
            words = (
                _("B1 of {points} points is not above the cut-off {cut_off}.")
                if basis.b1 <= cut_off
                else _("B1 of {points} points is above the cut-off {cut_off}.")
            )
            return words.format(points=basis.b1, cut_off=cut_off)
        if basis.income is not None:
            old = None if before is None else before.line(basis.area)
            if old is not None and old != line and min(old, line) < basis.income <= max(old, line):
                words = (
                    _("The income of {income} is above the former line {old}, not above the new one {new}.")
                    if line > old
                    else _("The income of {income} is above the new line {new}, not above the former one {old}.")
                )
                return words.format(income=money_text(basis.income), old=money_text(old), new=money_text(line))
            words = (
                _("The income of {income} is not above the line {line}.")
                if basis.income <= line
                else _("The income of {income} is above the line {line}.")
            )
            return words.format(income=money_text(basis.income), line=money_text(line))
        former = None if before is None else before.cut_off(basis.area)
        if basis.b1 is None or before is None or former is None or basis.b1 > former:
            return ""
        return _("B1 of {points} points means an income of at most {old}; the line is {new}.").format(
            points=basis.b1, old=money_text(before.line(basis.area)), new=money_text(line)
        )

    def _about_answers(self, basis: Basis) -> list[str]:
        if basis.pack is None or basis.pack.id == self.pack.id:
            return []
        before = {indicator.code: indicator.name for indicator in basis.pack.indicators}
        now = {indicator.code: indicator.name for indicator in self.pack.indicators}
        gone = [name for code, name in before.items() if code in basis.deprived and code not in now]
        new = [name for code, name in now.items() if code in basis.deprived and code not in before]
        told = []
        if gone:
            told.append(_("No longer counted: {names}.").format(names=", ".join(gone)))
        if new:
            told.append(_("Newly counted: {names}.").format(names=", ".join(new)))
        return told

    def _about_count(self, basis: Basis) -> str:
        low, high = self.count(basis)
        least = max((band.min_deprivations for band in self.pack.bands), default=0)
        exact = ngettext("{count} deprivation; poor from {least}.", "{count} deprivations; poor from {least}.", low)
        open_ = ngettext(
            "At least {count} deprivation; poor from {least}.",
            "At least {count} deprivations; poor from {least}.",
            low,
        )
        words = exact if low == high else open_
        return words.format(count=low, least=least)


@dataclass(frozen=True)
class Line:
    """One household that the trial names: who she is, old and new class."""

    household_id: UUID
    code: str
    head: str
    hamlet_id: UUID | None
    hamlet: str
    old: HouseholdClass
    new: HouseholdClass | None
    """None: not determined."""
    possible: tuple[HouseholdClass, ...]
    surveyed: bool
    """Whether a survey is behind it, not only the class row."""


@dataclass(frozen=True)
class Change(Line):
    """A household whose class the standard changes."""

    reason: str = ""


@dataclass(frozen=True)
class Missing(Line):
    """A household whose class stays open, and the answers that would settle it."""

    codes: tuple[str, ...] = ()
    """Indicator codes of the standard, and "income" or "b1"."""

    @property
    def reviewed(self) -> bool:
        """Whether the household has a class or a survey at all."""
        return self.surveyed or self.old is not HouseholdClass.UNREVIEWED


Cell = tuple[HouseholdClass, HouseholdClass | None]
"""Old class and new class; None = not determined."""


@dataclass(frozen=True)
class Rehearsal:
    """What a standard would do to everybody; nothing was written."""

    pack: Pack
    official: bool
    """False: a draft; the result is for preparation only."""
    note: str
    """Why it is a draft; empty when it is not."""
    hamlet_id: UUID | None
    households: int
    counts: Mapping[Cell, int]
    lists: Mapping[Cell, Sequence[UUID]] = field(repr=False)
    """The households behind every number."""
    changes: tuple[Change, ...] = field(repr=False)
    missing: tuple[Missing, ...] = field(repr=False)

    @property
    def olds(self) -> tuple[HouseholdClass, ...]:
        """Old classes that occur, in their usual order."""
        return tuple(value for value in HouseholdClass if any(old is value for old, _new in self.counts))

    @property
    def news(self) -> tuple[HouseholdClass | None, ...]:
        """New classes that occur, in their usual order; None last."""
        found = {new for _old, new in self.counts}
        return (*(value for value in HouseholdClass if value in found), *((None,) if None in found else ()))

    def total(self, *, old: HouseholdClass | None = None, new: HouseholdClass | None = None) -> int:
        """Households of an old class, or of a new one."""
        return sum(
            count
            for (before, after), count in self.counts.items()
            if (old is None or before is old) and (new is None or after is new)
        )

    def name_of(self, code: str) -> str:
        """What a missing answer is called."""
        return missing_name(self.pack, code)


def missing_name(pack: Pack, code: str) -> str:
    """An indicator's name, or the income, in words."""
    if code == INCOME:
        return _("income per person and month")
    if code == B1:
        return _("score B1 or income")
    return next((indicator.name for indicator in pack.indicators if indicator.code == code), code)
