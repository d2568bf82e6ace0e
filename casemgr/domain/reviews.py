"""The yearly poverty review: kinds, states of a household in it, movements, and what an officer writes down.

Procedure: Quyết định số 24/2021/QĐ-TTg Điều 3–6. Which steps a campaign has, its days and its authorities come from the
policy pack (`domain/packs.py`), not from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from casemgr.domain.households import HouseholdClass
from casemgr.i18n import N_


class CampaignKind(StrEnum):
    """Kind of review."""

    PERIODIC = "periodic"
    """Rà soát định kỳ hằng năm."""
    IN_YEAR = "in_year"
    """Rà soát thường xuyên hằng năm, monthly on request."""
    AVERAGE = "average"
    """Xác định hộ có mức sống trung bình."""


CAMPAIGN_LABELS = {
    CampaignKind.PERIODIC: N_("Yearly review"),
    CampaignKind.IN_YEAR: N_("In-year review"),
    CampaignKind.AVERAGE: N_("Average living standard"),
}


class CampaignStatus(StrEnum):
    """How far a campaign is as a whole."""

    OPEN = "open"
    DECIDED = "decided"
    CLOSED = "closed"


CAMPAIGN_STATUS_LABELS = {
    CampaignStatus.OPEN: N_("Running"),
    CampaignStatus.DECIDED: N_("Decided"),
    CampaignStatus.CLOSED: N_("Closed"),
}


class CaseState(StrEnum):
    """How far one household is in a campaign (handbook §3.3)."""

    LISTED = "listed"
    """On the list of households to survey."""
    SURVEYED = "surveyed"
    """The filled-in sheet is back, not keyed yet."""
    KEYED = "keyed"
    CHECKED = "checked"
    VOTED = "voted"
    """The meeting agreed."""
    POSTED = "posted"
    RECHECK = "recheck"
    """An objection is being looked into (phúc tra)."""
    POSTED_AGAIN = "posted_again"
    OPINION = "opinion"
    """The superior was asked or has answered."""
    DECIDED = "decided"
    REMOVED = "removed"
    """Taken off the list with a reason: refused, withdrawn, or entered by mistake."""


CASE_STATE_LABELS = {
    CaseState.LISTED: N_("To survey"),
    CaseState.SURVEYED: N_("Surveyed"),
    CaseState.KEYED: N_("Keyed"),
    CaseState.CHECKED: N_("Checked"),
    CaseState.VOTED: N_("Voted"),
    CaseState.POSTED: N_("Posted"),
    CaseState.RECHECK: N_("Re-check"),
    CaseState.POSTED_AGAIN: N_("Posted again"),
    CaseState.OPINION: N_("Superior's opinion"),
    CaseState.DECIDED: N_("Recognised"),
    CaseState.REMOVED: N_("Taken off the list"),
}


class CaseSource(StrEnum):
    """Why a household is reviewed."""

    LISTED = "listed"
    """On the commune's list of poor or near-poor households."""
    REQUEST = "request"
    ADDED = "added"


CASE_SOURCE_LABELS = {
    CaseSource.LISTED: N_("On last year's list"),
    CaseSource.REQUEST: N_("Asked by paper"),
    CaseSource.ADDED: N_("Added by the committee"),
}


class Movement(StrEnum):
    """What the decision did to the household's class (reports 2 and 3)."""

    STAYED_POOR = "stayed_poor"
    STAYED_NEAR_POOR = "stayed_near_poor"
    POOR_TO_NEAR_POOR = "poor_to_near_poor"
    POOR_ESCAPED = "poor_escaped"
    POOR_OUT = "poor_out"
    NEAR_POOR_TO_POOR = "near_poor_to_poor"
    NEAR_POOR_ESCAPED = "near_poor_escaped"
    NEAR_POOR_OUT = "near_poor_out"
    POOR_AGAIN = "poor_again"
    POOR_NEW = "poor_new"
    POOR_IN = "poor_in"
    NEAR_POOR_AGAIN = "near_poor_again"
    NEAR_POOR_NEW = "near_poor_new"
    NEAR_POOR_IN = "near_poor_in"
    NOT_POOR = "not_poor"


