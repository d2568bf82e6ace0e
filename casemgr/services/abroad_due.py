"""Due days of work abroad that no other column holds, as statements for the day's list.

The end of the wait, the next contact and the end of the contract are `AbroadCase.due_on`; papers, agreed contacts and
answers to direct contracts have their own columns; notice, settlement and talks after a return are tasks.
"""

from typing import Any, Final

from sqlalchemy import Select, select

from casemgr.persistence.models import AbroadCase, AbroadClaim, Startup

CLAIMS: Final[Select[*tuple[Any, ...]]] = (
    select(
        AbroadClaim.asked_on.label("due"),
        AbroadCase.household_id.label("household_id"),
        AbroadCase.person_id.label("person_id"),
        AbroadCase.officer_id.label("officer_id"),
        AbroadCase.id.label("record_id"),
        AbroadClaim.note.label("words"),
    )
    .join(AbroadCase, AbroadCase.id == AbroadClaim.case_id)
    .where(AbroadClaim.decided_on.is_(None))
)
"""Claims that wait for the answer of the firm or the Fund, by the day they were made."""

STARTUPS: Final[Select[*tuple[Any, ...]]] = (
    select(
        Startup.start_on.label("due"),
        Startup.household_id.label("household_id"),
        Startup.person_id.label("person_id"),
        AbroadCase.officer_id.label("officer_id"),
        Startup.id.label("record_id"),
        Startup.idea.label("words"),
    )
    .outerjoin(AbroadCase, AbroadCase.id == Startup.case_id)
    .where(Startup.status == "planned", Startup.start_on.is_not(None))
)
"""Businesses that were to begin by a day and have not."""
