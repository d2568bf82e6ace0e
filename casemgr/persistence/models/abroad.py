"""Records of work abroad under contract: the case, its documents, money, support, contacts, claims, and start-ups."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Record, Uid, refers_to


class AbroadCase(Record):
    """One person's way abroad and back; another contract is another case."""

    __tablename__ = "abroad_case"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "household_id"),
        Index(None, "status", "due_on"),
        Index(None, "due_on"),
        Index(None, "departed_on", "returned_on"),
        STRICT,
    )

    person_id: Mapped[UUID] = mapped_column(Uid, refers_to("person.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    status: Mapped[str]
    status_on: Mapped[date]
    incident: Mapped[str]
    """Side state: lost contact, left the contract, accident …; empty: none."""
    incident_on: Mapped[date | None]
    form: Mapped[str]
    """Way of going, Luật 69/2020/QH14 Đ5."""
    market: Mapped[str]
    country: Mapped[str]
    programme_name: Mapped[str]
    generation: Mapped[str]
    """Legal generation of the support: A, B or C."""
    groups: Mapped[tuple[str, ...]]
    class_value: Mapped[str]
    """Of the household when the person registered."""
    firm: Mapped[str]
    licence: Mapped[str]
    supply_registration: Mapped[str]
    """Number under which the supply contract is registered."""
    registered_on: Mapped[date | None]
    selected_on: Mapped[date | None]
    waiting_promise: Mapped[bool | None]
    """The firm promised in writing how long the wait lasts; None: not asked."""
    signed_on: Mapped[date | None]
    contract_from: Mapped[date | None]
    contract_to: Mapped[date | None]
    contract_months: Mapped[int]
    wage: Mapped[int]
    """Of a month, in đồng on the day of signing."""
    accepted_on: Mapped[date | None]
    """Day the receiving side accepted or the visa was given."""
    departed_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    return_reason: Mapped[str]
    notice_on: Mapped[date | None]
    """Notice of residence after the return."""
    liquidated_on: Mapped[date | None]
    loan_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("loan.id"))
    private_debt: Mapped[int]
    due_on: Mapped[date | None]
    """Of what is next."""
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))
    consent_on: Mapped[date | None]
    """The person agreed that these data are kept."""
    content: Mapped[str]
    """JSON of what is only shown and printed (`domain/abroad.AbroadContent`)."""
    note: Mapped[str]


class AbroadDocument(Record):
    """A paper of the worker's dossier."""

    __tablename__ = "abroad_document"
    __table_args__ = (Index(None, "case_id"), Index(None, "expires_on"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("abroad_case.id"))
    kind: Mapped[str]
    number: Mapped[str]
    issued_on: Mapped[date | None]
    issued_by: Mapped[str]
    expires_on: Mapped[date | None]
    context: Mapped[str]
    """Firm, job and country an orientation certificate was given for."""
    note: Mapped[str]


class AbroadPayment(Record):
    """Money the worker paid or left as security."""

    __tablename__ = "abroad_payment"
    __table_args__ = (Index(None, "case_id"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("abroad_case.id"))
    kind: Mapped[str]
    on_date: Mapped[date]
    amount: Mapped[int]
    payee: Mapped[str]
    payee_kind: Mapped[str]
    """firm, training, bank, authority, person or other."""
    blocked_account: Mapped[bool]
    receipt: Mapped[str]
    returned_on: Mapped[date | None]
    returned_amount: Mapped[int]
    note: Mapped[str]


class AbroadSupport(Record):
    """One item of support: its ceiling, what it cost, what was paid."""

    __tablename__ = "abroad_support"
    __table_args__ = (Index(None, "case_id"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("abroad_case.id"))
    item: Mapped[str]
    generation: Mapped[str]
    units: Mapped[int]
    """Days or months where the item is paid by them; 1 otherwise."""
    cost: Mapped[int]
    receipt: Mapped[str]
    amount: Mapped[int]
    """Paid or to be paid, never above the ceiling without a reason."""
    asked_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    override_reason: Mapped[str]
    note: Mapped[str]


class AbroadContact(Record):
    """A contact with somebody abroad or the family."""

    __tablename__ = "abroad_contact"
    __table_args__ = (Index(None, "case_id", "on_date"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("abroad_case.id"))
    on_date: Mapped[date]
    channel: Mapped[str]
    with_whom: Mapped[str]
    reached: Mapped[bool]
    situation: Mapped[str]
    next_on: Mapped[date | None]


class AbroadClaim(Record):
    """A claim on the Overseas Employment Fund or on the firm after a return."""

    __tablename__ = "abroad_claim"
    __table_args__ = (Index(None, "case_id"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("abroad_case.id"))
    kind: Mapped[str]
    asked_on: Mapped[date]
    amount: Mapped[int]
    decision: Mapped[str]
    decided_on: Mapped[date | None]
    paid: Mapped[int]
    paid_on: Mapped[date | None]
    note: Mapped[str]


class DirectContract(Record):
    """Registration of a contract signed directly: the commune answers in working days (Luật 69/2020/QH14 Đ53)."""

    __tablename__ = "direct_contract"
    __table_args__ = (Index(None, "case_id"), Index(None, "decided_on", "due_on"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("abroad_case.id"))
    received_on: Mapped[date]
    complete_on: Mapped[date | None]
    due_on: Mapped[date | None]
    present: Mapped[tuple[str, ...]]
    """Papers and contents of the contract that were found."""
    outcome: Mapped[str]
    """confirmed or refused; empty while open."""
    decided_on: Mapped[date | None]
    paper_number: Mapped[str]
    reason: Mapped[str]
    note: Mapped[str]


class Startup(Record):
    """A business begun with the help of work abroad."""

    __tablename__ = "startup"
    __table_args__ = (Index(None, "household_id"), Index(None, "case_id"), STRICT)

    person_id: Mapped[UUID] = mapped_column(Uid, refers_to("person.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    case_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("abroad_case.id"))
    idea: Mapped[str]
    savings: Mapped[int]
    loan_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("loan.id"))
    training: Mapped[str]
    start_on: Mapped[date | None]
    status: Mapped[str]
    """planned, running or ended."""
    result: Mapped[str]
    note: Mapped[str]
