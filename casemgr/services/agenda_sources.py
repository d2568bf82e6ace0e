"""Where due dates come from: one row for every kind of record that has one. A settled record has none and vanishes."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, SQLColumnExpression, and_, bindparam, func, literal, null, or_, select
from sqlalchemy.orm import aliased

from casemgr.domain.reviews import RequestStatus
from casemgr.i18n import N_
from casemgr.persistence.models import (
    AbroadCase,
    AbroadClaim,
    AbroadContact,
    AbroadDocument,
    CaseAction,
    CommunityProject,
    DirectContract,
    Learner,
    Livelihood,
    Objection,
    Opinion,
    Posting,
    Referral,
    ReviewCase,
    ReviewRequest,
    RevolvingDuty,
    RevolvingEntry,
    Startup,
    Task,
)

DueRow = tuple[date, UUID | None, UUID | None, UUID | None, UUID, UUID, str]
"""Due day, household, person, officer, record to open, record that is due, what it says of itself."""


@dataclass(frozen=True)
class Source:
    """One kind of due date."""

    kind: str
    label: str
    """What is to be done, marked for translation; it comes before what the record says of itself."""
    subject_kind: str
    """Which page opens it: household, livelihood, project, learner, abroad, startup, request, review or task."""
    due: SQLColumnExpression[Any]
    statement: Select[*tuple[Any, ...]]
    """Columns as `DueRow`; it may ask for the parameter `today`."""
    officer: SQLColumnExpression[Any] | None = None
    waiting: bool = False


def _row(
    due: Any,  # noqa: ANN401 - columns of SQLAlchemy
    household: Any,  # noqa: ANN401
    record: Any,  # noqa: ANN401
    *,
    person: Any = None,  # noqa: ANN401
    officer: Any = None,  # noqa: ANN401
    words: Any = None,  # noqa: ANN401
    own: Any = None,  # noqa: ANN401
) -> Select[*tuple[Any, ...]]:
    blank = null()
    return select(
        due.label("due"),
        (blank if household is None else household).label("household_id"),
        (blank if person is None else person).label("person_id"),
        (blank if officer is None else officer).label("officer_id"),
        record.label("record_id"),
        (record if own is None else own).label("due_id"),
        (literal("") if words is None else words).label("words"),
    ).where(due.is_not(None))


_later = aliased(AbroadContact)
_settled = (
    select(RevolvingEntry.duty_id, func.sum(RevolvingEntry.amount).label("amount"))
    .add_columns(func.sum(RevolvingEntry.animals).label("animals"))
    .where(RevolvingEntry.kind != "passed_on")
    .group_by(RevolvingEntry.duty_id)
    .subquery()
)
_owed = or_(
    RevolvingDuty.amount > func.coalesce(_settled.c.amount, 0),
    RevolvingDuty.animals > func.coalesce(_settled.c.animals, 0),
)

SOURCES: Final = (
    Source(
        "task",
        "",
        "task",
        Task.due_on,
        _row(
            Task.due_on,
            Task.household_id,
            Task.id,
            person=Task.person_id,
            officer=Task.officer_id,
            words=Task.title,
        ).where(
            Task.status == "open",
            or_(Task.remind_on.is_(None), Task.remind_on <= bindparam("today", type_=Task.remind_on.type)),
        ),
        officer=Task.officer_id,
    ),
    Source(
        "request",
        N_("Answer the request"),
        "request",
        ReviewRequest.due_on,
        _row(ReviewRequest.due_on, ReviewRequest.household_id, ReviewRequest.id, words=ReviewRequest.applicant).where(
            ReviewRequest.status.in_((RequestStatus.RECEIVED.value, RequestStatus.IN_REVIEW.value))
        ),
    ),
    Source(
        "objection",
        N_("Settle the objection"),
        "review",
        Objection.due_on,
        _row(Objection.due_on, ReviewCase.household_id, ReviewCase.id, words=Objection.by_name, own=Objection.id)
        .join(ReviewCase, ReviewCase.id == Objection.case_id)
        .where(Objection.settled_on.is_(None)),
    ),
    Source(
        "posting",
        N_("Take the posting down and go on"),
        "review",
        Posting.until_on,
        _row(Posting.until_on, None, Posting.campaign_id, own=Posting.id).where(Posting.taken_down_on.is_(None)),
        waiting=True,
    ),
    Source(
        "opinion",
        N_("Opinion of the superior"),
        "review",
        Opinion.due_on,
        _row(Opinion.due_on, None, Opinion.campaign_id, words=Opinion.authority, own=Opinion.id).where(
            Opinion.answered_on.is_(None)
        ),
        waiting=True,
    ),
    Source(
        "referral",
        N_("Answer to a referral"),
        "household",
        Referral.due_on,
        _row(
            Referral.due_on,
            Referral.household_id,
            Referral.id,
            person=Referral.person_id,
            officer=Referral.officer_id,
            words=Referral.to_office,
        ).where(Referral.answered_on.is_(None)),
        officer=Referral.officer_id,
        waiting=True,
    ),
    Source(
        "action",
        N_("Plan of the case"),
        "household",
        CaseAction.due_on,
        _row(
            CaseAction.due_on,
            CaseAction.household_id,
            CaseAction.id,
            officer=CaseAction.officer_id,
            words=CaseAction.text,
        ).where(CaseAction.done_on.is_(None)),
        officer=CaseAction.officer_id,
    ),
    Source(
        "livelihood",
        N_("Livelihood plan"),
        "livelihood",
        Livelihood.due_on,
        _row(
            Livelihood.due_on,
            Livelihood.household_id,
            Livelihood.id,
            person=Livelihood.person_id,
            officer=Livelihood.officer_id,
            words=Livelihood.product,
        ),
        officer=Livelihood.officer_id,
    ),
    Source(
        "project",
        N_("Community project"),
        "project",
        CommunityProject.due_on,
        _row(
            CommunityProject.due_on,
            None,
            CommunityProject.id,
            officer=CommunityProject.officer_id,
            words=CommunityProject.title,
        ),
        officer=CommunityProject.officer_id,
    ),
    Source(
        "duty",
        N_("Passing on to the next household"),
        "livelihood",
        RevolvingDuty.due_on,
        _row(
            RevolvingDuty.due_on,
            RevolvingDuty.household_id,
            RevolvingDuty.livelihood_id,
            words=RevolvingDuty.period,
            own=RevolvingDuty.id,
        )
        .outerjoin(_settled, _settled.c.duty_id == RevolvingDuty.id)
        .where(_owed),
    ),
    Source(
        "learner",
        N_("Vocational training"),
        "learner",
        Learner.due_on,
        _row(
            Learner.due_on,
            Learner.household_id,
            Learner.id,
            person=Learner.person_id,
            officer=Learner.officer_id,
            words=Learner.trade,
        ),
        officer=Learner.officer_id,
    ),
    Source(
        "abroad",
        N_("Work abroad"),
        "abroad",
        AbroadCase.due_on,
        _row(
            AbroadCase.due_on,
            AbroadCase.household_id,
            AbroadCase.id,
            person=AbroadCase.person_id,
            officer=AbroadCase.officer_id,
            words=AbroadCase.country,
        ),
        officer=AbroadCase.officer_id,
    ),
    Source(
        "document",
        N_("A document of the dossier expires"),
        "abroad",
        AbroadDocument.expires_on,
        _row(
            AbroadDocument.expires_on,
            AbroadCase.household_id,
            AbroadCase.id,
            person=AbroadCase.person_id,
            officer=AbroadCase.officer_id,
            words=AbroadDocument.number,
            own=AbroadDocument.id,
        )
        .join(AbroadCase, AbroadCase.id == AbroadDocument.case_id)
        .where(AbroadCase.returned_on.is_(None), AbroadCase.status.not_in(("ended", "cancelled"))),
        officer=AbroadCase.officer_id,
    ),
    Source(
        "direct_contract",
        N_("Answer the registration of a direct contract"),
        "abroad",
        DirectContract.due_on,
        _row(
            DirectContract.due_on,
            AbroadCase.household_id,
            AbroadCase.id,
            person=AbroadCase.person_id,
            officer=AbroadCase.officer_id,
            own=DirectContract.id,
        )
        .join(AbroadCase, AbroadCase.id == DirectContract.case_id)
        .where(DirectContract.decided_on.is_(None)),
        officer=AbroadCase.officer_id,
    ),
    Source(
        "contact",
        N_("Contact with the worker or the family"),
        "abroad",
        AbroadContact.next_on,
        _row(
            AbroadContact.next_on,
            AbroadCase.household_id,
            AbroadCase.id,
            person=AbroadCase.person_id,
            officer=AbroadCase.officer_id,
            own=AbroadContact.id,
        )
        .join(AbroadCase, AbroadCase.id == AbroadContact.case_id)
        .outerjoin(
            _later,
            and_(
                _later.case_id == AbroadContact.case_id,
                or_(
                    _later.on_date > AbroadContact.on_date,
                    and_(_later.on_date == AbroadContact.on_date, _later.id > AbroadContact.id),
                ),
            ),
        )
        .where(_later.id.is_(None), AbroadCase.returned_on.is_(None)),
        officer=AbroadCase.officer_id,
    ),
    Source(
        "claim",
        N_("Answer to a claim after the return"),
        "abroad",
        AbroadClaim.asked_on,
        _row(
            AbroadClaim.asked_on,
            AbroadCase.household_id,
            AbroadCase.id,
            person=AbroadCase.person_id,
            officer=AbroadCase.officer_id,
            words=AbroadClaim.note,
            own=AbroadClaim.id,
        )
        .join(AbroadCase, AbroadCase.id == AbroadClaim.case_id)
        .where(AbroadClaim.decided_on.is_(None)),
        officer=AbroadCase.officer_id,
        waiting=True,
    ),
    Source(
        "startup",
        N_("Begin of a business"),
        "startup",
        Startup.start_on,
        _row(
            Startup.start_on,
            Startup.household_id,
            Startup.id,
            person=Startup.person_id,
            officer=AbroadCase.officer_id,
            words=Startup.idea,
        )
        .outerjoin(AbroadCase, AbroadCase.id == Startup.case_id)
        .where(Startup.status == "planned"),
        officer=AbroadCase.officer_id,
    ),
)
"""Every kind of due date the day's list shows."""
