"""The one step that is expected of a review now, from where its households stand."""

from dataclasses import dataclass
from typing import Final

from casemgr.domain.reviews import CampaignKind, CampaignStatus, CaseState
from casemgr.i18n import N_
from casemgr.services.campaign_board import Board
from casemgr.services.campaigns import CampaignView

REQUESTS: Final = "requests"
SHEETS: Final = "sheets"
KEY: Final = "key"
CHECK: Final = "check"
MEETING: Final = "meeting"
POST: Final = "post"
POST_AGAIN: Final = "post_again"
SETTLE: Final = "settle"
OPINION: Final = "opinion"
DECIDE: Final = "decide"
CERTIFICATES: Final = "certificates"
EDIT: Final = "edit"
CLOSE: Final = "close"

WORDS: Final = {
    REQUESTS: N_("Look at the requests"),
    SHEETS: N_("Print survey sheets…"),
    KEY: N_("Key in the sheets"),
    CHECK: N_("Check what was keyed…"),
    MEETING: N_("Hold the meetings"),
    POST: N_("Post the results…"),
    POST_AGAIN: N_("Post again…"),
    SETTLE: N_("Re-check the objections"),
    OPINION: N_("Opinion of the superior…"),
    DECIDE: N_("Decide…"),
    CERTIFICATES: N_("Print the certificates…"),
    EDIT: N_("Correct the days…"),
    CLOSE: N_("Close the review…"),
}
ICONS: Final = {
    REQUESTS: "tray",
    SHEETS: "printer",
    KEY: "keyboard",
    CHECK: "check-square",
    MEETING: "users-three",
    POST: "push-pin",
    POST_AGAIN: "push-pin",
    SETTLE: "arrows-clockwise",
    OPINION: "chat-text",
    DECIDE: "file-text",
    CERTIFICATES: "medal",
    EDIT: "pencil-simple",
    CLOSE: "archive",
}


@dataclass(frozen=True)
class Steps:
    """The expected step ("" for none) and those that make sense besides, in the order of the procedure."""

    expected: str
    others: tuple[str, ...]


def steps_of(view: CampaignView, board: Board) -> Steps:
    """What is expected now and what else can be done."""
    expected = _expected(view, board)
    if view.status is CampaignStatus.CLOSED:
        return Steps("", ())
    if view.status is CampaignStatus.DECIDED:
        possible: tuple[str, ...] = (DECIDE, CERTIFICATES, CLOSE)
    else:
        possible = tuple(
            step
            for step, needed in (
                (SHEETS, None),
                (KEY, None),
                (CHECK, None),
                (MEETING, CaseState.VOTED),
                (POST, CaseState.POSTED),
                (OPINION, CaseState.OPINION),
                (DECIDE, None),
                (EDIT, None),
            )
            if needed is None or needed in view.steps
        )
    return Steps(expected, tuple(step for step in possible if step != expected))


def _expected(view: CampaignView, board: Board) -> str:
    total, again = board.total, board.rechecks.again
    if view.status is CampaignStatus.CLOSED:
        return ""
    if view.status is CampaignStatus.DECIDED:
        return CERTIFICATES if total.printed < total.to_print else CLOSE
    if not total.cases:
        return REQUESTS if view.data.kind is not CampaignKind.PERIODIC else ""
    if board.rechecks.disputed:
        return SETTLE
    if total.reached(CaseState.RECHECK) and CaseState.POSTED_AGAIN in view.steps:
        return POST_AGAIN
    if total.reached(CaseState.LISTED) == total.cases:
        return SHEETS
    if total.reached(CaseState.LISTED, CaseState.SURVEYED):
        return KEY
    if total.reached(CaseState.KEYED):
        return CHECK
    after_checks = MEETING if CaseState.VOTED in view.steps else POST
    for state, first in ((CaseState.CHECKED, after_checks), (CaseState.VOTED, POST)):
        ready = total.reached(state)
        if ready:
            return POST_AGAIN if ready == again else first  # a second posting has days of its own and needs no meeting
    posted = total.reached(CaseState.POSTED, CaseState.POSTED_AGAIN)
    if posted and view.data.opinion_required and CaseState.OPINION in view.steps:
        return OPINION
    return DECIDE
