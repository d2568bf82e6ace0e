"""Whether the money of a list is there: each row takes from its budget in the order of the list."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from casemgr.domain.distributions import Cause, Finding, worth
from casemgr.domain.findings import Severity
from casemgr.domain.support import DeliveryData, DeliveryStatus
from casemgr.i18n import _, format_money
from casemgr.persistence.models import Delivery
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import budgets
from casemgr.services.budgets import BudgetView
from casemgr.services.delivery_surroundings import PART


def add_budgets(
    uow: UnitOfWork, items: Sequence[DeliveryData], found: list[list[Finding]], but: frozenset[UUID]
) -> None:
    """Money is taken in the order of the list; from where it is used up every further row is refused."""
    ids = {item.budget_id for item in items if item.budget_id is not None}
    left: dict[UUID, int] = {}
    data: dict[UUID, BudgetView] = {}
    for budget_id in ids:
        view = budgets.budget(uow, budget_id)
        data[budget_id] = view
        left[budget_id] = view.left + _given_back(uow, budget_id, but)
    for place, item in enumerate(items):
        if item.budget_id is None:
            continue
        kept = data[item.budget_id].data
        if (kept.programme, kept.source) != (item.programme, item.source):
            told = _("The budget chosen belongs to another programme or source.")
            found[place].append(Finding(Cause.BUDGET, Severity.REFUSE, told))
            continue
        if kept.year != item.on.year:
            told = _("The budget chosen is of {year}.").format(year=kept.year)
            found[place].append(Finding(Cause.BUDGET, Severity.WARN, told))
        wanted = worth(item.amount, item.goods)
        if wanted > left[item.budget_id]:
            message = _("The budget of {year} has {left} left; {amount} is asked for.")
            told = message.format(
                year=kept.year, left=format_money(max(0, left[item.budget_id])), amount=format_money(wanted)
            )
            found[place].append(Finding(Cause.BUDGET, Severity.REFUSE, told))
        else:
            left[item.budget_id] -= wanted


def _given_back(uow: UnitOfWork, budget_id: UUID, but: frozenset[UUID]) -> int:
    """What the entries that are being changed take from the budget now, their corrections taken in."""
    total = 0
    for start in range(0, len(but), PART):
        part = sorted(but)[start : start + PART]
        rows = select(Delivery.amount, Delivery.goods_value).where(
            or_(Delivery.id.in_(part), Delivery.corrects_id.in_(part)),
            Delivery.budget_id == budget_id,
            Delivery.status != DeliveryStatus.CANCELLED.value,
        )
        total += sum(amount + goods for amount, goods in uow.session.execute(rows))
    return total