MOVEMENT_LABELS = {
    Movement.STAYED_POOR: N_("Stays poor"),
    Movement.STAYED_NEAR_POOR: N_("Stays near-poor"),
    Movement.POOR_TO_NEAR_POOR: N_("From poor to near-poor"),
    Movement.POOR_ESCAPED: N_("From poor to above the line"),
    Movement.POOR_OUT: N_("Poor household gone for another reason"),
    Movement.NEAR_POOR_TO_POOR: N_("From near-poor to poor"),
    Movement.NEAR_POOR_ESCAPED: N_("From near-poor to above the line"),
    Movement.NEAR_POOR_OUT: N_("Near-poor household gone for another reason"),
    Movement.POOR_AGAIN: N_("Fell back into poverty"),
    Movement.POOR_NEW: N_("Newly poor"),
    Movement.POOR_IN: N_("Poor household come for another reason"),
    Movement.NEAR_POOR_AGAIN: N_("Fell back into near-poverty"),
    Movement.NEAR_POOR_NEW: N_("Newly near-poor"),
    Movement.NEAR_POOR_IN: N_("Near-poor household come for another reason"),
    Movement.NOT_POOR: N_("Not poor before or after"),
}

_LISTED_CLASSES = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)


def movement(
    opening: HouseholdClass, result: HouseholdClass, *, left_before: bool = False, came_in: bool = False
) -> Movement:
    """The movement from the opening class to the result.

    `left_before`: it was once recognised as having left the list, so it falls back; `came_in`: it brought its class
    from elsewhere (moved in, boundary change, split), which counts as another increase.
    """
    if opening is HouseholdClass.POOR:
        return {
            HouseholdClass.POOR: Movement.STAYED_POOR,
            HouseholdClass.NEAR_POOR: Movement.POOR_TO_NEAR_POOR,
        }.get(result, Movement.POOR_ESCAPED)
    if opening is HouseholdClass.NEAR_POOR:
        return {
            HouseholdClass.POOR: Movement.NEAR_POOR_TO_POOR,
            HouseholdClass.NEAR_POOR: Movement.STAYED_NEAR_POOR,
        }.get(result, Movement.NEAR_POOR_ESCAPED)
    if result is HouseholdClass.POOR:
        return Movement.POOR_IN if came_in else Movement.POOR_AGAIN if left_before else Movement.POOR_NEW
    if result is HouseholdClass.NEAR_POOR:
        return Movement.NEAR_POOR_IN if came_in else Movement.NEAR_POOR_AGAIN if left_before else Movement.NEAR_POOR_NEW
    return Movement.NOT_POOR


def gone(opening: HouseholdClass) -> Movement:
    """The movement of a household the office no longer keeps."""
    if opening not in _LISTED_CLASSES:
        return Movement.NOT_POOR
    return Movement.POOR_OUT if opening is HouseholdClass.POOR else Movement.NEAR_POOR_OUT


def recognised(opening: HouseholdClass, result: HouseholdClass) -> HouseholdClass:
    """The class the decision writes: who leaves the list is recognised as escaped, not as "not poor"."""
    if result in _LISTED_CLASSES or opening not in _LISTED_CLASSES:
        return result
    return HouseholdClass.ESCAPED_POOR if opening is HouseholdClass.POOR else HouseholdClass.ESCAPED_NEAR_POOR


class RequestKind(StrEnum):
    """What a household asks for at the counter."""

    ENTER = "enter"
    """Mẫu số 01: to be reviewed as poor or near-poor."""
    LEAVE = "leave"
    """Mẫu số 04: to be recognised as having left."""
    AVERAGE = "average"
    """Mẫu số 01: to be recognised as of average living standard."""


REQUEST_LABELS = {
    RequestKind.ENTER: N_("Asks to be reviewed (Mẫu số 01)"),
    RequestKind.LEAVE: N_("Asks to leave the list (Mẫu số 04)"),
    RequestKind.AVERAGE: N_("Asks for the average living standard (Mẫu số 01)"),
}


