"""Drafts of the papers of the counter: prefilled requests, receipt, refusal, plain confirmation, list of requests."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from casemgr.domain import paper_templates as keys
from casemgr.domain.certificates import relation_on_paper
from casemgr.domain.dates import official_date
from casemgr.domain.ethnic import name_of
from casemgr.domain.households import HouseholdClass
from casemgr.domain.on_paper import ASKED_ON_PAPER, SEX_CODE, STATUS_ON_PAPER, WAY_ON_PAPER, counted
from casemgr.domain.paper_codes import request_qr
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.papers import (
    ConfirmationContent,
    ListContent,
    ReceiptContent,
    RefusalContent,
    RequestContent,
    RequestMember,
)
from casemgr.domain.people import Work
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import REQUEST_REASONS, RequestKind, RequestStatus
from casemgr.errors import Problem
from casemgr.i18n import _, format_date, format_money, using
from casemgr.persistence.models import ReviewRequest, User
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import households, requests
from casemgr.services.households import HouseholdView
from casemgr.services.members import MemberView
from casemgr.services.paper_words import PaperDraft, letterhead, pack_values, sheet, signing

_FORMS = {
    RequestKind.ENTER: keys.REQUEST_ENTER,
    RequestKind.LEAVE: keys.REQUEST_LEAVE,
    RequestKind.AVERAGE: keys.REQUEST_AVERAGE,
}
_OPEN = "……………………"


def request_form(
    uow: UnitOfWork,
    household_id: UUID,
    kind: RequestKind,
    on: date,
    *,
    reasons: Sequence[str] = (),
    reason_text: str = "",
    income_year: int | None = None,
) -> RequestContent:
    """Mẫu số 01 or 04 with what the file knows of the household; the rest is written by hand."""
    uow.require(Permission.READ)
    view = households.view(uow, household_id)
    words = sheet(uow, _FORMS[kind], on, {})
    with using("vi"):
        named = [_(REQUEST_REASONS[code]) for code in reasons if code in REQUEST_REASONS and code != "other"]
        income = format_money(income_year) if income_year is not None else ""
    head = view.head or (view.members[0] if view.members else None)
    person = head.person if head else None
    values = (
        view.name,
        SEX_CODE.get(person.sex, "") if person and person.sex else "",
        person.birth.text if person and person.birth else "",
        name_of(person.ethnic) if person and person.ethnic else "",
        (person.id_number or person.old_id_number or "") if person else "",
        format_date(person.id_issued_on) if person and person.id_issued_on else "",
        "",
        view.permanent_address,
        view.address,
    )
    leave = kind is RequestKind.LEAVE
    return RequestContent(
        wording=words.wording,
        values=values,
        sex=values[1],
        members=() if leave else tuple(_member(member, words.wording.work) for member in view.members),
        reason="; ".join([*named, *([reason_text] if reason_text else [])]),
        income=income,
        place_line=f"{words.office.place_name}, ngày ...... tháng ...... năm {on.year}",
        applicant="",
        sample=words.office.sample,
        leave=leave,
    )


def request_form_of(uow: UnitOfWork, request_id: UUID) -> RequestContent:
    """The form of a request on record, with its reasons."""
    record = uow.record(ReviewRequest, request_id)
    return request_form(
        uow,
        record.household_id,
        RequestKind(record.kind),
        record.received_on,
        reasons=record.reasons,
        reason_text=record.reason_text,
        income_year=record.income_year,
    )


def _member(member: MemberView, states: Sequence[str]) -> RequestMember:
    person = member.person
    working = dict(zip((Work.EMPLOYED, Work.UNEMPLOYED, Work.STUDYING), states, strict=True))
    return RequestMember(
        name=person.full_name,
        sex=SEX_CODE.get(person.sex, "") if person.sex else "",
        birth=person.birth.text if person.birth else "",
        relation=relation_on_paper(member.relation, person.sex, member.relation_text),
        state=working.get(person.work, "") if person.work else "",
    )


def receipt(
    uow: UnitOfWork, request_id: UUID, on: date, signatory_id: UUID | None = None
) -> PaperDraft[ReceiptContent]:
    """The slip for a request on record; the officer who prints it signs it."""
    uow.require(Permission.READ)
    view = requests.view(uow, request_id)
    house = households.view(uow, view.data.household_id)
    applicant = view.data.applicant or house.name
    values = {
        "received": format_date(view.data.received_on),
        "due": official_date(view.row.due_on),
        "asked": ASKED_ON_PAPER[view.data.kind],
    }
    words = sheet(uow, keys.RECEIPT, view.data.received_on, values)
    officer = uow.session.get(User, uow.actor.user_id)
    facts = (applicant, house.address, values["asked"], WAY_ON_PAPER[view.data.way], values["received"])
    return PaperDraft(
        kind=PaperKind.RECEIPT,
        content=ReceiptContent(
            wording=words.wording,
            head=letterhead(words, draft=False),
            number=view.row.number,
            values=facts,
            qr=request_qr(request_id),
            giver=applicant,
            receiver=officer.name if officer else "",
        ),
        title=f"{words.wording.title} {view.row.number}",
        household_id=view.data.household_id,
        subject_id=request_id,
        warnings=words.warnings,
    )


def refusal(
    uow: UnitOfWork, request_id: UUID, on: date, signatory_id: UUID | None = None, *, reason: str = ""
) -> PaperDraft[RefusalContent]:
    """The letter that answers no; issued once the request is refused. `reason` is one being written, for a look."""
    uow.require(Permission.READ)
    view = requests.view(uow, request_id)
    house = households.view(uow, view.data.household_id)
    values = pack_values(uow, on) | {
        "applicant": view.data.applicant or house.name,
        "address": house.address,
        "received": format_date(view.data.received_on),
        "asked": ASKED_ON_PAPER[view.data.kind],
        "reason": reason or view.refusal_reason or _OPEN,
        "date": official_date(on),
    }
    words = sheet(uow, keys.REFUSAL, on, values)
    signed, signatory, told = signing(uow, signatory_id, words.wording.sign_prefix)
    refused = view.row.status is RequestStatus.REFUSED
    refusals = [] if refused else [Problem("request", _("Refuse the request with its reason first."))]
    return PaperDraft(
        kind=PaperKind.REFUSAL,
        content=RefusalContent(words.wording, letterhead(words), signed),
        title=words.wording.subject,
        household_id=view.data.household_id,
        subject_id=request_id,
        signatory_id=signatory,
        refusals=tuple(refusals),
        warnings=(*words.warnings, *told),
    )


def confirmation(
    uow: UnitOfWork, household_id: UUID, on: date, signatory_id: UUID | None = None
) -> PaperDraft[ConfirmationContent]:
    """The plain confirmation; only for a household whose newest class is the average standard, by decision."""
    uow.require(Permission.READ)
    view = households.view(uow, household_id)
    klass = view.current_class
    made = klass.decision if klass else None
    told_decision = _OPEN
    if made:
        told_decision = made.number + (f" {official_date(made.signed_on)}" if made.signed_on else "")
    values = {
        "class_year": str(klass.data.year if klass else on.year),
        "decision": told_decision,
        "head": view.name,
        "date": official_date(on),
    }
    words = sheet(uow, keys.CONFIRMATION, on, values)
    signed, signatory, told = signing(uow, signatory_id, words.wording.sign_prefix)
    head = view.head
    birth = head.person.birth if head else None
    return PaperDraft(
        kind=PaperKind.CONFIRMATION,
        content=ConfirmationContent(
            wording=words.wording,
            head=letterhead(words),
            values=(view.name, str(birth.year) if birth else "", view.permanent_address, counted(len(view.members))),
            signing=signed,
        ),
        title=f"{words.wording.title} - {words.wording.subject}",
        household_id=household_id,
        subject_id=household_id,
        signatory_id=signatory,
        refusals=tuple(_average_refusals(view)),
        warnings=(*words.warnings, *told),
    )


def _average_refusals(view: HouseholdView) -> list[Problem]:
    klass = view.current_class
    if klass is None or klass.data.value is not HouseholdClass.AVERAGE:
        return [Problem("class", _("The newest class of {code} is not the average standard.").format(code=view.code))]
    if klass.decision is None:
        message = _("No decision is recorded for the class of {year}.").format(year=klass.data.year)
        return [Problem("decision", message)]
    return []


def request_list(uow: UnitOfWork, ids: Sequence[UUID], on: date, *, period: str) -> ListContent:
    """Requests as a plain list; `period` says which, such as "Năm 2026"."""
    uow.require(Permission.READ)
    words = sheet(uow, keys.REQUEST_LIST, on, {"period": period})
    rows = tuple(
        (
            row.number,
            format_date(row.received_on),
            row.applicant,
            row.hamlet,
            ASKED_ON_PAPER[row.kind],
            format_date(row.due_on),
            STATUS_ON_PAPER[row.status],
        )
        for row in requests.rows(uow, ids)
    )
    return ListContent(words.wording, words.office.agency_lines, (("", rows),), words.office.sample)
