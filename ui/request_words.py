"""Words and colours of requests that several pages show: kind in few words, time left, state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casemgr.domain.reviews import REQUEST_STATUS_LABELS, RequestKind, RequestStatus
from casemgr.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from casemgr.services.requests import RequestRow

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


def kind_words(row: RequestRow) -> str:
    """What is asked for."""
    return _(KIND_WORDS[row.kind])


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


def status_tone(row: RequestRow) -> str:
    """Its colour."""
    return STATUS_TONES[row.status]
