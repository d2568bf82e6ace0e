"""How fast the working sheets of a whole commune and the decision with its lists are made."""

from collections.abc import Callable
from datetime import date
from time import perf_counter
from uuid import UUID

import pytest

from casemgr.domain.households import HouseholdClass
from casemgr.domain.reviews import CampaignKind
from casemgr.persistence.models import ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.reports.letter_decision import render_decision
from casemgr.reports.survey_sheet import render_survey_sheets
from casemgr.services import campaigns, survey_prints
from casemgr.services.samples import make_sample
from casemgr.workspace import Workspace
from tests.support import review_papers

pytestmark = pytest.mark.benchmark

SHEETS = 600
ROUNDS = 3
SHEET_SECONDS = 6.0
LISTED = (900, 500, 80, 60)
DECISION_SECONDS = 5.0


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def test_six_hundred_survey_sheets_from_the_case_file(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.write(make_sample, households=2 * SHEETS, seed=3)
    campaign = workspace.write(campaigns.open_campaign, workspace.read(campaigns.propose, CampaignKind.PERIODIC, 2026))

    def listed(uow: UnitOfWork) -> list[UUID]:
        rows = uow.session.query(ReviewCase.id).filter(ReviewCase.campaign_id == campaign).limit(SHEETS)
        return [row[0] for row in rows]

    cases = workspace.read(listed)
    start = perf_counter()
    sheets = workspace.read(survey_prints.survey_sheets, cases, date(2026, 11, 24))
    read = perf_counter() - start
    drawn = min(seconds(lambda: render_survey_sheets(sheets)) for _round in range(ROUNDS))
    pdf = render_survey_sheets(sheets)
    with capsys.disabled():
        print(f"\n{len(sheets)} survey sheets: read {read:.2f} s, drawn {drawn:.2f} s, {len(pdf) / 1e6:.1f} MB")
    assert len(sheets) > 100
    assert (read + drawn) / len(sheets) <= SHEET_SECONDS / SHEETS


def test_the_decision_of_a_large_commune(capsys: pytest.CaptureFixture[str]) -> None:
    content = review_papers.decision(45, LISTED)
    taken = seconds(lambda: render_decision(content))
    households = sum(len(listed.rows) for listed in content.lists)
    with capsys.disabled():
        print(f"\ndecision with {households} households in {len(content.lists)} lists: {taken:.2f} s")
    assert content.lists[0].value is HouseholdClass.POOR
    assert taken <= DECISION_SECONDS
