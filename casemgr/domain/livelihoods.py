"""Livelihood plans and community projects: their states, the thirteen parts of a plan, and what is kept of animals.

The steps of approval follow the public procedures of NĐ 358/2025/NĐ-CP. No statutory form of a household's plan was
found: the parts are those the dossiers of communes hold, and each can be left empty.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casemgr.domain.findings import Severity
from casemgr.domain.states import Machine, Move, Need, State
from casemgr.domain.support import FundSource
from casemgr.i18n import N_


class PlanState(StrEnum):
    """How far a household's plan is."""

    DRAFT = "draft"
    REGISTERED = "registered"
    VOTED = "voted"
    APPRAISING = "appraising"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPROVED = "approved"
    COMMITTED = "committed"
    HANDED_OVER = "handed_over"
    RUNNING = "running"
    ACCEPTED = "accepted"
    REVOLVING = "revolving"
    COMPLETED = "completed"
    STOPPED = "stopped"


class ProjectState(StrEnum):
    """How far a community project is."""

    ANNOUNCED = "announced"
    RECEIVING = "receiving"
    ASSESSING = "assessing"
    PUBLISHED = "published"
    APPROVED = "approved"
    CONTRACTED = "contracted"
    RUNNING = "running"
    ACCEPTED = "accepted"
    LIQUIDATED = "liquidated"
    REVOLVING = "revolving"
    ENDED = "ended"
    NOT_CHOSEN = "not_chosen"
    STOPPED = "stopped"


class AssetState(StrEnum):
    """What became of an animal or thing handed over."""

    HANDED = "handed"
    KEPT = "kept"
    BRED = "bred"
    SOLD = "sold"
    DIED_OBJECTIVE = "died_objective"
    DIED_FAULT = "died_fault"
    MISSING = "missing"
    MOVED = "moved"


ASSET_LABELS: Final = {
    AssetState.HANDED: N_("Handed over"),
    AssetState.KEPT: N_("Kept or in use"),
    AssetState.BRED: N_("Has young"),
    AssetState.SOLD: N_("Sold"),
    AssetState.DIED_OBJECTIVE: N_("Died or broken, no fault"),
    AssetState.DIED_FAULT: N_("Died or broken through fault"),
    AssetState.MISSING: N_("Stolen or lost"),
    AssetState.MOVED: N_("Moved to another household"),
}

TRADE_LABELS: Final = {
    "crops": N_("Crops"),
    "animals": N_("Livestock"),
    "aquaculture": N_("Aquaculture"),
    "crafts": N_("Crafts, small industry"),
    "services": N_("Services"),
    "small_trade": N_("Small trade"),
    "wage_work": N_("Work for wages"),
    "far_work": N_("Work far from home"),
    "abroad": N_("Work in another country"),
}
"""Branches of a livelihood."""

SIGNED = Need("signed", N_("The household has not signed the request yet."), "asked_on")
MEETING = Need("voted", N_("Write the day of the hamlet's meeting and its votes."), "votes")
DOSSIER = Need("dossier", N_("The dossier is not complete: request, plan and minutes."), "dossier")
DECISION = Need("decision", N_("Write the number and day of the decision."), "decision_number")
COMMITMENT = Need("commitment", N_("The household has not signed the commitment."), "committed_on")
OWN_SHARE = Need("own_share", N_("The household's own share is not ready yet."), "own", severity=Severity.WARN)
HANDED = Need("handed", N_("No line of the hand-over is signed yet."), "assets")
VISITED = Need("visited", N_("The first follow-up visit is not recorded."), "visits")
ACCEPTED = Need("accepted", N_("The minutes of acceptance are missing, or they say “not reached”."), "acceptance")
SETTLED_LOSS = Need("loss_settled", N_("A loss is not settled yet."), "losses", severity=Severity.WARN)
DUTY = Need("duty", N_("No duty to pass on is written."), "duties")
DUTIES_CLOSED = Need("duties_closed", N_("Something is still owed to the next household."), "duties")
ASSESSED = Need("assessed", N_("The result is not assessed yet."), "result", severity=Severity.WARN)
PUBLIC = Need("public", N_("The plan of support was not announced yet."), "published_on")
COUNCIL = Need("council", N_("The council has not assessed the dossier yet."), "council")
RESULT_PUBLIC = Need("result_public", N_("The result of the assessment was not made public."), "published_on")
CONTRACT = Need("contract", N_("Write the number and day of the contract."), "contract_number")
GROUP = Need("group", N_("The project has no group of households."), "group_id")

_P = PlanState
_STOP = Move(_P.STOPPED, back=True)

