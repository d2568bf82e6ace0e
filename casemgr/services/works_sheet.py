"""The register of public works as rows for an Excel file, with a line of sums below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from casemgr.domain import community
from casemgr.domain.permissions import Permission
from casemgr.domain.support import FUND_LABELS
from casemgr.i18n import N_, _, format_date
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.works import WORKS_STATE_LABELS, WorksQuery, WorksRow, rows

Cell = str | int | bool | date | None

_BEFORE: Final = (
    N_("Works"),
    N_("Kind"),
    N_("Hamlet"),
    N_("Investor"),
    N_("Approved by"),
    N_("Budget, in đồng"),
)
_AFTER: Final = (
    N_("Paid out, in đồng"),
    N_("Given by people, in đồng"),
    N_("Days of work given by people"),
    N_("Land given by people, in m²"),
    N_("Begun on"),
    N_("Done, per cent"),
    N_("Accepted on"),
    N_("State"),
    N_("Households served"),
    N_("Agrees with the plan"),
    N_("Kept up by"),
    N_("Last upkeep"),
    N_("Upkeep due on"),
    N_("Upkeep overdue"),
    N_("Note"),
)


_SUMMED_AFTER: Final = 4
"""Of the columns after the funds, how many are sums of money, days and land."""


@dataclass(frozen=True)
class WorksSheet:
    """The register as a table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet(uow: UnitOfWork, query: WorksQuery, on: date) -> WorksSheet:
    """The register as narrowed, as of a day."""
    uow.require(Permission.EXPORT)
    found = rows(uow, query, on)
    funds = [code for code in FUND_LABELS if any(row.data.budget_sources.get(code) for row in found)]
    columns = (
        *map(_, _BEFORE),
        *(_("From: {fund}").format(fund=_(FUND_LABELS[code])) for code in funds),
        *map(_, _AFTER),
    )
    lines = [_line(row, [code.value for code in funds], on) for row in found]
    summed = range(len(_BEFORE) - 1, len(_BEFORE) + len(funds) + _SUMMED_AFTER)
    if lines:
        total = [_sum(line[at] for line in lines) if at in summed else None for at in range(len(columns))]
        lines.append((_("Total"), *total[1:]))
    title = _("Register of public works as of {day}").format(day=format_date(on))
    return WorksSheet(title, columns, tuple(lines))


def _sum(cells: Iterable[Cell]) -> int:
    return sum(cell for cell in cells if isinstance(cell, int))


def _line(row: WorksRow, funds: list[str], on: date) -> tuple[Cell, ...]:
    data = row.data
    return (
        data.name,
        community.label(community.WORKS, data.kind),
        row.hamlet,
        data.investor,
        data.approval,
        data.budget,
        *(data.budget_sources.get(code, 0) for code in funds),
        data.disbursed,
        data.contribution,
        data.contribution_days,
        data.land,
        data.start_on,
        data.progress,
        data.accepted_on,
        _(WORKS_STATE_LABELS[row.state]),
        data.households,
        data.planned_for,
        data.maintenance,
        data.maintained_on,
        data.maintenance_due,
        row.overdue(on),
        data.note,
    )
