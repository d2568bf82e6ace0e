"""Work abroad with 20,000 cases: board, counts, who was not heard of, flags of the cards shown; beside the bare SQL."""

import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casemgr.domain.abroad import AbroadContent, AbroadState
from casemgr.domain.paper_json import to_json
from casemgr.persistence.base import new_id
from casemgr.persistence.models import AbroadCase, AbroadContact
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import abroad_board, abroad_cases, abroad_checks
from casemgr.services.abroad_board import AbroadQuery
from casemgr.workspace import Workspace
from tests.benchmarks.conftest import ROOM
from tests.support.support import Supported

CASES = int(os.environ.get("CASEMGR_BENCHMARK_ABROAD", "2000"))
"""The budgets count at 20,000; smaller ones show that the benchmark still runs."""
BUDGET_MS = 100.0 * ROOM
OPEN_MS = 50.0 * ROOM
HOMES = 40
TODAY = date(2026, 11, 24)


def _many(uow: UnitOfWork, homes: list[tuple[Any, Any]]) -> None:
    states, content = tuple(AbroadState), to_json(AbroadContent(job="Hàn"))
    away = (AbroadState.DEPARTED, AbroadState.WORKING, AbroadState.EXTENDED)
    rows, contacts = [], []
    for at in range(CASES):
        home, person = homes[at % len(homes)]
        state = states[at % len(states)] if at % 2 else AbroadState.WORKING
        gone = TODAY - timedelta(days=at % 1000 + 1) if state in away else None
        case = new_id()
        rows.append(
            {
                "id": case,
                "person_id": person,
                "household_id": home,
                "status": state.value,
                "status_on": TODAY - timedelta(days=at % 300),
                "incident": "",
                "form": "service",
                "market": ("JAPAN", "KOREA", "TAIWAN")[at % 3],
                "country": "Nhật Bản",
                "programme_name": "",
                "generation": "C",
                "groups": ("poor",),
                "class_value": "poor",
                "firm": "Công ty Hướng Dương",
                "licence": "1",
                "supply_registration": "2",
                "contract_months": 36,
                "wage": 30_000_000,
                "departed_on": gone,
                "contract_to": gone + timedelta(days=1095) if gone else None,
                "return_reason": "",
                "private_debt": 0,
                "due_on": TODAY + timedelta(days=at % 200 - 100) if at % 5 else None,
                "content": content,
                "note": "",
            }
        )
        if gone is not None:
            contacts.append(
                {
                    "case_id": case,
                    "on_date": max(gone, TODAY - timedelta(days=at % 120)),
                    "channel": "phone",
                    "with_whom": "Mẹ",
                    "reached": True,
                    "situation": "",
                }
            )
    uow.insert_many(AbroadCase, rows)
    uow.insert_many(AbroadContact, contacts)
    uow.name_step("abroad.keep", table="abroad_case")


def _best(work: Callable[[], object]) -> float:
    times = []
    for _attempt in range(4):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


@pytest.mark.benchmark
def test_boards_and_lists_of_work_abroad(workspace: Workspace) -> None:
    people = Supported(workspace)
    homes = []
    for _number in range(HOMES):
        home = people.household("birth=1975", "birth=2000")
        homes.append((home, people.people(home)[1]))
    workspace.write(_many, homes)
    cards = workspace.read(abroad_board.board, AbroadQuery(states=("working",), limit=50))
    shown = [card.id for card in cards]

    def bare(uow: UnitOfWork) -> int:
        sql = "SELECT status, count(*) FROM abroad_case GROUP BY status"
        return len(uow.session.execute(text(sql)).all())

    base = _best(lambda: workspace.read(bare))
    figures = {
        "board of 50 a state": _best(lambda: workspace.read(abroad_board.board, AbroadQuery(limit=50))),
        "counts": _best(lambda: workspace.read(abroad_board.counts)),
        "counts of a hamlet": _best(
            lambda: workspace.read(abroad_board.counts, AbroadQuery(hamlet_id=cards[0].household_id))
        ),
        "not heard of": _best(lambda: workspace.read(abroad_board.silent, limit=200)),
        "abroad on a day": _best(lambda: workspace.read(abroad_board.abroad_on, TODAY, limit=200)),
        "funnel": _best(lambda: workspace.read(abroad_board.funnel)),
        "flags of 50 cards": _best(lambda: workspace.read(abroad_checks.flags_of, shown)),
    }
    opened = _best(lambda: workspace.read(abroad_cases.view, shown[0]))
    told = ", ".join(f"{name} {ms:.1f} ms (x{ms / base:.1f})" for name, ms in figures.items())
    print(f"\nwork abroad, {CASES} cases: {told}; one case opened {opened:.1f} ms; bare count {base:.1f} ms")
    assert max(figures.values()) <= BUDGET_MS
    assert opened <= OPEN_MS