PLAN_MACHINE: Final = Machine(
    "livelihood",
    (
        State(_P.DRAFT, N_("Draft plan")),
        State(_P.REGISTERED, N_("Household has registered")),
        State(_P.VOTED, N_("Chosen by the hamlet's meeting")),
        State(_P.APPRAISING, N_("Waiting for appraisal")),
        State(_P.RETURNED, N_("Returned to be completed")),
        State(_P.REJECTED, N_("Plan not chosen"), final=True),
        State(_P.APPROVED, N_("Approved by decision")),
        State(_P.COMMITTED, N_("Commitment signed")),
        State(_P.HANDED_OVER, N_("Support handed over")),
        State(_P.RUNNING, N_("Plan under way")),
        State(_P.ACCEPTED, N_("Accepted after inspection")),
        State(_P.REVOLVING, N_("Passing on")),
        State(_P.COMPLETED, N_("Plan completed"), final=True),
        State(_P.STOPPED, N_("Plan stopped"), final=True),
    ),
    {
        _P.DRAFT: (Move(_P.REGISTERED, (SIGNED,), papers=("case_production_request", "case_production_plan")), _STOP),
        _P.REGISTERED: (
            Move(_P.VOTED, (MEETING,), papers=("case_selection_minutes",)),
            Move(_P.DRAFT, back=True),
            Move(_P.REJECTED, back=True),
            _STOP,
        ),
        _P.VOTED: (
            Move(_P.APPRAISING, (DOSSIER,)),
            Move(_P.REGISTERED, back=True),
            Move(_P.REJECTED, back=True),
            _STOP,
        ),
        _P.APPRAISING: (
            Move(_P.APPROVED, (DECISION,)),
            Move(_P.RETURNED, back=True),
            Move(_P.REJECTED, back=True),
            _STOP,
        ),
        _P.RETURNED: (Move(_P.APPRAISING, (DOSSIER,)), Move(_P.REJECTED, back=True), _STOP),
        _P.REJECTED: (Move(_P.DRAFT, back=True),),
        _P.APPROVED: (
            Move(_P.COMMITTED, (COMMITMENT, OWN_SHARE), papers=("case_commitment",)),
            Move(_P.APPRAISING, back=True),
            _STOP,
        ),
        _P.COMMITTED: (
            Move(_P.HANDED_OVER, (DECISION, HANDED)),
            Move(_P.APPROVED, back=True),
            _STOP,
        ),
        _P.HANDED_OVER: (Move(_P.RUNNING, (VISITED,), papers=("case_visit_sheet",)), _STOP),
        _P.RUNNING: (Move(_P.ACCEPTED, (ACCEPTED, SETTLED_LOSS), papers=("case_acceptance_minutes",)), _STOP),
        _P.ACCEPTED: (
            Move(_P.REVOLVING, (DUTY,), papers=("case_passing_slip",)),
            Move(_P.COMPLETED, (DUTIES_CLOSED, ASSESSED)),
            Move(_P.RUNNING, back=True),
            _STOP,
        ),
        _P.REVOLVING: (Move(_P.COMPLETED, (DUTIES_CLOSED, ASSESSED)), _STOP),
        _P.COMPLETED: (Move(_P.REVOLVING, (DUTY,), back=True),),
        _P.STOPPED: (Move(_P.DRAFT, back=True),),
    },
)
"""The household's plan (KeHoachSinhKe); a loss is a flag beside the state, `at_risk`."""

_S = ProjectState
_END = Move(_S.STOPPED, back=True)

PROJECT_MACHINE: Final = Machine(
    "project",
    (
        State(_S.ANNOUNCED, N_("Plan of support announced")),
        State(_S.RECEIVING, N_("Receiving dossiers")),
        State(_S.ASSESSING, N_("Being assessed")),
        State(_S.PUBLISHED, N_("Result made public")),
        State(_S.APPROVED, N_("Project approved")),
        State(_S.CONTRACTED, N_("Contract signed")),
        State(_S.RUNNING, N_("Being carried out")),
        State(_S.ACCEPTED, N_("Project accepted")),
        State(_S.LIQUIDATED, N_("Contract settled")),
        State(_S.REVOLVING, N_("Project passing on")),
        State(_S.ENDED, N_("Project ended"), final=True),
        State(_S.NOT_CHOSEN, N_("Project not chosen"), final=True),
        State(_S.STOPPED, N_("Project stopped"), final=True),
    ),
    {
        _S.ANNOUNCED: (Move(_S.RECEIVING, (PUBLIC,)), _END),
        _S.RECEIVING: (Move(_S.ASSESSING, (DOSSIER, GROUP)), Move(_S.ANNOUNCED, back=True), _END),
        _S.ASSESSING: (
            Move(_S.PUBLISHED, (COUNCIL,)),
            Move(_S.NOT_CHOSEN, back=True),
            Move(_S.RECEIVING, back=True),
            _END,
        ),
        _S.PUBLISHED: (Move(_S.APPROVED, (RESULT_PUBLIC, DECISION)), Move(_S.ASSESSING, back=True), _END),
        _S.APPROVED: (Move(_S.CONTRACTED, (CONTRACT,)), _END),
        _S.CONTRACTED: (Move(_S.RUNNING, (HANDED,)), _END),
        _S.RUNNING: (Move(_S.ACCEPTED, (ACCEPTED, SETTLED_LOSS), papers=("case_acceptance_minutes",)), _END),
        _S.ACCEPTED: (Move(_S.LIQUIDATED, papers=("case_liquidation_minutes",)), Move(_S.RUNNING, back=True), _END),
        _S.LIQUIDATED: (Move(_S.REVOLVING, (DUTY,)), Move(_S.ENDED, (DUTIES_CLOSED,))),
        _S.REVOLVING: (Move(_S.ENDED, (DUTIES_CLOSED,)), _END),
        _S.NOT_CHOSEN: (Move(_S.RECEIVING, back=True),),
        _S.STOPPED: (Move(_S.ANNOUNCED, back=True),),
    },
)
"""A community project (DuAnCongDong)."""


