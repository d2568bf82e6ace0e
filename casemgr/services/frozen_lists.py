"""Drafts of the papers of support that are frozen when issued: lists, receipt of a sponsor, refusal and posting."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from casemgr.domain import paper_templates as keys
from casemgr.domain.community_papers import SponsorReceiptContent
from casemgr.domain.dates import official_date
from casemgr.domain.ledger_papers import InsuranceListContent, LoanListContent
from casemgr.domain.money import money_text
from casemgr.domain.on_paper import CLASS_ON_PAPER, counted
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.papers import RefusalContent
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryStatus, EnrolmentStatus
from casemgr.domain.support_papers import (
    PayListContent,
    ReceiptListContent,
    SupportPostingContent,
    SupportPostingRow,
)
from casemgr.errors import Problem
from casemgr.i18n import _, using
from casemgr.persistence.models import Delivery
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    community_papers,
    distribution_papers,
    distribution_views,
    enrolments,
    households,
    ledger_papers,
)
from casemgr.services.paper_words import PaperDraft, letterhead, pack_values, sheet, signing
from casemgr.services.programmes import catalogue

_OPEN: Final = "……………………"


def pay_list(
    uow: UnitOfWork, distribution_id: UUID, on: date, _signatory_id: UUID | None = None
) -> PaperDraft[PayListContent]:
    """Bảng kê hỗ trợ hộ gia đình (C07)."""
    content = distribution_papers.pay_list(uow, distribution_id, on=on)
    title = _title(content.wording.title, content.wording.subject)
    return PaperDraft(PaperKind.PAY_LIST, content, title, subject_id=distribution_id)


def receipt_list(
    uow: UnitOfWork, distribution_id: UUID, on: date, _signatory_id: UUID | None = None
) -> PaperDraft[ReceiptListContent]:
    """Danh sách ký nhận (C08)."""
    content = distribution_papers.receipt_list(uow, distribution_id, on=on)
    title = _title(content.wording.title, content.wording.subject)
    return PaperDraft(PaperKind.RECEIPT_LIST, content, title, subject_id=distribution_id)


def loan_list(
    uow: UnitOfWork, loan_ids: Sequence[UUID], on: date, signatory_id: UUID | None = None
) -> PaperDraft[LoanListContent]:
    """Danh sách 03/TD with the commune's confirmation (C05); the subject is the set of its loans."""
    content, told = ledger_papers.loan_list(uow, loan_ids, on, signatory_id)
    subject = uuid5(NAMESPACE_OID, " ".join(sorted(map(str, loan_ids))))
    title = _title(content.wording.title, content.wording.subject)
    return PaperDraft(PaperKind.LOAN_LIST, content, title, subject_id=subject, warnings=told)


def insurance_list(
    uow: UnitOfWork, from_on: date, to_on: date, on: date, signatory_id: UUID | None = None
) -> PaperDraft[InsuranceListContent]:
    """Danh sách tăng, giảm thẻ (C24); the subject is its period."""
    content, told = ledger_papers.insurance_list(uow, from_on, to_on, signatory_id, on=on)
    subject = uuid5(NAMESPACE_OID, f"{from_on.isoformat()} {to_on.isoformat()}")
    title = _title(content.wording.title, content.wording.subject)
    return PaperDraft(PaperKind.INSURANCE_LIST, content, title, subject_id=subject, warnings=told)


def sponsor_receipt(
    uow: UnitOfWork, delivery_id: UUID, on: date, _signatory_id: UUID | None = None
) -> PaperDraft[SponsorReceiptContent]:
    """Biên nhận tiền, quà (C25)."""
    content = community_papers.receipt(uow, delivery_id, on=on)
    return PaperDraft(
        PaperKind.SPONSOR_RECEIPT,
        content,
        _title(content.wording.title, content.wording.subject),
        household_id=uow.record(Delivery, delivery_id).household_id,
        subject_id=delivery_id,
    )


def support_refusal(
    uow: UnitOfWork, enrolment_id: UUID, on: date, signatory_id: UUID | None = None
) -> PaperDraft[RefusalContent]:
    """Thông báo không đủ điều kiện hỗ trợ (C27) for an enrolment that was refused with its reason."""
    uow.require(Permission.READ)
    view = enrolments.view(uow, enrolment_id)
    home = households.view(uow, view.data.household_id)
    with using("vi"):
        title = view.programme.title if view.programme else view.data.programme
        rules = catalogue(uow).rules.values()
        cited = [rule.citation for rule in rules if rule.programme == view.data.programme and rule.valid(on)]
    values = pack_values(uow, on) | {
        "applicant": view.person or home.name,
        "address": home.address,
        "asked_on": official_date(view.data.need_on) if view.data.need_on else _OPEN,
        "programme": title,
        "rule": "; ".join(dict.fromkeys(filter(None, cited))) or "quy định của chương trình",
        "reason": view.data.reason or _OPEN,
        "date": official_date(on),
    }
    words = sheet(uow, keys.SUPPORT_REFUSAL, on, values)
    signed, signatory, told = signing(uow, signatory_id, words.wording.sign_prefix)
    problems = []
    if view.data.status is not EnrolmentStatus.REFUSED:
        problems.append(Problem("status", _("Refuse the support with its reason first.")))
    elif not view.data.reason:
        problems.append(Problem("reason", _("Write the reason: it stands on the notice.")))
    return PaperDraft(
        PaperKind.SUPPORT_REFUSAL,
        RefusalContent(words.wording, letterhead(words), signed),
        _title(words.wording.title, words.wording.subject),
        household_id=view.data.household_id,
        subject_id=enrolment_id,
        signatory_id=signatory,
        refusals=tuple(problems),
        warnings=(*words.warnings, *told),
    )


def support_posting(
    uow: UnitOfWork, distribution_id: UUID, on: date, signatory_id: UUID | None = None
) -> PaperDraft[SupportPostingContent]:
    """Thông báo niêm yết công khai danh sách hỗ trợ (C26): what hangs in public names nobody's number or birth date."""
    uow.require(Permission.READ)
    found = distribution_views.view(uow, distribution_id)
    gone = (DeliveryStatus.CANCELLED, DeliveryStatus.RETURNED)
    lines = [line for line in distribution_views.rows(uow, distribution_id) if line.status not in gone]
    values = pack_values(uow, on) | {
        "title": found.data.title,
        "programme": found.programme,
        "decision": distribution_papers.decision(found),
        "households": counted(len({line.household_id for line in lines})),
        "amount": money_text(sum(line.worth for line in lines)),
        "date": official_date(on),
    }
    words = sheet(uow, keys.SUPPORT_POSTING, on, values)
    signed, signatory, told = signing(uow, signatory_id, words.wording.sign_prefix)
    rows = tuple(
        SupportPostingRow(
            line.name,
            line.hamlet,
            CLASS_ON_PAPER[line.class_value],
            "; ".join(
                [*([money_text(line.amount)] if line.amount else []), *map(distribution_papers.goods_text, line.goods)]
            ),
        )
        for line in lines
    )
    problems = [] if rows else [Problem("rows", _("There is no row to print."))]
    return PaperDraft(
        PaperKind.SUPPORT_POSTING,
        SupportPostingContent(words.wording, letterhead(words), rows, signed),
        _title(words.wording.title, words.wording.subject),
        subject_id=distribution_id,
        signatory_id=signatory,
        refusals=tuple(problems),
        warnings=(*words.warnings, *told),
    )


def _title(*parts: str) -> str:
    return " - ".join(filter(None, parts))
