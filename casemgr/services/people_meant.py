"""Whom a line of a list means: by identity number, else by name, birth and hamlet together."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.dates import PartialDate
from casemgr.domain.households import household_code
from casemgr.domain.text import fold
from casemgr.i18n import N_, _
from casemgr.persistence.models import HouseholdIndex, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.offices import find_hamlet

SEVERAL = N_("Several people fit: write the identity number.")
"""Why nobody can be named although somebody fits."""


@dataclass(frozen=True)
class Meant:
    """The person a line means."""

    person_id: UUID
    household_id: UUID | None
    name: str
    code: str
    """Of the household; empty where she lives in none."""


def meant(
    uow: UnitOfWork, *, id_number: str | None, name: str, birth: PartialDate | None, hamlet: str = ""
) -> tuple[Meant | None, str]:
    """The one person, or why nobody can be named; an identity number of somebody else is never passed over."""
    present = (
        select(Person, HouseholdIndex)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & Membership.left_on.is_(None) & Membership.left_reason.is_(None),
        )
        .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Membership.household_id)
    )
    if id_number:
        own = (Person.id_number == id_number) | (Person.old_id_number == id_number)
        found = [(person, home) for person, home in uow.session.execute(present.where(own))]
        if found:
            return _one(found)
    if not name:
        return None, _("Nobody in the file has this identity number.")
    named = present.where(Person.name_key == fold(name), Membership.id.is_not(None))
    place = find_hamlet(uow, hamlet) if hamlet else None
    if place is not None:
        named = named.where(HouseholdIndex.hamlet_id == place)
    found = [(person, home) for person, home in uow.session.execute(named) if _same_birth(person.birth, birth)]
    if id_number:
        found = [(person, home) for person, home in found if person.id_number is None]
    return _one(found) if found else (None, _("Nobody in the file has this name, birth and hamlet."))


def _one(found: Sequence[tuple[Person, HouseholdIndex | None]]) -> tuple[Meant | None, str]:
    if len(found) > 1:
        return None, _(SEVERAL)
    person, home = found[0]
    code = household_code(home.number) if home else ""
    return Meant(person.id, home.household_id if home else None, person.full_name, code), ""


def _same_birth(kept: str | None, told: PartialDate | None) -> bool:
    """Whether both can be the same day; an unknown birth fits nobody by the name alone."""
    if kept is None or told is None:
        return False
    known = PartialDate.from_iso(kept)
    pairs = ((known.year, told.year), (known.month, told.month), (known.day, told.day))
    return all(one is None or other is None or one == other for one, other in pairs)
