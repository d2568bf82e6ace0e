"""Working days: Saturdays, Sundays and days off are not counted, days worked in exchange are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """What is known of days off; years outside `years_known` count weekends only, and whoever asks is told so."""

    holidays: frozenset[date] = frozenset()
    extra_workdays: frozenset[date] = frozenset()
    """Saturdays and Sundays worked in exchange for another day off."""
    years_known: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether offices work that day."""
        return day in self.extra_workdays or (day.weekday() < _SATURDAY and day not in self.holidays)

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; the day an act is done on is not counted itself."""
        if count < 0:
            message = "a period runs forward"
            raise ValueError(message)
        for _ in range(count):
            day += _DAY
            while not self.is_workday(day):
                day += _DAY
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and with `last`; 0 when `last` is not later."""
        return sum(self.is_workday(first + _DAY * offset) for offset in range(1, (last - first).days + 1))

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years of the period whose days off nobody has entered."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years_known)


def calendar_of(days_off: Iterable[date], worked: Iterable[date], also_known: Iterable[int] = ()) -> Calendar:
    """A calendar that knows every year it has a day of."""
    off, extra = frozenset(days_off), frozenset(worked)
    return Calendar(off, extra, frozenset(day.year for day in off | extra) | frozenset(also_known))
