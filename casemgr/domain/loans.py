"""Rules of a loan: its balance is exactly what was paid out less what was repaid, and never less than nothing.

Caps, terms and rates are dated data of the catalogue (`domain/programmes.py`); a yearly rate is whole millionths.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from casemgr.errors import Problem
from casemgr.i18n import N_, _, format_date, format_money, format_number


class LoanStatus(StrEnum):
    """A loan of the policy bank as seen from the commune."""

    ASKED = "asked"
    LISTED = "listed"
    """On the confirmed list 03/TD."""
    RUNNING = "running"
    REPAID = "repaid"
    REFUSED = "refused"


LOAN_LABELS = {
    LoanStatus.ASKED: N_("Asked for"),
    LoanStatus.LISTED: N_("On the list 03/TD"),
    LoanStatus.RUNNING: N_("Outstanding"),
    LoanStatus.REPAID: N_("Repaid"),
    LoanStatus.REFUSED: N_("Refused"),
}


class LoanEventKind(StrEnum):
    """What changes a loan's balance or due date."""

    DISBURSED = "disbursed"
    REPAID = "repaid"
    EXTENDED = "extended"


LOAN_EVENT_LABELS = {
    LoanEventKind.DISBURSED: N_("Paid out"),
    LoanEventKind.REPAID: N_("Repaid"),
    LoanEventKind.EXTENDED: N_("Extended"),
}


@dataclass(frozen=True)
class LoanData:
    """A loan asked for or running."""

    programme: str
    household_id: UUID
    person_id: UUID | None = None
    purpose: str = ""
    group_name: str = ""
    """Tổ tiết kiệm và vay vốn."""
    organisation: str = ""
    """The mass organisation that runs the group."""
    asked_on: date | None = None
    amount: int = 0
    """Đồng asked for or approved."""
    term_months: int = 0
    override_reason: str = ""
    """Why it is lawful although a rule warned."""
    note: str = ""


class Severity(StrEnum):
    """What a rule does to a loan that does not fit it."""

    REFUSE = "refuse"
    WARN = "warn"


ORGANISATIONS = ("Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Đoàn Thanh niên")
"""The mass organisations that run savings and loan groups, as papers name them; the office may have written others."""


@dataclass(frozen=True)
class LoanFinding:
    """Something about a loan that does not fit the rules of the day."""

    severity: Severity
    message: str
    citation: str = ""

    @property
    def text(self) -> str:
        """The sentence with what it rests on."""
        return f"{self.message} ({self.citation})" if self.citation else self.message


@dataclass(frozen=True)
class LoanMove:
    """One event of a loan."""

    kind: LoanEventKind
    on: date
    amount: int = 0
    """Đồng; an extension moves none."""
    due_on: date | None = None
    document: str = ""
    note: str = ""


@dataclass(frozen=True)
class LoanStanding:
    """How a loan stands at the end of a day."""

    disbursed: int
    repaid: int
    due_on: date | None
    overdue_days: int
    """Days past the due date while something is owed; 0 when it is not overdue."""

    @property
    def balance(self) -> int:
        """Đồng still owed."""
        return self.disbursed - self.repaid


def in_order(moves: Iterable[LoanMove]) -> list[LoanMove]:
    """By day; on one day money goes out before it comes back."""
    order = list(LoanEventKind)
    return sorted(moves, key=lambda move: (move.on, order.index(move.kind)))


def standing(moves: Iterable[LoanMove], on: date) -> LoanStanding:
    """The sums and the due date after everything up to that day."""
    disbursed = repaid = 0
    due: date | None = None
    for move in in_order(moves):
        if move.on > on:
            break
        if move.kind is LoanEventKind.DISBURSED:
            disbursed += move.amount
        elif move.kind is LoanEventKind.REPAID:
            repaid += move.amount
        due = move.due_on or due
    late = (on - due).days if due is not None and disbursed > repaid and due < on else 0
    return LoanStanding(disbursed, repaid, due, late)


def move_problems(moves: Sequence[LoanMove], *, approved: int) -> list[Problem]:
    """Why these events cannot all be true: more repaid than owed, more paid out than approved, days out of order."""
    problems: list[Problem] = []
    disbursed = repaid = 0
    due: date | None = None
    for move in in_order(moves):
        day = format_date(move.on)
        owed = disbursed - repaid
        if move.kind is LoanEventKind.EXTENDED:
            if owed <= 0:
                message = _("On {date} nothing is owed: there is nothing to extend.")
                problems.append(Problem("on", message.format(date=day)))
            elif move.due_on is None or (due is not None and move.due_on <= due):
                problems.append(Problem("due_on", _("The new due date lies after the present one.")))
        elif move.amount <= 0:
            problems.append(Problem("amount", _("Write the sum in đồng, more than zero.")))
        elif move.kind is LoanEventKind.DISBURSED:
            disbursed += move.amount
            if disbursed > approved:
                message = _("Paid out {paid} in all, more than the {approved} approved.")
                text = message.format(paid=format_money(disbursed), approved=format_money(approved))
                problems.append(Problem("amount", text))
        else:
            if move.amount > owed:
                message = _("On {date} {owed} is owed; {amount} cannot be repaid.")
                text = message.format(date=day, owed=format_money(owed), amount=format_money(move.amount))
                problems.append(Problem("amount", text))
            repaid += move.amount
        due = move.due_on or due
    return problems


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def rate_text(millionths: int | None) -> str:
    """A yearly rate as people read it: 62400 is "6,24 %/năm"; nothing when it is not known."""
    if millionths is None:
        return ""
    decimals = 2 if millionths % 100 == 0 else 4
    digits = format_number(millionths / 10_000, decimals=decimals)
    return _("{rate} % a year").format(rate=digits)


@dataclass(frozen=True)
class RateSpan:
    """One rate over some days of a loan."""

    from_on: date
    to_on: date
    millionths: int


def rate_spans(
    changes: Sequence[tuple[date | None, date | None, int]], from_on: date, to_on: date
) -> tuple[RateSpan, ...]:
    """The rates that held between two days, both included; `changes` are first day, last day and rate."""
    found = []
    for first, last, value in sorted(changes, key=lambda change: change[0] or date.min):
        start = max(from_on, first or from_on)
        end = min(to_on, last or to_on)
        if start <= end:
            found.append(RateSpan(start, end, value))
    joined: list[RateSpan] = []
    for span in found:
        if joined and joined[-1].millionths == span.millionths and joined[-1].to_on + timedelta(1) == span.from_on:
            joined[-1] = RateSpan(joined[-1].from_on, span.to_on, span.millionths)
        else:
            joined.append(span)
    return tuple(joined)
