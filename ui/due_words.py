"""When something of a row is due, "overdue" said in words and in its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from casemgr.i18n import _, format_date

if TYPE_CHECKING:
    from datetime import date


class Due(Protocol):
    """A row with a day something is due on."""

    @property
    def due_on(self) -> date | None:
        """The day, None where nothing is due."""

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""


def due_words(row: Due) -> str:
    """The day with "due" or "overdue" before it; empty where nothing is due."""
    if row.due_on is None:
        return ""
    day = format_date(row.due_on)
    return _("overdue {date}").format(date=day) if row.overdue else _("due {date}").format(date=day)


def due_day(row: Due) -> str:
    """The day alone, for a narrow column."""
    return format_date(row.due_on) if row.due_on else ""


def due_tone(row: Due) -> str:
    """The colour of the day."""
    return "poor" if row.overdue else "plain"
