"""How the commands of loans name a loan and a day."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import click

from casemgr.domain.loans import LoanStatus
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, format_date, ngettext

if TYPE_CHECKING:
    from casemgr.services.loan_lists import LoanRow
    from casemgr.workspace import Workspace

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
ON = click.option("--date", "on", type=DAY, metavar="DATE", help=N_("Date (dd/mm/yyyy); today if not given."))
JSON = click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))


def named(workspace: "Workspace", text: str) -> tuple[UUID, int]:
    """The loan with this id, or the only one a household still owes."""
    from casemgr.services import households, loan_lists, loans
    from casemgr.services.loan_lists import LoanQuery

    try:
        view = workspace.read(loans.view, UUID(text))
    except ValueError:
        household = workspace.read(households.by_code, text)
        query = LoanQuery(household_id=household, statuses=(LoanStatus.RUNNING.value,))
        found = workspace.read(loan_lists.find, query)
        if len(found) != 1:
            message = ngettext(
                "{code} owes {count} loan: name the loan by its id (casemgr loans list --json).",
                "{code} owes {count} loans: name the loan by its id (casemgr loans list --json).",
                len(found),
            )
            raise NotFoundError(message.format(code=text, count=len(found))) from None
        view = workspace.read(loans.view, found[0])
    return view.id, view.version


def due_words(row: "LoanRow") -> str:
    """The next day something is due, else the due date of the loan."""
    if row.standing is None:
        return ""
    day = row.standing.next_due.due_on if row.standing.next_due else row.standing.due_on
    return format_date(day) if day else ""


def day(workspace: "Workspace", on: datetime | None) -> date:
    """The day that was given, else today."""
    return on.date() if on else workspace.now.astimezone().date()
