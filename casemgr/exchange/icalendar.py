"""Due dates as an iCalendar file (RFC 5545) that any calendar program reads: whole days, with a reminder before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from casemgr.files import atomic_write

_OCTETS = 75
"""Longest line; longer ones are folded (RFC 5545, 3.1)."""
_PRODUCT = "-//casemgr//casemgr//VI"


@dataclass(frozen=True)
class Entry:
    """One day's entry; `uid` stays the same when it is exported again, so that it is not doubled."""

    uid: str
    day: date
    title: str
    note: str = ""
    remind_days: int = 1
    """How many days before the reminder comes; 0: in the morning of the day."""


def text(entries: Iterable[Entry], made_at: datetime) -> str:
    """The whole calendar; `made_at` with its time zone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN"]
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.uid}@casemgr",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(entry.title)}",
        ]
        if entry.note:
            lines.append(f"DESCRIPTION:{_escaped(entry.note)}")
        lines += [
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escaped(entry.title)}",
            f"TRIGGER:{_before(entry.remind_days)}",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def write(path: Path, entries: Iterable[Entry], made_at: datetime) -> None:
    """Write the calendar file, whole or not at all."""
    atomic_write(path, text(entries, made_at).encode("utf-8"))


def _before(days: int) -> str:
    """From the start of the day: eight in the morning of the day itself, or so many days before."""
    return "PT8H" if days <= 0 else f"-P{days}DT0H0M0S" if days > 1 else "-PT16H"


def _escaped(value: str) -> str:
    for sign, told in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        value = value.replace(sign, told)
    return value


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets, never cut inside a letter; each further one begins with a space."""
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode("utf-8"))
        if size + width > _OCTETS:
            parts.append(part)
            part, size = " ", 1
        part += letter
        size += width
    return [*parts, part]
