"""Work abroad under contract: the states of a case, its side states, and what is only shown and printed.

States after Luật số 69/2020/QH14. Their order differs by market, so a case moves freely before the departure; what the
law forces are facts of a step (a contract before a deposit, papers before the departure). Forms, markets, papers,
items of support and risk flags are data (`resources/casework/abroad.toml`), amounts and periods are rates.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casemgr.domain.abroad_words import Kept
from casemgr.domain.findings import Severity
from casemgr.domain.states import Machine, Move, Need, State
from casemgr.domain.text import clean, fold
from casemgr.i18n import N_


class AbroadState(StrEnum):
    """How far somebody is on the way abroad and back."""

    ADVISED = "advised"
    REGISTERED = "registered"
    HEALTH_CHECK = "health_check"
    TRAINING = "training"
    SCREENING = "screening"
    SELECTED = "selected"
    SIGNED = "signed"
    DIRECT = "direct"
    ORIENTED = "oriented"
    PAPERS = "papers"
    LOAN = "loan"
    DEPOSIT = "deposit"
    DEPARTED = "departed"
    WORKING = "working"
    EXTENDED = "extended"
    RETURNED = "returned"
    REINTEGRATION = "reintegration"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Incident(StrEnum):
    """What happened beside the state; never a judgement of anybody."""

    LOST_CONTACT = "lost_contact"
    LEFT_CONTRACT = "left_contract"
    IRREGULAR_STAY = "irregular_stay"
    ACCIDENT = "accident"
    DEAD_OR_MISSING = "dead_or_missing"
    DISPUTE = "dispute"


INCIDENT_LABELS: Final = {
    Incident.LOST_CONTACT: N_("Contact lost"),
    Incident.LEFT_CONTRACT: N_("Left the contract"),
    Incident.IRREGULAR_STAY: N_("Stay without permission"),
    Incident.ACCIDENT: N_("Accident or illness"),
    Incident.DEAD_OR_MISSING: N_("Dead or missing"),
    Incident.DISPUTE: N_("Dispute"),
}


class Generation(StrEnum):
    """Legal generation of the support."""

    A = "A"
    B = "B"
    C = "C"


class SupportGroup(StrEnum):
    """Groups of people the support is for; a person may belong to several."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    ESCAPED = "escaped"
    MINORITY = "minority"
    LAND_LOST = "land_lost"
    MERIT = "merit"
    SERVICE_FINISHED = "service_finished"
    OTHER = "other"


GROUP_LABELS: Final = {
    SupportGroup.POOR: N_("Poor household"),
    SupportGroup.NEAR_POOR: N_("Near-poor household"),
    SupportGroup.ESCAPED: N_("Household that left poverty"),
    SupportGroup.MINORITY: N_("Ethnic minority"),
    SupportGroup.LAND_LOST: N_("Land taken by the state"),
    SupportGroup.MERIT: N_("Person of merit or relative"),
    SupportGroup.SERVICE_FINISHED: N_("Finished military or police service"),
    SupportGroup.OTHER: N_("Other resident"),
}


class ReturnReason(StrEnum):
    """Why somebody came back."""

    TERM = "term"
    ILLNESS = "illness"
    EMPLOYER = "employer"
    ABUSE = "abuse"
    FORCE_MAJEURE = "force_majeure"
    DISPUTE = "dispute"
    OWN_WISH = "own_wish"
    OWN_FAULT = "own_fault"
    UNKNOWN = "unknown"


RETURN_LABELS: Final = {
    ReturnReason.TERM: N_("The contract ended"),
    ReturnReason.ILLNESS: N_("Accident or illness, cannot work on"),
    ReturnReason.EMPLOYER: N_("The employer closed or has no work"),
    ReturnReason.ABUSE: N_("Mistreated or forced to work"),
    ReturnReason.FORCE_MAJEURE: N_("War, disaster or epidemic"),
    ReturnReason.DISPUTE: N_("Dispute, not through the worker's fault"),
    ReturnReason.OWN_WISH: N_("Own wish"),
    ReturnReason.OWN_FAULT: N_("Contract ended through the worker"),
    ReturnReason.UNKNOWN: N_("Not known yet"),
}

