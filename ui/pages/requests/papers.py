"""Papers of a request as PDF: the prefilled form, the receipt (issued once for what it says), the frozen ones."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from casemgr.domain.permissions import Permission, Role, allows
from casemgr.domain.reviews import PaperKind
from casemgr.i18n import _, format_date
from casemgr.jobs import Progress
from casemgr.services import counter_papers, office_papers
from casemgr.services.office_papers import PaperQuery
from casemgr.workspace import Workspace


def receipt(workspace: Workspace, request: UUID) -> bytes:
    """The receipt on record where it still says the same, else a new one; who may not issue gets it unrecorded."""
    from casemgr.domain.papers import ReceiptContent
    from casemgr.reports.letter_requests import render_receipt

    draft = workspace.read(office_papers.draft, PaperKind.RECEIPT, request)
    for row in workspace.read(office_papers.papers, PaperQuery(subject_id=request, kind=PaperKind.RECEIPT))[:1]:
        kept = workspace.read(office_papers.content, row.id)
        if isinstance(kept, ReceiptContent) and replace(kept, receiver="") == replace(draft.content, receiver=""):
            return workspace.read(office_papers.pdf, row.id)
    if workspace.read_only or not allows(Role(workspace.actor.role), Permission.ISSUE):
        return render_receipt(draft.content)
    return workspace.write(office_papers.issue, PaperKind.RECEIPT, request, render=render_receipt).pdf


def form_of(workspace: Workspace, request: UUID) -> bytes:
    """Mẫu số 01 or 04 of a request on record."""
    from casemgr.reports.letter_requests import render_request

    return render_request(workspace.read(counter_papers.request_form_of, request))


def form_for(workspace: Workspace, household: UUID, typed: Mapping[str, Any]) -> bytes:
    """Mẫu số 01 or 04 for a household that is about to ask, with what is typed so far."""
    from casemgr.reports.letter_requests import render_request

    content = workspace.read(
        counter_papers.request_form,
        household,
        typed["kind"],
        typed["received_on"],
        reasons=typed["reasons"],
        reason_text=typed["reason_text"],
        income_year=typed["income_year"],
    )
    return render_request(content)


def request_list(workspace: Workspace, ids: tuple[UUID, ...]) -> bytes:
    """The list as it is shown, with the owner's mark."""
    from casemgr.reports.tables import OwnersMark
    from casemgr.reports.todo_list import render_request_list

    today = workspace.now.astimezone().date()
    period = _("As of {date}").format(date=format_date(today))
    content = workspace.read(counter_papers.request_list, ids, today, period=period)
    return render_request_list(content, OwnersMark(workspace.actor.name, workspace.now, _("file of the office")))


def frozen(workspace: Workspace, paper: UUID, _progress: Progress) -> bytes:
    """An issued paper as it was."""
    return workspace.read(office_papers.pdf, paper)
