"""Movement of the poor and near-poor lists between two decisions (reports 2 and 3): who left, who came, what balances.

The rule for people: whoever moved or stays is counted with the members of the closing; where a household stood on a
list at the opening with more or fewer members, the difference is another decrease or increase (columns 4 and 8) of the
list it stood on. A household that is gone takes its opening members along. So for households and for people alike
9 = 1 - 2 - 3 - 4 + 5 + 6 + 7 + 8 in both reports, and who goes from one list to the other is the same number in both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import Movement

OPENING, TO_OTHER, ESCAPED, OTHER_OUT, FROM_OTHER, AGAIN, NEW, OTHER_IN, CLOSING = range(9)
"""Places of the nine columns as the reports number them, less one."""

_POOR, _NEAR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR

_LEAVES: dict[Movement, tuple[HouseholdClass, int | None]] = {
    Movement.STAYED_POOR: (_POOR, None),
    Movement.STAYED_NEAR_POOR: (_NEAR, None),
    Movement.POOR_TO_NEAR_POOR: (_POOR, TO_OTHER),
    Movement.POOR_ESCAPED: (_POOR, ESCAPED),
    Movement.POOR_OUT: (_POOR, OTHER_OUT),
    Movement.NEAR_POOR_TO_POOR: (_NEAR, TO_OTHER),
    Movement.NEAR_POOR_ESCAPED: (_NEAR, ESCAPED),
    Movement.NEAR_POOR_OUT: (_NEAR, OTHER_OUT),
}
"""The list a household stood on, and the column it left by; None: it stays."""

_ENTERS: dict[Movement, tuple[HouseholdClass, int | None]] = {
    Movement.STAYED_POOR: (_POOR, None),
    Movement.STAYED_NEAR_POOR: (_NEAR, None),
    Movement.NEAR_POOR_TO_POOR: (_POOR, FROM_OTHER),
    Movement.POOR_AGAIN: (_POOR, AGAIN),
    Movement.POOR_NEW: (_POOR, NEW),
    Movement.POOR_IN: (_POOR, OTHER_IN),
    Movement.POOR_TO_NEAR_POOR: (_NEAR, FROM_OTHER),
    Movement.NEAR_POOR_AGAIN: (_NEAR, AGAIN),
    Movement.NEAR_POOR_NEW: (_NEAR, NEW),
    Movement.NEAR_POOR_IN: (_NEAR, OTHER_IN),
}
"""The list a household stands on at the closing, and the column it came by; None: it was there."""

_GONE = (Movement.POOR_OUT, Movement.NEAR_POOR_OUT)


@dataclass(frozen=True)
class MovementLine:
    """One household between two decisions."""

    movement: Movement
    opening_people: int
    people: int
    """Members at the closing."""


@dataclass(frozen=True)
class Columns:
    """The nine columns of one report, households or people."""

    values: tuple[int, ...]

    def __getitem__(self, place: int) -> int:
        return self.values[place]

    @property
    def computed_closing(self) -> int:
        """Column 9 by the printed formula."""
        one, two, three, four, five, six, seven, eight = self.values[:CLOSING]
        return one - two - three - four + five + six + seven + eight

    @property
    def balanced(self) -> bool:
        """Whether the closing counted and the closing computed agree."""
        return self.values[CLOSING] == self.computed_closing


@dataclass(frozen=True)
class ListBalance:
    """One report: its row of households and its row of people."""

    households: Columns
    people: Columns


@dataclass(frozen=True)
class Balance:
    """Report 2 (poor) and report 3 (near-poor) of the same households."""

    poor: ListBalance
    near_poor: ListBalance

    @property
    def gaps(self) -> tuple[str, ...]:
        """What does not balance, as the reports number it: "(2).9" or "(2).2 = (3).5"; empty when all does."""
        told = []
        for number, report in (("2", self.poor), ("3", self.near_poor)):
            if not (report.households.balanced and report.people.balanced):
                told.append(f"({number}).9")
        pairs = ((self.poor, self.near_poor, "(2).2 = (3).5"), (self.near_poor, self.poor, "(3).2 = (2).5"))
        for left, right, name in pairs:
            for row in ("households", "people"):
                if getattr(left, row)[TO_OTHER] != getattr(right, row)[FROM_OTHER] and name not in told:
                    told.append(name)
        return tuple(told)


def balance(lines: Iterable[MovementLine]) -> Balance:
    """The nine columns of both reports; columns 1 and 9 are counted, not computed from the others."""
    counts = {(value, row): [0] * 9 for value in (_POOR, _NEAR) for row in ("households", "people")}

    def count(value: HouseholdClass, column: int, people: int, households: int = 1) -> None:
        counts[value, "households"][column] += households
        counts[value, "people"][column] += people

    for line in lines:
        if line.movement in _LEAVES:
            value, column = _LEAVES[line.movement]
            count(value, OPENING, line.opening_people)
            if line.movement in _GONE:
                count(value, OTHER_OUT, line.opening_people)
            else:
                if column is not None:
                    count(value, column, line.people)
                more = line.people - line.opening_people
                count(value, OTHER_IN if more > 0 else OTHER_OUT, abs(more), households=0)
        if line.movement in _ENTERS:
            value, column = _ENTERS[line.movement]
            count(value, CLOSING, line.people)
            if column is not None:
                count(value, column, line.people)
    return Balance(
        *(
            ListBalance(_columns(counts[value, "households"]), _columns(counts[value, "people"]))
            for value in (_POOR, _NEAR)
        )
    )


def column_of(movement: Movement, value: HouseholdClass) -> int | None:
    """The column of the report on `value` a household is counted in besides opening and closing; None when in none."""
    for table in (_LEAVES, _ENTERS):
        found, column = table.get(movement, (None, None))
        if found is value and column is not None:
            return column
    return None


def _columns(values: Sequence[int]) -> Columns:
    return Columns(tuple(values))