class RequestStatus(StrEnum):
    """What became of a request."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


REQUEST_STATUS_LABELS = {
    RequestStatus.RECEIVED: N_("Received"),
    RequestStatus.IN_REVIEW: N_("In review"),
    RequestStatus.ACCEPTED: N_("Recognised by decision"),
    RequestStatus.REFUSED: N_("Refused in writing"),
    RequestStatus.WITHDRAWN: N_("Withdrawn"),
}


class RequestWay(StrEnum):
    """How a request came in."""

    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


REQUEST_WAY_LABELS = {
    RequestWay.COUNTER: N_("At the counter"),
    RequestWay.POST: N_("By post"),
    RequestWay.ONLINE: N_("Online"),
}

REQUEST_REASONS = {
    "drought": N_("Drought"),
    "flood": N_("Flood"),
    "storm": N_("Storm or whirlwind"),
    "tsunami": N_("Tsunami"),
    "pollution": N_("Heavy pollution of the environment"),
    "accident": N_("Labour accident"),
    "illness": N_("Serious illness"),
    "lost_work": N_("Lost work or income"),
    "better_off": N_("Income has risen above the line"),
    "other": N_("Other reason"),
}
"""Reasons the form suggests (handbook §3.4), free text beside them."""


class ObjectionOutcome(StrEnum):
    """How an objection during the posting ended."""

    OPEN = "open"
    UPHELD = "upheld"
    """The re-check changed the result."""
    DISMISSED = "dismissed"


OBJECTION_LABELS = {
    ObjectionOutcome.OPEN: N_("Being re-checked"),
    ObjectionOutcome.UPHELD: N_("Result changed"),
    ObjectionOutcome.DISMISSED: N_("Result stands"),
}


class HolidayKind(StrEnum):
    """Why a day is not counted as its weekday says."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"
    """A Saturday or Sunday worked in exchange for another day off."""


HOLIDAY_LABELS = {HolidayKind.HOLIDAY: N_("Day off"), HolidayKind.WORKDAY: N_("Worked in exchange")}


@dataclass(frozen=True)
class CampaignData:
    """A campaign as it is opened; days and packs are proposed from the policy pack."""

    kind: CampaignKind
    year: int
    class_year: int
    title: str
    opened_on: date
    survey_from: date
    survey_to: date
    due_on: date
    """The decision is due."""
    opinion_required: bool
    """Whether the superior is asked before the decision; the pack proposes, the office decides."""
    note: str = ""


@dataclass(frozen=True)
class SurveyData:
    """What one filled-in sheet says; answers hold every indicator of the campaign's pack."""

    surveyed_on: date
    surveyor: str = ""
    income: int | None = None
    """Đồng per person and month."""
    b1: int | None = None
    b1_answers: Mapping[str, int] = field(default_factory=dict)
    """Item code to chosen count or 1 when the point table is loaded; empty when the total was copied from paper."""
    answers: Mapping[str, bool] = field(default_factory=dict)
    """Indicator code to deprived or not."""
    override_reasons: Mapping[str, str] = field(default_factory=dict)
    """Why an answer differs from the proposal."""
    quick_signs: tuple[str, ...] = ()
    """Signs of Phiếu A that were seen."""
    causes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class MeetingData:
    """A residents' meeting of a hamlet (QĐ 24/2021 Đ.4 k.3)."""

    hamlet_id: UUID
    held_on: date
    place: str = ""
    chair: str = ""
    secretary: str = ""
    representative: str = ""
    """Of the households; signs the minutes."""
    present: int = 0
    """People attending."""
    front_invited: bool = True
    """Mặt trận Tổ quốc was invited to supervise."""
    discussion: str = ""


@dataclass(frozen=True)
class RequestData:
    """A request as received."""

    kind: RequestKind
    household_id: UUID
    received_on: date
    way: RequestWay = RequestWay.COUNTER
    applicant: str = ""
    reasons: tuple[str, ...] = ()
    reason_text: str = ""
    income_year: int | None = None
    """Average living standard: household income of the last 12 months without social allowances, in đồng."""
    note: str = ""


@dataclass(frozen=True)
class DecideData:
    """The decision of the chairman that closes a review."""

    number: str
    signed_on: date
    signatory_id: UUID | None = None
    summary: str = ""
    issue_certificates: bool = True


@dataclass(frozen=True)
class DenominatorData:
    """Totals of a hamlet that no poverty register holds; typed per review."""

    households: int | None = None
    people: int | None = None
    households_minority: int | None = None
    people_minority: int | None = None
    households_local: int | None = None
    """Of the local ethnic groups (dân tộc tại chỗ)."""
    people_local: int | None = None
