"""A survey sheet as it is keyed: who lives there, what the file proposes and why, the answers and what came of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.classification import Judgement
from casemgr.domain.ethnic import name_of
from casemgr.domain.households import POLICY_LABELS, HouseholdClass, PolicyFlag
from casemgr.domain.indicators import Proposal
from casemgr.domain.offices import Area
from casemgr.domain.packs import Indicator, Pack, QuickCheck, ScoreTable
from casemgr.domain.people import (
    DISABILITY_LABELS,
    EDUCATION_LABELS,
    LABOUR_LABELS,
    RELATION_LABELS,
    WORK_LABELS,
    LabourCapacity,
    PersonData,
    Sex,
)
from casemgr.domain.permissions import Permission
from casemgr.domain.review_flow import Standing, refusal
from casemgr.domain.reviews import CampaignStatus, CaseSource, CaseState, SurveyData
from casemgr.errors import ValidationError
from casemgr.i18n import _
from casemgr.persistence.models import Campaign, Household, ReviewCase, ReviewRequest, Survey
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_steps, households, proposals, score_tables
from casemgr.services.households import HouseholdView
from casemgr.services.members import MemberView
from casemgr.services.survey_facts import Standards, area_of, data_of, facts_of, judged, standards


@dataclass(frozen=True)
class SheetMember:
    """A member as the sheet shows her."""

    person_id: UUID
    name: str
    relation: str
    sex: Sex | None
    birth: str
    age: int | None
    """Completed years on the day of the survey."""
    facts: tuple[str, ...]
    """What else the file knows, in words."""


@dataclass(frozen=True)
class SheetIndicator:
    """One question with what the file proposes and what was answered."""

    indicator: Indicator
    proposal: Proposal
    answer: bool | None
    reason: str
    """Why the answer differs from the proposal."""

    @property
    def overridden(self) -> bool:
        """Whether the answer is not the proposed one."""
        return self.answer is not None and self.proposal.value is not None and self.answer != self.proposal.value


@dataclass(frozen=True)
class RoundView:
    """One survey on record; the last one of a keyed household is the one that counts."""

    round: int
    counts: bool
    data: SurveyData
    proposed: Mapping[str, Proposal]
    """As they were when the sheet was keyed."""


@dataclass(frozen=True)
class SheetView:
    """Everything the key-in page shows of one household."""

    case_id: UUID
    version: int
    campaign_id: UUID
    household_id: UUID
    code: str
    head: str
    hamlet_id: UUID | None
    hamlet: str
    area: Area | None
    address: str
    flags: tuple[str, ...]
    state: CaseState
    source: CaseSource
    opening: HouseholdClass
    opening_year: int | None
    came_in: bool
    members: tuple[SheetMember, ...]
    pack: Pack
    local: Pack | None
    indicators: tuple[SheetIndicator, ...]
    data: SurveyData
    """As keyed; for a sheet not keyed yet, today's day and the proposed answers."""
    keyed: bool
    rounds: tuple[RoundView, ...]
    """Every survey on record, oldest first."""
    quick_check: QuickCheck | None
    score_table: ScoreTable | None
    """None until the official one is loaded: B1 is copied from paper."""
    zone: str
    result: Judgement | None
    local_result: Judgement | None
    locked: str
    """Why it cannot be keyed now; empty when it can."""


def sheet(uow: UnitOfWork, case_id: UUID, *, on: date | None = None) -> SheetView:
    """The sheet of one household; proposals are as of its survey, else of the day `on` or today."""
    uow.require(Permission.READ)
    case = uow.record(ReviewCase, case_id)
    campaign = uow.record(Campaign, case.campaign_id)
    held = standards(uow, campaign)
    house = households.view(uow, case.household_id)
    rounds = _rounds(uow, case)
    kept = next((one.data for one in rounds if one.counts), None)
    day = on or (kept.surveyed_on if kept else uow.today)
    proposed = proposed_answers(uow, held, case.household_id, day)
    data = kept or SurveyData(
        surveyed_on=day,
        income=_asked_income(uow, held, case, house),
        answers={code: one.value for code, one in proposed.items() if one.value is not None},
    )
    result, local_result = _results(uow, held, case, kept)
    table = held.national.score_table
    return SheetView(
        case_id=case.id,
        version=case.version,
        campaign_id=campaign.id,
        household_id=case.household_id,
        code=house.code,
        head=house.name,
        hamlet_id=house.data.hamlet_id,
        hamlet=house.hamlet,
        area=house.area,
        address=house.address,
        flags=tuple(_(POLICY_LABELS[PolicyFlag(flag)]) for flag in house.data.flags),
        state=CaseState(case.state),
        source=CaseSource(case.source),
        opening=HouseholdClass(case.opening_class),
        opening_year=case.opening_year,
        came_in=case.came_in,
        members=tuple(_member(member, day) for member in house.members),
        pack=held.national,
        local=held.local,
        indicators=tuple(
            SheetIndicator(
                indicator,
                proposed[indicator.code],
                data.answers.get(indicator.code),
                data.override_reasons.get(indicator.code, ""),
            )
            for indicator in held.indicators
        ),
        data=data,
        keyed=kept is not None,
        rounds=rounds,
        quick_check=held.national.quick_check,
        score_table=table if table is not None and table.loaded else None,
        zone=score_tables.zone(uow) or "",
        result=result,
        local_result=local_result,
        locked=locked(uow, campaign, case),
    )


