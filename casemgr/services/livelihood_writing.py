"""What is wrong with a livelihood plan as it was typed, each beside its field."""

from datetime import date

from casemgr.domain.livelihoods import CostLine, OwnLine, PlanContent
from casemgr.domain.text import clean
from casemgr.errors import Problem
from casemgr.i18n import _


def problems_of(
    content: PlanContent, *, programme: str, product: str, asked_on: date | None, escape_year: int | None, today: date
) -> list[Problem]:
    """Everything that keeps it from being written down."""
    problems = []
    if not programme:
        problems.append(Problem("programme", _("Choose the programme.")))
    if not clean(product):
        problems.append(Problem("product", _("Write what is raised, grown or made.")))
    if asked_on is not None and asked_on > today:
        problems.append(Problem("asked_on", _("The date lies in the future.")))
    if escape_year is not None and escape_year < today.year:
        problems.append(Problem("escape_year", _("The year to leave poverty lies in the past.")))
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
