"""A household raises cows: the plan from the review to acceptance, step by step, and what stands in the way."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.findings import Severity
from casemgr.domain.livelihoods import CostLine, PlanState, SeasonStep
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import agenda, livelihood_steps, livelihood_visits, livelihoods
from casemgr.services.livelihood_visits import AcceptanceData, LossData, LossKind, VisitData
from casemgr.services.livelihoods import BoardQuery, LivelihoodData
from casemgr.services.state_steps import StepData
from casemgr.workspace import Workspace
from tests.support.livelihoods import COWS, Livelihoods
from tests.support.support import Supported


def plan(workspace: Workspace, home: UUID) -> UUID:
    return Livelihoods(workspace).plan(home)


def step(workspace: Workspace, record: UUID, to: PlanState, day: date, **more: Any) -> None:
    Livelihoods(workspace).step(record, to, day, **more)


def to_decision(workspace: Workspace, record: UUID) -> None:
    Livelihoods(workspace).to(PlanState.APPROVED, record)


def test_a_plan_comes_to_its_shares_payback_and_income_per_head(workspace: Workspace) -> None:
    record = plan(workspace, Supported(workspace).household())
    told = workspace.read(livelihoods.view, record).reckoning
    assert (told.total, told.state, told.own, told.own_paid) == (42_000_000, 37_000_000, 5_000_000, 5_000_000)
    assert told.state_share == 8810  # 88,10 %
    assert told.payback_months == 21  # 42 million at 2 million a month
    assert told.added_income is not None
    assert told.expected_income == 1_200_000 + told.added_income


def test_a_share_above_the_ceiling_is_told_with_its_article(workspace: Workspace) -> None:
    record = plan(workspace, Supported(workspace).household())
    kept = workspace.read(livelihoods.view, record)
    assert not [one for one in kept.findings if one.field == "costs"]
    workspace.write(livelihoods.keep, replace(kept.data, area="other"), livelihood_id=record, version=kept.version)
    (told,) = [one for one in workspace.read(livelihoods.view, record).findings if one.field == "costs"]
    assert told.severity is Severity.WARN
    assert "88,1" in told.text
    assert "27/2022" in told.citation


def test_a_step_out_of_order_or_without_its_paper_is_refused_beside_its_field(workspace: Workspace) -> None:
    record = plan(workspace, Supported(workspace).household())
    with pytest.raises(ValidationError) as refused:
        step(workspace, record, PlanState.APPROVED, date(2026, 8, 3))
    assert [one.field for one in refused.value.problems] == ["to"]
    step(workspace, record, PlanState.REGISTERED, date(2026, 7, 1))
    with pytest.raises(ValidationError) as refused:
        step(workspace, record, PlanState.VOTED, date(2026, 7, 10))
    assert [one.field for one in refused.value.problems] == ["votes"]
    with pytest.raises(ValidationError) as refused:
        step(workspace, record, PlanState.DRAFT, date(2026, 7, 10))
    assert [one.field for one in refused.value.problems] == ["reason"]


def test_a_commitment_before_the_decision_is_refused(workspace: Workspace) -> None:
    record = plan(workspace, Supported(workspace).household())
    to_decision(workspace, record)
    early = StepData(PlanState.COMMITTED, date(2026, 8, 1))
    assert "on" in [one.field for one in workspace.read(livelihood_steps.check, record, early)]
    with pytest.raises(ValidationError) as refused:
        step(workspace, record, PlanState.HANDED_OVER, date(2026, 8, 1))
    assert "to" in [one.field for one in refused.value.problems]


def test_a_loss_puts_the_plan_at_risk_until_it_is_settled(workspace: Workspace) -> None:
    record = plan(workspace, Supported(workspace).household())
    to_decision(workspace, record)
    loss = LossData(date(2026, 10, 1), date(2026, 10, 9), LossKind.DISEASE, value=18_000_000, confirmed_by="Thú y xã")
    minutes = workspace.write(livelihood_visits.report_loss, record, loss)
    assert workspace.read(livelihoods.view, record).at_risk
    (told,) = workspace.read(livelihood_visits.losses, record)
    assert told.late  # eight days, the data say five
    answer = {"on": date(2026, 10, 20), "decision": "Hỗ trợ lại một con bê", "objective": True}
    workspace.write(livelihood_visits.settle_loss, minutes, told.version, **answer)
    assert not workspace.read(livelihoods.view, record).at_risk
    with pytest.raises(ConflictError):
        workspace.write(livelihood_visits.settle_loss, minutes, told.version + 1, **answer)


def test_bad_numbers_are_told_beside_their_fields(workspace: Workspace) -> None:
    home = Supported(workspace).household()
    content = replace(COWS, costs=(CostLine("", -1, 5),), season=(SeasonStep("Tháng lạ", 0, 13),))
    bad = LivelihoodData(home, "", asked_on=date(2027, 1, 1), escape_year=2020, content=content)
    with pytest.raises(ValidationError) as refused:
        workspace.write(livelihoods.keep, bad)
    fields = {one.field for one in refused.value.problems}
    assert fields == {"programme", "product", "asked_on", "escape_year", "costs", "season"}


def test_the_board_counts_what_it_shows(workspace: Workspace) -> None:
    people = Supported(workspace)
    records = [plan(workspace, people.household()) for _number in range(3)]
    step(workspace, records[0], PlanState.REGISTERED, date(2026, 7, 1))
    counts = workspace.read(livelihoods.counts)
    assert (counts[PlanState.DRAFT], counts[PlanState.REGISTERED]) == (2, 1)
    rows = workspace.read(livelihoods.board, BoardQuery(states=("registered",)))
    assert [row.id for row in rows] == [records[0]]
    assert workspace.read(livelihoods.board, BoardQuery(text="không có ai")) == []
    assert workspace.read(agenda.due) == []


def test_visits_follow_each_other_and_acceptance_needs_them(workspace: Workspace) -> None:
    record = plan(workspace, Supported(workspace).household())
    with pytest.raises(ConflictError):
        workspace.write(livelihood_visits.visit, record, VisitData(date(2026, 10, 1), "Nguyễn Thị Tư"))
    to_decision(workspace, record)
    bad = VisitData(date(2026, 10, 1), " ", next_on=date(2026, 9, 1), action_due_on=date(2026, 9, 1), income=-1)
    with pytest.raises(ValidationError) as refused:
        workspace.write(livelihood_visits.visit, record, bad)
    assert {one.field for one in refused.value.problems} == {"visitor", "next_on", "action_due_on", "income"}
    workspace.write(livelihood_visits.visit, record, VisitData(date(2026, 10, 1), "Nguyễn Thị Tư", quantity=2))
    assert workspace.read(livelihood_visits.visits, record)[0].data.quantity == 2
    minutes = AcceptanceData(date(2026, 11, 1), "2 con bò", "2 con bò, khỏe", 36_000_000, passed=True)
    workspace.write(livelihood_visits.accept, record, minutes)
    assert workspace.read(livelihood_visits.acceptances, record)[0].data == minutes
