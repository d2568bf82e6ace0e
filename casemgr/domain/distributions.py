"""Pay-outs and hand-overs: what an officer decides, the periods they cover, goods as data, what speaks against."""

import json
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from casemgr.domain.findings import Severity
from casemgr.domain.programmes import Period
from casemgr.domain.support import DeliveryStatus, FundSource, GoodsLine
from casemgr.domain.text import clean
from casemgr.errors import Problem
from casemgr.i18n import N_, _


class DistributionStatus(StrEnum):
    """How far a pay-out for a list is."""

    DRAFT = "draft"
    APPROVED = "approved"
    DONE = "done"
    CANCELLED = "cancelled"


DISTRIBUTION_LABELS = {
    DistributionStatus.DRAFT: N_("Being prepared"),
    DistributionStatus.APPROVED: N_("Approved"),
    DistributionStatus.DONE: N_("Settled"),
    DistributionStatus.CANCELLED: N_("Cancelled"),
}


class Cause(StrEnum):
    """What a finding is about."""

    DIED = "died"
    LEFT = "left"
    NOT_MEMBER = "not_member"
    UNIT = "unit"
    EARLY = "early"
    TWICE = "twice"
    CAP = "cap"
    FLOOR = "floor"
    BUDGET = "budget"
    NOT_ENTITLED = "not_entitled"
    UNKNOWN = "unknown"
    OVERLAP = "overlap"
    NUMBER = "number"
    INACTIVE = "inactive"
    STAGE = "stage"


CAUSE_LABELS = {
    Cause.DIED: N_("Died"),
    Cause.LEFT: N_("Left"),
    Cause.NOT_MEMBER: N_("No member of the household"),
    Cause.UNIT: N_("Wrong beneficiary"),
    Cause.EARLY: N_("Before the decision"),
    Cause.TWICE: N_("Already received"),
    Cause.CAP: N_("Above the cap"),
    Cause.FLOOR: N_("Below the least sum"),
    Cause.BUDGET: N_("Budget"),
    Cause.NOT_ENTITLED: N_("Not entitled"),
    Cause.UNKNOWN: N_("Cannot be said"),
    Cause.OVERLAP: N_("Overlap"),
    Cause.NUMBER: N_("Missing number"),
    Cause.INACTIVE: N_("Programme not running"),
    Cause.STAGE: N_("Stage"),
}

UNDECIDED_SOURCES: Final = frozenset({FundSource.SPONSOR, FundSource.HOUSEHOLD, FundSource.OTHER})
"""Money no authority decides about."""

COUNTED: Final = (DeliveryStatus.DELIVERED, DeliveryStatus.RECEIVED)
"""What totals add up; returns and corrections are entries of their own, with the other sign."""

OPEN: Final = (DeliveryStatus.PLANNED, DeliveryStatus.APPROVED)
"""Entries not handed out yet."""


@dataclass(frozen=True)
class Finding:
    """One thing that speaks against a delivery, by which rule."""

    cause: Cause
    severity: Severity
    message: str
    citation: str = ""
    certain: bool = True
    """False: the rule itself is not certain."""

    @property
    def text(self) -> str:
        """The sentence with where it comes from."""
        return f"{self.message} ({self.citation})" if self.citation else self.message


@dataclass(frozen=True)
class DistributionData:
    """A pay-out or hand-over for a list."""

    title: str
    programme: str
    on: date
    period: str = ""
    """2026, 2026-Q4, 2026-11 or 2026-2027; what must not be paid twice."""
    rule: str = ""
    """Id of the rule version, where one holds for all; else each row has its own."""
    place: str = ""
    source: FundSource = FundSource.CENTRAL
    budget_id: UUID | None = None
    stage: str = ""
    override_reason: str = ""
    """Why rows a rule warned about are lawful, where one reason holds for all."""
    note: str = ""


@dataclass(frozen=True)
class RowData:
    """One beneficiary of a distribution."""

    household_id: UUID
    person_id: UUID | None = None
    amount: int = 0
    """Đồng."""
    goods: tuple[GoodsLine, ...] = ()
    rule: str = ""
    override_reason: str = ""


@dataclass(frozen=True)
class RowProblem(Problem):
    """Something wrong with one row of a list; `field` names the row, `message` says whose it is."""

    told: str = ""
    """The sentence alone, for whoever reads it beside the row."""


_YEAR = re.compile(r"((?!0000)\d{4})")
_QUARTER = re.compile(r"((?!0000)\d{4})-Q([1-4])")
_MONTH = re.compile(r"((?!0000)\d{4})-(0[1-9]|1[0-2])")
_SCHOOL = re.compile(r"((?!0000)\d{4})-(\d{4})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST: Final = 100_000_000_000
"""Đồng of one entry; more is a typing error."""
_SCHOOL_START: Final = 9
"""School years are told apart by their month of opening only to see whether two periods overlap."""


def span_of(period: str) -> tuple[date, date] | None:
    """First and last day of a period; None when the text is none."""
    if match := _YEAR.fullmatch(period):
        return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
    if match := _QUARTER.fullmatch(period):
        year, last = int(match[1]), 3 * int(match[2])
        return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])
    if match := _MONTH.fullmatch(period):
        year, month = int(match[1]), int(match[2])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if (match := _SCHOOL.fullmatch(period)) and int(match[2]) == int(match[1]) + 1:
        return date(int(match[1]), _SCHOOL_START, 1), date(int(match[2]), _SCHOOL_START - 1, 31)
    if _DAY.fullmatch(period):
        try:
            return (day := date.fromisoformat(period)), day
        except ValueError:
            return None
    return None


