"""Support of households and people: programmes, enrolments, deliveries, loans, sponsors, activities, targets.

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


class LoanStatus(StrEnum):
    """A loan of the policy bank as seen from the commune."""

    ASKED = "asked"
    LISTED = "listed"
    """On the confirmed list 03/TD."""
    RUNNING = "running"
    REPAID = "repaid"
    REFUSED = "refused"


LOAN_LABELS = {
    LoanStatus.ASKED: N_("Asked for"),
    LoanStatus.LISTED: N_("On the list 03/TD"),
    LoanStatus.RUNNING: N_("Outstanding"),
    LoanStatus.REPAID: N_("Repaid"),
    LoanStatus.REFUSED: N_("Refused"),
}


class LoanEventKind(StrEnum):
    """What changes a loan's balance or due date."""

    DISBURSED = "disbursed"
    REPAID = "repaid"
    EXTENDED = "extended"


LOAN_EVENT_LABELS = {
    LoanEventKind.DISBURSED: N_("Paid out"),
    LoanEventKind.REPAID: N_("Repaid"),
    LoanEventKind.EXTENDED: N_("Extended"),
}


class SponsorshipStatus(StrEnum):
    """How a sponsorship stands."""

    SOUGHT = "sought"
    PROMISED = "promised"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


SPONSORSHIP_LABELS = {
    SponsorshipStatus.SOUGHT: N_("Being sought"),
    SponsorshipStatus.PROMISED: N_("Promised"),
    SponsorshipStatus.RUNNING: N_("Sponsored"),
    SponsorshipStatus.PAUSED: N_("Paused"),
    SponsorshipStatus.ENDED: N_("Ended"),
}


class ActivityKind(StrEnum):
    """Events households or officers take part in."""

    EXTENSION = "extension"
    COMMUNICATION = "communication"
    LEGAL_AID = "legal_aid"
    COMMUNITY_WORKS = "community_works"
    OFFICER_TRAINING = "officer_training"
    OTHER = "other"


ACTIVITY_LABELS = {
    ActivityKind.EXTENSION: N_("Extension training"),
    ActivityKind.COMMUNICATION: N_("Communication session"),
    ActivityKind.LEGAL_AID: N_("Legal aid"),
    ActivityKind.COMMUNITY_WORKS: N_("Community works"),
    ActivityKind.OFFICER_TRAINING: N_("Training of officers"),
    ActivityKind.OTHER: N_("Other event"),
}


class ExitClass(StrEnum):
    """Whether a poor household with a person of merit can leave poverty (target I16)."""

    PROTECTED = "protected"
    """Lives on social protection."""
    ABLE = "able"
    UNSORTED = "unsorted"


EXIT_LABELS = {
    ExitClass.PROTECTED: N_("Lives on social protection"),
    ExitClass.ABLE: N_("Able to leave poverty"),
    ExitClass.UNSORTED: N_("Not sorted yet"),
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
class CardData:
    """A health insurance card of a person."""

    person_id: UUID
    number: str
    group: str
    """Programme code: BHYT-HN, BHYT-HCN, BHYT-NDTB or another."""
    valid_from: date
    valid_to: date | None = None
    facility: str = ""
    payer_percent: int | None = None


@dataclass(frozen=True)
class LoanData:
    """A loan asked for or running."""

    programme: str
    household_id: UUID
    person_id: UUID | None = None
    purpose: str = ""
    group_name: str = ""
    """Tổ tiết kiệm và vay vốn."""
    organisation: str = ""
    """The mass organisation that runs the group."""
    asked_on: date | None = None
    amount: int = 0
    """Đồng asked for or approved."""
    term_months: int = 0
    override_reason: str = ""
    """Why it is lawful although a rule warned."""
    note: str = ""


@dataclass(frozen=True)
class SponsorData:
    """Somebody who gives."""

    name: str
    kind: str = "organisation"
    """organisation, enterprise or person."""
    contact: str = ""
    phone: str | None = None
    note: str = ""


@dataclass(frozen=True)
class SponsorshipData:
    """A promise to a household or person."""

    sponsor_id: UUID
    household_id: UUID
    person_id: UUID | None = None
    form: str = ""
    """Cash every month, gifts, scholarship, days of work, animals."""
    amount: int = 0
    """Đồng each time."""
    rhythm_months: int = 1
    """0: once."""
    from_on: date | None = None
    to_on: date | None = None
    status: SponsorshipStatus = SponsorshipStatus.PROMISED
    end_reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class ActivityData:
    """An event with a list of who was there."""

    kind: ActivityKind
    title: str
    on: date
    to_on: date | None = None
    programme: str = ""
    hamlet_id: UUID | None = None
    place: str = ""
    organiser: str = ""
    topics: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    """Of target I06: income, disaster, climate, market."""
    hours: int = 0
    cost: int = 0
    source: FundSource = FundSource.COMMUNE
    note: str = ""


@dataclass(frozen=True)
class AttendanceData:
    """One participant: a person of a household, or an officer by name."""

    household_id: UUID | None = None
    person_id: UUID | None = None
    officer_id: UUID | None = None
    name: str = ""
    days: int = 1
    contribution: int = 0
    """Đồng, or the value of what was given."""
    result: str = ""


@dataclass(frozen=True)
class OfficerData:
    """Somebody who works on poverty reduction or heads a hamlet (targets I12)."""

    name: str
    position: str
    hamlet_id: UUID | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class WorksData:
    """Public works of the commune (register of 02 §1.6)."""

    name: str
    kind: str
    programme: str = "CT-HT"
    hamlet_id: UUID | None = None
    investor: str = ""
    approval: str = ""
    budget: int = 0
    contribution: int = 0
    contribution_days: int = 0
    land: int = 0
    """Square metres given by people."""
    budget_sources: Mapping[str, int] = field(default_factory=dict)
    """Fund source to đồng; where any is given they add up to `budget`."""
    maintenance: str = ""
    """The group that keeps it up."""
    maintained_on: date | None = None
    maintenance_due: date | None = None
    start_on: date | None = None
    accepted_on: date | None = None
    progress: int = 0
    """Per cent of the work done."""
    disbursed: int = 0
    households: int = 0
    planned_for: bool = False
    """Agrees with the plan of settlement and production."""
    note: str = ""


@dataclass(frozen=True)
class BudgetData:
    """Money set aside for a programme in a year."""

    year: int
    programme: str
    source: FundSource
    amount: int
    document: str = ""


@dataclass(frozen=True)
class TargetData:
    """One line of a plan: an indicator with the value to reach."""

    set_code: str
    indicator: str
    year: int
    comparison: str
    """ge, le, eq or falls_by."""
    value_hundredths: int
    """The value times 100: 1.5 points is 150, 100 % is 10000."""
    unit: str
    """percent, points, households, people or dong."""
    document: str = ""
    note: str = ""
