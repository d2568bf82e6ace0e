"""Use cases of entitlements: what a household and its people are entitled to on a day, why, and what is missing."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from casemgr.domain.entitlement_marks import Judge
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Catalogue
from casemgr.i18n import _
from casemgr.jobs import Progress, silent, without_collecting
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.entitlement_bulk import Bulk, homes
from casemgr.services.entitlement_changes import SupportChange, class_effects, open_tasks
from casemgr.services.entitlement_reading import Reading
from casemgr.services.entitlement_rows import Entitlement, Outcome
from casemgr.services.entitlement_words import Words
from casemgr.services.programmes import catalogue

__all__ = [
    "Entitlement",
    "Outcome",
    "SupportChange",
    "class_effects",
    "entitlements",
    "of_all",
    "of_households",
    "open_tasks",
]

_CHUNK: Final = 500
_ALL_FROM: Final = 30_000
"""From so many households on, reading every row once is quicker than asking for each."""
_REPORT: Final = 2_000


def entitlements(
    uow: UnitOfWork,
    household_id: UUID,
    on: date,
    *,
    programmes: Collection[str] | None = None,
    refused: bool = True,
) -> list[Entitlement]:
    """Every programme of the day for a household and each of its people, in the order of the catalogue.

    Without `refused` those only which it is, or may be, entitled to.
    """
    return of_households(uow, [household_id], on, programmes=programmes, refused=refused)


def of_households(
    uow: UnitOfWork,
    household_ids: Sequence[UUID],
    on: date,
    *,
    programmes: Collection[str] | None = None,
    refused: bool = True,
) -> list[Entitlement]:
    """The same for some households, e.g. to say why some of a list are left out."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    judge = _judge(found, on, None if programmes is None else frozenset(programmes))
    told: list[Entitlement] = []
    for start in range(0, len(household_ids), _CHUNK):
        part = household_ids[start : start + _CHUNK]
        reading = Reading(uow, found, on, part)
        names = reading.names(part)
        people = dict(reading.members())
        for raw, home in reading.homes.items():
            told += Words(judge, reading, home, people.get(raw, []), names).told(refused=refused)
    return told


@lru_cache(maxsize=4)
def _judge(found: Catalogue, on: date, programmes: frozenset[str] | None) -> Judge:
    return Judge(found, on, programmes)


def of_all(
    uow: UnitOfWork,
    on: date,
    *,
    programme: str | None = None,
    households: Sequence[UUID] | None = None,
    progress: Progress = silent,
    refused: bool = False,
) -> Iterator[Outcome]:
    """Who is entitled, or may be, without words; `refused` yields those who are not as well."""
    uow.require(Permission.READ)
    found = catalogue(uow)
    judge = Judge(found, on, None if programme is None else (programme,))
    bulk = Bulk(judge, refused=refused)
    if households is None or len(households) >= _ALL_FROM:
        wanted = None if households is None else frozenset(one.bytes for one in households)
        parts: list[Sequence[UUID] | None] = [None]
    else:
        wanted = None
        ordered = sorted(households)
        parts = [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]
    done, total = 0, len(households) if households is not None else 0
    with without_collecting():
        for part in parts:
            reading = Reading(uow, found, on, part)
            total = total or len(reading.homes)
            for home, members in homes(reading):
                done += 1
                if done % _REPORT == 0:
                    progress(done, total, _("Judging entitlements"))
                if wanted is None or home.raw in wanted:
                    yield from bulk.outcomes(reading, home, members)
