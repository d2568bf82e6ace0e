"""Days off and days worked in exchange: the shipped table as the office corrected it, and working days from it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from sqlalchemy import select

from casemgr.assets import resource
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import HolidayKind
from casemgr.domain.text import clean
from casemgr.domain.workdays import Calendar, calendar_of
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.persistence.models import Holiday
from casemgr.persistence.uow import UnitOfWork

OWN: Final = "V"
"""Certainty of what the office itself entered."""
_ORDINARY: Final = ""
"""Kind of an office row that takes a shipped day out of the table: the day counts as its weekday says."""
_SATURDAY: Final = 5


@dataclass(frozen=True)
class HolidayView:
    """One day of the table as the screen shows it."""

    day: date
    name: str
    kind: HolidayKind
    certainty: str
    """V entered by the office, R recalled or read second-hand, U expected only."""
    shipped: bool
    """It came with the program and the office has not touched it."""
    removed: bool
    """It came with the program and the office does not count it."""


def calendar(uow: UnitOfWork) -> Calendar:
    """Working days as this office knows them; a row of the office wins over the shipped one of the same day."""
    views = _all(uow).values()
    kept = [view for view in views if not view.removed]
    return calendar_of(
        (view.day for view in kept if view.kind is HolidayKind.HOLIDAY),
        (view.day for view in kept if view.kind is HolidayKind.WORKDAY),
    )


def holidays(uow: UnitOfWork, year: int) -> list[HolidayView]:
    """The table of one year in order; days taken out by the office are marked, so that they can be put back."""
    uow.require(Permission.READ)
    return [view for day, view in sorted(_all(uow).items()) if day.year == year]


def years(uow: UnitOfWork) -> list[int]:
    """Years that have a table."""
    return sorted(calendar(uow).years_known)


def keep_holiday(uow: UnitOfWork, day: date, name: str, kind: HolidayKind) -> None:
    """Enter or correct a day; a shipped one of the same day gives way to it."""
    uow.require(Permission.SETTINGS)
    problems = []
    if not clean(name):
        problems.append(Problem("name", _("Write what the day is, such as “Quốc khánh”.")))
    if kind is HolidayKind.WORKDAY and day.weekday() < _SATURDAY:
        message = _("{date} is no Saturday or Sunday: it is worked anyhow.")
        problems.append(Problem("day", message.format(date=format_date(day))))
    if problems:
        raise ValidationError(problems)
    _write(uow, day, clean(name), kind.value)


def swap_days(uow: UnitOfWork, off: date, worked: date, name: str) -> None:
    """Give a working day off and have a Saturday or Sunday worked in exchange, as one step."""
    uow.require(Permission.SETTINGS)
    problems = []
    if not clean(name):
        problems.append(Problem("name", _("Write what the day is, such as “Quốc khánh”.")))
    if off.weekday() >= _SATURDAY:
        message = _("{date} is a Saturday or Sunday: it is free anyhow.")
        problems.append(Problem("off", message.format(date=format_date(off))))
    if worked.weekday() < _SATURDAY:
        message = _("{date} is no Saturday or Sunday: it is worked anyhow.")
        problems.append(Problem("worked", message.format(date=format_date(worked))))
    if problems:
        raise ValidationError(problems)
    given = _("{name}, worked in exchange on {date}").format(name=clean(name), date=format_date(worked))
    taken = _("Worked in exchange for {date}").format(date=format_date(off))
    keep_holiday(uow, off, given, HolidayKind.HOLIDAY)
    keep_holiday(uow, worked, taken, HolidayKind.WORKDAY)


def remove_holiday(uow: UnitOfWork, day: date) -> None:
    """Take a day out of the table; a shipped one stays visible as removed, to be put back by `keep_holiday`."""
    uow.require(Permission.SETTINGS)
    shipped = _shipped().get(day)
    record = _record(uow, day)
    if shipped is not None and (record is None or record.kind != _ORDINARY):
        _write(uow, day, shipped.name, _ORDINARY, action="holiday.remove")
    elif shipped is None and record is not None:
        uow.name_step("holiday.remove", record)
        uow.session.delete(record)
    else:
        raise NotFoundError(_("{date} is not in the table of days off.").format(date=format_date(day)))


def warning(uow: UnitOfWork, first: date, last: date) -> str | None:
    """What to say of working days counted over this period: years without a table; None when all is known."""
    unknown = calendar(uow).unknown_years(first, last)
    if not unknown:
        return None
    return ngettext(
        "There is no table of days off for {years}: only Saturdays and Sundays were left out. Enter the days off.",
        "There is no table of days off for the years {years}: only Saturdays and Sundays were left out. "
        "Enter the days off.",
        len(unknown),
    ).format(years=", ".join(map(str, unknown)))


def _all(uow: UnitOfWork) -> dict[date, HolidayView]:
    views = dict(_shipped())
    for record in uow.session.scalars(select(Holiday)):
        removed = record.kind == _ORDINARY
        views[record.day] = HolidayView(
            day=record.day,
            name=record.name,
            kind=views[record.day].kind if removed and record.day in views else HolidayKind(record.kind or "holiday"),
            certainty=record.certainty,
            shipped=False,
            removed=removed,
        )
    return views


def _record(uow: UnitOfWork, day: date) -> Holiday | None:
    return uow.session.scalars(select(Holiday).where(Holiday.day == day)).first()


def _write(uow: UnitOfWork, day: date, name: str, kind: str, action: str = "holiday.keep") -> None:
    record = _record(uow, day)
    if record is None:
        record = Holiday(day=day, name=name, kind=kind, certainty=OWN)
        uow.add(record)
    else:
        record.name, record.kind, record.certainty = name, kind, OWN
    uow.name_step(action, record)


@cache
def _shipped() -> Mapping[date, HolidayView]:
    with resource("data", "holidays.toml").open("rb") as file:
        rows = tomllib.load(file)["day"]
    return {
        row["day"]: HolidayView(row["day"], row["name"], HolidayKind(row["kind"]), row["certainty"], True, False)
        for row in rows
    }
