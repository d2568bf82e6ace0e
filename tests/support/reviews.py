"""Factories of the poverty review that go through the use cases: a review, keyed sheets, and households further on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.domain.packs import Pack
from casemgr.domain.reviews import CampaignData, CampaignKind, CaseState, SurveyData
from casemgr.services import campaign_board, campaign_steps, campaigns, packs, surveys
from casemgr.services.campaign_board import CaseQuery
from casemgr.services.surveys import SurveyResult
from casemgr.workspace import Workspace

SURVEYED = date(2026, 10, 5)
"""The day sheets are filled in, unless a test says otherwise."""
REASON = "Rà soát viên xem tại nhà"


def open_review(workspace: Workspace, kind: CampaignKind = CampaignKind.PERIODIC, **values: Any) -> UUID:
    """The review of 2026 as the standard proposes it, opened on 01/09/2026 (in-year ones on the 15th of the month)."""
    data: CampaignData = workspace.read(campaigns.propose, kind, 2026)
    return workspace.write(campaigns.open_campaign, replace(data, **values))


def case(workspace: Workspace, campaign: UUID, household: UUID) -> UUID:
    """The household's case in a review."""
    found = workspace.read(campaign_board.case_of, campaign, household)
    assert found is not None
    return found


def answers(pack: Pack, *deprived: str) -> dict[str, bool]:
    """Every question answered, these with "deprived"."""
    assert set(deprived) <= set(pack.codes)
    return {code: code in deprived for code in pack.codes}


def survey(pack: Pack, *deprived: str, b1: int | None = 120, **values: Any) -> SurveyData:
    """A whole sheet; whatever differs from what the file proposes has a reason."""
    reasons: Mapping[str, str] = dict.fromkeys(pack.codes, REASON)
    filled = {"answers": answers(pack, *deprived), "b1": b1, "override_reasons": reasons, "causes": ("2",)}
    return SurveyData(**{"surveyed_on": SURVEYED, "surveyor": "Lê Văn Tám"} | filled | values)


POOR = ("viec_lam", "bhyt", "nha_tieu", "nguon_nuoc")
"""Enough deprivations of VN-2022 for a poor household."""
NEAR_POOR = ("bhyt",)


def key(workspace: Workspace, case_id: UUID, *deprived: str, b1: int | None = 120, **values: Any) -> SurveyResult:
    """Key one sheet: `key(workspace, case, *POOR)` is poor, `*NEAR_POOR` near-poor, `b1=200` above the line."""
    pack = workspace.read(packs.national, date(2026, 9, 1))
    return workspace.write(surveys.keep_survey, case_id, survey(pack, *deprived, b1=b1, **values))


def key_all(workspace: Workspace, campaign: UUID, *deprived: str, b1: int | None = 120) -> list[UUID]:
    """Key every household on the list alike; its cases in paper order."""
    found = list(workspace.read(campaign_board.cases, CaseQuery(campaign)))
    for case_id in found:
        key(workspace, case_id, *deprived, b1=b1)
    return found


def checked(workspace: Workspace, *cases: UUID, on: date = date(2026, 10, 20)) -> None:
    """Keyed sheets compared with the paper."""
    workspace.write(campaign_steps.mark_checked, list(cases), on=on)


def state(workspace: Workspace, case_id: UUID) -> CaseState:
    """How far a household is."""
    return workspace.read(campaign_board.rows, [case_id])[0].state
