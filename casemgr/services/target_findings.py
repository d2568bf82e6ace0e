"""What a measure finds: who is counted of whom, who is unknown, and the number that follows from these lists alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final
from uuid import UUID

from casemgr.domain.targets import Bounds, TargetUnit, share
from casemgr.i18n import _

NOBODY: Final[frozenset[bytes]] = frozenset()


@dataclass(frozen=True)
class Part:
    """One share of the whole or figure beside the value, with its list."""

    label: str
    value: Fraction
    unit: TargetUnit
    ids: frozenset[bytes] = NOBODY


@dataclass(frozen=True)
class Finding:
    """The lists of a measure; `whole` None: it is a count or a sum, not a share.

    `numerator` and `denominator` stand where the value is a ratio of sums and no ratio of lists.
    """

    part: frozenset[bytes] = NOBODY
    whole: frozenset[bytes] | None = None
    unknown: frozenset[bytes] = NOBODY
    reason: str = ""
    """Why nothing can be said; there is no value then."""
    value: Fraction | None = None
    """Of a rate or a sum; None: it follows from the lists."""
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    parts: tuple[Part, ...] = field(default=())
    notes: tuple[str, ...] = ()

    def result(self) -> tuple[Fraction | None, Bounds | None]:
        """The value and its bounds."""
        if self.reason:
            return None, None
        if self.value is not None:
            return self.value, Bounds(self.value, self.value)
        if self.whole is None:
            low = Fraction(len(self.part))
            return low, Bounds(low, low + len(self.unknown))
        return share(len(self.part), len(self.whole), len(self.unknown))


def counted(label: str, ids: Iterable[bytes], unit: TargetUnit = TargetUnit.HOUSEHOLDS) -> Part:
    """A part that is the length of its list."""
    kept = frozenset(ids)
    return Part(label, Fraction(len(kept)), unit, kept)


def of_whole(
    part: frozenset[bytes],
    whole: frozenset[bytes],
    unknown: frozenset[bytes] = NOBODY,
    *,
    parts: tuple[Part, ...] = (),
    empty: str = "",
    notes: tuple[str, ...] = (),
) -> Finding:
    """A share: the counted and the unknown lie within the whole and exclude each other."""
    if not whole:
        return Finding(whole=whole, reason=empty or _("Nobody belongs to this measure on that day."), parts=parts)
    inside = part & whole
    return Finding(inside, whole, (unknown & whole) - inside, parts=parts, notes=notes)


def ratio(
    numerator: int | Fraction,
    denominator: int | Fraction,
    *,
    part: frozenset[bytes] = NOBODY,
    empty: str,
    parts: tuple[Part, ...] = (),
) -> Finding:
    """A percentage of two sums."""
    top, bottom = Fraction(numerator), Fraction(denominator)
    if bottom <= 0:
        return Finding(part=part, reason=empty, numerator=top, denominator=bottom, parts=parts)
    return Finding(part=part, value=100 * top / bottom, numerator=top, denominator=bottom, parts=parts)


def uuids(ids: Iterable[bytes]) -> tuple[UUID, ...]:
    """Ids as everybody else knows them, in the order they were made."""
    return tuple(UUID(bytes=one) for one in sorted(ids))
