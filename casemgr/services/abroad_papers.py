"""What the papers of work abroad say of a case: curriculum vitae, answers to a direct contract, request for support."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.abroad import GROUP_LABELS, AbroadContent
from casemgr.domain.case_papers import CasePaperContent
from casemgr.domain.paper_json import from_json
from casemgr.domain.people import EDUCATION_LABELS, RELATION_LABELS
from casemgr.domain.permissions import Permission
from casemgr.i18n import _, format_date, format_money, using
from casemgr.persistence.models import AbroadCase, AbroadDocument, DirectContract
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import abroad_support, case_papers, households, office_papers, people
from casemgr.services.kept_papers import Look
from casemgr.services.office_papers import IssuedPaper, Render
from casemgr.services.paper_words import PaperDraft

VITAE, CONFIRMATION, REFUSAL, REQUEST, INTRODUCTION = (
    "case_curriculum_vitae",
    "case_contract_confirmation",
    "case_contract_refusal",
    "case_abroad_support_request",
    "case_introduction",
)
_PAPER_LANGUAGE = "vi"


@dataclass(frozen=True)
class PaperValues:
    """What `case_papers.prepare` and `issue` are given."""

    code: str
    person_id: UUID
    household_id: UUID
    subject_id: UUID
    values: Mapping[str, str]
    tables: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)


def vitae(uow: UnitOfWork, case_id: UUID) -> PaperValues:
    """The curriculum vitae (C18): person, schooling and family from the file; the rest is written by hand."""
    case, content = _case(uow, case_id)
    _version, person = people.person(uow, case.person_id)
    home = households.view(uow, case.household_id)
    with using(_PAPER_LANGUAGE):
        values = {
            "education": _(EDUCATION_LABELS[person.education]) if person.education else "",
            "languages": content.level,
            "occupation": person.occupation or content.job,
        }
        family = [
            (
                member.relation_text or _(RELATION_LABELS[member.relation]),
                member.person.full_name,
                member.person.birth.text if member.person.birth else "",
                member.person.occupation,
                home.address,
            )
            for member in home.members
            if member.person_id != case.person_id
        ]
    return PaperValues(VITAE, case.person_id, case.household_id, case.id, values, {"family": family})


def confirmation(uow: UnitOfWork, direct_id: UUID) -> PaperValues:
    """The confirmation that a direct contract is registered (C19)."""
    record = uow.record(DirectContract, direct_id)
    case, content = _case(uow, record.case_id)
    passport = select(AbroadDocument.number).where(AbroadDocument.case_id == case.id, AbroadDocument.kind == "passport")
    with using(_PAPER_LANGUAGE):
        values = {
            "received": _day(record.complete_on or record.received_on),
            "passport": uow.session.scalar(passport.order_by(AbroadDocument.id.desc()).limit(1)) or "",
            "employer": content.employer,
            "employer_address": content.employer_address,
            "country": case.country,
            "job": content.job,
            "from": _day(case.contract_from),
            "to": _day(case.contract_to),
            "workplace": content.workplace,
            "wage": format_money(case.wage) if case.wage else "",
        }
    return PaperValues(CONFIRMATION, case.person_id, case.household_id, record.id, values)


def refusal(uow: UnitOfWork, direct_id: UUID, reason: str) -> PaperValues:
    """The refusal with its reason (C20)."""
    record = uow.record(DirectContract, direct_id)
    case, content = _case(uow, record.case_id)
    with using(_PAPER_LANGUAGE):
        values = {
            "received": _day(record.received_on),
            "employer": content.employer,
            "country": case.country,
            "reason": reason,
        }
    return PaperValues(REFUSAL, case.person_id, case.household_id, record.id, values)


def support_request(uow: UnitOfWork, case_id: UUID) -> PaperValues:
    """The request for support with the commune's confirmation of the class (C21)."""
    case, content = _case(uow, case_id)
    with using(_PAPER_LANGUAGE):
        kept = abroad_support.supports(uow, case_id)
        groups = [_(text) for group, text in GROUP_LABELS.items() if group.value in case.groups]
        values = {
            "groups": "; ".join(groups),
            "company": case.firm or content.employer,
            "country": case.country,
            "job": content.job,
            "contract": _day(case.signed_on),
            "total": format_money(sum(one.data.amount for one in kept)),
            "bank": content.bank,
            "account": content.account,
        }
        rows = [(one.label, format_money(one.data.amount), one.data.receipt) for one in kept]
    return PaperValues(REQUEST, case.person_id, case.household_id, case.id, values, {"supports": rows})


def introduction(uow: UnitOfWork, case_id: UUID) -> PaperValues:
    """The introduction of the worker to the firm that sends (C22)."""
    case, content = _case(uow, case_id)
    _version, person = people.person(uow, case.person_id)
    with using(_PAPER_LANGUAGE):
        values = {
            "recipient": case.firm,
            "education": _(EDUCATION_LABELS[person.education]) if person.education else "",
            "skills": "; ".join(filter(None, (person.occupation, content.level))),
            "wish": "; ".join(filter(None, (content.job, case.programme_name, case.country))),
            "purpose": _("take part in the selection for work abroad"),
        }
    return PaperValues(INTRODUCTION, case.person_id, case.household_id, case.id, values)


MAKERS: Final[Mapping[str, Callable[[UnitOfWork, UUID], PaperValues]]] = {
    VITAE: vitae,
    INTRODUCTION: introduction,
    REQUEST: support_request,
}
"""Papers of a case by their code; the answers to a direct contract are issued with the answer."""


def look(uow: UnitOfWork, code: str, case_id: UUID, on: date) -> Look:
    """A paper of a case as it would be issued that day, and the one that was issued."""

    def make(day: date) -> PaperDraft[CasePaperContent]:
        made = MAKERS[code](uow, case_id)
        return case_papers.draft(
            uow,
            made.code,
            made.values,
            made.tables,
            on=day,
            person_id=made.person_id,
            household_id=made.household_id,
            subject_id=made.subject_id,
        )

    draft = make(on)
    return Look(draft, office_papers.standing(uow, draft.kind, draft.subject_id, make))


def issue(uow: UnitOfWork, code: str, case_id: UUID, on: date, *, render: Render) -> IssuedPaper:
    """Number a paper of a case and freeze it."""
    made = MAKERS[code](uow, case_id)
    return case_papers.issue(
        uow,
        made.code,
        made.values,
        made.tables,
        on=on,
        person_id=made.person_id,
        household_id=made.household_id,
        subject_id=made.subject_id,
        render=render,
    )


def _case(uow: UnitOfWork, case_id: UUID) -> tuple[AbroadCase, AbroadContent]:
    uow.require(Permission.READ)
    case = uow.record(AbroadCase, case_id)
    return case, from_json(AbroadContent, case.content)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
