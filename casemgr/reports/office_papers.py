"""Draws any numbered paper of the office by what it holds."""

from casemgr.domain.case_papers import CasePaperContent
from casemgr.domain.community_papers import SponsorReceiptContent
from casemgr.domain.ledger_papers import InsuranceListContent, LoanListContent
from casemgr.domain.papers import (
    ConfirmationContent,
    DecisionContent,
    MinutesContent,
    PaperContent,
    PostingContent,
    ReceiptContent,
    RefusalContent,
    SuperiorContent,
)
from casemgr.domain.support_papers import (
    PayListContent,
    ReceiptListContent,
    SupportConfirmationContent,
    SupportPostingContent,
)
from casemgr.reports.case_letters import render_case_paper
from casemgr.reports.handover import render_support_confirmation
from casemgr.reports.insurance_list import render_insurance_list
from casemgr.reports.letter_answers import render_confirmation, render_refusal, render_superior_report
from casemgr.reports.letter_decision import render_decision
from casemgr.reports.letter_minutes import render_minutes
from casemgr.reports.letter_posting import render_posting
from casemgr.reports.letter_requests import render_receipt
from casemgr.reports.loan_list import render_loan_list
from casemgr.reports.pay_lists import render_pay_list, render_receipt_list
from casemgr.reports.support_posting import render_support_posting
from casemgr.reports.thanks import render_sponsor_receipt

FrozenList = PayListContent | ReceiptListContent | LoanListContent | InsuranceListContent | SponsorReceiptContent


def render_paper(
    content: PaperContent | SupportConfirmationContent | SupportPostingContent | CasePaperContent | FrozenList,
) -> bytes:
    """The paper as PDF; `services/office_papers.issue` takes this function."""
    match content:
        case DecisionContent():
            return render_decision(content)
        case PostingContent():
            return render_posting(content)
        case MinutesContent():
            return render_minutes(content)
        case RefusalContent():
            return render_refusal(content)
        case SuperiorContent():
            return render_superior_report(content)
        case ConfirmationContent():
            return render_confirmation(content)
        case ReceiptContent():
            return render_receipt(content)
        case SupportConfirmationContent():
            return render_support_confirmation(content)
        case CasePaperContent():
            return render_case_paper(content)
        case SupportPostingContent():
            return render_support_posting(content)
        case PayListContent():
            return render_pay_list(content)
        case ReceiptListContent():
            return render_receipt_list(content)
        case LoanListContent():
            return render_loan_list(content)
        case InsuranceListContent():
            return render_insurance_list(content)
        case SponsorReceiptContent():
            return render_sponsor_receipt(content)