def period_problem(period: str) -> str:
    """What is wrong with a period as it is typed; empty when nothing is. One that is none would hide what is twice."""
    if not period or span_of(period) is not None:
        return ""
    return _("“{value}” is no period.").format(value=period)


def months_of(period: str) -> int:
    """How many months a period has; 1 where the text is none."""
    span = span_of(period)
    if span is None:
        return 1
    first, last = span
    return (last.year - first.year) * 12 + last.month - first.month + 1


def period_on(kind: Period | None, day: date) -> str:
    """The period of a rule a day lies in; empty for what is paid once."""
    if kind is Period.MONTH:
        return f"{day:%Y-%m}"
    if kind is Period.QUARTER:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if kind is Period.YEAR:
        return str(day.year)
    if kind is Period.SCHOOL_YEAR:
        first = day.year if day.month >= _SCHOOL_START else day.year - 1
        return f"{first}-{first + 1}"
    return ""


def overlap(one: str, other: str) -> bool:
    """Whether two periods have a day in common; equal texts always do."""
    first, second = span_of(one), span_of(other)
    if first is None or second is None:
        return one == other
    return first[0] <= second[1] and second[0] <= first[1]


def goods_to_json(goods: Iterable[GoodsLine]) -> str:
    """Goods as they are kept; nothing is an empty text."""
    lines = [{name: value for name, value in asdict(line).items() if value not in ("", 0)} for line in goods]
    return json.dumps(lines, ensure_ascii=False) if lines else ""


def goods_from_json(text: str) -> tuple[GoodsLine, ...]:
    """Goods again, from `goods_to_json`."""
    return tuple(GoodsLine(**{"quantity": 0} | line) for line in json.loads(text)) if text else ()


def goods_value(goods: Iterable[GoodsLine]) -> int:
    """Worth of all lines in đồng."""
    return sum(line.value for line in goods)


def cleaned(goods: Iterable[GoodsLine]) -> tuple[GoodsLine, ...]:
    """The lines with tidy text; a line that names nothing and counts nothing is left out."""
    return tuple(
        GoodsLine(
            clean(line.name),
            line.quantity,
            clean(line.measure),
            clean(line.specification),
            clean(line.brand),
            clean(line.maker),
            line.unit_price,
        )
        for line in goods
        if clean(line.name) or line.quantity
    )


def reversed_goods(goods: Iterable[GoodsLine]) -> tuple[GoodsLine, ...]:
    """The same with the other sign: what is taken back."""
    return tuple(
        GoodsLine(line.name, -line.quantity, line.measure, line.specification, line.brand, line.maker, line.unit_price)
        for line in goods
    )


def goods_difference(right: Sequence[GoodsLine], wrong: Sequence[GoodsLine]) -> tuple[GoodsLine, ...]:
    """The entry that makes `wrong` right: what is equal in both falls out."""
    found: dict[GoodsLine, int] = {}
    for sign, lines in ((1, right), (-1, wrong)):
        for line in lines:
            key = GoodsLine(line.name, 0, line.measure, line.specification, line.brand, line.maker, line.unit_price)
            found[key] = found.get(key, 0) + sign * line.quantity
    return tuple(
        GoodsLine(key.name, count, key.measure, key.specification, key.brand, key.maker, key.unit_price)
        for key, count in found.items()
        if count
    )


def goods_problems(goods: Iterable[GoodsLine], field: str = "goods") -> list[Problem]:
    """What is missing of the least a pay-out list must say of goods."""
    problems = []
    for line in goods:
        name = clean(line.name)
        if not name:
            problems.append(Problem(field, _("Write what is handed over: the list must name it.")))
        elif line.quantity <= 0:
            problems.append(Problem(field, _("Write how much of “{name}” is handed over.").format(name=name)))
        elif line.unit_price < 0:
            problems.append(Problem(field, _("The price of “{name}” is negative.").format(name=name)))
    return problems


def goods_gaps(goods: Iterable[GoodsLine]) -> tuple[str, ...]:
    """Names of goods whose specification, brand or maker is not written: the pay-out list asks for them."""
    return tuple(line.name for line in goods if not (line.specification and line.brand and line.maker))


def worth(amount: int, goods: Iterable[GoodsLine]) -> int:
    """Money and goods together in đồng."""
    return amount + goods_value(goods)


def needs_decision(source: FundSource) -> bool:
    """Whether an authority decides about money of this source."""
    return source not in UNDECIDED_SOURCES


def refusals(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stand in the way."""
    return [finding for finding in findings if finding.severity is Severity.REFUSE]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    """Those that ask for a reason."""
    return [finding for finding in findings if finding.severity is Severity.WARN]