@dataclass(frozen=True)
class LandLine:
    """A piece of land or water a household can work on."""

    kind: str
    square_metres: int
    papers: str = ""


@dataclass(frozen=True)
class CostLine:
    """One thing the plan needs and who pays it."""

    name: str
    quantity: int
    unit_price: int
    """Đồng."""
    source: FundSource = FundSource.CENTRAL
    measure: str = ""
    specification: str = ""

    @property
    def amount(self) -> int:
        """Đồng."""
        return self.quantity * self.unit_price


class OwnKind(StrEnum):
    """What a household puts in itself."""

    CASH = "cash"
    GOODS = "goods"
    LABOUR = "labour"
    LAND = "land"


OWN_LABELS: Final = {
    OwnKind.CASH: N_("Money put in"),
    OwnKind.GOODS: N_("Things put in"),
    OwnKind.LABOUR: N_("Days of work"),
    OwnKind.LAND: N_("Land, barn"),
}


@dataclass(frozen=True)
class OwnLine:
    """One part of the household's own share; days of work times their price."""

    kind: OwnKind
    name: str
    quantity: int
    unit_price: int
    when: str = ""
    paid: int = 0
    """Đồng already put in."""

    @property
    def amount(self) -> int:
        """Đồng."""
        return self.quantity * self.unit_price


@dataclass(frozen=True)
class SeasonStep:
    """A step of the calendar; it may run over the turn of the year."""

    label: str
    first_month: int
    last_month: int
    responsible: str = ""


@dataclass(frozen=True)
class RiskLine:
    """What may go wrong and what is done then."""

    risk: str
    response: str


@dataclass(frozen=True)
class PlanContent:
    """Parts 2 to 13 of a plan that are shown and printed; money in đồng."""

    causes: tuple[str, ...] = ()
    """Of the latest review, as they stood when the plan was written."""
    deprived: tuple[str, ...] = ()
    land: tuple[LandLine, ...] = ()
    barns: str = ""
    tools: str = ""
    workers: int = 0
    hours_a_day: int = 0
    experience: str = ""
    savings: int = 0
    debts: str = ""
    scale: str = ""
    reasons: str = ""
    market: str = ""
    costs: tuple[CostLine, ...] = ()
    own: tuple[OwnLine, ...] = ()
    season: tuple[SeasonStep, ...] = ()
    training: tuple[str, ...] = ()
    cycle_months: int = 0
    cycle_cost: int = 0
    cycle_income: int = 0
    income_now: int = 0
    """Of one head in a month before the plan."""
    ends_deprivation: tuple[str, ...] = ()
    risks: tuple[RiskLine, ...] = ()
    insurance: str = ""
    promises: tuple[str, ...] = ()
    association: str = ""
    technician: str = ""
    sponsor: str = ""
    opinions: tuple[tuple[str, str], ...] = ()
    """Who (hamlet, association, economic office, culture office) and what they said."""
    result: str = ""
    """The assessment at the end."""


@dataclass(frozen=True)
class RevolvingRules:
    """How a project's support is passed on; every province and project has its own, so all of it is entered."""

    form: str = ""
    """cash or animals; empty: nothing is passed on."""
    share_hundredths: int = 0
    """Part of the support that is returned, per cent times 100."""
    animals: int = 0
    first_after_months: int = 0
    every_months: int = 0
    instalments: int = 1
    next_chosen_by: str = ""
    kept_by: str = ""
    when_no_fault: str = ""
    when_fault: str = ""
    surplus: str = ""
