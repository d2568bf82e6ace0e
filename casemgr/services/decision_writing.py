"""What a decision writes: judgements to be replayed, movements, classes, answers to requests, last steps."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.classification import classify, inputs_to_json, result_to_json
from casemgr.domain.households import END_LABELS, EndReason, HouseholdClass
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
from casemgr.services import campaign_steps, movements, packs, review_rules
from casemgr.services.decision_previews import OUT, DecisionRow
from casemgr.services.movements import HouseholdMovement

NATIONAL: Final = "national"
LOCAL: Final = "local"
_NO_RESULT: Final = (HouseholdClass.NONE.value, HouseholdClass.UNREVIEWED.value)
_OPEN: Final = (RequestStatus.RECEIVED.value, RequestStatus.IN_REVIEW.value)


def judge(uow: UnitOfWork, campaign: Campaign, rows: Sequence[DecisionRow]) -> None:
    """Keep what each class rests on, word for word, and the standards it was judged by."""
    cases = [uow.record(ReviewCase, row.case_id) for row in rows if row.case_id is not None and not row.gone]
    judged = [(NATIONAL, review_rules.pack_of(uow, campaign))]
    if campaign.local_pack and campaign.local_sha256:
        judged.append((LOCAL, packs.by_id(uow, campaign.local_pack, sha256=campaign.local_sha256)))
    known = packs.known_codes(uow)
    entries: list[dict[str, Any]] = []
    for scope, pack in judged:
        packs.archive(uow, pack)
        for case in cases:
            facts = review_rules.facts_of(case)
            result = classify(pack, facts, known=known)
            if result.value != (case.result_class if scope == NATIONAL else case.local_class):
                message = _("The result of {name} is not what its survey gives now: open the survey and key it again.")
                raise ConflictError(message.format(name=case.head_name))
            entries.append(
                {
                    "case_id": case.id,
                    "scope": scope,
                    "pack": pack.id,
                    "pack_sha256": pack.sha256,
                    "inputs": inputs_to_json(pack, facts),
                    "result": result_to_json(result),
                }
            )
    uow.insert_many(Judgement, entries)


def write_cases(uow: UnitOfWork, campaign: Campaign, decision: Decision, found: Sequence[HouseholdMovement]) -> None:
    """Freeze opening and movement of every household; who is gone before it was listed gets a case of its own."""
    before = movements.openings(uow, campaign, [line.household_id for line in found])
    for line in found:
        opening = before.get(line.household_id)
        case = uow.record(ReviewCase, line.case_id) if line.case_id else _gone_case(uow, campaign, decision, line)
        case.movement, case.opening_class = line.movement.value, line.opening.value
        case.opening_year = opening.year if opening else None
        case.opening_people, case.people = line.opening_people, line.people
        case.decision_id, case.decided_on = decision.id, decision.signed_on


def write_classes(uow: UnitOfWork, campaign: Campaign, decision: Decision, rows: Sequence[DecisionRow]) -> None:
    """The class of the year for everybody the decision recognises; who was found not poor is noted without it."""
    written = {row.household_id: row for row in rows if row.result is not None and _is_written(campaign, row)}
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
        case = uow.record(ReviewCase, row.case_id) if row.case_id else None
        if case is None or row.result is None:
            continue
        values = {
            "value": row.result.value,
            "since": decision.signed_on,
            "decision_id": None if row.result is HouseholdClass.NONE else decision.id,
            "b1": case.b1,
            "b2": case.b2,
            "standard": pack.id,
            "deprivations": case.deprivations,
            "causes": case.causes,
        }
        record = present.get(household_id)
        if record is None:
            new.append({"household_id": household_id, "year": campaign.class_year, "note": ""} | values)
        elif row.result is not HouseholdClass.NONE or record.value in _NO_RESULT:
            for name, value in values.items():
                setattr(record, name, value)
    uow.insert_many(HouseholdClassRow, new)


def _is_written(campaign: Campaign, row: DecisionRow) -> bool:
    """Reviews on request change the class of those only whose request is granted."""
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
            _take_off(uow, decision, row.case_id, _why(uow, campaign, uow.record(ReviewCase, row.case_id)))
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
        request.status = (RequestStatus.ACCEPTED if row.granted else RequestStatus.REFUSED).value
        if not row.granted and row.case_id is not None:
            request.refusal_reason = _why(uow, campaign, uow.record(ReviewCase, row.case_id))


def _why(uow: UnitOfWork, campaign: Campaign, case: ReviewCase) -> str:
    pack = review_rules.pack_of(uow, campaign)
    return classify(pack, review_rules.facts_of(case), known=packs.known_codes(uow)).reason


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
