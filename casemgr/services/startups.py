"""Businesses begun with the help of work abroad: idea, capital, training, start and result (programme KNTN)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from casemgr.domain.abroad_words import StartupStatus
from casemgr.domain.households import household_code
from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import AbroadCase, Household, HouseholdIndex, Loan, Membership, Person, Startup
from casemgr.persistence.uow import UnitOfWork


@dataclass(frozen=True)
class StartupData:
    """A business as an officer writes it."""

    person_id: UUID
    household_id: UUID
    idea: str
    case_id: UUID | None = None
    savings: int = 0
    """Brought from abroad or saved, đồng."""
    loan_id: UUID | None = None
    training: str = ""
    start_on: date | None = None
    status: StartupStatus = StartupStatus.PLANNED
    result: str = ""
    note: str = ""


@dataclass(frozen=True)
class StartupView:
    """A business on record."""

    id: UUID
    version: int
    data: StartupData
    code: str
    head: str
    person: str
    loan: int
    """What the loan was asked for."""

    @property
    def capital(self) -> int:
        """Savings and loan."""
        return self.data.savings + self.loan


def keep(uow: UnitOfWork, data: StartupData, *, startup_id: UUID | None = None, version: int = 0) -> UUID:
    """Write a business down, or correct it."""
    uow.require(Permission.EDIT)
    problems = _problems(uow, data)
    if problems:
        raise ValidationError(problems)
    values = {
        "person_id": data.person_id,
        "household_id": data.household_id,
        "case_id": data.case_id,
        "idea": clean(data.idea),
        "savings": data.savings,
        "loan_id": data.loan_id,
        "training": clean(data.training),
        "start_on": data.start_on,
        "status": data.status.value,
        "result": clean(data.result),
        "note": clean(data.note),
    }
    if startup_id is None:
        record = Startup(**values)
        uow.add(record)
    else:
        record = uow.record(Startup, startup_id, version)
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("startup.keep", uow.record(Household, data.household_id))
    uow.session.flush()
    return record.id


def of_household(uow: UnitOfWork, household_id: UUID) -> list[StartupView]:
    """The businesses of a household, the newest first."""
    uow.require(Permission.READ)
    return _read(uow, _statement().where(Startup.household_id == household_id).order_by(Startup.id.desc()))


def startups(uow: UnitOfWork, status: StartupStatus | None = None, *, limit: int = 500) -> list[StartupView]:
    """Every business, or those of one status, the newest first."""
    uow.require(Permission.READ)
    statement = _statement().order_by(Startup.id.desc()).limit(limit)
    return _read(uow, statement.where(Startup.status == status.value) if status else statement)


def _problems(uow: UnitOfWork, data: StartupData) -> list[Problem]:
    problems = []
    if not clean(data.idea):
        problems.append(Problem("idea", _("Write what the business is.")))
    if data.savings < 0:
        problems.append(Problem("savings", _("A number here is 0 or more.")))
    if data.status is not StartupStatus.PLANNED and data.start_on is None:
        problems.append(Problem("start_on", _("Write the day the business began.")))
    if data.status is not StartupStatus.PLANNED and data.start_on is not None and data.start_on > uow.today:
        problems.append(Problem("start_on", _("The date lies in the future.")))
    if data.status is StartupStatus.ENDED and not clean(data.result):
        problems.append(Problem("result", _("Write how it ended.")))
    member = select(Membership.id).where(
        Membership.person_id == data.person_id, Membership.household_id == data.household_id
    )
    if uow.session.scalar(member.limit(1)) is None:
        problems.append(Problem("person_id", _("This person does not belong to the household.")))
    if data.loan_id is not None and uow.record(Loan, data.loan_id).household_id != data.household_id:
        problems.append(Problem("loan_id", _("This loan belongs to another household.")))
    if data.case_id is not None and uow.record(AbroadCase, data.case_id).person_id != data.person_id:
        problems.append(Problem("case_id", _("This case belongs to another person.")))
    return problems


def _statement() -> Select[*tuple[Any, ...]]:
    return (
        select(Startup, HouseholdIndex.number, HouseholdIndex.head_name, Person.full_name, Loan.amount)
        .join(HouseholdIndex, HouseholdIndex.household_id == Startup.household_id)
        .join(Person, Person.id == Startup.person_id)
        .outerjoin(Loan, Loan.id == Startup.loan_id)
    )


def _read(uow: UnitOfWork, statement: Select[*tuple[Any, ...]]) -> list[StartupView]:
    return [
        StartupView(
            id=record.id,
            version=record.version,
            data=StartupData(
                person_id=record.person_id,
                household_id=record.household_id,
                idea=record.idea,
                case_id=record.case_id,
                savings=record.savings,
                loan_id=record.loan_id,
                training=record.training,
                start_on=record.start_on,
                status=StartupStatus(record.status),
                result=record.result,
                note=record.note,
            ),
            code=household_code(number),
            head=head,
            person=person,
            loan=loan or 0,
        )
        for record, number, head, person, loan in uow.session.execute(statement)
    ]
