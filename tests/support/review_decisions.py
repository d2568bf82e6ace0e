"""What a decision would do, and what the file holds after it."""

from datetime import date
from uuid import UUID

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import (
    RequestData,
    RequestKind,
)
from casemgr.persistence.models import (
    Household,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    requests,
    review_decisions,
)
from casemgr.services.review_decisions import DecisionPreview
from tests.support.review_story import SIGNED, Review
from tests.support.workspaces import Make

POOR, NEAR, NONE, AVERAGE = (
    HouseholdClass.POOR,
    HouseholdClass.NEAR_POOR,
    HouseholdClass.NONE,
    HouseholdClass.AVERAGE,
)


def preview(review: Review, on: date = SIGNED) -> DecisionPreview:
    return review.make.workspace.read(review_decisions.preview, review.id, on)


def kinds(review: Review, on: date = SIGNED) -> list[str]:
    return [refusal.kind for refusal in preview(review, on).refusals]


def classes(make: Make, household: UUID) -> dict[int, HouseholdClass]:
    return {view.data.year: view.data.value for view in make.view(household).classes}


def ask(make: Make, household: UUID, kind: RequestKind, on: date = date(2026, 10, 2)) -> UUID:
    income = 80_000_000 if kind is RequestKind.AVERAGE else None
    data = RequestData(kind, household, on, reasons=("other",), reason_text="Đề nghị", income_year=income)
    return make.workspace.write(requests.receive, data)


def move_to_town(uow: UnitOfWork, household: UUID) -> None:
    uow.record(Household, household).area = "urban"
