"""What the risk flags of a case of work abroad look at, gathered from all its registers."""

from dataclasses import dataclass, field
from datetime import date

from casemgr.domain.abroad import AWAY, AbroadContent, AbroadState
from casemgr.domain.abroad_words import PayeeKind, PaymentKind


@dataclass(frozen=True)
class Paid:
    """A payment of the worker."""

    kind: PaymentKind
    on: date
    amount: int
    payee_kind: PayeeKind
    blocked: bool = False
    """Into a blocked account."""


@dataclass(frozen=True)
class Certificate:
    """The newest certificate of an orientation course."""

    issued_on: date | None
    context: str = ""
    """Firm, job and country it was given for; empty: not written."""


@dataclass(frozen=True)
class FlagFile:
    """Everything the flags look at."""

    state: AbroadState
    form: str = ""
    market: str = ""
    country: str = ""
    firm: str = ""
    licence: str = ""
    supply_registration: str = ""
    selected_on: date | None = None
    waiting_promise: bool | None = None
    signed_on: date | None = None
    contract_from: date | None = None
    contract_to: date | None = None
    contract_months: int = 0
    extension_months: int = 0
    wage: int = 0
    accepted_on: date | None = None
    departed_on: date | None = None
    returned_on: date | None = None
    notice_on: date | None = None
    liquidated_on: date | None = None
    age: int | None = None
    """On the day, or on the day of the departure."""
    loan: int | None = None
    """What is owed of the loan, or was asked for."""
    loan_due_on: date | None = None
    private_debt: int = 0
    last_contact: date | None = None
    """The last time somebody was reached."""
    confirmed_on: date | None = None
    """Of the direct contract."""
    orientation: Certificate | None = None
    payments: tuple[Paid, ...] = ()
    content: AbroadContent = field(default_factory=AbroadContent)

    @property
    def away(self) -> bool:
        """Abroad as far as is known."""
        return self.state in AWAY

    @property
    def closed(self) -> bool:
        """Nothing is expected any more."""
        return self.state in (AbroadState.ENDED, AbroadState.CANCELLED)
