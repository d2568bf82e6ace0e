"""A case of work abroad with everything that belongs to it, read at once: what one screen shows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casemgr.domain.abroad import AWAY
from casemgr.domain.abroad_reckoning import Ceiling
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    abroad_cases,
    abroad_claims,
    abroad_contacts,
    abroad_documents,
    abroad_money,
    abroad_steps,
    abroad_support,
    direct_contracts,
    entitlements,
    loan_lists,
    state_steps,
)
from casemgr.services.abroad_cases import SUPPORT, AbroadView
from casemgr.services.abroad_claims import ClaimLine, ClaimView
from casemgr.services.abroad_contacts import ContactView
from casemgr.services.abroad_documents import CheckLine
from casemgr.services.abroad_money import PaymentView, RefundView
from casemgr.services.abroad_steps import NextMove
from casemgr.services.abroad_support import ItemLine, SupportView
from casemgr.services.direct_contracts import DirectView
from casemgr.services.entitlement_rows import Entitlement
from casemgr.services.state_steps import StepView


@dataclass(frozen=True)
class LoanChoice:
    """A loan of the household a case can name."""

    id: UUID
    words: str
    amount: int


@dataclass(frozen=True)
class CaseFile:
    """A case opened: what is written, what happened, and what can happen next."""

    view: AbroadView
    moves: tuple[NextMove, ...]
    steps: tuple[StepView, ...]
    checklist: tuple[CheckLine, ...]
    payments: tuple[PaymentView, ...]
    fee_ceiling: Ceiling | None
    refund: RefundView | None
    items: tuple[ItemLine, ...]
    supports: tuple[SupportView, ...]
    contacts: tuple[ContactView, ...]
    next_contact: date | None
    registrations: tuple[DirectView, ...]
    claims: tuple[ClaimView, ...]
    proposed: tuple[ClaimLine, ...]
    loans: tuple[LoanChoice, ...]

    @property
    def away(self) -> bool:
        """Whether the worker is abroad."""
        return self.view.state in AWAY


def open_case(uow: UnitOfWork, case_id: UUID) -> CaseFile:
    """Everything of one case."""
    view = abroad_cases.view(uow, case_id)
    return CaseFile(
        view=view,
        moves=tuple(abroad_steps.moves(uow, case_id)),
        steps=tuple(state_steps.of(uow, case_id)),
        checklist=tuple(abroad_documents.checklist(uow, case_id)),
        payments=tuple(abroad_money.payments(uow, case_id)),
        fee_ceiling=abroad_money.fee_ceiling_of(uow, case_id),
        refund=abroad_money.refund_of(uow, case_id),
        items=tuple(abroad_support.items(uow, case_id)),
        supports=tuple(abroad_support.supports(uow, case_id)),
        contacts=tuple(abroad_contacts.contacts(uow, case_id)),
        next_contact=abroad_contacts.next_contact(uow, case_id),
        registrations=tuple(direct_contracts.of_case(uow, case_id)),
        claims=tuple(abroad_claims.claims(uow, case_id)),
        proposed=tuple(abroad_claims.proposed(uow, case_id)),
        loans=loans_of(uow, view.data.household_id),
    )


def entitled(uow: UnitOfWork, household_id: UUID, person_id: UUID) -> Entitlement | None:
    """What the programme of the support says of a person today."""
    told = entitlements.entitlements(uow, household_id, uow.today, programmes=(SUPPORT,))
    return next((one for one in told if one.person_id == person_id), None)


def loans_of(uow: UnitOfWork, household_id: UUID) -> tuple[LoanChoice, ...]:
    """The loans of a household, as a case can name one of them."""
    return tuple(
        LoanChoice(one.id, " · ".join(filter(None, (one.programme_name, one.borrower, one.purpose))), one.amount)
        for one in loan_lists.of_household(uow, household_id)
    )
