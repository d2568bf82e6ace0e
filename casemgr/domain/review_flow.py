"""Which state may follow which for a household in a review: pure rules over the steps the standard lists."""

from dataclasses import dataclass
from typing import Final

from casemgr.domain.reviews import CASE_STATE_LABELS, CaseState
from casemgr.i18n import _

UNKEYED: Final = (CaseState.LISTED, CaseState.SURVEYED)
"""No result is on file yet."""

CLOSED: Final = (CaseState.DECIDED, CaseState.REMOVED)
"""Nothing follows."""

_LOOP: Final = (CaseState.RECHECK, CaseState.POSTED_AGAIN)
"""Steps only a household with an objection takes."""


@dataclass(frozen=True)
class Standing:
    """How far one household is, as far as the next step depends on it."""

    state: CaseState
    has_result: bool = False
    posted_before: bool = False


@dataclass(frozen=True)
class Flow:
    """The steps of one review."""

    steps: tuple[CaseState, ...]
    """As the standard lists them for this kind of review."""
    opinion_required: bool = False

    @property
    def line(self) -> tuple[CaseState, ...]:
        """The steps every household takes, in order."""
        left_out = _LOOP if self.opinion_required else (*_LOOP, CaseState.OPINION)
        return tuple(step for step in self.steps if step not in left_out)

    @property
    def opinion_possible(self) -> bool:
        """Whether the standard knows the step of asking the superior."""
        return CaseState.OPINION in self.steps


def following(flow: Flow, standing: Standing) -> frozenset[CaseState]:
    """The states a household may be put into next by recording a step."""
    state = standing.state
    if state in CLOSED or state not in flow.steps:
        return frozenset()
    if state is CaseState.LISTED:
        return frozenset({CaseState.SURVEYED})
    if state is CaseState.SURVEYED:
        return frozenset()  # keying the sheet is the next step, and is no bare step
    found: set[CaseState] = set()
    again = CaseState.POSTED_AGAIN in flow.steps
    if state is CaseState.RECHECK:
        return frozenset({CaseState.POSTED_AGAIN} if again else {CaseState.POSTED, CaseState.DECIDED})
    if state in (CaseState.POSTED, CaseState.POSTED_AGAIN):
        if CaseState.RECHECK in flow.steps:
            found.add(CaseState.RECHECK)
        if flow.opinion_possible:
            found.add(CaseState.OPINION)
        if not flow.opinion_required or not flow.opinion_possible:
            found.add(CaseState.DECIDED)
        return frozenset(found)
    if state is CaseState.OPINION:
        return frozenset({CaseState.DECIDED})
    line = flow.line
    found.add(line[line.index(state) + 1])
    if standing.posted_before and again and state in (CaseState.CHECKED, CaseState.VOTED):
        found.add(CaseState.POSTED_AGAIN)  # an upheld objection was surveyed anew
    return frozenset(found)


def refusal(flow: Flow, standing: Standing, wanted: CaseState) -> str | None:
    """Why the household cannot be put into the state `wanted` now; None when it can."""
    state = standing.state
    if state is CaseState.DECIDED:
        return _("It is recognised by decision: nothing of it can be changed.")
    if state is CaseState.REMOVED:
        return _("It is off the list of this review; add it again first.")
    if wanted is state:
        return _("It is there already: {step}.").format(step=_(CASE_STATE_LABELS[state]))
    if wanted in (CaseState.LISTED, CaseState.REMOVED):
        return None
    if wanted is CaseState.KEYED:
        return None if state in (*UNKEYED, CaseState.CHECKED) else _after(state, wanted)
    if wanted not in flow.steps:
        return _("This kind of review has no step “{step}”.").format(step=_(CASE_STATE_LABELS[wanted]))
    if state in UNKEYED and wanted is not CaseState.SURVEYED:
        return _("Its sheet is not keyed yet.")
    if wanted not in following(flow, standing):
        if wanted is CaseState.DECIDED and state in (CaseState.POSTED, CaseState.POSTED_AGAIN):
            return _("The superior has not been asked for an opinion yet.")
        return _after(state, wanted)
    if wanted is not CaseState.SURVEYED and not standing.has_result:
        return _("It has no result: key its sheet again.")
    return None


def _after(state: CaseState, wanted: CaseState) -> str:
    return _("“{next}” does not follow “{step}”.").format(
        next=_(CASE_STATE_LABELS[wanted]), step=_(CASE_STATE_LABELS[state])
    )
