"""Lists of loans: which are shown, one line each as of a day, and sums that always equal the sum of their loans."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.households import household_code
from casemgr.domain.loans import LoanStanding, LoanStatus, standing
from casemgr.domain.permissions import Permission
from casemgr.domain.text import fold
from casemgr.i18n import _
from casemgr.persistence.models import HouseholdIndex, Loan, Person
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.loan_moves import may_see, moves_of, plans_of
from casemgr.services.loan_rules import loan_programmes
from casemgr.services.offices import hamlet_names
from casemgr.services.programmes import catalogue

_PART: Final = 500
_ORDER: Final = (
    LoanStatus.ASKED.value,
    LoanStatus.LISTED.value,
    LoanStatus.RUNNING.value,
    LoanStatus.REPAID.value,
    LoanStatus.REFUSED.value,
)


@dataclass(frozen=True)
class LoanQuery:
    """Which loans a list shows; empty means all."""

    text: str = ""
    """Part of the borrower's or head's name without accents, the household's code, the group or organisation."""
    programmes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    hamlets: tuple[UUID, ...] = ()
    household_id: UUID | None = None
    overdue: bool = False
    """Only those with an instalment past its day today; nothing for whoever may not see balances."""


@dataclass(frozen=True)
class LoanRow:
    """One line of the list."""

    id: UUID
    version: int
    household_id: UUID
    code: str
    head: str
    borrower: str
    hamlet_id: UUID | None
    hamlet: str
    programme: str
    programme_name: str
    status: LoanStatus
    purpose: str
    group_name: str
    organisation: str
    amount: int
    term_months: int
    asked_on: date | None
    rate_millionths: int | None
    class_value: str
    listed_on: date | None
    """Day of the confirmed list 03/TD."""
    standing: LoanStanding | None
    """None for whoever may not see balances."""

    @property
    def balance(self) -> int | None:
        """Đồng still owed; None for whoever may not see it."""
        return self.standing.balance if self.standing else None

    @property
    def overdue_days(self) -> int:
        """Days since the oldest unpaid instalment fell due; 0 too for whoever may not see it."""
        return self.standing.overdue_days if self.standing else 0


@dataclass(frozen=True)
class DueRow:
    """One instalment, or what is left of it, that fell due or soon will."""

    loan_id: UUID
    household_id: UUID
    code: str
    borrower: str
    hamlet: str
    group_name: str
    organisation: str
    programme: str
    programme_name: str
    due_on: date
    amount: int
    late_days: int
    """0 when it is still to come."""


@dataclass(frozen=True)
class LoanTotal:
    """The sum of some loans."""

    key: str
    label: str
    loans: int
    disbursed: int
    repaid: int
    overdue: int
    """Loans with an instalment past its day."""
    overdue_balance: int
    """Đồng of the instalments past their day."""
    due: int = 0
    """Đồng of the instalments that fall due in the days asked for."""

    @property
    def balance(self) -> int:
        """Đồng still owed."""
        return self.disbursed - self.repaid


def find(uow: UnitOfWork, query: LoanQuery) -> list[UUID]:
    """Ids of the loans, those still to be handled first, then by due date."""
    uow.require(Permission.READ)
    statement = (
        select(
            Loan.id, Loan.status, Loan.due_on, Loan.asked_on, Loan.group_name, Loan.organisation,
            HouseholdIndex.head_name, HouseholdIndex.number, Person.full_name,
        )
        .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Loan.household_id)
        .outerjoin(Person, Person.id == Loan.person_id)
    )  # fmt: skip
    if query.programmes:
        statement = statement.where(Loan.programme.in_(query.programmes))
    if query.statuses:
        statement = statement.where(Loan.status.in_(query.statuses))
    if query.hamlets:
        statement = statement.where(HouseholdIndex.hamlet_id.in_(query.hamlets))
    if query.household_id is not None:
        statement = statement.where(Loan.household_id == query.household_id)
    if query.overdue:
        statement = statement.where(Loan.status == LoanStatus.RUNNING.value)
    words = fold(query.text).split()
    found = []
    for loan, status, due, asked, group, organisation, head, number, borrower in uow.session.execute(statement):
        told = fold(f"{head or ''} {borrower or ''} {household_code(number) if number else ''} {group} {organisation}")
        if all(word in told for word in words):
            found.append((_ORDER.index(status), due or asked or date.max, loan))
    ids = [loan for _place, _day, loan in sorted(found)]
    if not query.overdue:
        return ids
    stands = _standings(uow, ids, uow.today)
    return [loan for loan in ids if loan in stands and stands[loan].overdue_days]


