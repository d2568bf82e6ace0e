"""The steps that can be taken for many households at once, each with its list of who is ready and who is not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from casemgr.domain.reviews import CASE_STATE_LABELS, CaseState
from casemgr.i18n import N_, _
from casemgr.services import campaign_board, campaign_steps, campaigns
from ui.desk import Desk
from ui.editors import DayEditor, NotesEditor
from ui.forms import Field
from ui.jobs import Job
from ui.pages.review import case_list
from ui.pages.review.bulk_pane import Bulk, Candidate

_ON = Field("on", N_("Da&y"), DayEditor, required=True)
_REASON = Field("reason", N_("&Reason"), lambda: NotesEditor(lines=3), required=True)
_STATES = {
    case_list.SURVEYED: CaseState.SURVEYED,
    case_list.CHECK: CaseState.CHECKED,
    case_list.BACK: CaseState.LISTED,
    case_list.REMOVE: CaseState.REMOVED,
}


def bulk(desk: Desk, verb: str, cases: Sequence[UUID]) -> Bulk:
    """The list of a step for these cases; nothing is written yet."""
    read = desk.workspace.read
    today = desk.workspace.now.astimezone().date()
    refused = {one.id: one.reason for one in read(campaign_steps.preview, cases, _STATES[verb]).refused}
    candidates = [
        Candidate(row.id, row.code, row.head, row.hamlet, _(CASE_STATE_LABELS[row.state]), refused.get(row.id, ""))
        for row in read(campaign_board.rows, cases)
    ]
    title, words, fields, submit = _parts(desk, verb)
    return Bulk(title, words, candidates, submit, fields, {"on": today, "reason": ""})


def _parts(
    desk: Desk, verb: str
) -> tuple[
    Callable[[], str],
    Callable[[], str],
    tuple[Field, ...],
    Callable[[Sequence[UUID], Mapping[str, Any]], Job],
]:
    write = desk.write
    if verb == case_list.SURVEYED:
        return (
            lambda: _("The filled-in sheets are back"),
            lambda: _("Note as surveyed"),
            (_ON,),
            lambda ids, values: write(campaign_steps.advance, ids, CaseState.SURVEYED, on=values["on"]),
        )
    if verb == case_list.CHECK:
        return (
            lambda: _("What was keyed agrees with the paper"),
            lambda: _("Note as checked"),
            (_ON,),
            lambda ids, values: write(campaign_steps.mark_checked, ids, on=values["on"]),
        )
    if verb == case_list.BACK:
        return (
            lambda: _("Survey again; the sheets keyed so far stay on record"),
            lambda: _("Send back to survey"),
            (_REASON,),
            lambda ids, values: write(campaign_steps.send_back, ids, values["reason"]),
        )
    return (
        lambda: _("Take off the list of this review"),
        lambda: _("Take off the list"),
        (_REASON,),
        lambda ids, values: write(campaigns.remove_cases, ids, reason=values["reason"]),
    )
