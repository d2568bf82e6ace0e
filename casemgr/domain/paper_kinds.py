"""Kinds of papers that are frozen when issued, and what people call them."""

from enum import StrEnum

from casemgr.i18n import N_


class PaperKind(StrEnum):
    """Papers of the office that are kept as they were issued, with a number where the paper has one."""

    DECISION = "decision"
    AVERAGE_DECISION = "average_decision"
    POSTING = "posting"
    MINUTES = "minutes"
    REFUSAL = "refusal"
    SUPERIOR_REPORT = "superior_report"
    RECEIPT = "receipt"
    CONFIRMATION = "confirmation"
    SUPPORT_CONFIRMATION = "support_confirmation"
    PAY_LIST = "pay_list"
    RECEIPT_LIST = "receipt_list"
    LOAN_LIST = "loan_list"
    INSURANCE_LIST = "insurance_list"
    SPONSOR_RECEIPT = "sponsor_receipt"
    SUPPORT_REFUSAL = "support_refusal"
    SUPPORT_POSTING = "support_posting"
    PRODUCTION_REQUEST = "case_production_request"
    PRODUCTION_PLAN = "case_production_plan"
    SELECTION_MINUTES = "case_selection_minutes"
    COMMITMENT = "case_commitment"
    PASSING_SLIP = "case_passing_slip"
    ACCEPTANCE_MINUTES = "case_acceptance_minutes"
    LIQUIDATION_MINUTES = "case_liquidation_minutes"
    LOSS_MINUTES = "case_loss_minutes"
    VISIT_SHEET = "case_visit_sheet"
    TRAINING_REQUEST = "case_training_request"
    TRAINING_CLASS_LIST = "case_training_class_list"
    TRAINING_DECISION_LIST = "case_training_decision_list"
    TRAINING_SUPPORT_LIST = "case_training_support_list"
    TRAINING_CONFIRMATION = "case_training_confirmation"
    CURRICULUM_VITAE = "case_curriculum_vitae"
    CONTRACT_CONFIRMATION = "case_contract_confirmation"
    CONTRACT_REFUSAL = "case_contract_refusal"
    ABROAD_SUPPORT_REQUEST = "case_abroad_support_request"
    INTRODUCTION = "case_introduction"
    HOUSING_STAGE = "case_housing_stage"
    HOUSING_DONE = "case_housing_done"


PAPER_LABELS = {
    PaperKind.DECISION: N_("Decision recognising households (Mẫu số 02)"),
    PaperKind.AVERAGE_DECISION: N_("Decision on the average living standard (Mẫu số 02)"),
    PaperKind.POSTING: N_("Notice of posting with its list"),
    PaperKind.MINUTES: N_("Minutes of the residents' meeting"),
    PaperKind.REFUSAL: N_("Refusal with reason"),
    PaperKind.SUPERIOR_REPORT: N_("Report to the superior"),
    PaperKind.RECEIPT: N_("Receipt with the due date"),
    PaperKind.CONFIRMATION: N_("Confirmation of the average living standard"),
    PaperKind.SUPPORT_CONFIRMATION: N_("Confirmation of support received or not received"),
    PaperKind.PAY_LIST: N_("Pay-out list of households"),
    PaperKind.RECEIPT_LIST: N_("Signature list by hamlet"),
    PaperKind.LOAN_LIST: N_("List of loans asked for (03/TD)"),
    PaperKind.INSURANCE_LIST: N_("Increases and decreases of insurance cards"),
    PaperKind.SPONSOR_RECEIPT: N_("Receipt with thanks to a sponsor"),
    PaperKind.SUPPORT_REFUSAL: N_("Notice that support is refused (C27)"),
    PaperKind.SUPPORT_POSTING: N_("Notice posting a list of support (C26)"),
    PaperKind.PRODUCTION_REQUEST: N_("Request for production support (C12)"),
    PaperKind.PRODUCTION_PLAN: N_("Production plan of a household (C12)"),
    PaperKind.SELECTION_MINUTES: N_("Minutes of the selection meeting (C12)"),
    PaperKind.COMMITMENT: N_("Commitment of a household (C13)"),
    PaperKind.PASSING_SLIP: N_("Slip of return and passing on (C13)"),
    PaperKind.ACCEPTANCE_MINUTES: N_("Minutes of acceptance (C14)"),
    PaperKind.LIQUIDATION_MINUTES: N_("Minutes of liquidation of a contract (C14)"),
    PaperKind.LOSS_MINUTES: N_("Minutes of loss (C15)"),
    PaperKind.VISIT_SHEET: N_("Sheet of a visit"),
    PaperKind.TRAINING_REQUEST: N_("Request for vocational training (C16)"),
    PaperKind.TRAINING_CLASS_LIST: N_("List of a training class"),
    PaperKind.TRAINING_DECISION_LIST: N_("List for the decision on training"),
    PaperKind.TRAINING_SUPPORT_LIST: N_("List for training support (C16)"),
    PaperKind.TRAINING_CONFIRMATION: N_("Confirmation of taking part in a course (C17)"),
    PaperKind.CURRICULUM_VITAE: N_("Curriculum vitae with confirmation (C18)"),
    PaperKind.CONTRACT_CONFIRMATION: N_("Confirmation that a contract is registered (C19)"),
    PaperKind.CONTRACT_REFUSAL: N_("Refusal to confirm a contract (C20)"),
    PaperKind.ABROAD_SUPPORT_REQUEST: N_("Request for support to work abroad (C21)"),
    PaperKind.INTRODUCTION: N_("Letter of introduction of a worker (C22)"),
    PaperKind.HOUSING_STAGE: N_("Minutes of completion of a stage of a house (C11)"),
    PaperKind.HOUSING_DONE: N_("Minutes of completion and use of a house (C11)"),
}
"""The kinds in words; the order is that of the list of papers."""
