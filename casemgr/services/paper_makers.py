"""Of each kind of paper: the key of its wording, what it holds, and, where one record is enough, how it is drafted."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from casemgr.domain import paper_templates as keys
from casemgr.domain import papers as contents
from casemgr.domain import support_papers
from casemgr.domain.case_papers import CasePaperContent
from casemgr.domain.community_papers import SponsorReceiptContent
from casemgr.domain.ledger_papers import InsuranceListContent, LoanListContent
from casemgr.domain.paper_kinds import PaperKind
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import counter_papers, frozen_lists, review_papers, support_confirmations
from casemgr.services.paper_words import PaperDraft

Make = Callable[[UnitOfWork, UUID, date, UUID | None], PaperDraft[Any]]

MAKERS: Final[Mapping[PaperKind, Make]] = {
    PaperKind.DECISION: review_papers.decision,
    PaperKind.AVERAGE_DECISION: review_papers.decision,
    PaperKind.POSTING: review_papers.posting,
    PaperKind.MINUTES: review_papers.minutes,
    PaperKind.SUPERIOR_REPORT: review_papers.superior_report,
    PaperKind.REFUSAL: counter_papers.refusal,
    PaperKind.RECEIPT: counter_papers.receipt,
    PaperKind.CONFIRMATION: counter_papers.confirmation,
    PaperKind.SUPPORT_CONFIRMATION: support_confirmations.confirmation,
    PaperKind.PAY_LIST: frozen_lists.pay_list,
    PaperKind.RECEIPT_LIST: frozen_lists.receipt_list,
    PaperKind.SPONSOR_RECEIPT: frozen_lists.sponsor_receipt,
    PaperKind.SUPPORT_REFUSAL: frozen_lists.support_refusal,
    PaperKind.SUPPORT_POSTING: frozen_lists.support_posting,
}
"""The subject is the review for decisions and the report, the posting, the meeting, the request, the household for
confirmations, the pay-out for its lists and its posting, the delivery for a receipt, the enrolment for its refusal."""

CONTENTS: Final[Mapping[PaperKind, type[Any]]] = {
    PaperKind.DECISION: contents.DecisionContent,
    PaperKind.AVERAGE_DECISION: contents.DecisionContent,
    PaperKind.POSTING: contents.PostingContent,
    PaperKind.MINUTES: contents.MinutesContent,
    PaperKind.SUPERIOR_REPORT: contents.SuperiorContent,
    PaperKind.REFUSAL: contents.RefusalContent,
    PaperKind.RECEIPT: contents.ReceiptContent,
    PaperKind.CONFIRMATION: contents.ConfirmationContent,
    PaperKind.SUPPORT_CONFIRMATION: support_papers.SupportConfirmationContent,
    PaperKind.PAY_LIST: support_papers.PayListContent,
    PaperKind.RECEIPT_LIST: support_papers.ReceiptListContent,
    PaperKind.LOAN_LIST: LoanListContent,
    PaperKind.INSURANCE_LIST: InsuranceListContent,
    PaperKind.SPONSOR_RECEIPT: SponsorReceiptContent,
    PaperKind.SUPPORT_REFUSAL: contents.RefusalContent,
    PaperKind.SUPPORT_POSTING: support_papers.SupportPostingContent,
    **{kind: CasePaperContent for kind in PaperKind if kind.value.startswith(keys.CASE)},
}
"""What an issued paper is read back as; the key of its wording is the kind's own value."""
