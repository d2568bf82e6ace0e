"""Support of households and people: programmes, enrolments, deliveries and receipts, money set aside.

Which programmes exist, who is entitled and to how much is dated data (`resources/programmes`, `domain/programmes.py`);
here are the kinds the case file tells apart and what an officer writes down.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from casemgr.i18n import N_


class Unit(StrEnum):
    """Who a programme supports."""

    HOUSEHOLD = "household"
    PERSON = "person"
    GROUP = "group"
    WORKS = "works"


UNIT_LABELS = {
    Unit.HOUSEHOLD: N_("Per household"),
    Unit.PERSON: N_("Per person"),
    Unit.GROUP: N_("Per group"),
    Unit.WORKS: N_("Public works"),
}


class SupportKind(StrEnum):
    """What a programme gives."""

    CASH = "cash"
    GOODS = "goods"
    LOAN = "loan"
    SERVICE = "service"
    CARD = "card"
    EXEMPTION = "exemption"
    WORKS = "works"


SUPPORT_KIND_LABELS = {
    SupportKind.CASH: N_("Cash"),
    SupportKind.GOODS: N_("In kind"),
    SupportKind.LOAN: N_("Loan"),
    SupportKind.SERVICE: N_("Service"),
    SupportKind.CARD: N_("Card"),
    SupportKind.EXEMPTION: N_("Exemption"),
    SupportKind.WORKS: N_("Public works"),
}


class EnrolmentStatus(StrEnum):
    """A beneficiary's standing in a programme."""

    NEED = "need"
    """Asked for it; not decided."""
    PLANNED = "planned"
    APPROVED = "approved"
    """By a decision."""
    RUNNING = "running"
    SUSPENDED = "suspended"
    ENDED = "ended"
    REFUSED = "refused"


ENROLMENT_LABELS = {
    EnrolmentStatus.NEED: N_("Need declared"),
    EnrolmentStatus.PLANNED: N_("Planned"),
    EnrolmentStatus.APPROVED: N_("Approved"),
    EnrolmentStatus.RUNNING: N_("Receiving"),
    EnrolmentStatus.SUSPENDED: N_("Suspended"),
    EnrolmentStatus.ENDED: N_("Ended"),
    EnrolmentStatus.REFUSED: N_("Not entitled"),
}


class DeliveryStatus(StrEnum):
    """How far one payment or hand-over is; a settled one is never edited, only corrected by a new entry."""

    PLANNED = "planned"
    APPROVED = "approved"
    DELIVERED = "delivered"
    RECEIVED = "received"
    RETURNED = "returned"
    CANCELLED = "cancelled"


DELIVERY_LABELS = {
    DeliveryStatus.PLANNED: N_("Planned"),
    DeliveryStatus.APPROVED: N_("Approved"),
    DeliveryStatus.DELIVERED: N_("Handed out"),
    DeliveryStatus.RECEIVED: N_("Received"),
    DeliveryStatus.RETURNED: N_("Returned"),
    DeliveryStatus.CANCELLED: N_("Cancelled"),
}

SETTLED = (DeliveryStatus.RECEIVED, DeliveryStatus.RETURNED)


class Receipt(StrEnum):
    """How the receipt was proved (minimum of the pay-out list, TT 60/2026 Đ3.3)."""

    SIGNATURE = "signature"
    FINGERPRINT = "fingerprint"
    PAY_SERVICE = "pay_service"


RECEIPT_LABELS = {
    Receipt.SIGNATURE: N_("Signature"),
    Receipt.FINGERPRINT: N_("Fingerprint"),
    Receipt.PAY_SERVICE: N_("Confirmed by the pay service"),
}


class FundSource(StrEnum):
    """Where the money comes from."""

    CENTRAL = "central"
    PROVINCE = "province"
    COMMUNE = "commune"
    POLICY_BANK = "policy_bank"
    FUND_FOR_POOR = "fund_for_poor"
    GRATITUDE_FUND = "gratitude_fund"
    SPONSOR = "sponsor"
    HOUSEHOLD = "household"
    OVERSEAS_FUND = "overseas_fund"
    OTHER = "other"


FUND_LABELS = {
    FundSource.CENTRAL: N_("Central budget"),
    FundSource.PROVINCE: N_("Provincial budget"),
    FundSource.COMMUNE: N_("Commune budget"),
    FundSource.POLICY_BANK: N_("Policy bank loans"),
    FundSource.FUND_FOR_POOR: N_("Fund for the Poor"),
    FundSource.GRATITUDE_FUND: N_("Gratitude Fund"),
    FundSource.SPONSOR: N_("Sponsors"),
    FundSource.HOUSEHOLD: N_("The household's own share"),
    FundSource.OVERSEAS_FUND: N_("Overseas Employment Fund"),
    FundSource.OTHER: N_("Other source"),
}


@dataclass(frozen=True)
class GoodsLine:
    """One kind of goods handed over, as the pay-out list must name it."""

    name: str
    quantity: int
    measure: str = ""
    specification: str = ""
    brand: str = ""
    maker: str = ""
    unit_price: int = 0
    """Đồng."""

    @property
    def value(self) -> int:
        """Đồng."""
        return self.quantity * self.unit_price


@dataclass(frozen=True)
class CircumstanceData:
    """A fact programmes ask for that stands nowhere else, of a person or a household, with its dates."""

    code: str
    """From `resources/programmes/facts.toml`."""
    holds: bool
    """True: it is so; False: it was asked and is not so."""
    household_id: UUID | None = None
    person_id: UUID | None = None
    from_on: date | None = None
    to_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class EnrolmentData:
    """A household's or person's place in a programme."""

    programme: str
    household_id: UUID
    person_id: UUID | None = None
    status: EnrolmentStatus = EnrolmentStatus.NEED
    need_on: date | None = None
    eligible: bool | None = None
    """What was established; None = not yet, never "no"."""
    decision_number: str = ""
    decision_on: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    amount: int | None = None
    """Đồng per period, where it was decided."""
    detail: Mapping[str, str] = field(default_factory=dict)
    """What the programme asks beyond this (school, grade, works, case number), by field code of the catalogue."""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class DeliveryData:
    """One payment or hand-over."""

    programme: str
    household_id: UUID
    on: date
    person_id: UUID | None = None
    rule: str = ""
    """Id of the rule version that paid it: generations overlap in 2026."""
    period: str = ""
    """2026, 2026-Q4, 2026-11 or a school year 2026-2027; what must not be paid twice."""
    amount: int = 0
    """Đồng; with goods their value comes on top."""
    goods: tuple[GoodsLine, ...] = ()
    source: FundSource = FundSource.CENTRAL
    budget_id: UUID | None = None
    decision_number: str = ""
    decision_on: date | None = None
    sponsorship_id: UUID | None = None
    stage: str = ""
    """Of a staged programme, e.g. first payment 70 %."""
    override_reason: str = ""
    """Why it is lawful although a rule warned."""
    note: str = ""


@dataclass(frozen=True)
class ReceiptData:
    """Who collected, and how it is proved."""

    received_on: date
    by_name: str = ""
    by_relation: str = ""
    authorisation: str = ""
    """Number or date of the written authorisation when somebody else collected (C28)."""
    proof: Receipt = Receipt.SIGNATURE


@dataclass(frozen=True)
class BudgetData:
    """Money set aside for a programme in a year."""

    year: int
    programme: str
    source: FundSource
    amount: int
    document: str = ""
