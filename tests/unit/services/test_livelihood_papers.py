"""Papers of livelihood plans and projects: what they are filled in with, step by step."""

from datetime import date

import pytest

from casemgr.domain.case_papers import CasePaperContent, Grid, blocks
from casemgr.domain.livelihoods import PlanState
from casemgr.domain.revolving import DutyLine, EntryKind
from casemgr.errors import NotFoundError
from casemgr.services import (
    assets,
    community_projects,
    livelihood_groups,
    livelihood_papers,
    livelihood_visits,
    livelihoods,
    project_papers,
    revolving,
)
from casemgr.services.community_projects import ProjectData
from casemgr.services.livelihood_groups import REPRESENTATIVE, GroupData, MemberData
from casemgr.services.livelihood_papers import (
    ACCEPTANCE,
    COMMITMENT,
    LOSS,
    PASSING,
    PLAN,
    REQUEST,
    SELECTION,
    VISIT,
    Filled,
)
from casemgr.services.livelihood_visits import LossData, LossKind
from casemgr.services.revolving import EntryData
from casemgr.workspace import Workspace
from tests.support.livelihoods import Livelihoods

ON = date(2026, 11, 24)


@pytest.fixture
def live(workspace: Workspace) -> Livelihoods:
    return Livelihoods(workspace)


def prepared(workspace: Workspace, filled: Filled) -> CasePaperContent:
    return workspace.read(livelihood_papers.prepare, filled, on=ON)


def rows(content: CasePaperContent) -> list[tuple[str, ...]]:
    return [row for block in blocks(content) if isinstance(block, Grid) for row in block.rows]


@pytest.mark.parametrize("code", [REQUEST, PLAN, SELECTION, COMMITMENT, PASSING, ACCEPTANCE, LOSS, VISIT])
def test_every_paper_of_a_plan_can_be_prepared_at_any_time(workspace: Workspace, live: Livelihoods, code: str) -> None:
    for plan in (live.plan(), live.to(PlanState.ACCEPTED)):
        assert prepared(workspace, workspace.read(livelihood_papers.fill, code, plan)).wording.title


def test_the_request_asks_for_what_the_state_pays_only(workspace: Workspace, live: Livelihoods) -> None:
    content = prepared(workspace, workspace.read(livelihood_papers.fill, REQUEST, live.plan()))
    written = [row for row in rows(content) if row[1]]
    assert written == [
        ("1", "Bò cái sinh sản", "con", "2", "36.000.000"),
        ("2", "Thuốc thú y", "đợt", "1", "1.000.000"),
    ]
    assert dict(content.values)["own_share"] == "5.000.000 đồng (bằng chữ: năm triệu đồng)"


def test_the_plan_tells_its_shares_payback_and_season(workspace: Workspace, live: Livelihoods) -> None:
    content = prepared(workspace, workspace.read(livelihood_papers.fill, PLAN, live.plan()))
    values = dict(content.values)
    assert values["state_share"] == "37.000.000 đồng (88,1%)"
    assert values["payback"] == "21"
    assert ("2", "Chăm sóc", "Tháng 9", "Tháng 6", "") in rows(content)


def test_the_minutes_of_the_hamlet_hold_every_plan_of_the_meeting(workspace: Workspace, live: Livelihoods) -> None:
    voted = live.to(PlanState.VOTED)
    live.to(PlanState.VOTED)
    live.to(PlanState.REGISTERED)
    filled = workspace.read(livelihood_papers.fill, SELECTION, voted)
    assert [row[3:] for row in filled.tables["votes"]] == [
        ("28", "2", "Đề nghị"),
        ("28", "2", "Đề nghị"),
        ("", "", ""),
    ]
    assert (filled.values["selected"], filled.values["present"]) == ("2", "30")


