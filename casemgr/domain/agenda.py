"""What is due when: how urgent a due date is on a day, seen with weekends and days off."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from casemgr.domain.workdays import Calendar
from casemgr.i18n import N_

SOON_DAYS: Final = 7
"""How far "soon" looks ahead: a week of the officer's diary, no rule of law."""

_DAY: Final = timedelta(days=1)


class Urgency(StrEnum):
    """Which part of the day's list a due date stands in, in their order."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    WAITING = "waiting"
    """Somebody else has to answer; the day is not over."""
    LATER = "later"


URGENCY_LABELS: Final = {
    Urgency.OVERDUE: N_("Overdue"),
    Urgency.TODAY: N_("Due today"),
    Urgency.SOON: N_("Due soon"),
    Urgency.WAITING: N_("Waiting for an answer"),
    Urgency.LATER: N_("Later"),
}


def acting_day(due: date, calendar: Calendar) -> date:
    """The last working day on which it can be done in time: the due day itself, or the working day before it."""
    day = due
    while not calendar.is_workday(day):
        day -= _DAY
    return day


def urgency(due: date, today: date, calendar: Calendar, *, waiting: bool = False) -> Urgency:
    """Where something due on `due` stands today.

    What falls on a Saturday, Sunday or day off is due on the working day before. What waits for another office is only
    listed as waiting until its day is over; then it is overdue like anything else, because somebody has to ask.
    """
    if due < today:
        return Urgency.OVERDUE
    if waiting:
        return Urgency.WAITING
    if acting_day(due, calendar) <= today:
        return Urgency.TODAY
    return Urgency.SOON if due <= today + timedelta(days=SOON_DAYS) else Urgency.LATER