def rows(uow: UnitOfWork, ids: Sequence[UUID], on: date | None = None) -> list[LoanRow]:
    """The lines of these loans in the order of `ids`, as they stand at the end of the day."""
    uow.require(Permission.READ)
    day = on or uow.today
    names, programmes = hamlet_names(uow), loan_programmes(catalogue(uow))
    found: dict[UUID, LoanRow] = {}
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        stands = _standings(uow, part, day)
        statement = (
            select(Loan, HouseholdIndex, Person.full_name)
            .outerjoin(HouseholdIndex, HouseholdIndex.household_id == Loan.household_id)
            .outerjoin(Person, Person.id == Loan.person_id)
            .where(Loan.id.in_(part))
        )
        for loan, index, borrower in uow.session.execute(statement):
            found[loan.id] = LoanRow(
                id=loan.id,
                version=loan.version,
                household_id=loan.household_id,
                code=household_code(index.number) if index else "",
                head=index.head_name if index else "",
                borrower=borrower or (index.head_name if index else ""),
                hamlet_id=index.hamlet_id if index else None,
                hamlet=names.get(index.hamlet_id, "") if index and index.hamlet_id else "",
                programme=loan.programme,
                programme_name=programmes.get(loan.programme, loan.programme),
                status=LoanStatus(loan.status),
                purpose=loan.purpose,
                group_name=loan.group_name,
                organisation=loan.organisation,
                amount=loan.amount,
                term_months=loan.term_months,
                asked_on=loan.asked_on,
                rate_millionths=loan.rate_millionths,
                class_value=loan.class_value,
                listed_on=loan.listed_on,
                standing=stands.get(loan.id),
            )
    return [found[loan] for loan in ids if loan in found]


def of_household(uow: UnitOfWork, household_id: UUID) -> list[LoanRow]:
    """A household's loans."""
    return rows(uow, find(uow, LoanQuery(household_id=household_id)))


TOTALS: Final[dict[str, Callable[[LoanRow], tuple[str, str]]]] = {
    "programme": lambda row: (row.programme, row.programme_name),
    "hamlet": lambda row: (str(row.hamlet_id or ""), row.hamlet or _("No hamlet")),
    "organisation": lambda row: (row.organisation, row.organisation or _("No organisation named")),
    "group": lambda row: (row.group_name, row.group_name or _("No group named")),
    "class": lambda row: (row.class_value, row.class_value),
}
"""What sums may be told by."""


def totals(uow: UnitOfWork, by: str, on: date | None = None, query: LoanQuery | None = None) -> list[LoanTotal]:
    """Sums of every loan paid out by that day, by one of `TOTALS`; the largest debt first."""
    uow.require(Permission.SEE_BALANCES)
    return summed(rows(uow, find(uow, query or LoanQuery()), on), by)


def summed(lines: Iterable[LoanRow], by: str, until: date | None = None) -> list[LoanTotal]:
    """The same of lines already read; `until` asks also for what falls due until that day and is not overdue."""
    groups: dict[tuple[str, str], list[LoanStanding]] = {}
    for row in lines:
        if row.standing is not None and row.standing.disbursed:
            groups.setdefault(TOTALS[by](row), []).append(row.standing)
    found = [
        LoanTotal(
            key=key,
            label=label,
            loans=len(group),
            disbursed=sum(one.disbursed for one in group),
            repaid=sum(one.repaid for one in group),
            overdue=sum(1 for one in group if one.overdue_days),
            overdue_balance=sum(one.overdue for one in group),
            due=sum(one.due_by(until) for one in group) if until else 0,
        )
        for (key, label), group in groups.items()
    ]
    return sorted(found, key=lambda total: (-total.balance, total.label))


def due(uow: UnitOfWork, query: LoanQuery, until: date, on: date | None = None) -> list[DueRow]:
    """Instalments of the loans that are not repaid at the end of a day and fall due until another."""
    uow.require(Permission.SEE_BALANCES)
    day = on or uow.today
    return dues(rows(uow, find(uow, query), day), until, day)


def dues(lines: Iterable[LoanRow], until: date, on: date) -> list[DueRow]:
    """Every instalment of these loans that is not repaid and falls due until a day, by hamlet, group and day."""
    found = [
        DueRow(
            loan_id=row.id,
            household_id=row.household_id,
            code=row.code,
            borrower=row.borrower,
            hamlet=row.hamlet,
            group_name=row.group_name,
            organisation=row.organisation,
            programme=row.programme,
            programme_name=row.programme_name,
            due_on=one.due_on,
            amount=one.amount,
            late_days=max(0, (on - one.due_on).days),
        )
        for row in lines
        if row.standing is not None
        for one in row.standing.open
        if one.due_on <= until
    ]
    return sorted(found, key=lambda row: (fold(row.hamlet), fold(row.group_name), row.due_on, fold(row.borrower)))


def names_used(uow: UnitOfWork) -> tuple[list[str], list[str]]:
    """Groups and organisations already written down, for choosing them again."""
    uow.require(Permission.READ)
    groups = set(uow.session.scalars(select(Loan.group_name).distinct()))
    organisations = set(uow.session.scalars(select(Loan.organisation).distinct()))
    return sorted(groups - {""}, key=fold), sorted(organisations - {""}, key=fold)


def _standings(uow: UnitOfWork, ids: Sequence[UUID], on: date) -> dict[UUID, LoanStanding]:
    """How these loans stand; nothing for whoever may not see it."""
    if not may_see(uow):
        return {}
    known, plans = moves_of(uow, ids), plans_of(uow, ids)
    return {loan: standing((move for _id, move in known.get(loan, ())), on, plans.get(loan, ())) for loan in ids}