def test_the_commitment_names_decision_value_and_duties(workspace: Workspace, live: Livelihoods) -> None:
    plan = live.to(PlanState.COMMITTED)
    workspace.write(revolving.write_duties, plan, [DutyLine(date(2028, 9, 1), animals=1)])
    filled = workspace.read(livelihood_papers.fill, COMMITMENT, plan)
    assert filled.values["decision"] == "Quyết định số 45/QĐ-UBND ngày 03 tháng 8 năm 2026"
    assert filled.values["content"] == "2 con Bò cái sinh sản; 1 đợt Thuốc thú y"
    assert filled.values["return_amount"] == "1 con"


def test_the_slip_names_who_takes_the_calf(workspace: Workspace, live: Livelihoods) -> None:
    plan, other = live.to(PlanState.ACCEPTED), live.to(PlanState.COMMITTED)
    (duty,) = workspace.write(revolving.write_duties, plan, [DutyLine(date(2026, 11, 10), animals=1)])
    paid = EntryData(EntryKind.PAID, date(2026, 11, 10), animals=1, document="BN 01")
    workspace.write(revolving.enter, duty, paid)
    animal = workspace.read(assets.of_plan, plan)[0]
    passed = EntryData(
        EntryKind.PASSED_ON,
        date(2026, 11, 12),
        animals=1,
        document="BB 02",
        next_livelihood_id=other,
        asset_id=animal.id,
    )
    workspace.write(revolving.enter, duty, passed)
    filled = workspace.read(livelihood_papers.fill, PASSING, plan)
    assert filled.values["taker"] == workspace.read(livelihoods.view, other).head
    assert (filled.values["due"], filled.values["returned"]) == ("1 con", "1 con")
    assert filled.tables["goods"][0][:4] == ("Bò cái", animal.data.tag, "con", "1")


def test_the_minutes_of_a_loss_name_the_animal_and_the_fault(workspace: Workspace, live: Livelihoods) -> None:
    plan = live.to(PlanState.RUNNING)
    animal = workspace.read(assets.of_plan, plan)[0]
    lost = LossData(date(2026, 11, 3), date(2026, 11, 4), LossKind.DISEASE, 1, 18_000_000, animal.id, True, "Thú y xã")
    workspace.write(livelihood_visits.report_loss, plan, lost)
    filled = workspace.read(livelihood_papers.fill, LOSS, plan)
    assert filled.tables["losses"] == [("Bò cái", animal.data.tag, "con", "1", "18.000.000", "Dịch bệnh")]
    assert (filled.values["kind"], filled.values["fault"]) == ("Dịch bệnh", "Khách quan")


def test_a_sheet_for_every_plan_that_is_followed(workspace: Workspace, live: Livelihoods) -> None:
    live.plan()
    live.to(PlanState.HANDED_OVER)
    live.to(PlanState.RUNNING)
    sheets = workspace.read(livelihood_papers.visit_sheets)
    assert [(one.values["visit"], one.values["given"]) for one in sheets] == [("1", "2 bò cái"), ("2", "2 bò cái")]
    assert workspace.read(livelihood_papers.visit_sheets, until=date(2026, 9, 1)) == []


def test_the_contract_of_a_project_is_settled_with_what_was_accepted(workspace: Workspace, live: Livelihoods) -> None:
    home = live.home()
    group = workspace.write(livelihood_groups.keep, GroupData("Nhóm nuôi bò"))
    workspace.write(livelihood_groups.add_member, group, MemberData(home, role=REPRESENTATIVE))
    project = workspace.write(
        community_projects.keep,
        ProjectData("Nuôi bò Phú Nhơn", "SK-CD", group_id=group, total_cost=42_000_000, state_amount=37_000_000),
    )
    live.to(PlanState.ACCEPTED, live.plan(home, project_id=project))
    filled = workspace.read(project_papers.liquidation, project)
    assert filled.values["accepted_value"] == "36.000.000 đồng"
    assert filled.values["group_person"] == workspace.read(livelihood_groups.view, group).members[0].head
    assert prepared(workspace, filled).wording.title


def test_a_paper_nobody_knows_is_refused(workspace: Workspace, live: Livelihoods) -> None:
    with pytest.raises(NotFoundError, match="case_unknown"):
        workspace.read(livelihood_papers.fill, "case_unknown", live.plan())
