"""What is wrong with a loan as it was typed: no programme that lends, nobody who may borrow, no sum, no purpose."""

from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.loans import LoanData
from casemgr.domain.support import SupportKind, Unit
from casemgr.domain.text import clean
from casemgr.errors import Problem
from casemgr.i18n import _
from casemgr.persistence.models import Household, Membership, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.programmes import catalogue

MOST: Final = 100_000_000_000
"""More than any loan of the policy bank; a longer number is a typing error."""
LONGEST: Final = 600
"""Months; a longer term is a typing error."""


def problems_of(uow: UnitOfWork, data: LoanData) -> list[Problem]:
    """Everything that cannot be written down as it is."""
    problems = []
    found = catalogue(uow)
    programme = found.programmes.get(data.programme)
    household = uow.record(Household, data.household_id)
    if household.ended_on is not None:
        problems.append(Problem("household_id", _("The office no longer keeps this household.")))
    if programme is None or programme.kind is not SupportKind.LOAN:
        problems.append(Problem("programme", _("Choose a programme that lends.")))
    elif programme.unit is Unit.PERSON and data.person_id is None:
        problems.append(Problem("person_id", _("This programme lends for a person: choose who.")))
    if data.person_id is not None:
        problems += _of_person(uow, data.household_id, data.person_id)
    if not 0 < data.amount <= MOST:
        problems.append(Problem("amount", _("Write the sum in đồng, more than zero.")))
    if not 0 <= data.term_months <= LONGEST:
        problems.append(Problem("term_months", _("Write the term in months, e.g. 60.")))
    if not clean(data.purpose):
        problems.append(Problem("purpose", _("Write what the money is for: the list 03/TD names it.")))
    if data.asked_on is not None and data.asked_on > uow.today:
        problems.append(Problem("asked_on", _("The date lies in the future.")))
    return problems


def _of_person(uow: UnitOfWork, household_id: UUID, person_id: UUID) -> list[Problem]:
    person = uow.record(Person, person_id)
    present = uow.session.scalars(
        select(Membership.id).where(
            Membership.household_id == household_id,
            Membership.person_id == person_id,
            Membership.left_on.is_(None),
            Membership.left_reason.is_(None),
        )
    ).first()
    if person.died_on is not None:
        return [Problem("person_id", _("This person has died."))]
    return [] if present else [Problem("person_id", _("This person is no member of the household."))]
