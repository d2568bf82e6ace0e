"""Papers of community projects, filled in from the records."""

from uuid import UUID

from sqlalchemy import select

from casemgr.domain.dates import official_date
from casemgr.domain.permissions import Permission
from casemgr.persistence.models import Livelihood
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import community_projects, livelihood_groups, livelihood_visits
from casemgr.services import livelihood_paper_words as words
from casemgr.services.livelihood_papers import LIQUIDATION, Filled


def liquidation(uow: UnitOfWork, project_id: UUID) -> Filled:
    """Minutes that settle the contract of a project; the accepted value is that of its accepted plans."""
    uow.require(Permission.READ)
    project = community_projects.view(uow, project_id)
    plans = list(uow.session.scalars(select(Livelihood.id).where(Livelihood.project_id == project_id)))
    minutes = [found[0] for one in plans if (found := livelihood_visits.acceptances(uow, one))]
    accepted = sum(one.data.value for one in minutes if one.data.passed)
    group = livelihood_groups.view(uow, project.data.group_id) if project.data.group_id else None
    chosen = (one.head for one in group.members if one.data.role == livelihood_groups.REPRESENTATIVE) if group else ()
    signs = next(iter(chosen), "")
    values = {
        "project": project.data.title,
        "contract": project.contract_number,
        "contract_on": official_date(project.contract_on) if project.contract_on else "",
        "group_person": signs or project.data.leader,
        "contract_value": words.money(project.data.state_amount),
        "accepted_value": words.money(accepted),
        "hamlet": group.hamlet if group else "",
    }
    rows = [(one.data.planned, "", "", one.data.actual, words.count(one.data.value), one.data.note) for one in minutes]
    return Filled(LIQUIDATION, values, {"works": rows}, subject_id=project_id)
