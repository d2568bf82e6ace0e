"""Dated figures of work abroad: periods, ceilings and amounts of a day, each looked up once."""

from datetime import date

from casemgr.domain.abroad_reckoning import Number
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.programmes import catalogue


def numbers(uow: UnitOfWork, day: date) -> Number:
    """The figures that hold on a day."""
    known = catalogue(uow)
    seen: dict[str, int | None] = {}

    def number(code: str) -> int | None:
        if code not in seen:
            rate = known.rate(code, day)
            seen[code] = rate.value if rate else None
        return seen[code]

    return number
