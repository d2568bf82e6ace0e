"""A refusal with its letter: the request is answered and the letter numbered and frozen in one step."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.papers import PaperContent
from casemgr.domain.reviews import RequestStatus
from casemgr.persistence.models import Household, ReviewRequest
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import office_papers, requests
from casemgr.services.office_papers import IssuedPaper


def refuse_in_writing(
    uow: UnitOfWork,
    request_id: UUID,
    version: int,
    *,
    on: date,
    reason: str,
    signatory_id: UUID | None = None,
    render: Callable[[PaperContent], bytes],
) -> IssuedPaper:
    """Refuse and issue the letter; of a request a decision refused already, only the letter with that reason."""
    record = uow.record(ReviewRequest, request_id, version)
    uow.name_step("request.refuse", table=Household.__tablename__, subject=record.household_id, undoable=False)
    if record.status != RequestStatus.REFUSED:
        requests.refuse(uow, request_id, version, on=on, reason=reason)
        uow.session.flush()
    return office_papers.issue(uow, PaperKind.REFUSAL, request_id, on=on, signatory_id=signatory_id, render=render)
