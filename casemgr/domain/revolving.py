"""Passing support on: what a household owes to the next one, what it has given back, and what the fund still holds.

Every project and province has rules of its own (form, share, dates); nothing here is law, everything is added up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from casemgr.domain.dates import add_months
from casemgr.domain.livelihoods import RevolvingRules
from casemgr.i18n import N_

_WHOLE: Final = 10_000


class EntryKind(StrEnum):
    """A movement of the ledger."""

    PAID = "paid"
    WAIVED = "waived"
    """By a decision; it settles the duty but brings nothing."""
    PASSED_ON = "passed_on"
    """To the next household."""
    CORRECTED = "corrected"
    """Takes a wrong payment back; its sums are negative."""


ENTRY_LABELS: Final = {
    EntryKind.PAID: N_("Given back"),
    EntryKind.WAIVED: N_("Waived by decision"),
    EntryKind.PASSED_ON: N_("Passed on"),
    EntryKind.CORRECTED: N_("Entry taken back"),
}


@dataclass(frozen=True)
class DutyLine:
    """What is owed by a day, in đồng or animals."""

    due_on: date
    amount: int = 0
    animals: int = 0
    period: str = ""


@dataclass(frozen=True)
class Movement:
    """One line of the ledger."""

    kind: EntryKind
    on: date
    amount: int = 0
    animals: int = 0


@dataclass(frozen=True)
class Balance:
    """Money in đồng and animals beside each other."""

    owed: int
    owed_animals: int
    paid: int
    paid_animals: int
    waived: int
    waived_animals: int
    passed_on: int
    passed_animals: int

    @property
    def open(self) -> int:
        """Đồng still owed."""
        return self.owed - self.paid - self.waived

    @property
    def open_animals(self) -> int:
        """Animals still owed."""
        return self.owed_animals - self.paid_animals - self.waived_animals

    @property
    def fund(self) -> int:
        """Đồng given back and not passed on yet."""
        return self.paid - self.passed_on

    @property
    def fund_animals(self) -> int:
        """Animals given back and not passed on yet."""
        return self.paid_animals - self.passed_animals

    @property
    def settled(self) -> bool:
        """Nothing is owed any more."""
        return self.open <= 0 and self.open_animals <= 0


def planned(rules: RevolvingRules, *, value: int, handed_on: date) -> tuple[DutyLine, ...]:
    """The duties by a project's rules for support worth `value` đồng; the last instalment takes what is left over."""
    if not rules.form or rules.instalments <= 0:
        return ()
    money = (value * rules.share_hundredths + _WHOLE // 2) // _WHOLE if rules.form == "cash" else 0
    animals = rules.animals if rules.form == "animals" else 0
    lines = []
    for number in range(rules.instalments):
        due = add_months(handed_on, rules.first_after_months + number * rules.every_months)
        lines.append(DutyLine(due, _part(money, number, rules.instalments), _part(animals, number, rules.instalments)))
    return tuple(line for line in lines if line.amount or line.animals)


def balance(duties: Iterable[DutyLine], movements: Iterable[Movement]) -> Balance:
    """All of it added up; a correction lowers what was given back."""
    duties, moves = tuple(duties), tuple(movements)

    def total(kinds: Sequence[EntryKind]) -> tuple[int, int]:
        own = [move for move in moves if move.kind in kinds]
        return sum(move.amount for move in own), sum(move.animals for move in own)

    paid, waived = total((EntryKind.PAID, EntryKind.CORRECTED)), total((EntryKind.WAIVED,))
    passed = total((EntryKind.PASSED_ON,))
    return Balance(
        owed=sum(duty.amount for duty in duties),
        owed_animals=sum(duty.animals for duty in duties),
        paid=paid[0],
        paid_animals=paid[1],
        waived=waived[0],
        waived_animals=waived[1],
        passed_on=passed[0],
        passed_animals=passed[1],
    )


def days_over(duty: DutyLine, found: Balance, on: date) -> int:
    """How many days a duty is overdue; 0 when it is settled or not due."""
    return 0 if found.settled else max(0, (on - duty.due_on).days)


def _part(total: int, number: int, parts: int) -> int:
    each = total // parts
    return total - each * (parts - 1) if number == parts - 1 else each
