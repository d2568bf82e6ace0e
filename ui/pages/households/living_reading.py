"""What the page reads for living conditions: the house, the standard in force, its proposals and questions."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from casemgr.domain.packs import Pack
from casemgr.errors import NotFoundError
from casemgr.services import conditions, packs, proposals
from casemgr.services.households import HouseholdView
from casemgr.workspace import Workspace
from ui.pages.households.living_card import LivingCard


def standard(workspace: Workspace, today: date) -> Pack | None:
    """The standard in force; nothing is proposed on a day without one."""
    try:
        return workspace.read(packs.national, today)
    except NotFoundError:
        return None


def show_living(card: LivingCard, workspace: Workspace, view: HouseholdView, today: date) -> None:
    """Read and show."""
    pack = standard(workspace, today)
    told = workspace.read(proposals.proposals, view.id, pack, today) if pack else {}
    card.show_living(workspace.read(conditions.dwelling, view.id)[1], len(view.members), pack, told)


def questions(workspace: Workspace, household: UUID, today: date) -> Mapping[UUID, frozenset[str]]:
    """By person: what the standard in force asks of her."""
    pack = standard(workspace, today)
    return workspace.read(proposals.questions_of, household, pack, today) if pack else {}
