"""A review told in an officer's words over a real case file: open, key, check, vote, post, decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import (
    CampaignData,
    CampaignKind,
    CaseSource,
    CaseState,
    DecideData,
    MeetingData,
    SurveyData,
)
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.reports.certificate import render_certificate
from casemgr.services import (
    campaign_steps,
    campaigns,
    meetings,
    opinions,
    packs,
    postings,
    review_decisions,
    surveys,
)
from casemgr.services.review_decisions import Decided
from tests.support.workspaces import Make

OPENED = date(2026, 10, 1)
POSTED = date(2026, 11, 6)
"""A Friday: three working days later is Wednesday the 11th."""
UNTIL = date(2026, 11, 11)
SENT = date(2026, 11, 12)
ANSWERED = date(2026, 11, 16)
SIGNED = date(2026, 11, 20)
WHY = "Cán bộ khảo sát xác định tại hộ"


@dataclass
class Review:
    """One review of the file behind `make`."""

    make: Make
    kind: CampaignKind = CampaignKind.PERIODIC
    opinion: bool = True
    class_year: int = 2027
    opened: date = OPENED
    title: str = "Rà soát 2026"
    id: UUID = field(init=False)

    def open(self) -> "Review":
        """Open it with the list of the year before."""
        data = CampaignData(
            kind=self.kind,
            year=2026,
            class_year=self.class_year,
            title=self.title,
            opened_on=self.opened,
            survey_from=self.opened,
            survey_to=date(2026, 12, 14),
            due_on=date(2026, 12, 14),
            opinion_required=self.opinion and self.kind is CampaignKind.PERIODIC,
        )
        self.id = self.make.workspace.write(campaigns.open_campaign, data)
        return self

    def add(self, *households: UUID, source: CaseSource = CaseSource.ADDED) -> None:
        """Put households on the list."""
        self.make.workspace.write(campaigns.add_households, self.id, households, source, on=self.opened)

    def case(self, household: UUID) -> UUID:
        """The case of a household."""
        return self.make.workspace.read(_case, self.id, household)

    def state(self, household: UUID) -> CaseState:
        """How far it is."""
        return CaseState(self.record(household).state)

    def record(self, household: UUID) -> ReviewCase:
        """The row itself, for looking only."""
        return self.make.workspace.read(_record, self.case(household))

    def key(self, household: UUID, value: HouseholdClass, *, on: date | None = None, income: int | None = None) -> None:
        """Key a sheet that gives this class, and check it."""
        day = on or self.opened + timedelta(days=5)
        codes = self.make.workspace.read(lambda uow: packs.national(uow, self.opened).codes)
        lacks = set(codes[:4] if value is HouseholdClass.POOR else codes[:1])
        average = self.kind is CampaignKind.AVERAGE
        listed = value in (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
        data = SurveyData(
            surveyed_on=day,
            income=income if income is not None else (2_000_000 if average else None),
            b1=None if average else 120 if listed else 180,
            answers={} if average else {code: code in lacks for code in codes},
            override_reasons=dict.fromkeys(codes, WHY),
            causes=("2", "7") if value is HouseholdClass.POOR else (),
        )
        self.make.workspace.write(surveys.keep_survey, self.case(household), data)
        self.make.workspace.write(campaign_steps.mark_checked, [self.case(household)], on=day)

    def meet(
        self, households: Sequence[UUID], *, agreed: int = 28, present: int = 30, hamlet: str = "Phú Nhơn"
    ) -> UUID:
        """Hold the meeting of a hamlet and vote the same on each."""
        data = MeetingData(self.make.hamlet(hamlet), date(2026, 11, 2), "Nhà văn hóa ấp", "Lê Văn Ngỡ", present=present)
        meeting = self.make.workspace.write(meetings.open_meeting, self.id, data)
        cases = [self.case(household) for household in households]
        self.make.workspace.write(meetings.vote_many, meeting, cases, agreed=agreed)
        self.make.workspace.write(meetings.close_meeting, meeting)
        return meeting

    def post(self, *, on: date = POSTED, again: bool = False) -> UUID:
        """Post the commune's results."""
        return self.make.workspace.write(postings.post, self.id, None, on, "Trụ sở Ủy ban nhân dân xã", again=again).id

    def ask(self, *, agreed: bool = True) -> UUID:
        """Ask the superior and record the answer."""
        asked = self.make.workspace.write(opinions.send_for_opinion, self.id, sent_on=SENT, number="12/BC-UBND")
        self.make.workspace.write(
            opinions.record_opinion,
            asked,
            answered_on=ANSWERED,
            answer_number="88/UBND-KT",
            agreed=agreed,
            content="" if agreed else "Đề nghị rà soát lại",
        )
        return asked

    def decide(self, *, number: str = "145/QĐ-UBND", on: date = SIGNED, papers: bool = False) -> Decided:
        """Sign the decision."""
        data = DecideData(number, on, issue_certificates=papers)
        draw = render_certificate if papers else None
        return self.make.workspace.write(review_decisions.decide, self.id, data, render_certificate=draw)

    def through(self, results: dict[UUID, HouseholdClass]) -> None:
        """Everything up to the decision, with these results."""
        for household, value in results.items():
            self.key(household, value)
        if self.kind is not CampaignKind.AVERAGE:
            self.meet(list(results))
        self.post()
        if self.kind is CampaignKind.PERIODIC and self.opinion:
            self.ask()


def _case(uow: UnitOfWork, campaign: UUID, household: UUID) -> UUID:
    statement = select(ReviewCase.id).where(ReviewCase.campaign_id == campaign, ReviewCase.household_id == household)
    return uow.session.scalars(statement).one()


def _record(uow: UnitOfWork, case: UUID) -> ReviewCase:
    record = uow.record(ReviewCase, case)
    uow.session.expunge(record)
    return record
