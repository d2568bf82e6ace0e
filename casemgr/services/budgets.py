"""Use cases of budgets: money set aside for a programme in a year, what of it is spent, planned and left."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, func, select

from casemgr.domain.distributions import COUNTED, MOST, OPEN
from casemgr.domain.permissions import Permission
from casemgr.domain.support import BudgetData, DeliveryStatus, FundSource
from casemgr.domain.text import clean
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_money
from casemgr.persistence.models import Budget, Delivery
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.programmes import catalogue

_FIRST_YEAR = 2000
_MOST = 100 * MOST


@dataclass(frozen=True)
class BudgetView:
    """A budget with where it stands."""

    id: UUID
    version: int
    data: BudgetData
    spent: int
    """Đồng handed out, returns and corrections taken off."""
    planned: int
    """Đồng on lists that are not handed out yet."""

    @property
    def left(self) -> int:
        """What is neither spent nor planned; negative when more is planned than there is."""
        return self.data.amount - self.spent - self.planned


def keep_budget(
    uow: UnitOfWork, data: BudgetData, *, budget_id: UUID | None = None, version: int | None = None
) -> UUID:
    """Enter a budget, or correct one; it cannot fall below what is already spent and planned from it."""
    uow.require(Permission.EDIT)
    problems = []
    if data.programme not in catalogue(uow).programmes:
        problems.append(Problem("programme", _("Choose a programme of the catalogue.")))
    if not _FIRST_YEAR <= data.year <= uow.today.year + 5:
        problems.append(Problem("year", _("Write the year with four digits.")))
    if not 0 < data.amount <= _MOST:
        problems.append(Problem("amount", _("Write how much money it is, in đồng.")))
    record = uow.record(Budget, budget_id, version) if budget_id else None
    if record is not None:
        spent, planned = _used(uow, [record.id]).get(record.id, (0, 0))
        if 0 < data.amount < spent + planned:
            message = _("{amount} of this budget is already spent or planned; it cannot be less.")
            problems.append(Problem("amount", message.format(amount=format_money(spent + planned))))
        moved = (record.year, record.programme, record.source) != (data.year, data.programme, data.source.value)
        if moved and (spent or planned):
            message = _("Something is paid from this budget already: its year, programme and source stay.")
            problems.append(Problem("programme", message))
    if problems:
        raise ValidationError(problems)
    values = {
        "year": data.year,
        "programme": data.programme,
        "source": data.source.value,
        "amount": data.amount,
        "document": clean(data.document),
    }
    if record is None:
        record = Budget(**values)
        uow.add(record)
    else:
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    uow.name_step("budget.keep", record)
    return record.id


def remove_budget(uow: UnitOfWork, budget_id: UUID, version: int) -> None:
    """Take a budget out; refused once something was paid or planned from it."""
    uow.require(Permission.EDIT)
    record = uow.record(Budget, budget_id, version)
    if uow.session.scalars(select(Delivery.id).where(Delivery.budget_id == budget_id)).first() is not None:
        raise ValidationError([Problem("", _("Something is paid or planned from this budget: it stays."))])
    uow.name_step("budget.keep", record)
    uow.session.delete(record)


def budgets(uow: UnitOfWork, year: int | None = None, *, programme: str | None = None) -> list[BudgetView]:
    """Budgets of a year, or all, newest year first, then by programme and source."""
    uow.require(Permission.READ)
    statement = select(Budget).order_by(Budget.year.desc(), Budget.programme, Budget.source, Budget.id)
    if year is not None:
        statement = statement.where(Budget.year == year)
    if programme is not None:
        statement = statement.where(Budget.programme == programme)
    return _views(uow, list(uow.session.scalars(statement)))


def budget(uow: UnitOfWork, budget_id: UUID) -> BudgetView:
    """One budget."""
    uow.require(Permission.READ)
    return _views(uow, [uow.record(Budget, budget_id)])[0]


def fitting(uow: UnitOfWork, programme: str, source: FundSource, year: int) -> list[BudgetView]:
    """Budgets a payment may come from, the one with most left first."""
    found = [view for view in budgets(uow, year, programme=programme) if view.data.source is source]
    return sorted(found, key=lambda view: -view.left)


def _views(uow: UnitOfWork, rows: list[Budget]) -> list[BudgetView]:
    used = _used(uow, [row.id for row in rows])
    return [
        BudgetView(
            id=row.id,
            version=row.version,
            data=BudgetData(row.year, row.programme, FundSource(row.source), row.amount, row.document),
            spent=used.get(row.id, (0, 0))[0],
            planned=used.get(row.id, (0, 0))[1],
        )
        for row in rows
    ]


def _used(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Spent and planned by budget. A return is an entry with the other sign and counts as such."""
    worth = Delivery.amount + Delivery.goods_value
    returned = (Delivery.status == DeliveryStatus.RETURNED.value) & Delivery.corrects_id.is_not(None)
    spent = case((Delivery.status.in_([one.value for one in COUNTED]) | returned, worth), else_=0)
    planned = case((Delivery.status.in_([one.value for one in OPEN]), worth), else_=0)
    statement = (
        select(Delivery.budget_id, func.sum(spent), func.sum(planned))
        .where(Delivery.budget_id.in_(list(ids)))
        .group_by(Delivery.budget_id)
    )
    return {
        budget_id: (int(paid), int(open_))
        for budget_id, paid, open_ in uow.session.execute(statement)
        if budget_id is not None
    }
