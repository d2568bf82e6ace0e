"""The lines of the day's list: a heading for each part of the day, and what is to be done under it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from casemgr.domain.agenda import URGENCY_LABELS, Urgency
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.services.agenda import AgendaRow
from ui.models.rows import Column

Key = tuple[str, str]
"""Heading or kind, and which one."""

HEADING: Final = "heading"
TONES: Final = {
    Urgency.OVERDUE: "poor",
    Urgency.TODAY: "near",
    Urgency.SOON: "plain",
    Urgency.WAITING: "plain",
    Urgency.LATER: "plain",
}


@dataclass(frozen=True)
class DayLine:
    """A heading with how many stand under it, or one thing to do."""

    group: Urgency
    count: int = 0
    row: AgendaRow | None = None
    today: date | None = None

    @property
    def heading(self) -> str:
        """The words of a heading; empty for a thing to do."""
        if self.row is not None:
            return ""
        words = _("{group}  ({count})")
        return words.format(group=_(URGENCY_LABELS[self.group]), count=format_number(self.count))


def lines(rows: Sequence[AgendaRow], today: date) -> dict[Key, DayLine]:
    """The rows under their headings, in the order they come."""
    made: dict[Key, DayLine] = {}
    counts = {group: sum(row.urgency is group for row in rows) for group in Urgency}
    for row in rows:
        made.setdefault((HEADING, row.urgency.value), DayLine(row.urgency, counts[row.urgency]))
        made[(row.kind, row.due_id.hex)] = DayLine(row.urgency, row=row, today=today)
    return made


def left_words(due: date, today: date) -> str:
    """How long it still is, or how late it is."""
    days = (due - today).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("{days} day late", "{days} days late", -days).format(days=-days)
    return ngettext("in {days} day", "in {days} days", days).format(days=days)


def _of(text: Callable[[AgendaRow], str]) -> Callable[[DayLine], str]:
    return lambda line: text(line.row) if line.row is not None else ""


def _day(line: DayLine) -> str:
    return format_date(line.row.due_on) if line.row is not None else line.heading


def _left(line: DayLine) -> str:
    return left_words(line.row.due_on, line.today) if line.row is not None and line.today is not None else ""


def _who(row: AgendaRow) -> str:
    if row.person and row.head and row.person != row.head:
        return _("{person} (household of {head})").format(person=row.person, head=row.head)
    return row.person or row.head


DAY: Final = (
    Column[DayLine]("day", N_("Due"), _day, 104, code=True),
    Column[DayLine]("left", N_("Time left"), _left, 118, code=True, tone=lambda line: TONES[line.group]),
    Column[DayLine]("what", N_("What is to be done"), _of(lambda row: row.title), 340),
    Column[DayLine]("code", N_("Household"), _of(lambda row: row.code), 88, code=True),
    Column[DayLine]("who", N_("For"), _of(_who), 210),
    Column[DayLine]("hamlet", N_("Hamlet"), _of(lambda row: row.hamlet), 130, spare=True),
    Column[DayLine]("officer", N_("Officer"), _of(lambda row: row.officer or _("nobody yet")), 140, spare=True),
)
