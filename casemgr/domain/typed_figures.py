"""Figures typed or imported from a report of somebody else: each percentage is worked out again from its two counts."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from casemgr.domain.targets import rounded
from casemgr.i18n import _, format_number

TOLERANCE: Final = Fraction(1, 100)
"""Percentage points: what two decimals can hide by rounding."""

_PERCENT: Final = re.compile(r"\s*(-?\d{1,3}(?:[.,]\d+)?)\s*%?\s*")
_COUNT: Final = re.compile(r"\d{1,3}(?:[.,   ]\d{3})+|\d+")


@dataclass(frozen=True)
class TypedFigure:
    """One line of a report: a name, two counts, and the percentage printed beside them."""

    name: str
    part: int
    whole: int
    printed: Fraction
    place: str = ""
    """Sheet and row it came from."""


@dataclass(frozen=True)
class FigureFinding:
    """What is wrong with a figure."""

    figure: TypedFigure
    computed: Fraction | None
    message: str


def read_percent(text: str) -> Fraction | None:
    """A percentage as people write it: 4,24 % or 4.24; None when it is none."""
    match = _PERCENT.fullmatch(text)
    return Fraction(match[1].replace(",", ".")) if match else None


def read_count(text: str) -> int | None:
    """A whole number as people write it: 15.996, 15,996 or 15996; None when it is none."""
    plain = text.strip()
    return int(re.sub(r"\D", "", plain)) if _COUNT.fullmatch(plain) else None


def check(figure: TypedFigure) -> FigureFinding | None:
    """What does not agree; None when the percentage is that of its counts."""
    if figure.whole <= 0 or figure.part < 0:
        return FigureFinding(figure, None, _("{name}: there is no whole to take a share of.").format(name=figure.name))
    computed = Fraction(100 * figure.part, figure.whole)
    if abs(figure.printed - computed) <= TOLERANCE:
        return None
    message = _(
        "{name}: {printed} % is printed, but {part} of {whole} is {computed} %. "
        "One of the three is wrong: {likely} would be {printed} %."
    ).format(
        name=figure.name,
        printed=format_number(rounded(figure.printed), decimals=2),
        part=format_number(figure.part),
        whole=format_number(figure.whole),
        computed=format_number(rounded(computed), decimals=2),
        likely=format_number(likely_part(figure)),
    )
    return FigureFinding(figure, computed, message)


def likely_part(figure: TypedFigure) -> int:
    """The count of the printed percentage that differs from the typed one in a single digit, else the nearest."""
    low = -(-(figure.printed - TOLERANCE / 2) * figure.whole // 100)
    nearest = round(figure.printed * figure.whole / 100)
    digits = str(figure.part)
    for place, old in enumerate(digits):
        for new in "0123456789":
            other = int(digits[:place] + new + digits[place + 1 :])
            if (
                new != old
                and other >= low
                and abs(Fraction(100 * other, figure.whole) - figure.printed) <= TOLERANCE / 2
            ):
                return other
    return nearest