NOT_AT_FAULT: Final = frozenset(
    (
        ReturnReason.ILLNESS,
        ReturnReason.EMPLOYER,
        ReturnReason.ABUSE,
        ReturnReason.FORCE_MAJEURE,
        ReturnReason.DISPUTE,
    )
)
"""Early returns that open the question of refunds and of the Fund."""


_ASK: Final = Severity.WARN
ADULT = Need("adult", N_("Not of full age on that day, or the birth is not known."), "person_id", severity=_ASK)
NO_BAN = Need("no_ban", N_("An exit ban or lack of legal capacity is recorded."), "content", severity=_ASK)
PROMISE = Need(
    "promise", N_("The firm has not promised in writing how long the wait lasts."), "waiting_promise", severity=_ASK
)
TERM = Need("term", N_("Write the term of the contract."), "contract_to", severity=_ASK)
IS_DIRECT = Need("is_direct", N_("Only for a contract signed directly with the employer."), "form")
RECEIVED = Need("received", N_("The registration of the contract was not received yet."), "direct", severity=_ASK)
ORIENTATION = Need(
    "orientation", N_("The certificate of the orientation course is missing."), "documents", severity=_ASK
)
LOAN_LINK = Need("loan", N_("Choose the loan."), "loan_id", severity=_ASK)
CONTRACT = Need("contract", N_("No contract is signed yet."), "signed_on")
ACCEPTANCE = Need("acceptance", N_("The receiving side has not accepted yet and no visa was given."), "accepted_on")
DOSSIER = Need("dossier", N_("Papers the law names are missing."), "documents", severity=_ASK)
VALID_PAPERS = Need("valid_papers", N_("A paper of the dossier has expired by that day."), "documents", severity=_ASK)
CONFIRMED = Need("confirmed", N_("The registration of the direct contract is not confirmed."), "direct", severity=_ASK)
NEW_TERM = Need("new_term", N_("Write the new end of the contract; it lies after the one before."), "contract_to")
REASON = Need("return_reason", N_("Choose why the worker came back."), "return_reason")
LIQUIDATED = Need("liquidated", N_("The contract is not settled yet."), "liquidated_on", severity=_ASK)
LOAN_REPAID = Need("loan_repaid", N_("The loan is not repaid yet."), "loan_id", severity=_ASK)
DEPOSIT_BACK = Need("deposit_back", N_("The deposit was not given back yet."), "payments", severity=_ASK)

_S = AbroadState
PREPARING: Final = tuple(AbroadState)[: tuple(AbroadState).index(_S.DEPARTED)]
"""States before the departure, in the order of the handbook."""
AWAY: Final = (_S.DEPARTED, _S.WORKING, _S.EXTENDED)
OPEN: Final = tuple(one for one in AbroadState if one not in (_S.ENDED, _S.CANCELLED))

_NEEDS: Final = {
    _S.REGISTERED: (ADULT, NO_BAN),
    _S.SELECTED: (PROMISE,),
    _S.SIGNED: (TERM,),
    _S.DIRECT: (IS_DIRECT, RECEIVED),
    _S.ORIENTED: (ORIENTATION,),
    _S.LOAN: (LOAN_LINK,),
    _S.DEPOSIT: (CONTRACT, ACCEPTANCE),
    _S.DEPARTED: (CONTRACT, ADULT, NO_BAN, DOSSIER, VALID_PAPERS, CONFIRMED),
}
_FREE: Final = PREPARING[PREPARING.index(_S.HEALTH_CHECK) :]
"""Steps taken in whatever order the market asks for."""
_SETTLED: Final = (LIQUIDATED, LOAN_REPAID, DEPOSIT_BACK)


def _preparing(state: AbroadState) -> tuple[Move, ...]:
    """From a step of the preparation: the one that follows first, then the others, then back, then the end."""
    place = PREPARING.index(state)
    onward = list(PREPARING[place + 1 :])
    onward += [one for one in _FREE if one in PREPARING[:place] and state in _FREE]
    moves = [Move(one, _NEEDS.get(one, ()), papers=_PAPERS.get(one, ())) for one in onward]
    moves.insert(len(PREPARING) - place - 1, Move(_S.DEPARTED, _NEEDS[_S.DEPARTED]))
    moves += [Move(one, back=True) for one in PREPARING[:place] if one not in _FREE or state not in _FREE]
    return (*moves, Move(_S.CANCELLED, back=True))


