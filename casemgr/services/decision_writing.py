"""What a decision writes: judgements to be replayed, movements, classes, answers to requests, last steps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.classification import classify, facts_from_json, inputs_to_json, result_to_json
from casemgr.domain.households import END_LABELS, EndReason, HouseholdClass
from casemgr.domain.offices import Area
from casemgr.domain.packs import Pack
from casemgr.domain.reviews import CampaignKind, CaseSource, CaseState, RequestStatus
from casemgr.errors import ConflictError
from casemgr.i18n import _
from casemgr.persistence.models import (
    Campaign,
    Decision,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    Judgement,
    ReviewCase,
    ReviewRequest,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_steps, case_snapshots, movements, packs, review_rules, surveys
from casemgr.services.decision_previews import OUT, DecisionRow
from casemgr.services.movements import LISTED, HouseholdMovement
from casemgr.services.surveys import NATIONAL

_T = TypeVar("_T")
_NO_RESULT: Final = (HouseholdClass.NONE.value, HouseholdClass.UNREVIEWED.value)
_OPEN: Final = (RequestStatus.RECEIVED.value, RequestStatus.IN_REVIEW.value)


Cases = Mapping[UUID, ReviewCase]
"""All cases of the review, loaded once: the session alone would let go of them and ask for each again."""


def cases_of(uow: UnitOfWork, campaign: Campaign) -> Cases:
    """All cases of the review by id."""
    return {
        case.id: case for case in uow.session.scalars(select(ReviewCase).where(ReviewCase.campaign_id == campaign.id))
    }


def judge(uow: UnitOfWork, rows: Sequence[DecisionRow], everyone: Cases) -> None:
    """Make sure of what each class rests on: the kept judgement, in the area the household has now, still gives it."""
    cases = {row.case_id: everyone[row.case_id] for row in rows if row.case_id and not row.gone}
    kept: set[UUID] = set()
    known = packs.known_codes(uow)
    held: dict[str, Pack] = {}
    for part in movements.parts(list(cases)):
        for record in uow.session.scalars(select(Judgement).where(Judgement.case_id.in_(part))):
            case = cases[record.case_id]
            pack = held.get(record.pack_sha256) or packs.by_id(uow, record.pack, sha256=record.pack_sha256)
            held[record.pack_sha256] = pack
            facts = facts_from_json(record.inputs)
            facts = replace(facts, area=Area(case.area) if case.area else facts.area)
            result = classify(pack, facts, known=known | facts.deprivations)
            if result.value != (case.result_class if record.scope == NATIONAL else case.local_class):
                raise ConflictError(_unlike(case))
            inputs, text = inputs_to_json(pack, facts), result_to_json(result)
            if (record.inputs, record.result) != (inputs, text):
                record.inputs, record.result = inputs, text
            if record.scope == NATIONAL:
                kept.add(case.id)
    for case_id, case in cases.items():
        if case_id not in kept:
            raise ConflictError(_unlike(case))
    for pack in held.values():
        packs.archive(uow, pack)


def _unlike(case: ReviewCase) -> str:
    message = _("The result of {name} is not what its survey gives now: open the survey and key it again.")
    return message.format(name=case.head_name)


def write_cases(
    uow: UnitOfWork, campaign: Campaign, decision: Decision, found: Sequence[HouseholdMovement], everyone: Cases
) -> None:
    """Freeze opening, movement and members of every household; who was gone before it was listed gets a case."""
    before = movements.openings(uow, campaign, [line.household_id for line in found])
    members = case_snapshots.frozen_members(uow, [line.household_id for line in found if line.result in LISTED])
    for line in found:
        opening = before.get(line.household_id)
        case = everyone[line.case_id] if line.case_id else _gone_case(uow, campaign, decision, line)
        case.movement, case.opening_class = line.movement.value, line.opening.value
        case.opening_year = opening.year if opening else None
        case.opening_people, case.people = line.opening_people, line.people
        case.members = members.get(line.household_id)
        case.decision_id, case.decided_on = decision.id, decision.signed_on


def write_classes(
    uow: UnitOfWork, campaign: Campaign, decision: Decision, rows: Sequence[DecisionRow], everyone: Cases
) -> None:
    """The class of the year for everybody the decision recognises; who was found not poor is noted without it."""
    written = {row.household_id: row for row in rows if _is_written(campaign, row)}
    present = {
        record.household_id: record
        for part in movements.parts(list(written))
        for record in uow.session.scalars(
            select(HouseholdClassRow).where(
                HouseholdClassRow.household_id.in_(part), HouseholdClassRow.year == campaign.class_year
            )
        )
    }
    pack = review_rules.pack_of(uow, campaign)
    new: list[dict[str, Any]] = []
    for household_id, row in written.items():
        case, none = everyone[_known(row.case_id)], row.result is HouseholdClass.NONE
        values = {
            "value": _known(row.result).value,
            "since": decision.signed_on,
            "decision_id": None if none else decision.id,
            "b1": case.b1,
            "b2": case.b2,
            "standard": pack.id,
            "deprivations": tuple(code for code in case.deprivations if code in pack.codes),
            "causes": case.causes,
        }
        record = present.get(household_id)
        if record is None:
            new.append({"household_id": household_id, "year": campaign.class_year, "note": ""} | values)
        elif not none or record.value in _NO_RESULT:
            for name, value in values.items():
                setattr(record, name, value)
    uow.insert_many(HouseholdClassRow, new)


def _is_written(campaign: Campaign, row: DecisionRow) -> bool:
    """Reviews on request change the class of those only whose request is granted."""
    if row.result is None:
        return False
    return campaign.kind == CampaignKind.PERIODIC or (row.granted and row.result is not HouseholdClass.NONE)


def move_on(uow: UnitOfWork, campaign: Campaign, decision: Decision, rows: Sequence[DecisionRow]) -> None:
    """The last step of every household: recognised or gone with the decision, or taken off where it asked in vain."""
    on = decision.signed_on or uow.today
    decided = []
    for row in rows:
        if row.case_id is None:
            continue
        if row.gone and row.movement not in OUT:
            _take_off(uow, decision, row.case_id, _end_text(uow, row.household_id))
        elif not row.granted and campaign.kind != CampaignKind.PERIODIC:
            _take_off(uow, decision, row.case_id, _why(uow, row.case_id))
        else:
            decided.append(row.case_id)
    lines = campaign_steps.lines_of(uow, decided)
    campaign_steps.record(uow, lines, CaseState.DECIDED, on=on, document=decision.number)


def _take_off(uow: UnitOfWork, decision: Decision, case_id: UUID, why: str) -> None:
    values = {"decision_id": None, "removed_reason": why}
    lines = [line for line in campaign_steps.lines_of(uow, [case_id]) if line.state != CaseState.REMOVED]
    on = decision.signed_on or uow.today
    campaign_steps.record(uow, lines, CaseState.REMOVED, on=on, document=decision.number, note=why, values=values)


def answer_requests(uow: UnitOfWork, campaign: Campaign, decision: Decision, rows: Sequence[DecisionRow]) -> None:
    """Every request of the review is answered by the decision; a refusal carries the reason of the standard."""
    for row in rows:
        if row.request_id is None:
            continue
        request = uow.record(ReviewRequest, row.request_id)
        if request.status not in _OPEN:
            continue
        request.answered_on = decision.signed_on
        if row.gone:
            request.status = RequestStatus.WITHDRAWN.value
        elif row.granted:
            request.status = RequestStatus.ACCEPTED.value
        else:
            request.status, request.refusal_reason = RequestStatus.REFUSED.value, _why(uow, _known(row.case_id))


def _known(value: _T | None) -> _T:
    """What a household with a result always has."""
    assert value is not None  # noqa: S101 - narrows the type for mypy
    return value


def _why(uow: UnitOfWork, case_id: UUID) -> str:
    """Why not, in the words of the standard."""
    return surveys.reasons(uow, [case_id]).get(case_id) or _("It is not recognised by the review.")


def _end_text(uow: UnitOfWork, household_id: UUID) -> str:
    reason = uow.record(Household, household_id).end_reason
    return _(END_LABELS[EndReason(reason)]) if reason else ""


def _gone_case(uow: UnitOfWork, campaign: Campaign, decision: Decision, line: HouseholdMovement) -> ReviewCase:
    """A case for a household that stood on the list and was gone before the review listed it."""
    index = uow.session.get(HouseholdIndex, line.household_id)
    on = decision.signed_on or uow.today
    case = ReviewCase(
        campaign_id=campaign.id,
        household_id=line.household_id,
        source=CaseSource.LISTED.value,
        state=CaseState.DECIDED.value,
        state_on=on,
        came_in=False,
        removed_reason=_end_text(uow, line.household_id),
        hamlet_id=line.hamlet_id,
        head_name=index.head_name if index else "",
        head_sort=index.head_sort if index else b"",
        head_female=False,
        minority=False,
        local_minority=False,
        no_labour=False,
        merit=False,
        social=False,
        deprivations=(),
        causes=(),
        children=0,
        children_nutrition=0,
        children_insurance=0,
        children_school=0,
    )
    uow.add(case)
    campaign_steps.add_steps(
        uow, [(case.id, "")], CaseState.DECIDED, on=on, document=decision.number, note=case.removed_reason
    )
    return case
