"""The day's list as a calendar file; without names unless they are asked for, because calendars travel to phones."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from casemgr.exchange import icalendar
from casemgr.exchange.icalendar import Entry
from casemgr.services.agenda import AgendaRow


def write(path: Path, rows: Iterable[AgendaRow], made_at: datetime, *, names: bool = False) -> None:
    """One entry for each thing to do; exported again it replaces the one from before."""
    icalendar.write(path, [entry(row, names=names) for row in rows], made_at)


def entry(row: AgendaRow, *, names: bool) -> Entry:
    """A row as an entry of its due day."""
    who = " ".join(filter(None, (row.code, (row.person or row.head) if names else "")))
    return Entry(uid=f"{row.kind}-{row.due_id}", day=row.due_on, title=row.title, note=who)
