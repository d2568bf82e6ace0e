"""The columns of the list of requests."""

from typing import Final

from casemgr.i18n import N_, _, format_date
from casemgr.services.requests import RequestRow
from ui.models.rows import Column
from ui.request_words import days_tone, days_words, kind_words, status_tone, status_words


def _name(row: RequestRow) -> str:
    if row.head and row.applicant and row.applicant != row.head:
        return _("{applicant} (household of {head})").format(applicant=row.applicant, head=row.head)
    return row.applicant or row.head


REQUESTS: Final = (
    Column[RequestRow]("number", N_("Number"), lambda row: row.number, 86, code=True),
    Column[RequestRow]("name", N_("Applicant"), _name, 190),
    Column[RequestRow]("code", N_("Household"), lambda row: row.code, 84, code=True),
    Column[RequestRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[RequestRow]("kind", N_("Asks for"), kind_words, 204),
    Column[RequestRow]("received", N_("Received on"), lambda row: format_date(row.received_on), 96),
    Column[RequestRow]("due", N_("Due on"), lambda row: format_date(row.due_on), 98),
    Column[RequestRow](
        "days", N_("Time left"), lambda row: days_words(row.days_left), 126, tone=lambda row: days_tone(row.days_left)
    ),
    Column[RequestRow]("status", N_("State"), status_words, 172, tone=status_tone),
)
BESIDE: Final = ("number", "name", "days")
"""The columns that stay while a request is open beside the list."""
