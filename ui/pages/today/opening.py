"""Which page opens what is due."""

from typing import Final
from uuid import UUID

from casemgr.services import tasks
from casemgr.services.agenda import AgendaRow
from ui.desk import Desk
from ui.places import Place

PAGES: Final = {
    "request": ("requests", "", ""),
    "review": ("review", "", ""),
    "livelihood": ("livelihoods", "plans", ""),
    "project": ("livelihoods", "projects", ""),
    "learner": ("training", "", ""),
    "abroad": ("abroad", "cases", ""),
    "startup": ("abroad", "", "startup"),
    "loan": ("ledgers", "loans", ""),
}
"""Page, text and wish of each kind of record; all others are worked on at the household's page."""


def place_of(desk: Desk, row: AgendaRow) -> Place | None:
    """Where a line is worked on; None for a task that belongs to no record."""
    if row.subject_kind == "task":
        data = desk.workspace.read(tasks.view, row.record_id).data
        if data.subject_id is not None and data.subject_kind:
            return _place(data.subject_kind, data.subject_id, data.household_id)
        return Place("households", data.household_id) if data.household_id is not None else None
    return _place(row.subject_kind, row.record_id, row.household_id)


def _place(kind: str, record: UUID, household: UUID | None) -> Place | None:
    if kind not in PAGES:
        return Place("households", household) if household is not None else None
    page, text, wish = PAGES[kind]
    if kind == "review" and household is not None:
        wish = "case"
    return Place(page, record, text=text, wish=wish)
