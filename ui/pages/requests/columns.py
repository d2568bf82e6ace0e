"""How requests look in lists: columns, words of kinds and due dates, and the colours of their states."""

from typing import Final

from casemgr.domain.reviews import REQUEST_STATUS_LABELS, RequestKind, RequestStatus
from casemgr.i18n import N_, _, format_date, ngettext
from casemgr.services.requests import RequestRow
from ui.models.rows import Column

KIND_WORDS: Final = {
    RequestKind.ENTER: N_("Review (Mẫu 01)"),
    RequestKind.LEAVE: N_("Leave the list (Mẫu 04)"),
    RequestKind.AVERAGE: N_("Average living standard (Mẫu 01)"),
}
"""Kinds in few words; the whole names stand in `REQUEST_LABELS`."""

STATUS_TONES: Final = {
    RequestStatus.RECEIVED: "info",
    RequestStatus.IN_REVIEW: "near",
    RequestStatus.ACCEPTED: "ok",
    RequestStatus.REFUSED: "plain",
    RequestStatus.WITHDRAWN: "plain",
}

SOON: Final = 5
"""From so many days before the due date on it is marked."""


def days_words(days_left: int | None) -> str:
    """How long it still has, or since when it is late; nothing once it is answered."""
    if days_left is None:
        return ""
    if days_left == 0:
        return _("due today")
    if days_left < 0:
        return ngettext("{count} day late", "{count} days late", -days_left).format(count=-days_left)
    return ngettext("{count} day left", "{count} days left", days_left).format(count=days_left)


def days_tone(days_left: int | None) -> str:
    """Late ones stand out calmly."""
    if days_left is None:
        return "plain"
    return "poor" if days_left < 0 else "near" if days_left <= SOON else "plain"


def status_words(row: RequestRow) -> str:
    """What became of it."""
    return _(REQUEST_STATUS_LABELS[row.status])


def _name(row: RequestRow) -> str:
    if row.head and row.applicant and row.applicant != row.head:
        return _("{applicant} (household of {head})").format(applicant=row.applicant, head=row.head)
    return row.applicant or row.head


REQUESTS: Final = (
    Column[RequestRow]("number", N_("Number"), lambda row: row.number, 86, code=True),
    Column[RequestRow]("name", N_("Applicant"), _name, 190),
    Column[RequestRow]("code", N_("Household"), lambda row: row.code, 84, code=True),
    Column[RequestRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[RequestRow]("kind", N_("Asks for"), lambda row: _(KIND_WORDS[row.kind]), 196),
    Column[RequestRow]("received", N_("Received on"), lambda row: format_date(row.received_on), 96),
    Column[RequestRow]("due", N_("Due on"), lambda row: format_date(row.due_on), 92),
    Column[RequestRow](
        "days", N_("Time left"), lambda row: days_words(row.days_left), 116, tone=lambda row: days_tone(row.days_left)
    ),
    Column[RequestRow]("status", N_("State"), status_words, 150, tone=lambda row: STATUS_TONES[row.status]),
)
BESIDE: Final = ("number", "name", "days")
"""The columns that stay while a request is open beside the list."""