def proposed_answers(uow: UnitOfWork, held: Standards, household_id: UUID, on: date) -> dict[str, Proposal]:
    """What the file proposes for every question of the sheet."""
    found = dict(proposals.proposals(uow, household_id, held.national, on))
    if held.local is not None and set(held.codes) - found.keys():
        found = proposals.proposals(uow, household_id, held.local, on) | found
    return {code: found.get(code, Proposal(None, "")) for code in held.codes}


def locked(uow: UnitOfWork, campaign: Campaign, case: ReviewCase) -> str:
    """Why the sheet of a household cannot be keyed now; empty when it can."""
    if campaign.status != CampaignStatus.OPEN:
        return _("“{review}” is decided or closed; nothing of it can be changed.").format(review=campaign.title)
    if uow.record(Household, case.household_id).ended_on is not None:
        return _("The office no longer keeps this household.")
    if case.state == CaseState.KEYED:
        return ""
    flow = campaign_steps.flow_of(uow, campaign)
    standing = Standing(CaseState(case.state), case.result_class is not None, case.posting_id is not None)
    if case.state not in (
        CaseState.LISTED,
        CaseState.SURVEYED,
        CaseState.CHECKED,
        CaseState.DECIDED,
        CaseState.REMOVED,
    ):
        return _("Its result is voted on or posted: send it back to survey first.")
    return refusal(flow, standing, CaseState.KEYED) or ""


def _rounds(uow: UnitOfWork, case: ReviewCase) -> tuple[RoundView, ...]:
    records = uow.session.scalars(select(Survey).where(Survey.case_id == case.id).order_by(Survey.round))
    return tuple(
        RoundView(
            round=record.round,
            counts=record.id == case.survey_id,
            data=data_of(record),
            proposed={
                code: Proposal(said["value"], said["why"]) for code, said in json.loads(record.proposals).items()
            },
        )
        for record in records
    )


def _results(
    uow: UnitOfWork, held: Standards, case: ReviewCase, kept: SurveyData | None
) -> tuple[Judgement | None, Judgement | None]:
    if kept is None:
        return None, None
    try:
        return judged(
            held, facts_of(uow, held, kept, Area(case.area) if case.area else area_of(uow, case.household_id))
        )
    except ValidationError:
        return None, None  # a point table loaded since no longer takes the answers; keying says so


def _asked_income(uow: UnitOfWork, held: Standards, case: ReviewCase, house: HouseholdView) -> int | None:
    """Per head and month, from the yearly income a request for the average living standard states."""
    request = uow.session.get(ReviewRequest, case.request_id) if held.by_income and case.request_id else None
    if request is None or request.income_year is None or not house.members:
        return None
    months = held.national.figures["average_income_months"].value
    return -(-request.income_year // (months * len(house.members)))


def _member(member: MemberView, on: date) -> SheetMember:
    person = member.person
    return SheetMember(
        person_id=member.person_id,
        name=person.full_name,
        relation=member.relation_text or _(RELATION_LABELS[member.relation]),
        sex=person.sex,
        birth=person.birth.text if person.birth else "",
        age=person.birth.age_on(on) if person.birth else None,
        facts=tuple(_facts(person)),
    )


def _facts(person: PersonData) -> list[str]:
    found = []
    if person.ethnic:
        found.append(name_of(person.ethnic))
    if person.work:
        found.append(_(WORK_LABELS[person.work]))
    if person.education:
        found.append(_(EDUCATION_LABELS[person.education]))
    if person.labour is LabourCapacity.NONE:
        found.append(_(LABOUR_LABELS[person.labour]))
    if person.disability:
        found.append(_(DISABILITY_LABELS[person.disability]))
    if person.allowance:
        found.append(_("Receives a monthly allowance"))
    if person.merit:
        found.append(_("Person of merit"))
    return found
