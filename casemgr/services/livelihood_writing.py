"""What is wrong with a livelihood plan as it was typed, each beside its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemgr.domain.livelihoods import CostLine, OwnLine
from casemgr.domain.text import clean
from casemgr.errors import Problem
from casemgr.i18n import _

if TYPE_CHECKING:
    from casemgr.persistence.uow import UnitOfWork
    from casemgr.services.livelihoods import LivelihoodData


def problems_of(uow: UnitOfWork, data: LivelihoodData) -> list[Problem]:
    """Everything that keeps it from being written down."""
    problems = []
    if not data.programme:
        problems.append(Problem("programme", _("Choose the programme.")))
    if not clean(data.product):
        problems.append(Problem("product", _("Write what is raised, grown or made.")))
    if data.asked_on is not None and data.asked_on > uow.today:
        problems.append(Problem("asked_on", _("The date lies in the future.")))
    if data.escape_year is not None and data.escape_year < uow.today.year:
        problems.append(Problem("escape_year", _("The year to leave poverty lies in the past.")))
    content = data.content
    lines: list[CostLine | OwnLine] = [*content.costs, *content.own]
    if any(line.quantity < 0 or line.unit_price < 0 for line in lines):
        problems.append(Problem("costs", _("A number here is 0 or more.")))
    if any(not clean(line.name) for line in lines):
        problems.append(Problem("costs", _("Write what each line is for.")))
    if any(line.paid > line.amount for line in content.own):
        problems.append(Problem("own", _("More is put in than the line holds; correct one of the two.")))
    months = [month for step in content.season for month in (step.first_month, step.last_month)]
    if any(not 1 <= month <= 12 for month in months):
        problems.append(Problem("season", _("Months go from 1 to 12.")))
    return problems
