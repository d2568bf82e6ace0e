"""Rules of a loan: its balance is exactly what was paid out less what was repaid, and never less than nothing.

Caps, terms and rates are dated data of the catalogue (`domain/programmes.py`); a yearly rate is whole millionths.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from casemgr.domain.findings import Severity
from casemgr.domain.loan_plans import Instalment, Plan, unpaid, whole
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
    """What changes a loan's balance, due date or fate."""

    DISBURSED = "disbursed"
    REPAID = "repaid"
    EXTENDED = "extended"
    REFUSED = "refused"
    """By the commune or the bank; it moves no money."""


LOAN_EVENT_LABELS = {
    LoanEventKind.DISBURSED: N_("Paid out"),
    LoanEventKind.REPAID: N_("Repaid"),
    LoanEventKind.EXTENDED: N_("Extended"),
    LoanEventKind.REFUSED: N_("Refused"),
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


DUE_DAYS = 30
"""Instalments that fall due within so many days are told apart; the list may ask for another number."""
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
    """Days since the oldest instalment that is not repaid fell due; 0 when none is overdue."""
    open: Plan = ()
    """What is left of the instalments, the oldest first; a loan without a plan is one instalment."""
    overdue: int = 0
    """Đồng of instalments past their day."""

    @property
    def balance(self) -> int:
        """Đồng still owed."""
        return self.disbursed - self.repaid

    @property
    def next_due(self) -> Instalment | None:
        """The oldest instalment that is not repaid, overdue or to come."""
        return self.open[0] if self.open else None

    def due_by(self, until: date) -> int:
        """Đồng of instalments that fall due until the day, without those overdue."""
        return max(0, sum(one.amount for one in self.open if one.due_on <= until) - self.overdue)


def in_order(moves: Iterable[LoanMove]) -> list[LoanMove]:
    """By day; on one day money goes out before it comes back."""
    order = list(LoanEventKind)
    return sorted(moves, key=lambda move: (move.on, order.index(move.kind)))


def standing(moves: Iterable[LoanMove], on: date, plan: Sequence[Instalment] = ()) -> LoanStanding:
    """The sums and what is due after everything up to that day; `plan` is the one agreed now.

    Before a later extension that plan did not hold yet: the whole loan is then due at the due date of the day.
    """
    disbursed = repaid = 0
    due: date | None = None
    for move in in_order(moves):
        if move.on > on:
            if move.kind is LoanEventKind.EXTENDED:
                plan = ()
            continue
        if move.kind is LoanEventKind.DISBURSED:
            disbursed += move.amount
        elif move.kind is LoanEventKind.REPAID:
            repaid += move.amount
        due = move.due_on or due
    left = unpaid(whole(plan, disbursed, due), repaid)
    late = [one for one in left if one.due_on < on]
    days = (on - late[0].due_on).days if late else 0
    return LoanStanding(disbursed, repaid, due, days, left, sum(one.amount for one in late))


def move_problems(moves: Sequence[LoanMove], *, approved: int) -> list[Problem]:
    """Why these events cannot all be true: more repaid than owed, more paid out than approved, days out of order."""
    problems: list[Problem] = []
    disbursed = repaid = 0
    due: date | None = None
    for move in in_order(moves):
        day = format_date(move.on)
        owed = disbursed - repaid
        if move.kind is LoanEventKind.REFUSED:
            continue
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