_PAPERS: Final = {
    _S.REGISTERED: ("case_curriculum_vitae", "case_introduction"),
    _S.DIRECT: ("case_contract_confirmation", "case_contract_refusal"),
    _S.PAPERS: ("case_abroad_support_request",),
}
_RETURN: Final = Move(_S.RETURNED, (REASON,))
_EXTEND: Final = Move(_S.EXTENDED, (NEW_TERM,))
_LOST: Final = Move(_S.ENDED, back=True)
"""Death or a person missing: nobody comes back."""

ABROAD_MACHINE: Final = Machine(
    "abroad",
    (
        State(_S.ADVISED, N_("Advice on work abroad")),
        State(_S.REGISTERED, N_("Registered to go")),
        State(_S.HEALTH_CHECK, N_("Health check")),
        State(_S.TRAINING, N_("Learning trade and language")),
        State(_S.SCREENING, N_("First selection")),
        State(_S.SELECTED, N_("Selected")),
        State(_S.SIGNED, N_("Contract for abroad signed")),
        State(_S.DIRECT, N_("Direct contract being registered")),
        State(_S.ORIENTED, N_("Orientation course")),
        State(_S.PAPERS, N_("Passport, criminal record, visa")),
        State(_S.LOAN, N_("Taking a loan")),
        State(_S.DEPOSIT, N_("Deposit paid")),
        State(_S.DEPARTED, N_("Left the country")),
        State(_S.WORKING, N_("Working abroad")),
        State(_S.EXTENDED, N_("Contract extended")),
        State(_S.RETURNED, N_("Came home")),
        State(_S.REINTEGRATION, N_("Settling in again")),
        State(_S.ENDED, N_("Case of work abroad ended"), final=True),
        State(_S.CANCELLED, N_("Given up before departure"), final=True),
    ),
    {one.value: _preparing(one) for one in PREPARING}
    | {
        _S.DEPARTED: (Move(_S.WORKING), _EXTEND, _RETURN, Move(_S.PAPERS, back=True), _LOST),
        _S.WORKING: (_RETURN, _EXTEND, Move(_S.DEPARTED, back=True), _LOST),
        _S.EXTENDED: (Move(_S.WORKING), _EXTEND, _RETURN, _LOST),
        _S.RETURNED: (Move(_S.REINTEGRATION), Move(_S.ENDED, _SETTLED), Move(_S.WORKING, back=True)),
        _S.REINTEGRATION: (Move(_S.ENDED, _SETTLED), Move(_S.RETURNED, back=True)),
        _S.ENDED: (Move(_S.REINTEGRATION, back=True),),
        _S.CANCELLED: (Move(_S.ADVISED, back=True), Move(_S.REGISTERED, back=True)),
    },
)
"""A person's way abroad and back; what happens beside it is an `Incident`."""


@dataclass(frozen=True)
class AbroadContent:
    """What is shown and printed and never searched; what is voluntary needs the person's consent."""

    job: str = ""
    workplace: str = ""
    employer: str = ""
    employer_address: str = ""
    work_status: str = ""
    firm_contact: str = ""
    level: str = ""
    """Of language or skill: N5, TOPIK …"""
    flight: str = ""
    address_abroad: str = ""
    contact_abroad: str = ""
    """Voluntary."""
    contact_home: str = ""
    """Voluntary."""
    remittance: int = 0
    """Of a month, voluntary; đồng."""
    exit_ban: bool = False
    no_capacity: bool = False
    sender_is_person: bool = False
    """Sent by a private person, not by a unit."""
    sailor: bool = False
    """Service fees of crews of ships have their own ceiling."""
    area_banned: bool = False
    """War, contamination or an epidemic where the work is."""
    kept: tuple[Kept, ...] = ()
    """What the firm keeps as security."""
    advice: str = ""
    reintegration: str = ""
    bank: str = ""
    account: str = ""
    """Where support is to be paid."""
    result: str = ""
    """What it brought the household."""

    @property
    def voluntary(self) -> tuple[str, ...]:
        """Fields that are filled in and need consent."""
        names = ("contact_abroad", "contact_home", "remittance")
        return tuple(name for name in names if getattr(self, name))


def context_of(firm: str, job: str, country: str) -> str:
    """What an orientation certificate was given for; it has to be renewed when one of them changes."""
    return " / ".join(fold(clean(one)) for one in (firm, job, country))
