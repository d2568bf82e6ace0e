"""Which events open a task, and by which day it is to be done: dated data, no day stands in the code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from casemgr.assets import resource
from casemgr.domain.dates import add_months
from casemgr.domain.programmes import Measure
from casemgr.domain.workdays import Calendar

MEASURES = (Measure.DAYS, Measure.WORKDAYS, Measure.MONTHS, Measure.YEARS)


@dataclass(frozen=True)
class TaskRule:
    """One event and the task it opens."""

    code: str
    title: str
    rate: str = ""
    """The dated figure that says how long; empty: `number` of `measure`."""
    number: int = 0
    measure: Measure = Measure.DAYS
    law: str = ""
    certainty: str = "U"


def due_day(begin: date, number: int, measure: Measure, calendar: Calendar) -> date:
    """The day a period ends: the day of the event is not counted; months end on the same day or the month's last.

    A period that ends on a Saturday, Sunday or day off keeps its day: the list says the working day before.
    """
    if measure is Measure.WORKDAYS:
        return calendar.add(begin, number)
    if measure is Measure.DAYS:
        return begin + timedelta(days=number)
    return add_months(begin, number * 12 if measure is Measure.YEARS else number)


@lru_cache(maxsize=1)
def task_rules() -> Mapping[str, TaskRule]:
    """The rules by code."""
    rows = tomllib.loads(resource("casework", "tasks.toml").read_text(encoding="utf-8"))["rule"]
    return {row["code"]: TaskRule(**{**row, "measure": Measure(row.get("measure", "days"))}) for row in rows}
