"""Livelihood plans, 50,000 of them: the board, its counts, a plan opened; beside the bare SQL."""

import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from casemgr.domain.livelihoods import PlanState
from casemgr.domain.paper_json import to_json
from casemgr.persistence.base import new_id
from casemgr.persistence.models import Livelihood
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import livelihood_file, livelihoods
from casemgr.services.livelihoods import BoardQuery
from casemgr.workspace import Workspace
from tests.benchmarks.conftest import ROOM
from tests.support.livelihoods import COWS, Livelihoods

PLANS = int(os.environ.get("CASEMGR_BENCHMARK_PLANS", "5000"))
"""The budgets count at 50,000; smaller ones show that the benchmark still runs."""
BUDGET_MS = 100.0 * ROOM
OPEN_MS = 50.0 * ROOM
HOMES = 40
TODAY = date(2026, 11, 24)


def _many(uow: UnitOfWork, homes: list[UUID]) -> None:
    states, content = tuple(PlanState), to_json(COWS)
    rows = [
        {
            "id": new_id(),
            "household_id": homes[at % len(homes)],
            "person_id": None,
            "project_id": None,
            "programme": "SK-CD",
            "generation": "B",
            "area": "hard",
            "status": states[at % len(states)].value,
            "status_on": TODAY - timedelta(days=at % 300),
            "at_risk": at % 50 == 0,
            "trade": "animals",
            "product": "Bò cái sinh sản",
            "class_value": "poor",
            "asked_on": TODAY - timedelta(days=300),
            "decision_number": "45/QĐ-UBND",
            "decision_on": TODAY - timedelta(days=250),
            "committed_on": TODAY - timedelta(days=240),
            "total_cost": 42_000_000,
            "state_amount": 37_000_000,
            "own_amount": 5_000_000,
            "escape_year": 2027,
            "due_on": TODAY + timedelta(days=at % 200 - 100) if at % 5 else None,
            "officer_id": None,
            "content": content,
        }
        for at in range(PLANS)
    ]
    uow.insert_many(Livelihood, rows)
    uow.name_step("livelihood.keep", table="livelihood")


def _best(work: Callable[[], object]) -> float:
    times = []
    for _attempt in range(4):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


@pytest.mark.benchmark
def test_boards_and_plans(workspace: Workspace) -> None:
    live = Livelihoods(workspace)
    homes = [live.home() for _number in range(HOMES)]
    opened_plan = live.to(PlanState.ACCEPTED)
    workspace.write(_many, homes)
    card = workspace.read(livelihoods.board, BoardQuery(limit=1))[0]
    hamlet = workspace.read(_hamlet, card.household_id)

    def bare(uow: UnitOfWork) -> int:
        sql = "SELECT status, count(*) FROM livelihood GROUP BY status"
        return len(uow.session.execute(text(sql)).all())

    def bare_board(uow: UnitOfWork) -> int:
        sql = (
            "SELECT l.id, l.product, l.status, l.due_on, h.head_name, h.number FROM livelihood l "
            "JOIN household_index h ON h.household_id = l.household_id "
            "WHERE l.status = :state ORDER BY l.due_on IS NULL, l.due_on, l.id LIMIT 50"
        )
        found = [uow.session.execute(text(sql), {"state": state.value}).all() for state in PlanState]
        return sum(map(len, found))

    base, base_board = _best(lambda: workspace.read(bare)), _best(lambda: workspace.read(bare_board))
    board = _best(lambda: workspace.read(livelihoods.board, BoardQuery(limit=50)))
    counts = _best(lambda: workspace.read(livelihoods.counts))
    figures = {
        "board of 50 a state": board,
        "counts": counts,
        "board of a hamlet": _best(lambda: workspace.read(livelihoods.board, BoardQuery(hamlet_id=hamlet, limit=50))),
        "due within a week": _best(
            lambda: workspace.read(livelihoods.board, BoardQuery(due_until=TODAY + timedelta(days=7), limit=50))
        ),
    }
    opened = _best(lambda: workspace.read(livelihood_file.open_plan, opened_plan))
    told = ", ".join(f"{name} {ms:.1f} ms" for name, ms in figures.items())
    ratios = f"board x{board / base_board:.1f}, counts x{counts / base:.1f} of bare SQL"
    print(f"\nlivelihoods, {PLANS} plans: {told}; {ratios}; one plan opened {opened:.1f} ms")
    assert max(figures.values()) <= BUDGET_MS
    assert opened <= OPEN_MS


def _hamlet(uow: UnitOfWork, household: UUID) -> UUID:
    sql = text("SELECT hamlet_id FROM household_index WHERE household_id = :id")
    return UUID(bytes=uow.session.execute(sql, {"id": household.bytes}).scalar_one())
