"""The log of contacts with people abroad and their families, and when the next one is due."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.abroad_reckoning import over_after
from casemgr.domain.abroad_words import Channel
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import AbroadCase, AbroadContact, Household
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import abroad_dues
from casemgr.services.abroad_numbers import numbers


@dataclass(frozen=True)
class ContactData:
    """A contact as an officer writes it."""

    on: date
    channel: Channel = Channel.PHONE
    with_whom: str = ""
    reached: bool = True
    """The worker or the family answered for the worker."""
    situation: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class ContactView:
    """A contact on record."""

    id: UUID
    version: int
    data: ContactData


def log(uow: UnitOfWork, case_id: UUID, data: ContactData) -> UUID:
    """Write a contact down; when somebody was reached, the question of protection is answered by it."""
    uow.require(Permission.EDIT)
    case = uow.record(AbroadCase, case_id)
    if case.departed_on is None:
        raise ConflictError(_("Contacts are logged after the departure."))
    problems = []
    if data.on > uow.today:
        problems.append(Problem("on", _("The date lies in the future.")))
    if data.next_on is not None and data.next_on <= data.on:
        problems.append(Problem("next_on", _("The next contact lies after this one.")))
    if not clean(data.with_whom):
        problems.append(Problem("with_whom", _("Write who was asked.")))
    if problems:
        raise ValidationError(problems)
    record = AbroadContact(
        case_id=case_id,
        on_date=data.on,
        channel=data.channel.value,
        with_whom=clean(data.with_whom),
        reached=data.reached,
        situation=clean(data.situation),
        next_on=data.next_on,
    )
    uow.add(record)
    uow.name_step("abroad.contact", uow.record(Household, case.household_id))
    uow.session.flush()
    abroad_dues.refresh(uow, case)
    return record.id


def contacts(uow: UnitOfWork, case_id: UUID) -> list[ContactView]:
    """The log of a case, the newest contact first."""
    uow.require(Permission.READ)
    statement = select(AbroadContact).where(AbroadContact.case_id == case_id)
    ordered = statement.order_by(AbroadContact.on_date.desc(), AbroadContact.id.desc())
    return [
        ContactView(
            one.id,
            one.version,
            ContactData(one.on_date, Channel(one.channel), one.with_whom, one.reached, one.situation, one.next_on),
        )
        for one in uow.session.scalars(ordered)
    ]


def next_contact(uow: UnitOfWork, case_id: UUID) -> date | None:
    """When somebody abroad should be asked again: as agreed, else by the office's number of days; None otherwise."""
    uow.require(Permission.READ)
    case = uow.record(AbroadCase, case_id)
    if case.departed_on is None or case.returned_on is not None:
        return None
    known = contacts(uow, case_id)
    if known and known[0].data.next_on is not None:
        return known[0].data.next_on
    days = numbers(uow, uow.today)("ABROAD.SILENCE")
    return over_after(known[0].data.on if known else case.departed_on, days) if days is not None else None
