"""What a learner receives: meals by days present, travel once, tuition up to the ceiling of the best group.

Amounts, distances and who they are for are dated data (`resources/programmes`); this is only the arithmetic:
`meal = days present × rate of the day`, `travel = rate when far enough, once a course`, `tuition = min(cost, ceiling)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

LIVING: Final = "training_living"
"""Stage of a delivery of training that the learner receives: meals and travel; tuition goes to the provider."""

TUITION: Final = "training_tuition"
"""Stage of what the provider receives for a learner; with `LIVING` it makes the one support of a course."""

OF_COURSE: Final = frozenset({LIVING, TUITION})
"""Parts of the one support of a course: who got the one is not shut out of the other by it."""

BEYOND_CEILING: Final = frozenset({LIVING})
"""Stages the ceiling of a rule does not count: it is one of tuition."""

_TENTHS = 10


@dataclass(frozen=True)
class Meals:
    """Meal money: one line for each rate that held on days present."""

    days: int
    rate: int
    """Đồng a day; 0 when no rate is known."""

    @property
    def amount(self) -> int:
        """Đồng."""
        return self.days * self.rate


@dataclass(frozen=True)
class TrainingSupport:
    """What one learner receives for one course, đồng."""

    meals: tuple[Meals, ...]
    travel: int
    tuition: int
    tuition_cut: int
    """What of the actual cost lies above the ceiling."""

    @property
    def days(self) -> int:
        """Days present."""
        return sum(line.days for line in self.meals)

    @property
    def meal(self) -> int:
        """Meal money."""
        return sum(line.amount for line in self.meals)

    @property
    def paid_to_learner(self) -> int:
        """Meals and travel; tuition goes to the provider."""
        return self.meal + self.travel

    @property
    def total(self) -> int:
        """All of it."""
        return self.paid_to_learner + self.tuition


def support(
    *,
    present: Iterable[date],
    meal_rate: Callable[[date], int | None],
    km_tenths: int | None,
    far_from: int | None,
    travel_rate: int | None,
    cost: int,
    ceiling: int | None,
) -> TrainingSupport:
    """Add it up; `far_from` is the least distance in km, `ceiling` the highest tuition, None where none is known."""
    counted: dict[int, int] = {}
    for day in present:
        rate = meal_rate(day) or 0
        counted[rate] = counted.get(rate, 0) + 1
    far = km_tenths is not None and far_from is not None and km_tenths >= far_from * _TENTHS
    tuition = cost if ceiling is None else min(cost, ceiling)
    return TrainingSupport(
        meals=tuple(Meals(days, rate) for rate, days in sorted(counted.items())),
        travel=(travel_rate or 0) if far else 0,
        tuition=tuition,
        tuition_cut=cost - tuition,
    )
