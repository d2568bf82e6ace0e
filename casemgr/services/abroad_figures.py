"""Figures of work abroad for target I13, each with the people or households behind it."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from casemgr.domain.abroad_words import StartupStatus
from casemgr.domain.permissions import Permission
from casemgr.persistence.models import AbroadCase, Startup
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.abroad_board import abroad_at

Pairs = frozenset[tuple[UUID, UUID]]
"""Household and person."""


def departures(uow: UnitOfWork, first: date, last: date) -> Pairs:
    """Who left in a period, both days counted."""
    return _pairs(uow, _people().where(AbroadCase.departed_on >= first, AbroadCase.departed_on <= last))


def still_abroad(uow: UnitOfWork, day: date) -> Pairs:
    """Who was abroad at the end of a day."""
    return _pairs(uow, _people().where(abroad_at(day)))


def contracts_ended(uow: UnitOfWork, first: date, last: date) -> Pairs:
    """Whose contract came to its end in a period while abroad, or who came home in it, early or late."""
    ended = and_(
        AbroadCase.contract_to >= first,
        AbroadCase.contract_to <= last,
        or_(AbroadCase.returned_on.is_(None), AbroadCase.returned_on >= AbroadCase.contract_to),
    )
    early = and_(
        AbroadCase.returned_on >= first,
        AbroadCase.returned_on <= last,
        AbroadCase.returned_on < AbroadCase.contract_to,
    )
    return _pairs(uow, _people().where(AbroadCase.departed_on.is_not(None), or_(ended, early)))


def returned_on_time(uow: UnitOfWork, first: date, last: date, *, grace: int) -> Pairs:
    """Of those, who came home at the end of the contract or within the days of grace after it."""
    uow.require(Permission.READ)
    statement = select(
        AbroadCase.household_id, AbroadCase.person_id, AbroadCase.contract_to, AbroadCase.returned_on
    ).where(
        AbroadCase.contract_to >= first,
        AbroadCase.contract_to <= last,
        AbroadCase.returned_on >= AbroadCase.contract_to,
    )
    return frozenset(
        (home, person)
        for home, person, end, returned in uow.session.execute(statement)
        if end is not None and returned is not None and (returned - end).days <= grace
    )


def startups_begun(uow: UnitOfWork, first: date, last: date) -> Pairs:
    """Who began a business in a period; planned ones have not begun."""
    uow.require(Permission.READ)
    statement = select(Startup.household_id, Startup.person_id).where(
        Startup.status != StartupStatus.PLANNED.value, Startup.start_on >= first, Startup.start_on <= last
    )
    return frozenset((home, person) for home, person in uow.session.execute(statement))


def followed(uow: UnitOfWork) -> frozenset[UUID]:
    """Everybody with a case: of them nothing else is asked."""
    uow.require(Permission.READ)
    return frozenset(uow.session.scalars(select(AbroadCase.person_id)))


def inside(pairs: Pairs, homes: Collection[bytes]) -> frozenset[bytes]:
    """The people of these households, as the targets keep ids."""
    return frozenset(person.bytes for home, person in pairs if home.bytes in homes)


def _people() -> Select[*tuple[Any, ...]]:
    return select(AbroadCase.household_id, AbroadCase.person_id)


def _pairs(uow: UnitOfWork, statement: Select[*tuple[Any, ...]]) -> Pairs:
    uow.require(Permission.READ)
    return frozenset((home, person) for home, person in uow.session.execute(statement))
