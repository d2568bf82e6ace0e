"""A review of four households whose papers tests draw: opened, surveyed, voted on and posted."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain import packs
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import HouseholdClass
from casemgr.domain.people import Disability, Relation
from casemgr.domain.reviews import (
    CampaignData,
    CampaignKind,
    MeetingData,
    RequestData,
    RequestKind,
    SurveyData,
)
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    campaign_steps,
    campaigns,
    meetings,
    postings,
    requests,
    surveys,
)
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make

OPENED = date(2026, 9, 1)


@dataclass
class Review:
    """A review of four households in one hamlet."""

    workspace: Workspace
    make: Make
    campaign: UUID
    households: dict[str, UUID]

    def case(self, name: str) -> UUID:
        def find(uow: UnitOfWork) -> UUID:
            return uow.session.scalars(
                select(ReviewCase.id).where(
                    ReviewCase.campaign_id == self.campaign, ReviewCase.household_id == self.households[name]
                )
            ).one()

        return self.workspace.read(find)

    def cases(self) -> list[UUID]:
        return [self.case(name) for name in self.households]

    def key(self, name: str, result: HouseholdClass, *, on: date = date(2026, 10, 1)) -> None:
        """Key a sheet that gives this result."""
        deprived = DEPRIVED if result is HouseholdClass.POOR else ()
        data = SurveyData(
            surveyed_on=on,
            b1=150 if result is HouseholdClass.NONE else 120,
            answers={code: code in deprived for code in packs.shipped()[1].codes},
            override_reasons=dict.fromkeys(packs.shipped()[1].codes, "Xem tại nhà"),
        )
        self.workspace.write(surveys.keep_survey, self.case(name), data)

    def check(self) -> None:
        self.workspace.write(campaign_steps.mark_checked, self.cases(), on=date(2026, 10, 5))

    def meet(self, *, agreed: int = 40) -> UUID:
        data = MeetingData(
            hamlet_id=self.make.hamlet(),
            held_on=date(2026, 10, 20),
            place="Nhà văn hóa ấp Phú Nhơn",
            chair="Võ Văn Tám",
            secretary="Huỳnh Thị Mười",
            representative="Kim Thị Sa Rây",
            present=50,
            discussion="Ông Tám đề nghị xem lại nhà ở của hộ bà Á.",
        )
        meeting = self.workspace.write(meetings.open_meeting, self.campaign, data)
        self.workspace.write(meetings.vote_many, meeting, self.cases(), agreed=agreed)
        return meeting

    def end(self, meeting: UUID) -> None:
        self.workspace.write(meetings.close_meeting, meeting)

    def post(self) -> UUID:
        places = "Nhà văn hóa ấp Phú Nhơn; Trụ sở Ủy ban nhân dân xã"
        posted = self.workspace.write(postings.post, self.campaign, self.make.hamlet(), date(2026, 11, 2), places)
        return posted.id


DEPRIVED = ("viec_lam", "bhyt", "chat_luong_nha")
RESULTS = {
    "á": (HouseholdClass.POOR, HouseholdClass.POOR),
    "bé": (HouseholdClass.POOR, HouseholdClass.NEAR_POOR),
    "ca": (HouseholdClass.NEAR_POOR, HouseholdClass.NONE),
    "đào": (None, HouseholdClass.POOR),
}
"""Class before and result."""


def open_review(workspace: Workspace, make: Make) -> Review:
    """Opened, nobody surveyed yet."""
    head = make.person(
        "Nguyễn Thị Á", id_number="083179001234", phone="0901234567", disability=Disability.SEVERE, notes="khuyết tật"
    )
    child = make.person("Trần Văn Út", sex=None, birth=PartialDate(2012))
    households = {
        "á": make.household(head, NewMember(child, Relation.CHILD), phone="0901234567"),
        "bé": make.household("Lê Thị Bé"),
        "ca": make.household("Phạm Văn Ca"),
        "đào": make.household("Đặng Thị Đào"),
    }
    for name, (before, _after) in RESULTS.items():
        if before:
            make.poor(households[name], 2026, before)
    data = CampaignData(
        kind=CampaignKind.PERIODIC,
        year=2026,
        class_year=2027,
        title="Rà soát định kỳ năm 2026",
        opened_on=OPENED,
        survey_from=OPENED,
        survey_to=date(2026, 12, 14),
        due_on=date(2026, 12, 14),
        opinion_required=False,
    )
    asked = RequestData(RequestKind.ENTER, households["đào"], received_on=date(2026, 8, 20), reasons=("flood",))
    workspace.write(requests.receive, asked)
    campaign = workspace.write(campaigns.open_campaign, data)
    return Review(workspace, make, campaign, households)


def refusals(draft: object) -> set[str]:
    """Fields that stand against issuing a draft."""
    return {problem.field for problem in draft.refusals}  # type: ignore[attr-defined]
